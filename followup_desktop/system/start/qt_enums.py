"""Spares a start most of what Python does to write down Qt's enumerations."""

from __future__ import annotations

import enum
import sys
from functools import cache, partial
from threading import RLock
from typing import Any

_PLAIN: Any = enum.EnumType.__call__
_BASES = frozenset({enum.Enum, enum.IntEnum, enum.Flag, enum.IntFlag})
_VERSIONS = ((3, 11), (3, 12))
"""The versions of Python whose enumerations were compared; others may keep their members in other ways."""
_ASKED_FOR = "_asked_for_"
_FILLING = RLock()


def put_enumerations_together() -> None:
    """Have each enumeration of Qt made as a whole, not member by member, from now on.

    PySide6 makes those of a class along with the class, 285 at a start and of up to 471 members. Python takes
    25 microseconds for a member, to look for an alias and to delete and set it in the class, which was a
    ninth of a start.
    """
    if sys.version_info[:2] in _VERSIONS:
        enum.EnumType.__call__ = _call  # type: ignore[method-assign]


def _call(cls: Any, value: Any, names: Any = None, *rest: Any, **options: Any) -> Any:
    # What PySide6 asks for is pairs of a name and a number, and to keep numbers that no member stands for.
    if names is None or cls not in _BASES or options != {"boundary": enum.KEEP} or rest:
        return _PLAIN(cls, value, names, *rest, **options)
    return enumeration(cls, value, names)


def enumeration(base: Any, name: str, pairs: list[tuple[str, int]]) -> Any:
    """What ``base(name, pairs, boundary=enum.KEEP)`` makes: an enumeration of these members.

    They are made when one of them, or anything about them, is first asked for.
    """
    taken, content = _empty(base)
    if any(member in taken or member.startswith("_") for member, _number in pairs):
        return _PLAIN(base, name, pairs, boundary=enum.KEEP)
    own: dict[str, Any] = {
        "_member_map_": {},
        "_value2member_map_": {},
        "_member_names_": [],
        "_unhashable_values_": [],
    }
    return type.__new__(_LazyEnumType, name, (base,), content | own | {_ASKED_FOR: (base, pairs)})


class _LazyEnumType(enum.EnumType):
    """The kind of an enumeration whose members there are not yet: of 290, a start asks 38 for theirs.

    Shiboken takes one for an enumeration by what its members are. It doesn't when a signal is declared for
    values of it, which so has to name a member's class.
    """

    _member_map_ = property(lambda made: _filled(made)._member_map_)
    _member_names_ = property(lambda made: _filled(made)._member_names_)
    _value2member_map_ = property(lambda made: _filled(made)._value2member_map_)

    def __getattr__(cls, name: str) -> Any:
        return getattr(_filled(cls), name)


def _filled(made: Any) -> Any:
    """The enumeration with its members, of the common kind from then on."""
    with _FILLING:
        if (asked_for := vars(made).get(_ASKED_FOR)) is not None:
            _fill(made, *asked_for)
            type.__delattr__(made, _ASKED_FOR)
            made.__class__ = enum.EnumType
    return made


def _fill(made: Any, base: Any, pairs: list[tuple[str, int]]) -> None:
    put, content = partial(type.__setattr__, made), vars(made)
    by_name, by_number = content["_member_map_"], content["_value2member_map_"]
    in_order = content["_member_names_"]
    as_number, is_flag = issubclass(base, int), issubclass(base, enum.Flag)
    bits = single_bits = 0
    for member, number in pairs:
        is_single = number != 0 and number & (number - 1) == 0
        bits |= number
        single_bits |= number if is_single else 0
        one = by_number.get(number)
        if one is None:
            one = by_number[number] = int.__new__(made, number) if as_number else object.__new__(made)
            one.__dict__.update(_value_=number, _name_=member, __objclass__=made, _sort_order_=len(in_order))
            if is_single or not is_flag:
                in_order.append(member)
        by_name[member] = one
        put(member, one)
    if is_flag:
        put("_flag_mask_", bits)
        put("_singles_mask_", single_bits)
        put("_all_bits_", 2 ** bits.bit_length() - 1)
        numbers = [by_name[member]._value_ for member in in_order]
        if numbers != sorted(numbers):
            put("_iter_member_", made._iter_member_by_def_)


@cache
def _empty(base: Any) -> tuple[frozenset[str], dict[str, Any]]:
    """The names that mean something in such an enumeration, and what Python writes in one without members."""
    content = dict(vars(_PLAIN(base, "_", [], boundary=enum.KEEP)))
    return frozenset(name for each in base.__mro__ for name in vars(each)) | {"mro", ""}, content
