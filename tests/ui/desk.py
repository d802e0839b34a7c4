"""A real store with the services above it, as the window is given them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QSettings, QUrl

from followup_desktop.domain.model import Facts
from followup_desktop.services.overview import Overview
from followup_desktop.services.phone_calendar import PhoneCalendar
from followup_desktop.services.planner import Planner
from followup_desktop.services.tracker import Tracker
from followup_desktop.services.wording import Wording
from followup_desktop.storage.database import open_database
from followup_desktop.storage.store import Store
from followup_desktop.system.files import FolderFiles
from followup_desktop.ui.main_window import MainWindow
from followup_desktop.ui.settings.own_sections import Notifications
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.today.view import TodayView
from followup_desktop.views import Parts, kept_forms, makers, palette_sources
from tests.ui.situations import NOW


def at_once(work: Callable[[], None]) -> Callable[[float], bool]:
    """Do the work here and now."""
    work()
    return lambda _patience: True


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
        self.store = Store(open_database(folder / "data.db"))
        Planner(self.store)
        self.wording = Wording()
        self.tracker = Tracker(self.store, self.clock, self.wording)
        self.overview = Overview(self.store, self.wording)
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

    def window(self, theme: Theme) -> MainWindow:
        """The whole window over this store, told of its changes."""
        settings = QSettings(str(self.folder / "window.ini"), QSettings.Format.IniFormat)
        parts = Parts(
            store=self.store,
            tracker=self.tracker,
            overview=self.overview,
            wording=self.wording,
            clock=self.clock,
            theme=theme,
            settings=settings,
            kept=kept_forms(settings, self.store),
            open_url=self.open_url,
            notifications=Notifications(lambda: "the tests", lambda: "A test was sent."),
            phone=self.phone(),
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
            import_file=lambda path: f"Imported {path.name}",
            export_file=lambda path: f"Exported {path.name}",
            quit_program=self._quit,
        )
        self.store.subscribe(window.refresh)
        return window

    def phone(self) -> PhoneCalendar:
        """The keeper of the phone's calendar, who works at once."""
        return PhoneCalendar(
            self.store.facts_and_plan, FolderFiles(), self.wording, self.told.append, at_once
        )

    def close(self) -> None:
        """Give the database back."""
        self.store.close()

    def _quit(self) -> None:
        self.quits += 1
