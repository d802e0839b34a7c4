"""Fields for a passphrase: it is shown on demand only, never kept as a draft nor offered for completion."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _
from followup_desktop.ui.kit.theme import Space
from followup_desktop.ui.kit.widgets.buttons import CheckBox
from followup_desktop.ui.kit.widgets.card import Text, label_name
from followup_desktop.ui.kit.widgets.hint import Hint
from followup_desktop.ui.kit.widgets.roles import HeardLine

_HINTS = (
    Qt.InputMethodHint.ImhSensitiveData
    | Qt.InputMethodHint.ImhNoPredictiveText
    | Qt.InputMethodHint.ImhNoAutoUppercase
)


class PassphraseFields(QWidget):
    """Lines by their names in the refusals, each with a label, and one switch that shows what is typed.

    ``entered`` tells of Enter in the last one; in another it goes on to the next.
    """

    entered = Signal()

    def __init__(self, labels: dict[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = {name: HeardLine() for name in labels}
        self.show_box = CheckBox(_("Show what you type"))
        self.refusal = Hint()
        self.refusal.setObjectName("refusal")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for name, line in self.lines.items():
            line.setEchoMode(QLineEdit.EchoMode.Password)
            line.setInputMethodHints(_HINTS)
            line.setAccessibleName(labels[name])
            line.returnPressed.connect(self._go_on)
            line.textEdited.connect(lambda: self.refusal.say(""))
            label = Text(labels[name])
            label.setAccessibleName(label_name(labels[name]))
            label.setBuddy(line)
            column.addWidget(label)
            column.addWidget(line)
            column.addSpacing(Space.S)
        column.addWidget(self.refusal)
        column.addWidget(self.show_box, 0, Qt.AlignmentFlag.AlignLeft)
        self.show_box.toggled.connect(self._show)
        self.setFocusProxy(next(iter(self.lines.values())))

    def text(self, name: str) -> str:
        """What was typed into that line."""
        return self.lines[name].text()

    def refuse(self, refused: Refused) -> None:
        """Say what is wrong, and select what is to be typed again."""
        self.refusal.say(str(refused))
        line = self.lines.get(refused.field or "", next(iter(self.lines.values())))
        line.setFocus(Qt.FocusReason.OtherFocusReason)
        line.selectAll()

    def clear(self) -> None:
        """Forget what was typed."""
        for line in self.lines.values():
            line.setText("")

    def _show(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        for line in self.lines.values():
            line.setEchoMode(mode)

    def _go_on(self) -> None:
        lines = list(self.lines.values())
        at = lines.index(self.sender())  # type: ignore[arg-type]  # it is one of them
        if at + 1 < len(lines):
            lines[at + 1].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.entered.emit()
