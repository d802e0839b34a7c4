"""Spares a start the patterns that it has no use for."""

from __future__ import annotations

import re
import sys
from functools import cached_property
from typing import Any

_IN_A_FUNCTION = 0x1  # CO_OPTIMIZED, which neither a module's code nor a class's has
_compile_now = re.compile


def compile_when_used() -> None:
    """Have a pattern that a module or a class makes for itself compiled when it is first used, from now on.

    There are 90 at a start, those of other packages included, which took a thirtieth of it.
    """
    re.compile = _compile


def _compile(pattern: Any, flags: Any = 0) -> Any:
    if sys._getframe(1).f_code.co_flags & _IN_A_FUNCTION:
        return _compile_now(pattern, flags)
    return _PatternStandIn(pattern, flags)


class _PatternStandIn:
    """Stands for a pattern, and keeps as its own what was once taken from that."""

    def __init__(self, *asked: Any) -> None:
        self._asked = asked

    @property  # type: ignore[misc]
    def __class__(self) -> Any:  # for the functions of ``re``, which take patterns, too
        return re.Pattern

    @cached_property
    def _compiled(self) -> re.Pattern[Any]:
        return _compile_now(*self._asked)

    def __getattr__(self, name: str) -> Any:
        taken = getattr(self._compiled, name)
        setattr(self, name, taken)
        return taken
