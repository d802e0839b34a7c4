"""The columns of the board and their order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from followup_desktop.domain.model import Stage
from followup_desktop.services.reading.board import CLOSED_STAGES, OPEN_STAGES, Board
from tests.ui import situations
from tests.ui.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path, situations.twelve())
    yield desk
    desk.close()


def test_every_stage_is_one_column() -> None:
    assert (*OPEN_STAGES, *CLOSED_STAGES) == tuple(Stage)


def test_a_column_has_its_stage_and_what_is_to_be_done_first_on_top(desk: Desk) -> None:
    board = Board(desk.store, desk.overview)
    ids = board.ids(Stage.INTERVIEWING, desk.now)
    assert set(ids) == {"acme", "initech", "globex", "umbrella", "hooli", "vandelay"}
    due = desk.store.application_summaries(ids, desk.now)
    moments = [due[each].next_due_at for each in ids if due[each].next_due_at is not None]
    assert moments == sorted(moments)  # type: ignore[type-var]
    assert [card.id for card in board.cards(ids, desk.now)] == ids


def test_what_has_ended_comes_latest_first(desk: Desk) -> None:
    board = Board(desk.store, desk.overview)
    desk.tracker.set_stage("hooli", Stage.REJECTED)
    assert board.ids(Stage.REJECTED, desk.now) == ["hooli", "wayne"]


def test_what_is_archived_is_neither_shown_nor_counted(desk: Desk) -> None:
    board = Board(desk.store, desk.overview)
    before = board.counts()
    desk.tracker.archive_application("acme")
    assert "acme" not in board.ids(Stage.INTERVIEWING, desk.now)
    assert board.counts()[Stage.INTERVIEWING] == before[Stage.INTERVIEWING] - 1
    assert board.counts()[Stage.NO_RESPONSE] == 0
