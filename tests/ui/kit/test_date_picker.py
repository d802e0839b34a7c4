"""The month from which a date is picked: by keys and by mouse, with words for what is special about a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QScreen
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QTableView, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from followup_desktop.domain.model import Policy
from followup_desktop.services.reading.days import Days
from followup_desktop.ui.kit.forms.dates import DateField, TimeField
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.widgets.date_picker import DatePicker
from followup_desktop.ui.kit.widgets.roles import install_roles
from tests.formats import formats_of
from tests.pseudo_locale import speaking

NOW = datetime.fromisoformat("2026-10-14T10:07Z")
POLICY = Policy(country="ES-MD", away=((date(2026, 10, 20), date(2026, 10, 21)),))

Key = Qt.Key


@pytest.fixture
def dates(theme: Theme, qtbot: QtBot) -> Iterator[DateField]:
    """A date of which only the day is meant, in a window of its own."""
    field = DateField("Closes on", NOW.date).with_calendar(theme, Days(lambda: NOW, lambda: POLICY))
    yield put(field, field, qtbot)
    field.window().hide()


def test_the_holidays_are_those_of_the_employer() -> None:
    """Thanksgiving is a holiday in the United States, not in Spain."""
    where: list[str | None] = ["US"]
    here = Days(lambda: NOW, lambda: POLICY)
    there = here.of(lambda: where[0])
    thanksgiving = date(2026, 11, 26)
    assert (here.marks(thanksgiving).holiday, there.marks(thanksgiving).holiday) == (None, "Thanksgiving Day")
    assert there.marks(date(2026, 10, 20)).is_away, "the user's own days away stay"
    where[0] = None
    assert there.marks(thanksgiving) == here.marks(thanksgiving)


@pytest.fixture
def moments(theme: Theme, qtbot: QtBot) -> Iterator[DateField]:
    """A date with its time beside it."""
    clock = TimeField("Time", working_day=True)
    field = DateField("Date", NOW.date).with_calendar(theme, Days(lambda: NOW, lambda: POLICY))
    field.with_time(clock)
    both = QWidget()
    column = QVBoxLayout(both)
    column.addWidget(field)
    column.addWidget(clock)
    field.set_value(date(2026, 10, 16))
    clock.set_value(time(10, 15))
    yield put(field, both, qtbot)
    both.window().hide()


def put(field: DateField, part: QWidget, qtbot: QtBot) -> DateField:
    window = QWidget()
    column = QVBoxLayout(window)
    column.addWidget(part)
    column.addWidget(QLineEdit())
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    field.line.setFocus()
    field.window_kept = window  # type: ignore[attr-defined]
    return field


def opened(field: DateField) -> tuple[DatePicker, QTableView]:
    QTest.keyClick(field.line, Key.Key_F4)
    assert field.picker is not None and field.picker.isVisible()
    return field.picker, field.picker.findChildren(QTableView)[0]


def test_it_is_made_when_it_is_first_opened(dates: DateField) -> None:
    assert dates.findChildren(DatePicker) == []
    QTest.keyClick(dates.line, Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert [each.isVisible() for each in dates.findChildren(DatePicker)] == [True]


@pytest.mark.parametrize(
    ("keys", "meant"),
    [
        ((Key.Key_Right,), date(2026, 10, 15)),
        ((Key.Key_Left,), date(2026, 10, 13)),
        ((Key.Key_Down, Key.Key_Down, Key.Key_Down), date(2026, 11, 4)),
        ((Key.Key_Up, Key.Key_Up), date(2026, 9, 30)),
        ((Key.Key_PageDown,), date(2026, 11, 14)),
        ((Key.Key_PageUp,), date(2026, 9, 14)),
        ((Key.Key_Home,), date(2026, 10, 1)),
        ((Key.Key_End,), date(2026, 10, 31)),
        ((Key.Key_End, Key.Key_PageDown), date(2026, 11, 30)),
        ((Key.Key_End, Key.Key_Right), date(2026, 11, 1)),
    ],
)
def test_every_day_is_reached_by_keys(dates: DateField, keys: tuple[Qt.Key, ...], meant: date) -> None:
    picker, view = opened(dates)
    for key in keys:
        QTest.keyClick(view, key)
    assert picker.day == meant
    assert dates.value() is None, "nothing is chosen on the way"
    QTest.keyClick(view, Key.Key_Return)
    assert not picker.isVisible()
    assert dates.value() == meant
    assert dates.line.hasFocus()


def test_with_shift_a_page_is_a_year(dates: DateField) -> None:
    picker, view = opened(dates)
    QTest.keyClick(view, Key.Key_PageDown, Qt.KeyboardModifier.ShiftModifier)
    assert picker.day == date(2027, 10, 14)
    QTest.keyClick(view, Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    assert picker.day == date(2026, 10, 14)


@pytest.mark.parametrize("key", [Key.Key_Escape, Key.Key_F4])
def test_it_is_left_without_choosing(dates: DateField, key: Qt.Key) -> None:
    dates.set_value(date(2026, 10, 31))
    picker, view = opened(dates)
    QTest.keyClick(view, Key.Key_Left)
    QTest.keyClick(view, key)
    assert not picker.isVisible()
    assert dates.value() == date(2026, 10, 31)
    assert dates.line.hasFocus()


def test_a_click_picks_a_day(dates: DateField, qtbot: QtBot) -> None:
    _picker, view = opened(dates)
    model = view.model()
    cells = [model.index(row, column) for row in range(6) for column in range(7)]
    cell = next(each for each in cells if "23 October" in each.data(Qt.ItemDataRole.AccessibleTextRole))
    with qtbot.waitSignal(dates.committed):
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(cell).center())
    assert dates.value() == date(2026, 10, 23)


def texts_in(picker: DatePicker) -> list[str]:
    """The texts that stand in it, besides the days."""
    return [label.text() for label in picker.findChildren(QLabel) if label.isVisible()]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 10, 12), "holiday: Fiesta Nacional de España"),
        (date(2026, 10, 19), "no calls"),
        (date(2026, 10, 20), "you're away"),
        (date(2026, 10, 14), "today"),
    ],
)
def test_what_is_special_about_a_day_is_said_in_words(dates: DateField, day: date, words: str) -> None:
    install_roles()
    picker, view = opened(dates)
    picker.go_to(day)
    cell = view.currentIndex()
    assert any(words in text for text in texts_in(picker))
    assert words in cell.data(Qt.ItemDataRole.AccessibleTextRole)
    assert words in cell.data(Qt.ItemDataRole.ToolTipRole)
    stop = QApplication.focusWidget()
    assert stop is not None
    assert view.isAncestorOf(stop)
    spoken = QAccessible.queryAccessibleInterface(stop)
    assert spoken.role() == QAccessible.Role.ListItem
    assert words in spoken.text(QAccessible.Text.Name)
    picker.go_to(day + timedelta(days=40))
    assert QApplication.focusWidget() is not stop, "one that only has another name isn't read out"
    assert QAccessible.queryAccessibleInterface(view).role() != QAccessible.Role.Table


def test_the_signs_of_a_month_are_explained_where_there_are_any(dates: DateField) -> None:
    picker, _view = opened(dates)
    assert "● holiday   ▬ you're away   ○ no calls" in texts_in(picker)
    picker.go_to(date(2026, 9, 1))
    assert "○ no calls" in texts_in(picker)


@pytest.mark.parametrize(("locale", "first"), [("en_GB", "Mon"), ("en_US", "Sun"), ("ar_EG", "سبت")])
def test_a_week_begins_as_in_the_locale(dates: DateField, locale: str, first: str) -> None:
    with formats_of(locale):
        _picker, view = opened(dates)
        assert first in str(view.model().headerData(0, Qt.Orientation.Horizontal))


def test_where_a_time_is_meant_one_is_offered_and_both_are_picked(moments: DateField, qtbot: QtBot) -> None:
    picker, view = opened(moments)
    offered = [picker.times.item(row).text() for row in range(picker.times.count())]
    assert {"08:00", "10:00", "10:15", "18:00"} <= set(offered)
    assert picker.clock == time(10, 15), "the one that stands in the field"
    widest = max(picker.times.fontMetrics().horizontalAdvance(each) for each in offered)
    assert picker.times.viewport().width() > widest, "each can be read whole"
    QTest.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(view.model().index(3, 0)).center()
    )
    assert picker.isVisible(), "a time is still to be chosen"
    assert picker.choose_button.text() == "Choose Mon 19 Oct, 10:15"
    with qtbot.waitSignal(moments.committed):
        picker.times.itemClicked.emit(chosen(picker, "14:30"))
    assert moments.typed() == "Mon 19 Oct"
    clock = moments.window_kept.findChildren(TimeField)[0]  # type: ignore[attr-defined]
    assert clock.typed() == "14:30"


def chosen(picker: DatePicker, clock: str) -> object:
    item = picker.times.findItems(clock, Qt.MatchFlag.MatchExactly)[0]
    picker.times.setCurrentItem(item)
    return item


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_wherever_the_field_stands_it_is_on_the_screen_and_the_field_in_sight(
    moments: DateField, theme: Theme, scale: float
) -> None:
    """Where there is little room it is lower, or beside the field."""
    theme.scale_text(scale)
    window = moments.window()
    window.resize(150, 60)
    screen = window.screen().availableGeometry()
    corners = (screen.bottomRight(), screen.topLeft(), screen.bottomLeft())
    for place in (*corners, QPoint(screen.left() + 80, screen.center().y() - 20)):
        window.move(place - QPoint(window.width() // 2, window.height() // 2))
        picker, view = opened(moments)
        field = QRect(moments.line.mapToGlobal(QPoint(0, 0)), moments.line.size())
        assert screen.contains(picker.geometry())
        assert not picker.geometry().intersects(field.intersected(screen))
        QTest.keyClick(view, Key.Key_Escape)
    theme.scale_text(1.0)


@pytest.mark.parametrize("size", [(800, 600), (640, 480), (640, 360)])
@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
def test_at_200_percent_it_is_whole_on_a_small_screen(
    moments: DateField, theme: Theme, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int], language: str
) -> None:
    """Its foot, and the times, were below the screen. What is too high scrolls, with the day in sight."""
    screen = QRect(0, 0, *size)
    monkeypatch.setattr(QScreen, "availableGeometry", lambda _screen: screen)
    theme.scale_text(2.0)
    try:
        with speaking(language):
            picker, view = opened(moments)
            for keys in ([], [Key.Key_PageDown], [Key.Key_End], [Key.Key_Home]):
                for key in keys:
                    QTest.keyClick(view, key)
                QApplication.processEvents()
                assert screen.contains(picker.geometry())
                parts = [picker.times, picker.choose_button, picker.today_button]
                for part in parts:
                    assert picker.rect().contains(QRect(part.mapTo(picker, QPoint(0, 0)), part.size()))
                focused = QApplication.focusWidget()
                assert focused is not None
                assert view.isAncestorOf(focused)
                assert focused.visibleRegion().boundingRect() == focused.rect(), "the day is in sight"
            QTest.keyClick(view, Key.Key_Escape)
    finally:
        theme.scale_text(1.0)
