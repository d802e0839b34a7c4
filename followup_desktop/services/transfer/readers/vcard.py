"""People of address books (vCard 2.1, 3.0 and 4.0)."""

from __future__ import annotations

import re

from followup_desktop.domain.checks import check_id
from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import N_, _
from followup_desktop.services.transfer.document import (
    Document,
    Reading,
    Recognition,
    RefusedRow,
    Row,
    Source,
)
from followup_desktop.services.transfer.lasting_ids import contact_id
from followup_desktop.services.transfer.vcards import VCard, read_cards

FORMAT = N_("Address book")
_BEGINS = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*BEGIN:VCARD\b", re.IGNORECASE)
_FIELDS = ("name", "employer", "title", "email", "phone", "url", "notes")


def recognise(data: bytes, _name: str) -> Recognition:
    """Whether it begins as an address book does."""
    return Recognition.SURE if _BEGINS.match(data[:1000]) else Recognition.NONE


def read(data: bytes, reading: Reading) -> Document:
    """The people of the file; ``Refused`` where there is none in it."""
    cards = read_cards(data, reading.on_progress)
    return Document(
        format=_(FORMAT),
        foreign=True,
        contacts=tuple(_row(card) for card in cards if not card.why_not),
        refused=tuple(
            RefusedRow(place=_place(card), why=card.why_not, source=Source(cells=(card.name,)))
            for card in cards
            if card.why_not
        ),
    )


def _row(card: VCard) -> Row:
    values = {name: value for name in _FIELDS if (value := getattr(card, name))}
    return Row(place=_place(card), id=_id(card), values=values, also=card.also)


def _id(card: VCard) -> str:
    """The id that the card gives, which is ours where the book is; else one that the person always gets."""
    try:
        return check_id(card.uid, "UID")
    except Refused:
        return contact_id(card.name, card.employer, card.email, card.url)


def _place(card: VCard) -> str:
    return _("contact {n}").format(n=card.number)
