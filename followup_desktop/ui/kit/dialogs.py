"""Windows that fit where they open, however large the text is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QLayout, QSplitter, QVBoxLayout, QWidget

from followup_desktop.ui.kit.forms.panel import FittingArea, scroll_area
from followup_desktop.ui.kit.mirror import keep_within, set_margins
from followup_desktop.ui.kit.theme import Space, Theme

_FRAME = QSize(16, 48)
"""About what a window manager puts around a window."""
_LEAST = QSize(400, 280)


def room_for(window: QWidget) -> QSize:
    """How large a window may be: as large as the one it stands over, or else as its screen."""
    room = window.screen().availableSize() - _FRAME
    parent = window.parentWidget()
    if parent is not None:
        room = room.boundedTo(parent.window().size().expandedTo(_LEAST))
    return room


class FittingDialog(QDialog):
    """A dialog as high as its content needs, and so wide; without that room it scrolls above its buttons.

    ``width`` is in pixels at the ordinary text size.
    """

    def __init__(self, theme: Theme, width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._usual_width = width
        self._area = FittingArea()

    def arrange(self, content: QVBoxLayout, buttons: QLayout) -> None:
        """Put the buttons below the content."""
        content.setContentsMargins(0, 0, 0, 0)
        scroll_area(content, self._area)
        column = QVBoxLayout(self)
        set_margins(column, Space.L, Space.L, Space.XS, Space.L)
        column.setSpacing(Space.S)
        column.addWidget(self._area)
        set_margins(buttons, 0, 0, Space.M, 0)
        column.addLayout(buttons)
        column.addStretch(1)
        self._make_room()

    def showEvent(self, event: QShowEvent) -> None:
        """Give the content its room: with its look, each part has another height."""
        super().showEvent(event)
        self._make_room()

    def event(self, event: QEvent) -> bool:
        """Grow with what is said in it."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._make_room(least=self.height())
        return done

    def _make_room(self, least: int = 0) -> None:
        layout = self.layout()
        if layout is None:
            return
        room = room_for(self)
        width = self.width() if least else min(self._theme.px(self._usual_width), room.width())
        self.resize(width, max(least, self.height()))
        layout.activate()
        wanted = layout.totalHeightForWidth(width)  # -1 where nothing in it depends on the width
        wanted = wanted if wanted > 0 else layout.totalSizeHint().height()
        self.resize(width, max(least, min(wanted, room.height())))


class TwoParts(QSplitter):
    """A list and what is chosen in it: beside each other, or above where there is little width.

    ``narrow`` is that width and ``sizes`` their widths, in pixels at the ordinary text size; where they are
    above each other, the second gets ``share`` of the height.
    """

    def __init__(self, theme: Theme, narrow: int, sizes: tuple[int, int], share: float = 0.6) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._theme = theme
        self._narrow = narrow
        self._sizes = sizes
        self._share = share
        self.setChildrenCollapsible(False)
        keep_within(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand as there is room."""
        is_narrow = event.size().width() < self._theme.px(self._narrow)
        way = Qt.Orientation.Vertical if is_narrow else Qt.Orientation.Horizontal
        if way is not self.orientation():
            self.setOrientation(way)
            self.share_out()
        super().resizeEvent(event)

    def share_out(self) -> None:
        """Give each part its room."""
        if self.orientation() is Qt.Orientation.Horizontal:
            self.setSizes([self._theme.px(each) for each in self._sizes])
        else:
            self.setSizes([round(self.height() * (1 - self._share)), round(self.height() * self._share)])
