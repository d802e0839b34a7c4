"""Another program's file in the window: shown, asked about, imported without what isn't wanted, undone."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFileDialog
from shiboken6 import isValid

from followup_desktop.ui.kit.widgets.announcer import Announcer
from followup_desktop.ui.window.import_window import ImportWindow
from followup_desktop.ui.window.main_window import MainWindow
from tests.pseudo_locale import speaking
from tests.scene import settle
from tests.ui import situations
from tests.ui.desk import Desk, Open

OPEN = """\
Company,Role,Status,Date applied
Quarryline,Engineer,Applied,05/02/2026
Inletworks,Clerk,Wibble,07/03/2026
,Nurse,Applied,
"""

DAY_OR_MONTH = "Does the day or the month come first in dates like 05/02/2026?"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "jobs.csv"
    file.write_text(OPEN, "utf-8")
    return file


def shown(window: MainWindow) -> ImportWindow:
    (found,) = window.findChildren(ImportWindow)
    return found


def employers(desk: Desk) -> set[str]:
    return {one.employer for one in desk.store.facts().applications} & {"Quarryline", "Inletworks"}


def test_nothing_is_imported_before_the_user_says_so(open_window: Open, desk: Desk, table: Path) -> None:
    window = open_window(situations.one())
    window.open_file(table)
    preview = shown(window)
    assert preview.title.text() == "jobs.csv: a table (CSV)"
    assert preview.summary.text() == "2 added, 1 row left out"
    assert preview.table.accessibleDescription() == preview.summary.text()
    assert not preview.import_button.isEnabled()
    assert employers(desk) == set()
    preview.close()
    assert employers(desk) == set()


def test_rows_left_out_are_offered_a_name_in_the_language_of_the_window(
    open_window: Open, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered: list[str] = []

    def left(_parent: object, _title: str, place: str, _kinds: str) -> tuple[str, str]:
        offered.append(Path(place).name)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", left)
    window = open_window(situations.one())
    window.open_file(table)
    with speaking("es"):
        shown(window).save_button.click()
    assert offered == ["jobs (omitidas).csv"]


def test_the_keyboard_begins_with_what_is_open_or_with_the_first_row(open_window: Open, table: Path) -> None:
    window = open_window(situations.one())
    window.open_file(table)
    preview = shown(window)
    assert preview.focusWidget() is preview.combos[DAY_OR_MONTH]
    preview.close()
    settle()
    table.write_text("Company,Role,Status\nQuarryline,Engineer,Applied\n,Nurse,Applied\n", "utf-8")
    window.open_file(table)
    preview = shown(window)
    assert preview.focusWidget() is preview.table
    read = QAccessible.queryAccessibleInterface(preview.table).focusChild()
    assert read.text(QAccessible.Text.Name) == preview.model.index(0, 0).data()


def test_a_question_is_answered_a_row_left_out_and_the_answers_remembered(
    open_window: Open, desk: Desk, table: Path
) -> None:
    window = open_window(situations.one())
    window.open_file(table)
    preview = shown(window)
    answer(preview, DAY_OR_MONTH, "The day")
    answer(preview, "What stage is “Wibble”?", "Offer")
    assert preview.import_button.isEnabled()
    rows = {preview.model.index(row, 1).data(): row for row in range(preview.model.rowCount())}
    assert preview.model.index(rows["Inletworks · Clerk"], 2).data() == "Offer · Sat 7 Mar 2026"
    tick = preview.model.index(rows["Quarryline · Engineer"], 0)
    assert tick.data() == "added"
    assert preview.summary.text() == "2 added, 1 row left out"
    assert preview.model.setData(tick, Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    assert tick.data() == "left out", "to be seen and, where the tick isn't told, heard"
    assert preview.summary.text() == "1 added, 2 rows left out"
    assert preview.table.accessibleDescription() == preview.summary.text()
    voice = Announcer.of(preview)
    voice.speak()
    assert voice.said[-1] == "left out: Quarryline · Engineer."
    QTest.keyClick(preview.table, Qt.Key.Key_Return)
    assert employers(desk) == {"Inletworks"}
    assert window.toast.message.startswith("Imported: 1 added")
    (found,) = (one for one in desk.store.facts().applications if one.employer == "Inletworks")
    assert (found.stage, str(found.applied_on)) == ("offer", "2026-03-07")
    window.steps.undo()
    assert employers(desk) == set()
    window.open_file(table)
    again = window.findChildren(ImportWindow)[-1]
    assert again.import_button.isEnabled()
    answers = {question: combo.currentText() for question, combo in again.combos.items()}
    assert answers == {DAY_OR_MONTH: "The day", "What stage is “Wibble”?": "Offer"}


def test_what_was_answered_or_known_can_be_changed(open_window: Open, desk: Desk, table: Path) -> None:
    window = open_window(situations.one())
    window.open_file(table)
    preview = shown(window)
    answer(preview, DAY_OR_MONTH, "The day")
    answer(preview, DAY_OR_MONTH, "The month")
    answer(preview, "What stage is “Wibble”?", "Offer")
    answer(preview, "What stage is “Wibble”?", "Rejected")
    preview.columns_button.setChecked(True)
    answer(preview, "What stage is “Applied”?", "Saved")
    preview.columns_button.setChecked(False)
    assert preview.combos["What stage is “Applied”?"].currentText() == "Saved"
    preview.import_button.click()
    found = {one.employer: one for one in desk.store.facts().applications}
    assert (found["Inletworks"].stage, str(found["Inletworks"].applied_on)) == ("rejected", "2026-07-03")
    assert found["Quarryline"].stage == "saved"


def test_an_event_that_cannot_be_taken_is_shown_with_the_reason(
    open_window: Open, desk: Desk, tmp_path: Path
) -> None:
    file = tmp_path / "invite.ics"
    file.write_text(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nSUMMARY:Call\nEND:VEVENT\nEND:VCALENDAR\n", "utf-8"
    )
    window = open_window(situations.one())
    window.open_file(file)
    preview = shown(window)
    why = "This event has no date and time that Follow Up can read."
    assert [preview.model.index(row, 2).data() for row in range(preview.model.rowCount())] == [why]
    assert not preview.import_button.isEnabled()
    assert preview.save_button.isVisible()


def test_a_column_can_be_taken_for_another_field(open_window: Open, desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("Foo,Bar\nQuarryline,Engineer\n", "utf-8")
    window = open_window(situations.one())
    window.open_file(file)
    preview = shown(window)
    answer(preview, "Which column has the employer: Foo and Bar?", "Foo")
    preview.columns_button.setChecked(True)
    answer(preview, "Bar", "Role")
    preview.import_button.click()
    assert [one.role for one in desk.store.facts().applications if one.employer == "Quarryline"] == [
        "Engineer"
    ]


@pytest.mark.parametrize(
    "more", ["", ",Applied,2026-11-02", ",Applied,Notes", ",Remote"], ids=["no word", "one", "two", "none"]
)
@pytest.mark.parametrize("headings_first", [True, False])
def test_a_table_without_headings_keeps_its_first_row(
    open_window: Open, desk: Desk, tmp_path: Path, more: str, headings_first: bool
) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(f"Quarryline,Engineer{more}\nInletworks,Clerk{more}\n", "utf-8")
    window = open_window(situations.one())
    window.open_file(file)
    preview = shown(window)
    if not headings_first:
        (asked,) = (each for each in preview.combos if each.startswith("Which column has the employer"))
        answer(preview, asked, "Quarryline")
    answer(preview, "What's in the first row?", "An application")
    (asked,) = (each for each in preview.combos if each.startswith("Which column has the employer"))
    answer(preview, asked, "Column 1 (Quarryline)")
    preview.import_button.click()
    assert employers(desk) == {"Quarryline", "Inletworks"}


def test_what_is_in_the_rows_can_be_answered(open_window: Open, desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    row = "Quarryline,Lead,Rita Vale,rita@quarry.example"
    file.write_text(f"Company,Position,Contact Person,Contact Email\n{row}\n", "utf-8")
    window = open_window(situations.one())
    window.open_file(file)
    preview = shown(window)
    assert [preview.combos["What's in the rows?"].currentText()] == ["Applications"]
    answer(preview, "What's in the rows?", "People")
    assert preview.combos["What's in the rows?"].currentText() == "People"
    preview.import_button.click()
    assert employers(desk) == set()
    assert "Rita Vale" in {one.name for one in desk.store.facts().contacts}


def answer(preview: ImportWindow, question: str, text: str) -> None:
    combo = preview.combos[question]
    place = combo.findText(text)
    combo.setCurrentIndex(place)
    combo.activated.emit(place)
    settle()


def click(view: QAbstractItemView, place: int) -> None:
    at = view.visualRect(view.model().index(place, 0)).center()
    QTest.mouseMove(view.viewport(), at)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)


def enter(view: QAbstractItemView, place: int) -> None:
    view.setCurrentIndex(view.model().index(place, 0))
    QTest.keyClick(view, Qt.Key.Key_Return)


@pytest.mark.parametrize("choose", [click, enter])
def test_an_answer_chosen_in_the_opened_list_leaves_its_box_until_the_list_has_closed(
    open_window: Open, table: Path, choose: Callable[[QAbstractItemView, int], None]
) -> None:
    window = open_window(situations.one())
    window.open_file(table)
    preview = shown(window)
    box = preview.combos[DAY_OR_MONTH]
    view = box.view()
    box.setMaxVisibleItems(box.count())
    box.showPopup()
    QTest.qWait(QApplication.doubleClickInterval())  # Qt takes no click so soon after it opened the list
    choose(view, box.findText("The day"))
    assert isValid(box)
    settle()
    assert not isValid(box)
    assert preview.combos[DAY_OR_MONTH].currentText() == "The day"


def test_columns_of_few_words_are_as_wide_as_these(open_window: Open, table: Path) -> None:
    window = open_window(situations.one())
    window.open_file(table)
    preview = shown(window)
    change, place = "put together with yours", "the second sheet, row 1,234"
    rows = [replace(each, change=change, place=place, warns=True) for each in preview.preview.rows]
    preview.model.set_rows(rows, with_places=True)
    for column in (0, preview.model.columnCount() - 1):
        wanted = preview.table.sizeHintForColumn(column)
        assert preview.table.horizontalHeader().sectionSize(column) >= wanted


def test_what_would_set_a_stage_back_is_left_out_unless_it_is_ticked(
    open_window: Open, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window(situations.one())
    head = "Company,Role,Status,Date applied\n"
    file = tmp_path / "jobs.csv"
    file.write_text(f"{head}Quarryline,Engineer,Rejected,2026-09-01\n", "utf-8")
    window.open_file(file)
    shown(window).import_button.click()
    file.write_text(
        f"{head}Quarryline,Engineer,Applied,2026-09-01\nInletworks,Clerk,Applied,2026-09-02\n"
        "Quarryline,Engineer,Interview,2026-09-01\n",
        "utf-8",
    )

    def opened() -> tuple[ImportWindow, list[int]]:
        window.open_file(file)
        preview = window.findChildren(ImportWindow)[-1]
        model = preview.model
        cells = [model.index(row, 0) for row in range(model.rowCount())]
        ticks = [model.data(cell, Qt.ItemDataRole.CheckStateRole) for cell in cells]
        return preview, [row for row, tick in enumerate(ticks) if tick is Qt.CheckState.Unchecked]

    def stage() -> str:
        (found,) = (one for one in desk.store.facts().applications if one.employer == "Quarryline")
        return found.stage.value

    preview, unticked = opened()
    assert unticked == [0, 2]
    assert preview.model.change_of(preview.model.index(0, 0)) == "left out"
    assert preview.summary.text() == "1 added, 2 rows left out"
    tick = preview.model.index(1, 0)
    assert preview.save_button.isVisible()
    assert preview.model.setData(tick, Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    left = tmp_path / "left.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(left), ""))
    preview.save_button.click()
    written = list(csv.reader(left.read_text("utf-8-sig").splitlines()))
    assert [row[:3] for row in written[1:]] == [
        ["goes back from Rejected to Interviewing", "line 2", "Quarryline"],
        ["You left it out.", "line 3", "Inletworks"],
        ["goes back from Rejected to Interviewing", "line 4", "Quarryline"],
    ]
    assert preview.model.setData(tick, Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    preview.import_button.click()
    assert (stage(), employers(desk)) == ("rejected", {"Quarryline", "Inletworks"})
    preview, unticked = opened()
    for row in unticked:
        tick = preview.model.index(row, 0)
        assert preview.model.setData(tick, Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    preview.import_button.click()
    assert stage() == "interviewing"
