"""The calendar over a real store: what it shows, moving by mouse and by keys, undo, and its names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain, pairwise, product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QEnterEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollBar
from pytestqt.qtbot import QtBot

from followup_desktop import i18n
from followup_desktop.domain.model import Facts, Interview, Reminder
from followup_desktop.resource_files import resources_dir
from followup_desktop.services.reading.calendar import (
    CalendarDay,
    CalendarFollowUp,
    CalendarInterview,
    CalendarPage,
    CalendarPages,
)
from followup_desktop.storage.touched import Changes
from followup_desktop.ui.calendar.days import DayHead
from followup_desktop.ui.calendar.drawing import EntryBrush, EntryLine
from followup_desktop.ui.calendar.entry import EntryFrame, MoreButton
from followup_desktop.ui.calendar.grid import EntryGrid, EntryPlace, by_time, entry_key, start_of
from followup_desktop.ui.calendar.month import AT_ONCE
from followup_desktop.ui.calendar.navigator import Stop
from followup_desktop.ui.calendar.overlap_columns import Lane, in_runs, share_out
from followup_desktop.ui.calendar.texts import CalendarTexts, Entry, minute_of_day
from followup_desktop.ui.calendar.view import CalendarView
from followup_desktop.ui.calendar.week import DayColumns, WeekCanvas, first_minute
from followup_desktop.ui.kit.requests import AddInterview, OpenApplication, OpenFollowUp, OpenInterview
from followup_desktop.ui.kit.theme import Theme, Type
from followup_desktop.ui.kit.widgets.card import ElidedLabel, WrappedLabel
from followup_desktop.ui.kit.widgets.roles import install_roles
from followup_desktop.ui.kit.window_settings import CalendarMode
from tests.formats import formats_of
from tests.pseudo_locale import speaking
from tests.scene import settle
from tests.sweeps import swept
from tests.ui.calendar import weeks
from tests.ui.desk import Desk, page_of
from tests.ui.mouse import double_click
from tests.ui.situations import utc

Show = Callable[[Facts], CalendarView]
CTRL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def said() -> list[str]:
    """What the calendar says."""
    return []


@pytest.fixture
def show(qtbot: QtBot, theme: Theme, desk: Desk, said: list[str]) -> Show:
    """Shows the calendar over these facts."""

    def show_facts(facts: Facts) -> CalendarView:
        desk.put(facts)
        view = CalendarView(desk.context(theme))
        desk.store.subscribe(view.refresh)
        view.status.connect(said.append)
        qtbot.addWidget(view)
        view.resize(1084, 716)
        with qtbot.waitActive(view):
            view.show()
            view.activateWindow()
        view.begin()
        return view

    return show_facts


def frames(view: CalendarView) -> list[EntryFrame]:
    """The entries of the page, in their order."""
    return [stop for stop in view.page.navigator.stops if isinstance(stop, EntryFrame)]


def frame_of(view: CalendarView, name: str) -> EntryFrame:
    """The first frame of the interview with this id, or of the follow-up whose key starts so."""
    for frame in frames(view):
        entry = frame.entry
        if isinstance(entry, CalendarInterview) and entry.id == name:
            return frame
        if isinstance(entry, CalendarFollowUp) and entry.key.startswith(name):
            return frame
    raise AssertionError(f"no {name} among {[frame.key for frame in frames(view)]}")


def interview(desk: Desk, name: str) -> Interview:
    """The interview with this id as it is stored."""
    application = desk.store.application(desk.store.interview_application(name))
    return next(i for i in application.interviews if i.id == name)


def mouse(frame: EntryFrame, kind: QMouseEvent.Type, place: QPoint, pressed: bool) -> None:
    """A mouse event at a place of the screen, as the window system would send it."""
    button = Qt.MouseButton.NoButton if kind is QMouseEvent.Type.MouseMove else LEFT
    buttons = LEFT if pressed else Qt.MouseButton.NoButton
    local = QPointF(frame.mapFromGlobal(place))
    event = QMouseEvent(kind, local, QPointF(place), button, buttons, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(frame, event)


def drag(frame: EntryFrame, by: QPoint, drop: bool = True) -> None:
    """Press on a frame, carry it there in steps, and let it go."""
    start = frame.mapToGlobal(QPoint(frame.width() // 2, min(8, frame.height() // 2)))
    mouse(frame, QMouseEvent.Type.MouseButtonPress, start, pressed=True)
    for step in range(1, 5):
        mouse(frame, QMouseEvent.Type.MouseMove, start + by * step / 4, pressed=True)
    if drop:
        mouse(frame, QMouseEvent.Type.MouseButtonRelease, start + by, pressed=False)


def column_width(view: CalendarView) -> int:
    page = view.week.canvas.page
    assert page is not None
    columns = view.week.canvas.columns(page)
    return columns.left(1) - columns.left(0)


def test_the_week_shows_its_entries_where_they_belong(show: Show) -> None:
    view = show(weeks.clash())
    acme, globex = frame_of(view, "acme"), frame_of(view, "globex")
    hour = view.week.canvas.hour
    assert acme.y() == 10 * hour + 1
    assert acme.height() == hour - 1
    assert globex.y() == 10 * hour + hour // 2 + 1
    assert not acme.geometry().intersects(globex.geometry())
    assert view.week.heads[3].mark == "2 overlap"
    assert view.week.heads[0].mark == "Fiesta Nacional de España"


def test_names_say_everything(show: Show) -> None:
    install_roles()
    view = show(weeks.clash())
    listed = QAccessible.queryAccessibleInterface(view.week.canvas)
    assert listed is not None
    assert listed.role() == QAccessible.Role.List
    assert listed.text(QAccessible.Text.Name) == "The week's interviews and follow-ups"
    item = QAccessible.queryAccessibleInterface(frame_of(view, "globex"))
    assert item is not None
    assert item.role() == QAccessible.Role.ListItem
    assert item.text(QAccessible.Text.Name) == (
        "Interview at Globex, Data Engineer, Thursday 15 October 10:30–11:30, 60 minutes, "
        "04:30 in New York, Video, overlaps Acme, 10:00–11:00"
    )
    assert view.week.heads[2].accessibleName() == "Wednesday 14 October, today, 2 follow-ups"
    names = [w.accessibleName() for w in view.findChildren(QAbstractButton) if w.isVisible()]
    assert len(names) == len(set(names))
    assert all(names)


def test_assistive_technology_can_open_an_entry(show: Show, qtbot: QtBot) -> None:
    install_roles()
    view = show(weeks.clash())
    item = QAccessible.queryAccessibleInterface(frame_of(view, "globex"))
    assert item is not None
    actions = item.actionInterface()
    assert actions is not None
    with qtbot.waitSignal(view.asked) as opened:
        actions.doAction(QAccessibleActionInterface.pressAction())
    assert opened.args == [OpenInterview("globex")]


def test_dragging_an_interview_reschedules_it_as_one_step(show: Show, desk: Desk, said: list[str]) -> None:
    view = show(weeks.clash())
    drag(frame_of(view, "acme"), QPoint(-2 * column_width(view), 2 * view.week.canvas.hour + 14))
    assert interview(desk, "acme").starts_at == datetime.fromisoformat("2026-10-13T12:15")
    assert interview(desk, "acme").minutes == 60
    assert said == ["Interview at Acme moved to Tue 13 Oct 12:15."]
    assert desk.tracker.undo_label == "Reschedule Acme"
    assert frame_of(view, "acme").day == date(2026, 10, 13)
    desk.tracker.undo()
    assert interview(desk, "acme").starts_at == datetime.fromisoformat("2026-10-15T10:00")
    assert frame_of(view, "acme").day == date(2026, 10, 15)


def test_an_interview_elsewhere_keeps_its_zone(show: Show, desk: Desk, said: list[str]) -> None:
    view = show(weeks.clash())
    drag(frame_of(view, "globex"), QPoint(0, 3 * view.week.canvas.hour))
    moved = interview(desk, "globex")
    assert (moved.starts_at, moved.timezone) == (
        datetime.fromisoformat("2026-10-15T07:30"),
        "America/New_York",
    )
    assert "overlap" not in said[0]


def test_a_drop_onto_another_interview_warns(show: Show, desk: Desk, said: list[str]) -> None:
    view = show(weeks.clash())
    drag(frame_of(view, "acme"), QPoint(column_width(view), 0))
    assert said == [
        "Interview at Acme moved to Fri 16 Oct 10:00. Overlaps the interview at Initech 10:00–12:00."
    ]
    assert interview(desk, "acme").starts_at == datetime.fromisoformat("2026-10-16T10:00")


def test_escape_and_a_drop_outside_leave_it_where_it_was(show: Show, desk: Desk, said: list[str]) -> None:
    view = show(weeks.clash())
    frame = frame_of(view, "acme")
    place = frame.geometry()
    drag(frame, QPoint(0, 200), drop=False)
    assert frame.geometry() != place
    QTest.keyClick(frame, Qt.Key.Key_Escape)
    assert frame.geometry() == place
    drag(frame, QPoint(-2000, 0))
    assert frame.geometry() == place
    drag(frame, QPoint(2, 1))
    assert frame.geometry() == place
    assert desk.tracker.undo_label is None
    assert said == []


def test_a_drop_into_the_hour_that_is_left_out_moves_on_by_it(show: Show, desk: Desk) -> None:
    desk.now = datetime(2026, 3, 25, 9, tzinfo=UTC)
    view = show(weeks.search(weeks.meeting("Acme", "2026-03-28T02:30")))
    view.week.area.verticalScrollBar().setValue(0)
    drag(frame_of(view, "acme"), QPoint(column_width(view), 0))
    assert interview(desk, "acme").starts_at == datetime.fromisoformat("2026-03-29T03:30")


def test_the_hour_that_comes_twice_is_the_first_of_the_two(show: Show, desk: Desk) -> None:
    view = show(weeks.search(weeks.meeting("Acme", "2026-10-24T02:30")))
    view.turn(1)
    view.week.area.verticalScrollBar().setValue(0)
    drag(frame_of(view, "acme"), QPoint(column_width(view), 0))
    moved = interview(desk, "acme")
    assert (moved.starts_at, moved.fold) == (datetime.fromisoformat("2026-10-25T02:30"), 0)
    assert view.week.heads[6].mark == "clocks go back"


def test_control_and_arrows_move_an_interview_and_keep_the_keyboard_on_it(show: Show, desk: Desk) -> None:
    view = show(weeks.search(weeks.meeting("Acme", "2026-10-18T10:00")))
    frame = frame_of(view, "acme")
    frame.setFocus()
    QTest.keyClick(frame, Qt.Key.Key_Down, CTRL)
    assert interview(desk, "acme").starts_at == datetime.fromisoformat("2026-10-18T10:15")
    frame = frame_of(view, "acme")
    assert frame.hasFocus()
    QTest.keyClick(frame, Qt.Key.Key_Right, CTRL)
    assert interview(desk, "acme").starts_at == datetime.fromisoformat("2026-10-19T10:15")
    assert view.anchor == date(2026, 10, 19)
    assert frame_of(view, "acme").hasFocus()
    desk.tracker.undo()
    assert interview(desk, "acme").starts_at == datetime.fromisoformat("2026-10-18T10:15")


@pytest.mark.parametrize("locale", ["en_GB", "en_US", "es_CO", "ar_EG"])
def test_the_times_of_the_hours_have_room_before_the_first_day(theme: Theme, locale: str) -> None:
    with formats_of(locale):
        room = DayColumns(theme, 1000, 7).left(0)
        assert all(
            theme.metrics(Type.SMALL).horizontalAdvance(i18n.format_clock(time(hour))) < room
            for hour in range(24)
        )


@pytest.mark.usefixtures("to_the_left")
def test_in_a_window_from_right_to_left_the_next_day_is_at_the_left(show: Show, desk: Desk) -> None:
    """By the keys, and by the pointer."""
    view = show(weeks.search(weeks.meeting("Acme", "2026-10-14T10:00")))
    frame = frame_of(view, "acme")
    frame.setFocus()
    QTest.keyClick(frame, Qt.Key.Key_Left, CTRL)
    assert interview(desk, "acme").starts_at == datetime.fromisoformat("2026-10-15T10:00")
    drag(frame_of(view, "acme"), QPoint(column_width(view), 0))
    assert interview(desk, "acme").starts_at == datetime.fromisoformat("2026-10-14T10:00")


def test_a_day_on_is_the_same_time_of_day_when_the_clocks_change(show: Show, desk: Desk) -> None:
    view = show(weeks.search(weeks.meeting("Acme", "2026-10-24T10:00")))
    view.turn(1)
    frame_of(view, "acme").setFocus()
    QTest.keyClick(frame_of(view, "acme"), Qt.Key.Key_Right, CTRL)
    assert interview(desk, "acme").starts_at == datetime.fromisoformat("2026-10-25T10:00")


def test_dragging_an_open_follow_up_snoozes_it(show: Show, desk: Desk, said: list[str]) -> None:
    met = weeks.meeting("Acme", "2026-10-14T10:00")
    view = show(
        weeks.search(replace(met, interviews=(replace(met.interviews[0], debriefed_at=utc(10, 14, 9)),)))
    )
    thanks = frame_of(view, "thank_you")
    drag(thanks, QPoint(0, 6 * view.week.canvas.hour))
    choice = desk.store.choice(thanks.entry.key) if isinstance(thanks.entry, CalendarFollowUp) else None
    assert choice is not None
    assert choice.snoozed_until == utc(10, 14, 17)
    assert said == ["Snoozed until today 19:00"]
    assert frame_of(view, "thank_you").at == utc(10, 14, 17)
    desk.tracker.undo()
    assert frame_of(view, "thank_you").at == utc(10, 14, 11)


def test_a_follow_up_is_never_put_before_its_due_time_nor_before_it_opens(
    show: Show, desk: Desk, said: list[str]
) -> None:
    view = show(weeks.search(weeks.meeting("Acme", "2026-10-16T10:00")))
    prepare = frame_of(view, "prepare")
    drag(prepare, QPoint(0, -view.week.canvas.hour))
    assert said == [("This is due Thu 15 Oct 18:00 and can't be moved before then. Drop it on a later day.")]
    drag(frame_of(view, "debrief"), QPoint(0, view.week.canvas.hour))
    assert said[-1].startswith("This isn't due yet")
    assert desk.tracker.undo_label is None


def test_a_call_is_snoozed_to_the_next_time_for_calls(show: Show, desk: Desk, said: list[str]) -> None:
    met = weeks.meeting("Acme", "2026-10-01T10:00")
    talked = replace(met.interviews[0], debriefed_at=utc(10, 1, 12), reply_by=date(2026, 10, 9))
    view = show(weeks.search(replace(met, interviews=(talked,))))
    call = frame_of(view, "status_call")
    assert call.at == utc(10, 14, 8)
    drag(call, QPoint(0, 7 * view.week.canvas.hour))
    assert said == ["Snoozed until tomorrow, Thu 10:00, the next time you can call"]
    assert frame_of(view, "status_call").at == utc(10, 15, 8)


def test_arrows_reach_every_entry_and_enter_opens(show: Show, qtbot: QtBot) -> None:
    view = show(weeks.busy())
    stops = view.page.navigator.stops
    QTest.keyClick(view.focusWidget(), Qt.Key.Key_Home)
    reached = [view.page.navigator.current]
    for _ in range(len(stops) - 1):
        QTest.keyClick(view.focusWidget(), Qt.Key.Key_Down)
        reached.append(view.page.navigator.current)
        assert reached[-1] is not None
        assert reached[-1].widget.hasFocus()
    assert reached == list(stops)
    QTest.keyClick(view.focusWidget(), Qt.Key.Key_Left)
    current = view.page.navigator.current
    assert current is not None
    assert current.day < stops[-1].day
    frame = frame_of(view, "weyland")
    frame.setFocus()
    with qtbot.waitSignal(view.asked) as opened:
        QTest.keyClick(frame, Qt.Key.Key_Return)
    assert opened.args == [OpenInterview("weyland")]


def test_what_is_open_opens_as_a_follow_up_and_what_is_not_its_application(show: Show, qtbot: QtBot) -> None:
    view = show(
        weeks.search(weeks.meeting("Acme", "2026-10-14T10:00"), weeks.meeting("Duff", "2026-10-16T10:00"))
    )
    debrief = frame_of(view, "debrief/acme-application")
    with qtbot.waitSignal(view.asked) as follow_up:
        double_click(debrief)
    assert follow_up.args == [OpenFollowUp("debrief/acme-application/2026-10-14")]
    with qtbot.waitSignal(view.asked) as application:
        QTest.keyClick(frame_of(view, "debrief/duff-application"), Qt.Key.Key_Return)
    assert application.args == [OpenApplication("duff-application")]


def test_more_opens_the_day_with_everything_in_it(show: Show, desk: Desk) -> None:
    view = show(weeks.busy())
    more = next(s for s in view.page.navigator.stops if isinstance(s, MoreButton))
    shown = [f for f in frames(view) if f.day == more.day and isinstance(f.entry, CalendarFollowUp)]
    assert more.text() == "+5 more"
    more.setFocus()
    QTest.keyClick(more, Qt.Key.Key_Return)
    day = CalendarPages(desk.store, desk.wording).days(more.day, more.day, desk.now).days[0]
    assert len(day.follow_ups) == len(shown) + 5
    assert len(frames(view)) == len(day.interviews) + len(day.follow_ups)
    assert view.day.isVisible()
    QTest.keyClick(view.focusWidget(), Qt.Key.Key_Escape)
    assert view.week.isVisible()
    view.show_day(more.day)
    QTest.mouseClick(view.week_button, LEFT)
    assert view.week.isVisible()


def test_turning_pages(show: Show) -> None:
    view = show(weeks.busy())
    QTest.keyClick(view.focusWidget(), Qt.Key.Key_PageDown)
    assert view.anchor == date(2026, 10, 21)
    QTest.mouseClick(view.previous_button, LEFT)
    QTest.mouseClick(view.previous_button, LEFT)
    assert view.anchor == date(2026, 10, 7)
    QTest.mouseClick(view.today_button, LEFT)
    assert view.anchor == date(2026, 10, 14)
    view.month_button.setChecked(True)  # as assistive technology does it
    assert view.mode is CalendarMode.MONTH
    view.turn(-10)
    assert view.anchor == date(2025, 12, 1)
    view.begin()
    QTest.keyClick(view.focusWidget(), Qt.Key.Key_Home, CTRL)
    assert view.anchor == date(2026, 10, 14)


def test_an_empty_week_turns_too(show: Show) -> None:
    view = show(weeks.empty())
    assert view.week.canvas.hasFocus()
    QTest.keyClick(view.week.canvas, Qt.Key.Key_PageUp)
    assert view.anchor == date(2026, 10, 7)
    assert frames(view) == []


def test_a_double_click_on_an_empty_place_asks_for_an_interview_there(show: Show, qtbot: QtBot) -> None:
    view = show(weeks.clash())
    canvas = view.week.canvas
    page = canvas.page
    assert page is not None
    place = QPoint(canvas.columns(page).left(1) + 20, 14 * canvas.hour + canvas.hour // 2 + 2)
    with qtbot.waitSignal(view.asked) as wanted:
        double_click(canvas, place)
    assert wanted.args == [AddInterview(at=utc(10, 13, 12, 30))]
    view.set_mode(CalendarMode.MONTH)
    with qtbot.waitSignal(view.asked) as wanted:
        double_click(view.month.canvas, view.month.canvas.cell(0).center())
    assert wanted.args == [AddInterview(at=utc(9, 28, 8))]


def test_the_button_adds_on_the_day_looked_at_but_never_in_the_past(show: Show, qtbot: QtBot) -> None:
    view = show(weeks.clash())
    frame_of(view, "initech").setFocus()
    with qtbot.waitSignal(view.asked) as wanted:
        view.add_button.click()
    assert wanted.args == [AddInterview("initech-application", utc(10, 16, 8))]
    view.turn(-1)
    with qtbot.waitSignal(view.asked) as wanted:
        view.add_button.click()
    assert wanted.args == [AddInterview(at=utc(10, 14, 14))]


def test_in_a_month_an_interview_is_dragged_to_another_day_at_its_time(show: Show, desk: Desk) -> None:
    view = show(weeks.search(weeks.meeting("Acme", "2026-10-22T10:00")))
    view.set_mode(CalendarMode.MONTH)
    canvas = view.month.canvas
    cell = canvas.cell(0)
    drag(frame_of(view, "acme"), QPoint(cell.width() + 2, cell.height() + 1))
    assert interview(desk, "acme").starts_at == datetime.fromisoformat("2026-10-30T10:00")


def test_a_hidden_calendar_looks_again_when_it_is_shown(show: Show, desk: Desk) -> None:
    view = show(weeks.clash())
    view.hide()
    desk.tracker.reschedule_interview("acme", utc(10, 13, 8))
    assert frame_of(view, "acme").day == date(2026, 10, 15)
    view.show()
    assert frame_of(view, "acme").day == date(2026, 10, 13)


def test_weeks_begin_as_the_locale_says(show: Show) -> None:
    with formats_of("en_US"):
        view = show(weeks.clash())
        spoken = frame_of(view, "globex").accessibleName().replace("\u202f", " ")
    page = view.week.canvas.page
    assert page is not None
    assert page.first == date(2026, 10, 11)
    assert "Thursday, October 15 10:30 AM" in spoken


def test_the_keyboard_stays_among_the_entries_when_its_own_goes(show: Show, desk: Desk) -> None:
    view = show(weeks.clash())
    frame_of(view, "acme").setFocus()
    desk.tracker.delete_interview("acme")
    current = view.page.navigator.current
    assert current is not None
    assert current.widget.hasFocus()


def test_the_hours_scroll_along_with_what_is_carried(show: Show) -> None:
    view = show(weeks.clash())
    bar = view.week.area.verticalScrollBar()
    before = bar.value()
    drag(frame_of(view, "acme"), QPoint(0, 12 * view.week.canvas.hour), drop=False)
    assert bar.value() > before


def test_the_hours_stay_where_the_user_scrolled_to_when_something_else_changes(
    show: Show, desk: Desk
) -> None:
    view = show(weeks.clash())
    frame_of(view, "acme").setFocus()
    bar = view.week.area.verticalScrollBar()
    bar.setValue(0)
    desk.tracker.edit_interview("initech", notes="Bring the plans")
    view.refresh(Changes(everything=True))
    settle()
    assert bar.value() == 0
    desk.tracker.edit_interview("acme", starts_at=interview(desk, "acme").starts_at + timedelta(hours=1))
    settle()
    assert not frame_of(view, "acme").visibleRegion().isEmpty()


@pytest.mark.parametrize("hour", [0, 3, 7, 9, 15, 18, 21])
def test_the_week_opens_at_the_present_hour_however_low_the_window_is(
    show: Show, desk: Desk, hour: int
) -> None:
    desk.now = utc(10, 14, hour, 30)
    view = show(weeks.busy())
    for height in (716, 420):
        view.resize(1084, height)
        QApplication.processEvents()
        view.show_today()
        top = view.week.area.verticalScrollBar().value()
        now = view.week.canvas.y_of(minute_of_day(desk.now, "Europe/Madrid"))
        assert top <= now <= top + view.week.area.viewport().height()


@pytest.mark.parametrize("size", [(1280, 800), (800, 600)])
def test_the_calendar_opens_at_now_in_the_evening_though_bars_take_their_room_later(
    desk: Desk, theme: Theme, size: tuple[int, int]
) -> None:
    desk.put(weeks.busy())
    desk.now = utc(10, 14, 20, 4)
    window = desk.window(theme)
    window.resize(*size)
    window.show()
    window.show_view("calendar")
    settle()
    view = page_of(window, CalendarView)
    bar = view.week.area.verticalScrollBar()
    now = view.week.canvas.y_of(minute_of_day(desk.now, "Europe/Madrid"))
    assert bar.value() <= now <= bar.value() + view.week.area.viewport().height()


@pytest.mark.parametrize(
    ("scale", "hour"),
    swept(product((1.0, 1.5, 2.0), (0, 9, 14, 20)), lambda case: case[0] == 2.0 or case[1] == 20),
)
def test_now_is_seen_when_the_calendar_opens_in_a_small_window(
    desk: Desk, theme: Theme, scale: float, hour: int
) -> None:
    desk.put(weeks.busy())
    desk.now = utc(10, 14, hour, 4)
    theme.scale_text(scale)
    window = desk.window(theme, view="calendar")
    window.resize(800, 600)
    window.show()
    settle()
    view = page_of(window, CalendarView)
    canvas = view.week.canvas
    now = canvas.mapTo(window, QPoint(0, canvas.y_of(minute_of_day(desk.now, "Europe/Madrid"))))
    hours = view.week.area.viewport()
    assert 0 <= hours.mapFrom(window, now).y() <= hours.height()
    assert 0 <= view.mapFrom(window, now).y() <= view.height()


def test_in_a_small_window_the_hours_alone_scroll(desk: Desk, theme: Theme) -> None:
    desk.put(weeks.busy())
    window = desk.window(theme, view="calendar")
    window.resize(800, 600)
    window.show()
    settle()
    view = page_of(window, CalendarView)
    seen = [bar for bar in view.findChildren(QScrollBar) if bar.isVisible()]
    assert seen == [view.week.area.verticalScrollBar()]


@pytest.mark.parametrize("language", ["en_GB", "de"])
def test_the_title_is_whole_in_a_small_window(desk: Desk, theme: Theme, language: str) -> None:
    desk.put(weeks.busy())
    with speaking(language):
        window = desk.window(theme)
        window.resize(800, 600)
        window.show()
        window.show_view("calendar")
        view = page_of(window, CalendarView)
        earlier: tuple[Callable[[], object], ...] = (
            view.show_today,
            lambda: view.turn(-2),
            lambda: view.show_day(date(2026, 9, 30)),
        )
        for turn in earlier:
            turn()
            settle()
            title = view.findChild(ElidedLabel)
            assert title is not None
            assert title.full_text in title.text()


def test_the_week_opens_with_what_is_still_to_come_today(show: Show, desk: Desk) -> None:
    desk.now = utc(10, 14, 14)
    view = show(weeks.search(weeks.meeting("Acme", "2026-10-14T21:30", 90)))
    view.resize(900, 640)
    QApplication.processEvents()
    view.show_today()
    bar, canvas = view.week.area.verticalScrollBar(), view.week.canvas
    assert bar.value() <= canvas.y_of(16 * 60)
    assert canvas.y_of(23 * 60) <= bar.value() + view.week.area.viewport().height() + 8


def test_another_week_opens_at_the_working_hours() -> None:
    page = CalendarPage(
        zone_name="Europe/Madrid",
        today=date(2026, 10, 14),
        now=utc(10, 14, 19),
        days=(_a_day(date(2026, 10, 21)),),
        interview_count=0,
        overlap_count=0,
    )
    assert first_minute(page, 300) == 8 * 60
    assert first_minute(replace(page, days=(_a_day(date(2026, 10, 14)),)), 300) == 17 * 60


def _a_day(day: date) -> CalendarDay:
    return CalendarDay(
        day=day,
        starts_at=utc(day.month, day.day, 0),
        ends_at=utc(day.month, day.day, 23),
        is_weekend=False,
        holiday=None,
        is_away=False,
        no_calls=False,
        clock_change=None,
        spans=(),
        interviews=(),
        follow_ups=(),
        follow_up_count=0,
        overlap_count=0,
    )


def test_the_head_of_a_day_says_how_much_it_holds_seen_or_not(show: Show) -> None:
    view = show(weeks.busy())
    page = view.week.canvas.page
    assert page is not None
    for head, day in zip(view.week.heads, page.days, strict=True):
        held = day.count
        assert head.count == (str(held) if held else "")
    assert any(isinstance(stop, MoreButton) for stop in view.page.navigator.stops)


def test_an_interview_of_a_whole_day_stands_in_two(show: Show) -> None:
    view = show(weeks.search(weeks.meeting("Acme", "2026-10-15T22:00", 1440)))
    parts = [f for f in frames(view) if isinstance(f.entry, CalendarInterview)]
    assert [f.day.day for f in parts] == [15, 16]
    assert parts[1].y() == 1
    assert parts[1].height() == 22 * view.week.canvas.hour - 1


def test_now_moves_on_with_the_clock(show: Show, desk: Desk) -> None:
    view = show(weeks.empty())
    desk.now += timedelta(days=1)
    view.refresh()
    assert "today" in view.week.heads[3].accessibleName()
    assert "today" not in view.week.heads[2].accessibleName()


def test_lanes() -> None:
    assert share_out([], 3, 2) == []
    assert share_out([(0, 10), (10, 20)], 3, 2) == [Lane(0, 1), Lane(0, 1)]
    assert share_out([(0, 10), (5, 15), (10, 20)], 2, 2) == [Lane(0, 2), Lane(1, 2), Lane(0, 2)]
    linked = [(5, 15), (0, 10), (0, 30), (40, 50)]
    assert share_out(linked, 3, 2) == [Lane(2, 3), Lane(1, 3), Lane(0, 3), Lane(0, 1)]
    assert share_out(linked, 2, 2) == [None, None, Lane(0, 2), Lane(0, 1)], (
        "the second lane is for the number"
    )


SPANS = st.lists(st.tuples(st.integers(0, 50), st.integers(1, 20)), max_size=20).map(
    lambda starts: [(top, top + height) for top, height in starts]
)


@given(SPANS, st.integers(2, 5), st.integers(2, 5))
def test_lanes_are_shared_out_as_if_there_was_room_for_all(
    spans: list[tuple[int, int]], most: int, left: int
) -> None:
    left = min(left, most)
    for few, one in zip(share_out(spans, most, left), share_out(spans, len(spans) + 1, 2), strict=True):
        assert one is not None
        if one.of <= most:
            assert few == one
        else:
            assert few == (Lane(one.number, left) if one.number < left - 1 else None)


@given(SPANS, st.integers(5, 30))
def test_what_finds_no_room_is_counted_beside_what_does(spans: list[tuple[int, int]], height: int) -> None:
    lanes = share_out(spans, 2, 2)
    hidden = [span for span, lane in zip(spans, lanes, strict=True) if lane is None]
    runs = [[hidden[n] for n in run] for run in in_runs(hidden, height)]
    assert sorted(chain(*runs)) == sorted(hidden)
    areas = [(run[0][0], min(run[0][0] + height - 1, max(end for _, end in run))) for run in runs]
    for (_, end), (top, _) in pairwise(areas):
        assert end < top or end <= top + 1
    last_lane = [span for span, lane in zip(spans, lanes, strict=True) if lane in {Lane(1, 2), Lane(0, 1)}]
    for top, end in areas:
        assert all(span[1] <= top or span[0] >= end for span in last_lane)


@pytest.mark.parametrize(("width", "text"), [(1084, "Mon · no calls"), (520, "Mon")])
def test_a_narrow_month_names_its_weekdays_only(show: Show, qtbot: QtBot, width: int, text: str) -> None:
    view = show(weeks.search(weeks.meeting("Acme", "2026-10-22T10:00")))
    view.set_mode(CalendarMode.MONTH)
    view.resize(width, 600)
    head = next(label for label in view.month.findChildren(ElidedLabel) if "Mon" in label.accessibleName())
    qtbot.waitUntil(lambda: head.text().lstrip("\u200e") == text)
    assert head.accessibleName() == "Mon · no calls"


@pytest.mark.parametrize("mode", [CalendarMode.WEEK, CalendarMode.MONTH])
@pytest.mark.parametrize("width", [1084, 660])
def test_no_word_is_cut_to_a_letter_or_two_where_the_text_is_large(
    show: Show, theme: Theme, mode: CalendarMode, width: int
) -> None:
    theme.scale_text(2.0)
    try:
        view = show(weeks.busy())
        view.set_mode(mode)
        view.resize(width, 450)
        settle()
        heads = [each for each in view.page.findChildren(DayHead) if each.isVisible() and each.mark]
        assert heads
        cut = [line for head in heads for line in head.shown_mark if line.endswith("…")]
        assert all(len(line) > 4 for line in cut), cut
        assert not [
            line for head in heads if "overlap" in head.mark for line in head.shown_mark if "…" in line
        ]
        if (width, mode) == (660, CalendarMode.WEEK):
            assert not any(head.shown_mark for head in heads), "icons stand for them"
        assert all(head.mark in head.accessibleName() for head in heads if " · " not in head.mark)
        assert "overlap" in view.findChildren(WrappedLabel)[0].text()
    finally:
        theme.scale_text(1.0)


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("width", [1084, 660])
def test_all_days_are_in_sight_below_their_heads(show: Show, theme: Theme, width: int, scale: float) -> None:
    """Nothing scrolls sideways in a calendar: what is beside its place couldn't be reached."""
    theme.scale_text(scale)
    view = show(weeks.search(weeks.meeting("Acme", "2026-10-22T10:00")))
    view.setFixedSize(width, 600)
    view.set_mode(CalendarMode.MONTH)
    settle()
    assert view.month.canvas.width() <= view.month.area.viewport().width()
    heads = [each for each in view.month.findChildren(ElidedLabel) if each.accessibleName()]
    for number, name in enumerate(heads[:7]):
        column = view.month.canvas.cell(number).translated(view.month.canvas.mapTo(view, QPoint()))
        left = name.mapTo(view, QPoint()).x()
        assert left == pytest.approx(column.left() + theme.px(8), abs=1)
        assert left + name.width() <= column.right() + 1
    view.set_mode(CalendarMode.WEEK)
    settle()
    assert view.week.canvas.width() <= view.week.area.viewport().width()
    page = view.week.canvas.page
    assert page is not None
    for number, head in enumerate(view.week.heads):
        middle = head.mapTo(view, head.rect().center()) - view.week.canvas.mapTo(view, QPoint())
        assert view.week.canvas.columns(page).number_at(middle.x()) == number
    view.show_day(page.days[3].day)
    settle()
    assert view.day.list.width() <= view.day.area.viewport().width()


def test_a_busy_day_has_the_lines_that_a_week_of_its_height_opens_with(show: Show) -> None:
    times = [utc(10, 15, 10) + timedelta(minutes=number) for number in range(9)]
    reminders = [Reminder(id=f"r{n}", title=f"Call {n}", at=at) for n, at in enumerate(times)]
    view = show(weeks.search(reminders=tuple(reminders)))
    found = []
    for height in (716, 420, 716):
        view.resize(1084, height)
        settle()
        resized = [stop.key for stop in view.week.strip.stops()]
        view.show_all()
        assert resized == [stop.key for stop in view.week.strip.stops()], height
        found.append(len(resized))
    assert found == [3, 2, 3]


def test_the_buttons_stand_below_a_title_that_they_would_cut(show: Show, theme: Theme) -> None:
    with i18n.speaking("es_ES", resources_dir() / "locale"):
        view = show(weeks.search(weeks.meeting("Acme", "2026-10-14T10:00")))
        title = next(label for label in view.findChildren(ElidedLabel) if label.property("type") == "title")
        for width in range(theme.px(700), theme.px(900), 20):
            view.resize(width, 600)
            settle()
            assert title.text().lstrip("\u200e") == title.full_text == "12–18 de octubre de 2026"
        view.set_mode(CalendarMode.MONTH)
        assert title.full_text == "Octubre de 2026"


@pytest.mark.parametrize(("width", "name"), [(1084, "Wed 14"), (600, "W 14"), (400, "14")])
def test_the_days_of_a_week_are_all_named_in_the_form_that_has_room(
    show: Show, width: int, name: str
) -> None:
    view = show(weeks.search(weeks.meeting("Acme", "2026-10-14T10:00")))
    view.setFixedSize(width, 600)
    names = [head.name for head in view.week.heads]
    assert name in names
    assert len({len(each.split()[0]) for each in names if not each[0].isdigit()}) <= 1
    assert len({each[0].isdigit() for each in names}) == 1


@pytest.mark.parametrize("month", [False, True])
def test_the_keyboard_stops_at_what_the_room_has_place_for(show: Show, month: bool) -> None:
    view = show(weeks.busy())
    if month:
        view.month_button.click()
    for width, height in ((1000, 500), (1900, 1400), (1000, 500), (700, 420)):
        view.resize(width, height)
        settle()  # what has gone is deleted
        page = view.page
        there = {stop.key for grid in page.grids for stop in grid.stops()}
        assert {stop.key for stop in page.navigator.stops} == there
        for stop in page.navigator.stops:
            page.navigator.select(stop.key, focus=True)
            assert stop.widget.isVisible()


@pytest.mark.parametrize(("width", "counts"), [(1084, True), (300, False)])
def test_a_day_s_number_is_whole_and_its_count_stands_beside_it_where_there_is_room(
    show: Show, theme: Theme, width: int, counts: bool
) -> None:
    view = show(weeks.busy())
    view.set_mode(CalendarMode.MONTH)
    theme.scale_text(2.0)
    view.setFixedSize(theme.px(width) // 2, 600)
    settle()
    today = next(head for head in view.month.findChildren(DayHead) if "today" in head.accessibleName())
    assert today.shows_count is counts
    assert today.width() >= theme.metrics(Type.TEXT).horizontalAdvance("14") + theme.px(8)


def many_at(*hours: str, names: str = "ABCDEFGHIJKL") -> Facts:
    """So many interviews on Thursday at each of these times, with employers called by two letters."""
    return weeks.search(
        *(
            weeks.meeting(f"{name}{name.lower()}{hour[:2]}", f"2026-10-15T{hour}")
            for hour in hours
            for name in names
        )
    )


def test_of_many_interviews_at_one_hour_those_are_drawn_that_can_be_read(show: Show, theme: Theme) -> None:
    view = show(many_at("10:00", "15:00"))
    thursday = view.week.heads[3]
    drawn = [f for f in frames(view) if isinstance(f.entry, CalendarInterview)]
    buttons = view.week.canvas.buttons()
    assert [f.accessibleName().split(",")[0] for f in drawn] == [
        "Interview at Aa10",
        "Interview at Aa15",
    ]
    assert [b.text() for b in buttons] == ["+11", "+11"]
    assert [b.accessibleName() for b in buttons] == [
        "+11 more, Thursday 15 October 10:00",
        "+11 more, Thursday 15 October 15:00",
    ]
    assert "24 interviews" in thursday.accessibleName()
    assert "24 overlap" in thursday.accessibleName()
    assert all(each.height() >= 24 for grid in view.week.grids for each in grid.buttons())
    for frame, button in zip(drawn, buttons, strict=True):
        assert min(frame.width(), button.width()) >= theme.px(50)
        assert frame.y() == button.y()
        assert not frame.geometry().intersects(button.geometry())
    assert "overlaps Bb10, 10:00–11:00, overlaps Cc10" in drawn[0].accessibleName()
    assert drawn[0].accessibleName().endswith("6 more")
    buttons[1].setFocus()
    QTest.keyClick(buttons[1], Qt.Key.Key_Return)
    assert view.day.isVisible()
    view.day.list.buttons()[0].click()
    assert sum(isinstance(f.entry, CalendarInterview) for f in frames(view)) == 24


def plain_places(canvas: WeekCanvas, page: CalendarPage) -> list[tuple[object, ...]]:
    """Where everything of a week stands, by each entry of each day, of a page that has them all."""
    px, hour, last, found = canvas.theme.px, canvas.hour, 24 * canvas.hour, list[tuple[object, ...]]()

    def stands(entry: Entry, day: CalendarDay) -> tuple[int, int]:
        if isinstance(entry, CalendarFollowUp):
            top = min(hour * minute_of_day(entry.at, page.zone_name) // 60, last - px(21))
            return top, top + px(21)
        start = max(entry.starts_at, day.starts_at)
        end = minute_of_day(entry.ends_at, page.zone_name) if entry.ends_at < day.ends_at else 1440
        top, bottom = hour * minute_of_day(start, page.zone_name) // 60 + 1, hour * end // 60
        bottom = max(bottom, top + px(20))
        return min(top, last - (bottom - top)), min(bottom, last)

    for number, day in enumerate(page.days):
        entries = by_time(day)
        beside = share_out([stands(each, day) for each in entries], 2, 2)
        if day.follow_up_count > 4 or (day.follow_ups and None in beside):
            entries = [each for each in entries if isinstance(each, CalendarInterview)]
        room = canvas.columns(page).area(number, 0, 0).adjusted(2, 0, -3, 0)
        left = max(2, room.width() // px(60))
        lanes = share_out([stands(each, day) for each in entries], max(3, room.width() // px(40)), left)

        def area(heights: tuple[int, int], lane: Lane, room: QRect = room) -> tuple[int, int, int, int]:
            first, end = (room.left() + room.width() * n // lane.of for n in (lane.number, lane.number + 1))
            return first, heights[0], end - first - (lane.number < lane.of - 1), heights[1] - heights[0]

        hidden = [each for each, lane in zip(entries, lanes, strict=True) if lane is None]
        found += [
            (entry_key(each, day.day), *area(stands(each, day), lane))
            for each, lane in zip(entries, lanes, strict=True)
            if lane is not None
        ]
        for run in in_runs([stands(each, day) for each in hidden], 3 * hour):
            heights = [stands(hidden[n], day) for n in run]
            top, bottom = heights[0][0], max(bottom for _top, bottom in heights)
            at = max(start_of(hidden[run[0]]), day.starts_at)
            seen = top, min(bottom, top + 3 * hour - 1)
            found.append((len(run), day.day, at, *area(seen, Lane(left - 1, left))))
    return found


@pytest.mark.parametrize("seed", range(4))
def test_a_week_places_all_of_it_but_names_what_has_room(show: Show, desk: Desk, seed: int) -> None:
    random = Random(seed)
    at = datetime.fromisoformat("2026-10-11T12:00" if seed else "2026-10-24T20:00")  # once the clocks change
    desk.now = at.replace(tzinfo=UTC)
    times = [at + timedelta(minutes=random.choice((1, 15, 60)) * n) for n in range(300)]
    facts = weeks.search(
        *(
            weeks.meeting(f"Acme{n}", random.choice(times).isoformat(), random.choice((1, 20, 60, 90, 1440)))
            for n in range(random.choice((20, 120)))
        ),
        reminders=tuple(
            Reminder(id=f"r{n}", title="Call", at=random.choice(times), timezone="Europe/Madrid")
            for n in range(9)
        ),
    )
    view = show(facts)
    canvas = view.week.canvas
    for width in (1084, 1900, 700):
        view.resize(width, 716)
        settle()
        whole = CalendarPages(desk.store, desk.wording).week(view.anchor, 0, desk.now, 4)
        assert canvas.page is not None
        named = {i.id for day in canvas.page.days for i in day.interviews}
        shown = {f.entry.id for f in canvas.frames() if isinstance(f.entry, CalendarInterview)}
        assert shown <= named
        if width == 1084:
            assert named == shown
        found = [
            (
                *((place.key,) if isinstance(place, EntryPlace) else (place.hidden, place.day.day, place.at)),
                *(place.area.x(), place.area.y(), place.area.width(), place.area.height()),
            )
            for place in canvas.arrange(canvas.page)
        ]
        assert sorted(found, key=str) == sorted(plain_places(canvas, whole), key=str)


@pytest.mark.parametrize("width", [1084, 1900, 700])
def test_three_at_once_are_drawn_however_narrow_a_day_is(show: Show, width: int) -> None:
    view = show(many_at("10:00", names="ABC"))
    view.resize(width, 716)
    settle()
    assert sum(isinstance(f.entry, CalendarInterview) for f in frames(view)) == 3
    assert view.week.canvas.buttons() == ()


def test_the_keyboard_goes_with_an_interview_to_where_it_finds_no_room(show: Show, desk: Desk) -> None:
    first = many_at("10:00", names="ABCDEF")
    facts = replace(first, applications=(*first.applications, weeks.meeting("Zz", "2026-10-15T11:30")))
    view = show(facts)
    view.page.navigator.select(frame_of(view, "zz").key, focus=True)
    for _ in range(6):
        QTest.keyClick(view.focusWidget(), Qt.Key.Key_Up, CTRL)
    assert interview(desk, "zz").starts_at.time() <= time(10, 45)
    (button,) = view.week.canvas.buttons()
    assert view.focusWidget() is button
    assert view.selection().interview is None


def test_of_a_day_with_very_many_more_are_listed_as_they_are_gone_through(show: Show, desk: Desk) -> None:
    hours = [f"{hour:02}:00" for hour in range(8, 20)]
    view = show(many_at(*hours))
    view.show_day(date(2026, 10, 15))
    view.begin()
    whole = CalendarPages(desk.store, desk.wording).days(view.anchor, view.anchor, desk.now).days[0]
    assert whole.count > 2 * AT_ONCE
    expected = [entry_key(entry, whole.day) for entry in by_time(whole)]

    def listed() -> list[str]:
        return [frame.key for frame in view.day.list.frames()]

    def more() -> str:
        return view.day.list.buttons()[0].text()

    assert listed() == expected[:AT_ONCE]
    assert more() == f"+{whole.count - AT_ONCE} more"
    view.day.list.buttons()[0].setFocus()
    QTest.keyClick(view.focusWidget(), Qt.Key.Key_Return)
    assert listed() == expected[: 2 * AT_ONCE]
    current = view.page.navigator.current
    assert current is not None
    assert current.key == expected[AT_ONCE]
    assert current.widget.hasFocus()
    settle()
    bar = view.day.area.verticalScrollBar()
    bar.triggerAction(QScrollBar.SliderAction.SliderToMaximum)
    assert listed() == expected[: 3 * AT_ONCE]
    while view.day.list.buttons():
        view.day.list.buttons()[0].click()
    assert listed() == expected
    view.turn(1)
    view.turn(-1)
    assert listed() == expected[:AT_ONCE], "a day that is opened again begins anew"


def test_a_month_reads_as_many_entries_of_a_day_as_it_has_room_for(
    show: Show, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int | None] = []
    real = CalendarPages.month

    def noted(self: CalendarPages, day: date, first: int, now: datetime, at_most: int | None) -> CalendarPage:
        asked.append(at_most)
        return real(self, day, first, now, at_most)

    monkeypatch.setattr(CalendarPages, "month", noted)
    view = show(many_at("10:00", "15:00"))
    view.set_mode(CalendarMode.MONTH)
    settle()
    assert asked == [4]
    for height in (1400, 500, 1900):
        asked.clear()
        view.resize(1084, height)
        settle()
        assert len(asked) <= 1, "and that only where there is room for more"
        canvas = view.month.canvas
        assert canvas.page is not None
        room = canvas.room(canvas.page)
        shown = [f for f in frames(view) if f.day == date(2026, 10, 15)]
        whole = real(CalendarPages(desk.store, desk.wording), view.anchor, 0, desk.now, None)
        day = next(each for each in whole.days if each.day.day == 15)
        hidden = day.count - len(shown)
        assert len(shown) == (day.count if day.count <= room else room - 1)
        assert {f.key for f in shown} == {entry_key(e, day.day) for e in by_time(day)[: len(shown)]}
        assert [b.text() for b in canvas.buttons() if b.day.day == 15] == [f"+{hidden} more"] * bool(hidden)


def test_an_edit_of_something_else_touches_no_entry(
    show: Show, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = show(weeks.busy())
    painted: list[str] = []
    for part in (EntryFrame, DayHead, EntryGrid):
        monkeypatch.setattr(part, "update", lambda self: painted.append(self.accessibleName()))
    for mode in CalendarMode:
        view.set_mode(mode)
        settle()
        painted.clear()
        desk.tracker.edit_application("oscorp-application", notes="Called")
        assert painted == []
        desk.tracker.reschedule_interview("oscorp", utc(10, 16, 11))
        assert any("Interview at Oscorp" in name for name in painted)
        assert not any("Interview at Aperture" in name for name in painted)
        desk.tracker.undo()
        desk.tracker.undo()


def test_an_edit_places_the_entries_of_those_days_that_are_others(
    show: Show, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = show(weeks.busy())
    days: set[date] = set()
    real = EntryPlace.__init__

    def noted(self: EntryPlace, entry: Entry, day: CalendarDay, area: QRect) -> None:
        days.add(day.day)
        real(self, entry, day, area)

    monkeypatch.setattr(EntryPlace, "__init__", noted)
    for mode in CalendarMode:
        view.set_mode(mode)
        days.clear()
        desk.tracker.edit_application("oscorp-application", notes="Called")
        assert days == set()
        desk.tracker.reschedule_interview("oscorp", utc(10, 16, 11))
        assert date(2026, 10, 16) in days
        assert len(days) < 4, "and those of what is planned about it"
        assert_as_if_new(view)
        desk.tracker.undo()
        desk.tracker.undo()
        assert_as_if_new(view)


def assert_as_if_new(view: CalendarView) -> None:
    """All stands where it would if it were placed for the first time, and one stop is the Tab key's."""
    before = [(stop.key, stop.widget.geometry()) for stop in view.page.navigator.stops]
    assert [stop.key for stop in view.page.navigator.stops if has_tab(stop)] == [stop_of(view).key]
    view.page.relayout()
    assert [(stop.key, stop.widget.geometry()) for stop in view.page.navigator.stops] == before


def stop_of(view: CalendarView) -> Stop:
    current = view.page.navigator.current
    assert current is not None
    return current


def has_tab(stop: Stop) -> bool:
    return stop.widget.focusPolicy() is Qt.FocusPolicy.StrongFocus


def test_only_what_is_to_be_painted_anew_is_painted(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    view = show(weeks.busy())
    painted: list[str] = []
    real = EntryFrame.paint

    def noted(self: EntryFrame, brush: EntryBrush, area: QRect) -> None:
        painted.append(self.key)
        real(self, brush, area)

    monkeypatch.setattr(EntryFrame, "paint", noted)
    for mode in CalendarMode:
        view.set_mode(mode)
        settle()
        painted.clear()
        frame_of(view, "aperture").update()
        settle()
        assert painted == [frame_of(view, "aperture").key]
        view.grab()
        assert sorted(painted) == sorted([*(frame.key for frame in frames(view)), painted[0]])


def test_what_is_carried_is_painted_above_the_others(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    view = show(weeks.clash())
    view.set_mode(CalendarMode.MONTH)
    painted: list[str] = []
    real = EntryFrame.paint

    def noted(self: EntryFrame, brush: EntryBrush, area: QRect) -> None:
        painted.append(self.key)
        real(self, brush, area)

    monkeypatch.setattr(EntryFrame, "paint", noted)
    carried = frame_of(view, "acme")
    first = carried.key
    drag(carried, QPoint(40, 12), drop=False)
    view.grab()
    assert painted[-1] == first
    assert painted.count(first) == 1
    QTest.keyClick(carried, Qt.Key.Key_Escape)
    painted.clear()
    view.grab()
    assert painted[-1] != first


def test_pages_that_are_turned_to_again_make_no_widgets(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    view = show(weeks.busy())
    view.next_button.setFocus()

    def refuse(*_given: object) -> None:
        raise AssertionError("made anew")

    for mode in CalendarMode:
        view.set_mode(mode)
        first = {stop.widget for stop in view.page.navigator.stops}
        for pages in (1, -1):
            view.turn(pages)
        with monkeypatch.context() as patch:
            for part in (EntryFrame, MoreButton):
                patch.setattr(part, "__init__", refuse)
            for pages in (1, -1, -1, 1):
                view.turn(pages)
        assert first


def test_an_entry_is_put_into_words_when_someone_asks(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    install_roles()
    asked: list[str] = []
    real = CalendarTexts.spoken

    def noted(self: CalendarTexts, entry: Entry) -> str:
        asked.append(real(self, entry))
        return asked[-1]

    monkeypatch.setattr(CalendarTexts, "spoken", noted)
    view = show(weeks.busy())
    asked.clear()  # the one that the keyboard came to
    view.turn(1)
    view.turn(-1)
    frame = frame_of(view, "aperture")
    assert frame.toolTip() == ""
    interface = QAccessible.queryAccessibleInterface(frame)
    name = interface.text(QAccessible.Text.Name)
    assert name.startswith("Interview at Aperture, Data Engineer, Friday 16 October")
    assert name == interface.text(QAccessible.Text.Name) == frame.accessibleName()
    QApplication.sendEvent(frame, QEnterEvent(QPointF(5, 5), QPointF(5, 5), QPointF(5, 5)))
    assert name in frame.toolTip()
    assert asked == [name]


def test_the_keyboard_goes_down_a_day_as_it_is_seen(show: Show) -> None:
    """At one time an interview stands above a follow-up, and of a week's hours a button beside them."""
    reminders = tuple(
        Reminder(id=f"r{n}", title="Call", at=datetime(2026, 10, 15, hour), timezone="Europe/Madrid")  # noqa: DTZ001
        for n, hour in enumerate((10, 15, 15))
    )
    facts = replace(many_at("10:00", "15:00", names="ABCDE"), reminders=reminders)
    view = show(facts)
    stops = [stop for stop in view.page.navigator.stops if stop.day == date(2026, 10, 15)]
    assert [stop.at for stop in stops] == sorted(stop.at for stop in stops)
    buttons = [stop for stop in stops if stop in view.week.canvas.buttons()]
    assert len(buttons) == 2
    assert stops.index(buttons[0]) < stops.index(frame_of(view, "aa15"))
    view.set_mode(CalendarMode.MONTH)
    view.resize(1084, 1900)
    settle()
    for page in (view.page, view.day):
        if page is view.day:
            view.show_day(date(2026, 10, 15))
            settle()
        seen = [stop for stop in page.navigator.stops if stop.day == date(2026, 10, 15)]
        heights = [stop.widget.y() for stop in seen]
        assert len(heights) > 8
        assert heights == sorted(heights)


def test_of_a_name_as_much_is_seen_as_there_is_room_for(theme: Theme) -> None:
    metrics = theme.metrics(Type.SMALL)
    width = metrics.horizontalAdvance
    in_hours = EntryLine("Globex", "text", name="Globex")
    assert in_hours.fitting(metrics, width("Globex")) == "Globex"
    assert in_hours.fitting(metrics, width("Glob")) == "Glob"
    assert in_hours.fitting(metrics, width("G")) == "G"
    line = EntryLine(
        "10:00 Globex Industries · overlaps Acme",
        "text",
        shorter="10:00 Globex Industries",
        may_be_cut=True,
        name="Globex Industries",
    )
    assert line.fitting(metrics, width("10:00 Globex In…")).startswith("10:00 Globex")
    assert line.fitting(metrics, width("10:00 Gl…")).startswith("Globex")


def test_the_head_is_as_high_as_its_buttons_after_text_was_larger(desk: Desk, theme: Theme) -> None:
    theme.scale_text(1.5)
    window = desk.window(theme, view="calendar")
    window.resize(1280, 800)
    window.show()
    settle()
    view = page_of(window, CalendarView)
    for scale in (1.0, 1.5):
        theme.scale_text(scale)
        settle()
        modes = view.week_button.parentWidget()
        assert modes is not None
        assert modes.height() == view.today_button.height()
    window.hide()
