"""A file's contents, read and checked value by value, before they are merged into what is there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from enum import IntEnum, StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from followup_desktop.domain.model import Stage
from followup_desktop.domain.progress import OnProgress, ignore_progress

if TYPE_CHECKING:
    from followup_desktop.services.transfer.invitations import Invitation

COMPARED_IN = 2
"""Another program's file is compared in so many parts: matched, then merged."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NOTHING: Mapping[str, Any] = MappingProxyType({})
"""Of half a million rows each had one of its own."""


class Recognition(IntEnum):
    """How surely a reader knows a file for one of its own; the surest reads it."""

    NONE = 0
    LIKELY = 1
    SURE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where something came from: the file inside an archive, the sheet, the line from 1, and its cells.

    A ``line`` of 0 is none, as in a file that has no rows.
    """

    file: str = ""
    sheet: str = ""
    line: int = 0
    cells: tuple[str, ...] = ()


class UntimedInterview(NamedTuple):
    """A day on which a row of a table has an interview without a time of day.

    ``note`` is the line of the notes that tells it, ``reminder`` what asks for the time, if it is to come.
    """

    day: date
    note: str
    reminder: Row | None


class FileValues(Mapping[str, Any]):
    """What a file gives of a thing that it says all of: the thing, made once, and these of its attributes.

    A dictionary for each of them took twice the memory, and the thing was made of it later.
    """

    __slots__ = ("names", "thing")

    def __init__(self, thing: Any, names: Mapping[str, None]) -> None:
        self.thing = thing
        self.names = names

    def __getitem__(self, name: str) -> Any:
        if name not in self.names:
            raise KeyError(name)
        return getattr(self.thing, name)

    def get(self, name: str, default: Any = None) -> Any:
        """Without what a mapping raises and catches for it, which took a second of 100,000 applications."""
        return getattr(self.thing, name) if name in self.names else default

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)


@dataclass(slots=True, kw_only=True)  # frozen, a row took 1.8 µs to make, half of what was read of it
class Row:
    """One object of a file: only the attributes that the file gives, with the values of the model.

    ``place`` says where in the file it is ("applications[3]", "line 4"), for sentences. ``id`` is the id of
    a thing, or the key of a choice or an announcement, and empty for the policy and the search.

    ``defaults`` are values that the file implies without saying them: a thing gets them when it is new, and
    one that is there keeps its own. ``matched`` says, as the report will, by what a thing of another
    program's file was taken for one that is there. ``also`` are more addresses and numbers of a person, for
    which only the notes have room. ``since`` is now, for an interview of a table: what its row told
    before may have moved. ``number`` is that of a row in a table that counts its rows.
    """

    place: str
    id: str = ""
    values: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    interviews: tuple[Row, ...] = ()
    events: tuple[Row, ...] = ()
    defaults: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    matched: str = ""
    also: tuple[str, ...] = ()
    since: datetime | None = None
    number: str = ""
    untimed: tuple[UntimedInterview, ...] = ()


def thing_of(row: Row) -> Any:
    """The thing that a row says all of; ``None`` of another."""
    return row.values.thing if isinstance(row.values, FileValues) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedRow:
    """A row of a file that is left out, the sentence that says why, and the headings above its cells."""

    place: str
    why: str
    headings: tuple[str, ...] = ()
    source: Source = field(default_factory=Source)


@dataclass(frozen=True, slots=True, kw_only=True)
class MappedColumn:
    """What a column of a table was taken for: the ``field`` of a thing, empty where it is left out.

    The ``heading`` is as the file has it; of two that are equal the second is ``Notes (2)``.
    """

    heading: str
    field: str = ""


class QuestionTopic(StrEnum):
    """What a file may leave open."""

    COLUMN = "column"
    HEADINGS = "headings"
    ROWS = "rows"
    STAGE = "stage"
    DAY_FIRST = "day_first"
    ZONE = "zone"
    APPLICATION = "application"
    PEOPLE = "people"


class Rows(StrEnum):
    """What the rows of a table are."""

    APPLICATIONS = "applications"
    PEOPLE = "people"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something that a file doesn't say: ``about`` is the heading, the word or the event it is asked of.

    ``text`` is the question as a sentence. ``guess`` is what was taken for now, in the words of
    ``Answers``, and empty where nothing could be. One that is ``needed`` must be answered before the file is
    imported; one that is ``settled`` was answered, or is hardly one.

    ``choices`` are the answers that only the data tell: the applications an invitation may be for, or the
    people it names, each with its label; of the people those that were ``taken`` for interviewers.
    ``employer`` and ``role`` are those of the application that would be new.
    """

    asked: QuestionTopic
    text: str
    about: str = ""
    guess: str = ""
    needed: bool = False
    settled: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    taken: tuple[str, ...] = ()
    employer: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewApplication:
    """The application that is to be added for an invitation."""

    employer: str
    role: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What the user says of a file: its columns by heading, its stages by word, the order of its dates.

    A column is named by a field (``application.employer``), or is empty to be left out. ``headings`` says
    whether a table has a row of them, where they are words that nobody knows, and ``rows`` what is in a table
    that may be one of applications or of people. ``timezone`` is for times that name none, or one that isn't
    known, unless ``zones`` has it by that name; ``application`` is the id of the one that invitations are
    for. ``applications`` says it of each event by its ``UID``, and ``people`` who of those it names are
    interviewers, by their addresses or else their names.
    """

    columns: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    stages: Mapping[str, Stage] = field(default_factory=lambda: MappingProxyType({}))
    headings: bool | None = None
    rows: Rows | None = None
    day_first: bool | None = None
    timezone: str = ""
    zones: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    application: str = ""
    applications: Mapping[str, str | NewApplication] = field(default_factory=lambda: MappingProxyType({}))
    people: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))

    def zone_for(self, said: str) -> str:
        """The zone of what a file calls so; empty where that wasn't answered."""
        return self.zones.get(said) or self.timezone


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a reader knows beside the bytes: the name of the file, now, the user's time zone, and answers."""

    name: str = ""
    now: datetime = _EPOCH
    timezone: str = "UTC"
    answers: Answers = field(default_factory=Answers)
    on_progress: OnProgress = field(default=ignore_progress, compare=False)
    """Hears how many rows of how many are read."""
    left_out: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Why the rows of a table at these places are to be left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What a file says; ``warnings`` are sentences on what was left out of it.

    ``format`` names what the file was recognised as, for the user ("LinkedIn job applications"). A
    ``foreign`` file is of another program: its ids are good within it and from one file of its kind to the
    next, and its things are matched with those that are there (``matching``). ``columns``, ``questions`` and
    ``refused`` say how it was understood, ``taken`` of which words it was sure that may be meant otherwise.
    ``invitations`` become interviews once it is known for which application (``placing``): the one of
    ``answers``, or the likeliest.
    """

    policy: Row | None = None
    search: Row | None = None
    contacts: tuple[Row, ...] = ()
    applications: tuple[Row, ...] = ()
    reminders: tuple[Row, ...] = ()
    choices: tuple[Row, ...] = ()
    announced: tuple[Row, ...] = ()
    warnings: tuple[str, ...] = ()
    format: str = ""
    foreign: bool = False
    columns: tuple[MappedColumn, ...] = ()
    questions: tuple[Question, ...] = ()
    taken: tuple[Question, ...] = ()
    refused: tuple[RefusedRow, ...] = ()
    invitations: tuple[Invitation, ...] = ()
    answers: Answers = field(default_factory=Answers)
    rest: Iterable[Document] = field(default=(), repr=False)
    """What follows of a large file of this program, which is read part by part, each time anew.

    A part may refer to what those before it brought. What is wrong with one is ``Refused`` as it is read.
    """
    applications_in_all: int = 0
    """How many applications such a file has, as far as that can be told ahead."""

    def parts(self) -> Iterator[Document]:
        """This, and what follows of it."""
        yield self
        yield from self.rest

    def rows_with_id(self) -> Iterator[Row]:
        """The rows of this part that have an id."""
        yield from self.contacts
        yield from self.reminders
        for application in self.applications:
            yield application
            yield from application.interviews
            yield from application.events

    def without(self, places: Collection[str]) -> Document:
        """The document without the things at these places, and without what belongs to them.

        What follows of it stays: nobody is asked about the rows of a file that is read part by part.
        """
        if not places:
            return self
        kept = {
            name: tuple(row for row in getattr(self, name) if row.place not in places)
            for name in ("contacts", "applications", "reminders")
        }
        there = {row.id for row in kept["applications"]}
        gone = {row.id for row in self.applications} - there
        people = {row.id for row in self.contacts} - {row.id for row in kept["contacts"]}
        return replace(
            self,
            contacts=kept["contacts"],
            applications=tuple(_without_people(row, people) for row in kept["applications"]),
            reminders=tuple(row for row in kept["reminders"] if row.values.get("application") not in gone),
        )


def _without_people(row: Row, people: Collection[str]) -> Row:
    """The application, naming none of these people."""
    if not people:
        return row

    def left(values: Mapping[str, Any]) -> dict[str, Any]:
        found = dict(values)
        for name in ("contacts", "interviewers"):
            if name in found:
                found[name] = tuple(each for each in found[name] if each not in people)
        if found.get("contact") in people:
            found["contact"] = None
        return found

    return replace(
        row,
        values=left(row.values),
        interviews=tuple(replace(each, values=left(each.values)) for each in row.interviews),
        events=tuple(replace(each, values=left(each.values)) for each in row.events),
    )
