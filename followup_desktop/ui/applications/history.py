"""The banner of an application whose employer is known from others."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from followup_desktop.i18n import _
from followup_desktop.services.reading.history import EmployerHistory
from followup_desktop.ui.kit.theme import Space
from followup_desktop.ui.kit.view import Context
from followup_desktop.ui.kit.widgets.buttons import Button
from followup_desktop.ui.kit.widgets.card import Card, Text, let_shrink
from followup_desktop.ui.kit.widgets.flow import FlowLayout


class EmployerBanner(Card):
    """Says that there are or were other applications to an employer; ``open_wanted`` carries one's id."""

    open_wanted = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent, tone="accent")
        self._context = context
        self._shown: EmployerHistory | None = None
        self.text = Text("", wrap=True)
        let_shrink(self.text)
        self.links: list[Button] = []
        self._flow = FlowLayout(gap=Space.XS)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.S, Space.S, Space.S, Space.XS)
        column.setSpacing(2)
        column.addWidget(self.text)
        column.addLayout(self._flow)
        self.hide()

    def show_for(self, application: str) -> None:
        """Show what is known from the other applications of this one's employer, or nothing."""
        now = self._context.clock()
        history = self._context.readers.history.history_of(application, now)
        sentence = history.banner(now)
        self.text.setText(sentence or "")
        if history != self._shown:
            self._shown = history
            self._link(history)
        self.setVisible(sentence is not None)

    def _link(self, history: EmployerHistory) -> None:
        for link in self.links:
            link.hide()
            self._flow.removeWidget(link)
            link.deleteLater()
        self.links.clear()
        for other in history.first:
            stage = self._context.wording.stage_label(other.stage)
            link = Button(
                _("Open {title} ({stage})").format(title=other.role or other.employer, stage=stage),
                look="link",
            )
            link.clicked.connect(lambda _checked, one=other.id: self.open_wanted.emit(one))
            self.links.append(link)
            self._flow.addWidget(link)
            link.show()
