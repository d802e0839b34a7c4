"""What is dropped or pasted on the window: a posting begins an application, an answer is proposed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _
from followup_desktop.ui.kit.requests import AddApplication
from followup_desktop.ui.kit.view import Context

if TYPE_CHECKING:
    from followup_desktop.services.capture.mails import Mail
    from followup_desktop.services.reading.received import Received


class Drops(QObject):
    """Takes what is dropped anywhere on ``window`` where nothing else does, or pasted there.

    ``propose`` gets an email that answers an application, and its text. ``open_file`` gets what is to be
    imported: a table, an invitation, an address book, an email with an invitation, and any other file. An
    address, another text and a file with a text are read as a posting.
    ``is_ready`` tells whether there is a view to show it in.
    """

    def __init__(
        self,
        window: QWidget,
        context: Context,
        propose: Callable[[Received, str], None],
        open_file: Callable[[Path], None],
        is_ready: Callable[[], bool],
    ) -> None:
        super().__init__(window)
        self._context = context
        self._propose = propose
        self._open_file = open_file
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
        elif event.type() is QEvent.Type.Show and isinstance(watched, QWidget):
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
        elif text := next(iter(links), data.text()).strip("\r\n \0"):
            self._take_text(text)

    def paste(self) -> None:
        """Give what is on the clipboard to the field with the keyboard, or take it as what is dropped."""
        field = QApplication.focusWidget()
        if isinstance(field, QLineEdit | QPlainTextEdit | QTextEdit) and not field.isReadOnly():
            field.paste()
            return
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
        from followup_desktop.services.capture.mails import is_mail_source, pasted_mail, read_mail
        from followup_desktop.services.transfer.pasted import is_to_import

        if is_to_import(text):
            self._import_text(text)
            return
        try:
            mail = read_mail(text.encode("utf-8", "replace")) if is_mail_source(text) else pasted_mail(text)
        except Refused as refused:
            self._context.show_status(str(refused))
            return
        if mail.calendars:
            self._import_text(text)
        else:
            self._take_mail(mail, text)

    def _import_text(self, text: str) -> None:
        """Import what a file would hold, by way of one that is gone afterwards."""
        with TemporaryDirectory() as folder:
            file = Path(folder) / _("pasted text")
            file.write_bytes(text.encode("utf-8", "replace"))
            self._open_file(file)

    def _take_mail(self, mail: Mail, text: str) -> None:
        """Propose what an email answers, be it of nobody known, or whose it is; else it may be a posting."""
        from followup_desktop.services.reading.received import read_received
        from followup_desktop.ui.kit.forms.dates import writing

        store = self._context.store
        received = read_received(store, mail, self._context.clock(), writing())
        is_answer = received.reply.kind is not None and next(iter(store.applications()), None) is not None
        if is_answer or (received.applications and mail.sender_address):
            self._propose(received, text)
        else:
            self._context.open(AddApplication(text))

    def _take_file(self, file: Path) -> None:
        from followup_desktop.services.capture.mails import read_mail
        from followup_desktop.services.capture.posting_files import (
            is_posting_file,  # with all that reads them
            posting_text,
        )
        from followup_desktop.services.transfer.pasted import is_to_import

        if not is_posting_file(file.name):
            self._open_file(file)
            return
        try:
            data = self._context.files.read(file)
            mail = read_mail(data) if file.suffix.lower() == ".eml" else None
            text = "" if mail is not None and mail.calendars else posting_text(file.name, data)
        except Refused as refused:
            self._context.show_status(str(refused))
            return
        if (mail is not None and mail.calendars) or (file.suffix.lower() in _TEXTS and is_to_import(text)):
            self._open_file(file)
        elif mail is not None:
            self._take_mail(mail, text)
        else:
            self._context.open(AddApplication(text))


_TEXTS = frozenset({".txt", ".md"})
"""Endings of texts that may be a posting or a table."""


def _has_files(data: QMimeData) -> bool:
    return any(url.isLocalFile() for url in data.urls())


def _has_posting(data: QMimeData) -> bool:
    return data.hasUrls() or data.hasText()
