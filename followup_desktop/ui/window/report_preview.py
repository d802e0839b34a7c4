"""How a report will look: as much of it as is in sight, and more as one goes on."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable

from PySide6.QtCore import QTimer
from PySide6.QtGui import (
    QResizeEvent,
    QShowEvent,
    QTextCursor,
    QTextDocument,
    QTextDocumentFragment,
    QTextOption,
)
from PySide6.QtWidgets import QTextBrowser

from followup_desktop.i18n import _
from followup_desktop.services.transfer.activity_report import PREVIEW_STYLE
from followup_desktop.ui.kit.theme import Theme

_PAGES_AHEAD = 2


class ReportPreview(QTextBrowser):
    """Shows a report's parts.

    Qt lays out a long document for seconds, and on the window's thread only: 800 pages take 20. So each
    part is put in when there are no longer two pages of the view below what is in sight.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._style = re.sub(r"(\d+)px", lambda found: f"{theme.px(int(found[1]))}px", PREVIEW_STYLE)
        self.setOpenLinks(False)
        self.setWordWrapMode(QTextOption.WrapMode.WordWrap)
        self.setAccessibleName(_("Preview"))
        self.document().setDefaultStyleSheet(self._style)
        self._left: deque[str] = deque()
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.setInterval(0)
        self._next.timeout.connect(self._go_on)
        bar = self.verticalScrollBar()
        bar.valueChanged.connect(self._look)
        bar.rangeChanged.connect(self._look)

    def show_parts(self, parts: Iterable[str]) -> None:
        """Show this report from its beginning on."""
        self._left = deque(parts)
        self.setHtml(self._left.popleft())
        self._add()
        self._look()

    def showEvent(self, event: QShowEvent) -> None:
        """Fill what is in sight."""
        super().showEvent(event)
        self._look()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fill what is in sight now."""
        super().resizeEvent(event)
        self._look()

    def _look(self) -> None:
        if not self._next.isActive():  # Qt lays out in steps, each of which would put it off again
            self._next.start()

    def _go_on(self) -> None:
        bar = self.verticalScrollBar()
        if self.isVisible() and bar.maximum() - bar.value() < _PAGES_AHEAD * bar.pageStep():
            self._add()

    def _add(self) -> None:
        if not self._left:
            return
        part = QTextDocument()
        part.setDefaultStyleSheet(self._style)
        part.setHtml(self._left.popleft())
        end = QTextCursor(self.document())
        end.movePosition(QTextCursor.MoveOperation.End)
        end.insertBlock()
        begun = end.position()
        end.insertFragment(QTextDocumentFragment(part))
        # Qt puts the words of a fragment's first paragraph into the last one here, and keeps its format.
        end.setPosition(begun)
        end.setBlockFormat(part.begin().blockFormat())
        self._look()
