"""Address books as phones and mail programs write them, compared with what can be known of each."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from followup_desktop.domain.errors import Refused
from followup_desktop.services.transfer.vcards import VCard, read_cards

FIXTURES = Path(__file__).parents[2] / "fixtures"
FOLDERS = sorted(FIXTURES.glob("vcard-*"))


def card(*lines: str, version: str = "3.0", encoding: str = "utf-8") -> VCard:
    text = "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""])
    (found,) = read_cards(text.encode(encoding))
    return found


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_people_are_what_can_be_known(folder: Path) -> None:
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    (file,) = folder.glob("*.vcf")
    found = read_cards(file.read_bytes())
    assert len(found) == len(expected["contacts"])
    for each, wanted in zip(found, expected["contacts"], strict=True):
        for key, value in wanted.items():
            assert getattr(each, key) in ([value] if key == "notes" else value.split(" or ")), key


def test_quoted_printable_of_any_charset_is_read_over_its_soft_breaks() -> None:
    found = card(
        "N;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:M=FCller;J=F6rg",
        "NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:One=0D=0A=",
        "two =C3=A4=",
        "nd three",
        "EMAIL;INTERNET:j@x.example",
        version="2.1",
    )
    assert (found.name, found.notes, found.email) == ("Jörg Müller", "One\ntwo änd three", "j@x.example")


def test_old_cards_in_the_encoding_of_western_windows_are_read() -> None:
    assert card("FN:Jörg Müller – Köln", version="2.1", encoding="cp1252").name == "Jörg Müller – Köln"


def test_version_4_says_what_is_preferred_by_a_number_and_has_links_for_numbers() -> None:
    found = card(
        "FN:Ana Ruiz",
        'TEL;VALUE=uri;TYPE="cell,voice":tel:+34-600-000;ext=1',
        "TEL;VALUE=uri;TYPE=fax;PREF=1:tel:+34-999",
        "EMAIL;PREF=2:b@x.example",
        "EMAIL;PREF=1:a@x.example",
        "ORG:R\\;D Works;Lab",
        version="4.0",
    )
    assert (found.phone, found.email, found.employer) == ("+34-600-000", "a@x.example", "R;D Works")


def test_pictures_are_left_out_however_long() -> None:
    folded = ["PHOTO;ENCODING=b;TYPE=JPEG:", *(" " + "A" * 74 for _line in range(20_000))]
    assert card("FN:Ana", *folded, "TEL:1").phone == "1"


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (("TEL:1",), "This contact has no name."),
        (("FN:Family", "KIND:group"), "This is a group, not a person."),
        (("FN:Family", "X-ADDRESSBOOKSERVER-KIND:group"), "This is a group, not a person."),
    ],
)
def test_what_is_no_person_says_why(lines: tuple[str, ...], why: str) -> None:
    assert card(*lines).why_not == why


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_file_that_breaks_off_gives_no_half_person(folder: Path) -> None:
    (file,) = folder.glob("*.vcf")
    data = file.read_bytes()
    names = {each.name for each in read_cards(data)}
    for end in range(0, len(data), 64):
        try:
            found = read_cards(data[:end])
        except Refused:
            continue
        assert {each.name for each in found if not each.why_not} <= names
