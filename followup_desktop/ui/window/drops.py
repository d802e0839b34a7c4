"""What is dropped on the window: a posting begins a new application, another file is imported."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _
from followup_desktop.ui.kit.requests import AddApplication
from followup_desktop.ui.kit.view import Context


class Drops(QObject):
    """Takes what is dropped anywhere on ``window`` where nothing else does.

    An address, a text and a file with a text are read as a posting; ``open_file`` gets any other file.
    ``is_ready`` tells whether there is a view to show it in.
    """

    def __init__(
        self,
        window: QWidget,
        context: Context,
        open_file: Callable[[Path], None],
        is_ready: Callable[[], bool],
    ) -> None:
        super().__init__(window)
        self._context = context
        self._open_file = open_file
        self._is_ready = is_ready
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Say that it may be dropped, and take it."""
        if isinstance(event, QDragEnterEvent | QDragMoveEvent):
            if self._is_ready() and _has_posting(event.mimeData()):
                event.setDropAction(Qt.DropAction.CopyAction)
                event.accept()
            else:
                event.ignore()
            return True
        if isinstance(event, QDropEvent):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.take(event.mimeData())
            return True
        return super().eventFilter(watched, event)

    def take(self, data: QMimeData) -> None:
        """Do with this what is done with it when it is dropped."""
        files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        links = [url.toString() for url in data.urls() if url.scheme() in {"http", "https"}]
        if len(files) > 1:
            self._context.show_status(_("Drop one file at a time."))
        elif files:
            self._take_file(files[0])
        elif text := next(iter(links), data.text()).strip():
            self._context.open(AddApplication(text))

    def _take_file(self, file: Path) -> None:
        from followup_desktop.services.capture.posting_files import (
            is_posting_file,  # with all that reads them
            posting_text,
        )

        if not is_posting_file(file.name):
            self._open_file(file)
            return
        try:
            text = posting_text(file.name, self._context.files.read(file))
        except Refused as refused:
            self._context.show_status(str(refused))
        else:
            self._context.open(AddApplication(text))


def _has_posting(data: QMimeData) -> bool:
    return data.hasUrls() or data.hasText()
