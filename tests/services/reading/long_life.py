"""A life of one store that stays open: every verb, in any order, while the clock goes on and back.

What that store shows is held against what a new one shows that has a copy of the file, what it has stored of
the plan against a plan made anew, and what the statements of Today find against the domain's own words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

from followup_desktop.domain.agenda import has_retired, is_gone, is_missed, state_at, waiting
from followup_desktop.domain.answers import Answer, AnswerDetails, EmployerReply
from followup_desktop.domain.casefile import find_acceptance, interview_span
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.filters import NextStep
from followup_desktop.domain.model import (
    Application,
    CallOutcome,
    Channel,
    Choice,
    Contact,
    EventKind,
    FollowUp,
    Interview,
    LastAnnouncement,
    Policy,
    Repeat,
    Stage,
    employer_key,
)
from followup_desktop.domain.rules.table import answers_of
from followup_desktop.domain.worktime import at, date_of
from followup_desktop.services.backups import Backups
from followup_desktop.services.reading.follow_up_rows import horizon, section_of
from followup_desktop.services.reading.overview import Overview
from followup_desktop.services.reading.people import PeopleQuery, PersonColumn
from followup_desktop.services.reading.readers import Readers
from followup_desktop.services.reading.subjects import Subjects
from followup_desktop.services.rows import (
    ApplicationQuery,
    FollowUpGroup,
    QuickFilters,
    StageFilter,
    TodayPage,
    TodaySection,
)
from followup_desktop.services.rows.columns import COLUMN_NAMES
from followup_desktop.services.rows.figures import InsightQuery
from followup_desktop.services.tracker import Tracker
from followup_desktop.services.tracker.debrief import DayDebrief, MetPerson
from followup_desktop.services.tracker.planner import Planner
from followup_desktop.services.tracker.timeline import EmployerNews
from followup_desktop.services.transfer.formats import read_document
from followup_desktop.services.transfer.interchange import write
from followup_desktop.services.wording import Wording
from followup_desktop.storage.backups import Why
from followup_desktop.storage.database import open_database
from followup_desktop.storage.store import Store
from followup_desktop.storage.tables import PLANNED, table_name
from tests.benchmarks.many import many

BEGIN = datetime(2026, 10, 14, 9, 0, tzinfo=UTC)
_KEPT_TABLES = (*map(table_name, PLANNED), "stage_count", "counted")
_SECOND = timedelta(seconds=1)
_ZONES = ("Europe/Madrid", "America/New_York", "Asia/Tokyo", "Pacific/Auckland", None)
_COUNTRIES = ("ES-MD", "US-NY", "DE-BE", None)
_EMPLOYERS = ("Acme", "Initech", "Globex", "acme ")
_ALL = 10_000
_AS_BEFORE = "ids as before"
_DONE_BESIDE = (
    *("accept", "answer", "add_interview", "bulk", "edit_application", "edit_contact", "edit_policy"),
    *("import_table", "log_event", "set_stage", "skip", "snooze", "trash", "undo"),
)
"""What others do with the same file."""

Look = Callable[[Overview, Readers, Store], Any]
"""A look at something, by whoever reads."""


class Life:
    """One store that stays open, with all that is done to it; ``step`` does one thing more."""

    def __init__(self, folder: Path, seed: int, size: int = 12) -> None:
        self.random = Random(seed)
        self.now = BEGIN
        self.file = folder / "data.db"
        self._number = 0
        self.store = Store(open_database(self.file))
        Planner(self.store)
        self.wording = Wording()
        self.tracker = self._tracker_of(self.store)
        self.overview, self.readers = self._readers_of(self.store)
        self.backups = Backups(self.store, self.store.backups_folder, self._clock, self.wording)
        self._exports: list[bytes] = []
        self._other_list = Random(seed)
        self._listed = ApplicationQuery()
        """What the table of applications shows for a while."""
        self.done: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        with self.store.transaction("Begin") as t:
            t.put_facts(many(size, BEGIN))
        self.deeds: list[Callable[[], object]] = [
            getattr(self, name)
            for name in sorted(dir(type(self)))
            if name.startswith(("do_", "often_"))
            for _ in range(4 if name.startswith("often_") else 1)
        ]

    def _clock(self) -> datetime:
        return self.now

    def _new_id(self) -> str:
        self._number += 1
        return f"n{self._number:05}"

    def _tracker_of(self, store: Store) -> Tracker:
        return Tracker(store, self._clock, self.wording, self._new_id)

    def _readers_of(self, store: Store) -> tuple[Overview, Readers]:
        overview = Overview(store, self.wording)
        return overview, Readers(store, overview, self.wording, self._clock)

    def close(self) -> None:
        self.store.close()

    def step(self) -> str:
        """Do one thing more; what it was."""
        deed = self.random.choice(self.deeds)
        name = deed.__name__
        try:
            deed()
        except Refused:
            self.refused[name] += 1
        else:
            self.done[name] += 1
        return name

    # What there is to be done something about.

    def one(self, things: Any) -> Any:
        some = list(things)
        if not some:
            raise Refused("There is none.")
        return self.random.choice(some)

    def application(self) -> Application:
        found: Application = self.one(self.tracker._store.applications())
        return found

    def interview(self) -> tuple[Application, Interview]:
        each = ((a, i) for a in self.tracker._store.applications() for i in a.interviews)
        found: tuple[Application, Interview] = self.one(each)
        return found

    def contact(self) -> Contact:
        found: Contact = self.one(self.tracker._store.all_contacts())
        return found

    def follow_up(self, *, is_open: bool = True) -> FollowUp:
        planned = self.tracker._store.follow_ups()
        if is_open:
            planned = [
                f
                for f in planned
                if f.opens_at <= self.now and (f.expires_at is None or f.expires_at > self.now)
            ] or planned
        found: FollowUp = self.one(planned)
        return found

    def day(self, first: int = -20, last: int = 20) -> date:
        return date_of(self.now, "UTC") + timedelta(days=self.random.randint(first, last))

    def wall(self, first: int = -5, last: int = 9) -> datetime:
        hour = self.random.choice((0, 1, 2, 3, 9, 10, 11, 14, 16, 23))
        return datetime.combine(self.day(first, last), time(hour, self.random.choice((0, 30))))

    def past(self) -> datetime:
        return self.now - timedelta(minutes=self.random.choice((0, 1, 60, 600, 3000, 20000, 60000)))

    # The clock.

    def often_wait(self) -> None:
        self.now += self.random.choice(
            (_SECOND, 30 * _SECOND, *(timedelta(minutes=m) for m in (1, 15, 60, 180, 600, 1440, 2880)))
        )

    def do_go_back(self) -> None:
        self.now -= self.random.choice((_SECOND, *(timedelta(minutes=m) for m in (1, 60, 600, 3000, 9000))))

    def often_come_to(self) -> None:
        """To an instant at which something changes, or a second before or after it."""
        policy = self.store.policy()
        moments: list[datetime] = []
        for each in self.store.follow_ups():
            moments += [each.opens_at, each.due_at, *each.remind_at]
            moments += [m for m in (each.deadline_at, each.expires_at) if m is not None]
        moments += [c.snoozed_until for c in self.store.choices().values() if c.snoozed_until is not None]
        for application in self.store.applications():
            for interview in application.interviews:
                moments += interview_span(interview, application, policy)
        today = date_of(self.now, policy.timezone)
        for n in range(-1, 4):
            zones = (policy.timezone, *filter(None, _ZONES))
            for begin, end in policy.call_windows:
                moments += [at(today + timedelta(days=n), each, z) for each in (begin, end) for z in zones]
            moments += [at(today + timedelta(days=n), time(), policy.timezone)] * 9
        moments += [datetime(2026, 10, 25, 1, tzinfo=UTC), datetime(2026, 11, 1, 6, tzinfo=UTC)] * 3
        near = timedelta(days=self.random.choice((1, 1, 3, 9)))
        back = timedelta(days=self.random.choice((0, 0, 0, 1)))
        self.now = self.one(m for m in moments if self.now - back <= m <= self.now + near)
        self.now += self.random.choice((-_SECOND, timedelta(), _SECOND))

    # Applications.

    def do_add_application(self) -> None:
        self.tracker.add_application(
            employer=self.random.choice((*_EMPLOYERS, "Hooli")),
            role=self.random.choice(("", "Cook", "Data Engineer")),
            stage=self.random.choice(list(Stage)),
            timezone=self.random.choice(_ZONES),
            country=self.random.choice(_COUNTRIES),
            closes_on=self.random.choice((None, self.day())),
            applied_on=self.random.choice((None, self.day(-30, 0))),
            tags=self.random.choice(((), ("remote",), ("Remote", "x"))),
        )

    def do_edit_application(self) -> None:
        fields: dict[str, Any] = {
            "employer": self.random.choice((*_EMPLOYERS, self.application().employer)),
            "timezone": self.random.choice(_ZONES),
            "country": self.random.choice(_COUNTRIES),
            "channel": self.random.choice((Channel.PHONE, Channel.EMAIL)),
            "do_not_contact": self.random.choice((False, False, True)),
            "applied_on": self.random.choice((None, self.day(-40, 0))),
            "closes_on": self.random.choice((None, self.day())),
            "offer_expires_on": self.random.choice((None, self.day(-2, 9))),
            "stage": self.random.choice(list(Stage)),
            "notes": self.random.choice(("", "x")),
            "fit": self.random.choice((None, 1, 5)),
            "tags": self.random.choice(((), ("remote",))),
            "source": self.random.choice(("", "LinkedIn", "linkedin")),
        }
        names = self.random.sample(sorted(fields), self.random.randint(1, 3))
        self.tracker.edit_application(self.application().id, **{name: fields[name] for name in names})

    def often_set_stage(self) -> None:
        at = self.random.choice((None, self.past()))
        self.tracker.set_stage(self.application().id, self.random.choice(list(Stage)), at)

    def do_accept(self) -> None:
        self.tracker.set_stage(self.application().id, Stage.ACCEPTED)

    def do_take_back_acceptance(self) -> None:
        taken = [a for a in self.tracker._store.applications() if a.stage is Stage.ACCEPTED]
        self.tracker.set_stage_many([a.id for a in taken], self.random.choice(list(Stage)))

    def do_date_stage(self) -> None:
        self.tracker.date_stage(self.application().id, self.day(-40, 0))

    def do_archive(self) -> None:
        one = self.application()
        self.tracker.archive_application(one.id, not one.archived)

    def do_bulk(self) -> None:
        applications = self.tracker._store.applications()
        ids = [a.id for a in self.random.sample(applications, min(len(applications), 4))]
        self.random.choice(
            (
                lambda: self.tracker.set_stage_many(ids, self.random.choice(list(Stage))),
                lambda: self.tracker.archive_many(ids, self.random.choice((True, False, False))),
                lambda: self.tracker.trash_many(ids[:2]),
                lambda: self.tracker.tag_many(ids, add=("b",), remove=("remote",)),
            )
        )()

    # Interviews and events.

    def often_add_interview(self) -> None:
        people = [c.id for c in self.tracker._store.all_contacts()]
        self.tracker.add_interview(
            self.application().id,
            starts_at=self.wall(),
            minutes=self.random.choice((30, 60, 300, 1440)),
            interviewers=tuple(self.random.sample(people, min(len(people), self.random.randint(0, 3)))),
            **self.random.choice(({}, {"timezone": None}, {"timezone": "Asia/Tokyo"})),
        )

    def do_edit_interview(self) -> None:
        _application, interview = self.interview()
        people = [c.id for c in self.tracker._store.all_contacts()]
        fields: dict[str, Any] = {
            "starts_at": self.wall(),
            "minutes": self.random.choice((30, 600)),
            "cancelled": self.random.choice((True, False)),
            "timezone": self.random.choice(_ZONES),
            "fold": self.random.choice((0, 1)),
            "reply_by": self.random.choice((None, self.day())),
            "interviewers": tuple(self.random.sample(people, min(len(people), self.random.randint(0, 3)))),
            "debriefed_at": self.random.choice((None, self.past())),
            "notes": self.random.choice(("", "y")),
        }
        names = self.random.sample(sorted(fields), self.random.randint(1, 2))
        self.tracker.edit_interview(interview.id, **{name: fields[name] for name in names})

    def do_move_interview(self) -> None:
        """To another application, with the entries that name it."""
        application, interview = self.interview()
        other = self.application()
        if other.id == application.id:
            return
        kept = tuple(i for i in application.interviews if i.id != interview.id)
        events = tuple(e for e in application.events if e.interview != interview.id)
        moved = tuple(e for e in application.events if e.interview == interview.id)
        with self.tracker._store.transaction("Move") as t:
            t.put_application(replace(application, interviews=kept, events=events))
            t.put_application(
                replace(
                    other,
                    interviews=tuple(sorted((*other.interviews, interview), key=lambda i: i.id)),
                    events=tuple(sorted((*other.events, *moved), key=lambda e: e.id)),
                )
            )

    def do_reschedule(self) -> None:
        self.tracker.reschedule_interview(
            self.interview()[1].id, self.now + timedelta(hours=self.random.randint(-50, 90))
        )

    def do_end_interview(self) -> None:
        name = self.interview()[1].id
        self.random.choice(
            (
                self.tracker.they_cancelled,
                self.tracker.did_not_take_place,
                self.tracker.delete_interview,
            )
        )(name)

    def do_move_to_zone(self) -> None:
        application, interview = self.interview()
        self.tracker.move_to_zone_of(
            application.id, [interview.id], keep_moment=self.random.choice((True, False))
        )

    def do_debrief(self) -> None:
        application, interview = self.interview()
        self.tracker.debrief(
            application.id,
            interview.id,
            DayDebrief(
                topics={interview.id: "x"},
                new_people=self.random.choice(((), (MetPerson(name="Zoe"),))),
                reply_by=self.random.choice((None, self.day(0, 20))),
                fit=self.random.choice((None, 3)),
            ),
        )

    def often_log_event(self) -> None:
        kind = self.random.choice([k for k in EventKind if k is not EventKind.STAGE])
        outcome = self.random.choice(list(CallOutcome)) if kind is EventKind.CALL else None
        dated = kind in (EventKind.REPLY, EventKind.WAIT) or outcome is CallOutcome.SPOKE
        application = self.application()
        self.tracker.log_event(
            application.id,
            kind,
            outcome=outcome,
            reply_by=self.day(0, 20) if dated else None,
            contact=self.random.choice((None, *application.contacts)),
            interview=self.random.choice((None, *(i.id for i in application.interviews))),
            at=self.past(),
        )

    def do_change_event(self) -> None:
        event = self.one(e for a in self.tracker._store.applications() for e in a.events)
        if self.random.random() < 0.5:
            self.tracker.delete_event(event.id)
        else:
            self.tracker.edit_event(event.id, at=self.past())

    def do_they_answered(self) -> None:
        said = self.random.choice(list(EmployerReply))
        self.tracker.they_answered(
            self.application().id,
            EmployerNews(said=said, reply_by=self.day(1, 9), starts_at=self.wall(1, 9)),
            outcome=self.random.choice((None, CallOutcome.SPOKE)),
        )

    # People.

    def do_add_contact(self) -> None:
        self.tracker.add_contact(
            name="Ana Ruiz", application_id=self.random.choice((None, self.application().id))
        )

    def do_edit_contact(self) -> None:
        fields = self.random.choice(
            ({"name": f"Bo {self.random.randint(1, 9)}"}, {"no_thank_you": True}, {"no_thank_you": False})
        )
        self.tracker.edit_contact(self.contact().id, **fields)

    def do_link(self) -> None:
        application, contact = self.application(), self.contact()
        linked = contact.id in application.contacts
        (self.tracker.unlink_contact if linked else self.tracker.link_contact)(application.id, contact.id)

    def do_merge_contacts(self) -> None:
        self.tracker.merge_contacts(self.contact().id, self.contact().id)

    # Answers and choices.

    def often_answer(self) -> None:
        follow_up = self.follow_up()
        answer = self.one(answers_of(follow_up))
        self.tracker.answer(follow_up.key, answer, self.details())

    def details(self) -> AnswerDetails:
        return AnswerDetails(
            at=self.random.choice((None, self.past())),
            said=self.random.choice((None, *EmployerReply)),
            contact_name="Cy",
            kind=EventKind.EMAIL,
            reply_by=self.day(1, 20),
            on=self.day(-9, 0),
            starts_at=self.wall(0, 9),
        )

    def do_answer_all(self) -> None:
        one = self.follow_up()
        alike = [
            f for f in self.tracker._store.follow_ups() if (f.rule, f.channel) == (one.rule, one.channel)
        ]
        keys = [f.key for f in alike if f.opens_at <= self.now]
        given = {Answer.SENT, Answer.DONE, Answer.MOVE_ON, Answer.WITHDRAWN}
        self.tracker.answer_all(keys[:5], self.one(sorted(given.intersection(answers_of(one)))))

    def often_skip(self) -> None:
        self.tracker.skip(self.follow_up().key)

    def do_skip_all(self) -> None:
        self.tracker.skip_all([self.follow_up().key, self.follow_up().key])

    def often_snooze(self) -> None:
        key = self.follow_up().key
        if self.random.random() < 0.3:
            self.tracker.snooze_briefly(key)
        else:
            self.tracker.snooze(
                key, self.now + timedelta(minutes=self.random.choice((1, 60, 600, 3000, 9000)))
            )

    def do_send(self) -> None:
        self.tracker.sent(self.follow_up().key, body="Dear", to="a@example.org")

    # Reminders, and the search as a whole.

    def do_add_reminder(self) -> None:
        self.tracker.add_reminder(
            title="Call",
            at=self.wall(-1, 5),
            application=self.random.choice((None, self.application().id)),
            repeat=self.random.choice((None, *Repeat)),
        )

    def do_change_reminder(self) -> None:
        reminder = self.one(self.tracker._store.reminders())
        self.random.choice(
            (
                lambda: self.tracker.delete_reminder(reminder.id),
                lambda: self.tracker.edit_reminder(reminder.id, at=self.wall(-1, 5)),
                lambda: self.tracker.edit_reminder(
                    reminder.id, application=self.random.choice((None, self.application().id))
                ),
                lambda: self.tracker.edit_reminder(reminder.id, done_at=self.random.choice((None, self.now))),
            )
        )()

    def do_pause_search(self) -> None:
        self.tracker.set_search_paused(not self.tracker._store.search_state().paused)

    def do_edit_policy(self) -> None:
        first = self.day(-2, 5)
        fields: dict[str, Any] = {
            "timezone": self.random.choice([z for z in _ZONES if z]),
            "country": self.random.choice(_COUNTRIES),
            "contact_gap_working_days": self.random.choice((0, 0, 1, 3)),
            "max_attempts": self.random.choice((1, 2, 5)),
            "call_windows": self.random.choice((((time(9), time(12)),), Policy().call_windows)),
            "away": self.random.choice(((), ((first, first + timedelta(days=4)),))),
            "quiet_from": self.random.choice((time(21), time(23), time(20, 30))),
            "grace_working_days": self.random.choice((0, 2, 5)),
            "thank_you_hours": self.random.choice((24, 48)),
            "min_active_applications": self.random.choice((0, 3, 50)),
            "no_call_weekdays": self.random.choice(((0,), (), (1, 2))),
        }
        names = self.random.sample(sorted(fields), self.random.randint(1, 2))
        self.tracker.edit_policy(**{name: fields[name] for name in names})

    # The trash, undo and what is done by the program.

    def do_trash(self) -> None:
        if self.random.random() < 0.5:
            self.tracker.trash_application(self.application().id)
        else:
            self.tracker.trash_contact(self.contact().id)

    def often_restore(self) -> None:
        entry = self.one(self.tracker._store.trash())
        self.tracker.restore(entry.kind, entry.id)

    def do_delete_for_good(self) -> None:
        entry = self.one(self.tracker._store.trash())
        self.tracker.delete_for_good([(entry.kind, entry.id)])

    def do_purge(self) -> None:
        self.store.purge_trash(self.random.choice((1, 30)))

    def do_record_run(self) -> None:
        self.store.record_run(date_of(self.now, "UTC"), self.now)

    def often_undo(self) -> None:
        for _ in range(self.random.choice((1, 1, 2, 6))):
            if self.tracker.undo_label is not None:
                self.tracker.undo()

    def often_redo(self) -> None:
        for _ in range(self.random.choice((1, 1, 2, 6))):
            if self.tracker.redo_label is not None:
                self.tracker.redo()

    def often_announce(self) -> None:
        due = self.store.moments_due(self.now)
        told = [
            LastAnnouncement(
                key=f.key,
                announced_at=self.now,
                again_at=self.random.choice((None, self.now + timedelta(hours=self.random.randint(1, 30)))),
            )
            for f, _choice, _announced in due
            if self.random.random() < 0.7
        ]
        self.store.record_announced(told)
        if told and self.random.random() < 0.2:
            self.store.record_announced((), [(told[0], None)])

    def do_pull_back(self) -> None:
        self.store.pull_announced_back(self.now)

    def do_jot(self) -> None:
        self.store.drafts.put("forms", "new-application", {"notes": "z" * self.random.randrange(99)})

    def do_replan(self) -> None:
        self.store.replan()

    def do_break_off(self) -> None:
        """Something goes wrong within a step: before what is derived follows, or once it did."""
        application, plan = self.application(), self.store._plan
        assert plan is not None

        def failing(*args: Any) -> Any:
            plan(*args)
            raise Refused("The disk is full.")

        if late := self.random.random() < 0.5:
            self.store._plan = failing
        try:
            with suppress(Refused), self.store.transaction("Fail") as t:
                t.put_application(replace(application, employer="Elsewhere", stage=Stage.OFFER))
                if not late:
                    raise Refused("No.")
        finally:
            self.store._plan = plan

    # Files.

    def do_export(self) -> None:
        self._exports.append(write(self.store.facts()).encode())

    def do_import(self) -> None:
        data = self.one(self._exports)
        self.tracker.import_document(read_document(data), dry_run=self.random.random() < 0.2)

    def do_import_others(self) -> None:
        number = self.random.randint(1, 9)
        facts = many(number, self.now)
        text = write(facts)
        text = text.replace('"id": "a', f'"id": "a{number}x').replace('"id": "i', f'"id": "i{number}x')
        text = text.replace('"id": "e', f'"id": "e{number}x')
        self.tracker.import_document(read_document(text.encode()))

    def do_import_table(self) -> None:
        rows = [
            f"{self.random.choice(_EMPLOYERS)},Cook {self.random.randint(1, 5)},"
            f"{self.random.choice(('Applied', 'Interviewing', 'Saved'))},{self.day(-30, 0)}"
            for _ in range(self.random.randint(1, 8))
        ]
        data = "\n".join(("Company,Position,Status,Date applied", *rows)).encode()
        self.tracker.import_document(read_document(data, reading=self.tracker.reading("a.csv")))

    def do_back_up(self) -> None:
        self.backups.make(Why.ASKED)

    def do_put_back(self) -> None:
        self.backups.restore(self.one(self.backups.found()[0]).file)

    # Others who write.

    def often_do_elsewhere(self) -> None:
        """Another process does something, perhaps several things."""
        store = Store(open_database(self.file))
        try:
            Planner(store)
            with self._by(store):
                self._do_some()
        finally:
            store.close()
        if self.random.random() < 0.5:
            self.overview.today(self.now)
        self.store.poll_external_change()

    def do_beside_the_window(self) -> None:
        """What takes long is done over another connection of the program's."""
        other = self.store.second_connection(lambda: False)
        try:
            with self._by(other):
                self._do_some()
        finally:
            other.close()
        self.store.catch_up()

    @contextmanager
    def _by(self, store: Store) -> Iterator[None]:
        here = self.tracker
        self.tracker = self._tracker_of(store)
        try:
            yield
        finally:
            self.tracker = here

    def _do_some(self) -> None:
        for _ in range(self.random.choice((1, 1, 3))):
            name = self.random.choice(_DONE_BESIDE)
            deed = getattr(self, f"do_{name}", None) or getattr(self, f"often_{name}")
            with suppress(Refused):
                deed()

    # What is seen.

    def looks(self) -> dict[str, Look]:
        """What may be looked at now, by name: the same for whoever reads."""
        now, chance = self.now, self.random
        day = date_of(now, "UTC") + timedelta(days=chance.choice((0, 0, 7, -7, 30)))
        at_most, stage = chance.choice((0, 1, 4, None)), chance.choice(list(Stage))
        people = PeopleQuery(order_by=chance.choice(list(PersonColumn)), text=chance.choice(("", "bo")))
        keys = [f.key for f in self.store.follow_ups()]
        ahead = now + timedelta(days=9)
        return {
            **self._looks_at_today(),
            **self._looks_at_the_table(),
            "week": lambda _o, r, _s: r.calendar.week(day, 0, now, at_most),
            "month": lambda _o, r, _s: r.calendar.month(day, 6, now, at_most),
            "days": lambda _o, r, _s: r.calendar.days(day, day, now),
            "interviews ahead": lambda _o, r, _s: r.calendar.upcoming(now),
            "to be announced": lambda _o, _r, s: (s.moments_due(now), s.next_announcement(now)),
            "announced until": lambda _o, _r, s: s.announcement_spans(now, ahead, 50),
            "people": lambda _o, r, _s: (r.people.count(), r.people.rows(r.people.ids(people, now), now)),
            "board": lambda _o, r, _s: (r.board.counts(), r.board.ids(stage, now)),
            "insights": lambda _o, r, _s: r.insights.figures(InsightQuery(), now),
            "found": lambda _o, r, _s: (r.finder.people("bo"), r.finder.applications("acme")),
            "waiting": lambda _o, _r, s: (s.waiting(keys, now), s.retired(keys)),
            "due": lambda _o, _r, s: s.is_any_due(keys[:9], now),
            "facts": lambda _o, _r, s: s.facts(),
            "trash": lambda _o, r, _s: (r.trash(), r.trash_count()),
        }

    def _looks_at_today(self) -> dict[str, Look]:
        now, chance = self.now, self.random
        rules = {f.rule for f in self.store.follow_ups()}
        kinds = [(section, rule) for section in TodaySection for rule in sorted(rules)]
        opened = {kind: chance.randint(1, 9) for kind in kinds if chance.random() < 0.3}
        limit, at_most = chance.choice((0, 3, 20, _ALL)), chance.choice((None, None, 3, 12))
        paused = chance.choice((None, None, now + timedelta(hours=5)))
        return {
            "today": lambda o, _r, _s: o.today(
                now, later_limit=limit, paused_until=paused, opened=opened, at_most=at_most
            ),
            "today's counts": lambda o, _r, _s: o.today_counts(now, paused),
            "follow-ups": lambda o, _r, _s: o.all_follow_ups(now),
        }

    def _looks_at_the_table(self) -> dict[str, Look]:
        now, chance = self.now, self.random
        query = ApplicationQuery(
            stage_filter=chance.choice(list(StageFilter)),
            quick=QuickFilters(
                next_step=chance.choice((None, None, *NextStep)),
                quiet_days=chance.choice((None, None, 3)),
                tags=chance.choice(((), (), ("remote",))),
            ),
            text=chance.choice(("", "", "", "acme", "bo", "engineer")),
            order_by=chance.choice(("next", "next", *COLUMN_NAMES)),
            descending=chance.random() < 0.3,
        )
        next_ones = replace(query, quick=QuickFilters(), text="", order_by="next")
        if self._other_list.random() < 0.2:
            self._listed = query
        listed = self._listed
        return {
            _AS_BEFORE: lambda o, _r, _s: o.application_ids(listed, now),
            "ids": lambda o, _r, _s: o.application_ids(query, now),
            "ids by what comes next": lambda o, _r, _s: o.application_ids(next_ones, now),
            "rows": lambda o, _r, s: o.application_rows([a.id for a in s.applications()], now),
            "stages": lambda o, _r, _s: (o.stage_counts(now), o.stage_counts(now, query.quick)),
        }

    def check(self) -> list[str]:
        """What the store that stays open shows otherwise than a new one, and has stored otherwise."""
        looks = self.looks()
        names = [name for name in looks if self.random.random() < 0.8]
        self.random.shuffle(names)
        names.sort(key=_AS_BEFORE.__eq__)  # else another list is kept when it's looked at next
        kept = {name: looks[name](self.overview, self.readers, self.store) for name in names}
        fresh = self._copy()
        try:
            Planner(fresh)
            overview, readers = self._readers_of(fresh)
            anew = {name: looks[name](overview, readers, fresh) for name in names}
            wrong = [
                f"{name}: {difference(kept[name], anew[name])}" for name in names if kept[name] != anew[name]
            ]
            wrong += self._told_otherwise(fresh, overview)
            before = stored(fresh)
            fresh.replan()
            after = stored(fresh)
        finally:
            fresh.close()
        wrong += [
            f"{table}: {before[table] ^ after[table]}" for table in before if before[table] != after[table]
        ]
        return wrong

    def _copy(self) -> Store:
        """A new store over a copy of the file."""
        database = open_database(None)
        image = bytearray(self.store._database.connection.serialize("main"))
        image[18:20] = b"\1\1"  # without a log: there are none in memory
        database.connection.deserialize("main", bytes(image))
        return Store(database)

    def _told_otherwise(self, store: Store, overview: Overview) -> list[str]:
        """What statements find otherwise than the domain does."""
        now, policy, plan = self.now, store.policy(), store.follow_ups()
        # Of what is listed as Later nothing was chosen, but before the clock was set back.
        later = {f.key for f in plan if f.opens_at > now and f.due_at > horizon(policy, now)}
        choices = {key: each for key, each in store.choices().items() if key not in later}
        applications = {a.id: a for a in store.applications()}
        acceptance = find_acceptance(applications.values())
        of_jobs = [(f, applications[f.application]) for f in plan if f.application in applications]
        retired = {f.key for f, job in of_jobs if has_retired(f, job, acceptance, policy)}
        line = [(employer_key(job.employer), f, choices.get(f.key)) for f, job in of_jobs]
        places = {
            s.follow_up.key: section_of(s, choices.get(s.follow_up.key), now)[0]
            for s in Subjects(store).of(plan, policy, now)
            if s.follow_up.key not in retired and _is_listed(s.follow_up, choices.get(s.follow_up.key), now)
        }
        every_kind = {(section, f.rule): _ALL for section in TodaySection for f in plan}
        page = overview.today(now, later_limit=_ALL, opened=every_kind)
        count = sum(section in _OPEN for section in places.values())
        keys = [f.key for f in plan]
        by_next = store.application_ids(now=now, archived=None)
        pairs: dict[str, tuple[Any, Any]] = {
            "retired": (store.retired(keys), retired),
            "waiting": (store.waiting(keys, now), waiting(line, policy, now)),
            "sections": (dict(sorted(on_page(page).items())), dict(sorted(places.items()))),
            "open": (page.open_count, count),
            "counted": (Overview(store, self.wording).today_counts(now).open_count, count),
            "by what comes next": (by_next, self._by_next(store)),
        }
        return [f"{what}: {difference(*pair)}" for what, pair in pairs.items() if pair[0] != pair[1]]

    def _by_next(self, store: Store) -> list[str]:
        """All applications in that order, by what a look at each of them finds."""
        summaries = store.application_summaries([a.id for a in store.applications()], self.now)
        steps = dict(
            store._database.sql(
                "SELECT application || ' ' || key, min(at) FROM next_step WHERE until > ? "
                "GROUP BY application, key",
                (int(self.now.timestamp()),),
            )
        )
        return sorted(summaries, key=lambda i: _next_place(steps.get(f"{i} {summaries[i].next_key}"), i))


def _next_place(at: int | None, application: str) -> tuple[bool, int, str]:
    return at is None, at or 0, application


_OPEN = (TodaySection.LATE, TodaySection.NOW, TodaySection.TODAY)


def _is_listed(follow_up: FollowUp, choice: Choice | None, now: datetime) -> bool:
    return is_missed(follow_up, choice, now) or not is_gone(state_at(follow_up, choice, now))


def on_page(page: TodayPage) -> dict[str, TodaySection]:
    """In which section each follow-up stands."""
    found = {} if page.first is None else {page.first.key: page.first.section}
    for section, entries in page.sections:
        for each in entries:
            found |= dict.fromkeys(each.keys if isinstance(each, FollowUpGroup) else (each.key,), section)
    return found


def stored(store: Store) -> dict[str, set[tuple[Any, ...]]]:
    """What is derived and stored."""
    found = {name: set(store._database.sql(f"SELECT * FROM {name}")) for name in _KEPT_TABLES}
    found["stage_count"] = {row for row in found["stage_count"] if row[2]}
    return found


def difference(one: Any, other: Any) -> str:
    """The first place where two values differ."""
    one, other = repr(one), repr(other)
    place = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    return (
        f"…{one[max(0, place - 200) : place + 200]}… instead of …{other[max(0, place - 60) : place + 200]}…"
    )
