"""The composition root: the one place that names the real clock, paths, database and notifier."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from followup_desktop.i18n import _
from followup_desktop.services.ports import ActionHandler, Secrets
from followup_desktop.system import streams
from followup_desktop.system.paths import DataPaths, data_paths, own_folder
from followup_desktop.system.terminal import one_line

if TYPE_CHECKING:
    from PySide6.QtWidgets import QSystemTrayIcon

    from followup_desktop.storage.cipher import Keys
    from followup_desktop.storage.store import Store
    from followup_desktop.system.notifiers.chain import NotifierChain
    from followup_desktop.system.single_instance import Wish

APP_NAME = "Follow Up"
DESKTOP_ENTRY = "followup-desktop"


def clock() -> datetime:
    """The present instant, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def open_store(paths: DataPaths, keys: Keys | None = None) -> Store:
    """The store of a data folder, its plan kept true; raises ``Refused`` where it can't be opened.

    ``keys`` are those that were given for data under a passphrase; without that of these it is ``Locked``.
    """
    from followup_desktop.services.tracker.planner import Planner
    from followup_desktop.storage.database import BUSY_SECONDS

    store = _opened(paths, BUSY_SECONDS, keys)
    Planner(store)
    return store


def open_store_for_window(paths: DataPaths, keys: Keys | None = None) -> Store:
    """The store of a data folder for the window, which doesn't wait long for another process that writes.

    What the start would write is left to the heartbeat then.
    """
    from followup_desktop.services.tracker.planner import Planner
    from followup_desktop.storage.store import WINDOW_PATIENCE

    store = _opened(paths, WINDOW_PATIENCE, keys, can_wait=True)
    Planner(store, can_wait=True)
    return store


def open_store_to_read(paths: DataPaths, keys: Keys | None = None) -> Store:
    """The store of a data folder that can't be written to: a copy in memory, its plan made true there."""
    from followup_desktop.services.tracker.planner import Planner
    from followup_desktop.storage.database import open_to_read
    from followup_desktop.storage.opening import Traces
    from followup_desktop.storage.store import Store

    traces = Traces(run=paths.trace, drafts=paths.drafts)
    store = Store(open_to_read(paths.database, traces, keys))
    Planner(store)
    return store


def _opened(paths: DataPaths, patience: float, keys: Keys | None, *, can_wait: bool = False) -> Store:
    from followup_desktop.storage.database import open_database
    from followup_desktop.storage.opening import Traces
    from followup_desktop.storage.store import Store

    traces = Traces(run=paths.trace, drafts=paths.drafts)
    store = Store(
        open_database(paths.database, traces=traces, patience=patience, keys=keys, can_wait=can_wait)
    )
    paths.close_database_files()
    return store


def make_notifier_chain(on_action: ActionHandler, tray: QSystemTrayIcon | None = None) -> NotifierChain:
    """The notifier of this platform, not started yet."""
    from followup_desktop.system.notifiers.chain import NotifierChain
    from followup_desktop.system.notifiers.platform_chain import platform_backends

    makers = platform_backends(
        app_name=APP_NAME, desktop_entry=DESKTOP_ENTRY, environment=os.environ, tray=tray
    )
    return NotifierChain(makers, on_action)


def _keyring() -> Secrets:
    """The keyring of this platform; most starts have no use for it."""
    from followup_desktop.system.keyrings.platform_keyring import platform_keyring

    return platform_keyring(os.environ)


def run(arguments: Namespace, complain: Callable[[str], None]) -> int:
    """Open the window and stay until it is left; returns the exit status.

    Where there can be no window, or the data can't be opened, ``complain`` is given the sentence, and a box
    shows it to whoever started the program from a menu.
    """
    from followup_desktop.system.desktop_check import why_no_window
    from followup_desktop.system.qt_overrides import keep_errors_in_overrides_whole
    from followup_desktop.system.start import qt_made_light

    with qt_made_light():
        if reason := why_no_window(sys.platform, os.environ):
            complain(reason)
            return 1
        import PySide6.QtCore  # noqa: F401 - where that wasn't needed to know
    keep_errors_in_overrides_whole()
    from followup_desktop.program import Program, System, show_alone
    from followup_desktop.system import problems
    from followup_desktop.system.autostart import platform_autostart

    try:
        with _data(arguments) as paths:
            login = platform_autostart(os.environ, own_folder(paths))
            system = System(login, _keyring)
            program = Program(paths, clock, open_store_for_window, make_notifier_chain, system)
            return program.run(
                complain, demo=arguments.demo, hidden=arguments.background, wish=_wish(arguments)
            )
    except Exception as error:  # noqa: BLE001 - the last net, before there is a window
        complain(problems.sentence(error))
        show_alone(error)
        return 1


def _wish(arguments: Namespace) -> Wish:
    """What is to be done in the window; of a link that can't be one of ours, it says so if it is open."""
    from followup_desktop.system.single_instance import Wish

    if not arguments.link:
        return Wish(arguments.open)
    from followup_desktop.services.capture.links import fault_in, posting_of_link

    link = arguments.link
    return Wish(arguments.open, posting_of_link(link) if fault_in(link) is None else link)


@contextmanager
def _data(arguments: Namespace) -> Iterator[DataPaths]:
    """The data folder; for the demonstration one of its own that is gone afterwards."""
    if not arguments.demo:
        yield data_paths(arguments.data_dir, os.environ, to_read=True)
        return
    folder = Path(tempfile.mkdtemp(prefix="followup-demo-"))
    streams.remark(_("Sample data in {folder}").format(folder=one_line(str(folder))))
    try:
        yield data_paths(folder, {})
    finally:
        shutil.rmtree(folder, ignore_errors=True)
