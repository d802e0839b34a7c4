"""What reads for the views, each part made when it is first wanted and then shared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from followup_desktop.domain.agenda import is_open

if TYPE_CHECKING:
    from followup_desktop.domain.model import TrashEntry
    from followup_desktop.services.messages.compose import Compose
    from followup_desktop.services.ports import Clock
    from followup_desktop.services.reading.board import Board
    from followup_desktop.services.reading.calendar import CalendarPages
    from followup_desktop.services.reading.debrief import DebriefReader
    from followup_desktop.services.reading.history import EmployerHistories
    from followup_desktop.services.reading.insights import Insights
    from followup_desktop.services.reading.next_step import NextStepReader
    from followup_desktop.services.reading.overview import Overview
    from followup_desktop.services.reading.people import People
    from followup_desktop.services.reading.search import Finder
    from followup_desktop.services.wording import Wording
    from followup_desktop.storage.store import Store


class Readers:
    """One of each, over one store. Modules are loaded with what they hold: a start loads what it shows."""

    def __init__(self, store: Store, overview: Overview, wording: Wording, clock: Clock) -> None:
        self._store = store
        self._overview = overview
        self._wording = wording
        self._clock = clock

    def on_change(self, callback: Callable[[], None]) -> None:
        """Call this after each change of what is read."""
        self._store.subscribe(lambda _changes: callback())

    @cached_property
    def finder(self) -> Finder:
        """Finds applications and people by what is typed."""
        from followup_desktop.services.reading.search import Finder

        finder = Finder(self._store, self._wording, self._clock)
        self._store.subscribe(finder.refresh)
        return finder

    @cached_property
    def history(self) -> EmployerHistories:
        """What there was with an employer before."""
        from followup_desktop.services.reading.history import EmployerHistories

        return EmployerHistories(self._store)

    @cached_property
    def calendar(self) -> CalendarPages:
        """The pages of the calendar."""
        from followup_desktop.services.reading.calendar import CalendarPages

        return CalendarPages(self._store, self._wording)

    @cached_property
    def people(self) -> People:
        """Everybody, and each in detail."""
        from followup_desktop.services.reading.people import People

        return People(self._store, self._overview, self._wording)

    @cached_property
    def board(self) -> Board:
        """The applications by stage."""
        from followup_desktop.services.reading.board import Board

        return Board(self._store, self._overview)

    @cached_property
    def insights(self) -> Insights:
        """How the search goes, in figures."""
        from followup_desktop.services.reading.insights import Insights

        return Insights(self._store)

    @cached_property
    def debriefs(self) -> DebriefReader:
        """What an interview day asks."""
        from followup_desktop.services.reading.debrief import DebriefReader

        return DebriefReader(self._store, self._wording)

    @cached_property
    def compose(self) -> Compose:
        """The letters and calls that follow-ups ask for."""
        from followup_desktop.services.messages.compose import Compose

        return Compose(self._store, self._wording)

    @cached_property
    def next_step(self) -> NextStepReader:
        """What the one thing to do needs in sight."""
        from followup_desktop.services.reading.next_step import NextStepReader

        return NextStepReader(self._store, self._wording, self.compose)

    def title(self, key: str) -> str:
        """What a follow-up is called; empty if it is not called for any more."""
        return self._overview.title(key, self._clock())

    def is_open(self, key: str) -> bool:
        """Whether a follow-up is still there to be answered."""
        follow_up = self._store.follow_up(key)
        return follow_up is not None and is_open(
            follow_up, self._store.choices([key]).get(key), self._clock()
        )

    def trash(self) -> Sequence[TrashEntry]:
        """What was deleted lately, the last first."""
        return self._store.trash()

    def trash_count(self) -> int:
        """How much was deleted lately: told at every edit, so that not all of it is read for that."""
        return self._store.count_trash()
