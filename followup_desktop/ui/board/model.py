"""The cards of one column."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt

from followup_desktop.domain.model import Stage
from followup_desktop.i18n import format_number, ngettext
from followup_desktop.services.ports import Clock
from followup_desktop.services.reading.board import Board
from followup_desktop.services.rows import ApplicationRow
from followup_desktop.services.wording import Wording
from followup_desktop.services.wording.formats import in_one_breath
from followup_desktop.ui.kit.models.blocks import ID_ROLE, ROW_ROLE, BlockListModel, Index
from followup_desktop.ui.kit.widgets.plain import tool_tip

_ROLES = frozenset(
    {
        int(Qt.ItemDataRole.DisplayRole),
        int(Qt.ItemDataRole.ToolTipRole),
        int(Qt.ItemDataRole.AccessibleTextRole),
        int(ROW_ROLE),
    }
)


class ColumnModel(BlockListModel[ApplicationRow]):
    """The applications of a stage, each a card that may be dragged."""

    def __init__(
        self, board: Board, stage: Stage, wording: Wording, clock: Clock, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.stage = stage
        self._board = board
        self._wording = wording
        self._clock = clock

    def wanted(self) -> list[str]:
        return self._board.ids(self.stage, self._clock())

    def fetch(self, ids: Sequence[str]) -> list[ApplicationRow]:
        return self._board.cards(ids, self._clock())

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == ID_ROLE:
            return self.id_at(index.row())
        if role not in _ROLES:
            return None
        row = self.row(index.row())
        if row is None or role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.employer
        spoken = self._spoken(row)
        return tool_tip(spoken) if role == Qt.ItemDataRole.ToolTipRole else spoken

    def _spoken(self, row: ApplicationRow) -> str:
        """Everything the card says, in one sentence."""
        parts = [row.employer, row.role, row.next_text]
        if row.quiet_days:
            words = ngettext("quiet for {n} day", "quiet for {n} days", row.quiet_days)
            parts.append(words.format(n=format_number(row.quiet_days)))
        return in_one_breath(*parts)
