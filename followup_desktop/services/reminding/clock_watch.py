"""Noticing that the computer's clock has jumped ahead, before anything is destroyed for its age.

What lies in the trash ages by the days on which the program ran, each date once. So neither one start with a
wrong clock nor a long absence empties it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.worktime import date_of
from followup_desktop.storage.store import Store

JUMP = timedelta(days=7)
"""A clock that moved ahead by more than this since the program was last seen to run is asked about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockJump:
    """The clock moved ahead by so many days, since ``before``."""

    before: datetime
    days: int


class ClockWatch:
    """Counts the days on which the program runs, and asks about a clock that jumped ahead.

    It is asked only while something is in the trash. Until the answer, and after a no, no day counts.
    """

    def __init__(self, store: Store, zone: Callable[[], str]) -> None:
        self._store = store
        self._zone = zone
        self._last = store.last_run()
        self._day = ""
        self._is_doubted = False
        self.refusal: Refused | None = None
        """Why this day can't be counted yet, if it can't; every look tries again."""

    def look(self, now: datetime) -> ClockJump | None:
        """The jump to be asked about, if there is one; else this day counts."""
        if self._has_jumped(now):
            if self._is_doubted or self._last is None:
                return None
            return ClockJump(before=self._last, days=(now - self._last).days)
        self._is_doubted = False
        self._count(now)
        return None

    def may_destroy(self, now: datetime) -> bool:
        """Whether the clock is to be believed, as far as is known."""
        return not self._has_jumped(now)

    def trust(self, now: datetime) -> None:
        """The clock is right: go by it from now on."""
        self._last = now
        self._count(now)

    def doubt(self) -> None:
        """The clock is wrong: do not ask again before the next start, and count no day until it is right."""
        self._is_doubted = True

    def _has_jumped(self, now: datetime) -> bool:
        return self._last is not None and now - self._last > JUMP and not self._store.is_trash_empty()

    def _count(self, now: datetime) -> None:
        self._last = now
        self.refusal = None
        day = date_of(now, self._zone())
        if day.isoformat() != self._day or not self._store.is_trash_noted():
            try:
                self._store.record_run(day, now)
            except Refused as refusal:
                self.refusal = refusal
            else:
                self._day = day.isoformat()
