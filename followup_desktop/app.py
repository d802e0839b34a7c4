"""The composition root: the one place that names the real clock, paths, database and notifier."""

from __future__ import annotations

import os
from argparse import Namespace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from followup_desktop.services.ports import ActionHandler
from followup_desktop.system.paths import DataPaths

if TYPE_CHECKING:
    from followup_desktop.storage.store import Store
    from followup_desktop.system.notifiers.chain import NotifierChain

APP_NAME = "Follow Up"
DESKTOP_ENTRY = "followup-desktop"


def clock() -> datetime:
    """The present instant, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def open_store(paths: DataPaths) -> Store:
    """The store of a data folder, its plan kept true; raises ``Refused`` where it can't be opened."""
    from followup_desktop.services.planner import Planner
    from followup_desktop.storage.database import open_database
    from followup_desktop.storage.store import Store

    store = Store(open_database(paths.database))
    Planner(store)
    return store


def make_notifier_chain(on_action: ActionHandler) -> NotifierChain:
    """The notifier of this platform, not started yet."""
    from followup_desktop.system.notifiers.chain import NotifierChain
    from followup_desktop.system.notifiers.platform_chain import platform_backends

    makers = platform_backends(app_name=APP_NAME, desktop_entry=DESKTOP_ENTRY, environment=os.environ)
    return NotifierChain(makers, on_action)


def run(arguments: Namespace) -> int:
    """Open the window and stay until it is left; returns the exit status."""
    raise NotImplementedError
