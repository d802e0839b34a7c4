"""The debrief over a real store: a minute's form for the whole day, one step, and what follows from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QScrollArea, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from followup_desktop.domain.model import Facts, Interview, Rule
from followup_desktop.domain.worktime import local
from followup_desktop.ui.debrief.form import DebriefForm
from followup_desktop.ui.debrief.view import DebriefView
from followup_desktop.ui.kit.requests import WriteMessage
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.widgets.announcer import Announcer
from followup_desktop.ui.kit.widgets.buttons import Button
from tests.screens_compose import DEBRIEF
from tests.tables import tabled
from tests.ui import situations
from tests.ui.desk import Desk


@dataclass
class Debriefed:
    """The view, and what was said."""

    desk: Desk
    view: DebriefView
    said: list[str] = field(default_factory=list)

    @property
    def form(self) -> DebriefForm:
        assert self.view.form is not None
        return self.view.form

    def open(self) -> str:
        """Open the debrief of Umbrella; its key."""
        key = next(f.key for f in self.desk.store.follow_ups("umbrella") if f.rule is Rule.DEBRIEF)
        assert self.view.open(key)
        return key

    def interviews(self) -> tuple[Interview, ...]:
        return self.desk.store.application("umbrella").interviews


Begin = Callable[[Facts], Debriefed]


@pytest.fixture
def begin(qtbot: QtBot, theme: Theme, desk: Desk, tmp_path: Path) -> Begin:
    """Shows the view over these facts, those of an earlier call if there was one."""

    def show(facts: Facts) -> Debriefed:
        if not desk.store.facts().applications:
            desk.put(facts)
        view = DebriefView(desk.context(theme))
        debriefed = Debriefed(desk=desk, view=view)
        view.status.connect(debriefed.said.append)
        desk.store.subscribe(view.refresh)
        qtbot.addWidget(view)
        view.resize(900, 700)
        with qtbot.waitActive(view):
            view.show()
            view.activateWindow()
        return debriefed

    return show


def two_in_a_day() -> Facts:
    """Two interviews at Umbrella this morning."""
    facts = situations.twelve()
    applications = tuple(
        replace(
            a,
            interviews=(
                *a.interviews,
                Interview(id="umbrella-2", starts_at=datetime.fromisoformat("2026-10-14T12:30"), minutes=30),
            ),
        )
        if a.id == "umbrella"
        else a
        for a in facts.applications
    )
    return replace(facts, applications=applications)


def button(widget: QWidget, name: str) -> QAbstractButton:
    """The visible button with this accessible name."""
    found = [b for b in widget.findChildren(QAbstractButton) if b.accessibleName() == name and b.isVisible()]
    assert len(found) == 1, f"{name}: {len(found)}"
    return found[0]


def test_a_day_is_written_down_by_the_keyboard_alone(begin: Begin, qtbot: QtBot) -> None:
    debriefed = begin(situations.twelve())
    debriefed.open()
    form = debriefed.form
    [people] = form.met.values()
    [topics] = form.topics.values()
    assert people.list.hasFocus()
    people.name_line.setFocus()
    QTest.keyClicks(people.name_line, "Kira Olsen")
    QTest.keyClick(people.name_line, Qt.Key.Key_Tab)
    QTest.keyClicks(people.email_line, "kira@umbrella.example")
    QTest.keyClick(people.email_line, Qt.Key.Key_Return)
    assert people.name_line.hasFocus()
    topics.editor.setFocus()
    QTest.keyClicks(topics.editor, "live traffic")
    QTest.keyClick(topics.editor, Qt.Key.Key_Tab)
    assert form.date.editor.hasFocus()
    QTest.keyClicks(form.date.editor, "by the end of next week")
    assert form.date.understood.sentence == "= Fri 23 Oct 2026, in 9 days"
    form.process.line.setText("a talk with the CTO")
    form.fit.combo.setCurrentIndex(4)
    form.notes.text.setPlainText("kind people")
    QTest.keyClick(form.notes.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    [interview] = debriefed.interviews()
    assert (interview.topics, interview.reply_by, interview.fit) == ("live traffic", date(2026, 10, 23), 4)
    assert (interview.process, interview.notes) == ("a talk with the CTO", "kind people")
    kira = next(c for c in debriefed.desk.store.all_contacts() if c.name == "Kira Olsen")
    assert interview.interviewers == ("quiet", kira.id)
    assert kira.email == "kira@umbrella.example"
    assert debriefed.desk.tracker.undo_label == "Debrief"


def test_a_date_of_the_next_year_plans_the_call_in_it(begin: Begin) -> None:
    """Said on 10 December 2026, "8 January" is that of 2027, and the call on Tuesday 12 January."""
    facts = situations.twelve()
    umbrella = situations.debrief_umbrella()
    interview = replace(umbrella.interviews[0], starts_at=datetime.fromisoformat("2026-12-10T11:00"))
    others = tuple(a for a in facts.applications if a.id != "umbrella")
    debriefed = begin(replace(facts, applications=(*others, replace(umbrella, interviews=(interview,)))))
    debriefed.desk.now = datetime.fromisoformat("2026-12-10T13:00Z")
    debriefed.open()
    form = debriefed.form
    QTest.keyClicks(form.date.editor, "8 January")
    assert form.date.understood.sentence == "= Fri 8 Jan 2027, in 29 days"
    QTest.keyClick(form.notes.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [each.reply_by for each in debriefed.interviews()] == [date(2027, 1, 8)]
    call = next(f for f in debriefed.desk.store.follow_ups("umbrella") if f.rule is Rule.STATUS_CALL)
    assert local(call.due_at, "Europe/Madrid") == datetime.fromisoformat("2027-01-12T10:00+01:00")


def test_what_was_planned_is_shown_with_dates_and_why(begin: Begin, qtbot: QtBot) -> None:
    debriefed = begin(situations.twelve())
    debriefed.open()
    form = debriefed.form
    people = next(iter(form.met.values()))
    people.name_line.setText("Kira Olsen")
    form.date.line.setText("2026-10-23")
    button(debriefed.view, "Save debrief").click()
    cards = debriefed.view.planned.cards
    assert [card.row.rule for card in cards] == [Rule.THANK_YOU, Rule.STATUS_CALL, Rule.MOVE_ON]
    assert "Tue 27 Oct 10:00" in cards[1].when.text()
    assert [bool(card.row.chip) for card in cards] == [True, False, False], "a time is said once"
    assert debriefed.view.planned.done_button.hasFocus()
    button(cards[1], "Why? Call Umbrella about the position").click()
    assert "Tip 3" in cards[1].why.text()
    with qtbot.waitSignal(debriefed.view.asked) as asked:
        button(cards[0], "Write email: Thank Kira Olsen").click()
    assert asked.args == [WriteMessage(cards[0].row.key)]
    with qtbot.waitSignal(debriefed.view.asked):
        button(debriefed.view, "Done").click()
    debriefed.desk.tracker.undo()
    assert debriefed.interviews()[0].debriefed_at is None


def test_several_interviews_of_a_day_each_have_their_people_and_topics(begin: Begin) -> None:
    debriefed = begin(two_in_a_day())
    debriefed.open()
    form = debriefed.form
    first, second = form.met.values()
    second.name_line.setText("Kira")
    second.add_button.click()
    assert len(first.value()) == 1
    assert len(second.value()) == 1
    for topics, text in zip(form.topics.values(), ("models", "money"), strict=True):
        topics.text.setPlainText(text)
    form.no_date.box.setChecked(True)
    debriefed.view.save()
    one, two = debriefed.interviews()
    assert (one.topics, two.topics) == ("models", "money")
    assert one.interviewers == ("quiet",)
    assert len(two.interviewers) == 1
    assert (one.no_date_given, two.no_date_given) == (False, True)
    assert one.debriefed_at == two.debriefed_at == debriefed.desk.now


def test_a_date_and_no_date_take_each_other_back(begin: Begin) -> None:
    debriefed = begin(situations.twelve())
    debriefed.open()
    form = debriefed.form
    form.date.line.setText("tomorrow")
    form.no_date.box.setChecked(True)
    assert form.date.typed() == ""
    form.date.line.setText("Friday")
    assert not form.no_date.box.isChecked()


def test_what_is_no_date_is_refused_and_nothing_written(begin: Begin) -> None:
    debriefed = begin(situations.twelve())
    debriefed.open()
    debriefed.form.date.line.setText("when pigs fly")
    button(debriefed.view, "Save debrief").click()
    assert "when pigs fly" in debriefed.form.date.refusal
    assert debriefed.form.date.editor.hasFocus()
    assert debriefed.interviews()[0].debriefed_at is None


def test_a_refused_date_comes_into_sight_with_the_reason(begin: Begin, qtbot: QtBot) -> None:
    debriefed = begin(situations.twelve())
    debriefed.open()
    debriefed.view.resize(560, 300)
    debriefed.form.date.line.setText("when pigs fly")
    seen = debriefed.form.date.visibleRegion().boundingRect()
    assert seen.height() < debriefed.form.date.height()
    button(debriefed.view, "Save debrief").click()
    qtbot.waitUntil(lambda: debriefed.form.date.shows_refusal(debriefed.form.date.refusal))


def test_a_date_long_before_the_interview_is_refused_at_its_field(begin: Begin) -> None:
    debriefed = begin(situations.twelve())
    debriefed.open()
    debriefed.form.date.line.setText("23 Oct 2010")
    button(debriefed.view, "Save debrief").click()
    assert "on 14 October 2026, which is later. Check the year" in debriefed.form.date.refusal
    assert debriefed.form.date.editor.hasFocus()
    assert debriefed.interviews()[0].debriefed_at is None


def test_the_calendar_of_the_date_is_named_as_its_field(begin: Begin) -> None:
    debriefed = begin(situations.twelve())
    debriefed.open()
    date = debriefed.form.date
    assert date.editor.accessibleName() == date.name
    (pick,) = date.line.findChildren(QToolButton)
    assert date.name in pick.text()


def test_after_adding_somebody_the_keyboard_is_where_the_next_is_typed(begin: Begin) -> None:
    debriefed = begin(situations.twelve())
    debriefed.open()
    people = next(iter(debriefed.form.met.values()))
    for name in ("Kira", "Tom"):
        people.name_line.setFocus()
        QTest.keyClicks(people.name_line, name)
        people.add_button.setFocus()
        QTest.keyClick(people.add_button, Qt.Key.Key_Space)
        assert people.name_line.hasFocus()
        assert people.name_line.text() == ""
    people.add_button.setFocus()
    QTest.keyClick(people.add_button, Qt.Key.Key_Space)
    assert people.name_line.hasFocus(), "a name is missing"


def test_what_was_typed_survives_leaving_and_the_end_of_the_program(begin: Begin, qtbot: QtBot) -> None:
    debriefed = begin(situations.twelve())
    key = debriefed.open()
    form = debriefed.form
    people = next(iter(form.met.values()))
    people.name_line.setText("Kira")
    people.add_button.click()
    people.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    QTest.keyClicks(people.name_line, "Tom B")
    next(iter(form.topics.values())).text.setPlainText("live traffic")
    form.date.line.setText("in two weeks")
    form.fit.combo.setCurrentIndex(3)
    with qtbot.waitSignal(debriefed.view.asked):
        QTest.keyClick(form.date.editor, Qt.Key.Key_Escape)
    debriefed.view.hide()
    again = begin(situations.twelve())
    again.view.open(key)
    again.view.save()
    [interview] = again.interviews()
    assert interview.topics == "live traffic"
    assert str(interview.reply_by) == "2026-10-28"
    assert interview.fit == 3
    names = {c.name for c in again.desk.store.contacts(interview.interviewers)}
    assert names == {"Kira", "Tom B"}, "whoever was half typed is added too"
    third = begin(situations.twelve())
    assert not third.view.open(key)
    assert "already done" in third.said[-1]


def test_an_interview_can_be_debriefed_again(begin: Begin) -> None:
    debriefed = begin(situations.twelve())
    assert debriefed.view.open_interview("acme-1")
    assert debriefed.form.date.typed().startswith("Fri")
    assert debriefed.form.date.understood.isHidden()
    debriefed.form.notes.text.setPlainText("more")
    debriefed.view.save()
    assert debriefed.desk.store.application("acme").interviews[0].notes == "more"
    assert not debriefed.view.open_interview("globex-1")
    assert "hasn't happened yet" in debriefed.said[-1]


def test_every_control_has_a_name_of_its_own(begin: Begin) -> None:
    debriefed = begin(two_in_a_day())
    debriefed.open()
    for _ in range(2):
        stops = [
            w
            for w in debriefed.view.findChildren(QWidget)
            if w.isVisible() and w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.focusProxy() is None
        ]
        names = [w.accessibleName() for w in stops]
        assert all(names), [type(w).__name__ for w in stops if not w.accessibleName()]
        assert len(names) == len(set(names)), names
        debriefed.view.save()


@tabled("name", DEBRIEF)
def test_nothing_is_cut_off_however_small_and_large_the_text(begin: Begin, theme: Theme, name: str) -> None:
    facts, prepare = DEBRIEF[name]
    theme.scale_text(1.5)
    debriefed = begin(facts())
    prepare(debriefed.view)
    for width in (560, 1050):
        debriefed.view.resize(width, 600)
        QCoreApplication.processEvents()
        for each in debriefed.view.findChildren(Button):
            if each.isVisible():
                assert each.width() >= each.sizeHint().width(), each.accessibleName()
        [area] = debriefed.view.findChildren(QScrollArea)
        assert area.horizontalScrollBar().maximum() == 0
    debriefed.view.hide()


def test_what_comes_next_is_said_when_it_is_saved(begin: Begin) -> None:
    """The keyboard is on "Done" then, behind what the debrief was written for."""
    debriefed = begin(situations.twelve())
    debriefed.open()
    debriefed.view.save()
    voice = Announcer.of(debriefed.view)
    voice.speak()
    cards = debriefed.view.planned.cards
    assert len(cards) > 1
    assert debriefed.said[-1] == "Saved the debrief"  # the window's own words, which aren't said again
    assert voice.said[-1].startswith("Here's what comes next:")
    for card in cards:
        assert f"{card.row.title.rstrip('?')}: {card.when.text()}" in voice.said[-1]
