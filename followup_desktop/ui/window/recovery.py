"""The box that is shown where the database can't be opened: what happened, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QMessageBox, QPushButton, QWidget

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _
from followup_desktop.services.backups import Rescue
from followup_desktop.services.passphrase import LockedBackup
from followup_desktop.ui.kit.forms.passphrase import Purpose
from followup_desktop.ui.kit.widgets.plain import label_text


class RecoveryBox(QMessageBox):
    """Says what is wrong with the database; offers the newest sound backup, another, or another folder."""

    def __init__(self, sentence: str, rescue: Rescue, *, is_perhaps_locked: bool = False) -> None:
        super().__init__(QMessageBox.Icon.Critical, _("Follow Up"), "")
        self._rescue = rescue
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(sentence)
        newest = rescue.newest
        self.unlock_button: QPushButton | None = None
        if newest is not None:
            text = _("Latest good backup: {backup}. What you entered after that isn't in it.")
            self.setInformativeText(text.format(backup=newest.text))
        else:
            self.setInformativeText(rescue.why_none)
        self._stamp = rescue.stamp
        role = QMessageBox.ButtonRole
        self.again_button = self.addButton(label_text(_("Try again")), role.ActionRole)
        if is_perhaps_locked:
            self.unlock_button = self.addButton(label_text(_("Enter the passphrase…")), role.ActionRole)
        self.restore_button: QPushButton | None = None
        if newest is not None:
            self.restore_button = self.addButton(label_text(_("Restore this backup")), role.ActionRole)
        self.choose_button = self.addButton(label_text(_("Choose a backup…")), role.ActionRole)
        self.salvage_button: QPushButton | None = None
        if rescue.may_be_read:
            text = label_text(_("Save what can be read"))
            self.salvage_button = self.addButton(text, role.ActionRole)
        self.folder_button = self.addButton(label_text(_("Open the folder")), role.ActionRole)
        self.elsewhere_button = self.addButton(label_text(_("Open another data folder…")), role.ActionRole)
        self.quit_button = self.addButton(label_text(_("Quit")), role.RejectRole)
        self.setDefaultButton(self.quit_button)
        self.setEscapeButton(self.quit_button)
        # In a row they would be wider than a small screen.
        if (buttons := self.findChild(QDialogButtonBox)) is not None:
            buttons.setOrientation(Qt.Orientation.Vertical)

    def changeEvent(self, event: QEvent) -> None:
        """Look again as soon as the user comes back from where they may have put the file right."""
        super().changeEvent(event)
        is_back = event.type() is QEvent.Type.ActivationChange and self.isActiveWindow()
        if is_back and self._rescue.stamp != self._stamp:
            self.again_button.click()

    def chosen(self) -> Path | None:
        """The backup that the button which was pressed means, if it means one."""
        pressed, newest = self.clickedButton(), self._rescue.newest
        if newest is not None and pressed is self.restore_button:
            return newest.file
        if pressed is self.choose_button:
            title = _("Choose a backup")
            name, _filter = QFileDialog.getOpenFileName(self, title, str(self._rescue.folder))
            return Path(name) if name else None
        return None


Ask = Callable[[Purpose, Callable[[str], object]], bool]
"""Asks for a passphrase until what is done with it isn't refused; tells whether the user gave one."""


def recover(
    sentence: str,
    rescue: Rescue,
    open_folder: Callable[[Path], object],
    ask: Ask,
    open_elsewhere: Callable[[Path], object],
    *,
    dress: Callable[[QWidget], object] = lambda _box: None,
    is_perhaps_locked: bool = False,
) -> str | None:
    """Ask what is to be done until the database is replaced, and say what was; ``None`` if the user quits.

    Who chooses another data folder quits here, too: ``open_elsewhere`` starts the program there.

    Nothing is said where the database was only encrypted, and its passphrase given, nor where it's to be
    looked at again. One that can be opened by now is never replaced.
    """
    while True:
        box = RecoveryBox(sentence, rescue, is_perhaps_locked=is_perhaps_locked)
        dress(box)
        box.exec()
        if box.clickedButton() in {None, box.quit_button}:
            return None
        if box.clickedButton() is box.folder_button:
            open_folder(rescue.data_folder)
        elif box.clickedButton() is box.elsewhere_button:
            title = _("Open another data folder")
            if name := QFileDialog.getExistingDirectory(box, title, str(rescue.data_folder.parent)):
                open_elsewhere(Path(name))
                return None
        else:
            try:
                if (said := _done(box, rescue, ask)) is not None:
                    return said
            except Refused as refused:
                sentence = str(refused)


def _done(box: RecoveryBox, rescue: Rescue, ask: Ask) -> str | None:
    """Do what the button asks for and say what was done; ``None`` if nothing was. Raises ``Refused``."""
    pressed = box.clickedButton()
    if pressed is box.again_button:
        return ""
    if pressed is box.unlock_button:
        return "" if ask(Purpose.DATA, partial(rescue.unlock, rescue.database)) else None
    file = box.chosen()
    if file is None and pressed is not box.salvage_button:
        return None
    if rescue.opens():
        return _("Your data can be opened again, so it wasn't replaced.")
    replace: Callable[[], str] = rescue.salvage if file is None else partial(rescue.restore, file)
    try:
        return replace()
    except LockedBackup:
        locked = file or rescue.database
        return replace() if ask(Purpose.BACKUP, partial(rescue.unlock, locked)) else None
