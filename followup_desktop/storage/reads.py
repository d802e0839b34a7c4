"""Reading what the user entered, as the domain's dataclasses."""

from __future__ import annotations

import contextlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

import apsw

from followup_desktop.domain.drafts import Template
from followup_desktop.domain.errors import NotFound, Refused
from followup_desktop.domain.model import (
    Application,
    Choice,
    Contact,
    Employer,
    Event,
    Facts,
    Interview,
    LastAnnouncement,
    Policy,
    Reminder,
    SearchState,
    Stage,
)
from followup_desktop.i18n import N_, _
from followup_desktop.storage.cipher import Keys
from followup_desktop.storage.database import Database
from followup_desktop.storage.failures import unreadable
from followup_desktop.storage.opening import opened_to_read
from followup_desktop.storage.records import (
    ANNOUNCED,
    COLUMNS,
    InvitationVersion,
    RecordColumns,
    Values,
    policy_of,
)
from followup_desktop.storage.tables import (
    ApplicationContactTable,
    ApplicationTable,
    ChoiceTable,
    ContactTable,
    EventTable,
    InterviewerTable,
    InterviewTable,
    InvitationTable,
    ReminderTable,
    SearchTable,
    TemplateTable,
)

_T = TypeVar("_T")

KEPT_AT_MOST = 500
"""So many applications are kept as they were read, until anything of them is written."""
PUT_AT_MOST = 20_000
"""So many that were just put are kept until they are planned: to read them again takes 60 µs each."""
APPLICATIONS = "applications"
"""The name under which they are kept: a dictionary by id, with ``None`` for what isn't there."""

_OUTSIDE = "trashed_at IS NULL"
"""The condition that an application or contact is not in the trash."""


def zone_in(path: Path, keys: Keys) -> str | None:
    """The user's zone in a database that isn't open; ``None`` where it can't be read."""
    with contextlib.suppress(Refused, apsw.Error, OSError), opened_to_read(path, keys) as connection:
        rows = connection.execute("SELECT name, value FROM policy")
        return policy_of((str(name), str(value)) for name, value in rows).timezone
    return None


def among(column: str, name: str = "keys") -> str:
    """The condition that a column is one of any number of texts: the value of that name, by ``listed``."""
    # One parameter, however many there are: SQLite limits their number.
    return f"{column} IN (SELECT value FROM json_each(:{name}))"


def listed(keys: Iterable[str]) -> str:
    """Any number of texts as one value of a statement."""
    return json.dumps(list(keys))


_OUTSIDE_OR_AMONG = f"({_OUTSIDE} OR {among('id')})"
_OTHERS = f"""
    FROM application WHERE employer_key = (SELECT employer_key FROM application WHERE id = :id)
        AND id <> :id AND {_OUTSIDE}"""


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

    def _load(self, columns: RecordColumns, where: str = "", order: str = "", **values: Any) -> list[Values]:
        rows = self._database.sql(columns.select(where, order), values)
        return [columns.values(row) for row in rows]

    def facts(self, restoring: Collection[str] = ()) -> Facts:
        """Everything but the trash, as one value; with the things of these ids as if they were restored."""
        with self._database.reading():
            announced = self._load(ANNOUNCED, order="key")
            return Facts(
                policy=self.policy(),
                search=self.search_state(),
                contacts=tuple(self._contacts(_OUTSIDE_OR_AMONG, keys=listed(restoring))),
                applications=tuple(self._applications(None, restoring)),
                reminders=tuple(self._reminders(restoring=restoring)),
                choices=tuple(self.choices().values()),
                announced=tuple(LastAnnouncement(**values) for values in announced),
            )

    def facts_of(
        self,
        ids: Collection[str],
        *,
        contacts: Collection[str] = (),
        applications: Collection[str] = (),
        keys: Collection[str] = (),
        restoring: Collection[str] = (),
    ) -> Facts:
        """Of ``facts`` what has these ids, and these contacts and applications; of these keys the choices.

        With an interview or an event it has the application. The policy and the state of the search are in it
        in any case.
        """
        people, jobs = {*ids, *contacts}, {*ids, *applications}
        where = f"{among('id', 'ids')} AND {_OUTSIDE_OR_AMONG}"
        with self._database.reading():
            if ids:
                jobs |= self.owners(ids, ids)
            announced = self._load(ANNOUNCED, among("key"), "key", keys=listed(keys)) if keys else ()
            return Facts(
                policy=self.policy(),
                search=self.search_state(),
                contacts=tuple(self._contacts(where, ids=listed(people), keys=listed(restoring))),
                applications=tuple(self._applications(jobs, restoring)) if jobs else (),
                reminders=tuple(self._reminders(among("id"), restoring=restoring, keys=listed(ids))),
                choices=tuple(self.choices(keys).values()) if keys else (),
                announced=tuple(LastAnnouncement(**values) for values in announced),
            )

    def has_things(self) -> bool:
        """Whether there are applications, contacts or reminders, be it in the trash."""
        tables = ("application", "contact", "reminder")
        there = " OR ".join(f"EXISTS (SELECT 1 FROM {table})" for table in tables)
        return bool(next(self._database.sql(f"SELECT {there}"))[0])

    def live_ids(self) -> list[str]:
        """The ids of all applications but those in the trash, in their order."""
        rows = self._database.sql(f"SELECT id FROM application WHERE {_OUTSIDE} ORDER BY id")
        return [str(application) for (application,) in rows]

    def policy(self) -> Policy:
        """The settings of the rules."""
        return self._database.kept("policy", self._read_policy)

    def _read_policy(self) -> Policy:
        rows = self._database.sql("SELECT name, value FROM policy")
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
        """The applications with these ids, as far as they are there; all if it is ``None``."""
        if ids is None or len(ids) > KEPT_AT_MOST:
            return self._applications(ids)
        # What follows from one edit asks for the same application half a dozen times.
        kept = self.known_applications()
        wanted = set(ids)
        found = {each: kept[each] for each in wanted if each in kept}
        if len(found) < len(wanted):
            unread = wanted - found.keys()
            read: dict[str, Application | None] = dict.fromkeys(unread)
            read |= {application.id: application for application in self._applications(unread)}
            found |= read
            if len(kept) <= KEPT_AT_MOST:  # else they were put, and are planned soon
                if len(kept) + len(read) > KEPT_AT_MOST:
                    kept.clear()
                kept |= read
        return [each for key in sorted(wanted) if (each := found[key]) is not None]

    def known_applications(self) -> dict[str, Application | None]:
        """The applications that were read and haven't changed since, by id; ``None`` for what isn't there."""
        return self._database.kept(APPLICATIONS, dict)

    def applications_of_employers(self, employer_keys: Collection[str]) -> list[Application]:
        """All applications to these employers, by ``domain.model.employer_key``."""
        return self.applications([*chain.from_iterable(self.ids_of_employers(employer_keys).values())])

    def ids_of_employers(self, employer_keys: Collection[str] | None) -> dict[str, list[str]]:
        """The ids of the applications to each of these employers, or to all, by their ``employer_key``.

        They come in the order of the ids, in which the tables are that are written of them: else each
        row of very many would be put on another page.
        """
        these = "" if employer_keys is None else f" AND {among('employer_key')}"
        statement = f"SELECT employer_key, id FROM application WHERE {_OUTSIDE}{these} ORDER BY id"
        found: dict[str, list[str]] = defaultdict(list)
        for key, application in self._database.sql(statement, {"keys": listed(employer_keys or ())}):
            found[str(key)].append(str(application))
        return found

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
        statement = f"SELECT id, employer_key FROM application WHERE {among('id')}"
        rows = self._rows_about(statement, application_ids)
        return {str(application): str(key) for application, key in rows}

    def employer_of(self, application_id: str) -> Employer:
        """All applications to the employer of this one, and the people they name; raises ``NotFound``."""
        with self._database.reading():
            keys = self.employer_keys((application_id,))
            applications = self.applications_of_employers(keys.values())
            if all(application.id != application_id for application in applications):
                raise _missing("application")
            return self.employer(applications)

    def place_at_employer(self, application_id: str) -> int:
        """Which of its employer's applications it is, counted from 0 in the order of their ids."""
        rows = self._database.sql(f"SELECT count(*) {_OTHERS} AND id < :id", {"id": application_id})
        return int(next(iter(rows))[0])

    def languages_of_others(self, application_id: str) -> list[str | None]:
        """The languages of the other applications to its employer, that of the latest stage first."""
        order = "ORDER BY stage_at DESC, id DESC"
        rows = self._database.sql(f"SELECT language {_OTHERS} {order}", {"id": application_id})
        return [language for (language,) in rows]

    def employer(self, applications: Collection[Application]) -> Employer:
        """These applications to one employer with the people they name."""
        people = {contact.id: contact for contact in self.contacts(people_of(applications))}
        return Employer(applications=tuple(applications), contacts=MappingProxyType(people))

    def contact(self, contact_id: str) -> Contact:
        """One contact; raises ``NotFound``."""
        return _one(self.contacts((contact_id,)), "contact")

    def contacts(self, ids: Collection[str]) -> list[Contact]:
        """The contacts with these ids, as far as they are there."""
        if not ids:
            return []
        return self._contacts(f"{among('id')} AND {_OUTSIDE}", keys=listed(ids))

    def all_contacts(self) -> list[Contact]:
        """Everybody."""
        return self._contacts(_OUTSIDE)

    def applications_naming(self, contact_ids: Collection[str]) -> frozenset[str]:
        """The ids of the applications, in the trash too, that name one of these contacts anywhere."""
        statement = f"""
            SELECT application FROM application_contact WHERE {among("contact")}
            UNION SELECT application FROM event WHERE {among("contact")}
            UNION SELECT interview.application FROM interview_interviewer
                JOIN interview ON interview.id = interview_interviewer.interview
                WHERE {among("interview_interviewer.contact")}"""
        return frozenset(str(row[0]) for row in self._rows_about(statement, contact_ids))

    def owners(self, interview_ids: Collection[str], event_ids: Collection[str]) -> frozenset[str]:
        """The ids of the applications, in the trash too, that these interviews and events belong to."""
        statement = f"""
            SELECT application FROM interview WHERE {among("id", "interviews")}
            UNION SELECT application FROM event WHERE {among("id", "events")}"""
        values = {"interviews": listed(interview_ids), "events": listed(event_ids)}
        rows = self._database.sql(statement, values) if interview_ids or event_ids else ()
        return frozenset(str(row[0]) for row in rows)

    def reminder(self, reminder_id: str) -> Reminder:
        """One of the user's own reminders; raises ``NotFound``."""
        return _one(self._reminders("id = :id", id=reminder_id), "reminder")

    def reminders(self) -> list[Reminder]:
        """All of the user's own reminders, done ones too."""
        return self._reminders()

    def reminders_of(self, application_ids: Collection[str]) -> frozenset[str]:
        """The ids of the reminders that name one of these applications, be it in the trash."""
        statement = f"SELECT id FROM reminder WHERE {among('application')}"
        return frozenset(str(row[0]) for row in self._rows_about(statement, application_ids))

    def _rows_about(self, statement: str, keys: Collection[str]) -> Iterable[tuple[Any, ...]]:
        """The rows of a statement about these; of none there are none, which each edit asks a few times."""
        return self._database.sql(statement, {"keys": listed(keys)}) if keys else ()

    def choice(self, key: str) -> Choice | None:
        """What the user decided about a follow-up, even if it is void by now."""
        return self.choices((key,)).get(key)

    def choices(self, keys: Collection[str] | None = None) -> dict[str, Choice]:
        """What the user decided about these follow-ups, or about all, by key."""
        where = "" if keys is None else among("key")
        rows = self._load(COLUMNS[ChoiceTable], where, "key", keys=listed(keys or ()))
        return {values["key"]: Choice(**values) for values in rows}

    def announced(self, key: str) -> LastAnnouncement | None:
        """When a follow-up was announced, if ever."""
        for values in self._load(ANNOUNCED, "key = :key", key=key):
            return LastAnnouncement(**values)
        return None

    def interview_application(self, interview_id: str) -> str:
        """The id of the application that an interview belongs to; raises ``NotFound``."""
        return self._owner("interview", interview_id)

    def event_application(self, event_id: str) -> str:
        """The id of the application that an event belongs to; raises ``NotFound``."""
        return self._owner("event", event_id)

    def template(self, name: str) -> Template | None:
        """A message template, if the user changed it."""
        return self.templates().get(name)

    def templates(self) -> dict[str, Template]:
        """The message templates that the user changed, by name."""
        rows = self._load(COLUMNS[TemplateTable], order="name")
        return {values["name"]: Template(**values) for values in rows}

    def revisions(self) -> dict[str, InvitationVersion]:
        """The versions of the invitations that interviews were read from, by the interviews' ids."""
        rows = self._load(COLUMNS[InvitationTable], order="interview")
        return {values["interview"]: InvitationVersion(**values) for values in rows}

    def _owner(self, kind: str, thing: str) -> str:
        rows = self._database.sql(f"SELECT application FROM {kind} WHERE id = ?", (thing,))
        owners = {str(row[0]) for row in rows}
        return _one(sorted(owners - self._hidden("application")), kind)

    def _hidden(self, kind: str, restoring: Collection[str] = ()) -> frozenset[str]:
        """The ids of the applications or contacts that are in the trash, but for these."""
        rows = self._database.sql(f"SELECT id FROM {kind} WHERE trashed_at IS NOT NULL")
        return frozenset(str(row[0]) for row in rows).difference(restoring)

    def _contacts(self, where: str, **values: Any) -> list[Contact]:
        rows = self._load(COLUMNS[ContactTable], where, "id", **values)
        return [Contact(**_without(values, "trashed_at")) for values in rows]

    def _reminders(
        self, where: str = "", *, restoring: Collection[str] = (), **values: Any
    ) -> list[Reminder]:
        """A reminder of an application in the trash stays, for itself."""
        hidden = self._hidden("application", restoring)
        reminders = []
        for row in self._load(COLUMNS[ReminderTable], where, "id", **values):
            if row["application"] in hidden:
                row["application"] = None
            reminders.append(Reminder(**row))
        return reminders

    def _applications(
        self, ids: Collection[str] | None, restoring: Collection[str] = ()
    ) -> list[Application]:
        """The applications with these ids (all if it is ``None``), without people who are in the trash."""
        where, values = _OUTSIDE_OR_AMONG, {"keys": listed(restoring)}
        mine = ""
        if ids is not None:
            outside = _OUTSIDE_OR_AMONG if restoring else _OUTSIDE
            where, mine = f"{among('id', 'ids')} AND {outside}", among("application", "ids")
            values |= {"ids": listed(ids)}
        with self._database.reading():
            hidden = self._hidden("contact", restoring)
            rows = self._load(COLUMNS[ApplicationTable], where, "id", **values)
            links = self._load(COLUMNS[ApplicationContactTable], mine, "position, contact", **values)
            interviews = self._interviews(mine, hidden, **values)
            events = self._load(COLUMNS[EventTable], mine, "id", **values)
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
        for row in rows:
            name = row["id"]
            applications.append(
                Application(
                    **_without(row, "employer_key", "trashed_at"),
                    contacts=tuple(people.get(name, ())),
                    interviews=tuple(interviews.get(name, ())),
                    events=tuple(timeline.get(name, ())),
                )
            )
        return applications

    def _interviews(self, where: str, hidden: Collection[str], **values: Any) -> dict[str, list[Interview]]:
        rows = self._load(COLUMNS[InterviewTable], where, "id", **values)
        met = where and f"interview IN (SELECT id FROM interview WHERE {where})"
        links = self._load(COLUMNS[InterviewerTable], met, "position, contact", **values)
        people: dict[str, list[str]] = defaultdict(list)
        for link in links:
            if link["contact"] not in hidden:
                people[link["interview"]].append(link["contact"])
        interviews: dict[str, list[Interview]] = defaultdict(list)
        for row in rows:
            application = row.pop("application")
            interviewers = tuple(people.get(row["id"], ()))
            interviews[application].append(Interview(**row, interviewers=interviewers))
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


def _without(values: Values, *names: str) -> Values:
    return {name: value for name, value in values.items() if name not in names}


_MISSING = {
    "application": N_("That application no longer exists. Go back to the list and choose another."),
    "contact": N_("That contact no longer exists. Go back to the list and choose another."),
    "reminder": N_("That reminder no longer exists. Go back to the list and choose another."),
    "interview": N_("That interview no longer exists. Go back to the list and choose another."),
    "event": N_("That event no longer exists. Go back to the list and choose another."),
}


def _missing(what: str) -> NotFound:
    return NotFound(_(_MISSING[what]))


def _one(found: list[_T], what: str) -> _T:
    if not found:
        raise _missing(what)
    return found[0]
