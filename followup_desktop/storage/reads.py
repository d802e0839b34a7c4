"""Reading what the user entered, as the domain's dataclasses."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from types import MappingProxyType
from typing import Any, TypeVar

from peewee import SQL, Field

from followup_desktop.domain.drafts import Template
from followup_desktop.domain.model import (
    Announced,
    Application,
    Choice,
    Contact,
    Employer,
    Event,
    Facts,
    Interview,
    Policy,
    Reminder,
    SearchState,
    Stage,
)
from followup_desktop.i18n import N_, _
from followup_desktop.storage.database import Database
from followup_desktop.storage.failures import NotFound, unreadable
from followup_desktop.storage.records import ANNOUNCED, COLUMNS, Columns, Values, policy_of
from followup_desktop.storage.revisions import Revision
from followup_desktop.storage.tables import (
    AnnouncedTable,
    ApplicationContactTable,
    ApplicationTable,
    ChoiceTable,
    ContactTable,
    EventTable,
    InterviewerTable,
    InterviewTable,
    InvitationTable,
    PolicyTable,
    ReminderTable,
    SearchTable,
    TemplateTable,
)

_T = TypeVar("_T")


def among(field: Field[Any], keys: Iterable[str]) -> Any:
    """The condition that a column is one of any number of texts."""
    # One parameter, however many there are: SQLite limits their number.
    return field.in_(SQL("(SELECT value FROM json_each(?))", (json.dumps(list(keys)),)))


class FactReads:
    """What the user entered. Things come sorted by id, people and interviewers in the user's order."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._column_names: dict[str, tuple[str, ...]] = {}

    def column_names(self, table: str) -> tuple[str, ...]:
        """The columns of a table in the order of its rows, which that of the facts need not be."""
        if table not in self._column_names:
            rows = self._database.sql("SELECT name FROM pragma_table_info(?)", (table,))
            self._column_names[table] = tuple(str(name) for (name,) in rows)
        return self._column_names[table]

    def _load(self, columns: Columns, where: Any = None, *order: Any) -> list[Values]:
        query = columns.select()
        if where is not None:
            query = query.where(where)
        return [columns.values(row) for row in self._database.execute(query.order_by(*order))]

    def facts(self, restoring: Collection[str] = ()) -> Facts:
        """Everything but the trash, as one value; with the things of these ids as if they were restored."""
        with self._database.reading():
            announced = self._load(ANNOUNCED, None, AnnouncedTable.key)
            return Facts(
                policy=self.policy(),
                search=self.search_state(),
                contacts=tuple(self._contacts(_outside(ContactTable, restoring))),
                applications=tuple(self._applications(None, restoring)),
                reminders=tuple(self._reminders(None, restoring)),
                choices=tuple(self.choices().values()),
                announced=tuple(Announced(**values) for values in announced),
            )

    def policy(self) -> Policy:
        """The settings of the rules."""
        return self._database.kept("policy", self._read_policy)

    def _read_policy(self) -> Policy:
        rows = self._database.execute(PolicyTable.select(PolicyTable.name, PolicyTable.value))
        return policy_of((str(name), str(value)) for name, value in rows)

    def search_state(self) -> SearchState:
        """What the user said of the search as a whole."""
        for values in self._load(COLUMNS[SearchTable]):
            return SearchState(paused=values["paused"], acknowledged_at=values["acknowledged_at"])
        return SearchState()

    def application(self, application_id: str) -> Application:
        """One application with all that belongs to it; raises ``NotFound``."""
        found = self.applications((application_id,))
        return _one(found, "application")

    def applications(self, ids: Collection[str] | None = None) -> list[Application]:
        """Those of the ids that there are, or all."""
        if ids is not None and not ids:
            return []
        return self._applications(ids)

    def applications_of_employers(self, employer_keys: Collection[str]) -> list[Application]:
        """All applications to these employers, by ``domain.model.employer_key``."""
        query = ApplicationTable.select(ApplicationTable.id)
        rows = self._database.execute(query.where(among(ApplicationTable.employer_key, employer_keys)))
        return self.applications([str(row[0]) for row in rows])

    def applications_in_stage(self, stage: Stage) -> list[Application]:
        """All applications in a stage, archived ones too."""
        # The index by stages begins with whether they are archived.
        statement = "SELECT id FROM application WHERE archived IN (0, 1) AND stage = ? AND trashed_at IS NULL"
        return self.applications([str(row[0]) for row in self._database.sql(statement, (str(stage),))])

    def stage_counts(self) -> dict[tuple[Stage, bool], int]:
        """How many applications there are by stage and whether they are archived; those in the trash not."""
        rows = self._database.sql("SELECT stage, archived, applications FROM stage_count")
        return stage_counts_of(row for row in rows if row[2])

    def employer_keys(self, application_ids: Collection[str]) -> dict[str, str]:
        """The key of the employer of each application that there is, in the trash too."""
        query = ApplicationTable.select(ApplicationTable.id, ApplicationTable.employer_key)
        return {
            str(application): str(key)
            for application, key in self._database.execute(
                query.where(among(ApplicationTable.id, application_ids))
            )
        }

    def employer_of(self, application_id: str) -> Employer:
        """All applications to the employer of this one, and the people they name; raises ``NotFound``."""
        with self._database.reading():
            keys = self.employer_keys((application_id,))
            applications = self.applications_of_employers(keys.values())
            if all(application.id != application_id for application in applications):
                raise _missing("application")
            return self.employer(applications)

    def employer(self, applications: Collection[Application]) -> Employer:
        """Applications of one employer with the people they name."""
        people = {contact.id: contact for contact in self.contacts(people_of(applications))}
        return Employer(applications=tuple(applications), contacts=MappingProxyType(people))

    def contact(self, contact_id: str) -> Contact:
        """One contact; raises ``NotFound``."""
        return _one(self.contacts((contact_id,)), "contact")

    def contacts(self, ids: Collection[str]) -> list[Contact]:
        """Those of the ids that there are."""
        if not ids:
            return []
        return self._contacts(among(ContactTable.id, ids) & _outside(ContactTable))

    def all_contacts(self) -> list[Contact]:
        """Everybody."""
        return self._contacts(_outside(ContactTable))

    def applications_naming(self, contact_ids: Collection[str]) -> frozenset[str]:
        """The ids of the applications, in the trash too, that name one of these contacts anywhere."""
        statement = """
            SELECT application FROM application_contact
                WHERE contact IN (SELECT value FROM json_each(:ids))
            UNION SELECT application FROM event WHERE contact IN (SELECT value FROM json_each(:ids))
            UNION SELECT interview.application FROM interview_interviewer
                JOIN interview ON interview.id = interview_interviewer.interview
                WHERE interview_interviewer.contact IN (SELECT value FROM json_each(:ids))"""
        rows = self._database.sql(statement, {"ids": json.dumps(list(contact_ids))})
        return frozenset(str(row[0]) for row in rows)

    def owners(self, interview_ids: Collection[str], event_ids: Collection[str]) -> frozenset[str]:
        """The ids of the applications, in the trash too, that these interviews and events belong to."""
        interviews = InterviewTable.select(InterviewTable.application)
        events = EventTable.select(EventTable.application)
        rows = [
            *self._database.execute(interviews.where(among(InterviewTable.id, interview_ids))),
            *self._database.execute(events.where(among(EventTable.id, event_ids))),
        ]
        return frozenset(str(row[0]) for row in rows)

    def reminder(self, reminder_id: str) -> Reminder:
        """One of the user's own reminders; raises ``NotFound``."""
        return _one(self._reminders(ReminderTable.id == reminder_id), "reminder")

    def reminders(self) -> list[Reminder]:
        """All of the user's own reminders, done ones too."""
        return self._reminders(None)

    def reminders_of(self, application_ids: Collection[str]) -> frozenset[str]:
        """The ids of the reminders that name one of these applications, be it in the trash."""
        query = ReminderTable.select(ReminderTable.id)
        rows = self._database.execute(query.where(among(ReminderTable.application, application_ids)))
        return frozenset(str(row[0]) for row in rows)

    def choice(self, key: str) -> Choice | None:
        """What the user decided about a follow-up, even if it is void by now."""
        return self.choices((key,)).get(key)

    def choices(self, keys: Collection[str] | None = None) -> dict[str, Choice]:
        """What the user decided about these follow-ups, or about all, by key."""
        where = None if keys is None else among(ChoiceTable.key, keys)
        rows = self._load(COLUMNS[ChoiceTable], where, ChoiceTable.key)
        return {values["key"]: Choice(**values) for values in rows}

    def announced(self, key: str) -> Announced | None:
        """When a follow-up was announced, if ever."""
        for values in self._load(ANNOUNCED, AnnouncedTable.key == key):
            return Announced(**values)
        return None

    def interview_application(self, interview_id: str) -> str:
        """The id of the application that an interview belongs to; raises ``NotFound``."""
        return self._owner(InterviewTable, interview_id, "interview")

    def event_application(self, event_id: str) -> str:
        """The id of the application that an event belongs to; raises ``NotFound``."""
        return self._owner(EventTable, event_id, "event")

    def template(self, name: str) -> Template | None:
        """A message template, if the user changed it."""
        return self.templates().get(name)

    def templates(self) -> dict[str, Template]:
        """The message templates that the user changed, by name."""
        rows = self._load(COLUMNS[TemplateTable], None, TemplateTable.name)
        return {values["name"]: Template(**values) for values in rows}

    def revisions(self) -> dict[str, Revision]:
        """The versions of the invitations that interviews were read from, by the interviews' ids."""
        rows = self._load(COLUMNS[InvitationTable], None, InvitationTable.interview)
        return {values["interview"]: Revision(**values) for values in rows}

    def _owner(self, model: type[InterviewTable | EventTable], thing: str, what: str) -> str:
        query = model.select(model.application).where(model.id == thing)
        owners = {str(row[0]) for row in self._database.execute(query)}
        return _one(sorted(owners - self._hidden(ApplicationTable)), what)

    def _hidden(
        self, model: type[ApplicationTable | ContactTable], restoring: Collection[str] = ()
    ) -> frozenset[str]:
        """The ids of what is in the trash, but for these."""
        rows = self._database.execute(model.select(model.id).where(model.trashed_at.is_null(False)))
        return frozenset(str(row[0]) for row in rows).difference(restoring)

    def _contacts(self, where: Any) -> list[Contact]:
        rows = self._load(COLUMNS[ContactTable], where, ContactTable.id)
        return [Contact(**_without(values, "trashed_at")) for values in rows]

    def _reminders(self, where: Any, restoring: Collection[str] = ()) -> list[Reminder]:
        """A reminder of an application in the trash stays, for itself."""
        hidden = self._hidden(ApplicationTable, restoring)
        reminders = []
        for values in self._load(COLUMNS[ReminderTable], where, ReminderTable.id):
            if values["application"] in hidden:
                values["application"] = None
            reminders.append(Reminder(**values))
        return reminders

    def _applications(
        self, ids: Collection[str] | None, restoring: Collection[str] = ()
    ) -> list[Application]:
        """Those of the ids, or all; they name nobody who is in the trash."""

        def mine(field: Field[Any]) -> Any:
            return None if ids is None else among(field, ids)

        with self._database.reading():
            hidden = self._hidden(ContactTable, restoring)
            where = _outside(ApplicationTable, restoring)
            if ids is not None:
                where &= among(ApplicationTable.id, ids)
            rows = self._load(COLUMNS[ApplicationTable], where, ApplicationTable.id)
            links = self._load(
                COLUMNS[ApplicationContactTable],
                mine(ApplicationContactTable.application),
                ApplicationContactTable.position,
                ApplicationContactTable.contact,
            )
            interviews = self._interviews(mine(InterviewTable.application), hidden)
            events = self._load(COLUMNS[EventTable], mine(EventTable.application), EventTable.id)
        people: dict[str, list[str]] = defaultdict(list)
        for link in links:
            if link["contact"] not in hidden:
                people[link["application"]].append(link["contact"])
        timeline: dict[str, list[Event]] = defaultdict(list)
        for event in events:
            if event["contact"] in hidden:
                event["contact"] = None
            timeline[event.pop("application")].append(Event(**event))
        applications = []
        for values in rows:
            name = values["id"]
            applications.append(
                Application(
                    **_without(values, "employer_key", "trashed_at"),
                    contacts=tuple(people.get(name, ())),
                    interviews=tuple(interviews.get(name, ())),
                    events=tuple(timeline.get(name, ())),
                )
            )
        return applications

    def _interviews(self, where: Any, hidden: Collection[str]) -> dict[str, list[Interview]]:
        rows = self._load(COLUMNS[InterviewTable], where, InterviewTable.id)
        met = None if where is None else among(InterviewerTable.interview, [row["id"] for row in rows])
        links = self._load(
            COLUMNS[InterviewerTable], met, InterviewerTable.position, InterviewerTable.contact
        )
        people: dict[str, list[str]] = defaultdict(list)
        for link in links:
            if link["contact"] not in hidden:
                people[link["interview"]].append(link["contact"])
        interviews: dict[str, list[Interview]] = defaultdict(list)
        for values in rows:
            application = values.pop("application")
            interviewers = tuple(people.get(values["id"], ()))
            interviews[application].append(Interview(**values, interviewers=interviewers))
        return interviews


def people_of(applications: Iterable[Application]) -> frozenset[str]:
    """The ids of the contacts that applications name anywhere."""
    ids: set[str] = set()
    for application in applications:
        ids.update(application.contacts)
        ids.update(event.contact for event in application.events if event.contact is not None)
        for interview in application.interviews:
            ids.update(interview.interviewers)
    return frozenset(ids)


def stage_counts_of(rows: Iterable[tuple[Any, ...]]) -> dict[tuple[Stage, bool], int]:
    """Such rows as (stage, archived, number) by stage and whether they are archived."""
    found = {}
    for stage, archived, count in rows:
        try:
            found[Stage(stage), bool(archived)] = int(count)
        except ValueError as error:
            raise unreadable("application", "", "stage", stage) from error
    return found


def _outside(model: type[ApplicationTable | ContactTable], restoring: Collection[str] = ()) -> Any:
    """The condition that a row is not in the trash, or is one of these."""
    outside = model.trashed_at.is_null()
    return outside | among(model.id, restoring) if restoring else outside


def _without(values: Values, *names: str) -> Values:
    return {name: value for name, value in values.items() if name not in names}


_MISSING = {
    "application": N_("That application no longer exists. Go back to the list and choose another."),
    "contact": N_("That contact no longer exists. Go back to the list and choose another."),
    "reminder": N_("That reminder no longer exists. Go back to the list and choose another."),
    "interview": N_("That interview no longer exists. Go back to the list and choose another."),
    "event": N_("That entry no longer exists. Go back to the list and choose another."),
}


def _missing(what: str) -> NotFound:
    return NotFound(_(_MISSING[what]))


def _one(found: list[_T], what: str) -> _T:
    if not found:
        raise _missing(what)
    return found[0]
