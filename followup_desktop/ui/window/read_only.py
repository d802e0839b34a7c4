"""The box that is shown where nothing can be written into the data folder: what can be done about it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QMessageBox, QPushButton, QWidget

from followup_desktop.i18n import _
from followup_desktop.ui.kit.widgets.plain import label_text


class ReadOnlyBox(QMessageBox):
    """Says what is wrong with the data folder; offers to try again, to look at what is there, or another."""

    def __init__(self, sentence: str, *, has_data: bool) -> None:
        super().__init__(QMessageBox.Icon.Critical, _("Follow Up"), "")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(sentence)
        role = QMessageBox.ButtonRole
        self.again_button = self.addButton(label_text(_("Try again")), role.ActionRole)
        self.look_button: QPushButton | None = None
        if has_data:
            self.setInformativeText(_("Your data is safe, but nothing can be saved."))
            self.look_button = self.addButton(label_text(_("Look at your data")), role.ActionRole)
        self.elsewhere_button = self.addButton(label_text(_("Open another data folder…")), role.ActionRole)
        self.quit_button = self.addButton(label_text(_("Quit")), role.RejectRole)
        self.setDefaultButton(self.again_button)
        self.setEscapeButton(self.quit_button)
        # In a row they would be wider than a small screen.
        if (buttons := self.findChild(QDialogButtonBox)) is not None:
            buttons.setOrientation(Qt.Orientation.Vertical)


def ask_what_to_do(
    sentence: str,
    folder: Path,
    look: Callable[[], object] | None,
    open_elsewhere: Callable[[Path], object],
    dress: Callable[[QWidget], object] = lambda _box: None,
) -> bool:
    """Ask until the user wants another try, or quits; whether to try again.

    ``look`` shows what is there, if there is anything. Who chooses another data folder quits here:
    ``open_elsewhere`` starts the program there.
    """
    while True:
        box = ReadOnlyBox(sentence, has_data=look is not None)
        dress(box)
        box.exec()
        if box.clickedButton() is box.again_button:
            return True
        if look is not None and box.clickedButton() is box.look_button:
            look()
        elif box.clickedButton() is box.elsewhere_button:
            title = _("Open another data folder")
            if name := QFileDialog.getExistingDirectory(box, title, str(folder.parent)):
                open_elsewhere(Path(name))
                return False
        else:
            return False
