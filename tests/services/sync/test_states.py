"""Any order of what a user, a phone, the wire and the server do: nothing asked is lost, or asked twice."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from followup_desktop.domain.model import Interview
from followup_desktop.services.ports import WebReply, WebRequest
from followup_desktop.services.sync.account import SyncOptions
from followup_desktop.services.sync.objects import read_object
from followup_desktop.services.sync.questions import PhoneAnswer, PhoneQuestions
from followup_desktop.services.tracker.planner import Planner
from followup_desktop.storage.backups import Why
from followup_desktop.storage.database import open_database
from followup_desktop.storage.published import ItemKind, PhoneQuestion, QuestionKind
from followup_desktop.storage.store import Store
from tests.services.conftest import Desk, acme
from tests.services.sync.fake_server import FakeServer
from tests.services.sync.rig import Rig
from tests.sweeps import examples

FIRST = datetime.fromisoformat("2026-11-09T09:00")
PAGE = WebReply(status=200, headers={"content-type": "text/html"}, body=b"<html>Sign in</html>")
FAULTS = ["lost", "cut", "412", "503", "504 after", "page", "unread"]

Deed = tuple[QuestionKind, datetime | None]


@dataclass
class Step:
    """What a step of the user's did to what is asked: each question that it answered."""

    answered: dict[str, Deed]


class Lives(RuleBasedStateMachine):
    """``open`` is the last that the phone did to each entry and the user hasn't decided about."""

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.store = Store(open_database(Path(self.folder.name) / "followup.sqlite3"))
        Planner(self.store)
        self.desk = Desk(self.store)
        self.desk.put(
            *(
                acme(
                    id=f"a{n}",
                    employer=f"Company {n}",
                    interviews=(Interview(id=f"i{n}", starts_at=FIRST + timedelta(days=n), minutes=30),),
                )
                for n in range(2)
            )
        )
        self.server = FakeServer()
        self.rig = Rig(self.desk, self.server)
        self.phone = self.rig.connect(tasks=True)
        self.store.history.clear()
        self.backup = self.store.make_backup(
            Path(self.folder.name) / "made.sqlite3", Why.ASKED, self.desk.now
        )
        self.open: dict[str, Deed] = {}
        self.done: dict[str, set[Deed]] = {}
        self.vague: set[str] = set()
        self.undone: list[Step] = []
        self.steps: list[Step] = []
        self.fresh_days = (datetime(2027, 1, 1, tzinfo=UTC) + timedelta(days=n) for n in count())
        self.fresh = (FIRST.replace(tzinfo=UTC) + timedelta(minutes=15 * n) for n in count(400))

    def teardown(self) -> None:
        if hasattr(self, "rig"):
            self.quiet()
            self.rig.sync.close()
            self.store.close()
            self.folder.cleanup()

    # The phone

    def _entries(self, kind: ItemKind) -> dict[str, str]:
        """The entries of a kind that are there and wanted, as addresses on the server by UID."""
        wanted = self.rig.wanted()
        rows = self.store.published.all().values()
        paths = {row.uid: urlsplit(row.href).path for row in rows if row.kind is kind and row.uid in wanted}
        return {uid: path for uid, path in paths.items() if path in self.server.entries}

    def _one(self, data: st.DataObject, kind: ItemKind) -> tuple[str, str] | None:
        found = sorted(self._entries(kind).items())
        return data.draw(st.sampled_from(found)) if found else None

    def _did(self, uid: str, deed: Deed) -> None:
        self.open[uid] = deed
        done = self.done.setdefault(uid, set())
        if deed not in done:  # else it may be what was answered, saved once more
            self.vague.discard(uid)
        done.add(deed)

    def _rewrite(self, path: str, old: str, new: str) -> None:
        text = self.server.text(path)
        assert old in text
        lines = ["PRODID:-//Phone//EN" if line.startswith("PRODID") else line for line in text.splitlines()]
        self.server.put(path, "\r\n".join(lines).replace(old, new, 1) + "\r\n")

    @rule(data=st.data())
    def moves(self, data: st.DataObject) -> None:
        if (one := self._one(data, ItemKind.INTERVIEW)) is not None:
            uid, path = one
            at = next(self.fresh)
            event = self.server.text(path).partition("BEGIN:VEVENT")[2]
            start = next(line for line in event.splitlines() if line.startswith("DTSTART"))
            self._rewrite(path, start, f"DTSTART:{at:%Y%m%dT%H%M%SZ}")
            self._did(uid, (QuestionKind.MOVED, at))

    @rule(data=st.data())
    def moves_to_a_day(self, data: st.DataObject) -> None:
        if (one := self._one(data, ItemKind.INTERVIEW)) is not None:
            uid, path = one
            day = next(self.fresh_days)
            event = self.server.text(path).partition("BEGIN:VEVENT")[2]
            start = next(line for line in event.splitlines() if line.startswith("DTSTART"))
            self._rewrite(path, start, f"DTSTART;VALUE=DATE:{day:%Y%m%d}")
            self._did(uid, (QuestionKind.MOVED_TO_DAY, day))

    @rule(data=st.data())
    def deletes(self, data: st.DataObject) -> None:
        if (one := self._one(data, ItemKind.INTERVIEW)) is not None:
            self.server.delete(one[1])
            self._did(one[0], (QuestionKind.DELETED, None))
            if not self.store.published.all()[one[0]].etag:
                self.vague.add(one[0])  # no word had come that it was there

    @rule(data=st.data())
    def ticks(self, data: st.DataObject) -> None:
        found = self._entries(ItemKind.FOLLOW_UP)
        rows = self.store.published.all()
        open_ones = sorted(
            (uid, path)
            for uid, path in found.items()
            if rows[uid].subject.startswith("debrief/") and "STATUS:NEEDS-ACTION" in self.server.text(path)
        )
        if open_ones:
            uid, path = data.draw(st.sampled_from(open_ones))
            self._rewrite(path, "STATUS:NEEDS-ACTION", "STATUS:COMPLETED")
            self._did(uid, (QuestionKind.DONE, None))

    @rule(data=st.data())
    def snoozes_an_alarm(self, data: st.DataObject) -> None:
        if (one := self._one(data, ItemKind.INTERVIEW)) is not None:
            self._rewrite(one[1], "END:VEVENT", "X-PHONE:1\r\nEND:VEVENT")

    @rule(data=st.data())
    def saves_its_stale_copy(self, data: st.DataObject) -> None:
        if (one := self._one(data, ItemKind.INTERVIEW)) is not None:
            uid, path = one
            self._comes_back(uid, path, data.draw(st.sampled_from(self.server.written[path])))

    @rule()
    def is_restored_from_its_backup(self) -> None:
        """All that is still there says what it did at first."""
        for kind in ItemKind:
            for uid, path in self._entries(kind).items():
                self._comes_back(uid, path, self.server.written[path][0])

    def _comes_back(self, uid: str, path: str, text: str) -> None:
        """What the program wrote once; whether that means something hangs on what it wrote since."""
        if "STATUS:CANCELLED" in text or "STATUS:COMPLETED" in text:
            return
        self.server.put(path, text)
        there = read_object(text.encode())
        assert there is not None
        if path in self._entries(ItemKind.INTERVIEW).values():
            self._did(uid, (QuestionKind.MOVED, there.starts_at))
        else:
            self.open.pop(uid, None)
        self.vague.add(uid)

    # The user

    def _questions(self) -> PhoneQuestions:
        return PhoneQuestions(self.store, self.desk.tracker, self.desk.wording)

    def _step(self, do: Callable[[], object], answered: dict[str, Deed] | None = None) -> None:
        """A step of the user's: another time for an interview answers what is asked about it."""
        before, asked = self.rig.wanted(), self.store.published.questions()
        do()
        after = self.rig.wanted()
        decided = dict(answered or {})
        for uid, question in asked.items():
            is_other = uid in before and uid in after and before[uid] != after[uid]
            if is_other and question.kind is not QuestionKind.DONE:
                decided[uid] = _deed(question)
        for uid in self.open.keys() - asked.keys():
            if uid not in after or before.get(uid) != after[uid]:
                self.vague.add(uid)  # not seen yet, and no longer what it was about
        self._settle(decided)
        self.steps.append(Step(decided))
        self.undone.clear()
        self.rig.sync.facts_changed()

    def _settle(self, decided: dict[str, Deed]) -> None:
        for uid, deed in decided.items():
            if self.open.get(uid) == deed:
                del self.open[uid]

    @rule(data=st.data())
    def answers(self, data: st.DataObject) -> None:
        rows = self._questions().rows(self.desk.now)
        if rows:
            row = data.draw(st.sampled_from(rows))
            question = self.store.published.questions()[row.uid]
            offered = [a for a, _label in row.answers if isinstance(a, PhoneAnswer)]
            if self.open.get(row.uid) != _deed(question):
                offered = [a for a in offered if a is not PhoneAnswer.THEY_CANCELLED]
            answer = data.draw(st.sampled_from(offered))
            self._step(lambda: self._questions().answer(row.uid, answer), answered={row.uid: _deed(question)})

    @rule(n=st.integers(0, 1))
    def reschedules(self, n: int) -> None:
        if not self.desk.application(f"a{n}").interviews[0].cancelled:
            self._step(lambda: self.desk.tracker.reschedule_interview(f"i{n}", next(self.fresh)))

    @rule(n=st.integers(0, 1), name=st.sampled_from(["Acme", "Initech"]))
    def renames(self, n: int, name: str) -> None:
        if self.desk.application(f"a{n}").employer != f"{name} {n}":
            self._step(lambda: self.desk.tracker.edit_application(f"a{n}", employer=f"{name} {n}"))

    @rule()
    def adds_a_reminder(self) -> None:
        at = next(self.fresh).replace(tzinfo=None)
        self._step(lambda: self.desk.tracker.add_reminder(title="Buy a tie", at=at))

    @precondition(lambda self: self.steps)
    @rule()
    def restores(self) -> None:
        label = self.store.history.undo_label
        self._step(lambda: self.store.put_back(self.backup.file, "Restore"))
        if self.store.history.undo_label == label:
            self.steps.pop()  # nothing had changed

    @precondition(lambda self: self.steps)
    @rule()
    def undoes(self) -> None:
        before, asked = self.rig.wanted(), self.store.published.questions()
        self.store.history.undo()
        step = self.steps.pop()
        self.undone.append(step)
        for uid, deed in step.answered.items():
            self.open.setdefault(uid, deed)
        self._note_unseen(before, asked)
        self.rig.sync.facts_changed()

    @precondition(lambda self: self.undone)
    @rule()
    def redoes(self) -> None:
        before, asked = self.rig.wanted(), self.store.published.questions()
        self.store.history.redo()
        step = self.undone.pop()
        self._settle({uid: deed for uid, deed in step.answered.items() if uid in asked})
        self.steps.append(step)
        self._note_unseen(before, asked)
        self.rig.sync.facts_changed()

    def _note_unseen(self, before: dict[str, datetime], asked: dict[str, PhoneQuestion]) -> None:
        after = self.rig.wanted()
        for uid in self.open.keys() - asked.keys():
            if uid not in before or uid not in after:
                self.vague.add(uid)

    @rule(private=st.booleans())
    def hides_or_shows_names(self, private: bool) -> None:
        self.rig.sync.set_options(SyncOptions(tasks=True, private=private))

    # The world

    def _fault(self, kind: str) -> None:
        left = [kind]

        def before(request: WebRequest) -> WebReply | None:
            is_write = request.method in ("PUT", "DELETE")
            if kind == "unread":
                is_read = request.method == "GET" or b"multiget" in request.body
                return WebReply(status=403) if is_read else None
            if not left or (kind in {"412", "page", "lost", "504 after"} and not is_write):
                return None
            if kind in {"412", "503", "page", "cut"}:
                left.clear()
            if kind == "cut":
                raise ConnectionError
            return {"412": WebReply(status=412), "503": WebReply(status=503), "page": PAGE}.get(kind)

        def after(request: WebRequest) -> WebReply | None:
            if not left or kind not in {"lost", "504 after"} or request.method not in ("PUT", "DELETE"):
                return None
            left.clear()
            if kind == "lost":
                raise ConnectionError
            return WebReply(status=504)

        self.rig.wire.instead, self.rig.wire.after = before, after

    @rule(seconds=st.sampled_from([15, 40, 960]), fault=st.sampled_from([None, *FAULTS]))
    def passes(self, seconds: int, fault: str | None) -> None:
        if fault is not None:
            self._fault(fault)
        self.rig.beat(timedelta(seconds=seconds))
        self.rig.wire.instead = self.rig.wire.after = lambda _request: None
        self._none_is_false()

    @rule(turns=st.integers(0, 12), looks=st.booleans())
    def crashes(self, turns: int, looks: bool) -> None:
        self.desk.now += timedelta(minutes=16 if looks else 1)
        self.rig.sync.beat(self.desk.now)
        for _turn in range(turns):
            self.rig.wire.step()
        self.rig.wire.forget()
        self.rig.start()

    def _none_is_false(self) -> None:
        for uid, question in self.store.published.questions().items():
            assert not question.kind.is_notice, question
            assert _deed(question) in self.done.get(uid, set()), question

    @rule()
    def quiet(self) -> None:
        for _time in range(3):
            self.rig.sync.try_now()
            self.rig.look()
        assert not self.rig.sync.failure, self.rig.sync.failure
        self._none_is_false()
        wanted = self.rig.wanted()
        questions = self.store.published.questions()
        asked = {uid: _deed(each) for uid, each in questions.items() if uid in wanted}
        expected = {uid: deed for uid, deed in self.open.items() if uid in wanted}
        for uid in self.vague & wanted.keys():
            expected.pop(uid, None)
            if uid in asked:
                expected[uid] = asked[uid]
        assert asked == expected, (asked, expected)
        self.open = {uid: deed for uid, deed in self.open.items() if uid not in self.vague} | {
            uid: asked[uid] for uid in self.vague if uid in asked
        }
        self.vague.clear()
        there = {uid: each.starts_at for uid, each in self.phone.objects().items() if uid not in asked}
        assert there == {uid: at for uid, at in wanted.items() if uid not in asked}
        self.rig.writes()
        self.rig.look()
        assert self.rig.writes() == 0


def _deed(question: PhoneQuestion) -> Deed:
    """What is asked about; of a move to a day, midnight: the time of day is the user's."""
    if question.kind is QuestionKind.MOVED_TO_DAY and question.starts_at is not None:
        return question.kind, question.starts_at.replace(hour=0, minute=0)
    return question.kind, question.starts_at


TestLives = Lives.TestCase
TestLives.settings = settings(max_examples=examples(6), stateful_step_count=25)
