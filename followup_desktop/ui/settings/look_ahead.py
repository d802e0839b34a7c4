"""What other settings would move, found out beside the window, so that typing goes on meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread

from PySide6.QtCore import QObject, QTimer, Signal

from followup_desktop.domain.model import Policy
from followup_desktop.services.preview import Cancelled, PolicyPreview, PreviewBasis

Read = Callable[[], PreviewBasis]
"""Reads the facts and the plan, on the window's thread."""
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
        self._basis: PreviewBasis | None = None
        self._work: _Work | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)

    def start(self, policy: Policy) -> None:
        """Work out the preview of these settings, and no other."""
        if self._work is not None and self._work.policy == policy:
            return
        self.cancel()
        self._basis = self._basis or self._read()
        self._work = _Work(self._basis, policy, self._compare)
        self.destroyed.connect(self._work.give_up)
        self._work.start()
        self._timer.start()

    def cancel(self) -> None:
        """Give up what is being worked out."""
        self._timer.stop()
        if self._work is not None:
            self._work.give_up()
            self._work = None

    def forget(self) -> None:
        """The facts have changed: they are to be read again."""
        self.cancel()
        self._basis = None

    def _look(self) -> None:
        work = self._work
        if work is None or work.is_alive():
            return
        self._timer.stop()
        self._work = None
        if work.error is not None:
            raise work.error
        if work.preview is not None:
            self.found.emit(work.policy, work.preview)


class _Work(Thread):
    """One preview in the making."""

    def __init__(self, basis: PreviewBasis, policy: Policy, compare: Compare) -> None:
        super().__init__(name="preview of settings", daemon=True)
        self.policy = policy
        self.preview: PolicyPreview | None = None
        self.error: Exception | None = None
        self._basis = basis
        self._compare = compare
        self._given_up = Event()

    def give_up(self) -> None:
        """End soon, without a result."""
        self._given_up.set()

    def run(self) -> None:
        """Keep the result, or the error for the window's thread to raise."""
        try:
            self.preview = self._compare(self._basis, self.policy, self._given_up.is_set)
        except Exception as error:  # noqa: BLE001
            self.error = error
