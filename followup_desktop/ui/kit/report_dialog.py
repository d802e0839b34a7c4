"""What can be sent to the developers of something that went wrong: it is seen before it is copied."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from followup_desktop.i18n import _
from followup_desktop.ui.kit.dialogs import room_for
from followup_desktop.ui.kit.forms.panel import small_print
from followup_desktop.ui.kit.theme import Space
from followup_desktop.ui.kit.widgets.announcer import announce
from followup_desktop.ui.kit.widgets.buttons import Button, StrongButton
from followup_desktop.ui.kit.widgets.card import Text, let_shrink
from followup_desktop.ui.kit.widgets.flow import FlowLayout

_CHARACTERS, _LINES, _LEAST_LINES = 78, 22, 4


class ReportDialog(QDialog):
    """A sentence, the report about it in full, and *Copy report*; it needs no window behind it."""

    def __init__(self, sentence: str, report: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Something went wrong"))
        self._report = report
        self.text = QPlainTextEdit(report, self)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(_("Report"))
        metrics = self.text.fontMetrics()
        self.text.setMinimumHeight(metrics.lineSpacing() * _LEAST_LINES)
        self.copy_button = StrongButton(_("Copy report"))
        self.close_button = Button(_("Close"), look="quiet")
        self.copied = small_print("")
        self.copy_button.clicked.connect(self._copy)
        self.close_button.clicked.connect(self.reject)
        buttons = FlowLayout(gap=Space.S)
        for part in (self.copy_button, self.close_button, self.copied):
            buttons.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.L, Space.L, Space.L)
        column.setSpacing(Space.S)
        said = Text(sentence, "text", wrap=True)
        let_shrink(said)
        column.addWidget(said)
        column.addWidget(small_print(_("This is the whole report. Nothing you entered is in it.")))
        column.addWidget(self.text, 1)
        column.addLayout(buttons)
        wanted = QSize(metrics.averageCharWidth() * _CHARACTERS, metrics.lineSpacing() * _LINES)
        self.resize(wanted.boundedTo(room_for(self)))
        self.copy_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._report)
        self.copied.setText(_("Copied"))
        announce(self, self.copied.text())
