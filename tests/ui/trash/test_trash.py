"""The Trash view: what was deleted, the way back, and the way out for good, which is asked about."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Facts
from followup_desktop.services.tracker.bulk import MANY_DELETED
from followup_desktop.ui.applications.view import ApplicationsView
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.trash.view import TrashView
from tests.ui import situations
from tests.ui.desk import Desk, Open, PutUp, page_of


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def view(desk: Desk, theme: Theme, put_up: PutUp, said: list[str]) -> Iterator[TrashView]:
    """The view with Hooli's application, the last to be deleted, and Lena Park."""
    desk.put(situations.twelve())
    desk.tracker.trash_contact("lena")
    desk.now += timedelta(minutes=5)
    desk.tracker.trash_application("hooli")
    view = TrashView(desk.context(theme))
    view.status.connect(said.append)
    view.undoable.connect(lambda sentence, _undo: said.append(sentence))
    put_up(view)
    view.begin()
    yield view
    view.hide()


def answer(label: str) -> list[str]:
    """Press that button of the question that comes next; gives what it asks, once it was asked."""
    asked: list[str] = []

    def press() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        asked.append(box.text())
        next(each for each in box.buttons() if each.text() == label).click()

    QTimer.singleShot(0, press)
    return asked


def ids(view: TrashView) -> list[str]:
    return [row.deleted.id for row in view.model.rows]


def test_each_row_says_what_it_was_and_when_it_goes(view: TrashView, desk: Desk) -> None:
    assert view.model.rows[0].spoken.startswith("Hooli · Search, Application, deleted ")
    assert view.model.rows[0].goes == "30 days left"
    for day in range(4):
        desk.store.record_run((situations.NOW + timedelta(days=day)).date(), situations.NOW)
    view.show_all()
    assert {row.goes for row in view.model.rows} == {"27 days left"}


def test_enter_brings_back_what_was_deleted(view: TrashView, desk: Desk, said: list[str]) -> None:
    QTest.keyClick(view.list, Qt.Key.Key_Return)
    assert desk.store.application("hooli").employer == "Hooli"
    assert said == ["Restored Hooli · Search"]
    assert ids(view) == ["lena"]


def test_what_was_restored_can_be_undone(view: TrashView, desk: Desk) -> None:
    view.restore_button.click()
    desk.tracker.undo()
    assert ids(view) == ["hooli", "lena"]


def test_delete_asks_first_and_then_it_is_gone(view: TrashView, desk: Desk, said: list[str]) -> None:
    asked = answer("Delete for good")
    QTest.keyClick(view.list, Qt.Key.Key_Delete)
    assert asked == ["Delete “Hooli · Search” for good?"]
    assert said == ["Deleted 1 item for good"]
    assert ids(view) == ["lena"]
    assert desk.tracker.undo_label is None


def test_the_backup_before_it_is_made_beside_the_window(view: TrashView, desk: Desk) -> None:
    made: list[threading.Thread] = []
    desk.store.set_safeguard(lambda _why: made.append(threading.current_thread()))
    answer("Empty trash")
    view.empty_button.click()
    (thread,) = made
    assert thread is not threading.main_thread()
    assert ids(view) == []


def test_without_its_backup_nothing_is_deleted(view: TrashView, desk: Desk, said: list[str]) -> None:
    def refuse(_why: object) -> None:
        raise Refused("The disk is full.")

    desk.store.set_safeguard(refuse)
    answer("Empty trash")
    view.empty_button.click()
    assert said == ["The disk is full."]
    assert ids(view) == ["hooli", "lena"]


def test_so_is_that_before_many_applications_go(open_window: Open, desk: Desk) -> None:
    many = [situations.check_in(number, f"Employer {number}", situations.NOW.date()) for number in range(12)]
    window = open_window(Facts(applications=tuple(many)))
    made: list[threading.Thread] = []
    desk.store.set_safeguard(lambda _why: made.append(threading.current_thread()))
    window.show_view("applications")
    table = page_of(window, ApplicationsView)
    table.table.selectAll()
    count = len(table.table.selected_ids())
    assert count >= MANY_DELETED
    table.selecting.verbs.delete_wanted.emit()
    assert len(desk.store.trash()) == count
    (thread,) = made
    assert thread is not threading.main_thread()


@pytest.mark.parametrize("way", ["delete_button", "empty_button"])
def test_who_thinks_better_of_it_loses_nothing(view: TrashView, desk: Desk, way: str) -> None:
    answer("Cancel")
    getattr(view, way).click()
    assert ids(view) == ["hooli", "lena"]
    assert desk.tracker.undo_label is not None


def test_all_of_it_goes_at_once_and_the_view_says_that_it_is_empty(view: TrashView, said: list[str]) -> None:
    asked = answer("Empty trash")
    view.empty_button.click()
    assert asked == ["Delete all 2 items in the trash for good?"]
    assert said == ["Deleted 2 items for good"]
    assert view.nothing.isVisible()
    assert view.verbs() == {}


def test_the_sidebar_counts_what_is_in_the_trash(open_window: Open, desk: Desk) -> None:
    window = open_window(situations.twelve())
    button = window.sidebar._buttons["trash"]
    assert button.accessibleDescription() == "Ctrl+Shift+T"
    desk.tracker.trash_application("hooli")
    assert button.accessibleDescription() == "1 deleted item, Ctrl+Shift+T"
    desk.tracker.undo()
    assert button.accessibleDescription() == "Ctrl+Shift+T"
