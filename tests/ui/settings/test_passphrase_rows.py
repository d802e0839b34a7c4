"""The passphrase in the settings: set, changed, removed, kept by the keyring, and its recovery page."""

from __future__ import annotations

import re
import shutil
import zlib
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from followup_desktop.domain.errors import Refused
from followup_desktop.services.passphrase import check_new
from followup_desktop.storage.store import Store
from followup_desktop.ui.kit.forms.passphrase import Purpose
from followup_desktop.ui.kit.window_settings import SECOND_BACKUPS
from followup_desktop.ui.settings.passphrase_rows import PassphraseRows
from followup_desktop.ui.settings.passphrase_window import PassphraseWindow
from followup_desktop.ui.settings.view import SettingsView
from tests.pseudo_locale import speaking
from tests.ui.desk import Desk

WORDS, OTHER = "four random words here", "and four of the others"


@pytest.fixture
def said(view: SettingsView) -> list[str]:
    said: list[str] = []
    view.status.connect(said.append)
    return said


@pytest.fixture
def rows(view: SettingsView) -> PassphraseRows:
    view.show_section("Data")
    return view.data.passphrase


def fill(window: PassphraseWindow, *texts: str) -> None:
    """Type the texts into the lines, each ended with Enter."""
    for field, text in zip(window.fields.fields.values(), texts, strict=True):
        QTest.keyClicks(field.line, text)
        QTest.keyClick(field.line, Qt.Key.Key_Return)


def plain_files(desk: Desk, text: bytes) -> list[str]:
    return [each.name for each in desk.folder.rglob("*") if each.is_file() and text in each.read_bytes()]


def test_it_is_set_for_the_data_and_the_backups_and_undo_stays(
    desk: Desk, rows: PassphraseRows, said: list[str]
) -> None:
    desk.tracker.add_contact(name="Unmistakable Name")
    rows._context.data.backups.make_by_hand()
    assert len(plain_files(desk, b"Unmistakable")) >= 2
    fill(rows.ask(Purpose.SET), WORDS, WORDS)
    assert said == ["Your data and its backups are encrypted"]
    assert plain_files(desk, b"Unmistakable") == []
    assert rows.set_button.isHidden()
    assert not rows.change_button.isHidden()
    assert rows.window().focusWidget() is rows.change_button
    assert [row.state for row in rows._context.data.backups.rows()] == ["checked when made"]
    desk.store.history.undo()
    assert "Unmistakable Name" not in {contact.name for contact in desk.store.facts().contacts}


def test_backups_on_a_stick_that_was_pulled_out_follow_once_it_is_back(
    desk: Desk, rows: PassphraseRows, said: list[str]
) -> None:
    stick = desk.folder.parent / "stick"
    stick.mkdir()
    desk.settings().set(SECOND_BACKUPS, str(stick))
    desk.tracker.add_contact(name="Unmistakable Name")
    keeper = rows._context.data.backups
    made = keeper.make_by_hand()
    away = stick.rename(stick.with_name("away"))
    fill(rows.ask(Purpose.SET), WORDS, WORDS)
    assert said[-1].startswith(f"Your data and its backups are encrypted. {stick} can't be reached: its")
    keeper.go_on_renewing()
    away.rename(stick)
    assert b"Unmistakable" in (stick / made.file.name).read_bytes()
    keeper.go_on_renewing()
    assert b"Unmistakable" not in (stick / made.file.name).read_bytes()
    assert not desk.store.has_backups_to_renew()


def test_plain_backups_on_a_stick_whose_namesakes_are_gone_here_are_told(
    desk: Desk, rows: PassphraseRows, said: list[str]
) -> None:
    stick = desk.folder.parent / "other stick"
    stick.mkdir()
    desk.settings().set(SECOND_BACKUPS, str(stick))
    desk.tracker.add_contact(name="Unmistakable Name")
    made = rows._context.data.backups.make_by_hand()
    for day in (1, 2):
        shutil.copy(made.file, stick / f"followup-2026-09-0{day}-090000-daily.sqlite3")
    fill(rows.ask(Purpose.SET), WORDS, WORDS)
    assert said == [f"Your data and its backups are encrypted. 2 other backups in {stick} aren't encrypted."]
    assert b"Unmistakable" not in (stick / made.file.name).read_bytes()


def test_backups_that_fail_after_it_was_changed_are_not_said_to_be_as_the_data(
    desk: Desk, rows: PassphraseRows, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_values: object) -> None:
        raise Refused("The disk failed, so nothing was changed.")

    desk.tracker.add_contact(name="Unmistakable Name")
    rows._context.data.backups.make_by_hand()
    with monkeypatch.context() as failing:
        failing.setattr(Store, "renew_backups", broken)
        fill(rows.ask(Purpose.SET), WORDS, WORDS)
    assert said == ["Your data is encrypted, but the backups aren't yet: Follow Up changes them later."]
    assert rows._passphrase.is_set
    rows._context.data.backups.go_on_renewing()
    assert plain_files(desk, b"Unmistakable") == []
    with monkeypatch.context() as failing:
        failing.setattr(Store, "renew_backups", broken)
        fill(rows.ask(Purpose.REMOVE), WORDS)
    assert said[1:] == [
        "Removed the passphrase. The backups are still encrypted: Follow Up changes them later."
    ]
    assert not rows._passphrase.is_set


def test_what_is_said_of_the_backups_is_true_as_long_as_it_stands_there(
    desk: Desk, view: SettingsView, rows: PassphraseRows
) -> None:
    stick = desk.folder.parent / "third stick"
    stick.mkdir()
    desk.settings().set(SECOND_BACKUPS, str(stick))
    desk.tracker.add_contact(name="Unmistakable Name")
    made = rows._context.data.backups.make_by_hand()
    view.data.refresh()
    assert rows.state.text() == "Your data and its backups aren't encrypted."
    assert view.data.second.text() == f"Backups are also copied to {stick}"
    shutil.copy(made.file, stick / "followup-2026-09-01-090000-daily.sqlite3")
    fill(rows.ask(Purpose.SET), WORDS, WORDS)
    view.data.refresh()
    assert rows.state.text() == "Your data is encrypted with a passphrase, but 1 backup isn't."
    away = stick.rename(stick.with_name("fourth stick"))
    view.data.refresh()
    assert rows.state.text() == "Your data and the backups on this computer are encrypted with a passphrase."
    assert view.data.second.text() == f"{stick} can't be reached, so backups aren't copied there now."
    away.rename(stick)
    (stick / "followup-2026-09-01-090000-daily.sqlite3").unlink()
    view.data.refresh()
    assert rows.state.text() == "Your data and its backups are encrypted with a passphrase."
    shutil.copy(stick / made.file.name, stick / "followup-2026-09-02-090000-daily.sqlite3")
    fill(rows.ask(Purpose.REMOVE), WORDS)
    assert rows.state.text() == "Your data isn't encrypted, but 1 backup is, or is damaged."


def test_it_is_changed_and_removed_by_who_knows_it(desk: Desk, rows: PassphraseRows, said: list[str]) -> None:
    rows._passphrase.put(WORDS)
    window = rows.ask(Purpose.CHANGE)
    fill(window, OTHER, OTHER, OTHER)
    present = window.fields.fields["present"]
    assert present.line.accessibleDescription() == present.refusal
    assert present.refusal.startswith("That isn't your current passphrase.")
    assert window.isVisible()
    assert said == []
    window.fields.clear()
    fill(window, WORDS, OTHER, OTHER)
    assert desk.store.has_key(OTHER)
    fill(rows.ask(Purpose.REMOVE), OTHER)
    assert not desk.store.is_under_passphrase
    assert said[-1] == "Removed the passphrase. Your data and its backups are no longer encrypted"
    assert not rows.set_button.isHidden()
    assert rows.window().focusWidget() is rows.set_button


@pytest.mark.parametrize(
    ("first", "second", "refusal", "field"),
    [
        ("short", "short", "Use at least 8 characters.", "passphrase"),
        ("        ", "        ", "Use at least 8 characters.", "passphrase"),
        (WORDS, OTHER, "The two passphrases differ.", "repeated"),
    ],
)
def test_one_that_is_too_short_or_mistyped_is_refused(
    first: str, second: str, refusal: str, field: str
) -> None:
    with pytest.raises(Refused, match=refusal) as refused:
        check_new(first, second)
    assert refused.value.field == field


def test_what_is_typed_is_shown_on_demand_only(rows: PassphraseRows) -> None:
    window = rows.ask(Purpose.SET)
    modes = {field.line.echoMode() for field in window.fields.fields.values()}
    assert modes == {QLineEdit.EchoMode.Password}
    window.fields.show_box.setChecked(True)
    assert {field.line.echoMode() for field in window.fields.fields.values()} == {QLineEdit.EchoMode.Normal}
    window.close()


def test_the_keyring_keeps_it_while_that_is_wished(desk: Desk, rows: PassphraseRows) -> None:
    window = rows.ask(Purpose.SET)
    window.keyring_box.setChecked(True)
    fill(window, WORDS, WORDS)
    assert list(desk.secrets.kept.values()) == [WORDS]
    assert rows.keyring.value()
    fill(rows.ask(Purpose.CHANGE), WORDS, OTHER, OTHER)
    assert list(desk.secrets.kept.values()) == [OTHER]
    rows.keyring.box.click()
    assert desk.secrets.kept == {}
    assert not rows.keyring.value()
    rows.keyring.box.click()
    assert rows.window_shown is not None
    fill(rows.window_shown, OTHER)
    assert list(desk.secrets.kept.values()) == [OTHER]
    assert rows.keyring.value()


def test_one_window_asks_though_it_takes_the_keyboard_from_the_box(rows: PassphraseRows) -> None:
    rows._passphrase.put(WORDS)
    rows.refresh()
    rows.keyring.box.setFocus()
    rows.keyring.box.click()
    rows.page_button.setFocus()
    (window,) = rows.window().findChildren(PassphraseWindow)
    window.reject()
    assert not rows.keyring.value()
    rows.keyring.box.click()
    assert rows.window_shown is not None
    assert rows.window_shown.isVisible()
    rows.window_shown.reject()


def test_without_a_keyring_the_data_are_encrypted_all_the_same(
    desk: Desk, rows: PassphraseRows, said: list[str]
) -> None:
    desk.secrets.away = True
    window = rows.ask(Purpose.SET)
    window.keyring_box.setChecked(True)
    fill(window, WORDS, WORDS)
    assert desk.store.is_under_passphrase
    done = "Your data and its backups are encrypted. The keyring couldn't be opened, so"
    assert said == [f"{done} you're asked for the passphrase at each start."]
    assert not rows.keyring.value()


def test_a_passphrase_is_removed_though_the_keyring_is_gone(
    desk: Desk, rows: PassphraseRows, said: list[str]
) -> None:
    window = rows.ask(Purpose.SET)
    window.keyring_box.setChecked(True)
    fill(window, WORDS, WORDS)
    desk.secrets.away = True
    fill(rows.ask(Purpose.REMOVE), WORDS)
    assert not desk.store.is_under_passphrase
    assert said[-1].startswith(
        "Removed the passphrase. Your data and its backups are no longer encrypted. The"
    )
    assert said[-1].endswith("may still keep the former passphrase.")


def test_a_page_to_print_is_saved(desk: Desk, rows: PassphraseRows, said: list[str]) -> None:
    rows._passphrase.put(WORDS)
    target = desk.folder / "recovery.pdf"
    rows.save_page(target)
    page = target.read_bytes()
    assert page.startswith(b"%PDF-")
    streams = (zlib.decompress(found) for found in re.findall(rb"stream\n(x.*?)\nendstream", page, re.DOTALL))
    (drawn,) = (each for each in streams if each.count(b" Tf"))
    boxes = [tuple(map(float, found)) for found in re.findall(rb"([\d.]+) ([\d.]+) re\n", drawn)]
    wide = [height for width, height in boxes if width > 5000]  # of 1,200 units in an inch
    assert len(wide) == 2, "two lines to write on"
    assert min(wide) > 5, "which can be seen"
    assert said == [f"Saved the recovery page in {target}"]


def test_a_page_is_offered_a_name_in_the_language_of_the_window(
    rows: PassphraseRows, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered: list[str] = []

    def left(_parent: object, _title: str, place: str, _kinds: str) -> tuple[str, str]:
        offered.append(Path(place).name)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", left)
    rows._passphrase.put(WORDS)
    with speaking("de"):
        rows._choose_page()
    assert offered == ["Notfallblatt-für-Follow-Up.pdf"]


def test_cancelling_changes_nothing(desk: Desk, rows: PassphraseRows) -> None:
    window = rows.ask(Purpose.SET)
    QTest.keyClicks(window.fields.fields["passphrase"].line, WORDS)
    window.cancel_button.click()
    QApplication.processEvents()
    assert not desk.store.is_under_passphrase
