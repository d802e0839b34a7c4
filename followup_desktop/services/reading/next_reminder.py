"""The next reminder: what it is about, and when it will really come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from followup_desktop.domain.rules.table import row_of
from followup_desktop.domain.worktime import QuietHours
from followup_desktop.services.reading.subjects import Subjects
from followup_desktop.services.wording import Wording
from followup_desktop.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class NextReminder:
    """The title of the follow-up, and when it is announced: the instant; in short words; in running text."""

    title: str
    at: datetime
    when: str
    soon: str


class UpcomingReminders:
    """Reads what is announced next."""

    def __init__(self, store: Store, wording: Wording) -> None:
        self._store = store
        self._wording = wording
        self._subjects = Subjects(store)

    def next(self, now: datetime, paused_until: datetime | None = None) -> NextReminder | None:
        """The next reminder after an instant; none before a pause ends or, but for some, in quiet hours.

        Words of encouragement are left out, for they may be turned off.
        """
        found = self._store.next_announcement(now)
        if found is None:
            return None
        key, at = found
        follow_up = self._store.follow_up(key)
        if follow_up is None:
            return None
        policy = self._store.policy()
        if paused_until is not None:
            at = max(at, paused_until)
        if not row_of(follow_up.rule).any_hour:
            at = QuietHours.of(policy).later(at)
        subject = self._subjects.one(follow_up, now)
        return NextReminder(
            title=self._wording.title(subject),
            at=at,
            when=self._wording.when.brief(at, now, policy.timezone),
            soon=self._wording.when.soon(at, now, policy.timezone),
        )
