"""A great moment is told once, where the user is, until it is closed; undo takes it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from followup_desktop.domain.model import Application, Facts, Policy, SearchState, Stage
from followup_desktop.ui.compose.view import ComposeView
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.window.main_window import MainWindow
from tests.ui.desk import Desk, Open, page_of

GLOBEX = Application(
    id="globex",
    employer="Globex",
    role="Cook",
    stage=Stage.OFFER,
    applied_on=date(2026, 9, 25),
    timezone="Europe/Madrid",
)
FACTS = Facts(
    policy=Policy(timezone="Europe/Madrid"),
    search=SearchState(paused=True),
    applications=(GLOBEX, replace(GLOBEX, id="hooli", employer="Hooli", stage=Stage.INTERVIEWING)),
)


@pytest.fixture
def window(open_window: Open) -> MainWindow:
    return open_window(FACTS)


def test_a_job_is_told_in_every_view_until_it_is_closed(window: MainWindow, desk: Desk) -> None:
    bar = window.great_moment
    assert not bar.isVisible()
    window.show_view("board")
    desk.tracker.set_stage("globex", Stage.ACCEPTED)
    said = "You have a job. It took 2 applications and 19 days. You have 1 goodbye left to say."
    assert bar.sentence == said
    assert bar.isVisible()
    bar.close_button.click()
    assert not bar.isVisible()
    desk.tracker.edit_application("globex", notes="Yes")
    desk.tracker.undo()
    assert not bar.isVisible(), "it is told once"


def test_what_was_not_closed_is_there_at_the_next_start(window: MainWindow, desk: Desk, theme: Theme) -> None:
    desk.tracker.set_stage("globex", Stage.ACCEPTED)
    again = desk.window(theme)
    again.show()
    assert again.great_moment.isVisible()
    desk.now += timedelta(days=30)
    again.great_moment.close_button.click()
    assert desk.window(theme).great_moment.isHidden()


def test_a_first_interview_is_told_by_the_day_it_is_and_no_longer_when_it_is_over(
    window: MainWindow, desk: Desk
) -> None:
    at = desk.now.replace(tzinfo=None) + timedelta(days=1)
    desk.tracker.add_interview("hooli", starts_at=at, timezone="UTC")
    told = []
    for _step in range(3):
        window.tick()
        told.append(window.great_moment.sentence if window.great_moment.isVisible() else "")
        desk.now += timedelta(hours=23)
    assert [word in said for word, said in zip(("tomorrow at", "today at"), told, strict=False)] == [True] * 2
    assert told[2] == ""


def test_undo_takes_it_back_and_the_next_time_it_is_told_again(window: MainWindow, desk: Desk) -> None:
    desk.tracker.set_stage("globex", Stage.ACCEPTED)
    window.steps.undo()
    assert not window.great_moment.isVisible()
    desk.tracker.redo()
    assert window.great_moment.isVisible()


def test_the_goodbyes_lead_to_their_letters_and_go_as_they_are_said(window: MainWindow, desk: Desk) -> None:
    desk.tracker.set_stage("globex", Stage.ACCEPTED)
    bar = window.great_moment
    (letter,) = bar.goodbyes
    assert letter.accessibleName() == "Write to Hooli"
    letter.click()
    assert window.view == "compose"
    assert page_of(window, ComposeView).isVisible()
    desk.tracker.set_stage("hooli", Stage.WITHDRAWN)
    assert bar.goodbyes == []
    assert bar.isVisible()


def test_a_job_is_told_however_many_applications_are_planned_anew_by_it(
    window: MainWindow, desk: Desk
) -> None:
    others = [replace(GLOBEX, id=f"n{n}", employer=f"Firm {n}", stage=Stage.INTERVIEWING) for n in range(30)]
    with desk.store.transaction("Import") as t:
        t.put_facts(replace(t.facts(), applications=(*FACTS.applications, *others)))
    desk.tracker.set_stage("globex", Stage.ACCEPTED)
    bar = window.great_moment
    said = "You have a job. It took 32 applications and 19 days. You have 31 goodbyes left to say."
    assert bar.sentence == said
    assert [button.text() for button in bar.goodbyes][3:] == ["28 more in Today"]
    bar.goodbyes[3].click()
    assert window.view == "today"


def test_a_file_with_many_brings_no_news(window: MainWindow, desk: Desk) -> None:
    many = tuple(replace(GLOBEX, id=f"n{n}", stage=Stage.ACCEPTED, stage_at=desk.now) for n in range(12))
    with desk.store.transaction("Import") as t:
        t.put_facts(replace(t.facts(), applications=(*FACTS.applications, *many)))
    assert not window.great_moment.isVisible()
    desk.tracker.edit_application("n3", notes="Yes")
    assert not window.great_moment.isVisible(), "nor does an edit of one of them"
    desk.tracker.set_stage("n4", Stage.WITHDRAWN)
    window.steps.undo()
    assert not window.great_moment.isVisible()
