"""Widths for the columns of a table that has less room than they want."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

ColumnT = TypeVar("ColumnT")


def share_out(wanted: Mapping[ColumnT, int], least: Mapping[ColumnT, int], room: int) -> dict[ColumnT, int]:
    """Widths that fill no more than the room: where all can't have what they want, the widest give way first.

    None gets less than its least, even where that is more than there is room for.
    """
    short = sum(wanted.values()) - room
    widths = dict(wanted)
    while short > 0:
        giving = {name: width for name, width in widths.items() if width > least[name]}
        if not giving:
            break
        widest = max(giving.values())
        these = [name for name, width in giving.items() if width == widest]
        floor = max((width for width in giving.values() if width < widest), default=0)
        floor = max(floor, *(least[name] for name in these))
        # What can't be shared out equally the first of them give.
        step = min(widest - floor, short // len(these)) or 1
        for name in these[:short]:
            widths[name] -= step
            short -= step
    return widths


def cut_fewest(
    cells: Mapping[ColumnT, Sequence[int]],
    wanted: Mapping[ColumnT, int],
    least: Mapping[ColumnT, int],
    room: int,
) -> dict[ColumnT, int]:
    """Widths that fill no more than the room, in which as few of the cells as can be are cut.

    ``cells`` are the widths in which each cell can be read whole. A column gets no less than its least, even
    where that is more than there is room for, and no more than it wants; with more room, none gets less.
    """
    widths = dict(least)
    spare = room - sum(widths.values())
    while spare > 0:
        steps = [step for name in widths for step in _steps(name, cells[name], widths[name], wanted[name])]
        if not steps:
            break
        _made_whole, missing, name = max(steps, key=lambda step: (step[0], -step[1]))
        widths[name] += min(missing, spare)
        spare -= min(missing, spare)
    return widths


def _steps(
    name: ColumnT, cells: Sequence[int], width: int, wanted: int
) -> Iterator[tuple[float, int, ColumnT]]:
    """To which widths a column might grow: the cells made whole by a pixel, the pixels, and the column."""
    missing = sorted(cell - width for cell in cells if width < cell <= wanted)
    for number, pixels in enumerate(missing, start=1):
        yield number / pixels, pixels, name
    if width < wanted:
        yield 0.0, wanted - width, name
