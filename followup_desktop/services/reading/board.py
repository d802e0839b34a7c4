"""What the board shows: the applications that are not archived, a column a stage."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from followup_desktop.domain.model import Stage
from followup_desktop.services.reading.overview import Overview
from followup_desktop.services.rows import ApplicationRow
from followup_desktop.storage.store import Store

OPEN_STAGES = (Stage.SAVED, Stage.APPLIED, Stage.INTERVIEWING, Stage.OFFER)
"""The columns of what goes on, from left to right."""
CLOSED_STAGES = (Stage.ACCEPTED, Stage.REJECTED, Stage.WITHDRAWN, Stage.NO_RESPONSE)
"""The columns of what has ended."""


class Board:
    """Reads for the board; nothing here writes."""

    def __init__(self, store: Store, overview: Overview) -> None:
        self._store = store
        self._overview = overview

    def counts(self) -> dict[Stage, int]:
        """How many cards each column has."""
        counts = self._store.stage_counts()
        return {stage: counts.get((stage, False), 0) for stage in Stage}

    def ids(self, stage: Stage, now: datetime) -> list[str]:
        """The ids of a column's cards: what is to be done first on top, of what has ended the latest."""
        order = "waiting" if stage in CLOSED_STAGES else "next"
        return self._store.application_ids(now=now, stages=(stage,), order_by=order)

    def cards(self, ids: Sequence[str], now: datetime) -> list[ApplicationRow]:
        """The cards of these applications, in that order; what is no longer there is left out."""
        return self._overview.application_rows(ids, now)
