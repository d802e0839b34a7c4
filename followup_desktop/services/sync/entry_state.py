"""How an entry stands: what is known of its place on the server, and who made it so.

A row of ``published`` goes from one state to the next by the functions here alone.

| state | ``etag`` | ``hash`` | ``intent`` | its place on the server |
|---|---|---|---|---|
| absent | none | none | none | is empty |
| written | there | there | none | has what the program wrote; the phone may have changed an alarm in it |
| unsure | there | none | none | has something of the program's, which is to be written once more |
| being written | any | as before | instants | may begin at any of these: no word came of these writes |
| being removed | there | as before | ``removal`` | may be empty: no word came of the removal |
| the phone's | any | none | ``phone`` | has what the phone made of it, or is empty as it was deleted |
| tidied | none | none | ``tidied`` | is empty, as the phone deleted what was over, and stays so |
| gone | none | none | ``gone`` | is empty, as the entry isn't wanted: what comes back of it is deleted |

``new`` before an intent says that the entry was made since the last look.

| what happens | from | to | and the question |
|---|---|---|---|
| a write or a removal begins | any | being written, being removed | stays |
| the server says that it's done | being … | written, absent | stays |
| a look finds what means the same | the phone's | unsure | ends: the phone took it back |
| | any other | as it was, or unsure | stays: that may be the program's own write |
| a look finds another meaning, or nothing | any | the phone's | is asked, unless it has its answer |
| the user answers, or enters another time | any | as it was | ends with that step; its undo asks again |

An entry whose question is open isn't written while it's the phone's, nor made where the phone deleted it or
ticked it off. All others are written whenever they differ from what is wanted.

A row that isn't wanted is gone when it's absent: a deletion was confirmed, or a look has it no more. It is
forgotten some time after the entry would have begun. A server's backup brings such entries back as they were;
one in a later revision is of another copy of the program, and left alone.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from followup_desktop.storage.published import GONE, NEW, PHONE, TIDIED, PublishedEntry
from followup_desktop.storage.tables import instant, seconds

_REMOVAL = "removal"
_MOST_UNHEARD = 8
"""So many writes without a word are remembered; before each but the first, the server is mostly looked at."""


def being_written(row: PublishedEntry, starts_at: datetime) -> PublishedEntry:
    """The row before its entry is written so that it begins at this instant."""
    at = str(seconds(starts_at))
    unheard = [word for word in _unheard(row) if word != at]
    return replace(row, sequence=row.sequence + 1, intent=_intent(row, *unheard[1 - _MOST_UNHEARD :], at))


def being_removed(row: PublishedEntry) -> PublishedEntry:
    """The row before its entry is deleted."""
    unheard = [word for word in _unheard(row) if word != _REMOVAL]
    return replace(row, intent=_intent(row, *unheard, _REMOVAL))


def written(row: PublishedEntry, etag: str, hashed: str, starts_at: datetime) -> PublishedEntry:
    """The row once the server has said that this was written."""
    return replace(row, etag=etag, hash=hashed, starts_at=starts_at, intent=_intent(row))


def found_own(row: PublishedEntry, *, is_as_written: bool) -> PublishedEntry:
    """The row when what stands there means the same; not as written where something had better be mended.

    A write of which nobody heard may have said anything, and so it is written once more.
    """
    is_known = is_as_written and not _words(row)
    return replace(row, hash=row.hash if is_known else "", intent=_intent(row))


def found_the_phones(row: PublishedEntry) -> PublishedEntry:
    """The row when the phone made something else of it, or deleted it."""
    return replace(row, hash="", intent=_intent(row, PHONE))


def found_nothing(row: PublishedEntry) -> PublishedEntry:
    """The row when nothing stands there."""
    return replace(row, etag="", hash="", intent="")


def tidied(row: PublishedEntry) -> PublishedEntry:
    """The row when the phone deleted what was over."""
    return replace(row, etag="", hash="", intent=TIDIED)


def gone(row: PublishedEntry) -> PublishedEntry:
    """The row when nothing stands there, nor is to."""
    return replace(row, etag="", hash="", starts_at=max(own_times(row), default=None), intent=GONE)


def found_anothers(row: PublishedEntry) -> PublishedEntry:
    """The row when what was gone is there as another copy of the program wrote it: nothing is known of it."""
    return replace(found_nothing(row), starts_at=None)


def looked_through(row: PublishedEntry) -> PublishedEntry:
    """The row once a look has gone by: what was written before it and isn't there didn't come through."""
    return replace(row, intent=" ".join(word for word in _words(row) if word in {PHONE, TIDIED, GONE}))


def is_new(row: PublishedEntry) -> bool:
    """Whether it was made since the last look."""
    return row.intent.startswith(NEW)


def is_the_phones(row: PublishedEntry) -> bool:
    """Whether the phone made it what it is, and the program has written nothing over it."""
    return PHONE in _words(row)


def is_tidied(row: PublishedEntry) -> bool:
    """Whether the phone deleted it once it was over."""
    return TIDIED in _words(row)


def is_gone(row: PublishedEntry) -> bool:
    """Whether the program deleted it, as it isn't wanted."""
    return GONE in _words(row)


def is_being_removed(row: PublishedEntry) -> bool:
    """Whether the program may have deleted it itself."""
    return _REMOVAL in _words(row)


def is_being_written(row: PublishedEntry) -> bool:
    """Whether a write began of which no word came."""
    return any(word.isdecimal() for word in _words(row))


def own_times(row: PublishedEntry) -> set[datetime]:
    """The instants at which it begins by what the program wrote, or may have written."""
    unheard = {instant(int(word)) for word in _words(row) if word.isdecimal()}
    return unheard | ({row.starts_at} if row.starts_at is not None else set())


def _words(row: PublishedEntry) -> list[str]:
    return [word for word in row.intent.split() if word != NEW]


def _unheard(row: PublishedEntry) -> list[str]:
    return [word for word in _words(row) if word == _REMOVAL or word.isdecimal()]


def _intent(row: PublishedEntry, *words: str) -> str:
    is_made = any(word.isdecimal() for word in words) and not row.etag
    return " ".join([NEW, *words] if is_made or is_new(row) else words)
