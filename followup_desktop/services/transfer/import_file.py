"""Importing a file, from its bytes to what that changed: one use case for the window and the command line."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Protocol

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.progress import OnProgress
from followup_desktop.i18n import _
from followup_desktop.services.ports import FileData
from followup_desktop.services.progress import Progress
from followup_desktop.services.transfer.answers import check_used
from followup_desktop.services.transfer.document import Answers, Document, Reading, RefusedRow
from followup_desktop.services.transfer.formats import read_document
from followup_desktop.services.transfer.importing import check_answered
from followup_desktop.services.transfer.report import ImportReport
from followup_desktop.services.transfer.table_answers import TableAnswers, joined


class Importer(Protocol):
    """The verbs of the tracker."""

    def reading(self, name: str, answers: Answers | None = None) -> Reading:
        """What a reader is to know beside the bytes of a file of that name."""

    def import_document(
        self,
        document: Document,
        before_writing: Callable[[], None] = ...,
        *,
        dry_run: bool = False,
        leave_out: Collection[str] = (),
        holds_back: bool = False,
        on_progress: OnProgress = ...,
    ) -> ImportReport:
        """Merge a file that was read into what is there, but for the rows at these places."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A file that is to be imported: its name and its bytes, of a large one as they are read.

    ``format`` is the name of its format, if that isn't to be recognised; ``timezone`` is the zone of times
    without one, if it isn't the user's.
    """

    name: str
    data: FileData = field(repr=False)
    format: str | None = None
    timezone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileContents:
    """What a file says, by these answers. The bytes of an export are kept by what is left to read of it."""

    file: SourceFile
    answers: Answers
    document: Document

    @property
    def is_own(self) -> bool:
        """Whether it is an export of this program, which is to be taken as it is."""
        document = self.document
        return not (document.foreign or document.invitations or document.refused)


class ImportFile:
    """The steps of an import. Each raises ``Refused``, and ``Cancelled`` if the user gave it up.

    First the file is read, again for each answer; then it is tried, if somebody is to look at that before,
    or imported. A step may be another thread's than the one before, with a tracker of its own.
    """

    def __init__(self, tracker: Importer, kept: TableAnswers, progress: Progress | None = None) -> None:
        self._tracker = tracker
        self._kept = kept
        self._progress = progress or Progress("")

    def read(self, file: SourceFile, answers: Answers | None = None) -> FileContents:
        """The file by these answers and, where they leave something open, by those kept of such a table.

        An answer to what the file doesn't ask is ``Refused``.
        """
        contents = self._read(file, answers or Answers())
        kept = self._kept.of(contents.document.columns)
        if kept is not None:
            contents = self._read(file, joined(kept, contents.answers))
        if answers is not None:
            check_used(contents.document, answers)
        return contents

    def read_again(self, contents: FileContents, answers: Answers) -> FileContents:
        """The file by these answers alone."""
        return self._read(contents.file, answers)

    def look(self, contents: FileContents, *, holds_back: bool = False) -> ImportReport:
        """What ``carry_out`` would do."""
        self._describe(_("Comparing {file} with your data…"), contents)
        return self._tracker.import_document(
            contents.document, dry_run=True, holds_back=holds_back, on_progress=self._progress.count
        )

    def check_answered(self, contents: FileContents) -> None:
        """``OpenQuestion`` if something must be known before the file is imported."""
        check_answered(contents.document.questions)
        if contents.document.invitations:  # what they leave open shows beside the data alone
            check_answered(self.look(contents).questions)

    def carry_out(
        self, contents: FileContents, *, leave_out: Collection[str] = (), holds_back: bool = False
    ) -> ImportReport:
        """Import it without the rows at these places, and keep its answers for the next such table.

        With ``holds_back``, a table sets no stage back: its rows that would are left out, too.
        """
        self._describe(_("Comparing {file} with your data…"), contents)
        report = self._tracker.import_document(
            contents.document,
            lambda: self._describe(_("Importing {file}…"), contents),
            leave_out=leave_out,
            holds_back=holds_back,
            on_progress=self._progress.count,
        )
        if contents.answers != Answers():
            with suppress(Refused):  # the import is done; they are asked for again
                self._kept.keep(contents.document.columns, contents.answers)
        return report

    def rows_left_out(
        self, contents: FileContents, report: ImportReport, why: Mapping[str, str]
    ) -> tuple[RefusedRow, ...]:
        """The rows that can't be imported by the report, and those at these places, each with why."""
        if not why:
            return report.refusals
        # Only what is left out is read a second time with its cells.
        reading = replace(self._reading(contents.file, contents.answers), left_out=why)
        return read_document(contents.file.data, contents.file.format, reading).refused

    def _read(self, file: SourceFile, answers: Answers) -> FileContents:
        self._progress.describe(_("Reading {file}…").format(file=file.name))
        document = read_document(file.data, file.format, self._reading(file, answers))
        contents = FileContents(file=file, answers=answers, document=document)
        # That of 100,000 applications has 240 MB. Another is read again as it was.
        return replace(contents, file=replace(file, data=b"" if contents.is_own else file.data[:]))

    def _reading(self, file: SourceFile, answers: Answers) -> Reading:
        reading = self._tracker.reading(file.name, answers)
        timezone = file.timezone or reading.timezone
        return replace(reading, timezone=timezone, on_progress=self._progress.count)

    def _describe(self, text: str, contents: FileContents) -> None:
        self._progress.describe(text.format(file=contents.file.name))
