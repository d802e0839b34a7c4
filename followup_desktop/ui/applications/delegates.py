"""How the cells of the table and the rows of an application's own lists are painted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyleOptionViewItem,
    QTableView,
)

from followup_desktop.i18n import on_one_line
from followup_desktop.services.rows import (
    ApplicationRow,
    FollowUpRow,
    InterviewRow,
    Tone,
)
from followup_desktop.services.rows.columns import LAST_CONTACT, NEXT, Column
from followup_desktop.ui.applications.model import ApplicationTableModel
from followup_desktop.ui.kit.brush import Brush
from followup_desktop.ui.kit.delegates import SELECTED, Index, RowDelegate
from followup_desktop.ui.kit.mirror import draw_icon, mirrored
from followup_desktop.ui.kit.models import rows
from followup_desktop.ui.kit.style import stage_tone
from followup_desktop.ui.kit.theme import INSET, Theme, Type
from followup_desktop.ui.kit.widgets.columns_table import RowsDelegate

LINE_HEIGHT = 28
"""Of an interview's row, in pixels at the ordinary text size."""

_FOCUSED = QStyle.StateFlag.State_HasFocus.value

_PAD = 8
"""Between a cell's edge and its text, in pixels at the ordinary text size."""


class ApplicationDelegate(RowsDelegate):
    """The cells of the table: the employer bold, stage and next follow-up as chips."""

    def __init__(self, theme: Theme, model: ApplicationTableModel, parent: QTableView) -> None:
        super().__init__(parent)
        self._model = model
        """Asked itself: by way of an index each cell would ask Qt three times, which asks it."""
        self._brush = Brush(theme)
        self._theme = theme
        self._table = parent
        self.kept_free: tuple[int, int] = (-1, 0)
        """A column, and how many pixels at its end stay empty below what lies on its heading."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        text = index.data(Qt.ItemDataRole.DisplayRole) or ""
        return QSize(self.width(text, self._model.column_at(index.column())), self._theme.px(36))

    def width(self, text: str, column: Column) -> int:
        """How wide a cell of that column is in which all of the text can be read, in pixels."""
        return self.widths((text,), column)[text]

    def widths(self, texts: Iterable[str], column: Column) -> dict[str, int]:
        """The ``width`` for each of these texts."""
        beside = 2 * self._theme.px(_PAD) + 1
        if column.name in ("stage", NEXT):
            metrics, beside = self._theme.metrics(Type.SMALL), beside + self._brush.chip_width("")
            return {text: metrics.horizontalAdvance(text) + beside for text in texts}
        weight = QFont.Weight.DemiBold if column.name == "employer" else QFont.Weight.Normal
        metrics = self._theme.metrics(Type.TEXT, weight)
        return {text: metrics.horizontalAdvance(on_one_line(text)) + beside for text in texts}

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        state = option.state.value
        self.paint_cell(
            painter,
            option.rect,
            (index.row(), index.column()),
            is_selected=bool(state & SELECTED),
            has_keyboard=bool(state & _FOCUSED),
        )

    def paint_cell(
        self, painter: QPainter, area: QRect, place: tuple[int, int], *, is_selected: bool, has_keyboard: bool
    ) -> None:
        number = place[1]
        painter.save()
        mirrored(painter, area)
        painter.setClipRect(area)
        self._brush.cell(painter, area, self._table, number, is_selected=is_selected)
        if has_keyboard:
            painter.setPen(QPen(self._theme.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(area.adjusted(1, 1, -2, -3))
        row = self._model.row(place[0])
        if row is not None:
            pad = self._theme.px(_PAD)
            narrowed, free = self.kept_free
            area = area.adjusted(pad, 0, -pad - (free if number == narrowed else 0), 0)
            self._cell(painter, area, self._model.column_at(number), row, is_selected=is_selected)
        painter.restore()

    def paint_row(
        self, painter: QPainter, row: int, across: tuple[int, int], columns: Sequence[tuple[int, int, int]]
    ) -> None:
        top, height = across
        left, width = columns[0][1], sum(width for _number, _left, width in columns)
        painter.fillRect(left, top + height - 1, width, 1, self._theme.colour("line"))
        shown = self._model.row(row)
        if shown is None:
            return
        pad, (narrowed, free) = self._theme.px(_PAD), self.kept_free
        for number, left, width in columns:
            room = width - 2 * pad - (free if number == narrowed else 0)
            area = QRect(left + pad, top, room, height)
            self._cell(painter, area, self._model.column_at(number), shown, is_selected=False)

    def _cell(
        self, painter: QPainter, area: QRect, column: Column, row: ApplicationRow, *, is_selected: bool
    ) -> None:
        text = self._model.texts[column](row)
        if column.name == "employer":
            is_quiet = row.archived or self._model.held == row.id
            role = "secondary" if is_quiet else "text"
            self._brush.text(painter, area, text, role=role, weight=QFont.Weight.DemiBold)
        elif column.name == "stage":
            ink, ground = self._brush.stage(stage_tone(row.stage))
            # The ground of a selected row is that of a chip.
            ground = self._theme.colours.surface if is_selected else ground
            self._brush.chip(painter, area, text, ink, ground)
        elif column.name == NEXT and text and row.next_tone is not Tone.NEUTRAL:
            ink, ground = self._brush.tone(row.next_tone)
            is_lost = is_selected and row.next_tone is Tone.WELL
            text = self._brush.shortened_in_chip(text, area.width())
            self._brush.chip(painter, area, text, ink, self._theme.colours.surface if is_lost else ground)
        else:
            text = self._brush.shortened(text, area.width()) if column.name == NEXT else text
            alignment = self._model.alignment(column)
            quiet = column.name in ("tags", LAST_CONTACT)
            self._brush.text(painter, area, text, role="secondary" if quiet else "text", alignment=alignment)


class InterviewDelegate(RowDelegate):
    """An interview, on one line if that has room for it: past ones quiet, cancelled ones struck through.

    Beside it there is room for Edit, and below it for Join while its meeting can be joined.
    """

    edit_width = 0
    """Of the button at the end of each row, in pixels."""

    def height(self, index: Index) -> int:
        row: InterviewRow | None = index.data(rows.ROW_ROLE)
        below = self.theme.px(LINE_HEIGHT) if row is not None and row.join is not None else 0
        return below + self._words_height(row.text if row is not None else "")

    def _words_height(self, text: str) -> int:
        room = self._view.width() - 2 * INSET - self.edit_width
        more = self.brush.lines_height(text, room) - self.theme.metrics().height()
        return self.theme.px(LINE_HEIGHT) + max(0, more)

    def draw(self, painter: QPainter, area: QRect, index: Index) -> None:
        row: InterviewRow = index.data(rows.ROW_ROLE)
        area = area.adjusted(0, 0, -self.edit_width, 0)
        area.setHeight(self._words_height(row.text))
        role = "secondary" if row.is_over or row.cancelled else "text"
        self.brush.lines(painter, area, row.text, role=role, struck=row.cancelled)


class FollowUpDelegate(RowDelegate):
    """A planned follow-up on one line, if that has room for it: its icon, what to do, and when.

    Below the line of a row there may be room for what can be done about it.
    """

    def __init__(self, theme: Theme, parent: QAbstractItemView) -> None:
        super().__init__(theme, parent)
        self._rooms: dict[str, int] = {}

    def leave_room(self, rooms: dict[str, int]) -> bool:
        """Leave so many pixels in each of these rows; whether that is other room than before."""
        before, self._rooms = self._rooms, rooms
        return before != rooms

    def room_in(self, key: str) -> int:
        """How many pixels are left in the row of that id."""
        return self._rooms.get(key, 0)

    def height(self, index: Index) -> int:
        return self._words_height(index) + self.room_in(index.data(rows.ID_ROLE))

    def _words_height(self, index: Index) -> int:
        """The height without that room: the chip stands below the words where both have no room in a line."""
        row: FollowUpRow = index.data(rows.ROW_ROLE).row
        beside = self._chip_is_beside(row)
        return self._title_height(index) + (0 if beside or not row.chip else self.theme.px(24))

    def _title_height(self, index: Index) -> int:
        row: FollowUpRow = index.data(rows.ROW_ROLE).row
        if self.theme.metrics().horizontalAdvance(row.title) <= self._room:
            return super().height(index)
        more = self.brush.lines_height(row.title, self._room) - self.theme.metrics().height()
        return super().height(index) + max(0, more)

    def _chip_is_beside(self, row: FollowUpRow) -> bool:
        words = self.theme.metrics().horizontalAdvance(row.title)
        return words + self.brush.chip_width(row.chip) + self.theme.px(8) <= self._room

    @property
    def _room(self) -> int:
        """The width for the words, without the ground's margins, the icon and the gap behind it."""
        return self._view.width() - 2 * INSET - self.theme.px(16) - self.theme.px(8)

    def draw(self, painter: QPainter, area: QRect, index: Index) -> None:
        row: FollowUpRow = index.data(rows.ROW_ROLE).row
        line, title_height = super().height(index), self._title_height(index)
        area.setHeight(line)
        side = self.theme.px(16)
        icon = self.theme.icon(_CHANNEL_ICONS.get(row.channel.value, "clock"), "secondary")
        draw_icon(painter, icon, area.left(), area.center().y() - side // 2, side)
        area = area.adjusted(side + self.theme.px(8), 0, 0, 0)
        used = 0
        if title_height > line:
            self.brush.lines(painter, QRect(area.topLeft(), QSize(area.width(), title_height)), row.title)
        else:
            used = self.brush.text(painter, area, row.title)
        if row.chip:
            chip = area.adjusted(used + self.theme.px(8), 0, 0, 0)
            if not self._chip_is_beside(row):
                chip = area.translated(0, title_height - line + self.theme.px(24))
            self.brush.chip(painter, chip, row.chip, *self.brush.tone(row.tone))


_CHANNEL_ICONS = {"phone": "phone", "email": "mail"}
