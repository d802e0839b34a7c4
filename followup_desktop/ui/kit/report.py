"""The bar that tells of something that went wrong."""

from __future__ import annotations

from PySide6.QtCore import Qt

from followup_desktop.i18n import _
from followup_desktop.ui.kit.bars import WideBar
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.widgets.buttons import Button


class ProblemBar(WideBar):
    """Says over the views that something went wrong, until it is dismissed; its report can be looked at."""

    def __init__(self, theme: Theme) -> None:
        self.report_button = Button(_("Copy report…"))
        self.dismiss_button = Button(_("Dismiss"), look="quiet")
        super().__init__(theme, _("Something went wrong"), "late", self.report_button, self.dismiss_button)
        self._report = ""
        self.report_button.clicked.connect(self._open)
        self.dismiss_button.clicked.connect(self.hide)

    def show_problem(self, sentence: str, report: str) -> None:
        """Show this sentence, also to assistive technology, with its report in place of the one before."""
        if (sentence, report, True) == (self.sentence, self._report, not self.isHidden()):
            return  # what fails at each painting isn't to be painted for that again
        self._report = report
        self.show_sentence(sentence)

    def _open(self) -> None:
        from followup_desktop.ui.kit.report_dialog import ReportDialog

        dialog = ReportDialog(self.sentence, self._report, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
