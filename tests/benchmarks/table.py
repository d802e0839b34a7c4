"""The table that every benchmark prints: each figure is a ratio to a floor measured in the same run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

HEADINGS = ("what", "floor", "size", "ratio", "to reach")


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: what was measured over which floor, at how many applications (``None``: at any)."""

    what: str
    floor: str
    size: int | None
    ratio: float
    to_reach: float | None = None
    """The ratio at most; ``None`` where there is no such wish."""
    all_open: bool = False
    """Whether all applications are open, as nobody's are."""

    @property
    def is_missed(self) -> bool:
        """Whether the figure, as it is printed, is more than it may be."""
        return self.to_reach is not None and round(self.ratio, 2) > self.to_reach

    def cells(self) -> tuple[str, ...]:
        """The row's cells in words; a figure that is too large is marked."""
        return (
            self.what,
            self.floor,
            "" if self.size is None else f"{self.size:,}{' open' if self.all_open else ''}",
            f"{self.ratio:.2f}{'!' if self.is_missed else ' '}",
            "" if self.to_reach is None else f"≤ {self.to_reach:g}",
        )


def table(rows: Iterable[Row]) -> str:
    """The rows below their headings, those of the same thing together; columns as wide as the widest cell."""
    alike: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        alike[row.what].append(row)
    rows = chain.from_iterable(alike.values())
    lines = [HEADINGS, *(row.cells() for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "".join(f"{_line(cells, widths)}\n" for cells in lines)


def _line(cells: Iterable[str], widths: Iterable[int]) -> str:
    """Words to the left, figures to the right."""
    aligned = (
        cell.ljust(width) if place < 2 else cell.rjust(width)
        for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return "  ".join(aligned).rstrip()
