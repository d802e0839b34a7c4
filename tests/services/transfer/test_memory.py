"""What hostile files take of memory, measured in a process of its own: 300 MB at most, whatever they hold."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

MOST_MB = 300
READ = """
import re, sys
from pathlib import Path
from followup_desktop.domain.errors import Refused
from followup_desktop.services.transfer.document import Reading
from followup_desktop.services.transfer.formats import read_document

def entries(key, each):
    listed = b",".join(each % number for number in range(500_000))
    return b'{"format":"followup-desktop","version":1,"%s":[%s]}' % (key.encode(), listed)

data = DATA
with open("/proc/self/clear_refs", "w") as peak:
    peak.write("5")  # the peak counts from here, without what it took to make the file
try:
    for _part in read_document(data, reading=Reading(name="x")).parts():
        pass
    sys.exit("nothing was refused")
except Refused as refused:
    # ru_maxrss would be that of the tests, from which this process was forked.
    print(int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024, refused)
"""
HOSTILE = {
    "lists in JSON": 'b"[" + b"[]," * 10_000_000 + b"[]]"',
    "entries in JSON": 'b\'{"applications":[\' + b"{}," * 400_000 + b"{}]}"',
    "applications": 'entries("applications", b\'{"id":"%d","employer":"E","role":"R","stage":"saved"}\')',
    "contacts": 'entries("contacts", b\'{"id":"%d","name":"N"}\')',
    "cells of a table": 'b"Company,Role\\n" + b"a," * 12_000_000',
    "rows of a table": 'b"Company,Role\\n" + "Acme,\\U0001f600\\n".encode() * 2_000_000',
    "lines of a calendar": 'b"BEGIN:VCALENDAR\\nBEGIN:VEVENT\\n" + b"X:1\\n" * 10_000_000',
    "parts of an email": 'b"From: a@b.c\\nTo: b@c.d\\nSubject: x\\n\\n" + b"\\n--b\\n" * 6_000_000',
}


@pytest.mark.skipif(sys.platform != "linux", reason="the peak is told in other units elsewhere")
@pytest.mark.journey
@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_takes_no_more_memory_than_is_bounded(data: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", READ.replace("DATA", data)],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[3],
    )
    assert done.returncode == 0, done.stderr
    megabytes, _space, sentence = done.stdout.partition(" ")
    assert int(megabytes) <= MOST_MB, sentence
