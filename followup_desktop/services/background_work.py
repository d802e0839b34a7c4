"""Work that takes long, done on another thread over a database connection of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from followup_desktop.domain.progress import OnProgress, ignore_progress
from followup_desktop.services.ports import Clock
from followup_desktop.services.progress import Cancelled
from followup_desktop.services.tracker import Tracker
from followup_desktop.services.wording import Wording
from followup_desktop.storage.drafts import SettingRecords
from followup_desktop.storage.store import Store

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Session:
    """The store over another connection, and the verbs on it."""

    store: Store
    tracker: Tracker

    @property
    def settings(self) -> SettingRecords:
        """The private settings of the window."""
        return self.store.settings


class BackgroundWork:
    """Lends another connection to another thread; its steps can be undone as any other."""

    def __init__(self, store: Store, clock: Clock, wording: Wording) -> None:
        self.is_busy = False
        """Whether something is being written there, so that nothing may be written here."""
        self._store = store
        self._clock = clock
        self._wording = wording

    def run(
        self,
        verb: Callable[[Session], T],
        cancelled: Callable[[], bool] = bool,
        on_progress: OnProgress = ignore_progress,
    ) -> T:
        """Do this, on any thread. ``Cancelled`` if ``cancelled`` became true before it had written.

        ``on_progress`` is told of how many applications of how many the follow-ups are planned.
        """
        other = self._store.second_connection(cancelled, on_progress)
        try:
            return verb(Session(other, Tracker(other, self._clock, self._wording)))
        except Exception as error:
            if cancelled():
                raise Cancelled from error
            raise
        finally:
            other.close()

    def catch_up(self) -> None:
        """Tell what was changed there to all who are told of changes; on the store's own thread."""
        self._store.catch_up()
