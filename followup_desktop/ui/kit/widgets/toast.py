"""A sentence at the foot of the window that says what happened and goes by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QCursor, QGuiApplication, QHideEvent, QMouseEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QFrame, QHBoxLayout, QScrollArea, QWidget

from followup_desktop.i18n import _
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.widgets.announcer import announce
from followup_desktop.ui.kit.widgets.buttons import Button
from followup_desktop.ui.kit.widgets.card import Text
from followup_desktop.ui.kit.widgets.free_place import (
    OccupiedAreas,
    free_place,
    keyboard_in,
    occupied_areas,
    pressed_in,
)

SHOWN_MILLISECONDS = 8000
LOOK_MILLISECONDS = 150
"""So often it is looked, while the sentence is shown, whether something has come below it."""

_NEAR = 100
"""So far from the window's foot, in pixels at the ordinary text size, its place is looked for at first."""
_FAR = 0.6
"""So far down, as a share of the window's height, it is looked for where nothing makes room for it."""
_MARGINS = (20, 4)
"""How far from the edges of the window it stands, in pixels at the ordinary text size: nearer if need be."""
_WIDTHS = (640, 480, 360, 260)
"""How wide it may be, in pixels at the ordinary text size: where there is little room it takes more lines."""

_NARROW = (200, 140, 100, 56)
"""So narrow a field above gets for it that isn't used, in the same pixels: the first that is enough."""

_ROUNDS = 2
"""So often layouts follow from layouts: a page of another height has another width beside its scroll bar."""


class ShrinkableField(Protocol):
    """A field that can do with less room while it isn't used."""

    def is_idle(self) -> bool:
        """Whether it is empty, and the keyboard elsewhere."""

    def narrow(self, most: int | None) -> None:
        """Be at most so wide, at once, or as wide as it is otherwise."""


class Toast(QFrame):
    """The status message. It may offer to undo; ``undo_wanted`` says that the last step shall be undone.

    It stands at the foot of ``over``, which is all of the parent if it is left out, where it covers nothing
    that is read or needed. Where ``over`` is full, the ``strip`` gets room for it, which whoever has a layout
    puts below; or if that would move what is pressed, it stands above, where the field ``beside`` it gets
    narrower meanwhile if need be.
    """

    undo_wanted = Signal()

    def __init__(
        self,
        theme: Theme,
        parent: QWidget,
        over: QWidget | None = None,
        beside: ShrinkableField | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        self._theme = theme
        self._over, self._beside = over or parent, beside
        self._is_beside_narrow = False
        self.strip = QWidget()
        self.strip.hide()
        self._text = Text("", "text", self, wrap=True)
        self._undo = Button(_("Undo"), self, name=_("Undo the last step"))
        self._undo.clicked.connect(self._take_back)
        row = QHBoxLayout(self)
        theme.set_margins(row, 16, 8, 10, 8)
        theme.set_spacing(row, 12)
        row.addWidget(self._text, 1)
        row.addWidget(self._undo)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MILLISECONDS)
        self._timer.timeout.connect(self._leave_unless_used)
        self._look = QTimer(self)
        self._look.setInterval(LOOK_MILLISECONDS)
        self._look.timeout.connect(self._make_way)
        self._before: dict[QAbstractButton, QRect] = {}
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
        self._theme.put_on(self)  # its place depends on how large it is in that
        self.place()
        self.show()
        self._timer.start()
        QTimer.singleShot(0, self, self._settle)  # what is shown next gets the keyboard after this
        announce(self, sentence)

    def _take_back(self) -> None:
        self.leave()
        self.undo_wanted.emit()

    def place(self) -> None:
        """Stand at the foot, over nothing that is read, pressed or typed into.

        Without a strip in a layout, words are covered at last, then fields, but never what is needed.
        """
        if not self.strip.isHidden():
            self._before = pressed_in(self._window, self)
            self._stand_in_strip()
            return
        self._stand()

    def _stand(self) -> None:
        self._narrow(None)
        height = self._window.height()
        near, far = height - self._theme.px(_NEAR), round(_FAR * height)
        if self._go_to_foot(near) or (self._has_strip and self._moves_nothing(self._stand_in_strip)):
            return
        if self._has_strip:
            self._close_strip()
        if self._go_to_foot(far):
            return
        if self._has_strip:
            if not self._go_above():
                self._take_room()
            return
        room, seen = self._room(_MARGINS[0]), occupied_areas(self._window, self)
        if not any(self._go_to(room, taken) for taken in ([*seen.needed, *seen.read], seen.needed)):
            self._stand_at_foot_of(room)

    @property
    def _window(self) -> QWidget:
        return self.parentWidget() or self

    @property
    def _has_strip(self) -> bool:
        return self.strip.parentWidget() is not None

    def _go_to_foot(self, top: int) -> bool:
        """Stand in what is free below that height, beside the cards of the view if there is room."""
        rooms = [self._room(margin) for margin in _MARGINS]
        for room in rooms:
            room.setTop(max(room.top(), top))
        seen = self._seen_around(rooms[-1])
        taken = [*seen.needed, *seen.read]
        return any(self._go_to(room, each) for each in ([*taken, *seen.cards], taken) for room in rooms)

    def _go_above(self) -> bool:
        """Stand in what is free above what it otherwise lies over."""
        room = self._room(0)
        room.setBottom(self._over.mapTo(self._window, QPoint()).y() - 1)
        for most in (None, *(self._theme.px(width) for width in _NARROW)):
            if not self._narrow(most):
                break
            seen = self._seen_around(room)
            if self._go_to(room, [*seen.needed, *seen.read]):
                return True
        self._narrow(None)
        return False

    def _narrow(self, most: int | None) -> bool:
        """Have the field beside it at most so wide, or as ever; whether that can be."""
        if most is None and not self._is_beside_narrow:
            return True
        if self._beside is None or (most is not None and not self._beside.is_idle()):
            return False
        self._beside.narrow(most)
        self._is_beside_narrow = most is not None
        return True

    def _seen_around(self, room: QRect) -> OccupiedAreas:
        """What stands where it may be, or so near that it keeps away: the window has far more."""
        gap = self._theme.px(_MARGINS[-1])
        return occupied_areas(self._window, self, room.adjusted(-gap, -gap, gap, gap))

    def _go_to(self, room: QRect, taken: list[QRect]) -> bool:
        """Stand in the room, if there is a place that leaves these free."""
        gap = self._theme.px(1 if room.top() == 0 else _MARGINS[-1])
        found = free_place(room, self._widths(room.width()), self._height_in, taken, gap)
        if found is not None:
            self.setGeometry(found)
        return found is not None

    def _moves_nothing(self, change: Callable[[], None]) -> bool:
        """Make the change, and say whether what has the keyboard and what is pressed stay where they are."""
        self._before, typed = pressed_in(self._window, self), keyboard_in(self._window, self)
        change()
        return self._buttons_stay() and typed == keyboard_in(self._window, self)

    def _buttons_stay(self) -> bool:
        """Whether the buttons that are still seen whole are where they were."""
        after = pressed_in(self._window, self)
        return all(after[button] == place for button, place in self._before.items() if button in after)

    def _take_room(self) -> None:
        """Stand in the strip, whatever moves for it; what has the keyboard stays in sight."""
        typed = keyboard_in(self._window, self)
        self._stand_in_strip()
        if typed and keyboard_in(self._window, self) != typed:
            _bring_in_sight(self._window.focusWidget())

    def _stand_in_strip(self) -> None:
        """Have the strip as high as the sentence needs."""
        margin = self._theme.px(_MARGINS[-1])
        width = self._widths(self._over.width() - 2 * margin)[0]
        self.strip.setFixedHeight(self._height_in(width) + 2 * margin)
        self.strip.show()
        self._lay_out()
        place = QRect(self.strip.mapTo(self._window, QPoint()), self.strip.size())
        self._stand_at_foot_of(place.adjusted(margin, margin, -margin, -margin))

    def _lay_out(self) -> None:
        """Have what stands around the strip where it belongs, now."""
        around = self.strip.parentWidget()
        while around is not None and around is not self._window:
            if (layout := around.layout()) is not None:
                layout.activate()
            around = around.parentWidget()
        for _round in range(_ROUNDS):
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)

    def _stand_at_foot_of(self, room: QRect) -> None:
        width = self._widths(room.width())[0]
        height = self._height_in(width)
        left = room.left() + (room.width() - width) // 2
        self.setGeometry(QRect(left, room.bottom() - height + 1, width, height))

    def _room(self, margin: int) -> QRect:
        """All that it may stand in, so far from the edges."""
        by = self._theme.px(margin)
        over = QRect(self._over.mapTo(self._window, QPoint()), self._over.size())
        room = QRect(over.left(), 0, over.width(), self._window.height())
        return room.adjusted(by, by, -by, -by)

    def _widths(self, most: int) -> list[int]:
        """How wide it may be where there is so much room: the wider, the fewer lines."""
        px = self._theme.px
        wanted = self._text.fontMetrics().horizontalAdvance(self._text.text()) + px(50)
        if not self._undo.isHidden():
            wanted += self._undo.sizeHint().width() + px(12)
        return list(dict.fromkeys(min(wanted, most, px(width)) for width in _WIDTHS))

    def _height_in(self, width: int) -> int:
        layout = self.layout()
        height = layout.heightForWidth(width) if layout is not None else 0
        return height if height > 0 else self.sizeHint().height()

    def _settle(self) -> None:
        """Look for another place if something came below it, or moved for it, once all found its place."""
        if self.isHidden():
            return
        if self.strip.isHidden():
            if self._covers(is_read_too=True):
                self._stand()
        elif not self._buttons_stay():
            self._close_strip()
            if not self._go_above():
                self._take_room()

    def _make_way(self) -> None:
        """Leave what has come below it, for good: what is scrolled doesn't drive it about."""
        if self.isHidden():
            self._close_strip_unless_pointed_at()
            return
        if self._is_beside_narrow and self._beside is not None and not self._beside.is_idle():
            self._narrow(None)
        if not self.strip.isHidden():
            self._stand_in_strip()  # which may have moved
        elif self._covers(is_read_too=self._has_strip):
            if self._has_strip:
                self._narrow(None)
                self._take_room()
            else:
                self._stand()

    def _covers(self, *, is_read_too: bool) -> bool:
        """Whether it lies over something; no more is looked at, for this is asked as long as it is shown."""
        seen = occupied_areas(self._window, self, self.geometry())
        covered = [*seen.needed, *(seen.read if is_read_too else ())]
        return any(each.intersects(self.geometry()) for each in covered)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on it takes it away."""
        event.accept()
        self.leave()

    def showEvent(self, event: QShowEvent) -> None:
        """Look what comes below it, as long as it is shown."""
        super().showEvent(event)
        self._look.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Look no longer, and take no one's room."""
        super().hideEvent(event)
        self._narrow(None)
        self._look.stop()

    def leave(self) -> None:
        """Go, and give the room back; if that would move what the pointer is at, once it is elsewhere."""
        self.hide()
        self._close_strip_unless_pointed_at()

    def _close_strip_unless_pointed_at(self) -> None:
        self._look.stop()
        if self.strip.isHidden() or self._moves_nothing(self._close_strip) or not self._is_pointed_at():
            return
        self.strip.show()
        self._lay_out()
        self._look.start()

    def _is_pointed_at(self) -> bool:
        """Whether a button that has moved was below the pointer, or is now."""
        pointer = self._window.mapFromGlobal(QCursor.pos())
        after = pressed_in(self._window, self)
        moved = [
            place
            for button, before in self._before.items()
            if after.get(button) != before
            for place in (before, after.get(button, before))
        ]
        is_held = QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
        return is_held or any(place.contains(pointer) for place in moved)

    def give_back_room(self) -> None:
        """Another view is shown, or in another size: there is nothing to be kept in its place."""
        if self.isHidden():
            self._close_strip()

    def _close_strip(self) -> None:
        self.strip.hide()
        self._lay_out()

    def _leave_unless_used(self) -> None:
        if self.underMouse() or self._undo.hasFocus():
            self._timer.start()
        else:
            self.leave()


def _bring_in_sight(widget: QWidget | None) -> None:
    """Scroll to what has the keyboard, after it has got less room."""
    if isinstance(widget, QAbstractItemView):
        widget.scrollTo(widget.currentIndex())
    around = widget
    while around is not None and widget is not None:
        around = around.parentWidget()
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(widget, 0, 0)
