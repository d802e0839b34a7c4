"""Widths for the columns of a table that has less room than they want."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

Column = TypeVar("Column")


def share_out(wanted: Mapping[Column, int], least: Mapping[Column, int], room: int) -> dict[Column, int]:
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
