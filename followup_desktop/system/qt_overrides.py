"""Keeps an error in a method that Qt calls from ending the process."""

from __future__ import annotations

import sys
from functools import cache, update_wrapper
from types import FunctionType, MethodDescriptorType
from typing import Any


def keep_errors_in_overrides_whole() -> None:
    """Have an error in what overrides a method of Qt reach ``sys.excepthook``, in classes made from now on.

    Before Python 3.12 an error that C raises, as ``int("x")`` does, is its kind and its text until something
    catches it. PySide6 6.12 takes that text for the error, to write the name of the method into it, and reads
    memory that isn't there: the process ends without a word. So it is caught, and raised again.
    """
    if sys.version_info >= (3, 12):
        return
    from PySide6.QtCore import QObject

    every: Any = QObject.__mro__[1]

    def take_in(cls: Any, /, **options: Any) -> None:
        super(every, cls).__init_subclass__(**options)
        _keep_overrides(cls)

    every.__init_subclass__ = classmethod(take_in)


def _keep_overrides(cls: Any) -> None:
    line = cls.__mro__
    of_qt = next(one for one in line if one.__module__.startswith("PySide6."))
    methods = _methods(of_qt)
    for owner in line[: line.index(of_qt)]:
        for name, method in list(vars(owner).items()):
            if name in methods and type(method) is FunctionType and "__wrapped__" not in vars(method):
                setattr(owner, name, _kept(method))


@cache
def _methods(cls: Any) -> frozenset[str]:
    # Shiboken takes 2 microseconds to say that a class has no such attribute: 3 ms for those of a start.
    names = (
        name
        for base in cls.__mro__
        for name, value in vars(base).items()
        if type(value) is MethodDescriptorType
    )
    return frozenset(name for name in names if name[0] != "_")


def _kept(method: FunctionType) -> Any:
    code = method.__code__
    is_plain = not (method.__defaults__ or code.co_kwonlyargcount or code.co_flags & _TAKES_MORE)
    return update_wrapper(_OF_SO_MANY.get(code.co_argcount if is_plain else 0, _of_any)(method), method)


# What takes any arguments costs three times as much, which is a fiftieth of the next row's detail: Qt calls
# six hundred of them.


def _of_one(method: FunctionType) -> Any:
    def kept(one: Any, /) -> Any:
        try:
            return method(one)
        except BaseException:  # noqa: TRY203 - to catch it is what makes an error of it
            raise

    return kept


def _of_two(method: FunctionType) -> Any:
    def kept(one: Any, two: Any, /) -> Any:
        try:
            return method(one, two)
        except BaseException:  # noqa: TRY203
            raise

    return kept


def _of_any(method: FunctionType) -> Any:
    def kept(*given: Any, **named: Any) -> Any:
        try:
            return method(*given, **named)
        except BaseException:  # noqa: TRY203
            raise

    return kept


_OF_SO_MANY = {1: _of_one, 2: _of_two}
_TAKES_MORE = 0x4 | 0x8
"""The marks of code that takes any arguments (``inspect.CO_VARARGS``, ``CO_VARKEYWORDS``)."""
