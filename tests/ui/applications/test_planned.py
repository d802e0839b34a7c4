"""What the detail offers for a planned follow-up, and the banner of an employer that is known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from followup_desktop.domain.model import Application, CallOutcome, Event, EventKind, Facts, Rule, Stage
from followup_desktop.ui.applications.planned_answers import PlannedAnswers
from followup_desktop.ui.applications.view import ApplicationsView
from followup_desktop.ui.kit.answer_panels import ChoicePanel
from followup_desktop.ui.kit.date_panel import DatePanel
from followup_desktop.ui.kit.requests import WriteMessage
from tests.ui.applications.conftest import ACME, FACTS
from tests.ui.desk import Desk


@pytest.fixture
def thanks(view: ApplicationsView, desk: Desk) -> ApplicationsView:
    """Acme two hours after its interview: a debrief and a thank-you are open."""
    desk.now = datetime(2026, 10, 14, 11, tzinfo=UTC)
    view.refresh(None)
    choose(view, Rule.THANK_YOU)
    return view


@pytest.fixture
def call(view: ApplicationsView, desk: Desk) -> ApplicationsView:
    """Acme when its stated date has passed: a status call is open."""
    desk.tracker.edit_interview("acme-1", debriefed_at=datetime(2026, 10, 14, 12, tzinfo=UTC))
    desk.now = datetime(2026, 10, 27, 8, 15, tzinfo=UTC)
    view.refresh(None)
    choose(view, Rule.STATUS_CALL)
    return view


def choose(view: ApplicationsView, rule: Rule) -> None:
    planned = view.detail.planned
    row = next(one for one in planned.model.rows if one.row.rule is rule)
    assert row.row.is_open
    planned.list.setFocus()
    planned.list.select(planned.model.place_of(row.id))


def answers(view: ApplicationsView) -> PlannedAnswers:
    shown = view.detail.planned.answers
    assert shown.isVisible()
    return shown


def press_answer(shown: PlannedAnswers, label: str) -> None:
    """Press an answer that stands behind the strong one."""
    next(each for each in shown.others if each.accessibleName() == label).click()


def take(shown: PlannedAnswers, answer: str) -> None:
    """Press an answer of the question that is open."""
    panel = shown.findChild(ChoicePanel)
    assert panel is not None
    next(b for b in panel.findChildren(QAbstractButton) if b.accessibleName().startswith(answer)).click()


def test_the_strong_answer_asks_for_compose(thanks: ApplicationsView, qtbot: QtBot) -> None:
    assert answers(thanks).strong.text().startswith("Write email")
    with qtbot.waitSignal(thanks.asked) as asked:
        QTest.keyClick(thanks.detail.planned.list, Qt.Key.Key_Return)
    assert asked.args == [WriteMessage(answers(thanks).key)]


def test_another_answer_from_the_menu_is_one_step(thanks: ApplicationsView, desk: Desk, qtbot: QtBot) -> None:
    before = desk.store.application("acme")
    with qtbot.waitSignal(thanks.status):
        press_answer(answers(thanks), "Sent")
    assert any(one.kind is EventKind.THANK_YOU for one in desk.store.application("acme").events)
    desk.tracker.undo()
    assert desk.store.application("acme") == before


def test_every_answer_can_be_read_in_its_row(several: ApplicationsView, desk: Desk) -> None:
    planned = several.detail.planned
    QApplication.processEvents()
    shown = [each for each in planned.findChildren(QAbstractButton) if each.isVisible()]
    label = desk.wording.answer_label
    for planned_row in planned.model.rows:
        row = planned_row.row
        if not row.is_open or row.waits_for is not None:
            continue
        of_row = {
            each.text()
            for each in shown
            if row.title == each.accessibleDescription() or each.accessibleName().endswith(f": {row.title}")
        }
        assert {label(answer) for answer in row.answers} <= of_row, row.title
    assert all(each.width() >= each.minimumSizeHint().width() for each in shown)


def test_an_answer_in_a_row_that_is_not_current_is_of_that_row(several: ApplicationsView, desk: Desk) -> None:
    planned = several.detail.planned
    choose(several, Rule.DEBRIEF)
    sent = next(
        each
        for each in planned.findChildren(QAbstractButton)
        if each.accessibleName() == "Sent: Thank Ana Ruiz"
    )
    sent.click()
    events = desk.store.application("acme").events
    assert any(one.kind is EventKind.THANK_YOU and one.contact == "ana" for one in events)


def test_digits_answer_as_in_today(call: ApplicationsView, desk: Desk) -> None:
    QTest.keyClick(call.detail.planned.list, Qt.Key.Key_3)
    assert any(one.outcome is CallOutcome.NO_ANSWER for one in desk.store.application("acme").events)


def test_the_form_of_a_call_is_seen_down_to_its_buttons(call: ApplicationsView, qtbot: QtBot) -> None:
    timeline, area = call.detail.timeline, call.detail.area
    timeline.log(EventKind.CALL, CallOutcome.LEFT_MESSAGE)
    save, form = timeline.form.save_button, timeline.form
    assert form.height() < area.viewport().height(), "there is room for all of it"
    qtbot.waitUntil(lambda: save.visibleRegion().boundingRect() == save.rect())
    assert form.visibleRegion().boundingRect().top() == 0


def test_they_answered_takes_a_date_in_the_detail(call: ApplicationsView, desk: Desk) -> None:
    shown = answers(call)
    press_answer(shown, "They answered")
    take(shown, "A date")
    panel = shown.findChild(DatePanel)
    assert panel is not None
    assert panel.width() <= shown.width()
    QTest.keyClick(panel.date.line, Qt.Key.Key_Return)
    reply = next(one for one in desk.store.application("acme").events if one.kind is EventKind.REPLY)
    assert reply.reply_by == date(2026, 11, 3)


def test_the_answer_that_asks_looks_chosen_in_the_detail_and_none_stands_out(call: ApplicationsView) -> None:
    shown = answers(call)

    def looks() -> list[str]:
        return [button.property("look") for button in (shown.strong, *shown.others)]

    before = looks()
    assert before == ["strong", *["plain"] * len(shown.others)]
    press_answer(shown, "They answered")
    take(shown, "Offer")
    assert (looks().count("chosen"), looks().count("strong")) == (1, 0)
    shown.open_panel(None)
    assert looks() == before


def test_a_question_survives_a_refresh_and_escape_closes_it(call: ApplicationsView, desk: Desk) -> None:
    shown = answers(call)
    press_answer(shown, "They answered")
    take(shown, "A date")
    asked = QApplication.focusWidget()
    call.refresh(None)
    assert QApplication.focusWidget() is asked
    assert asked is not None
    QTest.keyClick(asked, Qt.Key.Key_Escape)
    assert shown.findChildren(DatePanel) == [] or not asked.isVisible()
    assert call.focusWidget() is call.detail.planned.list


def test_skip_and_snooze(call: ApplicationsView, desk: Desk) -> None:
    key = answers(call).key
    QTest.keyClick(call.detail.planned.list, Qt.Key.Key_K)
    choice = desk.store.choice(key)
    assert choice is not None
    assert choice.skipped
    desk.tracker.undo()
    choose(call, Rule.STATUS_CALL)
    QTest.keyClick(call.detail.planned.list, Qt.Key.Key_S)
    take(answers(call), "In 1 hour")
    choice = desk.store.choice(key)
    assert choice is not None
    assert choice.snoozed_until is not None


def test_what_is_not_open_yet_offers_no_answers(view: ApplicationsView) -> None:
    planned = view.detail.planned
    rows = planned.model.rows
    closed = next(one for one in rows if not one.row.is_open)
    planned.list.select(planned.model.place_of(closed.id))
    assert not planned.answers.strong.isVisible()
    assert planned.answers.why.isVisible()


def test_what_waits_for_another_can_be_put_off_and_has_no_next_step(
    call: ApplicationsView, desk: Desk
) -> None:
    """An earlier call at the same employer is still to be made: Enter explains, and logs nothing."""
    told = Event(
        id="told", kind=EventKind.REPLY, at=datetime(2026, 10, 1, tzinfo=UTC), reply_by=date(2026, 10, 9)
    )
    earlier = replace(ACME, id="acme-2", employer="ACME", role="Backend", interviews=(), events=(told,))
    with desk.store.transaction("Another") as t:
        t.put_application(earlier)
    desk.now += timedelta(days=7)
    call.refresh(None)
    choose(call, Rule.STATUS_CALL)
    shown, planned = answers(call), call.detail.planned
    assert planned.model.rows[planned.list.current_row()].row.chip == "after the call about Backend"
    assert not shown.strong.isVisible()
    assert [button.text() for button in shown.others] == ["They answered…"]
    assert shown.snooze.isVisible()
    assert shown.skip.isVisible()
    QTest.keyClick(planned.list, Qt.Key.Key_Return)
    assert shown.explanation.isVisible()
    assert "One at a time: the call about Backend comes first" in shown.explanation.text()
    key = shown.key
    QTest.keyClick(planned.list, Qt.Key.Key_K)
    assert desk.store.choice(key) is not None


@pytest.fixture
def several(view: ApplicationsView, desk: Desk) -> ApplicationsView:
    """Acme with a reminder, a debrief and a thank-you that are open, and steps that are not."""
    desk.now = datetime(2026, 10, 14, 11, tzinfo=UTC)
    at = datetime.fromisoformat("2026-10-14T09:00")
    desk.tracker.add_reminder(title="Send the portfolio", at=at, timezone="Europe/Madrid", application="acme")
    view.refresh(None)
    return view


def row_below_which_they_stand(view: ApplicationsView) -> str:
    """The title of the row in which the buttons lie, by where they are seen."""
    planned = view.detail.planned
    QApplication.processEvents()
    assert planned.answers.isVisible()
    rows = [planned.list.visualRect(planned.list.row_index(n)) for n in range(planned.model.rowCount())]
    seen = planned.answers.geometry().translated(-planned.list.pos())
    found = [n for n, rect in enumerate(rows) if rect.contains(seen)]
    assert len(found) == 1, (seen, rows)
    line = planned.list.fontMetrics().height()
    assert seen.top() - rows[found[0]].top() >= line  # the row's own words stay to be read
    parts = [part for part in planned.answers.findChildren(QAbstractButton) if part.isVisible()]
    assert all(seen.height() >= part.geometry().bottom() for part in parts)
    told = {part.accessibleDescription() for part in parts} - {""}  # a question has buttons of its own
    assert told == {planned.model.rows[found[0]].row.title}
    return planned.model.rows[found[0]].row.title


def test_the_answers_stand_in_the_row_that_they_answer(several: ApplicationsView) -> None:
    planned = several.detail.planned
    titles = [planned.model.rows[n].row.title for n in range(planned.model.rowCount())]
    assert row_below_which_they_stand(several) == planned.answers.row.title  # before any row was chosen
    planned.list.setFocus()
    for row in (2, 1, 4, 0):
        planned.list.select(row)
        assert row_below_which_they_stand(several) == titles[row]
    QTest.keyClick(planned.list, Qt.Key.Key_Down)
    assert row_below_which_they_stand(several) == titles[1]
    where = planned.list.visualRect(planned.list.row_index(2)).center()
    QTest.mouseClick(planned.list.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert row_below_which_they_stand(several) == titles[2]


def test_the_answers_stay_in_their_row_over_a_refresh_a_step_an_answer_and_another_size(
    several: ApplicationsView, desk: Desk
) -> None:
    def titles() -> list[str]:
        return [each.row.title for each in several.detail.planned.model.rows]

    choose(several, Rule.MANUAL)
    at = datetime.fromisoformat("2026-10-14T08:00")
    desk.tracker.add_reminder(title="Earlier", at=at, timezone="Europe/Madrid", application="acme")
    assert titles().index("Earlier") + 1 == titles().index("Send the portfolio")
    assert row_below_which_they_stand(several) == "Send the portfolio"
    several.detail.planned.answers.why.click()
    assert row_below_which_they_stand(several) == "Send the portfolio"
    several.resize(900, 700)
    assert row_below_which_they_stand(several) == "Send the portfolio"
    several.detail.planned.answers.skip.click()
    assert "Send the portfolio" not in titles()
    assert row_below_which_they_stand(several) == several.detail.planned._current().row.title  # type: ignore[union-attr]


def test_a_question_and_the_reason_open_in_the_row(several: ApplicationsView) -> None:
    choose(several, Rule.DEBRIEF)
    shown = answers(several)
    shown.snooze.click()
    assert shown.findChild(ChoicePanel) is not None
    assert row_below_which_they_stand(several) == shown.row.title
    shown.why.click()
    assert shown.explanation.isVisible()
    assert row_below_which_they_stand(several) == shown.row.title


@pytest.mark.parametrize("days", [3, 200])
def test_another_application_to_the_employer_is_told_and_linked(
    open_view: Callable[[Facts], ApplicationsView], desk: Desk, days: int
) -> None:
    other = Application(
        id="acme-old",
        employer="ACME",
        role="Analyst",
        stage=Stage.REJECTED,
        stage_at=desk.now - timedelta(days=days),
    )
    view = open_view(replace(FACTS, applications=(*FACTS.applications, other)))
    view.show_application("acme")
    banner = view.detail.banner
    assert banner.isVisible()
    assert ("chose someone else" in banner.text.text()) is (days == 3)
    assert [link.text() for link in banner.links] == ["Open Analyst (Rejected)"]
    banner.links[0].click()
    assert view.detail.application == "acme-old"
    assert view.detail.banner.links[0].text() == "Open Data Engineer (Interviewing)"
    view.show_application("hooli")
    assert not banner.isVisible()
    assert desk.store.application("acme") == ACME
