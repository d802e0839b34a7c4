"""Spares a start what records do for nobody: methods that are called a few times or never, and types."""

from __future__ import annotations

import collections
import dataclasses
import inspect
import re
import typing
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, partial
from typing import Any

_FIELD: Any = getattr(dataclasses, "_FIELD", None)  # neither of a class alone nor of ``__init__`` alone
_MAKE: Any = getattr(typing, "_make_nmtuple", None)
_Method = Callable[..., Any]
_FEW = 16
"""So often a class makes a record without being compiled, which takes as long as twenty of these.

And so often it compares two.
"""
_FIELDS_OF_SELF = re.compile(r"\bself\.(\w+)")
"""In ``(self.number,self.names,)``."""


class _WithoutSignatures:
    """What ``dataclasses`` looks for to describe a class without a docstring, as all are in a package.

    It would load the modules that read code, and have the ``__init__`` compiled, for nobody to read.
    """

    def signature(self, _described: type) -> str:
        return ""

    def __getattr__(self, name: str) -> Any:
        return getattr(inspect, name)


_WITHOUT_SIGNATURES = _WithoutSignatures()


def compile_when_called() -> None:
    """Have the methods of a dataclass written and compiled when one is first looked up, from now on.

    Python writes six of them for a frozen class, and compiles each by itself: of 160 classes that was a
    seventh of a start, which has use for few of them, and for little but their ``__init__``. Of that most
    make a record or two: to compile these took 10 of 400 ms. Python 3.13 compiles the methods of a class at
    once, and is left to it.
    """
    if isinstance(getattr(dataclasses, "_create_fn", None), type(compile_when_called)):
        _put_off("_init_fn", _Init)
        _put_off("_repr_fn", lambda make, *asked: _MethodStandIn("__repr__", partial(make, *asked)))
        _put_off("_hash_fn", lambda make, *asked: _MethodStandIn("__hash__", partial(make, *asked)))
        _put_off("_cmp_fn", _compared)
        _put_off("_frozen_get_del_attr", _frozen)
        _put_off("_is_type", _is_type)
        vars(dataclasses)["inspect"] = _WITHOUT_SIGNATURES


def _put_off(name: str, put_off: Callable[..., Any]) -> None:
    make = getattr(dataclasses, name)
    if not isinstance(make, partial):
        setattr(dataclasses, name, partial(put_off, make))


def _compared(make: _Method, name: str, sign: str, own: str, *asked: Any, **names: Any) -> _MethodStandIn:
    create = partial(make, name, sign, own, *asked, **names)
    return _Equals(create, own) if name == "__eq__" else _MethodStandIn(name, create)


def _frozen(make: _Method, *asked: Any) -> tuple[_MethodStandIn, ...]:
    return (
        _MethodStandIn("__setattr__", lambda: make(*asked)[0]),
        _MethodStandIn("__delattr__", lambda: make(*asked)[1]),
    )


def _is_type(look: Callable[..., bool], annotation: str, *asked: Any) -> bool:
    """Whether the annotation is a ``ClassVar``, ``InitVar`` or ``KW_ONLY``, by that name.

    Each is looked for in each annotation by a pattern and in two modules, 22 of 1,118 million instructions.
    """
    return ("Var" in annotation or "KW_ONLY" in annotation) and look(annotation, *asked)


class _MethodStandIn:
    """Stands for a method in its class, until it is looked up there."""

    def __init__(self, name: str, create: Callable[[], _Method]) -> None:
        self.__name__ = self.__qualname__ = name
        self._create = create

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


class _Equals(_MethodStandIn):
    """Compares the first records of a class field by field; ``own`` is their tuple as it is written."""

    def __init__(self, create: Callable[[], _Method], own: str) -> None:
        super().__init__("__eq__", create)
        self._fields = _FIELDS_OF_SELF.findall(own)
        self._left = _FEW

    def __get__(self, instance: object, owner: type) -> _Method:
        if instance is None or not self._left:
            return super().__get__(instance, owner)
        self._left -= 1
        return partial(self._equal, instance)

    def _equal(self, record: object, other: object) -> Any:
        if other.__class__ is not record.__class__:
            return NotImplemented
        return self._values(record) == self._values(other)

    def _values(self, record: object) -> tuple[Any, ...]:
        return tuple(getattr(record, field) for field in self._fields)


class _Init(_MethodStandIn):
    """Fills the first records of a class field by field."""

    def __init__(
        self,
        make: _Method,
        fields: Sequence[dataclasses.Field[Any]],
        in_order: Sequence[dataclasses.Field[Any]],
        *asked: Any,
    ) -> None:
        super().__init__("__init__", partial(make, fields, in_order, *asked))
        _by_name, is_frozen, self._has_more, _self_name, _names, self._has_slots = asked
        self._fields = fields
        self._in_order = [field.name for field in in_order]
        self._known = {field.name for field in fields if field.init}
        self._set: Callable[[object, str, object], None] = object.__setattr__ if is_frozen else setattr
        are_kept = all(field._field_type is _FIELD for field in fields)  # type: ignore[attr-defined]
        self._left = _FEW if are_kept else 0

    def __get__(self, instance: object, owner: type) -> _Method:
        if instance is None or not self._left:
            return super().__get__(instance, owner)
        self._left -= 1
        return partial(self._fill, instance, owner)

    def _fill(self, record: Any, owner: type, *values: Any, **named: Any) -> None:
        given = dict(zip(self._in_order, values, strict=False))
        is_right = len(values) <= len(self._in_order) and named.keys() <= self._known - given.keys()
        given |= named
        for field in self._fields if is_right else ():
            if field.name in given:
                self._set(record, field.name, given[field.name])
            elif field.default is not dataclasses.MISSING:
                if field.init or self._has_slots:
                    self._set(record, field.name, field.default)
            elif field.default_factory is not dataclasses.MISSING:
                self._set(record, field.name, field.default_factory())
            elif field.init:
                is_right = False
        if not is_right:  # which Python tells in its own words
            super().__get__(record, owner)(*values, **named)
        elif self._has_more:
            record.__post_init__()


def leave_types_written() -> None:
    """Have the types of a ``NamedTuple`` stay the words that they are written in, from now on.

    Where annotations are words, ``typing`` compiles each, to see whether it could be a type: 110 at a start
    took 1 of 260 ms. ``typing.get_type_hints`` tells the same of either. Python 3.14 no longer does so.
    """
    code = getattr(_MAKE, "__code__", None)
    if code is not None and code.co_varnames[:4] == ("name", "types", "module", "defaults"):
        vars(typing)["_make_nmtuple"] = _made


def _made(
    name: str, types: Iterable[tuple[str, object]], module: str, defaults: Sequence[object] = ()
) -> Any:
    fields = dict(types)
    if not all(isinstance(written, str) for written in fields.values()):
        return _MAKE(name, fields.items(), module, defaults)
    made: Any = collections.namedtuple(name, fields, defaults=defaults, module=module)  # type: ignore[misc]
    made.__annotations__ = made.__new__.__annotations__ = fields
    return made
