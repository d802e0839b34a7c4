"""A real store with the services above it, as the window is given them."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Protocol, TypeVar
from urllib.parse import urlsplit

from PySide6.QtCore import QSettings, QUrl
from PySide6.QtGui import QGuiApplication
from shiboken6 import delete, isValid

from followup_desktop.context import context_of
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Facts
from followup_desktop.i18n import _
from followup_desktop.services.ports import Credentials, KeyringUnavailable, WebReply, WebRequest
from followup_desktop.services.reading.overview import Overview
from followup_desktop.services.reminding.availability import Availability, assured, explained
from followup_desktop.services.reminding.log import AnnouncementRow, Announcements
from followup_desktop.services.reminding.phone_calendar import PhoneCalendar
from followup_desktop.services.sync.calendar_sync import CalendarSync, SyncPorts, WantedMaker
from followup_desktop.services.sync.passwords import Passwords
from followup_desktop.services.tracker import Tracker
from followup_desktop.services.tracker.planner import Planner
from followup_desktop.services.wording import Wording
from followup_desktop.storage.database import open_database
from followup_desktop.storage.store import Store
from followup_desktop.system.files import FolderFiles
from followup_desktop.system.keyrings.password_file import PasswordFile
from followup_desktop.ui.kit.notifications import Notifications
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.view import Context, Desktop, View
from followup_desktop.ui.kit.window_settings import SHOWN_VIEW, WindowSettings
from followup_desktop.ui.window.main_window import MainWindow
from tests.ui.situations import NOW


class Open(Protocol):
    """Opens the window over these facts, in this view where one is named."""

    def __call__(self, facts: Facts, view: str = "") -> MainWindow: ...


PutUp = Callable[[View], None]
"""Shows a view that is told of changes."""

V = TypeVar("V", bound=View)


def settings_of(folder: Path, store: Store) -> WindowSettings:
    """What a start finds kept beside the store, and in it."""
    settings = WindowSettings(QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat))
    settings.keep_private_in(store.settings)
    return settings


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


class QuietNotifications:
    """How reminders reach the user: through nothing but the tests."""

    def __init__(self, log: Announcements, login: Login) -> None:
        self._log = log
        self.name = "the tests"
        self.login: Login | None = login
        self.tray = True
        self.pause_end: datetime | None = None

    @property
    def availability(self) -> Availability:
        """How the program stays running."""
        return Availability(tray=self.tray, at_login=self.login.is_on() if self.login else None)

    def send_test(self) -> str:
        return "A test was sent."

    def explained(self) -> str:
        return explained(self.availability)

    def assured(self) -> str:
        return assured(self.availability)

    def announcements(self, now: datetime) -> Sequence[AnnouncementRow]:
        return self._log.rows(now)

    def paused_until(self) -> datetime | None:
        return self.pause_end

    def resume(self) -> None:
        self.pause_end = None


class NoServer:
    """No request comes through; at ``proxied`` a proxy asks for a user and a password first."""

    proxy_login: Credentials | None = None

    def send(
        self, requests: Sequence[WebRequest], login: Credentials, then: Callable[[list[WebReply]], None]
    ) -> None:
        host = urlsplit(requests[0].url).hostname
        asks = host == "proxied" and self.proxy_login is None
        sentence = _("{host} can't be reached.").format(host=host)
        if asks:
            sentence = _(
                "Your network's proxy asks for a user name and password. Enter them, then try again."
            )
        then([WebReply(status=0, failure=sentence, wants_proxy_login=asks) for _request in requests])

    def stop(self) -> None:
        return


class KeptSecrets:
    """A keyring in memory; while it is ``away``, it isn't available."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.away = False

    def get(self, name: str, is_cancelled: Callable[[], bool] = bool) -> str | None:
        self._check()
        return self.kept.get(name)

    def set(self, name: str, secret: str, label: str, is_cancelled: Callable[[], bool] = bool) -> None:
        self._check()
        self.kept[name] = secret

    def delete(self, name: str, is_cancelled: Callable[[], bool] = bool) -> None:
        self._check()
        self.kept.pop(name, None)

    def _check(self) -> None:
        if self.away:
            raise KeyringUnavailable("The keyring of this system isn't available.")


@lru_cache(maxsize=64)
def _stored(facts: Facts) -> bytes:
    """The file of a store that holds these facts and their plan.

    Its copy is opened in 3 ms; to make it takes 8, and 18 with twelve applications.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "data.db"
        store = Store(open_database(file))
        Planner(store)
        if facts != Facts():
            with store.transaction("Sample") as t:
                t.put_facts(facts)
        store.close()
        return file.read_bytes()


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
        self.wording = Wording()
        self.login = Login()
        self.secrets = KeptSecrets()
        self._found = facts or Facts()
        self._windows: list[MainWindow] = []

    @cached_property
    def store(self) -> Store:
        """The store, opened when it is first asked for, with what was put until then."""
        file = self.folder / "data.db"
        if not file.exists():
            file.write_bytes(_stored(self._found))
        store = Store(open_database(file))
        Planner(store)
        return store

    @cached_property
    def _settings(self) -> WindowSettings:
        return settings_of(self.folder, self.store)

    @cached_property
    def tracker(self) -> Tracker:
        """What changes the store."""
        return Tracker(self.store, self.clock, self.wording)

    @cached_property
    def overview(self) -> Overview:
        """What is read of the store."""
        return Overview(self.store, self.wording)

    @cached_property
    def log(self) -> Announcements:
        """What was announced."""
        return Announcements(self.store, self.wording)

    @cached_property
    def notifications(self) -> QuietNotifications:
        """How reminders reach the user."""
        return QuietNotifications(self.log, self.login)

    def clock(self) -> datetime:
        """The instant it is."""
        return self.now

    def put(self, facts: Facts) -> None:
        """Make the store hold these facts, as if found at the start."""
        if "store" not in vars(self) and self._found == Facts():
            self._found = facts
            return
        with self.store.transaction("Sample") as t:
            t.put_facts(facts)
        self.store.history.clear()

    def open_url(self, url: QUrl) -> bool:
        """Remember what was to be opened."""
        self.urls.append(url)
        return True

    def settings(self) -> WindowSettings:
        """What is kept beside the store."""
        return self._settings

    def context(self, theme: Theme, notifications: Notifications | None = None) -> Context:
        """What the views over this store work with; nothing leaves the tests."""
        made = context_of(
            self.store,
            wording=self.wording,
            clock=self.clock,
            theme=theme,
            settings=self.settings(),
            desktop=Desktop(
                files=FolderFiles(),
                open_url=self.open_url,
                copy=QGuiApplication.clipboard().setText,
                notifications=notifications or self.notifications,
                phone=self.phone(),
                server=self.server(),
            ),
            keyring=lambda: self.secrets,
        )
        self.given = replace(made, tracker=self.tracker, overview=self.overview)
        return self.given

    def window(
        self, theme: Theme, notifications: Notifications | None = None, *, view: str = ""
    ) -> MainWindow:
        """The whole window over this store, told of its changes; made from ``given`` from then on.

        It begins in that view as if it had been shown last: else it makes Today first, up to 60 ms.
        """
        if view:
            self.settings().set(SHOWN_VIEW, view)
        window = MainWindow(self.context(theme, notifications), self._quit)
        self.store.subscribe(window.refresh)
        self._windows.append(window)
        return window

    def phone(self) -> PhoneCalendar:
        """The keeper of the phone's calendar, who works at once."""
        return PhoneCalendar(
            self.store.facts_and_plan, FolderFiles(), self.wording, self.told.append, at_once
        )

    def server(self) -> CalendarSync:
        """The keeper of the calendar on a server, who has none to speak to."""
        return CalendarSync(
            self.store,
            WantedMaker(self.store.facts_and_plan, self.wording),
            SyncPorts(
                connect=NoServer,
                passwords=Passwords(self.passwords, self.passwords),
                run=at_once,
                later=lambda _after, call: call(),
                clock=self.clock,
            ),
        )

    def passwords(self) -> PasswordFile:
        """Where passwords are kept."""
        return PasswordFile(self.folder / "passwords.json")

    def close(self) -> None:
        """Give the database back, and every window: those left over make each change of theme slower."""
        for window in self._windows:
            if isValid(window):
                window.hide()
                delete(window)
        if "store" in vars(self):
            self.store.close()

    def _quit(self) -> None:
        self.quits += 1


def on_desktop(context: Context, **parts: Any) -> Context:
    """The context on a desktop of which some parts are others."""
    return replace(context, desktop=replace(context.desktop, **parts))


def page_of(window: MainWindow, kind: type[V]) -> V:
    """The view of that class in a window, made if it has not been."""
    page = window.pages.page(kind.name)
    assert isinstance(page, kind)
    return page
