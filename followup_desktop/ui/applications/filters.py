"""The filters above the table, each with how many applications it shows."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from followup_desktop.i18n import _, format_number, ngettext
from followup_desktop.services.rows import StageFilter
from followup_desktop.services.wording import Wording
from followup_desktop.ui.kit.theme import Space
from followup_desktop.ui.kit.widgets.buttons import Button, ChoiceGroup
from followup_desktop.ui.kit.widgets.flow import FlowLayout
from followup_desktop.ui.kit.widgets.placing import read_as_placed
from followup_desktop.ui.kit.widgets.plain import label_text
from followup_desktop.ui.kit.widgets.roles import Part


class StageFilters(Part):
    """One of them is on at a time; other widgets can stand behind them in the same lines."""

    chosen = Signal(str)
    resized = Signal()

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Filters"))
        self._labels = {each: wording.labels.stage_filters[each] for each in StageFilter}
        self._quiet = False
        self._group = ChoiceGroup(self)
        self._buttons: dict[StageFilter, Button] = {}
        self._flow = flow = FlowLayout(self, Space.S - 2)
        for each in StageFilter:
            button = Button(self._labels[each], look="filter", checkable=True)
            # Assistive technology toggles without a click.
            button.toggled.connect(lambda on, each=each: self._toggled(each, on))
            self._group.addButton(button)
            self._buttons[each] = button
            flow.addWidget(button)

    def show_counts(self, counts: Mapping[StageFilter, int]) -> None:
        """Write the numbers behind the names."""
        for each, button in self._buttons.items():
            count = counts.get(each, 0)
            number = format_number(count)
            button.setText(label_text(f"{self._labels[each]} {number}"))
            button.setAccessibleDescription(
                ngettext("{n} application", "{n} applications", count).format(n=number)
            )

    def select(self, chosen: StageFilter) -> None:
        """Show this one as the one that is on."""
        with QSignalBlocker(self):
            self._quiet = True
        self._buttons[chosen].setChecked(True)
        self._quiet = False

    @property
    def gap(self) -> int:
        """The room between two of them, in pixels."""
        return self._flow.spacing()

    def put(self, *widgets: QWidget, behind: QWidget | None = None) -> None:
        """Let these stand behind another one, or last, and follow it to the Tab key."""
        place = self._flow.count() if behind is None else self._flow.indexOf(behind) + 1
        for number, widget in enumerate(widgets):
            self._flow.addWidget(widget)
            self._flow.move_last(place + number)
        read_as_placed(self._flow)

    def take(self, widget: QWidget) -> None:
        """Let this one stand here no longer."""
        self._flow.removeWidget(widget)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def _toggled(self, chosen: StageFilter, on: bool) -> None:
        if on and not self._quiet:
            self.chosen.emit(chosen.value)
