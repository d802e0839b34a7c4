"""The window that asks for the passphrase before there is anything else to show."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QCursor, QGuiApplication
from PySide6.QtWidgets import QLabel, QVBoxLayout

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _, format_number, ngettext
from followup_desktop.ui.kit.dialogs import FittingDialog
from followup_desktop.ui.kit.forms.panel import small_print
from followup_desktop.ui.kit.forms.passphrase import PassphraseFields
from followup_desktop.ui.kit.theme import Space, Theme
from followup_desktop.ui.kit.widgets.buttons import Button, StrongButton
from followup_desktop.ui.kit.widgets.card import Text, as_heading
from followup_desktop.ui.kit.widgets.flow import FlowLayout

_WIDTH, _ICON = 400, 64


class UnlockWindow(FittingDialog):
    """``unlock`` opens the data by what was typed, or raises ``Refused``; then the window asks again.

    ``unlocked`` tells that it could, ``left`` that the user would rather quit; closing it is the same.
    """

    unlocked = Signal()
    left = Signal()

    def __init__(self, theme: Theme, unlock: Callable[[str], object]) -> None:
        super().__init__(theme, _WIDTH)
        self._unlock = unlock
        self.setWindowTitle(_("Follow Up is locked"))
        self.setAccessibleName(_("Follow Up is locked"))
        picture = QLabel()
        picture.setPixmap(theme.app_icon().pixmap(theme.px(_ICON)))
        self.sentence = Text(_("Enter your passphrase to open your data."), "text", wrap=True)
        self.waiting = Text("", "strong", wrap=True)
        self.waiting.hide()
        self.fields = PassphraseFields({"passphrase": _("Passphrase")})
        self.unlock_button = StrongButton(_("Unlock"))
        self.quit_button = Button(_("Quit"), look="quiet")
        self.unlock_button.clicked.connect(self._try)
        self.fields.entered.connect(self._try)
        self.quit_button.clicked.connect(self.left)
        buttons = FlowLayout(gap=Space.S)
        buttons.addWidget(self.unlock_button)
        buttons.addWidget(self.quit_button)
        column = QVBoxLayout()
        column.setSpacing(Space.S)
        column.addWidget(picture, 0, Qt.AlignmentFlag.AlignHCenter)
        title = as_heading(Text(_("Follow Up is locked"), "name", wrap=True), 1)
        title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(title)
        column.addWidget(self.waiting)
        column.addWidget(self.sentence)
        column.addSpacing(Space.S)
        column.addWidget(self.fields)
        column.addWidget(
            small_print(_("No reminders come while it's locked. A lost passphrase can't be recovered."))
        )
        self.arrange(column, buttons)
        self.fields.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_sentence(self, sentence: str) -> None:
        """Show more than that it is locked, as what became of the keyring, or how much is due."""
        self.sentence.setText(sentence)

    def show_waiting(self, count: int) -> None:
        """Say how many reminders have come; nothing if that isn't known, or none has."""
        self.waiting.show_words(waiting_in_words(count) if count else "")

    def come_forward(self) -> None:
        """Show it before the other windows."""
        self.show()
        self.raise_()
        self.activateWindow()

    def reject(self) -> None:
        """Esc doesn't quit: it may have been meant for another window."""

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing it is leaving."""
        event.accept()
        self.left.emit()

    def _try(self) -> None:
        QGuiApplication.setOverrideCursor(QCursor(Qt.CursorShape.WaitCursor))
        try:
            self._unlock(self.fields.text("passphrase"))
        except Refused as refused:
            self.fields.refuse(refused)
        else:
            self.fields.clear()
            self.unlocked.emit()
        finally:
            QGuiApplication.restoreOverrideCursor()


def waiting_in_words(count: int) -> str:
    """How many reminders have come while it is locked: "3 reminders are waiting."."""
    text = ngettext("{n} reminder is waiting.", "{n} reminders are waiting.", count)
    return text.format(n=format_number(count))
