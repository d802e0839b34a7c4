"""The people named in a cell: "Ana Ruiz (Recruiter)", "Ana <ana@acme.example>", a line each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from followup_desktop.services.transfer.tables.table import folded
from followup_desktop.services.transfer.tables.words import forms_of_address, given_names

_EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_IN_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*")
_BETWEEN = re.compile(r"\s*[\n;]\s*|(?<=\)),\s+")
_NAMES_APART = re.compile(r"\s*,\s*|\s*/\s*|\s+(?:and|und|et|y|&|\+)\s+")
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


def _parts(text: str) -> Iterator[str]:
    """What a cell says of each: also of those between commas, where every one has an address."""
    for part in _BETWEEN.split(text):
        several = part.split(",")
        if all(map(_EMAIL.search, several)):
            yield from several
        else:
            named = _NAMES_APART.split(part)
            yield from named if all(map(_begins_as_a_name, named)) else (part,)


def _begins_as_a_name(text: str) -> bool:
    """Whether it is one of several people: a surname would follow a comma, too, but not with a given name."""
    words = folded(_IN_BRACKETS.sub(" ", text)).split()
    is_whole = text.count("(") == text.count(")")
    return is_whole and 0 < len(words) <= _MOST_WORDS and words[0] in given_names() | forms_of_address()


def _phone_in(text: str) -> str:
    found = _PHONE.search(text)
    return found[0].strip() if found is not None and _DATE.fullmatch(found[0]) is None else ""


def people_in(text: str) -> Iterator[Person]:
    """Everyone whom a cell names. Who is known by an address alone is called by it."""
    for part in _parts(text.strip()):
        found = _EMAIL.search(part)
        email = found[0] if found else ""
        phone = _phone_in(_ADDRESS.sub(" ", part.replace(email, " ") if email else part))
        said = part.replace(phone, " ") if phone else part
        title = url = ""
        for inner in _IN_BRACKETS.findall(said):
            if _ADDRESS.fullmatch(inner.strip()):
                url = inner.strip()
            elif not _EMAIL.fullmatch(inner.strip()):
                title = title or inner.partition(",")[0].strip()
        bare = _IN_BRACKETS.sub(" ", said)
        name = " ".join(_ADDRESS.sub(" ", bare.replace(email, " ") if email else bare).split())
        name = name.strip(" <>,:-–") or email
        if name:
            # The address of a page of Notion's is no way to a person.
            yield Person(name, email, title, "" if "notion.so" in url or "notion.site" in url else url, phone)
