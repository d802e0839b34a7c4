"""Where no network can be reached, nothing is missing: the program needs none.

``make offline`` runs all tests in such a place.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.desktop.conftest import is_missing

_ALONE = ("unshare", "--net", *(() if os.name == "nt" or os.getuid() == 0 else ("--map-current-user",)))
"""Runs a program in a network namespace of its own, in which not even the loopback device is up."""
PROGRAM = (sys.executable, "-m", "followup_desktop")
Alone = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def alone() -> Alone:
    """Runs a command without a network; the test is skipped where there are no such namespaces."""
    if (
        shutil.which("unshare") is None
        or subprocess.run([*_ALONE, "true"], capture_output=True, check=False).returncode
    ):
        is_missing("unshare can't make a network namespace")

    def run(*command: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        return subprocess.run(
            [*_ALONE, *command], env=environment, capture_output=True, text=True, check=False, timeout=120
        )

    return run


def test_there_is_no_way_out(alone: Alone) -> None:
    script = "import socket; socket.create_connection(('127.0.0.1', 9), 5)"
    assert "Network is unreachable" in alone(sys.executable, "-c", script).stderr


def test_every_part_works_without_a_network(alone: Alone, tmp_path: Path) -> None:
    done = alone(*PROGRAM, "--data-dir", str(tmp_path), "self-test")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "FAILED" not in done.stdout
