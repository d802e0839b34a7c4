"""The pulse of the program: every 30 seconds, at the start, after changes, when the computer wakes up."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import SLOT, QObject, QTimer, Slot
from PySide6.QtDBus import QDBusConnection

from followup_desktop.services.own_thread import resume_collector

PERIOD_MILLISECONDS = 30_000


class Heartbeat(QObject):
    """Calls ``beat`` again and again on the GUI thread.

    There are no long timers: whatever the beat does is decided by the wall clock at that instant, so that
    sleep, a changed clock or another zone need nothing special. Where logind is on the system bus, waking up
    brings a beat at once; elsewhere it comes within the period.
    """

    def __init__(self, beat: Callable[[], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._beat = beat
        self._timer = QTimer(self)
        self._timer.setInterval(PERIOD_MILLISECONDS)
        self._timer.timeout.connect(self._pulse)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._pulse)

    def start(self) -> None:
        """Beat for the first time as soon as events are handled, and go on."""
        self._timer.start()
        self.beat_soon()
        self._listen_for_resume()

    def stop(self) -> None:
        """Beat no more."""
        self._timer.stop()
        self._soon.stop()

    def beat_soon(self) -> None:
        """Beat once when the present event has been handled, however often this is called until then."""
        self._soon.start()

    @Slot(bool)
    def prepareForSleep(self, going_to_sleep: bool) -> None:  # noqa: N802
        """What logind says before the computer sleeps (true) and after it woke up (false)."""
        if not going_to_sleep:
            self.beat_soon()

    def _pulse(self) -> None:
        resume_collector()
        self._beat()

    def _listen_for_resume(self) -> None:
        bus = QDBusConnection.systemBus()
        if bus.isConnected():
            bus.connect(
                "org.freedesktop.login1",
                "/org/freedesktop/login1",
                "org.freedesktop.login1.Manager",
                "PrepareForSleep",
                self,
                SLOT("prepareForSleep(bool)").encode("ascii"),
            )
