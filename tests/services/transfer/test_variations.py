"""Tables as people and programs vary them: other languages, orders, signs, encodings and ways of dates."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from followup_desktop.services.transfer.document import Reading
from followup_desktop.services.transfer.formats import read_document
from followup_desktop.services.transfer.report import Change
from tests.services.conftest import Desk
from tests.tables import tabled

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
WANTED = [("Acme", "Data Engineer", "applied"), ("Globex", "Analyst", "rejected")]
DAYS = ["2026-11-03", "2026-10-21"]
VARIED = {
    "simplify without archived, lower case": (
        "utf-8",
        "Job Title,Company Name,Job URL,Applied Date,Status,Status Date\n"
        "Data Engineer,Acme,N/A,2026-11-03,applied,2026-11-03\n"
        "Analyst,Globex,N/A,2026-10-21,Rejected,2026-11-01\n",
    ),
    "teal shuffled": (
        "utf-8",
        "Company,Job Position,Status,Max. Salary,Location,Date Saved,"
        "Deadline,Date Applied,Follow up,Excitement\n"
        "Acme,Data Engineer,Applied,50000,Madrid,2026-11-01,,2026-11-03,,4\n"
        "Globex,Analyst,Rejected,,,2026-10-01,,2026-10-21,,2\n",
    ),
    "german cp1252 semicolons quoted": (
        "cp1252",
        '"Unternehmen";"Position";"Status";"Bewerbungsdatum"\r\n'
        '"Acme";"Data Engineer";"Bewerbung läuft";"3.11.2026"\r\n'
        '"Globex";"Analyst";"Absage erhalten";"21.10.26"\r\n',
    ),
    "french tabs utf-16be": (
        "utf-16-be",
        "\ufeffEntreprise\tPoste\tStatut\tDate de candidature\n"
        "Acme\tData Engineer\tEnvoyée\t03/11/2026\n"
        "Globex\tAnalyst\tRefus\t21/10/2026\n",
    ),
    "spanish with title": (
        "utf-8",
        "Mis candidaturas;;;\n"
        ";;;\n"
        "Empresa;Puesto;Estado;Fecha de solicitud\n"
        "Acme;Data Engineer;Solicitud enviada;3 de noviembre de 2026\n"
        "Globex;Analyst;No seleccionado;21 oct 2026\n",
    ),
    "italian": (
        "utf-8",
        "Azienda,Posizione,Stato,Data di candidatura\n"
        "Acme,Data Engineer,Inviata,03/11/2026\n"
        "Globex,Analyst,Rifiutata,21/10/2026\n",
    ),
    "portuguese": (
        "utf-8",
        "Empresa,Cargo,Situação,Data da candidatura\n"
        "Acme,Data Engineer,Enviada,03/11/2026\n"
        "Globex,Analyst,Rejeitado,21/10/2026\n",
    ),
    "dutch": (
        "utf-8",
        "Bedrijf;Functie;Status;Gesolliciteerd op\n"
        "Acme;Data Engineer;Verstuurd;3-11-2026\n"
        "Globex;Analyst;Afgewezen;21-10-2026\n",
    ),
    "polish cp1250": (
        "cp1250",
        "Firma;Stanowisko;Status;Data aplikacji\n"
        "Acme;Data Engineer;Wysłano;03.11.2026\n"
        "Globex;Analyst;Odrzucono;21.10.2026\n",
    ),
    "pipes": (
        "utf-8",
        "Company|Role|Status|Applied\n"
        "Acme|Data Engineer|Applied|Nov 3, 2026\n"
        "Globex|Analyst|Rejected|Oct 21, 2026\n",
    ),
    "sep line, mac line ends": (
        "utf-8",
        "sep=;\r"
        "Company;Job;Stage;Applied on\r"
        "Acme;Data Engineer;Applied;2026/11/03\r"
        "Globex;Analyst;Turned down;2026/10/21\r",
    ),
    "emoji statuses": (
        "utf-8",
        "Company,Position,Status,Date Applied\n"
        "Acme,Data Engineer,📨 Applied,11/03/2026\n"
        "Globex,Analyst,❌ Rejected,10/21/2026\n",
    ),
    "notion select with numbers": (
        "utf-8",
        "\ufeffCompany,Job Title,Stage,Applied On,Tags\n"
        'Acme,Data Engineer,2. Applied,"November 3, 2026","Remote, Python"\n'
        'Globex,Analyst,5. Rejected,"October 21, 2026",\n',
    ),
    "snake case": (
        "utf-8",
        "company_name,job_title,application_status,applied_date\n"
        "Acme,Data Engineer,applied,2026-11-03T09:00:00Z\n"
        "Globex,Analyst,rejected,2026-10-21T18:30:00+02:00\n",
    ),
    "camelCase with index": (
        "utf-8",
        ",companyName,jobTitle,status,dateApplied\n"
        "0,Acme,Data Engineer,APPLIED,2026-11-03 09:00:00\n"
        "1,Globex,Analyst,REJECTED,2026-10-21 00:00:00\n",
    ),
    "org/markdown no outer bars": (
        "utf-8",
        "Company | Role | Status | Applied on\n"
        "--- | --- | --- | ---\n"
        "**Acme** | [Data Engineer](https://a.example/1) | Applied | 2026-11-03\n"
        "Globex | Analyst | ~~Rejected~~ | 2026-10-21\n",
    ),
    "japanese shift-jis": (
        "cp932",
        "会社名,職種,状況,応募日\n"
        "Acme,Data Engineer,応募済み,2026年11月3日\n"
        "Globex,Analyst,不採用,2026年10月21日\n",
    ),
}


@tabled("encoding, text", VARIED.values())
def test_a_table_is_read_however_it_varies(encoding: str, text: str) -> None:
    reading = Reading(name="x", now=NOW, timezone="Europe/Madrid")
    document = read_document(text.encode(encoding), reading=reading)
    rows = [{**each.defaults, **each.values} for each in document.applications]
    assert [(row["employer"], row["role"], row["stage"]) for row in rows] == WANTED
    assert [str(row.get("applied_on")) for row in rows] == DAYS


def test_a_number_beside_an_address_and_further_addresses_are_kept() -> None:
    data = b"Company,Role,Status,Contact,Email\nAcme,Cook,Applied,Ana Ruiz,ana@acme.example / 020 7946 0123\n"
    (application,) = read_document(data, reading=Reading(now=NOW)).applications
    assert application.values["notes"] == "Email: ana@acme.example / 020 7946 0123"
    data = b"Name,Email,Email,Phone\nAna Ruiz,ana@acme.example,ana@home.example,1\n"
    (person,) = read_document(data, reading=Reading(now=NOW)).contacts
    assert (person.values["email"], person.also) == ("ana@acme.example", ("ana@home.example",))


def test_an_address_between_angle_brackets_is_the_postings() -> None:
    text = "| Company | Role | Link |\n|---|---|---|\n| Acme | Dev | <https://acme.example/1> |\n"
    document = read_document(text.encode(), reading=Reading(name="jobs.md"))
    assert [row.values["url"] for row in document.applications] == ["https://acme.example/1"]


@pytest.mark.parametrize(
    "head",
    [
        "Company,Role,Interview date,Interviewer,Recruiter",
        "Firma,Stelle,Vorstellungsgespräch am,Gesprächspartner,Ansprechpartner",
        "Empresa,Puesto,Fecha de entrevista,Entrevistadora,Persona de contacto",
    ],
)
def test_an_interviewer_beside_the_time_of_an_interview_is_met_there(desk: Desk, head: str) -> None:
    data = f"{head}\nAcme,Dev,2026-12-01 10:00,Ann Lee,Rita Vale\n".encode()
    reading = desk.tracker.reading("jobs.csv")
    for _time in range(2):
        report = desk.tracker.import_document(read_document(data, reading=reading))
    (application,) = desk.store.applications()
    (interview,) = application.interviews
    names = {each.id: each.name for each in desk.store.all_contacts()}
    assert [names[each] for each in interview.interviewers] == ["Ann Lee"]
    assert {names[each] for each in application.contacts} == {"Ann Lee", "Rita Vale"}
    assert {row.change for row in report.rows} == {Change.SKIPPED}
