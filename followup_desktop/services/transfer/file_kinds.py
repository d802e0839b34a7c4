"""What a file is, told by its content: the name of its kind, for somebody who brought another than wanted."""

from __future__ import annotations

import codecs
import csv
import io
import re
import struct
from collections import Counter
from itertools import chain, islice
from typing import TypeAlias

from followup_desktop.i18n import N_, _
from followup_desktop.services.transfer.archives import FAULTS, is_cut_off, opened
from followup_desktop.services.transfer.tables.words import is_heading_alone

_Kind: TypeAlias = tuple[str, str]
"""The text of a kind, to be translated, and the name of the format that is filled in."""

_SPREADSHEET = N_("a spreadsheet ({format})")
_IMAGE = N_("an image ({format})")
_WORD = N_("a Word document ({format})")
_ARCHIVE = N_("a compressed archive ({format})")
_PDF = N_("a PDF document"), ""
_SOUND = N_("a sound file"), ""
_FONT = N_("a font"), ""
_VIDEO = N_("a video"), ""
_PROGRAM = N_("a program"), ""
_TABLE = N_("a table ({format})")
_PAGE = N_("a web page (HTML)"), ""
_TEXT = N_("a text file"), ""
_MSG = N_("an email (Outlook MSG)"), ""
_WINMAIL = N_("an Outlook attachment (winmail.dat)"), ""
_UNKNOWN = N_("a kind of file Follow Up doesn't know"), ""

_BEGINNINGS: tuple[tuple[bytes, _Kind], ...] = (
    (b"%PDF-", _PDF),
    (b"SQLite format 3\0", (N_("a database (SQLite)"), "")),
    (b"\x89PNG\r\n\x1a\n", (_IMAGE, "PNG")),
    (b"\xff\xd8\xff", (_IMAGE, "JPEG")),
    (b"GIF87a", (_IMAGE, "GIF")),
    (b"GIF89a", (_IMAGE, "GIF")),
    (b"II*\0", (_IMAGE, "TIFF")),
    (b"MM\0*", (_IMAGE, "TIFF")),
    (b"{\\rtf", (_WORD, "RTF")),
    (b"\x1f\x8b", (_ARCHIVE, "gzip")),
    (b"7z\xbc\xaf\x27\x1c", (_ARCHIVE, "7z")),
    (b"Rar!\x1a\x07", (_ARCHIVE, "RAR")),
    (b"\xfd7zXZ\0", (_ARCHIVE, "xz")),
    (b"\x28\xb5\x2f\xfd", (_ARCHIVE, "Zstandard")),
    (b"ID3", _SOUND),
    (b"OggS", _SOUND),
    (b"fLaC", _SOUND),
    (b"\x1a\x45\xdf\xa3", _VIDEO),
    (b"\0\1\0\0\0", _FONT),
    (b"OTTO\0", _FONT),
    (b"ttcf\0", _FONT),
    (b"wOFF", _FONT),
    (b"wOF2", _FONT),
    (b"\x7fELF", _PROGRAM),
    (b"\xcf\xfa\xed\xfe", _PROGRAM),
    (b"\xce\xfa\xed\xfe", _PROGRAM),
    (b"\xca\xfe\xba\xbe", _PROGRAM),
    (b"\x78\x9f\x3e\x22", _WINMAIL),
)
_SOUND_FRAME = re.compile(rb"\xff[\xf2-\xf7\xfa-\xfd][\x10-\xef]", re.DOTALL)
"""MPEG audio without a title: its layer and its rate are none that can't be."""
_PARTS_OF_ZIP: tuple[tuple[str, _Kind], ...] = (
    ("xl/workbook.bin", (_SPREADSHEET, "XLSB")),
    ("xl/", (_SPREADSHEET, "XLSX")),
    ("word/", (_WORD, "DOCX")),
    ("ppt/", (N_("a presentation (PPTX)"), "")),
    ("Index/", (N_("a Numbers, Pages or Keynote document"), "")),
)
_TYPES_OF_ZIP = {
    b"application/vnd.oasis.opendocument.spreadsheet": (_SPREADSHEET, "ODS"),
    b"application/vnd.oasis.opendocument.text": (N_("a text document (ODT)"), ""),
    b"application/vnd.oasis.opendocument.presentation": (N_("a presentation (ODP)"), ""),
    b"application/epub+zip": (N_("an e-book (EPUB)"), ""),
}
_STREAMS_OF_OLE: tuple[tuple[str, _Kind], ...] = (
    # First, for an email has those of its attachments in it, too.
    ("__substg1.0_", _MSG),
    ("__nameid_version1.0", _MSG),
    ("EncryptedPackage", (N_("a password-protected Office document"), "")),
    ("WordDocument", (_WORD, "DOC")),
    ("PowerPoint Document", (N_("a presentation (PPT)"), "")),
    ("Workbook", (_SPREADSHEET, "XLS")),
    ("Book", (_SPREADSHEET, "XLS")),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOOSE = re.IGNORECASE | re.DOTALL
_TEXTS: tuple[tuple[re.Pattern[str], _Kind], ...] = (
    (re.compile(r"BEGIN:VCALENDAR\b", re.IGNORECASE), (N_("a calendar file (iCalendar)"), "")),
    (re.compile(r"BEGIN:VCARD\b", re.IGNORECASE), (N_("an address book (vCard)"), "")),
    (re.compile(r"From \S+@\S+ .*\n(?=[!-9;-~]+:)"), (N_("a mailbox (mbox)"), "")),
    (re.compile(r"(<!--.*?-->\s*)*<(!doctype html|html|head|body|meta|style|table)\b", _LOOSE), _PAGE),
    (re.compile(r"(<\?xml.*?\?>\s*|<!.*?>\s*)*<svg\b", _LOOSE), (_IMAGE, "SVG")),
    (re.compile(r"<\?xml\b"), (N_("an XML file"), "")),
    (re.compile(r"(?:.*\n)*?\|.*\|[ \t]*\n\|[-: |]+\|[ \t]*\n"), (_TABLE, "Markdown")),
)
_HEADER = re.compile(r"[!-9;-~]+:.*\n(?:[ \t].*\n)*")
_OF_AN_EMAIL = re.compile(
    r"^(from|to|subject|date|received|return-path|delivered-to|mime-version|message-id|x-[\w-]+):",
    re.IGNORECASE | re.MULTILINE,
)
_HEADER_OF_OLE = 512
_BLANK = re.compile(rb"[ \t\r\n\xef\xbb\xbf]*")
_ZEROS = re.compile(rb"[ \t\r\n\0\xef\xbb\xbf]*")
_LOOKED_AT = 64 * 1024
"""So many bytes tell what a text is."""
_ROWS = 20
_WORDS_OF_A_NAME = 5
_FEW = 2
_ALIKE = 0.6
"""So large a part of the rows has the same number of cells: others may be remarks, or be cut short."""


def kind_of(data: bytes) -> str | None:
    """The kind of a file, with its article: "a spreadsheet (XLSX)"; ``None`` for what begins as JSON does.

    An empty file is "an empty file", and one of zeros, as a copy that broke off leaves, is told as such. The
    content alone decides, for a name may say anything.
    """
    if _BLANK.fullmatch(data):
        return _("an empty file")
    if _ZEROS.fullmatch(data):
        return _("a file that contains only zeros")
    found = _binary(data) or _text(data)
    if found is None:
        return None
    text, name = found
    return _(text).format(format=name)


def is_outlook_mail(data: bytes) -> bool:
    """Whether it is an email, or what came with one, in a form that only Outlook reads."""
    return _binary(data) in (_MSG, _WINMAIL)


def is_incomplete(data: bytes) -> bool:
    """Whether it is an archive, or an old Office document, that ends before it is whole."""
    if data.startswith(_OLE):
        if len(data) < _HEADER_OF_OLE:
            return True
        # The list of what is in it may stand anywhere, and mostly near the end.
        power, first = struct.unpack_from("<H", data, 30)[0], struct.unpack_from("<I", data, 48)[0]
        return power in (9, 12) and (first + 2) << power > len(data)
    return is_cut_off(data)


def is_table(data: bytes) -> bool:
    """Whether it is a text whose lines are the rows of a table, with a sign between the cells."""
    found = _text(data) if _binary(data) is None else None
    return found is not None and found[0] == _TABLE and found[1] != "Markdown"


def is_page(data: bytes) -> bool:
    """Whether it is a web page, whatever it is called."""
    return _binary(data) is None and _text(data) == _PAGE


def may_be_text(data: bytes) -> bool:
    """Whether it is nothing that is known but perhaps a text, in an encoding that isn't recognised here."""
    return _binary(data) is None and _text(data) in (_TEXT, _UNKNOWN)


def is_spreadsheet(data: bytes) -> bool:
    """Whether it is a spreadsheet of a kind that can be read."""
    found = _binary(data)
    return found is not None and found[0] == _SPREADSHEET and found[1] != "XLSB"


def _binary(data: bytes) -> _Kind | None:
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(data)
    if data.startswith(_OLE):
        found = (kind for stream, kind in _STREAMS_OF_OLE if stream.encode("utf-16-le") in data)
        return next(found, (N_("an old Office document"), ""))
    beginnings = ((data.startswith(beginning), kind) for beginning, kind in _BEGINNINGS)
    elsewhere = (
        (b"%PDF-" in data[:1024], _PDF),
        (data[:4] == b"RIFF" and data[8:12] == b"WEBP", (_IMAGE, "WebP")),
        (data[4:8] == b"ftyp" and data[8:11] in {b"hei", b"mif", b"avi"}, (_IMAGE, "HEIC")),
        (data[4:8] == b"ftyp" and data[8:11] == b"M4A", _SOUND),
        (data[4:8] == b"ftyp", _VIDEO),
        (data[:4] == b"RIFF" and data[8:12] == b"AVI ", _VIDEO),
        (data[:4] == b"RIFF" and data[8:12] == b"WAVE", _SOUND),
        (data[:4] == b"FORM" and data[8:11] == b"AIF", _SOUND),
        (_SOUND_FRAME.match(data) is not None and b"\0" in data[:_LOOKED_AT], _SOUND),
        (data[:2] == b"MZ" and b"\0" in data[:64], _PROGRAM),
        (data[:2] == b"BM" and data[6:10] == bytes(4), (_IMAGE, "BMP")),
        (data[:3] == b"BZh" and data[4:10] == b"1AY&SY", (_ARCHIVE, "bzip2")),
        (data[257:262] == b"ustar", (_ARCHIVE, "tar")),
    )
    return next((kind for fits, kind in chain(beginnings, elsewhere) if fits), None)


def _zip(data: bytes) -> _Kind:
    try:
        with opened(data) as archive:
            names = archive.namelist()
            if "mimetype" in names:
                with archive.open("mimetype") as file:
                    if kind := _TYPES_OF_ZIP.get(file.read(128).strip()):
                        return kind
    except FAULTS:
        return (_ARCHIVE, "ZIP")
    parts = (kind for part, kind in _PARTS_OF_ZIP if any(name.startswith(part) for name in names))
    return next(parts, (_ARCHIVE, "ZIP"))


def _text(data: bytes) -> _Kind | None:
    text = _decoded(data[:_LOOKED_AT])
    if text is None:
        return _UNKNOWN
    text = text.lstrip("\N{ZERO WIDTH NO-BREAK SPACE} \t\r\n")
    if text.startswith(("{", "[")):
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for pattern, kind in _TEXTS:
        if pattern.match(text):
            return kind
    if _is_email(text):
        return N_("an email"), ""
    return _table(text, whole=len(data) <= _LOOKED_AT) or _TEXT


_UNPRINTABLE_IN_TEXTS = dict.fromkeys(map(ord, "\t\r\n\f\ufeff"))


def _decoded(data: bytes) -> str | None:
    """The text of the bytes, which may end within a character; ``None`` where they are none."""
    encodings = ["utf-8", "cp1252"]
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    elif b"\0" in data:  # without a mark: of each two bytes of plain letters, one is zero
        encodings = [
            name
            for name, zeros in (("utf-16-le", data[1::2]), ("utf-16-be", data[::2]))
            if zeros.count(0) > _ALIKE * len(zeros)
        ]
    for encoding in encodings:
        try:
            text = codecs.getincrementaldecoder(encoding)().decode(data)
        except UnicodeDecodeError:
            continue
        bare = text.translate(_UNPRINTABLE_IN_TEXTS)
        if bare.isprintable() or sum(not sign.isprintable() for sign in bare) * 50 <= len(text):
            return text
    return None


def _is_email(text: str) -> bool:
    end = 0
    while (header := _HEADER.match(text, end)) is not None:
        end = header.end()
    return len(set(map(str.casefold, _OF_AN_EMAIL.findall(text[:end])))) > 1


def _table(text: str, *, whole: bool) -> _Kind | None:
    """A table if one sign divides the lines into the same number of cells, short ones in the first."""
    lines = text if whole else text[: text.rfind("\n") + 1]
    kinds = {"\t": "TSV", ",": "CSV", ";": "CSV"}
    columns = {sign: _columns(lines, sign) for sign in kinds}
    sign = max(columns, key=columns.__getitem__)
    if columns[sign]:
        return (_TABLE, kinds[sign])
    return (_TABLE, "CSV") if _is_one_column(lines) else None


def _columns(text: str, sign: str) -> int:
    """The number of columns that this sign divides the first rows into; 0 where they are no table."""
    try:
        rows = list(islice(filter(None, csv.reader(io.StringIO(text, newline=""), delimiter=sign)), _ROWS))
    except csv.Error:
        return 0
    if not rows:
        return 0
    count, often = Counter(map(len, rows)).most_common(1)[0]
    header = next(row for row in rows if len(row) == count)
    # Sentences have commas too: the first row must look like names of columns, and few columns be in all.
    if any(len(cell.split()) > _WORDS_OF_A_NAME for cell in header):
        return 0
    if count > _FEW:
        return count if often >= _ALIKE * len(rows) else 0
    if count < _FEW or often < len(rows):
        return 0
    # Many a letter has one comma in each line; but there a space or nothing follows.
    is_prose = not all(header) or any(cell[:1].isspace() for cell in chain(*rows))
    return count if sign == "\t" or (len(rows) >= _FEW and not is_prose) else 0


def _is_one_column(text: str) -> bool:
    """Whether lines without any sign between cells are a table: each is quoted, or the first is a heading."""
    lines = [line.strip() for line in islice(text.splitlines(), _ROWS) if line.strip()]
    if len(lines) < _FEW:
        return False
    is_quoted = all(len(line) > 1 and line[0] == line[-1] == '"' for line in lines)
    are_short = all(len(line.split()) <= _WORDS_OF_A_NAME for line in lines)
    return is_quoted or (are_short and is_heading_alone(lines[0]))
