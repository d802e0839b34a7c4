"""The other applications at one employer, and a refusal lately."""

from __future__ import annotations

from datetime import timedelta

import pytest

from followup_desktop.domain.model import Stage
from followup_desktop.services.reading.history import EmployerHistory
from tests.services.conftest import Desk, acme

DAYS = timedelta(days=1)


def history(desk: Desk) -> EmployerHistory:
    return EmployerHistory(desk.store)


def banner(desk: Desk, application: str = "a1") -> str | None:
    about = history(desk)
    return about.banner(about.history_of(application, desk.now), desk.now)


@pytest.fixture
def table(desk: Desk) -> Desk:
    desk.put(
        acme(Stage.SAVED),
        acme(Stage.APPLIED, id="a2", employer=" ＡＣＭＥ", stage_at=desk.now - 20 * DAYS, role="Analyst"),
        acme(Stage.REJECTED, id="a3", employer="acme", stage_at=desk.now - 30 * DAYS, archived=True),
        acme(Stage.REJECTED, id="a4", stage_at=desk.now - 91 * DAYS),
        acme(Stage.WITHDRAWN, id="a5", stage_at=None),
        acme(Stage.REJECTED, id="b1", employer="Acme Labs", stage_at=desk.now - DAYS),
    )
    return desk


def test_the_others_at_one_employer_newest_first(table: Desk) -> None:
    rows = history(table).history_of("a1", table.now)
    assert [(row.application, row.rejected_lately) for row in rows] == [
        ("a2", False),
        ("a3", True),
        ("a4", False),
        ("a5", False),
    ]
    assert (rows[0].role, rows[0].stage, rows[0].since) == ("Analyst", Stage.APPLIED, table.now - 20 * DAYS)
    assert rows[1].archived


def test_an_employer_alone_or_gone_has_no_history(table: Desk) -> None:
    assert history(table).history_of("b1", table.now) == ()
    assert history(table).history_of("gone", table.now) == ()


def test_lately_is_ninety_days(desk: Desk) -> None:
    desk.put(acme(Stage.SAVED), acme(Stage.REJECTED, id="a2", stage_at=desk.now - 90 * DAYS))
    assert history(desk).history_of("a1", desk.now)[0].rejected_lately
    desk.now += timedelta(seconds=1)
    assert not history(desk).history_of("a1", desk.now)[0].rejected_lately


def test_what_is_gone_has_no_history_and_is_none(table: Desk) -> None:
    assert history(table).history_of("gone", table.now) == ()
    table.tracker.trash_application("a3")
    assert [row.application for row in history(table).history_of("a1", table.now)] == ["a2", "a4", "a5"]


def test_the_banner_tells_of_a_refusal_first(table: Desk) -> None:
    assert banner(table) == "They chose someone else as Data Engineer 30 days ago."
    table.tracker.trash_application("a3")
    assert banner(table) == "You have 3 other applications here."
    table.tracker.trash_many(["a4", "a5"])
    assert banner(table) == "You have another application here."
    table.tracker.trash_application("a2")
    assert banner(table) is None
