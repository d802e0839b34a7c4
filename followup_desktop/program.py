"""The program with a window: every part made, joined to the others, started and ended."""

from __future__ import annotations

import errno
import gc
import os
import sys
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QSettings, Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from followup_desktop import __version__
from followup_desktop.context import context_of
from followup_desktop.delivery import ActionRelay, Delivery
from followup_desktop.domain.errors import ReadOnly, Refused
from followup_desktop.domain.model import Facts, FollowUp
from followup_desktop.i18n import _, lasting, pgettext
from followup_desktop.later import later
from followup_desktop.services.ports import ActionHandler, Autostart, Clock, Secrets, WebClient
from followup_desktop.services.tracker.first_start import FirstStartData
from followup_desktop.services.wording import Wording
from followup_desktop.storage.cipher import Keys
from followup_desktop.storage.failures import Locked, Unusable
from followup_desktop.storage.store import Changes, Store
from followup_desktop.system import problems, streams
from followup_desktop.system.application import DesktopApplication, DockClicks
from followup_desktop.system.files import ANOTHER_FILE, FolderFiles
from followup_desktop.system.language import use_language
from followup_desktop.system.nets import last_nets
from followup_desktop.system.paths import DataPaths
from followup_desktop.system.qt_language import speak_to_qt
from followup_desktop.system.signals import TerminationWatch
from followup_desktop.system.single_instance import Reception, SingleInstance, Wish
from followup_desktop.ui.kit.icons import IconSet, icon_folder
from followup_desktop.ui.kit.reminder_options import ReminderChoices
from followup_desktop.ui.kit.requests import OpenSetting, Request
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.view import Context, Desktop
from followup_desktop.ui.kit.window_settings import LANGUAGE, THEME, WindowSettings, lettering
from followup_desktop.ui.window.main_window import MainWindow
from followup_desktop.wishes import Wishes, check_link, fault_of, wish_of_url

if TYPE_CHECKING:
    from followup_desktop.background import Background
    from followup_desktop.locked_start import LockedStart
    from followup_desktop.services.reminding.log import Announcements
    from followup_desktop.services.reminding.phone_calendar import PhoneCalendar
    from followup_desktop.services.sync.calendar_sync import CalendarSync
    from followup_desktop.system.notifiers.chain import NotifierChain
    from followup_desktop.system.notifiers.driver import NotifierDriver
    from followup_desktop.ui.kit.forms.passphrase import Purpose
    from followup_desktop.ui.window.help import GuidePlace
    from followup_desktop.ui.window.tray import Tray
    from followup_desktop.ui.window.view_stack import Scrolls

_UNSEEN_MS = 2000
"""A window that isn't painted by then, as on another workspace, isn't waited for."""
OPENED = frozenset({"http", "https", "mailto", "tel"})
"""The schemes of the addresses that are opened."""

StoreOpener = Callable[[DataPaths, Keys | None], Store]
ChainMaker = Callable[[ActionHandler, QSystemTrayIcon | None], "NotifierChain"]


class System(NamedTuple):
    """What the system offers besides notifications: a start at login, if it can, and its keyring.

    That is opened when it is needed.
    """

    login: Autostart | None
    keyring: Callable[[], Secrets]


class Program:
    """One run of the program with its window."""

    def __init__(
        self,
        paths: DataPaths,
        clock: Clock,
        open_store: StoreOpener,
        make_chain: ChainMaker,
        system: System,
    ) -> None:
        self._system = system
        self._locked: LockedStart | None = None
        self._keys: Keys | None = None
        self._paths = paths
        self._folder = paths.identity()
        self._clock = clock
        self._open_store = open_store
        self._make_chain = make_chain
        self._files = FolderFiles(paths, ANOTHER_FILE)
        self._window: MainWindow | None = None
        self._wishes = Wishes(lambda: self._window)
        self._background: Background | None = None
        self._recovered: str | None = None
        self._was_seen = False
        self._was_left = False
        self._speaks_anew = False
        self._places: list[Request] | None = None
        """What the next window is to select, as the one before had it."""
        self._scrolls: dict[str, Scrolls] = {}
        """How far its views are to be scrolled."""
        self._guide: GuidePlace | None = None
        """Where the guide beside it was open."""
        self._has_begun = False
        self._instance: SingleInstance | None = None
        self._driver: NotifierDriver | None = None
        self._dock: DockClicks | None = None
        self._failure: Exception | None = None
        """What kept that which goes on behind the window from being begun."""
        self._relay = ErrorRelay(self._show_error)

    def run(
        self, complain: Callable[[str], None], *, demo: bool, hidden: bool = False, wish: Wish | None = None
    ) -> int:
        """Open the window, or with ``hidden`` only the tray, and handle events until the user quits.

        Returns the exit status. The ``wish`` is fulfilled in the window. Another start for the same data
        raises the window of the first, unless it would have stayed hidden itself. What keeps the window from
        being opened is told to ``complain`` and in a box.
        """
        qt = application(self._end, self._save)
        qt.opened.connect(self._open_outside)
        wish = wish or Wish()
        self._wishes.add(wish)
        instance = self._instance = SingleInstance(
            self._paths.lock, self._come_forward, reception=self._wishes.reception
        )
        sys.setswitchinterval(0.001)  # a thread at work beside the window gives way this soon (seconds)
        watch = TerminationWatch(self._end) if sys.platform != "win32" else None
        try:
            if not self._may_begin(qt):
                return 1
            if not instance.acquire():
                self._raise_first(instance, wish, hidden=hidden)
                if fault := fault_of(wish):  # the window says it, so no box does
                    complain(str(fault))
                return 1 if fault else 0
            check_link(wish)
            self._paths.close_window_files()
            with last_nets(self._caught):
                return self._with_store(qt, demo=demo, hidden=hidden)
        except Exception as error:  # noqa: BLE001 - the last net
            self._note(error)
            complain(problems.sentence(error))
            instance.listen()
            show_failure(error)
            return 1
        finally:
            if watch is not None:
                watch.close()
            instance.release()
            qt.shutdown()

    def _raise_first(self, instance: SingleInstance, wish: Wish, *, hidden: bool) -> None:
        if wish.file is not None and not wish.file.exists():  # the first one would not be told
            sentence = _("{file} can't be read ({reason}). Check the name and your permissions.")
            raise Refused(sentence.format(file=wish.file, reason=os.strerror(errno.ENOENT)))
        if hidden:
            return
        reception = instance.raise_first(wish=wish)
        if reception is not Reception.TAKEN:
            check_link(wish)
        if reception in (Reception.FULL, Reception.CLOSED):
            from followup_desktop.services.capture.links import not_open_yet, too_many_wait

            raise Refused(too_many_wait() if reception is Reception.FULL else not_open_yet())
        if reception is None:
            raise Refused(
                _(
                    "Follow Up is already running but isn't responding. Quit it from your system "
                    "monitor and start it again."
                )
            )

    def _may_begin(self, qt: QApplication) -> bool:
        """Whether anything can be written into the data folder, which the user may put right, or quit."""
        while True:
            try:
                self._paths.check_writable()
            except ReadOnly as refused:
                if not has_screen():
                    raise
                from followup_desktop.ui.window.read_only import ask_what_to_do

                streams.complain(str(refused))
                theme = self._theme(qt, self._settings())
                qt.setWindowIcon(theme.app_icon())
                look = partial(self._look, theme) if self._paths.database.is_file() else None
                folder = self._paths.folder
                if not ask_what_to_do(str(refused), folder, look, start_elsewhere, theme.dress):
                    return False
            else:
                return True

    def _look(self, theme: Theme) -> None:
        """Show what is in a database that can only be read."""
        from followup_desktop.services.backups import look_at
        from followup_desktop.services.passphrase import is_locked
        from followup_desktop.ui.kit.widgets.plain import show_in_a_box
        from followup_desktop.ui.settings.backup_window import BackupWindow

        database = self._paths.database
        try:
            if self._keys is None and is_locked(database):
                self._keys = self._unlock(theme, hidden=False)
                if self._keys is None:
                    return
            window = BackupWindow(theme, look_at(database, self._keys or Keys(), Wording(), self._clock()))
        except Refused as refused:
            show_in_a_box(str(refused))
        else:
            theme.dress(window)
            window.exec()

    def _settings(self) -> WindowSettings:
        file = QSettings(str(self._paths.settings), QSettings.Format.IniFormat)
        return WindowSettings(file, self._is_in_place)

    def _is_in_place(self) -> bool:
        """Whether the data folder is the one of the start, and no other was put in its place."""
        return self._paths.identity() == self._folder

    def _theme(self, qt: QApplication, settings: WindowSettings) -> Theme:
        return Theme(qt, IconSet(icon_folder()), settings.get(THEME), lettering(settings))

    def _with_store(self, qt: QApplication, *, demo: bool, hidden: bool) -> int:
        settings = self._settings()
        theme = self._theme(qt, settings)
        qt.setWindowIcon(theme.app_icon())
        opened = self._opened(theme, hidden=hidden)
        if opened is None:
            return 0 if self._was_left else 1
        hidden = hidden and not self._was_seen
        store, recovered = opened
        try:
            if demo:
                fill_with_sample(store, self._clock())
            self._recovered = recovered
            while True:
                status = self._with_window(qt, store, theme, settings, demo=demo, hidden=hidden)
                if not self._speaks_anew:
                    return status
                theme = self._change_language(qt, store, theme, settings)
                hidden = False
        finally:
            from followup_desktop.system.shutdown import take_down_windows

            take_down_windows(qt)
            self._window = self._background = None
            store.close()

    def _change_language(
        self, qt: QApplication, store: Store, theme: Theme, settings: WindowSettings
    ) -> Theme:
        """Take the window down, and speak the language that is chosen now; returns the next window's theme.

        The data stay open, and with them what can be undone.
        """
        from followup_desktop.system.shutdown import take_down_windows

        theme.deleteLater()
        take_down_windows(qt)
        self._window = self._background = self._recovered = None
        self._speaks_anew = self._has_begun = False
        store.forget_subscribers()
        use_language(os.environ, settings.get(LANGUAGE))
        speak_to_qt(qt)
        return self._theme(qt, settings)

    def _opened(self, theme: Theme, *, hidden: bool) -> tuple[Store, str | None] | None:
        """The store, with what was done where it couldn't be opened at first; ``None`` if the user quits."""
        said = None
        while True:
            try:
                self._wishes.is_asking = False
                return self._open_store(self._paths, self._keys), said or None
            except Locked:
                if self._keys is not None or not has_screen():
                    raise
                self._begin_to_ask()
                self._keys = self._unlock(theme, hidden=hidden)
                if self._keys is None:
                    self._was_left = True
                    return None
            except Unusable as broken:
                if not has_screen():
                    raise
                streams.complain(broken.fact)
                self._begin_to_ask()
                said = self._recover(broken, theme)
                if said is None:
                    return None
            except Refused as refused:  # what the user may put right now: a full disk, say
                if not has_screen():
                    raise
                from followup_desktop.ui.window.read_only import ask_what_to_do

                streams.complain(str(refused))
                self._begin_to_ask()
                folder = self._paths.folder
                if not ask_what_to_do(str(refused), folder, None, start_elsewhere, theme.dress):
                    return None

    def _begin_to_ask(self) -> None:
        self._wishes.is_asking = True
        if self._instance is not None:
            self._instance.listen()

    def _unlock(self, theme: Theme, *, hidden: bool) -> Keys | None:
        """What opens data under a passphrase; ``None`` if the user quits."""
        from followup_desktop.locked_start import LockedStart
        from followup_desktop.storage.leftovers import remove_leftovers

        # A plain one is not to lie there until the passphrase is typed.
        remove_leftovers(self._paths.database)
        locked = self._locked = LockedStart(
            self._paths.database, self._system.keyring(), theme, self._make_chain, self._clock
        )
        self._show_what_waits()
        try:
            return locked.keys(hidden=hidden)
        finally:
            self._was_seen = locked.was_seen
            self._locked = None

    def _show_what_waits(self) -> None:
        if self._locked is not None and self._wishes.has_posting:
            from followup_desktop.services.capture.links import waits_for_passphrase

            self._locked.show_sentence(waits_for_passphrase())

    def _recover(self, broken: Unusable, theme: Theme) -> str | None:
        """Offer a backup; says what was done, or ``None`` if the user quits."""
        from followup_desktop.services.backups import BackupWording, Rescue
        from followup_desktop.services.passphrase import PerhapsLocked, was_locked
        from followup_desktop.system.zone_and_country import system_zone
        from followup_desktop.ui.settings.passphrase_window import PassphraseWindow
        from followup_desktop.ui.window.recovery import recover

        now = self._clock()
        words = BackupWording(Wording(), system_zone() or "UTC", now)
        keys = self._keys = self._keys or Keys()
        database = self._paths.database
        rescue = Rescue(database, self._paths.backups, words, now, keys)

        def ask(purpose: Purpose, act: Callable[[str], object]) -> bool:
            window = PassphraseWindow(theme, purpose, None, lambda typed, _kept: act(typed or ""))
            theme.dress(window)
            return window.exec() == PassphraseWindow.DialogCode.Accepted

        return recover(
            broken.fact,
            rescue,
            open_folder,
            ask,
            start_elsewhere,
            dress=theme.dress,
            is_perhaps_locked=isinstance(broken, PerhapsLocked) or (not any(keys) and was_locked(database)),
        )

    def _with_window(
        self,
        qt: QApplication,
        store: Store,
        theme: Theme,
        settings: WindowSettings,
        *,
        demo: bool,
        hidden: bool,
    ) -> int:
        wording = Wording()
        actions = ActionRelay(lambda: self._window is not None and self._window.progress.is_busy)
        tray = later(lambda: self._tray(theme, settings))
        delivery = Delivery(
            later(lambda: self._make_chain(actions, tray.icon)),
            tray,
            ReminderChoices(settings, self._clock),
            later(lambda: self._announcements(store, wording)),
            None if demo else self._system.login,
        )
        context = context_of(
            store,
            wording=wording,
            clock=self._clock,
            theme=theme,
            settings=settings,
            desktop=Desktop(
                files=self._files,
                open_url=open_url,
                copy=QGuiApplication.clipboard().setText,
                notifications=delivery,
                phone=later(lambda: self._phone_calendar(store, wording, settings)),
                server=later(lambda: self._calendar_server(store, wording)),
            ),
            keyring=self._system.keyring,
        )
        self._wishes.keep_postings(context.drafts.forms)
        window = self._window = MainWindow(context, qt.exit if demo else self._leave)
        window.language_chosen.connect(partial(self._leave_to_speak, qt))
        store.subscribe(lambda _changes: context.desktop.phone.facts_changed())
        store.subscribe(lambda _changes: context.desktop.server.facts_changed())
        store.subscribe(self._follow)
        if not demo:
            from followup_desktop.first_start import FirstStart

            data = FirstStartData(store, self._clock, wording)
            store.subscribe(FirstStart(window, data, theme, settings).follow)
        begin = partial(self._begin, qt, context, delivery, actions, hidden=hidden)
        if hidden:
            begin()
        else:
            window.show()
            self._go_back(window)
            window.seen.connect(begin)
            QTimer.singleShot(_UNSEEN_MS, window, begin)
        try:
            status = qt.exec()
        finally:
            self._finish(delivery)
            settings.write()
        if self._failure is not None:
            raise self._failure
        return status

    def _go_back(self, window: MainWindow) -> None:
        """Where the language was chosen, show what the window before showed, and the choice again."""
        if self._places is not None:
            window.go_to_places(self._places)
            window.pages.scroll_again(self._scrolls)
            window.answer(OpenSetting("language"))
            if self._guide is not None:
                window.help.go_on(self._guide)
            self._places = self._guide = None

    def _begin(
        self,
        qt: QApplication,
        context: Context,
        delivery: Delivery,
        actions: ActionRelay,
        *,
        hidden: bool,
    ) -> None:
        """Have what goes on behind the window, once; what it takes is loaded now, when that is seen."""
        if self._has_begun or self._window is None or self._instance is None:
            return
        self._has_begun = True
        try:
            from followup_desktop.background import Background
            from followup_desktop.system.notifiers.driver import NotifierDriver

            self._instance.listen()
            window = self._window
            background = self._background = Background(context, delivery, window, qt.exit)
            actions.connect(background.handle_action)
            self._driver = NotifierDriver(delivery.chain, window)
            background.begin()
            if (recovered := self._recovered) is not None:
                background.when_shown(lambda: window.show_status(recovered))
            if (deaf := self._instance.deaf) is not None:
                text = _("If you start Follow Up again, it can't bring this window to the front ({reason}).")
                sentence = text.format(reason=deaf)
                background.when_shown(lambda: window.show_status(sentence))
            background.show_window(hidden=hidden)
            gc.freeze()
            gc.enable()
            self._dock = DockClicks(
                qt,
                sys.platform,
                hidden=hidden,
                is_shown=window.isVisible,
                show=lambda: self._come_forward(Wish()),
            )
            if self._wishes.any_wait:
                # Within the event loop: an end that is asked for meanwhile ends that, not only the waiting.
                QTimer.singleShot(0, window, self._wishes.fulfil_waiting)
            delivery.chain.start()
            background.heartbeat.start()
        except Exception as error:  # noqa: BLE001 - without it no reminder would come: the program ends
            self._failure = error
            QTimer.singleShot(0, qt, qt.exit)

    def _finish(self, delivery: Delivery) -> None:
        """End what goes on behind the window."""
        background = self._background
        if background is None:
            return
        background.heartbeat.stop()
        background.finish()
        delivery.chain.close()
        for each in (self._driver, self._dock):
            if each is not None:
                each.deleteLater()
        self._driver = self._dock = None
        delivery.tray.icon.hide()  # with its window, which must not be taken down for it
        background.server.close()
        try:
            background.phone.close(self._clock())
        except Exception as error:  # noqa: BLE001 - noted; the program ends all the same
            self._caught(error)

    def _follow(self, changes: Changes) -> None:
        """After every change: show it, and look at once whether it calls for a reminder."""
        if self._window is not None:
            self._window.refresh(changes)
        if self._background is not None:
            self._background.heartbeat.beat_soon()

    def _tray(self, theme: Theme, settings: WindowSettings) -> Tray:
        from followup_desktop.ui.window.tray import Tray

        return Tray(theme, settings, self._notify)

    def _announcements(self, store: Store, wording: Wording) -> Announcements:
        from followup_desktop.services.reminding.log import Announcements

        return Announcements(store, wording)

    def _phone_calendar(self, store: Store, wording: Wording, settings: WindowSettings) -> PhoneCalendar:
        """The keeper of the calendar for the phone, who reads from a database connection of its own."""
        from followup_desktop.services.reminding.phone_calendar import PhoneCalendar
        from followup_desktop.ui.kit.reminder_options import stored_wish

        phone = PhoneCalendar(
            partial(_facts_and_plan, store), FolderFiles(self._paths), wording, self._show_status
        )
        phone.keep(stored_wish(settings))
        return phone

    def _calendar_server(self, store: Store, wording: Wording) -> CalendarSync:
        """The keeper of the calendar on the user's server; what speaks to it is loaded if there is one."""
        from followup_desktop.services.own_thread import own_thread
        from followup_desktop.services.sync.calendar_sync import CalendarSync, SyncPorts, WantedMaker
        from followup_desktop.services.sync.passwords import Passwords

        def connect() -> WebClient:
            from followup_desktop.system.web_client import QtWebClient

            return QtWebClient(self._window)

        def file() -> Secrets:
            from followup_desktop.system.keyrings.password_file import PasswordFile

            return PasswordFile(self._paths.passwords)

        return CalendarSync(
            store,
            WantedMaker(partial(_facts_and_plan, store), wording),
            SyncPorts(
                connect=connect,
                passwords=Passwords(self._system.keyring, file),
                run=own_thread("calendar server"),
                later=QTimer.singleShot,
                clock=self._clock,
            ),
        )

    def _open_outside(self, url: QUrl) -> None:
        """Open the file or the link that the system hands over; before there is a window, it waits for it."""
        try:
            wish = wish_of_url(url)
        except Refused as refused:
            self._show_status(str(refused))
            return
        self._come_forward(wish)

    def _come_forward(self, wish: Wish) -> None:
        """Another start asks for the window; what happened meanwhile is looked at on the way."""
        if self._locked is not None:
            self._locked.come_forward()
        if self._window is not None:
            self._window.come_forward()
        self._wishes.add(wish)
        self._show_what_waits()
        if self._background is not None:
            self._background.heartbeat.beat_soon()

    def _notify(self, sentence: str) -> None:
        if self._background is not None:
            self._background.notify(sentence)

    def _leave(self) -> None:
        if self._background is not None:
            self._background.leave()
        else:
            QApplication.exit()

    def _leave_to_speak(self, qt: QApplication) -> None:
        """End the event loop for a window in another language."""
        if self._window is not None:
            self._places, self._scrolls = self._window.places(), self._window.pages.scrolls()
            self._guide = self._window.help.guide_place()
            self._speaks_anew = True
            qt.exit()

    def _end(self) -> None:
        """End because the system asks for it, even in a box at the start, before there is a window."""
        if self._background is not None:
            self._background.end()
        else:
            QApplication.exit()

    def _save(self) -> None:
        if self._window is not None:
            self._window.save()

    def _show_status(self, sentence: str) -> None:
        if self._window is not None:
            self._window.show_status(sentence)

    def _caught(self, error: BaseException) -> None:
        """What nothing handled: a refusal is told; anything else is noted, and told without detail."""
        self._note(error)
        self._relay.caught.emit(error)  # from any thread

    def _show_error(self, error: BaseException) -> None:
        sentence, report = problems.sentence(error), problems.report(error)
        if report is None:
            self._show_status(sentence)
        elif self._window is not None:
            self._window.show_problem(sentence, report)

    def _note(self, error: BaseException) -> None:
        if not isinstance(error, Refused) and self._is_in_place():
            log = self._paths.folder / "problems.log"
            problems.note(log, self._clock(), error)


def _facts_and_plan(store: Store) -> tuple[Facts, list[FollowUp]]:
    """Everything, read over a connection of its own; on any thread."""
    other = store.second_connection(bool)
    try:
        return other.facts_and_plan()
    finally:
        other.close()


def application(end: Callable[[], None], save: Callable[[], None]) -> DesktopApplication:
    """The application as Qt has it, by its names; it ends when it is told to, not with its last window."""
    qt = DesktopApplication(sys.argv[:1], end, save)
    qt.setApplicationName("Follow Up")
    qt.setApplicationVersion(__version__)
    qt.setDesktopFileName("followup-desktop")
    qt.setQuitOnLastWindowClosed(False)
    return qt


class ErrorRelay(QObject):
    """Hands what was caught, on any thread, to ``show`` on the window's."""

    caught = Signal(object)

    def __init__(self, show: Callable[[BaseException], None]) -> None:
        super().__init__()
        self._show = show
        self.caught.connect(self._hand_on, Qt.ConnectionType.QueuedConnection)  # not in the midst of an event

    @Slot(object)
    def _hand_on(self, error: BaseException) -> None:
        self._show(error)


def show_failure(error: Exception) -> None:
    """Say in a box what keeps the window from being opened, unless there is no screen to see it on."""
    if not has_screen():
        return
    sentence, report = problems.sentence(error), problems.report(error)
    if report is None:
        from followup_desktop.ui.kit.widgets.plain import show_in_a_box

        show_in_a_box(sentence)
    else:
        from followup_desktop.ui.kit.report_dialog import ReportDialog

        ReportDialog(sentence, report).exec()


def has_screen() -> bool:
    """Whether there is a screen on which a box would be seen."""
    return QGuiApplication.platformName() not in {"offscreen", "minimal"}


def show_alone(error: Exception) -> None:
    """Show an error before the program has a ``QApplication``; a request to end closes it."""
    qt = application(QApplication.exit, lambda: None)
    watch = TerminationWatch(QApplication.exit) if sys.platform != "win32" else None
    show_failure(error)
    if watch is not None:
        watch.close()
    qt.shutdown()


def open_url(url: QUrl) -> bool:
    """Hand an address to the system; whether it took it, as far as can be known.

    One of another scheme than ``OPENED`` is never handed over: who made a file that was imported would choose
    what runs.
    """
    from followup_desktop.system.url_handlers import may_be_opened

    scheme = url.scheme()
    if scheme not in OPENED or (sys.platform == "linux" and not may_be_opened(scheme, os.environ)):
        return False
    return _hand_over(url)


def start_elsewhere(folder: Path) -> bool:
    """Start the program once more, over the data in another folder."""
    from PySide6.QtCore import QProcess

    from followup_desktop.system.autostart import window_command

    program, *arguments = window_command(sys.executable, folder, frozen=bool(getattr(sys, "frozen", False)))
    return bool(QProcess.startDetached(program, arguments)[0])


def open_folder(folder: Path) -> bool:
    """Show a folder in the system's file manager, if it is one; whether the system took it."""
    return folder.is_dir() and _hand_over(QUrl.fromLocalFile(str(folder)))


def _hand_over(url: QUrl) -> bool:
    """The system's programs get the system's environment."""
    from followup_desktop.system.child_environment import for_child_programs

    with for_child_programs():
        return QDesktopServices.openUrl(url)


def fill_with_sample(store: Store, now: datetime) -> None:
    """Put the sample data into a database that is new."""
    from followup_desktop.services.tracker.sample import sample_facts
    from followup_desktop.system.zone_and_country import guessed_place

    with store.transaction(lasting(lambda: pgettext("a step to undo", "Begin"))) as t:
        t.put_facts(sample_facts(now, guessed_place()[0]))
    store.history.clear()
