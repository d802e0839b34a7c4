"""Tests that go over all there is of a kind: some in every run, all of them by ``make sweeps``."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from _pytest.mark import ParameterSet

IS_SWEEP = os.environ.get("FOLLOWUP_SWEEP") == "1"
"""Whether ``make sweeps`` runs, which tries each property on ten times as many examples."""


def examples(in_every_run: int) -> int:
    """On how many examples Hypothesis tries a property."""
    return in_every_run * 10 if IS_SWEEP else in_every_run


def swept(cases: Iterable[Any], in_every_run: Callable[[Any], bool]) -> list[ParameterSet]:
    """The cases for ``pytest.mark.parametrize``; those that are not in every run are marked as a sweep."""
    return [
        pytest.param(*_arguments(case), marks=() if in_every_run(case) else pytest.mark.sweep)
        for case in cases
    ]


def every(step: int, cases: Iterable[Any]) -> list[ParameterSet]:
    """The cases, of which each ``step``-th is in every run, the first among them."""
    return [
        pytest.param(*_arguments(case), marks=() if place % step == 0 else pytest.mark.sweep)
        for place, case in enumerate(cases)
    ]


def _arguments(case: Any) -> tuple[Any, ...]:
    return case if isinstance(case, tuple) else (case,)
