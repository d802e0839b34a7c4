"""Selecting many applications: the bar, the pane, the menu of the rows; every verb is one step."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from followup_desktop.domain.model import Stage
from followup_desktop.services.rows import StageFilter
from followup_desktop.ui.applications.view import ApplicationsView
from tests.ui.applications.conftest import ACME, HOOLI, INITECH
from tests.ui.applications.test_view import named, press
from tests.ui.desk import Desk

ALL = {"acme", "hooli", "initech"}


@pytest.fixture
def many(view: ApplicationsView) -> ApplicationsView:
    """The view with all three applications selected by Ctrl+A."""
    view.list.show_stage(StageFilter.ALL)
    view.table.setFocus()
    QTest.keyClick(view.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert set(view.table.selected_ids()) == ALL
    return view


def stored(desk: Desk) -> set[str]:
    return {one.id for one in desk.store.applications()}


def choose(menu: QMenu, label: str) -> None:
    """Trigger the entry of that label."""
    action = next(
        one for one in menu.actions() if one.text().replace("&", "").partition("\t")[0].startswith(label)
    )
    action.trigger()


def test_shift_and_arrows_select_more_and_both_sides_say_so(view: ApplicationsView) -> None:
    view.table.select_only(str(view.model.id_at(0)))
    view.table.setFocus()
    assert not view.selecting.bar.isVisible()
    QTest.keyClick(view.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert len(view.table.selected_ids()) == 2
    assert view.selecting.bar.count.text() == "2 selected:"
    assert view.selecting.pane.title.text() == "2 applications selected"
    assert view.selecting.pane.isVisible()
    assert not view.detail.isVisible()
    QTest.keyClick(view.table, Qt.Key.Key_Up)
    assert view.detail.isVisible()
    assert view.detail.application == view.table.current_id()
    assert not view.selecting.bar.isVisible()


def test_what_is_typed_is_saved_before_many_are_selected(view: ApplicationsView, desk: Desk) -> None:
    line = view.detail.fields["source"].editor
    line.setFocus()
    QTest.keyClicks(line, "a fair")
    view.table.setFocus()
    view.table.selectAll()
    assert desk.store.application("acme").source == "a fair"


def test_delete_trashes_all_of_them_as_one_step(many: ApplicationsView, desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(many.status) as said:
        QTest.keyClick(many.table, Qt.Key.Key_Delete)
    assert said.args == ["Deleted 3 applications"]
    assert stored(desk) == set()
    desk.tracker.undo()
    assert stored(desk) == ALL


class Painted(QObject):
    """How many rows there were and what the detail showed, at each painting of the table."""

    def __init__(self, view: ApplicationsView) -> None:
        super().__init__(view)
        self.seen: list[tuple[int, str | None]] = []
        self._view = view
        view.table.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            self.seen.append((self._view.model.rowCount(), self._view.detail.application))
        return super().eventFilter(watched, event)


def test_rows_that_go_are_painted_in_a_turn_of_their_own(view: ApplicationsView) -> None:
    view.list.show_stage(StageFilter.ALL)
    view.table.select_only(str(view.model.id_at(0)))
    view.table.setFocus()
    QTest.keyClick(view.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    painted = Painted(view)
    QTest.keyClick(view.table, Qt.Key.Key_Delete)
    assert (1, None) in painted.seen, "to fill the detail of the next one comes after that"
    assert view.detail.application == view.model.id_at(0)


def test_a_stage_for_all_is_one_step(many: ApplicationsView, desk: Desk, qtbot: QtBot) -> None:
    button = named(many, "Stage: selected rows")
    menu = button.findChild(QMenu)
    assert menu is not None
    with qtbot.waitSignal(many.status) as said:
        choose(menu, "Applied")
    assert said.args is not None
    assert said.args[0].startswith("Moved 2 applications to Applied")
    assert {one.stage for one in desk.store.applications()} == {Stage.APPLIED}
    assert len(many.table.selected_ids()) == 3, "a refresh leaves the selection alone"
    many.refresh(None)
    assert len(many.table.selected_ids()) == 3
    desk.tracker.undo()
    assert desk.store.application("acme") == ACME
    assert desk.store.application("hooli").stage is HOOLI.stage


def test_tags_are_given_and_taken_by_keyboard(many: ApplicationsView, desk: Desk) -> None:
    press(many, "Tag: selected rows")
    line = named(many, "Tags of the selected rows")
    assert isinstance(line, QLineEdit)
    assert QApplication.focusWidget() is line
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert line.isVisible(), "no tag was typed"
    QTest.keyClicks(line, "remote, go")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert not line.isVisible()
    assert {one.tags for one in desk.store.applications()} == {("remote", "go")}
    press(many, "Tag: selected rows")
    QTest.keyClicks(line, "go")
    press(many, "Remove from the selected rows")
    assert {one.tags for one in desk.store.applications()} == {("remote",)}
    press(many, "Tag: selected rows")
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert not line.isVisible()
    desk.tracker.undo()
    desk.tracker.undo()
    assert desk.store.application("initech") == INITECH


def test_archive_and_back(many: ApplicationsView, desk: Desk) -> None:
    press(many, "Archive: selected rows")
    assert all(one.archived for one in desk.store.applications())
    desk.tracker.undo()
    assert not any(one.archived for one in desk.store.applications())


def test_what_is_in_the_archive_can_be_taken_out(many: ApplicationsView, desk: Desk) -> None:
    press(many, "Archive: selected rows")
    many.show_application("acme")
    many.table.selectAll()
    press(many, "Unarchive: selected rows")
    assert not any(one.archived for one in desk.store.applications())


def test_export_writes_the_selected_ones(many: ApplicationsView, tmp_path: Path, qtbot: QtBot) -> None:
    target = tmp_path / "two.json"
    many.table.select_only("acme")
    with qtbot.waitSignal(many.status) as said:
        many.selecting.verbs.export_to(target)
    assert said.args == ["Exported 1 application to two.json"]
    written = json.loads(target.read_text(encoding="utf-8"))
    assert [one["id"] for one in written["applications"]] == ["acme"]


@pytest.mark.parametrize(
    ("name", "begins"), [("x.csv", b'\xef\xbb\xbf"id","employer",'), ("x.ics", b"BEGIN:VCALENDAR\r\n")]
)
def test_an_export_of_the_selected_ones_is_what_its_name_says(
    many: ApplicationsView, tmp_path: Path, name: str, begins: bytes
) -> None:
    many.table.select_only("acme")
    many.selecting.verbs.export_to(tmp_path / name)
    written = (tmp_path / name).read_bytes()
    assert written.startswith(begins)
    assert b"Acme" in written
    assert b"Initech" not in written


def test_a_calendar_of_the_selected_ones_goes_on_from_what_is_there(
    many: ApplicationsView, tmp_path: Path
) -> None:
    target = tmp_path / "x.ics"
    many.table.select_only("acme")
    many.selecting.verbs.export_to(target)
    written = target.read_bytes()
    changed = written.replace(b"SEQUENCE:0", b"SEQUENCE:3").replace(b"SUMMARY:", b"SUMMARY:An older ")
    target.write_bytes(changed)
    many.selecting.verbs.export_to(target)
    assert written.count(b"SEQUENCE:0") == target.read_bytes().count(b"SEQUENCE:4") > 0


def test_a_file_that_cannot_be_written_is_said(many: ApplicationsView, tmp_path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(many.status) as said:
        many.selecting.verbs.export_to(tmp_path / "nowhere" / "two.json")
    assert said.args is not None
    assert str(said.args[0]).endswith(".")


def test_the_menu_key_opens_the_menu_of_the_row(view: ApplicationsView, desk: Desk) -> None:
    view.table.setFocus()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), QPoint(5, 5))
    QApplication.sendEvent(view.table, event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.close()


def test_the_menu_opens_the_posting_and_copies(
    view: ApplicationsView, desk: Desk, copied: list[str], qtbot: QtBot
) -> None:
    view.table.select_only("acme")
    entries = {one.text().replace("&", "").partition("\t")[0]: one for one in view.selecting.menu().actions()}
    assert "Open posting" not in entries
    desk.tracker.edit_application("acme", url="acme.example/jobs/812")
    choose(view.selecting.menu(), "Open posting")
    desk.tracker.edit_application("acme", url="http://intranet/jobs")
    choose(view.selecting.menu(), "Open posting")
    assert [url.toString() for url in desk.urls] == ["https://acme.example/jobs/812", "http://intranet/jobs"]
    QTest.keyClick(view.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert copied[-1].startswith("Acme\tData Engineer\tInterviewing\t")
    assert "\n" not in copied[-1]
    choose(view.selecting.menu(), "Tag")
    assert named(view, "Tags of the selected rows").hasFocus()
    QTest.keyClick(named(view, "Tags of the selected rows"), Qt.Key.Key_Escape)
    assert not view.selecting.bar.isVisible()
    assert view.table.hasFocus()


def test_enter_opens_the_current_one_of_many(many: ApplicationsView) -> None:
    current = many.table.current_id()
    QTest.keyClick(many.table, Qt.Key.Key_Return)
    assert many.table.selected_ids() == [current]
    assert many.detail.isVisible()
    assert many.detail.application == current


def test_what_can_be_done_with_the_selected_stands_in_one_place(many: ApplicationsView) -> None:
    labels = [each.text() for each in many.findChildren(QPushButton) if each.isVisible()]
    for verb in ("Tag…", "Archive", "Export…", "Delete"):
        assert labels.count(verb) == 1
