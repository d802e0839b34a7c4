"""A process that is killed while it commits loses nothing that it was told is kept."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from followup_desktop.storage.database import open_database
from followup_desktop.storage.store import Store

ROOT = Path(__file__).resolve().parents[2]
WRITER = """
import sys
from pathlib import Path
from followup_desktop.domain.model import Contact
from followup_desktop.storage.database import open_database
from followup_desktop.storage.store import Store

store = Store(open_database(Path(sys.argv[1])))
number = len(store.all_contacts())
while True:
    with store.transaction("Add") as transaction:
        transaction.put_contact(Contact(id=f"c{number:06}", name="x" * 2000))
    print(number, flush=True)
    number += 1
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
def test_nothing_acknowledged_is_lost_by_a_kill(file: Path) -> None:
    acknowledged = -1
    for commits in (1, 7, 20):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(file)],
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        ) as writer:
            assert writer.stdout is not None
            for _ in range(commits):
                acknowledged = int(writer.stdout.readline())
            writer.send_signal(signal.SIGKILL)
            rest = writer.stdout.read().split()
        acknowledged = int(rest[-1]) if rest else acknowledged
        database = open_database(file)
        assert database.connection.pragma("integrity_check") == "ok"
        contacts = Store(database).all_contacts()
        assert len(contacts) in {acknowledged + 1, acknowledged + 2}
        assert all(contact.name == "x" * 2000 for contact in contacts)
        database.close()
