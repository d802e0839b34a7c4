"""Every benchmark, in one table: ``make bench``.

At each of the sizes most applications are closed for long, as in life; once, with ``--open`` many, all of
them are open. Each module that measures also runs alone.
"""

from __future__ import annotations

import argparse
import sys

from tests.benchmarks import bench_data, bench_start, bench_window
from tests.benchmarks.table import Row, table

IDLE_SECONDS = 600
ALL_OPEN = 10_000


def main() -> int:
    """Measure and print; returns the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=bench_window.SIZES)
    parser.add_argument("--open", type=int, default=ALL_OPEN, help="so many that are all open; 0 for none")
    arguments = parser.parse_args()
    rows: list[Row] = []
    for sizes, live in ((arguments.sizes, False), ([arguments.open] if arguments.open else [], True)):
        rows += bench_window.measure(sizes, live=live)
        rows += bench_data.measure(sizes, live=live)
        rows += bench_start.measure_starts(sizes, live=live, rounds=bench_start.ROUNDS) if sizes else []
    rows += bench_start.measure_idle(IDLE_SECONDS, min(arguments.sizes))
    sys.stdout.write(table(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
