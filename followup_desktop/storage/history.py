"""Undo and redo from recorded changesets."""

from __future__ import annotations

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


@dataclass(frozen=True, slots=True)
class UndoStep:
    """One transaction: what it is called, what it changed, and in how many rows.

    A ``lasting`` label is told in the language in use when it is asked for.
    """

    label: str
    changeset: bytes
    rows: int


class Recorder:
    """Records what happens to some tables on one connection."""

    def __init__(self, connection: apsw.Connection, tables: Iterable[str]) -> None:
        self._session = apsw.Session(connection, "main")
        for table in tables:
            self._session.attach(table)

    def changeset(self) -> bytes:
        """What happened so far; empty if it comes to nothing."""
        return self._session.changeset()

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


def inverted(changeset: bytes) -> bytes:
    """The changeset that takes this one back."""
    return apsw.Changeset.invert(changeset)


def apply(connection: apsw.Connection, changeset: bytes) -> None:
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
            changeset,
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

    def __init__(self, replay: Callable[[str, bytes], Changes], limit: int = HISTORY_BYTES) -> None:
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

    def through(self, replay: Callable[[str, bytes], Changes]) -> History:
        """A history of these steps, replayed another way, as over another connection."""
        other = History(replay, self._limit)
        other._undo, other._redo = self._undo, self._redo
        return other

    def add(self, step: UndoStep) -> None:
        """Remember a step that was just committed."""
        self._redo.clear()
        self._undo.append(step)
        size = sum(len(each.changeset) for each in self._undo)
        while size > self._limit:
            size -= len(self._undo.pop(0).changeset)

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
        changes = self._step(self._undo, inverted(step.changeset), sentence)
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

    def _step(self, steps: list[UndoStep], changeset: bytes, conflict: str) -> Changes:
        label = of_now(steps[-1].label)
        try:
            changes = self._replay(label, changeset)
        except Conflict as error:
            steps.pop()
            raise Refused(conflict.format(label=label)) from error
        steps.pop()
        return changes
