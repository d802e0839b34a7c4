"""Simulate many searches: ``python -m tests.simulation --searches 1000 --seed 1 --jobs 2``.

Prints what happened in them; exits with 1 at a violation, after what led to it. ``--only`` runs one of them
again, and ``--broken`` puts in an announcing rule that is broken on purpose.
"""

from __future__ import annotations

import argparse
import os
import shlex
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from followup_desktop.services.reminding.announcer import Reminders
from tests.simulation.judge import Counts
from tests.simulation.sabotage import SABOTAGES
from tests.simulation.search import YEARS, Outcome, simulate

_MEMORY = Path("/dev/shm")
"""A folder in memory, where there is one: a thousand searches need not wear a disk."""


def run_one(number: int, *, seed: int, years: float, broken: str | None) -> Outcome:
    """One of the searches of a seed."""
    make = SABOTAGES[broken] if broken else Reminders
    with tempfile.TemporaryDirectory(dir=_MEMORY if _MEMORY.is_dir() else None) as folder:
        return simulate(f"{seed}:{number}", Path(folder), make, years)


def main(arguments: list[str] | None = None) -> int:
    """Run, print the counts, and say whether all went by the rules."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--searches", type=int, default=1000, help="how many (%(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="another seed, other searches (%(default)s)")
    parser.add_argument("--years", type=float, default=YEARS, help="of each (%(default)s)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="processes at once (%(default)s)")
    parser.add_argument("--only", type=int, help="run the search of this number alone")
    parser.add_argument("--broken", choices=sorted(SABOTAGES), help="with this rule broken")
    given = parser.parse_args(arguments)
    numbers = range(given.searches) if given.only is None else [given.only]
    run = partial(run_one, seed=given.seed, years=given.years, broken=given.broken)
    counts = Counts()
    with ProcessPoolExecutor(given.jobs) as pool:
        for number, outcome in zip(numbers, pool.map(run, numbers), strict=True):
            counts.add(outcome.counts)
            if outcome.violation is not None:
                _tell(given, number, outcome)
            elif (number + 1) % 25 == 0:
                _say(f"... {number + 1} searches, {counts.moments_announced:,} moments announced")
    for name in counts.__dataclass_fields__:
        _say(f"{name.replace('_', ' '):22} {round(getattr(counts, name)):>12,}")
    return 1 if counts.violations else 0


def _tell(given: argparse.Namespace, number: int, outcome: Outcome) -> None:
    _say("\n  ".join([f"Violation: {outcome.violation}", *outcome.trail]))
    again = ["--seed", str(given.seed), "--only", str(number), "--years", f"{given.years:g}"]
    again += ["--broken", given.broken] if given.broken else []
    _say(f"Again: python -m tests.simulation {shlex.join(again)}")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
