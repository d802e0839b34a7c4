"""The people named in a cell: "Ana Ruiz (Recruiter)", "Ana <ana@acme.example>", a line each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice

from followup_desktop.services.capture.phrasebook import words_for
from followup_desktop.services.capture.roles import role_word
from followup_desktop.services.transfer.tables.table import folded
from followup_desktop.services.transfer.tables.words import (
    any_of,
    forms_of_address,
    given_names,
    no_surnames,
    short_forms_of_address,
    small_words_of_names,
)

_EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_IN_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*")
_BETWEEN = re.compile(r"\s*[\n;]\s*|(?<=\)),\s+")
_COMMA = re.compile(r"\s*,\s*")
_BEFORE_A_TITLE = re.compile(r"\s+[-–—|/]\s+|\s*,\s+")
_NAME_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?")
_PHONE = re.compile(r"(?<![\w@.+/-])\+?\(?\d(?:[\s()./-]{0,2}\d){5,14}(?![\w@])")
_DATE = re.compile(r"\d{1,4}([./-])\d{1,2}\1\d{1,4}")
_MOST_WORDS = 5
_ADDRESS = re.compile(r"\w+://\S+")


@dataclass(frozen=True, slots=True)
class Person:
    """Someone as a cell names them."""

    name: str
    email: str = ""
    title: str = ""
    url: str = ""
    phone: str = ""


@cache
def _links() -> frozenset[str]:
    """The words between two names."""
    return frozenset(words_for("and"))


@cache
def _between_names() -> re.Pattern[str]:
    return re.compile(rf"\s*/\s*|\s*&\s+|\s+(?:{'|'.join(words_for('and'))}|\+)\s+")


@cache
def _before_a_phone() -> re.Pattern[str]:
    return re.compile(rf"[,;]?\s*\b(?:{any_of('phones')})\b\.?\s*:?", re.IGNORECASE)


def _parts(text: str) -> Iterator[str]:
    """What a cell says of each: also of those between commas, where every one has an address."""
    for part in _BETWEEN.split(text):
        several = part.split(",")
        if len(several) > 1 and all(map(_EMAIL.search, several)):
            yield from several
        else:
            named = _between_names().split(part)
            are_people = all(
                _is_of_a_person(each) or _is_surname_first(each) or len(_by_commas(each)) > 1
                for each in named
            )
            for each in named if are_people else (part,):
                yield from _by_commas(each)


def _by_commas(text: str) -> list[str]:
    """The several people between commas; one alone where a surname or a position stands in it."""
    named = _COMMA.split(text)
    pairs = [", ".join(named[place : place + 2]) for place in range(0, len(named), 2)]
    if len(named) > 2 and all(map(_is_surname_first, pairs)):
        return pairs
    return named if all(map(_is_of_a_person, named)) and not _is_surname_first(text) else [text]


def _is_surname_first(text: str) -> bool:
    surname, *given = _COMMA.split(_bare(text))
    return len(given) == 1 and not _begins_as_a_name(surname) and _is_given(given[0])


def _is_given(text: str) -> bool:
    """Whether it is no more than given names, short ones and forms of address too: "Dr. Ana M."."""
    words = [each for each in folded(text).split() if each not in forms_of_address()]
    return (
        bool(words)
        and words[0] in given_names()
        and all(each in given_names() or each in small_words_of_names() or len(each) == 1 for each in words)
    )


def given_name_first(name: str, email: str = "") -> str:
    """The name of a person as they are called: "Ana Ruiz" of "Ruiz, Ana".

    What stands behind the comma is a known given name, or that with which their address begins.
    """
    surname, *given = _COMMA.split(name)
    if len(given) != 1 or not (surname and given[0]) or _is_position(name):
        return name
    box, words = folded(email.partition("@")[0]).split(), folded(given[0]).split()
    is_spelled = len(box) > 1 and words[:1] == box[:1] and folded(surname).split()[-1:] == box[-1:]
    return f"{given[0]} {surname}" if is_spelled or _is_surname_first(name) else name


def _is_of_a_person(text: str) -> bool:
    """Whether it is how one person is called: by a known given name, or by two words or more of a name.

    A single other word may be a second surname: "Ana Ruiz y Vega", or a firm's "Tom & Sons".
    """
    called = _without_short_form(text)
    if _begins_as_a_name(called):
        return True
    is_addressed, text = called != text, called
    bare = _bare(text)
    words = [each for each in bare.split() if folded(each) not in forms_of_address()]
    own = [each for each in words if each not in small_words_of_names()]
    is_name = all(_NAME_WORD.fullmatch(each) and each[0].isupper() for each in own)
    return is_name and (1 - is_addressed) < len(own) <= len(words) <= _MOST_WORDS and not _is_position(bare)


def _bare(text: str) -> str:
    """What is left without addresses and what is in brackets."""
    return _IN_BRACKETS.sub(" ", _EMAIL.sub(" ", text).replace("<", " ").replace(">", " "))


def _without_short_form(text: str) -> str:
    first, __, rest = text.strip().partition(" ")
    return rest if rest and first.removesuffix(".") in short_forms_of_address() else text


def _is_position(text: str) -> bool:
    """Whether a word of it says what somebody does, or is of a firm."""
    return role_word().search(text) is not None or not no_surnames().isdisjoint(folded(text).split())


def _begins_as_a_name(text: str) -> bool:
    """Whether it is one of several people: a surname would follow a comma, too, but not with a given name."""
    words = folded(_IN_BRACKETS.sub(" ", text)).split()
    is_whole = text.count("(") == text.count(")")
    return is_whole and 0 < len(words) <= _MOST_WORDS and words[0] in _first_words()


@cache
def _first_words() -> frozenset[str]:
    return given_names() | forms_of_address()


def _phone_in(text: str) -> str:
    found = _PHONE.search(text)
    return found[0].strip() if found is not None and _DATE.fullmatch(found[0]) is None else ""


@lru_cache(maxsize=4096)
def people_in(text: str) -> tuple[Person, ...]:
    """Everyone whom a cell names. Who is known by an address alone is called by it."""
    words = text.split()
    if words and "".join(words).isalpha() and "\n" not in text and _links().isdisjoint(words):
        return (Person(" ".join(words)),)  # as most are
    if _EMAIL.fullmatch(text):
        return (Person(text, text),)
    return tuple(_people_in(text))


def _people_in(text: str) -> Iterator[Person]:
    for part in _parts(text.strip()):
        found = _EMAIL.search(part)
        email = found[0] if found else ""
        phone = _phone_in(_ADDRESS.sub(" ", part.replace(email, " ") if email else part))
        said = _before_a_phone().sub(" ", part.replace(phone, " ")) if phone else part
        title = url = ""
        for inner in _IN_BRACKETS.findall(said):
            if _ADDRESS.fullmatch(inner.strip()):
                url = inner.strip()
            elif not _EMAIL.fullmatch(inner.strip()):
                title = title or inner.partition(",")[0].strip()
        bare = _IN_BRACKETS.sub(" ", said)
        name = " ".join(_ADDRESS.sub(" ", bare.replace(email, " ") if email else bare).split())
        name = name.strip(" <>,:-–") or email
        for before in islice(_BEFORE_A_TITLE.finditer(name), _MOST_WORDS if not title else 0):
            called, rest = name[: before.start()], name[before.end() :]
            if _is_position(rest) and (_is_of_a_person(called) or _is_surname_first(called)):
                name, title = called, rest
                break
        name = given_name_first(name, email)
        if name:
            # The address of a page of Notion's is no way to a person.
            yield Person(name, email, title, "" if "notion.so" in url or "notion.site" in url else url, phone)


def emails_in(text: str) -> Iterator[str]:
    """The email addresses in a cell, in small letters."""
    return (found[0].casefold() for found in _EMAIL.finditer(text))


def is_called_so(name: str, email: str) -> bool:
    """Whether a name is one of a person: by its given name, or as it is in their address."""
    box = folded(email.partition("@")[0]).split()
    return _begins_as_a_name(name) or not set(box).isdisjoint(folded(name).split())
