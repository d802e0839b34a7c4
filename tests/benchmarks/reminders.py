"""How soon a reminder is on the screen, and what the program costs while nothing happens.

``python -m tests.benchmarks.reminders [--seconds N] [--reminders N]`` runs the real program on a private
desktop with dunst, and prints one line of figures for each measurement.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from tests.desktop.program import FakeClock, RunningProgram, facts
from tests.desktop.programs import wait_until
from tests.desktop.session import PrivateSession

HEARTBEAT_SECONDS = 30
SHORT_BEAT_MILLISECONDS = 100
LEAD = timedelta(seconds=0.5)
SETTLE_SECONDS = 45.0
"""After these all that follows a start has ended, and the program has had a heartbeat in peace."""
SAMPLE_SECONDS = 0.05
APART_SECONDS = 1.0

FAST_PROGRAM = (
    "from followup_desktop.ui.window import heartbeat; from followup_desktop.__main__ import main; "
    f"heartbeat.PERIOD_MILLISECONDS = {SHORT_BEAT_MILLISECONDS}; raise SystemExit(main())"
)
"""The program with a heartbeat that comes so often that what comes after it is what is measured."""


def latency(count: int) -> str:
    """From the instant at which a reminder is due until the server displays it, one reminder a minute."""
    start = datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(hours=1)
    dues = [start + timedelta(minutes=number) for number in range(count)]
    content = {
        **facts(quiet_from="00:00", quiet_until="00:00"),
        "reminders": [
            {"id": f"r{number}", "title": f"Reminder {number}", "at": f"{due:%Y-%m-%dT%H:%M}"}
            for number, due in enumerate(dues)
        ],
    }
    with PrivateSession() as session:
        program = RunningProgram(session, content)
        clock = FakeClock(session, start - timedelta(minutes=1))
        command = (sys.executable, "-c", FAST_PROGRAM, "--data-dir", str(program.folder))
        process = session.start("program", *command, env=clock.env)
        session.window(process)
        taken = []
        for number, due in enumerate(dues):
            clock.set(due - LEAD)
            due_at = time.monotonic() + LEAD.total_seconds()
            wait_until(session.displayed, 30, f"reminder {number} is displayed")
            taken.append(1000 * (time.monotonic() - due_at))
            shown = session.dunst_history()
            assert len(shown) == number + 1
    hundredths = statistics.quantiles(taken, n=100, method="inclusive")
    return (
        f"due to shown on dunst, {count} reminders, with a heartbeat of {SHORT_BEAT_MILLISECONDS} ms: "
        f"p50 {hundredths[49]:.0f} ms, p99 {hundredths[98]:.0f} ms, longest {max(taken):.0f} ms"
    )


@dataclass(frozen=True, slots=True)
class Use:
    """What a process has used so far: seconds of processor time, and how often its threads began to wait."""

    processor: float
    waits: int

    @classmethod
    def of(cls, process: subprocess.Popen[bytes]) -> Use:
        """Read the kernel's account of a process.

        A thread that wakes up must begin to wait again, which is a voluntary switch of its context: so no
        wake-up of any thread is missed, however short, and none is counted in which nothing ran.
        """
        own = Path("/proc", str(process.pid))
        user, system = (own / "stat").read_text().rpartition(")")[2].split()[11:13]
        ticks = os.sysconf("SC_CLK_TCK")
        return cls((int(user) + int(system)) / ticks, sum(map(_waits, (own / "task").glob("*/status"))))


def _waits(status: Path) -> int:
    try:
        lines = status.read_text().splitlines()
    except OSError:  # the thread has ended
        return 0
    return next(int(line.split()[1]) for line in lines if line.startswith("voluntary_ctxt_switches:"))


def idle(seconds: float) -> list[str]:
    """What the program uses in that time with its window shown, and with its window hidden in the tray."""
    with ExitStack() as stack:
        processes = {}
        for state in ("shown", "hidden"):
            session = stack.enter_context(PrivateSession())
            session.start_tray()
            process = session.start("program", sys.executable, "-m", "followup_desktop", "--demo")
            window = session.window(process)
            wait_until(session.displayed, 30, "the first reminder is shown")
            session.tray_icon()
            if state == "hidden":
                session.close_window(window)
                wait_until(lambda s=session, p=process: not s.windows(p), 10, "it is hidden")  # type: ignore[misc]
            else:
                session.activate(window)
            processes[state] = process
        time.sleep(SETTLE_SECONDS)
        uses = {state: [Use.of(process)] for state, process in processes.items()}
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            time.sleep(SAMPLE_SECONDS)
            for state, process in processes.items():
                uses[state].append(Use.of(process))
        return [_used(state, samples, seconds) for state, samples in uses.items()]


def wake_ups(samples: Sequence[Use]) -> int:
    """How often the process woke up from peace: what it does within ``APART_SECONDS`` is one wake-up.

    ``samples`` were taken one after the other, ``SAMPLE_SECONDS`` apart.
    """
    count, peace = 0, APART_SECONDS
    for before, after in pairwise(samples):
        if after.waits == before.waits:
            peace += SAMPLE_SECONDS
            continue
        count += peace >= APART_SECONDS
        peace = 0.0
    return count


def _used(state: str, samples: Sequence[Use], seconds: float) -> str:
    share = (samples[-1].processor - samples[0].processor) / seconds
    count, beats = wake_ups(samples), seconds / HEARTBEAT_SECONDS
    return (
        f"idle for {seconds:g} s, window {state}: {count} wake-ups in {beats:g} heartbeats "
        f"({count / beats:.2f} each), {share:.3%} of a core"
    )


def main() -> int:
    """Measure, and print a line for each measurement."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=600, help="how long to idle; 0 leaves it out")
    parser.add_argument("--reminders", type=int, default=100, help="how many reminders; 0 leaves them out")
    arguments = parser.parse_args()
    if arguments.reminders:
        sys.stdout.write(latency(arguments.reminders) + "\n")
    if arguments.seconds:
        sys.stdout.writelines(f"{line}\n" for line in idle(arguments.seconds))
    return 0


if __name__ == "__main__":
    sys.exit(main())
