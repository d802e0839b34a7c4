"""Tables of many short cases that one test goes through: a case of its own costs more than it takes."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, TypeVar

import pytest

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


def tabled(names: str, cases: Iterable[Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Make one test of all the cases, as ``pytest.mark.parametrize`` would make one of each.

    All are tried, and those that fail are told, each with what it was given. It is for what is short and
    leaves nothing behind: to collect and report a test takes 3 to 4 ms, most of these cases less than one.
    """
    wanted = [name.strip() for name in names.split(",") if name.strip()]
    rows = [case if len(wanted) > 1 else (case,) for case in cases]
    assert rows

    def table_of(test: Callable[..., None]) -> Callable[..., None]:
        @wraps(test)
        def all_of_them(**fixtures: Any) -> None:
            failed: list[BaseException] = []
            for row in rows:
                given = dict(zip(wanted, row, strict=True))
                try:
                    test(**given, **fixtures)
                except (Exception, pytest.fail.Exception) as error:  # noqa: BLE001 - however it fails
                    error.add_note(f"given {given!r}")
                    failed.append(error)
            if failed:
                raise BaseExceptionGroup(f"{len(failed)} of {len(rows)} cases", failed)

        signature = inspect.signature(test)
        fixtures = [each for each in signature.parameters.values() if each.name not in wanted]
        all_of_them.__signature__ = signature.replace(parameters=fixtures)  # type: ignore[attr-defined]
        return all_of_them

    return table_of
