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
from followup_desktop.services.transfer.import_file import ImportFile, SourceFile
from followup_desktop.services.transfer.preview import (
    Preview,
    import_in_words,
    import_or_preview,
    preview_of,
)
from followup_desktop.services.transfer.refused_rows import write_refused
from followup_desktop.services.transfer.table_answers import TableAnswers
from followup_desktop.ui.kit.file_dialogs import ask_for_place
from followup_desktop.ui.kit.progress import ProgressRunner
from followup_desktop.ui.kit.view import Context
from followup_desktop.ui.kit.widgets.toast import Toast
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
            lambda session, progress: import_or_preview(
                _importing(session, progress),
                SourceFile(name=path.name, data=context.desktop.files.open(path, progress.is_cancelled)),
                context.wording,
            ),
        )
        if isinstance(found, str):
            context.show_status(found)
        elif found is not None:
            self.show(found)

    def show(self, preview: Preview) -> ImportWindow:
        """Show what the import would do."""
        window = ImportWindow(self._context.theme, preview, self._window)
        window.asked.connect(lambda answers: self._answer(window, answers))
        window.wanted.connect(lambda left_out: self._import(window, left_out))
        window.saving.connect(lambda: self._save_refused(window))
        window.show()
        return window

    def _answer(self, window: ImportWindow, answers: Answers) -> None:
        def again(session: Session, progress: Progress) -> Preview:
            importing = _importing(session, progress)
            return preview_of(importing, importing.read_again(window.preview.contents, answers))

        preview = self._run(_("Reading {file}…").format(file=window.preview.name), again, window)
        if preview is not None:
            window.show_preview(preview)

    def _import(self, window: ImportWindow, left_out: Collection[str]) -> None:
        preview, wording = window.preview, self._context.wording
        said = self._run(
            _("Importing {file}…").format(file=preview.name),
            lambda session, progress: import_in_words(
                _importing(session, progress), preview.contents, wording, left_out
            ),
            window,
        )
        if said is not None:
            window.close()
            self._context.show_status(said)

    def _save_refused(self, window: ImportWindow) -> None:
        name = _("{name} (left out).csv").format(name=Path(window.preview.name).stem)
        path = ask_for_place(
            window, self._context.settings, _("Save rows left out"), name, _("Table (*.csv)")
        )
        if path is None:
            return
        preview, why = window.preview, window.preview.why_left_out(window.model.left_out)
        rows = self._run(
            _("Reading {file}…").format(file=preview.name),
            lambda session, progress: _importing(session, progress).rows_left_out(
                preview.contents, preview.report, why
            ),
            window,
        )
        if rows is None:
            return
        try:
            self._context.desktop.files.write(path, write_refused(rows))
        except Refused as refused:
            self._show_sentence(str(refused), window)
        else:
            self._show_sentence(_("Saved the rows left out to {file}.").format(file=path.name), window)

    def _run(
        self, text: str, verb: Callable[[Session, Progress], T], window: ImportWindow | None = None
    ) -> T | None:
        """Do this beside the window; ``None`` if it was refused, which is said where the user looks."""
        try:
            return self._progress.run(text, verb)
        except Refused as refused:
            self._show_sentence(str(refused), window)
            return None

    def _show_sentence(self, sentence: str, window: ImportWindow | None) -> None:
        if window is not None:
            window.summary.setText(sentence)
        else:
            self._toast.show_sentence(sentence, can_undo=False)


def _importing(session: Session, progress: Progress) -> ImportFile:
    return ImportFile(session.tracker, TableAnswers(session.settings), progress)
