"""The program under test: the real store, planner, verbs and reminders around a clock that is set.

It can be started, ended, put to sleep and killed: in the notifier, or before, within or after the
transaction that records what was announced. The disk may be full for that record, and the screen may show
what it is given at once, later or never.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import LastAnnouncement
from followup_desktop.services.ports import FateHandler, Notification, NotifierFailed
from followup_desktop.services.reminding.announcer import Host, Reminders
from followup_desktop.services.reminding.log import Announcements
from followup_desktop.services.tracker import Tracker
from followup_desktop.services.tracker.planner import Planner
from followup_desktop.services.wording import Wording
from followup_desktop.storage.database import open_database
from followup_desktop.storage.store import Changes, Store

NAME = "simulated screen"


class Death(StrEnum):
    """Where the program is killed."""

    BEFORE_SHOWING = "before a notification is shown"
    AFTER_SHOWING = "after a notification was shown"
    BEFORE_RECORD = "before the record"
    WITHIN_RECORD = "within the transaction of the record"
    AFTER_RECORD = "after the record"


class Killed(BaseException):
    """The process is gone at this very point."""


class Fate(StrEnum):
    """What becomes of a notification."""

    SHOWN = "shown"
    REFUSED = "refused"
    UNSHOWN = "not shown"
    LATE = "not known yet"


@dataclass
class Beat:
    """What one beat did, as seen from outside.

    ``fates`` has what was handed on; ``recorded`` what was committed in it, and ``full`` says that the record
    could not be written.
    """

    now: datetime
    fates: list[tuple[Notification, Fate]] = field(default_factory=list)
    keys: dict[str, tuple[str, ...]] = field(default_factory=dict)
    withdrawn: list[str] = field(default_factory=list)
    handed: list[LastAnnouncement] = field(default_factory=list)
    recorded: list[LastAnnouncement] = field(default_factory=list)
    full: bool = False
    in_sight: bool = False
    death: Death | None = None

    def having(self, *fates: Fate) -> list[Notification]:
        """The notifications with one of these fates."""
        return [notification for notification, fate in self.fates if fate in fates]

    @property
    def shown(self) -> list[Notification]:
        """What was shown at once."""
        return self.having(Fate.SHOWN)


class Screen:
    """A notifier that notes what it is given, and may be the place of death."""

    def __init__(self) -> None:
        self.beat = Beat(datetime.min.replace(tzinfo=UTC))
        self.fate: Callable[[], Fate] = lambda: Fate.SHOWN
        self.death: Death | None = None
        self.tell: FateHandler = lambda _tag, _name: None
        self.withdrawn: Callable[[str], None] = lambda _tag: None
        self.tags: set[str] = set()
        self.answered: set[str] = set()

    @property
    def name(self) -> str:
        return NAME

    @property
    def on_screen(self) -> frozenset[str]:
        return frozenset(self.tags)

    def notify(self, notification: Notification) -> None:
        if self.death is Death.BEFORE_SHOWING:
            raise Killed
        fate, tag = self.fate(), notification.tag
        self.beat.fates.append((notification, fate))
        if fate is Fate.REFUSED:
            raise NotifierFailed
        if fate is Fate.UNSHOWN:
            self.tell(tag, None)
        elif fate is Fate.SHOWN:
            self.show(tag)
            if self.death is Death.AFTER_SHOWING:
                raise Killed

    def show(self, tag: str) -> None:
        """It is on the screen, and that is told."""
        self.tags.add(tag)
        self.answered.discard(tag)
        self.tell(tag, NAME)

    def withdraw(self, tag: str) -> None:
        self.beat.withdrawn.append(tag)
        self.tags.discard(tag)
        self.withdrawn(tag)

    def close(self) -> None:
        pass


class MortalStore(Store):
    """The store, on a computer that may fail while it records what was announced."""

    death: Death | None = None
    is_full = False
    handed: list[LastAnnouncement] | None = None
    recorded: list[LastAnnouncement] | None = None
    was_full = False

    def record_announced(
        self,
        announced: Iterable[LastAnnouncement],
        taken_back: Iterable[tuple[LastAnnouncement, LastAnnouncement | None]] = (),
    ) -> None:
        rows, pairs = list(announced), list(taken_back)
        self.handed = [*(self.handed or ()), *rows]
        if self.death is Death.BEFORE_RECORD:
            raise Killed
        if self.is_full:
            self.was_full = True
            raise Refused("The disk is full.")
        super().record_announced(_dying(rows) if self.death is Death.WITHIN_RECORD else rows, pairs)
        self.recorded = [*(self.recorded or ()), *rows]
        if self.death is Death.AFTER_RECORD:
            raise Killed


def _dying(rows: list[LastAnnouncement]) -> Iterator[LastAnnouncement]:
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
        self.in_sight = False
        self.paused_until: datetime | None = None
        self.changed: Callable[[Changes], None] = lambda _changes: None
        self.withdrawn: Callable[[str], None] = lambda _tag: None
        self.told: list[str] = []
        self.start()

    def start(self) -> None:
        """Start, as after a login: everything anew but the database."""
        self.store = MortalStore(open_database(self._path))
        self.screen = Screen()
        self.screen.withdrawn = self._pass_on_withdrawn
        Planner(self.store)
        wording = Wording()
        self.tracker = Tracker(self.store, self._clock, wording, self._new_id)
        self.reminders = self._make(
            self.store,
            self.screen,
            self._clock,
            Announcements(self.store, wording),
            Host(
                answer=self.tracker.answer,
                snooze=self.tracker.snooze_briefly,
                open=lambda _key: None,
                show=self.told.append,
                encourages=lambda: self.encourage,
                paused_until=lambda: self.paused_until,
                in_sight=lambda: self.in_sight,
            ),
        )
        self.screen.tell = self.reminders.shown
        self.store.subscribe(self._pass_on)
        self.tracker.purge_trash()

    def end(self) -> None:
        """Leave the database, as it is also left by a crash: an open transaction is rolled back."""
        self.store.close()

    def restart(self) -> None:
        """Start again after an end of any kind; nobody but the database remembers anything."""
        self.end()
        self.start()
        self.changed(Changes(everything=True))

    def quit(self, *, full: bool) -> frozenset[str]:
        """The user quits, or logs out; what was on the screen then, unanswered."""
        left = self.screen.on_screen - self.screen.answered
        self.store.is_full = full
        self.reminders.finish()
        return left

    def beat(self, death: Death | None = None, *, full: bool = False) -> Beat:
        """One heartbeat, perhaps the last of this run."""
        beat = self.screen.beat = Beat(self.now, in_sight=self.in_sight)
        store = self.store
        self.screen.death = store.death = death
        store.handed, store.recorded, store.is_full, store.was_full = [], [], full, False
        try:
            store.poll_external_change()
            for raised in self.reminders.beat(self.now):
                beat.keys[raised.notification.tag] = raised.keys
        except Killed:
            beat.death = death
        beat.handed, beat.recorded = list(store.handed), list(store.recorded)
        beat.full = store.was_full
        self.screen.death = store.death = None
        return beat

    def settle(self, tag: str, *, shown: bool, full: bool) -> list[LastAnnouncement]:
        """It turns out what became of a notification; what is recorded thereupon."""
        self.store.recorded, self.store.is_full = [], full
        if shown:
            self.screen.show(tag)
        else:
            self.screen.tell(tag, None)
        self.reminders.record()
        return list(self.store.recorded)

    def press(self, tag: str, action: str) -> None:
        """The user answers in a notification."""
        self.screen.answered.add(tag)
        self.reminders.handle_action(tag, action)

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

    def _pass_on_withdrawn(self, tag: str) -> None:
        self.withdrawn(tag)

    def _clock(self) -> datetime:
        return self.now

    def _new_id(self) -> str:
        self._number += 1
        return f"n{self._number:06}"
