"""States for pictures of the backups in the settings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from followup_desktop.domain.model import Contact, Facts
from followup_desktop.services.backups import Backups
from followup_desktop.services.inside_backup import BackupPart
from followup_desktop.services.tracker.sample import sample_facts
from followup_desktop.storage.backups import Why
from followup_desktop.ui.kit.forms.passphrase import Purpose
from followup_desktop.ui.kit.view import Context
from followup_desktop.ui.settings.backup_window import BackupWindow
from followup_desktop.ui.settings.passphrase_window import PassphraseWindow
from followup_desktop.ui.settings.view import SettingsView
from tests.scene import settle
from tests.ui import situations


def _sample() -> Facts:
    return sample_facts(situations.NOW, "Europe/Madrid")


def _shown(view: SettingsView) -> None:
    settle()
    view.show_section("Data")


def _backups_at(context: Context, at: datetime) -> Backups:
    return Backups(context.data.store, context.data.backups.folder, lambda: at, context.wording)


def _kept(view: SettingsView) -> None:
    """Some of the last days, one before an import, and one that is damaged."""
    context, folder = view.context, view.context.data.backups.folder
    made = ((200, Why.DAILY), (50, Why.DAILY), (26, Why.DAILY), (25, Why.IMPORT), (1, Why.ASKED))
    for hours, why in made:
        _backups_at(context, situations.NOW - timedelta(hours=hours)).make(why)
    (folder / "2026-10-01.sqlite3").write_bytes(b"?" * 900)
    _shown(view)
    view.data.list.select(0)


def _inside(view: SettingsView, part: BackupPart = BackupPart.APPLICATIONS) -> None:
    """Looking into the newest backup."""
    _kept(view)
    view.data.look_button.click()
    window = view.window().findChildren(BackupWindow)[-1]
    window.show_part(part)


def _one_person() -> Facts:
    return Facts(contacts=(Contact(id="c1", name="Ana Ruiz"),))


WORDS = "four random words here"


def _encrypted(view: SettingsView) -> None:
    view.context.data.passphrase.put(WORDS)
    _kept(view)
    view.data.passphrase.refresh()
    view.data.passphrase.change_button.setFocus()


def _asked(view: SettingsView, purpose: Purpose) -> PassphraseWindow:
    _shown(view)
    return view.data.passphrase.ask(purpose)


def _wrong(view: SettingsView) -> None:
    view.context.data.passphrase.put(WORDS)
    window = _asked(view, Purpose.CHANGE)
    for field in window.fields.fields.values():
        field.line.setText(WORDS)
    window.fields.fields["present"].line.setText("another")
    window.act_button.click()


def _short(view: SettingsView) -> None:
    window = _asked(view, Purpose.SET)
    window.fields.fields["passphrase"].line.setText("short")
    window.fields.show_box.setChecked(True)
    window.act_button.click()


DATA: dict[str, tuple[Callable[[], Facts], Callable[[SettingsView], object]]] = {
    "settings-data": (_sample, _shown),
    "settings-data-kept": (_sample, _kept),
    "settings-data-encrypted": (_sample, _encrypted),
    "settings-data-inside": (_sample, _inside),
    "settings-data-inside-people": (_sample, lambda view: _inside(view, BackupPart.PEOPLE)),
    "settings-data-inside-empty": (_one_person, _inside),
    "settings-passphrase": (_sample, lambda view: _asked(view, Purpose.SET)),
    "settings-passphrase-short": (_sample, _short),
    "settings-passphrase-wrong": (_sample, _wrong),
}
