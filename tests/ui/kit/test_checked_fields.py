"""Every field for an email address, a phone number or a link says below itself what it can't take."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from followup_desktop.domain.model import Rule
from followup_desktop.ui.applications.view import ApplicationsView
from followup_desktop.ui.compose.view import ComposeView
from followup_desktop.ui.debrief.view import DebriefView
from followup_desktop.ui.kit.forms.field import Field
from followup_desktop.ui.kit.forms.people import PeopleField
from followup_desktop.ui.kit.requests import (
    AddApplication,
    AddInterview,
    OpenApplication,
    OpenDebrief,
    OpenPerson,
    WriteMessage,
)
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.people.view import PeopleView
from followup_desktop.ui.window.main_window import MainWindow
from tests.screens_compose import DAY
from tests.tables import tabled
from tests.ui import situations
from tests.ui.desk import Desk, page_of

Open = Callable[[MainWindow, Desk], QWidget]


@pytest.fixture
def window(desk: Desk, theme: Theme, qtbot: QtBot) -> Iterator[MainWindow]:
    facts = situations.twelve()
    # As a file from elsewhere may have it: an import refuses no text.
    lena = replace(situations.LENA, email="ask at the desk", phone="see notes", url="none")
    desk.put(replace(facts, contacts=tuple(lena if c.id == "lena" else c for c in facts.contacts)))
    window = desk.window(theme, view="applications")
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    yield window
    window.hide()


def quick_add(window: MainWindow, _desk: Desk) -> QWidget:
    window.answer(AddApplication())
    return page_of(window, ApplicationsView).quick_add


def detail(window: MainWindow, _desk: Desk) -> QWidget:
    window.answer(OpenApplication("acme"))
    return page_of(window, ApplicationsView).detail


def contact(window: MainWindow, _desk: Desk) -> QWidget:
    window.answer(OpenApplication("acme"))
    page_of(window, ApplicationsView)._edit_contact("")
    return page_of(window, ApplicationsView).contact_form


def person(window: MainWindow, _desk: Desk) -> QWidget:
    window.answer(OpenPerson("ana"))
    return page_of(window, PeopleView).pane


def new_person(window: MainWindow, _desk: Desk) -> QWidget:
    window.show_view("people")
    people = page_of(window, PeopleView)
    people.begin_form(None)
    return people.form


def interview(window: MainWindow, _desk: Desk) -> QWidget:
    window.answer(AddInterview("acme"))
    return page_of(window, ApplicationsView).interview_form


def debrief(window: MainWindow, _desk: Desk) -> QWidget:
    window.answer(OpenDebrief(DAY))
    return page_of(window, DebriefView)


def letter(window: MainWindow, desk: Desk) -> QWidget:
    window.answer(WriteMessage(next(f.key for f in desk.store.follow_ups() if f.rule is Rule.THANK_YOU)))
    return page_of(window, ComposeView)


OF_A_PERSON = {"Email": "email address", "Phone": "phone number", "Web address": "web address"}
PLACES: list[tuple[Open, dict[str, str]]] = [
    (quick_add, {"Posting address": "web address"}),
    (detail, {"Posting address": "web address"}),
    (contact, OF_A_PERSON),
    (person, OF_A_PERSON),
    (new_person, OF_A_PERSON),
    (interview, {"New person's email": "email address"}),
    (debrief, {"New person's email": "email address"}),
    (letter, {"To": "email address"}),
]
"""What each field there is for, by its name."""


def line_of(page: QWidget, name: str) -> QLineEdit:
    (found,) = [each for each in page.findChildren(QLineEdit) if each.accessibleName() == name]
    return found


def field_of(line: QLineEdit) -> Field:
    parent = line.parentWidget()
    assert isinstance(parent, Field)
    return parent


@tabled("open_page, kinds", PLACES)
def test_what_is_none_is_told_below_the_field_when_it_is_left(
    window: MainWindow, desk: Desk, open_page: Open, kinds: dict[str, str]
) -> None:
    page = open_page(window, desk)
    before = desk.store.facts()
    for name, kind in kinds.items():
        line = line_of(page, name)
        line.setFocus(Qt.FocusReason.TabFocusReason)
        line.selectAll()
        QTest.keyClicks(line, "qqq")
        QTest.keyClick(line, Qt.Key.Key_Tab)
        field = field_of(line)
        assert kind in field.refusal, name
        assert field._refusal.isVisible()
        assert field._refusal.mapTo(page, QPoint()).y() > line.mapTo(page, QPoint()).y()
        assert line.accessibleDescription() == field.refusal
        assert line.property("invalid")
        assert line.text() == "qqq"
    assert desk.store.facts() == before


@pytest.mark.parametrize("open_page", [interview, debrief])
def test_a_new_person_with_no_address_of_the_kind_is_not_saved_with_the_form(
    window: MainWindow, desk: Desk, open_page: Open
) -> None:
    page = open_page(window, desk)
    before = desk.store.facts()
    name, email = line_of(page, "New person's name"), line_of(page, "New person's email")
    QTest.keyClicks(name, "Kim Ito")
    QTest.keyClicks(email, "qqq")
    (page.save() if isinstance(page, DebriefView) else page.submit())  # type: ignore[attr-defined]
    assert desk.store.facts() == before
    assert (name.text(), email.text()) == ("Kim Ito", "qqq")
    email.clear()
    QTest.keyClicks(email, "Kim <kim@acme.example>")
    (page.save() if isinstance(page, DebriefView) else page.submit())  # type: ignore[attr-defined]
    assert [c.email for c in desk.store.facts().contacts if c.name == "Kim Ito"] == ["kim@acme.example"]


def test_an_address_without_a_name_is_not_lost_in_silence(window: MainWindow, desk: Desk) -> None:
    page = interview(window, desk)
    QTest.keyClicks(line_of(page, "New person's email"), "kim@acme.example")
    assert not page.submit()  # type: ignore[attr-defined]
    assert "Name" in field_of(line_of(page, "New person's name")).refusal


def test_an_address_is_written_as_it_is_kept_and_can_be_taken_back(window: MainWindow, desk: Desk) -> None:
    line = line_of(contact(window, desk), "Email")
    line.setFocus()
    QTest.keyClicks(line, "Kim Ito <kim@acme.example>")
    QTest.keyClick(line, Qt.Key.Key_Tab)
    assert line.text() == "kim@acme.example"
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert line.text() == "Kim Ito <kim@acme.example>"


def test_what_a_file_brought_stays_while_something_else_is_changed(window: MainWindow, desk: Desk) -> None:
    window.answer(OpenApplication("initech"))
    page_of(window, ApplicationsView)._edit_contact("lena")
    form = page_of(window, ApplicationsView).contact_form
    title = form.fields["title"].editor
    title.setFocus()
    QTest.keyClicks(title, "Recruiter")
    for key in ("email", "phone", "url"):
        form.fields[key].editor.setFocus()
    assert form.submit()
    lena = desk.store.contact("lena")
    assert (lena.title, lena.email, lena.phone, lena.url) == (
        "Recruiter",
        "ask at the desk",
        "see notes",
        "none",
    )


def test_who_is_in_the_list_is_ticked_and_not_added_again(window: MainWindow, desk: Desk) -> None:
    page = interview(window, desk)
    field = page.findChild(PeopleField)
    assert isinstance(field, PeopleField)
    first = field.list.item(0)
    name = first.text().partition(" · ")[0]
    first.setCheckState(Qt.CheckState.Unchecked)
    count = field.list.count()
    QTest.keyClicks(line_of(page, "New person's name"), name.lower())
    field.add_button.click()
    assert first.checkState() is Qt.CheckState.Checked
    assert (field.list.count(), line_of(page, "New person's name").text()) == (count, "")
    first.setCheckState(Qt.CheckState.Unchecked)
    QTest.keyClicks(line_of(page, "New person's name"), name)
    QTest.keyClicks(line_of(page, "New person's email"), "other@acme.example")
    field.add_button.click()
    assert field.list.count() == count + 1, "who has another address is another"
