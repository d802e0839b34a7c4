"""The buttons of a row, which are always there, and drawn as far as they have room."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QPointF, Qt
from PySide6.QtGui import QEnterEvent, QFont, QKeyEvent, QMouseEvent, QMoveEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from followup_desktop.ui.kit.theme import Theme, Type
from followup_desktop.ui.kit.widgets.buttons import Button

_GLANCE_MS = 400
"""A button that came to its place later than this ago was not aimed at: a double click on a row spares it."""
_LOOK_MS = 1500
"""The same of a button that came below a pointer which has not moved since."""


class RowButton(Button):
    """A button that paints itself only while its row is revealed or it has the focus.

    A parked one has no room of its own until its row is selected; it is never painted and takes no key or
    pointer, but assistive technology finds it in its place and can press it.
    """

    def __init__(self, label: str, theme: Theme, parent: QWidget, look: str = "plain") -> None:
        super().__init__(label, parent, look)
        self._theme = theme
        self._revealed = False
        self._parked = False
        self._grows_heavy = False
        self._drawn_since = QElapsedTimer()
        self._entered: QPointF | None = None
        """Where the pointer came to it, on the screen, since it was last moved itself."""
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    @property
    def parked(self) -> bool:
        """Whether it has no room of its own."""
        return self._parked

    @property
    def is_drawn(self) -> bool:
        """Whether it is to be seen now."""
        return not self._parked and (self._revealed or self.hasFocus())

    def may_be_strong(self) -> None:
        """Keep room for the label in the strong look, too, so that a change of look moves nothing."""
        self._grows_heavy = True

    def width_wanted(self) -> int:
        """The width of the label in the heaviest look that it takes."""
        weight = QFont.Weight.DemiBold if self._grows_heavy else QFont.Weight.Normal
        text = self._theme.metrics(Type.TEXT, weight).horizontalAdvance(self.text().replace("&&", "&"))
        return text + 2 * self._theme.px(11) + self._theme.px(4)

    def set_state(self, *, revealed: bool, parked: bool, in_tab_order: bool) -> None:
        """Be drawn or not, parked or not, a stop of the Tab key or not."""
        if revealed and not self._revealed:
            self._has_come()
        self._revealed, self._parked = revealed, parked
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, parked)
        if parked:
            policy = Qt.FocusPolicy.NoFocus
        else:
            policy = Qt.FocusPolicy.StrongFocus if in_tab_order else Qt.FocusPolicy.ClickFocus
        self.setFocusPolicy(policy)
        self.update()

    def moveEvent(self, event: QMoveEvent) -> None:
        """It has just come below the pointer."""
        super().moveEvent(event)
        self._has_come()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._entered = event.globalPosition()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Leave a click to the row if the button has only just come up below the pointer."""
        if self._revealed and self._was_aimed_at(event.globalPosition()):
            super().mousePressEvent(event)
        else:
            event.ignore()

    def _has_come(self) -> None:
        self._drawn_since.start()
        self._entered = None

    def _was_aimed_at(self, pointer: QPointF) -> bool:
        way = (pointer - self._entered).manhattanLength() if self._entered is not None else 0
        moved = way >= QApplication.startDragDistance()
        return self._drawn_since.elapsed() >= (_GLANCE_MS if moved else _LOOK_MS)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave every key but Space, Enter and those of a menu to the row."""
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it, if it is to be seen now."""
        if self.is_drawn:
            super().paintEvent(event)
