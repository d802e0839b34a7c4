"""Asks for the passphrase: for a new one, the present one, or both."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _, pgettext
from followup_desktop.services.passphrase import Passphrase, check_new
from followup_desktop.ui.kit.dialogs import FittingDialog
from followup_desktop.ui.kit.forms.panel import small_print
from followup_desktop.ui.kit.forms.passphrase import PassphraseFields, Purpose
from followup_desktop.ui.kit.theme import Space, Theme
from followup_desktop.ui.kit.widgets.buttons import Button, CheckBox, StrongButton
from followup_desktop.ui.kit.widgets.card import Text, as_heading
from followup_desktop.ui.kit.widgets.flow import FlowLayout

_WIDTH = 440


class PassphraseWindow(FittingDialog):
    """Does ``act`` with the new passphrase (to remove it, with ``None``) once all that was typed is right.

    Without a ``passphrase`` of the data, what was typed is checked by ``act`` alone. What is refused is
    said at its field, other failures below the fields, and the window stays.
    """

    def __init__(
        self,
        theme: Theme,
        purpose: Purpose,
        passphrase: Passphrase | None,
        act: Callable[[str | None, bool], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, _WIDTH, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._purpose = purpose
        self._passphrase = passphrase
        self._act = act
        title = _titles()[purpose]
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        labels = {}
        if purpose is not Purpose.SET:
            labels["present"] = _("Passphrase") if passphrase is None else _("Current passphrase")
        if purpose in {Purpose.SET, Purpose.CHANGE}:
            labels["passphrase"] = _("New passphrase")
            labels["repeated"] = _("Repeat the new passphrase")
        self.fields = PassphraseFields(labels)
        self.keyring_box = CheckBox(_("Keep it in this computer's keyring"))
        self.keyring_box.setChecked(passphrase is not None and passphrase.is_in_keyring)
        self.keyring_box.setVisible(purpose in {Purpose.SET, Purpose.CHANGE})
        self.act_button = StrongButton(_buttons()[purpose])
        self.cancel_button = Button(_("Cancel"), look="quiet")
        self.act_button.clicked.connect(self._try)
        self.fields.entered.connect(self._try)
        self.cancel_button.clicked.connect(self.reject)
        self._lay_out(title)

    def _lay_out(self, title: str) -> None:
        column = QVBoxLayout()
        column.setSpacing(Space.S)
        column.addWidget(as_heading(Text(title, "name", wrap=True), 1))
        for text in _texts()[self._purpose]:
            column.addWidget(Text(text, "text", wrap=True))
        column.addSpacing(Space.XS)
        column.addWidget(self.fields)
        column.addWidget(self.keyring_box, 0, Qt.AlignmentFlag.AlignLeft)
        if not self.keyring_box.isHidden():
            column.addWidget(
                small_print(
                    _("You won't be asked at every start. Whoever is logged in as you can open your data.")
                )
            )
        buttons = FlowLayout(gap=Space.S)
        buttons.addWidget(self.act_button)
        buttons.addWidget(self.cancel_button)
        self.arrange(column, buttons)
        self.fields.setFocus(Qt.FocusReason.OtherFocusReason)

    def _try(self) -> None:
        QGuiApplication.setOverrideCursor(QCursor(Qt.CursorShape.WaitCursor))
        try:
            new = self._checked()
            self._act(new, self.keyring_box.isChecked())
        except Refused as refused:
            self.fields.refuse(refused)
        else:
            self.fields.clear()
            self.accept()
        finally:
            QGuiApplication.restoreOverrideCursor()

    def _checked(self) -> str | None:
        """The passphrase from now on, ``None`` for none. Raises ``Refused``."""
        if "passphrase" in self.fields.fields:
            check_new(self.fields.text("passphrase"), self.fields.text("repeated"))
        if "present" in self.fields.fields and self._passphrase is not None:
            self._passphrase.check(self.fields.text("present"))
        if self._purpose is Purpose.REMOVE:
            return None
        return self.fields.text("passphrase" if "passphrase" in self.fields.fields else "present")


def _titles() -> dict[Purpose, str]:
    return {
        Purpose.SET: _("Set a passphrase"),
        Purpose.CHANGE: _("Change the passphrase"),
        Purpose.REMOVE: _("Remove the passphrase"),
        Purpose.KEYRING: _("Keep the passphrase in the keyring"),
        Purpose.BACKUP: _("Enter the passphrase"),
        Purpose.DATA: _("Enter the passphrase"),
    }


def _buttons() -> dict[Purpose, str]:
    return {
        Purpose.SET: _("Encrypt"),
        Purpose.CHANGE: pgettext("a button", "Change"),
        Purpose.REMOVE: _("Remove"),
        Purpose.KEYRING: _("Keep"),
        Purpose.BACKUP: _("Unlock"),
        Purpose.DATA: _("Unlock"),
    }


def _texts() -> dict[Purpose, tuple[str, ...]]:
    lost = _(
        "If you forget it, no one can open your data or your backups: there's no way around it. "
        "Write it down, and keep that in a safe place."
    )
    return {
        Purpose.SET: (
            _(
                "Your data and its backups are encrypted, and Follow Up asks for the passphrase when "
                "it starts."
            ),
            lost,
        ),
        Purpose.CHANGE: (_("Your data and its backups get the new passphrase."), lost),
        Purpose.REMOVE: (
            _(
                "Your data and its backups are no longer encrypted. Anyone who can open the files "
                "can read them."
            ),
        ),
        Purpose.BACKUP: (
            _(
                "This file is encrypted with another passphrase, or damaged. Enter the passphrase it was "
                "made with."
            ),
        ),
        Purpose.DATA: (_("Enter the passphrase of your data. It opens your backups, too."),),
        Purpose.KEYRING: (
            _("You won't be asked at every start. Whoever is logged in as you can open your data."),
        ),
    }
