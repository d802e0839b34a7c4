"""Every benchmark, in one table: ``make bench``.

At each of the sizes most applications are closed for long, as in life; once, with ``--open`` many, all of
them are open. Each module that measures also runs alone.
"""

from __future__ import annotations

import argparse
import sys

from tests.benchmarks import bench_data, bench_start
from tests.benchmarks.table import Row, table

IDLE_SECONDS = 600
ALL_OPEN = 10_000


def main() -> int:
    """Measure and print; returns the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=bench_start.SIZES)
    parser.add_argument("--open", type=int, default=ALL_OPEN, help="so many that are all open; 0 for none")
    arguments = parser.parse_args()
    kinds = [(arguments.sizes, False), ([arguments.open], True)][: 2 if arguments.open else 1]
    rows: list[Row] = []
    for sizes, live in kinds:
        rows += bench_start.measure_starts(sizes, live=live, rounds=bench_start.ROUNDS)
    rows += bench_start.measure_idle(IDLE_SECONDS, min(arguments.sizes))
    # Qt in this process would have its part of the memory that the bare window is said to take: 5 % of it.
    from tests.benchmarks import bench_window

    for sizes, live in kinds:
        rows += bench_window.measure(sizes, live=live)
        rows += bench_data.measure(sizes, live=live)
    sys.stdout.write(table(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
