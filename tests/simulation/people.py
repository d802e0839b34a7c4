"""What the people of a simulated search do: the user, and those at the employers.

Every deed goes through the verbs of the tracker, as from a form, or through a notification's button.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from followup_desktop.domain.answers import Answer, AnswerDetails, EmployerReply
from followup_desktop.domain.model import Application, CallOutcome, Channel, EventKind, Repeat, Stage
from followup_desktop.domain.rules.table import row_of
from followup_desktop.services.tracker import Tracker
from followup_desktop.services.tracker.timeline import EmployerNews
from followup_desktop.storage.store import Thing
from tests.simulation.program import Program
from tests.storage.listed import listed_follow_ups

ZONES = (
    "Europe/Madrid",
    "Europe/Madrid",
    "America/New_York",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "America/Santiago",
    "UTC",
)
COUNTRIES = (None, "ES-MD", "US-NY", "JP", "DE")
EMPLOYERS = ("Acme", "Initech", "Hooli", "Umbrella", "ACME")
QUIET = ((21, 8), (22, 7), (0, 9), (23, 6), (11, 15), (8, 8), (19, 7))
WINDOWS = (
    ((time(10), time(12)), (time(14), time(16))),
    ((time(9), time(17)),),
    ((time(8), time(8, 30)), (time(11), time(11, 15)), (time(18), time(21))),
)
DELAYS = (1, 1, 5, 20, 90, 240, 600, 1500, 3000)
"""Minutes until the user reacts to a notification."""
KINDS = (
    EventKind.THANK_YOU,
    EventKind.EMAIL,
    EventKind.MESSAGE,
    EventKind.REPLY,
    EventKind.CALL,
    EventKind.WAIT,
)


class People:
    """The user and the others, at the program's present instant. Whatever a verb refuses is left at that."""

    def __init__(self, program: Program, rng: Random) -> None:
        self.program = program
        self.rng = rng
        self.applications: list[str] = []
        self.trashed: list[str] = []

    @property
    def verbs(self) -> Tracker:
        return self.program.tracker

    @property
    def now(self) -> datetime:
        return self.program.now

    def day(self, first: int, last: int) -> date:
        """A day so many days from today."""
        return self.now.date() + timedelta(days=self.rng.randint(first, last))

    def wall_time(self, first: int, last: int) -> datetime:
        """A wall time on such a day, sometimes early, sometimes in the night."""
        hour = self.rng.choice((9, 10, 10, 11, 14, 15, 16, 17, 7, 6, 20, 2, 23))
        return datetime.combine(self.day(first, last), time(hour, self.rng.choice((0, 0, 15, 30, 45))))

    # Applications

    def apply(self) -> str:
        """A new application."""
        stage = self.rng.choice((Stage.SAVED, Stage.APPLIED, Stage.APPLIED, Stage.INTERVIEWING))
        fields: dict[str, Any] = {"channel": self.rng.choice((Channel.PHONE, Channel.PHONE, Channel.EMAIL))}
        if self.rng.random() < 0.5:
            fields |= {"timezone": self.rng.choice(ZONES), "country": self.rng.choice(COUNTRIES)}
        if stage is Stage.SAVED:
            fields["closes_on"] = self.day(1, 12)
        number = len(self.applications)
        done = self.verbs.add_application(
            employer=self.rng.choice(EMPLOYERS), role=f"Role {number}", stage=stage, **fields
        )
        application = done.id or ""
        self.applications.append(application)
        self.verbs.add_contact(name=f"Person {number}", application_id=application, phone="+34 600 000 000")
        return application

    def stage(self, application: str) -> None:
        at = self.now - timedelta(minutes=self.rng.choice((0, 0, 5, 3000)))
        self.verbs.set_stage(application, self.rng.choice(tuple(Stage)), at)

    def edit(self, application: str) -> None:
        rng = self.rng
        field, value = rng.choice(
            (
                ("channel", rng.choice((Channel.PHONE, Channel.EMAIL))),
                ("timezone", rng.choice(ZONES)),
                ("country", rng.choice(COUNTRIES)),
                ("closes_on", self.day(-1, 12)),
                ("offer_expires_on", self.day(-1, 8)),
                ("do_not_contact", rng.random() < 0.3),
                ("employer", rng.choice(EMPLOYERS)),
            )
        )
        self.verbs.edit_application(application, **{field: value})

    def put_away(self, application: str) -> None:
        """Archived, or to the trash."""
        if self.rng.random() < 0.4:
            self.verbs.trash_application(application)
            self.trashed.append(application)
        else:
            self.verbs.archive_application(application)

    def take_out(self) -> None:
        """Something out of the trash or the archive."""
        if self.trashed and self.rng.random() < 0.7:
            self.verbs.restore(Thing.APPLICATION, self.rng.choice(self.trashed))
        elif self.applications:
            self.verbs.archive_application(self.rng.choice(self.applications[-4:]), False)

    # Interviews and what is said

    def arrange(self, application: str) -> None:
        facts: dict[str, Any] = {
            "starts_at": self.wall_time(-1, 9),
            "minutes": self.rng.choice((30, 60, 60, 90, 300, 600)),
            "interviewers": self._some_people(application),
        }
        if self.rng.random() < 0.2:
            facts["timezone"] = self.rng.choice(ZONES)
        interview = self.verbs.add_interview(application, **facts)
        if self.rng.random() < 0.2:
            self.verbs.edit_interview(interview.id or "", debriefed_at=self.now, reply_by=self.day(0, 9))

    def change_interview(self, application: str) -> None:
        """Moved, shortened, called off, written down or deleted."""
        interview = self._interview(application)
        if interview is None:
            return
        verbs, rng = self.verbs, self.rng
        deeds: tuple[Callable[[], object], ...] = (
            lambda: verbs.reschedule_interview(
                interview, self.now + timedelta(minutes=rng.randint(-60, 9000))
            ),
            lambda: verbs.edit_interview(interview, starts_at=self.wall_time(0, 7)),
            lambda: verbs.edit_interview(interview, minutes=rng.choice((15, 45, 240))),
            lambda: verbs.edit_interview(interview, cancelled=rng.random() < 0.5),
            lambda: verbs.they_cancelled(interview),
            lambda: verbs.edit_interview(interview, debriefed_at=self.now, reply_by=self.day(0, 9)),
            lambda: verbs.edit_interview(interview, debriefed_at=self.now, no_date_given=True),
            lambda: verbs.delete_interview(interview),
        )
        rng.choice(deeds)()

    def log(self, application: str) -> None:
        kind = self.rng.choice(KINDS)
        self.verbs.log_event(
            application,
            kind,
            outcome=self.rng.choice(tuple(CallOutcome)) if kind is EventKind.CALL else None,
            reply_by=self.day(0, 10) if kind in {EventKind.REPLY, EventKind.WAIT} else None,
            at=self.now - timedelta(minutes=self.rng.choice((0, 0, 30, 2000))),
        )

    def change_event(self, application: str) -> None:
        events = self._application(application).events
        if not events:
            return
        event = self.rng.choice(events)
        if self.rng.random() < 0.4:
            self.verbs.delete_event(event.id)
        elif event.reply_by is not None:
            self.verbs.edit_event(event.id, reply_by=self.day(-3, 12))
        else:
            self.verbs.edit_event(event.id, at=event.at - timedelta(hours=self.rng.randint(-40, 40)))

    def hear(self, application: str) -> None:
        said = self.rng.choice(tuple(EmployerReply))
        self.verbs.they_answered(
            application,
            EmployerNews(said=said, reply_by=self.day(0, 9), starts_at=self.wall_time(0, 6), minutes=60),
        )

    # What is due

    def react(self, key: str) -> None:
        """To one notification: by its button, or in the window."""
        if self.rng.random() < 0.35:
            actions = [a for n in self.program.screen.beat.shown if n.tag == key for a, _ in n.actions]
            self.program.press(key, self.rng.choice(actions or ["snooze"]))
            return
        if self.rng.random() < 0.4:
            self.program.screen.tags.discard(key)  # closed
            return
        follow_up = self.program.store.follow_up(key)
        if follow_up is None:
            return
        chance = self.rng.random()
        if chance < 0.25:
            self.verbs.snooze(
                key, self.now + timedelta(minutes=self.rng.choice((5, 60, 60, 400, 1440, 4320)))
            )
        elif chance < 0.35:
            options = self.verbs.snooze_options(key)
            if options:
                self.verbs.snooze(key, self.rng.choice(options)[2])
        elif chance < 0.5:
            self.verbs.skip(key)
        else:
            self._answer(key, self.rng.choice(row_of(follow_up.rule).answers))

    def choose_something_listed(self) -> None:
        """Look at Today and do something there, announced or not."""
        listed = listed_follow_ups(self.program.store, self.now + timedelta(days=2), self.now)
        if listed:
            self.react(self.rng.choice(listed)[0].key)

    def _answer(self, key: str, answer: Answer) -> None:
        self.verbs.answer(
            key,
            answer,
            AnswerDetails(
                said=self.rng.choice(tuple(EmployerReply)),
                contact_name="Someone Else",
                outcome=self.rng.choice(tuple(CallOutcome)),
                reply_by=self.day(1, 9),
                starts_at=self.wall_time(0, 8),
                on=self.now.date(),
            ),
        )

    # The user's own reminders, the settings, second thoughts

    def remind(self) -> None:
        """A reminder of the user's own: a new one, or another time for one of them."""
        mine = self.program.store.reminders()
        repeat = self.rng.choice((None, *Repeat))
        if not mine or self.rng.random() < 0.5:
            at = self.wall_time(0, 5)
            self.verbs.add_reminder(title="Own", at=at, repeat=repeat, timezone=self.rng.choice(ZONES))
        elif self.rng.random() < 0.6:
            self.verbs.edit_reminder(self.rng.choice(mine).id, at=self.wall_time(-1, 6), repeat=repeat)
        else:
            self.verbs.delete_reminder(self.rng.choice(mine).id)

    def set_policy(self) -> None:
        rng = self.rng
        first, end = rng.choice(QUIET)
        away = self.day(0, 20)
        fields = rng.choice(
            (
                {"quiet_from": time(first), "quiet_until": time(end)},
                {"quiet_from": time(first), "quiet_until": time(end, 30 if end < first else 0)},
                {"no_call_weekdays": rng.choice(((0,), (), (0, 4), (1, 2, 3)))},
                {"call_windows": rng.choice(WINDOWS)},
                {"grace_working_days": rng.randint(0, 4)},
                {"default_reply_working_days": rng.randint(1, 6)},
                {"max_attempts": rng.randint(1, 4)},
                {"contact_gap_working_days": rng.randint(0, 5)},
                {"away": ((away, away + timedelta(days=rng.randint(0, 12))),)},
                {"ask_lead_minutes": rng.choice((0, 60, 120, 600))},
                {"thank_you_delay_minutes": rng.choice((0, 120, 600))},
                {"country": rng.choice(COUNTRIES)},
            )
        )
        self.verbs.edit_policy(**fields)

    def travel(self) -> None:
        """The user takes up the offer to move the user zone."""
        self.verbs.edit_policy(timezone=self.rng.choice(ZONES))

    def reconsider(self) -> None:
        """Undo a few steps, and redo some of them."""
        for _ in range(self.rng.randint(1, 3)):
            self.verbs.undo()
        for _ in range(self.rng.randint(0, 3)):
            self.verbs.redo()

    def pause_search(self) -> None:
        self.verbs.set_search_paused(self.rng.random() < 0.5)

    # Whom and what

    def _application(self, application: str) -> Application:
        return self.program.store.application(application)

    def _interview(self, application: str) -> str | None:
        interviews = self._application(application).interviews
        return self.rng.choice(interviews[-2:]).id if interviews else None

    def _some_people(self, application: str) -> tuple[str, ...]:
        people = self._application(application).contacts
        return tuple(person for person in people if self.rng.random() < 0.6)
