"""The formats of files, a row each: what one is called, how it is known, and what reads and writes it.

A reader or a writer is a module, imported when it is needed. A reader's is in ``readers``, and has
``recognise(data, name)`` and ``read(data, reading)``; a writer's has ``write_file(contents)``, which gives
the bytes.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import N_, _, format_list, format_series

if TYPE_CHECKING:
    from datetime import datetime

    from followup_desktop.domain.model import Facts, FollowUp
    from followup_desktop.services.ports import FileData
    from followup_desktop.services.transfer.document import Document, Reading, Recognition
    from followup_desktop.services.wording import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What a file is written from; ``previous`` is the file that is there already, if it matters."""

    facts: Facts
    plan: Iterable[FollowUp]
    now: datetime
    wording: Wording
    previous: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """How a format is read: ``title`` is for the dialog, ``files`` for the sentence on what can be read.

    ``endings`` are those of the files it reads, where they are more than those it writes.
    """

    module: str
    title: str
    files: str
    endings: tuple[str, ...] = ()

    def recognise(self, data: bytes, name: str) -> Recognition:
        """How surely the file is of this format, by its content and, as a hint, its name."""
        found: Recognition = self._module().recognise(data, name)
        return found

    def read(self, data: FileData, reading: Reading) -> Document:
        """What the file says, of which only the interchange file may be large; raises ``Refused``."""
        document: Document = self._module().read(data, reading)
        return document

    def _module(self) -> Any:
        return _module(f"readers.{self.module}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """How a format is written.

    ``title`` is for the dialog, ``about`` for the help of the command line, ``written`` the sentence when it
    is done. A file that ``goes_on`` from the one that is there is given that as ``Contents.previous``;
    ``mark`` comes before what is written to a file, but not to another program.
    """

    module: str
    title: str
    about: str
    written: str
    goes_on: bool = False
    mark: bytes = b""

    def write(self, contents: Contents) -> bytes:
        """The file, but for its mark."""
        data: bytes = _module(self.module).write_file(contents)
        return data


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportKind:
    """What the report of the search can be, by its name on the command line.

    A file that is made ends in the first of ``endings``; ``title`` is for the dialog.
    """

    name: str
    endings: tuple[str, ...]
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One format, by its name on the command line; a file that is made ends in the first of ``endings``."""

    name: str
    endings: tuple[str, ...]
    reader: Reader | None = None
    writer: Writer | None = None


MARK = codecs.BOM_UTF8
"""Before a table in a file: without it Excel takes one that is double-clicked for one in an old encoding."""

INTERCHANGE = Format(
    name="json",
    endings=(".json",),
    reader=Reader(module="interchange", title=N_("Follow Up files"), files=N_("its own exports (.json)")),
    writer=Writer(
        module="interchange_write",
        # Translators: a kind of file in a dialog: everything that was entered.
        title=N_("Everything"),
        about=N_("everything, to be imported again"),
        written=N_("Exported everything to {file}."),
    ),
)
"""Also what a file is read as that no format recognises: its reader says what is wrong with it."""

FORMATS = (
    INTERCHANGE,
    Format(
        name="csv",
        endings=(".csv",),
        reader=Reader(
            module="delimited",
            title=N_("Tables"),
            files=N_("tables (.csv, .tsv)"),
            endings=(".csv", ".tsv", ".tab", ".txt"),
        ),
        writer=Writer(
            module="spreadsheet",
            title=N_("Table of applications"),
            about=N_("the applications as a table"),
            written=N_("Exported the applications to {file}."),
            mark=MARK,
        ),
    ),
    Format(
        name="events",
        endings=(".events.csv",),
        writer=Writer(
            module="events_table",
            title=N_("Table of events"),
            about=N_("interviews and the timeline as a table"),
            written=N_("Exported interviews and the timeline to {file}."),
            mark=MARK,
        ),
    ),
    Format(
        name="ics",
        endings=(".ics",),
        writer=Writer(
            module="calendar_file",
            title=N_("Calendar"),
            about=N_("interviews and follow-ups as a calendar"),
            written=N_("Exported the interviews and follow-ups to {file}."),
            goes_on=True,
        ),
        reader=Reader(
            module="calendar", title=N_("Invitations"), files=N_("invitations to interviews (.ics)")
        ),
    ),
    Format(
        name="eml",
        endings=(".eml",),
        reader=Reader(module="email", title=N_("Emails"), files=N_("emails with an invitation (.eml)")),
    ),
    Format(
        name="vcf",
        endings=(".vcf", ".vcard"),
        reader=Reader(module="vcard", title=N_("Contacts"), files=N_("address books (.vcf)")),
        writer=Writer(
            module="address_book",
            title=N_("Address book"),
            about=N_("people as an address book"),
            written=N_("Exported your contacts to {file}."),
        ),
    ),
    Format(
        name="spreadsheet",
        endings=(".xlsx", ".xlsm", ".xls", ".ods"),
        reader=Reader(
            module="workbook", title=N_("Spreadsheets"), files=N_("spreadsheets (.xlsx, .xls, .ods)")
        ),
    ),
    Format(
        name="markdown",
        endings=(".md",),
        reader=Reader(module="markdown", title=N_("Markdown tables"), files=N_("Markdown tables (.md)")),
    ),
    Format(
        name="page",
        endings=(".html", ".htm"),
        reader=Reader(module="page", title=N_("Web pages"), files=N_("tables of web pages (.html)")),
    ),
    Format(
        name="linkedin",
        endings=(".zip",),
        reader=Reader(
            module="linkedin", title=N_("LinkedIn data exports"), files=N_("LinkedIn data exports (.zip)")
        ),
    ),
    Format(
        name="notion",
        endings=(),
        reader=Reader(
            module="notion",
            title=N_("Notion exports"),
            files=N_("Notion exports (.zip)"),
            endings=(".zip",),
        ),
    ),
)
"""All of them, in the order in which they are offered."""

REPORT_KINDS = (
    ReportKind(name="pdf", endings=(".pdf",), title=N_("PDF (*.pdf)")),
    ReportKind(name="csv", endings=(".csv",), title=N_("Table (*.csv)")),
    ReportKind(name="html", endings=(".html", ".htm"), title=N_("Web page (*.html)")),
)
"""In the order in which they are offered."""

_ENDING = re.compile(r"\.(7z|[a-z][a-z0-9]{0,4}|ndjson|numbers|sqlite3?)")
"""What a name may end in that is meant as one; another longer word is part of the name."""


def readers() -> dict[str, Reader]:
    """What can be read, by the names of the formats."""
    return {each.name: each.reader for each in FORMATS if each.reader is not None}


def writers() -> dict[str, Writer]:
    """What can be written, by the names of the formats."""
    return {each.name: each.writer for each in FORMATS if each.writer is not None}


def endings_of(name: str) -> tuple[str, ...]:
    """The endings of the files of a format, with their dots."""
    return next(each.endings for each in FORMATS if each.name == name)


def endings_read(name: str) -> tuple[str, ...]:
    """The endings of the files that the reader of a format reads, with their dots."""
    reader = readers()[name]
    return reader.endings or endings_of(name)


def report_kind(file: PurePath) -> str | None:
    """The kind of report that a file's ending names, if it names one."""
    return next((each.name for each in REPORT_KINDS if file.suffix.lower() in each.endings), None)


def report_names() -> tuple[str, ...]:
    """The kinds of report that are no formats as well: to export so makes the report of the whole search."""
    return tuple(each.name for each in REPORT_KINDS if each.name not in writers())


def writer_for(file: PurePath) -> Writer:
    """The writer of the format that a file's ending names; of everything where the name has none.

    Another ending is ``Refused``: the file would hold something else.
    """
    ending, name = file.suffix.lower(), file.name.lower()
    writable = [each for each in FORMATS if each.writer is not None]
    # Of .events.csv and .csv, which it ends in as well, the longer one is meant.
    ends = {end: each.writer for each in writable for end in each.endings if name.endswith(end)}
    if ends and (found := ends[max(ends, key=len)]) is not None:
        return found
    if _ENDING.fullmatch(ending):
        *others, last = (each.endings[0] for each in writable)
        if report_kind(file) is not None:
            sentence = _(
                "To save a PDF or HTML file, choose Report in the File menu. To export, use a file name "
                "that ends in {others} or {last}."
            )
            raise Refused(sentence.format(others=format_series(others), last=last), field="format")
        sentence = _(
            "Follow Up can't export to {ending} yet. Use a file name that ends in {others} or {last}."
        )
        raise Refused(sentence.format(ending=ending, others=format_series(others), last=last), field="format")
    return writers()[INTERCHANGE.name]


_HEAD = 4096
"""So much of a file tells whether it may be an export of this program."""


def read_document(data: FileData, name: str | None = None, reading: Reading | None = None) -> Document:
    """What a file says, read in the format of that name, or in the one that knows it most surely.

    All but an export of this program is held in memory as a whole. Raises ``Refused``.
    """
    from followup_desktop.services.own_thread import without_collector
    from followup_desktop.services.transfer.document import Reading, Recognition

    reading = reading or Reading()
    found = readers()
    own = INTERCHANGE.name
    if name is None and found[own].recognise(data[:_HEAD], reading.name) is Recognition.SURE:
        name = own
    if name != own:
        data = whole = data[:]
    if name is None:
        sureness = {each: found[each].recognise(whole, reading.name) for each in found}
        name = max(sureness, key=sureness.__getitem__)
        if sureness[name] is Recognition.NONE:
            name = own
    with without_collector():
        return found[name].read(data, reading)


def what_is_read() -> str:
    """A sentence for somebody who brought another file."""
    files = format_list([_(each.files) for each in readers().values()])
    return _("Follow Up can import {files}.").format(files=files)


def _module(name: str) -> Any:
    return import_module(f"{__package__}.{name}")
