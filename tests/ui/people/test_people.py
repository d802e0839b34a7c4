"""The People view: table, search, the person beside it, keys, what assistive technology is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QFont, QFontMetrics
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Contact, EventKind, Facts
from followup_desktop.services.reading.people import People, PersonColumn
from followup_desktop.ui.kit.models.blocks import BLOCK, SORT_ROLE
from followup_desktop.ui.kit.requests import EditPerson, OpenApplication
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.people.model import COLUMNS, PeopleModel
from followup_desktop.ui.people.view import PeopleView
from tests.scene import settle
from tests.ui import situations
from tests.ui.desk import Desk, Open, on_desktop, page_of
from tests.ui.people.conftest import Outside


def named(view: QWidget, name: str) -> QWidget:
    """The one shown widget of that accessible name."""
    found = [one for one in view.findChildren(QWidget) if one.isVisible() and one.accessibleName() == name]
    assert len(found) == 1, (name, found)
    return found[0]


def type_in(view: QWidget, name: str, text: str) -> None:
    """Type into the field of that name, over what it says."""
    field = named(view, name)
    field.setFocus()
    if isinstance(field, QLineEdit):
        field.selectAll()
    QTest.keyClicks(field, text)


def press(view: QWidget, name: str) -> None:
    """Press a button with the keyboard."""
    button = named(view, name)
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)


def shown(view: PeopleView) -> list[str]:
    return [str(view.model.index(row, 0).data()) for row in range(view.model.rowCount())]


def test_everybody_is_shown_and_the_first_one_in_detail(view: PeopleView) -> None:
    assert shown(view) == ["Ana Ruiz", "Kim", "Lena Park", "山田太郎"]
    assert view.pane.person == "ana"
    assert [row.spoken for row in view.pane.applications.rows] == ["Acme, Data Engineer, Interviewing"]
    assert [entry.title for entry in view.pane.timeline.rows] == ["Interview, onsite"]


def test_search_as_one_types(view: PeopleView) -> None:
    type_in(view, "Search people", "globex")
    assert shown(view) == ["山田太郎"]
    assert view.pane.person == "taro"
    QTest.keyClick(view.list.search, Qt.Key.Key_Down)
    assert view.table.hasFocus()
    view.list.search.setFocus()
    QTest.keyClick(view.list.search, Qt.Key.Key_Escape)
    assert len(shown(view)) == 4
    assert view.pane.person == "taro", "who is shown stays"


def test_nobody_found_says_so_and_leads_back(view: PeopleView) -> None:
    type_in(view, "Search people", "zzz")
    assert "zzz" in view.list.nothing_found.title.text()
    press(view, "Show everyone")
    assert len(shown(view)) == 4


def test_fields_are_saved_as_one_leaves_them(view: PeopleView, desk: Desk) -> None:
    type_in(view, "Job title", "Head of data")
    named(view, "Phone").setFocus()
    assert desk.store.contact("ana").title == "Head of data"
    assert desk.tracker.undo_label == "Edit Ana Ruiz"
    desk.tracker.undo()
    assert view.pane.fields["title"].typed() == "Hiring manager"


def test_nothing_typed_is_lost_by_going_to_another_row(view: PeopleView, desk: Desk) -> None:
    type_in(view, "Contact notes", "speaks Basque")
    view.table.select_id("lena")
    assert view.pane.person == "lena"
    assert desk.store.contact("ana").notes == "speaks Basque"


def test_a_refused_name_stays_with_its_person(view: PeopleView, desk: Desk, outside: Outside) -> None:
    type_in(view, "Name", " ")
    view.table.select_id("lena")
    assert view.pane.fields["name"].typed() == "Lena Park"
    view.table.select_id("ana")
    assert view.pane.fields["name"].typed() == " "
    assert view.pane.fields["name"].refusal
    assert desk.store.contact("ana").name == "Ana Ruiz"


def test_a_refusal_is_said_once_where_it_is_seen(view: PeopleView, outside: Outside, qtbot: QtBot) -> None:
    """Below its field, and then not again; if that is about someone else, in a sentence of the window's."""
    sentence = "Name can't be empty."
    type_in(view, "Name", " ")
    view.table.setFocus()
    settle()
    assert view.pane.fields["name"].shows_refusal(sentence)
    view.table.select_id("lena")
    settle()
    assert outside.said == []
    type_in(view, "Name", " ")
    view.table.select_id("ana")
    qtbot.waitUntil(lambda: outside.said == [f"Details of Lena Park, Name: {sentence}"])
    view.table.select_id("lena")
    view.table.select_id("ana")
    settle()
    assert len(outside.said) == 1


def test_an_application_and_an_entry_open_their_application(view: PeopleView, outside: Outside) -> None:
    rows = view.pane.applications_list
    QTest.mouseClick(
        rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.visualRect(rows.row_index(0)).center()
    )
    assert outside.asked == [OpenApplication("acme")]
    rows.setFocus()
    QTest.keyClick(rows, Qt.Key.Key_Return)
    view.pane.timeline_list.setFocus()
    QTest.keyClick(view.pane.timeline_list, Qt.Key.Key_Return)
    assert outside.asked == [OpenApplication("acme")] * 3


def test_they_are_written_to_called_and_copied(view: PeopleView, desk: Desk, outside: Outside) -> None:
    press(view, "Write email")
    press(view, "Copy email")
    assert not view.pane.call_button.isVisible()
    view.show_person("lena")
    assert not view.pane.write_button.isVisible()
    press(view, "Call")
    press(view, "Copy number")
    assert [url.toString() for url in desk.urls] == ["mailto:ana@acme.example", "tel:+34600000000"]
    assert outside.copied == ["ana@acme.example", "+34 600 000 000"]
    assert outside.said == ["Copied ana@acme.example", "Copied +34 600 000 000"]


def test_what_no_program_opens_is_said(
    view: PeopleView, desk: Desk, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = on_desktop(view.pane._context, open_url=lambda _url: False)
    monkeypatch.setattr(view.pane, "_context", context)
    press(view, "Write email")
    assert "Copy it instead" in outside.said[0]


def test_an_address_that_was_just_typed_is_used(view: PeopleView, desk: Desk) -> None:
    view.show_person("lena")
    type_in(view, "Email", "lena@initech.example")
    named(view, "Phone").setFocus()
    press(view, "Write email")
    assert desk.urls[-1].toString() == "mailto:lena@initech.example"


def test_a_person_is_added_by_keyboard(view: PeopleView, desk: Desk, outside: Outside) -> None:
    press(view, "Add contact")
    assert QApplication.focusWidget() is view.form.name_field.editor
    QTest.keyClicks(view.form.name_field.editor, "Olga Munoz")
    QTest.keyClick(view.form.name_field.editor, Qt.Key.Key_Return)
    assert view.pane.isVisible()
    assert view.pane.detail is not None
    assert view.pane.detail.contact.name == "Olga Munoz"
    assert view.table.current_id() == view.pane.person
    assert outside.said == ["Added Olga Munoz"]
    desk.tracker.undo()
    assert "Olga Munoz" not in shown(view)


@pytest.mark.parametrize("field", ["phone", "email"])
def test_what_is_missing_is_typed_where_it_belongs(view: PeopleView, field: str) -> None:
    """Whoever comes to add a number doesn't type it over the name."""
    view.answer(EditPerson("ana", field))
    assert view.form.focusWidget() is view.form.fields[field].editor


def test_who_is_edited_is_marked_in_the_list(view: PeopleView) -> None:
    other = view.model.id_at(1)
    assert view.pane.person != other
    view.answer(EditPerson(other, "phone"))
    assert view.model.id_at(view.table.currentIndex().row()) == other
    view.form.cancel()
    assert view.pane.person == other


def test_what_was_typed_in_the_form_is_not_lost_by_choosing_a_row(
    view: PeopleView, desk: Desk, outside: Outside
) -> None:
    view.begin_form(None)
    type_in(view.form, "Phone", "600")
    view.table.select_id("lena")
    assert view.pane.isVisible()
    view.begin_form(None)
    assert view.form.fields["phone"].typed() == "600"


@pytest.mark.parametrize("from_detail", [False, True])
def test_a_form_that_is_cancelled_leads_back_to_where_it_was_opened(
    view: PeopleView, from_detail: bool
) -> None:
    view.resize(560, 600)
    settle()
    if from_detail:
        view.show_person("lena")
    assert view.pane.isVisible() is from_detail
    view.begin_form(None)
    type_in(view.form, "Phone", "600")
    view.form.cancel()
    assert (view.pane.isVisible(), view.table.isVisible()) == (from_detail, not from_detail)
    if from_detail:
        assert view.pane.person == "lena"
        assert view.pane.isAncestorOf(view.focusWidget())


def test_a_name_that_is_known_at_the_employer_is_told_and_leads_to_that_contact(
    view: PeopleView, desk: Desk
) -> None:
    known = desk.store.contact("ana")
    before = len(desk.store.facts().contacts)
    view.begin_form(None)
    form = view.form
    for key, text in {"phone": "+34 600 1", "name": known.name.upper(), "employer": known.employer}.items():
        assert form.namesake.isHidden()
        form.fields[key].setFocus()
        QTest.keyClicks(form.fields[key].editor, text)
    assert form.namesake.text.text() == f"{known.name} at {known.employer} is one of your contacts already."
    form.namesake.button.click()
    assert form.namesake.isHidden()
    assert (form.title.full_text, form.fields["name"].typed()) == (known.name, known.name)
    assert form.submit()
    assert desk.store.contact("ana") == replace(known, phone="+34 600 1")
    assert len(desk.store.facts().contacts) == before


def test_delete_takes_them_to_the_trash_and_undo_brings_them_back(
    view: PeopleView, desk: Desk, outside: Outside
) -> None:
    view.table.setFocus()
    QTest.keyClick(view.table, Qt.Key.Key_Delete)
    assert shown(view)[0] == "Kim"
    assert view.pane.person == "quiet", "the next one is shown"
    assert outside.said == ["Deleted Ana Ruiz"]
    assert [entry.id for entry in desk.store.trash()] == ["ana"]
    desk.tracker.undo()
    assert shown(view)[0] == "Ana Ruiz"
    assert view.pane.person == "quiet"


def test_two_entries_of_one_person_are_merged_as_one_step(
    view: PeopleView, desk: Desk, outside: Outside
) -> None:
    assert not view.pane.alike.isVisible()
    other = desk.tracker.add_contact(name="ana ruíz", phone="600").id
    desk.tracker.link_contact("initech", str(other))
    press(view, "Merge with ana ruíz")
    assert "ana ruíz" not in shown(view)
    assert not view.pane.alike.isVisible()
    assert view.pane.fields["phone"].typed() == "600"
    assert [row.row.employer for row in view.pane.applications.rows] == ["Acme", "Initech"]
    assert outside.said == ["Merged the two contacts"]
    desk.tracker.undo()
    assert view.pane.alike.isVisible()
    assert "ana ruíz" in shown(view)


def test_without_anybody_it_says_what_to_do(open_people: Callable[[Facts], PeopleView]) -> None:
    view = open_people(situations.nothing())
    assert view.list.nobody_yet.isVisible()
    press(view, "Add the first contact")
    QTest.keyClicks(view.form.name_field.editor, "Olga")
    QTest.keyClick(view.form.name_field.editor, Qt.Key.Key_Return)
    assert not view.list.nobody_yet.isVisible()
    assert shown(view) == ["Olga"]


def test_a_change_elsewhere_is_shown(view: PeopleView, desk: Desk) -> None:
    column = view.model.place_of(PersonColumn.LAST_CONTACT)
    assert view.model.index(0, column).data() == ""
    desk.tracker.log_event("acme", EventKind.MESSAGE, contact="ana")
    assert view.model.index(0, column).data() == "14 Oct"
    assert view.pane.timeline.rows[0].title == "Wrote to Ana Ruiz"
    view.hide()
    desk.tracker.edit_contact("ana", name="Zoe")
    assert shown(view)[0] == "Ana Ruiz", "nothing is read out of sight"
    view.show()
    assert shown(view)[-2] == "Zoe"


def test_a_narrow_window_shows_one_or_the_other(view: PeopleView) -> None:
    view.resize(640, 500)
    QApplication.processEvents()
    assert view.table.isVisible()
    assert not view.pane.isVisible()
    view.table.setFocus()
    QTest.keyClick(view.table, Qt.Key.Key_Return)
    assert view.pane.isVisible()
    press(view, "Back to the list")
    assert view.table.isVisible()


def test_columns_can_be_hidden_but_the_name(view: PeopleView) -> None:
    actions = {action.text(): action for action in view.table.column_actions()}
    assert not actions["Name"].isEnabled()
    actions["Email"].setChecked(True)
    actions["Applications"].setChecked(False)
    shown = [column for column in COLUMNS if column not in (PersonColumn.PHONE, PersonColumn.APPLICATIONS)]
    assert list(view.model.shown) == shown
    view.table.horizontalHeader().moveSection(0, 1)
    view.keep_state()
    again = PeopleView(view.context, view)
    again.catch_up()
    assert list(again.model.shown) == [shown[1], shown[0], *shown[2:]]


def test_columns_make_way_in_a_narrow_table_until_the_user_chooses(view: PeopleView) -> None:
    table, applications = view.table, PersonColumn.APPLICATIONS

    def narrow(width: int) -> bool:
        table.setFixedWidth(width)
        QApplication.processEvents()
        return table.horizontalScrollBar().maximum() == 0

    chosen = table.menu().actions()[-1]
    assert chosen.isChecked()
    assert narrow(1000)
    everything = view.model.shown
    assert applications in everything
    width = next(
        width for width in range(900, 0, -10) if narrow(width) and applications not in view.model.shown
    )
    assert view.model.shown == tuple(column for column in everything if column is not applications)
    assert narrow(width - 200)
    assert PersonColumn.NAME in view.model.shown
    assert PersonColumn.TITLE not in view.model.shown
    assert narrow(1000)
    assert view.model.shown == everything
    narrow(width)
    {action.text(): action for action in table.column_actions()}["Applications"].setChecked(True)
    assert applications in view.model.shown
    assert not table.menu().actions()[-1].isChecked()
    view.keep_state()
    again = PeopleView(view.context, view)
    again.catch_up()
    again.table.setFixedWidth(width)
    assert again.model.shown == everything
    table.menu().actions()[-1].trigger()
    assert applications not in view.model.shown


def test_columns_take_their_widths_from_what_stands_in_them_and_stay_while_one_searches(
    view: PeopleView, theme: Theme
) -> None:
    table, metrics = view.table, QFontMetrics(theme.font(weight=QFont.Weight.DemiBold))
    rows = range(view.model.rowCount())
    widest = {
        number: max(metrics.horizontalAdvance(view.model.index(row, number).data()) for row in rows)
        for number in range(view.model.columns)
    }
    widths = {number: table.columnWidth(number) for number in widest}
    assert all(widths[number] > text for number, text in widest.items())
    assert sum(widths.values()) <= table.viewport().width()
    type_in(view, "Search people", "globex")
    assert widths == {number: table.columnWidth(number) for number in widest}


def test_no_room_is_kept_below_the_rows_for_a_bar_that_has_gone(open_window: Open) -> None:
    table = page_of(open_window(situations.twelve(), "people"), PeopleView).table
    settle()
    assert table.horizontalScrollBar().maximum() == 0
    rows = table.verticalHeader().length()
    assert table.viewport().height() <= rows + 2, "the last row is at the foot"


def test_a_click_on_a_header_sorts(view: PeopleView) -> None:
    header = view.table.horizontalHeader()
    column = view.model.place_of(PersonColumn.LAST_INTERVIEW)
    where = QPoint(header.sectionViewportPosition(column) + 10, header.height() // 2)
    for _ in range(2):
        QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=where)
    days = [view.model.index(row, column).data(SORT_ROLE) for row in range(4)]
    known = [day for day in days if day is not None]
    assert known == sorted(known, reverse=True)
    assert days[len(known) :] == [None] * (4 - len(known))
    assert view.pane.person == "ana"


@pytest.mark.parametrize("form", [False, True])
def test_every_control_has_a_name_of_its_own(view: PeopleView, desk: Desk, form: bool) -> None:
    for employer in ("Globex", "Initech"):
        desk.tracker.add_contact(name="Ana Ruiz", employer=employer)
    if form:
        view.begin_form(None)
    controls = [
        one
        for one in view.findChildren(QWidget)
        if isinstance(one, QAbstractButton | QLineEdit | QAbstractItemView)
        and one.isVisible()
        and one.focusPolicy() != Qt.FocusPolicy.NoFocus
    ]
    names = Counter(one.accessibleName() for one in controls)
    assert "" not in names
    assert max(names.values()) == 1, names


def test_assistive_technology_reads_the_table(view: PeopleView) -> None:
    table = QAccessible.queryAccessibleInterface(view.table)
    assert table.text(QAccessible.Text.Name) == "Contacts"
    cells = [table.child(n).text(QAccessible.Text.Name) for n in range(table.childCount())]
    assert {"Column Name", "Ana Ruiz", "Hiring manager", "none"} <= set(cells)


def test_the_model_holds_and_fetches_what_is_looked_at(desk: Desk, qtbot: QtBot) -> None:
    facts = situations.one()
    many = tuple(Contact(id=f"c{n:04}", name=f"Person {n:04}") for n in range(600))
    desk.put(replace(facts, contacts=(*facts.contacts, *many)))
    model = PeopleModel(People(desk.store, desk.overview, desk.wording), desk.wording, desk.clock)
    model.reload()
    assert model.rowCount() == 601
    assert not model._rows
    assert model.index(400, 0).data() == "Person 0399"
    assert len(model._rows) == BLOCK
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    desk.tracker.edit_contact("c0001", name="Aaron")
    model.refresh_rows(["c0001"])
    assert model.id_at(0) == "c0001"
    model.sort(0, Qt.SortOrder.DescendingOrder)
    model.set_text("person 059")
    assert model.rowCount() == 11, "0059 and 0590 to 0599"
    assert tester.model() is model


def test_a_person_who_cant_be_read_stays_chosen_and_is_shown_once_they_can(
    view: PeopleView, outside: Outside, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown, other = view.pane.person, view.model.id_at(1)
    assert other is not None
    assert other != shown

    def fail(*_given: object) -> None:
        raise Refused("Reading followup.db failed.")

    with monkeypatch.context() as patch:
        patch.setattr(People, "detail", fail)
        view.refresh()
        assert view.pane.person == shown
        view.table.select_id(other)
        assert outside.said == ["Reading followup.db failed."]
        assert view.nobody_chosen.isVisible()
    view.pass_time(desk.clock())
    assert view.table.current_id() == view.pane.person == other
