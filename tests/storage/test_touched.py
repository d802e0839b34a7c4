"""What a transaction touched: told from what it noted as it made rows, and else from its changeset."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from itertools import pairwise
from typing import Any
from unittest.mock import patch

import apsw
import pytest
from hypothesis import given, settings

from followup_desktop.domain.model import Facts
from followup_desktop.services.tracker.planner import Planner
from followup_desktop.storage import touched
from followup_desktop.storage.database import open_database
from followup_desktop.storage.reads import FactReads
from followup_desktop.storage.store import Store
from followup_desktop.storage.touched import MadeRows, TouchedRecords
from tests import strategies
from tests.benchmarks.many import many
from tests.storage.conftest import ACME, NOW, put_acme
from tests.sweeps import examples

_of = TouchedRecords.of


def compared(
    changes: Callable[[], Iterable[apsw.TableChange]],
    reads: FactReads,
    made_rows: MadeRows | None = None,
    announced: Collection[str] = (),
) -> TouchedRecords:
    """What is touched, which has to be the same without what was noted."""
    found = _of(changes, reads, made_rows, announced)
    assert found == _of(changes, reads, None, announced)
    return found


@settings(max_examples=examples(30))
@given(states=strategies.histories())
def test_what_was_noted_is_what_the_changeset_says(states: tuple[Facts, ...]) -> None:
    store = Store(open_database(None))
    Planner(store)
    with patch.object(TouchedRecords, "of", compared):
        for state in states:
            with store.transaction("Put") as t:
                t.put_facts(state)
        for first, second in pairwise(states):
            with store.transaction("Put twice") as t:
                t.put_facts(first)
                t.put_facts(second)
    store.close()


def test_what_is_changed_after_it_was_made_counts_as_it_is_in_the_end(store: Store) -> None:
    put_acme(store)
    made = [replace(ACME, id=f"new{n}", interviews=(), events=()) for n in range(4)]
    with patch.object(TouchedRecords, "of", compared), store.transaction("Put") as t:
        t.put_applications(made)
        t.put_application(replace(made[0], employer="Globex"))
        t.trash_application(made[1].id, NOW)
        t.put_applications([replace(each, id=f"{each.id}-2") for each in made])


def test_rows_that_an_import_makes_are_not_read_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Any] = []
    monkeypatch.setattr(touched._RowNotes, "note", lambda *arguments: read.append(arguments))
    facts = many(30, NOW)
    with store.transaction("Import") as t:
        t.put_facts(facts)
    assert not read
    with store.transaction("Edit") as t:
        t.put_application(replace(facts.applications[0], notes="Called"))
    assert len(read) == 1
