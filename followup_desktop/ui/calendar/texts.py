"""The calendar's words: dates and times as the locale writes them, and what each entry is called."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from functools import lru_cache

from followup_desktop import i18n
from followup_desktop.domain.model import InterviewKind
from followup_desktop.domain.worktime import MINUTE, local
from followup_desktop.i18n import _, ngettext
from followup_desktop.services.reading.calendar import (
    CalendarDay,
    CalendarFollowUp,
    CalendarInterview,
    CalendarPage,
    Clash,
    InterviewSpan,
)
from followup_desktop.services.rows import Tone
from followup_desktop.services.wording import Wording
from followup_desktop.services.wording.formats import city, in_one_breath

Entry = CalendarInterview | CalendarFollowUp

_WHOLE_DAY = 1440


class CalendarTexts:
    """What is written and spoken, for one page: the user's zone is the page's."""

    def __init__(self, wording: Wording, zone_name: str) -> None:
        self._wording = wording
        self.zone_name = zone_name
        self._clocks: dict[datetime, str] = {}
        self._elsewhere: dict[tuple[datetime, str, str], str] = {}
        self._overlaps: dict[tuple[int, int], str] = {}

    def clock(self, moment: datetime) -> str:
        """The time of day of an instant where the user is."""
        # What begins at one hour ends at one, and overlaps what does, too.
        if moment not in self._clocks:
            self._clocks[moment] = self.time(local(moment, self.zone_name).time())
        return self._clocks[moment]

    def time(self, clock: time) -> str:
        """A time of day."""
        return i18n.format_clock(clock)

    def weekday(self, day: date) -> str:
        """``Wed``."""
        return i18n.format_weekday(day)

    def initial(self, day: date) -> str:
        """``W``, where there is no room for more."""
        return i18n.format_weekday_initial(day)

    def long_day(self, day: date) -> str:
        """``Wednesday 14 October``."""
        return i18n.format_long_date(day)

    def short_day(self, day: date) -> str:
        """``Wed 14 Oct``."""
        return i18n.format_short_day(day)

    def month(self, day: date) -> str:
        """``October 2026``."""
        return i18n.format_month(day)

    def days(self, first: date, last: date) -> str:
        """``12–18 October 2026``, with both months or years where they differ."""
        return i18n.format_days(first, last)

    def span(self, one: CalendarInterview | Clash) -> str:
        """From when until when, where the user is: ``10:00–11:00``."""
        return f"{self.clock(one.starts_at)}–{self.clock(one.ends_at)}"

    def there(self, interview: CalendarInterview) -> str:
        """``10:00 in New York``: where it is held, or where the employer is, if a clock differs from here."""
        asked = interview.starts_at, interview.zone_name, interview.employer_zone
        if asked not in self._elsewhere:  # of many at one hour, few are in zones of their own
            self._elsewhere[asked] = self._there(*asked)
        return self._elsewhere[asked]

    def _there(self, starts_at: datetime, *zone_names: str) -> str:
        here = local(starts_at, self.zone_name)
        for zone_name in zone_names:
            away = local(starts_at, zone_name)
            if away.utcoffset() == here.utcoffset():
                continue
            at = self.time(away.time())
            if away.date() != here.date():
                at = f"{self.weekday(away.date())} {at}"
            return _("{time} in {city}").format(time=at, city=city(zone_name))
        return ""

    def overlaps(self, interview: CalendarInterview) -> str:
        """``overlaps Globex``, or nothing."""
        if not interview.clashes:
            return ""
        names = [*(each.employer for each in interview.clashes), *_more(interview)]
        return _("overlaps {names}").format(names=i18n.format_list(names))

    def overlaps_at_least(self, interview: CalendarInterview) -> str:
        """The same without the names: what has room for them has room for this."""
        numbers = len(interview.clashes), interview.more_clashes
        if numbers not in self._overlaps:
            names = [*([""] * len(interview.clashes)), *_more(interview)]
            self._overlaps[numbers] = _("overlaps {names}").format(names=i18n.format_list(names))
        return self._overlaps[numbers]

    @property
    def overlap(self) -> str:
        """``Overlaps``, where there is no room to say what."""
        return _("Overlaps")

    def spoken(self, entry: Entry) -> str:
        """The whole entry in a sentence, for assistive technology and the tool tip."""
        return self._interview(entry) if isinstance(entry, CalendarInterview) else self._follow_up(entry)

    def _interview(self, one: CalendarInterview) -> str:
        day = self.long_day(local(one.starts_at, self.zone_name).date())
        minutes = (one.ends_at - one.starts_at) // MINUTE
        kind = self._wording.interview_kind_label(one.kind)
        parts = [
            _("Interview at {employer}").format(employer=one.employer),
            one.role,
            f"{day} {self.span(one)}",
            ngettext("{n} minute", "{n} minutes", minutes).format(n=i18n.format_number(minutes)),
            self.there(one),
            kind if one.kind is not InterviewKind.OTHER else "",
        ]
        overlaps = _("overlaps {employer}, {span}")
        parts += [overlaps.format(employer=each.employer, span=self.span(each)) for each in one.clashes]
        return in_one_breath(*parts, *_more(one))

    def _follow_up(self, one: CalendarFollowUp) -> str:
        when = f"{self.long_day(local(one.at, self.zone_name).date())} {self.clock(one.at)}"
        if one.at != one.earliest:
            state = _("snoozed until {time}").format(time=when)
        elif one.tone is Tone.LATE:
            state = _("late, due {time}").format(time=when)
        else:
            state = _("due {time}").format(time=when)
        return in_one_breath(one.title, state, one.waits)

    def marks(self, day: CalendarDay) -> tuple[str, ...]:
        """What is special about a day, in words."""
        clashing = day.overlap_count
        overlap = ngettext("{n} overlaps", "{n} overlap", clashing).format(n=i18n.format_number(clashing))
        found = [overlap if clashing else "", day.holiday or ""]
        if day.is_away:
            found.append(_("away"))
        if day.clock_change is not None:
            forward = day.clock_change.minutes > 0
            found.append(_("clocks go forward") if forward else _("clocks go back"))
        return tuple(mark for mark in found if mark)

    def quiet_mark(self, day: CalendarDay) -> str:
        """``no calls`` on a weekday on which nobody is called, unless the day says more."""
        return _("no calls") if day.no_calls and not day.is_weekend else ""

    def spoken_day(self, day: CalendarDay, today: date) -> str:
        """A day with what it is and how much it holds, for assistive technology and the tool tip."""
        parts = [self.long_day(day.day), _("today") if day.day == today else "", *self.marks(day)]
        parts += [self.quiet_mark(day), *_counts(day.interview_count, day.follow_up_count)]
        return in_one_breath(*parts)

    def summary(self, page: CalendarPage) -> str:
        """What the days hold: "3 interviews, 8 follow-ups · 2 interviews overlap"."""
        text = i18n.format_series(_counts(page.interview_count, page.follow_up_count)) or _("Nothing planned")
        clashing = page.overlap_count
        if clashing:
            overlap = ngettext("{n} interview overlaps", "{n} interviews overlap", clashing).format(
                n=i18n.format_number(clashing)
            )
            text = i18n.with_dots((text, overlap))
        return text


@lru_cache(maxsize=512)
def minute_of_day(moment: datetime, zone_name: str) -> int:
    """How far the clock has got there, in minutes since midnight."""
    wall = local(moment, zone_name)
    return wall.hour * 60 + wall.minute


def minutes_in(span: InterviewSpan, day: CalendarDay, zone_name: str) -> tuple[int, int]:
    """From which to which minute on the clock an interview stands in a day; the end is after the start."""
    starts_at, ends_at = span.start, span.end
    start = minute_of_day(starts_at, zone_name) if starts_at >= day.starts_at else 0
    end = minute_of_day(ends_at, zone_name) if ends_at < day.ends_at else _WHOLE_DAY
    if end <= start:  # in the hour that comes twice
        end = min(start + (ends_at - starts_at) // MINUTE, _WHOLE_DAY)
    return start, end


def _more(interview: CalendarInterview) -> Iterator[str]:
    """How many it overlaps beyond those that are named."""
    if more := interview.more_clashes:
        yield ngettext("{n} more", "{n} more", more).format(n=i18n.format_number(more))


def _counts(interviews: int, follow_ups: int) -> Iterator[str]:
    """How many there are, without what there is none of."""
    if interviews:
        yield ngettext("{n} interview", "{n} interviews", interviews).format(n=i18n.format_number(interviews))
    if follow_ups:
        yield ngettext("{n} follow-up", "{n} follow-ups", follow_ups).format(n=i18n.format_number(follow_ups))
