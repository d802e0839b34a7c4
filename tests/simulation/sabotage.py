"""Announcing rules that are broken on purpose: the simulation must fail on every one of them.

Each makes the reminders as ``Reminders`` is made, with one thing wrong: with a store that answers wrongly, a
notifier that does too much, or another clock.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, cast

from followup_desktop.domain.agenda import is_due
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Choice, FollowUp, LastAnnouncement, Policy, Rule
from followup_desktop.domain.rules import ENQUIRIES
from followup_desktop.services.ports import Clock, Notification, Notifier, NotifierFailed
from followup_desktop.services.reminding.announcer import Announcement, Host, Reminders
from followup_desktop.services.reminding.log import Announcements
from followup_desktop.services.reminding.raised import RaisedNotifications
from followup_desktop.storage.store import InterviewInstants, Store
from tests.simulation.program import MakeReminders

Due = list[tuple[FollowUp, Choice | None, LastAnnouncement | None]]


class BrokenStore:
    """The store as the reminders see it; what is not broken is the real one's."""

    def __init__(self, store: Store) -> None:
        self.real = store

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)


class NoQuietHours(BrokenStore):
    """Quiet hours are not heeded."""

    def policy(self) -> Policy:
        policy = self.real.policy()
        return replace(policy, quiet_until=policy.quiet_from)


class CallsOnMondays(BrokenStore):
    """Every weekday counts as a day for calls."""

    def policy(self) -> Policy:
        return replace(self.real.policy(), no_call_weekdays=())


class NoInterviews(BrokenStore):
    """An interview under way holds nothing back."""

    def underway_interviews(self, _now: datetime) -> list[InterviewInstants]:
        return []


class ForgetsWhileAsleep(BrokenStore):
    """Only what fell due since about the last beat counts, as with a timer for each moment."""

    def moments_due(self, now: datetime, *which: Any, **more: Any) -> Due:
        since = now - timedelta(minutes=1)
        return [
            row
            for row in self.real.moments_due(now, *which, **more)
            if any(since < m <= now for m in _moments(*row))
        ]


class NeverRecords(BrokenStore):
    """What was announced is not remembered, so it comes at every beat."""

    def record_announced(self, *_records: Any) -> None:
        return


class ForgetsTheSlot(BrokenStore):
    """A call announced outside a slot does not come again in it."""

    def record_announced(self, announced: Iterable[LastAnnouncement], *others: Any) -> None:
        self.real.record_announced([replace(each, again_at=None) for each in announced], *others)


class SnoozeEatsTheRest(BrokenStore):
    """After the end of a snooze nothing comes any more."""

    def moments_due(self, now: datetime, *which: Any, **more: Any) -> Due:
        return [row for row in self.real.moments_due(now, *which, **more) if not _was_told_of_a_snooze(*row)]


class AnnouncesSkipped(BrokenStore):
    """What was skipped is announced all the same."""

    def moments_due(self, now: datetime, *which: Any, **more: Any) -> Due:
        skipped: Due = []
        for key, choice in self.real.choices().items():
            follow_up = self.real.follow_up(key)
            if (
                choice.skipped
                and follow_up is not None
                and _is_fresh(follow_up, self.real.announced(key), now)
            ):
                skipped.append((follow_up, choice, None))
        return [*self.real.moments_due(now, *which, **more), *skipped]


class NeverPulledBack(BrokenStore):
    """After the clock was set back, nothing comes until it is as late as it was."""

    def pull_announced_back(self, _now: datetime) -> None:
        return


class AlwaysEncourages(BrokenStore):
    """Encouragement as often as there is a reason."""

    def last_announced(self, _rule: Rule) -> None:
        return None


class AsksManyAtOnce(BrokenStore):
    """All enquiries of one employer come, none waits for another; of the rules that may be announced now."""

    def moments_due(self, now: datetime, rules: Collection[Rule] | None = None, **more: Any) -> Due:
        found = {row[0].key: row for row in self.real.moments_due(now, rules, **more)}
        asked = ENQUIRIES if rules is None else ENQUIRIES.intersection(rules)
        due = (f for f in self.real.follow_ups() if f.rule in asked and f.due_at <= now)
        choices = self.real.choices()
        for each in due:
            choice, announced = choices.get(each.key), self.real.announced(each.key)
            if is_due(each, choice, now) and _is_fresh(each, announced, now):
                found.setdefault(each.key, (each, choice, announced))
        return list(found.values())

    def waiting(self, _keys: Collection[str], _now: datetime) -> dict[str, str]:
        return {}


class ForgetsTheFailure(BrokenStore):
    """A record that could not be written is taken for one that was."""

    def record_announced(self, *records: Any) -> None:
        try:
            self.real.record_announced(*records)
        except Refused:
            return


class RecordsFirst:
    """A notifier before which the record is written: a crash between the two loses the reminder."""

    def __init__(self, notifier: Notifier, store: Store, clock: Callable[[], datetime]) -> None:
        self._notifier = notifier
        self._store = store
        self._clock = clock

    def notify(self, notification: Notification) -> None:
        Store.record_announced(
            self._store, [LastAnnouncement(key=notification.tag, announced_at=self._clock())]
        )
        self._notifier.notify(notification)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._notifier, name)


class SwallowsRefusals:
    """A notifier that does not say when it could show nothing."""

    def __init__(self, notifier: Notifier) -> None:
        self._notifier = notifier

    def notify(self, notification: Notification) -> None:
        try:
            self._notifier.notify(notification)
        except NotifierFailed:
            return

    def __getattr__(self, name: str) -> Any:
        return getattr(self._notifier, name)


class Early(Reminders):
    """What is to come within five minutes comes now."""

    def _to_announce(self, now: datetime) -> Any:
        return super()._to_announce(now + timedelta(minutes=5))


class Deaf(Reminders):
    """A pause of all reminders is not heeded."""

    def __init__(
        self, store: Store, notifier: Notifier, clock: Clock, log: Announcements, host: Host
    ) -> None:
        super().__init__(store, notifier, clock, log, replace(host, paused_until=lambda: None))


class TrustsEveryone(Reminders):
    """What no back end shows counts as announced."""

    def shown(self, tag: str, back_end: str | None) -> None:
        super().shown(tag, back_end or "nobody")


class Impatient(Reminders):
    """What is on its way is raised again by the next beat."""

    def beat(self, now: datetime) -> tuple[Announcement, ...]:
        for raised in tuple(self._raised.all()):
            self._raised.was_not_shown(raised.tag)
        return super().beat(now)


class GivesUpTheRecord(Reminders):
    """What could not be written down once is not tried again."""

    def beat(self, now: datetime) -> tuple[Announcement, ...]:
        found = super().beat(now)
        if self.refusal is not None:
            self._raised = RaisedNotifications(self._store)
        return found


class LeavesTheScreen(Reminders):
    """What is on the screen at the end counts as announced."""

    def finish(self) -> None:
        self.record()


class RaisesEverythingAgain(Reminders):
    """At the start all comes again that this run has shown, closed or not."""

    def finish(self) -> None:
        self._raised.finish([raised.tag for raised in self._raised.all()])


def _moments(
    follow_up: FollowUp, choice: Choice | None, announced: LastAnnouncement | None
) -> list[datetime]:
    found = [follow_up.due_at, *follow_up.remind_at]
    if choice is not None and choice.snoozed_until is not None:
        found.append(choice.snoozed_until)
    if announced is not None and announced.again_at is not None:
        found.append(announced.again_at)
    return found


def _was_told_of_a_snooze(
    _follow_up: FollowUp, choice: Choice | None, announced: LastAnnouncement | None
) -> bool:
    until = choice.snoozed_until if choice else None
    last = announced.announced_at if announced else None
    return until is not None and last is not None and last >= until


def _is_fresh(follow_up: FollowUp, announced: LastAnnouncement | None, now: datetime) -> bool:
    last = announced.announced_at if announced else None
    return any(m <= now and (last is None or last < m) for m in (follow_up.due_at, *follow_up.remind_at))


def _with_store(broken: type[BrokenStore]) -> MakeReminders:
    def make(store: Store, *others: Any) -> Reminders:
        return Reminders(cast("Store", broken(store)), *others)

    return make


def _records_first(store: Store, notifier: Notifier, clock: Any, *others: Any) -> Reminders:
    first = cast("Notifier", RecordsFirst(notifier, store, clock))
    return Reminders(store, first, clock, *others)


def _swallows_refusals(store: Store, notifier: Notifier, *others: Any) -> Reminders:
    return Reminders(store, cast("Notifier", SwallowsRefusals(notifier)), *others)


SABOTAGES: Mapping[str, MakeReminders] = MappingProxyType(
    {
        "announces before the moment": Early,
        "forgets what fell due while asleep": _with_store(ForgetsWhileAsleep),
        "records before notifying": _records_first,
        "ignores quiet hours": _with_store(NoQuietHours),
        "ignores interviews": _with_store(NoInterviews),
        "says call now on Mondays": _with_store(CallsOnMondays),
        "forgets the call slot": _with_store(ForgetsTheSlot),
        "repeats at each beat": _with_store(NeverRecords),
        "drops a remind after a snooze": _with_store(SnoozeEatsTheRest),
        "announces what was skipped": _with_store(AnnouncesSkipped),
        "is silent after the clock was set back": _with_store(NeverPulledBack),
        "encourages every day": _with_store(AlwaysEncourages),
        "ignores a pause": Deaf,
        "takes a refusal for a success": _swallows_refusals,
        "asks twice at one employer": _with_store(AsksManyAtOnce),
        "takes a failed record for one": _with_store(ForgetsTheFailure),
        "counts what nobody has shown": TrustsEveryone,
        "repeats what is on its way": Impatient,
        "gives the record up": GivesUpTheRecord,
        "forgets what is on the screen": LeavesTheScreen,
        "repeats what was closed": RaisesEverythingAgain,
    }
)
"""By what is wrong."""
