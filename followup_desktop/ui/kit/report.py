"""What can be sent to the developers of something that went wrong: it is seen before it is copied."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from followup_desktop.i18n import _
from followup_desktop.ui.kit.bars import WideBar
from followup_desktop.ui.kit.forms.panel import small_print
from followup_desktop.ui.kit.theme import Space, Theme
from followup_desktop.ui.kit.widgets.announcer import announce
from followup_desktop.ui.kit.widgets.buttons import Button, StrongButton
from followup_desktop.ui.kit.widgets.card import Text
from followup_desktop.ui.kit.widgets.flow import FlowLayout

_CHARACTERS, _LINES = 72, 12


class ReportDialog(QDialog):
    """A sentence, the report about it in full, and *Copy report*; it needs no window behind it."""

    def __init__(self, sentence: str, report: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Follow Up"))
        self._report = report
        self.text = QPlainTextEdit(report, self)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(_("Report"))
        metrics = self.text.fontMetrics()
        self.text.setMinimumSize(metrics.averageCharWidth() * _CHARACTERS, metrics.lineSpacing() * _LINES)
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
        column.addWidget(Text(sentence, "text", wrap=True))
        column.addWidget(small_print(_("This is the whole report. Nothing you entered is in it.")))
        column.addWidget(self.text, 1)
        column.addLayout(buttons)
        self.copy_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._report)
        self.copied.setText(_("Copied"))
        announce(self, self.copied.text())


class ProblemBar(WideBar):
    """Says over the views that something went wrong, until it is dismissed; its report can be looked at."""

    def __init__(self, theme: Theme) -> None:
        self.report_button = Button(_("Copy report…"))
        self.dismiss_button = Button(_("Dismiss"), look="quiet")
        super().__init__(theme, _("Something went wrong"), "late", self.report_button, self.dismiss_button)
        self._report = ""
        self.report_button.clicked.connect(self._open)
        self.dismiss_button.clicked.connect(self.hide)

    def tell(self, sentence: str, report: str) -> None:
        """Show this sentence, also to assistive technology, with its report in place of the one before."""
        if (sentence, report, True) == (self.sentence, self._report, not self.isHidden()):
            return  # what fails at each painting isn't to be painted for that again
        self._report = report
        self.show_sentence(sentence)

    def _open(self) -> None:
        dialog = ReportDialog(self.sentence, self._report, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
