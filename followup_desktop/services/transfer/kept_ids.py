"""Under which ids the things of another program's file are kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from followup_desktop.domain.model import Facts
from followup_desktop.services.transfer.document import Row


class KeptIds:
    """The id of each person and application of a file, and the one that it is kept under.

    ``new_id`` gives one to what is new and has an id that something of ``base`` has.
    """

    def __init__(self, base: Facts, new_id: Callable[[], str]) -> None:
        self._taken = _ids_of(base)
        self._new_id = new_id
        self._kept: dict[str, str] = {}

    def keep(self, own: str, kept: str) -> None:
        """What has its own id in the file is kept under that one."""
        self._kept[own] = kept

    def find(self, own: str) -> str | None:
        """The id under which that of the file is kept; ``None`` if that isn't known."""
        return self._kept.get(own)

    def kept(self, own: str) -> str:
        """The id under which that of the file is kept, or else itself."""
        return self._kept.get(own, own)

    def all_kept(self, ids: Iterable[str]) -> tuple[str, ...]:
        """The ids under which these are kept, each once."""
        return tuple(dict.fromkeys(map(self.kept, ids)))

    def new(self, row: Row) -> str:
        """The id of a thing that is new: the file's, unless something else has it."""
        found = row.id if row.id and row.id not in self._taken else self._new_id()
        self._taken.add(found)
        return found


def _ids_of(facts: Facts) -> set[str]:
    found = {one.id for one in facts.contacts}
    found |= {one.id for one in facts.reminders}
    for application in facts.applications:
        found.add(application.id)
        found |= {one.id for one in application.interviews}
        found |= {one.id for one in application.events}
    return found
