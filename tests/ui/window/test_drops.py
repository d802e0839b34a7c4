"""What is dropped on the window: a posting begins an application, another file is imported."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from followup_desktop.ui.applications.view import ApplicationsView
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.widgets.card import Text
from followup_desktop.ui.window.first_run import FirstRun
from followup_desktop.ui.window.main_window import MainWindow
from tests.ui import situations
from tests.ui.desk import Desk, page_of

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


def test_what_has_no_text_is_not_taken(window: MainWindow) -> None:
    data = QMimeData()
    data.setData("application/x-other", b"1")
    assert not drop(window, data)


def test_nothing_is_taken_while_somebody_new_is_welcomed(window: MainWindow, theme: Theme) -> None:
    window.welcome(FirstRun(theme, "Europe/Madrid", "ES"))
    assert not drop(window, text("Company: Globex"))
