"""Between the domain's dataclasses and rows."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, time
from functools import cached_property, lru_cache
from operator import attrgetter
from typing import Any

from peewee import Model

from followup_desktop.domain.drafts import Template
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import (
    Application,
    Choice,
    Contact,
    Facts,
    FollowUp,
    LastAnnouncement,
    Policy,
    Reminder,
    SearchState,
    Step,
    StepKind,
    employer_key,
)
from followup_desktop.i18n import _
from followup_desktop.storage.failures import UNREADABLE, unreadable
from followup_desktop.storage.tables import (
    NEVER,
    RECORDED,
    AnnouncedTable,
    ApplicationContactTable,
    ApplicationTable,
    ChoiceTable,
    ContactTable,
    EventTable,
    FollowUpTable,
    InterviewerTable,
    InterviewTable,
    PolicyTable,
    ReminderTable,
    SearchTable,
    ZoneColumn,
    instant,
    seconds,
    table_name,
)

Values = dict[str, Any]
"""One row by column, with the values of the domain."""
Cells = tuple[Any, ...]
"""One row as SQLite keeps it, in the order of the columns."""


@dataclass(frozen=True, slots=True, order=True)
class InvitationVersion:
    """The newest version of an invitation that its interview was read from.

    It is known by its number, and by when it was written, in seconds since 1970.
    """

    interview: str
    sequence: int
    stamp: int

    @property
    def version(self) -> tuple[int, int]:
        """What grows from one version to the next."""
        return self.sequence, self.stamp


def _key(meta: Any) -> tuple[str, ...]:
    return tuple(field.name for field in meta.get_primary_keys())


@dataclass(frozen=True)
class RecordColumns:
    """The columns of a table in their order, and how a row of SQLite becomes values of the domain."""

    model: type[Model]
    names: tuple[str, ...]
    key: tuple[str, ...]
    converters: tuple[tuple[int, Any], ...]
    encoders: tuple[tuple[int, Any], ...]

    @classmethod
    def of(cls, model: type[Model]) -> RecordColumns:
        """The columns of a model."""
        meta = model._meta
        names, key = tuple(meta.sorted_field_names), _key(meta)
        if names[: len(key)] != key:
            raise TypeError("a row begins with its key")
        own = [
            (position, field)
            for position, field in enumerate(meta.sorted_fields)
            if type(field).__module__ != "peewee"
        ]
        converters = tuple((position, field.python_value) for position, field in own)
        encoders = tuple(
            (position, field.db_value) for position, field in own if "db_value" in vars(type(field))
        )
        return cls(model, names, key, converters, encoders)

    def select(self, where: str = "", order: str = "") -> str:
        """The statement that reads all the columns of the table, in their order."""
        # Written as text: Peewee takes 0.25 ms to put a query together, several times what SQLite takes to
        # run it, and thirty of them make one application's detail.
        return (
            f"SELECT {', '.join(self.names)} FROM {table_name(self.model)}"
            + (where and f" WHERE {where}")
            + (order and f" ORDER BY {order}")
        )

    def values(self, row: tuple[Any, ...]) -> Values:
        """The row as values of the domain; ``Refused`` where one is none."""
        cells = list(row)
        position = 0
        try:
            for position, convert in self.converters:
                cells[position] = convert(cells[position])
        except UNREADABLE as error:
            key = row[self.names.index(self.key[0])]
            raise unreadable(table_name(self.model), key, self.names[position], row[position]) from error
        return dict(zip(self.names, cells, strict=True))

    def row(self, values: Values) -> Cells:
        """The values as SQLite keeps them, in the order of the columns."""
        return self._encoded([values[name] for name in self.names])

    def row_of(self, thing: object, **others: Any) -> Cells:
        """The row of a dataclass whose attributes are the columns, but for the ``others``."""
        kind = type(thing)
        if kind not in self._attributes:
            of_facts = {field.name for field in fields(kind)}  # type: ignore[arg-type]
            there = [name if name in of_facts else self._any_of(of_facts) for name in self.names]
            gone = [place for place, name in enumerate(self.names) if name not in of_facts]
            self._attributes[kind] = attrgetter(*there), gone
        attributes, places = self._attributes[kind]
        cells = list(attributes(thing))
        for place in places:
            cells[place] = others.get(self.names[place])
        return self._encoded(cells)

    def _any_of(self, names: Collection[str]) -> str:
        return next(name for name in self.names if name in names)

    @cached_property
    def _attributes(self) -> dict[type, tuple[attrgetter[Any], list[int]]]:
        """By the class of a thing, what reads all its cells at once, and the places of those it hasn't."""
        return {}

    def _encoded(self, cells: list[Any]) -> Cells:
        # What is of Peewee's own kinds is a text or a number already; asking each field took thrice as long.
        for position, encode in self.encoders:
            if cells[position] is not None:
                cells[position] = encode(cells[position])
        return tuple(cells)

    def key_of(self, row: Cells) -> Cells:
        """The primary key in a row, with which it begins."""
        return row[: len(self.key)]


COLUMNS: Mapping[type[Model], RecordColumns] = {model: RecordColumns.of(model) for model in RECORDED}
BY_TABLE: Mapping[str, RecordColumns] = {table_name(model): columns for model, columns in COLUMNS.items()}


class RowSet:
    """Rows of several recorded tables as SQLite keeps them, each by its primary key."""

    def __init__(self) -> None:
        self.tables: dict[type[Model], dict[Cells, Cells]] = {model: {} for model in RECORDED}

    def add(self, model: type[Model], row: Cells) -> None:
        """Add one row; of a repeated link the first stays, a repeated id is ``Refused``."""
        self._add(self.tables[model], COLUMNS[model].key_of(row), row)

    @staticmethod
    def _add(rows: dict[Cells, Cells], key: Cells, row: Cells) -> None:
        if rows.setdefault(key, row) is not row and len(key) == 1:
            sentence = _("The id “{id}” is used twice. Give each item its own id.")
            raise Refused(sentence.format(id=key[0]), "id")

    @classmethod
    def of(cls, facts: Facts) -> RowSet:
        """The rows of everything the user entered."""
        rows = cls()
        rows.add_policy(facts.policy)
        rows.add_search(facts.search)
        for contact in facts.contacts:
            rows.add_plain(ContactTable, contact)
        for application in facts.applications:
            rows.add_application(application)
        for reminder in facts.reminders:
            rows.add_plain(ReminderTable, reminder)
        for choice in facts.choices:
            rows.add_plain(ChoiceTable, choice)
        return rows

    def add_policy(self, policy: Policy) -> None:
        """Only what differs from the defaults has a row."""
        defaults = policy_values(Policy())
        for name, value in policy_values(policy).items():
            if value != defaults[name]:
                self.add(PolicyTable, COLUMNS[PolicyTable].row({"name": name, "value": value}))

    def add_search(self, search: SearchState) -> None:
        """A row unless nothing was ever said."""
        if search != SearchState():
            self.add(SearchTable, COLUMNS[SearchTable].row_of(search, id=1))

    def add_plain(
        self, model: type[Model], value: Contact | Reminder | Choice | Template | InvitationVersion
    ) -> None:
        """A dataclass whose attributes are the columns; what is written is not in the trash."""
        self.add(model, COLUMNS[model].row_of(value))

    def add_application(self, application: Application) -> None:
        """An application with its people, interviews and events."""
        own = application.id
        _check_events(application)
        tables = self.tables
        key = employer_key(application.employer)
        row = COLUMNS[ApplicationTable].row_of(application, employer_key=key)
        self._add(tables[ApplicationTable], (own,), row)
        for position, contact in enumerate(application.contacts):
            tables[ApplicationContactTable].setdefault((own, contact), (own, contact, position))
        for interview in application.interviews:
            one = interview.id
            row = COLUMNS[InterviewTable].row_of(interview, application=own)
            self._add(tables[InterviewTable], (one,), row)
            for position, contact in enumerate(interview.interviewers):
                tables[InterviewerTable].setdefault((one, contact), (one, contact, position))
        of_events, events = COLUMNS[EventTable], tables[EventTable]
        for event in application.events:
            self._add(events, (event.id,), of_events.row_of(event, application=own))


def _check_events(application: Application) -> None:
    if all(event.interview is None for event in application.events):
        return
    interviews = {interview.id for interview in application.interviews}
    for event in application.events:
        if event.interview is not None and event.interview not in interviews:
            sentence = _(
                "An event refers to the interview “{id}”, which isn't part of its application. "
                "Choose one of the application's interviews, or none."
            )
            raise Refused(sentence.format(id=event.interview), "interview")


def policy_values(policy: Policy) -> dict[str, str]:
    """Each setting as JSON text; times as HH:MM, dates as ISO text."""
    return {
        field.name: json.dumps(_plain(getattr(policy, field.name)), ensure_ascii=False)
        for field in fields(Policy)
    }


def _plain(value: object) -> object:
    if isinstance(value, time):
        return value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


def policy_of(rows: Iterable[tuple[str, str]]) -> Policy:
    """The policy with these settings, the others at their defaults; ``Refused`` where one is none."""
    known = {field.name for field in fields(Policy)}
    settings = {}
    for name, value in rows:
        if name in known:
            try:
                parsed = json.loads(value)
                settings[name] = _SETTINGS[name](parsed) if name in _SETTINGS else parsed
            except UNREADABLE as error:
                raise unreadable("setting", name, "value", value) from error
    return Policy(**settings)


def _pairs(of: Callable[[str], Any]) -> Callable[[Any], tuple[tuple[Any, Any], ...]]:
    return lambda pairs: tuple((of(first), of(last)) for first, last in pairs)


_SETTINGS: Mapping[str, Callable[[Any], Any]] = {
    "timezone": ZoneColumn().python_value,
    "quiet_from": time.fromisoformat,
    "quiet_until": time.fromisoformat,
    "no_call_weekdays": tuple,
    "call_windows": _pairs(time.fromisoformat),
    "away": _pairs(date.fromisoformat),
}
"""How the JSON of a setting becomes its value, where it is not that already."""

FOLLOW_UP = RecordColumns.of(FollowUpTable)
ANNOUNCED = RecordColumns.of(AnnouncedTable)


_STEPS = json.JSONEncoder(ensure_ascii=False)


def announced_rows(announced: Iterable[LastAnnouncement]) -> list[tuple[Any, ...]]:
    """The rows of what was announced."""
    return [ANNOUNCED.row({name: getattr(each, name) for name in ANNOUNCED.names}) for each in announced]


def follow_up_row(follow_up: FollowUp) -> tuple[Any, ...]:
    """A follow-up as the plan's table keeps it."""
    return (
        follow_up.key,
        str(follow_up.rule),
        follow_up.application,
        follow_up.interview,
        follow_up.contact,
        str(follow_up.channel),
        seconds(follow_up.opens_at),
        seconds(follow_up.due_at),
        json.dumps([seconds(at) for at in follow_up.remind_at]),
        None if follow_up.deadline_at is None else seconds(follow_up.deadline_at),
        NEVER if follow_up.expires_at is None else seconds(follow_up.expires_at),
        _STEPS.encode([dict(_step_items(step)) for step in follow_up.because]),
    )


@lru_cache(maxsize=2_000)  # views read the plan again after each edit, and few of its rows are others then
def follow_up_of(row: tuple[Any, ...]) -> FollowUp:
    """The follow-up of such a row."""
    values = FOLLOW_UP.values(row)
    try:
        values |= _instants_and_steps(values)
    except UNREADABLE as error:
        raise unreadable("follow-up", values["key"], "plan", values["because"]) from error
    return FollowUp(**values)


def _instants_and_steps(values: Values) -> Values:
    deadline, expires = values["deadline_at"], values["expires_at"]
    return {
        "opens_at": instant(values["opens_at"]),
        "due_at": instant(values["due_at"]),
        "remind_at": tuple(instant(at) for at in json.loads(values["remind_at"])),
        "deadline_at": None if deadline is None else instant(deadline),
        "expires_at": None if expires == NEVER else instant(expires),
        "because": tuple(_step_of(step) for step in json.loads(values["because"])),
    }


def _step_items(step: Step) -> Iterator[tuple[str, Any]]:
    yield "kind", str(step.kind)
    for name in ("tip", "source", "zone", "n"):
        value = getattr(step, name)
        if value is not None:
            yield name, value
    if step.date is not None:
        yield "date", step.date.isoformat()
    if step.instant is not None:
        yield "instant", seconds(step.instant)
    if step.skipped:
        yield "skipped", [(day.isoformat(), why) for day, why in step.skipped]


def _step_of(items: dict[str, Any]) -> Step:
    return Step(
        kind=StepKind(items["kind"]),
        tip=items.get("tip"),
        source=items.get("source"),
        zone=items.get("zone"),
        n=items.get("n"),
        date=date.fromisoformat(items["date"]) if "date" in items else None,
        instant=instant(items["instant"]) if "instant" in items else None,
        skipped=tuple((date.fromisoformat(day), why) for day, why in items.get("skipped", ())),
    )
