"""How much memory the import of a file takes at most, in a process of its own, without a window.

``python -m tests.benchmarks.import_memory FILE`` imports it into a new database, and prints megabytes. On
Linux alone: elsewhere the system tells the peak otherwise.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

NOW = datetime(2026, 10, 14, 9, 0, tzinfo=UTC)
ROOT = Path(__file__).parents[2]


def megabytes_taken(file: Path) -> int:
    """The most that a process which imports the file has in memory, with the program itself."""
    command = [sys.executable, "-m", __name__, str(file)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return int(done.stdout)


def main() -> int:
    """Import the file and print what it took; returns the exit status."""
    from followup_desktop.services.tracker import Tracker
    from followup_desktop.services.tracker.planner import Planner
    from followup_desktop.services.transfer.import_file import ImportFile, SourceFile
    from followup_desktop.services.transfer.table_answers import TableAnswers
    from followup_desktop.services.wording import Wording
    from followup_desktop.storage.database import open_database
    from followup_desktop.storage.store import Store
    from followup_desktop.system.files import opened

    file = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        store = Store(open_database(Path(folder, "data.db")))
        Planner(store)
        importing = ImportFile(Tracker(store, lambda: NOW, Wording()), TableAnswers(store.settings))
        importing.carry_out(importing.read(SourceFile(name=file.name, data=opened(file))))
        store.close()
    peak = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())
    sys.stdout.write(f"{int(peak[1]) * 1024 // 1_000_000 if peak else 0}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
