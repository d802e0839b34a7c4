"""Which contact a person of another program's file is.

An address is a sign of a person and no proof: a team, an agency and a family share one. It counts where the
names agree, or where one of the two has none.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

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


def keys_of(name: str, employer: str, email: str, url: str) -> Iterator[Key]:
    """What a person is known by, the surest first; a name only with an employer, or with none at all."""
    called = employer_key(name)
    if email:
        yield "email", email.casefold(), called
    if key := posting_key(url):
        yield "url", key, called
    if not is_nameless(name, email):
        yield "name", called, employer_key(employer)


def row_keys(row: Row) -> Iterator[Key]:
    """What the person of a row is known by."""
    return keys_of(*(said_of(row, name) for name in ("name", "employer", "email", "url")))


def said_of(row: Row, name: str) -> str:
    """What the row says of a person, or implies."""
    return str(row.values.get(name, row.defaults.get(name, "")))


class People:
    """The contacts that are there."""

    def __init__(self, contacts: Sequence[Contact]) -> None:
        self._by_id = {contact.id: contact for contact in contacts}
        self._by_key: dict[Key, Contact] = {}
        self._by_address: dict[Key, list[Contact]] = defaultdict(list)
        for contact in contacts:
            for key in keys_of(contact.name, contact.employer, contact.email, contact.url):
                self._by_key.setdefault(key, contact)
                if key[0] != "name":
                    self._by_address[key[:2]].append(contact)

    def of(self, rows: Sequence[Row], known: Mapping[str, str]) -> dict[int, Contact]:
        """By the place of a row, the contact it is about; ``known`` has those of some ids of the file.

        Those of the same name go first, so that none takes the contact of another.
        """
        found: dict[int, Contact] = {}
        for place, row in enumerate(rows):
            there = self._by_id.get(row.id) or self._by_id.get(known.get(row.id, ""))
            if there is None:
                there = next((self._by_key[key] for key in row_keys(row) if key in self._by_key), None)
            if there is not None:
                found[place] = there
        taken = {contact.id for contact in found.values()}
        for place, row in enumerate(rows):
            if place not in found and (there := self._like(row, taken)) is not None:
                found[place] = there
                taken.add(there.id)
        return found

    def _like(self, row: Row, taken: Collection[str]) -> Contact | None:
        """The only one with the address of a row whose name agrees with it."""
        name, email = said_of(row, "name"), said_of(row, "email")
        for key in row_keys(row):
            there = self._by_address.get(key[:2], ())
            fitting = [
                each
                for each in (there if len(there) <= MOST else ())
                if each.id not in taken and may_be(each, name, email)
            ]
            if len(fitting) == 1:
                return fitting[0]
        return None
