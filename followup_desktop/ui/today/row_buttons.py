"""The buttons of a row, which are always there, and drawn as far as they have room."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from followup_desktop.ui.kit.theme import Theme, Type
from followup_desktop.ui.kit.widgets.buttons import Button

_LOOK_MS = 1500
"""So soon after a click another at the same place is for what stood there, not for what has come since."""


class Presses:
    """Tells a press that is meant for what it meets from one below whose pointer something else has come.

    A row that is selected shows its answers, and one that is answered goes: the next click, or the second
    of two, would meet a button of another follow-up.
    """

    def __init__(self) -> None:
        self._part: QWidget | None = None
        self._key = ""
        self._place = QPointF()
        self._time = 0

    def is_meant(self, part: QWidget, key: str, press: QMouseEvent) -> bool:
        """Whether no other part met a press that was meant for it at this place a moment ago.

        By ``key`` its row is known, for the same part may serve another follow-up by now.
        """
        place, time = press.globalPosition(), press.timestamp()
        is_there = (place - self._place).manhattanLength() < QApplication.startDragDistance()
        is_other = self._part is not None and not self.was_on(part, key)
        if is_other and is_there and time - self._time < _LOOK_MS:
            return False
        self._part, self._key, self._place, self._time = part, key, place, time
        return True

    def was_on(self, part: QWidget, key: str) -> bool:
        """Whether the last press that was meant for anything was on this part of that row."""
        return self._part is part and self._key == key


class RowButton(Button):
    """A button that paints itself only while its row is revealed or it has the focus.

    A parked one has no room of its own until its row is selected; it is never painted and takes no key or
    pointer, but assistive technology finds it in its place and can press it.
    """

    def __init__(
        self, label: str, theme: Theme, parent: QWidget, is_meant: Callable[[QWidget, QMouseEvent], bool],
        look: str = "plain",
    ) -> None:  # fmt: skip
        super().__init__(label, parent, look)
        self._is_meant = is_meant
        self._theme = theme
        self._revealed = False
        self._parked = False
        self._grows_heavy = False
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
        self._revealed, self._parked = revealed, parked
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, parked)
        self.setUpdatesEnabled(not parked)  # else each is asked to paint itself along with the row
        if parked:
            policy = Qt.FocusPolicy.NoFocus
        else:
            policy = Qt.FocusPolicy.StrongFocus if in_tab_order else Qt.FocusPolicy.ClickFocus
        self.setFocusPolicy(policy)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Leave a click to the row if the button has only just come up below the pointer."""
        if self._revealed and self._is_meant(self, event):
            super().mousePressEvent(event)
        else:
            event.ignore()

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
