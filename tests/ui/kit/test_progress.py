"""Long work beside the window: nothing half done, Cancel, undo as ever, a dialog only when it takes long."""

from __future__ import annotations

import gc
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import apsw
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QProgressBar, QProgressDialog, QWidget
from pytestqt.qtbot import QtBot

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Application, Stage
from followup_desktop.services.background_work import Session
from followup_desktop.services.progress import Cancelled, Progress
from followup_desktop.services.transfer import interchange
from followup_desktop.storage import history
from followup_desktop.storage.store import Changes
from followup_desktop.ui.applications.view import ApplicationsView
from followup_desktop.ui.kit import progress as progress_module
from followup_desktop.ui.kit.forms.field import NotesField
from followup_desktop.ui.kit.requests import OpenApplication
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.today.group import GroupItem
from followup_desktop.ui.today.view import TodayView
from followup_desktop.ui.window.main_window import MainWindow
from tests.ui import situations
from tests.ui.desk import Desk, page_of

PATIENCE = 10


@pytest.fixture
def window(desk: Desk, theme: Theme, qtbot: QtBot) -> Iterator[MainWindow]:
    window = desk.window(theme)
    qtbot.addWidget(window)
    window.resize(1000, 700)
    window.show()
    qtbot.waitExposed(window)
    yield window
    window.hide()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file with many applications."""
    path = tmp_path / "many.json"
    applications = [
        {"id": f"a{n}", "employer": f"Employer {n}", "role": "Role", "stage": "applied"} for n in range(400)
    ]
    document = {"format": "followup-desktop", "version": 1, "applications": applications}
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


@pytest.fixture
def choose(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    """The file dialog answers with the file."""
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(file), ""))


def when_shown(window: MainWindow, act: Callable[[QProgressDialog], None]) -> QTimer:
    """Do this as soon as the dialog is there and has the keyboard: a shortcut is heard in no other window."""
    timer = QTimer(window)
    timer.setInterval(10)

    def look() -> None:
        dialog = window.progress.dialog
        if dialog is not None and dialog.isActiveWindow():
            timer.stop()
            act(dialog)

    timer.timeout.connect(look)
    timer.start()
    return timer


@pytest.mark.usefixtures("choose")
def test_an_import_is_one_step_and_all_are_told(window: MainWindow, desk: Desk) -> None:
    told: list[Changes] = []
    desk.store.subscribe(told.append)
    window.import_a_file()
    assert "400 added" in window.toast.message
    assert len(desk.store.facts().applications) == 400
    assert len(told) == 1
    assert len(told[0].applications) == 400
    assert not desk.store.poll_external_change()
    window.steps.undo()
    assert desk.store.facts().applications == ()
    window.steps.redo()
    assert len(desk.store.facts().applications) == 400


def test_the_dialog_comes_only_when_it_takes_long_and_cancel_leaves_nothing(
    window: MainWindow, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress_module, "SHOWN_AFTER_MS", 1)
    reached, go_on = Event(), Event()

    def long(session: Session, progress: Progress) -> None:
        with session.store.transaction("Long") as t:
            t.put_application(Application(id="x", employer="Acme", role="Role", stage=Stage.SAVED))
            reached.set()
            go_on.wait(PATIENCE)
            progress.describe("Writing")

    def cancel(dialog: QProgressDialog) -> None:
        assert reached.wait(PATIENCE)
        assert "Long" in dialog.labelText()
        button = next(one for one in dialog.findChildren(QAbstractButton) if one.text() == "Cancel")
        button.click()
        assert dialog.isVisible()
        assert not button.isEnabled()
        go_on.set()

    timer = when_shown(window, cancel)
    with pytest.raises(Cancelled):
        window.progress.run("Long work", long)
    timer.stop()
    assert window.progress.dialog is None
    assert desk.store.facts().applications == ()
    assert desk.tracker.undo_label is None
    desk.tracker.add_application(employer="Acme", role="Role")


def test_the_dialog_says_how_far_what_is_counted_is(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(progress_module, "SHOWN_AFTER_MS", 1)
    go_on = Event()

    def long(_session: Session, progress: Progress) -> None:
        progress.count(300, 1200)
        go_on.wait(PATIENCE)

    def look(dialog: QProgressDialog) -> None:
        (bar,) = dialog.findChildren(QProgressBar)
        qtbot.waitUntil(lambda: "300 of 1,200 applications" in dialog.labelText())
        assert (bar.value(), bar.maximum()) == (300, 1200)
        assert dialog.labelText().splitlines()[0] == "Long work"
        go_on.set()

    timer = when_shown(window, look)
    window.progress.run("Long work", long)
    timer.stop()


def test_an_import_and_its_undo_count_the_applications_and_can_be_cancelled_meanwhile(
    desk: Desk, theme: Theme, file: Path
) -> None:
    background = desk.context(theme).data.background
    counted: list[tuple[int, int]] = []

    def read(session: Session) -> None:
        session.tracker.import_document(interchange.read(file.read_bytes()))

    background.run(read, bool, lambda done, of: counted.append((done, of)))
    assert counted == [(n + 1, 400) for n in range(400)]
    progress = Progress("x")

    def give_up(done: int, of: int) -> None:
        if done == 200:
            progress.cancel()
        progress.count(done, of)

    def change(session: Session) -> None:
        with session.store.transaction("Change") as t:
            facts = t.facts()
            t.put_facts(
                replace(facts, applications=tuple(replace(a, role="New") for a in facts.applications))
            )

    with pytest.raises(Cancelled):
        background.run(change, progress.is_cancelled, give_up)
    assert {each.role for each in desk.store.facts().applications} == {"Role"}


def test_a_statement_is_broken_off_by_cancel(desk: Desk, theme: Theme) -> None:
    background = desk.context(theme).data.background
    progress = Progress("x")

    def endless(session: Session) -> None:
        progress.cancel()
        query = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
        session.store._database.sql(query)

    with pytest.raises(Cancelled):
        background.run(endless, progress.is_cancelled)


@pytest.fixture
def pipe(tmp_path: Path) -> Iterator[Path]:
    """A pipe whose other end is open, and neither gives nor takes anything."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    other = os.open(path, os.O_RDWR | os.O_NONBLOCK)
    with suppress(BlockingIOError):
        while True:
            os.write(other, bytes(4096))
    yield path
    os.close(other)


@pytest.mark.skipif(sys.platform == "win32", reason="pipes with names, as POSIX has them")
@pytest.mark.parametrize("direction", ["in", "out"])
def test_what_waits_for_a_pipe_ends_with_cancel(
    window: MainWindow, tmp_path: Path, pipe: Path, monkeypatch: pytest.MonkeyPatch, direction: str
) -> None:
    monkeypatch.setattr(progress_module, "SHOWN_AFTER_MS", 1)
    if direction == "in":
        silent = tmp_path / "silent"
        os.mkfifo(silent)
        timer = when_shown(window, lambda dialog: dialog.canceled.emit())
        window.open_file(silent)
    else:
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(pipe), ""))
        timer = when_shown(window, lambda dialog: dialog.canceled.emit())
        window.actions_["export-file"].trigger()
    timer.stop()
    assert window.toast.message == "Cancelled. Nothing has changed."


def test_what_waits_for_another_program_s_write_ends_with_cancel(desk: Desk, theme: Theme) -> None:
    background = desk.context(theme).data.background
    progress = Progress("x")
    other = apsw.Connection(str(desk.folder / "data.db"))
    other.execute("BEGIN IMMEDIATE")

    def write(session: Session) -> None:
        session.store.wait_for_others(PATIENCE * 100)
        progress.cancel()
        with session.store.transaction("Add"):
            pytest.fail("another program has the lock")

    with pytest.raises(Cancelled):
        background.run(write, progress.is_cancelled)
    other.close()


def test_what_is_refused_there_is_refused_here(window: MainWindow) -> None:
    def refuse(_session: Session, _progress: Progress) -> None:
        raise Refused("Not this.")

    with pytest.raises(Refused, match="Not this"):
        window.progress.run("x", refuse)
    assert not window.progress.is_busy


def test_one_long_thing_at_a_time(window: MainWindow) -> None:
    refused: list[str] = []

    def again() -> None:
        try:
            window.progress.run("second", lambda _session, _progress: None)
        except Refused as refusal:
            refused.append(str(refusal))
        finally:
            done.set()

    done = Event()
    QTimer.singleShot(0, again)
    window.progress.run("first", lambda _session, _progress: done.wait(PATIENCE))
    assert len(refused) == 1


@pytest.mark.usefixtures("choose")
def test_a_large_undo_goes_beside_the_window(
    window: MainWindow, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "LARGE_STEP", 100)
    window.import_a_file()
    assert desk.tracker.undo_is_large
    window.steps.undo()
    assert desk.store.facts().applications == ()
    assert window.toast.message == "Undid “Import”"
    assert desk.tracker.undo_label is None
    assert desk.tracker.redo_is_large
    window.steps.redo()
    assert len(desk.store.facts().applications) == 400
    assert desk.tracker.undo_label == "Import"


@pytest.fixture
def ran(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows by one with each work that goes beside the window."""
    ran: list[str] = []
    run = desk.given.data.background.run

    def counted(verb: Callable[[Session], Any], *told: Callable[..., Any]) -> Any:
        ran.append("beside")
        return run(verb, *told)

    monkeypatch.setattr(desk.given.data.background, "run", counted)
    return ran


def test_a_change_of_many_goes_beside_the_window(
    window: MainWindow, desk: Desk, file: Path, ran: list[str]
) -> None:
    desk.tracker.import_document(interchange.read(file.read_bytes()))
    window.show_view("applications")
    view = page_of(window, ApplicationsView)
    view.table.selectAll()
    view.selecting.verbs.set_stage(Stage.REJECTED)
    assert len(ran) == 1
    assert {each.stage for each in desk.store.facts().applications} == {Stage.REJECTED}
    desk.tracker.undo()
    assert {each.stage for each in desk.store.facts().applications} == {Stage.APPLIED}
    view.table.selectRow(0)
    view.selecting.verbs.archive()
    assert len(ran) == 1


@pytest.mark.parametrize("least", [2, 3000], ids=["many", "few"])
def test_a_large_group_of_today_is_skipped_beside_the_window(
    window: MainWindow, desk: Desk, ran: list[str], monkeypatch: pytest.MonkeyPatch, least: int
) -> None:
    facts = situations.five_hundred()
    desk.put(replace(facts, applications=facts.applications[:12]))
    monkeypatch.setattr(progress_module, "MANY", least)
    before = window.counts.open_count
    group = next(item for item in page_of(window, TodayView).list.items() if isinstance(item, GroupItem))
    keys = group.group.keys
    page_of(window, TodayView).list.all_wanted.emit(keys, None)
    assert len(ran) == (1 if least < len(keys) else 0)
    assert {key for key, choice in desk.store.choices().items() if choice.skipped} == set(keys)
    assert window.counts.open_count == before - len(keys), "it shows what is left"
    assert window.toast.message == f"Skipped {len(keys)} follow-ups"
    window.steps.undo()
    assert desk.store.choices() == {}
    assert window.counts.open_count == before


def type_a_note(window: MainWindow, application: str, note: str) -> None:
    """Show this application and type into its notes."""
    window.answer(OpenApplication(application))
    field = page_of(window, ApplicationsView).detail.fields["notes"]
    assert isinstance(field, NotesField)
    field.text.setFocus()
    QTest.keyClicks(field.text, note)


def test_what_is_being_typed_is_saved_before_long_work_begins(window: MainWindow, desk: Desk) -> None:
    """While that writes, saving it would wait for it, and the window with it."""
    added = desk.tracker.add_application(employer="Acme", role="Cook").id or ""
    type_a_note(window, added, "They bake")
    assert desk.store.application(added).notes == ""
    assert (
        window.progress.run("x", lambda session, _progress: session.store.application(added).notes)
        == "They bake"
    )
    assert desk.store.application(added).notes == "They bake"


def test_what_is_being_typed_is_saved_before_a_change_of_many(
    window: MainWindow, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress_module, "MANY", 1)
    added = desk.tracker.add_application(employer="Acme", role="Cook").id or ""
    type_a_note(window, added, "They bake")
    page_of(window, ApplicationsView).selecting.verbs.archive()
    assert desk.store.application(added).archived
    desk.tracker.undo()
    assert desk.store.application(added).notes == "They bake"


@pytest.mark.usefixtures("choose")
def test_undo_takes_back_what_is_being_typed_first(
    window: MainWindow, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "LARGE_STEP", 100)
    window.import_a_file()
    type_a_note(window, "a7", "They bake")
    window.steps.undo()
    applications = desk.store.facts().applications
    assert len(applications) == 400
    assert {each.notes for each in applications} == {""}
    window.steps.undo()
    assert desk.store.facts().applications == ()


@pytest.mark.parametrize("how", ["Esc", "close"])
def test_esc_and_closing_cancel_and_the_dialog_stays_until_the_end(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.setattr(progress_module, "SHOWN_AFTER_MS", 1)
    go_on = Event()

    def cancel(dialog: QProgressDialog) -> None:
        if how == "Esc":
            QTest.keyClick(dialog, Qt.Key.Key_Escape)
        else:
            dialog.close()
        assert dialog.isVisible()
        go_on.set()

    def long(_session: Session, progress: Progress) -> None:
        go_on.wait(PATIENCE)
        progress.describe("more")

    timer = when_shown(window, cancel)
    with pytest.raises(Cancelled):
        window.progress.run("Long work", long)
    timer.stop()


def test_meanwhile_python_looks_for_cycles_on_no_other_thread(desk: Desk, theme: Theme) -> None:
    """What it found there might be things of Qt, and it would hold the window up."""
    runner = desk.context(theme).progress(QWidget())
    looks = runner.run("Looking…", lambda _session, _progress: gc.isenabled())
    assert not looks
    assert gc.isenabled()


def test_what_the_work_leaves_is_looked_through_once_the_window_has_taken_it_up(
    desk: Desk, theme: Theme
) -> None:
    """Within that it would hold the window up, and as the other thread ends, it would be on that one."""
    runner = desk.context(theme).progress(QWidget())
    looks: list[bool] = []
    desk.store.subscribe(lambda _changes: looks.append(gc.isenabled()))
    runner.run(
        "Adding…", lambda session, _progress: session.tracker.add_application(employer="Acme", role="Role")
    )
    assert looks == [False]
    assert gc.isenabled()


def test_what_was_read_beside_the_window_goes_when_that_ends(desk: Desk, theme: Theme) -> None:
    """Without a look for cycles: what is left for one holds the window up then."""
    desk.put(situations.five_hundred())
    runner = desk.context(theme).progress(QWidget())
    ids = [each.id for each in situations.five_hundred().applications][:400]
    gc.collect()
    before = _applications_in_memory()
    gc.disable()
    try:
        read = runner.run("Reading…", lambda session, _progress: len(session.store.applications(ids)))
        assert read == len(ids)
        assert _applications_in_memory() == before
    finally:
        gc.enable()


def _applications_in_memory() -> int:
    return sum(isinstance(each, Application) for each in gc.get_objects())
