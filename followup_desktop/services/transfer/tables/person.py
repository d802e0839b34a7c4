"""Making people of the row of an address book: the one it is about, and others whom it names."""

from __future__ import annotations

from collections.abc import Collection

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _
from followup_desktop.services.transfer.document import Row
from followup_desktop.services.transfer.lasting_ids import contact_id
from followup_desktop.services.transfer.tables.cells import CellText, mailbox
from followup_desktop.services.transfer.tables.fields import ABOUT_PERSONS, NAMES
from followup_desktop.services.transfer.tables.people import given_name_first
from followup_desktop.services.transfer.tables.row_people import RowPeople, both_names
from followup_desktop.services.transfer.tables.row_texts import RowTexts
from followup_desktop.services.transfer.tables.table import folded
from followup_desktop.services.transfer.tables.words import forms_of_address

_OF_PERSONS = frozenset(
    {
        *NAMES,
        *ABOUT_PERSONS,
        *("middle_name", "called", "employer", "notes", "saved_on", "number", "key", "id", ""),
    }
)
"""What isn't kept in the notes of a person as well."""


def people_of_row(texts: RowTexts, own_addresses: Collection[str]) -> list[Row]:
    """The person whom the row is about, last, and before them others whom its columns name.

    Raises ``Refused`` where it names no one.
    """
    said = texts.said
    naming = {place.whose for place in texts.header.places if place.field in NAMES}
    names = [each for each in said.get("contact_name", ()) if each.text]
    main = names[0].whose if names else min(naming, default=-1)
    others = naming - {main}
    mine = _about(texts, others)
    first = {field: several[0].text if several else "" for field, several in mine.items()}
    email = first["contact_email"] or next(filter(None, (mailbox(each.link) for each in names)), "")
    behind = next((each for each in names if each.with_link != each.text), None)
    url = first["contact_url"] or ("" if behind is None else behind.page)
    full = names[0].text if names else both_names(texts) or texts.text("called") or email
    if not full and texts.layout is not None:
        full = texts.text("employer")  # an address book has firms, too
    if not full:
        raise Refused(_("There's no name."))
    full = given_name_first(full, email)
    texts.keep_links()
    employer, role = texts.text("employer"), texts.text("role")
    people = RowPeople(texts, own_addresses)
    named_too = {each: those for each, those in people.named(others).items() if each in others}
    found = list(people.rows(named_too, employer))
    _keep_others(texts, mine)
    values = {
        "name": full,
        "employer": employer,
        "email": email,
        "title": first["contact_title"] or ("" if folded(role) in forms_of_address() else role),
        "phone": first["contact_phone"],
        "url": url,
        "notes": "\n".join([*(each.text for each in texts.said.get("notes", ())), *texts.kept]),
    }
    told = {key: value for key, value in values.items() if value}
    also = tuple(each.text for field in ("contact_email", "contact_phone") for each in mine[field][1:])
    own = contact_id(full, employer, email, url)
    return [*found, Row(place=texts.place, id=own, values=told, also=also)]


def _about(texts: RowTexts, others: Collection[int]) -> dict[str, list[CellText]]:
    """What the row says of its person, by the field, and not of those in the columns of ``others``."""
    mine = {
        field: [each for each in texts.said.get(field, ()) if each.text and each.whose not in others]
        for field in ABOUT_PERSONS
    }
    mine["contact_title"] = [
        each for each in mine["contact_title"] if folded(each.text) not in forms_of_address()
    ]
    return mine


def _keep_others(texts: RowTexts, mine: dict[str, list[CellText]]) -> None:
    """Keep what a person has no fact for."""
    for field in ("contact_title", "contact_url"):
        for said in mine[field][1:]:
            texts.keep(said)
    for field, several in texts.said.items():
        is_taken = field == "employer" or (field == "role" and not mine["contact_title"])
        for said in several[1:] if is_taken else () if field in _OF_PERSONS else several:
            texts.keep(said)
