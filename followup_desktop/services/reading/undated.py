"""Applications without a date that follow-ups are counted from: of applying, or of the stage they are in."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta

from followup_desktop.domain.casefile import stage_instant
from followup_desktop.domain.model import ACTIVE_STAGES, Application, Event, EventKind, Stage
from followup_desktop.storage.store import Store

JUST_NOW = timedelta(minutes=2)
"""A move that is older, as a file can bring it, is not asked about."""
_PAST_APPLIED = frozenset({Stage.INTERVIEWING, Stage.OFFER})


def is_undated(application: Application) -> bool:
    """Whether an application goes on, and nobody said when it was made."""
    going = application.stage in ACTIVE_STAGES and not application.archived
    return going and application.applied_on is None


def has_closed(application: Application, today: date) -> bool:
    """Whether its posting has closed, and nobody said that the user applied."""
    saved = application.stage is Stage.SAVED and not application.archived
    return saved and application.closes_on is not None and application.closes_on < today


def lacks_stage_date(application: Application) -> bool:
    """Whether nobody said since when it is in its stage, and its follow-ups are counted from there.

    So can a file leave it. An interview says enough of one that is interviewing; only after an interview is
    feedback asked for.
    """
    if application.archived or stage_instant(application, application.stage) is not None:
        return False
    met = any(not interview.cancelled for interview in application.interviews)
    match application.stage:
        case Stage.OFFER | Stage.ACCEPTED:
            return True
        case Stage.INTERVIEWING:
            return not met
        case Stage.REJECTED:
            return met
        case _:
            return False


class UndatedApplications:
    """Finds those that have just jumped over the stage ``applied``, by whatever way."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def jumped(self, ids: Collection[str], now: datetime) -> dict[str, Application]:
        """The applications, of these ids, that have just come from ``saved``, by the entry that says so."""
        found = {}
        # First by the index of moves: to read all of 9 that were deleted took 1.2 of 40 ms.
        recent = self._store.moved_from(Stage.SAVED, now - JUST_NOW, now, ids)
        for application in self._store.applications(recent):
            move = _last_move(application)
            if move is not None and is_undated(application) and _jumps(move, now):
                found[move.id] = application
        return found

    def still(self, move: str, application_id: str) -> Application | None:
        """The application if that move is still its last, and still without a date."""
        for application in self._store.applications((application_id,)):
            last = _last_move(application)
            if last is not None and last.id == move and is_undated(application):
                return application
        return None


def _jumps(move: Event, now: datetime) -> bool:
    just_now = now - JUST_NOW <= move.at <= now
    return just_now and move.from_stage is Stage.SAVED and move.to_stage in _PAST_APPLIED


def _last_move(application: Application) -> Event | None:
    moves = [event for event in application.events if event.kind is EventKind.STAGE]
    return max(moves, key=lambda move: (move.at, move.id), default=None)
