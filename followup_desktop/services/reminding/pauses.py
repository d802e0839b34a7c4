"""Pausing reminders: until when one may, and what holds of a pause that was begun."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from followup_desktop.domain.model import Policy
from followup_desktop.domain.worktime import DAY, QuietHours, at, date_of
from followup_desktop.i18n import _
from followup_desktop.services.wording import Wording

LONGEST = timedelta(days=8)
"""No offer reaches as far: a pause that would last longer comes from a clock that was wrong, and is void."""
_HOUR = timedelta(hours=1)
_EVENING = time(18)
_MORNING = time(8)


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseOption:
    """One end of a pause on offer; ``id`` is ``hour``, ``evening``, ``tomorrow`` or ``monday``."""

    id: str
    label: str
    until: datetime


def pause_options(now: datetime, policy: Policy, wording: Wording) -> tuple[PauseOption, ...]:
    """The ends on offer at an instant: those that differ; only the hour may end in the user's quiet hours.

    This evening is on offer until an hour before it.
    """
    zone, quiet = policy.timezone, QuietHours.of(policy)
    today = date_of(now, zone)
    monday = today + (7 - today.weekday()) * DAY
    evening, tomorrow, on_monday = (
        quiet.later(at(day, clock, zone))
        for day, clock in ((today, _EVENING), (today + DAY, _MORNING), (monday, _MORNING))
    )
    offers = [
        ("hour", _("For 1 hour (until {time})"), now + _HOUR),
        ("evening", _("Until this evening ({time})"), evening),
        ("tomorrow", _("Until tomorrow morning ({time})"), tomorrow),
        ("monday", _("Until Monday ({time})"), on_monday),
    ]
    found: dict[datetime, PauseOption] = {}
    for name, label, until in offers:
        if name == "evening" and (until <= now + _HOUR or date_of(until, zone) != today):
            continue
        text = label.format(time=wording.when.clock(until, zone))
        found.setdefault(until, PauseOption(id=name, label=text, until=until))
    return tuple(found.values())


def holds(until: datetime | None, now: datetime) -> bool:
    """Whether a pause until that instant is on."""
    return until is not None and now < until <= now + LONGEST
