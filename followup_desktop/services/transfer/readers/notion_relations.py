"""The rows of an archive of Notion that other rows of it refer to by their pages: people, each once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple
from urllib.parse import unquote

from followup_desktop.services.transfer.document import Document, Row
from followup_desktop.services.transfer.persons import name_key, value_of
from followup_desktop.services.transfer.tables.reader import place_of
from followup_desktop.services.transfer.tables.table import Table, written

_IN_ARCHIVE = re.compile(r"(?:([^/\s(),]+)/)?([^/\s(),]+)%20[0-9a-f]{32}\.(?:md|html)\b")
"""The way to a page within the archive: the folder of its table, and its title."""
_ON_THE_WEB = re.compile(r"()\bnotion\.(?:so|site)/(?:[^/\s(),]+/)*([^/\s(),]+)-[0-9a-f]{32}\b")
_NUMBER = re.compile(r"[ _-][0-9a-f]+$", re.IGNORECASE)
_BETWEEN_WORDS = re.compile(r"[\W_]+")


class _TitledRow(NamedTuple):
    """A person's row, and the name of the table in which it is."""

    table: str
    person: Row


def with_people_of_relations(document: Document, tables: Sequence[Table]) -> Document:
    """The document in which somebody whom a row names by their page is the person of that page's row."""
    titled = _titled(document, tables)
    referred = {
        place_of(table, row): people
        for table in tables
        for row in table.rows[1:]
        if titled and (people := list(_people_in(map(written, row.cells), titled)))
    }
    named = {row.id: row for row in document.contacts}
    same: dict[str, Row] = {}
    for application in document.applications:
        for person in referred.get(application.place, ()):
            key = name_key(value_of(person, "name"))
            for each in application.values.get("contacts", ()):
                if each in named and name_key(value_of(named[each], "name")) == key:
                    same.setdefault(each, person)
    if not same:
        return document
    firms = {
        same[row.id].id: value_of(same[row.id], "employer") or value_of(row, "employer")
        for row in reversed(document.contacts)
        if row.id in same
    }
    return replace(
        document,
        contacts=tuple(
            _at_firm(row if row.id not in same else replace(row, id=same[row.id].id), firms)
            for row in document.contacts
        ),
        applications=tuple(
            replace(
                row,
                values=_referring(row.values, "contacts", same),
                interviews=tuple(
                    replace(each, values=_referring(each.values, "interviewers", same))
                    for each in row.interviews
                ),
            )
            for row in document.applications
        ),
    )


def _titled(document: Document, tables: Sequence[Table]) -> Mapping[str, Collection[_TitledRow]]:
    """The people's rows by the title of their pages."""
    people = {row.place: row for row in document.contacts}
    titled: dict[str, list[_TitledRow]] = defaultdict(list)
    for table in tables:
        name = _NUMBER.sub("", table.file.removesuffix(".csv").removesuffix("_all"))
        for row in table.rows[1:]:
            person = people.get(place_of(table, row))
            if person is not None and row.cells:
                titled[_words(written(row.cells[0]))].append(_TitledRow(name, person))
    return titled


def _people_in(cells: Iterator[str], titled: Mapping[str, Collection[_TitledRow]]) -> Iterator[Row]:
    """The people to whose pages the cells of a row lead, where it's sure to whose."""
    for cell in cells:
        for pattern in (_IN_ARCHIVE, _ON_THE_WEB):
            for folder, title in pattern.findall(cell):
                where = unquote(folder)
                found = [
                    each.person
                    for each in titled.get(_words(unquote(title)), ())
                    if where in ("", "..", each.table) or _NUMBER.sub("", where) == each.table
                ]
                if len(found) == 1:
                    yield found[0]


def _at_firm(row: Row, firms: Mapping[str, str]) -> Row:
    """Somebody of a relation as of that firm, by which they are found again when they get an address."""
    return replace(row, defaults={**row.defaults, "employer": firms[row.id]}) if row.id in firms else row


def _referring(values: Mapping[str, Any], key: str, same: Mapping[str, Row]) -> Mapping[str, Any]:
    if key not in values:
        return values
    people = (same[each].id if each in same else each for each in values[key])
    return {**values, key: tuple(dict.fromkeys(people))}


def _words(title: str) -> str:
    return _BETWEEN_WORDS.sub("-", title.casefold()).strip("-")
