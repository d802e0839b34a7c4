"""Which contacts that are there the people of a file are, and what it changes of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from followup_desktop.domain.model import Application, Contact
from followup_desktop.i18n import N_, _
from followup_desktop.services.transfer.address_book import other_address
from followup_desktop.services.transfer.calendar_entries import plain
from followup_desktop.services.transfer.document import Row
from followup_desktop.services.transfer.joined_rows import SAME_ROW, changes
from followup_desktop.services.transfer.kept_ids import KeptIds
from followup_desktop.services.transfer.persons import MergedContacts, name_key, value_of

_TOLD_ONCE = ("email", "phone", "url", "title", "employer")
"""What a contact has one of; where a file has two for one person, the second goes into the notes."""

_SAME_PERSON = N_("the same person")


class _EarlierPerson(NamedTuple):
    """Somebody of whom an earlier row of the file is, as they are to become, and all that it said of them."""

    place: str
    contact: Contact
    said: dict[str, Any]


class PeopleMatches:
    """Matches the people of a file with the ``contacts`` that are there."""

    def __init__(self, contacts: Sequence[Contact], ids: KeptIds) -> None:
        self._people = MergedContacts(contacts)
        self._names = {one.id: one.name for one in contacts}
        self._ids = ids
        self._known_people: dict[str, str] = {}
        """By their ids in the file, who is known by the application that names them."""
        self._people_of: dict[tuple[str, str], str] = {}
        """The same by the application, too: of two, each may name another of that name."""

    def kept(self, application: str, person: str) -> str:
        """The id under which a person of the file is kept, whom a row about that application names."""
        return self._people_of.get((application, person)) or self._ids.kept(person)

    def note(self, row: Row, application: Application, people: Mapping[str, Row]) -> None:
        """Whom a row names is who is named so in its application, wherever that person may work."""
        there = {name_key(self._names[each]): each for each in reversed(application.contacts)}
        for each in row.values.get("contacts", ()):
            person = people.get(each)
            known = there.get(name_key(value_of(person, "name"))) if person is not None else None
            if person is not None and known is not None and not self._people.contradicts(known, person):
                self._known_people.setdefault(each, known)
                self._people_of[application.id, each] = known

    def rows(self, rows: Sequence[Row]) -> tuple[Row, ...]:
        """The people of the file under the ids that they are kept under, with what each row changes."""
        persons = self._people.of(rows, self._known_people, self._ids.new)
        for person, row in zip(persons, rows, strict=True):
            self._ids.keep(row.id, person)
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
            why = _(SAME_ROW).format(place=place)
            # What the file said first stays, or reading it again would turn it to and fro.
            other = [name for name in _TOLD_ONCE if not _is_same(said.get(name, ""), first.get(name, ""))]
            also += tuple(said.pop(name) for name in other if said.get(name) and first.get(name))
            said = {**first, **said}
        values = {name: value for name, value in said.items() if name in row.values}
        if before is not None:
            differing = (name for name in values if not _is_same(values[name], getattr(before, name)))
            values = changes(before, {name: values[name] for name in differing})
        values |= _notes_with(also, values, before)
        if before is None:
            values = {**row.defaults, **values}
        else:
            called = str(values.get("name", ""))
            if name_key(called) in (name_key(before.name), value_of(row, "email").casefold()):
                values.pop("name", None)
        after = replace(before, **values) if before is not None else Contact(id=person, **values)
        seen[person] = _EarlierPerson(place, after, said)
        return replace(row, id=person, values=values, matched=why)


def _is_same(told: object, there: object) -> bool:
    """Whether two texts differ in blanks, controls and capitals alone: a card has each on one line, plain."""
    if not (isinstance(told, str) and isinstance(there, str)):
        return False
    return plain(told).casefold().split() == plain(there).casefold().split()


def _notes_with(also: Iterable[str], values: Mapping[str, Any], before: Contact | None) -> dict[str, str]:
    """A person's notes with these addresses and numbers, unless all of them are known; else nothing."""
    email, phone, notes = (
        str(values.get(name, getattr(before, name, ""))) for name in ("email", "phone", "notes")
    )
    lines = [other_address(each) for each in also if each not in (email, phone) and each not in notes]
    return {"notes": "\n".join(filter(None, (notes, *lines)))} if lines else {}
