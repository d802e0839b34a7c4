"""A start on data under a passphrase: the keyring is asked, or the user, until the data can be opened."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _
from followup_desktop.services.passphrase import Keys, from_keyring, unlock
from followup_desktop.services.ports import ActionHandler, Clock, Notification, NotifierFailed, Secrets
from followup_desktop.services.reminding.locked_count import count_at
from followup_desktop.system.notifiers.chain import NotifierChain
from followup_desktop.system.notifiers.driver import NotifierDriver
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.worker_thread import WorkerThread
from followup_desktop.ui.window.unlock import UnlockWindow, waiting_in_words

ChainMaker = Callable[[ActionHandler, QSystemTrayIcon | None], NotifierChain]

_TAG = "locked"
_LOOK_MS = 20
_TRAY_LOOK_MS = 1000
_COUNT_MS = 30_000


class LockedStart(QObject):
    """Waits, within an event loop of its own, for what opens the database."""

    def __init__(
        self, database: Path, secrets: Secrets, theme: Theme, make_chain: ChainMaker, clock: Clock
    ) -> None:
        super().__init__()
        self._database = database
        self._clock = clock
        self._waiting = 0
        self._secrets = secrets
        self._theme = theme
        self._make_chain = make_chain
        self._loop = QEventLoop()
        self._keys: Keys | None = None
        self._window: UnlockWindow | None = None
        self._sentence = ""
        self.was_seen = False
        """Whether the user has unlocked it in the window, and so wants to see the next one."""

    def keys(self, *, hidden: bool) -> Keys | None:
        """What opens the database; ``None`` if the user quits, or the program is to end.

        With ``hidden`` no window comes up by itself: a notification and the tray say that it is locked.
        """
        problem = self._ask_keyring()
        if self._keys is None and problem is not None:
            self._ask_user(problem, hidden=hidden)
        return self._keys

    def show_sentence(self, sentence: str) -> None:
        """Show this in the window, or once there is one; only what became of the keyring goes before it."""
        self._sentence = sentence
        if self._window is not None:
            self._window.show_sentence(sentence)

    def come_forward(self) -> None:
        """Another start, or the tray, asks for the window."""
        if self._window is not None:
            self._window.come_forward()

    def _ask_keyring(self) -> str | None:
        """Why the keyring doesn't open it, empty if it isn't used; ``None`` if the program is to end."""
        is_over: list[bool] = []
        work = WorkerThread(
            "keyring", lambda: from_keyring(self._database, self._secrets, lambda: bool(is_over))
        )
        timer = QTimer()
        timer.setInterval(_LOOK_MS)
        timer.timeout.connect(lambda: None if work.is_alive() else self._loop.quit())
        work.start()
        timer.start()
        self._loop.exec()
        timer.stop()
        if work.is_alive():  # the program is to end, or the user quits
            is_over.append(True)
            return None
        try:
            self._keys = work.result()
        except Refused as refused:
            return str(refused)
        return ""

    def _ask_user(self, problem: str, *, hidden: bool) -> None:
        window = self._window = UnlockWindow(self._theme, self._unlock)
        self._theme.dress(window)
        if problem or self._sentence:
            window.show_sentence(problem or self._sentence)
        window.unlocked.connect(self._loop.quit)
        window.left.connect(self._loop.quit)
        tray, menu = self._tray(window)
        chain = self._make_chain(lambda _tag, _action: window.come_forward(), tray)
        driver = NotifierDriver(chain, window)
        counting = QTimer()
        counting.setInterval(_COUNT_MS)
        counting.timeout.connect(lambda: self._count(window, chain))
        try:
            chain.start()
            self._waiting = count_at(self._database.parent, self._clock())
            window.show_waiting(self._waiting)
            if hidden:
                self._notify(chain)
            else:
                window.come_forward()
            counting.start()
            self._loop.exec()
        finally:
            counting.stop()
            chain.close()
            driver.deleteLater()
            tray.hide()
            menu.deleteLater()
            window.hide()
            window.deleteLater()
            self._window = None

    def _count(self, window: UnlockWindow, chain: NotifierChain) -> None:
        """Say how many reminders have come by now; where nobody sees the window, of each that comes."""
        before, self._waiting = self._waiting, count_at(self._database.parent, self._clock())
        window.show_waiting(self._waiting)
        if self._waiting > before and not window.isVisible():
            self._notify(chain)

    def _unlock(self, passphrase: str) -> None:
        self._keys = unlock(self._database, passphrase)
        self.was_seen = True

    def _tray(self, window: UnlockWindow) -> tuple[QSystemTrayIcon, QMenu]:
        menu = QMenu()
        self._theme.dress(menu)
        menu.addAction(_("Unlock…")).triggered.connect(window.come_forward)
        menu.addSeparator()
        menu.addAction(_("Quit")).triggered.connect(self._loop.quit)
        icon = QSystemTrayIcon(self._theme.app_icon(), self)
        icon.setToolTip(_("Follow Up is locked"))
        icon.setContextMenu(menu)
        icon.activated.connect(
            lambda why: window.come_forward() if why is not QSystemTrayIcon.ActivationReason.Context else None
        )
        self._show_in_tray(icon)
        return icon, menu

    def _show_in_tray(self, icon: QSystemTrayIcon) -> None:
        """Take a place in the tray; at login that may come later than the programs that want one."""
        if QSystemTrayIcon.isSystemTrayAvailable():
            icon.show()
        elif self._window is not None:
            QTimer.singleShot(_TRAY_LOOK_MS, self._window, lambda: self._show_in_tray(icon))

    def _notify(self, chain: NotifierChain) -> None:
        body = _("Unlock it to get your reminders.")
        if self._waiting:
            body = f"{waiting_in_words(self._waiting)} {body}"
        actions = (("unlock", _("Unlock")),)
        try:
            chain.notify(Notification(tag=_TAG, title=_("Follow Up is locked"), body=body, actions=actions))
        except NotifierFailed:
            self.come_forward()  # nothing else could tell
