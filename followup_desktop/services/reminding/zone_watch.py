"""Noticing that the computer has moved to another zone, and asking once whether the user has moved too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from followup_desktop.domain.worktime import local
from followup_desktop.i18n import _
from followup_desktop.services.reading.overview import Overview
from followup_desktop.services.tracker import Result, Tracker
from followup_desktop.services.wording.formats import city

_SEASON = timedelta(days=91)


class SeenZone(Protocol):
    """Remembers, from one run of the program to the next, the computer's zone that was last settled."""

    def read(self) -> str | None: ...

    def write(self, zone_name: str) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """The computer goes by the zone ``system``, the program by ``present``."""

    system: str
    present: str

    @property
    def system_city(self) -> str:
        return city(self.system)

    @property
    def present_city(self) -> str:
        return city(self.present)


class ZoneWatch:
    """Compares the computer's zone with the one that was seen and settled last.

    ``system_zone`` gives the name of the computer's zone, ``None`` where it has none that is known. A zone
    that was there from the first look on is never asked about: the user chose another one knowingly.
    """

    def __init__(
        self, tracker: Tracker, overview: Overview, seen: SeenZone, system_zone: Callable[[], str | None]
    ) -> None:
        self._tracker = tracker
        self._overview = overview
        self._seen = seen
        self._system_zone = system_zone

    def look(self, now: datetime) -> Move | None:
        """The move to be asked about, if the computer's zone has changed and its clock differs from ours."""
        system = self._system_zone()
        if system is None:
            return None
        seen, present = self._seen.read(), self._overview.zone()
        if seen == system:
            return None
        if seen is None or _same_clock(system, present, now):
            self._seen.write(system)
            return None
        return Move(system=system, present=present)

    def follow(self, move: Move) -> Result:
        """Let the program go by the computer's zone: one step that can be undone. No appointment moves."""
        self._seen.write(move.system)
        done = self._tracker.edit_policy(timezone=move.system)
        return replace(done, notice=_("Now using {city} time").format(city=city(move.system)))

    def stay(self, move: Move) -> None:
        """Keep the program's zone, and do not ask again until the computer's changes."""
        self._seen.write(move.system)


def _same_clock(one: str, other: str, now: datetime) -> bool:
    """Whether the clocks of two zones agree now and in every season."""
    moments = [now + season * _SEASON for season in range(4)]
    return all(local(each, one).utcoffset() == local(each, other).utcoffset() for each in moments)
