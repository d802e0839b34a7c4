"""One window per data folder."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from followup_desktop.domain.errors import Refused
from followup_desktop.system.single_instance import SingleInstance

_SECOND = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from followup_desktop.system.single_instance import SingleInstance
application = QCoreApplication([])
second = SingleInstance(Path(sys.argv[1]), lambda _file: None)
first = second.acquire()
file = Path(sys.argv[2]) if len(sys.argv) > 2 else None
raised = False if first else second.raise_first(file=file)
print(first, raised)
"""
_HOLD_AND_DIE = """
import os, signal, sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from followup_desktop.system.single_instance import SingleInstance
application = QCoreApplication([])
assert SingleInstance(Path(sys.argv[1]), lambda _file: None).acquire()
os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
"""


@pytest.mark.parametrize("name", [None, "my search.followup.json", "búsqueda\n2.json", "n" * 250 + "ñ"])
def test_a_second_start_raises_the_first_window(name: str | None, tmp_path: Path, qtbot: QtBot) -> None:
    lock = tmp_path / "window.lock"
    file = None if name is None else tmp_path / name
    raised: list[Path | None] = []
    first = SingleInstance(lock, raised.append)
    assert first.acquire()
    command = [sys.executable, "-c", _SECOND, str(lock), *([] if file is None else [str(file)])]
    second = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=20_000)
    assert second.stdout is not None
    output = second.stdout.read().split()
    second.stdout.close()
    assert output == ["False", "True"]
    assert raised == [file]
    first.release()


def test_after_a_crash_the_next_start_is_the_first(tmp_path: Path, qtbot: QtBot) -> None:
    lock = tmp_path / "window.lock"
    subprocess.run([sys.executable, "-c", _HOLD_AND_DIE, str(lock)], check=False)
    instance = SingleInstance(lock, lambda _file: None)
    assert instance.acquire()
    instance.release()


def test_after_release_another_can_be_first(tmp_path: Path, qtbot: QtBot) -> None:
    first, second = (SingleInstance(tmp_path / "window.lock", lambda _file: None) for _ in range(2))
    assert first.acquire()
    assert not second.acquire()
    first.release()
    assert second.acquire()
    second.release()


def test_two_data_folders_have_a_window_each(tmp_path: Path, qtbot: QtBot) -> None:
    instances = [SingleInstance(tmp_path / name, lambda _file: None) for name in ("a.lock", "b.lock")]
    assert all(instance.acquire() for instance in instances)
    for instance in instances:
        instance.release()


def test_nobody_to_raise_is_told(tmp_path: Path, qtbot: QtBot) -> None:
    assert not SingleInstance(tmp_path / "window.lock", lambda _file: None).raise_first(timeout=0.1)


def test_a_lock_file_that_can_not_be_opened_is_refused(tmp_path: Path, qtbot: QtBot) -> None:
    with pytest.raises(Refused, match="can't be opened"):
        SingleInstance(tmp_path / "missing" / "window.lock", lambda _file: None).acquire()


def test_a_first_one_that_is_slow_to_answer_is_asked_only_once(tmp_path: Path, qtbot: QtBot) -> None:
    lock, file = tmp_path / "window.lock", tmp_path / "search.json"
    raised: list[Path | None] = []
    first = SingleInstance(lock, raised.append)
    assert first.acquire()
    command = [sys.executable, "-c", _SECOND, str(lock), str(file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as second:
        output, _ = second.communicate(timeout=20)  # meanwhile the first handles no events
    assert output.split() == ["False", "False"]
    qtbot.waitUntil(lambda: raised == [file])
    qtbot.wait(50)
    assert raised == [file]
    first.release()
