"""Another time zone of an application: what becomes of its interviews is asked in place, and can wait."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TypeAlias

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from followup_desktop.domain.model import Facts, Interview
from followup_desktop.ui.applications.view import ApplicationsView
from tests.ui.applications.conftest import ACME, FACTS
from tests.ui.desk import Desk

AHEAD = Interview(
    id="ahead", starts_at=datetime.fromisoformat("2026-10-20T10:00"), minutes=60, timezone="Europe/Madrid"
)


@pytest.fixture
def shown(open_view: Callable[[Facts], ApplicationsView]) -> ApplicationsView:
    acme = replace(ACME, interviews=(*ACME.interviews, AHEAD))
    view = open_view(replace(FACTS, applications=(acme, *FACTS.applications[1:])))
    view.show_application("acme")
    return view


def choose_zone(view: ApplicationsView, zone: str) -> None:
    field = view.detail.fields["timezone"]
    field.editor.setFocus()
    field.type_again(zone)
    view.table.setFocus()


def test_the_question_stands_below_the_field_and_is_answered_with_the_keyboard(
    shown: ApplicationsView, desk: Desk
) -> None:
    question = shown.detail.below.zone_question
    assert not question.isVisible()
    choose_zone(shown, "America/New_York")
    assert question.isVisible()
    assert question.text.text() == (
        "The interview on Tue 20 Oct 10:00 is in Madrid time: 04:00 in New York. Move it?"
    )
    field = shown.detail.fields["timezone"]
    assert question.y() >= field.geometry().bottom()
    assert names(question) == [
        "Same hour: 10:00 in New York",
        "Same moment: 04:00 in New York",
        "Leave in Madrid time",
    ]
    question.same_hour.setFocus()
    QTest.keyClick(question.same_hour, Qt.Key.Key_Space)
    assert not question.isVisible()
    moved = next(i for i in desk.store.application("acme").interviews if i.id == "ahead")
    assert (moved.timezone, moved.starts_at) == ("America/New_York", AHEAD.starts_at)
    assert shown.detail.fields["timezone"].editor.hasFocus()
    desk.tracker.undo()
    assert question.isVisible(), "it is asked again"
    desk.tracker.undo()
    assert not question.isVisible(), "the zone is what it was"
    desk.tracker.redo()
    assert question.isVisible()


def test_it_waits_with_its_application_and_leaves_all_as_it_is_when_told_so(
    shown: ApplicationsView, desk: Desk
) -> None:
    question = shown.detail.below.zone_question
    choose_zone(shown, "America/New_York")
    shown.show_application("initech")
    assert not question.isVisible()
    shown.show_application("acme")
    assert question.isVisible()
    facts = desk.store.facts()
    question.leave.click()
    assert not question.isVisible()
    assert desk.store.facts() == facts
    row = next(r for r in shown.detail.interviews.model.rows if r.id == "ahead")
    assert "(04:00 in New York)" in row.text, "from then on both hours are told"


def test_a_zone_that_was_passed_on_the_way_forgets_nothing(shown: ApplicationsView) -> None:
    for zone in ("America/New_York", "Asia/Tokyo"):
        choose_zone(shown, zone)
    assert "is in Madrid time: 17:00 in Tokyo" in shown.detail.below.zone_question.text.text()


def names(question: QWidget) -> list[str]:
    return [each.accessibleName() for each in question.findChildren(QAbstractButton)]


OpenView: TypeAlias = Callable[[Facts], ApplicationsView]


@pytest.fixture
def again(open_view: OpenView, desk: Desk) -> Callable[[], ApplicationsView]:
    """Opens the view anew over what is there, as the next start does."""

    def open_again() -> ApplicationsView:
        view = open_view(desk.store.facts())
        view.show_application("acme")
        return view

    return open_again


@pytest.mark.parametrize("left", [True, False], ids=["after the field was left", "while it is being typed"])
def test_a_question_that_was_not_answered_is_asked_after_the_next_start(
    shown: ApplicationsView, desk: Desk, again: Callable[[], ApplicationsView], left: bool
) -> None:
    field = shown.detail.fields["timezone"]
    if left:
        choose_zone(shown, "America/New_York")
    else:
        field.editor.setFocus()
        field.type_again("America/New_York")
        shown.flush()
    following = again()
    question = following.detail.below.zone_question
    assert question.isVisible()
    assert question.text.text() == (
        "The interview on Tue 20 Oct 10:00 is in Madrid time: 04:00 in New York. Move it?"
    )
    desk.tracker.edit_application("acme", timezone="Asia/Tokyo")
    assert "is in Madrid time: 17:00 in Tokyo" in question.text.text(), "nothing is forgotten on the way"


@pytest.mark.parametrize("answer", ["same_hour", "same_moment", "leave"])
def test_an_answer_lasts_over_the_next_start(
    shown: ApplicationsView, again: Callable[[], ApplicationsView], answer: str
) -> None:
    choose_zone(shown, "America/New_York")
    getattr(shown.detail.below.zone_question, answer).click()
    following = again()
    assert not following.detail.below.zone_question.isVisible()
    assert not again().detail.below.zone_question.isVisible()


def test_it_is_asked_again_after_the_next_start_where_the_answer_was_undone(
    shown: ApplicationsView, desk: Desk, again: Callable[[], ApplicationsView]
) -> None:
    choose_zone(shown, "America/New_York")
    shown.detail.below.zone_question.same_hour.click()
    desk.tracker.undo()
    assert again().detail.below.zone_question.isVisible()


@pytest.mark.parametrize("kept", ["no JSON", "[1]", '{"acme": 5}'])
def test_what_is_no_note_of_zones_is_no_question(
    desk: Desk, again: Callable[[], ApplicationsView], kept: str
) -> None:
    settings = QSettings(str(desk.folder / "window.ini"), QSettings.Format.IniFormat)
    settings.setValue("applications/former-zones", kept)
    desk.put(FACTS)
    assert not again().detail.below.zone_question.isVisible()
