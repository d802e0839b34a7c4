"""Spares a start most of what Python does to write down Qt's enumerations."""

from __future__ import annotations

import enum
import sys
from functools import cache
from typing import Any

_PLAIN: Any = enum.EnumType.__call__
_BASES = frozenset({enum.Enum, enum.IntEnum, enum.Flag, enum.IntFlag})
_VERSIONS = ((3, 11), (3, 12))
"""Those whose enumerations were compared; others may keep their members in other ways."""


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
    """What ``base(name, pairs, boundary=enum.KEEP)`` makes: an enumeration of these members."""
    taken, content = _empty(base)
    if any(member in taken or member.startswith("_") for member, _number in pairs):
        return _PLAIN(base, name, pairs, boundary=enum.KEEP)
    made: Any = type.__new__(enum.EnumType, name, (base,), dict(content))
    as_number, is_flag = issubclass(base, int), issubclass(base, enum.Flag)
    by_name: dict[str, Any] = {}
    by_number: dict[int, Any] = {}
    in_order: list[str] = []
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
        type.__setattr__(made, member, one)
    made._member_map_, made._value2member_map_, made._member_names_ = by_name, by_number, in_order
    made._unhashable_values_ = []
    if is_flag:
        made._flag_mask_, made._singles_mask_ = bits, single_bits
        made._all_bits_ = 2 ** bits.bit_length() - 1
        numbers = [by_name[member]._value_ for member in in_order]
        if numbers != sorted(numbers):
            made._iter_member_ = made._iter_member_by_def_
    return made


@cache
def _empty(base: Any) -> tuple[frozenset[str], dict[str, Any]]:
    """The names that mean something in such an enumeration, and what Python writes in one without members."""
    content = dict(vars(_PLAIN(base, "_", [], boundary=enum.KEEP)))
    return frozenset(name for each in base.__mro__ for name in vars(each)) | {"mro", ""}, content
