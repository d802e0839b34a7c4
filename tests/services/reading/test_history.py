"""The other applications at one employer, and a refusal lately."""

from __future__ import annotations

from datetime import timedelta

import pytest

from followup_desktop.domain.model import Stage
from followup_desktop.services.reading.history import EmployerHistories
from tests.services.conftest import Desk, acme

DAYS = timedelta(days=1)


def history(desk: Desk) -> EmployerHistories:
    return EmployerHistories(desk.store)


def banner(desk: Desk, application: str = "a1") -> str | None:
    return history(desk).history_of(application, desk.now).banner(desk.now)


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


def test_of_the_others_at_one_employer_a_late_refusal_comes_first_then_the_newest(table: Desk) -> None:
    found = history(table).history_of("a1", table.now)
    assert found.number == 4
    assert [(each.id, each.was_refused) for each in found.first] == [
        ("a3", True),
        ("a2", False),
        ("a4", False),
    ]
    analyst = found.first[1]
    assert (analyst.role, analyst.stage, analyst.since) == (
        "Analyst",
        Stage.APPLIED,
        table.now - 20 * DAYS,
    )


def test_an_employer_alone_or_gone_has_no_history(table: Desk) -> None:
    for alone in ("b1", "gone"):
        found = history(table).history_of(alone, table.now)
        assert (found.number, found.first) == (0, ())


def test_lately_is_ninety_days(desk: Desk) -> None:
    desk.put(acme(Stage.SAVED), acme(Stage.REJECTED, id="a2", stage_at=desk.now - 90 * DAYS))
    assert history(desk).history_of("a1", desk.now).first[0].was_refused
    desk.now += timedelta(seconds=1)
    assert not history(desk).history_of("a1", desk.now).first[0].was_refused


def test_what_is_in_the_trash_is_no_history(table: Desk) -> None:
    table.tracker.trash_application("a3")
    found = history(table).history_of("a1", table.now)
    assert (found.number, [each.id for each in found.first]) == (3, ["a2", "a4", "a5"])


def test_the_banner_tells_of_a_refusal_first(table: Desk) -> None:
    assert banner(table) == "They chose someone else as Data Engineer 30 days ago."
    table.tracker.trash_application("a3")
    assert banner(table) == "You have 3 other applications here."
    table.tracker.trash_many(["a4", "a5"])
    assert banner(table) == "You have another application here."
    table.tracker.trash_application("a2")
    assert banner(table) is None
