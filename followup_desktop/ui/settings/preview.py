"""What other settings would move, found out beside the window, so that typing goes on meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Lock

from PySide6.QtCore import QObject, QTimer, Signal

from followup_desktop.domain.model import Policy
from followup_desktop.services.reading.settings_preview import Cancelled, PolicyPreview, PreviewBasis
from followup_desktop.ui.kit.worker_thread import WorkerThread

Read = Callable[[], PreviewBasis]
"""Reads the facts and the plan, on any thread."""
Compare = Callable[[PreviewBasis, Policy, Cancelled], PolicyPreview | None]
"""Works the preview out, on any thread; ``None`` when it was cancelled."""

_LOOK_MS = 30


class LookAhead(QObject):
    """Works on one preview at a time; ``found`` carries the policy and its preview.

    The facts are read when first needed and kept until ``forget``. The work touches nothing of Qt, and gives
    up at once when another preview is asked for or this object goes.
    """

    found = Signal(object, object)

    def __init__(self, read: Read, compare: Compare, parent: QObject) -> None:
        super().__init__(parent)
        self._read = read
        self._compare = compare
        self._basis = _SharedBasis(read)
        self._work: _PreviewWork | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)

    def start(self, policy: Policy) -> None:
        """Work out the preview of these settings, and no other."""
        if self._work is not None and self._work.policy == policy:
            return
        self.cancel()
        self._work = _PreviewWork(self._basis, policy, self._compare)
        self.destroyed.connect(self._work.given_up.set)
        self._work.start()
        self._timer.start()

    def cancel(self) -> None:
        """Give up what is being worked out."""
        self._timer.stop()
        if self._work is not None:
            self._work.given_up.set()
            self._work = None

    def forget(self) -> None:
        """The facts have changed: they are to be read again."""
        self.cancel()
        self._basis = _SharedBasis(self._read)

    def _look(self) -> None:
        work = self._work
        if work is None or work.is_alive():
            return
        self._timer.stop()
        self._work = None
        preview = work.result()
        if preview is not None:
            self.found.emit(work.policy, preview)


class _SharedBasis:
    """What previews are made from, read once for all of them by whichever comes first."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._lock = Lock()
        self._found: PreviewBasis | None = None

    def get(self) -> PreviewBasis:
        """What was read, once it has been."""
        with self._lock:
            if self._found is None:
                self._found = self._read()
            return self._found


class _PreviewWork(WorkerThread[PolicyPreview | None]):
    """One preview in the making, until ``given_up`` is set."""

    def __init__(self, basis: _SharedBasis, policy: Policy, compare: Compare) -> None:
        self.policy = policy
        self.given_up = Event()
        super().__init__("preview of settings", lambda: compare(basis.get(), policy, self.given_up.is_set))
