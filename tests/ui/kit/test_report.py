"""Where something went wrong there is a bar that stays, and a report that is seen before it is copied."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Thread

import pytest
from PySide6.QtCore import QCoreApplication, QThread
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from followup_desktop.program import ErrorRelay
from followup_desktop.ui.kit.report import ProblemBar
from followup_desktop.ui.kit.report_dialog import ReportDialog
from followup_desktop.ui.kit.theme import Theme

SENTENCE, REPORT = "Something went wrong (KeyError).", "Follow Up 1.0\n\nKeyError\n  view.py:7 show\n"


@pytest.fixture
def bar(theme: Theme, qtbot: QtBot) -> Iterator[ProblemBar]:
    window = QWidget()
    qtbot.addWidget(window)
    bar = ProblemBar(theme)
    bar.setParent(window)
    window.show()
    yield bar
    window.close()


def dialogs(bar: ProblemBar) -> list[ReportDialog]:
    return [each for each in bar.window().findChildren(ReportDialog) if each.isVisible()]


def test_the_report_is_seen_before_it_is_copied(bar: ProblemBar) -> None:
    QGuiApplication.clipboard().setText("as it was")
    bar.show_problem(SENTENCE, REPORT)
    assert (bar.isVisible(), bar.sentence) == (True, SENTENCE)
    bar.report_button.click()
    (dialog,) = dialogs(bar)
    assert dialog.text.toPlainText() == REPORT
    assert QGuiApplication.clipboard().text() == "as it was"
    dialog.copy_button.click()
    assert QGuiApplication.clipboard().text() == REPORT
    assert dialog.copied.text() == "Copied"


def test_the_bar_stays_until_it_is_dismissed_and_shows_the_last_problem(bar: ProblemBar) -> None:
    bar.show_problem(SENTENCE, REPORT)
    bar.show_problem("Something went wrong (TypeError).", "Another")
    bar.report_button.click()
    (dialog,) = dialogs(bar)
    assert dialog.text.toPlainText() == "Another"
    dialog.close_button.click()
    assert bar.isVisible()
    bar.dismiss_button.click()
    assert not bar.isVisible()
    bar.show_problem("Something went wrong (TypeError).", "Another")
    assert bar.isVisible()


def test_an_error_of_a_thread_is_told_on_the_windows_own(qtbot: QtBot) -> None:
    told: list[tuple[str, bool]] = []
    main = QThread.currentThread()
    relay = ErrorRelay(lambda error: told.append((str(error), QThread.currentThread() is main)))
    thread = Thread(target=lambda: relay.caught.emit(ValueError("a thread")))
    thread.start()
    thread.join()
    assert told == []
    qtbot.waitUntil(lambda: bool(told))
    relay.caught.emit(ValueError("a slot"))
    QCoreApplication.processEvents()
    assert told == [("a thread", True), ("a slot", True)]
