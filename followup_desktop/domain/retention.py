"""Which backups are kept as they grow older: many of the last days, few of long ago."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from datetime import datetime, timedelta

ALL_FOR = timedelta(days=2)
DAILY_FOR = timedelta(weeks=2)
WEEKLY_FOR = timedelta(days=91)
"""Three months; one for each month is kept from then on."""


def superseded(made: Iterable[datetime], now: datetime) -> set[datetime]:
    """The instants, of these, whose backups may go, because a later one stands for them.

    All of the last two days are kept, the last of each day for two weeks, of each week for three months, and
    of each month after that; days are those of UTC. What lies ahead of ``now`` stays, as does the last.
    """
    gone: set[datetime] = set()
    stood_for: set[Hashable] = set()
    for number, each in enumerate(sorted(set(made), reverse=True)):
        if number and now - each >= ALL_FOR and _period_of(each, now - each) in stood_for:
            gone.add(each)
        else:
            # The last of a day may be that of its week and its month as well, whatever its own age.
            stood_for |= {_day(each), _week(each), _month(each)}
    return gone


def _period_of(instant: datetime, age: timedelta) -> Hashable:
    return (_day if age < DAILY_FOR else _week if age < WEEKLY_FOR else _month)(instant)


def _day(instant: datetime) -> Hashable:
    return instant.date()


def _week(instant: datetime) -> Hashable:
    year, week, _weekday = instant.isocalendar()
    return "week", year, week


def _month(instant: datetime) -> Hashable:
    return "month", instant.year, instant.month
