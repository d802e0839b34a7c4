"""Instants and spans of time in words."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from followup_desktop import i18n
from followup_desktop.domain.worktime import comes_twice, shown_wall, zone
from followup_desktop.i18n import _, ngettext, on_one_line

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


class When:
    """Instants, dates and durations in words, as the user in ``zone_name`` reads them."""

    def day(self, day: date, today: date) -> str:
        """``Tue 13 Oct``, with the year when it is not this one."""
        return i18n.format_day(day, today)

    def short_date(self, day: date, today: date) -> str:
        """``13 Oct``, with the year when it is not this one."""
        return i18n.format_short_date(day, today)

    def long_date(self, day: date) -> str:
        """``Wednesday 14 October``."""
        return i18n.format_long_date(day)

    def weekday(self, day: date) -> str:
        """``Tue``."""
        return i18n.format_weekday(day)

    def clock(self, moment: datetime, zone_name: str) -> str:
        """The wall time of an instant: ``10:00``."""
        return i18n.format_clock(moment.astimezone(zone(zone_name)).time())

    def brief(self, moment: datetime, now: datetime, zone_name: str) -> str:
        """An instant as short as it can be: ``14:00`` today, ``Tue 14:00`` within a week, else ``28 Oct``."""
        day, today = self._days(moment, now, zone_name)
        if day == today:
            return self.clock(moment, zone_name)
        if today < day < today + 7 * DAY:
            return self.on_weekday(day, self.clock(moment, zone_name))
        return self.short_date(day, today)

    def full(self, moment: datetime, now: datetime, zone_name: str) -> str:
        """Day and time: ``Tue 13 Oct 10:00``."""
        day, today = self._days(moment, now, zone_name)
        return self._on_day(day, today, self.clock(moment, zone_name))

    def soon(self, moment: datetime, now: datetime, zone_name: str) -> str:
        """In running text: ``today 14:00``, ``tomorrow, Tue 10:00``, ``Tue 10:00``, ``Tue 20 Oct 10:00``."""
        day, today = self._days(moment, now, zone_name)
        at = self.clock(moment, zone_name)
        if day == today:
            return _("today {time}").format(time=at)
        if day == today + DAY:
            return _("tomorrow, {weekday} {time}").format(weekday=self.weekday(day), time=at)
        if day == today - DAY:
            return _("yesterday {time}").format(time=at)
        if today < day < today + 7 * DAY:
            return self.on_weekday(day, at)
        return self._on_day(day, today, at)

    def at(self, moment: datetime, now: datetime, zone_name: str) -> str:
        """In speech: ``today at 14:00``, ``tomorrow at 10:00``, ``Tue at 10:00``, ``2 Nov at 10:00``."""
        day, today = self._days(moment, now, zone_name)
        clock = self.clock(moment, zone_name)
        if day == today:
            return _("today at {time}").format(time=clock)
        if day == today + DAY:
            return _("tomorrow at {time}").format(time=clock)
        near = today < day < today + 7 * DAY
        date = self.weekday(day) if near else self.short_date(day, today)
        # Translators: {date} is like “Tue” or “20 Oct”.
        return _("{date} at {time}").format(date=date, time=clock)

    def both_zones(self, moment: datetime, now: datetime, here: str, there: str) -> str:
        """``Tue 20 Oct 16:00``; where the clocks differ, ``… 10:00 in New York, 16:00 here`` with the day."""
        day, today = self._days(moment, now, here)
        local_day = moment.astimezone(zone(there)).date()
        if moment.astimezone(zone(here)).utcoffset() == moment.astimezone(zone(there)).utcoffset():
            return self._on_day(day, today, self.clock(moment, here))
        at_home = self.clock(moment, here)
        if local_day != day:
            at_home = self.on_weekday(day, at_home)
        return _("{date} {time} in {city}, {here} here").format(
            date=self.day(local_day, today), time=self.clock(moment, there), city=city(there), here=at_home
        )

    def there(self, moment: datetime, here: str, there: str) -> str:
        """``(10:00 in New York)`` where the clocks of the two zones differ, else nothing."""
        away = moment.astimezone(zone(there))
        home = moment.astimezone(zone(here))
        if away.utcoffset() == home.utcoffset():
            return ""
        at = self.clock(moment, there)
        if away.date() != home.date():
            at = self.on_weekday(away.date(), at)
        return _("({time} in {city})").format(time=at, city=city(there))

    def elsewhere(self, moment: datetime, here: str, *zones: str) -> str:
        """``there`` for the first of the zones whose clock differs from the user's, else nothing."""
        return next((text for zone_name in zones if (text := self.there(moment, here, zone_name))), "")

    def with_elsewhere(self, when: str, there: str) -> str:
        """A time here, and what ``there`` or ``elsewhere`` say of it: ``16:00 (10:00 in New York)``."""
        # Translators: a time here, and in brackets the same elsewhere: “Tue 16:00 (10:00 in New York)”.
        return _("{when} {elsewhere}").format(when=when, elsewhere=there)

    def left(self, span: timedelta) -> str:
        """``18 h left``; minutes below two hours, days from three days on."""
        if span < 2 * HOUR:
            return ngettext("{n} min left", "{n} min left", max(1, span // MINUTE)).format(
                n=max(1, span // MINUTE)
            )
        return (
            ngettext("{n} h left", "{n} h left", span // HOUR).format(n=span // HOUR)
            if span < 3 * DAY
            else ngettext("{n} day left", "{n} days left", span // DAY).format(n=span // DAY)
        )

    def ahead(self, span: timedelta) -> str:
        """``in 25 min``; with hours from an hour on, in hours from twelve, in days from three days on."""
        hours, minutes = divmod(max(1, -(-span // MINUTE)), 60)
        if not hours:
            return ngettext("in {n} min", "in {n} min", minutes).format(n=minutes)
        if hours < 12 and minutes:
            return ngettext("in {n} h {minutes} min", "in {n} h {minutes} min", hours).format(
                n=hours, minutes=minutes
            )
        if span < 3 * DAY:
            return ngettext("in {n} h", "in {n} h", hours).format(n=hours)
        return ngettext("in {n} day", "in {n} days", span // DAY).format(n=span // DAY)

    def late(self, span: timedelta) -> str:
        """``2 days late``; hours below two days, minutes below two hours."""
        if span < 2 * HOUR:
            return ngettext("{n} min late", "{n} min late", max(1, span // MINUTE)).format(
                n=max(1, span // MINUTE)
            )
        return (
            ngettext("{n} h late", "{n} h late", span // HOUR).format(n=span // HOUR)
            if span < 2 * DAY
            else ngettext("{n} day late", "{n} days late", span // DAY).format(n=span // DAY)
        )

    def on_weekday(self, day: date, clock: str) -> str:
        """A time of day on a day within a week: ``Tue 10:00``."""
        # Translators: a time on a day within a week: “Tue 10:00”.
        return _("{weekday} {time}").format(weekday=self.weekday(day), time=clock)

    def _on_day(self, day: date, today: date, clock: str) -> str:
        # Translators: a time on any day: “Tue 13 Oct 10:00”.
        return _("{date} {time}").format(date=self.day(day, today), time=clock)

    @staticmethod
    def _days(moment: datetime, now: datetime, zone_name: str) -> tuple[date, date]:
        here = zone(zone_name)
        return moment.astimezone(here).date(), now.astimezone(here).date()


_DAYS_IN_YEAR = 365.25


def distance(day: date, today: date) -> str:
    """How far off a day is: ``in 41 days``, ``tomorrow``, ``3 days ago``; in years from two years on."""
    near = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}
    days = (day - today).days
    if days in near:
        return near[days]
    text = ngettext("in {n} day", "in {n} days", days)
    if days < 0:
        text = ngettext("{n} day ago", "{n} days ago", -days)
    if abs(days) >= 2 * 365:
        years = round(abs(days) / _DAYS_IN_YEAR)
        text = ngettext("in {n} year", "in {n} years", years)
        if days < 0:
            text = ngettext("{n} year ago", "{n} years ago", years)
        return text.format(n=i18n.format_number(years))
    return text.format(n=i18n.format_number(abs(days)))


def clock_change(wall: datetime, zone_name: str, *, is_asked_which: bool) -> str:
    """What is to be said of a wall time on a day on which the clocks change; nothing of any other.

    Of one that comes twice it is said which counts, unless the user ``is_asked_which``.
    """
    there, later = i18n.format_clock(wall.time()), shown_wall(wall, zone_name)
    if later != wall:
        then = i18n.format_clock(later.time())
        if later.date() != wall.date():
            then = f"{i18n.format_short_day(later.date())} {then}"
        said = _("The clocks go forward that day, so {time} doesn't exist. It counts as {later}.")
        return said.format(time=there, later=then)
    if comes_twice(wall, zone_name) and not is_asked_which:
        return _("The clocks go back that day, so {time} comes twice. The first one counts.").format(
            time=there
        )
    return ""


def city(zone_name: str) -> str:
    """The place a zone is named after: ``New York`` of ``America/New_York``."""
    return zone_name.rsplit("/", 1)[-1].replace("_", " ")


def elide(text: str, limit: int) -> str:
    """The text on one line, cut to at most ``limit`` characters with an ellipsis."""
    line = on_one_line(text)
    return line if len(line) <= limit else line[: max(0, limit - 1)].rstrip() + "…"


def capitalised(text: str) -> str:
    """The text as a sentence or a heading begins."""
    return text[:1].upper() + text[1:]


def ended(text: str) -> str:
    """The text with a full stop, unless it ends as a sentence does."""
    return text if not text or text.endswith((".", "!", "?", "…", ":", "。")) else f"{text}."


def sentences(*parts: str) -> str:
    """The parts that aren't empty as one message; the last ends as it does: "Logged it. Moved to Offer"."""
    said = [part for part in parts if part]
    return " ".join((*map(ended, said[:-1]), *said[-1:]))


def in_one_breath(*parts: str) -> str:
    """The parts that aren't empty, as they are said: "How did it go at Acme? Data Engineer, since 17:06"."""
    return i18n.format_series(filter(None, parts)).replace("?,", "?").replace("؟،", "؟")


def sentence(text: str) -> str:
    """The text as a sentence of its own."""
    return ended(capitalised(text))
