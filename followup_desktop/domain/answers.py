"""What a user can say of a follow-up. Which answers there are to each rule stands in its row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from followup_desktop.domain.model import CallOutcome, EventKind


class Answer(StrEnum):
    """What the user says of a follow-up; the value is also the name of a notification's action."""

    DONE = "done"
    RESCHEDULED = "rescheduled"
    THEY_CANCELLED = "they_cancelled"
    DEBRIEF = "debrief"
    DID_NOT_TAKE_PLACE = "did_not_take_place"
    SKIP = "skip"
    WRITE_EMAIL = "write_email"
    SENT = "sent"
    NO_ADDRESS = "no_address"
    NEEDS_NONE = "needs_none"
    SPOKE = "spoke"
    LEFT_MESSAGE = "left_message"
    NO_ANSWER = "no_answer"
    EMAILED_INSTEAD = "emailed_instead"
    THEY_ANSWERED = "they_answered"
    MOVE_ON = "move_on"
    TRY_SOMEONE_ELSE = "try_someone_else"
    KEEP_WAITING = "keep_waiting"
    APPLIED = "applied"
    ACCEPT = "accept"
    DECLINE = "decline"
    ASK_FOR_TIME = "ask_for_time"
    GAVE_DATE = "gave_date"
    WITHDRAWN = "withdrawn"
    ADD_APPLICATION = "add_application"
    NOT_NOW = "not_now"


class EmployerReply(StrEnum):
    """What they said when they answered, or on the phone."""

    DATE = "date"
    NEXT_INTERVIEW = "next_interview"
    OFFER = "offer"
    REFUSED = "refused"
    NOTHING_NEW = "nothing_new"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerDetails:
    """What the user gives along with an answer; which of it counts depends on the answer.

    ``at`` is when it was sent, called or heard (now if it is ``None``). ``said`` goes with Spoke and They
    answered, ``reply_by`` with their date, the last day of an offer, Keep waiting and Ask for time,
    ``starts_at`` (naive, in the interview's zone) with Rescheduled and a next interview, ``on`` with Applied.
    Try someone else takes ``contact`` or ``contact_name`` and ``kind`` (a call with its ``outcome``, or an
    email). ``debrief`` holds the fields of each interview by id.
    """

    at: datetime | None = None
    said: EmployerReply | None = None
    contact: str | None = None
    contact_name: str | None = None
    kind: EventKind | None = None
    outcome: CallOutcome | None = None
    reply_by: date | None = None
    on: date | None = None
    starts_at: datetime | None = None
    minutes: int | None = None
    interview: str | None = None
    note: str = ""
    debrief: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


NO_DETAILS = AnswerDetails()

AT_ONCE = frozenset(
    {
        Answer.DONE,
        Answer.THEY_CANCELLED,
        Answer.DID_NOT_TAKE_PLACE,
        Answer.SENT,
        Answer.NEEDS_NONE,
        Answer.LEFT_MESSAGE,
        Answer.NO_ANSWER,
        Answer.EMAILED_INSTEAD,
        Answer.MOVE_ON,
        Answer.APPLIED,
        Answer.ACCEPT,
        Answer.DECLINE,
        Answer.WITHDRAWN,
        Answer.NOT_NOW,
    }
)
"""The answers that need nothing more from the user, so that a notification's button can give them.

What did not take place is written at once, too; the message that asks for a new time is opened after it.
"""
