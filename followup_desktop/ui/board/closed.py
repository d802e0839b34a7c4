"""What has ended: four narrow columns, or in their place a strip that a card can be dropped on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QWidget

from followup_desktop.domain.model import Stage
from followup_desktop.i18n import format_number, ngettext
from followup_desktop.services.rows import StageFilter
from followup_desktop.services.wording import Wording
from followup_desktop.ui.board.cards import carried
from followup_desktop.ui.board.column import StageColumn
from followup_desktop.ui.kit.theme import Space, Theme
from followup_desktop.ui.kit.widgets.buttons import Button, Disclosure
from followup_desktop.ui.kit.widgets.plain import label_text

_STRIP_WIDTH = 148
_WIDEST = (1 << 24) - 1
"""Qt's own bound of a widget's width, which stands for none."""
_TURNED = {
    Qt.Key.Key_Up: Qt.Key.Key_Left,
    Qt.Key.Key_Down: Qt.Key.Key_Right,
    Qt.Key.Key_Left: Qt.Key.Key_Up,
    Qt.Key.Key_Right: Qt.Key.Key_Down,
}
"""The arrows of a line, by those of a strip."""
_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)


class Bin(Button):
    """A folded column: takes a card that is dropped on it, and opens when pressed."""

    dropped = Signal(str)

    def __init__(self, stage: Stage, wording: Wording, parent: QWidget | None = None) -> None:
        label = wording.stage_label(stage)
        super().__init__(label, parent, "bin", name=label)
        self.stage = stage
        self._wording = wording
        self.setAcceptDrops(True)

    def show_count(self, count: int) -> None:
        """Write how many applications have ended this way."""
        label = self._wording.stage_label(self.stage)
        self.setText(label_text(f"{label}  {format_number(count)}"))
        words = ngettext("{n} application", "{n} applications", count)
        self.setAccessibleDescription(words.format(n=format_number(count)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the arrows to the group."""
        if event.key() in _ARROWS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.dragMoveEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if not carried(event):
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.MoveAction)
        event.accept()
        self.set_look("bin-target")

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.set_look("bin")
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        card = carried(event)
        self.set_look("bin")
        if card:
            event.setDropAction(Qt.DropAction.MoveAction)
            event.accept()
            self.dropped.emit(card)


class ClosedGroup(QWidget):
    """The columns of what has ended. Folded, they cost a strip's width, or a line's height, and no query.

    ``opened`` says that the columns are shown from now on, ``left`` that a key leads out of the strip to the
    left, or up out of a line; ``dropped`` carries a card and the stage it was let go on.
    """

    opened = Signal()
    left = Signal()
    dropped = Signal(str, object)
    shown = Signal(object)

    def __init__(
        self, columns: Sequence[StageColumn], wording: Wording, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._wording = wording
        self._theme = theme
        self.columns = tuple(columns)
        self.toggle = Disclosure("", look="quiet", name=wording.stage_filter_label(StageFilter.CLOSED))
        self.bins = {column.stage: Bin(column.stage, wording) for column in columns}
        self._strip = QWidget()
        self._is_line = False
        self._wide = QWidget()
        self._arrange()
        # Assistive technology toggles without a click.
        self.toggle.toggled.connect(self._toggled)
        for stage, bin_ in self.bins.items():
            bin_.dropped.connect(lambda card, stage=stage: self.dropped.emit(card, stage))
            bin_.clicked.connect(lambda _on=False, stage=stage: self._open_at(stage))
        theme.changed.connect(self._fit_text)
        self._show()

    @property
    def is_open(self) -> bool:
        """Whether the columns are shown."""
        return self.toggle.isChecked()

    def set_open(self, on: bool) -> None:
        """Show the columns, or the strip."""
        self.toggle.setChecked(on)

    @property
    def strip_width(self) -> int:
        """How wide the strip is."""
        return self._theme.px(_STRIP_WIDTH)

    def set_line(self, on: bool) -> None:
        """Have the folded columns in a line, for a place below what is open."""
        if on != self._is_line:
            self._is_line = on
            self._fit_text()

    def show_counts(self, counts: Mapping[Stage, int]) -> None:
        """Write the numbers."""
        total = sum(counts.get(stage, 0) for stage in self.bins)
        label = self._wording.stage_filter_label(StageFilter.CLOSED)
        self.toggle.setText(label_text(f"{label}  {format_number(total)}"))
        self._theme.fit_icon(self.toggle)
        self.toggle.setAccessibleDescription(
            ngettext("{n} application", "{n} applications", total).format(n=format_number(total))
        )
        for stage, bin_ in self.bins.items():
            bin_.show_count(counts.get(stage, 0))

    def focus_strip(self) -> None:
        """Put the keyboard on the first of the folded columns."""
        next(iter(self.bins.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """In the strip, Up and Down go from one to the next, Left leaves it, Right opens it.

        In a line, Left and Right go from one to the next, Up leaves it, Down opens it.
        """
        stages = list(self.bins)
        here = next((n for n, stage in enumerate(stages) if self.bins[stage].hasFocus()), None)
        if here is None:
            super().keyPressEvent(event)
            return
        key = Qt.Key(event.key())
        match _TURNED.get(key, key) if self._is_line else key:
            case Qt.Key.Key_Left:
                self.left.emit()
            case Qt.Key.Key_Right:
                self._open_at(stages[here])
            case Qt.Key.Key_Up if here == 0:
                self.toggle.setFocus()
            case Qt.Key.Key_Up | Qt.Key.Key_Down as way:
                there = min(here + (1 if way == Qt.Key.Key_Down else -1), len(stages) - 1)
                self.bins[stages[there]].setFocus()
            case _:
                super().keyPressEvent(event)

    def _open_at(self, stage: Stage) -> None:
        self.set_open(True)
        self.shown.emit(stage)

    def _toggled(self, _on: bool) -> None:
        self._show()
        if self.is_open:
            self.opened.emit()

    def _show(self) -> None:
        self._strip.setVisible(not self.is_open)
        self._wide.setVisible(self.is_open)
        self._theme.set_icon(self.toggle, "chevron-down" if self.is_open else "chevron-right", "secondary")
        self._fit_text()

    def _fit_text(self) -> None:
        is_line = self._is_line and not self.is_open
        way = QBoxLayout.Direction
        for layout in (self._outer, self._bins):
            layout.setDirection(way.LeftToRight if is_line else way.TopToBottom)
        self._strip.setMinimumWidth(0 if is_line else self.strip_width)
        self._strip.setMaximumWidth(_WIDEST if is_line else self.strip_width)
        kinds = QSizePolicy.Policy
        across = kinds.Expanding if self.is_open or is_line else kinds.Fixed
        self.setSizePolicy(across, kinds.Fixed if is_line else kinds.Expanding)

    def _arrange(self) -> None:
        strip = self._bins = QBoxLayout(QBoxLayout.Direction.TopToBottom, self._strip)
        strip.setContentsMargins(0, 0, 0, 0)
        strip.setSpacing(Space.S)
        for bin_ in self.bins.values():
            strip.addWidget(bin_)
        strip.addStretch(1)
        wide = QHBoxLayout(self._wide)
        wide.setContentsMargins(0, 0, 0, 0)
        wide.setSpacing(Space.S)
        for column in self.columns:
            wide.addWidget(column, 1)
        outer = self._outer = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(Space.XS)
        outer.addWidget(self.toggle, 0, Qt.AlignmentFlag.AlignLeft)
        outer.addWidget(self._strip, 1)
        outer.addWidget(self._wide, 1)
        with QSignalBlocker(self.toggle):
            self.toggle.setChecked(False)
