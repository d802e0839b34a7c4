"""What a call needs in sight: the number, whose it is, and how the script begins."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from followup_desktop.i18n import _
from followup_desktop.services.reading.next_step import CallNeeds
from followup_desktop.ui.kit.requests import EditPerson, WriteMessage
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.widgets.buttons import FlushLink, spoken
from followup_desktop.ui.kit.widgets.card import Text, named
from followup_desktop.ui.kit.widgets.quote import Quote

_TWO_COLUMNS = 520
"""From this width on, in pixels at the ordinary text size, the script stands beside the number."""


class CallBrief(QWidget):
    """Number, person and script; without a number the way to enter one.

    ``copied`` carries the number, unless what is around it has buttons for it; ``asked`` a request for the
    form of the person, or for the whole script.
    """

    copied = Signal(str)
    asked = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, copies: bool = True) -> None:
        super().__init__(parent)
        self._theme = theme
        self._copies = copies
        self._needs: CallNeeds | None = None
        self._number = Text("", "figure", self)
        self._number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._person = Text("", "secondary", self, wrap=True)
        self.copy_button = FlushLink(_("Copy number"), self)
        self.add_button = FlushLink(
            _("Add it…"), self, name=named(spoken(_("Add it…")), _("Add a phone number"))
        )
        self.script = Quote(theme, _("How the call script begins"), _("Full script"), self)
        self.copy_button.clicked.connect(lambda: self.copied.emit(self._number.text()))
        self.add_button.clicked.connect(self._ask_for_number)
        self.script.whole_wanted.connect(self._ask_for_script)
        whom = QVBoxLayout()
        theme.set_spacing(whom, 2)
        for part in (self._number, self._person):
            whom.addWidget(part)
        for link in (self.copy_button, self.add_button):
            whom.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        whom.addStretch(1)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._columns.setContentsMargins(0, 0, 0, 0)
        theme.set_spacing(self._columns, 16)
        self._columns.addLayout(whom)
        self._columns.addWidget(self.script, 1)

    def show_needs(self, needs: CallNeeds) -> None:
        """Show these."""
        if needs == self._needs:
            return
        self._needs = needs
        self._number.setText(needs.phone or _("No number yet"))
        self._person.show_words(needs.person)
        self.copy_button.setVisible(bool(needs.phone) and self._copies)
        self.add_button.setVisible(not needs.phone)
        self.script.show_words(needs.script)
        if self.isVisible():
            self.fit(self.width())

    def fit(self, width: int) -> int:
        """Stand in one column or two, as the width allows; the height that takes is the least from now on."""
        enough = self._theme.px(_TWO_COLUMNS)
        self._number.setWordWrap(width < enough)
        height = fit_columns(self._columns, width, enough)
        self.setMinimumHeight(height)
        return height

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the height that this width needs."""
        super().resizeEvent(event)
        self.fit(self.width())

    def _ask_for_script(self) -> None:
        if self._needs is not None and self._needs.key:
            self.asked.emit(WriteMessage(self._needs.key))

    def _ask_for_number(self) -> None:
        """Open the form of whose number it is to be."""
        needs = self._needs
        if needs is not None and needs.contact is not None:
            self.asked.emit(EditPerson(needs.contact, "phone", in_passing=True))
        elif needs is not None:
            from followup_desktop.ui.kit.missing_detail import ask_whose

            ask_whose(self.add_button, "phone", needs.application, needs.others, self.asked.emit)


def fit_columns(columns: QBoxLayout, width: int, enough: int) -> int:
    """Set the columns beside each other where the width is enough; the height that they take in it."""
    beside = width >= enough
    columns.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
    columns.activate()
    return columns.heightForWidth(width) if columns.hasHeightForWidth() else columns.sizeHint().height()
