"""Tables of many short cases that one test goes through: a case of its own costs more than it takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from followup_desktop.domain.errors import Refused

Given = TypeVar("Given")


def wrong(cases: Iterable[tuple[Given, object]], make: Callable[[Given], object]) -> list[str]:
    """Each case of which something else comes than stands beside it, with what comes; also a refusal."""
    found, count = [], 0
    for given, expected in cases:
        count += 1
        try:
            made = make(given)
        except Refused as refused:
            made = refused
        if made != expected:
            found.append(f"{given!r}: {made!r}, not {expected!r}")
    assert count
    return found
