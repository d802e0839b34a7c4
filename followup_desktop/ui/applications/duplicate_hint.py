"""The hint, while an application is typed, that it may be there already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from followup_desktop.i18n import _, with_dots
from followup_desktop.ui.kit.theme import Space
from followup_desktop.ui.kit.view import Context
from followup_desktop.ui.kit.widgets.buttons import Button
from followup_desktop.ui.kit.widgets.card import Text, let_shrink
from followup_desktop.ui.kit.widgets.flow import FlowLayout

if TYPE_CHECKING:
    from followup_desktop.services.capture.duplicates import Duplicate

_SHOWN = 3


class LookAlikes(QWidget):
    """Names the applications like the one typed; ``open_wanted`` carries the one that is to be shown."""

    open_wanted = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._found: tuple[Duplicate, ...] = ()
        self.text = Text("", wrap=True)
        self.text.setObjectName("warning")
        let_shrink(self.text)
        self.buttons: list[Button] = []
        self._links = FlowLayout(gap=Space.XS)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.text)
        column.addLayout(self._links)
        self.hide()

    def look_for(self, employer: str, role: str, url: str) -> None:
        """Show what is like this, or nothing."""
        found = self._context.overview.near_duplicates(
            employer=employer, role=role, url=url, now=self._context.clock()
        )[:_SHOWN]
        if found != self._found:
            self._found = found
            self._show()
        self.setVisible(bool(found))

    def _show(self) -> None:
        for button in self.buttons:
            button.hide()
            self._links.removeWidget(button)
            button.deleteLater()
        self.buttons.clear()
        for each in self._found:
            name = with_dots((each.employer, each.role))
            stage = self._context.wording.stage_label(each.stage)
            button = Button(_("Open {title} ({stage})").format(title=name, stage=stage), look="link")
            button.clicked.connect(lambda _checked, one=each.application: self.open_wanted.emit(one))
            self.buttons.append(button)
            self._links.addWidget(button)
            button.show()
        if self._found:
            from followup_desktop.services.capture.duplicates import Alike  # slow to import, with its measure

            words = {
                Alike.POSTING: _("You already have an application from this posting."),
                Alike.EMPLOYER_AND_ROLE: _("This looks like one you already have."),
                Alike.ADDRESS: _("Same address as an application you have, for another employer or role."),
            }
            self.text.setText(words[self._found[0].alike])
