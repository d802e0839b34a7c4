"""Headings that aren't word for word those of the list, and columns that only their cells explain."""

from __future__ import annotations

from datetime import UTC, date, datetime

from followup_desktop.domain.model import Stage
from followup_desktop.services.transfer.document import Document, Reading
from followup_desktop.services.transfer.formats import read_document
from tests.tables import tabled

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)


def read(*lines: str) -> Document:
    return read_document("\n".join(lines).encode(), reading=Reading(now=NOW, timezone="Europe/Madrid"))


def fields(document: Document) -> list[str]:
    return [column.field for column in document.columns][2:]


@tabled(
    "heading, field",
    [
        ("Status of application", "stage"),
        ("Status (drop-down)", "stage"),
        ("Status/Stage", "stage"),
        ("Stage or status", "stage"),
        ("Where I am", "stage"),
        ("Statut candidature", "stage"),
        ("Candidature : état", "stage"),
        ("Status der Bewerbung", "stage"),
        ("Aktueller Stand", "stage"),
        ("Estado candidatura", "stage"),
        ("Estado de mi candidatura", "stage"),
        ("Date applied for", "applied_on"),
        ("Application date (dd/mm/yyyy)", "applied_on"),
        ("Datum Bewerbung", "applied_on"),
        ("Bewerbung (Datum)", "applied_on"),
        ("Datum Versand", "applied_on"),
        ("Fecha de la candidatura", "applied_on"),
        ("Date de ma candidature", "applied_on"),
        ("Interviewer(s)", "contact_name"),
        ("Recruiter's name", "contact_name"),
        ("Hiring manager’s email", "contact_email"),
        ("Link (URL)", "url"),
        ("Salary (EUR)", "salary"),
        # What it tells of an interview is none, nor is either of two things.
        ("Interview (notes)", "notes"),
        ("Status / Notes", "notes"),
        ("Kontakt (Tel./E-Mail)", "notes"),
    ],
)
def test_a_heading_is_known_by_its_words(heading: str, field: str) -> None:
    document = read(f"Company;Role;{heading}", "Acme;Cook;")
    assert fields(document) == [field]
    assert document.questions == ()


@tabled(
    "lines",
    [
        ("Company;Role;How is it going", "A;Cook;Rejected", "B;Cook;Applied"),
        ("Firma;Stelle;Was ist passiert", "A;Koch;Absage", "B;Koch;Beworben"),
        ("Empresa;Puesto;Cómo va", "A;Chef;Rechazado", "B;Chef;Enviado"),
        ("Entreprise;Poste;Où j'en suis", "A;Chef;Refus", "B;Chef;Envoyée"),
    ],
)
def test_words_of_stages_below_an_unknown_heading_tell_the_stage(lines: tuple[str, ...]) -> None:
    document = read(*lines)
    assert [row.values["stage"] for row in document.applications] == [Stage.REJECTED, Stage.APPLIED]
    assert document.questions == ()


def test_one_word_of_a_stage_may_be_of_something_else_and_is_asked_about() -> None:
    document = read("Company;Role;Cover letter", "A;Cook;Sent", "B;Cook;Sent")
    assert [(each.about, each.guess) for each in document.questions] == [("Cover letter", "stage")]


@tabled(
    "lines",
    [
        ("Company;Role;Status;Mood", "A;Cook;Applied;Rejected", "B;Cook;Applied;Applied"),
        ("Company;Role;Diary", "A;Cook;Rejected", "B;Cook;Went for a long walk"),
        ("Company;Role;Remote", "A;Cook;yes", "B;Cook;no"),
    ],
)
def test_a_column_is_not_the_stage_beside_one_or_with_other_words(lines: tuple[str, ...]) -> None:
    document = read(*lines)
    assert (fields(document)[-1], document.questions) == ("notes", ())


@tabled(
    "heading, is_asked",
    [
        ("Application went off", False),
        ("Versand der Bewerbung", False),
        ("Envoi candidature", False),
        ("Hablé con ellos", True),
    ],
)
def test_days_that_have_been_are_those_of_applying(heading: str, is_asked: bool) -> None:
    document = read(f"Company;Role;{heading}", "A;Cook;2026-11-03", "B;Cook;2026-11-05")
    assert [row.values["applied_on"] for row in document.applications] == [
        date(2026, 11, 3),
        date(2026, 11, 5),
    ]
    assert [each.about for each in document.questions] == ([heading] if is_asked else [])


def test_days_to_come_are_not_those_of_applying() -> None:
    document = read("Company;Role;Visit", "A;Cook;2026-11-03", "B;Cook;2026-12-05")
    assert (fields(document), document.questions) == (["notes"], ())


@tabled(
    "head, cell, day",
    [
        ("Company;Role;Next step due", "2026-12-08", "2026-12-08"),
        ("Company;Role;Follow up", "2026-12-08", "2026-12-08"),
        ("Firma;Stelle;Nächster Schritt bis", "8.12.2026", "2026-12-08"),
        ("Empresa;Puesto;Seguimiento", "8/12/2026", "2026-12-08"),
        ("Entreprise;Poste;Prochaine étape avant le", "8/12/2026", "2026-12-08"),
    ],
)
def test_the_day_of_a_next_step_is_a_reminder(head: str, cell: str, day: str) -> None:
    (reminder,) = read(head, f"Acme;Cook;{cell}").reminders
    assert str(reminder.values["at"]) == f"{day} 09:00:00"


@tabled("word, level", [("Med", 2), ("Moyen", 2), ("Hohe", 3), ("Bajo", 1)])
def test_a_priority_is_known_by_short_and_bent_words(word: str, level: int) -> None:
    (application,) = read("Company;Role;Priority", f"Acme;Cook;{word}").applications
    assert application.values["priority"] == level


@tabled("cell, day", [("Nov-26", None), ("Nov/25", None), ("Nov '26", None), ("26-Nov", 26), ("Nov 26", 26)])
def test_what_may_be_a_month_of_a_year_is_no_day(cell: str, day: int | None) -> None:
    (application,) = read("Company;Role;Date applied", f"Acme;Cook;{cell}").applications
    assert application.values.get("applied_on") == (None if day is None else date(2026, 11, day))
    assert ("notes" in application.values) is (day is None)


def test_a_date_in_any_column_tells_whether_the_day_comes_first() -> None:
    document = read("Company;Role;Applied;Last contact", "Acme;Cook;05/02/2026;25/02/2026")
    assert document.applications[0].values["applied_on"] == date(2026, 2, 5)
    assert document.questions == ()
    asked = read("Company;Role;Applied;Pay grade", "Acme;Cook;05/02/2026;25/2")
    assert [each.about for each in asked.questions] == ["05/02/2026"]
