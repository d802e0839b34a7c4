"""What the program loads and reads until its window is shown, in numbers that don't depend on the machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from followup_desktop import app
from followup_desktop.domain.model import Application
from followup_desktop.system.paths import data_paths
from followup_desktop.ui.window.views import FIRST, VIEWS
from tests.benchmarks.many import many

pytestmark = pytest.mark.xdist_group("start")  # each process would start the program anew

NOW = datetime(2026, 10, 14, 9, 0, tzinfo=UTC)
LIVE = 5

SHOWN = """
import json, os, sys
from datetime import datetime
import apsw
from followup_desktop import __main__
folder, now = sys.argv[1], datetime.fromisoformat(sys.argv[2])
statements = []
apsw.connection_hooks.append(
    lambda connection: connection.trace_v2(apsw.SQLITE_TRACE_STMT, lambda event: statements.append(event))
)
def told():
    print(json.dumps({"modules": modules, "statements": asked}), flush=True)
    os._exit(0)
def shown(self):
    global modules, asked
    show(self)
    modules, asked = sorted(name for name, module in sys.modules.items() if module), len(statements)
    self.seen.connect(told)
def open_store(paths, keys=None):
    global show
    from followup_desktop.ui.window.main_window import MainWindow
    show, MainWindow.show = MainWindow.show, shown
    return opened(paths, keys)
def run(arguments):
    global opened
    from followup_desktop import app
    opened, app.open_store_for_window = app.open_store_for_window, open_store
    app.clock = lambda: now
    return started(arguments)
started, __main__._run = __main__._run, run
__main__.main(["--data-dir", folder])
"""
"""Starts the program and ends it when its window is shown; what was loaded and asked until then."""


@dataclass(frozen=True)
class Started:
    """What one start did."""

    modules: frozenset[str]
    statements: int

    def loaded(self, *packages: str) -> list[str]:
        """The modules of these packages that were loaded."""
        return sorted(
            each
            for each in self.modules
            if any(each == package or each.startswith(f"{package}.") for package in packages)
        )


def start(folder: Path) -> Started:
    """Start the program on that folder, which was started on before."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "DBUS_SESSION_BUS_ADDRESS": ""}
    command = [sys.executable, "-c", SHOWN, str(folder), NOW.isoformat()]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    return Started(frozenset(found["modules"]), found["statements"])


def folder_with(folder: Path, count: int) -> Path:
    """A data folder with a few applications that call for something, and so many that ended long ago."""
    live, closed = many(LIVE, NOW), many(count, NOW, live=0)
    old = tuple(_renamed(application) for application in closed.applications)
    store = app.open_store(data_paths(folder, {}))
    with store.transaction("Begin") as t:
        t.put_facts(replace(live, contacts=closed.contacts, applications=(*live.applications, *old)))
    store.close()
    return folder


def _renamed(application: Application) -> Application:
    """Another than that of the same number."""
    interviews = tuple(replace(each, id=f"old-{each.id}") for each in application.interviews)
    events = tuple(replace(each, id=f"old-{each.id}") for each in application.events)
    return replace(application, id=f"old-{application.id}", interviews=interviews, events=events)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Started:
    """A start with few applications."""
    return start(folder_with(tmp_path_factory.mktemp("small"), 20))


def test_the_holidays_of_the_plan_are_known_without_their_package(small: Started) -> None:
    assert small.loaded("holidays") == []


def test_as_many_statements_are_run_whatever_lies_in_the_database(small: Started, tmp_path: Path) -> None:
    assert start(folder_with(tmp_path, 400)).statements == small.statements


def test_nothing_that_speaks_to_a_server_is_loaded_without_one(small: Started) -> None:
    sync = "followup_desktop.services.sync"
    modules = (f"{sync}.dav", f"{sync}.discovery", f"{sync}.round", f"{sync}.wanted", "urllib.request", "ssl")
    assert (
        small.loaded("followup_desktop.system.web_client", "followup_desktop.system.keyrings", *modules) == []
    )


def test_what_is_opened_later_is_loaded_later(small: Started) -> None:
    services, ui = "followup_desktop.services", "followup_desktop.ui"
    assert (
        small.loaded(
            f"{services}.capture.clock_words",
            f"{services}.capture.dates",
            f"{services}.capture.postings",
            f"{services}.transfer.import_file",
            f"{services}.transfer.importing",
            f"{services}.transfer.exporting",
            f"{services}.transfer.interchange",
            f"{services}.background_work",
            f"{services}.backups",
            f"{services}.reminding.announcer",
            f"{services}.reminding.phone_calendar",
            f"{services}.sync.calendar_sync",
            f"{services}.tracker.tracker",
            f"{ui}.kit.delegates",
            f"{ui}.kit.progress",
            f"{ui}.window.heartbeat",
            "followup_desktop.background",
            "followup_desktop.system.notifiers",
            "jeepney",
            f"{ui}.kit.date_panel",
            f"{ui}.kit.forms.field",
            f"{ui}.window.first_run",
            f"{ui}.window.guide",
            f"{ui}.window.palette",
            *(row.made_by.rpartition(".")[0] for row in VIEWS if row != FIRST),
            *(
                "ast",
                "_hashlib",
                "_posixsubprocess",
                "_socket",
                "_uuid",
                "html",
                "importlib.resources",
                "platformdirs",
                "PySide6.QtNetwork",
                "random",
                "sqlite3",
            ),
            "email",
            "pytz",
            "icalendar",
            "rapidfuzz",
        )
        == []
    )


def test_few_modules_are_loaded_for_the_window(small: Started) -> None:
    assert len(small.loaded("followup_desktop")) <= 216  # of 588; the rest is for what opens later
