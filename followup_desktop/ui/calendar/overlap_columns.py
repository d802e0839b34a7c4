"""Side by side what stands at the same height."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lane:
    """Which of how many equal strips of the width something has."""

    number: int
    of: int


def share_out(spans: Sequence[tuple[int, int]]) -> list[Lane]:
    """The lane of each span (top, bottom), in the order given; what overlaps never shares a lane.

    Spans linked by overlaps share the width between them; one that overlaps nothing has all of it.
    """
    order = sorted(range(len(spans)), key=lambda n: (spans[n][0], -spans[n][1]))
    lanes = [Lane(0, 1)] * len(spans)
    cluster: dict[int, int] = {}
    ends: list[int] = []
    for n in order:
        top, bottom = spans[n]
        if ends and top >= max(ends):
            _close(cluster, len(ends), lanes)
            cluster, ends = {}, []
        free = next((lane for lane, end in enumerate(ends) if end <= top), len(ends))
        ends[free : free + 1] = [bottom]
        cluster[n] = free
    _close(cluster, len(ends), lanes)
    return lanes


def _close(cluster: dict[int, int], width: int, lanes: list[Lane]) -> None:
    for n, lane in cluster.items():
        lanes[n] = Lane(lane, width)
