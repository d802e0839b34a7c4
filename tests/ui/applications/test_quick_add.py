"""Adding an application: from a pasted posting, with a hint at what is there already, one after the other."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea
from pytestqt.qtbot import QtBot

from followup_desktop.domain.model import Application, Facts, Stage
from followup_desktop.domain.notes import split_notes
from followup_desktop.services.rows import StageFilter
from followup_desktop.ui.applications.known_field import KnownField
from followup_desktop.ui.applications.quick_add import QuickAdd
from followup_desktop.ui.applications.view import ApplicationsView
from followup_desktop.ui.kit.forms.choices import ChoiceField
from followup_desktop.ui.kit.forms.dates import DateField
from followup_desktop.ui.kit.forms.field import TextField
from followup_desktop.ui.kit.requests import AddApplication
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.window.main_window import MainWindow
from tests.scene import settle
from tests.ui import situations
from tests.ui.desk import Desk, page_of

STATED = """Company: Globex
Job title: Staff Engineer
Location: Springfield
Apply by 30 October 2026
"""
GUESSED = """Site Reliability Engineer at Vandelay
We are looking for somebody calm.
"""


@pytest.fixture
def form(view: ApplicationsView) -> QuickAdd:
    view.add_application()
    return view.quick_add


@pytest.fixture
def window(desk: Desk, theme: Theme, qtbot: QtBot) -> MainWindow:
    """The window after an empty start."""
    desk.put(Facts(policy=situations.nothing().policy))
    window = desk.window(theme)
    qtbot.addWidget(window)
    window.show()
    return window


def line(form: QuickAdd, key: str) -> QLineEdit:
    editor = form.fields[key].editor
    assert isinstance(editor, QLineEdit)
    return editor


def type_in(form: QuickAdd, key: str, text: str) -> None:
    line(form, key).selectAll()
    QTest.keyClicks(line(form, key), text)


def said(form: QuickAdd) -> dict[str, str]:
    return {key: field.typed() for key, field in form.fields.items()}


def marked(form: QuickAdd) -> dict[str, str]:
    """What is read out of the fields that say what the posting does."""
    said = {key: field.editor.accessibleDescription() for key, field in form.fields.items()}
    return {key: text for key, text in said.items() if "posting" in text}


def added(desk: Desk) -> list[Application]:
    known = {"acme", "hooli", "initech"}
    return [each for each in desk.store.applications() if each.id not in known]


def test_what_a_posting_states_is_filled_in_and_saved(form: QuickAdd, desk: Desk) -> None:
    form.posting.text.setPlainText(STATED)
    assert said(form)["employer"] == "Globex"
    assert marked(form) == dict.fromkeys(["employer", "role", "location", "closes_on"], "From the posting")
    assert form.suggestions["employer"].mark.text() == "From the posting"
    QTest.keyClick(line(form, "role"), Qt.Key.Key_Return)
    (stored,) = added(desk)
    assert (stored.employer, stored.role, stored.location) == ("Globex", "Staff Engineer", "Springfield")
    assert stored.closes_on == date(2026, 10, 30)
    assert split_notes(stored.notes) == ("", STATED.strip())


def test_the_text_is_kept_only_if_wanted(form: QuickAdd, desk: Desk) -> None:
    form.posting.text.setPlainText(STATED)
    form.keep_text.box.setChecked(False)
    form.submit()
    assert added(desk)[0].notes == ""


def test_what_the_user_wrote_stays(form: QuickAdd) -> None:
    type_in(form, "employer", "Globex Corporation")
    form.posting.text.setPlainText(STATED)
    assert said(form)["employer"] == "Globex Corporation"
    assert said(form)["role"] == "Staff Engineer"
    assert form.suggestions["employer"].buttons[0].accessibleName() == "“Globex”?"


@pytest.mark.parametrize("key", ["employer", "role", "location", "closes_on"])
@pytest.mark.parametrize("how", ["undo", "type"])
def test_a_field_that_no_longer_says_what_the_posting_does_is_not_told_as_filled_in(
    form: QuickAdd, key: str, how: str
) -> None:
    form.posting.text.setPlainText(STATED)
    assert key in marked(form)
    line(form, key).setFocus()
    if how == "undo":
        QTest.keyClick(line(form, key), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert said(form)[key] == ""
    else:
        type_in(form, key, "x")
    assert set(marked(form)) == {"employer", "role", "location", "closes_on"} - {key}
    assert form.suggestions[key].mark.isHidden()


def test_a_closing_date_that_contradicts_itself_is_told_below_the_field_until_one_is_entered(
    form: QuickAdd,
) -> None:
    form.posting.text.setPlainText("Company: Globex\nDeadline: Friday 12 December 2026\n")
    field = form.fields["closes_on"]
    assert isinstance(field, DateField)
    assert said(form)["closes_on"] == ""
    assert field.understood.sentence == "The posting says “Friday 12 December 2026”, but that's a Saturday."
    assert field.editor.accessibleDescription() == field.understood.sentence
    (button,) = form.suggestions["closes_on"].buttons
    button.click()
    assert field.meaning() == date(2026, 12, 12)
    assert "Friday" not in field.understood.sentence


def test_nothing_is_told_as_filled_in_once_all_of_it_is_taken_back(form: QuickAdd) -> None:
    form.posting.text.setPlainText("Apply by 30 October 2026\n")
    assert marked(form)
    QTest.keyClick(line(form, "closes_on"), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not marked(form)


def test_another_posting_takes_the_place_of_the_first(form: QuickAdd) -> None:
    form.posting.text.setPlainText(STATED)
    type_in(form, "location", "Remote")
    form.posting.text.setPlainText("Company: Initrode\nLocation: Austin\n")
    filled = said(form)
    assert (filled["employer"], filled["role"], filled["location"]) == ("Initrode", "", "Remote")


def test_a_guess_is_filled_in_and_called_one(form: QuickAdd, desk: Desk) -> None:
    form.posting.text.setPlainText(GUESSED)
    assert marked(form) == dict.fromkeys(["employer", "role"], "A guess from the posting")
    form.submit()
    assert (added(desk)[0].employer, added(desk)[0].role) == ("Vandelay", "Site Reliability Engineer")


def test_another_reading_stands_next_in_the_order_of_tab_and_is_taken_with_a_key(form: QuickAdd) -> None:
    form.posting.text.setPlainText("Company: Globex\nCompany: Initrode\n")
    assert said(form)["employer"] == "Globex"
    line(form, "employer").setFocus()
    QTest.keyClick(line(form, "employer"), Qt.Key.Key_Tab)
    (button,) = form.suggestions["employer"].buttons
    assert button.hasFocus()
    QTest.keyClick(button, Qt.Key.Key_Return)
    assert said(form)["employer"] == "Initrode"
    assert line(form, "employer").hasFocus()
    assert not marked(form)


def test_an_address_alone_is_the_postings(form: QuickAdd) -> None:
    form.posting.text.setPlainText("https://boards.greenhouse.io/vandelay/jobs/4012345")
    assert said(form)["url"] == "https://boards.greenhouse.io/vandelay/jobs/4012345"
    assert form.keep_text.isHidden()


@pytest.mark.parametrize("text", [STATED, "https://jobs.example/812"])
def test_a_posting_pasted_where_the_keyboard_is_goes_to_its_place(form: QuickAdd, text: str) -> None:
    line(form, "employer").insert(text)
    assert form.posting.typed().strip() == text.strip()
    assert said(form)["employer"] in ("", "Globex")


@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_Return])
def test_an_address_typed_by_hand_goes_whole_to_its_place_when_the_line_is_left(
    form: QuickAdd, desk: Desk, key: Qt.Key
) -> None:
    type_in(form, "employer", "https://www.example.com/jobs/1")
    assert said(form)["employer"] == "https://www.example.com/jobs/1"
    QTest.keyClick(line(form, "employer"), key)
    assert form.posting.typed() == "https://www.example.com/jobs/1"
    assert "www" not in said(form)["employer"]
    assert [each for each in added(desk) if "www" in each.employer] == []


def test_enter_saves_in_a_posting_in_which_something_was_read(form: QuickAdd, desk: Desk) -> None:
    form.posting.text.setFocus()
    QTest.keyClicks(form.posting.text, "Hello")
    QTest.keyClick(form.posting.text, Qt.Key.Key_Return)
    assert form.posting.typed() == "Hello\n"
    assert added(desk) == []
    form.posting.text.setPlainText(STATED)
    QTest.keyClick(form.posting.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert added(desk) == []
    QTest.keyClick(form.posting.text, Qt.Key.Key_Return)
    assert [each.employer for each in added(desk)] == ["Globex"]


def test_what_is_pasted_is_saved_by_one_key_where_the_keyboard_is(form: QuickAdd, desk: Desk) -> None:
    assert line(form, "employer").hasFocus()
    QApplication.clipboard().setText(STATED)
    QTest.keyClick(line(form, "employer"), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(form.focusWidget(), Qt.Key.Key_Return)
    assert [each.employer for each in added(desk)] == ["Globex"]


def test_a_name_is_typed_without_a_key_more_than_its_letters(form: QuickAdd, desk: Desk) -> None:
    QTest.keyClicks(line(form, "employer"), "Vandelay")
    QTest.keyClick(line(form, "employer"), Qt.Key.Key_Tab)
    QTest.keyClicks(line(form, "role"), "Importer")
    QTest.keyClick(line(form, "role"), Qt.Key.Key_Return)
    stored = added(desk)[0]
    assert (stored.employer, stored.role, stored.stage) == ("Vandelay", "Importer", Stage.SAVED)


def test_applied_today_is_a_switch_next_to_the_names(form: QuickAdd, desk: Desk) -> None:
    type_in(form, "employer", "Vandelay")
    type_in(form, "role", "Importer")
    line(form, "role").setFocus()
    QTest.keyClick(line(form, "role"), Qt.Key.Key_Tab)
    assert form.applied_today.box.hasFocus()
    QTest.keyClick(form.applied_today.box, Qt.Key.Key_Space)
    assert form.fields["stage"].value() is Stage.APPLIED
    QTest.keyClick(form.applied_today.box, Qt.Key.Key_Return)
    stored = added(desk)[0]
    assert (stored.stage, stored.applied_on) == (Stage.APPLIED, date(2026, 10, 14))


def test_the_switch_follows_the_date_and_takes_back_what_it_did(form: QuickAdd) -> None:
    type_in(form, "applied_on", "yesterday")
    assert not form.applied_today.value()
    type_in(form, "applied_on", "today")
    assert form.applied_today.value()
    form.applied_today.box.click()
    assert form.fields["applied_on"].value() is None
    assert form.fields["stage"].value() is Stage.SAVED


def test_a_stage_chosen_by_hand_outlasts_the_switch(form: QuickAdd) -> None:
    stage = form.fields["stage"]
    assert isinstance(stage, ChoiceField)
    stage.combo.setCurrentIndex(list(Stage).index(Stage.INTERVIEWING))
    form.applied_today.box.click()
    assert stage.value() is Stage.INTERVIEWING


def test_what_is_known_is_offered_beside_its_field(form: QuickAdd, desk: Desk) -> None:
    desk.tracker.edit_application("hooli", source="LinkedIn", location="Palo Alto")
    for key, known in {"employer": "Hooli", "source": "LinkedIn", "location": "Palo Alto"}.items():
        field = form.fields[key]
        assert isinstance(field, KnownField)
        field.line.clearFocus()
        field.setFocus()
        field.line.completer().setCompletionPrefix(known[:3].lower())
        assert field.line.completer().currentCompletion() == known


def test_enter_saves_while_the_list_of_what_is_known_is_open(
    form: QuickAdd, desk: Desk, qtbot: QtBot
) -> None:
    type_in(form, "role", "Gardener")
    line(form, "employer").setFocus()
    type_in(form, "employer", "Hool")
    popup = line(form, "employer").completer().popup()
    assert popup is not None
    qtbot.waitUntil(popup.isVisible)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert [each.employer for each in added(desk)] == ["Hool"]


def test_tab_goes_on_to_the_role_while_the_list_is_open(form: QuickAdd, qtbot: QtBot) -> None:
    line(form, "employer").setFocus()
    type_in(form, "employer", "Hool")
    popup = line(form, "employer").completer().popup()
    assert popup is not None
    qtbot.waitUntil(popup.isVisible)
    QTest.keyClick(popup, Qt.Key.Key_Tab)
    assert line(form, "role").hasFocus()
    assert said(form)["employer"] == "Hool"
    assert popup.isHidden()


def test_what_is_filled_in_opens_no_list(form: QuickAdd) -> None:
    assert line(form, "employer").hasFocus()
    form.posting.text.setPlainText("Company: Hooli\n")
    popup = line(form, "employer").completer().popup()
    assert popup is not None
    assert popup.isHidden()


def test_a_posting_that_comes_from_outside_is_read_into_the_form(view: ApplicationsView, desk: Desk) -> None:
    assert view.answer(AddApplication(STATED))
    form = view.quick_add
    assert said(form)["employer"] == "Globex"
    form.set_aside()
    view.add_application()
    assert form.posting.typed().strip() == STATED.strip()


def test_the_board_is_where_it_was_found(form: QuickAdd) -> None:
    form.posting.text.setPlainText("https://www.linkedin.com/jobs/view/data-engineer-at-acme-labs-4012345678")
    filled = said(form)
    assert (filled["employer"], filled["role"], filled["source"]) == (
        "Acme Labs",
        "Data Engineer",
        "LinkedIn",
    )


def test_an_address_in_a_text_that_may_be_anything_is_only_offered(form: QuickAdd) -> None:
    form.posting.text.setPlainText("Data Engineer at Acme\nRead https://acme.example/about for more.\n")
    assert said(form)["url"] == ""
    assert form.suggestions["url"].buttons[0].accessibleName().endswith("“https://acme.example/about”?")


def test_ctrl_enter_saves_and_begins_another(form: QuickAdd, desk: Desk) -> None:
    for employer in ("Globex", "Initrode"):
        type_in(form, "employer", employer)
        type_in(form, "role", "SRE")
        QTest.keyClick(line(form, "role"), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        assert form.isVisible()
        assert said(form)["employer"] == ""
        assert line(form, "employer").hasFocus()
    assert {each.employer for each in added(desk)} == {"Globex", "Initrode"}


def test_another_at_an_employer_says_at_whom_and_asks_for_the_role(form: QuickAdd) -> None:
    form.begin(employer="Acme")
    assert (form.title.full_text, said(form)["employer"]) == ("New application at Acme", "Acme")
    assert line(form, "role").hasFocus()
    role = form.fields["role"]
    assert isinstance(role, TextField)
    assert role.line.asked == "", "its label says it"
    form.fields["employer"].begin_with("")
    form.begin()
    assert form.title.full_text == "New application"


def test_ctrl_enter_with_a_refusal_stays(form: QuickAdd, desk: Desk) -> None:
    type_in(form, "employer", "Globex")
    QTest.keyClick(line(form, "employer"), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "Role can't be empty" in form.fields["role"].refusal
    assert said(form)["employer"] == "Globex"
    assert added(desk) == []


def test_a_near_duplicate_is_pointed_out_as_one_types(form: QuickAdd, qtbot: QtBot) -> None:
    type_in(form, "employer", "ACME Inc.")
    type_in(form, "role", "Data enginer")
    qtbot.waitUntil(form.alike.isVisible)
    assert "looks like one" in form.alike.text.text()
    type_in(form, "role", "Gardener")
    qtbot.waitUntil(form.alike.isHidden)


def test_the_same_address_for_another_role_is_told_as_no_more_than_that(
    form: QuickAdd, desk: Desk, qtbot: QtBot
) -> None:
    desk.tracker.edit_application("acme", url="https://boards.greenhouse.io/acme/jobs/17")
    type_in(form, "url", "https://job-boards.greenhouse.io/acme/jobs/17")
    qtbot.waitUntil(lambda: "from this posting" in form.alike.text.text())
    type_in(form, "employer", "Acme")
    type_in(form, "role", "Gardener")
    qtbot.waitUntil(lambda: form.alike.text.text().startswith("Same address"))


def test_the_one_that_is_there_is_opened_and_what_was_typed_kept(
    view: ApplicationsView, form: QuickAdd, desk: Desk, qtbot: QtBot
) -> None:
    type_in(form, "employer", "Initech")
    type_in(form, "role", "Platform lead")
    qtbot.waitUntil(form.alike.isVisible)
    form.alike.buttons[0].click()
    assert view.detail.isVisible()
    assert view.detail.application == "initech"
    assert added(desk) == []
    view.add_application()
    assert said(form)["role"] == "Platform lead"
    form.cancelled.emit()
    view.add_application()
    assert said(form)["role"] == ""


def test_a_duplicate_can_be_saved_all_the_same(form: QuickAdd, desk: Desk, qtbot: QtBot) -> None:
    type_in(form, "employer", "Acme")
    type_in(form, "role", "Data Engineer")
    qtbot.waitUntil(form.alike.isVisible)
    form.submit()
    assert [(each.employer, each.stage) for each in added(desk)] == [("Acme", Stage.SAVED)]


def test_a_pasted_text_is_not_lost_by_choosing_a_row(view: ApplicationsView, form: QuickAdd) -> None:
    form.posting.text.setPlainText("nothing in it")
    view.table.select_id("initech")
    assert form.isHidden()
    view.add_application()
    assert form.posting.typed() == "nothing in it"


def test_the_next_form_is_empty(view: ApplicationsView, form: QuickAdd) -> None:
    form.posting.text.setPlainText(STATED)
    form.submit()
    view.add_application()
    assert not any(said(form)[key] for key in ("employer", "role", "location", "closes_on", "url"))
    assert form.posting.typed() == ""
    assert not marked(form)


def test_the_next_form_begins_at_its_top_in_a_small_window(view: ApplicationsView, qtbot: QtBot) -> None:
    view.resize(620, 420)
    view.add_application()
    form = view.quick_add
    type_in(form, "employer", "Globex")
    type_in(form, "role", "Engineer")
    area = form.findChild(QScrollArea)
    assert area is not None
    bar = area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    form.save_and_begin_another()
    settle()
    assert bar.value() == 0
    assert not form.posting.visibleRegion().isEmpty()


def test_who_has_chosen_no_filter_sees_whatever_was_added(window: MainWindow) -> None:
    window.answer(AddApplication())
    view = page_of(window, ApplicationsView)
    form = view.quick_add
    type_in(form, "employer", "Alpha")
    type_in(form, "role", "Analyst")
    form.applied_today.editor.setFocus()
    QTest.keyClick(form.applied_today.editor, Qt.Key.Key_Space)
    QTest.keyClick(line(form, "role"), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    type_in(form, "employer", "Beta")
    type_in(form, "role", "Manager")
    QTest.keyClick(line(form, "role"), Qt.Key.Key_Return)
    settle()
    detail = view.detail.detail
    assert detail is not None
    assert (detail.application.employer, detail.application.stage) == ("Beta", Stage.SAVED)
    assert view.table.selected_ids() == [detail.application.id]
    assert view.model.rowCount() == 2
    assert not view.list.held.isVisible()


def test_the_filter_that_was_chosen_stays_with_what_was_added_on_top(window: MainWindow) -> None:
    window.answer(AddApplication())
    view = page_of(window, ApplicationsView)
    form = view.quick_add
    view.list.show_stage(StageFilter.APPLIED)
    for employer in ("Alpha", "Beta"):
        view.add_application()
        type_in(form, "employer", employer)
        type_in(form, "role", "Manager")
        QTest.keyClick(line(form, "role"), Qt.Key.Key_Return)
        settle()
        detail = view.detail.detail
        assert detail is not None
        assert detail.application.employer == employer
        assert view.table.selected_ids() == [detail.application.id]
    assert view.model.query.stage_filter is StageFilter.APPLIED
