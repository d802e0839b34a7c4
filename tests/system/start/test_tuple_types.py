"""Named tuples whose types stay the words they are written in are the same otherwise."""

from __future__ import annotations

import copy
import pickle
import typing
from typing import Any, Generic, NamedTuple, TypeVar

import pytest

from followup_desktop.system.start.record_methods import _MAKE, leave_types_written

Thing = TypeVar("Thing")


def _classes() -> tuple[Any, ...]:
    class Plain(NamedTuple):
        """Documented."""

        number: int
        names: tuple[str, ...] = ()

        @property
        def doubled(self) -> int:
            return 2 * self.number

    class Of(NamedTuple, Generic[Thing]):
        number: int
        thing: Thing | None = None

    return Plain, Of, NamedTuple("Called", [("number", int), ("other", "str")])


def _told(class_: type[Any]) -> list[object]:
    given = {"other": "a"} if "other" in class_._fields else {}
    one, same, another = class_(number=1, **given), class_(1, **given), class_(2, **given)
    return [
        *(repr(one), one == same, one < another, hash(one) == hash(same), tuple(one), class_.__doc__),
        *(class_._fields, class_._field_defaults, one._replace(number=5), one._asdict(), copy.copy(one)),
        *(class_.__match_args__, class_.__bases__, getattr(one, "doubled", None)),
        typing.get_type_hints(class_, localns={"Thing": Thing}),
        str(class_.__annotations__.keys()),
    ]


@pytest.mark.parametrize("number", range(3), ids=["plain", "generic", "called"])
def test_a_named_tuple_is_the_same_whether_its_types_are_looked_at_or_not(
    monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    monkeypatch.setattr(typing, "_make_nmtuple", _MAKE)
    looked_at = _classes()[number]
    leave_types_written()
    assert _told(_classes()[number]) == _told(looked_at)


class Kept(NamedTuple):
    """One that pickle finds."""

    number: int


def test_one_can_be_pickled() -> None:
    assert pickle.loads(pickle.dumps(Kept(3))) == Kept(3)


def test_types_that_are_words_are_compiled_by_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    leave_types_written()
    monkeypatch.setattr(typing, "ForwardRef", None)  # which would compile them

    class Made(NamedTuple):
        number: int

    assert Made.__annotations__ == {"number": "int"}


def test_what_python_calls_otherwise_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def another(name: str, fields: object, annotate: object) -> None:
        """As in a Python to come."""

    monkeypatch.setattr(typing, "_make_nmtuple", another, raising=False)
    monkeypatch.setattr("followup_desktop.system.start.record_methods._MAKE", another)
    leave_types_written()
    assert vars(typing)["_make_nmtuple"] is another
