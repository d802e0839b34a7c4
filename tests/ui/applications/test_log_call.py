"""Logging a call: whom to call, at what number and with what words, stands before how it went."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from followup_desktop.domain.model import CallOutcome, EventKind, Facts
from followup_desktop.services.wording.facts import event_words
from followup_desktop.ui.applications.event_form import EventForm
from followup_desktop.ui.applications.view import ApplicationsView
from followup_desktop.ui.kit.forms.dates import DateField
from followup_desktop.ui.kit.requests import AddContact, EditPerson, Request, WriteMessage
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.view import Context
from tests.scene import settle
from tests.ui import situations
from tests.ui.desk import Desk, PutUp

Begin = Callable[..., EventForm]


@pytest.fixture
def requests() -> list[Request]:
    """What the form asks the window for."""
    return []


@pytest.fixture
def begin(desk: Desk, theme: Theme, requests: list[Request], qtbot: QtBot) -> Begin:
    """Begins to log something about Initech."""

    def begun(facts: Facts, kind: EventKind = EventKind.CALL) -> EventForm:
        desk.put(facts)
        context: Context = replace(desk.context(theme), open=requests.append)
        form = EventForm(context)
        qtbot.addWidget(form)
        form.resize(480, 640)
        form.show()
        outcome = CallOutcome.LEFT_MESSAGE if kind is EventKind.CALL else None
        form.begin(desk.overview.detail("initech", desk.now), kind, outcome, "Call")
        return form

    return begun


def words(form: EventForm) -> str:
    return " | ".join(label.text() for label in form.brief.findChildren(QLabel) if label.isVisible())


def press(form: QWidget, name: str) -> None:
    (button,) = [b for b in form.findChildren(QAbstractButton) if b.accessibleName() == name]
    button.click()


def test_a_call_begins_with_number_person_and_script(begin: Begin, requests: list[Request]) -> None:
    form = begin(situations.calls())
    assert "+34 600 000 000" in words(form)
    assert "Lena Park" in words(form)
    assert "Platform Lead" in words(form)
    first_field = form.fields["day"]
    assert (
        form.brief.mapTo(form, form.brief.rect().bottomLeft()).y()
        < first_field.mapTo(form, first_field.rect().topLeft()).y()
    )
    press(form, "Copy number")
    assert QApplication.clipboard().text() == "+34 600 000 000"
    press(form, "Full script")
    assert requests == [WriteMessage("status_call/initech/initech-1/0")]


def test_who_is_called_is_who_is_logged(begin: Begin) -> None:
    facts = situations.calls()
    call, *others = facts.applications
    both = replace(call, contacts=("lena", "taro"))
    form = begin(replace(facts, applications=(both, *others)))
    assert "Lena Park" in words(form)
    assert form.fields["contact"].value() == "lena"


def test_the_number_is_that_of_the_person_chosen(begin: Begin, requests: list[Request]) -> None:
    facts = situations.calls()
    call, *others = facts.applications
    both = replace(call, contacts=("lena", "taro"))
    form = begin(replace(facts, applications=(both, *others)))
    form.fields["contact"].set_value("taro")
    form.fields["contact"].edited.emit()
    assert "No number yet" in words(form)
    assert "山田太郎" in words(form)
    press(form, "Add it: Add a phone number")
    assert requests == [EditPerson("taro", "phone", in_passing=True)]


def test_of_several_people_without_a_number_it_is_asked_whose_it_is(
    begin: Begin, requests: list[Request]
) -> None:
    facts = situations.calls()
    call, *others = facts.applications
    (met,) = call.interviews
    panel = replace(met, interviewers=("lena", "taro"))
    both = replace(call, contacts=("lena", "taro"), interviews=(panel,))
    lena, *people = facts.contacts
    nobody = (replace(lena, name="Lena & Park", phone=""), *people)
    form = begin(replace(facts, contacts=nobody, applications=(both, *others)))
    assert form.fields["contact"].value() is None
    press(form, "Add it: Add a phone number")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    entries = [each for each in menu.actions() if not each.isSeparator()]
    assert [each.text() for each in entries] == ["Lena && Park", "山田太郎", "Someone else…"]
    for entry in entries:
        entry.trigger()
    menu.close()
    assert requests == [
        EditPerson("lena", "phone", in_passing=True),
        EditPerson("taro", "phone", in_passing=True),
        AddContact("initech", in_passing=True),
    ]


def test_of_several_people_it_names_the_one_with_a_number(begin: Begin) -> None:
    facts = situations.calls()
    call, *others = facts.applications
    (met,) = call.interviews
    panel = replace(met, interviewers=("taro", "lena"))
    both = replace(call, contacts=("taro", "lena"), interviews=(panel,))
    form = begin(replace(facts, applications=(both, *others)))
    assert "+34 600 000 000" in words(form)
    assert form.fields["contact"].value() == "lena"


@pytest.mark.parametrize("kind", [EventKind.EMAIL, EventKind.REPLY, EventKind.NOTE])
def test_what_is_no_call_needs_no_number(begin: Begin, kind: EventKind) -> None:
    assert not begin(situations.calls(), kind).brief.isVisible()


def test_a_day_in_the_future_is_refused_in_sight(desk: Desk, theme: Theme, put_up: PutUp) -> None:
    desk.put(situations.calls())
    view = ApplicationsView(desk.context(theme))
    put_up(view)
    view.resize(1000, 560)
    view.show_application("initech")
    timeline = view.detail.timeline
    timeline.log(EventKind.CALL, CallOutcome.SPOKE)
    settle()
    day = timeline.form.fields["day"]
    assert isinstance(day, DateField)
    day.line.selectAll()
    QTest.keyClicks(day.line, "tomorrow")
    timeline.form.fields["note"].editor.setFocus()
    settle()
    QTest.keyClick(
        timeline.form.fields["note"].editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
    )
    settle()
    assert day.shows_refusal("That's in the future. Log it once it has happened.")
    assert day.editor.hasFocus()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape], ids=["logged", "given up"])
def test_the_entry_with_the_keyboard_is_in_sight_once_the_form_is_gone(
    desk: Desk, theme: Theme, put_up: PutUp, key: Qt.Key
) -> None:
    desk.put(situations.calls())
    view = ApplicationsView(desk.context(theme))
    put_up(view)
    view.resize(640, 420)
    view.show_application("initech")
    timeline, area = view.detail.timeline, view.detail.area
    timeline.log(EventKind.REPLY)
    settle()
    note = timeline.form.fields["note"].editor
    note.setFocus()
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    modifier = (
        Qt.KeyboardModifier.ControlModifier if key == Qt.Key.Key_Return else Qt.KeyboardModifier.NoModifier
    )
    QTest.keyClick(note, key, modifier)
    settle()
    assert timeline.form.isHidden()
    assert timeline.list.hasFocus()
    entry = timeline.list.visualRect(timeline.list.currentIndex())
    top = timeline.list.viewport().mapTo(area.viewport(), entry.topLeft()).y()
    assert 0 <= top <= area.viewport().height() - entry.height()


def test_every_fact_of_an_entry_can_be_entered_but_what_begins_the_form(begin: Begin) -> None:
    """What kind it is was chosen in the menu; the stages are set where the stage is."""
    form = begin(situations.calls())
    entered = set(event_words()) - {"kind", "from_stage", "to_stage"}
    assert set(form.fields) - {"said"} == entered - {"at"} | {"day", "clock"}
