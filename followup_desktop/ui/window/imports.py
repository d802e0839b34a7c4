"""Importing a file in the window: at once, or after a look at what it would change."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _
from followup_desktop.services.background_work import Session
from followup_desktop.services.progress import Progress
from followup_desktop.services.transfer.document import Answers
from followup_desktop.services.transfer.importing import import_read
from followup_desktop.services.transfer.preview import (
    Preview,
    look_again,
    read_or_import,
    rows_left_out,
)
from followup_desktop.services.transfer.refused_rows import write_refused
from followup_desktop.services.transfer.remembered import remembered, with_answers
from followup_desktop.ui.kit.file_dialogs import ask_for_place
from followup_desktop.ui.kit.progress import ProgressRunner
from followup_desktop.ui.kit.view import Context
from followup_desktop.ui.kit.widgets.toast import Toast
from followup_desktop.ui.kit.window_settings import TABLES
from followup_desktop.ui.window.import_window import ImportWindow

T = TypeVar("T")


class Imports(QObject):
    """One file on its way in."""

    def __init__(self, window: QWidget, context: Context, progress: ProgressRunner, toast: Toast) -> None:
        super().__init__(window)
        self._window = window
        self._context = context
        self._progress = progress
        self._toast = toast

    def begin(self, path: Path) -> None:
        """Import the file, or show what that would do."""
        context = self._context
        found = self._run(
            _("Importing {file}…").format(file=path.name),
            lambda session, progress: read_or_import(
                session.tracker, context.files, path, context.wording, progress
            ),
        )
        if isinstance(found, str):
            context.show_status(found)
        elif found is not None:
            self.show(found)

    def show(self, preview: Preview) -> ImportWindow:
        """Show what the import would do, by what the user said of such a table before."""
        known = remembered(self._context.settings.read_again(TABLES), preview.columns)
        if known is not None and preview.columns:
            preview = self._read_again(preview, known) or preview
        window = ImportWindow(self._context.theme, preview, self._window)
        window.asked.connect(lambda answers: self._answer(window, answers))
        window.wanted.connect(lambda left_out: self._import(window, left_out))
        window.saving.connect(lambda: self._save_refused(window))
        window.show()
        return window

    def _answer(self, window: ImportWindow, answers: Answers) -> None:
        preview = self._read_again(window.preview, answers, window)
        if preview is not None:
            window.show_preview(preview)

    def _read_again(
        self, preview: Preview, answers: Answers, window: ImportWindow | None = None
    ) -> Preview | None:
        return self._run(
            _("Reading {file}…").format(file=preview.name),
            lambda session, progress: look_again(session.tracker, preview, answers, progress),
            window,
        )

    def _import(self, window: ImportWindow, left_out: Collection[str]) -> None:
        preview, wording = window.preview, self._context.wording
        said = self._run(
            _("Importing {file}…").format(file=preview.name),
            lambda session, progress: import_read(
                session.tracker, preview.document, preview.name, wording, progress, leave_out=left_out
            ),
            window,
        )
        if said is not None:
            self._remember(preview)
            window.close()
            self._context.show_status(said)

    def _save_refused(self, window: ImportWindow) -> None:
        name = _("{name} (left out).csv").format(name=Path(window.preview.name).stem)
        path = ask_for_place(window, self._context.folder, _("Save rows left out"), name, _("Table (*.csv)"))
        if path is None:
            return
        preview, left_out = window.preview, frozenset(window.model.left_out)
        rows = self._run(
            _("Reading {file}…").format(file=preview.name),
            lambda session, progress: rows_left_out(session.tracker, preview, left_out, progress),
            window,
        )
        if rows is None:
            return
        try:
            self._context.files.write(path, write_refused(rows))
        except Refused as refused:
            self._say(str(refused), window)
        else:
            self._say(_("Saved the rows left out to {file}.").format(file=path.name), window)

    def _run(
        self, text: str, verb: Callable[[Session, Progress], T], window: ImportWindow | None = None
    ) -> T | None:
        """Do this beside the window; ``None`` if it was refused, which is said where the user looks."""
        try:
            return self._progress.run(text, verb)
        except Refused as refused:
            self._say(str(refused), window)
            return None

    def _say(self, sentence: str, window: ImportWindow | None) -> None:
        if window is not None:
            window.summary.setText(sentence)
        else:
            self._toast.show_sentence(sentence, can_undo=False)

    # What was answered before

    def _remember(self, preview: Preview) -> None:
        if preview.answers == Answers() or not preview.columns:
            return
        self._context.settings.change(
            TABLES, lambda kept: with_answers(kept, preview.columns, preview.answers)
        )
