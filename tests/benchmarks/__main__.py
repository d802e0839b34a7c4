"""Every benchmark, in one table: ``make bench``.

``--sizes N …`` and ``--live`` are as in the modules that measure, each of which also runs alone.
"""

from __future__ import annotations

import argparse
import sys

from tests.benchmarks import bench_data, bench_start, bench_window
from tests.benchmarks.table import table

IDLE_SECONDS = 600


def main() -> int:
    """Measure and print; returns the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=bench_window.SIZES)
    parser.add_argument("--live", action="store_true", help="make every application one of the last months")
    arguments = parser.parse_args()
    sizes, live = arguments.sizes, arguments.live
    rows = bench_window.measure(sizes, live=live)
    rows += bench_data.measure(sizes, live=live)
    rows += bench_start.measure_starts(sizes, None if live else bench_start.LIVE, bench_start.ROUNDS)
    rows += bench_start.measure_idle(IDLE_SECONDS, min(sizes))
    sys.stdout.write(table(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
