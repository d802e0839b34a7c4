"""A stage that a file brought without its date is asked about in the detail, as follow-ups wait for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from followup_desktop.domain.model import Facts, Rule, Stage
from followup_desktop.services.reading.undated import has_closed, lacks_stage_date
from followup_desktop.ui.applications.view import ApplicationsView
from tests.tables import tabled
from tests.ui.applications.conftest import ACME, FACTS
from tests.ui.desk import Desk


@tabled(
    "stage, after_an_interview, without_any",
    [
        (Stage.SAVED, False, False),
        (Stage.APPLIED, False, False),
        (Stage.INTERVIEWING, False, True),
        (Stage.OFFER, True, True),
        (Stage.ACCEPTED, True, True),
        (Stage.REJECTED, True, False),
        (Stage.NO_RESPONSE, False, False),
    ],
)
def test_it_is_asked_where_follow_ups_are_counted_from_it(
    stage: Stage, after_an_interview: bool, without_any: bool
) -> None:
    undated = replace(ACME, stage=stage, stage_at=None, events=())
    assert undated.interviews
    assert lacks_stage_date(undated) is after_an_interview
    assert lacks_stage_date(replace(undated, interviews=())) is without_any
    assert not lacks_stage_date(replace(undated, archived=True))
    assert not lacks_stage_date(replace(ACME, stage=stage, stage_at=datetime(2026, 10, 1, tzinfo=UTC)))


@pytest.mark.parametrize(
    ("days", "stage", "asks"),
    [(-1, Stage.SAVED, True), (0, Stage.SAVED, False), (-1, Stage.APPLIED, False), (-1, Stage.OFFER, False)],
)
def test_a_posting_that_has_closed_is_asked_about_where_nobody_said_what_became_of_it(
    days: int, stage: Stage, asks: bool
) -> None:
    today = date(2026, 10, 14)
    closed = replace(ACME, stage=stage, closes_on=today + timedelta(days=days))
    assert has_closed(closed, today) is asks
    assert not has_closed(replace(closed, archived=True), today)
    assert not has_closed(replace(closed, closes_on=None), today)


def test_an_offer_without_a_date_asks_for_it_and_is_then_followed_up(
    open_view: Callable[[Facts], ApplicationsView], desk: Desk
) -> None:
    undated = replace(ACME, stage=Stage.OFFER, stage_at=None, events=())
    view = open_view(replace(FACTS, applications=(undated, *FACTS.applications[1:])))
    view.show_application("acme")
    question = view.detail.stage_question
    assert question.isVisible()
    assert not [each for each in desk.store.follow_ups("acme") if each.rule is Rule.OFFER_REPLY]
    question.save_button.click()
    assert question.field.refusal
    question.field.type_again("in two days")
    question.save_button.click()
    assert question.isVisible()
    question.field.type_again("yesterday")
    QTest.keyClick(question.field.line, Qt.Key.Key_Return)
    assert not question.isVisible()
    assert [each for each in desk.store.follow_ups("acme") if each.rule is Rule.OFFER_REPLY]
    assert view.detail.planned.model.rows
    desk.tracker.undo()
    assert question.isVisible()
