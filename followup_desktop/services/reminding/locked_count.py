"""How many reminders have come while the data are locked, if the user wishes to know: moments, and no more.

What can be read without the passphrase is a list of instants in a file beside the database.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from followup_desktop.storage.failures import translated_errors
from followup_desktop.storage.store import Changes, Store

_DAYS = 60
"""So far ahead the moments are kept."""
_MOST = 500


def moments_file(folder: Path) -> Path:
    """Where they are, in the folder of the data."""
    return folder / "followup.moments"


class LockedCount:
    """Keeps the file as the plan is, as long as that is wished and the data are under a passphrase."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._file = moments_file(store.data_folder)
        self._written: list[list[int]] | None = None
        self._is_behind = True
        store.subscribe(self._note)

    def beat(self, now: datetime, *, is_wished: bool) -> None:
        """Write what has changed since the last beat; without the wish nothing is left there.

        Raises ``Refused``.
        """
        if not is_wished or not self._store.is_under_passphrase:
            self._written = None
            self._is_behind = True
            with translated_errors(str(self._file)):
                self._file.unlink(missing_ok=True)
        elif self._is_behind:
            spans = self._store.announcement_spans(now, now + timedelta(days=_DAYS), _MOST)
            told = [[int(start.timestamp()), int(end.timestamp())] for start, end in spans]
            if told != self._written:
                self._write(told)
                self._written = told
            self._is_behind = False

    def announced(self) -> None:
        """Some were shown: they aren't waiting any more."""
        self._is_behind = True

    def _note(self, _changes: Changes) -> None:
        self._is_behind = True

    def _write(self, told: list[list[int]]) -> None:
        part = self._file.with_name(f".{self._file.name}.{os.getpid()}.part")
        with translated_errors(str(self._file)):
            try:
                flags = os.O_CREAT | os.O_TRUNC | os.O_WRONLY
                with os.fdopen(os.open(part, flags, 0o600), "w", encoding="ascii") as writing:
                    json.dump(told, writing)
                part.replace(self._file)
            finally:
                part.unlink(missing_ok=True)


def count_at(folder: Path, now: datetime) -> int:
    """How many reminders have come and are not over, by what is kept beside the locked data."""
    with contextlib.suppress(OSError, ValueError, TypeError, OverflowError):
        told: Iterable[tuple[int, int]] = json.loads(moments_file(folder).read_text("ascii"))
        spans = [(datetime.fromtimestamp(a, UTC), datetime.fromtimestamp(b, UTC)) for a, b in told]
        return sum(start <= now < end for start, end in spans)
    return 0
