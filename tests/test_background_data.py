"""What the window says of the file of the data and of the clock, and that nothing is lost meanwhile."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from followup_desktop import background
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Stage
from followup_desktop.services.reading.next_reminder import UpcomingReminders
from followup_desktop.ui.applications.view import ApplicationsView
from followup_desktop.ui.kit.requests import AddApplication, OpenApplication
from followup_desktop.ui.kit.theme import Theme
from tests.test_background import Rig, desk, rig, theme, zone
from tests.ui.desk import Desk, page_of

__all__ = ["desk", "rig", "theme", "zone"]

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody move an open file")
LOST = "so nothing is being saved"


@pytest.fixture(params=["renamed", "written over", "emptied"])
def lose(request: pytest.FixtureRequest, desk: Desk) -> Callable[[], None]:
    """Has something befall the file of the data, or puts it back as it was."""
    file, away = desk.folder / "data.db", desk.folder / "away.db"

    def move() -> None:
        if file.exists():
            file.rename(away)
        else:
            away.rename(file)

    def write_over() -> None:
        if away.exists():
            file.write_bytes(away.read_bytes())
            away.unlink()
        else:
            shutil.copy(file, away)
            file.write_bytes(b"" if request.param == "emptied" else bytes(4096) + away.read_bytes())

    return move if request.param == "renamed" else write_over


def visible(rig: Rig, bar: QWidget) -> bool:
    return bar.isVisibleTo(rig.window)


@posix
def test_a_bar_says_that_the_file_is_gone_as_long_as_it_is(rig: Rig, lose: Callable[[], None]) -> None:
    settle(rig)
    rig.beat()
    bar = rig.background._data_bar
    assert not visible(rig, bar)
    lose()
    rig.beat()
    assert visible(rig, bar)
    assert LOST in bar.sentence
    lose()
    rig.beat()
    assert not visible(rig, bar)


@posix
def test_the_bar_comes_as_soon_as_a_view_cant_read(
    rig: Rig, lose: Callable[[], None], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    rig.window.show()
    page = rig.window.pages.shown
    assert page is not None
    bar = rig.background._data_bar
    assert not visible(rig, bar)
    lose()
    monkeypatch.setattr(page, "show_changes", refuse)
    page.refresh()
    qtbot.waitUntil(lambda: visible(rig, bar))
    assert LOST in bar.sentence


def settle(rig: Rig) -> None:
    """Nothing is due, so that a beat has nothing to record."""
    with rig.desk.store.transaction("Withdraw") as t:
        t.put_application(replace(t.application("initech"), stage=Stage.WITHDRAWN))


@posix
def test_a_field_keeps_what_was_typed_and_saves_it_once_the_file_is_back(
    rig: Rig, desk: Desk, lose: Callable[[], None], qtbot: QtBot
) -> None:
    rig.window.answer(OpenApplication("initech"))
    field = page_of(rig.window, ApplicationsView).detail.facts.fields["location"]
    lose()
    type_in(field.editor, "Berlin")
    page_of(rig.window, ApplicationsView).detail.flush()
    assert field.typed() == "Berlin"
    assert LOST in field.refusal
    assert desk.store.application("initech").location != "Berlin"
    lose()
    page_of(rig.window, ApplicationsView).detail.flush()
    assert field.refusal == ""
    assert desk.store.application("initech").location == "Berlin"


@posix
def test_a_form_keeps_what_was_typed_and_saves_it_once_the_file_is_back(
    rig: Rig, desk: Desk, lose: Callable[[], None]
) -> None:
    rig.window.show_view("applications")
    rig.window.answer(AddApplication())
    form = page_of(rig.window, ApplicationsView).quick_add
    type_in(form.fields["employer"].editor, "Globex")
    type_in(form.fields["role"].editor, "Clerk")
    lose()
    assert not form.submit()
    assert (form.fields["employer"].typed(), form.fields["role"].typed()) == ("Globex", "Clerk")
    assert [each.employer for each in desk.store.applications()] == ["Initech"]
    lose()
    assert form.submit()
    assert sorted(each.employer for each in desk.store.applications()) == ["Globex", "Initech"]


def test_a_bar_says_that_what_is_being_typed_is_not_kept_until_it_is(rig: Rig, desk: Desk) -> None:
    settle(rig)
    bar, forms = rig.background._data_bar, rig.window.context.drafts.forms
    connection = desk.store._database.connection
    connection.pragma("max_page_count", 1)  # so the disk is full
    forms.keep("new-application", {"employer": "Globex", "notes": "n" * 20_000})
    assert visible(rig, bar)
    assert "only in memory" in bar.sentence
    assert "is full" in bar.sentence
    connection.pragma("max_page_count", 1 << 30)
    assert forms.write()
    assert not visible(rig, bar)
    assert desk.store.drafts.all("forms")["new-application"]["employer"] == "Globex"


def type_in(editor: QWidget, text: str) -> None:
    editor.setFocus()
    if isinstance(editor, QLineEdit):
        editor.selectAll()
    QTest.keyClicks(editor, text)


@posix
def test_damage_that_the_daily_check_finds_is_said_and_an_import_is_refused(rig: Rig, desk: Desk) -> None:
    settle(rig)
    file = desk.folder / "data.db"
    desk.store._database.sql("PRAGMA wal_checkpoint(TRUNCATE)")
    descriptor = os.open(file, os.O_WRONLY)
    os.pwrite(descriptor, os.urandom(file.stat().st_size - 65536), 65536)
    os.close(descriptor)
    desk.now += timedelta(minutes=3)
    bar = rig.background._data_bar
    check = rig.background._file_check
    check.beat(desk.now)
    check._ended(60)  # type: ignore[misc]
    check.beat(desk.now)
    assert "is damaged" in check.failure
    bar.show_sentence(check.failure)
    assert visible(rig, bar)


@posix
def test_a_large_file_is_looked_at_once_the_window_is_there(
    rig: Rig, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two minutes before the check of the day, and without a step of the user's."""
    settle(rig)
    desk.store._database.sql("PRAGMA wal_checkpoint(TRUNCATE)")
    file = desk.folder / "data.db"
    with file.open("r+b") as writing:
        writing.seek(65536)
        writing.write(os.urandom(file.stat().st_size - 65536))
    monkeypatch.setattr(desk.store._database, "is_to_be_looked_at", True)
    monkeypatch.setattr(background, "_LOOKED_AFTER_MS", 1)
    rig.background.begin()
    bar = rig.background._data_bar

    def told() -> bool:
        rig.beat()
        return visible(rig, bar)

    qtbot.waitUntil(told, timeout=10_000)
    assert "is damaged" in bar.sentence


def test_a_clock_that_jumped_is_asked_about_until_it_is_answered(
    rig: Rig, desk: Desk, theme: Theme, qtbot: QtBot
) -> None:
    settle(rig)
    rig.background.begin()
    desk.tracker.trash_application("initech")
    rig.beat()
    bar = rig.background._clock_bar
    assert not visible(rig, bar)
    desk.now += timedelta(days=365)
    rig.beat()
    assert visible(rig, bar)
    assert bar.sentence == (
        "Your computer's clock is 365 days ahead of when Follow Up last ran. Is today "
        "Thu 14 Oct 2027? Until you answer, nothing is deleted from the trash."
    )
    rig.background.begin()
    assert len(desk.store.trash()) == 1
    bar.no_button.click()
    assert not visible(rig, bar)
    assert "until your computer's clock is right" in rig.window.toast.message
    rig.beat()
    assert not visible(rig, bar)
    again = Rig(desk, theme)
    qtbot.addWidget(again.window)
    again.background.begin()
    again.beat()
    assert visible(again, again.background._clock_bar)
    again.background._clock_bar.yes_button.click()
    again.beat()
    assert not visible(again, again.background._clock_bar)
    again.background.begin()
    assert len(desk.store.trash()) == 1


def refuse(*_given: object) -> None:
    raise Refused("Reading or writing followup.db failed.")


def test_a_database_that_cant_be_read_keeps_nobody_from_leaving(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(UpcomingReminders, "next", refuse)
    rig.background.leave()
    assert (rig.quits, rig.said) == (1, [])


@pytest.mark.parametrize("way", ["quit", "close"])
def test_a_view_that_cant_be_left_well_keeps_neither_from_quitting_nor_drafts_from_being_kept(
    rig: Rig, desk: Desk, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    rig.window.hide_on_close(lambda: False)
    kept: list[bool] = []
    desk.given.drafts.forms.flush_wanted.connect(lambda: kept.append(True))
    for step in ("leave", "keep_state"):
        monkeypatch.setattr(rig.window.pages.shown, step, refuse)
    getattr(rig.window, way)()
    assert desk.quits == 1
    assert kept
