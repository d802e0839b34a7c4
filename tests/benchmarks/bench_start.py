"""What a start costs beside a bare Qt window: the time to the window, the memory, and idling.

``python -m tests.benchmarks.bench_start [--sizes N …] [--rounds N] [--idle SECONDS] [--live]``, with the
Python that the package was made with. In each round a bare ``QMainWindow`` and each way to start the program
begin one after the other on the same virtual desktop; a figure is the median of the rounds' ratios, so that
what else the machine does meets both. The databases are made once and kept from start to start. The window
counts as there when the window manager lists it; the processor's time is what all threads used until then.
"""

from __future__ import annotations

import argparse
import shutil
import signal
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from followup_desktop import app
from followup_desktop.system.paths import data_paths
from tests.benchmarks.many import many
from tests.benchmarks.reminders import HEARTBEAT_SECONDS, SAMPLE_SECONDS, SETTLE_SECONDS, Use, wake_ups
from tests.benchmarks.table import Row, table
from tests.desktop.session import PrivateSession

REPOSITORY = Path(__file__).resolve().parents[2]
BUNDLE = REPOSITORY / "build/package/bundle/followup-desktop/followup-desktop"
SIZES = (100, 1_000, 10_000, 100_000)
LIVE = 50
"""So many applications somebody has at a time who has had thousands."""
ROUNDS = 15
MEMORY_ROUNDS = 3
MEMORY_AFTER = 2.0
"""So many seconds after the window what the program has in memory is read."""
FLOOR = "bare Qt window"
BARE = """
import sys
from PySide6.QtWidgets import QApplication, QMainWindow
qt = QApplication([])
window = QMainWindow()
window.resize(1280, 800)
window.show()
sys.exit(qt.exec())
"""


@dataclass(frozen=True, slots=True)
class Start:
    """What one start took until its window was there, in seconds, and the bytes that it held later."""

    wall: float
    processor: float
    memory: int | None = None


class Watch:
    """Starts programs in a session, and notices when the window manager lists a window."""

    def __init__(self, session: PrivateSession) -> None:
        self._environment = {
            name: value for name, value in session.env.items() if name != "PYTHONDONTWRITEBYTECODE"
        }
        command = ("xprop", "-root", "-spy", "_NET_CLIENT_LIST")
        self._spy = subprocess.Popen(command, env=self._environment, stdout=subprocess.PIPE, text=True)
        self._next_list()

    def start(self, command: Sequence[str], *, with_memory: bool) -> Start:
        """Start the program, wait for its window, and end it."""
        begun = time.perf_counter()
        program = subprocess.Popen(command, env=self._environment, cwd=REPOSITORY)
        try:
            while not self._next_list():
                pass
            wall, processor = time.perf_counter() - begun, _processor_seconds(program.pid)
            if not with_memory:
                return Start(wall, processor)
            time.sleep(MEMORY_AFTER)
            return Start(wall, processor, _held_bytes(program.pid))
        finally:
            program.send_signal(signal.SIGTERM)
            program.wait(timeout=30)
            while self._next_list():
                pass

    def close(self) -> None:
        """Watch no longer."""
        self._spy.terminate()
        self._spy.communicate()

    def _next_list(self) -> bool:
        """Wait until the list of windows changes; whether there is one now."""
        assert self._spy.stdout is not None
        line = self._spy.stdout.readline()
        if not line:
            raise RuntimeError("xprop ended")
        return "0x" in line


def _processor_seconds(pid: int) -> float:
    """What all threads of the process have used so far, by the scheduler's own account."""
    accounts = Path("/proc", str(pid), "task").glob("*/schedstat")
    return sum(int(account.read_text().split()[0]) for account in accounts) / 1e9


def _held_bytes(pid: int) -> int:
    """The memory of the process, of what it shares with others its part (PSS)."""
    lines = Path("/proc", str(pid), "smaps_rollup").read_text().splitlines()
    return 1024 * next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


@contextmanager
def databases(sizes: Sequence[int], live: int | None) -> Iterator[dict[int, Path]]:
    """A data folder for each number of applications, each started once, as it is from the second day on."""
    with TemporaryDirectory(prefix="followup-bench-") as folder:
        made = {}
        for size in sizes:
            made[size] = place = Path(folder, str(size))
            now = datetime.now(UTC).replace(microsecond=0)
            store = app.open_store(data_paths(place, {}))
            with store.transaction("Begin") as t:
                t.put_facts(many(size, now, size if live is None else live))
            store.history.clear()
            store.close()
            sys.stderr.write(f"{size:,} applications are there\n")
        yield made


def ways(folder: Path) -> dict[str, list[str]]:
    """How the program can be started on that folder."""
    data = ["--data-dir", str(folder)]
    found = {"source": [sys.executable, "-m", "followup_desktop", *data]}
    if BUNDLE.exists():
        found["bundle"] = [str(BUNDLE), *data]
    return found


def measure_starts(sizes: Sequence[int], *, live: bool, rounds: int) -> list[Row]:
    """The rows about starts."""
    walls: dict[tuple[str, int], list[float]] = defaultdict(list)
    processors: dict[tuple[str, int], list[float]] = defaultdict(list)
    memories: dict[tuple[str, int], list[float]] = defaultdict(list)
    floors: list[Start] = []
    with databases(sizes, None if live else LIVE) as folders, PrivateSession() as session:
        watch = Watch(session)
        for number in range(-1, rounds):  # the first brings files into memory, and lets the program settle
            with_memory = 0 <= number < MEMORY_ROUNDS
            for size, folder in folders.items():
                bare = watch.start([sys.executable, "-c", BARE], with_memory=with_memory)
                floors += [bare] if number >= 0 else []
                for way, command in ways(folder).items():
                    start = watch.start(command, with_memory=with_memory)
                    if number < 0:
                        continue
                    walls[way, size].append(start.wall / bare.wall)
                    processors[way, size].append(start.processor / bare.processor)
                    if start.memory is not None and bare.memory is not None:
                        memories[way, size].append(start.memory / bare.memory)
        watch.close()
    wall = statistics.median(start.wall for start in floors)
    memory = statistics.median(start.memory for start in floors if start.memory is not None)
    sys.stderr.write(f"{FLOOR}: {1000 * wall:.0f} ms, {memory / 2**20:.0f} MiB\n")
    rows: list[Row] = []
    for what, found, most, growth in (
        ("start to window", walls, 2.5, 1.1),
        ("its processor time", processors, None, None),
        ("memory 2 s later", memories, 2.3, 1.2),
    ):
        for way in dict.fromkeys(way for way, _size in found):
            medians = {size: statistics.median(found[way, size]) for size in sizes}
            rows += [Row(f"{what}, {way}", FLOOR, size, medians[size], most) for size in sizes]
            if growth is not None and len(sizes) > 1:
                least, largest = min(sizes), max(sizes)
                ratio = medians[largest] / medians[least]
                rows.append(Row(f"{what}, {way}", f"the same at {least:,}", largest, ratio, growth))
    return [replace(row, all_open=live) for row in rows]


def measure_idle(seconds: float, size: int) -> list[Row]:
    """The rows about doing nothing: with the window shown, and hidden in the tray."""
    with databases([size], LIVE) as folders, PrivateSession() as session:
        session.start_tray()
        processes = {}
        for state, options in (("shown", []), ("hidden", ["--background"])):
            data = shutil.copytree(folders[size], folders[size].with_name(state))
            command = [sys.executable, "-m", "followup_desktop", "--data-dir", str(data), *options]
            processes[state] = session.start(state, *command)
        session.window(processes["shown"])
        time.sleep(SETTLE_SECONDS)
        uses = {state: [Use.of(process)] for state, process in processes.items()}
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            time.sleep(SAMPLE_SECONDS)
            for state, process in processes.items():
                uses[state].append(Use.of(process))
    rows = []
    for state, samples in uses.items():
        woken = wake_ups(samples) / (seconds / HEARTBEAT_SECONDS)
        share = 100 * (samples[-1].processor - samples[0].processor) / seconds
        rows.append(Row(f"idle {seconds:g} s, {state}: wake-ups", "a heartbeat", size, woken, 1.0))
        rows.append(Row(f"idle {seconds:g} s, {state}: processor", "1 % of a core", size, share, 0.1))
    return rows


def main() -> int:
    """Measure and print; returns the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how many starts of each kind")
    parser.add_argument("--idle", type=float, default=60, help="seconds to idle; 0 leaves it out")
    parser.add_argument("--live", action="store_true", help="make every application one of the last months")
    arguments = parser.parse_args()
    rows: list[Row] = []
    if arguments.rounds:
        rows += measure_starts(arguments.sizes, live=arguments.live, rounds=arguments.rounds)
    if arguments.idle:
        rows += measure_idle(arguments.idle, min(arguments.sizes))
    sys.stdout.write(table(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
