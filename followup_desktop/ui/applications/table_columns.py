"""Which columns the table of applications shows, in what order, and how wide each of them is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QByteArray, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QMenu, QWidget

from followup_desktop.i18n import _
from followup_desktop.services.rows.columns import COLUMN_NAMES, COLUMNS, LAST_CONTACT, NEXT, QUIET, Column
from followup_desktop.services.wording.facts import stage_names
from followup_desktop.ui.applications.delegates import ApplicationDelegate
from followup_desktop.ui.applications.model import ApplicationTableModel
from followup_desktop.ui.kit.columns_state import ColumnsState
from followup_desktop.ui.kit.theme import Lettering, Theme, Type
from followup_desktop.ui.kit.widgets.buttons import QuietButton
from followup_desktop.ui.kit.widgets.column_widths import cut_fewest, share_out
from followup_desktop.ui.kit.widgets.columns_table import ColumnsTable
from followup_desktop.ui.kit.widgets.plain import set_tool_tip
from followup_desktop.ui.kit.widgets.roles import PopupMenu

EMPLOYER = "employer"
_BY_NAME = {column.name: column for column in COLUMNS}
EMPLOYER_COLUMN = _BY_NAME[EMPLOYER]
"""The column that is always shown."""
_STAGE = "stage"
_ALWAYS = (EMPLOYER, "role", _STAGE, NEXT)
_WHERE_THERE_IS_ROOM = (
    QUIET,
    "location",
    "applied_on",
    "salary",
    LAST_CONTACT,
    "tags",
    "fit",
    "closes_on",
    "source",
)
"""What is shown besides until the user chooses, as far as it is filled in and all of it can be read."""
_LEAST, _LEAST_NEXT, _MOST = 84, 150, 300
"""The least that a column which may end in an ellipsis is brought to, and the most that any asks for."""
_CUT_LAST = (EMPLOYER, "role", NEXT)
"""What a row is known by, and what it asks for: cut only where cutting the others isn't enough."""
_OWN_OF_EMPLOYER = 25
"""So many hundredths of the table aren't taken from the employers for the sake of other columns."""
_SHARES = {EMPLOYER: 2, "role": 2, NEXT: 3}
"""Who gets what is left over."""
_SAMPLE = 48
"""So many of the first rows are measured, of however many."""
_FEW = 5
"""Of fewer rows the widths say little about those that come next."""
_FORMERLY_FIRST = (EMPLOYER, "role", "stage", NEXT, QUIET)
"""What was shown until the user chose, when no more was shown on a wide screen."""
_BUTTON_WIDTH = 34
"""The width of the button in the corner, in pixels at the ordinary text size."""
_UNNAMED = 10
"""So many columns there were when the state of the header was kept without their names."""


class ColumnHeader(QHeaderView):
    """The headings, and a button at their end; below it the last heading has less room than its column."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self.button = QuietButton("", self, name=_("Choose columns"))
        set_tool_tip(self.button, _("Choose columns"))
        theme.set_icon(self.button, "columns", "secondary")
        self.setAccessibleName(_("Columns"))
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setSectionsMovable(True)
        self.setStretchLastSection(False)
        self.setSortIndicatorShown(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    @property
    def corner(self) -> int:
        """The width of the button, in pixels."""
        return self._theme.px(_BUTTON_WIDTH)

    def paintSection(self, painter: QPainter, rect: QRect, number: int) -> None:  # noqa: N802
        beyond = self.corner - rect.left() if self._is_rtl else rect.right() + 1 - self._button_left
        covered = min(beyond, rect.width())
        if covered <= 0:
            super().paintSection(painter, rect, number)
            return
        heading = rect.adjusted(covered, 0, 0, 0) if self._is_rtl else rect.adjusted(0, 0, -covered, 0)
        super().paintSection(painter, heading, number)
        painter.setPen(self._theme.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.place_button()

    def place_button(self) -> None:
        """Put the button where the headings end."""
        left = 0 if self._is_rtl else self._button_left
        self.button.setGeometry(left, 0, self.corner, max(0, self.height() - 1))
        self.button.raise_()

    @property
    def _button_left(self) -> int:
        return max(0, self.viewport().width() - self.corner)

    @property
    def _is_rtl(self) -> bool:
        return self.isRightToLeft()


class TableColumns(QObject):
    """The columns of the table, and the button in its corner by which they are chosen.

    Until the user chooses columns, more of them are shown where there is more room. Each is as wide as what
    stands in the first rows needs, as far as there is room, unless the user dragged it. ``arranged`` says
    that the user chose columns, or moved one.
    """

    arranged = Signal()

    def __init__(self, table: ColumnsTable, model: ApplicationTableModel, theme: Theme) -> None:
        super().__init__(table)
        header = ColumnHeader(theme, table)
        table.setHorizontalHeader(header)
        self._table = table
        self._model = model
        self._theme = theme
        self._header = header
        self._delegate = ApplicationDelegate(theme, model, table)
        self._is_automatic = True
        self._dragged: dict[str, int] = {}
        """The widths that the user gave, at the ordinary text size."""
        self._measured: dict[str, int] = {}
        self._cells: dict[str, list[int]] = {}
        """How wide a column is in which each of the cells measured can be read, but for the longest."""
        self._titles: dict[str, int] = {}
        """The widths found by ``_title``, by column."""
        self._filled: set[str] = set()
        """The columns in which there is anything in the rows measured."""
        self._fitting = False
        self._sizes: tuple[float, Lettering] | None = None
        """Of the theme, when the text was fitted last."""
        self._rows_measured = 0
        self._is_stale = False
        """Whether something has changed since the rows were measured."""
        self._stages_now = 0
        """How wide a column is in which each stage that there is can be read."""
        self._settling = QTimer(self, singleShot=True, interval=0)
        self._settling.timeout.connect(self._make_stages_whole)
        for changed in (model.dataChanged, model.rowsInserted, model.modelReset):
            changed.connect(self._note_change)
        self.button = header.button
        self.button.clicked.connect(self._open_menu)
        self._set_up_header()

    def _set_up_header(self) -> None:
        header = self._header
        header.customContextMenuRequested.connect(lambda where: self._pop_up(header.mapToGlobal(where)))
        header.sectionResized.connect(self._resized)
        header.sectionMoved.connect(self._moved)
        self._hold(_ALWAYS)

    @property
    def is_automatic(self) -> bool:
        """Whether it is by the room that columns are shown, not by the user's choice."""
        return self._is_automatic

    def shown(self) -> tuple[str, ...]:
        """The names of the columns that are shown, from left to right."""
        return tuple(column.name for column in self._model.shown)

    def chosen(self) -> tuple[str, ...]:
        """The names of the columns that the user chose, from left to right; none if it is by the room."""
        return () if self._is_automatic else self.shown()

    def choose(self, columns: Sequence[str]) -> None:
        """Show these columns in this order, and the employer in any case; none: as there is room."""
        self._is_automatic = not columns
        if columns:
            self._hold(columns)
            self._measure_new()
        self.fit()

    def measure(self) -> None:
        """Take the widths from what the first rows say now."""
        self._measured.clear()
        self._filled.clear()
        self._rows_measured = self._model.rowCount()
        self._is_stale = False
        self._measure_new()
        self.fit()

    def measure_next(self) -> None:
        """Take the widths from the rows that come next."""
        self._filled.clear()

    def begin(self) -> None:
        """Measure as soon as there is anything to be measured; no column moves by an edit in sight.

        So it is again after the first few rows, as long as there were no more.
        """
        count = self._model.rowCount()
        if count and (not self._filled or self._rows_measured < min(count, _FEW)):
            self.measure()

    def come_into_sight(self) -> None:
        """Measure anew what has changed while the table was not seen."""
        if self._is_stale and self._filled:
            self.measure()

    def _note_change(self) -> None:
        self._is_stale = True
        self._settling.start()

    def _make_stages_whole(self) -> None:
        """Take new widths where a stage has no room in a column that made way for others."""
        if self._filled and _STAGE in self.shown() and _STAGE not in self._dragged:
            needed = self._widest_stage()
            if needed > self._table.columnWidth(self.shown().index(_STAGE)):
                self.measure()

    def fit_text(self) -> None:
        """Follow the size of the text; in other colours it is as wide as before."""
        if self._theme.sizes == self._sizes:
            return
        self._sizes = self._theme.sizes
        self._titles.clear()
        self._fitting = True
        self._header.setMinimumSectionSize(self._theme.px(44))
        self._fitting = False
        self.measure()
        self._header.place_button()

    def fit(self) -> None:
        """Give every column its width, and show as many as there is room for if that is not chosen."""
        if self._fitting:  # columns come or go, and a bar with them: the table is resized within that
            return
        if self._is_automatic:
            fitting = self._fitting_in(self._table.viewport().width())
            self._hold([name for name in COLUMN_NAMES if name in fitting])
        room = self._table.viewport().width()
        shown = self.shown()
        # Below the button a number would not stand under its title.
        kept_free = self._corner if self._model.is_at_right(_BY_NAME[shown[-1]]) else 0
        wanted = {name: self._wanted(name) for name in shown}
        least = {name: self._least(name) for name in shown}
        if shown[-1] not in self._dragged:
            beside_the_button = self._title(shown[-1]) + self._corner - kept_free
            wanted[shown[-1]] = max(wanted[shown[-1]], beside_the_button)
            least[shown[-1]] = max(least[shown[-1]], beside_the_button)
        widths = self._share_out(wanted, least, room - kept_free)
        widths[shown[-1]] += kept_free
        growing = [name for name in shown if name in _SHARES and name not in self._dragged]
        spare = max(0, room - sum(widths.values()))
        shares = sum(_SHARES[name] for name in growing)
        for name in growing:
            widths[name] += spare * _SHARES[name] // shares
        self._table.set_widths({place: widths[name] for place, name in enumerate(shown)})
        delegate = self._table.itemDelegate()
        if isinstance(delegate, ApplicationDelegate):
            delegate.kept_free = (len(shown) - 1, kept_free)

    def actions(self) -> list[QAction]:
        """One action a column, to show or hide it; the employer always stays."""
        actions = []
        for column in COLUMNS:
            action = QAction(self._model.titles[column], self)
            action.setCheckable(True)
            action.setChecked(column in self._model.shown)
            action.setEnabled(column.name != EMPLOYER)
            action.toggled.connect(lambda shown, name=column.name: self._toggle(name, shown))
            actions.append(action)
        return actions

    def menu(self) -> QMenu:
        """The columns to choose from, and the ways back to what fits."""
        menu = _StayingMenu(self._table)
        menu.addActions(self.actions())
        menu.addSeparator()
        automatic = menu.addAction(_("&As many as fit"))
        automatic.setCheckable(True)
        automatic.setChecked(self._is_automatic and (self._has_room() or not self._dragged))
        automatic.triggered.connect(self._choose_automatically)
        widths = menu.addAction(_("&Fit widths to contents"))
        widths.triggered.connect(self._forget_widths)
        return menu

    def state(self) -> QByteArray:
        """Which columns are shown, how wide, and the order of rows; with their names, for a later version."""
        query = self._model.query
        state = ColumnsState(
            self.shown(), query.order_by, query.descending, self._dragged, is_automatic=self._is_automatic
        )
        return state.written()

    def restore(self, state: QByteArray) -> None:
        """Go back to a state of an earlier day; a column that there was not then isn't shown."""
        kept = ColumnsState.read(state, COLUMN_NAMES, _UNNAMED)
        if kept is None:
            return
        is_automatic = kept.shown == _FORMERLY_FIRST if kept.is_automatic is None else kept.is_automatic
        self._is_automatic = is_automatic
        self._dragged = dict(kept.widths)
        if kept.order_by in COLUMN_NAMES:
            self._model.order_by(kept.order_by, descending=kept.descending)
        if not is_automatic:
            self._hold(kept.shown)
        self.mark_order()
        self.measure()

    def mark_order(self) -> None:
        """Mark the column that the rows are ordered by, without ordering them."""
        query = self._model.query
        self._table.mark_order(_BY_NAME[query.order_by], descending=query.descending)

    @property
    def _corner(self) -> int:
        return self._header.corner

    def _fitting_in(self, room: int) -> set[str]:
        """The columns that are always shown, and those besides that have room beside them.

        The stage makes way before what is next gets out of sight: the filters tell it, and the detail.
        """
        always = {*_ALWAYS, self._model.query.order_by}
        least = {name: self._least(name) for name in always}
        least[NEXT] = max(least[NEXT], self._title(NEXT) + self._corner)
        if self._filled and sum(least.values()) > room and self._model.query.order_by != _STAGE:
            return always - {_STAGE}
        used = self._corner + sum(self._wanted(name) for name in always)
        for name in _WHERE_THERE_IS_ROOM:
            # What stands in it is only measured where its title has room: in most windows in none of them.
            if name in always or used + self._title(name) > room:
                continue
            width = self._wanted(name)
            if name in self._filled and used + width <= room:
                always.add(name)
                used += width
        return always

    def _hold(self, names: Sequence[str]) -> None:
        """Show these columns in this order, and the employer in any case."""
        wanted = names if EMPLOYER in names else (EMPLOYER, *names)
        if tuple(wanted) == self.shown():
            return
        self._fitting = True
        self._table.show_columns([_BY_NAME[name] for name in wanted])
        self._fitting = False
        self.mark_order()

    def _wanted(self, name: str) -> int:
        own = self._dragged.get(name)
        if own is not None:
            return self._theme.px(own)
        if name not in self._measured:
            self._measure([name])
        return self._measured[name]

    def _share_out(self, wanted: Mapping[str, int], least: Mapping[str, int], room: int) -> dict[str, int]:
        last = {name: wanted[name] for name in _CUT_LAST if name in wanted and name not in self._dragged}
        widths = share_out(wanted, {**least, **last}, room)
        beside = sum(width for name, width in widths.items() if name not in last)
        cells = {name: self._cells[name] for name in last}
        lowest = {name: least[name] for name in last}
        if EMPLOYER in last and room - beside > sum(lowest.values()):
            free = room - beside - sum(lowest.values())
            own = min(last[EMPLOYER], room * _OWN_OF_EMPLOYER // 100) - lowest[EMPLOYER]
            lowest[EMPLOYER] += max(0, min(own, free))
        return widths | cut_fewest(cells, last, lowest, room - beside)

    def _least(self, name: str) -> int:
        wanted, fact = self._wanted(name), _BY_NAME[name].fact
        may_shrink = name == NEXT if fact is None else fact.kind.row.can_be_cut
        if name in self._dragged or not (may_shrink or name == _STAGE):
            return wanted
        if name == _STAGE:
            return min(wanted, max(self._stages_now, self._title(_STAGE)))
        if name == NEXT:
            return min(wanted, max(self._theme.px(_LEAST_NEXT), self._title(NEXT) + self._corner))
        return min(wanted, self._theme.px(_LEAST))

    def _measure_new(self) -> None:
        self._measure({*(_ALWAYS if self._is_automatic else self.shown())} - self._measured.keys())

    def _title(self, name: str) -> int:
        """How wide a column is in which its title can be read."""
        if name not in self._titles:
            heading = QFontMetrics(self._theme.font(Type.SMALL, QFont.Weight.DemiBold))
            title = self._model.titles[_BY_NAME[name]]
            self._titles[name] = heading.horizontalAdvance(title) + self._theme.px(18 + 18)
        return self._titles[name]

    def _measure(self, names: Iterable[str]) -> None:
        """Measure what stands in these columns, and their titles."""
        rows = self._model.rows_in(range(_SAMPLE))
        most = self._theme.px(_MOST)
        for name in names:
            column: Column = _BY_NAME[name]
            text = self._model.texts[column]
            texts = [text(row) for row in rows]
            wide = self._delegate.widths({*texts}, column)  # many say the same
            widths = sorted(wide[each] for each in texts if each)
            # The longest tenth may end in an ellipsis: one long name does not take the room of all.
            widest = widths[-1 - len(widths) // 10] if widths else 0
            if name == _STAGE:  # another stage is no edit that cuts its own name short
                widest = max(self._delegate.widths(stage_names().values(), column).values())
                self._stages_now = self._widest_stage()
            self._measured[name] = min(most, max(self._title(name), widest))
            self._cells[name] = [width for width in widths if width <= self._measured[name]]
            if widths:
                self._filled.add(name)

    def _widest_stage(self) -> int:
        """The widest of the rows, or of all stages where there are more rows than are looked at."""
        column = _BY_NAME[_STAGE]
        all_seen = 0 < self._model.rowCount() <= _SAMPLE
        rows = self._model.rows_in(range(_SAMPLE)) if all_seen else ()
        texts = {self._model.texts[column](row) for row in rows} if all_seen else stage_names().values()
        return max(self._delegate.widths(texts, column).values(), default=0)

    def _toggle(self, name: str, shown: bool) -> None:
        if shown == (name in self.shown()):
            return
        self._is_automatic = False
        held = self._model.shown_but(_BY_NAME[name], is_shown=shown)
        self._hold([column.name for column in held])
        self._measure_new()
        self.fit()
        self.arranged.emit()

    def _has_room(self) -> bool:
        """Whether all columns are in sight without scrolling sideways."""
        widths = (self._table.columnWidth(place) for place in range(len(self.shown())))
        return sum(widths) <= self._table.viewport().width()

    def _choose_automatically(self) -> None:
        self.choose(())
        self.fit()
        if not self._has_room():
            self._dragged.clear()  # what was drawn wider has no room
        self.measure()
        self.arranged.emit()

    def _forget_widths(self) -> None:
        self._dragged.clear()
        self.measure()

    def _moved(self) -> None:
        self._is_automatic = False
        self._fitting = True
        self._table.take_moved()
        self._fitting = False
        self.mark_order()
        self.fit()
        self.arranged.emit()

    def _resized(self, number: int, before: int, after: int) -> None:
        if not self._fitting and before and after:
            self._dragged[self.shown()[number]] = round(after * 100 / self._theme.px(100))

    def _open_menu(self) -> None:
        self._pop_up(self.button.mapToGlobal(self.button.rect().bottomLeft()))

    def _pop_up(self, where: QPoint) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(where)


class _StayingMenu(PopupMenu):
    """Stays open while columns are ticked, so that several can be chosen."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        action = self.activeAction()
        if action is not None and action.isCheckable() and action.isEnabled():
            action.trigger()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        action = self.activeAction()
        if event.key() == Qt.Key.Key_Space and action is not None and action.isCheckable():
            action.trigger()
        else:
            super().keyPressEvent(event)
