"""The frames of Today's list: each paints its own part of the card it stands in."""

from __future__ import annotations

from enum import Flag, auto

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from followup_desktop.ui.kit.answer_panels import Panel
from followup_desktop.ui.kit.mirror import placed
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.widgets.card import ElidedLabel, WrappedLabel, draw_round_icon, restyle
from followup_desktop.ui.kit.widgets.roles import ItemFrame
from followup_desktop.ui.today.row_buttons import Presses

RADIUS = 8.0
LINES_ROOM = 200
"""So much of a row its two lines keep, in pixels at the ordinary text size, before anything stands beside."""


class Edge(Flag):
    """Which ends of its card a frame stands at; the only frame of a card stands at both."""

    NONE = 0
    FIRST = auto()
    LAST = auto()


class RowFrame(ItemFrame):
    """One item of the list: its part of the card, the ground of the selected row, the focus ring.

    The upper ``head_height`` pixels are the head, which subclasses fill; below it panels may open, which
    ``panel_opened`` tells.
    """

    panel_opened = Signal()
    selected_by_user = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.presses = Presses()
        self._edge = Edge.FIRST | Edge.LAST
        self._selected = False
        self.is_card = False
        """Whether it is the card of the one thing to do, which stands out by its edge."""
        self.icon = ""
        """What is drawn before the two lines; a widget for it would cost every row one more."""
        self._panel: Panel | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(1, self.head_height, 1, 1)
        self._layout.setSpacing(0)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    @property
    def key(self) -> str:
        """What the list knows it by."""
        raise NotImplementedError

    @property
    def lines_height(self) -> int:
        """The height of the two lines."""
        return self.theme.px(59)

    @property
    def head_height(self) -> int:
        """The height of all above a panel."""
        return self.lines_height

    @property
    def is_current(self) -> bool:
        """The selected one."""
        return self._selected

    @property
    def selected(self) -> bool:
        """Whether this is the list's current item."""
        return self._selected

    @property
    def panel(self) -> Panel | None:
        """What is open below the head, if anything."""
        return self._panel

    def set_edge(self, edge: Edge) -> None:
        """Stand at these ends of the card."""
        if edge != self._edge:
            self._edge = edge
            self._round_panel()
            self.update()

    def set_selected(self, selected: bool) -> None:
        """Become the current item, or no longer be it."""
        self._selected = selected
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if selected else Qt.FocusPolicy.ClickFocus)
        self.revealed_changed()
        self.update()

    def revealed_changed(self) -> None:
        """Called when it was selected, or no longer is."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Become the current row."""
        self.presses.is_meant(self, self.key, event)
        self.selected_by_user.emit(self.key)
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open it, if the first click was on it, too, and not on another row that stood here before."""
        event.accept()
        if self.presses.was_on(self, self.key):
            self.open()

    def open(self) -> None:
        """Show what a double click asks for."""
        raise NotImplementedError

    def open_panel(self, panel: Panel | None) -> None:
        """Show this below the head instead of what was there."""
        if self._panel is not None:
            self._layout.removeWidget(self._panel)
            self._panel.go(self)
        self._panel = panel
        if panel is not None:
            self._layout.addWidget(panel)
            self._round_panel()
            panel.show()
            panel.follow(self.last_stop())
        self.updateGeometry()
        self.update()
        if panel is not None:
            self.panel_opened.emit()

    def last_stop(self) -> QWidget:
        """The last of the head's stops of the Tab key, behind which a panel's come."""
        return self

    def put(self, part: QWidget, left: int, top: int, width: int, height: int) -> None:
        """Place a part, from the left or, where the layout runs so, from the right."""
        part.setGeometry(placed(QRect(left, top, width, height), self))

    def put_line(
        self,
        label: ElidedLabel | WrappedLabel,
        left: int,
        top: int,
        width: int,
        *,
        wrapped: bool,
        most: int = 0,
    ) -> int:
        """Put a line in its place with room for letters of another script, which are higher, about it.

        One that is ``wrapped`` takes as many lines as it needs, or so many at ``most``. Gives where it ends.
        """
        if isinstance(label, ElidedLabel):
            label.set_wrapped(wrapped, most)
        line = label.fontMetrics().height()
        if wrapped:
            line = max(line, label.heightForWidth(max(width, 1)))
        tall = line if wrapped else max(line, label.sizeHint().height())
        self.put(label, left, top - (tall - line) // 2, width, tall)
        return top + line

    def _round_panel(self) -> None:
        if self._panel is not None:
            self._panel.setProperty("last", Edge.LAST in self._edge)
            restyle(self._panel)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw this part of the card."""
        painter = QPainter(self)
        if self._edge is Edge.NONE and not self.is_card:
            self._draw_straight(painter)
        else:
            self._draw_round(painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus() and not self.is_card:
            ring = QRectF(2, 2, self.width() - 4, self.head_height - 4)
            painter.setPen(QPen(self.theme.colour("focus"), 2))
            painter.drawRoundedRect(ring, RADIUS - 2, RADIUS - 2)
        if self.icon and not self.is_card:
            side = self.theme.px(32)
            top = (self.lines_height - side) // 2
            place = placed(QRect(self.theme.px(14), top, side, side), self)
            draw_round_icon(painter, self.theme, self.icon, place)
        painter.end()

    def _draw_straight(self, painter: QPainter) -> None:
        """The ground and the edges of a row between two others, which take much longer as a smooth path."""
        area, head = self.rect(), QRect(0, 0, self.width(), self.head_height)
        painter.fillRect(area, self.theme.colour("surface"))
        if self._selected:
            painter.fillRect(head, self.theme.colour("accent_soft"))
        painter.setPen(self.theme.colour("line"))
        for line in (
            (area.topLeft(), area.topRight()),
            (area.topLeft(), area.bottomLeft()),
            (area.topRight(), area.bottomRight()),
        ):
            painter.drawLine(*line)

    def _draw_round(self, painter: QPainter) -> None:
        """The same where a card begins or ends."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, 0.5 if Edge.LAST not in self._edge else -0.5)
        outline = self._outline(area)
        painter.fillPath(outline, self.theme.colour("surface"))
        if self._selected and not self.is_card:
            painter.save()
            painter.setClipRect(QRectF(0, 0, self.width(), self.head_height))
            painter.fillPath(outline, self.theme.colour("accent_soft"))
            painter.restore()
        ringed = self.is_card and self.hasFocus()
        painter.setPen(QPen(self.theme.colour("accent" if self.is_card else "line"), 2 if ringed else 1))
        painter.drawPath(self._outline(area.adjusted(0.5, 0.5, -0.5, -0.5)) if ringed else outline)

    def _outline(self, area: QRectF) -> QPainterPath:
        """The part's edge: round where the card ends, its upper line the line between two rows."""
        path = QPainterPath()
        top = RADIUS if Edge.FIRST in self._edge else 0.0
        bottom = RADIUS if Edge.LAST in self._edge else 0.0
        path.moveTo(area.left(), area.bottom() - bottom)
        path.lineTo(area.left(), area.top() + top)
        path.quadTo(area.topLeft(), area.topLeft() + QPointF(top, 0))
        path.lineTo(area.right() - top, area.top())
        path.quadTo(area.topRight(), area.topRight() + QPointF(0, top))
        path.lineTo(area.right(), area.bottom() - bottom)
        if bottom:
            path.quadTo(area.bottomRight(), area.bottomRight() - QPointF(bottom, 0))
            path.lineTo(area.left() + bottom, area.bottom())
            path.quadTo(area.bottomLeft(), area.bottomLeft() - QPointF(0, bottom))
        return path
