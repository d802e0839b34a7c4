"""One window per data folder."""

from __future__ import annotations

import contextlib
import os
import socket
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from followup_desktop.domain.errors import Refused
from followup_desktop.system import local_pipe, local_socket
from followup_desktop.system.single_instance import (
    NOTHING_ELSE,
    Reception,
    SingleInstance,
    Wish,
    window_is_open,
)

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has pipes")

_SECOND = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from followup_desktop.system.single_instance import SingleInstance, Wish
application = QCoreApplication([])
second = SingleInstance(Path(sys.argv[1]), lambda _wish: None)
first = second.acquire()
file = Path(sys.argv[2]) if len(sys.argv) > 2 else None
raised = False if first else second.raise_first(wish=Wish(file)) is not None
print(first, raised)
"""
_SAY = """
import os, socket, sys
os.setuid(65534)
connection = socket.socket(socket.AF_UNIX)
connection.settimeout(20)
connection.connect(sys.argv[1])
try:
    connection.sendall(b"raise /tmp/theirs.json\\n")
    print(connection.recv(100))
except ConnectionError:
    print(b"")
"""
_SOMEBODY_ELSE = """
import os, socket, sys
os.setuid(65534)
server = socket.socket(socket.AF_UNIX)
server.bind(sys.argv[1])
server.listen()
print("ready", flush=True)
connection, _ = server.accept()
connection.settimeout(20)
heard = connection.recv(4096)
if heard:
    connection.sendall(b"done\\n")
print(heard)
"""
_ASK_NOW = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from followup_desktop.system.single_instance import SingleInstance, Wish
application = QCoreApplication([])
second = SingleInstance(Path(sys.argv[1]), lambda _wish: None)
for now_or_never in (False, True):
    print(second.raise_first(wish=Wish(posting="Cook"), now_or_never=now_or_never).name)
"""
_LINES = """
import sys, time
from importlib import import_module
ask = import_module(sys.argv[1]).ask
for line in (b"raise /a\\n", b"x" * 200 + b"\\n", b"raise /b\\n"):
    print(ask(sys.argv[2], line, time.monotonic() + 5) or None)
"""
_TRYING = f"print('trying'){_SECOND}".replace("first, raised", "raised")
_HOLD_AND_DIE = """
import os, signal, sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from followup_desktop.system.single_instance import SingleInstance, Wish
application = QCoreApplication([])
first = SingleInstance(Path(sys.argv[1]), lambda _wish: None)
assert first.acquire()
first.listen()
os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
"""


@pytest.mark.parametrize("name", [None, "my search.followup.json", "búsqueda\n2.json", "n" * 250 + "ñ"])
def test_a_second_start_raises_the_first_window(name: str | None, tmp_path: Path, qtbot: QtBot) -> None:
    lock = tmp_path / "window.lock"
    file = None if name is None else tmp_path / name
    if file is not None:
        file.touch()
    raised: list[Wish] = []
    first = SingleInstance(lock, raised.append)
    assert first.acquire()
    first.listen()
    command = [sys.executable, "-c", _SECOND, str(lock), *([] if file is None else [str(file)])]
    second = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    qtbot.waitUntil(lambda: second.poll() is not None)
    assert second.stdout is not None
    output = second.stdout.read().split()
    second.stdout.close()
    assert output == ["False", "True"]
    assert raised == [Wish(file)]
    first.release()


_HAND_OVER = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from followup_desktop.system.single_instance import SingleInstance, Wish
application = QCoreApplication([])
print(SingleInstance(Path(sys.argv[1]), print).raise_first(wish=Wish(posting=sys.stdin.read())))
"""


@pytest.mark.parametrize("posting", ["Cook at Vandelay\nraise /etc/passwd\n\x00", "ñ🍳 %41" * 2500])
def test_a_posting_is_handed_over_as_it_is(posting: str, tmp_path: Path, qtbot: QtBot) -> None:
    lock = tmp_path / "window.lock"
    raised: list[Wish] = []
    first = SingleInstance(lock, raised.append)
    assert first.acquire()
    first.listen()
    assert window_is_open(lock)
    command = [sys.executable, "-X", "utf8", "-c", _HAND_OVER, str(lock)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as second:
        assert second.stdin is not None
        second.stdin.write(posting)
        second.stdin.close()
        qtbot.waitUntil(lambda: second.poll() is not None)
    assert raised == [Wish(posting=posting)]
    first.release()
    assert not window_is_open(lock)


@pytest.mark.parametrize("reception", Reception)
def test_a_later_start_is_told_what_becomes_of_its_wish(
    reception: Reception, tmp_path: Path, qtbot: QtBot
) -> None:
    """One that has to be done now is not done later, and what isn't kept still shows the window."""
    lock = tmp_path / "window.lock"
    raised: list[Wish] = []
    first = SingleInstance(lock, raised.append, reception=lambda _wish: reception)
    assert first.acquire()
    first.listen()
    with subprocess.Popen(
        [sys.executable, "-c", _ASK_NOW, str(lock)], stdout=subprocess.PIPE, text=True
    ) as second:
        qtbot.waitUntil(lambda: second.poll() is not None)
        assert second.stdout is not None
        assert second.stdout.read().split() == [reception.name] * 2
    wish = Wish(posting="Cook")
    assert (
        raised
        == {
            Reception.TAKEN: [wish, wish],
            Reception.LATER: [wish],
            Reception.FULL: [NOTHING_ELSE],
            Reception.CLOSED: [NOTHING_ELSE],
        }[reception]
    )
    first.release()


@pytest.mark.parametrize("name", [None, "my search.json"])
def test_the_launchers_token_comes_along_and_is_good_for_once(
    name: str | None, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_ACTIVATION_TOKEN", raising=False)
    lock = tmp_path / "window.lock"
    file = None if name is None else tmp_path / name
    if file is not None:
        file.touch()
    raised: list[tuple[Wish, str | None]] = []
    first = SingleInstance(lock, lambda wish: raised.append((wish, os.environ.get("XDG_ACTIVATION_TOKEN"))))
    assert first.acquire()
    first.listen()
    command = [sys.executable, "-c", _SECOND, str(lock), *([] if file is None else [str(file)])]
    token = {"XDG_ACTIVATION_TOKEN": "gnome shell/12_TIME3"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env={**os.environ, **token}) as second:
        qtbot.waitUntil(lambda: second.poll() is not None)
    assert raised == [(Wish(file), "gnome shell/12_TIME3")]
    assert "XDG_ACTIVATION_TOKEN" not in os.environ
    first.release()


def test_after_a_crash_the_next_start_is_the_first_and_is_heard(tmp_path: Path, qtbot: QtBot) -> None:
    lock = tmp_path / "window.lock"
    subprocess.run([sys.executable, "-c", _HOLD_AND_DIE, str(lock)], check=False)
    assert stat.S_ISSOCK(address(lock).lstat().st_mode)  # what the killed run left
    raised: list[Wish] = []
    instance = SingleInstance(lock, raised.append)
    assert instance.acquire()
    instance.listen()
    assert instance.deaf is None
    with subprocess.Popen([sys.executable, "-c", _SECOND, str(lock)], stdout=subprocess.PIPE) as second:
        qtbot.waitUntil(lambda: second.poll() is not None)
    assert raised == [Wish()]
    instance.release()
    assert not address(lock).exists()


def address(lock: Path) -> Path:
    """Where the first start listens."""
    return Path(os.fsdecode(lock.read_bytes().removeprefix(b"\n")))


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder whose path is short enough for the address of a socket."""
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def test_the_socket_stands_where_nobody_else_can_take_its_name(folder: Path, qtbot: QtBot) -> None:
    session, shared, data, deep = (folder / name for name in ("session", "shared", "data", "d" * 100))
    for each, mode in ((session, 0o700), (shared, 0o777), (data, 0o755), (deep, 0o700)):
        each.mkdir()
        each.chmod(mode)
    (folder / "link").symlink_to(session)

    def stands_in(lock_folder: Path, runtime: Path | str) -> Path:
        lock = lock_folder / "window.lock"
        instance = SingleInstance(lock, lambda _wish: None, {"XDG_RUNTIME_DIR": str(runtime)})
        assert instance.acquire()
        instance.listen()
        assert instance.deaf is None
        place = address(lock)
        assert place.lstat().st_mode & 0o077 == 0
        instance.release()
        return place.parent

    own = Path(tempfile.gettempdir(), f"followup-desktop-{os.getuid()}")
    assert stands_in(data, session) == session
    assert stands_in(deep, session) == session
    assert [stands_in(data, no) for no in (shared, folder / "link", "", "relative")] == [data] * 4
    assert [stands_in(shared, ""), stands_in(deep, "")] == [own, own]
    assert (own.stat().st_mode & 0o777, own.stat().st_uid) == (0o700, os.getuid())


def test_a_start_that_can_not_be_heard_says_why(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken, data = tmp_path / "temporary", tmp_path / "data"
    for folder in (taken, data):
        folder.mkdir()
        folder.chmod(0o777)
    monkeypatch.setattr(tempfile, "tempdir", str(taken))
    (taken / f"followup-desktop-{os.getuid()}").symlink_to(data)
    first, second = (SingleInstance(data / "window.lock", lambda _wish: None, {}) for _ in range(2))
    assert first.acquire()
    first.listen()
    assert first.deaf == "there's no private folder for it"
    assert not second.acquire()
    assert not second.raise_first(timeout=0.1)
    first.release()


@pytest.mark.skipif(os.getuid() != 0, reason="only root can let another user answer")
def test_another_user_hears_nothing_and_is_not_believed(folder: Path, tmp_path: Path, qtbot: QtBot) -> None:
    folder.chmod(0o777)
    place, lock = folder / "s", tmp_path / "window.lock"
    lock.write_bytes(b"\n" + os.fsencode(place))
    command = [sys.executable, "-c", _SOMEBODY_ELSE, str(place)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "ready\n"
        starting = SingleInstance(lock, lambda _wish: None)
        assert not starting.raise_first(timeout=0.1, wish=Wish(tmp_path / "private.json"))
        assert other.stdout.readline() == "b''\n"


@pytest.mark.skipif(os.getuid() != 0, reason="only root can let another user ask")
def test_another_user_is_not_heard(folder: Path, qtbot: QtBot) -> None:
    raised: list[Wish] = []
    lock = folder / "window.lock"
    first = SingleInstance(lock, raised.append, {})
    assert first.acquire()
    first.listen()
    for opened, mode in ((folder, 0o755), (address(lock), 0o666)):  # as if the system had let them in
        opened.chmod(mode)
    command = [sys.executable, "-c", _SAY, str(address(lock))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
        qtbot.waitUntil(lambda: other.poll() is not None)
        assert other.stdout is not None
        assert other.stdout.read() == "b''\n"
    assert raised == []
    first.release()


@pytest.fixture
def first(folder: Path, qtbot: QtBot) -> Iterator[tuple[SingleInstance, list[Wish]]]:
    """The first start, and what it was asked to show."""
    raised: list[Wish] = []
    instance = SingleInstance(folder / "window.lock", raised.append, {})
    assert instance.acquire()
    instance.listen()
    yield instance, raised
    instance.release()


def connected(folder: Path) -> socket.socket:
    client = socket.socket(socket.AF_UNIX)
    client.connect(str(address(folder / "window.lock")))
    client.setblocking(False)
    return client


def hung_up(client: socket.socket) -> bool:
    """Whether the other end has closed, whatever it said before."""
    try:
        while client.recv(100):
            pass
    except BlockingIOError:
        return False
    except ConnectionError:
        return True
    return True


Claimed = tuple[SingleInstance, list[Wish]]


@posix
@pytest.mark.parametrize(
    "message",
    [
        b"raise relative.json\n",
        b"raise /no/such/file.json\n",
        b"raise %2Fetc%00%2Fpasswd\n",
        b"raise %FF%FE/\x80 \xff%00\n",
        b"raise " + b"%2e%2e%2f" * 600 + b"\n",
        b"raise /" + b"a" * 9000 + b"\n",
        b"raise  a%00b\n",
    ],
)
def test_only_a_path_that_is_there_goes_further(
    message: bytes, first: Claimed, folder: Path, qtbot: QtBot
) -> None:
    _instance, raised = first
    with connected(folder) as client:
        client.sendall(message)
        qtbot.waitUntil(lambda: hung_up(client))
    assert raised == [Wish()]


@posix
@pytest.mark.parametrize(
    "message", [b"\n", b"\0\0\0\n", b"RAISE /\n", b"raise/etc/passwd\n", b"quit\n", b"x" * 2_000_000]
)
def test_what_is_no_request_is_hung_up_on(message: bytes, first: Claimed, folder: Path, qtbot: QtBot) -> None:
    _instance, raised = first
    rest = memoryview(message)
    with connected(folder) as client:

        def is_heard_out() -> bool:
            nonlocal rest
            with contextlib.suppress(BlockingIOError, ConnectionError):
                rest = rest[client.send(rest) :]  # a long one doesn't fit into the socket at once
            return hung_up(client)

        qtbot.waitUntil(is_heard_out)
    assert raised == []


@posix
def test_a_client_that_says_nothing_is_hung_up_on_and_keeps_nobody_waiting(
    folder: Path, first: Claimed, qtbot: QtBot
) -> None:
    instance, raised = first
    assert instance._server is not None
    instance._server._limits = instance._server._limits._replace(milliseconds=300)
    silent = [connected(folder) for _ in range(10)]
    for each in silent[::2]:
        each.send(b"rai")
    with connected(folder) as client:
        client.sendall(b"raise\n")
        qtbot.waitUntil(lambda: hung_up(client))
    assert raised == [Wish()]
    qtbot.waitUntil(lambda: all(map(hung_up, silent)))
    for each in silent:
        each.close()


@posix
def test_of_many_at_once_some_are_heard_and_later_ones_again(
    folder: Path, first: Claimed, qtbot: QtBot
) -> None:
    instance, raised = first
    crowd = [connected(folder) for _ in range(25)]
    qtbot.waitUntil(lambda: sum(map(hung_up, crowd)) == 9)
    for each in crowd:
        each.close()
    qtbot.waitUntil(lambda: instance._server is not None and not instance._server._callers)
    with connected(folder) as client:
        client.sendall(b"raise\n")
        qtbot.waitUntil(lambda: hung_up(client))
    assert raised == [Wish()]


def test_after_release_another_can_be_first(tmp_path: Path, qtbot: QtBot) -> None:
    first, second = (SingleInstance(tmp_path / "window.lock", lambda _wish: None) for _ in range(2))
    assert first.acquire()
    first.listen()
    assert not second.acquire()
    first.release()
    assert second.acquire()
    second.release()


def test_one_that_begins_to_listen_late_is_waited_for(tmp_path: Path, qtbot: QtBot) -> None:
    lock = tmp_path / "window.lock"
    raised: list[Wish] = []
    first = SingleInstance(lock, raised.append)
    lock.write_bytes(b"\n" + os.fsencode(tmp_path / "of-a-crash"))
    assert first.acquire()
    with subprocess.Popen([sys.executable, "-u", "-c", _TRYING, str(lock)], stdout=subprocess.PIPE) as second:
        assert second.stdout is not None
        assert second.stdout.readline() == b"trying\n"
        first.listen()
        qtbot.waitUntil(lambda: second.poll() is not None)
        assert second.stdout.read().split() == [b"True"]
    assert raised == [Wish()]
    first.release()


@pytest.mark.parametrize(
    ("line", "kind"), [(local_socket, local_socket.LineServer), (local_pipe, local_pipe.PipeServer)]
)
def test_a_line_is_answered_by_the_sockets_of_either_kind(
    line: ModuleType, kind: type, folder: Path, qtbot: QtBot
) -> None:
    heard: list[bytes] = []

    def told(said: bytes, hang_up: local_socket.Answer) -> None:
        heard.append(said)
        hang_up(b"done\n")

    owner = QObject()
    server = kind(told, local_socket.Limits(4, 100, 5000), owner)
    assert line.ask(str(folder / "s"), b"raise\n", time.monotonic() + 1) is None
    assert server.listen(str(folder / "s")) is None
    command = [sys.executable, "-c", _LINES, line.__name__, str(folder / "s")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
        qtbot.waitUntil(lambda: other.poll() is not None)
        assert other.stdout is not None
        assert other.stdout.read().split() == ["b'done\\n'", "None", "b'done\\n'"]
    assert heard == [b"raise /a", b"raise /b"]
    server.close()
    assert [*folder.iterdir()] == []


def test_two_data_folders_have_a_window_each(tmp_path: Path, qtbot: QtBot) -> None:
    instances = [SingleInstance(tmp_path / name, lambda _wish: None) for name in ("a.lock", "b.lock")]
    assert all(instance.acquire() for instance in instances)
    for instance in instances:
        instance.release()


def test_nobody_to_raise_is_told(tmp_path: Path, qtbot: QtBot) -> None:
    assert not SingleInstance(tmp_path / "window.lock", lambda _wish: None).raise_first(timeout=0.1)


def test_a_lock_file_that_can_not_be_opened_is_refused(tmp_path: Path, qtbot: QtBot) -> None:
    with pytest.raises(Refused, match="can't be opened"):
        SingleInstance(tmp_path / "missing" / "window.lock", lambda _wish: None).acquire()


def test_a_first_one_that_is_slow_to_answer_is_asked_only_once(tmp_path: Path, qtbot: QtBot) -> None:
    lock, file = tmp_path / "window.lock", tmp_path / "search.json"
    raised: list[Wish] = []
    file.touch()
    first = SingleInstance(lock, raised.append)
    assert first.acquire()
    first.listen()
    command = [sys.executable, "-c", _SECOND, str(lock), str(file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as second:
        output, _ = second.communicate(timeout=20)  # meanwhile the first handles no events
    assert output.split() == ["False", "False"]
    qtbot.waitUntil(lambda: raised == [Wish(file)])
    qtbot.wait(50)
    assert raised == [Wish(file)]
    first.release()
