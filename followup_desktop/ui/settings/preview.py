"""What other settings would move, found out beside the window, so that typing goes on meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

from PySide6.QtCore import QObject, Signal

from followup_desktop.domain.model import Policy
from followup_desktop.services.reading.settings_preview import Cancelled, PolicyPreview, PreviewBasis
from followup_desktop.ui.kit.worker_thread import LatestWork, WorkerThread

Read = Callable[[], PreviewBasis]
"""Reads the facts and the plan, on any thread."""
Compare = Callable[[PreviewBasis, Policy, Cancelled], PolicyPreview | None]
"""Works the preview out, on any thread; ``None`` when it was cancelled."""


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
        self._policy: Policy | None = None
        self._work = LatestWork(self)
        self._work.ended.connect(self._take)

    def start(self, policy: Policy) -> None:
        """Work out the preview of these settings, and no other."""
        if self._work.is_busy and self._policy == policy:
            return
        self._policy = policy
        basis, compare = self._basis, self._compare
        self._work.start("preview of settings", lambda is_over: compare(basis.get(), policy, is_over))

    def cancel(self) -> None:
        """Give up what is being worked out."""
        self._work.cancel()

    def forget(self) -> None:
        """The facts have changed: they are to be read again."""
        self.cancel()
        self._basis = _SharedBasis(self._read)

    def _take(self, work: WorkerThread[PolicyPreview | None]) -> None:
        preview = work.result()
        if preview is not None:
            self.found.emit(self._policy, preview)


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
