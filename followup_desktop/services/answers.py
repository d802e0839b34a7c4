"""The answers a user can give to each follow-up, as in the table of the rules; the strong one first."""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType

from followup_desktop.domain.model import Channel, FollowUp, Rule


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
    WITHDRAWN = "withdrawn"
    ADD_APPLICATION = "add_application"
    NOT_NOW = "not_now"


class Said(StrEnum):
    """What they said when they answered, or on the phone."""

    DATE = "date"
    NEXT_INTERVIEW = "next_interview"
    OFFER = "offer"
    REFUSED = "refused"
    NOTHING_NEW = "nothing_new"


ANSWERS = MappingProxyType(
    {
        Rule.PREPARE: (Answer.DONE, Answer.RESCHEDULED, Answer.THEY_CANCELLED),
        Rule.DEBRIEF: (Answer.DEBRIEF, Answer.DID_NOT_TAKE_PLACE),
        Rule.THANK_YOU: (
            Answer.WRITE_EMAIL,
            Answer.SENT,
            Answer.NO_ADDRESS,
            Answer.NEEDS_NONE,
            Answer.DID_NOT_TAKE_PLACE,
        ),
        Rule.STATUS_CALL: (
            Answer.SPOKE,
            Answer.LEFT_MESSAGE,
            Answer.NO_ANSWER,
            Answer.EMAILED_INSTEAD,
            Answer.THEY_ANSWERED,
        ),
        Rule.CHECK_IN: (Answer.WRITE_EMAIL, Answer.SENT, Answer.THEY_ANSWERED),
        Rule.MOVE_ON: (Answer.MOVE_ON, Answer.TRY_SOMEONE_ELSE, Answer.KEEP_WAITING),
        Rule.ASK_FEEDBACK: (Answer.WRITE_EMAIL, Answer.SENT),
        Rule.ENCOURAGEMENT: (Answer.DONE,),
        Rule.APPLY: (Answer.APPLIED,),
        Rule.OFFER_THANKS: (Answer.WRITE_EMAIL, Answer.SENT),
        Rule.OFFER_REPLY: (Answer.ACCEPT, Answer.DECLINE, Answer.ASK_FOR_TIME),
        Rule.WITHDRAW_OTHERS: (Answer.WRITE_EMAIL, Answer.WITHDRAWN),
        Rule.KEEP_SEARCHING: (Answer.ADD_APPLICATION, Answer.NOT_NOW),
        Rule.MANUAL: (Answer.DONE,),
    }
)
"""Skip, Snooze and Why? stand beside these on every open follow-up."""

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


def answers_of(follow_up: FollowUp, *, waits: bool = False) -> tuple[Answer, ...]:
    """The answers to one follow-up."""
    return answers_to(follow_up.rule, follow_up.channel, waits=waits)


def answers_to(rule: Rule, channel: Channel, *, waits: bool = False) -> tuple[Answer, ...]:
    """The answers to such a follow-up; a status enquiry by email has those of an email, not of a call.

    While it ``waits`` for another at its employer nobody is to be called or written to.
    """
    if waits:
        return tuple(answer for answer in ANSWERS[rule] if answer is Answer.THEY_ANSWERED)
    if rule is Rule.STATUS_CALL and channel is Channel.EMAIL:
        return ANSWERS[Rule.CHECK_IN]
    return ANSWERS[rule]
