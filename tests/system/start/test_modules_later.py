"""Modules of Python that are loaded when something is first asked of them are as they always are."""

from __future__ import annotations

import subprocess
import sys

USED = """
import sys
from followup_desktop.system.start import load_when_used
load_when_used()
import hashlib, hmac, uuid
print("_sha256" in sys.modules or "_hashlib" in sys.modules)
from threading import Barrier, Thread
ready, found = Barrier(8), []
def use():
    ready.wait()
    found.append(hashlib.sha256(b"one").hexdigest())
threads = [Thread(target=use) for _each in range(8)]
for each in threads:
    each.start()
for each in threads:
    each.join()
print(len(found), *set(found))
import hashlib as anew
print(anew.sha256 is hashlib.sha256, hmac.compare_digest(b"a", b"a"))
from uuid import UUID
print(UUID(int=1) == uuid.UUID(int=1), hasattr(uuid, "nothing"))
from inspect import isclass
print("tokenize" in sys.modules, isclass(UUID), isclass(1))
import inspect
print(inspect.signature(use), inspect.isclass(UUID))
"""


def test_each_is_there_for_whoever_asks_first_and_for_all_at_once() -> None:
    done = subprocess.run(
        [sys.executable, "-c", USED], capture_output=True, text=True, check=True, timeout=60
    )
    digest = "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed"
    assert done.stdout.split() == [
        "False",
        "8",
        digest,
        "True",
        "True",
        "True",
        "False",
        "False",
        "True",
        "False",
        "()",
        "True",
    ]
    assert done.stderr == ""
