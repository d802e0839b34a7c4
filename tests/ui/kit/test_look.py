"""What the kit's parts promise to the eye: icons grow with the text, what stands in a line is in line."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QEvent, QObject, QSize, QStringListModel, Qt
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QPushButton,
    QStyle,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from followup_desktop.ui.kit.bars import Bar
from followup_desktop.ui.kit.brush import Brush
from followup_desktop.ui.kit.forms.dates import DateField
from followup_desktop.ui.kit.theme import ICON_GAP, ICON_SIDE, Theme, ThemeChoice
from followup_desktop.ui.kit.widgets.buttons import Button
from followup_desktop.ui.kit.widgets.card import LineText, SectionLabel
from followup_desktop.ui.kit.widgets.combo import Completer, NamedCombo
from followup_desktop.ui.kit.widgets.flow import FlowLayout
from followup_desktop.ui.window.sidebar import ViewButton
from followup_desktop.ui.window.topbar import TopBar
from followup_desktop.ui.window.views import SIDEBAR


class Styled(QObject):
    """Hears of what follows when a widget is polished."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[QEvent.Type] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self.heard.append(event.type())
        return super().eventFilter(watched, event)


@pytest.fixture(params=[1.0, 2.0])
def scale(theme: Theme, request: pytest.FixtureRequest) -> float:
    """The text in that size; the theme is set back for the next test."""
    factor: float = request.param
    theme.scale_text(factor)
    return factor


def test_icons_of_buttons_and_menus_grow_with_the_text(theme: Theme, qtbot: QtBot, scale: float) -> None:
    part = QWidget()
    qtbot.addWidget(part)
    theme.dress(part)
    for button in (QPushButton(part), QToolButton(part)):
        button.ensurePolished()
        assert button.iconSize().width() == theme.px(16)
    menu = QMenu(part)
    assert menu.style().pixelMetric(QStyle.PixelMetric.PM_SmallIconSize, None, menu) == theme.px(16)


def test_what_was_never_shown_leaves_its_look_to_nothing_that_comes_to_lie_at_its_address(
    theme: Theme, qtbot: QtBot
) -> None:
    other = QWidget()  # with the last widget that has a style sheet Qt forgets them all
    qtbot.addWidget(other)
    theme.dress(other)
    for _ in range(50):
        shown: dict[float, int] = {}
        for factor in (2.0, 1.0):
            theme.scale_text(factor)
            part = QWidget()
            theme.dress(part)
            button = QPushButton(part)
            button.ensurePolished()
            shown[factor] = button.iconSize().width()
            delete(part)
        assert shown == {2.0: 32, 1.0: 16}


def test_the_words_of_a_button_stand_clear_of_its_icon_by_what_goes_with_their_size(
    theme: Theme, qtbot: QtBot, scale: float
) -> None:
    part = QWidget()
    qtbot.addWidget(part)
    theme.dress(part)
    plain, pictured = Button("Restore", part), Button("Restore", part)
    theme.set_icon(pictured, "restore")
    for button in (plain, pictured):
        button.ensurePolished()
    assert pictured.sizeHint().width() - plain.sizeHint().width() == theme.px(ICON_SIDE) + theme.px(ICON_GAP)
    theme.scale_text(1.5)
    assert pictured.iconSize() == QSize(theme.px(ICON_SIDE) + theme.px(ICON_GAP) - 4, theme.px(ICON_SIDE))


def test_an_icon_keeps_the_middle_of_a_button_that_has_lost_its_words(theme: Theme, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    top, view = TopBar(theme, window), ViewButton(theme, SIDEBAR[0], window)
    for compact in (False, True, False):
        top.set_compact(compact)
        view.set_compact(compact)
        top.show_history("Delete Ana Ruiz", None)
        for button in (top.undo, view):
            assert bool(button.text()) is not compact
            assert (button.iconSize().width() > button.iconSize().height()) is not compact
        assert top.redo.iconSize() == QSize(theme.px(ICON_SIDE), theme.px(ICON_SIDE))


@pytest.mark.parametrize(
    ("way", "place"), [(Qt.LayoutDirection.LeftToRight, 0), (Qt.LayoutDirection.RightToLeft, 8)]
)
@pytest.mark.parametrize("ratio", [1, 2])
def test_the_room_beside_an_icon_is_on_the_side_of_the_words(
    qapp: QApplication, theme: Theme, way: Qt.LayoutDirection, place: int, ratio: int
) -> None:
    icon = theme.icon("mail")
    before = qapp.layoutDirection()
    qapp.setLayoutDirection(way)
    try:
        wide = icon.pixmap(QSize(24, 16), ratio).toImage()
    finally:
        qapp.setLayoutDirection(before)
    drawn = icon.pixmap(QSize(16, 16), ratio).toImage()
    assert wide.size() == QSize(24, 16) * ratio
    assert wide.copy(place * ratio, 0, drawn.width(), drawn.height()) == drawn


def test_the_button_of_a_date_grows_with_the_text_and_keeps_clear_of_it(
    theme: Theme, qtbot: QtBot, scale: float
) -> None:
    field = DateField("Closes on", lambda: date(2026, 10, 14)).with_calendar(theme)
    qtbot.addWidget(field)
    theme.dress(field)
    field.resize(300, 80)
    field.show()
    (button,) = field.line.findChildren(QToolButton)
    icon = button.iconSize().width()
    assert icon == theme.px(16)
    assert field.line.rect().contains(button.geometry())
    assert min(button.width(), button.height()) >= icon
    icon_begins = button.x() + (button.width() - icon) // 2
    assert icon_begins >= field.line.width() - field.line.textMargins().right() - theme.px(8)
    button.click()
    assert field.picker is not None
    field.picker.close()


def test_suggestions_have_the_look_of_their_line_and_follow_it(theme: Theme, qtbot: QtBot) -> None:
    part, line = QWidget(), QLineEdit()
    qtbot.addWidget(part)
    line.setParent(part)
    theme.dress(part)
    completer = Completer(QStringListModel(["Europe/Madrid", "America/New_York"], line), line)
    line.setCompleter(completer)
    part.show()
    part.activateWindow()
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    for choice in (ThemeChoice.DARK, ThemeChoice.LIGHT):
        theme.choose(choice)
        completer.setCompletionPrefix("new")
        completer.complete()
        popup = completer.popup()
        assert popup is not None
        qtbot.waitUntil(popup.isVisible)
        picture = popup.grab().toImage()
        assert picture.pixelColor(0, picture.height() // 2) == theme.colour("edge")
        assert popup.sizeHintForRow(0) > popup.fontMetrics().height() + theme.px(4), "it has its padding"
        popup.hide()


LONG = "Brightwave Energy Ltd · Senior Backend Engineer, Platform and Reliability"


@pytest.mark.parametrize("around", [320, 800])
def test_long_suggestions_are_as_wide_as_the_window_lets_them_and_never_scroll_sideways(
    theme: Theme, qtbot: QtBot, around: int
) -> None:
    part, line = QWidget(), QLineEdit()
    qtbot.addWidget(part)
    line.setParent(part)
    part.resize(around, 300)
    line.setGeometry(20, 20, 200, 30)
    theme.dress(part)
    completer = Completer(QStringListModel([LONG, "Acme · Data Engineer"], line), line)
    line.setCompleter(completer)
    part.show()
    part.activateWindow()
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    completer.setCompletionPrefix("e")
    completer.complete()
    popup = completer.popup()
    assert isinstance(popup, QListView)
    qtbot.waitUntil(popup.isVisible)
    assert popup.horizontalScrollBar().maximum() == 0
    rows = [popup.visualRect(popup.model().index(row, 0)) for row in range(2)]
    assert all(popup.viewport().rect().contains(row) for row in rows), "both can be seen whole"
    assert 200 <= popup.width() <= around - 20
    is_whole = popup.fontMetrics().horizontalAdvance(LONG) <= rows[0].width()
    assert is_whole == (around == 800)
    popup.hide()


def test_what_stands_in_one_line_has_one_middle(theme: Theme, qtbot: QtBot) -> None:
    around = QWidget()
    qtbot.addWidget(around)
    theme.dress(around)
    flow = FlowLayout(around)
    parts = [Button("Skip"), Button("Why?", look="link"), QLabel("since 3 Sept")]
    for part in parts:
        flow.addWidget(part)
    around.resize(400, 60)
    around.show()
    assert len({part.height() for part in parts}) > 1
    middles = [part.geometry().top() + part.height() / 2 for part in parts]
    assert max(middles) - min(middles) <= 1


def test_the_buttons_of_a_bar_go_below_when_they_would_leave_the_sentence_no_line(
    theme: Theme, qtbot: QtBot
) -> None:
    first, second = Button("Write to Vandelay Industries…"), Button("Write to Globex…")
    bar = Bar("Good news", "well", first, second)
    qtbot.addWidget(bar)
    theme.dress(bar)
    second.hide()
    bar.resize(620, 60)
    bar.show_sentence("You have a job. It took 12 applications, 5 interviews and 19 days.")
    sentence = bar.findChildren(QLabel)[0]
    qtbot.waitUntil(lambda: sentence.geometry().right() < first.mapTo(bar, first.rect().topLeft()).x())
    second.show()
    qtbot.waitUntil(lambda: sentence.geometry().bottom() < first.mapTo(bar, first.rect().topLeft()).y())


def test_the_next_step_is_cut_short_before_its_time(theme: Theme) -> None:
    """In the table and on the board: what counts most is when."""
    brush, text = Brush(theme), "Thank Art Vandelay · 17 h late"
    whole = brush.chip_width(text)
    assert brush.shortened_in_chip(text, whole) == text
    cut = brush.shortened_in_chip(text, whole - 20)
    assert cut.startswith("Thank Art")
    assert cut.endswith("… · 17 h late")
    assert brush.chip_width(cut) <= whole - 20
    assert brush.shortened_in_chip(text, whole // 2).endswith("…"), "a lone time says nothing"


def test_a_heading_that_is_measured_once_is_as_high_as_its_words(qtbot: QtBot) -> None:
    plain, heading = LineText("Planned interviews", "section"), SectionLabel("Planned interviews")
    for label in (plain, heading):
        qtbot.addWidget(label)
    for size in (9, 22):
        for label in (plain, heading):
            font = label.font()
            font.setPointSize(size)
            label.setFont(font)
        for words in ("Planned interviews", "Planned"):
            plain.setText(words)
            heading.setText(words)
            for width in (20, 60, 400, 20):
                assert heading.heightForWidth(width) == plain.heightForWidth(width)


def test_a_stage_takes_its_tone_without_being_polished_anew(theme: Theme, qtbot: QtBot) -> None:
    details, styled = QWidget(), Styled()
    details.setObjectName("details")
    stage = NamedCombo(details)
    stage.setObjectName("stage")
    stage.addItem("Offer")
    qtbot.addWidget(details)
    theme.dress(details)
    details.show()
    stage.installEventFilter(styled)
    colours = theme.colours
    for tone, ground in (
        ("accent", colours.accent_soft),
        ("well", colours.well_soft),
        ("neutral", colours.neutral_soft),
        ("accent", colours.accent_soft),
    ):
        stage.set_tone(tone)
        painted = stage.grab().toImage().pixelColor(stage.width() // 2, 4)
        assert painted.name() == ground.lower()
    assert not styled.heard
