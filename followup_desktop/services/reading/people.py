"""What the People view shows: everybody in a table, and one of them in detail."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from operator import itemgetter
from typing import Any

from followup_desktop.domain.model import Application, Contact
from followup_desktop.domain.worktime import date_of
from followup_desktop.i18n import with_dots
from followup_desktop.services.reading.missed import missed_follow_ups
from followup_desktop.services.reading.overview import Overview
from followup_desktop.services.rows import UNLOGGED, ApplicationRow, TimelineEntry
from followup_desktop.services.wording import Wording
from followup_desktop.storage.folding import fold, search_words, sort_key
from followup_desktop.storage.store import PersonSummary, Store


class PersonColumn(StrEnum):
    """The columns of the table of people."""

    NAME = "name"
    TITLE = "title"
    EMPLOYER = "employer"
    EMAIL = "email"
    PHONE = "phone"
    APPLICATIONS = "applications"
    LAST_CONTACT = "last_contact"
    LAST_INTERVIEW = "last_interview"


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleQuery:
    """Which people the table shows, and in what order."""

    text: str = ""
    order_by: PersonColumn = PersonColumn.NAME
    descending: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """One person as a row of the table; dates are those of the user's zone."""

    id: str
    name: str
    title: str
    employer: str
    email: str
    phone: str
    applications: int
    last_contact: date | None
    last_interview: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDetail:
    """One person with the applications that name them, all that happened with them, and who may be the same.

    The ids in ``timeline`` are of its own; ``application_of`` says which application each belongs to.
    """

    contact: Contact
    applications: tuple[ApplicationRow, ...]
    timeline: tuple[TimelineEntry, ...]
    application_of: Mapping[str, str]
    alike: tuple[Contact, ...]


_FOLDED = frozenset({PersonColumn.TITLE, PersonColumn.EMPLOYER, PersonColumn.EMAIL})
"""The columns that are compared as texts; names are in the order of an index."""


class People:
    """Reads for the People view; nothing here writes."""

    def __init__(self, store: Store, overview: Overview, wording: Wording) -> None:
        self._store = store
        self._overview = overview
        self._wording = wording

    def count(self) -> int:
        """How many people there are."""
        return self._store.contact_count()

    def ids(self, query: PeopleQuery, now: datetime) -> list[str]:
        """The ids of the people that the table shows, in its order; those without a value come last.

        Each word of the text has to be part of what is written of the person.
        """
        column, words = query.order_by, search_words(query.text)
        if column is PersonColumn.NAME:
            return self._store.person_ids(words, descending=query.descending)
        values = self._store.person_values(column, now)
        people = self._store.person_ids(words)
        keys = {p: sort_key(str(values[p])) if column in _FOLDED else values[p] for p in people}
        known: list[Any] = [(keys[person], person) for person in people if keys[person] not in {None, ""}]
        # Sorting is stable, also in reverse: equal ones stay in the order of their names.
        known.sort(key=itemgetter(0), reverse=query.descending)
        return [person for _, person in known] + [p for p in people if keys[p] in {None, ""}]

    def rows(self, ids: Sequence[str], now: datetime) -> list[PersonRow]:
        """The rows of these people, in that order; who is no longer there is left out."""
        zone = self._overview.zone()
        people = self._store.people(now, ids)
        return [_row(people[each], zone) for each in ids if each in people]

    def detail(self, contact_id: str, now: datetime) -> PersonDetail:
        """Everything that the detail shows of one person; ``NotFound`` if they are not there."""
        contact = self._store.contact(contact_id)
        applications = self._store.applications(self._store.applications_naming((contact_id,)))
        timeline, application_of = self._timeline(contact, applications, now)
        return PersonDetail(
            contact=contact,
            applications=tuple(self._overview.application_rows(_in_order(applications), now)),
            timeline=timeline,
            application_of=application_of,
            alike=self._alike(contact),
        )

    def _timeline(
        self, contact: Contact, applications: Iterable[Application], now: datetime
    ) -> tuple[tuple[TimelineEntry, ...], dict[str, str]]:
        """What happened with the person, newest first, each with the employer it happened at."""
        policy, people = self._overview.policy(), {contact.id: contact}
        found: list[TimelineEntry] = []
        application_of: dict[str, str] = {}
        for application in applications:
            mine = _of_person(contact.id, application)
            if not (mine.interviews or mine.events):
                continue  # what is missed is missed with whom was met or talked with
            missed = missed_follow_ups(self._store, application, people, policy, now)
            with_them = [each for each in missed if each.follow_up.contact == contact.id]
            for entry in self._wording.timeline(mine, people, policy, now, with_them):
                # An interview and an event may have the same id.
                known_as = f"{entry.kind if entry.kind in UNLOGGED else 'event'}/{entry.id}"
                application_of[known_as] = application.id
                when = with_dots((entry.when, application.employer), plain=True)
                found.append(replace(entry, id=known_as, when=when))
        return tuple(sorted(found, key=lambda e: (e.at, e.id), reverse=True)), application_of

    def namesake(self, name: str, employer: str) -> Contact | None:
        """Who is known by that name at that employer."""
        wanted = fold(name)
        people = self._store.contacts(self._store.people_like(wanted, "")) if wanted else ()
        return next(
            (each for each in people if (fold(each.name), fold(each.employer)) == (wanted, fold(employer))),
            None,
        )

    def _alike(self, contact: Contact) -> tuple[Contact, ...]:
        """Others with the same name or the same email address."""
        name, email = fold(contact.name), contact.email.casefold()
        return tuple(
            other
            for other in self._store.contacts(self._store.people_like(name, fold(contact.email)))
            if other.id != contact.id
            and (fold(other.name) == name or (email and other.email.casefold() == email))
        )


def _of_person(contact: str, application: Application) -> Application:
    """An application with its interviews and events that concern a person: thanks to all there, too."""
    interviews = tuple(each for each in application.interviews if contact in each.interviewers)
    met = {each.id for each in interviews}
    events = tuple(
        each
        for each in application.events
        if each.contact == contact or (not each.contact and each.interview in met)
    )
    return replace(application, interviews=interviews, events=events, applied_on=None)


def _in_order(applications: Iterable[Application]) -> list[str]:
    """The ids by employer and role."""
    ordered = sorted(applications, key=lambda a: (sort_key(a.employer), sort_key(a.role), a.id))
    return [application.id for application in ordered]


def _row(person: PersonSummary, zone: str) -> PersonRow:
    def day(moment: datetime | None) -> date | None:
        return None if moment is None else date_of(moment, zone)

    return PersonRow(
        id=person.id,
        name=person.name,
        title=person.title,
        employer=person.employer,
        email=person.email,
        phone=person.phone,
        applications=person.applications,
        last_contact=day(person.last_contact_at),
        last_interview=day(person.last_interview_at),
    )
