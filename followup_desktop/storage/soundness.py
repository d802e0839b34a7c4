"""Whether the file is sound: a quick look when it is opened, the whole once a day."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cache

import apsw
from peewee import Model

from followup_desktop.storage.migrations import columns_of
from followup_desktop.storage.tables import DERIVED, RECORDED, table_name

QUICK_SECONDS = 0.02
"""So long the look at the opening takes at most, lest a start take longer the more was ever entered.

Five thousand applications can be looked at in it; of more, the rest is left to the look once a day, or all
to one right after the start.
"""
LARGE_PAGES = 2_500
"""A file with more pages than these can't be looked at in that time: it's what 5,000 applications take."""
AFTER_START_SECONDS = 1.0
"""So long such a file is looked at beside the window: enough for 200,000 applications on a quiet computer."""
CRASH_SECONDS = 0.25
"""So long all is looked at where there is a log, as after a crash: it's enough for 10,000 applications."""
_STEPS_BETWEEN_LOOKS = 2000


def looks_sound(connection: apsw.Connection, seconds: float = QUICK_SECONDS) -> bool:
    """Whether all pages fit together and every table is there, as far as can be told in so many seconds.

    Raises ``apsw.IOError`` where the file can't be read.
    """
    return _as_far_as(
        connection,
        seconds,
        lambda: has_all_tables(connection) and _is_ok(connection, "PRAGMA quick_check(1)"),
    )


def is_large(connection: apsw.Connection) -> bool:
    """Whether the quick look would end before it has seen all of the file."""
    return int(connection.pragma("page_count")) > LARGE_PAGES


def is_sound_after_crash(connection: apsw.Connection, seconds: float = CRASH_SECONDS) -> bool:
    """Whether everything holds, as far as can be told in so many seconds.

    Where only some of a log came into the file, and an earlier copy of that log lies beside it now, the
    pages are of two moments: often each is sound, and the indexes don't fit. Raises ``apsw.IOError`` where
    the file can't be read.
    """
    return _as_far_as(connection, seconds, lambda: is_sound(connection))


def _as_far_as(connection: apsw.Connection, seconds: float, look: Callable[[], bool]) -> bool:
    end = time.monotonic() + seconds
    connection.set_progress_handler(lambda: time.monotonic() > end, _STEPS_BETWEEN_LOOKS)
    try:
        return look()
    except apsw.InterruptError:
        return True
    finally:
        connection.set_progress_handler(None)


def is_sound(connection: apsw.Connection) -> bool:
    """Whether everything holds: pages, indexes, types and references. Takes as long as reading it all.

    Raises ``apsw.IOError`` where the file can't be read.
    """
    return _is_ok(connection, "PRAGMA integrity_check(1)") and not list(
        connection.execute("PRAGMA foreign_key_check")
    )


def is_unsound(connection: apsw.Connection) -> bool:
    """Whether it is found so twice: a page that the disk couldn't read once is damage to SQLite."""
    return not (is_sound(connection) or is_sound(connection))


def texts_hold(connection: apsw.Connection) -> bool:
    """Whether every text that the user entered can be one, which SQLite doesn't look at.

    The end of a long text stands on pages of its own, and noise there breaks no tree: it is no UTF-8, or has
    NULs, which are never entered. Takes as long as reading it all.
    """
    known = columns_of(connection)
    for model in RECORDED:
        table = table_name(model)
        columns = sorted(
            f'"{field.column_name}"'
            for field in model._meta.sorted_fields
            if field.field_type == "TEXT" and (table, field.column_name) in known
        )
        if not columns:
            continue
        has_nul = " OR ".join(f"instr({column}, char(0))" for column in columns)
        try:
            for row in connection.execute(f'SELECT {has_nul}, {", ".join(columns)} FROM "{table}"'):
                if row[0]:
                    return False
        except UnicodeDecodeError:
            return False
    return True


def _is_ok(connection: apsw.Connection, check: str) -> bool:
    try:
        found = [str(row[0]) for row in connection.execute(check)]
    except apsw.CorruptError:
        return False
    for line in found:
        _, _, code = line.partition("error code=")
        if code and int(code) & 0xFF == apsw.SQLITE_IOERR:  # a disk that can't be read is not damage
            raise apsw.IOError(line)
    return found == ["ok"]


def has_all_tables(connection: apsw.Connection) -> bool:
    """Whether the tables of the newest schema are there, with their columns."""
    return columns_of(connection) >= _columns()


@cache
def _columns() -> frozenset[tuple[str, str]]:
    models: list[type[Model]] = [*RECORDED, *DERIVED]
    return frozenset(
        (table_name(model), field.column_name) for model in models for field in model._meta.sorted_fields
    )
