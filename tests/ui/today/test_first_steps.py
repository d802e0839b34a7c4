"""The list of first steps: shown from an empty beginning, ticks itself, and goes for good."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from followup_desktop.domain.model import Event, EventKind, Facts, Stage
from followup_desktop.services.reading.first_steps import FirstStep
from followup_desktop.ui.kit.requests import AddApplication, OpenDebrief, OpenGuide, Request
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.today.first_steps import FirstStepsCard
from followup_desktop.ui.today.view import TodayView
from tests.ui import situations
from tests.ui.desk import Desk, PutUp


@pytest.fixture
def today(desk: Desk, theme: Theme, put_up: PutUp) -> TodayView:
    desk.put(situations.nothing())
    view = TodayView(desk.context(theme))
    put_up(view)
    return view


def steps(view: TodayView) -> FirstStepsCard:
    return view.first_steps


def buttons(view: TodayView) -> list[str]:
    return [line.button.accessibleName() for line in steps(view).lines.values() if line.button.isVisible()]


def asked_of(view: TodayView) -> list[Request]:
    found: list[Request] = []
    view.asked.connect(found.append)
    return found


def with_interview() -> Facts:
    facts = situations.nothing()
    application = replace(situations.thank_ana(), events=())
    return replace(facts, applications=(application,), contacts=(situations.ANA,))


def undebriefed() -> Facts:
    facts = with_interview()
    (application,) = facts.applications
    interview = replace(application.interviews[0], debriefed_at=None, reply_by=None)
    return replace(facts, applications=(replace(application, interviews=(interview,)),))


def test_an_empty_beginning_shows_them_with_the_button_of_the_first(today: TodayView) -> None:
    assert steps(today).isVisible()
    assert buttons(today) == ["Start: Add an application"]
    asked = asked_of(today)
    steps(today).lines[FirstStep.APPLICATION].button.click()
    steps(today).tips_button.click()
    assert asked == [AddApplication(), OpenGuide("tips")]


def test_they_tick_themselves_and_the_button_goes_on(today: TodayView, desk: Desk) -> None:
    desk.put(undebriefed())
    today.refresh()
    ticked = {step: line.title.accessibleName() for step, line in steps(today).lines.items()}
    assert ticked[FirstStep.APPLICATION] == "Done: Add an application."
    assert ticked[FirstStep.THANKS] == "To do: Thank everyone you met."
    assert buttons(today) == ["Start: Note how it went"]
    asked = asked_of(today)
    steps(today).lines[FirstStep.DEBRIEF].button.click()
    assert asked == [OpenDebrief("debrief/acme/2026-10-14")]


def test_when_all_are_done_they_go_for_good(
    today: TodayView, desk: Desk, theme: Theme, put_up: PutUp, qtbot: QtBot
) -> None:
    facts = with_interview()
    (application,) = facts.applications
    thanks = Event(id="t", kind=EventKind.THANK_YOU, at=datetime(2026, 10, 14, 12, tzinfo=UTC))
    with qtbot.waitSignal(today.status):
        desk.put(replace(facts, applications=(replace(application, events=(thanks,)),)))
        today.refresh()
    assert not steps(today).isVisible()
    desk.put(situations.nothing())
    again = TodayView(desk.context(theme))
    put_up(again)
    assert not again.first_steps.isVisible()


def test_they_can_be_put_away_and_that_be_undone(today: TodayView) -> None:
    said: list[tuple[object, ...]] = []
    today.undoable.connect(lambda *what: said.append(what))
    steps(today).hide_button.click()
    assert not steps(today).isVisible()
    ((_sentence, take_back),) = said
    assert callable(take_back)
    take_back()
    assert steps(today).isVisible()


def test_whoever_begins_with_applications_is_not_shown_them(desk: Desk, theme: Theme, put_up: PutUp) -> None:
    desk.put(undebriefed())
    view = TodayView(desk.context(theme))
    put_up(view)
    assert not view.first_steps.isVisible()


def test_with_a_job_they_go_and_nothing_asks_for_more(today: TodayView, desk: Desk) -> None:
    """Nobody who has just accepted an offer is told that nothing was done yet."""
    desk.put(with_interview())
    (application,) = desk.store.applications()
    today.show_changes(None)
    assert steps(today).isVisible()
    desk.tracker.set_stage(application.id, Stage.ACCEPTED)
    today.show_changes(None)
    assert not steps(today).isVisible()
    said = [label.text() for label in today.findChildren(QLabel) if label.isVisible()]
    assert "Nothing to do right now" in said
    assert "Nothing to follow up on yet" not in said
