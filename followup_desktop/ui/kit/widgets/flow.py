"""A layout that puts its items in lines, as text is set."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QMargins, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QPushButton, QStyle, QWidget

_NO_DIRECTION = Qt.Orientation(0)
_FROM_RIGHT = Qt.LayoutDirection.RightToLeft


class _SizedItem(NamedTuple):
    """An item that is shown, and the size it wants."""

    item: QLayoutItem
    width: int
    height: int
    wraps: bool
    """Whether its height goes by its width."""


class _FlowLines(NamedTuple):
    """Where each item stands, from the start of the first line, and the height of all."""

    places: list[tuple[QLayoutItem, QRect]]
    height: int


class FlowLayout(QLayout):
    """Items in the direction of the layout, in as many lines as they need, each in the middle of its line.

    From ``keep_together`` on they stand in one line, if one has room for them. ``at_end`` lets each line end
    where the layout does, ``at_top`` each item stand at the top of its line: none moves when another grows.
    """

    def __init__(
        self, parent: QWidget | None = None, gap: int = 8, *, at_end: bool = False, at_top: bool = False
    ) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._wanted: list[_SizedItem] | None = None
        self._least: QSize | None = None
        self._reckoned_from: object = None
        self._lines: dict[int, _FlowLines] = {}
        """By the widths that were asked for; Qt asks for a dozen before it places anything.

        It also has all reckoned anew when anything around has changed. Items that want what they wanted stand
        where they stood: both together were a sixth of what the next row's detail took.
        """
        self._tail: QWidget | None = None
        self._at_end = at_end
        self._at_top = at_top
        self.setSpacing(gap)
        self.setContentsMargins(QMargins(0, 0, 0, 0))

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802
        """Take one more item, behind the others. A button that is wider than the line is shortened."""
        self._items.append(item)
        self.invalidate()
        part = item.widget()
        if isinstance(part, QPushButton) and not part.minimumWidth():
            part.setMinimumWidth(1)

    def keep_together(self, first: QWidget) -> None:
        """Let this item and all behind it be in one line: none of them stands alone."""
        self._tail = first
        self.invalidate()

    def move_last(self, place: int) -> None:
        """Let the last item stand at that place."""
        self._items.insert(place, self._items.pop())
        self.invalidate()

    def count(self) -> int:
        """How many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        """The item, or ``None``, as Qt asks past the end."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        """Give the item back, or ``None``."""
        if not 0 <= index < len(self._items):
            return None
        self.invalidate()
        return self._items.pop(index)

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802
        """No direction: no more room is wanted than is needed."""
        return _NO_DIRECTION

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all the lines."""
        return self._set_in(width).height

    def invalidate(self) -> None:
        """Ask the items anew what they want."""
        self._wanted = self._least = None
        super().invalidate()

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802
        """Place the items, unless they are there."""
        if rect == self.geometry():  # Qt empties that where anything has changed
            return
        super().setGeometry(rect)
        area = rect.marginsRemoved(self.contentsMargins())
        holder = self.parentWidget()
        corner, from_right = area.topLeft(), holder is not None and holder.isRightToLeft()
        for item, place in self._set_in(rect.width()).places:
            there = place.translated(corner)
            item.setGeometry(QStyle.visualRect(_FROM_RIGHT, area, there) if from_right else there)

    def sizeHint(self) -> QSize:
        """All the items in one line."""
        wanted = self._shown()
        width = sum(each.width for each in wanted) + self.spacing() * max(0, len(wanted) - 1)
        return QSize(width, max((each.height for each in wanted), default=0)).grownBy(self.contentsMargins())

    def minimumSize(self) -> QSize:  # noqa: N802
        """The widest item."""
        if self._least is None:
            least = QSize(0, 0)
            for each in self._shown():
                least = least.expandedTo(each.item.minimumSize())
            self._least = least.grownBy(self.contentsMargins())
        return self._least

    def _shown(self) -> list[_SizedItem]:
        if self._wanted is None:
            wanted = []
            for item in self._items:
                if not item.isEmpty():
                    width, height = item.sizeHint().toTuple()
                    wanted.append(_SizedItem(item, width, height, item.hasHeightForWidth()))
            self._wanted = wanted
            reckoned_from = (wanted, self.spacing(), self.contentsMargins(), self._tail)
            if reckoned_from != self._reckoned_from or any(each.wraps for each in wanted):
                self._reckoned_from = reckoned_from
                self._lines.clear()
        return self._wanted

    def _tail_width(self) -> tuple[QLayoutItem | None, int]:
        """The first shown of what is to stand in one line, and the width of that."""
        place = self.indexOf(self._tail) if self._tail is not None else -1
        tail = [each for each in self._shown() if place >= 0 and each.item in self._items[place:]]
        width = sum(each.width + self.spacing() for each in tail) - self.spacing()
        return (tail[0].item if tail else None), width

    def _set_in(self, width: int) -> _FlowLines:
        """Set all in lines of that width."""
        wanted = self._shown()
        if (found := self._lines.get(width)) is not None:
            return found
        margins, gap = self.contentsMargins(), self.spacing()
        most = width - margins.left() - margins.right()
        x = y = height = 0
        places: list[tuple[QLayoutItem, QRect]] = []
        line: list[tuple[QLayoutItem, QRect]] = []

        def end_line() -> None:
            left = max(0, most - line[-1][1].right() - 1) if self._at_end and line else 0
            for item, place in line:
                down = 0 if self._at_top else (height - place.height()) // 2
                places.append((item, place.translated(left, down)))

        tail, whole = self._tail_width()
        for item, wide, tall, wraps in wanted:
            if wide > most:
                wide = min(wide, max(most, item.minimumSize().width()))  # noqa: PLW2901
            if wraps:
                tall = item.heightForWidth(wide)  # noqa: PLW2901
            needed = whole if item is tail and whole <= most else wide
            if height and x + needed > most:
                end_line()
                x, y, height, line = 0, y + height + gap, 0, []
            line.append((item, QRect(x, y, wide, tall)))
            x += wide + gap
            height = max(height, tall)
        end_line()
        lines = self._lines[width] = _FlowLines(places, margins.top() + y + height + margins.bottom())
        return lines


def in_lines(*parts: QWidget) -> FlowLayout:
    """These parts in one line, or in as many as they need."""
    flow = FlowLayout()
    for part in parts:
        flow.addWidget(part)
    return flow
