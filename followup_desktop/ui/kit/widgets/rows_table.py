"""A table to be read: whole rows, one line each, without a grid."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QTableView

from followup_desktop.ui.kit.theme import Theme


class RowsTable(QTableView):
    """Shows the rows of a model, each so many pixels high at the ordinary text size."""

    def __init__(self, theme: Theme, model: QAbstractItemModel, row_height: int) -> None:
        super().__init__()
        self.setModel(model)
        self.setProperty("rows", True)  # its cells stand below the words of the header
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        rows = self.verticalHeader()
        theme.keep_fit(self, lambda: rows.setDefaultSectionSize(theme.px(row_height)))
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
