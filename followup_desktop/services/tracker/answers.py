"""What each answer of the rules' table writes: one step, whatever it takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import datetime

from followup_desktop.domain.answers import NO_DETAILS, Answer, AnswerDetails, EmployerReply
from followup_desktop.domain.casefile import interview_span
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import (
    Application,
    CallOutcome,
    Contact,
    Event,
    EventKind,
    FollowUp,
    Interview,
    Stage,
    id_in,
)
from followup_desktop.domain.rules.outcomes import TO_WITHDRAW
from followup_desktop.domain.rules.table import answers_of, row_of
from followup_desktop.domain.stages import with_stage
from followup_desktop.domain.worktime import date_of
from followup_desktop.i18n import _, lasting, pgettext
from followup_desktop.services.messages.new_time import new_time_key
from followup_desktop.services.tracker import fields as fields_of
from followup_desktop.services.tracker.base import (
    Result,
    check_people,
    interview_of,
    with_changed_interview,
    with_event,
)
from followup_desktop.services.tracker.choices import ChoiceVerbs
from followup_desktop.services.tracker.fields import checked
from followup_desktop.services.tracker.plausible import check_applied, check_stated
from followup_desktop.services.tracker.timeline import (
    DEFAULT_MINUTES,
    EmployerNews,
    TimelineVerbs,
    cancelled,
    same_day,
)
from followup_desktop.storage.writes import Transaction

_OUTCOMES = {
    Answer.SPOKE: CallOutcome.SPOKE,
    Answer.LEFT_MESSAGE: CallOutcome.LEFT_MESSAGE,
    Answer.NO_ANSWER: CallOutcome.NO_ANSWER,
}
_MOVES = {
    Answer.MOVE_ON: Stage.NO_RESPONSE,
    Answer.APPLIED: Stage.APPLIED,
    Answer.ACCEPT: Stage.ACCEPTED,
    Answer.DECLINE: Stage.WITHDRAWN,
    Answer.WITHDRAWN: Stage.WITHDRAWN,
}


def _stage_after(follow_up: FollowUp, answer: Answer) -> Stage:
    """Where the answer moves the application; every answer to some follow-ups does."""
    return row_of(follow_up.rule).moves_to or _MOVES[answer]


WRITES_NOTHING = frozenset({Answer.NO_ADDRESS, Answer.ADD_APPLICATION})


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedAnswer(AnswerDetails):
    """The details of an answer that is given now, with the instant that counts for it."""

    now: datetime
    at: datetime

    @classmethod
    def of(cls, details: AnswerDetails, now: datetime, at: datetime) -> TimedAnswer:
        """The details at these instants."""
        values = {each.name: getattr(details, each.name) for each in fields(details)}
        return cls(**values | {"now": now, "at": at})


class AnswerVerbs(TimelineVerbs, ChoiceVerbs):
    """Answer follow-ups by their keys."""

    def answer(self, key: str, answer: Answer, details: AnswerDetails = NO_DETAILS) -> Result:
        """Write what the table of answers says, as one step; Write email is what the user says was sent.

        ``Refused`` if the follow-up is not called for any more; then nothing is written.
        """
        given = TimedAnswer.of(details, self._now(), self._past(details.at))
        follow_up = self._planned(self._store, key)
        if answer is Answer.SKIP:
            return self.skip(key)
        self._check_answer(follow_up, answer)
        label = self._answer_label(follow_up, answer)
        if answer in WRITES_NOTHING:
            return Result(id=follow_up.application, label=label)
        with self._store.transaction(label) as t:
            notice = self._writer(follow_up, answer)(t, self._planned(t, key), answer, given)
            self._store.published.settle_done(key)
        missed = follow_up.interview if answer is Answer.DID_NOT_TAKE_PLACE else None
        letter = new_time_key(missed) if missed else None
        return Result(id=follow_up.application, notice=notice, label=label, letter=letter)

    def _check_answer(self, follow_up: FollowUp, answer: Answer) -> None:
        if answer not in (*answers_of(follow_up), *row_of(follow_up.rule).answers):
            raise ValueError(f"{answer} is no answer to {follow_up.rule}")

    def _writer(self, follow_up: FollowUp, answer: Answer) -> Writer:
        writers: dict[Answer, Writer] = {
            Answer.DONE: self._write_done,
            Answer.RESCHEDULED: self._write_rescheduled,
            Answer.THEY_CANCELLED: self._write_cancelled,
            Answer.DEBRIEF: self._write_debrief,
            Answer.DID_NOT_TAKE_PLACE: self._write_did_not_take_place,
            Answer.WRITE_EMAIL: self._write_sent,
            Answer.SENT: self._write_sent,
            Answer.EMAILED_INSTEAD: self._write_sent,
            Answer.NEEDS_NONE: self._write_needs_none,
            Answer.SPOKE: self._write_heard,
            Answer.THEY_ANSWERED: self._write_heard,
            Answer.LEFT_MESSAGE: self._write_call,
            Answer.NO_ANSWER: self._write_call,
            Answer.TRY_SOMEONE_ELSE: self._write_someone_else,
            Answer.KEEP_WAITING: self._write_wait,
            Answer.ASK_FOR_TIME: self._write_ask_for_time,
            Answer.GAVE_DATE: self._write_gave_date,
            Answer.NOT_NOW: self._write_not_now,
        }
        if row_of(follow_up.rule).moves_to is not None:
            return self._write_move
        return writers.get(answer, self._write_move)

    def _write_done(
        self, t: Transaction, follow_up: FollowUp, _answer: Answer, given: TimedAnswer
    ) -> str | None:
        if not row_of(follow_up.rule).own:
            self._unsettled(t, follow_up.key, given.now)
            return self._pass_over(t, follow_up, given.now)
        if notice := self._move_reminder(t, follow_up, given.now):
            return notice
        t.put_reminder(replace(t.reminder(id_in(follow_up.key)), done_at=given.at))
        return None

    def _write_rescheduled(
        self, t: Transaction, follow_up: FollowUp, _answer: Answer, given: TimedAnswer
    ) -> str | None:
        if given.starts_at is None:
            raise Refused(_("Enter the interview's new date and time."), "starts_at")
        application = self._application(t, follow_up)
        interview = interview_of(application, given.interview or follow_up.interview or "")
        values = {"starts_at": given.starts_at, "minutes": given.minutes or interview.minutes, "fold": 0}
        changed = replace(interview, **checked(fields_of.INTERVIEW, values))
        t.put_application(with_changed_interview(application, changed))
        return None

    def _write_cancelled(
        self, t: Transaction, follow_up: FollowUp, _answer: Answer, given: TimedAnswer
    ) -> str | None:
        """Calls off the one that is named, or what of the day is not over yet."""
        application = self._application(t, follow_up)
        ahead = [
            i.id for i in self._of_day(t, application, follow_up) if self._is_ahead(t, application, i.id)
        ]
        first = given.interview or follow_up.interview or ""
        ids = (given.interview,) if given.interview else (*ahead,) or (first,)
        t.put_application(cancelled(application, ids, given.at, self._new_id()))
        return None

    def _write_debrief(
        self, t: Transaction, follow_up: FollowUp, _answer: Answer, given: TimedAnswer
    ) -> str | None:
        """Writes down the whole day; interviews that nothing is said of count as debriefed too."""
        application = self._application(t, follow_up)
        for interview in self._of_day(t, application, follow_up):
            values = checked(fields_of.INTERVIEW, given.debrief.get(interview.id, {}))
            check_people(t, values.get("interviewers", ()), "interviewers")
            check_stated(values.get("reply_by"), interview.starts_at.date())
            changed = replace(interview, **{"debriefed_at": given.now, **values})
            people = tuple(dict.fromkeys((*application.contacts, *changed.interviewers)))
            application = replace(with_changed_interview(application, changed), contacts=people)
        t.put_application(application)
        return None

    def _write_did_not_take_place(
        self, t: Transaction, follow_up: FollowUp, _answer: Answer, _given: TimedAnswer
    ) -> str | None:
        self._call_off_day(t, self._application(t, follow_up), follow_up.interview or "")
        return None

    def _write_sent(
        self, t: Transaction, follow_up: FollowUp, _answer: Answer, given: TimedAnswer
    ) -> str | None:
        event = Event(
            id=self._new_id(),
            kind=row_of(follow_up.rule).logged or EventKind.EMAIL,
            at=given.at,
            contact=given.contact or follow_up.contact,
            interview=follow_up.interview,
            note=checked(fields_of.EVENT, {"note": given.note})["note"],
        )
        self._write_event(t, follow_up, event)
        return None

    def _write_needs_none(
        self, t: Transaction, follow_up: FollowUp, _answer: Answer, given: TimedAnswer
    ) -> str | None:
        if follow_up.contact is None:
            self._unsettled(t, follow_up.key, given.now)
            return self._pass_over(t, follow_up, given.now)
        t.put_contact(replace(t.contact(follow_up.contact), no_thank_you=True))
        return None

    def _write_call(
        self, t: Transaction, follow_up: FollowUp, answer: Answer, given: TimedAnswer
    ) -> str | None:
        self._write_event(t, follow_up, self._spoken(follow_up, answer, given))
        return None

    def _write_heard(
        self, t: Transaction, follow_up: FollowUp, answer: Answer, given: TimedAnswer
    ) -> str | None:
        """A call that reached them, or their answer, with what follows from what they said."""
        event = self._spoken(follow_up, answer, given)
        check_people(t, (event.contact,) if event.contact else (), "contact")
        before = self._application(t, follow_up)
        news = EmployerNews(
            said=given.said or EmployerReply.NOTHING_NEW,
            reply_by=given.reply_by,
            starts_at=given.starts_at,
            minutes=given.minutes or DEFAULT_MINUTES,
        )
        after = self._heard(before, event, news, t.policy())
        t.put_application(after)
        return self._moved(after.stage) if after.stage is not before.stage else None

    def _spoken(self, follow_up: FollowUp, answer: Answer, given: TimedAnswer) -> Event:
        outcome = _OUTCOMES.get(answer)
        return Event(
            id=self._new_id(),
            kind=EventKind.REPLY if outcome is None else EventKind.CALL,
            outcome=outcome,
            at=given.at,
            contact=given.contact or follow_up.contact,
            note=checked(fields_of.EVENT, {"note": given.note})["note"],
        )

    def _write_move(
        self, t: Transaction, follow_up: FollowUp, answer: Answer, given: TimedAnswer
    ) -> str | None:
        application, policy = self._application(t, follow_up), t.policy()
        stage = _stage_after(follow_up, answer)
        if stage is Stage.APPLIED:
            day = given.on or date_of(given.at, policy.timezone)
            values = checked(fields_of.APPLICATION, {"applied_on": day})
            check_applied(values, date_of(given.now, policy.timezone))
            application = replace(application, **values)
        t.put_application(with_stage(application, stage, given.at, self._new_id(), policy))
        goodbyes = (each for other in TO_WITHDRAW for each in t.applications_in_stage(other))
        if stage is Stage.ACCEPTED and any(not each.archived for each in goodbyes):
            return _("Congratulations! You'll be reminded to withdraw your other applications.")
        return self._moved(stage)

    def _write_someone_else(
        self, t: Transaction, follow_up: FollowUp, _answer: Answer, given: TimedAnswer
    ) -> str | None:
        application = self._application(t, follow_up)
        person = given.contact
        if person is None:
            if not given.contact_name:
                raise Refused(_("Choose who you contacted."), "contact")
            values = checked(
                fields_of.CONTACT, {"name": given.contact_name, "employer": application.employer}
            )
            contact = Contact(id=self._new_id(), **values)
            t.put_contact(contact)
            person = contact.id
        check_people(t, (person,), "contact")
        kind = given.kind or (EventKind.CALL if given.outcome is not None else EventKind.EMAIL)
        if kind not in {EventKind.CALL, EventKind.EMAIL}:
            raise Refused(_("Choose whether you called or wrote."), "kind")
        event = Event(
            id=self._new_id(), kind=kind, outcome=given.outcome, at=given.at, contact=person, note=given.note
        )
        people = tuple(dict.fromkeys((*application.contacts, person)))
        t.put_application(with_event(replace(application, contacts=people), event))
        return None

    def _write_wait(
        self, t: Transaction, follow_up: FollowUp, _answer: Answer, given: TimedAnswer
    ) -> str | None:
        today = date_of(given.now, t.policy().timezone)
        if given.reply_by is None or given.reply_by <= today:
            raise Refused(_("Choose a day after today."), "reply_by")
        values = checked(fields_of.EVENT, {"reply_by": given.reply_by, "note": given.note})
        event = Event(id=self._new_id(), kind=EventKind.WAIT, at=given.at, **values)
        self._write_event(t, follow_up, event)
        return None

    def _write_ask_for_time(
        self, t: Transaction, follow_up: FollowUp, _answer: Answer, given: TimedAnswer
    ) -> str | None:
        if given.reply_by is None:
            raise Refused(_("Enter the date you asked for."), "reply_by")
        values = checked(fields_of.APPLICATION, {"offer_expires_on": given.reply_by})
        application = replace(self._application(t, follow_up), **values)
        event = Event(
            id=self._new_id(), kind=EventKind.MESSAGE, at=given.at, contact=given.contact, note=given.note
        )
        t.put_application(with_event(application, event))
        return None

    def _write_gave_date(
        self, t: Transaction, follow_up: FollowUp, _answer: Answer, given: TimedAnswer
    ) -> str | None:
        if given.reply_by is None:
            raise Refused(_("Enter the date they gave you."), "reply_by")
        values = checked(fields_of.APPLICATION, {"offer_expires_on": given.reply_by})
        t.put_application(replace(self._application(t, follow_up), **values))
        return None

    def _write_not_now(
        self, t: Transaction, _follow_up: FollowUp, _answer: Answer, given: TimedAnswer
    ) -> str | None:
        t.put_search_state(replace(t.search_state(), acknowledged_at=given.now))
        return None

    def _write_event(self, t: Transaction, follow_up: FollowUp, event: Event) -> None:
        check_people(t, (event.contact,) if event.contact else (), "contact")
        t.put_application(with_event(self._application(t, follow_up), event))

    def _application(self, t: Transaction, follow_up: FollowUp) -> Application:
        return t.application(follow_up.application or "")

    def _of_day(self, t: Transaction, application: Application, follow_up: FollowUp) -> list[Interview]:
        """The interviews of the day that the follow-up is about."""
        return same_day(application, follow_up.interview or "", t.policy())

    def _is_ahead(self, t: Transaction, application: Application, interview_id: str) -> bool:
        _start, end = interview_span(interview_of(application, interview_id), application, t.policy())
        return end > self._now()

    def _answer_label(self, follow_up: FollowUp, answer: Answer) -> str:
        if answer in _OUTCOMES:
            return self._log_label(EventKind.CALL)
        kind = row_of(follow_up.rule).logged
        if answer in {Answer.SENT, Answer.WRITE_EMAIL, Answer.EMAILED_INSTEAD} and kind is not None:
            return self._log_label(kind)
        if answer in _MOVES or row_of(follow_up.rule).moves_to is not None:
            application = self._store.application(follow_up.application or "")
            return self._move_label(application, _stage_after(follow_up, answer))
        return lasting(lambda: self._called(answer))

    def _called(self, answer: Answer) -> str:
        return {
            Answer.RESCHEDULED: pgettext("a step to undo", "Move interview"),
            Answer.THEY_CANCELLED: pgettext("a step to undo", "Cancel interview"),
            Answer.DEBRIEF: pgettext("a step to undo", "Debrief"),
            Answer.DID_NOT_TAKE_PLACE: pgettext("a step to undo", "It didn't take place"),
            Answer.NEEDS_NONE: pgettext("a step to undo", "Needs none"),
            Answer.THEY_ANSWERED: self._log_label(EventKind.REPLY),
            Answer.TRY_SOMEONE_ELSE: pgettext("a step to undo", "Try someone else"),
            Answer.KEEP_WAITING: self._log_label(EventKind.WAIT),
            Answer.ASK_FOR_TIME: pgettext("a step to undo", "Ask for time"),
            Answer.GAVE_DATE: pgettext("a step to undo", "Note their date"),
            Answer.NOT_NOW: pgettext("a step to undo", "Not now"),
        }.get(answer, pgettext("a step to undo", "Done"))


Writer = Callable[[Transaction, FollowUp, Answer, TimedAnswer], str | None]
