"""What is in a backup, to be read before it is restored."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from followup_desktop.i18n import _
from followup_desktop.services.backups import BackupLine, Inside
from followup_desktop.ui.kit.forms.panel import small_print
from followup_desktop.ui.kit.models.rows import RowsModel
from followup_desktop.ui.kit.theme import Space, Theme
from followup_desktop.ui.kit.widgets.buttons import Button
from followup_desktop.ui.kit.widgets.card import Text
from followup_desktop.ui.kit.widgets.flat_list import FlatList
from followup_desktop.ui.kit.widgets.flow import FlowLayout

_WIDTH, _MOST_ROWS = 560, 14


class BackupWindow(QDialog):
    """The applications as they were; nothing can be changed here. ``wanted`` asks to restore the backup."""

    wanted = Signal()

    def __init__(self, theme: Theme, inside: Inside, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Backup of {when}").format(when=inside.row.when))
        self.setAccessibleName(_("Backup"))
        self.setMinimumWidth(theme.px(_WIDTH))
        self.model: RowsModel[BackupLine] = RowsModel(lambda line: line.text, self)
        self.model.set_rows(inside.lines)
        self.list = FlatList(theme, _("Applications in the backup"), self.model, _("No applications."))
        self.list.most_rows = _MOST_ROWS
        self.restore_button = Button(_("Restore"), name=_("Restore this backup"))
        self.close_button = Button(_("Close"), look="quiet")
        self.restore_button.clicked.connect(self._restore)
        self.close_button.clicked.connect(self.close)
        buttons = FlowLayout(gap=Space.S)
        for button in (self.restore_button, self.close_button):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.L, Space.L, Space.L)
        column.setSpacing(Space.S)
        column.addWidget(Text(_("Backup of {when}").format(when=inside.row.when), "name", wrap=True))
        column.addWidget(Text(inside.summary, "text", wrap=True))
        column.addWidget(small_print(_("You're looking at a copy. You can't change anything here.")))
        column.addWidget(self.list)
        column.addStretch(1)
        column.addLayout(buttons)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _restore(self) -> None:
        self.close()
        self.wanted.emit()
