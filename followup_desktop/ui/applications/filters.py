"""The filters above the table, each with how many applications it shows."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from followup_desktop.services.rows import StageFilter
from followup_desktop.services.wording import Wording
from followup_desktop.ui.theme import Space
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.flow import FlowLayout


class StageFilters(QWidget):
    """One of them is on at a time."""

    chosen = Signal(str)

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Show"))
        self._labels = {each: wording.labels.stage_filters[each] for each in StageFilter}
        self._quiet = False
        self._group = QButtonGroup(self)
        self._buttons: dict[StageFilter, Button] = {}
        flow = FlowLayout(self, Space.S - 2)
        for each in StageFilter:
            button = Button(
                self._labels[each], look="filter", name=self.tr("Show: {}").format(self._labels[each])
            )
            button.setCheckable(True)
            # Assistive technology toggles without a click.
            button.toggled.connect(lambda on, each=each: self._toggled(each, on))
            self._group.addButton(button)
            self._buttons[each] = button
            flow.addWidget(button)

    def show_counts(self, counts: Mapping[StageFilter, int]) -> None:
        """Write the numbers behind the names."""
        for each, button in self._buttons.items():
            count = counts.get(each, 0)
            number = self.locale().toString(count)
            button.setText(f"{self._labels[each]} {number}".replace("&", "&&"))
            button.setAccessibleDescription(self.tr("{} applications").format(number))

    def select(self, chosen: StageFilter) -> None:
        """Show this one as the one that is on."""
        with QSignalBlocker(self):
            self._quiet = True
        self._buttons[chosen].setChecked(True)
        self._quiet = False

    def _toggled(self, chosen: StageFilter, on: bool) -> None:
        if on and not self._quiet:
            self.chosen.emit(chosen.value)
