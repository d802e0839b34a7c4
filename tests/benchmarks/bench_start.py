"""How long the packaged program and its source take from the start of the process to the window.

``python -m tests.benchmarks.bench_start``, with the Python that the package was made with. Both start in
turn, on the sample data, on a virtual display; what counts is when the X server says that it is mapped.
"""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
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
        watch = Watch(environment)
        for number in range(1 + PAIRS):
            for name, command in commands.items():
                taken = watch.seconds_to_window([*command, "--data-dir", str(data)])
                if number:  # the first time only brings the files into memory
                    found[name].append(taken)
        watch.close()
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


class Watch:
    """Listens to the X server for windows that appear, with ``xev``."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        command = ["stdbuf", "-oL", "xev", "-root", "-event", "substructure"]
        self._xev = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        time.sleep(1)  # it does not tell when it listens

    def seconds_to_window(self, command: Sequence[str]) -> float:
        """Start the program, wait for its window, and end it."""
        begun = time.perf_counter()
        program = subprocess.Popen(command, env=self._environment)
        try:
            return self._appeared() - begun
        finally:
            program.terminate()
            program.wait(timeout=30)

    def close(self) -> None:
        """Listen no longer."""
        self._xev.terminate()
        self._xev.communicate()

    def _appeared(self) -> float:
        assert self._xev.stdout is not None
        wide = set()
        event = ""
        for line in self._xev.stdout:
            if detail := re.match(r"    (?:parent|event) \w+, window (\w+)(?:.*, width (\d+))?", line):
                if event == "CreateNotify" and int(detail[2]) >= WIDTH:
                    wide.add(detail[1])
                elif event == "MapNotify" and detail[1] in wide:
                    return time.perf_counter()
            else:
                event = line.partition(" ")[0]
        raise RuntimeError("xev ended")


if __name__ == "__main__":
    sys.exit(main())
