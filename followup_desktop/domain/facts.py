"""What is known of a fact, in the one row where it is declared.

A fact is an attribute of a dataclass of ``domain.model``, declared by ``fact``: its kind says what its values
are and how they are edited, its default whether it may be missing. Storage, the interchange file, the checks
of the forms, the search, the fields of the detail and the columns of the table of applications read this
table (``facts_of``), so that a new fact is a row there, a migration, and its words in
``services.wording.facts``. The order of the attributes is that of the keys in the interchange file.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, dataclass, field, fields
from enum import Enum, StrEnum, auto
from functools import cache
from operator import attrgetter
from typing import Any, Protocol, TypeVar, dataclass_transform

from followup_desktop.domain import checks

Check = Callable[[Any, str], Any]
"""Takes a value and the name of its field, gives it as it is kept; raises ``Refused``."""


T = TypeVar("T")


class HasId(Protocol):
    """A thing, or a row, with an identity that lasts over changes."""

    @property
    def id(self) -> str:
        """The identity, unique among its like."""


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
    PROSE = auto()
    """A text of several lines."""
    LINK = auto()
    EMAIL = auto()
    PHONE = auto()
    """Forms hold these three to their form; what a file says is taken as any text."""
    TEXTS = auto()
    """Names, in the user's order, each once."""
    FLAG = auto()
    DATE = auto()
    PAST_DATE = auto()
    """The date of something done: a form takes the name of a weekday for the last one, not the next."""
    INSTANT = auto()
    WALL_TIME = auto()
    FOLD = auto()
    MINUTES = auto()
    ZONE = auto()
    COUNTRY = auto()
    LANGUAGE = auto()
    """The code of a language."""
    FIT = auto()
    PRIORITY = auto()
    MEMBER = auto()
    """A member of an enumeration."""

    @property
    def row(self) -> KindRow:
        """What is asked of the kind elsewhere."""
        return _KINDS[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class KindRow:
    """What is asked of a kind of values.

    ``check`` gives a value as it is kept; it is ``None`` where each fact checks by its members. ``is_text``
    is a text that a user writes. ``is_number`` is a whole number, in the database and in files too, and
    stands at the right of its column. What is ``typed_in_cell`` can be changed in the table. What
    ``can_be_cut`` may end in an ellipsis there; half of another says nothing.
    """

    check: Check | None
    is_text: bool = False
    is_number: bool = False
    typed_in_cell: bool = False
    can_be_cut: bool = False


class DetailPart(Enum):
    """Where in the detail of an application or a person a fact is shown and edited."""

    HEAD = auto()
    CHIPS = auto()
    """In the head: what tells one position from another at a glance."""
    TOP = auto()
    """Below the head: what one looks up most."""
    FURTHER = auto()
    """Under the heading Details."""
    NOTES = auto()


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of a thing, by the name of its attribute.

    ``key`` names it in the interchange file. A ``required`` one has no default; one that is ``nullable`` may
    be ``None``. ``members`` are the values of a ``MEMBER``; the search finds the text of a ``searched`` one.
    ``part`` is where the detail shows it, ``after`` the fact that it follows there where that is not the one
    declared before it. ``column`` is its place in the table of applications, from 1; 0 is no column. One that
    is ``written_if_set`` came after version 1 of the interchange file, which has it only where there is one.
    """

    name: str
    kind: Kind
    key: str
    members: tuple[StrEnum, ...]
    searched: bool
    part: DetailPart | None
    after: str
    column: int
    required: bool
    nullable: bool
    written_if_set: bool

    @property
    def is_text(self) -> bool:
        """Whether its values are texts that a user writes."""
        return self.kind.row.is_text

    def check(self, value: Any, place: str) -> Any:
        """The value as it is kept; ``Refused``, with the place, if it is none of this fact."""
        if value is None and self.nullable:
            return None
        check = self.kind.row.check
        return checks.check_member(value, place, self.members) if check is None else check(value, place)

    def checker(self) -> Check:
        """What does as ``check`` with any value but ``None``, for the very many that a file has."""
        if (check := self.kind.row.check) is not None:
            return check
        by_name = {member.value: member for member in self.members}

        def member(value: Any, place: str) -> Any:
            found = by_name.get(value) if isinstance(value, str) else None
            return checks.check_member(value, place, self.members) if found is None else found

        return member


def fact(
    kind: Kind,
    *,
    default: Any = MISSING,
    key: str = "",
    members: type[StrEnum] | tuple[StrEnum, ...] = (),
    searched: bool = False,
    part: DetailPart | None = None,
    after: str = "",
    column: int = 0,
    written_if_set: bool = False,
) -> Any:
    """Declare a fact as an attribute of a dataclass; without a default it is required. See ``Fact``."""
    row = {
        "kind": kind,
        "key": key,
        "members": tuple(members),
        "searched": searched,
        "part": part,
        "after": after,
        "column": column,
        "written_if_set": written_if_set,
    }
    return field(default=default, metadata={_ROW: row})


@dataclass_transform(frozen_default=True, field_specifiers=(field, fact))
def record(*, kw_only: bool = False) -> Callable[[type[T]], type[T]]:
    """A class of values, compared and hashed as these; none of them is changed once it is made.

    As a frozen dataclass, but held to it by the type checker. What Python does for a frozen one is to set
    each attribute by a call: of the 1.2 µs that a ``Step`` took to make that was three quarters, and a plan
    of 10,000 applications makes 133,000.
    """
    return dataclass(slots=True, kw_only=kw_only, unsafe_hash=True)


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


@cache
def facts_shown(thing: type, part: DetailPart) -> tuple[Fact, ...]:
    """The facts in that part of the detail, in the order in which they are shown."""
    here = [each for each in facts_of(thing) if each.part is part]
    shown = [each for each in here if not each.after]
    for each in (each for each in here if each.after):
        before = next(place for place, other in enumerate(shown) if other.name == each.after)
        shown.insert(before + 1, each)
    return tuple(shown)


@cache
def column_facts(thing: type) -> tuple[Fact, ...]:
    """The facts that have a column of their own in the table, from left to right."""
    return tuple(sorted((each for each in facts_of(thing) if each.column), key=lambda each: each.column))


def searched_texts(thing: Any) -> list[str]:
    """The texts of a thing by which the search finds it, but for the empty ones."""
    kind: type = type(thing)
    values, are_several = _searched(kind)
    if not are_several:
        return list(filter(None, values(thing)))
    return [
        text for value in values(thing) if value for text in (value if type(value) is tuple else (value,))
    ]


@cache
def _searched(thing: type) -> tuple[Callable[[Any], tuple[Any, ...]], bool]:
    """What gives all values that are searched of a thing, and whether some are several texts."""
    searched = [each for each in facts_of(thing) if each.searched]
    names = [each.name for each in searched]
    are_several = any(each.kind is Kind.TEXTS for each in searched)
    if len(names) == 1:
        return (lambda one: (getattr(one, names[0]),)), are_several
    return attrgetter(*names), are_several


_ROW = "fact"


def _each(check: Check) -> Check:
    return lambda values, place: tuple(dict.fromkeys(check(value, place) for value in values))


def _text(*, typed_in_cell: bool = False, can_be_cut: bool = False) -> KindRow:
    return KindRow(check=checks.clean_text, is_text=True, typed_in_cell=typed_in_cell, can_be_cut=can_be_cut)


_KINDS: dict[Kind, KindRow] = {
    Kind.ID: KindRow(check=checks.check_id),
    Kind.REFERENCE: KindRow(check=checks.check_id),
    Kind.REFERENCES: KindRow(check=_each(checks.check_id)),
    Kind.KEY: KindRow(check=checks.check_key),
    Kind.NAME: KindRow(check=checks.clean_name, is_text=True, typed_in_cell=True, can_be_cut=True),
    Kind.TEXT: _text(typed_in_cell=True, can_be_cut=True),
    Kind.PROSE: _text(can_be_cut=True),
    Kind.LINK: _text(can_be_cut=True),
    Kind.EMAIL: _text(),
    Kind.PHONE: _text(),
    Kind.TEXTS: KindRow(check=_each(checks.clean_name), typed_in_cell=True, can_be_cut=True),
    Kind.FLAG: KindRow(check=checks.check_flag),
    Kind.DATE: KindRow(check=checks.check_date),
    Kind.PAST_DATE: KindRow(check=checks.check_date),
    Kind.INSTANT: KindRow(check=checks.check_instant),
    Kind.WALL_TIME: KindRow(check=checks.check_wall_time),
    Kind.FOLD: KindRow(check=checks.check_fold, is_number=True),
    Kind.MINUTES: KindRow(check=checks.check_minutes, is_number=True),
    Kind.ZONE: KindRow(check=checks.check_zone),
    Kind.COUNTRY: KindRow(check=checks.check_country),
    Kind.LANGUAGE: KindRow(check=checks.check_language),
    Kind.FIT: KindRow(check=checks.check_fit, is_number=True),
    Kind.PRIORITY: KindRow(check=checks.check_priority, is_number=True),
    Kind.MEMBER: KindRow(check=None),
}
