"""The people whom a row names, with what its columns say of each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from followup_desktop.i18n import _
from followup_desktop.services.capture.mail_addresses import is_no_reply, is_of_a_team
from followup_desktop.services.transfer.document import Row
from followup_desktop.services.transfer.lasting_ids import contact_id
from followup_desktop.services.transfer.spreadsheet import parted
from followup_desktop.services.transfer.tables.cells import leads_to_a_site, mailbox
from followup_desktop.services.transfer.tables.fields import ABOUT_PERSONS
from followup_desktop.services.transfer.tables.layouts import OWN
from followup_desktop.services.transfer.tables.people import Person, given_name_first, people_in
from followup_desktop.services.transfer.tables.row_texts import RowTexts
from followup_desktop.services.transfer.tables.words import (
    is_of_interviewers,
    is_of_the_user,
    number_in,
    person_in,
)

_NAMING = frozenset({"contact_name", "contact_email", "first_name", "last_name"})

PeopleByColumn = dict[int, list[Person]]
"""People by the columns that tell whom they are about."""


class RowPeople:
    """Tells whom a row names; the user, whose addresses are ``own_addresses``, is nobody of them."""

    def __init__(self, texts: RowTexts, own_addresses: Collection[str]) -> None:
        self._texts = texts
        self._own_addresses = own_addresses
        self._meets: dict[int, str] = {}
        """The columns of interviewers, each with the number in its heading."""
        self.interviewers: dict[str, str] = {}
        """The ids of those given by ``rows`` who are met, each with the number in the heading."""

    def named(self, of: Collection[int] | None = None) -> PeopleByColumn:
        """The people whom the row names or has an address of.

        Of addresses only those beside the columns ``of``, if any are given. What says more of them, or is
        nobody's, is kept.
        """
        texts = self._texts
        if texts.said.keys().isdisjoint(_NAMING):
            return {}
        found = self._by_names()
        known = {person.name for people in found.values() for person in people}
        given: Counter[int] = Counter()
        for said in texts.said.get("contact_email", ()):
            those = list(_linked(people_in(said.text), said.link)) if of is None or said.whose in of else []
            people = found.setdefault(said.whose, [])
            theirs = [
                each for each in those if not self._is_nobodys(each, said.heading, is_named=bool(people))
            ]
            if len(theirs) < len(those) or any(
                person.phone or person.name not in {person.email} | known for person in theirs
            ):
                texts.keep(said)  # it says more than an address, as a number
            for email in filter(None, (person.email for person in theirs)):
                place = given[said.whose]
                given[said.whose] += 1
                if place < len(people):
                    name = given_name_first(people[place].name, email)
                    people[place] = replace(people[place], name=name, email=email)
                else:
                    people.append(Person(email, email))
        return {whose: people for whose, people in found.items() if people}

    def rows(self, named: PeopleByColumn, employer: str) -> Iterator[Row]:
        """The people as rows, with what is said of each; what is said of others is kept."""
        texts = self._texts
        about: dict[int, dict[str, str]] = defaultdict(dict)
        for field in ABOUT_PERSONS[1:]:
            for said in texts.said.get(field, ()):
                if texts.header.is_of_people and said.whose not in named:
                    continue
                people = named.get(said.whose, ())
                name = field.removeprefix("contact_")
                if not people or name in about[said.whose] or getattr(people[0], name, None):
                    texts.keep(said)
                else:
                    about[said.whose][name] = said.text
        for whose, people in named.items():
            for place, person in enumerate(people):
                values = {
                    "name": person.name,
                    "email": person.email,
                    "url": person.url,
                    "title": person.title,
                    "phone": person.phone,
                }
                values |= about[whose] if place == 0 else {}
                told = {key: value for key, value in values.items() if value}
                own = contact_id(person.name, employer, person.email, told.get("url", ""))
                if whose in self._meets:
                    self.interviewers.setdefault(own, self._meets[whose])
                # Translators: a row of a table, and who is in it: “line 4, Ana Ruiz”.
                place_of_person = _("{row}, {name}").format(row=texts.place, name=person.name)
                # Where somebody works is no more than likely: a recruiter may be of an agency.
                yield Row(place=place_of_person, id=own, values=told, defaults={"employer": employer})

    def _by_names(self) -> PeopleByColumn:
        texts = self._texts
        found: PeopleByColumn = {}
        for said in texts.said.get("contact_name", ()):
            is_own = texts.layout is OWN
            people = map(Person, parted(said.text)) if is_own else _linked(people_in(said.text), said.link)
            for person in people:
                is_nobodys = self._is_nobodys(person, said.heading, is_named=False)
                is_named = person.name.casefold() != person.email.casefold()
                if is_nobodys and not texts.is_kept(said):
                    texts.keep(said)
                if is_named or not is_nobodys:
                    those = found.setdefault(said.whose, [])
                    those.append(replace(person, email="") if is_nobodys else person)
            if is_of_interviewers(said.heading):
                self._meets[said.whose] = number_in(said.heading)
        names = [said for field in ("first_name", "last_name") for said in texts.said.get(field, ())]
        if names and not found:
            found[names[0].whose] = [Person(both_names(texts))]
        return found

    def _is_nobodys(self, person: Person, heading: str, *, is_named: bool) -> bool:
        """Whether an address is the user's, or of no person.

        A team's is, unless somebody is named beside it, or the heading says that it is a contact.
        """
        email = person.email.casefold()
        if not email:
            return False
        is_so = is_no_reply(email) or email in self._own_addresses or is_of_the_user(heading)
        if not is_so and not is_named and person.name.casefold() == email:
            is_so = is_of_a_team(email) and not person_in(heading)
        return is_so and not self._texts.header.is_of_people and self._texts.layout is not OWN


def both_names(texts: RowTexts) -> str:
    """The given names and the surname that stand in columns of their own."""
    return " ".join(filter(None, map(texts.text, ("first_name", "middle_name", "last_name"))))


def _linked(people: Iterable[Person], link: str) -> Iterator[Person]:
    """The people of a cell, the only one with the address behind their name."""
    found = list(people)
    if leads_to_a_site(link) and len(found) == 1 and not found[0].url:
        found = [replace(found[0], url=link)]
    if (address := mailbox(link)) and len(found) == 1 and not found[0].email:
        behind = (each.email for each in people_in(address) if each.email)
        found = [replace(found[0], email=email) for email in [*behind][:1]] or found
    yield from found
