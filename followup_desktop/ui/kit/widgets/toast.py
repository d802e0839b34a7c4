"""A sentence at the foot of the window that says what happened and goes by itself."""

from __future__ import annotations

from PySide6.QtCore import QRect, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from followup_desktop.i18n import _
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.widgets.announcer import announce
from followup_desktop.ui.kit.widgets.buttons import Button
from followup_desktop.ui.kit.widgets.card import Text
from followup_desktop.ui.kit.widgets.free_place import (
    bars_in,
    buttons_in,
    fields_in,
    free_place,
    keyboard_in,
    refusals_in,
    words_in,
)

SHOWN_MILLISECONDS = 8000
LOOK_MILLISECONDS = 150
"""So often it is looked, while the sentence is shown, whether something that is pressed has come below it."""

_FAR = 0.6
"""So far down, as a share of the window's height, it stays in order to cover no words."""
_WIDTHS = (640, 480, 360, 260)
"""How wide it may be, in pixels at the ordinary text size: where there is little room it takes more lines."""


class Toast(QFrame):
    """The status message. It may offer to undo; ``undo_wanted`` says that the last step shall be undone."""

    undo_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        self._theme = theme
        self._text = Text("", "text", self, wrap=True)
        self._undo = Button(_("Undo"), self, name=_("Undo the last step"))
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
        self._look = QTimer(self)
        self._look.setInterval(LOOK_MILLISECONDS)
        self._look.timeout.connect(self._make_way)
        self.hide()

    @property
    def message(self) -> str:
        """The sentence shown last."""
        return self._text.text()

    def show_sentence(self, sentence: str, can_undo: bool) -> None:
        """Show the sentence, also to assistive technology, for some seconds."""
        self._text.setText(sentence)
        self._undo.setVisible(can_undo)
        self.setAccessibleName(sentence)
        self.place()
        self.show()
        self.raise_()
        self._timer.start()
        QTimer.singleShot(0, self, self._make_way)  # what is shown next gets the keyboard after this
        announce(self, sentence)

    def _take_back(self) -> None:
        self.hide()
        self.undo_wanted.emit()

    def place(self) -> None:
        """Stand at the foot of the parent, over no button, no refusal, and not over what has the keyboard.

        Nor does it cover a line to be typed into if that can be had, nor words that are read if it need not
        go far up for that.
        """
        parent = self.parentWidget()
        if parent is None:
            return
        margin, px = self._theme.px(20), self._theme.px
        room = parent.rect().adjusted(margin, margin, -margin, -margin)
        wanted = self._text.fontMetrics().horizontalAdvance(self._text.text()) + px(50)
        if not self._undo.isHidden():
            wanted += self._undo.sizeHint().width() + px(12)
        widths = list(dict.fromkeys(min(wanted, room.width(), px(width)) for width in _WIDTHS))
        kept = self._kept_free(parent)
        fields = fields_in(parent)
        foot = room.adjusted(0, round(_FAR * room.height()), 0, 0)
        for place, background in ((foot, [*fields, *words_in(parent, self)]), (room, fields), (room, [])):
            found = free_place(place, widths, self._height_in, [*kept, *background], px(4))
            if found is not None:
                self.setGeometry(found)
                return
        height = self._height_in(widths[0])
        left = (parent.width() - widths[0]) // 2
        self.setGeometry(QRect(left, room.bottom() - height + 1, widths[0], height))

    def _height_in(self, width: int) -> int:
        layout = self.layout()
        height = layout.heightForWidth(width) if layout is not None else 0
        return height if height > 0 else self.sizeHint().height()

    def _kept_free(self, parent: QWidget) -> list[QRect]:
        pressed, read = buttons_in(parent, self), [*refusals_in(parent), *bars_in(parent)]
        return [*pressed, *read, *keyboard_in(parent, self)]

    def _make_way(self) -> None:
        """Go elsewhere if something that is pressed or typed into has come below it."""
        parent = self.parentWidget()
        if parent is None or self.isHidden():
            return
        if any(each.intersects(self.geometry()) for each in self._kept_free(parent)):
            self.place()

    def showEvent(self, event: QShowEvent) -> None:
        """Look what comes below it, as long as it is shown."""
        super().showEvent(event)
        self._look.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Look no longer."""
        super().hideEvent(event)
        self._look.stop()

    def _leave(self) -> None:
        if self.underMouse() or self._undo.hasFocus():
            self._timer.start()
        else:
            self.hide()
