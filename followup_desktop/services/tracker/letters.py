"""What is written when a message that was composed here has been sent."""

from __future__ import annotations

from dataclasses import replace

from followup_desktop.domain.answers import Answer
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Event, EventKind, FollowUp, Stage
from followup_desktop.domain.rules.table import answers_of, row_of
from followup_desktop.domain.stages import with_stage
from followup_desktop.i18n import _
from followup_desktop.services.capture.mail_addresses import one_address
from followup_desktop.services.messages.new_time import MissedInterview, asks_for_new_time
from followup_desktop.services.tracker import fields as fields_of
from followup_desktop.services.tracker.answers import AnswerVerbs, TimedAnswer
from followup_desktop.services.tracker.base import Result, check_people, with_event
from followup_desktop.services.tracker.fields import checked
from followup_desktop.storage.writes import Transaction

_SENT_BY = (Answer.SENT, Answer.EMAILED_INSTEAD, Answer.WITHDRAWN)


class LetterVerbs(AnswerVerbs):
    """Log what was sent, with its text."""

    def sent(
        self,
        key: str,
        *,
        body: str,
        to: str = "",
        contact: str | None = None,
        through_organiser: tuple[str, ...] = (),
    ) -> Result:
        """Log the message that a follow-up asked for as sent now, its text being the entry's note.

        ``contact`` is whom it went to, where that is not the follow-up's own; an address that it went to is
        kept for them if none was known. ``through_organiser`` names the people thanked through somebody else,
        who all count as thanked. What was sent about an offer is a message, and settles nothing yet. The
        key may be that of a message that asks for a new time (``new_time_key``), which is logged as one, too.
        """
        if asks_for_new_time(key):
            return self._sent_new_time(key, body, contact)
        follow_up = self._planned(self._store, key)
        label = self._sent_label(follow_up)
        now = self._now()
        note = checked(fields_of.EVENT, {"note": body})["note"]
        given = TimedAnswer(now=now, at=now, contact=contact or follow_up.contact, note=note)
        with self._store.transaction(label) as t:
            current = self._planned(t, key)
            if through_organiser:
                notice = self._write_passed_on(t, current, through_organiser, given)
            elif not row_of(current.rule).letter_settles:
                notice = self._write_message(t, current, given)
            elif stage := row_of(current.rule).moves_to:
                notice = self._write_move_with(t, current, stage, given)
            else:
                notice = self._writer(current, _answer(current))(t, current, _answer(current), given)
                self._keep_address(t, given.contact, to)
        return Result(id=follow_up.application, notice=notice, label=label)

    def _sent_new_time(self, key: str, body: str, contact: str | None) -> Result:
        note = checked(fields_of.EVENT, {"note": body})["note"]
        label = self._log_label(EventKind.MESSAGE)
        with self._store.transaction(label) as t:
            missed = MissedInterview.of(t, key, t.policy())
            check_people(t, (contact,) if contact else (), "contact")
            event = Event(
                id=self._new_id(),
                kind=EventKind.MESSAGE,
                at=self._now(),
                contact=contact,
                interview=missed.interview.id,
                note=note,
            )
            t.put_application(with_event(missed.application, event))
        return Result(id=missed.application.id, label=label)

    def _sent_label(self, follow_up: FollowUp) -> str:
        row = row_of(follow_up.rule)
        if not row.letter_settles and row.logged is not None:
            return self._log_label(row.logged)
        return self._answer_label(follow_up, _answer(follow_up))

    def _write_passed_on(
        self, t: Transaction, follow_up: FollowUp, thanked: tuple[str, ...], given: TimedAnswer
    ) -> str | None:
        for person in thanked:
            event = Event(
                id=self._new_id(),
                kind=EventKind.THANK_YOU,
                at=given.at,
                contact=person,
                interview=follow_up.interview,
                note=given.note,
            )
            self._write_event(t, follow_up, event)
        return None

    def _write_message(self, t: Transaction, follow_up: FollowUp, given: TimedAnswer) -> str | None:
        kind = row_of(follow_up.rule).logged or EventKind.EMAIL
        event = Event(id=self._new_id(), kind=kind, at=given.at, contact=given.contact, note=given.note)
        t.put_application(with_event(self._application(t, follow_up), event))
        return None

    def _write_move_with(
        self, t: Transaction, follow_up: FollowUp, stage: Stage, given: TimedAnswer
    ) -> str | None:
        """Move the application, with the text in the entry that says so."""
        before = self._application(t, follow_up)
        after = with_stage(before, stage, given.at, self._new_id(), t.policy())
        events = (*after.events[:-1], replace(after.events[-1], note=given.note))
        t.put_application(replace(after, events=events))
        return self._moved(stage)

    def _keep_address(self, t: Transaction, contact: str | None, to: str) -> None:
        address = one_address(to)
        if contact is None or not address:
            return
        person = t.contact(contact)
        if not person.email:
            t.put_contact(replace(person, email=address))


def _answer(follow_up: FollowUp) -> Answer:
    """The answer that says that it was sent."""
    for answer in _SENT_BY:
        if answer in answers_of(follow_up):
            return answer
    raise Refused(_("There's nothing to send here. Answer it in Today instead."))
