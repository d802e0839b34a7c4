"""The tables as Peewee knows them, private to storage.

The schema itself is frozen SQL in ``migrations``; a test holds that the two agree. The models have no
database: every query is run through ``Database.execute``, so that two databases can be open in one process.
Columns are named as the facts of the domain, and the fields convert between the two; what a table declares
itself are its keys, what queries name, and what storage adds.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

from peewee import CompositeKey, Field, IntegerField, Model, TextField

from followup_desktop.domain.checks import zone_names
from followup_desktop.domain.facts import Kind, facts_of
from followup_desktop.domain.model import (
    Application,
    Channel,
    Choice,
    Contact,
    Event,
    Interview,
    LastAnnouncement,
    Reminder,
    Rule,
    SearchState,
    Stage,
)

if TYPE_CHECKING:
    AnyField = Field[Any]
else:
    AnyField = Field  # generic in its stubs only

_EPOCH = date(1970, 1, 1)
NEVER = 2**62
"""Stands for "never" where an index has to compare an instant that may be missing."""


def seconds(instant: datetime) -> int:
    """The instant in UTC seconds; refuses a naive one, which would be read in the process's zone."""
    if instant.tzinfo is None:
        raise TypeError("an instant needs a zone")
    return int(instant.timestamp())


def instant(value: int) -> datetime:
    """The aware UTC instant of so many seconds."""
    return datetime.fromtimestamp(value, UTC)


def day_number(day: date) -> int:
    """The days since 1970-01-01."""
    return (day - _EPOCH).days


def day_of(number: int) -> date:
    """The day of that ``day_number``."""
    return _EPOCH + timedelta(days=number)


class InstantColumn(AnyField):
    """An aware instant, as INTEGER UTC seconds."""

    field_type = "INTEGER"

    def db_value(self, value: Any) -> int | None:
        return None if value is None else value if isinstance(value, int) else seconds(value)

    def python_value(self, value: Any) -> datetime | None:
        return None if value is None else instant(value)


class DateColumn(AnyField):
    """A date, as ISO text."""

    field_type = "TEXT"

    def db_value(self, value: Any) -> str | None:
        return None if value is None else value.isoformat()

    def python_value(self, value: Any) -> date | None:
        return None if value is None else date.fromisoformat(value)


class WallTimeColumn(AnyField):
    """A naive wall time, as ISO text."""

    field_type = "TEXT"

    def db_value(self, value: Any) -> str | None:
        return None if value is None else value.isoformat(timespec="seconds")

    def python_value(self, value: Any) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)


class EnumColumn(AnyField):
    """A member of a ``StrEnum``, as its text."""

    field_type = "TEXT"

    def __init__(self, members: type[StrEnum], **options: Any) -> None:
        super().__init__(**options)
        self.members = members
        self._known: dict[Any, StrEnum | None] = {None: None} | {each.value: each for each in members}

    def db_value(self, value: Any) -> str | None:
        return None if value is None else str(value)

    def python_value(self, value: Any) -> StrEnum | None:
        return self._known[value] if value in self._known else self.members(value)


class ZoneColumn(AnyField):
    """The name of a time zone."""

    field_type = "TEXT"

    def python_value(self, value: Any) -> Any:
        if value is not None and value not in zone_names():
            raise ValueError(value)
        return value


class FlagColumn(AnyField):
    """A truth value, as 0 or 1."""

    field_type = "INTEGER"

    def db_value(self, value: Any) -> int | None:
        return None if value is None else int(value)

    def python_value(self, value: Any) -> bool:
        return bool(value)


class TextsColumn(AnyField):
    """A tuple of texts, as a JSON array."""

    field_type = "TEXT"

    def db_value(self, value: Any) -> str:
        return json.dumps(list(value), ensure_ascii=False) if value else "[]"

    def python_value(self, value: Any) -> tuple[str, ...]:
        return tuple(json.loads(value))


_COLUMNS: dict[Kind, Callable[..., AnyField]] = {
    **dict.fromkeys((Kind.DATE, Kind.PAST_DATE), DateColumn),
    Kind.INSTANT: InstantColumn,
    Kind.WALL_TIME: WallTimeColumn,
    Kind.FLAG: FlagColumn,
    Kind.TEXTS: TextsColumn,
    Kind.ZONE: ZoneColumn,
    **{kind: IntegerField for kind in Kind if kind.row.is_number},
}
"""How a kind of fact is kept; what is not named is text."""

ModelT = TypeVar("ModelT", bound=type[Model])


def with_facts(thing: type) -> Callable[[ModelT], ModelT]:
    """Give a table a column for each fact that it does not declare itself.

    What refers to several things has a table of its own.
    """

    def add(model: ModelT) -> ModelT:
        meta: Any = model._meta  # its stubs lack types
        for fact in facts_of(thing):
            if fact.name in meta.fields or fact.kind is Kind.REFERENCES:
                continue
            options = {"null": fact.nullable}
            if fact.kind is Kind.MEMBER:
                column: AnyField = EnumColumn(type(fact.members[0]), **options)
            else:
                column = _COLUMNS.get(fact.kind, TextField)(**options)
            meta.add_field(fact.name, column)
        return model

    return add


class PolicyTable(Model):
    """The settings of the rules: one row each, the value as JSON; a missing one has its default."""

    name = TextField(primary_key=True)
    value = TextField()

    class Meta:
        table_name = "policy"
        without_rowid = True


@with_facts(SearchState)
class SearchTable(Model):
    """What the user said of the search as a whole: at most one row."""

    id = IntegerField(primary_key=True)

    class Meta:
        table_name = "search"
        without_rowid = True


@with_facts(Contact)
class ContactTable(Model):
    """With ``trashed_at`` it is in the trash: as if deleted, until it is restored or purged."""

    id = TextField(primary_key=True)
    trashed_at = InstantColumn(null=True)

    class Meta:
        table_name = "contact"
        without_rowid = True


@with_facts(Application)
class ApplicationTable(Model):
    """``employer_key`` is the form of ``employer`` by which applications belong together.

    With ``trashed_at`` it is in the trash, and all that belongs to it: as if deleted, until it is restored
    or purged.
    """

    id = TextField(primary_key=True)
    employer_key = TextField()
    stage = EnumColumn(Stage)
    trashed_at = InstantColumn(null=True)

    class Meta:
        table_name = "application"
        without_rowid = True


class ApplicationContactTable(Model):
    """Who belongs to an application, in the user's order."""

    application = TextField()
    contact = TextField()
    position = IntegerField()

    class Meta:
        table_name = "application_contact"
        primary_key = CompositeKey("application", "contact")
        without_rowid = True


@with_facts(Interview)
class InterviewTable(Model):
    id = TextField(primary_key=True)
    application = TextField()

    class Meta:
        table_name = "interview"
        without_rowid = True


class InterviewerTable(Model):
    """Who was met in an interview, in the user's order."""

    interview = TextField()
    contact = TextField()
    position = IntegerField()

    class Meta:
        table_name = "interview_interviewer"
        primary_key = CompositeKey("interview", "contact")
        without_rowid = True


@with_facts(Event)
class EventTable(Model):
    id = TextField(primary_key=True)
    application = TextField()

    class Meta:
        table_name = "event"
        without_rowid = True


@with_facts(Reminder)
class ReminderTable(Model):
    id = TextField(primary_key=True)
    application = TextField(null=True)

    class Meta:
        table_name = "reminder"
        without_rowid = True


@with_facts(Choice)
class ChoiceTable(Model):
    key = TextField(primary_key=True)

    class Meta:
        table_name = "choice"
        without_rowid = True


class TemplateTable(Model):
    """The message templates that the user changed; the others are as the program brings them."""

    name = TextField(primary_key=True)
    subject = TextField()
    body = TextField()

    class Meta:
        table_name = "template"
        without_rowid = True


class FollowUpTable(Model):
    """The stored plan. ``expires_at`` is ``NEVER`` where a follow-up does not expire."""

    key = TextField(primary_key=True)
    rule = EnumColumn(Rule)
    application = TextField(null=True)
    interview = TextField(null=True)
    contact = TextField(null=True)
    channel = EnumColumn(Channel)
    opens_at = IntegerField()
    due_at = IntegerField()
    remind_at = TextField()
    deadline_at = IntegerField(null=True)
    expires_at = IntegerField()
    because = TextField()

    class Meta:
        table_name = "follow_up"
        without_rowid = True


class CountedTable(Model):
    """How many people there are outside the trash, and interviews that count; kept by triggers."""

    thing = TextField(primary_key=True)
    number = IntegerField()

    class Meta:
        table_name = "counted"
        without_rowid = True


class AnnouncementTable(Model):
    """When a follow-up of the plan is still to be announced: see ``plan_index``.

    ``rule`` and ``expires_at`` repeat those of the follow-up, which expires at most ``span`` seconds after.
    ``starts_at`` is when the interview starts that it prepares for.
    """

    at = IntegerField()
    key = TextField()
    rule = EnumColumn(Rule)
    span = IntegerField()
    expires_at = IntegerField()
    starts_at = IntegerField(null=True)

    class Meta:
        table_name = "announcement"
        primary_key = CompositeKey("at", "key")
        without_rowid = True


class NextStepTable(Model):
    """What comes first of an application: the row that ends first of those that end after an instant.

    ``at`` is when it is due, or the end of its rest; ``channel`` repeats that of the follow-up. ``since`` is
    when the one before it ended.
    """

    application = TextField()
    until = IntegerField()
    at = IntegerField()
    key = TextField()
    channel = EnumColumn(Channel)
    since = IntegerField()

    class Meta:
        table_name = "next_step"
        primary_key = CompositeKey("application", "until")
        without_rowid = True


class CalendarEntryTable(Model):
    """Where a follow-up stands in the calendar while it isn't over: when it is due, or its rest ends.

    What was skipped or has retired stands nowhere; ``expires_at`` repeats that of the follow-up.
    """

    at = IntegerField()
    key = TextField()
    expires_at = IntegerField()

    class Meta:
        table_name = "calendar_entry"
        primary_key = CompositeKey("at", "key")
        without_rowid = True


class EnquiryWaitTable(Model):
    """When an enquiry, due by then, has to wait for another at its employer; no two spans of one touch."""

    key = TextField()
    since = IntegerField()
    until = IntegerField()

    class Meta:
        table_name = "enquiry_wait"
        primary_key = CompositeKey("key", "since")
        without_rowid = True


class StageCountTable(Model):
    """How many applications are in a stage, archived or not, without the trash; kept by triggers."""

    archived = FlagColumn()
    stage = EnumColumn(Stage)
    applications = IntegerField()

    class Meta:
        table_name = "stage_count"
        primary_key = CompositeKey("archived", "stage")
        without_rowid = True


@with_facts(LastAnnouncement)
class AnnouncedTable(Model):
    key = TextField(primary_key=True)

    class Meta:
        table_name = "announced"
        without_rowid = True


class InterviewInstantTable(Model):
    """The instants of an interview, derived from its wall time.

    It ``counts`` unless it was cancelled or its application was archived; it is one of a search that was
    ``sent`` unless it was cancelled or its application is saved only.
    """

    interview = TextField(primary_key=True)
    application = TextField()
    starts_at = InstantColumn()
    ends_at = InstantColumn()
    counts = FlagColumn()
    sent = FlagColumn()

    class Meta:
        table_name = "interview_instant"
        without_rowid = True


class ContactIndexTable(Model):
    """What the table of people is searched and sorted by."""

    contact = TextField(primary_key=True)
    name_fold = TextField()
    text = TextField()

    class Meta:
        table_name = "contact_index"
        without_rowid = True


class ApplicationIndexTable(Model):
    """What the table of applications is searched and sorted by."""

    application = TextField(primary_key=True)
    employer_fold = TextField()
    role_fold = TextField()
    stage_since = InstantColumn(null=True)
    last_event_at = InstantColumn(null=True)
    last_contact_at = InstantColumn(null=True)
    posting = TextField()
    text = TextField()

    class Meta:
        table_name = "application_index"


class ApplicationFiguresTable(Model):
    """What Insights counts an application by: see ``application_figures``.

    It holds from ``latest_at`` on. An answer and a decision are the first, if it is known when that was;
    ``first_end`` is that of the first interview, and the flags tell how far it ever got.
    """

    application = TextField(primary_key=True)
    latest_at = IntegerField()
    sent_at = IntegerField(null=True)
    answered_at = IntegerField(null=True)
    decided_at = IntegerField(null=True)
    offered_at = IntegerField(null=True)
    rejected_at = IntegerField(null=True)
    given_up_at = IntegerField(null=True)
    first_end = IntegerField(null=True)
    answered = IntegerField()
    met = IntegerField()
    offered = IntegerField()

    class Meta:
        table_name = "application_figures"
        without_rowid = True


class InterviewTaskTable(Model):
    """What had to be done after interviews, for the figures: see ``domain.interview_tasks``."""

    application = TextField()
    rule = EnumColumn(Rule)
    day = IntegerField()
    contact = TextField()
    until = IntegerField()
    done = FlagColumn()

    class Meta:
        table_name = "interview_task"
        primary_key = CompositeKey("application", "rule", "day", "contact")
        without_rowid = True


class OutreachTable(Model):
    """A turn to the employer that an application calls for, from a day to the last one, as day numbers.

    ``placed`` says where the contact guard puts it and by whom, if it leaves it: see ``plan_writes``.
    """

    application = TextField(primary_key=True)
    day = IntegerField()
    last_day = IntegerField()
    placed = TextField(null=True)

    class Meta:
        table_name = "outreach"
        without_rowid = True


class MetaTable(Model):
    """What the stored plan was made with."""

    name = TextField(primary_key=True)
    value = TextField()

    class Meta:
        table_name = "meta"
        without_rowid = True


class RunDayTable(Model):
    """The dates on which the program ran, each once."""

    day = TextField(primary_key=True)

    class Meta:
        table_name = "run_day"
        without_rowid = True


class TrashAgeTable(Model):
    """How many such dates there were when something was first seen in the trash."""

    kind = TextField()
    id = TextField()
    trashed_at = IntegerField()
    run_days = IntegerField()

    class Meta:
        table_name = "trash_age"
        primary_key = CompositeKey("kind", "id")
        without_rowid = True


class InvitationTable(Model):
    """Which version of an invitation an interview was last read from: an older one changes nothing."""

    interview = TextField(primary_key=True)
    sequence = IntegerField()
    stamp = IntegerField()

    class Meta:
        table_name = "invitation"
        without_rowid = True


class PublishedTable(Model):
    """What the program wrote on the calendar server, and what it knows of it there."""

    uid = TextField(primary_key=True)
    kind = TextField()
    subject = TextField()
    href = TextField()
    etag = TextField()
    hash = TextField()
    sequence = IntegerField()
    starts_at = InstantColumn(null=True)
    intent = TextField()

    class Meta:
        table_name = "published"
        without_rowid = True


class PhoneQuestionTable(Model):
    """What was done on the phone and waits for the user's word."""

    uid = TextField(primary_key=True)
    kind = TextField()
    subject = TextField()
    starts_at = InstantColumn(null=True)
    asked_at = InstantColumn()

    class Meta:
        table_name = "phone_question"
        without_rowid = True


class SyncStateTable(Model):
    """The calendar on the server, and how far it was read."""

    name = TextField(primary_key=True)
    value = TextField()

    class Meta:
        table_name = "sync_state"
        without_rowid = True


ACCOUNT, URL, TOKEN, NO_SYNC, RESTORED = "account", "calendar", "token", "no_sync", "restored"
"""The names in it: whose calendar it is, its address, where the next look goes on, that there is no
looking at changes alone on this server, and that the database was put back and may know less than it has."""
OPTIONS, HIDING, SHARED, NAMED = "options", "hiding", "shared", "named"
"""How entries are to be written once a server is connected, that names on it are yet to be hidden, that the
user has been told of another copy of the program at the same calendar, and the address that it had at first
where the server has moved it: each UID ends with its name."""


class DraftTable(Model):
    """What was typed into a form and not saved, as a JSON object of texts by field."""

    kind = TextField()
    key = TextField()
    position = IntegerField()
    texts = TextField()

    class Meta:
        table_name = "draft"
        primary_key = CompositeKey("kind", "key")
        without_rowid = True


RECORDED: tuple[type[Model], ...] = (
    PolicyTable,
    SearchTable,
    ContactTable,
    ApplicationTable,
    ApplicationContactTable,
    InterviewTable,
    InterviewerTable,
    EventTable,
    ReminderTable,
    ChoiceTable,
    TemplateTable,
    InvitationTable,
)
"""What the user entered, parents before children: recorded for undo."""

DERIVED: tuple[type[Model], ...] = (
    FollowUpTable,
    AnnouncementTable,
    NextStepTable,
    CalendarEntryTable,
    EnquiryWaitTable,
    StageCountTable,
    CountedTable,
    AnnouncedTable,
    InterviewInstantTable,
    ContactIndexTable,
    ApplicationIndexTable,
    ApplicationFiguresTable,
    InterviewTaskTable,
    OutreachTable,
    MetaTable,
    RunDayTable,
    TrashAgeTable,
    PublishedTable,
    PhoneQuestionTable,
    SyncStateTable,
    DraftTable,
)
"""What the program computes or remembers for itself: never recorded, or undo would meet conflicts in it."""


PLANNED: tuple[type[Model], ...] = (
    FollowUpTable,
    AnnouncementTable,
    NextStepTable,
    CalendarEntryTable,
    EnquiryWaitTable,
    InterviewInstantTable,
    ContactIndexTable,
    ApplicationIndexTable,
    ApplicationFiguresTable,
    InterviewTaskTable,
    OutreachTable,
)
"""What the planner makes of the facts, and would make of them again."""


def table_name(model: type[Model]) -> str:
    """The table's name in the database."""
    return str(model._meta.table_name)
