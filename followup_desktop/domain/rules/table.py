"""The table of the rules: one row each, beside the function that plans it.

A row says what a rule is known by everywhere else: the tip it comes from, the answers to its follow-ups, the
letter that one writes and what is logged when it was sent, and the icon. Its words are in
``services.wording.rules``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from followup_desktop.domain.answers import Answer
from followup_desktop.domain.casefile import CaseFile
from followup_desktop.domain.drafts import TemplateName
from followup_desktop.domain.model import Channel, EventKind, FollowUp, Rule

OfCase = Callable[[CaseFile], Iterator[FollowUp | None]]
"""Plans a rule that concerns one application alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRow:
    """One rule.

    ``tip`` is the tip of the article, ``None`` for what goes beyond them. The first of the ``answers`` is the
    strong one; Skip, Snooze and Why? stand beside them on every open follow-up. ``letter`` is the template of
    what one writes, ``logged`` the kind of event that it becomes. ``plan`` is ``None`` where a rule needs
    more than its own application.

    One that ``can_be_missed`` and expires is told in the history. The keys of one that ``counts_attempts``
    end in how many were made. One at ``any_hour`` is announced in quiet hours too, as it can't wait or the
    user chose the time; a ``gentle`` one is announced with the least urgency.

    ``kind_words`` are read rather than done: they come last and rarely, make no sound, and go once an offer
    was taken elsewhere. The words of one that ``tells_numbers`` say how the search has gone so far. An
    ``own`` one is the user's reminder, who can edit and delete it. What isn't ``of_employer`` is planned by
    itself, and not with the applications to one. By an ``enquiry`` the user turns to an employer unasked: the
    contact guard keeps them apart. What is ``before_interview`` is of no use once that has begun, and what is
    ``to_interviewer`` is there for each person met on an interview day.
    """

    rule: Rule
    tip: int | None = None
    answers: tuple[Answer, ...]
    letter: TemplateName | None = None
    logged: EventKind | None = None
    icon: str
    plan: OfCase | None = None
    can_be_missed: bool = False
    counts_attempts: bool = False
    any_hour: bool = False
    gentle: bool = False
    kind_words: bool = False
    tells_numbers: bool = False
    own: bool = False
    of_employer: bool = True
    enquiry: bool = False
    before_interview: bool = False
    to_interviewer: bool = False


_ROWS: dict[Rule, RuleRow] = {}


def declare(row: RuleRow) -> None:
    """Put a rule into the table."""
    _ROWS[row.rule] = row


def of_case(row: RuleRow) -> Callable[[OfCase], OfCase]:
    """Put a rule into the table with the function that plans it for one application."""

    def add(plan: OfCase) -> OfCase:
        declare(replace(row, plan=plan))
        return plan

    return add


def row_of(rule: Rule) -> RuleRow:
    """The row of a rule."""
    return _ROWS[rule]


@cache
def all_rows() -> tuple[RuleRow, ...]:
    """The rows in the order in which the rules are shown and described."""
    return tuple(_ROWS[rule] for rule in Rule)


def rules_where(is_so: Callable[[RuleRow], bool]) -> frozenset[Rule]:
    """The rules whose rows are so."""
    return frozenset(row.rule for row in all_rows() if is_so(row))


def icon_of(rule: Rule, channel: Channel) -> str:
    """The icon of such a follow-up: that of its rule, or of an email where a call became one."""
    if rule is Rule.STATUS_CALL and channel is Channel.EMAIL:
        return row_of(Rule.CHECK_IN).icon
    return row_of(rule).icon


def answers_of(follow_up: FollowUp, *, waits: bool = False) -> tuple[Answer, ...]:
    """The answers to one follow-up."""
    return answers_to(follow_up.rule, follow_up.channel, waits=waits)


def answers_to(rule: Rule, channel: Channel, *, waits: bool = False) -> tuple[Answer, ...]:
    """The answers to such a follow-up; a status enquiry by email has those of an email, not of a call.

    While it ``waits`` for another at its employer nobody is to be called or written to.
    """
    if waits:
        return tuple(answer for answer in row_of(rule).answers if answer is Answer.THEY_ANSWERED)
    if rule is Rule.STATUS_CALL and channel is Channel.EMAIL:
        return row_of(Rule.CHECK_IN).answers
    return row_of(rule).answers
