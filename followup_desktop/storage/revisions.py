"""Which version of an invitation an interview was read from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Revision:
    """The newest version that was read: its number, and when it was written, in seconds since 1970."""

    interview: str
    sequence: int
    stamp: int

    @property
    def version(self) -> tuple[int, int]:
        """What grows from one version to the next."""
        return self.sequence, self.stamp
