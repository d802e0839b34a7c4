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
SETTLE_SECONDS = 10.0
SAMPLE_SECONDS = 0.2

FAST_PROGRAM = (
    "from followup_desktop.ui import heartbeat; from followup_desktop.__main__ import main; "
    f"heartbeat.PERIOD_MILLISECONDS = {SHORT_BEAT_MILLISECONDS}; raise SystemExit(main())"
)
"""The program with a heartbeat that comes so often that what comes after it is what is measured."""


def latency(count: int) -> str:
    """From the instant at which a reminder is due to its acceptance by the server, one reminder a minute."""
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
            while len(session.received()) <= number:
                if time.monotonic() > due_at + 30:
                    raise AssertionError(f"reminder {number} has not come")
            taken.append(1000 * (time.monotonic() - due_at))
    hundredths = statistics.quantiles(taken, n=100, method="inclusive")
    return (
        f"due to shown on dunst, {count} reminders, with a heartbeat of {SHORT_BEAT_MILLISECONDS} ms: "
        f"p50 {hundredths[49]:.0f} ms, p99 {hundredths[98]:.0f} ms, longest {max(taken):.0f} ms"
    )


@dataclass(frozen=True, slots=True)
class Use:
    """What a process has used so far: seconds of processor time, and how often its main thread waited."""

    processor: float
    switches: int

    @classmethod
    def of(cls, process: subprocess.Popen[bytes]) -> Use:
        """Read the kernel's account of a process."""
        own = Path("/proc", str(process.pid))
        user, system = (own / "stat").read_text().rpartition(")")[2].split()[11:13]
        status = dict(
            line.split(":", 1)
            for line in (own / "task" / str(process.pid) / "status").read_text().splitlines()
        )
        ticks = os.sysconf("SC_CLK_TCK")
        return cls((int(user) + int(system)) / ticks, int(status["voluntary_ctxt_switches"]))


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
            session.run("xdotool", "windowactivate", "--sync", window)
            if state == "hidden":
                session.run("xdotool", "key", "alt+F4")
                wait_until(lambda s=session, p=process: not s.windows(p), 10, "it is hidden")  # type: ignore[misc]
            processes[state] = process
        time.sleep(SETTLE_SECONDS)
        uses = {state: [Use.of(process)] for state, process in processes.items()}
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            time.sleep(SAMPLE_SECONDS)
            for state, process in processes.items():
                uses[state].append(Use.of(process))
        return [_used(state, samples, seconds) for state, samples in uses.items()]


def _used(state: str, samples: list[Use], seconds: float) -> str:
    share = (samples[-1].processor - samples[0].processor) / seconds
    beats = seconds / HEARTBEAT_SECONDS
    awake = [after.switches > before.switches for before, after in pairwise(samples)]
    # One piece of work may fall into two samples.
    wake_ups = sum(now and not before for before, now in pairwise([False, *awake]))
    switches = samples[-1].switches - samples[0].switches
    return (
        f"idle for {seconds:g} s, window {state}: {wake_ups / beats:.2f} wake-ups of the main thread a "
        f"heartbeat ({wake_ups} in all, in which it waited {switches} times), {share:.3%} of a core"
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
