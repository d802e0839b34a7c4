"""What is read and written for an action, without the window: planning, lists, edits, heartbeats, an import.

``python -m tests.benchmarks.bench_data [--sizes N …] [--only NAME …] [--live]``. The floor is a frame of
16.7 ms, or for an import ``executemany`` of the same rows in the same run, into a database of the program
and, as ``bare``, into one without its triggers; what counts is the time of this thread, the 95th of a
hundred. With ``--live`` all applications began in the last months; else all but a few ended years ago. A
backup is measured by the clock, beside a copy of the same bytes: once without its sums and checks, once as
it is made.
"""

from __future__ import annotations

import argparse
import csv
import gc
import io
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any
from unittest.mock import patch

import apsw

from followup_desktop.domain.model import Facts, Stage
from followup_desktop.domain.rules import plan_facts
from followup_desktop.services.own_thread import without_collector
from followup_desktop.services.reading.overview import Overview
from followup_desktop.services.reading.people import PeopleQuery
from followup_desktop.services.reading.readers import Readers
from followup_desktop.services.reminding.announcer import Host, Reminders
from followup_desktop.services.reminding.log import Announcements
from followup_desktop.services.rows import ApplicationQuery, StageFilter
from followup_desktop.services.rows.columns import COLUMN_NAMES
from followup_desktop.services.rows.figures import InsightQuery
from followup_desktop.services.tracker import Tracker
from followup_desktop.services.tracker.planner import Planner
from followup_desktop.services.transfer import interchange
from followup_desktop.services.transfer.formats import read_document
from followup_desktop.services.wording import Wording
from followup_desktop.storage import backups
from followup_desktop.storage.backups import BackupContents, Why, to_disk
from followup_desktop.storage.database import open_database
from followup_desktop.storage.store import Store
from tests.benchmarks.import_memory import megabytes_taken
from tests.benchmarks.many import many
from tests.benchmarks.silent import Silent, no_answer
from tests.benchmarks.table import Row, table

NOW = datetime(2026, 10, 14, 9, 0, tzinfo=UTC)
NIGHT = NOW.replace(hour=1)
FRAME_SECONDS = 1 / 60
SIZES = (100, 1_000, 10_000, 100_000)
LIVE = 50
"""So many applications somebody has at a time who has had thousands."""
ROUNDS = 20
EDITED = "a000001"
PLANNED_A_SECOND = 10_000
MOST_MB = 400
"""So much memory an import may take, with the program itself."""


class Bench:
    """The services over so many applications, in a file."""

    def __init__(self, folder: Path, facts: Facts) -> None:
        self.facts = facts
        self.store = Store(open_database(folder / "data.db"))
        Planner(self.store)
        with self.store.transaction("Put") as t:
            t.put_facts(facts)
        self.store.history.clear()
        self.wording = Wording()
        self.tracker = Tracker(self.store, lambda: NOW, self.wording)
        self.overview = Overview(self.store, self.wording)
        self.readers = Readers(self.store, self.overview, self.wording, lambda: NOW)


def seconds(act: Callable[[], object]) -> float:
    """How long this thread works for it."""
    begun = time.thread_time()
    act()
    return time.thread_time() - begun


def planning(bench: Bench) -> Iterator[float]:
    """The plan of everything."""
    for _round in range(3):
        yield seconds(lambda: plan_facts(bench.facts))


def edits(bench: Bench) -> Iterator[float]:
    """A move to another stage, planned and committed."""
    stages = cycle((Stage.OFFER, Stage.INTERVIEWING))
    for _round in range(ROUNDS):
        yield seconds(lambda: bench.tracker.set_stage(EDITED, next(stages)))


def undo(bench: Bench) -> Iterator[float]:
    """The undo of an edit."""
    for number in range(ROUNDS):
        bench.tracker.edit_application(EDITED, notes=f"Called {number}")
        yield seconds(bench.tracker.undo)


def heartbeat(at: datetime) -> Callable[[Bench], Iterator[float]]:
    """A heartbeat with nothing to announce, whatever is held back."""

    def measured(bench: Bench) -> Iterator[float]:
        host = Host(answer=no_answer, snooze=no_answer, open=no_answer, show=no_answer)
        log = Announcements(bench.store, bench.wording)
        reminders = Reminders(bench.store, Silent(), lambda: at, log, host)
        while handed_on := reminders.beat(at):
            for each in handed_on:
                reminders.shown(each.notification.tag, "the benchmark")
        for number in range(ROUNDS):
            now = at + timedelta(seconds=30 * number)
            yield seconds(lambda now=now: reminders.beat(now))  # type: ignore[misc]

    return measured


def search(bench: Bench) -> Iterator[float]:
    """The ids of what a text finds, as it is typed."""
    text = "acme 1"
    for end in [*range(1, len(text) + 1), *range(len(text) - 1, 0, -1)] * 2:
        query = ApplicationQuery(text=text[:end])
        yield seconds(lambda query=query: bench.overview.application_ids(query, NOW))  # type: ignore[misc]


def sorting(bench: Bench) -> Iterator[float]:
    """The ids of all applications, by each column."""
    for column in COLUMN_NAMES:
        query = ApplicationQuery(stage_filter=StageFilter.ALL, order_by=column)
        yield seconds(lambda query=query: bench.overview.application_ids(query, NOW))  # type: ignore[misc]


def often(read: Callable[[Bench], object]) -> Callable[[Bench], Iterator[float]]:
    """A page read anew."""

    def measured(bench: Bench) -> Iterator[float]:
        for _round in range(6):
            yield seconds(lambda: read(bench))

    return measured


@dataclass(frozen=True, slots=True)
class Measure:
    """One row of the table: what is done, and how many frames it may take at most."""

    act: Callable[[Bench], Iterator[float]]
    to_reach: float | None = None


MEASURES = {
    "edit": Measure(edits, 2),
    "undo": Measure(undo, 2),
    "heartbeat, nothing to say": Measure(heartbeat(NOW), 0.1),
    "heartbeat, all held back": Measure(heartbeat(NIGHT), 0.1),
    "search": Measure(search, 1),
    "sort": Measure(sorting, 6),
    "Today": Measure(often(lambda bench: bench.overview.today(NOW)), 6),
    "Today, counted": Measure(often(lambda b: Overview(b.store, b.wording).today_counts(NOW)), 1),
    "Board": Measure(often(lambda bench: [bench.readers.board.ids(stage, NOW) for stage in Stage]), 6),
    "Calendar, week": Measure(often(lambda bench: bench.readers.calendar.week(NOW.date(), 0, NOW)), 6),
    "Calendar, month": Measure(often(lambda bench: bench.readers.calendar.month(NOW.date(), 0, NOW)), 6),
    "Insights": Measure(often(lambda bench: bench.readers.insights.figures(InsightQuery(), NOW)), 3),
    "People": Measure(often(lambda bench: bench.readers.people.ids(PeopleQuery(), NOW)), 6),
}


NAMES = (
    "plan()",
    "import",
    "import, bare",
    "import, memory",
    "import of a table",
    "import of a table, bare",
    "undo of an import",
    "backup",
    "backup, verified",
    *MEASURES,
)


@dataclass(frozen=True, slots=True)
class ImportTimes:
    """How much longer the import of a file takes than ``executemany`` of all rows that it leaves.

    Both floors write them table by table in the order of their keys, which is the cheapest.
    """

    own: float
    """Into a new database of the program, whose indexes and triggers anyone has to serve who writes there."""
    bare: float
    """Into the same tables with their indexes, without the triggers; what these count is among the rows."""


def importing(folder: Path, content: bytes) -> ImportTimes:
    """Import a file into a new database, then write the same rows into others."""
    folder.mkdir()
    store = Store(open_database(folder / "imported.db"))
    Planner(store)
    tracker = Tracker(store, lambda: NOW, Wording())
    gc.collect()
    with without_collector():  # as the window imports
        taken = seconds(
            lambda: tracker.import_document(read_document(content, reading=tracker.reading("applications")))
        )
    connection = store._database.connection
    names = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
    rows = {
        str(name): list(connection.execute(f"SELECT * FROM {name}")) for (name,) in connection.execute(names)
    }
    made = [str(sql) for (sql,) in connection.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")]
    store.close()
    bare = apsw.Connection(str(folder / "bare.db"))
    bare.pragma("journal_mode", "wal")
    for statement in made:
        if not statement.startswith("CREATE TRIGGER"):
            bare.execute(statement)
    own = open_database(folder / "own.db")
    found = ImportTimes(own=taken / writing(own.connection, rows), bare=taken / writing(bare, rows))
    own.close()
    bare.close()
    return found


def writing(connection: apsw.Connection, rows: dict[str, list[tuple[Any, ...]]]) -> float:
    """How long it takes to write all of these rows, but for those of tables that triggers have filled."""

    def write() -> None:
        with connection:
            for name, those in rows.items():
                if those and next(connection.execute(f"SELECT 1 FROM {name} LIMIT 1"), None) is None:
                    marks = ", ".join("?" * len(those[0]))
                    connection.executemany(f"INSERT INTO {name} VALUES ({marks})", those)

    gc.collect()
    return seconds(write)


def undoing(folder: Path, facts: Facts) -> float:
    """How much longer the undo of an import takes than that of a fourth of it."""
    folder.mkdir()
    taken = []
    for part in (4, 1):
        store = Store(open_database(folder / f"{part}.db"))
        Planner(store)
        kept = facts.applications[: len(facts.applications) // part]
        named = {contact for application in kept for contact in application.contacts}
        people = tuple(contact for contact in facts.contacts if contact.id in named)
        with store.transaction("Import") as transaction:
            transaction.put_facts(Facts(applications=kept, contacts=people))
        gc.collect()
        taken.append(seconds(store.history.undo))
        store.close()
    return taken[1] / taken[0]


@dataclass(frozen=True, slots=True)
class BackupTimes:
    """How much longer a backup takes than a synced copy of the same bytes, by the clock, in pairs."""

    alone: float
    """Copied by the online backup, synced and named, without a sum or a check."""
    verified: float
    """As the program makes it."""


def backing_up(store: Store, folder: Path) -> BackupTimes:
    """Measure both in the same rounds."""
    made, copied = folder / "backup.db", folder / "copied.db"

    def copy() -> None:
        # Of the backup: what is in the database's log is not in its file.
        shutil.copyfile(made, copied)
        to_disk(copied)
        to_disk(folder)

    def back_up() -> None:
        store.make_backup(made, Why.ASKED, NOW)

    def back_up_alone() -> None:
        nothing = BackupContents({}, "")
        with (
            patch.object(backups, "contents_of", lambda _connection: nothing),
            patch.object(backups, "_verify_copy", lambda *_arguments: None),
        ):
            back_up()

    def one_round() -> list[float]:
        taken: list[float] = []
        for act in (copy, back_up_alone, back_up):
            begun = time.perf_counter()
            act()
            taken.append(time.perf_counter() - begun)
        return taken

    back_up()
    rounds = [one_round() for _round in range(ROUNDS)][1:]
    return BackupTimes(
        alone=statistics.median(alone / floor for floor, alone, _verified in rounds),
        verified=statistics.median(verified / floor for floor, _alone, verified in rounds),
    )


def as_table(facts: Facts) -> bytes:
    """The applications as somebody has them in a spreadsheet."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(("Company", "Role", "Status", "Applied on", "URL", "Location", "Notes"))
    for number, one in enumerate(facts.applications):
        address = f"https://jobs.example.com/{number}/view"
        stage = one.stage.value.replace("_", " ")
        writer.writerow(
            (one.employer, one.role, stage, one.applied_on or "", address, "Madrid", "Looks well")
        )
    return text.getvalue().encode()


def percentile(taken: list[float]) -> float:
    """The 95th, or with few the longest."""
    return max(taken) if len(taken) < ROUNDS else statistics.quantiles(taken, n=20, method="inclusive")[-1]


def measure(sizes: Sequence[int], *, live: bool, only: Sequence[str] = NAMES) -> list[Row]:
    """The rows of the table whose names begin so."""
    wanted = [name for name in NAMES if name.startswith(tuple(only))]
    rows: list[Row] = []
    for size in sizes:
        facts = many(size, NOW, size if live else LIVE)
        with tempfile.TemporaryDirectory() as folder:
            rows += _measured(Path(folder), facts, wanted)
        sys.stderr.write(f"{size:,} applications are measured\n")
    return [replace(row, all_open=live) for row in sorted(rows, key=lambda row: NAMES.index(row.what))]


def main() -> int:
    """Measure and print; returns the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--only", nargs="+", default=NAMES, help="rows whose names begin so")
    parser.add_argument("--live", action="store_true", help="make every application one of the last months")
    arguments = parser.parse_args()
    rows = measure(arguments.sizes, live=arguments.live, only=arguments.only)
    with suppress(BrokenPipeError):
        sys.stdout.write(table(rows))
    return 0


def _measured(folder: Path, facts: Facts, wanted: list[str]) -> Iterator[Row]:
    size = len(facts.applications)
    bench = Bench(folder, facts)
    gc.collect()
    gc.freeze()  # as the program does: what was there before isn't looked through
    for name in wanted:
        if name in MEASURES:
            taken = [*MEASURES[name].act(bench)][1:]  # the first brings everything into memory
            yield Row(name, "a frame", size, percentile(taken) / FRAME_SECONDS, MEASURES[name].to_reach)
    if "plan()" in wanted:
        least = size / PLANNED_A_SECOND
        yield Row("plan()", f"{PLANNED_A_SECOND:,} a second", size, min(planning(bench)) / least, 1)
    if "backup" in wanted:
        times = backing_up(bench.store, folder)
        yield Row("backup", "copy with its sync", size, times.alone, 3)
        yield Row("backup, verified", "copy with its sync", size, times.verified)
    bench.store.close()
    gc.unfreeze()
    if "import" in wanted:
        yield from _imported("import", size, importing(folder / "a", interchange.write(facts).encode()))
    if "import, memory" in wanted and sys.platform == "linux":
        file = folder / "all.json"
        file.write_text(interchange.write(facts), "utf-8")
        yield Row("import, memory", f"{MOST_MB} MB", size, megabytes_taken(file) / MOST_MB, 1)
    if "import of a table" in wanted:
        yield from _imported("import of a table", size, importing(folder / "b", as_table(facts)))
    if "undo of an import" in wanted:
        yield Row("undo of an import", "that of a fourth of it", size, undoing(folder / "c", facts), 5)


def _imported(name: str, size: int, times: ImportTimes) -> Iterator[Row]:
    yield Row(name, "executemany of its rows", size, times.own, 8)
    yield Row(f"{name}, bare", "the same without triggers", size, times.bare)


if __name__ == "__main__":
    sys.exit(main())
