"""The applications as a table for spreadsheets: CSV by RFC 4180, with nothing in it that is a formula.

Every cell is quoted, and a text that a program could take for a formula is guarded, also where a program
splits the line at semicolons or tabs. The guard can be taken off again, and all other characters are as they
were entered, controls and marks of direction too: a table is data, and none may be lost on the way through
it. What shows a table on a terminal makes them visible (``system.streams``).
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime

from followup_desktop.domain.agenda import PrecedenceKey, valid_choice
from followup_desktop.domain.model import Application, Choice, Facts, FollowUp
from followup_desktop.domain.worktime import local
from followup_desktop.services.reading.due import listed_at, subjects_at
from followup_desktop.services.transfer.formats import Contents
from followup_desktop.services.transfer.layout import APPLICATION_KEYS, FileKey
from followup_desktop.services.wording import Subject, Wording

COLUMNS = (*(key.name for key in APPLICATION_KEYS), "next_follow_up", "next_follow_up_at")
"""The keys of the interchange file, then the title of the next follow-up and when it is due."""

_STARTERS = frozenset("=+-@|%<")
"""What begins a formula or a command in one program or another; "<" for those that take it for the last."""
_STARTER_NAME = re.compile(
    r"(?:.* )?(?:(?:PLUS|MINUS|EQUALS|PERCENT|LESS-THAN) SIGN|HYPHEN-MINUS|COMMERCIAL AT|VERTICAL LINE)"
)
"""The same signs in other shapes, by their names in Unicode: heavy, Hebrew, of other writings."""
_QUOTES = frozenset("'\"")
_BREAKS = frozenset("\t\r\n")
_BETWEEN = re.compile(r"([;\t\r\n])")
"""Where a program that doesn't split at commas begins a cell or a row within one of ours."""
_DIVIDED = re.compile(r'[;"\r\n]')
_CALLS = re.compile(r"[(|!]")
"""What a formula needs to do more than reckon."""


def joined(values: Sequence[str]) -> str:
    """Several texts in one cell with ``; `` between; one with a semicolon in it is quoted, to stay one."""
    alone = len(values) == 1
    return "; ".join(map(_quoted if alone else _quoted_if_divided, values))


def parted(text: str) -> tuple[str, ...]:
    """The texts of such a cell, each once; without a semicolon and quotes, those between commas."""
    parts = text.split(";" if ";" in text else ",")
    if '"' in text:
        with suppress(csv.Error):  # a quote that is none of ours
            parts = next(csv.reader([text], delimiter=";", skipinitialspace=True), [])
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))


def _quoted_if_divided(value: str) -> str:
    return '"{}"'.format(value.replace('"', '""')) if _DIVIDED.search(value) else value


def _quoted(value: str) -> str:
    """A single text, in which a comma divides too."""
    return _quoted_if_divided(value) if "," not in value else '"{}"'.format(value.replace('"', '""'))


def guarded(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula: with ``'`` before what would begin one.

    So also behind a semicolon, a tab or a line break; there a list with dashes stays as it is.
    """
    inner = _each_piece(text, lambda piece: f"'{piece}")
    return f"'{inner}" if _begins_formula(text, or_break=True) else inner


def unguarded(cell: str) -> str:
    """The text that a guarded cell stands for."""
    if "'" not in cell:  # as in nearly all of a long table
        return cell
    if cell.startswith("'") and _begins_formula(cell, or_break=True):
        cell = cell[1:]
    return _each_piece(cell, lambda piece: piece.removeprefix("'"))


def _each_piece(text: str, change: Callable[[str], str]) -> str:
    """The text with a change to each piece of it, but the first, that would begin a formula of its own."""
    if _BETWEEN.search(text) is None:
        return text
    first, *others = _BETWEEN.split(text)
    for place in range(1, len(others), 2):
        sign, piece = others[place - 1], others[place]
        is_list = sign in _BREAKS and _CALLS.search(piece) is None and _first_sign(piece) in ("+", "-")
        if not is_list and _begins_formula(piece):
            others[place] = change(piece)
    return first + "".join(others)


def _begins_formula(text: str, *, or_break: bool = False) -> bool:
    sign = _first_sign(text, or_break=or_break)
    if not sign:
        return False
    is_starter = sign in _STARTERS or sign in _BREAKS
    return is_starter or _STARTER_NAME.fullmatch(unicodedata.name(sign, "")) is not None


def _first_sign(text: str, *, or_break: bool = False) -> str:
    """The first character that is seen, in its plain shape; before it are spaces, controls and quotes.

    With ``or_break`` it may be a tab or a line break, as some programs drop it and take what follows.
    """
    for character in text:
        if or_break and character in _BREAKS:
            return character
        for plain in unicodedata.normalize("NFKC", character):
            if plain not in _QUOTES and unicodedata.category(plain)[0] not in "CMZ":
                return plain
    return ""


def write_applications(facts: Facts, plan: Iterable[FollowUp], now: datetime, wording: Wording) -> str:
    """One row an application, archived ones too, in the order of their ids.

    Values are written as in the interchange file; people by their names and tags as ``joined``, flags
    as ``true`` and ``false``. ``next_follow_up_at`` is the user's wall time (``2026-10-13 10:00``).
    """
    following = _next(facts, plan, now)
    names = {contact.id: contact.name for contact in facts.contacts}
    table = io.StringIO(newline="")
    writer = csv.writer(table, quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    for application in facts.applications:
        cells = [_cell(application, key, names) for key in APPLICATION_KEYS]
        found = following.get(application.id)
        if found is None:
            cells += ["", ""]
        else:
            at, subject = found
            cells += [wording.title(subject), f"{local(at, facts.policy.timezone):%Y-%m-%d %H:%M}"]
        writer.writerow(guarded(cell) for cell in cells)
    return table.getvalue()


def write_file(contents: Contents) -> bytes:
    """The table in UTF-8."""
    text = write_applications(contents.facts, contents.plan, contents.now, contents.wording)
    return text.encode()


def _cell(application: Application, key: FileKey, names: Mapping[str, str]) -> str:
    value = getattr(application, key.field)
    if value is None:
        return ""
    if key.name == "contacts":
        return joined([names.get(each, each) for each in value])
    if key.write is not None:
        value = key.write(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return joined(value) if isinstance(value, list) else str(value)


def _next(facts: Facts, plan: Iterable[FollowUp], now: datetime) -> dict[str, tuple[datetime, Subject]]:
    """What comes first of each application that has anything, and when it is due or its snooze ends."""
    choices = {choice.key: choice for choice in facts.choices}
    listed = listed_at(facts, plan, now)
    of_applications: dict[str, list[tuple[PrecedenceKey, Subject]]] = defaultdict(list)
    for subject in subjects_at(facts, listed, now):
        if (application := subject.follow_up.application) is not None:
            place = subject.place(choices.get(subject.follow_up.key), now)
            of_applications[application].append((place, subject))
    firsts = {application: min(found)[1] for application, found in of_applications.items()}
    return {
        application: (_due(first.follow_up, choices.get(first.follow_up.key)), first)
        for application, first in firsts.items()
    }


def _due(follow_up: FollowUp, choice: Choice | None) -> datetime:
    chosen = valid_choice(choice, follow_up)
    return (chosen.snoozed_until if chosen is not None else None) or follow_up.due_at
