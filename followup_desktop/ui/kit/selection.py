"""What is selected in a view: what a command acts on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from followup_desktop.domain.answers import Answer
from followup_desktop.services.reading.rows import FollowUpRow


@dataclass(frozen=True, slots=True, kw_only=True)
class CurrentFollowUp:
    """The follow-up that is current, and what its view does with it: a question opens in its place there."""

    row: FollowUpRow
    answer: Callable[[Answer], object]
    snooze: Callable[[], object]
    skip: Callable[[], object]
    explain: Callable[[], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class CurrentInterview:
    """The interview that is current."""

    id: str
    is_over: bool
    cancelled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What is selected, of each kind: most views have only some of them.

    ``applications`` are those that are selected, or the one that what is selected belongs to. ``entry`` is an
    event of a timeline, ``person`` a contact.
    """

    applications: tuple[str, ...] = ()
    follow_up: CurrentFollowUp | None = None
    interview: CurrentInterview | None = None
    entry: str | None = None
    person: str | None = None

    @property
    def application(self) -> str | None:
        """The application, if it is one alone."""
        return self.applications[0] if len(self.applications) == 1 else None
