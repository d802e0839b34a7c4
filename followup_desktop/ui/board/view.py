"""The Board view: a column a stage."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QMenu,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Stage
from followup_desktop.i18n import _
from followup_desktop.services.reading.board import CLOSED_STAGES, OPEN_STAGES
from followup_desktop.services.tracker import Result
from followup_desktop.ui.board.cards import CardList
from followup_desktop.ui.board.closed import ClosedGroup
from followup_desktop.ui.board.column import StageColumn
from followup_desktop.ui.board.edge_scroll import EdgeScroll
from followup_desktop.ui.board.model import ColumnModel
from followup_desktop.ui.kit.commands.command import offer_of
from followup_desktop.ui.kit.commands.menu import command_menu
from followup_desktop.ui.kit.commands.table import COMMANDS, LOG, STAGE, STAGES
from followup_desktop.ui.kit.models.changes import ChangesLike, applications_touched
from followup_desktop.ui.kit.requests import AddApplication, OpenApplication
from followup_desktop.ui.kit.theme import Space
from followup_desktop.ui.kit.view import MINUTES_5, Context, View
from followup_desktop.ui.kit.widgets.buttons import StrongButton
from followup_desktop.ui.kit.widgets.empty_state import EmptyState, PageOrEmpty
from followup_desktop.ui.kit.window_settings import BOARD_UNFOLDED

_OPEN_WIDTH = 160
_LEAST_WIDTH = 144
"""So narrow an open column gets where nothing scrolls sideways for it."""
_PLEASANT_WIDTH = 200
"""So wide a column is to be where what has ended stands beside it."""
_CLOSED_WIDTH = 164

_MENU = (
    "open-application",
    "open-posting",
    "copy-posting",
    None,
    LOG,
    STAGES,
    None,
    "archive",
    "unarchive",
    "delete-application",
)


class BoardView(View):
    """The applications by stage; a card that is moved to another column moves the application there.

    Arrows go from card to card and from column to column, with Alt or Ctrl the card goes along.
    """

    name = "board"
    times_change_every = MINUTES_5

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        wording, theme, board = context.wording, context.theme, context.readers.board
        self._board = board
        self._tracker = context.tracker
        self._wording = wording
        self._theme = theme
        self._loaded = False
        self.setAccessibleName(_("Board view"))
        self.columns = {
            stage: StageColumn(
                ColumnModel(board, stage, wording, context.clock, self),
                wording,
                theme,
                _CLOSED_WIDTH if stage in CLOSED_STAGES else _OPEN_WIDTH,
            )
            for stage in Stage
        }
        self.closed = ClosedGroup([self.columns[stage] for stage in CLOSED_STAGES], wording, theme)
        self.nothing_yet = EmptyState(
            theme,
            "briefcase",
            _("No applications yet"),
            _("Each application appears here as a card, in the column for its stage."),
            button=StrongButton(_("Add application")),
        )
        self.closed.set_open(context.settings.get(BOARD_UNFOLDED))
        self._arrange()
        self._connect()

    # What the window asks for

    def show_changes(self, changes: ChangesLike | None) -> None:
        """Bring up to date what differs in the columns that are looked at."""
        if not self._loaded:
            self.reload()
            return
        touched = None if changes is None else applications_touched(changes)
        for column in self._read_columns():
            column.list.cards.refresh_rows(touched)
        self._show_counts()

    def reload(self) -> None:
        """Fetch everything anew."""
        for column in self._read_columns():
            column.list.cards.reload()
        self._loaded = True
        self._show_counts()

    @property
    def current_application(self) -> str | None:
        """The application of the card on which the keyboard is, or was last."""
        cards = self.focusWidget()
        return cards.current if isinstance(cards, CardList) else None

    def select(self, application: str) -> bool:
        """Put the keyboard on an application's card; tells whether there is one to be seen."""
        column = self._column_of(application)
        if column is None:
            return False
        self._enter(column.stage, column.list.cards.row_of(application))
        return True

    @property
    def announcement(self) -> str:
        return self._pages.announcement

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:  # noqa: N802
        """Put the keyboard on the cards: where it was, or in the first column that has any."""
        if self._pages.is_empty:
            self.nothing_yet.button.setFocus(reason)
            return
        lists = [column.list for column in self._read_columns()]
        full = [cards for cards in lists if cards.cards.rowCount()]
        used = [cards for cards in full if cards.currentIndex().isValid()]
        (used or full or lists)[0].setFocus(reason)

    # Building

    def _arrange(self) -> None:
        inner = QWidget()
        inner.setProperty("ground", "window")
        row = QHBoxLayout()
        row.setSpacing(Space.M)
        for stage in OPEN_STAGES:
            row.addWidget(self.columns[stage], 1)
        whole = self._whole = QBoxLayout(QBoxLayout.Direction.LeftToRight, inner)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(Space.M)
        whole.addLayout(row, 3)
        whole.addWidget(self.closed, 0)
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setAccessibleName(_("Columns"))
        self.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(inner)
        self._edge = EdgeScroll(self.area)
        self._pages = PageOrEmpty(self.area, self.nothing_yet)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        outer.addWidget(self._pages)

    def _connect(self) -> None:
        for stage, column in self.columns.items():
            cards = column.list
            cards.opened.connect(self._open)
            cards.delete_pressed.connect(lambda _card: offer_of(self).run(COMMANDS["delete-application"]))
            cards.menu_wanted.connect(self._show_menu)
            cards.stepped.connect(lambda step, stage=stage: self._step(stage, step))
            cards.shifted.connect(lambda card, step, stage=stage: self._shift(card, stage, step))
            cards.dragged_over.connect(self._edge.hold)
            cards.drag_left.connect(self._edge.stop)
            # Only once the drag has ended: the list that it began in is still waiting for it.
            cards.dropped.connect(
                lambda card, stage=stage: self.move_card(card, stage), Qt.ConnectionType.QueuedConnection
            )
        self.closed.dropped.connect(self._drop_on_strip, Qt.ConnectionType.QueuedConnection)
        self.closed.toggle.toggled.connect(lambda on: self.context.settings.set(BOARD_UNFOLDED, on))
        self.closed.toggle.toggled.connect(self._fit)
        self._theme.changed.connect(self._fit)
        self.closed.opened.connect(self._unfolded)
        self.closed.left.connect(lambda: self._enter(OPEN_STAGES[-1]))
        self.closed.shown.connect(self._enter)
        self.nothing_yet.pressed.connect(lambda: self.context.open(AddApplication()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have what has ended beside the open columns, or below where they would get narrow for it."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        room = self.width() - 2 * Space.XL - self.closed.strip_width
        columns = len(OPEN_STAGES) * (self._theme.px(_PLEASANT_WIDTH) + Space.M)
        below = not self.closed.is_open and room < columns
        way = QBoxLayout.Direction
        self._whole.setDirection(way.TopToBottom if below else way.LeftToRight)
        self.closed.set_line(below)
        self._fit_open(self.width() - 2 * Space.XL)

    def _fit_open(self, room: int) -> None:
        """Have the open columns a little narrower where all of them fit then."""
        px, count = self._theme.px, len(OPEN_STAGES)
        share = (room - (count - 1) * Space.M) // count
        least = share if px(_LEAST_WIDTH) <= share < px(_OPEN_WIDTH) else px(_OPEN_WIDTH)
        for stage in OPEN_STAGES:
            self.columns[stage].setMinimumWidth(least)

    # Moving about

    def _open(self, application: str) -> None:
        self.context.open(OpenApplication(application))

    def _step(self, stage: Stage, step: int) -> None:
        there = self._neighbour(stage, step)
        if there is None:
            return
        if there in CLOSED_STAGES and not self.closed.is_open:
            self.closed.focus_strip()
            self.area.ensureWidgetVisible(self.closed)
            return
        self._enter(there, self.columns[stage].list.currentIndex().row())

    def _enter(self, stage: Stage, row: int | None = None) -> None:
        """Put the keyboard into a column, on the card beside the one it came from."""
        column = self.columns[stage]
        if row is not None:
            column.list.select(max(row, 0))
        column.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.area.ensureWidgetVisible(column)

    @staticmethod
    def _neighbour(stage: Stage, step: int) -> Stage | None:
        stages = list(Stage)
        there = stages.index(stage) + step
        return stages[there] if 0 <= there < len(stages) else None

    def _unfolded(self) -> None:
        for stage in CLOSED_STAGES:
            self.columns[stage].list.cards.reload()
        self._show_counts()

    # Moving cards

    def move_card(self, application: str, stage: Stage) -> None:
        """Move an application to a stage, as one step, and keep the keyboard on its card."""
        here = self._column_of(application)
        if here is not None and here.stage is stage:
            return
        name = self._name_of(application)
        if self._do(lambda: self._tracker.set_stage(application, stage)):
            words = _("Moved {name} to {stage}")
            self.context.show_status(words.format(name=name, stage=self._wording.stage_label(stage)))
            self.select(application)

    def _shift(self, card: str, stage: Stage, step: int) -> None:
        there = self._neighbour(stage, step)
        if there is not None:
            if there in CLOSED_STAGES:
                self.closed.set_open(True)
            self.move_card(card, there)

    def _drop_on_strip(self, card: str, stage: Stage) -> None:
        self.move_card(card, stage)

    def _do(self, verb: Callable[[], Result]) -> bool:
        try:
            verb()
        except Refused as refusal:
            self.context.show_status(str(refusal))
            return False
        return True

    def _name_of(self, application: str) -> str:
        column = self._column_of(application)
        card = column.list.cards.row(column.list.cards.row_of(application)) if column is not None else None
        return card.employer if card is not None else ""

    def verbs(self) -> Mapping[str, Callable[[], object]]:
        """A card that is moved keeps the keyboard."""
        card = self.current_application
        if card is None:
            return {}
        found: dict[str, Callable[[], object]] = {
            STAGE.format(stage): partial(self.move_card, card, stage) for stage in Stage
        }
        here = self._column_of(card)
        for command, step in (("card-left", -1), ("card-right", 1)):
            if here is not None and self._neighbour(here.stage, step) is not None:
                found[command] = partial(self._shift, card, here.stage, step)
        return found

    def card_menu(self) -> QMenu:
        """What can be done with the current card: the way to any stage without a pointer."""
        return command_menu(offer_of(self), _MENU, self)

    def _show_menu(self, _application: str, where: QPoint) -> None:
        self.card_menu().popup(where)

    # Showing

    def _read_columns(self) -> list[StageColumn]:
        """The columns whose cards are looked at: of the folded ones only the numbers are known."""
        return [
            column for stage, column in self.columns.items() if stage in OPEN_STAGES or self.closed.is_open
        ]

    def _column_of(self, application: str) -> StageColumn | None:
        """The column that the card is in; a folded one still holds what has left it since it was read."""
        read = self._read_columns()
        return next((each for each in read if each.list.cards.row_of(application) >= 0), None)

    def _show_counts(self) -> None:
        counts = self._board.counts()
        for stage, column in self.columns.items():
            column.show_count(counts[stage])
        self.closed.show_counts(counts)
        empty = not any(counts.values())
        self._pages.show_page(is_empty=empty)
