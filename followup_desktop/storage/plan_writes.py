"""Writing what is derived from the facts: the stored plan, cached instants, what is searched and sorted by.

For the planner only, which is called within the transaction that changed the facts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from followup_desktop.domain.casefile import CONTACT_MADE
from followup_desktop.domain.model import (
    ACTIVE_STAGES,
    Contact,
    ContactMade,
    FollowUp,
    Policy,
    Rule,
    key_prefix,
)
from followup_desktop.domain.progress import OnProgress, ignore_progress
from followup_desktop.domain.rules import ENQUIRIES
from followup_desktop.domain.rules.enquiries import OtherOutreach, Outreach
from followup_desktop.domain.rules.table import rules_where
from followup_desktop.storage import plan_index
from followup_desktop.storage.database import Database
from followup_desktop.storage.folding import searchable, stored_key
from followup_desktop.storage.listing import kept_lists
from followup_desktop.storage.plan_index import Scope, Span, hull
from followup_desktop.storage.plans import InterviewInstants, PlanReads, kept_interviews
from followup_desktop.storage.reads import KEPT_AT_MOST, among, listed
from followup_desktop.storage.records import FOLLOW_UP, follow_up_row
from followup_desktop.storage.tables import day_number, instant, seconds
from followup_desktop.storage.today_entries import kept_entries

if TYPE_CHECKING:
    from followup_desktop.domain.interview_tasks import InterviewTask
    from followup_desktop.domain.rules import EmployerPlan

_Cells = tuple[Any, ...]
_Rows = dict[str, _Cells]
_COLUMNS = ", ".join(FOLLOW_UP.names)
_APPLICATION = FOLLOW_UP.names.index("application")
_RULE = FOLLOW_UP.names.index("rule")
_DUE = FOLLOW_UP.names.index("due_at")
_EXPIRES = FOLLOW_UP.names.index("expires_at")
# Left alone, SQLite takes the index by stages for both, and walks it.
_LATEST = ", ".join(
    f"(SELECT max({fact}) FROM application INDEXED BY application_by_{fact}"
    " WHERE trashed_at IS NULL AND archived = 0)"
    for fact in ("stage_at", "applied_on")
)
_TASK = "application, rule, day, contact, until, done"
_OF_NO_EMPLOYER = rules_where(lambda row: not row.of_employer)
_BETWEEN = f"SELECT {_COLUMNS} FROM follow_up WHERE key >= :first AND key < :end"
_KINDS = ", ".join(sorted(f"'{each}'" for each in CONTACT_MADE))
_OTHERS = """
    trashed_at IS NULL AND application.id NOT IN (SELECT value FROM json_each(:touched))"""
_HAVING_OTHERS = f"""
    SELECT value FROM json_each(:keys) AS keys
    WHERE EXISTS (SELECT 1 FROM application WHERE employer_key = keys.value AND {_OTHERS})"""
_OTHER_OUTREACHES = f"""
    SELECT application.employer_key, application.id, application.timezone, application.country,
        outreach.day, outreach.last_day, outreach.placed
    FROM application CROSS JOIN outreach ON outreach.application = application.id
    WHERE {among("application.employer_key")} AND {_OTHERS}"""
_OUTREACH = ("application", "day", "last_day", "placed")
_LAST_CONTACT = f"""
    SELECT event.at, event.id, application.timezone
    FROM application CROSS JOIN event ON event.application = application.id
    WHERE application.trashed_at IS NULL AND application.employer_key = ? AND event.kind IN ({_KINDS})
    ORDER BY event.at DESC, event.id DESC LIMIT 1"""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanChange:
    """The keys of follow-ups whose row changed, came or went, and the applications they belong to.

    ``enquiries`` is the span of those that are enquiries, as they were and as they are.
    """

    follow_ups: frozenset[str] = frozenset()
    applications: frozenset[str] = frozenset()
    enquiries: Span | None = None

    def __or__(self, other: PlanChange) -> PlanChange:
        return PlanChange.of((self, other))

    @classmethod
    def of(cls, changes: Collection[PlanChange]) -> PlanChange:
        """All of these together."""
        return cls(
            follow_ups=frozenset().union(*(each.follow_ups for each in changes)),
            applications=frozenset().union(*(each.applications for each in changes)),
            enquiries=hull(each.enquiries for each in changes),
        )


class StoredOutreach(NamedTuple):
    """The turn to its employer that an application calls for: the days as numbers, and its ``placement``."""

    application: str
    timezone: str | None
    country: str | None
    day: int
    last_day: int
    placed: str | None


def placement(turn: Outreach | OtherOutreach) -> str:
    """Where the guard has put a turn, and by whom it was put off: all that a plan depends on others for."""
    day = str(day_number(turn.day))
    return " ".join((day, *(f"{day_number(each.until)}:{each.source}" for each in turn.put_off_by)))


class SearchEntry(NamedTuple):
    """What an application is searched, sorted and compared by; ``text`` is ``folding.searchable``.

    ``employer_fold`` and ``role_fold`` are each a ``folding.stored_key``. ``posting`` is the address of the
    posting in the form in which two are compared, or empty.
    """

    application: str
    employer_fold: str
    role_fold: str
    text: str
    stage_since: datetime | None
    last_event_at: datetime | None
    last_contact_at: datetime | None
    posting: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchFigures:
    """The numbers of the whole search, archived applications left out."""

    applications: int
    active: int
    latest_stage_at: datetime | None
    latest_applied_on: str | None


class PlanWriter(PlanReads):
    """Replaces derived rows, touching only those that differ.

    ``on_progress`` is called with how many of how many applications are planned; what it raises ends that.
    """

    def __init__(self, database: Database, on_progress: OnProgress = ignore_progress) -> None:
        super().__init__(database)
        self.on_progress = on_progress
        self._part: tuple[str, ...] = ()
        self._part_listed = "[]"
        self._is_new = False

    def begin(self, application_ids: Collection[str], *, are_new: bool = False) -> None:
        """What is replaced next is of these applications; of those that ``are_new`` nothing is stored yet.

        So it isn't looked for, either: of an import that took 3 µs an application.
        """
        self._listed(application_ids)
        self._is_new = are_new

    def _listed(self, ids: Collection[str]) -> str:
        """The ids as one value of a statement.

        A part is listed once for all that is written of it, where it was seven times: 2 % of an import.
        """
        if (part := tuple(ids)) != self._part:
            self._part, self._part_listed = part, listed(part)
            self._is_new = False
        return self._part_listed

    def _stored(self, table: str, columns: str, application_ids: Collection[str]) -> Iterable[_Cells]:
        """These columns of the rows of these applications."""
        values = {"ids": self._listed(application_ids)}
        if self._is_new:
            return ()
        return self._database.sql(
            f"SELECT {columns} FROM {table} WHERE {among('application', 'ids')}", values
        )

    def forget(self, application_ids: Collection[str]) -> None:
        """These are planned: of more than are kept otherwise, they needn't stay known."""
        known = self.known_applications()
        if len(known) > KEPT_AT_MOST:
            for each in application_ids:
                known.pop(each, None)

    def ids_by_employer(self, application_ids: Collection[str]) -> dict[str, list[str]]:
        """As ``ids_of_employers``, those of these applications alone."""
        statement = (
            f"SELECT employer_key, id FROM application WHERE trashed_at IS NULL AND {among('id')} ORDER BY id"
        )
        found: dict[str, list[str]] = {}
        for key, application in self._database.sql(statement, {"keys": listed(application_ids)}):
            found.setdefault(key, []).append(application)
        return found

    def others_at(
        self, employer_keys: Collection[str], touched: Collection[str]
    ) -> dict[str, list[StoredOutreach]]:
        """The turns, by employer, of other applications than those touched; empty where these have none.

        Employers without other applications are left out.
        """
        values = {"keys": listed(employer_keys), "touched": listed(touched)}
        found: dict[str, list[StoredOutreach]] = {}
        for (key,) in self._database.sql(_HAVING_OTHERS, values):
            found[key] = []
        if found:
            for key, *outreach in self._database.sql(_OTHER_OUTREACHES, values):
                found[key].append(StoredOutreach(*outreach))
        return found

    def last_contacts(self, employer_keys: Iterable[str]) -> dict[str, ContactMade]:
        """The last contact made with each of these employers, as the guard of ``domain.rules`` has it."""
        return {
            key: ContactMade(at=instant(at), event=event, timezone=timezone)
            for key in employer_keys
            for at, event, timezone in self._database.sql(_LAST_CONTACT, (key,))
        }

    def replace_outreaches(self, application_ids: Collection[str], plans: Iterable[EmployerPlan]) -> None:
        """The turns to employers that these applications call for become those of these plans."""
        rows: _Rows = {}
        for plan in plans:
            placed = {each.application: placement(each) for each in plan.kept}
            for each in plan.outreaches:
                days = day_number(each.day), day_number(each.last_day)
                rows[each.application] = (each.application, *days, placed.get(each.application))
        self._replace_rows_of("outreach", _OUTREACH, application_ids, rows)

    def replace_plan(self, application_ids: Collection[str], follow_ups: Iterable[FollowUp]) -> PlanChange:
        """The plan of these applications becomes this."""
        present = self._stored("follow_up", _COLUMNS, application_ids)
        return self._replace([row for row in present if row[_RULE] not in _OF_NO_EMPLOYER], follow_ups)

    def replace_manual(self, prefix: str | None, follow_ups: Iterable[FollowUp]) -> PlanChange:
        """The follow-ups of reminders whose key begins so (up to a ``/``), or all of them, become these."""
        first = prefix if prefix is not None else key_prefix(Rule.MANUAL)
        end = first.removesuffix("/") + "0"  # "0" comes next after "/"
        return self._replace(self._database.sql(_BETWEEN, {"first": first, "end": end}), follow_ups)

    def replace_search(self, follow_up: FollowUp | None) -> PlanChange:
        """The follow-up of the whole search becomes this, or goes."""
        rule = str(Rule.KEEP_SEARCHING)
        present = self._database.sql(_BETWEEN, {"first": rule, "end": f"{rule}0"})
        return self._replace(present, () if follow_up is None else (follow_up,))

    def renew_index(self, scope: Scope | None, policy: Policy) -> None:
        """Bring what is found of the plan by an index up to date, for that scope or for all of it."""
        renewed = plan_index.renew(self._database, scope, policy)
        kept_entries(self._database).outdate(renewed and renewed.follow_ups)
        kept_lists(self._database).outdate(renewed and renewed.applications)
        kept_interviews(self._database).outdate(renewed and renewed.applications)

    def _replace(self, present: Iterable[_Cells], follow_ups: Iterable[FollowUp]) -> PlanChange:
        old: _Rows = {row[0]: row for row in present}
        new: _Rows = {follow_up.key: follow_up_row(follow_up) for follow_up in follow_ups}
        gone = old.keys() - new.keys()
        changed = {key for key, row in new.items() if old.get(key) != row}
        self._database.many("DELETE FROM follow_up WHERE key = ?", [(key,) for key in gone])
        marks = ", ".join("?" * len(FOLLOW_UP.names))
        self._database.many(
            f"INSERT OR REPLACE INTO follow_up ({_COLUMNS}) VALUES ({marks})",
            [new[key] for key in sorted(changed)],
        )
        touched = [old[key] for key in gone | changed if key in old] + [new[key] for key in changed]
        return PlanChange(
            follow_ups=frozenset(gone | changed),
            applications=frozenset(row[_APPLICATION] for row in touched if row[_APPLICATION] is not None),
            enquiries=hull((row[_DUE], row[_EXPIRES]) for row in touched if row[_RULE] in ENQUIRIES),
        )

    def planned_applications(self) -> frozenset[str]:
        """The applications, be they gone, of which anything is stored here."""
        statement = """
            SELECT application FROM application_index UNION SELECT application FROM interview_instant
            UNION SELECT application FROM follow_up WHERE application IS NOT NULL
            UNION SELECT application FROM application_figures UNION SELECT application FROM interview_task
            UNION SELECT application FROM outreach"""
        return frozenset(str(row[0]) for row in self._database.sql(statement))

    def forget_moved_interviews(self) -> None:
        """Drop the cached instants of interviews that are in another application now."""
        self._database.sql("""
            DELETE FROM interview_instant WHERE interview IN (
                SELECT interview.id FROM interview_instant AS kept
                JOIN interview ON interview.id = kept.interview
                WHERE interview.application <> kept.application)""")

    def replace_instants(
        self, application_ids: Collection[str], instants: Iterable[InterviewInstants]
    ) -> None:
        """The cached instants of the interviews of these applications become these."""
        rows = {
            each.interview: (
                each.interview,
                each.application,
                seconds(each.starts_at),
                seconds(each.ends_at),
                int(each.counts),
                int(each.sent),
            )
            for each in instants
        }
        names = ("interview", "application", "starts_at", "ends_at", "counts", "sent")
        self._replace_rows_of("interview_instant", names, application_ids, rows)

    def replace_entries(self, application_ids: Collection[str], entries: Iterable[SearchEntry]) -> None:
        """What these applications are searched and sorted by becomes this."""
        rows = {
            entry.application: (
                entry.application,
                entry.employer_fold,
                entry.role_fold,
                entry.text,
                *(
                    None if at is None else seconds(at)
                    for at in (entry.stage_since, entry.last_event_at, entry.last_contact_at)
                ),
                entry.posting,
            )
            for entry in entries
        }
        names = (
            "application",
            "employer_fold",
            "role_fold",
            "text",
            "stage_since",
            "last_event_at",
            "last_contact_at",
            "posting",
        )
        self._replace_rows_of("application_index", names, application_ids, rows)

    def renew_figures(self, application_ids: Collection[str]) -> None:
        """Bring up to date what Insights counts these applications by; after their interviews' instants."""
        from followup_desktop.storage import application_figures  # few starts plan anything

        ids = self._listed(application_ids)
        if self._is_new:
            application_figures.put(self._database, ids)
            return
        rows = {str(row[0]): row for row in application_figures.rows(self._database, ids)}
        self._replace_rows_of(application_figures.TABLE, application_figures.NAMES, application_ids, rows)

    def replace_tasks(self, application_ids: Collection[str], tasks: Iterable[InterviewTask]) -> None:
        """What had to be done after the interviews of these applications becomes this."""
        new = {
            (
                each.application,
                str(each.rule),
                day_number(each.day),
                each.contact,
                seconds(each.until),
                int(each.done),
            )
            for each in tasks
        }
        old = set(self._stored("interview_task", _TASK, application_ids))
        same = "application = ? AND rule = ? AND day = ? AND contact = ?"
        self._database.many(f"DELETE FROM interview_task WHERE {same}", [row[:4] for row in old - new])
        self._database.many(
            f"INSERT INTO interview_task ({_TASK}) VALUES (?, ?, ?, ?, ?, ?)", sorted(new - old)
        )

    def replace_people(self, contact_ids: Collection[str] | None, contacts: Iterable[Contact]) -> None:
        """What these people, or all, are searched and sorted by becomes that of those."""
        rows = {each.id: (each.id, stored_key(each.name), searchable(_texts_of(each))) for each in contacts}
        names = ("contact", "name_fold", "text")
        statement = f"SELECT {', '.join(names)} FROM contact_index"
        if contact_ids is not None:
            statement += f" WHERE {among('contact')}"
        present = self._database.sql(statement, {"keys": listed(contact_ids or ())})
        self._replace_rows("contact_index", names, present, rows)

    def _replace_rows_of(
        self, table: str, names: tuple[str, ...], application_ids: Collection[str], new: _Rows
    ) -> None:
        self._replace_rows(table, names, self._stored(table, ", ".join(names), application_ids), new)

    def _replace_rows(
        self, table: str, names: tuple[str, ...], present: Iterable[_Cells], new: _Rows
    ) -> None:
        columns = ", ".join(names)
        old = {row[0]: row for row in present}
        # What differs is deleted first: replacing it would run no trigger for the row that goes.
        gone = [(key,) for key, row in old.items() if new.get(key) != row]
        self._database.many(f"DELETE FROM {table} WHERE {names[0]} = ?", gone)
        self._database.many(
            f"INSERT INTO {table} ({columns}) VALUES ({', '.join('?' * len(names))})",
            [row for key, row in new.items() if old.get(key) != row],
        )

    def search_figures(self) -> SearchFigures:
        """The numbers of the whole search as the facts stand."""
        counts = {stage: n for (stage, archived), n in self.stage_counts().items() if not archived}
        ((stage_at, applied_on),) = self._database.sql(f"SELECT {_LATEST}")
        newest = self._database.sql(
            "SELECT event.at FROM event JOIN application ON application.id = event.application "
            "WHERE event.kind = 'stage' AND NOT application.archived AND application.trashed_at IS NULL "
            "ORDER BY event.at DESC LIMIT 1"
        )
        instants = [at for at in (stage_at, *(row[0] for row in newest)) if at is not None]
        return SearchFigures(
            applications=sum(counts.values()),
            active=sum(counts[stage] for stage in ACTIVE_STAGES & counts.keys()),
            latest_stage_at=instant(max(instants)) if instants else None,
            latest_applied_on=applied_on,
        )

    def put_meta(self, values: Mapping[str, str]) -> None:
        """Remember what the stored plan was made with."""
        self._database.many("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", list(values.items()))


def _texts_of(person: Contact) -> tuple[str, ...]:
    return (person.name, person.title, person.employer, person.email, person.phone, person.notes)
