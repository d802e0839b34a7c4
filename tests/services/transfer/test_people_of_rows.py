"""Who is named in the rows of a table, and whose the addresses and numbers beside them are."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from followup_desktop.services.transfer.document import Document, Reading
from followup_desktop.services.transfer.formats import read_document

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


@pytest.mark.parametrize(
    ("head", "row", "people"),
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
