"""What the one thing to do needs in sight: a number and a script, a letter's first lines, a meeting."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeAlias

from followup_desktop.domain.answers import Answer
from followup_desktop.domain.casefile import CaseFile, InterviewSpan, PlanBasis
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.meeting import MeetingLink, meeting_link
from followup_desktop.domain.model import Channel, InterviewKind, Rule
from followup_desktop.domain.rules.table import row_of
from followup_desktop.domain.worktime import date_of, instant, local
from followup_desktop.i18n import format_series, on_one_line
from followup_desktop.services.capture.addresses import web_address
from followup_desktop.services.messages.callees import whom_to_call
from followup_desktop.services.reading.subjects import Subjects
from followup_desktop.services.rows import FollowUpRow
from followup_desktop.services.wording import Subject, Wording
from followup_desktop.services.wording.formats import elide
from followup_desktop.storage.store import Store

if TYPE_CHECKING:
    from followup_desktop.services.messages.compose import Compose
    from followup_desktop.services.messages.letters import Letter

_OPENING_LENGTH = 260
_ENOUGH = 80
"""A paragraph shorter than this is a greeting, and shown with what follows it."""
_PLACE_LENGTH = 200
_NOTES_LENGTH = 300
_TIME_TO_JOIN = timedelta(minutes=15)
_ON_THE_WAY = timedelta(hours=1)
_AT_A_DISTANCE = frozenset({InterviewKind.PHONE, InterviewKind.VIDEO})


@dataclass(frozen=True, slots=True, kw_only=True)
class CallNeeds:
    """A call: the number, empty if none is known, of whom, and how the script begins.

    ``contact`` is the person's id, ``None`` if nobody is meant; ``others`` are then the application's people
    who may be, by id with their names. ``script`` is empty where there is none, and so is ``key``, the
    follow-up that has the whole of it.
    """

    application: str
    key: str = ""
    phone: str
    contact: str | None
    person: str
    script: str
    others: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterNeeds:
    """A letter: whom it goes to, the address, empty if none is known, and how it begins.

    ``others`` are as for a call.
    """

    application: str
    contact: str | None
    person: str
    address: str
    text: str
    others: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingNeeds:
    """An interview: how soon, when and where, and what to ask before leaving.

    ``place`` is empty where ``link`` says it all. ``join_now`` says that it begins, or goes on. ``leave``
    tells of a reminder of the user's own before it on its day; ``leave_at``, the user's wall time, is when to
    propose one where there is none and one goes there. ``questions`` are texts by id.
    """

    application: str
    employer: str
    ahead: str
    when: str
    place: str
    link: MeetingLink | None
    join_now: bool
    leave: str
    leave_at: datetime | None
    notes: str
    questions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingNeeds:
    """An application to send: where the posting is."""

    application: str
    address: str


Needs: TypeAlias = CallNeeds | LetterNeeds | MeetingNeeds | PostingNeeds


class NextStepReader:
    """Reads what the card of Today shows below its title."""

    def __init__(self, store: Store, wording: Wording, compose: Compose) -> None:
        self._store = store
        self._wording = wording
        self._compose = compose
        self._subjects = Subjects(store)

    def needs(
        self, row: FollowUpRow, now: datetime, sender: str, written: str = "", begun: datetime | None = None
    ) -> Needs | None:
        """What that follow-up needs; ``None`` where its title says all.

        ``sender`` is the user's name; ``written`` the letter that is being written, ``begun`` then, if its
        days are to be said as on the day of now.
        """
        if row_of(row.rule).before_interview:
            return self._meeting(row, now)
        if row.rule is Rule.APPLY and row.application is not None:
            address = self._store.application(row.application).url
            return (
                PostingNeeds(application=row.application, address=address) if web_address(address) else None
            )
        by_phone = row.channel is Channel.PHONE
        if not by_phone and Answer.WRITE_EMAIL not in row.answers:
            return None
        try:
            letter = self._compose.letter(row.key, now, sender=sender)
            if written and begun is not None:
                before = self._compose.letter(row.key, begun, sender=sender)
                written = self._compose.brought_up(("", written), before, letter)[1]
        except Refused:
            return None
        if by_phone:
            return self._call(letter)
        to = letter.to
        return LetterNeeds(
            application=letter.application,
            contact=to.contact if to else None,
            person=to.name if to else "",
            address=to.address if to else "",
            text=opening(written or letter.draft.body),
            others=() if to else self._people_of(letter.application),
        )

    def call(self, application: str, now: datetime, sender: str, contact: str | None = None) -> CallNeeds:
        """What a call about an application needs, planned or not: to this person, or whom the plan names."""
        planned = [f for f in self._store.follow_ups(application) if f.rule is Rule.STATUS_CALL]
        for follow_up in planned:
            if follow_up.channel is Channel.PHONE:
                return self._call(self._compose.letter(follow_up.key, now, sender=sender), contact)
        if contact is None:
            facts = self._store.application(application)
            case = CaseFile(facts, PlanBasis(self._store.policy()))
            likely = whom_to_call(case, self._subjects.people((facts,)))
            contact = likely.id if likely else None
        return self.whom(application, contact)

    def _call(self, letter: Letter, contact: str | None = None) -> CallNeeds:
        chosen = contact or (letter.to.contact if letter.to else None)
        needs = self.whom(letter.application, chosen)
        return replace(needs, key=letter.key, script=opening(letter.draft.body))

    def whom(self, application: str, contact: str | None) -> CallNeeds:
        """The number of a person of that application, or of whom it may be asked for."""
        people = self._store.contacts([contact] if contact else [])
        person = next(iter(people), None)
        named = [part for part in (person.name, person.title) if part] if person else []
        return CallNeeds(
            application=application,
            phone=person.phone if person else "",
            contact=person.id if person else None,
            person=format_series(named),
            script="",
            others=self._people_of(application) if person is None else (),
        )

    def _people_of(self, application: str) -> tuple[tuple[str, str], ...]:
        known = self._store.contacts(self._store.application(application).contacts)
        return tuple((each.id, each.name) for each in known)

    def _meeting(self, row: FollowUpRow, now: datetime) -> MeetingNeeds | None:
        follow_up = self._store.follow_up(row.key)
        if follow_up is None:
            return None
        subject = self._subjects.one(follow_up, now)
        held = next((each for each in subject.held if each.end > now), None)
        if held is None or follow_up.application is None:
            return None
        location = held.interview.location
        link = meeting_link(location)
        leave = self._leave(subject, held, now)
        ahead, when = self._wording.meeting_time(subject, held, now)
        start = local(held.start - _ON_THE_WAY, subject.zone).replace(tzinfo=None)
        goes_there = link is None and held.interview.kind not in _AT_A_DISTANCE
        proposes = goes_there and not leave and held.start - _ON_THE_WAY > now
        return MeetingNeeds(
            application=follow_up.application,
            employer=subject.employer,
            ahead=ahead,
            when=when,
            place="" if link is not None and location.strip() == link.url else elide(location, _PLACE_LENGTH),
            link=link,
            join_now=link is not None and held.start - now <= _TIME_TO_JOIN,
            leave=leave,
            leave_at=start if proposes else None,
            notes=elide(held.interview.notes, _NOTES_LENGTH),
            questions=self._wording.questions(subject),
        )

    def _leave(self, subject: Subject, held: InterviewSpan, now: datetime) -> str:
        """A reminder of the user's own about the application, before the interview on its day."""
        day = date_of(held.start, subject.zone)
        for reminder in self._store.reminders():
            at = instant(reminder.at, reminder.timezone or subject.zone)
            if (
                reminder.application == subject.follow_up.application
                and reminder.done_at is None
                and date_of(at, subject.zone) == day
                and at < held.start
            ):
                return self._wording.own_reminder_at(reminder.title, at, now, subject.zone)
        return ""


def opening(text: str) -> str:
    """How a letter or a script begins: the greeting and what follows it, on one line."""
    paragraphs = [on_one_line(part) for part in text.split("\n\n")]
    said = [part for part in paragraphs if part]
    found = ""
    for part in said:
        if len(found) >= _ENOUGH:
            break
        found = f"{found} {part}".strip()
    return elide(found, _OPENING_LENGTH)
