"""Widths for the columns of a table that has less room than they want."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    best = {name: _best_step(cells[name], widths[name], wanted[name]) for name in widths}
    while best and spare > 0:
        name = max(best, key=lambda name: best[name])
        _made_whole, missing = best[name]
        if not missing:
            break
        widths[name] += min(-missing, spare)
        spare -= min(-missing, spare)
        best[name] = _best_step(cells[name], widths[name], wanted[name])
    return widths


def _best_step(cells: Sequence[int], width: int, wanted: int) -> tuple[float, int]:
    """By how much a column might best grow: how many cells a pixel makes whole, and the pixels, below zero.

    Of several the shortest; zero if it has what it wants.
    """
    if width >= wanted:
        return -1.0, 0
    missing = sorted(cell - width for cell in cells if width < cell <= wanted)
    steps = ((number / pixels, -pixels) for number, pixels in enumerate(missing, start=1))
    return max(steps, default=(0.0, width - wanted))
