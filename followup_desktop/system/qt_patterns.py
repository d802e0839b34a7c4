"""Spares a start the patterns with which PySide6 reads signatures, for errors and for editors."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any

_READER = "shibokensupport."


@contextmanager
def patterns_put_off() -> Iterator[None]:
    """Have the patterns that PySide6's reader of signatures compiles within this compiled when first used.

    It is loaded with PySide6. Its three patterns, of nested brackets, took a twentieth of a start.
    """
    plain = re.compile

    def compile_later(pattern: Any, flags: Any = 0) -> Any:
        asking = sys._getframe(1).f_globals.get("__name__", "")
        return _Later(pattern, flags) if asking.startswith(_READER) else plain(pattern, flags)

    re.compile = compile_later
    try:
        yield
    finally:
        re.compile = plain


class _Later:
    """A pattern whose methods can be taken from it before it is compiled."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._asked = pattern, flags

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(*self._asked)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def method(*values: Any, **named: Any) -> Any:
            return getattr(self._compiled, name)(*values, **named)

        return method
