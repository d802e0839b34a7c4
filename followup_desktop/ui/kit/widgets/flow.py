"""A layout that puts its items in lines, as text is set."""

from __future__ import annotations

from PySide6.QtCore import QMargins, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QPushButton, QStyle, QWidget


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
        self._heights: dict[int, int] = {}
        """The height in each width that was asked for; Qt asks a dozen times before it places anything."""
        self._hints: list[tuple[QLayoutItem, QSize]] | None = None
        """What is shown, with the sizes wanted: all the widths are reckoned from them.

        Asking each item again in each width was a tenth of what the next row's detail takes.
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
        """It wants no more room than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all the lines."""
        if width not in self._heights:
            self._heights[width] = self._place(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    def invalidate(self) -> None:
        """Forget what was reckoned with other items."""
        self._heights.clear()
        self._hints = None
        super().invalidate()

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802
        """Place the items, unless they are there."""
        if rect != self.geometry():  # Qt empties that where anything has changed
            super().setGeometry(rect)
            self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        """All the items in one line."""
        width = sum(item.sizeHint().width() for item in self._items)
        width += self.spacing() * max(0, len(self._items) - 1)
        height = max((item.sizeHint().height() for item in self._items), default=0)
        return self._with_margins(QSize(width, height))

    def minimumSize(self) -> QSize:  # noqa: N802
        """The widest item."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return self._with_margins(size)

    def _with_margins(self, size: QSize) -> QSize:
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _shown(self) -> list[tuple[QLayoutItem, QSize]]:
        if self._hints is None:
            self._hints = [(item, item.sizeHint()) for item in self._items if not item.isEmpty()]
        return self._hints

    def _tail_width(self) -> tuple[QLayoutItem | None, int]:
        """The first shown of what is to stand in one line, and the width of that."""
        place = self.indexOf(self._tail) if self._tail is not None else -1
        tail = [each for each in self._shown() if place >= 0 and each[0] in self._items[place:]]
        width = sum(hint.width() + self.spacing() for _item, hint in tail) - self.spacing()
        return (tail[0][0] if tail else None), width

    def _place(self, rect: QRect, move: bool) -> int:
        area = rect.marginsRemoved(self.contentsMargins())
        gap, end, most = self.spacing(), area.x() + area.width(), area.width()
        x, y, height = area.x(), area.y(), 0
        line: list[tuple[QLayoutItem, QRect]] = []
        holder = self.parentWidget()
        direction = holder.layoutDirection() if holder is not None else Qt.LayoutDirection.LeftToRight

        def end_line() -> None:
            left = area.right() - line[-1][1].right() if self._at_end and line else 0
            for item, place in line if move else ():
                down = 0 if self._at_top else (height - place.height()) // 2
                lowered = place.translated(max(0, left), down)
                item.setGeometry(QStyle.visualRect(direction, area, lowered))

        tail, whole = self._tail_width()
        for item, hint in self._shown():
            wide, tall = hint.width(), hint.height()
            if wide > most:
                wide = min(wide, max(most, item.minimumSize().width()))
            if item.hasHeightForWidth():
                tall = item.heightForWidth(wide)
            needed = whole if item is tail and whole <= most else wide
            if height and x + needed > end:
                end_line()
                x, y, height, line = area.x(), y + height + gap, 0, []
            if move:
                line.append((item, QRect(x, y, wide, tall)))
            x += wide + gap
            height = max(height, tall)
        end_line()
        return y + height - rect.y() + self.contentsMargins().bottom()
