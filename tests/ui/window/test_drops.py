"""What is dropped on the window: a posting begins an application, another file is imported."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from followup_desktop.services.capture.posting_files import LONGEST
from followup_desktop.ui.applications.view import ApplicationsView
from followup_desktop.ui.kit import progress as progress_module
from followup_desktop.ui.kit.requests import AddApplication
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.widgets.card import Text
from followup_desktop.ui.window.first_run import FirstRun
from followup_desktop.ui.window.import_window import ImportWindow
from followup_desktop.ui.window.main_window import MainWindow
from tests.invitations import invitation
from tests.tables import tabled
from tests.ui import situations
from tests.ui.desk import Desk, page_of
from tests.ui.kit.test_progress import when_shown

ADDRESS = "https://boards.greenhouse.io/vandelay/jobs/4012345"
NO_BUTTONS, NO_KEYS = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def window(desk: Desk, theme: Theme, qtbot: QtBot) -> MainWindow:
    desk.put(situations.one())
    window = desk.window(theme)
    qtbot.addWidget(window)
    window.show()
    return window


def drop(window: MainWindow, data: QMimeData) -> bool:
    """Whether the window let it be dropped."""
    action = Qt.DropAction.CopyAction
    enter = QDragEnterEvent(QPointF(9, 9), action, data, NO_BUTTONS, NO_KEYS)
    enter.ignore()
    QApplication.sendEvent(window, enter)
    if enter.isAccepted():
        QApplication.sendEvent(window, QDropEvent(QPointF(9, 9), action, data, NO_BUTTONS, NO_KEYS))
    return enter.isAccepted()


def text(content: str) -> QMimeData:
    data = QMimeData()
    data.setText(content)
    return data


def urls(*addresses: QUrl) -> QMimeData:
    data = QMimeData()
    data.setUrls(list(addresses))
    return data


def file(path: Path, content: str) -> QUrl:
    path.write_text(content, encoding="utf-8")
    return QUrl.fromLocalFile(str(path))


def said(window: MainWindow, key: str) -> str:
    return page_of(window, ApplicationsView).quick_add.fields[key].typed()


def test_an_address_begins_an_application(window: MainWindow) -> None:
    assert drop(window, urls(QUrl(ADDRESS)))
    assert window.view == "applications"
    assert (said(window, "url"), said(window, "employer")) == (ADDRESS, "Vandelay")


def test_a_text_begins_an_application_over_one_that_was_begun(window: MainWindow) -> None:
    drop(window, text("Company: Globex\nRole: Cook\n"))
    drop(window, text("Company: Initrode\nRole: Baker\n"))
    assert (said(window, "employer"), said(window, "role")) == ("Initrode", "Baker")


def test_a_file_with_a_posting_is_read(window: MainWindow, tmp_path: Path) -> None:
    assert drop(window, urls(file(tmp_path / "job.html", "<p>Company: Globex</p><p>Role: Cook</p>")))
    assert (said(window, "employer"), said(window, "role")) == ("Globex", "Cook")


def test_a_file_that_is_none_is_imported_or_refused_in_a_sentence(window: MainWindow, tmp_path: Path) -> None:
    drop(window, urls(file(tmp_path / "data.json", "{}")))
    assert window.toast.isVisible()
    assert window.view == "today"


def test_a_file_without_text_and_two_files_are_told(window: MainWindow, tmp_path: Path) -> None:
    empty = file(tmp_path / "job.txt", " ")
    drop(window, urls(empty))
    assert "job.txt" in window.toast.findChildren(Text)[0].text()
    drop(window, urls(empty, empty))
    assert "one file" in window.toast.findChildren(Text)[0].text()


def drag_to(window: MainWindow, field: QWidget, data: QMimeData) -> None:
    """Drop it on the field as the system does it: by way of the window's handle."""
    place, action = QPointF(field.mapTo(window, field.rect().center())), Qt.DropAction.CopyAction
    assert window.childAt(place.toPoint()) is field
    for event in (
        QDragEnterEvent(place, action, data, NO_BUTTONS, NO_KEYS),
        QDragMoveEvent(place, action, data, NO_BUTTONS, NO_KEYS),
        QDropEvent(place, action, data, NO_BUTTONS, NO_KEYS),
    ):
        QApplication.sendEvent(window.windowHandle(), event)
        assert event.isAccepted()


@pytest.fixture
def fields(window: MainWindow) -> dict[str, QWidget]:
    """Fields of the open form, and what stands over it."""
    window.resize(1280, 800)
    window.answer(AddApplication())
    QApplication.processEvents()
    form = page_of(window, ApplicationsView).quick_add
    return {"search": window.top_bar.search, "role": form.fields["role"].editor}


@pytest.mark.parametrize("field", ["search", "role"])
def test_a_file_dropped_on_a_field_is_read_and_not_written_into_it(
    window: MainWindow, fields: dict[str, QWidget], tmp_path: Path, field: str
) -> None:
    data = urls(file(tmp_path / "job.txt", "Company: Globex\nRole: Cook\n"))
    data.setText(str(tmp_path / "job.txt"))  # as many file managers do
    drag_to(window, fields[field], data)
    assert window.top_bar.search.text() == ""
    assert (said(window, "employer"), said(window, "role")) == ("Globex", "Cook")


def test_a_text_dropped_on_a_field_is_written_into_it(window: MainWindow, fields: dict[str, QWidget]) -> None:
    drag_to(window, fields["role"], text("Baker"))
    assert (said(window, "employer"), said(window, "role")) == ("", "Baker")


def test_what_has_no_text_is_not_taken(window: MainWindow) -> None:
    data = QMimeData()
    data.setData("application/x-other", b"1")
    assert not drop(window, data)


def test_nothing_is_taken_while_somebody_new_is_welcomed(window: MainWindow, theme: Theme) -> None:
    window.welcome(FirstRun(theme, "Europe/Madrid", "ES"))
    assert not drop(window, text("Company: Globex"))


TABLE = "Company\tRole\tStatus\nGlobex\tCook\tApplied\nInitrode\tBaker\tSaved\n"
UNKNOWN = "Globex\tCook\t3\nInitrode\tBaker\t4\n"
MARKDOWN = "| Company | Role |\n|---|---|\n| Globex | Cook |\n"
CARD = "BEGIN:VCARD\nVERSION:3.0\nFN:Rita Vale\nORG:Globex\nEND:VCARD\n"


def previews(window: MainWindow) -> list[str]:
    return [each.title.text() for each in window.findChildren(ImportWindow)]


@pytest.mark.parametrize(
    ("content", "title"),
    [
        (TABLE, "pasted text: a table (TSV)"),
        (UNKNOWN, "pasted text: a table (TSV)"),
        (MARKDOWN, "pasted text: a table (Markdown)"),
        ("Company;Role;Status\nGlobex;Cook;Applied\n", "pasted text: a table (CSV)"),
        (CARD, "pasted text: Address book"),
        (invitation(summary="Interview"), "Invitation: Interview, Tue 20 Oct 2026, 10:00"),
    ],
)
def test_what_is_pasted_is_known_by_its_content_and_shown_first(
    window: MainWindow, desk: Desk, content: str, title: str
) -> None:
    before = desk.store.facts()
    QGuiApplication.clipboard().setText(content)
    window.sidebar.setFocus()
    QTest.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert previews(window) == [title]
    assert desk.store.facts() == before
    assert window.view == "today"


@tabled(
    "content",
    [
        "Company: Globex\nRole: Cook\nLocation: Berlin, Germany\n",
        "Cook at Globex\nWe offer: good pay, short days, nice people.\nYou bring: knives, an apron, time.",
        "Cook\nGlobex, Berlin\nFull time, permanent\nBring a knife, please\n",
        "Cook | Globex | Berlin\nGood pay | short days | nice people\nApply today | now | here\n",
    ],
)
def test_a_posting_with_commas_is_no_table(window: MainWindow, content: str) -> None:
    window.show_view("today")
    drop(window, text(content))
    assert window.view == "applications"
    assert previews(window) == []
    assert said(window, "role").startswith("Cook")


@pytest.mark.parametrize("name", ["mine.txt", "mine.md"])
def test_a_file_of_text_that_is_a_table_is_imported(window: MainWindow, tmp_path: Path, name: str) -> None:
    drop(window, urls(file(tmp_path / name, TABLE if name.endswith(".txt") else MARKDOWN)))
    assert len(previews(window)) == 1


def test_the_menu_pastes_into_the_field_with_the_keyboard(window: MainWindow) -> None:
    QGuiApplication.clipboard().setText(TABLE)
    window.begin_search()
    window.actions_["paste"].trigger()
    assert previews(window) == []
    assert window.top_bar.search.text().startswith("Company")


def test_an_empty_clipboard_is_told(window: MainWindow) -> None:
    QGuiApplication.clipboard().clear()
    window.sidebar.setFocus()
    window.actions_["paste"].trigger()
    assert "no text on the clipboard" in window.toast.message


LONG = "We are looking for a cook in Kassel. " * 8000


def test_what_is_longer_than_any_posting_is_refused(window: MainWindow, tmp_path: Path) -> None:
    drop(window, text(LONG))
    assert window.toast.message == (
        "A posting or an email has at most 200,000 characters. Copy only the part you need."
    )
    drop(window, urls(file(tmp_path / "job.txt", LONG)))
    assert "job.txt is too large to be a posting" in window.toast.message
    assert window.view == "today"


def test_a_table_in_a_text_of_any_length_is_imported(window: MainWindow, tmp_path: Path) -> None:
    notes = "As a neighbour said. " * 50
    rows = "".join(f"Employer {number}\tCook\t{notes}\n" for number in range(200))
    assert len(rows) > LONGEST
    drop(window, urls(file(tmp_path / "mine.txt", f"Company\tPosition\tNotes\n{rows}")))
    assert window.findChildren(ImportWindow)


@pytest.mark.skipif(sys.platform == "win32", reason="pipes with names, as POSIX has them")
@pytest.mark.parametrize("name", ["silent.txt", "silent.eml"])
def test_a_pipe_named_as_a_posting_is_waited_for_beside_the_window(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(progress_module, "SHOWN_AFTER_MS", 1)
    silent = tmp_path / name
    os.mkfifo(silent)
    timer = when_shown(window, lambda dialog: dialog.canceled.emit())
    drop(window, urls(QUrl.fromLocalFile(str(silent))))
    timer.stop()
    assert window.toast.message == "Cancelled. Nothing has changed."


def test_what_is_dropped_waits_beside_what_the_user_began(window: MainWindow) -> None:
    window.answer(AddApplication())
    form = page_of(window, ApplicationsView).quick_add
    employer = form.fields["employer"]
    employer.setFocus()
    QTest.keyClicks(employer.editor, "Initrode")
    window.show_view("today")
    drop(window, text("Company: Globex\nRole: Cook\n" + ADDRESS))
    assert (said(window, "employer"), said(window, "role"), said(window, "url")) == ("Initrode", "", "")
    assert window.toast.message.startswith("The posting is waiting under Unsaved.")
    assert form.submit() is False  # the role is missing
    QTest.keyClicks(form.fields["role"].editor, "Smith")
    assert form.submit()
    window.drafts_bar.resume_button.click()
    assert (said(window, "employer"), said(window, "role")) == ("Globex", "Cook")


def test_a_posting_that_is_pasted_leaves_the_one_from_outside_waiting(window: MainWindow) -> None:
    window.postings.open("Baker at Globex")
    window.show_view("today")
    posting = "Company: Initech\nRole: Cook\n"
    QGuiApplication.clipboard().setText(posting)
    window.actions_["paste"].trigger()
    for _time in range(2):
        assert (said(window, "employer"), said(window, "role")) == ("Initech", "Cook")
        assert "Baker at Globex" in window.drafts_bar.sentence
        drop(window, text(posting))  # the same one again is no other
    assert page_of(window, ApplicationsView).quick_add.submit()
    window.drafts_bar.resume_button.click()
    assert (said(window, "employer"), said(window, "role")) == ("Globex", "Baker")
