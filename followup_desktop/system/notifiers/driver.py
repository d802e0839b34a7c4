"""Drives the chain from Qt's event loop."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSocketNotifier, QTimer

from followup_desktop.system.notifiers.backend import Backend
from followup_desktop.system.notifiers.chain import NotifierChain

_POLL_MS = 200


class NotifierDriver(QObject):
    """Watches the chain's descriptors, and polls it only while an outcome is awaited."""

    def __init__(self, chain: NotifierChain, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._chain = chain
        self._watched: dict[int, QSocketNotifier] = {}
        self._timer = QTimer(self)
        self._timer.setInterval(_POLL_MS)
        self._timer.timeout.connect(chain.poll)
        chain.watch(self._follow)
        self._follow()

    def _follow(self) -> None:
        wanted = dict(self._chain.descriptors())
        for descriptor in self._watched.keys() - wanted.keys():
            notifier = self._watched.pop(descriptor)
            notifier.setEnabled(False)
            notifier.deleteLater()
        for descriptor in wanted.keys() - self._watched.keys():
            self._watched[descriptor] = self._watcher(descriptor, wanted[descriptor])
        if self._chain.busy != self._timer.isActive():
            if self._chain.busy:
                self._timer.start()
            else:
                self._timer.stop()

    def _watcher(self, descriptor: int, backend: Backend) -> QSocketNotifier:
        notifier = QSocketNotifier(descriptor, QSocketNotifier.Type.Read, self)
        notifier.activated.connect(lambda: self._chain.on_readable(backend))
        return notifier
