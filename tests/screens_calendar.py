"""The calendar's states for pictures: the facts, and what is done in the view before the picture is taken."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from followup_desktop.domain.model import Facts
from followup_desktop.ui.calendar.entry import EntryFrame
from followup_desktop.ui.calendar.view import CalendarView
from followup_desktop.ui.kit.window_settings import CalendarMode
from tests.ui.calendar import weeks

Prepare = Callable[[CalendarView], object]


def _week(view: CalendarView) -> None:
    view.show_today()
    view.set_mode(CalendarMode.WEEK)
    view.begin()


def _month(view: CalendarView) -> None:
    view.show_today()
    view.set_mode(CalendarMode.MONTH)
    view.begin()


def _clashing(view: CalendarView) -> None:
    """The keyboard on an interview that overlaps another."""
    _week(view)
    for stop in view.page.navigator.stops:
        if isinstance(stop, EntryFrame) and "overlaps" in stop.accessibleName():
            stop.setFocus()
            return


def _night_of_the_clocks(view: CalendarView) -> None:
    """The hours after midnight of the week in which the clocks go back."""
    _week(view)
    view.turn(1)
    view.week.area.verticalScrollBar().setValue(0)


def _day(view: CalendarView) -> None:
    _week(view)
    view.show_day(date(2026, 10, 15))
    view.begin()


CALENDAR: dict[str, tuple[Callable[[], Facts], Prepare]] = {
    "calendar-week": (weeks.busy, _week),
    "calendar-week-empty": (weeks.empty, _week),
    "calendar-week-clash": (weeks.clash, _clashing),
    "calendar-week-clocks": (weeks.clocks, _night_of_the_clocks),
    "calendar-month": (weeks.busy, _month),
    "calendar-day": (weeks.busy, _day),
}
"""By the name of the picture."""
