"""The way to the phone: a calendar file kept up to date in a folder that the user synchronises."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Facts, FollowUp
from followup_desktop.i18n import _
from followup_desktop.services.own_thread import Runner, own_thread
from followup_desktop.services.ports import Files
from followup_desktop.services.transfer.calendar_entries import CalendarOptions
from followup_desktop.services.wording import Wording

if TYPE_CHECKING:
    from followup_desktop.services.transfer.calendar_file import CalendarWriter

FILE_NAME = "follow-up.ics"
_RUN = own_thread("calendar for the phone")
AT_MOST_EVERY = timedelta(seconds=10)
"""However much is edited, so often at most everything is read and written."""
_TURN = 0.0001
"""So many seconds the window has to itself after each entry: Python runs one thread at a time."""

Read = Callable[[], tuple[Facts, Sequence[FollowUp]]]
"""Reads everything as it is at one instant; called beside the window, so not from the window's database."""


@dataclass(frozen=True, slots=True)
class CalendarWish:
    """Where the calendar is kept, if anywhere, and how it is written."""

    folder: Path | None = None
    options: CalendarOptions = field(default_factory=CalendarOptions)

    @property
    def target(self) -> Path | None:
        """The file."""
        return self.folder / FILE_NAME if self.folder is not None else None


@dataclass(slots=True)
class _CalendarWork:
    """One writing: what is wanted, and what came of it."""

    wanted: CalendarWish
    now: datetime
    until: datetime | None = None
    failure: str = ""
    error: Exception | None = None


class PhoneCalendar:
    """Writes the calendar when something has changed, beside the window; ``beat`` is called again and again.

    What can't be written is said once through ``show`` and tried again by a later beat. The file is left as
    it is when its bytes would be the same, and when another program wrote it.
    """

    def __init__(
        self,
        read: Read,
        files: Files,
        wording: Wording,
        show: Callable[[str], None],
        run: Runner = _RUN,
    ) -> None:
        self._read = read
        self._files = files
        self._wording = wording
        self._show = show
        self._run = run
        self._wanted = CalendarWish()
        self._changed = True
        self._until: datetime | None = None
        self._started: datetime | None = None
        self._work: _CalendarWork | None = None
        self._ended: Callable[[float], bool] | None = None
        self._failure = ""
        self._written_at: datetime | None = None
        self._writer: CalendarWriter | None = None

    @property
    def wanted(self) -> CalendarWish:
        """What is kept at present."""
        return self._wanted

    @property
    def failure(self) -> str:
        """Why the last writing failed, in a sentence; empty where it did not."""
        return self._failure

    @property
    def is_current(self) -> bool:
        """Whether the file is as it should be by all that is known."""
        return self._written_at is not None and not self._changed and self._work is None and not self._failure

    @property
    def is_busy(self) -> bool:
        """Whether it is being written."""
        return self._work is not None

    def keep(self, wanted: CalendarWish) -> None:
        """From now on keep this; the next beat writes it, also where that failed before."""
        if wanted != self._wanted or self._failure:
            self._wanted = wanted
            self._failure = ""
            self._written_at = None
            self._started = None
            self._changed = True

    def facts_changed(self) -> None:
        """Something was edited: one of the next beats writes it, the next where there was peace before."""
        self._changed = True

    def beat(self, now: datetime) -> None:
        """See what became of a writing, and begin one where it is called for."""
        self._look(0)
        if self._work is None and self._is_called_for(now):
            self._begin(now)
            self._look(0)

    def close(self, now: datetime, patience: float = 5.0) -> None:
        """Write what is not written yet, waiting no longer than so many seconds for each writing."""
        self._look(patience)
        if self._work is None and self._wanted.folder is not None and self._changed:
            self._begin(now)
            self._look(patience)

    def _is_called_for(self, now: datetime) -> bool:
        target = self._wanted.target
        if target is None:
            return False
        if self._changed or self._failure:
            # A clock that was set back is no reason to wait.
            return self._started is None or not timedelta(0) <= now - self._started < AT_MOST_EVERY
        return (self._until is not None and now >= self._until) or not _is_there(target)

    def _begin(self, now: datetime) -> None:
        self._changed = False
        self._started = now
        work = self._work = _CalendarWork(self._wanted, now)
        self._ended = self._run(lambda: self._do(work))

    def _look(self, patience: float) -> None:
        work = self._work
        if work is None or self._ended is None or not self._ended(patience):
            return
        self._work = None
        if work.error is not None:
            self._changed = False  # the next change tries again
            self._written_at = None
            raise work.error
        if work.wanted != self._wanted:
            return
        if work.failure and work.failure != self._failure:
            self._show(work.failure)
        self._failure, self._until = work.failure, work.until
        self._written_at = None if work.failure else work.now

    def _do(self, work: _CalendarWork) -> None:
        """Write, on any thread; the outcome is left in the work."""
        try:
            self._write(work)
        except Refused as refused:
            work.failure = str(refused)
        except Exception as error:  # noqa: BLE001 - raised again by the beat that finds it
            work.error = error

    def _write(self, work: _CalendarWork) -> None:
        from followup_desktop.services.transfer.calendar_file import CalendarWriter, is_ours

        target = work.wanted.target
        if target is None:
            return
        if not _is_there(target.parent):
            gone = _("The folder for your phone's calendar, {folder}, doesn't exist. Choose another folder.")
            raise Refused(gone.format(folder=target.parent))
        is_file = target.is_file()  # a pipe of that name would have to be waited for
        before = self._files.read(target) if is_file else b""
        if (before and not is_ours(before)) or (_is_there(target) and not is_file):
            foreign = _("{file} belongs to another program and was left alone. Choose another folder.")
            raise Refused(foreign.format(file=target))
        facts, plan = self._read()
        if self._writer is None:
            self._writer = CalendarWriter(self._wording, lambda: sleep(_TURN))
        made = self._writer.write(facts, plan, work.now, options=work.wanted.options, previous=before)
        if made.data != before:
            self._files.write(target, made.data)
        work.until = made.until
        # One by one: to let go of all of it at once takes a good while in which nothing else runs.
        read: list[object] = [*facts.applications, *plan]
        del facts, plan
        while read:
            read.pop()


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a share that is not connected, say
        return False
