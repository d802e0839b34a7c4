"""The notifications of this run: on their way, shown or not, and what is to be recorded of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from followup_desktop.domain.agenda import moments
from followup_desktop.domain.model import Choice, FollowUp, LastAnnouncement, Rule, rule_in
from followup_desktop.storage.store import Store

AWAITED = timedelta(minutes=2)
"""So long it is awaited what becomes of a notification; then it counts as not shown."""


@dataclass(slots=True, kw_only=True)
class RaisedNotification:
    """One notification: the records of what it announces, by key, and those that they take the place of.

    ``until`` is when a "call now" in it is over.
    """

    tag: str
    at: datetime
    records: dict[str, LastAnnouncement]
    before: dict[str, LastAnnouncement]
    until: datetime | None = None
    is_answered: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """The follow-ups it is about."""
        return tuple(self.records)


class RaisedNotifications:
    """Keeps them apart by their fate. What was shown is recorded by ``record``, and until then kept here.

    So nothing is shown twice in a run although the database can't be written, and nothing counts as announced
    that nobody was shown.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._on_the_way: dict[str, RaisedNotification] = {}
        self._unshown: dict[str, RaisedNotification] = {}
        self._shown: dict[str, RaisedNotification] = {}
        self._unrecorded: dict[str, LastAnnouncement] = {}

    def add(self, raised: RaisedNotification) -> tuple[str, ...]:
        """Note what is handed on; the tags of those not shown that it replaces, which need not come."""
        replaced = [
            tag for tag, old in self._unshown.items() if not raised.records.keys().isdisjoint(old.records)
        ]
        for tag in replaced:
            del self._unshown[tag]
        self._on_the_way[raised.tag] = raised
        return tuple(tag for tag in replaced if tag != raised.tag)

    def was_shown(self, tag: str) -> None:
        """A back end says so; it may be late, or say it twice."""
        late = self._unshown.pop(tag, None)
        raised = self._on_the_way.pop(tag, late)
        if raised is not None:
            self._shown.pop(tag, None)
            self._shown[tag] = raised
            self._unrecorded.update(raised.records)

    def was_seen(self, tag: str) -> None:
        """No back end shows it, and the user has the list in sight."""
        raised = self._on_the_way.pop(tag, None)
        if raised is not None:
            self._unrecorded.update(raised.records)

    def was_not_shown(self, tag: str) -> None:
        """No back end shows it. A slow one may yet."""
        raised = self._on_the_way.pop(tag, None)
        if raised is not None:
            self._unshown[tag] = raised

    def was_answered(self, tag: str) -> None:
        """The user has dealt with it, if it is still on the screen or not."""
        if tag in self._shown:
            self._shown[tag].is_answered = True

    def forget(self, tag: str) -> None:
        """Note that it is withdrawn; what is to be recorded of it stays."""
        for each in (self._on_the_way, self._unshown, self._shown):
            each.pop(tag, None)

    def all(self) -> Iterator[RaisedNotification]:
        """The notifications that are on the screen or may come there."""
        for each in (self._on_the_way, self._unshown, self._shown):
            yield from tuple(each.values())

    def is_news(
        self, follow_up: FollowUp, choice: Choice | None, announced: LastAnnouncement | None, now: datetime
    ) -> bool:
        """Whether it is to be announced, as the database has it, also by what is only known here."""
        key = follow_up.key
        if any(key in raised.records for raised in self._on_the_way.values()):
            return False
        record = self._unrecorded.get(key)
        if record is None or record.announced_at is None:
            return True
        return any(record.announced_at < m <= now for m in moments(follow_up, choice, record.again_at))

    def last_of(self, rule: Rule) -> datetime | None:
        """When one of this rule was announced last that is not recorded yet, or is on its way."""
        records = [*self._unrecorded.values()]
        records += [record for raised in self._on_the_way.values() for record in raised.records.values()]
        instants = (r.announced_at for r in records if rule_in(r.key) is rule)
        return max((at for at in instants if at is not None), default=None)

    def last_record(self, key: str, stored: LastAnnouncement | None) -> LastAnnouncement | None:
        """What was announced of a follow-up last, recorded or not."""
        return self._unrecorded.get(key, stored)

    def give_up(self, now: datetime) -> None:
        """Await nothing for too long."""
        for tag, raised in tuple(self._on_the_way.items()):
            if not raised.at <= now < raised.at + AWAITED:
                self.was_not_shown(tag)

    def pull_back(self, now: datetime) -> None:
        """After the clock was set back nothing lies in the future, as in the store."""
        for raised in self.all():
            _pull_back(raised.records, now)
            _pull_back(raised.before, now)
        _pull_back(self._unrecorded, now)

    def record(self) -> None:
        """Write down what was shown; where that is ``Refused`` it is kept for the next time."""
        if self._unrecorded:
            self._store.record_announced(self._unrecorded.values())
            self._unrecorded.clear()

    def finish(self, on_screen: Collection[str]) -> tuple[str, ...]:
        """Take back the records of what is on the screen, unanswered; returns its tags.

        Otherwise as ``record``.
        """
        left = [
            raised for raised in self._shown.values() if raised.tag in on_screen and not raised.is_answered
        ]
        pairs = [
            (record, raised.before.get(key))
            for raised in reversed(left)
            for key, record in raised.records.items()
        ]
        if self._unrecorded or pairs:
            self._store.record_announced(self._unrecorded.values(), pairs)
            self._unrecorded.clear()
        return tuple(raised.tag for raised in left)


def _pull_back(records: dict[str, LastAnnouncement], now: datetime) -> None:
    for key, record in records.items():
        if record.announced_at is not None and record.announced_at > now:
            records[key] = replace(record, announced_at=now)
