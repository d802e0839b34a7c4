"""Fields for a passphrase: it is shown on demand only, never kept as a draft nor offered for completion."""

from __future__ import annotations

from enum import Enum, auto
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _
from followup_desktop.services.passphrase import WrongPassphrase
from followup_desktop.ui.kit.forms.field import LineField
from followup_desktop.ui.kit.theme import Space
from followup_desktop.ui.kit.widgets.buttons import CheckBox
from followup_desktop.ui.kit.widgets.card import Text, label_name
from followup_desktop.ui.kit.widgets.hint import Hint

_HINTS = (
    Qt.InputMethodHint.ImhSensitiveData
    | Qt.InputMethodHint.ImhNoPredictiveText
    | Qt.InputMethodHint.ImhNoAutoUppercase
)


class Purpose(Enum):
    """What the passphrase is asked for."""

    SET = auto()
    CHANGE = auto()
    REMOVE = auto()
    KEYRING = auto()
    BACKUP = auto()
    """To open a backup that was made under another one."""
    DATA = auto()
    """To open the database, or the backups where nothing, or something else, has its place."""


class PassphraseField(LineField):
    """What was typed, to the letter."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setInputMethodHints(_HINTS)

    def value(self) -> str:
        return self.line.text()

    def show_value(self, value: Any) -> None:
        self.show_text(value or "")

    def draft(self) -> str:
        return ""


class PassphraseFields(QWidget):
    """Fields by their names in the refusals, each with a label, and one switch that shows what is typed.

    ``entered`` tells of Enter in the last one; in another it goes on to the next.
    """

    entered = Signal()

    def __init__(self, labels: dict[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields = {name: PassphraseField(label) for name, label in labels.items()}
        self.show_box = CheckBox(_("Show what you type"))
        self.failure = Hint()
        """What else has gone wrong, and is in none of the fields."""
        self.failure.setObjectName("refusal")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for field in self.fields.values():
            field.line.returnPressed.connect(self._go_on)
            field.edited.connect(lambda: self.failure.show_sentence(""))
            label = Text(field.name)
            label.setAccessibleName(label_name(field.name))
            label.setBuddy(field.line)
            column.addWidget(label)
            column.addWidget(field)
            column.addSpacing(Space.S)
        column.addWidget(self.failure)
        column.addWidget(self.show_box, 0, Qt.AlignmentFlag.AlignLeft)
        self.show_box.toggled.connect(self._show)
        self.setFocusProxy(self._first.line)

    def text(self, name: str) -> str:
        """What was typed into that line."""
        return self.fields[name].value()

    def refuse(self, refused: Refused) -> None:
        """Say what is wrong at its field, or below all of them, and select what is to be typed again."""
        field = self.fields.get(refused.field or "")
        if field is None and isinstance(refused, WrongPassphrase):
            field = self._first
        if field is None:
            self.failure.show_sentence(str(refused))
        else:
            field.refuse(str(refused))
        line = (field or self._first).line
        line.setFocus(Qt.FocusReason.OtherFocusReason)
        line.selectAll()

    def clear(self) -> None:
        """Forget what was typed."""
        for field in self.fields.values():
            field.begin_with("")

    @property
    def _first(self) -> PassphraseField:
        return next(iter(self.fields.values()))

    def _show(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        for field in self.fields.values():
            field.line.setEchoMode(mode)

    def _go_on(self) -> None:
        lines = [field.line for field in self.fields.values()]
        at = lines.index(self.sender())  # type: ignore[arg-type]  # it is one of them
        if at + 1 < len(lines):
            lines[at + 1].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.entered.emit()
