"""Lives of a calendar on a server: a user edits, a phone does as it likes, and things break.

``python -m tests.phone_life --lives 200 --seed 7`` lives so many; each is told by its seed, which repeats it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from followup_desktop.domain.answers import Answer
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Application, Stage
from followup_desktop.services.ports import WebReply, WebRequest
from followup_desktop.services.sync.questions import PhoneAnswer, PhoneQuestions
from followup_desktop.services.tracker.planner import Planner
from followup_desktop.storage.database import open_database
from followup_desktop.storage.published import ItemKind
from followup_desktop.storage.store import Store
from tests.caldav_servers import CalendarServer, radicale, xandikos
from tests.services.conftest import Desk, acme
from tests.services.sync.rig import Rig, busy

STEPS = 30
_MEMORY = Path("/dev/shm")
"""A folder in memory, where there is one: a disk confirms each write, and a life takes twice as long."""
_BY_A_REPLY = frozenset({PhoneAnswer.THEY_CANCELLED, Answer.THEY_CANCELLED, Answer.THEY_ANSWERED})
"""The answers that note a reply of theirs."""


class Life:
    """One of them. What the user and the phone did is counted, to be compared with what came of it."""

    def __init__(self, server: CalendarServer, seed: int) -> None:
        self.random = Random(seed)
        self.store = Store(open_database(None))
        Planner(self.store)
        self.rig = Rig(Desk(self.store), server)
        self.desk = self.rig.desk
        self.desk.put(*busy(4), acme(Stage.APPLIED, id="b1", employer="Globex"))
        for n in range(3):
            self.desk.tracker.add_reminder(
                title=f"Reminder {n}", at=datetime.fromisoformat(f"2026-10-1{4 + n}T12:00")
            )
        self.store.history.clear()
        self.completed: Counter[str] = Counter()
        self.deleted: set[str] = set()
        self.finished: Counter[str] = Counter()
        self.replied = 0
        self.deeds: list[str] = []
        finish = self.rig.finish

        def counted(key: str) -> bool:
            done = finish(key)
            self.finished[key] += done
            return done

        self.rig.finish = counted  # type: ignore[method-assign]

    def live(self, steps: int = STEPS) -> None:
        """Live it, and compare both sides at its end; raises ``AssertionError``."""
        self.phone = self.rig.connect(tasks=self.random.random() < 0.7)
        deeds: list[Callable[[], object]] = [
            *([self._edit] * 3),
            *([self._undo] * 1),
            *([self._answer] * 2),
            *([self._phone_moves] * 2),
            *([self._phone_deletes] * 2),
            *([self._phone_completes] * 3),
            *([self._passes] * 5),
            self._phone_empties,
            self._wire_breaks,
            self._crashes,
        ]
        for _step in range(steps):
            deed = self.random.choice(deeds)
            self.deeds.append(deed.__name__)
            deed()
        self._compare()

    def close(self) -> None:
        self.rig.sync.close()
        self.rig.close()
        self.store.close()

    # The user

    def _interviews(self) -> list[str]:
        return [i.id for a in self._applications() for i in a.interviews if not i.cancelled]

    def _applications(self) -> tuple[Application, ...]:
        return self.store.facts().applications

    def _some_start(self) -> datetime:
        days, quarters = self.random.randrange(1, 30), self.random.randrange(40)
        return self.desk.now.replace(minute=0, second=0) + timedelta(days=days, minutes=15 * quarters)

    def _edit(self) -> None:
        interviews, tracker = self._interviews(), self.desk.tracker
        choice = self.random.randrange(4)
        if choice == 0 and interviews:
            tracker.reschedule_interview(self.random.choice(interviews), self._some_start())
        elif choice == 1 and interviews:
            tracker.edit_interview(self.random.choice(interviews), location=f"Room {self.random.random()}")
        elif choice == 2:
            wall = self._some_start().replace(tzinfo=None)
            tracker.add_interview(self.random.choice(self._applications()).id, starts_at=wall, minutes=30)
        else:
            application = self.random.choice(self._applications())
            tracker.edit_application(application.id, employer=f"Other {self.random.randrange(100)}")

    def _undo(self) -> None:
        if self.store.history.undo_label in {"Done", "Cancel interview", "Log their reply"}:
            return  # what was done twice could not be told any more
        try:
            self.store.history.undo()
        except Refused:
            return

    def _answer(self) -> None:
        questions = PhoneQuestions(self.store, self.desk.tracker, self.desk.wording)
        rows = questions.rows(self.desk.now)
        if not rows:
            return
        row = self.random.choice(rows)
        answer = self.random.choice(row.answers)[0]
        try:
            done = questions.answer(row.uid, answer)
        except Refused:  # not open yet: it is put back
            done = questions.answer(row.uid, PhoneAnswer.NOT_DONE)
        self.replied += answer in _BY_A_REPLY and done is not None
        self.rig.sync.facts_changed()

    # The phone

    def _there(self, kind: ItemKind | None = None) -> list[str]:
        known = {row.href.rpartition("/")[2]: row for row in self.store.published.all().values()}
        names = [href.rpartition("/")[2] for href in self.phone.hrefs()]
        return [known[n].uid for n in names if n in known and kind in (None, known[n].kind)]

    def _phone_moves(self) -> None:
        if there := self._there(ItemKind.INTERVIEW):
            form = self.random.choice((":%Y%m%dT%H%M%SZ", ":%Y%m%dT%H%M%S", ";VALUE=DATE:%Y%m%d"))
            start = f"DTSTART{self._some_start().astimezone(UTC):{form}}"
            self.phone.begin(self.random.choice(there), start)

    def _phone_deletes(self) -> None:
        if there := self._there():
            uid = self.random.choice(there)
            self.deleted.add(uid)
            self.phone.delete(uid)

    def _phone_empties(self) -> None:
        for uid in self._there():
            self.deleted.add(uid)
            self.phone.delete(uid)

    def _phone_completes(self) -> None:
        if there := self._there(ItemKind.FOLLOW_UP):
            uid = self.random.choice(there)
            self.completed[self.store.published.all()[uid].subject] += 1
            self.phone.complete(uid)

    # The world

    def _passes(self) -> None:
        self.rig.beat(timedelta(minutes=self.random.choice((0.5, 1, 16, 120, 1500))))

    def _wire_breaks(self) -> None:
        """Now and then a request comes through, and no word of it comes back."""
        random, wire = self.random, self.rig.wire

        def lost(_request: WebRequest) -> WebReply | None:
            if random.random() < 0.3:
                raise ConnectionError
            return None

        before = random.random() < 0.5
        if before:
            wire.instead = lost
        else:
            wire.after = lost
        self._passes()
        wire.instead = wire.after = lambda _request: None

    def _crashes(self) -> None:
        """The program ends in the middle of a round and starts again."""
        self.desk.now += timedelta(minutes=16)
        self.rig.sync.beat(self.desk.now)
        for _step in range(self.random.randrange(6)):
            self.rig.wire.step()
        self.rig.wire.forget()
        self.rig.start()

    # The end

    def _compare(self) -> None:
        for _round in range(12):
            self.rig.sync.try_now()
            self.rig.look()
            while PhoneQuestions(self.store, self.desk.tracker, self.desk.wording).rows(self.desk.now):
                self._answer()
        self.rig.look()
        assert not self.rig.sync.failure, self.rig.sync.failure
        there, wanted = self.rig.there(), self.rig.wanted()
        rows = self.store.published.all()
        tidied = {
            uid
            for uid in self.deleted & (wanted.keys() - there)
            if rows[uid].kind is ItemKind.INTERVIEW and wanted[uid] < self.desk.now
        }
        assert there == {uid: at for uid, at in wanted.items() if uid not in tidied}
        objects = self.phone.objects()
        assert not [uid for uid, each in objects.items() if each.is_completed]
        replies = sum(event.kind == "reply" for a in self._applications() for event in a.events)
        assert replies == self.replied
        for key, count in self.finished.items():
            assert count <= self.completed[key]
        self.rig.writes()
        before = self.rig.wanted()
        self.rig.look()
        assert self.rig.writes() == len(before.keys() ^ self.rig.wanted().keys())  # what ended meanwhile


def publish(server: CalendarServer, applications: int) -> int:
    """Publish a whole search for the first time: each entry by one write, and none by the next round.

    Returns how many entries that were; raises ``AssertionError``.
    """
    store = Store(open_database(None))
    Planner(store)
    rig = Rig(Desk(store), server)
    try:
        rig.desk.put(*busy(applications))
        phone = rig.connect()
        wanted = rig.wanted()
        assert phone.hrefs().keys() == {phone.href(uid) for uid in wanted}
        assert rig.writes() == len(wanted)
        rig.look()
        assert rig.writes() == 0
    finally:
        rig.sync.close()
        rig.close()
        store.close()
    return len(wanted)


def live(server: CalendarServer, seed: int, steps: int = STEPS) -> None:
    """Live one life; what went wrong comes with its seed."""
    life = Life(server, seed)
    try:
        life.live(steps)
    except AssertionError as error:
        error.add_note(f"{server.name}, seed {seed}: {' '.join(life.deeds)}")
        raise
    finally:
        life.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lives", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--applications", type=int, default=63, help="published at once at first")
    given = parser.parse_args()
    for make in (radicale, xandikos):
        with ExitStack() as stack:
            memory = _MEMORY if _MEMORY.is_dir() else None
            folder = stack.enter_context(tempfile.TemporaryDirectory(dir=memory))
            _live_all(stack.enter_context(make(Path(folder))), given)


def _live_all(server: CalendarServer, given: argparse.Namespace) -> None:
    count = publish(server, given.applications)
    _say(f"{server.name}: {count} entries published, one write each")
    for number in range(given.lives):
        live(server, given.seed + number, given.steps)
        if (number + 1) % 25 == 0:
            _say(f"... {number + 1} lives")
    _say(f"{server.name}: {given.lives} lives of {given.steps} steps, both sides alike")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
