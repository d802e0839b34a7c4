"""A table whose stage says no more of an application than that it is closed: why is in another column."""

from __future__ import annotations

import pytest

from followup_desktop.domain.model import Stage
from followup_desktop.services.transfer.document import Document
from followup_desktop.services.transfer.formats import read_document
from tests.services.conftest import Desk

HEADINGS = "Company,Role,Stage,Stage Date,Source,Tags,Notes,Closed Reason,Stage History"


def tracker(desk: Desk, reason: str, stage: str = "Closed") -> Document:
    row = f"Acme,Cook,{stage},2026-08-20,,,,{reason},Applied (2026-08-01) → Closed (2026-08-20)"
    reading = desk.tracker.reading("tracker.csv")
    return read_document(f"{HEADINGS}\n{row}\n".encode(), reading=reading)


@pytest.mark.parametrize(
    ("reason", "stage"),
    [
        ("Accepted offer", Stage.ACCEPTED),
        ("Withdrawn", Stage.WITHDRAWN),
        ("Accepted other offer", Stage.WITHDRAWN),
        ("Took another job", Stage.WITHDRAWN),
        ("Anderes Angebot angenommen", Stage.WITHDRAWN),
        ("Acepté otra oferta", Stage.WITHDRAWN),
        ("Autre offre acceptée", Stage.WITHDRAWN),
        ("No response", Stage.NO_RESPONSE),
        ("Rejected", Stage.REJECTED),
    ],
)
def test_the_reason_is_the_stage(desk: Desk, reason: str, stage: Stage) -> None:
    document = tracker(desk, reason)
    assert document.questions == ()
    (row,) = document.applications
    assert row.values["stage"] is stage
    assert [event.values.get("to_stage") for event in row.events] == [Stage.APPLIED, stage]
    desk.tracker.import_document(document)
    assert desk.tracker.import_document(document).counts() == {
        "added": 0,
        "updated": 0,
        "merged": 0,
        "skipped": 3,
        "refused": 0,
    }


@pytest.mark.parametrize(("reason", "about"), [("", "Closed"), ("Moon phase", "Moon phase")])
def test_a_reason_that_is_not_known_is_asked_about(desk: Desk, reason: str, about: str) -> None:
    (question,) = tracker(desk, reason).questions
    assert (question.about, question.guess, question.settled) == (about, "rejected", False)


def test_a_reason_counts_for_nothing_while_it_goes_on(desk: Desk) -> None:
    (row,) = tracker(desk, "Withdrawn", stage="Interview").applications
    assert row.values["stage"] is Stage.INTERVIEWING
