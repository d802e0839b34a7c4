"""Who is named in the rows of a table, and whose the addresses and numbers beside them are."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from followup_desktop.services.transfer.document import Answers, Document, QuestionTopic, Reading, Rows
from followup_desktop.services.transfer.formats import read_document
from followup_desktop.services.transfer.report import Change
from followup_desktop.services.transfer.tables.people import people_in
from tests.services.conftest import Desk
from tests.tables import tabled

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
ANA, TOM, RITA = "ana@acme.example", "tom@acme.example", "rita@acme.example"


def document_of(*lines: str) -> Document:
    return read_document("\n".join(lines).encode(), reading=Reading(now=NOW))


def people_of(head: str, row: str) -> dict[str, tuple[str, ...]]:
    """What is said of each person of the row, by name: address and number."""
    return {
        row.values["name"]: tuple(row.values[key] for key in ("email", "phone") if key in row.values)
        for row in document_of(f"Company,Role,Status,{head}", f"Acme,Dev,Applied,{row}").contacts
    }


@tabled(
    "head, row, people",
    [
        (
            "Interviewer,Recruiter,Recruiter Email,Recruiter Phone",
            f"Tom,Rita,{RITA},555",
            {"Tom": (), "Rita": (RITA, "555")},
        ),
        ("Hiring Manager,Contact Person,Contact Email", f"Tom,Rita,{RITA}", {"Tom": (), "Rita": (RITA,)}),
        (
            "Hiring Manager,Hiring Manager Email,Recruiter,Recruiter Email",
            f"Tom,,Rita,{RITA}",
            {"Tom": (), "Rita": (RITA,)},
        ),
        (
            "Recruiter,Recruiter Email,Hiring Manager,Hiring Manager Phone",
            f"Rita,{RITA},Tom,1",
            {"Rita": (RITA,), "Tom": ("1",)},
        ),
        (
            "Contact 1,Contact 1 Email,Contact 2,Contact 2 Email",
            f"Ana,,Tom,{TOM}",
            {"Ana": (), "Tom": (TOM,)},
        ),
        ("Contact,Email,Contact,Email", f"Ana,,Tom,{TOM}", {"Ana": (), "Tom": (TOM,)}),
        ("Interviewer,Contact,Email", f"Tom,Ana,{ANA}", {"Tom": (), "Ana": (ANA,)}),
        ("Recruiter,Contact Email", f"Rita,{RITA}", {"Rita": (RITA,)}),
        ("Email,Contact", f"{ANA},Ana", {"Ana": (ANA,)}),
        ("Interviewer,Recruiter Email", f"Tom,{RITA}", {"Tom": (), RITA: (RITA,)}),
        ("Contact,Contact Email,Contact Phone", f",{ANA},7", {ANA: (ANA, "7")}),
        (
            "Gesprächspartner,Ansprechpartner,E-Mail des Ansprechpartners,Telefon Ansprechpartner",
            f"Tom,Rita,{RITA},555",
            {"Tom": (), "Rita": (RITA, "555")},
        ),
        (
            "Intervieweur,Recruteur,Courriel du recruteur,Téléphone du recruteur",
            f"Tom,Rita,{RITA},555",
            {"Tom": (), "Rita": (RITA, "555")},
        ),
        (
            "Entrevistador,Reclutadora,Correo de la reclutadora,Teléfono de la reclutadora",
            f"Tom,Rita,{RITA},555",
            {"Tom": (), "Rita": (RITA, "555")},
        ),
        (
            "Entrevistador,Persona de contacto,Correo de contacto",
            f"Tom,Rita,{RITA}",
            {"Tom": (), "Rita": (RITA,)},
        ),
    ],
)
def test_an_address_is_of_whom_its_heading_names(
    head: str, row: str, people: dict[str, tuple[str, ...]]
) -> None:
    assert people_of(head, row) == people


@tabled(
    "head, row, people",
    [
        ("Email", "jobs@acme.example", {}),
        ("Contact Email", "no-reply@acme.example", {}),
        ("Email address", "careers.emea@acme.example", {}),
        ("My email", "jo.hobbs@acme.example", {}),
        ("Contact Email", "hr@acme.example", {"hr@acme.example": ("hr@acme.example",)}),
        ("E-Mail", "bewerbung@acme.example", {}),
        ("Correo", "rrhh@acme.example", {}),
        ("Courriel", "recrutement@acme.example", {}),
        ("Contact", "no.reply@acme.example", {}),
        ("Contact", "Ana <noreply@acme.example>", {"Ana": ()}),
        ("Contact,Contact Email", "Ana,noreply@acme.example", {"Ana": ()}),
        ("Contact,Contact Email", "Ana,jobs@acme.example", {"Ana": ("jobs@acme.example",)}),
        ("Contact Email", "jo.hobbs@acme.example", {"jo.hobbs@acme.example": ("jo.hobbs@acme.example",)}),
    ],
)
def test_a_mailbox_that_no_one_person_reads_is_no_contact(
    head: str, row: str, people: dict[str, tuple[str, ...]]
) -> None:
    assert people_of(head, row) == people
    (application,) = document_of(f"Company,Role,Status,{head}", f"Acme,Dev,Applied,{row}").applications
    told = {address for said in people.values() for address in said}
    for word in row.replace(";", ",").replace("<", ",").replace(">", ",").split(","):
        assert "@" not in word or word.strip() in told or word.strip() in application.values["notes"]


@tabled(
    "mine, rows, contacts",
    [
        ("me@gmail.com", ["Acme,,{}", "Beta,,{}"], []),
        ("me@gmail.com", ["Acme,Ana Ruiz,{}", "Beta,Tom Lin,{}"], ["Ana Ruiz", "Tom Lin"]),
        ("me@gmail.com", ["Acme,Ana Ruiz,{}", "Beta,Ana Ruiz,{}"], ["Ana Ruiz me@gmail.com"] * 2),
        ("me@gmail.com", ["Acme,,{}", "ACME,,{}"], ["me@gmail.com me@gmail.com"] * 2),
        ("me@own.example", ["Acme,,{}", "Beta,,{}", "Cobalt,,{}"], []),
        ("ana@agency.example", ["Acme,,{}", "Beta,,{}", "Cobalt,,tom@cobalt.example"], [
            "ana@agency.example ana@agency.example",
            "ana@agency.example ana@agency.example",
            "tom@cobalt.example tom@cobalt.example",
        ]),
    ],
)  # fmt: skip
def test_the_users_own_address_in_the_rows_of_several_employers_is_no_contact(
    mine: str, rows: list[str], contacts: list[str]
) -> None:
    lines = [row.format(mine).replace(",", f",Dev {number},", 1) for number, row in enumerate(rows)]
    document = document_of("Company,Role,Contact,Email", *lines)
    told = [" ".join(filter(None, map(row.values.get, ("name", "email")))) for row in document.contacts]
    assert told == contacts
    assert len(document.applications) == len(rows)


@tabled(
    "cell, people",
    [
        ("Ann Lee & Cy Poe", "Ann Lee|Cy Poe"),
        ("Ann Lee / Cy Poe", "Ann Lee|Cy Poe"),
        ("Cy Poe/Bo Ost", "Cy Poe|Bo Ost"),
        ("Cy Poe and Bo Ost", "Cy Poe|Bo Ost"),
        ("Cy Poe und Bo Ost", "Cy Poe|Bo Ost"),
        ("Ana Ruiz y Cy Vega", "Ana Ruiz|Cy Vega"),
        ("Dr. Cy Poe et Mme Zoé Hart", "Dr. Cy Poe|Mme Zoé Hart"),
        ("Frau Klein und Herr Groß", "Frau Klein|Herr Groß"),
        ("R. Singh & K. Patel", "R. Singh|K. Patel"),
        ("Cy Poe\nBo Ost", "Cy Poe|Bo Ost"),
        ("Ann Lee, Cy Poe", "Ann Lee|Cy Poe"),
        ("Ann Lee, Cy Poe and Bo Fox", "Ann Lee|Cy Poe|Bo Fox"),
        ("Smith, John / Doe, Jane", "John Smith|Jane Doe"),
        ("Zed Quux & Yor Blix (CTO)", "Zed Quux|Yor Blix (CTO)"),
        ("Cy Poe <cy@x.example> & Bo Ost <bo@x.example>", "Cy Poe cy@x.example|Bo Ost bo@x.example"),
        ("Zed van der Quux & Yor de la Blix", "Zed van der Quux|Yor de la Blix"),
        ("Lee, Ann", "Ann Lee"),
        ("Lopez Garcia, Ana Maria", "Ana Maria Lopez Garcia"),
        ("Ruiz Vega, Ana (HR)", "Ana Ruiz Vega (HR)"),
        ("Ortiz, Dana, Recruiter", "Dana Ortiz (Recruiter)"),
        ("Ortiz, Dana - Head of Talent", "Dana Ortiz (Head of Talent)"),
        ("Ortiz, Dana; Kern, Karin", "Dana Ortiz|Karin Kern"),
        ("Ortiz, Dana, Kern, Karin", "Dana Ortiz|Karin Kern"),
        ("Kern, Dr. Karin", "Dr. Karin Kern"),
        ("García López, María del Carmen", "María del Carmen García López"),
        ("Quux, Zed <zed.quux@x.example>", "Zed Quux zed.quux@x.example"),
        ("Quux, Yor <zq@x.example>", "Quux, Yor zq@x.example"),
        ("Dana Ortiz, Cobalt", "Dana Ortiz, Cobalt"),
        ("Smith, Jones & Co", "Smith, Jones & Co"),
        ("Smith, Jones", "Smith, Jones"),
        ("Tom & Sons", "Tom & Sons"),
        ("Cy Poe & Partners", "Cy Poe & Partners"),
        ("Marks & Spencer", "Marks & Spencer"),
        ("Ana y Vega", "Ana y Vega"),
        ("José Ortega y Gasset", "José Ortega y Gasset"),
        ("Ana Gómez, PhD", "Ana Gómez, PhD"),
        ("Ann Lee - Head of Data", "Ann Lee (Head of Data)"),
        ("Ann Lee, Senior Recruiter", "Ann Lee (Senior Recruiter)"),
        ("Ann Lee / Senior Recruiter", "Ann Lee (Senior Recruiter)"),
        ("Zed Quux (HR) & Yor Blix", "Zed Quux (HR)|Yor Blix"),
        ("Hiring Team", "Hiring Team"),
        ("Hr. Groß, Tel. 0221 1234567", "Hr. Groß"),
        ("Ana Ruiz, tlf: +34 600 000 000", "Ana Ruiz"),
    ],
)
def test_several_in_a_cell_are_told_by_given_name_and_surname(cell: str, people: str) -> None:
    said = (
        " ".join(filter(None, (each.name, f"({each.title})" if each.title else "", each.email)))
        for each in people_in(cell)
    )
    assert "|".join(said) == people


def test_a_number_of_someone_who_is_not_named_goes_into_the_notes() -> None:
    head = "Company,Role,Status,Hiring Manager,Hiring Manager Phone,Recruiter"
    document = document_of(head, "Acme,Dev,Applied,,555,Rita")
    assert [row.values for row in document.contacts] == [{"name": "Rita"}]
    assert document.applications[0].values["notes"] == "Hiring Manager Phone: 555"


def test_an_interview_later_today_keeps_its_time() -> None:
    head, row = (
        "Company,Role,Status,Interview Date,Stage date",
        "Acme,Dev,Interview,2026-11-28 15:30,2026-11-28 18:00",
    )
    (application,) = document_of(head, row).applications
    (interview,) = application.interviews
    assert interview.values["starts_at"].isoformat() == "2026-11-28T15:30:00"
    assert application.values["stage_at"] == NOW


PAGE, MAIL = "https://www.linkedin.com/in/benli", "ben@foo.example"


def kept(desk: Desk, *files: str) -> list[tuple[str, str, str]]:
    """Email, page and position of each Ben after these files were imported one after another, each twice."""
    for each in files:
        for _time in range(2):
            document = read_document(each.encode(), reading=desk.tracker.reading("x"))
            report = desk.tracker.import_document(document)
        assert {row.change for row in report.rows} == {Change.SKIPPED}, "what is read again changes nothing"
    people = desk.store.facts().contacts
    assert {each.name for each in people} == {"Ben Li"}
    return sorted((each.email, each.url, each.title) for each in people)


def connections(*rows: str) -> str:
    head = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"
    return "\n".join((head, *(f"Ben,Li,{each},05 Mar 2024" for each in rows)))


def cards(*lines: str) -> str:
    return "\n".join(f"BEGIN:VCARD\nVERSION:3.0\nFN:Ben Li\nORG:Foo\n{each}\nEND:VCARD" for each in lines)


def named_people(*rows: str) -> str:
    return "\n".join(("Name,Company,Job title,Email,LinkedIn", *(f"Ben Li,Foo,{each}" for each in rows)))


@pytest.mark.parametrize(
    ("files", "people"),
    [
        # Two pages or two addresses are of two people, however the file is made.
        ((connections(f"{PAGE},,Foo,Dev", f"{PAGE}2,,Foo,PM"),), [("", PAGE, "Dev"), ("", f"{PAGE}2", "PM")]),
        ((connections(f"{PAGE},,Foo,Dev"), connections(f"{PAGE}2,,Foo,PM")),
         [("", PAGE, "Dev"), ("", f"{PAGE}2", "PM")]),
        ((cards(f"EMAIL:{MAIL}", f"EMAIL:x{MAIL}"),), [(MAIL, "", ""), (f"x{MAIL}", "", "")]),
        ((named_people(f"Dev,,{PAGE}", f"PM,,{PAGE}2"),), [("", PAGE, "Dev"), ("", f"{PAGE}2", "PM")]),
        ((named_people(f"Dev,{MAIL},", f"PM,x{MAIL},"),), [(MAIL, "", "Dev"), (f"x{MAIL}", "", "PM")]),
        # One that agrees is enough, and two of different kinds are no contradiction.
        ((connections(f"{PAGE},{MAIL},Foo,Dev"), connections(f"{PAGE},x{MAIL},Foo,Dev")),
         [(f"x{MAIL}", PAGE, "Dev")]),
        ((connections(f"{PAGE},,Foo,Dev"), cards(f"EMAIL:{MAIL}")), [(MAIL, PAGE, "Dev")]),
        ((named_people(f"Dev,,{PAGE}", "Dev,,https://ben.example"),), [("", PAGE, "Dev")]),
        # Of whom no address is told, is the only one of the name.
        ((connections(f"{PAGE},,Foo,Dev"), named_people("Dev,,")), [("", PAGE, "Dev")]),
        ((named_people("Dev,,"), connections(f"{PAGE},,Foo,Dev")), [("", PAGE, "Dev")]),
        ((named_people("CTO,,", f"Dev,,{PAGE}", f"PM,,{PAGE}2"),),
         [("", "", "CTO"), ("", PAGE, "Dev"), ("", f"{PAGE}2", "PM")]),
        ((named_people(f"Dev,,{PAGE}", "CTO,,", f"PM,,{PAGE}2"),),
         [("", "", "CTO"), ("", PAGE, "Dev"), ("", f"{PAGE}2", "PM")]),
        ((named_people("CTO,,"), named_people("CTO,,", f"Dev,,{PAGE}", f"PM,,{PAGE}2")),
         [("", "", "CTO"), ("", PAGE, "Dev"), ("", f"{PAGE}2", "PM")]),
    ],
)  # fmt: skip
def test_two_of_one_name_are_two_people_where_their_addresses_contradict_each_other(
    desk: Desk, files: tuple[str, ...], people: list[tuple[str, str, str]]
) -> None:
    assert kept(desk, *files) == people


RITA_AND_TOM = {"Rita Vale": RITA, "Tom Berg": TOM}


@tabled(
    "head, jobs",
    [
        (
            "Company,Position,Location,Contact Person,Contact Email",
            [f"Acme,Dev,Rome,Rita Vale,{RITA}", "Globex,Cook,Oslo,,"],
        ),
        ("Company,Job Title,Recruiter,Recruiter Email", [f"Acme,Dev,Rita Vale,{RITA}", "Globex,Cook,,"]),
        (
            "Company,Position,Contact Person,Contact Email,Notes",
            [f"Acme,Dev,Rita Vale,{RITA},call", "Globex,Cook,,,"],
        ),
        ("Firma;Stelle;Ansprechpartner;E-Mail", [f"Acme;Dev;Rita Vale;{RITA}", "Globex;Cook;;"]),
        ("Empresa;Puesto;Persona de contacto;Correo", [f"Acme;Dev;Rita Vale;{RITA}", "Globex;Cook;;"]),
        ("Entreprise;Poste;Recruteur;Courriel", [f"Acme;Dev;Rita Vale;{RITA}", "Globex;Cook;;"]),
        (
            "Firma;Stelle;Ansprechpartner;E-Mail",
            [f"Acme;Dev;Rita Vale;{RITA}", f"Globex;Cook;Tom Berg;{TOM}"],
        ),
        (
            "Company,Role,Location,Recruiter,Recruiter Email",
            [f"Acme,Dev,Rome,Rita Vale,{RITA}", f"Globex,Cook,Oslo,Tom Berg,{TOM}"],
        ),
        (
            "Company,Role,Interviewer,Recruiter,Recruiter Email",
            [f"Acme,Dev,Ann Lee,Rita Vale,{RITA}", f"Globex,Cook,Bo Day,Tom Berg,{TOM}"],
        ),
        (
            "Company,Role,Hiring Manager,Email,Interview Date",
            [f"Acme,Dev,Rita Vale,{RITA},2026-12-01 10:00", f"Globex,Cook,Tom Berg,{TOM},"],
        ),
    ],
)
def test_a_table_of_jobs_with_a_contact_is_of_applications(head: str, jobs: list[str]) -> None:
    document = document_of(head, *jobs)
    found = [(row.values["employer"], row.values["role"]) for row in document.applications]
    assert found == [("Acme", "Dev"), ("Globex", "Cook")]
    assert (document.questions, document.refused) == ((), ())
    people = {row.values["name"]: row.values["email"] for row in document.contacts if "email" in row.values}
    assert people.items() <= RITA_AND_TOM.items()
    assert "Rita Vale" in people


@tabled(
    "head",
    [
        "Name,Company,Position,Email,Phone",
        "Name,Company,Title,Email,Phone",
        "Full Name,Company,Job Title,Email,Phone",
        "First Name,Company,Job Title,E-mail Address,Phone",
        "Vorname,Firma,Position,E-Mail,Telefon",
        "Nombre,Empresa,Cargo,Correo,Teléfono",
        "Prénom,Entreprise,Fonction,Courriel,Téléphone",
    ],
)
def test_an_address_book_is_of_people(head: str) -> None:
    document = document_of(head, f"Rita Vale,Acme,Recruiter,{RITA},555", f"Tom Berg,,,{TOM},")
    assert (document.applications, document.questions) == ((), ())
    assert {row.values["name"]: row.values["email"] for row in document.contacts} == RITA_AND_TOM
    assert document.contacts[0].values["title"] == "Recruiter"


@pytest.mark.parametrize(
    ("head", "row", "guess"),
    [
        ("Company,Position,Contact Person,Contact Email", f"Acme,Lead,Rita Vale,{RITA}", Rows.APPLICATIONS),
        ("Contact Person,Company,Position,Contact Email", f"Rita Vale,Acme,Lead,{RITA}", Rows.PEOPLE),
        ("Company,Recruiter,Title,Email", f"Acme,Rita Vale,Lead,{RITA}", Rows.PEOPLE),
    ],
)
def test_what_is_in_the_rows_is_asked_where_it_cannot_be_told(head: str, row: str, guess: Rows) -> None:
    (question,) = document_of(head, row).questions
    assert (question.asked, question.guess, question.settled) == (QuestionTopic.ROWS, guess, False)
    for answer in Rows:
        reading = Reading(now=NOW, answers=Answers(rows=answer))
        document = read_document(f"{head}\n{row}".encode(), reading=reading)
        assert len(document.applications) == (answer is Rows.APPLICATIONS)
        assert [each.values["name"] for each in document.contacts] == ["Rita Vale"]
        assert document.contacts[0].values.get("title") == ("Lead" if answer is Rows.PEOPLE else None)
        assert [(each.guess, each.settled) for each in document.questions] == [(answer, True)]


def test_nothing_of_an_address_book_is_lost() -> None:
    document = document_of(
        "Name,Company,Email,Email,Assistant,Recruiter,Recruiter Email,Location,Birthday",
        f"Ana Ruiz,Acme,{ANA},ana@home.example,Bo,Rita Vale,{RITA},Rome,1 May",
    )
    people = {row.values["name"]: row for row in document.contacts}
    assert people["Rita Vale"].values["email"] == RITA
    assert people["Ana Ruiz"].values["notes"] == "Assistant: Bo\nBirthday: 1 May\nLocation: Rome"
    assert people["Ana Ruiz"].also == ("ana@home.example",)
    assert len(people) == 2


@tabled(
    "cell, people",
    [
        ("Mia Ford, Tom Lin", ["Mia Ford", "Tom Lin"]),
        ("Tom, Ann", ["Tom", "Ann"]),
        ("Tom and Ann", ["Tom", "Ann"]),
        ("Frau Weiß und Herr Müller", ["Frau Weiß", "Herr Müller"]),
        ("Fr. Dr. Katrin Böhm, Hr. Uwe Lang", ["Fr. Dr. Katrin Böhm", "Hr. Uwe Lang"]),
        ("Hr. Uwe Lang, Fr. Katrin Böhm", ["Hr. Uwe Lang", "Fr. Katrin Böhm"]),
        ("Hr Lang / Fr Böhm", ["Hr Lang", "Fr Böhm"]),
        ("Dra. Gil y Dr. Ros", ["Dra. Gil", "Dr. Ros"]),
        ("Dña. Ana Ros, D. Juan Gil", ["Dña. Ana Ros", "D. Juan Gil"]),
        ("Mr. Smith, Ms. Jones", ["Mr. Smith", "Ms. Jones"]),
        ("Pr. Roy, Me Bon", ["Pr. Roy", "Me Bon"]),
        ("Hr. Lang, HR", ["Hr. Lang"]),
        ("Ana Ruiz, HR", ["Ana Ruiz"]),
        ("M. Petit et Mme Dupont", ["M. Petit", "Mme Dupont"]),
        ("Ana Ruiz y Luis Gil", ["Ana Ruiz", "Luis Gil"]),
        ("Ana Ruiz / Luis Gil (HR)", ["Ana Ruiz", "Luis Gil"]),
        ("Ruiz, Ana", ["Ana Ruiz"]),
        ("Ruiz Vega, Ana María", ["Ana María Ruiz Vega"]),
        ("O'Neill, Sean", ["Sean O'Neill"]),
        ("José Ortega y Gasset", ["José Ortega y Gasset"]),
        ("Smith & Jones", ["Smith & Jones"]),
        ("Tom (HR, Berlin)", ["Tom"]),
        ("Ana Ruiz, Recruiter", ["Ana Ruiz"]),
    ],
)
def test_who_is_named_one_after_another_are_several(cell: str, people: list[str]) -> None:
    assert list(people_of("Contact", f'"{cell}"')) == people


def test_an_address_of_another_column_tells_which_is_the_given_name() -> None:
    people = people_of("Contact,Contact Email", '"Quux, Zed",zed.quux@acme.example')
    assert people == {"Zed Quux": ("zed.quux@acme.example",)}


def test_a_person_is_the_same_wherever_the_surname_stands(desk: Desk) -> None:
    """A table has another order than the directory of an invitation, or than a table read before."""
    for cell in ("Quux, Zed", "Zed Quux", "Quux, Zed"):
        file = f'Company,Role,Status,Contact\nAcme,Dev,Applied,"{cell}"'.encode()
        desk.tracker.import_document(read_document(file, reading=desk.tracker.reading("x")))
    assert [each.name for each in desk.store.all_contacts()] == ["Quux, Zed"]


def test_a_table_of_people_has_the_given_name_first() -> None:
    document = document_of("Name,Company,Email", f'"Ruiz, Ana",Acme,{ANA}', f'"Lin & Co",Beta,{TOM}')
    assert [row.values["name"] for row in document.contacts] == ["Ana Ruiz", "Lin & Co"]


def test_a_number_behind_a_name_is_the_persons() -> None:
    assert people_of("Contact", "Luis (encargado) 600000001") == {"Luis": ("600000001",)}
    assert people_of("Contact", "Luis +34 600 000 001") == {"Luis": ("+34 600 000 001",)}
    assert people_of("Contact", f"Ana <{ANA}> 555-123-4567") == {"Ana": (ANA, "555-123-4567")}
    assert people_of("Contact", "Luis 03/11/2026") == {"Luis 03/11/2026": ()}


def test_an_email_address_behind_a_name_in_markdown_is_the_persons() -> None:
    document = document_of(
        "| Company | Role | Contact | Link |", "|---|---|---|---|",
        f"| Acme | Dev | [Ana](mailto:{ANA}?subject=x) | [write](mailto:{ANA}) |",
    )  # fmt: skip
    assert [row.values for row in document.contacts] == [{"name": "Ana", "email": ANA}]
    assert "url" not in document.applications[0].values
