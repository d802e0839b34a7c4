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
from followup_desktop.domain.model import Channel, EventKind, FollowUp, Rule, Stage

OfCase = Callable[[CaseFile], Iterator[FollowUp | None]]
"""Plans a rule that concerns one application alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRow:
    """One rule.

    ``tip`` is the tip of the article, ``None`` for what goes beyond them. The first of the ``answers`` is the
    strong one; Skip, Snooze and Why? stand beside them on every open follow-up. ``letter`` is the template of
    what one writes, ``logged`` the kind of event that it becomes. ``plan`` is ``None`` where a rule needs
    more than its own application; else it is asked of one in one of the ``stages``.

    One that ``can_be_missed`` and expires is told in the history. The keys of one that ``counts_attempts``
    end in how many were made. One at ``any_hour`` is announced in quiet hours too, as it can't wait or the
    user chose the time; a ``gentle`` one is announced with the least urgency.

    ``kind_words`` are read rather than done: they come last and rarely, make no sound, and go once an offer
    was taken elsewhere. The words of one that ``tells_numbers`` say how the search has gone so far. An
    ``own`` one is the user's reminder, who can edit and delete it. What isn't ``of_employer`` is planned by
    itself, and not with the applications to one. By an ``enquiry`` the user turns to an employer unasked: the
    contact guard keeps them apart. What is ``before_interview`` is of no use once that has begun, and what is
    ``to_interviewer`` is there for each person met on an interview day.

    A call that became an email has the answers and the icon of the rule ``by_email``; ``script`` is what to
    say in the call itself. What ``offers_words`` has its letter beside its answers, none of which is to write
    it. Unless ``letter_settles``, the letter is logged, and the follow-up asks on. What is done for one that
    ``moves_to`` a stage moves its application there. What isn't done ``in_passing``, as taking an offer, is
    answered once its row is selected. ``in_time`` is its place among the figures of what was done in time, 0
    if it has none.
    """

    rule: Rule
    tip: int | None = None
    answers: tuple[Answer, ...]
    letter: TemplateName | None = None
    logged: EventKind | None = None
    icon: str
    plan: OfCase | None = None
    stages: frozenset[Stage] = frozenset()
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
    by_email: Rule | None = None
    script: TemplateName | None = None
    offers_words: bool = False
    letter_settles: bool = True
    moves_to: Stage | None = None
    in_passing: bool = True
    in_time: int = 0


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


@cache
def plans_in(stage: Stage) -> tuple[OfCase, ...]:
    """What plans the rules that concern one application alone, of one in that stage, in their order."""
    # To ask each rule took half the time of the plan of an application that is over, as most are.
    return tuple(row.plan for row in all_rows() if row.plan is not None and stage in row.stages)


def rules_where(is_so: Callable[[RuleRow], bool]) -> frozenset[Rule]:
    """The rules whose rows are so."""
    return frozenset(row.rule for row in all_rows() if is_so(row))


def row_by(rule: Rule, channel: Channel) -> RuleRow:
    """The row of a rule, or of the one that it is like where a call became an email."""
    row = row_of(rule)
    return row_of(row.by_email) if row.by_email is not None and channel is Channel.EMAIL else row


def icon_of(rule: Rule, channel: Channel) -> str:
    """The icon of such a follow-up: that of its rule, or of an email where a call became one."""
    return row_by(rule, channel).icon


def answers_of(follow_up: FollowUp, *, waits: bool = False) -> tuple[Answer, ...]:
    """The answers to one follow-up."""
    return answers_to(follow_up.rule, follow_up.channel, waits=waits)


def answers_to(rule: Rule, channel: Channel, *, waits: bool = False) -> tuple[Answer, ...]:
    """The answers to such a follow-up; a status enquiry by email has those of an email, not of a call.

    While it ``waits`` for another at its employer nobody is to be called or written to.
    """
    answers = row_by(rule, channel).answers
    return tuple(answer for answer in answers if answer is Answer.THEY_ANSWERED) if waits else answers
