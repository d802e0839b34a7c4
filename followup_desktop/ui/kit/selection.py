"""What is selected in a view: what a command acts on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from followup_desktop.domain.answers import Answer
from followup_desktop.services.rows import ApplicationDetail, FollowUpRow, InterviewRow


@dataclass(frozen=True, slots=True, kw_only=True)
class CurrentFollowUp:
    """The follow-up that is current, and what its view does with it: a question opens in its place there."""

    row: FollowUpRow
    answer: Callable[[Answer], object]
    snooze: Callable[[], object]
    skip: Callable[[], object]
    explain: Callable[[], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class CurrentGroup:
    """Several follow-ups of a kind that stand as one row, and what its view does with all of them.

    ``answers`` are those that can be given to all at once, ``None`` among them is to skip them.
    """

    title: str
    is_open: bool
    answers: tuple[Answer | None, ...]
    answer_all: Callable[[Answer | None], object]
    review: Callable[[], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class CurrentInterview:
    """The interview that is current."""

    id: str
    is_over: bool
    cancelled: bool = False


def current_interview(row: InterviewRow) -> CurrentInterview:
    """The interview of the row as the current one."""
    return CurrentInterview(id=row.id, is_over=row.is_over, cancelled=row.cancelled)


def only_interview(detail: ApplicationDetail) -> CurrentInterview | None:
    """The interview of an application that has just one: "the interview" can mean no other."""
    return current_interview(detail.interviews[0]) if len(detail.interviews) == 1 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What is selected, of each kind: most views have only some of them.

    ``applications`` are those that are selected, or the one that what is selected belongs to. ``entry`` is an
    event of a timeline, ``person`` a contact, ``picture`` the title of a chart.
    """

    applications: tuple[str, ...] = ()
    follow_up: CurrentFollowUp | None = None
    group: CurrentGroup | None = None
    interview: CurrentInterview | None = None
    entry: str | None = None
    person: str | None = None
    picture: str | None = None

    @property
    def application(self) -> str | None:
        """The application, if it is one alone."""
        return self.applications[0] if len(self.applications) == 1 else None
