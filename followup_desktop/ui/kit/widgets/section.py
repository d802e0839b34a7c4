"""A part of the detail: a heading with its actions, and what it is about."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from followup_desktop.ui.kit.mirror import set_margins
from followup_desktop.ui.kit.theme import INSET, Space
from followup_desktop.ui.kit.widgets.buttons import Button
from followup_desktop.ui.kit.widgets.card import SectionLabel
from followup_desktop.ui.kit.widgets.flow import FlowLayout


class Section(QWidget):
    """A heading with its action at the right; ``column`` takes what stands below."""

    has_several: ClassVar[bool] = False
    """Whether its actions are more than one: large words wrap then, rather than widen the detail."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(Space.XS)
        self._head = QHBoxLayout()
        self._head.setSpacing(Space.XS)
        self._label = SectionLabel("")
        set_margins(self._label, INSET, 0, 0, 0)
        self._head.addWidget(self._label)
        self._actions: QLayout
        if self.has_several:
            self._actions = FlowLayout(gap=Space.XS, at_end=True)
        else:  # of six that flow Qt asked for their heights a hundred times a row, which is 0.5 ms
            self._actions = at_end = QHBoxLayout()
            at_end.addStretch(1)
        self._head.addLayout(self._actions, 1)
        self.column.addLayout(self._head)

    def set_heading(self, heading: str) -> None:
        """Say what the section is about."""
        self._label.setText(heading)

    def add_action(self, label: str, name: str | None = None) -> Button:
        """A small button at the right of the heading."""
        button = Button(label, look="link", name=name)
        button.setMinimumWidth(1)  # it is shortened where there is no room
        self._actions.addWidget(button)
        return button
