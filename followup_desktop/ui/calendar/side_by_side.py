"""How the entries of a day stand side by side in the hours of a week, and which of them have room there."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TypeAlias

from followup_desktop.services.reading.calendar import CalendarDay, CalendarFollowUp, InterviewSpan
from followup_desktop.ui.calendar.overlap_columns import Lane, in_runs, share_out
from followup_desktop.ui.calendar.texts import minute_of_day, minutes_in
from followup_desktop.ui.kit.theme import Theme

HOURS = 24
HOUR_HEIGHT = 46
MARK_HEIGHT = 21
LEAST_BLOCK = 20
MOST_MARKS = 4
"""A day with more follow-ups than this shows them in the strip above the hours."""
MOST_BESIDE = 2
"""So many entries stand beside each other at most, before the follow-ups go to the strip."""
LEAST_LANES = 3
"""So many stand beside each other however narrow a day is."""
LANE_WIDTH = 40
"""As wide as this, in pixels at the ordinary text size, are lanes where there are more of them."""
LEGIBLE_WIDTH = 60
"""As wide are lanes where there is no room for all: the last one counts those that aren't shown."""
MORE_HOURS = 3
"""So many hours a button for interviews without room is high at most: some of each day are in sight."""

DAYS_KEPT = 14
"""Of so many days it is known at most how they are laid out."""

Held: TypeAlias = InterviewSpan | CalendarFollowUp
Heights: TypeAlias = tuple[int, int]
"""From where to where something stands, in pixels below midnight."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """So many interviews that find no room between these heights; ``at`` is when the first of them begins."""

    count: int
    heights: Heights
    at: datetime


@dataclass(frozen=True)
class SideBySide:
    """The entries of a day among its hours, in the order of time: what is drawn, and how many more there are.

    Its follow-ups stand in the strip above the hours where it ``is_full``. ``spare`` is the lane for the
    buttons that stand for what is hidden.
    """

    is_full: bool
    drawn: Sequence[tuple[Held, Heights, Lane]]
    hidden: Sequence[Hidden]
    spare: Lane

    @cached_property
    def interviews(self) -> frozenset[str]:
        """The interviews that are drawn."""
        held = (each for each, _heights, _lane in self.drawn)
        return frozenset(each.interview for each in held if not isinstance(each, CalendarFollowUp))


class HourPlan:
    """Lays out the days of a week, each once for the same entries, width and size of text.

    A day may hold a hundred interviews, of which twenty are drawn, and an edit moves those of one day.
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._known: dict[date, tuple[Hashable, SideBySide]] = {}

    @property
    def hour(self) -> int:
        """The height of an hour."""
        return self._theme.px(HOUR_HEIGHT)

    def y_of(self, minute: int) -> int:
        """How far down a minute of the day is."""
        return self.hour * minute // 60

    def day(self, day: CalendarDay, zone_name: str, width: int) -> SideBySide:
        """A day in a column of this width, for whoever lives by the clock of that zone."""
        # Which the follow-ups are matters only where they stand among the interviews.
        follow_ups = day.follow_ups if day.follow_up_count <= MOST_MARKS else None
        key = (day.starts_at, day.spans, follow_ups, zone_name, width, self._theme.sizes)
        known = self._known.get(day.day)
        if known is None or known[0] != key:
            if known is None and len(self._known) >= DAYS_KEPT:
                self._known.clear()
            known = self._known[day.day] = (key, self._lay_out(day, zone_name, width))
        return known[1]

    def _lay_out(self, day: CalendarDay, zone_name: str, width: int) -> SideBySide:
        px = self._theme.px
        heights = self._heights(day, zone_name)
        entries: list[Held] = [*day.spans]
        is_full = day.follow_up_count > MOST_MARKS
        if day.follow_ups and not is_full:
            by_time = sorted([*entries, *day.follow_ups], key=_beginning)
            spans = [heights[_times(each)] for each in by_time]
            is_full = None in share_out(spans, MOST_BESIDE, MOST_BESIDE)
            entries = entries if is_full else by_time
        spans = [heights[_times(each)] for each in entries]
        most, left = max(LEAST_LANES, width // px(LANE_WIDTH)), max(2, width // px(LEGIBLE_WIDTH))
        lanes = share_out(spans, most, left)
        shared = list(zip(entries, spans, lanes, strict=True))
        return SideBySide(
            is_full=is_full,
            drawn=[(each, span, lane) for each, span, lane in shared if lane is not None],
            hidden=list(self._hidden(day, [(each, span) for each, span, lane in shared if lane is None])),
            spare=Lane(left - 1, left),
        )

    def _hidden(self, day: CalendarDay, without: Sequence[tuple[Held, Heights]]) -> Iterator[Hidden]:
        """What finds no room, by each few hours."""
        height = MORE_HOURS * self.hour
        for run in in_runs([span for _each, span in without], height):
            first, (top, _) = without[run[0]]
            bottom = min(top + height - 1, max(without[n][1][1] for n in run))
            yield Hidden(len(run), (top, bottom), max(_start(first), day.starts_at))

    def _heights(self, day: CalendarDay, zone_name: str) -> dict[Hashable, Heights]:
        """Where what goes on at these times stands in the day: many interviews do at the same."""
        px, last = self._theme.px, HOURS * self.hour
        found: dict[Hashable, Heights] = {}
        for times, span in {_times(each): each for each in day.spans}.items():
            start, end = minutes_in(span, day, zone_name)
            top, bottom = self.y_of(start) + 1, self.y_of(end)
            if bottom - top < px(LEAST_BLOCK):
                bottom = top + px(LEAST_BLOCK)
            found[times] = (top, bottom) if bottom <= last else (last - (bottom - top), last)
        for each in day.follow_ups:
            top = min(self.y_of(minute_of_day(each.at, zone_name)), last - px(MARK_HEIGHT))
            found[_times(each)] = (top, top + px(MARK_HEIGHT))
        return found


def _times(held: Held) -> Hashable:
    return held.at if isinstance(held, CalendarFollowUp) else held[2:]


def _start(held: Held) -> datetime:
    return held.at if isinstance(held, CalendarFollowUp) else held.start


def _beginning(held: Held) -> tuple[float, bool]:
    """By their start, interviews first."""
    is_mark = isinstance(held, CalendarFollowUp)
    return (held.at.timestamp() if isinstance(held, CalendarFollowUp) else held.starts_at), is_mark
