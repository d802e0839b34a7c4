"""Undo and redo from recorded changesets."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import apsw

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _, of_now
from followup_desktop.storage.tables import RECORDED, PhoneQuestionTable, table_name
from followup_desktop.storage.touched import Changes

HISTORY_BYTES = 64 * 1024 * 1024
"""How much is kept; older steps go first."""

_QUESTION = table_name(PhoneQuestionTable)
"""No fact, but an answer is a step: undo asks again what was answered."""

_USERS = (*map(table_name, RECORDED), _QUESTION)

LARGE_STEP = 5000
"""Rows from which on a step takes long enough for a progress dialog."""


class Conflict(Exception):
    """What a step changed has been changed by someone else since."""


class Changeset:
    """What happened to some tables, packed: that of an import of 100,000 applications has 57 MB, packed 10.

    ``write`` is given what takes it part by part, so that it is never in memory as a whole. It's false if it
    comes to nothing.
    """

    __slots__ = ("_is_empty", "_parts", "size")

    def __init__(self, write: Callable[[Callable[[memoryview], None]], None]) -> None:
        self._is_empty = True
        self._parts: list[bytes] = []
        packing = zlib.compressobj(1)  # a higher level takes longer, and a fifth less room at most

        def take(part: memoryview) -> None:
            self._is_empty = False
            self._add(packing.compress(part))

        write(take)
        self._add(packing.flush())
        self.size = sum(map(len, self._parts))
        """Bytes that it takes in memory."""

    def _add(self, packed: bytes) -> None:
        if packed:
            self._parts.append(packed)

    def __bool__(self) -> bool:
        return not self._is_empty

    def stream(self) -> Callable[[int], memoryview]:
        """What gives it to SQLite, so many bytes at most with each call, and none at the end."""
        unpacking = zlib.decompressobj()
        parts = map(unpacking.decompress, self._parts)
        left = memoryview(b"")

        def read(size: int) -> memoryview:
            nonlocal left
            while not left and (part := next(parts, None)) is not None:
                left = memoryview(part)
            found, left = left[:size], left[size:]
            return found

        return read

    def changes(self) -> Iterator[apsw.TableChange]:
        """Row by row; each is valid until the next."""
        return apsw.Changeset.iter(self.stream())

    def inverted(self) -> Changeset:
        """The changeset that takes this one back."""
        return Changeset(lambda take: apsw.Changeset.invert_stream(self.stream(), take))


@dataclass(frozen=True, slots=True)
class UndoStep:
    """One transaction: what it is called, what it changed, and in how many rows.

    A ``lasting`` label is told in the language in use when it is asked for.
    """

    label: str
    changeset: Changeset
    rows: int


class Recorder:
    """Records what happens to some tables on one connection."""

    def __init__(self, connection: apsw.Connection, tables: Iterable[str]) -> None:
        self._session = apsw.Session(connection, "main")
        for table in tables:
            self._session.attach(table)

    def changeset(self) -> Changeset:
        """What happened so far."""
        return Changeset(self._session.changeset_stream)

    def close(self) -> None:
        """Stop recording."""
        self._session.close()


@contextmanager
def recording(connection: apsw.Connection, tables: Iterable[str] = _USERS) -> Iterator[Recorder]:
    """A recorder for the length of the block; of the user's tables, unless it is told of which."""
    recorder = Recorder(connection, tables)
    try:
        yield recorder
    finally:
        recorder.close()


def apply(connection: apsw.Connection, changeset: Changeset) -> None:
    """Apply all of a changeset within the transaction that is open, or raise ``Conflict``: roll it back then.

    There is no savepoint around it, within which each row whose trigger runs is dearer than the one before:
    the undo of thousands took minutes. Foreign keys are checked at the end, and their actions do not run:
    what they did is in the changeset.
    What the phone has asked anew since stays asked, and keeps nothing else from being applied.
    """

    def decide(reason: int, change: apsw.TableChange) -> int:
        if reason != apsw.SQLITE_CHANGESET_FOREIGN_KEY and change.name == _QUESTION:
            return apsw.SQLITE_CHANGESET_OMIT
        return apsw.SQLITE_CHANGESET_ABORT

    try:
        apsw.Changeset.apply(
            changeset.stream(),
            connection,
            conflict=decide,
            flags=apsw.SQLITE_CHANGESETAPPLY_FKNOACTION | apsw.SQLITE_CHANGESETAPPLY_NOSAVEPOINT,
        )
    except (apsw.AbortError, apsw.ConstraintError) as error:
        raise Conflict from error


class History:
    """The steps that can be taken back and done again, in memory for as long as the program runs.

    ``replay`` applies a changeset in a transaction with all that follows from it.
    """

    def __init__(self, replay: Callable[[str, Changeset], Changes], limit: int = HISTORY_BYTES) -> None:
        self._replay = replay
        self._limit = limit
        self._undo: list[UndoStep] = []
        self._redo: list[UndoStep] = []

    @property
    def undo_label(self) -> str | None:
        """What the next undo takes back."""
        return of_now(self._undo[-1].label) if self._undo else None

    @property
    def redo_label(self) -> str | None:
        """What the next redo does again."""
        return of_now(self._redo[-1].label) if self._redo else None

    @property
    def undo_is_large(self) -> bool:
        """Whether the next undo takes long enough for a progress dialog."""
        return bool(self._undo) and self._undo[-1].rows > LARGE_STEP

    @property
    def redo_is_large(self) -> bool:
        """Whether the next redo takes long enough for a progress dialog."""
        return bool(self._redo) and self._redo[-1].rows > LARGE_STEP

    def through(self, replay: Callable[[str, Changeset], Changes]) -> History:
        """A history of these steps, replayed another way, as over another connection."""
        other = History(replay, self._limit)
        other._undo, other._redo = self._undo, self._redo
        return other

    def add(self, step: UndoStep) -> None:
        """Remember a step that was just committed."""
        self._redo.clear()
        self._undo.append(step)
        size = sum(each.changeset.size for each in self._undo)
        while size > self._limit:
            size -= self._undo.pop(0).changeset.size

    def clear(self) -> None:
        """Forget everything, as after a restore: the steps no longer fit the data."""
        self._undo.clear()
        self._redo.clear()

    def undo(self) -> Changes:
        """Take the last step back; raises ``Refused`` if there is none or it no longer can be."""
        if not self._undo:
            raise Refused(_("There's nothing to undo."))
        step = self._undo[-1]
        sentence = _(
            "Can't undo “{label}” because the same thing has been changed since. Nothing "
            "was changed. Edit it by hand."
        )
        changes = self._step(self._undo, step.changeset.inverted(), sentence)
        self._redo.append(step)
        return changes

    def redo(self) -> Changes:
        """Do the step last taken back again; raises ``Refused`` if there is none or it no longer can be."""
        if not self._redo:
            raise Refused(_("There's nothing to redo."))
        step = self._redo[-1]
        sentence = _(
            "Can't redo “{label}” because the same thing has been changed since. Nothing "
            "was changed. Edit it by hand."
        )
        changes = self._step(self._redo, step.changeset, sentence)
        self._undo.append(step)
        return changes

    def _step(self, steps: list[UndoStep], changeset: Changeset, conflict: str) -> Changes:
        label = of_now(steps[-1].label)
        try:
            changes = self._replay(label, changeset)
        except Conflict as error:
            steps.pop()
            raise Refused(conflict.format(label=label)) from error
        steps.pop()
        return changes
