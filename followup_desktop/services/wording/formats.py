"""Instants and spans of time in words, and how texts are translated."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Protocol

from followup_desktop import i18n
from followup_desktop.domain.worktime import zone

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


class Translate(Protocol):
    """Turns an English source text into the user's language, with the signature of Qt's ``tr``.

    With a number given, ``%n`` stands for it and the plural is chosen by it. Names in braces are filled in
    afterwards, so that what the user typed is never translated.
    """

    def __call__(self, text: str, comment: str = "", n: int = -1, /) -> str: ...


def english(text: str, _comment: str = "", n: int = -1, /) -> str:
    """The source text itself: ``%n`` becomes the number, ``(s)`` the plural where it is not one."""
    if n < 0:
        return text
    return text.replace("%n", str(n)).replace("(s)", "" if n == 1 else "s")


class When:
    """Instants, dates and durations in words, as the user in ``zone_name`` reads them."""

    def __init__(self, tr: Translate) -> None:
        self._tr = tr

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
        """As short as it can be: ``14:00`` today, ``Tue 14:00`` within a week, else ``28 Oct``."""
        day, today = self._days(moment, now, zone_name)
        if day == today:
            return self.clock(moment, zone_name)
        if today < day < today + 7 * DAY:
            return f"{self.weekday(day)} {self.clock(moment, zone_name)}"
        return self.short_date(day, today)

    def full(self, moment: datetime, now: datetime, zone_name: str) -> str:
        """Day and time: ``Tue 13 Oct 10:00``."""
        day, today = self._days(moment, now, zone_name)
        return f"{self.day(day, today)} {self.clock(moment, zone_name)}"

    def soon(self, moment: datetime, now: datetime, zone_name: str) -> str:
        """In running text: ``today 14:00``, ``tomorrow, Tue 10:00``, ``Tue 10:00``, ``Tue 20 Oct 10:00``."""
        tr = self._tr
        day, today = self._days(moment, now, zone_name)
        at = self.clock(moment, zone_name)
        if day == today:
            return tr("today {time}").format(time=at)
        if day == today + DAY:
            return tr("tomorrow, {weekday} {time}").format(weekday=self.weekday(day), time=at)
        if day == today - DAY:
            return tr("yesterday {time}").format(time=at)
        if today < day < today + 7 * DAY:
            return f"{self.weekday(day)} {at}"
        return f"{self.day(day, today)} {at}"

    def both_zones(self, moment: datetime, now: datetime, here: str, there: str) -> str:
        """``Tue 20 Oct 16:00``; where the clocks differ, ``… 10:00 in New York, 16:00 here`` with the day."""
        day, today = self._days(moment, now, here)
        local_day = moment.astimezone(zone(there)).date()
        if moment.astimezone(zone(here)).utcoffset() == moment.astimezone(zone(there)).utcoffset():
            return f"{self.day(day, today)} {self.clock(moment, here)}"
        at_home = self.clock(moment, here)
        if local_day != day:
            at_home = f"{self.weekday(day)} {at_home}"
        return self._tr("{date} {time} in {city}, {here} here").format(
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
            at = f"{self.weekday(away.date())} {at}"
        return self._tr("({time} in {city})").format(time=at, city=city(there))

    def elsewhere(self, moment: datetime, here: str, *zones: str) -> str:
        """``there`` for the first of the zones whose clock differs from the user's, else nothing."""
        return next((text for zone_name in zones if (text := self.there(moment, here, zone_name))), "")

    def left(self, span: timedelta) -> str:
        """``18 h left``; minutes below two hours, days from three days on."""
        tr = self._tr
        if span < 2 * HOUR:
            return tr("%n min left", "", max(1, span // MINUTE))
        return tr("%n h left", "", span // HOUR) if span < 3 * DAY else tr("%n days left", "", span // DAY)

    def late(self, span: timedelta) -> str:
        """``2 days late``; hours below two days, minutes below two hours."""
        tr = self._tr
        if span < 2 * HOUR:
            return tr("%n min late", "", max(1, span // MINUTE))
        return tr("%n h late", "", span // HOUR) if span < 2 * DAY else tr("%n days late", "", span // DAY)

    @staticmethod
    def _days(moment: datetime, now: datetime, zone_name: str) -> tuple[date, date]:
        here = zone(zone_name)
        return moment.astimezone(here).date(), now.astimezone(here).date()


def city(zone_name: str) -> str:
    """The place a zone is named after: ``New York`` of ``America/New_York``."""
    return zone_name.rsplit("/", 1)[-1].replace("_", " ")


def elide(text: str, limit: int) -> str:
    """The text on one line, cut to at most ``limit`` characters with an ellipsis."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: max(0, limit - 1)].rstrip() + "…"


def capitalised(text: str) -> str:
    """The text as a sentence or a heading begins."""
    return text[:1].upper() + text[1:]


def ended(text: str) -> str:
    """The text with a full stop, unless it ends as a sentence does."""
    return text if not text or text.endswith((".", "!", "?", "…", "。")) else f"{text}."


def sentence(text: str) -> str:
    """The text as a sentence of its own."""
    return ended(capitalised(text))
