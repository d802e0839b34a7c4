"""Light, dark and high contrast: the table of colours reaches palette, style sheet and icons, and is read."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontMetrics,
    QIcon,
    QImage,
    QPainter,
    QPalette,
    QPixmap,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QToolTip,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from followup_desktop.domain.rules.table import all_rows
from followup_desktop.services.rows import Tone
from followup_desktop.ui.kit.brush import Brush
from followup_desktop.ui.kit.colours import (
    CONTRAST_DARK,
    CONTRAST_LIGHT,
    DARK,
    LIGHT,
    Colours,
)
from followup_desktop.ui.kit.icons import IconSet, icon_folder
from followup_desktop.ui.kit.stylesheet import PICTURES, SHEET
from followup_desktop.ui.kit.theme import Lettering, TextSize, Theme, ThemeChoice, Type, colours_for
from followup_desktop.ui.kit.widgets.buttons import StrongButton
from tests import contrast_table
from tests.contrast_table import LOOKS, READ, READ_IN_HIGH_CONTRAST, SEEN, SEEN_ON, TEXT_ON, contrast
from tests.sources import trees_with
from tests.tables import tabled


@pytest.mark.parametrize("colours", LOOKS, ids=lambda colours: colours.name)
def test_whatever_is_drawn_is_seen_on_its_ground(colours: Colours) -> None:
    roles, least = colours.roles(), READ_IN_HIGH_CONTRAST if "contrast" in colours.name else READ
    unread = [pair for pair in TEXT_ON if contrast(*(roles[role] for role in pair)) < least]
    unseen = [pair for pair in SEEN_ON if contrast(*(roles[role] for role in pair)) < SEEN]
    assert (unread, unseen) == ([], [])


def test_the_table_of_contrasts_is_that_of_the_colours() -> None:
    page = contrast_table.PAGE.read_text("utf-8")
    assert contrast_table.filled(page) == page, "run python -m tests.contrast_table"


@pytest.mark.parametrize("tone", Tone)
def test_a_chip_is_of_the_pairs_that_are_read(tone: Tone) -> None:
    role = {value: name for name, value in reversed([*LIGHT.roles().items()])}
    ink, ground = LIGHT.of_tone(tone)
    assert (role[ink], role[ground]) in TEXT_ON


def rules() -> Iterator[tuple[str, dict[str, str]]]:
    """The rules of the style sheet: selectors, and the colours' roles by property."""
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*(?:\$\{\w+\}[^{}]*)*)\}", SHEET):
        parts = (each.split(":", 1) for each in body.split(";") if ":" in each)
        yield " ".join(selectors.split()), {name.strip(): value.strip() for name, value in parts}


def test_the_style_sheet_draws_no_text_but_on_a_ground_where_it_is_read() -> None:
    allowed = TEXT_ON | {pair for pair in SEEN_ON if pair[0] == "disabled"}
    inks = {ink for ink, _ground in allowed}
    found = 0
    for selectors, drawn in rules():
        for ink, ground in (("color", "background"), ("selection-color", "selection-background-color")):
            if ink not in drawn:
                continue
            role, on = drawn[ink].lstrip("$"), drawn.get(ground, "transparent").lstrip("$")
            assert role in inks, selectors
            assert on == "transparent" or (role, on) in allowed, selectors
            assert role != "disabled" or ":disabled" in selectors, selectors
            found += 1
    assert found > 40


def test_what_is_painted_or_shown_as_an_icon_has_a_colour_of_the_table() -> None:
    roles, inks = LIGHT.roles().keys(), {ink for ink, _ground in TEXT_ON}
    found = 0
    for path, tree in trees_with("role=", "colour", below="ui"):
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            for keyword in node.keywords:
                if keyword.arg == "role":  # of a text that a delegate paints
                    assert constants(keyword.value) <= inks, path
            if isinstance(node.func, ast.Attribute) and node.func.attr == "colour" and node.args:
                found += 1
                assert constants(node.args[0]) <= roles, path
    assert found > 20


def constants(node: ast.expr) -> set[str]:
    """The texts that an expression may be."""
    if isinstance(node, ast.IfExp):
        return constants(node.body) | constants(node.orelse)
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


def test_every_ring_of_the_keyboard_is_one_that_is_seen() -> None:
    lists = re.compile("QListView|QTableView")  # which mark the current row
    focused = [drawn for selectors, drawn in rules() if ":focus" in selectors and not lists.search(selectors)]
    rings = [drawn for drawn in focused if drawn.keys() - {"padding"}]
    for drawn in rings:
        edge = drawn.get("border") or drawn.get("border-color", "")
        assert edge.rpartition("$")[2] in {"focus", "on_toast", "late"}, drawn
    assert len(rings) > 10


@pytest.mark.parametrize("choice", [ThemeChoice.LIGHT, ThemeChoice.DARK, ThemeChoice.CONTRAST])
def test_the_ring_of_a_strong_button_is_seen_on_it(theme: Theme, qtbot: QtBot, choice: ThemeChoice) -> None:
    theme.choose(choice)
    button = StrongButton("Save")
    qtbot.addWidget(button)
    theme.dress(button)
    button.resize(120, 40)
    button.show()
    button.activateWindow()
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    picture = button.grab().toImage()
    assert contrast(picture.pixelColor(60, 3).name(), theme.colours.accent) >= SEEN


@pytest.mark.parametrize("size", Type)
def test_an_emoji_is_drawn_in_its_colours_where_the_system_has_a_font_for_it(
    theme: Theme, size: Type
) -> None:
    if not any("emoji" in family.casefold() for family in QFontDatabase.families()):
        pytest.skip("this system has no font with emoji")
    picture = QImage(200, 60, QImage.Format.Format_RGB32)
    picture.fill(QColor("white"))
    painter = QPainter(picture)
    Brush(theme).text(
        painter, picture.rect(), "Acme \N{PARTY POPPER}", size=size, weight=QFont.Weight.DemiBold
    )
    painter.end()
    colours = (picture.pixelColor(x, y) for x in range(200) for y in range(60))
    assert any(colour.hsvSaturation() > 120 for colour in colours)


def test_the_pictures_of_the_style_sheet_have_the_colours_of_their_look() -> None:
    for colours in LOOKS:
        for name in PICTURES:
            drawn = IconSet(icon_folder()).path(f"{name}-{colours.name}").read_text(encoding="utf-8")
            mark = colours.on_accent if name in ("tick", "dot") else colours.secondary
            assert f'stroke="{mark}"' in drawn, (name, colours.name)


@pytest.mark.parametrize("colours", LOOKS, ids=lambda colours: colours.name)
def test_what_an_empty_field_asks_for_is_drawn_as_readable_as_it_is_in_the_table(
    theme: Theme, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, colours: Colours
) -> None:
    detail = QWidget()
    detail.setObjectName("details")
    qtbot.addWidget(detail)
    line, chip, prose, choice = QLineEdit(), QLineEdit(), QPlainTextEdit(), QComboBox()
    chip.setObjectName("chip")
    choosing = QLineEdit()
    choice.setEditable(True)
    choice.setLineEdit(choosing)
    column = QVBoxLayout(detail)
    for part in (line, chip, prose, choice):
        column.addWidget(part)
    theme.dress(detail)
    detail.resize(300, 400)
    detail.show()
    monkeypatch.setattr("followup_desktop.ui.kit.theme.colours_for", lambda *_asked, **_more: colours)
    theme.choose(ThemeChoice.CONTRAST)  # while the fields are seen
    for field in (line, chip, prose, choosing):
        field.setPlaceholderText("█████")
        picture = field.grab().toImage()
        height = min(picture.height() // 2, theme.metrics().height())
        drawn = {picture.pixelColor(x, height).name() for x in range(100)}
        assert colours.secondary in drawn, (type(field).__name__, field.objectName())


def test_high_contrast_is_a_look_of_its_own(theme: Theme) -> None:
    theme.choose(ThemeChoice.CONTRAST)
    assert theme.colours is CONTRAST_LIGHT
    assert not theme.is_dark


@tabled(
    "choice, dark, high, expected",
    [
        (ThemeChoice.SYSTEM, False, False, LIGHT),
        (ThemeChoice.SYSTEM, True, False, DARK),
        (ThemeChoice.SYSTEM, False, True, CONTRAST_LIGHT),
        (ThemeChoice.SYSTEM, True, True, CONTRAST_DARK),
        (ThemeChoice.CONTRAST, True, False, CONTRAST_DARK),
        (ThemeChoice.LIGHT, True, True, LIGHT),
        (ThemeChoice.DARK, False, True, DARK),
    ],
)
def test_the_look_follows_the_system_unless_one_is_chosen(
    choice: ThemeChoice, dark: bool, high: bool, expected: Colours
) -> None:
    scheme = Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light
    assert colours_for(choice, scheme, high_contrast=high) is expected


def test_choosing_a_look_changes_palette_and_icons(qapp: QApplication, theme: Theme, qtbot: QtBot) -> None:
    button = QPushButton()
    qtbot.addWidget(button)
    theme.set_icon(button, "mail")
    light = button.icon().pixmap(24, 24).toImage()
    with qtbot.waitSignal(theme.changed):
        theme.choose(ThemeChoice.DARK)
    try:
        assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(DARK.window)
        assert qapp.palette().color(QPalette.ColorRole.Text) == QColor(DARK.text)
        assert button.icon().pixmap(24, 24).toImage() != light
    finally:
        theme.choose(ThemeChoice.LIGHT)
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(LIGHT.window)
    assert button.icon().pixmap(24, 24).toImage() == light


class Repolished(QObject):
    """Counts how often each of some widgets is told of another style sheet."""

    def __init__(self, watched: list[QWidget]) -> None:
        super().__init__()
        self.times: Counter[int] = Counter()
        for widget in watched:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.StyleChange:
            self.times[id(watched)] += 1
        return super().eventFilter(watched, event)


def _nested(parts: int) -> list[QWidget]:
    found = [QWidget()]
    for _part in range(parts):
        found.append(QWidget(found[-1]))
    return found


def test_another_look_gives_nothing_its_sizes_anew(theme: Theme, qtbot: QtBot) -> None:
    part = QWidget()
    qtbot.addWidget(part)
    sizes: list[int] = []
    theme.keep_fit(part, lambda: sizes.append(theme.px(100)))
    for choice in (ThemeChoice.DARK, ThemeChoice.LIGHT):
        theme.choose(choice)
    assert sizes == [100]
    theme.letter(Lettering(TextSize.LARGEST))
    theme.letter(Lettering())
    assert sizes == [100, 200, 100]


def test_another_look_costs_a_widget_no_more_the_deeper_it_lies(theme: Theme, qtbot: QtBot) -> None:
    widgets = _nested(8)
    qtbot.addWidget(widgets[0])
    theme.dress(widgets[0])
    widgets[0].show()
    repolished = Repolished(widgets)
    theme.choose(ThemeChoice.DARK)
    assert {repolished.times[id(widget)] for widget in widgets} <= {1, 2}


def test_another_look_reaches_a_hidden_part_when_it_is_shown(theme: Theme, qtbot: QtBot) -> None:
    button = StrongButton("Save")
    qtbot.addWidget(button)
    restyled: list[ThemeChoice] = []
    theme.dress(button)
    theme.dressed.connect(lambda part: restyled.append(theme.choice))
    button.resize(120, 40)
    repolished = Repolished([button])
    for choice in (ThemeChoice.DARK, ThemeChoice.CONTRAST, ThemeChoice.DARK):
        theme.choose(choice)
    assert not repolished.times
    button.show()
    assert restyled == [ThemeChoice.DARK]
    assert button.grab().toImage().pixelColor(60, 6).name() == DARK.accent


def test_a_key_takes_a_tool_tip_away(theme: Theme, qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    theme.dress(field)
    with qtbot.waitActive(field):
        field.show()
        field.activateWindow()
    QToolTip.showText(QPoint(0, 0), "Copy the address", field)
    assert QToolTip.isVisible()
    QTest.keyClick(field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not QToolTip.isVisible())


def test_every_colour_is_one(theme: Theme) -> None:
    for colours in LOOKS:
        for name, value in colours.roles().items():
            assert QColor(value).isValid(), name
    assert theme.colour("accent") == QColor(LIGHT.accent)


def test_every_icon_file_draws_something(qapp: QApplication) -> None:
    icons = IconSet(icon_folder())
    names = {path.stem for path in icon_folder().glob("*.svg")}
    assert {row.icon for row in all_rows()} <= names
    for name in names:
        image = icons.pixmap(name, QColor("red"), 24).toImage()
        assert any(image.pixelColor(x, y).alpha() > 0 for x in range(24) for y in range(24)), name


def test_an_unknown_icon_is_an_error(qapp: QApplication) -> None:
    with pytest.raises(KeyError):
        IconSet(icon_folder()).path("no such icon")
    with pytest.raises(KeyError):
        IconSet(icon_folder()).icon("no such icon", QColor("red"), QColor("grey"))


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_an_icon_is_drawn_in_the_size_in_which_it_is_seen(qapp: QApplication, ratio: float) -> None:
    icons = IconSet(icon_folder())
    icon = icons.icon("today", QColor("red"), QColor("grey"))
    for mode, colour in ((QIcon.Mode.Normal, "red"), (QIcon.Mode.Disabled, "grey")):
        seen = icon.pixmap(QSize(22, 22), ratio, mode)
        assert seen.toImage() == icons.pixmap("today", QColor(colour), 22, ratio).toImage()
        assert seen.deviceIndependentSize().toSize() == QSize(22, 22)


def test_a_painted_icon_lies_in_the_middle_of_its_place(qapp: QApplication) -> None:
    icons = IconSet(icon_folder())
    icon = icons.icon("today", QColor("red"), QColor("grey"))
    wide, expected = QPixmap(40, 20), QPixmap(40, 20)
    for picture in (wide, expected):
        picture.fill(QColor("white"))
    with QPainter(wide) as painter:
        icon.paint(painter, 0, 0, 40, 20)
    with QPainter(expected) as painter:
        painter.drawPixmap(10, 0, icons.pixmap("today", QColor("red"), 20))
    assert wide.toImage() == expected.toImage()


def test_a_text_is_measured_as_it_is_in_another_size_of_text(theme: Theme) -> None:
    text = "Data engineer, platform"
    widths = []
    for size in (TextSize.NORMAL, TextSize.LARGEST, TextSize.NORMAL):
        theme.letter(Lettering(size=size))
        assert theme.metrics().horizontalAdvance(text) == QFontMetrics(theme.font()).horizontalAdvance(text)
        widths.append(theme.metrics().horizontalAdvance(text))
    assert widths[0] == widths[2] < widths[1]
