"""Side by side what stands at the same height."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lane:
    """Which of how many equal strips of the width something has."""

    number: int
    of: int


def share_out(spans: Sequence[tuple[int, int]], most: int, left: int) -> list[Lane | None]:
    """The lane of each span (top, bottom), in the order given; what overlaps never shares a lane.

    Spans linked by overlaps share the width between them; one that overlaps nothing has all of it. Where they
    would need more than ``most`` lanes, there are ``left`` of them, and the last is for a word on those that
    found no room, which have ``None``.
    """
    order = sorted(range(len(spans)), key=lambda n: (spans[n][0], -spans[n][1]))
    lanes: list[Lane | None] = [None] * len(spans)
    cluster: list[tuple[int, int]] = []
    ends: list[int] = []
    last = 0

    def close() -> None:
        of, shown = (left, left - 1) if len(ends) > most else (len(ends), most)
        for n, lane in cluster:
            if lane < shown:
                lanes[n] = Lane(lane, of)

    free, before = 0, None
    for n in order:
        if free < most or spans[n] != before:  # of very many at one hour, all but the first find no room
            before = top, bottom = spans[n]
            if cluster and top >= last:
                close()
                cluster, ends, last = [], [], 0
            last = max(last, bottom)
            # Beyond the most, all that counts is that there is one more.
            free = next((lane for lane, end in enumerate(ends[:most]) if end <= top), min(len(ends), most))
            ends[free : free + 1] = [bottom]
        cluster.append((n, free))
    close()
    return lanes


def in_runs(spans: Sequence[tuple[int, int]], height: int) -> Iterator[list[int]]:
    """The numbers of spans by runs: those that follow on each other without a gap, begun within a height."""
    run: list[int] = []
    first = last = 0
    for n in sorted(range(len(spans)), key=spans.__getitem__):
        top, bottom = spans[n]
        if run and (top >= first + height or top > last + 1):
            yield run
            run = []
        if not run:
            first, last = top, bottom
        run.append(n)
        last = max(last, bottom)
    if run:
        yield run
