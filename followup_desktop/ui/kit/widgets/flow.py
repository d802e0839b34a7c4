"""A layout that puts its items in lines, as text is set."""

from __future__ import annotations

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
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
        self._tail: QWidget | None = None
        self._at_end = at_end
        self._at_top = at_top
        self.setSpacing(gap)
        self.setContentsMargins(QMargins(0, 0, 0, 0))

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802
        """Take one more item, behind the others. A button that is wider than the line is shortened."""
        self._items.append(item)
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
        return self._items.pop(index) if 0 <= index < len(self._items) else None

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
        super().invalidate()

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802
        """Place the items."""
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

    def _tail_of(self, shown: list[QLayoutItem]) -> list[QLayoutItem]:
        """What is to stand in one line of what is shown."""
        place = self.indexOf(self._tail) if self._tail is not None else -1
        return [item for item in shown if item in self._items[place:]] if place >= 0 else []

    def _place(self, rect: QRect, move: bool) -> int:
        area = rect.marginsRemoved(self.contentsMargins())
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

        shown = [item for item in self._items if not item.isEmpty()]
        tail = self._tail_of(shown)
        whole = sum(item.sizeHint().width() + self.spacing() for item in tail) - self.spacing()
        for item in shown:
            hint = item.sizeHint()
            if hint.width() > area.width():
                hint.setWidth(min(hint.width(), max(area.width(), item.minimumSize().width())))
            if item.hasHeightForWidth():
                hint.setHeight(item.heightForWidth(hint.width()))
            needed = whole if tail and item is tail[0] and whole <= area.width() else hint.width()
            if height and x + needed > area.x() + area.width():
                end_line()
                x, y, height, line = area.x(), y + height + self.spacing(), 0, []
            line.append((item, QRect(QPoint(x, y), hint)))
            x += hint.width() + self.spacing()
            height = max(height, hint.height())
        end_line()
        return y + height - rect.y() + self.contentsMargins().bottom()
