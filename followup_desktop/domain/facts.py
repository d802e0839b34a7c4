"""What is known of a fact, in the one row where it is declared.

A fact is an attribute of a dataclass of ``domain.model``, declared by ``fact``: its kind says what its values
are, its default whether it may be missing. Storage, the interchange file, the checks of the forms, the search
and the fields of the detail read this table (``facts_of``), so that a new fact is a row here, a migration and
its words. The order of the attributes is that of the keys in the interchange file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import MISSING, dataclass, field, fields
from enum import Enum, StrEnum, auto
from functools import cache
from typing import Any

from followup_desktop.domain import checks

Check = Callable[[Any, str], Any]
"""Takes a value and the name of its field, gives it as it is kept; raises ``Refused``."""


class Kind(Enum):
    """What the values of a fact are."""

    ID = auto()
    """The id of the thing itself."""
    REFERENCE = auto()
    """The id of another thing."""
    REFERENCES = auto()
    """Ids of other things, in the user's order, each once."""
    KEY = auto()
    """The key of a follow-up."""
    NAME = auto()
    """A text that may not be empty."""
    TEXT = auto()
    TEXTS = auto()
    """Names, in the user's order, each once."""
    FLAG = auto()
    DATE = auto()
    INSTANT = auto()
    WALL_TIME = auto()
    FOLD = auto()
    MINUTES = auto()
    ZONE = auto()
    COUNTRY = auto()
    FIT = auto()
    PRIORITY = auto()
    MEMBER = auto()
    """A member of an enumeration."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of a thing, by the name of its attribute.

    ``key`` names it in the interchange file. A ``required`` one has no default; one that is ``nullable`` may
    be ``None``. ``members`` are the values of a ``MEMBER``; the search finds the text of a ``searched`` one.
    """

    name: str
    kind: Kind
    key: str
    members: tuple[StrEnum, ...]
    searched: bool
    required: bool
    nullable: bool

    def check(self, value: Any, place: str) -> Any:
        """The value as it is kept; ``Refused``, with the place, if it is none of this fact."""
        if value is None and self.nullable:
            return None
        if self.kind is Kind.MEMBER:
            return checks.check_member(value, place, self.members)
        return _CHECKS[self.kind](value, place)


def fact(
    kind: Kind,
    *,
    default: Any = MISSING,
    key: str = "",
    members: type[StrEnum] | tuple[StrEnum, ...] = (),
    searched: bool = False,
) -> Any:
    """Declare a fact as an attribute of a dataclass; without a default it is required."""
    row = {"kind": kind, "key": key, "members": tuple(members), "searched": searched}
    return field(default=default, metadata={_ROW: row})


@cache
def facts_of(thing: type) -> tuple[Fact, ...]:
    """The facts of a dataclass, in the order of the interchange file; its parts that are things are none."""
    return tuple(
        Fact(
            name=attribute.name,
            required=attribute.default is MISSING,
            nullable=attribute.default is None,
            **row | {"key": row["key"] or attribute.name},
        )
        for attribute in fields(thing)
        if (row := attribute.metadata.get(_ROW)) is not None
    )


def fact_of(thing: type, name: str) -> Fact:
    """The fact of that name."""
    return next(each for each in facts_of(thing) if each.name == name)


def searched_texts(thing: Any) -> Iterator[str]:
    """The texts of a thing by which the search finds it."""
    kind: type = type(thing)
    for each in _searched(kind):
        value = getattr(thing, each.name)
        if each.kind is Kind.TEXTS:
            yield from value
        else:
            yield value


@cache
def _searched(thing: type) -> tuple[Fact, ...]:
    return tuple(each for each in facts_of(thing) if each.searched)


_ROW = "fact"


def _each(check: Check) -> Check:
    return lambda values, place: tuple(dict.fromkeys(check(value, place) for value in values))


_CHECKS: dict[Kind, Check] = {
    Kind.ID: checks.check_id,
    Kind.REFERENCE: checks.check_id,
    Kind.REFERENCES: _each(checks.check_id),
    Kind.KEY: checks.check_key,
    Kind.NAME: checks.clean_name,
    Kind.TEXT: checks.clean_text,
    Kind.TEXTS: _each(checks.clean_name),
    Kind.FLAG: checks.check_flag,
    Kind.DATE: checks.check_date,
    Kind.INSTANT: checks.check_instant,
    Kind.WALL_TIME: checks.check_wall_time,
    Kind.FOLD: checks.check_fold,
    Kind.MINUTES: checks.check_minutes,
    Kind.ZONE: checks.check_zone,
    Kind.COUNTRY: checks.check_country,
    Kind.FIT: checks.check_fit,
    Kind.PRIORITY: checks.check_priority,
}
