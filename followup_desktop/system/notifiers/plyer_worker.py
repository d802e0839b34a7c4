"""A back end that waits, made one that does not: each notification is shown by one daemon thread.

plyer calls the platform's means and waits for it, on Linux for up to a minute when the server hangs. A call
that takes too long counts as failed, and its notification is handed back for the next back end.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from followup_desktop.services.ports import Notification, NotifierFailed
from followup_desktop.system.notifiers.backend import Listener

Show = Callable[[Notification], None]
"""Shows one notification and waits for it; raises anything if it can't."""


@dataclass(slots=True)
class _Job:
    """A notification that the thread is to show, and until when."""

    notification: Notification
    deadline: float
    given_up: bool = False
    withdrawn: bool = False


class PlyerNotifier:
    """The back end that works through a thread; see the protocol ``Backend``.

    ``show`` is called in that thread. If it has not returned after ``call_timeout`` seconds the back end
    counts as failed until it does.
    """

    name = "plyer"

    def __init__(
        self,
        listener: Listener,
        show: Show,
        *,
        call_timeout: float = 8.0,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._listener = listener
        self._show = show
        self._call_timeout = call_timeout
        self._monotonic = monotonic
        self._thread: threading.Thread | None = None
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._results: queue.SimpleQueue[tuple[_Job, bool]] = queue.SimpleQueue()
        self._open: list[_Job] = []

    @property
    def busy(self) -> bool:
        """Whether a call is awaited that has not been given up."""
        return any(not job.given_up for job in self._open)

    @property
    def on_screen(self) -> frozenset[str]:
        """Nothing that would be known: plyer shows it and forgets it."""
        return frozenset()

    def start(self) -> None:
        """Nothing: the thread starts with the first notification."""

    def notify(self, notification: Notification) -> None:
        """Hand it to the thread."""
        self._take_results()
        if any(job.given_up for job in self._open):
            raise NotifierFailed("the platform's notification call does not return")
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="plyer", daemon=True)
            self._thread.start()
        job = _Job(notification, self._monotonic() + self._call_timeout)
        self._open.append(job)
        self._jobs.put(job)

    def withdraw(self, tag: str) -> None:
        """Do not show it if it still waits; what is shown can't be taken back through plyer."""
        for job in self._open:
            if job.notification.tag == tag:
                job.withdrawn = True

    def close(self) -> None:
        """Let the thread end when its present call returns; the program need not wait for it."""
        for job in self._open:
            job.withdrawn = True
        self._open.clear()
        if self._thread is not None:
            self._jobs.put(None)
            self._thread = None

    def fileno(self) -> int | None:
        """There is none to watch."""
        return None

    def on_readable(self) -> None:
        """Nothing is ever readable."""

    def poll(self) -> None:
        """Report the calls that have returned, and give up those that did not in time."""
        self._take_results()
        now = self._monotonic()
        if not any(job.deadline <= now for job in self._open if not job.given_up):
            return
        unshown = [job for job in self._open if not job.given_up]
        for job in unshown:
            job.given_up = True
        self._listener.failed(self, tuple(job.notification for job in unshown if not job.withdrawn))

    def _take_results(self) -> None:
        while not self._results.empty():
            job, shown = self._results.get()
            if job not in self._open:
                continue
            self._open.remove(job)
            if job.given_up:
                self._listener.came_back(self)
            if shown:
                self._listener.delivered(self, job.notification)
            elif not (job.withdrawn or job.given_up):
                self._listener.failed(self, (job.notification,))

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            shown = False
            if not (job.withdrawn or job.given_up):
                try:
                    self._show(job.notification)
                    shown = True
                except Exception:  # noqa: BLE001 - whatever plyer or the platform raises, it was not shown
                    shown = False
            self._results.put((job, shown))
