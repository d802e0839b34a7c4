"""What holds for every test: no display, none of the user's folders, no time zones but the package's."""

from __future__ import annotations

import gc
import hashlib
import importlib
import os
import shutil
import signal
import sys
import tempfile
import threading
import warnings
import zoneinfo
from collections.abc import Iterator
from contextlib import suppress
from functools import cache, lru_cache, partialmethod
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from pytestqt.qtbot import QtBot
from xdist.scheduler import LoadGroupScheduling
from xdist.workermanage import WorkerController

import tests.as_it_runs  # noqa: F401 - before anything of the program
from followup_desktop import arguments, i18n
from followup_desktop.domain import public_holidays
from followup_desktop.services.own_thread import OwnThread, resume_collector
from followup_desktop.services.transfer import formats
from tests.sweeps import examples

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before any test makes an application
os.environ.setdefault("TZ", "UTC")  # new data begin in the zone of the computer
zoneinfo.reset_tzpath(())  # the package tzdata is the only source, as in the program

# The program is started some hundred times. Compiled anew, as some containers ask for, each start takes half
# as long again.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

HUGE_PAGES = ("GLIBC_TUNABLES", "glibc.malloc.hugetlb=1")
"""Set when a process starts, it has glibc ask for huge pages; another C library makes nothing of it."""

if "PYTEST_XDIST_WORKER" in os.environ and os.environ.get(HUGE_PAGES[0]) == HUGE_PAGES[1]:
    del os.environ[HUGE_PAGES[0]]  # a program that a worker starts has its memory as the user's has

for number in (signal.SIGINT, signal.SIGHUP):
    # A shell lets what it starts in the background ignore them, and so would every program tested here.
    if signal.getsignal(number) is signal.SIG_IGN:
        signal.signal(number, signal.SIG_DFL)

MEMORY = Path("/dev/shm")
ROOM = 2**30
"""Bytes that must be free in memory for the files of the tests; they use about a tenth of it."""

if "TMPDIR" not in os.environ and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
    # An empty store takes 6 ms to make and close there, and 25 to 45 ms on a disk, which confirms each step.
    os.environ["TMPDIR"] = str(MEMORY)
    tempfile.tempdir = None  # it may have been asked for already

settings.register_profile(
    "local", deadline=None, max_examples=examples(25), suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("ci", settings.get_profile("local"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "local")

_COLLECTED_AFTER = (10_000, 20, 10)
"""Objects made, and passes over the younger ones, until the collector looks; Python's own are 700, 10, 10."""

PATIENCE_MS = 60_000
"""So long a test waits for what is to come, unless it says otherwise."""

CORPORA = Path(__file__).resolve().parent / "corpora"


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One worker more than processors: tests of a real desktop often wait for another program."""
    return (os.cpu_count() or 1) + 1


def pytest_xdist_setupnodes() -> None:
    """Have the workers' memory lie in huge pages: a window, strewn over it, takes up to a tenth less time."""
    os.environ.setdefault(*HUGE_PAGES)


class Schedule(LoadGroupScheduling):  # type: ignore[misc]  # xdist has no types
    """Forgets what is done: after each test xdist counts over all that its worker was ever given."""

    def mark_test_complete(self, node: WorkerController, item_index: int, duration: float = 0) -> None:
        super().mark_test_complete(node, item_index, duration)
        given = self.assigned_work[node]
        group = self._split_scope(self.registered_collections[node][item_index])
        if all(given[group].values()):
            del given[group]


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Schedule | None:
    """The schedule of a run whose tests go by groups."""
    return Schedule(config, log) if config.getoption("dist") == "loadgroup" else None


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown() -> Iterator[None]:
    """Let no window that is closed for a test ask a question, and let each go with its test.

    Nobody would answer, and the run would hang, as it did with what a failed test had left unsaved. A window
    that Qt is to delete later speaks in another test, when the collector may have taken half of it. Work that
    goes on beside a window goes with its test as well: it keeps the collector off, and the database open.
    """
    with pytest.MonkeyPatch.context() as patch:
        if widgets := sys.modules.get("PySide6.QtWidgets"):
            for kind in (widgets.QDialog, widgets.QMessageBox):
                patch.setattr(kind, "exec", lambda _box: 0)
        yield
    for thread in threading.enumerate():
        if isinstance(thread, OwnThread):
            thread.join(PATIENCE_MS / 1000)
            if thread.is_alive():
                pytest.fail(f"the test leaves its work beside the window going on: {thread.name}")
    resume_collector()
    if widgets and (application := widgets.QApplication.instance()):
        from PySide6.QtCore import QEvent, Qt

        application.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        if application.layoutDirection() is not Qt.LayoutDirection.LeftToRight:
            application.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            pytest.fail("the test leaves the windows of those after it running from right to left")


gc.disable()  # while the tests are collected, all of which stay


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    """Have each worker of a whole run import another part of the tests first, and compile it for the others.

    In a fresh checkout all of them would compile all of it, in the same order: 8 s of processor time each.
    """
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    if not worker or session.config.args != session.config.getini("testpaths"):
        return
    names = [
        ".".join(path.relative_to(session.config.rootpath).with_suffix("").parts)
        for path in sorted((session.config.rootpath / "tests").rglob("test_*.py"))
    ]
    first = len(names) * int(worker.removeprefix("gw")) // int(os.environ["PYTEST_XDIST_WORKER_COUNT"])
    for name in (*names[first:], *names[:first]):
        # What is wrong with one is told when it is collected.
        with suppress(Exception, pytest.skip.Exception), warnings.catch_warnings():
            warnings.simplefilter("error")
            importlib.import_module(name)


def pytest_collection_finish() -> None:
    """Have the collector pass over what stays for the whole run, and look less often.

    To look at the 9,500 tests collected in each worker again and again took 9 % of the processor time.
    """
    gc.freeze()
    gc.set_threshold(*_COLLECTED_AFTER)
    gc.enable()


class PatientBot(QtBot):
    """Waits longer than pytest-qt does: where many programs share two processors, 5 s were too short."""


for _waits in ("waitUntil", "waitSignal", "waitSignals", "waitActive", "waitExposed"):
    setattr(PatientBot, _waits, partialmethod(getattr(QtBot, _waits), timeout=PATIENCE_MS))


@pytest.fixture
def qtbot(qapp: object, request: pytest.FixtureRequest) -> QtBot:
    """The robot of pytest-qt, with more patience."""
    return PatientBot(request)


@pytest.fixture(scope="session", autouse=True)
def private_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the user's own folders out of reach: nothing a test does can read or change them."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HOME", "USERPROFILE"):
            patch.setenv(name, str(home))
        for name in ("DATA", "CONFIG", "CACHE", "STATE"):
            patch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
        patch.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
        patch.delenv("FOLLOWUP_DATA_DIR", raising=False)
        yield


@pytest.fixture(scope="session", autouse=True)
def keys_made_once() -> Iterator[None]:
    """Remember the key that a passphrase gives with a salt: to make it takes 0.2 s, on purpose, each time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hashlib, "pbkdf2_hmac", cache(hashlib.pbkdf2_hmac))
        yield


@pytest.fixture(scope="session", autouse=True)
def command_line_made_once() -> Iterator[None]:
    """Remember the parser of the command line, in each language: a user's process makes one, a test many.

    It names the formats there are, to which a test may add one.
    """
    make = lru_cache(maxsize=4)(lambda _catalogue, _locale, _formats, make=arguments.parser: make())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(arguments, "parser", lambda: make(*i18n.in_use(), id(formats.FORMATS)))
        yield


@pytest.fixture(scope="session", autouse=True)
def few_holidays_known() -> Iterator[None]:
    """Remember the holidays of a few countries and years, as a process of a user's does.

    Each plan is kept with those that its process knows: after a test that asks for every country, a quarter
    of a megabyte in each store of all the tests that come behind it.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(public_holidays, "_MOST", 16)
        yield


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The folder of inputs that no one here wrote."""
    return CORPORA
