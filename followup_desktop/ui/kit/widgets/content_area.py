"""A scroll area that is as large as its content, where there is room."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QScrollArea


class ContentArea(QScrollArea):
    """Asks for another size when its content needs one; how large it is to be, a subclass says."""

    def content_height(self, width: int) -> int:
        """How high the content is to be in that width, both in pixels."""
        content = self.widget()
        if content is None:
            return 0
        height = content.heightForWidth(width)
        return height if height >= 0 else content.sizeHint().height()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.widget() and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)
