"""The people as an address book: vCard 3.0 (RFC 2426), which phones and mail programs all read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from followup_desktop.domain.model import Contact
from followup_desktop.i18n import _
from followup_desktop.services.transfer.calendar_entries import plain
from followup_desktop.services.transfer.formats import Contents

_LONGEST_LINE = 75
"""Bytes of a line before it is folded."""
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+")
_PHONE = re.compile(r"\+?[\d\s().\-–/]*\d[\d\s().\-–/]*")
_ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", ",": "\\,", ";": "\\;"})


def write_file(contents: Contents) -> bytes:
    """A card for each person, in the order of their ids; the same facts give the same bytes."""
    return b"".join(b"".join(map(_folded, _lines(contact))) for contact in contents.facts.contacts)


def _lines(contact: Contact) -> Iterator[str]:
    yield "BEGIN:VCARD"
    yield "VERSION:3.0"
    yield f"UID:{_text(contact.id)}"
    yield f"FN:{_text(contact.name)}"
    yield "N:" + ";".join(map(_text, (*_name_parts(contact.name), "", "", "")))
    told = (
        ("ORG", contact.employer),
        ("TITLE", contact.title),
        ("EMAIL;TYPE=INTERNET", contact.email),
        ("TEL;TYPE=VOICE", contact.phone),
        ("URL", contact.url),
        *(("EMAIL;TYPE=INTERNET" if "@" in each else "TEL;TYPE=VOICE", each) for each in _others(contact)),
        ("NOTE", contact.notes),
    )
    yield from (f"{name}:{_text(value)}" for name, value in told if value)
    yield "END:VCARD"


def other_address(address: str) -> str:
    """The line of a person's notes that keeps one more email address or phone number."""
    return _("Also: {address}").format(address=address)


def _others(contact: Contact) -> Iterator[str]:
    """The addresses and numbers that the notes keep in such lines."""
    before, after = other_address("\n").split("\n")
    for line in contact.notes.splitlines():
        address = line.removeprefix(before).removesuffix(after)
        if before + address + after == line and (_EMAIL.fullmatch(address) or _PHONE.fullmatch(address)):
            yield address


def _name_parts(name: str) -> tuple[str, str]:
    """Family and given name, as the order in which they stand tells: "Lindqvist, Elsa", "Ana Ruiz"."""
    family, comma, given = name.partition(",")
    if comma:
        return family.strip(), given.strip()
    given, _space, family = name.rpartition(" ")
    return family, given


def _text(value: str) -> str:
    return plain(value).translate(_ESCAPES)


def _folded(line: str) -> bytes:
    """The line in UTF-8, in pieces that are none too long and cut no letter."""
    pieces: list[bytes] = []
    piece = b""
    for character in line:
        encoded = character.encode()
        if len(piece) + len(encoded) > _LONGEST_LINE - (1 if pieces else 0):
            pieces.append(piece)
            piece = b""
        piece += encoded
    return b"\r\n ".join([*pieces, piece]) + b"\r\n"
