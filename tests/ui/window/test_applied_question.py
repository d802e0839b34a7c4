"""When did you apply? Asked in place when an application jumps over *Applied*, by whatever way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest

from followup_desktop.domain.model import Application, Facts, Stage
from followup_desktop.services.tracker import EmployerReply
from followup_desktop.services.tracker.timeline import EmployerNews
from followup_desktop.ui.applications.view import ApplicationsView
from followup_desktop.ui.kit.forms.choices import ChoiceField
from followup_desktop.ui.kit.forms.dates import DateField
from followup_desktop.ui.kit.requests import OpenApplication
from followup_desktop.ui.window.main_window import MainWindow
from tests.tables import tabled
from tests.ui import situations
from tests.ui.desk import Desk, Open, page_of

TODAY = date(2026, 10, 14)
TOMORROW = datetime.fromisoformat("2026-10-15T10:00")
SAVED = Application(
    id="saved",
    employer="Acme",
    role="Analyst",
    stage=Stage.SAVED,
    stage_at=situations.NOW - timedelta(days=5),
    timezone="Europe/Madrid",
    country="ES-MD",
)


def facts(*more: Application) -> Facts:
    return replace(situations.nothing(), applications=(SAVED, *more))


def add_interview(window: MainWindow, desk: Desk) -> None:
    desk.tracker.add_interview("saved", starts_at=TOMORROW)


def choose_in_the_detail(window: MainWindow, desk: Desk) -> None:
    window.answer(OpenApplication("saved"))
    stage = page_of(window, ApplicationsView).detail.fields["stage"]
    assert isinstance(stage, ChoiceField)
    stage.combo.setFocus()
    stage.combo.setCurrentText("Interviewing")


def move_many(window: MainWindow, desk: Desk) -> None:
    desk.tracker.set_stage_many(["saved"], Stage.INTERVIEWING)


def hear_of_an_interview(window: MainWindow, desk: Desk) -> None:
    desk.tracker.they_answered("saved", EmployerNews(said=EmployerReply.NEXT_INTERVIEW, starts_at=TOMORROW))


def hear_of_an_offer(window: MainWindow, desk: Desk) -> None:
    desk.tracker.they_answered("saved", EmployerNews(said=EmployerReply.OFFER))


WAYS = (add_interview, choose_in_the_detail, move_many, hear_of_an_interview, hear_of_an_offer)


@pytest.fixture
def window(open_window: Open) -> MainWindow:
    return open_window(facts())


@tabled("way", WAYS)
def test_every_way_over_applied_asks_and_one_key_answers(
    window: MainWindow, desk: Desk, way: Callable[[MainWindow, Desk], None]
) -> None:
    question = window.applied_question
    assert not question.isVisible()
    way(window, desk)
    assert question.isVisible()
    assert question.sentence == "When did you apply to Acme · Analyst?"
    question.today_button.click()
    assert desk.store.application("saved").applied_on == TODAY
    assert not question.isVisible()
    assert window.toast.message == "Applied on Wed 14 Oct: Acme"
    window.steps.undo()
    assert desk.store.application("saved").applied_on is None
    assert question.isVisible(), "it is not known again"
    window.steps.undo()
    assert desk.store.application("saved").stage is Stage.SAVED
    assert not question.isVisible()


def test_a_date_is_typed_as_one_says_it_and_enter_saves_it(open_window: Open, desk: Desk) -> None:
    window = open_window(facts())
    add_interview(window, desk)
    question = window.applied_question
    question.field.setFocus()
    QTest.keyClick(question.field.line, Qt.Key.Key_Return)
    assert question.field.refusal == "Enter a date, or choose “Applied today” or “Not now”."
    QTest.keyClicks(question.field.line, "qqq")
    QTest.keyClick(question.field.line, Qt.Key.Key_Return)
    assert question.field.refusal
    assert desk.store.application("saved").applied_on is None
    question.field.line.clear()
    QTest.keyClicks(question.field.line, "last friday")
    QTest.keyClick(question.field.line, Qt.Key.Key_Return)
    assert desk.store.application("saved").applied_on == date(2026, 10, 9)
    assert not question.isVisible()


def test_several_are_asked_about_one_after_the_other_and_not_now_ends_it(
    open_window: Open, desk: Desk
) -> None:
    other = replace(SAVED, id="other", employer="Beta")
    window = open_window(facts(other))
    desk.tracker.set_stage_many(["saved", "other"], Stage.INTERVIEWING)
    question = window.applied_question
    assert question.sentence.endswith("(and 1 more)")
    question.today_button.click()
    assert question.isVisible()
    assert "more" not in question.sentence
    question.later_button.click()
    assert not question.isVisible()
    desk.tracker.edit_application("other", notes="x")
    desk.tracker.undo()
    desk.tracker.redo()
    assert not question.isVisible(), "who said not now is not asked again"


def test_nothing_is_asked_where_the_date_is_known_or_the_move_is_no_jump(
    open_window: Open, desk: Desk
) -> None:
    dated = replace(SAVED, id="dated", applied_on=date(2026, 10, 1))
    applied = replace(SAVED, id="applied", stage=Stage.APPLIED)
    window = open_window(facts(dated, applied))
    desk.tracker.set_stage("dated", Stage.INTERVIEWING)
    desk.tracker.set_stage("applied", Stage.INTERVIEWING)
    desk.tracker.set_stage("saved", Stage.APPLIED)
    desk.tracker.set_stage("saved", Stage.REJECTED)
    assert not window.applied_question.isVisible()


def test_a_move_of_long_ago_that_a_file_brings_is_not_asked_about(open_window: Open, desk: Desk) -> None:
    window = open_window(facts())
    desk.tracker.set_stage("saved", Stage.INTERVIEWING, desk.now - timedelta(days=3))
    assert not window.applied_question.isVisible()


def test_the_field_goes_on_asking_quietly(open_window: Open, desk: Desk) -> None:
    window = open_window(facts())
    add_interview(window, desk)
    window.applied_question.later_button.click()
    window.answer(OpenApplication("saved"))
    field = page_of(window, ApplicationsView).detail.fields["applied_on"]
    assert isinstance(field, DateField)
    assert field.understood.sentence == "When did you apply? Check-ins are counted from this date."
    assert not field.understood.isHidden()
    desk.tracker.edit_application("saved", applied_on=TODAY)
    assert "When did you apply" not in field.understood.sentence


def test_what_is_asked_of_one_leaves_no_room_in_the_next(open_window: Open) -> None:
    asked = replace(SAVED, id="asked", stage=Stage.APPLIED)
    dated = replace(asked, id="dated", employer="Initech", applied_on=TODAY)
    window = open_window(facts(asked, dated))
    heights = []
    for application in ("dated", "asked", "dated", "asked"):
        window.answer(OpenApplication(application))
        fields = page_of(window, ApplicationsView).detail.fields
        QCoreApplication.processEvents()
        heights.append(fields["closes_on"].y() - fields["applied_on"].y())
    assert heights[0] == heights[2] < heights[1] == heights[3]
