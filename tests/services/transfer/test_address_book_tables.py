"""Address books as tables: what Google's and Outlook's contacts are exported as."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from followup_desktop.services.transfer.document import Answers, Document, QuestionTopic, Reading, Rows
from followup_desktop.services.transfer.formats import read_document
from followup_desktop.services.transfer.report import Change
from tests.services.conftest import Desk

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
GOOGLE = (
    "First Name,Middle Name,Last Name,Name Prefix,Nickname,File As,Organization Name,Organization Title,"
    "Organization Department,Birthday,Notes,Photo,Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,"
    "E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,Website 1 - Label,Website 1 - Value"
)
BOOKS = {
    "google": (
        GOOGLE,
        "Ana,María,Ruiz,Dr.,,,Acme,Recruiter,,,met,https://lh3.example/p,* myContacts,Work,ana@acme.example,"
        "Home,ana@home.example,Mobile,+34 600 ::: +34 700,Profile,https://www.linkedin.com/in/ana",
        {
            "name": "Ana María Ruiz",
            "employer": "Acme",
            "title": "Recruiter",
            "email": "ana@acme.example",
            "phone": "+34 600",
            "url": "https://www.linkedin.com/in/ana",
            "notes": "met",
        },
    ),
    "google, as it was": (
        "Name,Given Name,Additional Name,Family Name,Yomi Name,Name Prefix,Location,Priority,Subject,Notes,"
        "Group Membership,E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Type,Phone 1 - Value,"
        "Organization 1 - Type,Organization 1 - Name,Organization 1 - Title",
        "Ana Ruiz,Ana,,Ruiz,,,,,,met,* myContacts,* Work,ana@acme.example,Mobile,+34 600,,Acme,Recruiter",
        {
            "name": "Ana Ruiz",
            "employer": "Acme",
            "title": "Recruiter",
            "email": "ana@acme.example",
            "phone": "+34 600",
            "notes": "met",
        },
    ),
    "outlook": (
        "Title,First Name,Middle Name,Last Name,Suffix,Company,Department,Job Title,Business Street,"
        "Business City,Mobile Phone,Business Phone,E-mail Address,E-mail Type,E-mail Display Name,Web Page,"
        "Notes",
        "Dr.,Ana,,Ruiz,,Acme,,Recruiter,Main 1,Rome,+34 600,+34 700,ana@acme.example,SMTP,Ana Ruiz,"
        "acme.example,met",
        {
            "name": "Ana Ruiz",
            "employer": "Acme",
            "title": "Recruiter",
            "email": "ana@acme.example",
            "phone": "+34 600",
            "url": "acme.example",
            "notes": "met",
        },
    ),
    "outlook in German": (
        "Anrede,Vorname,Weitere Vornamen,Nachname,Suffix,Firma,Abteilung,Position,Telefon geschäftlich,"
        "Mobiltelefon,E-Mail-Adresse,Webseite,Notizen",
        "Frau,Ana,,Ruiz,,Acme,,Leiterin,+34 600,,ana@acme.example,,nett",
        {
            "name": "Ana Ruiz",
            "employer": "Acme",
            "title": "Leiterin",
            "email": "ana@acme.example",
            "phone": "+34 600",
            "notes": "nett",
        },
    ),
    "outlook in Spanish": (
        "Tratamiento,Nombre,Segundo nombre,Apellidos,Organización,Departamento,Puesto,Teléfono del trabajo,"
        "Teléfono móvil,Dirección de correo electrónico,Notas",
        "Sra.,Ana,,Ruiz,Acme,,Jefa,,+34 600,ana@acme.example,",
        {
            "name": "Ana Ruiz",
            "employer": "Acme",
            "title": "Jefa",
            "email": "ana@acme.example",
            "phone": "+34 600",
        },
    ),
    "outlook in French": (
        "Titre,Prénom,Deuxième prénom,Nom,Suffixe,Société,Service,Titre,Téléphone (bureau),Tél. mobile,"
        "Adresse de messagerie,Notes",
        "Mme,Ana,,Ruiz,,Acme,,Directrice,,+34 600,ana@acme.example,",
        {
            "name": "Ana Ruiz",
            "employer": "Acme",
            "title": "Directrice",
            "email": "ana@acme.example",
            "phone": "+34 600",
        },
    ),
}


def read(*lines: str, answers: Answers | None = None) -> Document:
    return read_document(
        "\n".join(lines).encode(), reading=Reading(now=NOW, answers=answers or Answers(), name="contacts.csv")
    )


@pytest.mark.parametrize("book", BOOKS)
def test_a_row_of_an_address_book_is_a_person_with_their_addresses(book: str) -> None:
    head, row, person = BOOKS[book]
    document = read(head, row)
    assert [contact.values for contact in document.contacts] == [person]
    assert (document.applications, document.questions) == ((), ())


@pytest.mark.parametrize("book", BOOKS)
def test_an_address_book_that_is_read_again_changes_nothing(desk: Desk, book: str) -> None:
    data = "\n".join(BOOKS[book][:2]).encode()
    for change in (Change.ADDED, Change.SKIPPED):
        report = desk.tracker.import_document(read_document(data, reading=desk.tracker.reading("a.csv")))
        assert {row.change for row in report.rows} == {change}


def test_further_addresses_and_numbers_of_a_cell_are_kept(desk: Desk) -> None:
    data = "\n".join(BOOKS["google"][:2]).encode()
    desk.tracker.import_document(read_document(data, reading=desk.tracker.reading("a.csv")))
    (ana,) = desk.store.all_contacts()
    assert ana.notes.splitlines() == ["met", "Also: ana@home.example", "Also: +34 700"]


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ("Bob,,,,,,,,,,,,* myContacts,* Work,bob@bolt.example,,,,,,", "Bob"),
        (",,,,,,,,,,,,* myContacts,*,lonely@nest.example,,,,,,", "lonely@nest.example"),
        (",,,,,,Plumber Ltd,,,,,,* myContacts,,,,,Work,+353 1 000,,", "Plumber Ltd"),
        (",,,,Bobby,,,,,,,,* myContacts,,,,,Work,+353 1 000,,", "Bobby"),
    ],
)
def test_who_has_no_whole_name_is_called_by_what_there_is(row: str, name: str) -> None:
    assert [contact.values["name"] for contact in read(GOOGLE, row).contacts] == [name]


def test_the_rows_of_any_table_of_names_are_people_by_the_answer() -> None:
    lines = "Forename,Surname,Company,Role,Team", "Ana,Ruiz,Acme,CTO,HR"
    assert read(*lines).applications
    document = read(*lines, answers=Answers(rows=Rows.PEOPLE))
    assert [contact.values["name"] for contact in document.contacts] == ["Ana Ruiz"]
    assert document.applications == ()


@pytest.mark.parametrize("head", ["Name,Email,Role", "Name,E-Mail,Title", "Name,Email Address,Position"])
def test_a_table_of_names_with_addresses_is_of_people_if_they_are_called_so(head: str) -> None:
    rows = ("Ann Lee,ann@plaid.example,Recruiter", "Zed Quux,zed.quux@plaid.example,CTO")
    document = read(head, *rows)
    people = [tuple(row.values[key] for key in ("name", "email", "title")) for row in document.contacts]
    assert people == [tuple(row.split(",")) for row in rows]
    assert document.applications == ()
    assert [each.asked for each in document.questions] == [QuestionTopic.ROWS]
    document = read(head, *rows, answers=Answers(rows=Rows.APPLICATIONS))
    assert [row.values["employer"] for row in document.applications] == ["Ann Lee", "Zed Quux"]


def test_a_table_of_firms_with_addresses_is_of_applications() -> None:
    document = read("Name,Email,Role", "Acme,jobs@acme.example,Cook", "Globex,ann@globex.example,Clerk")
    assert [row.values["employer"] for row in document.applications] == ["Acme", "Globex"]


def test_a_table_of_first_and_last_names_is_of_people() -> None:
    document = read("Nombre,Apellidos,Empresa", "Ana,Ruiz,Acme")
    assert [contact.values for contact in document.contacts] == [{"name": "Ana Ruiz", "employer": "Acme"}]


def test_a_table_of_first_and_last_names_with_next_steps_is_of_applications() -> None:
    document = read("Company,First Name,Last Name,Next step", "Acme,Ana,Ruiz,Send the form")
    assert [row.values["employer"] for row in document.applications] == ["Acme"]
    assert [contact.values["name"] for contact in document.contacts] == ["Ana Ruiz"]


def test_a_form_of_address_is_no_title() -> None:
    document = read(
        "Name,Title,Company,Email", "Ana,Dr.,Acme,ana@acme.example", "Tom,CTO,Acme,t@acme.example"
    )
    assert [contact.values.get("title", "") for contact in document.contacts] == ["", "CTO"]
