"""The program under test: the real store, planner, verbs and reminders around a clock that is set.

It can be started, ended, put to sleep and killed: in the notifier, or before, within or after the
transaction that records what was announced.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from followup_desktop.domain.model import Announced
from followup_desktop.services.planner import Planner
from followup_desktop.services.ports import Notification, NotifierFailed
from followup_desktop.services.reminders import SUMMARY_TAG, Reminders, Responses
from followup_desktop.services.tracker import Tracker
from followup_desktop.services.wording import Wording
from followup_desktop.storage.database import open_database
from followup_desktop.storage.store import Changes, Store

SNOOZE_IN_NOTIFICATION = timedelta(hours=1)


class Death(StrEnum):
    """Where the program is killed."""

    BEFORE_SHOWING = "before a notification is shown"
    AFTER_SHOWING = "after a notification was shown"
    BEFORE_RECORD = "before the record"
    WITHIN_RECORD = "within the transaction of the record"
    AFTER_RECORD = "after the record"


class Killed(BaseException):
    """The process is gone at this very point."""


@dataclass
class Beat:
    """What one beat did, as seen from outside."""

    now: datetime
    shown: list[Notification] = field(default_factory=list)
    refused: list[Notification] = field(default_factory=list)
    handed: list[Announced] = field(default_factory=list)
    summarised: tuple[str, ...] | None = None
    committed: bool = False
    death: Death | None = None


class Screen:
    """A notifier that notes what it is given, refuses when told, and may be the place of death."""

    def __init__(self) -> None:
        self.beat = Beat(datetime.min.replace(tzinfo=UTC))
        self.refuses: Callable[[], bool] = lambda: False
        self.death: Death | None = None

    @property
    def name(self) -> str:
        return "simulated screen"

    def notify(self, notification: Notification) -> None:
        if self.death is Death.BEFORE_SHOWING:
            raise Killed
        if self.refuses():
            self.beat.refused.append(notification)
            raise NotifierFailed
        self.beat.shown.append(notification)
        if self.death is Death.AFTER_SHOWING:
            raise Killed

    def withdraw(self, tag: str) -> None:
        pass

    def close(self) -> None:
        pass


class MortalStore(Store):
    """The store, on a computer that may fail while it records what was announced."""

    death: Death | None = None
    handed: list[Announced] | None = None
    committed = False

    def record_announced(self, announced: Iterable[Announced]) -> None:
        rows = list(announced)
        self.handed = [*(self.handed or ()), *rows]
        if self.death is Death.BEFORE_RECORD:
            raise Killed
        super().record_announced(_dying(rows) if self.death is Death.WITHIN_RECORD else rows)
        self.committed = True
        if self.death is Death.AFTER_RECORD:
            raise Killed


def _dying(rows: list[Announced]) -> Iterator[Announced]:
    yield rows[0]
    raise Killed


MakeReminders = Callable[..., Reminders]
"""Makes the reminders with the arguments of ``Reminders``; a sabotage makes broken ones."""


class Program:
    """One installation of the program with its database, whatever happens to it."""

    def __init__(self, path: Path, now: datetime, make: MakeReminders = Reminders) -> None:
        self._path = path
        self._make = make
        self._number = 0
        self.now = now
        self.encourage = False
        self.paused_until: datetime | None = None
        self.screen = Screen()
        self.changed: Callable[[Changes], None] = lambda _changes: None
        self.told: list[str] = []
        self.start()

    def start(self) -> None:
        """Start, as after a login: everything anew but the database."""
        self.store = MortalStore(open_database(self._path))
        Planner(self.store)
        wording = Wording()
        self.tracker = Tracker(self.store, self._clock, wording, self._new_id)
        self.reminders = self._make(
            self.store,
            self.screen,
            self._clock,
            wording,
            Responses(
                answer=self.tracker.answer,
                snooze=lambda key: self.tracker.snooze(key, self.now + SNOOZE_IN_NOTIFICATION),
                open=lambda _key: None,
                tell=self.told.append,
            ),
            announce_encouragement=lambda: self.encourage,
            paused_until=lambda: self.paused_until,
        )
        self.store.subscribe(self._pass_on)
        self.tracker.purge_trash()

    def end(self) -> None:
        """Quit, or what is left after a crash: an open transaction is rolled back."""
        self.store.close()

    def restart(self) -> None:
        """End and start again; nobody but the database remembers anything."""
        self.end()
        self.start()
        self.changed(Changes(everything=True))

    def beat(self, death: Death | None = None) -> Beat:
        """One heartbeat, perhaps the last of this run."""
        beat = self.screen.beat = Beat(self.now, death=None)
        self.screen.death = self.store.death = death
        self.store.handed, self.store.committed = [], False
        try:
            self.store.poll_external_change()
            raised = self.reminders.beat(self.now)
            beat.committed = True
            beat.summarised = next((a.keys for a in raised if a.notification.tag == SUMMARY_TAG), None)
        except Killed:
            beat.death, beat.committed = death, self.store.committed
        beat.handed = list(self.store.handed or ())
        self.screen.death = self.store.death = None
        if beat.death is not None:
            self.restart()
        return beat

    def elsewhere(self, deed: Callable[[], object]) -> None:
        """Let a deed be done by another process with the same database; this one is not told."""
        here, store = self.tracker, Store(open_database(self._path))
        try:
            Planner(store)
            self.tracker = Tracker(store, self._clock, Wording(), self._new_id)
            deed()
        finally:
            self.tracker = here
            store.close()

    def _pass_on(self, changes: Changes) -> None:
        self.changed(changes)

    def _clock(self) -> datetime:
        return self.now

    def _new_id(self) -> str:
        self._number += 1
        return f"n{self._number:06}"
