"""A language that is written from right to left: the whole window is the mirror image of one that isn't."""

from __future__ import annotations

import ast
import re
from dataclasses import replace

import pytest
from PySide6.QtCore import QLocale, QPoint, QRect, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QGuiApplication,
    QImage,
    QPainter,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from followup_desktop import i18n
from followup_desktop.domain.model import Contact
from followup_desktop.system.qt_language import speak_to_qt
from followup_desktop.ui.applications.people import about
from followup_desktop.ui.calendar.entry import EntryFrame
from followup_desktop.ui.kit.brush import Brush
from followup_desktop.ui.kit.dialogs import TwoParts
from followup_desktop.ui.kit.icons import DIRECTED, IconSet, icon_folder
from followup_desktop.ui.kit.list_and_detail import ListAndDetail
from followup_desktop.ui.kit.mirror import from_the_right, write
from followup_desktop.ui.kit.theme import Theme, ThemeChoice
from followup_desktop.ui.kit.widgets.card import ElidedLabel, WrappedLabel
from followup_desktop.ui.window.report_preview import ReportPreview
from tests.pseudo_locale import _in_hebrew, speaking_to_the_left
from tests.scene import Shot, staged
from tests.screens import STATES
from tests.sources import trees_with

SHOT = Shot(ThemeChoice.LIGHT, 1280, 800)
BLOCKS = (64, 40)
"""A picture is compared in so many parts: where words end is no matter, on which side a chip stands is."""

MOST_DIFFERING = {
    "today": 200,
    "applications": 100,
    "board": 50,
    "calendar-week": 60,
    "calendar-month": 60,
    "people": 160,
    "settings-look": 140,
}
"""The states compared, and how many parts differ at most, because words aren't their own mirror image."""


def places(window: QWidget) -> list[tuple[str, QRect]]:
    """What is to be seen in the window, and where."""
    kinds = (QLabel, QAbstractButton, QLineEdit, EntryFrame)
    return [
        (type(part).__name__, QRect(part.mapTo(window, QPoint(0, 0)), part.size()))
        for part in window.findChildren(QWidget)
        if isinstance(part, kinds) and part.isVisibleTo(window) and not part.visibleRegion().isEmpty()
    ]


def blocks(window: QWidget, *, turned: bool) -> list[int]:
    """How light each part of the window's picture is."""
    picture = window.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    if turned:
        picture = picture.flipped(Qt.Orientation.Horizontal)
    way = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    small = picture.scaled(*BLOCKS, *way)
    return [small.pixelColor(x, y).value() for y in range(BLOCKS[1]) for x in range(BLOCKS[0])]


@pytest.mark.usefixtures("to_the_left")
@pytest.mark.parametrize(("name", "most"), MOST_DIFFERING.items())
def test_the_window_is_the_mirror_image_of_one_from_left_to_right(name: str, most: int, theme: Theme) -> None:
    found = []
    for way in (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft):
        QGuiApplication.setLayoutDirection(way)
        with staged(STATES[name], SHOT, theme) as window:
            is_turned = way is Qt.LayoutDirection.RightToLeft
            found.append((places(window), blocks(window, turned=is_turned)))
    (before, light), (after, light_after) = found
    turned = [
        (kind, QRect(SHOT.width - area.x() - area.width(), area.y(), area.width(), area.height()))
        for kind, area in before
    ]
    assert len(before) > 20
    misplaced = [
        (kind, place, area)
        for (kind, place), (_kind, area) in zip(turned, after, strict=True)
        if abs(place.x() - area.x()) > 4 or abs(place.y() - area.y()) > 2
    ]
    assert misplaced == []
    differing = [
        n for n, (one, other) in enumerate(zip(light, light_after, strict=True)) if abs(one - other) > 15
    ]
    assert len(differing) <= most, differing


@pytest.mark.usefixtures("to_the_left")
@pytest.mark.parametrize("name", ["people", "applications"])
def test_the_list_ends_within_its_view(name: str, theme: Theme) -> None:
    """Qt placed it a pixel further, and its edge, with that of the search, was cut."""
    with staged(STATES[name], SHOT, theme) as window:
        view = window.pages.page(name)
        assert isinstance(view, ListAndDetail)
        splitter = view.splitter
        rows, detail = (splitter.widget(place) for place in range(2))
        assert rows is not None
        assert detail is not None
        assert rows.x() > detail.x()
        assert rows.geometry().right() < splitter.width()


@pytest.mark.usefixtures("to_the_left")
@pytest.mark.parametrize("shot", [SHOT, Shot(ThemeChoice.LIGHT, 800, 600)], ids=str)
def test_tables_of_a_report_run_from_the_right(theme: Theme, shot: Shot) -> None:
    """Qt's own tables run from the left whatever they are told."""
    with staged(STATES["report"], shot, theme):
        preview = next(
            found for top in QApplication.topLevelWidgets() for found in top.findChildren(ReportPreview)
        )
        document = preview.document()
        layout, label, day = document.documentLayout(), _in_hebrew("Period"), _in_hebrew("Date")
        found = [document.find(words) for words in (label, day, "Umbrella", "ML Engineer")]
        assert not any(cursor.isNull() for cursor in found)
        areas = [layout.blockBoundingRect(cursor.block()) for cursor in found]
        value = layout.blockBoundingRect(document.find("2026").block())
        assert value.right() <= areas[0].left()
        assert areas[1].left() >= areas[2].right() > areas[2].left() >= areas[3].right()
        title = layout.blockBoundingRect(document.begin())
        assert areas[1].right() == pytest.approx(title.right(), abs=8), "as far right as the title"
        latin = found[2].block().layout().lineAt(0).naturalTextRect()
        assert latin.right() == pytest.approx(areas[2].width(), abs=2)
        seen = preview.cursorRect(found[1])
        assert preview.viewport().rect().contains(seen), "where one begins to read"


@pytest.mark.usefixtures("to_the_left")
def test_two_parts_of_a_dialog_end_within_it(theme: Theme, qtbot: QtBot) -> None:
    parts, first, second = TwoParts(theme, 100, (200, 400)), QWidget(), QWidget()
    qtbot.addWidget(parts)
    parts.addWidget(first)
    parts.addWidget(second)
    parts.resize(600, 100)
    parts.show()
    assert first.x() > second.x()
    assert first.geometry().right() < parts.width()


@pytest.mark.usefixtures("to_the_left")
@pytest.mark.parametrize("kind", [WrappedLabel, ElidedLabel])
def test_no_line_of_several_is_cut_at_its_end_or_set_in(
    kind: type[WrappedLabel | ElidedLabel], qtbot: QtBot
) -> None:
    """By itself, Qt moves each line out by the blank at its end."""
    label = kind()
    qtbot.addWidget(label)
    label.setStyleSheet("background: white; color: black")
    text = _in_hebrew(
        "Everything to do is planned for eight weeks, and said in a line that wraps a few times"
    )
    label.setWordWrap(True)
    label.show_text(text)
    for width in range(200, 420, 7):
        label.resize(width, label.heightForWidth(width))
        picture = label.grab().toImage()
        inked = [
            any(picture.pixelColor(x, y).lightness() < 128 for y in range(picture.height()))
            for x in range(width)
        ]
        assert not inked[0], width
        assert any(inked[-3:]), width


FROM_LEFT = re.compile(
    r"\+\d[\d ]+|\$\w+|https?://[\w./?=&-]+|[\w.+-]+@[\w.-]+\w|(?<![\w>.])/\w[\w./-]+"
    r"|Ctrl\+[^\s\u2069)]+",
    re.ASCII,
)
"""Phone numbers, placeholders, addresses, paths and keys: they read from left to right in any window."""


def _turned_round(text: str) -> list[str]:
    """What in a text is read from left to right, and isn't drawn so in a window from right to left."""
    layout, option = QTextLayout(text, QFont()), QTextOption()
    option.setTextDirection(Qt.LayoutDirection.RightToLeft)
    layout.setTextOption(option)
    layout.beginLayout()
    layout.createLine().setLineWidth(100_000)
    layout.endLayout()
    found = []
    for each in FROM_LEFT.finditer(text):
        runs = (layout.glyphRuns(place, 1) for place in range(*each.span()))
        starts = [run[0].positions()[0].x() for run in runs if run and run[0].positions()]
        if starts != sorted(starts):
            found.append(each[0])
    return found


@pytest.mark.usefixtures("to_the_left")
@pytest.mark.parametrize(
    "name",
    ["people", "people-long", "settings-template-edited", "settings-data", "today-file-gone", "shortcuts"],
)
def test_numbers_addresses_paths_and_keys_run_from_the_left(name: str, theme: Theme) -> None:
    with speaking_to_the_left(), staged(STATES[name], SHOT, theme):
        shown = [part for top in QApplication.topLevelWidgets() for part in top.findChildren(QWidget)]
        texts = [
            part.text() for part in shown if isinstance(part, (QLabel, QAbstractButton)) and part.isVisible()
        ]
        lines = [
            part.text()
            for part in shown
            if isinstance(part, QLineEdit) and part.isVisible() and part.isRightToLeft()
        ]
    assert any(map(FROM_LEFT.search, texts + lines)) or name.startswith("people")
    assert [wrong for text in texts + lines for wrong in _turned_round(text)] == []


@pytest.mark.usefixtures("to_the_left")
def test_what_is_known_of_a_person_is_read_as_it_is_written() -> None:
    known = Contact(id="a", name="Ana", title="מנהלת", phone="+34 600 000 000", email="ana@acme.example")
    with speaking_to_the_left():
        assert _turned_round(about(known)) == []
        assert _turned_round(about(replace(known, title="", email=""))) == []


@pytest.mark.usefixtures("to_the_left")
def test_a_number_that_is_painted_alone_runs_from_the_left() -> None:
    painted = []
    for text in ("+12", "\N{LEFT-TO-RIGHT ISOLATE}+12\N{POP DIRECTIONAL ISOLATE}"):
        picture = QImage(200, 40, QImage.Format.Format_Grayscale8)
        picture.fill(Qt.GlobalColor.white)
        painter = QPainter(picture)
        painter.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        write(painter, QRect(0, 0, 200, 40), Qt.AlignmentFlag.AlignLeft.value, text)
        painter.end()
        painted.append(picture)
    assert painted[0] == painted[1]


def test_the_window_runs_as_the_language_does(qapp: QApplication) -> None:
    before, of_qt = i18n.in_use(), QLocale()
    try:
        with speaking_to_the_left():
            speak_to_qt(qapp)
            assert qapp.layoutDirection() is Qt.LayoutDirection.RightToLeft
        speak_to_qt(qapp)
        assert qapp.layoutDirection() is Qt.LayoutDirection.LeftToRight
    finally:
        i18n.install(*before)
        QLocale.setDefault(of_qt)


@pytest.mark.usefixtures("to_the_left")
def test_an_icon_with_a_direction_turns_with_the_lines() -> None:
    icons, ink = IconSet(icon_folder()), QColor("black")
    after = {name: icons.pixmap(name, ink, 24).toImage() for name in (*DIRECTED, "search", "clock")}
    QGuiApplication.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    for name, drawn in after.items():
        before = icons.pixmap(name, ink, 24).toImage()
        assert (drawn == before) is (name not in DIRECTED), name


@pytest.mark.parametrize(
    "said",
    ["Acme · Clerk", "\u2068Acme\u2069 — \u2068the move\u2069", "+34 600 000 000", "\u05d0\u05d1 Acme"],
)
@pytest.mark.usefixtures("to_the_left")
def test_a_text_begins_at_the_right_whatever_it_begins_with(said: str, qtbot: QtBot) -> None:
    """Qt goes by the first letter that isn't set apart, and takes a text without any to run from the left."""
    label = WrappedLabel(said)
    qtbot.addWidget(label)
    label.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    label.setText(said)
    label.resize(600, 30)
    picture = label.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    ground = picture.pixelColor(300, 28).value()
    inked = [x for x in range(600) if any(picture.pixelColor(x, y).value() != ground for y in range(30))]
    assert inked[-1] > 590
    assert inked[0] > 300
    assert label.full_text == said


@pytest.mark.usefixtures("to_the_left")
def test_a_name_in_latin_letters_is_cut_at_its_end(qtbot: QtBot) -> None:
    """Qt takes the ellipsis for a part of the line that runs from the right, and puts it before the name."""
    label = ElidedLabel("Compression Engineer")
    qtbot.addWidget(label)
    label.resize(100, 20)
    label.show()
    assert "…" in label.text()
    picture = label.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    lights = [[picture.pixelColor(x, y).value() for y in range(20)] for x in range(100)]
    inked = [[y for y, light in enumerate(line) if light < max(lights[0]) - 40] for line in lights]
    heights = [max(line) - min(line) for line in inked if line]
    assert max(heights[:8]) > 6, "a letter"
    assert max(heights[-4:]) < 3, "the ellipsis"


def test_margins_are_given_from_where_lines_start() -> None:
    """Qt's own are of the left and of the right, and stay there."""
    found = []
    for path, tree in trees_with("setContentsMargins", below="ui"):
        for node in ast.walk(tree):
            match node:
                case ast.Call(func=ast.Attribute(attr="setContentsMargins"), args=[start, _, end, _]):
                    if ast.dump(start) != ast.dump(end) and path.name != "mirror.py":
                        found.append(f"{path.name}:{node.lineno}")
    assert found == []


@pytest.mark.parametrize(
    ("text", "is_apart"), [("12:00–13:00", False), ("Mon 12:00–13:00", False), ("030 123-456", True)]
)
def test_a_range_begins_at_the_right_and_a_number_is_read_as_it_is(text: str, is_apart: bool) -> None:
    """As ICU writes ranges in Hebrew and Arabic: nothing sets them apart, wherever they stand."""
    assert ("\N{LEFT-TO-RIGHT ISOLATE}" in from_the_right(text)) is is_apart


@pytest.mark.parametrize(
    "text", ["Thank Art Vandelay · 27 \u05d0\u05d1", "\u2068Art Vandelay and sons\u2069 · 27 \u05d0\u05d1"]
)
@pytest.mark.usefixtures("to_the_left")
def test_the_time_behind_a_name_that_is_cut_stands_at_its_left(text: str, theme: Theme) -> None:
    """A number runs with the Latin letters before it, unless those are set apart."""
    brush = Brush(theme)
    cut = brush.shortened(text, theme.metrics().horizontalAdvance(text) - 30)
    assert "… · 27" in cut.translate(dict.fromkeys(map(ord, "\u200e\u2068\u2069")))
    layout = QTextLayout(cut, theme.font())
    option = QTextOption()
    option.setTextDirection(Qt.LayoutDirection.RightToLeft)
    layout.setTextOption(option)
    layout.beginLayout()
    line = layout.createLine()
    layout.endLayout()
    number, name, end = (line.cursorToX(cut.index(each))[0] for each in ("2", "A", "…"))  # type: ignore[index]
    assert number < name
    assert name < end, "the ellipsis stands behind the name"
