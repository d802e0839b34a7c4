"""What an invitation leaves open, answered before it is imported: a new application, and who interviews."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from followup_desktop.i18n import _
from followup_desktop.services.transfer.document import Question
from followup_desktop.ui.kit.forms.field import TextField
from followup_desktop.ui.kit.theme import Space
from followup_desktop.ui.kit.widgets.buttons import CheckBox


class NewApplicationFields(QWidget):
    """The employer and the role of an application that is to be added for an invitation.

    ``typed`` is emitted when a line is left that says something else than the ``question`` did.
    """

    typed = Signal()

    def __init__(self, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.question = question
        self.employer = TextField(_("New employer"), required=True, hint=_("Employer"))
        self.role = TextField(_("New role"), hint=_("Role"))
        self.employer.set_value(question.employer)
        self.role.set_value(question.role)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        for field in (self.employer, self.role):
            column.addWidget(field)
            field.line.editingFinished.connect(self._look)

    def values(self) -> tuple[str, str]:
        """The employer and the role as they are typed."""
        return self.employer.line.text().strip(), self.role.line.text().strip()

    @property
    def is_open(self) -> bool:
        """Whether something else is typed than the question says."""
        return self.values() != (self.question.employer, self.question.role)

    def _look(self) -> None:
        if self.is_open:
            self.typed.emit()


class PeopleBoxes(QWidget):
    """The people of an invitation, each with a tick for an interviewer; ``chosen`` after each change."""

    chosen = Signal(object)

    def __init__(self, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(question.text)
        self.boxes: dict[str, CheckBox] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for key, label in question.choices:
            box = self.boxes[key] = CheckBox(label)
            box.setChecked(key in question.taken)
            box.toggled.connect(lambda _on: self.chosen.emit(self._ticked()))
            column.addWidget(box)

    def _ticked(self) -> tuple[str, ...]:
        return tuple(key for key, box in self.boxes.items() if box.isChecked())
