"""Which contact a person of another program's file is.

An address is a sign of a person and no proof: a team, an agency and a family share one. It counts where the
names agree, or where one of the two has none.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from followup_desktop.domain.model import Contact, employer_key
from followup_desktop.services.capture.addresses import posting_key
from followup_desktop.services.transfer.document import Row

MOST = 20
"""An address of more people than that is nobody's own."""
_WORD = re.compile(r"[^\W\d_]+")

Key = tuple[str, ...]


def is_nameless(name: str, email: str) -> bool:
    """Whether nobody said how the person is called: who is known by an address alone is called by it."""
    return employer_key(name) in ("", email.casefold())


def names_agree(one: str, other: str) -> bool:
    """Whether both may be one person's name: "Ana Ruiz", "Ruiz, Ana", "A. Ruiz", "Dr. Ana Ruiz Vega"."""
    few, many = sorted((_words(one), _words(other)), key=len)
    left = list(many)
    for word in few:
        fitting = [each for each in left if each == word] or [
            each for each in left if _abbreviates(each, word)
        ]
        if not fitting:
            return False
        left.remove(fitting[0])
    return bool(few)


def _words(name: str) -> list[str]:
    bare = "".join(each for each in unicodedata.normalize("NFKD", name) if not unicodedata.combining(each))
    return _WORD.findall(bare.casefold())


def _abbreviates(one: str, other: str) -> bool:
    return 1 in (len(one), len(other)) and one[0] == other[0]


def may_be(contact: Contact, name: str, email: str) -> bool:
    """Whether a contact with the same address can be the person of that name."""
    return (
        is_nameless(name, email)
        or is_nameless(contact.name, contact.email)
        or names_agree(name, contact.name)
    )


def name_key(name: str) -> str:
    """What is equal in names that differ in case, blanks or the place of the surname: "Ruiz, Ana"."""
    surname, comma, given = name.partition(",")
    return employer_key(f"{given} {surname}" if comma and "," not in given else name)


def keys_of(name: str, employer: str, email: str, url: str) -> Iterator[Key]:
    """What a person is known by, the surest first; a name only with an employer, or with none at all."""
    called = name_key(name)
    if email:
        yield "email", email.casefold(), called
    if key := posting_key(url):
        yield "url", key, called
    if not is_nameless(name, email):
        yield "name", called, employer_key(employer)


def row_keys(row: Row) -> Iterator[Key]:
    """What the person of a row is known by."""
    return keys_of(*(value_of(row, name) for name in ("name", "employer", "email", "url")))


def value_of(row: Row, name: str) -> str:
    """What the row says of a person, or implies."""
    return str(row.values.get(name, row.defaults.get(name, "")))


class _KeyedRow(NamedTuple):
    """A row with what its person is known by, which takes most of the time to find."""

    row: Row
    keys: tuple[Key, ...]

    @property
    def name(self) -> Key:
        """The name and employer, or nothing for who has none."""
        return next((key for key in self.keys if key[0] == "name"), ())

    @property
    def addresses(self) -> list[Key]:
        """The addresses, each with its kind."""
        return _addresses_in(self.keys)


def _addresses_in(keys: Iterable[Key]) -> list[Key]:
    # Of two sites someone has a page each.
    return [
        (key[1].partition("/")[0] if key[0] == "url" else key[0], key[1]) for key in keys if key[0] != "name"
    ]


class MergedContacts:
    """The contacts that are there, and those that a file adds.

    Two of one name at one employer are two people where their addresses contradict each other. Someone of
    whom no address is told is the one of that name, if there is only one.
    """

    def __init__(self, contacts: Sequence[Contact]) -> None:
        self._by_id = {contact.id: contact for contact in contacts}
        self._by_key: dict[Key, list[str]] = defaultdict(list)
        self._by_address: dict[Key, list[Contact]] = defaultdict(list)
        self._told: dict[str, set[Key]] = defaultdict(set)
        """The addresses that the file tells of each."""
        self._shared: set[Key] = set()
        """The names of which the file has several people with addresses."""
        for contact in contacts:
            for key in keys_of(contact.name, contact.employer, contact.email, contact.url):
                self._by_key[key].append(contact.id)
                if key[0] != "name":
                    self._by_address[key[:2]].append(contact)

    def there(self, person: str) -> Contact | None:
        """The contact with this id."""
        return self._by_id.get(person)

    def of(self, rows: Sequence[Row], known: Mapping[str, str], new_id: Callable[[Row], str]) -> list[str]:
        """Whom each row is about; ``known`` has those of some ids of the file, ``new_id`` names a new one.

        Those of the same name go first, so that none takes the contact of another; and those with an address
        before those without, when it is known how many there are of a name.
        """
        found: dict[int, str] = {}
        whole, told = range(len(rows)), [_KeyedRow(row, tuple(row_keys(row))) for row in rows]
        keyed = [place for place, each in enumerate(told) if each.addresses]

        def take(places: Iterable[int], person_of: Callable[[_KeyedRow], str]) -> None:
            for place in places:
                if place not in found and (person := person_of(told[place])):
                    found[place] = person
                    self._note(person, told[place])

        def there(each: _KeyedRow) -> str:
            return each.row.id if each.row.id in self._by_id else known.get(each.row.id, "")

        def same_or_new(each: _KeyedRow) -> str:
            own = each.row.id
            return ids.setdefault(own, ids.get(own) or self._named(each) or new_id(each.row))

        take(whole, there)
        take(keyed, self._addressed)
        left = {(told[place].name, rows[place].id) for place in keyed if place not in found}
        self._shared = {name for name, times in Counter(name for name, _id in left).items() if times > 1}
        take(keyed, self._named)
        taken = set(found.values())
        take(keyed, partial(self._like, taken=taken))
        ids = {rows[place].id: person for place, person in found.items()}
        take(keyed, same_or_new)
        take(whole, same_or_new)
        return [found[place] for place in whole]

    def contradicts(self, person: str, row: Row) -> bool:
        """Whether a row tells another address than the one of the same kind that somebody has."""
        return self._contradicts(person, _KeyedRow(row, tuple(row_keys(row))))

    def _contradicts(self, person: str, told: _KeyedRow) -> bool:
        said, had = told.addresses, self._addresses_of(person)
        notes = self._by_id[person].notes.casefold() if person in self._by_id else ""
        kinds = {kind for kind, _address in had}
        others = [each for each in said if each[0] in kinds and each not in had and each[1] not in notes]
        return bool(others) and not had & set(said)

    def _addresses_of(self, person: str) -> set[Key]:
        contact = self._by_id.get(person)
        keys = () if contact is None else keys_of("", "", contact.email, contact.url)
        return {*_addresses_in(keys), *self._told.get(person, ())}

    def _note(self, person: str, told: _KeyedRow) -> None:
        if addresses := told.addresses:
            self._told[person].update(addresses)
        for key in told.keys:
            several = self._by_key[key]
            if len(several) <= MOST and person not in several:
                several.append(person)

    def _addressed(self, told: _KeyedRow) -> str:
        """Who has an address of a row, and its name."""
        keys = (key for key in told.keys if key[0] != "name" and key in self._by_key)
        return next((self._by_key[key][0] for key in keys), "")

    def _named(self, told: _KeyedRow) -> str:
        """The only one who has the name of a row, and no other address.

        Of several with addresses none is the one of whom there's none: which of them can't be said.
        """
        name = told.name
        people = self._by_key.get(name, []) if name else []
        if len(people) > MOST:
            return ""
        if name in self._shared:
            people = [each for each in people if self._addresses_of(each)]
        fitting = [each for each in people if not self._contradicts(each, told)]
        return fitting[0] if len(fitting) == 1 else ""

    def _like(self, told: _KeyedRow, taken: set[str]) -> str:
        """The only one with the address of a row whose name agrees with it."""
        name, email = value_of(told.row, "name"), value_of(told.row, "email")
        for key in told.keys:
            there = self._by_address.get(key[:2], ())
            fitting = [
                each
                for each in (there if len(there) <= MOST else ())
                if each.id not in taken and may_be(each, name, email)
            ]
            if len(fitting) == 1:
                taken.add(fitting[0].id)
                return fitting[0].id
        return ""
