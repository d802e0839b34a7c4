"""Which thing that is there a row of another program's file is about: the same file read twice is once.

A row is matched by its id, then by the address of its posting together with employer or role, then by
employer, role and date; never by an address alone. What matches nothing is new. A blank in the file takes
nothing away: of a thing that is there only what the file says changes, and notes, tags and people are joined.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from followup_desktop.domain.casefile import interview_span
from followup_desktop.domain.model import (
    Application,
    Contact,
    Event,
    Facts,
    Interview,
    Reminder,
    Stage,
    employer_key,
)
from followup_desktop.domain.progress import OnProgress, ignore_progress
from followup_desktop.domain.worktime import date_of
from followup_desktop.i18n import (
    N_,
    _,
    format_clock,
    format_dated_day,
    format_number,
    format_series,
    ngettext,
)
from followup_desktop.services.capture.addresses import posting_key
from followup_desktop.services.capture.duplicates import employer_words
from followup_desktop.services.capture.posting_pages import is_page_of, names_posting
from followup_desktop.services.progress import counting
from followup_desktop.services.transfer.address_book import other_address
from followup_desktop.services.transfer.apart import (
    MOST_ALIKE,
    Likeness,
    compared,
    contradictions,
    likeness,
    told_apart,
)
from followup_desktop.services.transfer.calendar_entries import plain
from followup_desktop.services.transfer.document import COMPARED_IN, Document, Row, UntimedInterview
from followup_desktop.services.transfer.lasting_ids import HALF, application_id, interviews_of, posting_id
from followup_desktop.services.transfer.merge import stage_rank
from followup_desktop.services.transfer.persons import MergedContacts, name_key, said_of

Names = tuple[str, str]
"""Employer and role, as they are compared."""

_TOLD_ONCE = ("email", "phone", "url", "title", "employer")
"""What a contact has one of; where a file has two for one person, the second goes into the notes."""

_BEFORE_COLON = re.compile(r"\s+:")
"""French sets a colon apart: what a row said of a heading is the same in every language."""

_SAME_ADDRESS = N_("the same posting address")
_SAME_NAMES = N_("the same employer and role")
_SAME_PERSON = N_("the same person")
_SAME_ROW = N_("the same as {place}")


def matched(
    document: Document,
    base: Facts,
    live: Facts,
    new_id: Callable[[], str],
    on_progress: OnProgress = ignore_progress,
) -> Document:
    """The document with the ids of what is there, as the things of ``base`` are to become.

    ``base`` holds what is in the trash, too; ``live`` does not, and goes before it. Matching is the first
    half of what ``on_progress`` hears, merging the second.
    """
    return _Matcher(base, live, new_id, on_progress).document(document)


class _EarlierPerson(NamedTuple):
    """Somebody of whom an earlier row of the file is, as they are to become, and all that it said of them."""

    place: str
    contact: Contact
    said: dict[str, Any]


class _EarlierApplication(NamedTuple):
    """What earlier rows of the file say of an application, and as they leave it."""

    place: str
    said: Row
    after: Application
    is_new: bool


class _Matcher:
    def __init__(self, base: Facts, live: Facts, new_id: Callable[[], str], on_progress: OnProgress) -> None:
        self._on_progress = on_progress
        self._base = base
        self._new_id = new_id
        self._zone = base.policy.timezone
        self._people = MergedContacts(_live_first(base.contacts, live.contacts))
        self._positions = _Positions(_live_first(base.applications, live.applications))
        self._reminders = {one.id: one for one in base.reminders}
        self._taken = _ids_of(base)
        self._names = {one.id: one.name for one in base.contacts}
        self._known_people: dict[str, str] = {}
        self._people_of: dict[tuple[str, str], str] = {}
        self._other_ids: dict[str, str] = {}
        """By the id of a row, that of another about the same application."""
        self._ids: dict[str, str] = {}
        """The id of each person and application of the file, and the one that it is kept under."""

    def document(self, document: Document) -> Document:
        document = replace(document, applications=self._told_once(document.applications))
        document = told_apart(document, self._base.applications)
        found = self._positions.of(document.applications)
        people = {row.id: row for row in document.contacts}
        document = _with_times(document, found)
        for place, row in enumerate(document.applications):
            if place in found:
                self._note_people(row, found[place][0], people)
        contacts = self._contacts(document.contacts)
        applications = self._applications(document.applications, found)
        self._ids |= {own: self._ids[other] for own, other in self._other_ids.items()}
        once = {row.id or row.place: row for row in reversed(document.reminders)}
        reminders = tuple(self._reminder(row) for row in reversed(once.values()))
        return replace(document, contacts=contacts, applications=applications, reminders=reminders)

    def _told_once(self, rows: tuple[Row, ...]) -> tuple[Row, ...]:
        """The rows, one without an address under the id of the only one with it that is the same else."""
        alike: dict[tuple[str, str, object], list[Row]] = defaultdict(list)
        for row in rows:
            alike[*_names(row), row.values.get("applied_on")].append(row)
        ids: dict[tuple[str, str, object], set[str]] = defaultdict(set)
        bare: dict[tuple[str, str, object], str] = {}
        for names, several in alike.items():
            for row in several if len(several) > 1 else ():
                url = row.values.get("url", "")
                if row.id != application_id(*names, url):  # it has one of its own
                    continue
                if posting_key(url):
                    ids[names].add(row.id)
                else:
                    bare[names] = row.id
        there = {one.id for one in self._base.applications}
        same = {
            own: next(iter(ids[names]))
            for names, own in bare.items()
            if len(ids[names]) == 1 and not {own, *ids[names]} <= there
        }
        same |= _one_posting(rows, there)
        self._other_ids = same
        return (
            tuple(replace(row, id=same[row.id]) if row.id in same else row for row in rows) if same else rows
        )

    # People

    def _note_people(self, row: Row, application: Application, people: Mapping[str, Row]) -> None:
        """Whom a row names is who is named so in its application, wherever that person may work."""
        there = {name_key(self._names[each]): each for each in reversed(application.contacts)}
        for each in row.values.get("contacts", ()):
            person = people.get(each)
            known = there.get(name_key(said_of(person, "name"))) if person is not None else None
            if person is not None and known is not None and not self._people.contradicts(known, person):
                self._known_people.setdefault(each, known)
                self._people_of[application.id, each] = known

    def _contacts(self, rows: Sequence[Row]) -> tuple[Row, ...]:
        persons = self._people.of(rows, self._known_people, self._id_for)
        self._ids |= {row.id: person for person, row in zip(persons, rows, strict=True)}
        seen: dict[str, _EarlierPerson] = {}
        there = {person: before for person in persons if (before := self._people.there(person)) is not None}
        confirmed = {
            (person, name)
            for person, row in zip(persons, rows, strict=True)
            if person in there
            for name in _TOLD_ONCE
            if name in row.values and _is_same(row.values[name], getattr(there[person], name))
        }
        """What some row says of a person as it is there: another row doesn't change it."""
        settled = []
        for person, row in zip(persons, rows, strict=True):
            kept = [name for name in _TOLD_ONCE if (person, name) in confirmed]
            settled.append(self._contact(row, person, there.get(person), seen, kept))
        return tuple(settled)

    def _contact(
        self,
        row: Row,
        person: str,
        before: Contact | None,
        seen: dict[str, _EarlierPerson],
        kept: Collection[str],
    ) -> Row:
        place, said, also = row.place, dict(row.values), row.also
        why = _(_SAME_PERSON) if before is not None and before.id != row.id else ""
        if before is not None:
            other = [name for name in kept if not _is_same(said.get(name, ""), getattr(before, name))]
            also += tuple(said.pop(name) for name in other if said.get(name))
        if person in seen:
            place, before, first = seen[person]
            why = _(_SAME_ROW).format(place=place)
            # What the file said first stays, or reading it again would turn it to and fro.
            other = [name for name in _TOLD_ONCE if not _is_same(said.get(name, ""), first.get(name, ""))]
            also += tuple(said.pop(name) for name in other if said.get(name) and first.get(name))
            said = {**first, **said}
        values = {name: value for name, value in said.items() if name in row.values}
        if before is not None:
            differing = (name for name in values if not _is_same(values[name], getattr(before, name)))
            values = _changes(before, {name: values[name] for name in differing})
        values |= _notes_with(also, values, before)
        if before is None:
            values = {**row.defaults, **values}
        else:
            called = str(values.get("name", ""))
            if name_key(called) in (name_key(before.name), said_of(row, "email").casefold()):
                values.pop("name", None)
        after = replace(before, **values) if before is not None else Contact(id=person, **values)
        seen[person] = _EarlierPerson(place, after, said)
        return replace(row, id=person, values=values, matched=why)

    # Applications

    def _applications(
        self, rows: tuple[Row, ...], found: Mapping[int, tuple[Application, str]]
    ) -> tuple[Row, ...]:
        keys = [self._key(row, found.get(place)) for place, row in enumerate(rows)]
        repeated = {key for key, times in Counter(keys).items() if times > 1}
        whole: dict[str, Row] = {}
        """Of an application in several rows, all that they say."""
        for key, row in zip(keys, rows, strict=True):
            if key in repeated:
                whole[key] = together(whole[key], row) if key in whole else row
        seen: dict[str, _EarlierApplication] = {}
        settled = []
        for place, row in enumerate(counting(rows, self._on_progress, 1, COMPARED_IN)):
            key, (before, why) = keys[place], found.get(place, (None, ""))
            if key in seen:
                settled.append(self._repeated(row, key, seen))
                continue
            # What is there is compared with all that the file says: row by row it would go to and fro.
            said = whole[key] if before is not None and key in repeated else row
            first = self._application(said, key, before, why)
            settled.append(first)
            if key in repeated:
                seen[key] = _EarlierApplication(row.place, said, _after(before, first), is_new=before is None)
        return tuple(settled)

    def _key(self, row: Row, found: tuple[Application, str] | None) -> str:
        key = found[0].id if found is not None else self._ids.get(row.id) or self._id_for(row)
        self._ids[row.id] = key
        return key

    def _repeated(self, row: Row, key: str, seen: dict[str, _EarlierApplication]) -> Row:
        """What a further row about the same application adds to the earlier ones."""
        place, said, after, is_new = seen[key]
        why = _(_SAME_ROW).format(place=place)
        if not is_new:
            named = {"employer": after.employer, "role": after.role}
            return replace(row, id=key, values=named, interviews=(), events=(), matched=why)
        said = together(said, row)
        settled = self._application(replace(said, place=row.place), key, after, why)
        settled = replace(
            settled,
            interviews=tuple(each for each in settled.interviews if each.values),
            events=tuple(each for each in settled.events if each.values),
        )
        seen[key] = _EarlierApplication(place, said, _after(after, settled), is_new)
        return settled

    def _application(self, row: Row, key: str, before: Application | None, why: str) -> Row:
        is_plain = not (row.defaults or row.interviews or row.events or "contacts" in row.values)
        if before is None and key == row.id and is_plain and not why:
            return row  # of many rows most are so: a second one of each is half a kilobyte
        values = dict(row.values)
        if "contacts" in values:
            values["contacts"] = tuple(
                dict.fromkeys(
                    self._people_of.get((key, each), self._ids.get(each, each)) for each in values["contacts"]
                )
            )
        if before is None:
            values = {**row.defaults, **values}
        else:
            values = _changes(before, values)
            if "stage" in values and "stage_at" in row.values:
                values["stage_at"] = row.values["stage_at"]  # be it that of the stage before, too
            self._keep_dates_and_names(before, values, row)
        interviews = tuple(self._interview(each, before, values) for each in row.interviews)
        if before is not None:
            interviews = self._with_moved(interviews, row, before, values)
        ids = {one.id: each.id for one, each in zip(row.interviews, interviews, strict=True)}
        events = tuple(self._event(each, before, ids) for each in row.events)
        # The report names an application by these, whether or not they change.
        named = {"employer": row.values["employer"], "role": row.values["role"]}
        if before is not None:
            named = {"employer": before.employer, "role": before.role}
        return replace(
            row, id=key, values={**named, **values}, interviews=interviews, events=events, matched=why
        )

    def _keep_dates_and_names(self, before: Application, values: dict[str, Any], row: Row) -> None:
        """Leave out what only looks like a change: another spelling, another address of one posting."""
        if before.id != row.id:
            for name in ("employer", "role"):
                if employer_key(str(values.get(name, ""))) == employer_key(getattr(before, name)):
                    values.pop(name, None)
        if "url" in values and before.url and posting_key(values["url"]) == posting_key(before.url) != "":
            del values["url"]
        implied = row.defaults.get("stage")
        if implied is Stage.APPLIED and before.stage is Stage.SAVED and "stage" not in row.values:
            values["stage"] = implied
        if values.get("stage", before.stage) is before.stage and before.stage_at is not None:
            at = values.get("stage_at")
            if at is not None and date_of(at, self._zone) == date_of(before.stage_at, self._zone):
                del values["stage_at"]

    def _interview(self, row: Row, owner: Application | None, of_owner: Mapping[str, Any]) -> Row:
        values = dict(row.values)
        if "interviewers" in values:
            values["interviewers"] = self._named(values["interviewers"])
        found = self._same_interview(row, owner, of_owner)
        if found is None:
            return replace(row, id=self._id_for(row), values={**row.defaults, **values})
        return replace(row, id=found.id, values=_changes(found, values))

    def _with_moved(
        self, interviews: tuple[Row, ...], row: Row, owner: Application, of_owner: Mapping[str, Any]
    ) -> tuple[Row, ...]:
        """The interviews of a row, the only new one as the one that was moved, where that is certain.

        It is so of one that this row brought, that nobody edited, and that is still to come, and that the row
        no longer tells. Beside any other that is to come, the only interview of a row is told.
        """
        there = {one.id for one in owner.interviews}
        new = [
            (place, told)
            for place, (each, told) in enumerate(zip(interviews, row.interviews, strict=True))
            if each.id not in there
        ]
        if len(new) != 1:
            return interviews
        ((place, told),) = new
        start, _end = self._span(told, owner, of_owner)
        if told.since is None or start <= told.since:
            return interviews
        still = {each.id for each in interviews}
        ahead = [
            one
            for one in owner.interviews
            if not one.cancelled
            and one.id not in still
            and interview_span(one, owner, self._base.policy)[0] > told.since
        ]
        brought = [one for one in ahead if _is_as_brought(one, {row.id, owner.id}, told)]
        moved = interviews[place]
        if len(brought) == 1:
            values = {name: moved.values[name] for name in told.values}
            moved = replace(moved, id=brought[0].id, values=_changes(brought[0], values))
        elif ahead and len(interviews) == 1:
            when = format_series(_when(one.starts_at) for one in ahead)
            moved = replace(moved, matched=_("new, beside the one on {when}").format(when=when))
        return (*interviews[:place], moved, *interviews[place + 1 :])

    def _span(self, row: Row, owner: Application, of_owner: Mapping[str, Any]) -> tuple[datetime, datetime]:
        """When the interview of a row begins and ends."""
        zone = {name: of_owner[name] for name in ("timezone",) if name in of_owner}
        told = Interview(id="-", **{"minutes": 60, **row.values, "interviewers": ()})
        return interview_span(told, replace(owner, **zone), self._base.policy)

    def _same_interview(
        self, row: Row, owner: Application | None, of_owner: Mapping[str, Any]
    ) -> Interview | None:
        """The one with its id, or with its start, told in the zone that each is in."""
        if owner is None:
            return None
        for one in owner.interviews:
            if one.id == row.id:
                return one
        start, _end = self._span(row, owner, of_owner)
        starts = ((one, interview_span(one, owner, self._base.policy)[0]) for one in owner.interviews)
        return next((one for one, at in starts if at == start), None)

    def _event(self, row: Row, owner: Application | None, interviews: Mapping[str, str]) -> Row:
        values = dict(row.values)
        if values.get("contact") is not None:
            values["contact"] = self._ids.get(values["contact"], values["contact"])
        if values.get("interview") is not None:
            values["interview"] = interviews.get(values["interview"], values["interview"])
        found = None if owner is None else self._same_event(row.id, values, owner)
        if found is None:
            return replace(row, id=self._id_for(row), values=values)
        return replace(row, id=found.id, values={})

    def _same_event(self, row_id: str, values: Mapping[str, Any], owner: Application) -> Event | None:
        for one in owner.events:
            if one.id == row_id:
                return one
        told = (
            values["kind"],
            date_of(values["at"], self._zone),
            values.get("to_stage"),
            values.get("note", ""),
        )
        for one in owner.events:
            if (one.kind, date_of(one.at, self._zone), one.to_stage, one.note) == told:
                return one
        return None

    # Reminders

    def _reminder(self, row: Row) -> Row:
        values = dict(row.values)
        if values.get("application") is not None:
            values["application"] = self._ids.get(values["application"], values["application"])
        found = self._reminders.get(row.id) or self._same_reminder(values)
        if found is None:
            return replace(row, id=self._id_for(row), values={**row.defaults, **values})
        return replace(row, id=found.id, values=_changes(found, values))

    def _same_reminder(self, values: Mapping[str, Any]) -> Reminder | None:
        told = (values["title"], values["at"].date(), values.get("application"))
        same = (one for one in self._base.reminders if (one.title, one.at.date(), one.application) == told)
        return next(same, None)

    # Ids

    def _named(self, ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._ids.get(each, each) for each in ids))

    def _id_for(self, row: Row) -> str:
        """The id of a thing that is new: the file's, unless something else has it."""
        found = row.id if row.id and row.id not in self._taken else self._new_id()
        self._taken.add(found)
        return found


class _Positions:
    """The applications that are there, each to be taken by one row at most."""

    def __init__(self, applications: Iterable[Application]) -> None:
        self._by_id: dict[str, Application] = {}
        self._by_url: dict[str, list[Application]] = defaultdict(list)
        self._by_names: dict[tuple[str, str], list[Application]] = defaultdict(list)
        self._owners: dict[str, Application] = {}
        for one in applications:
            self._by_id[one.id] = one
            self._owners |= {interview.id: one for interview in one.interviews}
            if key := posting_key(one.url):
                self._by_url[key].append(one)
            self._by_names[employer_key(one.employer), employer_key(one.role)].append(one)

    def of(self, rows: tuple[Row, ...]) -> dict[int, tuple[Application, str]]:
        """By the place of a row, the application it is about, and in what they are the same.

        The surest go first, so that none takes the application of another.
        """
        if not self._by_id:
            return {}  # as in a first import: to look took a fifth of the comparing
        found: dict[int, tuple[Application, str]] = {}
        taken: set[str] = set()
        for place, row in enumerate(rows):
            one = self._by_id.get(row.id) or self._of_interview(row)
            if one is not None:
                found[place] = one, ""
                taken.add(one.id)
        known = {rows[place].id: place for place in found}
        names: dict[int, Names] = {}
        ways = (
            (self._exactly_like, _SAME_ADDRESS),
            (self._like_url, _SAME_ADDRESS),
            (self._surely_named, _SAME_NAMES),
            (self._like_names, _SAME_NAMES),
        )
        for like, why in ways:
            for place, row in enumerate(rows):
                if place in found or row.id in known:
                    continue
                if place not in names:
                    names[place] = _names(row)
                one = like(row, names[place], taken)
                if one is not None:
                    found[place] = one, _(why)
                    taken.add(one.id)
                    known[row.id] = place
        # A row that stands twice is about the same, by whichever of its lines that was found.
        return {place: found[known[row.id]] for place, row in enumerate(rows) if row.id in known} | found

    def _of_interview(self, row: Row) -> Application | None:
        owners = (self._owners.get(interview.id) for interview in row.interviews)
        return next((owner for owner in owners if owner is not None), None)

    def _exactly_like(self, row: Row, _names: Names, taken: Collection[str]) -> Application | None:
        key = posting_key(row.values.get("url", "")) if self._by_url else ""
        same = (one for one in self._by_url.get(key, ()) if one.id not in taken and all(_agreement(row, one)))
        return next(same, None)

    def _like_url(self, row: Row, _names: Names, taken: Collection[str]) -> Application | None:
        key = posting_key(row.values.get("url", "")) if self._by_url else ""
        if not key:
            return None
        address, role = str(row.values["url"]), str(row.values["role"])
        names_one: bool | None = None
        best: list[tuple[int, Application]] = []
        for one in self._by_url.get(key, ()):
            if one.id in taken:
                continue
            same_employer, same_role = _agreement(row, one)
            is_same = same_employer and (same_role or not (role and one.role))
            if not is_same and (same_employer or same_role):
                if names_one is None:
                    names_one = names_posting(address)
                is_same = names_one or (same_employer and is_page_of(address, (role, one.role)))
            if is_same:
                best.append((same_employer + same_role, one))
        return max(best, key=lambda pair: pair[0], default=(0, None))[1]

    def _surely_named(self, row: Row, names: Names, taken: Collection[str]) -> Application | None:
        """The one of these names that the row doesn't contradict."""
        if len(self._by_names.get(names, ())) > MOST_ALIKE:
            return None
        return self._like_names(row, names, taken, is_sure=True)

    def _like_names(
        self, row: Row, names: Names, taken: Collection[str], *, is_sure: bool = False
    ) -> Application | None:
        candidates = [one for one in self._by_names.get(names, ()) if one.id not in taken]
        if is_sure:
            candidates = [one for one in candidates if not contradictions(row.values, compared(one))]
        if not candidates:
            return None
        applied, key = row.values.get("applied_on"), posting_key(row.values.get("url", ""))

        def alike(one: Application) -> Likeness:
            return likeness(row.values, compared(one))

        same_day = [one for one in candidates if one.applied_on == applied and applied is not None]
        if len(same_day) > 1 and all(alike(one).is_of_another for one in same_day):
            return None
        if same_day:
            return max(same_day, key=lambda one: (not _is_elsewhere(one, key), alike(one)))
        open_days = [one for one in candidates if not (one.applied_on and applied)]
        fitting = [one for one in open_days if not _is_elsewhere(one, key)]
        same = [one for one in fitting if one.applied_on == applied]
        if same:
            return max(same, key=alike)
        if 1 < len(fitting) <= MOST_ALIKE:  # then it is the only one that says the same place or pay
            fitting = [one for one in fitting if alike(one).same]
        return fitting[0] if len(fitting) == 1 else None


def _with_times(document: Document, found: Mapping[int, tuple[Application, str]]) -> Document:
    """The document without the days of interviews that are there with their time; the others are told of.

    No reminder asks for the time of these, and the notes don't name them.
    """
    asking = [each for row in document.applications for each in row.untimed]
    if not asking:
        return document
    rows = list(document.applications)
    known: list[UntimedInterview] = []
    for place, (application, _why) in found.items():
        days = {one.starts_at.date() for one in application.interviews}
        timed = [each for each in rows[place].untimed if each.day in days]
        if timed:
            known += timed
            gone = {each.note for each in timed}
            lines = str(rows[place].values.get("notes", "")).split("\n")
            notes = "\n".join(line for line in lines if line not in gone).strip()
            values = {name: value for name, value in rows[place].values.items() if name != "notes"}
            rows[place] = replace(rows[place], values=values | ({"notes": notes} if notes else {}))
    settled = {_asked(each.place, each) for one in known if (each := one.reminder) is not None}
    open_ones = sum(each.reminder is not None for each in asking) - len(settled)
    text = ngettext(
        "{n} interview to come has a day but no time. A reminder asks you for it.",
        "{n} interviews to come have a day but no time. Reminders ask you for them.",
        open_ones,
    )
    said = (text.format(n=format_number(open_ones)),) if open_ones else ()
    return replace(
        document,
        applications=tuple(rows),
        reminders=tuple(row for row in document.reminders if _asked(row.place, row) not in settled),
        warnings=(*document.warnings, *said),
    )


def _asked(place: str, reminder: Row) -> tuple[str, object, object]:
    """What is the same of a reminder whose id goes by its application's."""
    return place, reminder.values["title"], reminder.values["at"]


def _one_posting(rows: Iterable[Row], there: Collection[str]) -> dict[str, str]:
    """Of a board's rows about one posting that agree on employer or role, the id of each and the one to have.

    That is the one in ``there``, where only one of them is.
    """
    of_posting: dict[str, dict[str, Row]] = defaultdict(dict)
    for row in rows:
        if not (source := row.defaults.get("source", "")):
            continue
        url = str(row.values.get("url", ""))
        if row.id == posting_id(source, row.values["employer"], row.values["role"], url):
            of_posting[posting_key(url)].setdefault(row.id, row)
    same: dict[str, str] = {}
    for several in of_posting.values():
        heads: list[Row] = []
        for row in sorted(several.values(), key=lambda each: each.id not in there):
            head = next((each for each in heads if any(_agreement(row, each))), None)
            if head is None or row.id in there:
                heads.append(row)
            else:
                same[row.id] = head.id
    return same


def _is_as_brought(one: Interview, applications: Collection[str], row: Row) -> bool:
    """Whether a row of one of these applications brought it, and nobody has edited it since."""
    untouched = Interview(
        id=one.id,
        starts_at=one.starts_at,
        timezone=one.timezone,
        minutes=row.defaults.get("minutes", one.minutes),
        interviewers=one.interviewers,
    )
    return one == untouched and one.id[:HALF] in {interviews_of(each)[:HALF] for each in applications}


def _when(at: datetime) -> str:
    return f"{format_dated_day(at.date())} {format_clock(at.time())}"


def _is_same(told: object, there: object) -> bool:
    """Whether two texts differ in blanks, controls and capitals alone: a card has each on one line, plain."""
    if not (isinstance(told, str) and isinstance(there, str)):
        return False
    return plain(told).casefold().split() == plain(there).casefold().split()


def _names(row: Row) -> Names:
    return employer_key(row.values["employer"]), employer_key(row.values["role"])


def _agreement(row: Row, one: Application | Row) -> tuple[bool, bool]:
    """Whether a row names the employer of another or an application, in whatever legal form, and its role."""
    named, called = str(row.values["employer"]), str(row.values["role"])
    employer, role = (
        (one.employer, one.role)
        if isinstance(one, Application)
        else (str(one.values["employer"]), str(one.values["role"]))
    )
    same_employer = (
        employer_key(named) == employer_key(employer)
        or employer_words(named) == employer_words(employer) != ""
    )
    return same_employer, bool(called) and employer_key(called) == employer_key(role)


def _is_elsewhere(one: Application, key: str) -> bool:
    """Whether it is known to have been posted at another address."""
    return bool(key and posting_key(one.url) not in ("", key))


def _live_first(things: Iterable[Any], live: Iterable[Any]) -> list[Any]:
    there = {one.id for one in live}
    return sorted(things, key=lambda one: one.id not in there)


def _ids_of(facts: Facts) -> set[str]:
    found = {one.id for one in facts.contacts}
    found |= {one.id for one in facts.reminders}
    for application in facts.applications:
        found.add(application.id)
        found |= {one.id for one in application.interviews}
        found |= {one.id for one in application.events}
    return found


def _changes(before: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    """Of the values those that change something, with lists and notes joined to what is there."""
    found = {}
    for name, value in values.items():
        had = getattr(before, name)
        new = _joined(name, had, value)
        if new != had:
            found[name] = new
    return found


def _joined(name: str, had: Any, value: Any) -> Any:
    if isinstance(had, tuple):
        return tuple(dict.fromkeys((*had, *value)))
    if name == "notes" and had:
        told, there = (_BEFORE_COLON.sub(":", each.replace("\r\n", "\n")) for each in (value, had))
        if told in there:
            return had
        if there in told:
            return value
        known = set(there.splitlines())
        blocks = had.split("\n\n")
        for block in filter(None, (_without_known(block, known) for block in value.split("\n\n"))):
            grown = next((place for place, old in enumerate(blocks) if old and block.startswith(old)), None)
            if grown is None:
                blocks.append(block)
            else:
                blocks[grown] = block
        return "\n\n".join(blocks)
    return value


def _without_known(block: str, known: Collection[str]) -> str:
    """A part of notes without what columns said before: lines of a heading and its value that are there."""
    lines = block.splitlines()
    said = [_BEFORE_COLON.sub(":", line) for line in lines]
    if not all(":" in line for line in said):
        return block
    return "\n".join(line for line, plain_line in zip(lines, said, strict=True) if plain_line not in known)


def _notes_with(also: Iterable[str], values: Mapping[str, Any], before: Contact | None) -> dict[str, str]:
    """A person's notes with these addresses and numbers, unless all of them are known; else nothing."""
    email, phone, notes = (
        str(values.get(name, getattr(before, name, ""))) for name in ("email", "phone", "notes")
    )
    lines = [other_address(each) for each in also if each not in (email, phone) and each not in notes]
    return {"notes": "\n".join(filter(None, (notes, *lines)))} if lines else {}


def together(first: Row, later: Row) -> Row:
    """All that two rows say of one application, whatever their order is where they tell when it was.

    Else the later row counts, but for another spelling of the same, and a stage that goes back.
    """
    values = dict(first.values)
    stage = {name: later.values[name] for name in ("stage", "stage_at") if name in later.values}
    if _is_later_stage(stage, first.values):
        for name in ("stage", "stage_at"):
            values.pop(name, None)
        values |= stage
        if "stage_at" in first.values and values.get("stage") is first.values.get("stage"):
            values.setdefault("stage_at", first.values["stage_at"])
    for name, value in later.values.items():
        had = values.get(name)
        if name in stage or (name in ("employer", "role") and employer_key(value) == employer_key(had or "")):
            continue
        if name == "url" and had and posting_key(value) == posting_key(had) != "":
            continue
        values[name] = _joined(name, had, value)
    return replace(
        first,
        values=values,
        defaults={**later.defaults, **first.defaults},
        interviews=_united(first.interviews, later.interviews),
        events=_united(first.events, later.events),
    )


def _is_later_stage(stage: Mapping[str, Any], former: Mapping[str, Any]) -> bool:
    if not stage or not former.keys() & {"stage", "stage_at"}:
        return bool(stage)
    at, was = stage.get("stage_at"), former.get("stage_at")
    if at is not None and was is not None and at != was:
        return bool(at > was)
    if "stage" not in stage or "stage" not in former:
        return "stage" in stage
    return stage_rank(stage["stage"]) >= stage_rank(former["stage"])


def _united(first: Iterable[Row], later: Iterable[Row]) -> tuple[Row, ...]:
    """Interviews or entries of the timeline, each told once."""
    found = {each.id: each for each in first}
    for each in later:
        if (same := found.get(each.id)) is None:
            found[each.id] = each
            continue
        joined = {name: _joined(name, same.values.get(name), value) for name, value in each.values.items()}
        found[each.id] = replace(same, values={**same.values, **joined})
    return tuple(found.values())


def _after(before: Application | None, row: Row) -> Application:
    """The application as the row leaves it, for a later row about the same."""
    events = tuple(Event(id=each.id, **each.values) for each in row.events if each.values)
    if before is None:
        interviews = (Interview(id=each.id, **each.values) for each in row.interviews)
        return Application(id=row.id, **row.values, events=events, interviews=tuple(interviews))
    there = {one.id: one for one in before.interviews}
    for each in row.interviews:
        known = there.get(each.id)
        there[each.id] = replace(known, **each.values) if known else Interview(id=each.id, **each.values)
    return replace(before, **row.values, events=(*before.events, *events), interviews=tuple(there.values()))
