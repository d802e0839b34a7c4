"""Spares a start what ``dataclasses`` does for methods that nobody calls."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from functools import cached_property, partial
from typing import Any

_Method = Callable[..., Any]


def compile_when_called() -> None:
    """Have the methods of a dataclass compiled when one is first looked up, from now on.

    Python writes six of them for a frozen class, and compiles each by itself: of 160 classes that was a
    seventh of a start, which has use for few of them, and for little but their ``__init__``. Python 3.13
    compiles those of a class at once, and is left to it.
    """
    create: Any = getattr(dataclasses, "_create_fn", None)
    if getattr(create, "__module__", None) == dataclasses.__name__:
        dataclasses._create_fn = partial(_Uncompiled, create)  # type: ignore[attr-defined]


class _Uncompiled:
    """Stands for a method in its class, until it is looked up there."""

    def __init__(self, create: Callable[..., _Method], name: str, *text: Any, **names: Any) -> None:
        self.__name__ = self.__qualname__ = name
        self._create = partial(create, name, *text, **names)

    @cached_property
    def _method(self) -> _Method:
        return self._create()

    def __get__(self, instance: object, owner: type) -> _Method:
        for each in owner.__mro__:
            if each.__dict__.get(self.__name__) is self:
                self._method.__qualname__ = f"{each.__qualname__}.{self.__name__}"
                setattr(each, self.__name__, self._method)
        bound: _Method = self._method.__get__(instance, owner)
        return bound

    def __call__(self, *values: Any) -> Any:
        return self._method(*values)  # a ``__repr__`` is called by what keeps it from repeating itself
