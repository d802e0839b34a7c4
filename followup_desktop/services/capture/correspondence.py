"""Which application an email or invitation is about: by who wrote, the employer and the role it names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from followup_desktop.domain.model import ACTIVE_STAGES, Application, Contact
from followup_desktop.services.capture.addresses import host_of, split_address
from followup_desktop.services.capture.duplicates import employer_words, role_words
from followup_desktop.services.capture.mail_addresses import domain_of, is_free, is_no_reply, is_of_a_team
from followup_desktop.services.capture.phrasebook import words_for
from followup_desktop.services.capture.postings.boards import is_house
from followup_desktop.storage.folding import fold_joined

_KNOWN_ADDRESS, _OF_THE_HOUSE, _EMPLOYER_IN_HEAD, _EMPLOYER_IN_TEXT = 8, 5, 5, 3
_KNOWN_NAME, _ROLE_IN_HEAD, _ROLE_IN_TEXT, _IS_ACTIVE = 3, 3, 2, 1
_ARCHIVED = -1
_ENOUGH = 3
"""So much must speak for an employer; a role alone is one of many employers'."""
_SHORTEST_NAME = 3
_SECOND_LEVEL = frozenset({"co", "com", "org", "net", "ac", "gov", "edu"})
_SERVERS = frozenset({"email", "hire", "mail", "mailer", "meetings", "reply", "send"})
_NOT_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Correspondence:
    """What tells whose something is: addresses and names of people, the head (subject, sender), the text."""

    addresses: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    head: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LikelyApplications:
    """The applications it may be about, the likeliest first; ``is_sure`` if nothing speaks for another."""

    applications: tuple[Application, ...] = ()
    is_sure: bool = False

    @property
    def likeliest(self) -> Application | None:
        """The one that is proposed, unless several are as likely."""
        return self.applications[0] if self.is_sure else None


def find_applications(
    said: Correspondence, applications: Iterable[Application], contacts: Mapping[str, Contact]
) -> LikelyApplications:
    """The applications that employer, people and role speak for.

    Nothing is sure where two are as likely; then all of these come first.
    """
    evidence = _Evidence(said)
    ranked = [(evidence.weight(each, contacts), each) for each in applications]
    found = sorted(
        ((weight, each) for weight, each in ranked if weight > 0), key=lambda pair: (-pair[0], pair[1].id)
    )
    is_sure = len(found) == 1 or (len(found) > 1 and found[0][0] > found[1][0])
    return LikelyApplications(applications=tuple(each for _weight, each in found), is_sure=is_sure)


def house_of(address: str) -> str:
    """The word of an address that names its employer ("acme" of ``jobs@mail.acme.com``), or an empty text."""
    labels = domain_of(address).split(".")
    if len(labels) < 2 or is_free(address):
        return ""
    house = labels[-3] if len(labels) > 2 and labels[-2] in _SECOND_LEVEL else labels[-2]
    if is_house(house):
        return _squeezed(house)
    # Hiring systems send for many: acme@myworkday.com, no-reply@acme.teamtailor-mail.com
    box = address.partition("@")[0]
    before = [each for each in (*labels[-3:-2], box) if len(each) > _SHORTEST_NAME and not _is_shared(each)]
    return _squeezed(before[0]) if before else ""


def is_of_house(name: str, house: str) -> bool:
    """Whether a name may be that of ``house_of`` an address, by how it begins.

    An address writes "Größe & Söhne GmbH" as groesse-soehne, grosse-sohne or groesse-und-soehne.
    """
    return any(each.startswith(house) for each in _spellings(name))


def _spellings(name: str) -> Iterator[str]:
    """The name as addresses write it."""
    yield _squeezed(name)
    if not name.isascii() or "&" in name:
        for written in (name, name.translate(_IN_TWO)):
            for word in _words_for_and():
                yield _squeezed(fold_joined(written.replace("&", word)))


_IN_TWO = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "Ä": "Ae",
        "Ö": "Oe",
        "Ü": "Ue",
        "å": "aa",
        "Å": "Aa",
        "ø": "oe",
        "Ø": "Oe",
    }
)
"""Letters that an address writes as two."""
_OF_THE_NORTH = ("og", "och")
"""Of languages that have no file of words."""


@cache
def _words_for_and() -> tuple[str, ...]:
    return ("", *words_for("and"), *_OF_THE_NORTH)


def _is_shared(name: str) -> bool:
    """Whether it is a mailbox or a server of any house: "no-reply", "mail", "careers"."""
    return name in _SERVERS or is_no_reply(f"{name}@") or is_of_a_team(f"{name}@")


class _Evidence:
    """What something says, in the form in which it is compared."""

    def __init__(self, said: Correspondence) -> None:
        self._addresses = {each.casefold() for each in said.addresses}
        self._houses = {house for each in said.addresses if (house := house_of(each))}
        self._names = {_in_any_order(each) for each in said.names if each}
        self._head = f" {employer_words(said.head)} {role_words(said.head)} "
        self._text = f" {employer_words(said.text)} {role_words(said.text)} "

    def weight(self, application: Application, contacts: Mapping[str, Contact]) -> int:
        """How much speaks for an application; 0 where not enough does for its employer."""
        people = [contacts[each] for each in application.contacts if each in contacts]
        name = employer_words(application.employer)
        of_employer = max(
            self._of_people(people),
            _OF_THE_HOUSE if self._is_of_house(application, name, people) else 0,
            self._named(name, _EMPLOYER_IN_HEAD, _EMPLOYER_IN_TEXT),
        )
        if of_employer < _ENOUGH:
            return 0
        role = role_words(application.role)
        of_role = self._named(role, _ROLE_IN_HEAD, _ROLE_IN_TEXT)
        state = (_IS_ACTIVE if application.stage in ACTIVE_STAGES else 0) + application.archived * _ARCHIVED
        return 2 * (of_employer + of_role) + state

    def _of_people(self, people: Sequence[Contact]) -> int:
        if any(person.email.casefold() in self._addresses for person in people if person.email):
            return _KNOWN_ADDRESS
        return _KNOWN_NAME if any(_in_any_order(person.name) in self._names for person in people) else 0

    def _is_of_house(self, application: Application, name: str, people: Sequence[Contact]) -> bool:
        squeezed = _squeezed(name)
        parts = split_address(application.url)
        theirs = {house_of(person.email) for person in people if person.email}
        if parts is not None:
            theirs.add(house_of(f"x@{host_of(parts)}"))
        return any(
            house in theirs
            or house == squeezed
            or (len(house) > _SHORTEST_NAME and is_of_house(application.employer, house))
            for house in self._houses
        )

    def _named(self, words: str, in_head: int, in_text: int) -> int:
        if len(words) < _SHORTEST_NAME:
            return 0
        if f" {words} " in self._head:
            return in_head
        return in_text if f" {words} " in self._text else 0


def _in_any_order(name: str) -> tuple[str, ...]:
    """The words of a person's name, of which the surname may come first."""
    return tuple(sorted(employer_words(name).split()))


def _squeezed(text: str) -> str:
    return _NOT_LETTERS.sub("", text.casefold())
