"""The people as an address book, which comes back as the same people."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given

from followup_desktop.domain.model import Contact, Facts
from followup_desktop.services.transfer.address_book import write_file
from followup_desktop.services.transfer.calendar_entries import plain
from followup_desktop.services.transfer.formats import Contents, read_document
from followup_desktop.services.transfer.report import Change
from followup_desktop.services.transfer.vcards import read_cards
from followup_desktop.services.wording import Wording
from tests.services.conftest import Desk, acme, madrid
from tests.strategies import facts as any_facts

ANA = Contact(
    id="c1",
    name="Ana Ruiz",
    employer="Acme; Works, Inc.",
    title="Lead",
    email="ana@acme.example",
    phone="+34 600 000 000",
    url="https://acme.example/ana",
    notes="First line\nsecond, with a \\ and ñ — " + "long " * 40,
)


def book(*contacts: Contact) -> bytes:
    facts = Facts(contacts=contacts)
    return write_file(Contents(facts=facts, plan=(), now=madrid("2026-10-14T12:00"), wording=Wording()))


def test_a_card_has_all_that_is_known_of_somebody() -> None:
    (card,) = read_cards(book(ANA))
    known = (card.name, card.employer, card.title, card.email, card.phone, card.url, card.notes)
    assert known == (ANA.name, ANA.employer, ANA.title, ANA.email, ANA.phone, ANA.url, ANA.notes.strip())


def test_the_name_is_divided_as_it_is_written() -> None:
    data = book(ANA, replace(ANA, id="c2", name="Lindqvist, Elsa"), replace(ANA, id="c3", name="Cher"))
    names = [line for line in data.decode().split("\r\n") if line.startswith("N:")]
    assert names == ["N:Ruiz;Ana;;;", "N:Lindqvist;Elsa;;;", "N:Cher;;;;"]


def test_lines_are_folded_between_letters() -> None:
    data = book(ANA)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert all(line.decode() for line in data.split(b"\r\n") if line), "no letter is cut"


@given(any_facts())
def test_any_people_come_back(facts: Facts) -> None:
    contents = Contents(facts=facts, plan=(), now=madrid("2026-10-14T12:00"), wording=Wording())
    data = write_file(contents)
    if facts.contacts:
        found = [card.name for card in read_cards(data)]
        names = [" ".join(plain(contact.name).split()) for contact in facts.contacts]
        # Whose name can't be seen is called by the address, say.
        assert [name and read for name, read in zip(names, found, strict=True)] == names


def test_what_is_read_again_changes_nothing(desk: Desk) -> None:
    desk.put(acme(contacts=("c1",)), contacts=(ANA,))
    facts = desk.store.facts()
    report = desk.tracker.import_document(read_document(book(ANA), reading=desk.tracker.reading("x.vcf")))
    assert {row.change for row in report.rows} == {Change.SKIPPED}
    assert desk.store.facts() == facts


CARD = b"""BEGIN:VCARD
VERSION:3.0
UID:kate
FN:Kate Bellamy
EMAIL;TYPE=PREF:kate@harbor.example
EMAIL;TYPE=HOME:kate@home.example
EMAIL;TYPE=HOME:Kate@Home.example
TEL;TYPE=CELL:+34 600 000 010
TEL;TYPE=WORK:+34 910 000 010
TEL;TYPE=FAX:+34 910 000 011
NOTE:Met at the fair\\, prefers mail
END:VCARD
"""
NOTES = "Met at the fair, prefers mail\nAlso: kate@home.example\nAlso: +34 910 000 010"


def read_into(desk: Desk, data: bytes) -> set[Change]:
    report = desk.tracker.import_document(read_document(data, reading=desk.tracker.reading("x.vcf")))
    return {row.change for row in report.rows}


def test_further_addresses_of_somebody_are_kept_in_the_notes_once(desk: Desk) -> None:
    assert read_into(desk, CARD) == {Change.ADDED}
    (kate,) = desk.store.facts().contacts
    assert (kate.email, kate.phone, kate.notes) == ("kate@harbor.example", "+34 600 000 010", NOTES)
    assert read_into(desk, CARD) == {Change.SKIPPED}
    assert read_into(desk, CARD.replace(b"prefers mail", b"prefers calls")) == {Change.UPDATED}
    (kate,) = desk.store.facts().contacts
    assert kate.notes.count("kate@home.example") == 1


def test_further_addresses_go_out_as_such_and_come_back_once(desk: Desk) -> None:
    read_into(desk, CARD)
    people = desk.store.facts().contacts
    data = book(*people)
    assert b"EMAIL;TYPE=INTERNET:kate@home.example\r\n" in data
    assert b"TEL;TYPE=VOICE:+34 910 000 010\r\n" in data
    assert read_into(desk, data) == {Change.SKIPPED}
    assert desk.store.facts().contacts == people


def test_a_line_that_only_begins_so_is_no_address() -> None:
    data = book(replace(ANA, notes="Also: she speaks German\nAlso: 3 days a week"))
    assert data.count(b"EMAIL") == data.count(b"TEL;") == 1
