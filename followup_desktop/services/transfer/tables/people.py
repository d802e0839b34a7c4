"""The people named in a cell: "Ana Ruiz (Recruiter)", "Ana <ana@acme.example>", a line each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_IN_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*")
_BETWEEN = re.compile(r"\s*[\n;]\s*|(?<=\)),\s+")
_ADDRESS = re.compile(r"\w+://\S+")


@dataclass(frozen=True, slots=True)
class Person:
    """Someone as a cell names them."""

    name: str
    email: str = ""
    title: str = ""
    url: str = ""


def _parts(text: str) -> Iterator[str]:
    """What a cell says of each: also of those between commas, where every one has an address."""
    for part in _BETWEEN.split(text):
        several = part.split(",")
        yield from several if all(map(_EMAIL.search, several)) else (part,)


def people_in(text: str) -> Iterator[Person]:
    """Everyone whom a cell names. Who is known by an address alone is called by it."""
    for part in _parts(text.strip()):
        found = _EMAIL.search(part)
        email = found[0] if found else ""
        title = url = ""
        for inner in _IN_BRACKETS.findall(part):
            if _ADDRESS.fullmatch(inner.strip()):
                url = inner.strip()
            elif not _EMAIL.fullmatch(inner.strip()):
                title = title or inner.partition(",")[0].strip()
        bare = _IN_BRACKETS.sub(" ", part)
        name = " ".join(_ADDRESS.sub(" ", bare.replace(email, " ") if email else bare).split())
        name = name.strip(" <>,:-–") or email
        if name:
            # The address of a page of Notion's is no way to a person.
            yield Person(name, email, title, "" if "notion.so" in url or "notion.site" in url else url)
