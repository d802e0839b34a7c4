"""One round with the calendar server: what changed there is read, then whatever differs is written.

Level-triggered: it compares what is wanted with what is known to stand there, so nothing has to be remembered
of edits, and a round that breaks off anywhere is made good by the next. What is known is stored before and
after every write, so that after a crash the program doesn't take its own writes for the phone's.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TypeVar

from followup_desktop.domain.worktime import date_of
from followup_desktop.i18n import ngettext
from followup_desktop.services.ports import WebReply, WebRequest
from followup_desktop.services.sync import dav, entry_state
from followup_desktop.services.sync.failures import CalendarGone, DavFailed, Steps
from followup_desktop.services.sync.objects import CalendarObject, is_too_large, read_object
from followup_desktop.services.sync.wanted_calendar import WantedEntry, own_uid
from followup_desktop.storage.published import (
    EMPTIED_UID,
    SHARED_UID,
    ItemKind,
    PhoneQuestion,
    PublishedEntry,
    PublishedRecords,
    QuestionKind,
)
from followup_desktop.storage.tables import HIDING, NAMED, NO_SYNC, RESTORED, SHARED, TOKEN, URL

T = TypeVar("T")

AT_ONCE = 16
"""Entries written or asked for together; what is known of them is stored in between."""
OBJECTS_AT_ONCE = 64
"""Entries asked for in one request."""
ROWS_AT_ONCE = 256
"""Rows read or stored in one turn of the window's loop."""
PASSES = 3
"""So often at most an entry is written in one round; the phone may change it meanwhile."""
MOST_PAGES = 1000
EMPTIED = 3
"""From so many entries on, a calendar that lost all of them was emptied: nobody deletes each on a phone.

It is filled again, and that is told once, in place of a question about each interview.
"""
EMPTYING = timedelta(hours=1)
"""So long, emptying a calendar may take: several looks come in between."""
KEPT_FOR = timedelta(days=30)
"""So long a question is kept whose entry isn't wanted: an undo may bring that back.

And so long after its time an entry that is gone is known.
"""
_GETETAG = dav.dav("getetag")
_DATA = dav.caldav("calendar-data")
_CHANGED = 412
_CONFLICTS = frozenset({404, 409, 410, _CHANGED})
_GONE = frozenset({404, 410})
_UNTOLD = "?"
"""Stands for the tag of an entry of which the server doesn't say how it is: no tag is written so."""
_LOCKED = 423
"""Another request is being written: Xandikos answers so where several come together."""
_OF_THE_SERVER = frozenset({0, 401, 408, 429}) | dav.MOVED
"""What is said to any request alike; all else may be about one entry, while others are taken."""
_ENDING = _OF_THE_SERVER | {507}
DOWN = 8
"""After so many entries in a row with which the server has a problem, it has one with all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierRounds:
    """What earlier rounds left.

    ``waiting`` are the entries that the last one passed over, as its ``left`` told: they are not written as
    long as they would say the same. ``refusals`` is how often the server did not take an entry.
    """

    waiting: Mapping[str, str] = field(default_factory=dict)
    refusals: Mapping[str, int] = field(default_factory=dict)


class Round:
    """One round, by the records as they are; ``finish`` is given the key of a follow-up done on the phone.

    It says whether it could be recorded as done at once. ``before`` is what came of earlier rounds.
    """

    def __init__(
        self,
        records: PublishedRecords,
        wanted: Mapping[str, WantedEntry],
        now: datetime,
        finish: Callable[[str], bool] = lambda _key: False,
        before: EarlierRounds | None = None,
    ) -> None:
        self._records = records
        self._wanted = wanted
        self._now = now
        self._finish = finish
        self._before = before or EarlierRounds()
        self._waiting = self._before.waiting
        self._rows: dict[str, PublishedEntry] = {}
        self._questions = {
            uid: question for uid, question in records.questions().items() if not question.kind.is_notice
        }
        self._state = records.state()
        self._url = self._state.get(URL, "")
        self._named = self._state.get(NAMED, self._url)
        self._finished: set[str] = set()
        self._hidden: set[str] = set()
        """What is asked about and was written without names in this round, as the phone has left it."""
        self._emptied: dict[str, bool | None] = {}
        """The entries of a calendar that was emptied, and whether each is there all the same, where known."""
        self._untold: list[PhoneQuestion] = []
        """What isn't asked any more as the calendar was emptied."""
        self.passed_over: dict[str, DavFailed] = {}
        """Why single entries could not be read or written, by UID; the others were."""
        self.refused: set[str] = set()
        """The UIDs of entries that the server was asked for, and did not take or give."""
        self._trouble: list[DavFailed] = []
        """What the server had with the last entries in a row."""
        self._refused: dict[ItemKind, list[DavFailed]] = {kind: [] for kind in ItemKind}
        """Why it did not take the last entries of a kind in a row."""
        self._conflicts: dict[str, int] = {}
        """With which status the server last said that an entry is another than is known."""
        self.progress: tuple[int, int] | None = None
        """How many entries have been written of how many, where they are more than are written together."""

    def run(self, *, look: bool) -> Steps[None]:
        """The whole round; with ``look`` what changed on the server is read first. Raises ``DavFailed``."""
        yield from self._read_rows()
        if look:
            yield from self._look()
        for _pass in range(PASSES):
            self._settle()
            is_changed = yield from self._write()
            self._take_back_emptying()
            if not is_changed:
                if HIDING in self._state and not self.left():
                    self._records.save(state={HIDING: None})
                return
        changing = [wanted.uid for wanted in self._differing()]
        changing += [row.uid for row in self._rows.values() if self._is_left_over(row)]
        if changing:
            text = ngettext(
                "{n} entry keeps changing on the server.",
                "{n} entries keep changing on the server.",
                len(changing),
            )
            self.passed_over |= dict.fromkeys(changing, DavFailed(text.format(n=len(changing))))
            self.passed_over |= {
                uid: dav.in_trouble(self._conflicts[uid])
                for uid in changing
                if self._conflicts.get(uid, _CHANGED) != _CHANGED
            }

    def left(self) -> dict[str, str]:
        """What has been passed over in this round or an earlier one, and what it was to say, by UID."""
        waiting = {uid: said for uid, said in self._waiting.items() if self._hash(uid) == said}
        return waiting | {uid: self._hash(uid) for uid in self.passed_over}

    def _read_rows(self) -> Steps[None]:
        after = ""
        while some := self._records.some(ROWS_AT_ONCE, after):
            self._rows |= some
            after = next(reversed(some))
            yield ()

    # What came back

    def _look(self) -> Steps[None]:
        is_full = not self._state.get(TOKEN)
        listed: dict[str, str] = {}
        token = ""
        if not self._state.get(NO_SYNC):
            found = yield from self._changes(self._state.get(TOKEN, ""))
            if found is None and not is_full:  # the token is dead
                is_full = True
                found = yield from self._changes("")
            if found is not None:
                listed, token = found
        if not token or (is_full and not listed and self._rows):
            # A list names the calendar, too: an answer that says nothing at all is not of an empty one.
            is_full = True
            listed = yield from self._listing()
        yield ()
        by_href = {row.href: row for row in self._rows.values()}
        removed = [by_href[href] for href, etag in listed.items() if not etag and href in by_href]
        new = [row for row in self._rows.values() if entry_state.is_new(row)]
        removed += [row for row in new if row.href not in listed]
        if is_full:
            removed = [
                row
                for row in self._rows.values()
                if not listed.get(row.href) and not entry_state.is_gone(row)
            ]
        changed = [
            row for href, etag in listed.items() if etag and (row := by_href.get(href)) and row.etag != etag
        ]
        yield ()
        over = [row for row in self._rows.values() if self._is_long_over(row) and not listed.get(row.href)]
        yield ()
        strange = list(self._unknown(listed)) if RESTORED in self._state else []
        changed += [row for row in strange if row.uid in self._wanted]
        asked = self._take_removed([row for row in removed if row.etag])
        for some in _batches(changed, OBJECTS_AT_ONCE):
            asked += yield from self._take_all(some, (yield from self._objects(some)))
        yield from self._save_many([*removed, *changed, *strange, *over], asked)
        yield ()
        if self.passed_over:  # the next look has to tell of them once more
            return
        # With the token, and not before: until then a look has to list what is new.
        self._records.save(
            state={TOKEN: token or None, NO_SYNC: None if token else "1", RESTORED: None},
            is_looked_through=True,
        )
        for some in _batches(list(self._rows.values()), ROWS_AT_ONCE):
            yield ()
            self._rows |= {row.uid: entry_state.looked_through(row) for row in some if row.intent}

    def _unknown(self, listed: Mapping[str, str]) -> Iterator[PublishedEntry]:
        """The program's own entries of which its database knows nothing, as it was put back from a backup.

        What is still wanted is looked at as if it had just changed, and the others are left over.
        """
        known = {row.href for row in self._rows.values()}
        for href, etag in listed.items():
            uid = own_uid(self._named, href)
            if not etag or href in known or uid is None:
                continue
            wanted = self._wanted.get(uid)
            row = PublishedEntry(
                uid=uid,
                kind=wanted.kind if wanted is not None else ItemKind.FOLLOW_UP,
                subject=wanted.subject if wanted is not None else "",
                href=href,
                etag=etag,
            )
            self._rows[row.uid] = row
            yield row

    def _changes(self, token: str) -> Steps[tuple[dict[str, str], str] | None]:
        """The tags by address since the token, empty for what is gone; ``None`` where it isn't told so."""
        found: dict[str, str] = {}
        for _page in range(MOST_PAGES):
            (reply,) = yield (dav.sync_collection(self._url, token),)
            if reply.status in _GONE:
                raise CalendarGone
            if reply.status != 207:
                # Some servers trip over an old token.
                is_down = reply.status >= 500 and reply.status != 501 and not token
                if reply.status in _ENDING or is_down:
                    raise dav.failed(reply)
                return None
            answer = yield from dav.multistatus(reply, self._url)
            own = [each for each in answer.responses if self._is_itself(each.href)]
            found |= yield from self._etags_in(answer)
            is_cut = any(each.status == 507 for each in own)
            if not answer.token or (is_cut and answer.token == token):
                return None
            token = answer.token
            if not is_cut:
                return found, token
        return None

    def _listing(self) -> Steps[dict[str, str]]:
        """The tags of everything in the calendar, by address."""
        (reply,) = yield (dav.propfind(self._url, (_GETETAG,), depth=1),)
        if reply.status in _GONE:
            raise CalendarGone
        answer = yield from dav.multistatus(dav.check(reply, 207), self._url)
        if any(each.status in _GONE for each in answer.responses if self._is_itself(each.href)):
            raise CalendarGone  # as Xandikos says it
        found = yield from self._etags_in(answer)
        is_missing = any(row.etag and row.href not in found for row in self._rows.values())
        if is_missing and not any(self._is_itself(each.href) for each in answer.responses):
            raise dav.unreadable()
        return found

    def _etags_in(self, answer: dav.Multistatus) -> Steps[dict[str, str]]:
        """The tags that it tells by address; raises ``DavFailed`` where all are of some other place.

        Else each entry would be taken for deleted as soon as a server calls its calendar otherwise.
        """
        found: dict[str, str] = {}
        is_elsewhere = False
        for some in _batches(answer.responses, ROWS_AT_ONCE):
            yield ()
            for each in some:
                if each.href.startswith(self._url) and not self._is_itself(each.href):
                    found[each.href] = _etag_of(each)
                else:
                    is_elsewhere |= not self._is_itself(each.href)
        if is_elsewhere and not found:
            raise dav.unreadable()
        return found

    def _is_itself(self, href: str) -> bool:
        return href.rstrip("/") == self._url.rstrip("/")

    def _objects(self, rows: Sequence[PublishedEntry]) -> Steps[dict[str, tuple[str, bytes]]]:
        """These entries by address, each with its tag: all but those that are gone or are passed over."""
        (reply,) = yield (dav.multiget(self._url, [row.href for row in rows]),)
        if reply.status != 207:
            if reply.status in _ENDING or reply.status >= 500:
                raise dav.failed(reply)
            return (yield from self._got(rows))
        answer = yield from dav.multistatus(reply, self._url)
        found = {
            each.href: (tag, data.text.encode())
            for each in answer.responses
            if each.status == 200
            and (tag := _tag(each.prop))
            and (data := each.prop.find(_DATA)) is not None
            and data.text.strip()
        }
        # What is told of the others may be as passing as a timeout: it is not taken for their end.
        return found | (yield from self._got([row for row in rows if row.href not in found]))

    def _got(self, rows: Iterable[PublishedEntry]) -> Steps[dict[str, tuple[str, bytes]]]:
        """These entries by address, each with its tag, and each asked for by itself."""
        found, failure = {}, None
        for some in _batches(list(rows), AT_ONCE):
            replies = yield [dav.get(row.href) for row in some]
            for row, reply in zip(some, replies, strict=True):
                tag = _strong(reply.headers.get("etag", ""))
                if reply.status == 200 and not dav.is_page(reply) and self._is_told(row, tag, reply.body):
                    found[row.href] = tag, reply.body
                    self._trouble.clear()
                elif reply.status not in _GONE:
                    failure = failure or self._pass_over(row.uid, reply)
            self._stop_for(failure)
        return found

    def _is_told(self, row: PublishedEntry, tag: str, data: bytes) -> bool:
        """Whether that says how the entry is: without its tag, what is to go can't be deleted."""
        return bool(tag) or (row.uid in self._wanted and read_object(data) is not None)

    def _take_all(
        self, rows: Sequence[PublishedEntry], objects: Mapping[str, tuple[str, bytes]]
    ) -> Steps[list[PhoneQuestion]]:
        """Note what the server has in these places, or that it has nothing; what is to be asked about it."""
        missing = [row for row in rows if row.href not in objects and row.uid not in self.passed_over]
        # A single answer may be as passing as a timeout: what a list has all the same isn't gone.
        listed = (yield from self._listing()) if missing else {}
        self.passed_over |= {row.uid: dav.in_trouble(404) for row in missing if listed.get(row.href)}
        asked = self._take_removed([row for row in missing if row.etag and not listed.get(row.href)])
        for row in rows:
            if row.uid in self._wanted and is_too_large(objects.get(row.href, ("", b""))[1]):
                self.passed_over[row.uid] = dav.too_large()
                self.refused.add(row.uid)
            elif row.href in objects:
                if self._emptied.get(row.uid, False) is None:
                    self._emptied[row.uid] = True
                asked += self._take(row, *objects[row.href])
                yield ()
        return asked

    def _take(self, row: PublishedEntry, etag: str, data: bytes) -> list[PhoneQuestion]:
        """Note what the server has in the place of an entry; what is to be asked about it."""
        there, wanted = read_object(data), self._wanted.get(row.uid)
        sequence = max(row.sequence, there.sequence if there is not None else 0)
        before, row = row, replace(row, etag=etag, sequence=sequence)
        if wanted is None and there is not None and entry_state.is_gone(before) and _is_later(before, there):
            self._rows[row.uid] = entry_state.found_anothers(row)
            return []
        if wanted is None or there is None:
            is_kept = there is not None and entry_state.is_the_phones(row)
            self._rows[row.uid] = (
                row if is_kept else entry_state.found_own(row, is_as_written=there is not None)
            )
            return self._done_before(row, there) if there is not None else []
        known = self._known(before, row, there, wanted)
        if known is not None:
            self._rows[row.uid] = known
            return []
        row = self._rows[row.uid] = entry_state.found_the_phones(row)
        about = self._about_interview if row.kind is ItemKind.INTERVIEW else self._about_follow_up
        found = about(row, wanted, there)
        if found is None or (not before.hash and self._has_answer(found) and not _is_of(before, there)):
            return []
        return [found]

    def _known(
        self, before: PublishedEntry, row: PublishedEntry, there: CalendarObject, wanted: WantedEntry
    ) -> PublishedEntry | None:
        """How it stands from now on, where what is there is nothing new of the phone's."""
        if there.is_cancelled or there.is_completed:
            return None
        question, start = self._questions.get(row.uid), _start(there, wanted)
        if question is not None and question.kind.is_move and question.starts_at == start:
            return entry_state.found_the_phones(row)  # as it was asked about
        if _is_at(there, {*entry_state.own_times(row), wanted.starts_at}, wanted):
            if entry_state.is_the_phones(row):
                self._settled_by_phone(row.uid)
            # What else was changed there, as an alarm, stays until the entry says something new.
            is_as_written = (
                start == wanted.starts_at and not there.is_all_day and not _is_older(before, there)
            )
            return entry_state.found_own(row, is_as_written=is_as_written)
        if there.is_ours and RESTORED in self._state:  # written after the backup was made
            return entry_state.found_own(row, is_as_written=False)
        if there.is_ours and there.mark is not None and there.mark[1] >= before.sequence:
            # Another copy of the program wrote it, and two would go on writing over each other. An older
            # revision is the program's own: a server was restored, or a phone saved its copy.
            self._ask_about_copy()
            return entry_state.found_own(row, is_as_written=True)
        return None

    def _ask_about_copy(self) -> None:
        """Another copy of the program writes here, too: that is told once for each calendar."""
        if SHARED in self._state:
            return
        self._state[SHARED] = "1"
        told = PhoneQuestion(
            uid=SHARED_UID, kind=QuestionKind.SHARED, subject="", starts_at=None, asked_at=self._now
        )
        self._records.save(asked=(told,), state={SHARED: "1"})

    def _has_answer(self, question: PhoneQuestion) -> bool:
        """Whether it was asked and answered, and only the answer has not been written yet."""
        is_asked = self._state.get(_asked(question.uid)) == _kind_and_start(question)
        return is_asked and question.uid not in self._records.questions()

    def _about_follow_up(
        self, row: PublishedEntry, wanted: WantedEntry, there: CalendarObject
    ) -> PhoneQuestion | None:
        if not there.is_completed or row.uid in self._finished:
            return None
        if wanted.ends_at_once and self._finish(row.subject):
            self._finished.add(row.uid)
            return None
        return self._asking(row, QuestionKind.DONE)

    def _done_before(self, row: PublishedEntry, there: CalendarObject) -> list[PhoneQuestion]:
        """What is asked about a task that was ticked off just before it was to go on as an appointment."""
        goes_on = next((each for each in self._wanted.values() if each.subject == row.subject), None)
        found = self._about_follow_up(row, goes_on, there) if goes_on is not None else None
        return [found] if found is not None and not self._has_answer(found) else []

    def _about_interview(
        self, row: PublishedEntry, wanted: WantedEntry, there: CalendarObject
    ) -> PhoneQuestion | None:
        if there.is_cancelled and self._is_over(row.uid):
            self._rows[row.uid] = entry_state.written(row, row.etag, wanted.hash, wanted.starts_at)
            return None
        if there.is_cancelled:
            return self._asking(row, QuestionKind.DELETED)
        start = _start(there, wanted)
        if start is None:
            return None
        return self._asking(row, QuestionKind.MOVED_TO_DAY if there.is_all_day else QuestionKind.MOVED, start)

    def _asking(
        self, row: PublishedEntry, kind: QuestionKind, start: datetime | None = None
    ) -> PhoneQuestion:
        return PhoneQuestion(uid=row.uid, kind=kind, subject=row.subject, starts_at=start, asked_at=self._now)

    def _take_removed(self, removed: Sequence[PublishedEntry]) -> list[PhoneQuestion]:
        """Note that these are gone from the server; what is to be asked about them."""
        by_others = [
            row for row in removed if row.uid in self._wanted and not entry_state.is_being_removed(row)
        ]
        is_all = len(removed) == sum(bool(row.etag) for row in self._rows.values())
        is_emptied = is_all and len(by_others) >= EMPTIED
        if is_emptied:
            told = PhoneQuestion(
                uid=EMPTIED_UID, kind=QuestionKind.EMPTIED, subject="", starts_at=None, asked_at=self._now
            )
            self._emptied = {row.uid: None for row in removed}
            self._untold = [each for each in self._questions.values() if self._is_of_emptying(each)]
            part = [question.uid for question in self._untold]
            for uid in part:
                del self._questions[uid]
            self._records.save(asked=(told,), settled=part)
        asked = []
        for row in removed:
            self._rows[row.uid] = entry_state.found_nothing(row)
            if row.uid not in self._wanted:
                continue
            if row.kind is not ItemKind.INTERVIEW or entry_state.is_being_removed(row) or is_emptied:
                continue
            if self._is_over(row.uid):
                self._rows[row.uid] = entry_state.tidied(row)
            else:
                self._rows[row.uid] = entry_state.found_the_phones(self._rows[row.uid])
                asked.append(self._asking(row, QuestionKind.DELETED))
        return asked

    def _is_of_emptying(self, question: PhoneQuestion) -> bool:
        """Whether that was asked because a look came in the midst of emptying the calendar."""
        since = self._now - question.asked_at
        return question.kind is QuestionKind.DELETED and timedelta(0) <= since <= EMPTYING

    def _take_back_emptying(self) -> None:
        """Where all that is put back was there, the server had only said that the calendar was empty."""
        known = {is_there for is_there in self._emptied.values() if is_there is not None}
        if known == {True}:
            self._records.save(settled=(EMPTIED_UID,), asked=self._untold)
            self._questions |= {question.uid: question for question in self._untold}
            self._emptied = {}

    def _settled_by_phone(self, uid: str) -> None:
        """The phone put back what it had changed."""
        if uid in self._questions:
            del self._questions[uid]
            self._records.save(settled=(uid,), state={_asked(uid): None})
            self._state.pop(_asked(uid), None)

    def _settle(self) -> None:
        """Ask no more about what has not been the matter for long."""
        settled = [uid for uid, each in self._questions.items() if self._is_settled(each)]
        for uid in settled:
            del self._questions[uid]
        if settled:
            self._records.save(settled=settled)

    def _is_settled(self, question: PhoneQuestion) -> bool:
        """Whether it isn't shown, and wasn't asked of late: until then an undo may make it matter again.

        What is decided by editing ends in the step that decides it. A task may go on as an appointment, whose
        ``UID`` is another.
        """
        wanted = self._wanted.get(question.uid)
        if wanted is None:
            is_shown = any(each.subject == question.subject for each in self._wanted.values())
        else:
            is_shown = not _is_as_wanted(question, wanted)
        return not is_shown and self._now - question.asked_at >= KEPT_FOR

    def _save_many(self, rows: Sequence[PublishedEntry], asked: Sequence[PhoneQuestion]) -> Steps[None]:
        """Store how these rows are now and what is asked about them, in several turns."""
        questions = {question.uid: question for question in asked}
        for some in _batches(rows, ROWS_AT_ONCE):
            self._save(some, [questions[row.uid] for row in some if row.uid in questions])
            yield ()

    def _save(self, rows: Iterable[PublishedEntry], asked: Sequence[PhoneQuestion] = ()) -> None:
        """Store how these rows are now; those that are on no side any more are gone."""
        self._questions |= {question.uid: question for question in asked}
        uids = list(dict.fromkeys(row.uid for row in rows))
        gone = {uid for uid in uids if self._is_on_no_side(self._rows[uid])}
        self._rows |= {uid: entry_state.gone(self._rows[uid]) for uid in gone}
        forgotten = [uid for uid in gone if self._is_long_over(self._rows[uid])]
        kept = [self._rows[uid] for uid in uids if uid not in forgotten]
        # What was asked is known until something is written over it: it may be saved once more till then.
        told: dict[str, str | None] = {
            _asked(uid): None
            for uid in uids
            if _asked(uid) in self._state and (uid in gone or self._rows[uid].hash)
        }
        told |= {_asked(question.uid): _kind_and_start(question) for question in asked}
        self._records.save(kept, gone=forgotten, asked=asked, state=told)
        for name, said in told.items():
            if said is None:
                del self._state[name]
            else:
                self._state[name] = said
        for uid in forgotten:
            del self._rows[uid]

    def _is_long_over(self, row: PublishedEntry) -> bool:
        """Whether it's gone, and a server's backup that brings it back would remind of nothing."""
        return entry_state.is_gone(row) and (row.starts_at is None or self._now - row.starts_at >= KEPT_FOR)

    def _is_on_no_side(self, row: PublishedEntry) -> bool:
        """Whether there's no such entry on the server, for all that is known, and there is to be none.

        Of a write without a word a look has to tell.
        """
        is_there = row.etag or row.uid in self.passed_over
        return not is_there and not entry_state.is_being_written(row) and row.uid not in self._wanted

    # What is written

    def _write(self) -> Steps[bool]:
        """Write whatever differs; whether something has to be looked at again."""
        again, done = False, 0
        # Else in the order in which they lie in the database: each would be in another of its pages.
        differing = sorted(
            self._differing(),
            key=lambda wanted: (self._refusals(wanted.uid), wanted.kind is ItemKind.FOLLOW_UP, wanted.uid),
        )
        left_over = [row for row in self._rows.values() if self._is_left_over(row)]
        left_over.sort(key=lambda row: self._refusals(row.uid))
        total = len(differing) + len(left_over)
        is_long = total > AT_ONCE
        # First what is to go: no full server refuses that, and it would go on ringing.
        for rows in _batches(left_over, AT_ONCE):
            self.progress = (done, total) if is_long else None
            again |= yield from self._remove_some(rows)
            done += len(rows)
            trouble = max(self._trouble, *self._refused.values(), key=len)
            if len(trouble) >= DOWN:  # with deleting; that keeps no edit waiting
                self.passed_over |= dict.fromkeys((row.uid for row in left_over[done:]), trouble[0])
                break
        self._trouble.clear()
        self._refused = {kind: [] for kind in ItemKind}
        for batch in _batches(differing, AT_ONCE):
            self.progress = (done, total) if is_long else None
            done += len(batch)
            some = []
            for wanted in batch:
                refused = self._refused[wanted.kind]  # some servers take appointments, but no tasks
                if len(refused) >= DOWN:
                    self.passed_over[wanted.uid] = refused[0]
                else:
                    some.append(wanted)
            if some:
                again |= yield from self._write_some(some)
        return again

    def _refusals(self, uid: str) -> int:
        """How often the server did not take this: it comes last, or it would hold all others back."""
        return self._before.refusals.get(uid, 0)

    def _differing(self) -> Iterator[WantedEntry]:
        for uid, wanted in self._wanted.items():
            row = self._rows.get(uid)
            held = uid in self._finished or self._is_waiting(uid) or self._is_asked_about(wanted, row)
            held |= row is not None and entry_state.is_tidied(row) and self._is_over(uid)
            if not held and (row is None or row.hash != wanted.hash or not row.etag):
                yield wanted

    def _is_asked_about(self, wanted: WantedEntry, row: PublishedEntry | None) -> bool:
        """Whether what the phone made of an entry stays as it is until the user has decided.

        A calendar that was made anew doesn't have what was moved: until then it rings as it did. Names that
        are to be hidden from now on don't wait: then it's written as the phone has left it, but for them.
        """
        question = self._questions.get(wanted.uid)
        if question is None or _is_as_wanted(question, wanted):
            return False
        if row is not None and row.etag:
            return entry_state.is_the_phones(row) and (HIDING not in self._state or row.uid in self._hidden)
        return not question.kind.is_move

    def _is_left_over(self, row: PublishedEntry) -> bool:
        is_there = not (entry_state.is_gone(row) or self._is_waiting(row.uid))
        return is_there and row.uid not in self._wanted

    def _is_over(self, uid: str) -> bool:
        """Whether it is an interview that has ended: who deletes that tidies up, and says nothing by it."""
        wanted = self._wanted.get(uid)
        return wanted is not None and wanted.ends_at is not None and wanted.ends_at <= self._now

    def _hash(self, uid: str) -> str:
        """Of what this entry is to say, empty where there is to be none."""
        wanted = self._wanted.get(uid)
        return wanted.hash if wanted is not None else ""

    def _is_waiting(self, uid: str) -> bool:
        return uid in self.passed_over or self._waiting.get(uid) == self._hash(uid)

    def _pass_over(self, uid: str, reply: WebReply) -> DavFailed | None:
        """Go on without this entry; why not, where the server speaks of itself."""
        why = dav.failed(reply)
        if reply.status in _OF_THE_SERVER or why.wait is not None or dav.is_page(reply):
            return why
        self.passed_over[uid] = why
        self.refused.add(uid)
        (self._trouble if reply.status >= 500 else self._refused[self._rows[uid].kind]).append(why)
        return None

    def _stop_for(self, failure: DavFailed | None) -> None:
        """Raise this, or what the server has with all that it was asked for of late."""
        if failure is None and len(self._trouble) >= DOWN:
            failure = self._trouble[0]
        if failure is not None:
            raise failure

    def _write_some(self, some: Sequence[WantedEntry]) -> Steps[bool]:
        before = []
        some = [self._as_now(wanted) for wanted in some]
        for wanted in some:
            row = self._rows.get(wanted.uid)
            if row is None:
                href = dav.absolute(self._url, f"{wanted.uid_in(self._named)}.ics")
                row = PublishedEntry(
                    uid=wanted.uid, kind=wanted.kind, subject=wanted.subject, href=href, sequence=-1
                )
            row = entry_state.being_written(row, self._begins(wanted))
            self._rows[wanted.uid] = row
            before.append(row)
        # What is written over an interview's time must not be taken for the phone's, whatever happens.
        is_over = any(row.etag and row.kind is ItemKind.INTERVIEW for row in before)
        self._records.save(before, outlives_power=is_over)
        requests = [
            dav.put(row.href, wanted.resource(self._named, row.sequence, self._now), row.etag)
            for row, wanted in zip(before, some, strict=True)
        ]
        replies = yield from _sent(requests)
        conflicts, untagged, failure = [], [], None
        for row, wanted, reply in zip(before, some, replies, strict=True):
            if dav.is_written(reply):
                self._trouble.clear()
                self._refused[row.kind].clear()
                etag = _strong(reply.headers.get("etag", ""))
                done = entry_state.written(row, etag, wanted.hash, wanted.starts_at)
                if row.uid in self._hidden:
                    done = entry_state.found_the_phones(replace(row, etag=etag))
                self._rows[row.uid] = done
                if row.uid in self._emptied:
                    self._emptied[row.uid] = False
                if not etag:
                    untagged.append(row)
                continue
            self._hidden.discard(row.uid)
            if reply.status in _CONFLICTS:
                conflicts.append(row)
                self._conflicts[row.uid] = reply.status
            else:
                failure = failure or self._pass_over(row.uid, reply)
        if not untagged:
            self._save(before)
        else:
            # The tags are stored with the rest, or a crash in between would leave entries without one.
            self._save(before, (yield from self._ask_for_tags(untagged)))
        self._stop_for(failure)
        return (yield from self._look_at(conflicts)) or bool(untagged)

    def _as_now(self, wanted: WantedEntry) -> WantedEntry:
        """What is written of it: where only names are to be hidden, as the phone has left it otherwise."""
        question, row = self._questions.get(wanted.uid), self._rows.get(wanted.uid)
        is_open = question is not None and not _is_as_wanted(question, wanted)
        if (
            question is None
            or not is_open
            or row is None
            or not row.etag
            or not entry_state.is_the_phones(row)
        ):
            return wanted
        self._hidden.add(wanted.uid)
        return wanted.as_on_phone(question)

    def _begins(self, wanted: WantedEntry) -> datetime:
        """When it begins as it's written now."""
        question = self._questions.get(wanted.uid)
        if question is None or question.starts_at is None or wanted.uid not in self._hidden:
            return wanted.starts_at
        return question.starts_at

    def _ask_for_tags(self, rows: Sequence[PublishedEntry]) -> Steps[list[PhoneQuestion]]:
        """The tags of what was just written, where the server didn't tell; the rows are as before that.

        Where something else stands there, the phone came between: that is asked about.
        """
        objects = yield from self._got(rows)
        changed = []
        for row in rows:
            etag, data = objects.get(row.href, ("", b""))
            written, there = self._rows[row.uid], read_object(data)
            if there is not None and _has_the_written(there, written):
                self._rows[row.uid] = replace(written, etag=etag)
            else:
                self._rows[row.uid] = replace(row, etag="")
                changed.append(row)
        return (yield from self._take_all(changed, objects))

    def _look_at(self, rows: Sequence[PublishedEntry]) -> Steps[bool]:
        """See what the server has in these places, and ask about it; whether to write once more."""
        if not rows:
            return False
        asked = yield from self._take_all(rows, (yield from self._got(rows)))
        self._save(rows, asked)
        return True

    def _remove_some(self, rows: Sequence[PublishedEntry]) -> Steps[bool]:
        there = [row for row in rows if row.etag]
        for row in there:
            self._rows[row.uid] = entry_state.being_removed(row)
        self._save(rows)
        if not there:
            return False
        replies = yield from _sent([dav.delete_entry(row.href, row.etag) for row in there])
        conflicts, failure = [], None
        for row, reply in zip(there, replies, strict=True):
            if dav.is_deleted(reply):
                self._trouble.clear()
                self._refused[row.kind].clear()
                self._rows[row.uid] = entry_state.found_nothing(row)
            elif reply.status in _CONFLICTS:  # what is gone may be back a moment later, if the server says so
                conflicts.append(row)
                self._conflicts[row.uid] = reply.status
            else:
                failure = failure or self._pass_over(row.uid, reply)
        self._save([row for row in there if row not in conflicts])
        if failure is not None:
            raise failure
        return (yield from self._look_at(conflicts))


def _sent(requests: Sequence[WebRequest]) -> Steps[list[WebReply]]:
    """The replies to writes; one that found the calendar locked by another beside it is sent again alone."""
    replies = list((yield requests))
    for place, reply in enumerate(replies):
        if reply.status == _LOCKED:
            (replies[place],) = yield (requests[place],)
    return replies


def _batches(things: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    return (things[start : start + size] for start in range(0, len(things), size))


def _tag(prop: dav.Node) -> str:
    node = prop.find(_GETETAG)
    return _strong(node.text.strip()) if node is not None else ""


def _etag_of(response: dav.Response) -> str:
    """The tag of an entry, empty only where the server says that it's gone."""
    return "" if response.status in _GONE else _tag(response.prop) or _UNTOLD


def _strong(etag: str) -> str:
    """The tag as it is compared: some proxies call every tag weak, and no weak one ever matches."""
    return etag.strip().removeprefix("W/")


def _is_of(row: PublishedEntry, there: CalendarObject) -> bool:
    """Whether the phone made it of the last write, of which no word had come."""
    return entry_state.is_being_written(row) and there.mark is not None and there.mark[1] == row.sequence


def _is_older(row: PublishedEntry, there: CalendarObject) -> bool:
    """Whether it is what the program had written before, untouched since: that comes back from a backup."""
    return there.mark is not None and max(there.mark[1], there.sequence) < row.sequence


def _is_later(row: PublishedEntry, there: CalendarObject) -> bool:
    """Whether it's a revision that this database never wrote."""
    return (there.sequence if there.mark is None else there.mark[1]) > row.sequence


def _is_as_wanted(question: PhoneQuestion, wanted: WantedEntry) -> bool:
    """Whether it was moved to where it is to be now, as after a change of the time zone."""
    return question.kind.is_move and question.starts_at == wanted.starts_at


def _asked(uid: str) -> str:
    """Under which name it is remembered what was last asked about an entry."""
    return f"asked {uid}"


def _kind_and_start(question: PhoneQuestion) -> str:
    """One word for each move: one to a whole day has a time, too, once it's written without names."""
    kind, at = QuestionKind.MOVED if question.kind.is_move else question.kind, question.starts_at
    return f"{kind} {'' if at is None else int(at.timestamp())}"


def _has_the_written(there: CalendarObject, row: PublishedEntry) -> bool:
    """Whether the server has what was written, however it put it."""
    return there.starts_at == row.starts_at and not there.is_completed and not there.is_cancelled


def _start(there: CalendarObject, wanted: WantedEntry) -> datetime | None:
    """When what the phone left in the place of an entry begins."""
    if wanted.kind is ItemKind.INTERVIEW and there.start is not None:
        return wanted.meant(there.start)
    return there.starts_at


def _is_at(there: CalendarObject, times: Collection[datetime], wanted: WantedEntry) -> bool:
    """Whether it begins at one of these times; without a time of its own, on the day of one."""
    start = _start(there, wanted)
    if start is None or not there.is_all_day:
        return start is not None and start in times
    day = date_of(start, wanted.zone_name)
    return any(date_of(at, wanted.zone_name) == day for at in times)
