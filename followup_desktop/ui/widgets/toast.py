"""A sentence at the foot of the window that says what happened and goes by itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.card import Text

SHOWN_MILLISECONDS = 8000

_LARGE = 0.25
"""What has the keyboard and takes more than this share of the height is not cleared: nowhere were free."""


class Toast(QFrame):
    """The status message. It may offer to undo; ``undo_wanted`` says that the last step shall be undone.

    For what is no step of the store's, its own way back is called instead.
    """

    undo_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        self._theme = theme
        self._text = Text("", "text", self, wrap=True)
        self._undo = Button("Undo", self, name="Undo the last step")
        self._own: Callable[[], None] | None = None
        self._undo.clicked.connect(self._take_back)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(16), theme.px(8), theme.px(10), theme.px(8))
        row.setSpacing(theme.px(12))
        row.addWidget(self._text, 1)
        row.addWidget(self._undo)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MILLISECONDS)
        self._timer.timeout.connect(self._leave)
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(0)
        self._settled.timeout.connect(self.place)
        self.hide()

    @property
    def message(self) -> str:
        """The sentence shown last."""
        return self._text.text()

    def say(self, sentence: str, can_undo: bool, undo: Callable[[], None] | None = None) -> None:
        """Show the sentence, also to assistive technology, for some seconds; ``undo`` is its own way back."""
        self._own = undo
        self._text.setText(sentence)
        self._undo.setVisible(can_undo)
        self.setAccessibleName(sentence)
        self.place()
        self.show()
        self.raise_()
        self._timer.start()
        self._settled.start()  # what is shown next gets the keyboard after this
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, sentence))

    def _take_back(self) -> None:
        self.hide()
        if self._own is None:
            self.undo_wanted.emit()
        else:
            self._own()

    def place(self) -> None:
        """Stand in the middle of the foot of the parent, but above what has the keyboard there."""
        parent = self.parentWidget()
        if parent is None:
            return
        room = parent.width() - 2 * self._theme.px(24)
        wanted = self._text.fontMetrics().horizontalAdvance(self._text.text()) + self._theme.px(50)
        if not self._undo.isHidden():
            wanted += self._undo.sizeHint().width() + self._theme.px(12)
        width = min(wanted, room, self._theme.px(640))
        layout = self.layout()
        height = layout.heightForWidth(width) if layout is not None and layout.hasHeightForWidth() else 0
        height = max(height, self.sizeHint().height()) if height <= 0 else height
        x = (parent.width() - width) // 2
        wanted_place = QRect(x, parent.height() - height - self._theme.px(20), width, height)
        focus = parent.focusWidget()
        if focus is not None and focus.isVisible() and not self.isAncestorOf(focus):
            kept = QRect(focus.mapTo(parent, QPoint()), focus.size())
            if kept.height() < _LARGE * parent.height() and kept.intersects(wanted_place):
                wanted_place.moveBottom(kept.top() - self._theme.px(8))
        self.setGeometry(wanted_place)

    def _leave(self) -> None:
        if self.underMouse() or self._undo.hasFocus():
            self._timer.start()
        else:
            self.hide()
