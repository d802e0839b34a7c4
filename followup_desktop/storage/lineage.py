"""From which states of the database its log goes on, which tells a log that isn't that of the file.

SQLite brings any log in that lies beside the file, and nothing in either says whose it is: one from before
takes back what was entered since, and a newer copy of the file is mixed with it. So every write gives the
state that it leaves a name that no other has, and keeps in a row the names of those from which the log goes
on: of the one that the file had when nothing else was in the log, and of all since.
"""

from __future__ import annotations

import contextlib
import json
import os
from typing import NamedTuple

import apsw

ROW = "lineage"
"""The name of the row, in ``meta``."""
_RUN = 8


class _Span(NamedTuple):
    """States that one connection left in a row, the last of which may be the present one."""

    run: str
    first: int
    last: int


Lineage = tuple[_Span, ...]
"""The states from which the log goes on, and at the end the present one."""
UNNAMED: Lineage = (_Span("", 0, 0),)
"""That of a database into which no version that keeps this has written."""


def read(connection: apsw.Connection) -> Lineage:
    """The states that the database tells, as the connection sees it."""
    try:
        row = next(connection.execute("SELECT value FROM meta WHERE name = ?", (ROW,)), None)
    except apsw.SQLError:  # a schema without the table, or another program's
        return UNNAMED
    return UNNAMED if row is None else parsed(str(row[0]))


def parsed(row: str) -> Lineage:
    """The states that a row tells."""
    with contextlib.suppress(ValueError, TypeError):
        spans = (_Span(str(run), int(first), int(last)) for run, first, last in json.loads(row))
        return tuple(spans) or UNNAMED
    return UNNAMED


def goes_on(log: Lineage, file: Lineage) -> bool:
    """Whether the log, as it ends, goes on from the file, as it is without it."""
    run, _first, at = file[-1]
    return any(span.run == run and span.first <= at <= span.last for span in log)


def begin(connection: apsw.Connection) -> None:
    """Let what was copied be the beginning of a database of its own, from which no log goes on."""
    _write(connection, (_Span(_new_run(), 0, 0),))


class Counting:
    """Names the states that one connection leaves; those of a write that failed aren't used again."""

    def __init__(self) -> None:
        self._run = _new_run()
        self._count = 0

    def name_next(self, connection: apsw.Connection, is_in_file: bool) -> None:
        """Name the state that the present transaction leaves.

        ``is_in_file`` tells that all before it has come into the file, from which a log may be begun anew.
        """
        self._count += 1
        known = read(connection)
        run, first, last = known[-1]
        if is_in_file:
            first, known = last, ()
        else:
            known = known[:-1]
        if run == self._run:
            known += (_Span(run, first, self._count),)
        else:
            known += (_Span(run, first, last), _Span(self._run, self._count, self._count))
        _write(connection, known)


def _write(connection: apsw.Connection, lineage: Lineage) -> None:
    row = ROW, json.dumps(lineage, separators=(",", ":"))
    connection.execute("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", row)


def _new_run() -> str:
    return os.urandom(_RUN).hex()
