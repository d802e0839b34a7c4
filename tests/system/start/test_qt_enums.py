"""Enumerations put together at once are those that Python makes member by member."""

from __future__ import annotations

import enum
import inspect
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6 import QtCore, QtGui, QtNetwork, QtWidgets

from followup_desktop.system.start.qt_enums import enumeration
from tests.tables import tabled

MODULES = (QtCore, QtGui, QtNetwork, QtWidgets)
BASES = (enum.IntFlag, enum.Flag, enum.IntEnum, enum.Enum)


def asked_for() -> Iterator[tuple[Any, str, list[tuple[str, int]]]]:
    """Every enumeration of these modules, as PySide6 asked for it."""
    for module in MODULES:
        for _name, owner in inspect.getmembers(module, inspect.isclass):
            for name, made in vars(owner).items():
                if isinstance(made, enum.EnumType) and made.__name__ == name:
                    base = next(kind for kind in BASES if issubclass(made, kind))
                    members: dict[str, Any] = dict(made.__members__)
                    yield base, name, [(key, each.value) for key, each in members.items()]


def told(made: Any) -> dict[str, Any]:
    """All that an enumeration says of itself; the class itself apart, which is another."""
    content: dict[str, Any] = {}
    assert len(made) >= 0  # which asks for the members
    for name, value in vars(made).items():
        if isinstance(value, made):
            facts = {fact: said for fact, said in vars(value).items() if fact != "__objclass__"}
            content[name] = (facts, vars(value)["__objclass__"] is made, repr(value), str(value), hash(value))
        elif name not in ("__dict__", "__weakref__", "__module__", "_member_map_", "_value2member_map_"):
            content[name] = getattr(value, "__func__", value)
    return content | {
        "members": [(name, each.name) for name, each in made.__members__.items()],
        "in order": [each.name for each in made],
        "by number": [(number, each.name) for number, each in made._value2member_map_.items()],
    }


def test_every_enumeration_of_qt_is_as_python_makes_it() -> None:
    found = list(asked_for())
    assert len(found) > 600
    for base, name, pairs in found:
        plain = base(name, pairs, boundary=enum.KEEP)
        assert told(enumeration(base, name, pairs)) == told(plain), name


@tabled("base", BASES)
@tabled("name", ["name", "value", "real", "mro", "_own", "__or__"])
def test_a_name_that_means_something_to_python_is_left_to_it(base: Any, name: str) -> None:
    pairs = [("plain", 1), (name, 2)]
    expected: Any = None
    try:
        expected = told(base("E", pairs, boundary=enum.KEEP))
    except Exception as error:  # noqa: BLE001 - whatever Python says of it
        with pytest.raises(type(error)):
            enumeration(base, "E", pairs)
    else:
        assert told(enumeration(base, "E", pairs)).keys() == expected.keys()


def test_flags_are_put_together_from_such_an_enumeration() -> None:
    made = enumeration(enum.Flag, "Side", [("NONE", 0), ("LEFT", 1), ("RIGHT", 2), ("BOTH", 3), ("TOP", 4)])
    assert (made.LEFT | made.RIGHT) is made.BOTH
    assert made.TOP not in made.BOTH
    assert list(made.BOTH) == [made.LEFT, made.RIGHT]
    assert (made.LEFT | made(8)).value == 9
    assert ~made.LEFT == made.RIGHT | made.TOP
