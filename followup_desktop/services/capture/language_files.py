"""The files in which a language says how its dates and answers read: what is in them, and what is wrong.

One that can't be read is left out, so that whoever uses another language notices nothing; who adds the
language is told by ``faults_in``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias, TypeGuard, TypeVar

from followup_desktop.resource_files import resources_dir
from followup_desktop.services.capture.vocabulary import plain_pattern

Table: TypeAlias = Mapping[str, object]
"""A file as it was read, or a table in it."""

_Read = TypeVar("_Read")
NEVER = "(?!)"
"""An expression that nothing fits."""
_SIGN = re.compile(r"(?<!\?P)<\w+>")
_UNREADABLE = (ValueError, TypeError, AttributeError, re.error)
"""What is raised by a file that isn't TOML, JSON or UTF-8, has a broken pattern, or one thing for another."""


def read_all(files: str, read: Callable[[str], _Read]) -> tuple[_Read, ...]:
    """What can be read of these files (``dates/*.toml``), in the order of their names."""
    return tuple(found for _file, found in _each(files, read) if not isinstance(found, Exception))


def faults_in(files: str, read: Callable[[str], object]) -> Iterator[str]:
    """A sentence for each of these files that can't be read: which it is, and why."""
    for file, found in _each(files, read):
        if isinstance(found, Exception):
            yield f"resources/{file.relative_to(resources_dir()).as_posix()} can't be read: {found}"


def check_keys(table: Table, known: Collection[str], kind: str = "entry") -> Table:
    """The table; raises ``ValueError`` for a key in it that says nothing to the program."""
    if unknown := sorted(table.keys() - set(known)):
        raise ValueError(f"there's no {kind} called {unknown[0]}; there are {', '.join(sorted(known))}")
    return table


def table_at(table: Table, key: str) -> Table:
    """The table of this name; empty if there is none."""
    found = table.get(key, {})
    if not isinstance(found, Mapping):
        raise TypeError(f"{key} needs a table of its own, [{key}], and has {found!r}")
    return found


def text_at(table: Table, key: str) -> str:
    """The text of this name; empty if there is none."""
    found = table.get(key, "")
    if not isinstance(found, str):
        raise TypeError(f"{key} needs one text, and has {found!r}")
    return found


def flag_at(table: Table, key: str) -> bool:
    """Whether this is so; not if nothing is said of it."""
    found = table.get(key, False)
    if not isinstance(found, bool):
        raise TypeError(f"{key} needs true or false, and has {found!r}")
    return found


def texts_at(table: Table, key: str) -> tuple[str, ...]:
    """The list of texts of this name; empty if there is none."""
    found = table.get(key, ())
    if not _is_texts(found):
        raise TypeError(f"{key} needs a list of texts, and has {found!r}")
    return tuple(found)


def lists_at(table: Table, names: Collection[str]) -> dict[str, tuple[str, ...]]:
    """The lists of these names, each of expressions; empty if there is none."""
    found = {name: texts_at(table, name) for name in names}
    for name, expressions in found.items():
        for each in expressions:
            compiled(name, _SIGN.sub("", each))
    return found


def rows_at(table: Table, key: str, example: str) -> tuple[tuple[str, ...], ...]:
    """The rows of this name, each with as many texts as the ``example``, or any number if that has a "…"."""
    found = table.get(key, ())
    if not isinstance(found, (list, tuple)):
        raise TypeError(f"{key} needs a list of rows like {example}, and has {found!r}")
    size = None if "…" in example else example.count(",") + 1
    for row in found:
        if not row or not _is_texts(row) or (size is not None and len(row) != size):
            raise ValueError(f"{key} needs rows like {example}, and has {row!r}")
    return tuple(tuple(row) for row in found)


def one_of(patterns: Iterable[str]) -> str:
    """Any of these expressions, as one; of none, what is never found."""
    return "|".join(patterns) or NEVER


def filled(key: str, pattern: str, signs: Mapping[str, str]) -> str:
    """An expression over plain texts with what its signs stand for, ``<MONTH>`` and the like."""
    if unknown := [sign for sign in _SIGN.findall(pattern) if sign not in signs]:
        known = f"; there are {', '.join(sorted(signs))}" if signs else ""
        raise ValueError(f"{key}: nothing says what {unknown[0]} is in {pattern!r}{known}")
    return _SIGN.sub(lambda sign: signs[sign[0]], plain_pattern(pattern))


def compiled(key: str, pattern: str) -> re.Pattern[str]:
    """The expression of an entry; raises ``ValueError`` if it isn't one."""
    try:
        return re.compile(pattern)
    except re.error as fault:
        raise ValueError(f"{key}: the pattern {pattern!r}: {fault}") from fault


def _is_texts(found: object) -> TypeGuard[Collection[str]]:
    return isinstance(found, (list, tuple)) and all(isinstance(each, str) for each in found)


def _each(files: str, read: Callable[[str], _Read]) -> Iterator[tuple[Path, _Read | Exception]]:
    for file in sorted(resources_dir().glob(files)):
        try:
            yield file, read(file.read_text("utf-8"))
        except _UNREADABLE as fault:
            yield file, fault
