"""A real store with the services above it, as the window is given them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QSettings, QUrl
from PySide6.QtWidgets import QWidget
from shiboken6 import delete, isValid

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Facts
from followup_desktop.services.background_work import BackgroundWork
from followup_desktop.services.reading.overview import Overview
from followup_desktop.services.reminding.availability import Availability, assured, explained
from followup_desktop.services.reminding.log import Announcements
from followup_desktop.services.reminding.phone_calendar import PhoneCalendar
from followup_desktop.services.tracker import Tracker
from followup_desktop.services.tracker.planner import Planner
from followup_desktop.services.transfer.exporting import export_to
from followup_desktop.services.transfer.importing import import_file
from followup_desktop.services.wording import Wording
from followup_desktop.storage.database import open_database
from followup_desktop.storage.store import Store
from followup_desktop.system.files import FolderFiles
from followup_desktop.ui.kit.models.changes import Changes
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.settings.own_sections import Notifications
from followup_desktop.ui.today.view import TodayView
from followup_desktop.ui.window.main_window import MainWindow
from followup_desktop.views import Parts, drafts_of, makers, palette_sources
from tests.ui.situations import NOW

Open = Callable[[Facts], MainWindow]
"""Opens the window over these facts."""

PutUp = Callable[[QWidget, Callable[[Changes], None]], None]
"""Shows a view, told of changes by its ``refresh``."""


def at_once(work: Callable[[], None]) -> Callable[[float], bool]:
    """Do the work here and now."""
    work()
    return lambda _patience: True


class Login:
    """A start at login that is only noted; ``refusal`` is raised by the next change."""

    def __init__(self) -> None:
        self.on = False
        self.refusal: Refused | None = None

    def is_on(self) -> bool:
        return self.on

    def turn(self, on: bool) -> None:
        if self.refusal is not None:
            raise self.refusal
        self.on = on


class Desk:
    """Store, tracker and overview in ``folder``, at the instant ``now``, which a test may move.

    ``urls`` collects what was to be opened outside, ``told`` what the keeper of the phone's calendar says.
    """

    def __init__(self, folder: Path, facts: Facts | None = None, now: datetime = NOW) -> None:
        self.folder = folder
        self.now = now
        self.urls: list[QUrl] = []
        self.told: list[str] = []
        self.quits = 0
        self._windows: list[MainWindow] = []
        self.store = Store(open_database(folder / "data.db"))
        Planner(self.store)
        self.wording = Wording()
        self.tracker = Tracker(self.store, self.clock, self.wording)
        self.overview = Overview(self.store, self.wording)
        self.log = Announcements(self.store, self.wording)
        self.login = Login()
        self.tray = True
        self.paused_until: datetime | None = None
        self.background = BackgroundWork(self.store, self.clock, self.wording)
        if facts is not None:
            self.put(facts)

    def clock(self) -> datetime:
        """The instant it is."""
        return self.now

    def put(self, facts: Facts) -> None:
        """Make the store hold these facts, as if found at the start."""
        with self.store.transaction("Sample") as t:
            t.put_facts(facts)
        self.store.history.clear()

    def open_url(self, url: QUrl) -> bool:
        """Remember what was to be opened."""
        self.urls.append(url)
        return True

    def today(self, theme: Theme) -> TodayView:
        """Today over this store, told of its changes."""
        view = TodayView(
            self.tracker,
            self.overview,
            self.wording,
            self.clock,
            theme,
            assurance=lambda: "Reminders are active.",
        )
        self.store.subscribe(view.refresh)
        return view

    def settings(self) -> QSettings:
        """What is kept beside the store."""
        return QSettings(str(self.folder / "window.ini"), QSettings.Format.IniFormat)

    def availability(self) -> Availability:
        """How the program stays running."""
        return Availability(tray=self.tray, at_login=self.login.is_on())

    def notifications(self) -> Notifications:
        """How reminders reach the user: through nothing but the tests."""
        return Notifications(
            name=lambda: "the tests",
            send_test=lambda: "A test was sent.",
            explained=lambda: explained(self.availability()),
            assured=lambda: assured(self.availability()),
            login=self.login,
            announcements=lambda: self.log.rows(self.now),
            paused_until=lambda: self.paused_until,
        )

    def window(self, theme: Theme, notifications: Notifications | None = None) -> MainWindow:
        """The whole window over this store, told of its changes; made from ``parts`` from then on."""
        settings = self.settings()
        parts = self.parts = Parts(
            store=self.store,
            tracker=self.tracker,
            overview=self.overview,
            wording=self.wording,
            clock=self.clock,
            theme=theme,
            settings=settings,
            background=self.background,
            drafts=drafts_of(settings, self.store, self.wording),
            open_url=self.open_url,
            notifications=notifications or self.notifications(),
            phone=self.phone(),
            files=FolderFiles(),
        )
        window = MainWindow(
            tracker=self.tracker,
            overview=self.overview,
            wording=self.wording,
            clock=self.clock,
            theme=theme,
            settings=settings,
            makers=makers(parts),
            palette_sources=palette_sources(parts),
            background=self.background,
            drafts=parts.drafts,
            import_file=lambda session, path, progress: import_file(
                session.tracker, FolderFiles(), path, self.wording, progress
            ),
            export_file=lambda session, path, progress: export_to(
                session.store,
                FolderFiles(),
                path,
                self.now,
                self.wording,
                is_cancelled=progress.is_cancelled,
            ),
            quit_program=self._quit,
        )
        self.store.subscribe(window.refresh)
        self._windows.append(window)
        return window

    def phone(self) -> PhoneCalendar:
        """The keeper of the phone's calendar, who works at once."""
        return PhoneCalendar(
            self.store.facts_and_plan, FolderFiles(), self.wording, self.told.append, at_once
        )

    def close(self) -> None:
        """Give the database back, and every window: those left over make each change of theme slower."""
        for window in self._windows:
            if isValid(window):
                window.hide()
                delete(window)
        self.store.close()

    def _quit(self) -> None:
        self.quits += 1
