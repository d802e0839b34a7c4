"""How long the packaged program and its source take from the start of the process to the window.

``python -m tests.benchmarks.bench_start``, with the Python that the package was made with. Both start in
turn, on the sample data, on a virtual display; what counts is when the X server says that it is mapped.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from followup_desktop import app
from followup_desktop.program import fill_with_sample
from followup_desktop.system.paths import data_paths

REPOSITORY = Path(__file__).resolve().parents[2]
BUNDLE = REPOSITORY / "build/package/bundle/followup-desktop/followup-desktop"
PAIRS = 15
WIDTH = 800
"""Only a window at least so wide is the program's; Qt makes small ones of its own before."""


def main() -> int:
    """Measure and print; returns the exit status."""
    commands = {
        "source": (sys.executable, "-m", "followup_desktop"),
        "bundle": (str(BUNDLE),),
    }
    found: dict[str, list[float]] = {name: [] for name in commands}
    with tempfile.TemporaryDirectory() as folder, virtual_display() as display:
        data = Path(folder, "data")
        store = app.open_store(data_paths(data, {}))
        fill_with_sample(store, datetime.now(UTC))
        store.close()
        environment = {
            **os.environ,
            "DISPLAY": display,
            "DBUS_SESSION_BUS_ADDRESS": f"unix:path={folder}/none",
        }
        environment.pop("QT_QPA_PLATFORM", None)
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        for command in commands.values():
            seconds_to_window([*command, "--data-dir", str(data)], environment)  # files into memory
        for _ in range(PAIRS):
            for name, command in commands.items():
                found[name].append(seconds_to_window([*command, "--data-dir", str(data)], environment))
    for name, seconds in found.items():
        ordered = sorted(1000 * each for each in seconds)
        sys.stdout.write(
            f"{name}: median {statistics.median(ordered):.0f} ms ({ordered[0]:.0f} to {ordered[-1]:.0f}, "
            f"{len(ordered)} starts)\n"
        )
    ratios = [bundle / source for bundle, source in zip(found["bundle"], found["source"], strict=True)]
    sys.stdout.write(f"bundle to source, median of the pairs: {statistics.median(ratios):.2f}\n")
    return 0


@contextmanager
def virtual_display() -> Iterator[str]:
    """An X server of its own; its name."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x800x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            yield f":{told.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


def seconds_to_window(command: Sequence[str], environment: dict[str, str]) -> float:
    """Start the program, wait for its window, and end it."""
    watching = ["stdbuf", "-oL", shutil.which("xev") or "xev", "-root", "-event", "substructure"]
    watch = subprocess.Popen(watching, env=environment, stdout=subprocess.PIPE, text=True)
    assert watch.stdout is not None
    watch.stdout.readline()  # it listens from its first line on
    begun = time.perf_counter()
    program = subprocess.Popen(command, env=environment)
    wide: set[str] = set()
    try:
        for line in watch.stdout:
            if line.startswith(("CreateNotify", "ConfigureNotify", "MapNotify")):
                kind = line
            if "window 0x" in line:
                window = line.split("window 0x")[1].split(",")[0]
                if "width" in line and int(line.split("width ")[1].split(",")[0]) >= WIDTH:
                    wide.add(window)
                if kind.startswith("MapNotify") and window in wide:
                    return time.perf_counter() - begun
        raise RuntimeError(f"{command[0]} showed no window")
    finally:
        program.terminate()
        program.wait(timeout=30)
        watch.terminate()
        watch.wait()


if __name__ == "__main__":
    sys.exit(main())
