"""From which states of the database its log goes on, which tells a log that isn't that of the file.

SQLite brings any log in that lies beside the file, and nothing in either says whose it is: one from before
takes back what was entered since, and a newer copy of the file is mixed with it. So every write gives the
state that it leaves a name that no other has, and keeps in a row the names of those from which the log goes
on: of the one that the file had when nothing else was in the log, and of all since.

The row stays within its page: as a log is brought in, page by page, a longer one would be half of today and
half of before, and tell of neither.
"""

from __future__ import annotations

import json
import os
from base64 import urlsafe_b64encode
from typing import NamedTuple

import apsw

ROW = "lineage"
"""The name of the row, in ``meta``."""
_RUN = 6
_MANY = 20
"""From so many connections on the log is brought in, so that the row begins anew."""
_MOST = 30
"""So many fit into the page, at 27 bytes each of the 994 that a row may have there."""
_ANY = "*"
"""The run of the states that were left out, where even more wrote before the log could be brought in."""


class _StateSpan(NamedTuple):
    """The first and the last of the states that one connection left, at the end the present one."""

    run: str
    first: int
    last: int


Lineage = tuple[_StateSpan, ...]
"""The states from which the log goes on, and at the end the present one."""
UNNAMED: Lineage = (_StateSpan("", 0, 0),)
"""The lineage of a database into which no version that keeps this has written."""


def read(connection: apsw.Connection) -> Lineage:
    """The states that the database tells, as the connection sees it; raises ``ValueError`` where it can't."""
    try:
        row = next(connection.execute("SELECT value FROM meta WHERE name = ?", (ROW,)), None)
    except apsw.SQLError:  # a schema without the table, or another program's
        return UNNAMED
    return UNNAMED if row is None else parsed(str(row[0]))


def known_to(connection: apsw.Connection) -> Lineage:
    """The states that the database tells to who writes: where that can't be told, nothing was named."""
    try:
        return read(connection)
    except ValueError:
        return UNNAMED


def parsed(row: str) -> Lineage:
    """The states that a row tells; raises ``ValueError`` where it is broken."""
    try:
        spans = tuple(_StateSpan(str(run), int(first), int(last)) for run, first, last in json.loads(row))
    except (TypeError, OverflowError, RecursionError) as error:
        raise ValueError(str(error)) from error
    return spans or UNNAMED


def goes_on(log: Lineage, file: Lineage) -> bool:
    """Whether the log, as it ends, goes on from the file, as it is without it."""
    run, _first, at = file[-1]
    return any(span.run == _ANY or (span.run == run and span.first <= at <= span.last) for span in log)


def begin(connection: apsw.Connection) -> None:
    """Let what was copied be the beginning of a database of its own, from which no log goes on."""
    _write(connection, (_StateSpan(_new_run(), 0, 0),))


class StateCounter:
    """Names the states that one connection leaves; those of a write that failed aren't used again."""

    def __init__(self) -> None:
        self._run = _new_run()
        self._count = 0
        self.is_long = False
        """Whether the log is to be brought in, so that the row can begin anew."""

    def name_next(self, connection: apsw.Connection, is_in_file: bool) -> None:
        """Name the state that the present transaction leaves.

        ``is_in_file`` tells that all before it has come into the file, from which a log may be begun anew.
        """
        self._count += 1
        known = known_to(connection)
        if is_in_file:
            run, _first, last = known[-1]
            known = (_StateSpan(run, last, last),)
        spans: dict[str, _StateSpan] = {}
        for run, first, last in (*known, _StateSpan(self._run, self._count, self._count)):
            before = spans.pop(run, None)  # of a connection all is told in one, the present one at the end
            spans[run] = _StateSpan(run, first if before is None else min(before.first, first), last)
        self.is_long = len(spans) >= _MANY
        if len(spans) > _MOST:
            spans = {_ANY: _StateSpan(_ANY, 0, 0), self._run: spans[self._run]}
        _write(connection, tuple(spans.values()))


def _write(connection: apsw.Connection, lineage: Lineage) -> None:
    row = ROW, json.dumps(lineage, separators=(",", ":"))
    connection.execute("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", row)


def _new_run() -> str:
    return urlsafe_b64encode(os.urandom(_RUN)).decode()
