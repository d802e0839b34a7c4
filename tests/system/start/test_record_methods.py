"""Dataclasses whose methods are compiled when they are first called are the same otherwise."""

from __future__ import annotations

import copy
import dataclasses
import inspect
from dataclasses import KW_ONLY, FrozenInstanceError, InitVar, dataclass, field, replace
from typing import Any, ClassVar

import pytest

from followup_desktop.system.start.record_methods import compile_when_called


def _classes() -> tuple[type[Any], ...]:
    """One of each kind that the program has, and others, as ``dataclass`` makes them now."""

    @dataclass(frozen=True, slots=True)
    class Base:
        kind: ClassVar[str] = "base"
        number: int
        names: list[str] = field(default_factory=list)

    @dataclass(frozen=True, slots=True)
    class Derived(Base):
        """Documented."""

        other: object = field(default=None, compare=False)

    @dataclass(order=True, kw_only=True)
    class Ordered:
        number: int
        doubled: int = field(init=False, default=0)

        def __post_init__(self) -> None:
            self.doubled = 2 * self.number

    @dataclass
    class Begun:
        number: int
        start: InitVar[int] = 2
        rows: list[int] = field(init=False, default_factory=list)

        def __post_init__(self, start: int) -> None:
            self.rows.append(start)

    return Base, Derived, Ordered, Begun


def _keep_dataclasses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have what is put off be so in this test alone."""
    for name in (
        "_init_fn",
        "_repr_fn",
        "_hash_fn",
        "_cmp_fn",
        "_frozen_get_del_attr",
        "_is_type",
        "inspect",
    ):
        monkeypatch.setattr(dataclasses, name, getattr(dataclasses, name))


@pytest.fixture(params=range(4), ids=["base", "derived", "ordered", "begun"])
def both(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> tuple[type[Any], type[Any]]:
    """The same class made in the common way, and after ``compile_when_called``."""
    plain = _classes()[request.param]
    _keep_dataclasses(monkeypatch)
    compile_when_called()
    compile_when_called()
    return plain, _classes()[request.param]


def _told(class_: type[Any]) -> list[object]:
    """What objects of the class do and say, in words."""
    one, same, another = class_(number=1), class_(number=1), class_(number=2)
    loop = class_(number=3)
    object.__setattr__(loop, "number", loop)
    told: list[object] = [repr(one), repr(loop), one == same, one == another, one != another, one == 1]
    told += [replace(one, number=5), copy.deepcopy(one), dataclasses.asdict(one), class_.__doc__]
    told += [str(inspect.signature(class_)), class_.__match_args__, class_.__init__.__qualname__]
    for act in (
        lambda: hash(one),
        lambda: (one < another, one >= another),
        lambda: setattr(one, "number", 7),
        lambda: delattr(one, "number"),
        lambda: class_(1, 2, 3, 4),
        class_,
    ):
        try:
            told.append(type(act()).__name__)
        except (TypeError, FrozenInstanceError) as error:
            told.append((type(error), str(error).replace("'", "")))
    return [str(each) for each in told]


@pytest.mark.skipif(not hasattr(dataclasses, "_create_fn"), reason="this Python compiles them at once")
def test_a_dataclass_is_the_same_whenever_its_methods_are_compiled(
    both: tuple[type[Any], type[Any]],
) -> None:
    plain, later = both
    assert _told(later) == _told(plain)
    assert _told(later) == _told(plain)  # when all of them are compiled, too


def test_a_method_that_is_called_often_is_compiled_and_stands_in_its_class(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _keep_dataclasses(monkeypatch)
    compile_when_called()

    @dataclass(frozen=True)
    class Made:
        """Documented: else its documentation asks for its parameters."""

        number: int

    class Heir(Made):
        pass

    before = vars(Made)["__init__"]
    assert [Heir(number).number for number in range(100)] == list(range(100))
    assert inspect.isfunction(vars(Made)["__init__"]) and not inspect.isfunction(before)


def test_records_that_are_compared_often_are_compared_alike_before_and_after(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _keep_dataclasses(monkeypatch)
    compile_when_called()

    @dataclass(frozen=True)
    class Made:
        """Documented: else its documentation asks for its parameters."""

        number: int
        note: str = field(default="", compare=False)

    class Heir(Made):
        pass

    before = vars(Made)["__eq__"]
    for _each in range(100):
        assert Made(1, "a") == Made(1, "b") and Made(1) != Made(2)
        assert Made(1) != Heir(1) and Heir(1) == Heir(1)
    assert inspect.isfunction(vars(Made)["__eq__"]) and not inspect.isfunction(before)


def test_what_stands_behind_kw_only_is_given_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    _keep_dataclasses(monkeypatch)
    compile_when_called()

    @dataclass
    class Named:
        number: int
        _: KW_ONLY
        name: str

    assert Named(1, name="one").name == "one"
    with pytest.raises(TypeError):
        Named(1, "one")  # type: ignore[call-arg]
