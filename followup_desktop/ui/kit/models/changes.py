"""What a committed edit tells the views."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Protocol

from followup_desktop.domain.model import id_in

_VERY_MANY = 500


class ChangesLike(Protocol):
    """Which things an edit, an undo or another program changed; ``everything`` when it can't be told."""

    @property
    def applications(self) -> AbstractSet[str]:
        """Ids of applications, whether a fact of theirs or something below them changed."""

    @property
    def edited(self) -> AbstractSet[str]:
        """Ids of applications that are more than planned anew."""

    @property
    def contacts(self) -> AbstractSet[str]:
        """Ids of contacts."""

    @property
    def follow_ups(self) -> AbstractSet[str]:
        """Keys of follow-ups whose times or existence changed."""

    @property
    def settings(self) -> bool:
        """Whether a setting of the rules changed."""

    @property
    def everything(self) -> bool:
        """Whether anything at all may have changed."""


def is_of_many(changes: ChangesLike | None) -> bool:
    """Whether the user changed several applications at once: too much for one turn of the window."""
    return changes is not None and len(changes.edited) > 1


def applications_touched(changes: ChangesLike) -> set[str] | None:
    """The applications whose rows may look different now; ``None`` for all of them.

    Very many are taken for all: to tell ten thousand rows one by one held the window up for half a second,
    and only those in sight are read again.
    """
    if changes.everything or changes.settings:
        return None
    if len(changes.applications) + len(changes.follow_ups) > _VERY_MANY:
        return None
    return {*changes.applications, *filter(None, map(id_in, changes.follow_ups))}
