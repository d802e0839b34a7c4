"""What the user means to do each week, and how much of it is done; nothing is announced for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from followup_desktop.domain.worktime import date_of, monday_of
from followup_desktop.i18n import _, format_number, ngettext
from followup_desktop.storage.store import Store


class GoalKind(StrEnum):
    """What is counted; activities are applications, interviews, and calls and emails to employers."""

    APPLICATIONS = "applications"
    ACTIVITIES = "activities"


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """How much the user means to do a week, from Monday on."""

    kind: GoalKind
    number: int


def done_this_week(store: Store, kind: GoalKind, now: datetime) -> int:
    """How much of that was done since Monday, by the user's calendar; what is archived counts too."""
    zone = store.policy().timezone
    applications, others = store.done_since(monday_of(date_of(now, zone)), now, zone)
    return applications if kind is GoalKind.APPLICATIONS else applications + others


def goal_words(goal: Goal, done: int) -> str:
    """How far the week has got: "3 of 5 applications this week"."""
    if goal.kind is GoalKind.APPLICATIONS:
        text = ngettext(
            "{done} of {n} application this week", "{done} of {n} applications this week", goal.number
        )
    else:
        text = ngettext("{done} of {n} activity this week", "{done} of {n} activities this week", goal.number)
    return text.format(done=format_number(done), n=format_number(goal.number))


def goal_fraction(goal: Goal, done: int) -> str:
    """How far the week has got, where there's hardly any room: "3/5"."""
    # Translators: how many are done of how many
    return _("{done}/{n}").format(done=format_number(done), n=format_number(goal.number))


def goal_sentence(store: Store, goal: Goal | None, now: datetime) -> str:
    """How far the week has got, for the reminder to keep searching.

    It is empty without a goal, and praise once that is reached.
    """
    if goal is None:
        return ""
    done = done_this_week(store, goal.kind, now)
    if done >= goal.number:
        return _("you've reached your goal for this week")
    return goal_words(goal, done)
