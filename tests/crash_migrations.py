"""Kills the program at every statement of a migration, from each shipped schema.

``python -m tests.crash_migrations --every 1`` says how many statements there are. The program dies by
``SIGKILL`` just before the statement is carried out, so that what the one before has written stays.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Sequence
from itertools import count
from pathlib import Path

import apsw

from followup_desktop.domain.errors import Refused
from followup_desktop.services.tracker.planner import Planner
from followup_desktop.services.transfer import interchange
from followup_desktop.storage import backups, migrations
from followup_desktop.storage.database import open_database
from followup_desktop.storage.soundness import is_sound
from followup_desktop.storage.store import Store

FIXTURES = Path(__file__).parent / "storage" / "fixtures"
FACTS = (FIXTURES / "schema-1.json").read_text("utf-8")
SHIPPED = tuple(sorted(int(file.stem.removeprefix("schema-")) for file in FIXTURES.glob("schema-*.sqlite3")))


def killed_at(version: int, number: int, folder: Path) -> bool:
    """Open a database of that schema in a process that is killed at that statement; whether it was.

    It wasn't where the opening takes fewer statements.
    """
    file = folder / "followup.db"
    shutil.copy(FIXTURES / f"schema-{version}.sqlite3", file)
    child = os.fork()
    if not child:
        _die_at(number)
        try:
            store = Store(open_database(file))
            Planner(store)
            store.close()
        finally:
            os._exit(0)
    _child, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status) and os.WEXITSTATUS(status):
        raise AssertionError(f"the process ended by itself with {status}")
    return os.WIFSIGNALED(status)


def _die_at(number: int) -> None:
    """Have this process killed just before its so many-th statement."""
    numbers = count(1)

    def look(_event: object) -> None:
        if next(numbers) == number:
            os.kill(os.getpid(), signal.SIGKILL)

    apsw.connection_hooks.append(lambda connection: connection.trace_v2(apsw.SQLITE_TRACE_STMT, look))


def wrong(folder: Path) -> list[str]:
    """What is wrong with what the killed program left; it is opened for that, and so brought up to date."""
    found = []
    kept = folder / "backups"
    for file in backups.files(kept):
        try:
            backups.verify(file)
        except Refused as refused:
            found.append(str(refused))
    try:
        store = Store(open_database(folder / "followup.db"))
    except Refused as refused:
        return [*found, f"it doesn't open: {refused}"]
    try:
        Planner(store)
        connection = store._database.connection
        if migrations.schema_version(connection) != migrations.LATEST or not is_sound(connection):
            found.append("it isn't a sound database of the newest schema")
        if interchange.write(store.facts()) != FACTS:
            found.append("the facts aren't those that there were")
        stored = store.follow_ups()
        store.replan()
        if store.follow_ups() != stored:
            found.append("the stored plan isn't that of the facts")
    finally:
        store.close()
    return found


def kill_at_every(version: int, every: int = 1, first: int = 1) -> tuple[int, list[str]]:
    """Kill at each so many-th statement from the first on; how many kills there were, and what was wrong."""
    found: list[str] = []
    kills = 0
    for number in count(first, every):
        with tempfile.TemporaryDirectory(prefix="followup-migration-") as name:
            if not killed_at(version, number, Path(name)):
                return kills, found
            kills += 1
            found += [f"schema {version}, statement {number}: {what}" for what in wrong(Path(name))]
    raise AssertionError("an opening has an end")


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; the exit status is 1 where anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="only each so many-th statement")
    options = parser.parse_args(arguments)
    status = 0
    for version in SHIPPED:
        kills, found = kill_at_every(version, options.every)
        sys.stdout.writelines(f"{what}\n" for what in found)
        sys.stdout.write(f"{kills} kills in a migration from schema {version}: {len(found)} faults\n")
        sys.stdout.flush()
        status |= bool(found)
    return status


if __name__ == "__main__":
    sys.exit(main())
