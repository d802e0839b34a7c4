"""The whole file is looked at once a day, beside the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from followup_desktop.domain.errors import Refused
from followup_desktop.services.own_thread import Runner, own_thread

_RUN = own_thread("check of the file")
AFTER_START = timedelta(minutes=2)
"""The start is over by then, and nobody waits for the disk."""
_END_SECONDS = 1.0
"""So long the end waits for a check to be given up, which takes a few milliseconds."""

Check = Callable[[Callable[[], bool]], None]
"""Raises ``Refused`` where something is wrong; what it is given tells it when to give up."""


class CheckedDay(Protocol):
    """Remembers, from one run to the next, on which day the file was found sound."""

    def read(self) -> str: ...

    def write(self, day: str) -> None: ...


@dataclass(slots=True)
class _CheckOutcome:
    """What the thread found; ``is_of_day`` if then the check of the day is done."""

    is_of_day: bool
    failure: str = ""


class FileCheck:
    """Runs ``check`` on a thread of its own, on each day once it found nothing; ``beat`` sees to it.

    What is wrong is checked again at the next start.
    """

    def __init__(self, check: Check, checked: CheckedDay, began: datetime, run: Runner = _RUN) -> None:
        self._check = check
        self._checked = checked
        self._began = began
        self._run = run
        self._work: _CheckOutcome | None = None
        self._ended: Callable[[float], bool] | None = None
        self._is_given_up = False
        self.failure = ""
        """What was found, in a sentence; empty where nothing was."""

    def beat(self, now: datetime) -> None:
        """See what became of a check, and begin one where it is called for."""
        day = now.date().isoformat()
        if self._work is not None and self._ended is not None and self._ended(0):
            work, self._work = self._work, None
            self.failure = work.failure
            if work.is_of_day and not self.failure:
                self._checked.write(day)
        elif self._work is None and not self.failure and self._is_called_for(now, day):
            self._begin(self._check, is_of_day=True)

    def look(self, look: Check) -> None:
        """Run this first, at once; the check of the day comes all the same."""
        self._begin(look, is_of_day=False)

    def finish(self) -> None:
        """Give up what is being checked, for the database is to be closed.

        While another connection is open, closing leaves the log beside the file: the next start would take
        that for what a crash left, and look at all of the file, for a quarter of a second, before there is a
        window.
        """
        self._is_given_up = True
        if self._work is not None and self._ended is not None:
            self._ended(_END_SECONDS)

    def _begin(self, check: Check, *, is_of_day: bool) -> None:
        work = self._work = _CheckOutcome(is_of_day)
        self._ended = self._run(lambda: self._do(check, work))

    def _is_called_for(self, now: datetime, day: str) -> bool:
        return abs(now - self._began) >= AFTER_START and self._checked.read() != day

    def _do(self, check: Check, outcome: _CheckOutcome) -> None:
        try:
            check(lambda: self._is_given_up)
        except Refused as refused:
            outcome.failure = str(refused)
        except Exception:
            if not self._is_given_up:
                raise
