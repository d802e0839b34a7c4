"""What the days are: holidays where the user or an employer is, days away, days without calls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from followup_desktop.domain.model import Policy
from followup_desktop.domain.worktime import holiday_name, instant, local
from followup_desktop.services.capture.spans import weekdays
from followup_desktop.services.ports import Clock


@dataclass(frozen=True, slots=True)
class DayMarks:
    """What is special about a day: the name of its ``holiday``, and what the settings say of it."""

    holiday: str | None = None
    is_away: bool = False
    no_calls: bool = False


def marks_of(day: date, policy: Policy) -> DayMarks:
    """What is special about a day in the policy's country, whether or not it is a working day."""
    return DayMarks(
        holiday=holiday_name(day, policy.country),
        is_away=any(first <= day <= last for first, last in policy.away),
        no_calls=day.weekday() in policy.no_call_weekdays,
    )


def _own() -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class Days:
    """The user's days and times. ``clock`` gives the present instant, ``policy`` the present settings.

    Holidays are those of ``country``, and of the user's own where that gives none.
    """

    clock: Clock
    policy: Callable[[], Policy]
    country: Callable[[], str | None] = _own

    def of(self, country: Callable[[], str | None]) -> Days:
        """The user's days with the holidays of an employer's country, which may be another each time."""
        return replace(self, country=country)

    def zone(self) -> str:
        """The zone of the user's clock."""
        return self.policy().timezone

    def today(self) -> date:
        """The present date."""
        return self.now().date()

    def now(self) -> datetime:
        """What the user's clock shows, without a zone."""
        return self.wall(self.clock())

    def wall(self, moment: datetime) -> datetime:
        """An instant on the user's clock, without a zone."""
        return local(moment, self.zone()).replace(tzinfo=None)

    def moment(self, wall: datetime) -> datetime:
        """The instant at which the user's clock shows that time."""
        return instant(wall, self.zone())

    def marks(self, day: date) -> DayMarks:
        """What is special about a day by the present settings."""
        policy, country = self.policy(), self.country()
        return marks_of(day, replace(policy, country=country) if country is not None else policy)

    def is_worked(self, day: date) -> bool:
        """Whether it is from Monday to Friday, no holiday, and no day on which the user is away."""
        marks = self.marks(day)
        return weekdays(day) and marks.holiday is None and not marks.is_away
