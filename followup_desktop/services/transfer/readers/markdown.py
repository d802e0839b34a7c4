"""Tables in Markdown: a row a line, with upright bars between the cells."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import chain, pairwise

from followup_desktop.i18n import _
from followup_desktop.services.transfer.document import Document, Reading, Recognition
from followup_desktop.services.transfer.encodings import decoded
from followup_desktop.services.transfer.tables.reader import read_tables
from followup_desktop.services.transfer.tables.table import (
    MOST_COLUMNS,
    Room,
    Table,
    TableRow,
    check_text,
    lines_of,
)

_RULE = re.compile(r"\|?\s*:?-{1,}:?\s*(?:\|\s*:?-{1,}:?\s*)*\|?")
_BETWEEN = re.compile(r"(?<!\\)\|")
_LINK = re.compile(r"\[([^\]]*)\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)")
_BARE_LINK = re.compile(r"<(https?://[^\s<>]+)>", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://|mailto:", re.IGNORECASE)
_MARKS = re.compile(r"(\*\*|__|~~|`)(.+?)\1")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_LOOKED_AT = 64 * 1024


def recognise(data: bytes, _name: str) -> Recognition:
    """Whether a line of bars and dashes stands below one of cells."""
    lines = data[:_LOOKED_AT].decode("utf-8", errors="replace").splitlines()
    found = any("|" in head and _is_rule(rule) for head, rule in pairwise(lines))
    return Recognition.SURE if found else Recognition.NONE


def read(data: bytes, reading: Reading) -> Document:
    """The applications or people of its tables. Raises ``Refused``."""
    check_text(data)
    return read_tables(_tables(lines_of(decoded(data))), reading, _("a table (Markdown)"))


def _is_rule(line: str) -> bool:
    return "|" in line and "-" in line and _RULE.fullmatch(line.strip()) is not None


def _tables(lines: Iterable[str]) -> list[Table]:
    """Every table: its headings, and the rows up to the first line that is none."""
    found: list[list[TableRow]] = []
    inside = False
    room = Room()
    for number, (line, following) in enumerate(pairwise(chain(lines, [""])), 1):
        if not inside and "|" in line and _is_rule(following):
            found.append([_row(number, line, room)])
            inside = True
        elif inside and "|" not in line:
            inside = False
        elif inside and not _is_rule(line):
            found[-1].append(_row(number, line, room))
    return [Table(rows=rows, sign="|") for rows in found]


def _row(number: int, line: str, room: Room) -> TableRow:
    parts = _BETWEEN.split(line.strip().removeprefix("|").removesuffix("|"), MOST_COLUMNS)
    room.take(number, parts)
    texts, links = [], {}
    for column, part in enumerate(parts):
        text = part.strip().replace("\\|", "|")
        address = _LINK.search(text)
        if address is not None and _ADDRESS.match(address[2]):
            links[column] = address[2]
        text = _BREAK.sub("\n", _BARE_LINK.sub(r"\1", _LINK.sub(r"\1", text)))
        texts.append(_MARKS.sub(r"\2", text))
    return TableRow(number, tuple(texts), links)
