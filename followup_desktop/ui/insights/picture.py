"""A picture on the screen: values under the pointer, and row by row with the arrow keys."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from followup_desktop.services.rows.figures import Chart, Figures
from followup_desktop.services.wording.insights import ChartWords
from followup_desktop.ui.insights.charts import draw
from followup_desktop.ui.insights.drawing import Drawing, Look, paint
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.widgets.announcer import describe
from followup_desktop.ui.kit.widgets.free_place import IS_READ
from followup_desktop.ui.kit.widgets.plain import hide_tool_tip, show_tool_tip, tool_tip
from followup_desktop.ui.kit.widgets.roles import DrawnChart

_STEPS = {
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
}


class Picture(DrawnChart):
    """One chart, as high as it needs to be at its width."""

    def __init__(self, theme: Theme, chart: Chart, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.chart = chart
        self.current = -1
        self._figures = Figures()
        self._words: ChartWords | None = None
        self._drawing: Drawing | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setProperty(IS_READ, True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.resized.connect(self.draw_anew)
        theme.changed.connect(self._take_colours)

    def show_figures(self, figures: Figures, words: ChartWords) -> None:
        """Show these."""
        self._figures = figures
        self._words = words
        self.current = -1
        self.setAccessibleName(words.title)
        self.setAccessibleDescription(words.remark)
        self.draw_anew()

    def look(self) -> Look:
        """What it is painted with."""
        return Look.of(self._theme, is_mirrored=self.layoutDirection() is Qt.LayoutDirection.RightToLeft)

    def draw_anew(self) -> None:
        """Draw it in the theme's present colours, at the present width."""
        self._drawing = None
        self.setFixedHeight(round(self.drawing.size[1]) + 4)
        self.update()

    def _take_colours(self) -> None:
        """Draw it in other colours when it is painted: unseen, eight charts were an eighth of a new look."""
        self._drawing = None
        self.update()

    @property
    def drawing(self) -> Drawing:
        """What is to be seen."""
        if self._drawing is None:
            self._drawing = draw(self.chart, self._figures, max(self.width() - 6, 1), self.look())
        return self._drawing

    def sizeHint(self) -> QSize:
        """The size of the drawing in an ordinary width."""
        return QSize(self._theme.px(240), round(self.drawing.size[1]) + 4)

    def minimumSizeHint(self) -> QSize:
        """The height of the drawing; the width may be smaller than is usual."""
        return QSize(self._theme.px(160), round(self.drawing.size[1]) + 4)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width is another height."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.draw_anew()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it, with a ring round the row that has the keyboard."""
        painter = QPainter(self)
        current = self.current if self.hasFocus() else -1
        paint(painter, QRectF(self.rect()).adjusted(3, 2, -3, -2), self.drawing, self.look(), current)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrow keys go from row to row."""
        last = len(self._shown_rows()) - 1
        key = Qt.Key(event.key())
        if last < 0:
            super().keyPressEvent(event)
        elif key in _STEPS:
            mirrored = key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and self.look().is_mirrored
            step = -_STEPS[key] if mirrored else _STEPS[key]
            self.go_to(min(max(self.current + step, 0), last))
        elif key == Qt.Key.Key_Home:
            self.go_to(0)
        elif key == Qt.Key.Key_End:
            self.go_to(last)
        else:
            super().keyPressEvent(event)

    def go_to(self, row: int) -> None:
        """Make a row the current one, and say what it is."""
        if row == self.current or self._words is None:
            return
        self.current = row
        said = self._words.spoken(row)
        describe(self, said)
        area = self._place_of(row)
        below = QPoint(round(area.left()), round(area.bottom()) + 4)
        show_tool_tip(tool_tip(said), self.mapToGlobal(below), self)
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A ring shows where the keyboard is."""
        if self.current < 0 and self._shown_rows():
            self.current = 0
            if self._words is not None:
                self.setAccessibleDescription(self._words.spoken(0))
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Without the keyboard there is none."""
        super().focusOutEvent(event)
        hide_tool_tip()
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say the values under the pointer."""
        row = self.row_at(event.position())
        if row < 0 or self._words is None:
            hide_tool_tip()
        else:
            show_tool_tip(tool_tip(self._words.spoken(row)), event.globalPosition().toPoint(), self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click makes a row the current one."""
        super().mousePressEvent(event)
        row = self.row_at(event.position())
        if row >= 0:
            self.go_to(row)

    def row_at(self, point: QPointF) -> int:
        """The row of the table that is seen there, or -1."""
        row = self.drawing.mark_at(point - QPointF(3, 2), is_mirrored=self.look().is_mirrored)
        return row if row < len(self._shown_rows()) else -1

    def _shown_rows(self) -> range:
        rows = len(self._words.rows) if self._words is not None else 0
        return range(min(rows, len(self.drawing.marks)))

    def _place_of(self, row: int) -> QRectF:
        area = self.drawing.marks[row]
        if self.look().is_mirrored:
            area = QRectF(self.drawing.size[0] - area.right(), area.top(), area.width(), area.height())
        return area
