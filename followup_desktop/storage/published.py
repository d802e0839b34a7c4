"""What stands on the calendar server and what came back from it; beside undo, for it isn't the user's."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from followup_desktop.storage.database import Database
from followup_desktop.storage.tables import instant, seconds

NEW = "new"
"""Made since the last look: what was made and deleted since then needn't be told (RFC 6578, 3.5).

An intent begins with it until the next look, whatever else is done before.
"""
PHONE, TIDIED, GONE = "phone", "tidied", "gone"
"""In place of an intent, what outlasts a look: that the phone made the entry what it is, that it deleted
what was over, which isn't put back, and that the program deleted what isn't wanted."""
_LOOKED_THROUGH = """UPDATE published
SET intent = CASE WHEN intent GLOB '*' || ?1 THEN ?1 WHEN intent GLOB '*' || ?2 THEN ?2 ELSE '' END
WHERE intent NOT IN ('', ?1, ?2, ?3)"""
_PATIENCE = 0.05
"""Seconds that a write waits for another process: the window must not stand still for it."""


class ItemKind(StrEnum):
    """What an entry of the calendar is about."""

    INTERVIEW = "interview"
    FOLLOW_UP = "follow_up"


class QuestionKind(StrEnum):
    """What was done on the phone."""

    MOVED = "moved"
    MOVED_TO_DAY = "moved_to_day"
    """Moved to a date without a time; the time that it had is kept."""
    DELETED = "deleted"
    DONE = "done"
    EMPTIED = "emptied"
    """Everything was deleted, and is put back: one question, with ``EMPTIED_UID``, in place of many."""
    SHARED = "shared"
    """Another copy of the program writes to the calendar, too; with ``SHARED_UID``."""
    BESIDE = "beside"
    """There are more calendars of the program; with ``BESIDE_UID``, and in ``subject`` what they're called, a
    line each, its own first."""

    @property
    def is_move(self) -> bool:
        """Whether another time was chosen."""
        return self in {QuestionKind.MOVED, QuestionKind.MOVED_TO_DAY}

    @property
    def is_notice(self) -> bool:
        """Whether it's about the calendar, and only told."""
        return self in {QuestionKind.EMPTIED, QuestionKind.SHARED, QuestionKind.BESIDE}


EMPTIED_UID, SHARED_UID, BESIDE_UID = "calendar", "copies", "calendars"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedEntry:
    """One entry on the server, as far as is known.

    ``hash`` is of what was written; it is empty where the server has, or may have, something else. ``etag``
    is empty where there is no such entry on the server. ``intent`` is what was about to be done when writes
    began of which no word came, so that after a crash the program knows its own writes from another's; or
    that the phone made the entry what it is. ``services/sync/standing.py`` has all states.
    """

    uid: str
    kind: ItemKind
    subject: str
    href: str
    etag: str = ""
    hash: str = ""
    sequence: int = 0
    starts_at: datetime | None = None
    intent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneQuestion:
    """Something done on the phone that the user is to decide about."""

    uid: str
    kind: QuestionKind
    subject: str
    starts_at: datetime | None
    asked_at: datetime


class PublishedRecords:
    """Reads and writes them; every write is one transaction. Raises ``Refused``, soon if another writes.

    A write that needn't outlive a loss of power doesn't wait for the disk: what is lost then is the last that
    was written, and the next look finds it out.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> dict[str, PublishedEntry]:
        """Everything published, by UID."""
        return self.some(-1)

    def some(self, count: int, after: str = "") -> dict[str, PublishedEntry]:
        """The next so many published after a UID, by UID and in its order."""
        rows = self._database.sql(
            "SELECT uid, kind, subject, href, etag, hash, sequence, starts_at, intent FROM published"
            " WHERE uid > ? ORDER BY uid LIMIT ?",
            (after, count),
        )
        return {
            uid: PublishedEntry(
                uid=uid,
                kind=ItemKind(kind),
                subject=subject,
                href=href,
                etag=etag,
                hash=hashed,
                sequence=sequence,
                starts_at=_instant(starts_at),
                intent=intent,
            )
            for uid, kind, subject, href, etag, hashed, sequence, starts_at, intent in rows
        }

    def questions(self) -> dict[str, PhoneQuestion]:
        """What is to be decided, by UID, the first that was asked first."""
        rows = self._database.sql(
            "SELECT uid, kind, subject, starts_at, asked_at FROM phone_question ORDER BY asked_at, uid"
        )
        return {
            uid: PhoneQuestion(
                uid=uid,
                kind=QuestionKind(kind),
                subject=subject,
                starts_at=_instant(starts_at),
                asked_at=instant(asked_at),
            )
            for uid, kind, subject, starts_at, asked_at in rows
        }

    def state(self) -> dict[str, str]:
        """What is remembered of the server, by name."""
        return dict(self._database.sql("SELECT name, value FROM sync_state"))

    def save(
        self,
        rows: Iterable[PublishedEntry] = (),
        *,
        gone: Collection[str] = (),
        asked: Iterable[PhoneQuestion] = (),
        settled: Collection[str] = (),
        state: Mapping[str, str | None] | None = None,
        is_looked_through: bool = False,
        outlives_power: bool = False,
    ) -> None:
        """Remember all of this at once: rows, rows that are gone, questions, and questions that are settled.

        Of ``state`` a ``None`` forgets the name. With ``is_looked_through`` no row is new any more, and no
        write or removal may still come to light.
        """
        writing = self._database.writing if outlives_power else self._database.jotting
        with writing(_PATIENCE):
            self._database.many(
                "INSERT OR REPLACE INTO published"
                " (uid, kind, subject, href, etag, hash, sequence, starts_at, intent)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                map(_cells, rows),
            )
            self._database.many("DELETE FROM published WHERE uid = ?", [(uid,) for uid in gone])
            self._database.many(
                "INSERT OR REPLACE INTO phone_question (uid, kind, subject, starts_at, asked_at)"
                " VALUES (?, ?, ?, ?, ?)",
                [(q.uid, q.kind, q.subject, _seconds(q.starts_at), seconds(q.asked_at)) for q in asked],
            )
            self._database.many("DELETE FROM phone_question WHERE uid = ?", [(uid,) for uid in settled])
            if is_looked_through:
                self._database.sql(_LOOKED_THROUGH, (PHONE, TIDIED, GONE))
            self._save_state(state or {})

    def keep(self, state: Mapping[str, str | None]) -> None:
        """Remember this of the server, come what may; a ``None`` forgets the name."""
        with self._database.writing(patience=_PATIENCE):
            self._save_state(state)

    def move(self, before: str, now: str, state: Mapping[str, str | None]) -> None:
        """The calendar is at another address, and each of its entries with it; remember this, too."""
        with self._database.writing(patience=_PATIENCE):
            self._database.sql(
                "UPDATE published SET href = ? || substr(href, ?) WHERE substr(href, 1, ?) = ?",
                (now, len(before) + 1, len(before), before),
            )
            self._save_state(state)

    def settle(self, uid: str) -> None:
        """Ask this no more; within a transaction, so that it is a part of its step."""
        self._database.sql("DELETE FROM phone_question WHERE uid = ?", (uid,))

    def asked_interviews(self) -> dict[str, tuple[str, tuple[str | int | None, ...]]]:
        """The interviews that questions are about, by UID: each one's id, and when it is in which zone."""
        rows = self._database.sql(
            "SELECT uid, id, interview.starts_at, fold, timezone FROM phone_question"
            " JOIN interview ON id = subject"
        )
        return {uid: (interview, tuple(cells)) for uid, interview, *cells in rows}

    def settle_done(self, follow_up: str) -> None:
        """Ask no more whether this was done on the phone; within a transaction, as the same."""
        self._database.sql(
            "DELETE FROM phone_question WHERE subject = ? AND kind = ?", (follow_up, QuestionKind.DONE)
        )

    def _save_state(self, state: Mapping[str, str | None]) -> None:
        for name, value in state.items():
            if value is None:
                self._database.sql("DELETE FROM sync_state WHERE name = ?", (name,))
            else:
                self._database.sql(
                    "INSERT OR REPLACE INTO sync_state (name, value) VALUES (?, ?)", (name, value)
                )

    def forget(self, state: Mapping[str, str | None] | None = None) -> None:
        """Remember nothing of any server, but for this.

        What was done on the phone is about the user's search: it can be answered without a server, too. What
        is told of the calendar isn't.
        """
        with self._database.writing(patience=_PATIENCE):
            for uid in (EMPTIED_UID, SHARED_UID, BESIDE_UID):
                self.settle(uid)
            for table in ("published", "sync_state"):
                self._database.sql(f"DELETE FROM {table}")
            self._save_state(state or {})


def _cells(row: PublishedEntry) -> tuple[str | int | None, ...]:
    kept = (row.uid, row.kind, row.subject, row.href, row.etag, row.hash, row.sequence)
    return (*kept, _seconds(row.starts_at), row.intent)


def _instant(at: int | None) -> datetime | None:
    return None if at is None else instant(at)


def _seconds(at: datetime | None) -> int | None:
    return None if at is None else seconds(at)
