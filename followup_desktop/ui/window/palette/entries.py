"""What the palette lists, and what a source of it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol

OTHERWISE = 50
"""So far behind what is called so itself stands what may be called so."""


class EntryGroup(IntEnum):
    """Where an entry stands while nothing is typed."""

    HERE = 0
    """It acts on what is selected, or in the view that is shown."""
    ANYWHERE = 1
    LAST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class PaletteEntry:
    """One row of the palette: ``rank`` says how well it fits what was typed, 0 for best.

    ``id`` lasts from one start of the program to the next; ``hint`` is its shortcut, or what it is. It is
    found by ``also`` as well.
    """

    id: str
    icon: str
    title: str
    detail: str
    hint: str
    rank: int
    run: Callable[[], object]
    place: EntryGroup = EntryGroup.ANYWHERE
    also: str = ""


class EntrySource(Protocol):
    """One kind of entries."""

    def find(self, text: str) -> Sequence[PaletteEntry]:
        """The entries that fit the text, in the order in which they are offered among equals."""

    def entry(self, entry_id: str) -> PaletteEntry | None:
        """The entry of that id, if it is of this kind and still there."""
