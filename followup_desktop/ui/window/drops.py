"""What is dropped or pasted on the window: a posting begins an application, an answer is proposed."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QShowEvent,
    QWindow,
)
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _
from followup_desktop.ui.kit.requests import AddApplication
from followup_desktop.ui.kit.view import Context

if TYPE_CHECKING:
    from followup_desktop.services.progress import Progress
    from followup_desktop.services.reading.received import ReceivedReply
    from followup_desktop.services.transfer.dropped import DroppedContent, MailContext
    from followup_desktop.ui.kit.progress import ProgressRunner


@dataclass(frozen=True, slots=True, kw_only=True)
class Takers:
    """Who takes what was dropped.

    ``propose`` gets an email that answers an application, and its text. ``open_file`` gets what is to be
    imported: a table, an invitation, an address book, an email with an invitation, and any other file.
    ``progress`` reads beside the window.
    """

    propose: Callable[[ReceivedReply, str], None]
    open_file: Callable[[Path], None]
    progress: ProgressRunner


TAKES_A_NAME = "takesAName"
"""The property of a field into which nothing of several lines is pasted: the window takes that."""


def has_lines() -> bool:
    """Whether a text of several lines is on the clipboard."""
    return "\n" in QGuiApplication.clipboard().text().strip()


class Drops(QObject):
    """Takes what is dropped anywhere on ``window`` where nothing else does, or pasted there.

    An address, and a text that is neither to be imported nor an answer, are read as a posting. ``is_ready``
    tells whether there is a view to show it in.
    """

    def __init__(
        self,
        window: QWidget,
        context: Context,
        takers: Takers,
        is_ready: Callable[[], bool],
    ) -> None:
        super().__init__(window)
        self._context = context
        self._takers = takers
        self._is_ready = is_ready
        self._handle: QWindow | None = None
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Say that it may be dropped, and take it.

        Files are taken before a field under them is asked, which would write their addresses into itself.
        """
        if isinstance(watched, QWindow):
            if not isinstance(event, QDropEvent):  # of which entering and moving are kinds
                return False
            if not self._is_ready() or not _has_files(event.mimeData()):
                return False
        elif isinstance(event, QShowEvent) and isinstance(watched, QWidget):
            self._watch(watched.windowHandle())
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

    def _watch(self, handle: QWindow | None) -> None:
        """Be asked before all that is within the window."""
        if handle is not None and handle is not self._handle:
            self._handle = handle
            handle.installEventFilter(self)

    def take(self, data: QMimeData) -> None:
        """Do with this what is done with it when it is dropped."""
        files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        links = [url.toString() for url in data.urls() if url.scheme() in {"http", "https"}]
        if len(files) > 1:
            self._context.show_status(_("Drop one file at a time."))
        elif files:
            self._take_file(files[0])
        elif links:
            self._context.open(AddApplication(links[0]))
        elif text := data.text().strip("\r\n \0"):
            self._take_text(text)

    def paste(self) -> None:
        """Give what is on the clipboard to the field with the keyboard, or take it as what is dropped."""
        field = QApplication.focusWidget()
        if (
            isinstance(field, QLineEdit | QPlainTextEdit | QTextEdit)
            and not field.isReadOnly()
            and not (field.property(TAKES_A_NAME) and has_lines())
        ):
            field.paste()
        else:
            self.take_clipboard()

    def take_clipboard(self) -> None:
        """Do with what is on the clipboard what is done with it when it is dropped."""
        data = QGuiApplication.clipboard().mimeData()
        if not self._is_ready():
            return
        if data is not None and _has_posting(data) and (data.urls() or data.text().strip()):
            self.take(data)
        else:
            self._context.show_status(
                _("There's no text on the clipboard. Copy a table, an email, an invitation or a posting.")
            )

    def _take_text(self, text: str) -> None:
        from followup_desktop.services.transfer.dropped import text_found
        from followup_desktop.services.transfer.pasted import is_to_import

        if is_to_import(text):
            self._import_text(text)
        else:
            self._take_found(
                _("pasted text"),
                lambda told, _progress: text_found(told, text),
                lambda: self._import_text(text),
            )

    def _import_text(self, text: str) -> None:
        """Import what a file would hold, by way of one that is gone afterwards."""
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / _("pasted text")
            file.write_bytes(text.encode("utf-8", "replace"))
            self._takers.open_file(file)

    def _take_file(self, file: Path) -> None:
        # With all that reads them.
        from followup_desktop.services.capture.posting_files import is_posting_file
        from followup_desktop.services.transfer.dropped import file_found

        if not is_posting_file(file.name):
            self._takers.open_file(file)
            return
        files = self._context.desktop.files
        self._take_found(
            file.name,
            lambda context, progress: file_found(context, file.name, files.read(file, progress.is_cancelled)),
            lambda: self._takers.open_file(file),
        )

    def _take_found(
        self,
        name: str,
        find: Callable[[MailContext, Progress], DroppedContent],
        import_it: Callable[[], object],
    ) -> None:
        """Read it beside the window, which may take long; then propose what it answers, or begin with it."""
        from followup_desktop.services.transfer.dropped import MailContext
        from followup_desktop.ui.kit.forms.dates import writing

        now, dates = self._context.clock(), writing()
        try:
            found = self._takers.progress.run(
                _("Reading {file}…").format(file=name),
                lambda session, progress: find(MailContext(session.store, now, dates), progress),
            )
        except Refused as refused:
            self._context.show_status(str(refused))
            return
        if found.is_to_import:
            import_it()
        elif found.received is not None:
            self._takers.propose(found.received, found.text)
        else:
            self._context.open(AddApplication(found.text))


def _has_files(data: QMimeData) -> bool:
    return any(url.isLocalFile() for url in data.urls())


def _has_posting(data: QMimeData) -> bool:
    return data.hasUrls() or data.hasText()
