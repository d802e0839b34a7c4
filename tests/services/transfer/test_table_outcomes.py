"""What tables say of an application beside its stage: boxes, answers, rounds and their times, and totals."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from followup_desktop.domain.model import Interview, Stage
from followup_desktop.services.transfer.document import Answers, Document, QuestionTopic, Reading
from followup_desktop.services.transfer.formats import read_document
from followup_desktop.services.transfer.report import Change, ImportReport
from tests.services.conftest import Desk
from tests.tables import tabled

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)


def read(*lines: str, answers: Answers | None = None) -> Document:
    reading = Reading(now=NOW, timezone="Europe/Madrid", answers=answers or Answers())
    return read_document("\n".join(lines).encode(), reading=reading)


def told(head: str, row: str) -> dict[str, object]:
    """What a row says of its application, with what it implies."""
    (application,) = read(head, row).applications
    return {**application.defaults, **application.values}


def brought(desk: Desk, *lines: str) -> ImportReport:
    data = "\n".join(lines).encode()
    return desk.tracker.import_document(read_document(data, reading=desk.tracker.reading("jobs.csv")))


# Rows of totals


@tabled(
    "table",
    [
        ("#;Firma;Stelle;Status", "1;A;B;Absage", "Gesamt;1;;"),
        ("Nr;Empresa;Puesto;Estado", "1;A;B;Enviado", "Total;1;;"),
        ("No.,Company,Position,Status", "1,A,B,Rejected", ",,TOTAL,1"),
        ("Company,Position,Status,Salary", "A,B,Rejected,100", "Total: 1 application,,,100"),
        ("Company,Position,Status,Salary", "A,B,Rejected,100", "Average,,,100.00 €"),
        ("Entreprise;Poste;Statut", "A;B;Refusé", "Nombre total de candidatures;1;"),
        ("Firma;Stelle;Status", "A;B;Absage", "Summe (1);;100 %"),
    ],
)
def test_a_row_that_only_adds_up_is_left_out(table: tuple[str, ...]) -> None:
    document = read(*table)
    assert [row.values["employer"] for row in document.applications] == ["A"]
    assert ["totals" in row.why for row in document.refused] == [True]


@pytest.mark.parametrize("row", ["Total,Engineer,Applied,", "Total Wine,,,50000", "TotalEnergies,,Applied,"])
def test_an_employer_with_such_a_name_is_one(row: str) -> None:
    assert len(read("Company,Position,Status,Salary", row).applications) == 1


# Boxes to tick

BOXES = "Company,Position,Applied?,Interview?,Offer?,Rejected?,Date"


@tabled(
    "ticks, stage, applied_on",
    [
        ("TRUE,FALSE,FALSE,FALSE,2026-10-03", Stage.APPLIED, date(2026, 10, 3)),
        ("TRUE,TRUE,FALSE,FALSE,2026-10-03", Stage.INTERVIEWING, date(2026, 10, 3)),
        ("TRUE,TRUE,TRUE,FALSE,2026-10-03", Stage.OFFER, date(2026, 10, 3)),
        ("TRUE,FALSE,FALSE,TRUE,2026-10-03", Stage.REJECTED, date(2026, 10, 3)),
        ("FALSE,FALSE,FALSE,FALSE,", Stage.SAVED, None),
        ("☑,☐,☐,☐,", Stage.APPLIED, None),
        ("1,1,0,0,2026-10-03", Stage.INTERVIEWING, date(2026, 10, 3)),
    ],
)
def test_boxes_tell_the_stage_and_no_notes(ticks: str, stage: Stage, applied_on: date | None) -> None:
    values = told(BOXES, f"Acme,Cook,{ticks}")
    assert (values["stage"], values.get("applied_on"), values.get("notes")) == (stage, applied_on, None)


def test_boxes_in_other_languages() -> None:
    assert told("Firma,Stelle,Beworben?,Absage?,Datum", "A,B,WAHR,FALSCH,3.10.2026")["applied_on"] == date(
        2026, 10, 3
    )
    assert told("Empresa,Puesto,Enviado,Entrevista,Fecha", "A,B,x,x,3/10/2026")["stage"] is Stage.INTERVIEWING
    assert told("Entreprise,Poste,Postulé ?,Entretien ?,Date", "A,B,VRAI,FAUX,03/10/2026")["stage"] is (
        Stage.APPLIED
    )


def test_a_box_for_applied_leaves_its_day_to_the_column_that_says_when() -> None:
    tables = {
        "Company,Role,Applied?,Date Applied,Status": "Acme,Dev,Yes,2026-05-01,",
        "Company,Role,Date added,Applied,Date applied,Rejected": "Acme,Dev,2026-04-01,TRUE,2026-05-01,FALSE",
        "Company,Role,Sent,Sent date": "Acme,Dev,x,2026-05-01",
        "Firma,Stelle,Beworben,Beworben am": "Acme,Dev,ja,2026-05-01",
    }
    found = {heading: told(heading, row) for heading, row in tables.items()}
    assert {each: values.get("applied_on") for each, values in found.items()} == dict.fromkeys(
        tables, date(2026, 5, 1)
    )
    assert not [values["notes"] for values in found.values() if "2026-05-01" in str(values.get("notes"))]


def test_a_box_that_the_stage_does_not_say_is_kept() -> None:
    values = told(BOXES, "Acme,Cook,TRUE,TRUE,FALSE,TRUE,2026-10-03")
    assert (values["stage"], values["notes"]) == (Stage.REJECTED, "Interview?: TRUE")


def test_what_was_not_sent_has_no_day_of_applying() -> None:
    values = told(BOXES, "Acme,Cook,FALSE,FALSE,FALSE,FALSE,2026-10-03")
    assert (values["stage"], values.get("applied_on")) == (Stage.SAVED, None)


def test_a_column_of_days_of_applying_stays_one() -> None:
    assert told("Company,Position,Applied,Date", "A,B,2026-10-03,2026-10-01")["applied_on"] == date(
        2026, 10, 3
    )


# What the employer answered


@tabled(
    "head, answer, stage",
    [
        ("Company,Role,Response", "Interview on 4 Dec at 2pm", Stage.INTERVIEWING),
        ("Firma,Stelle,Antwort", "Vorstellungsgespräch am 4.12. um 14 Uhr", Stage.INTERVIEWING),
        ("Empresa,Puesto,Respuesta", "Entrevista el 4/12 a las 14:00", Stage.INTERVIEWING),
        ("Société,Intitulé,Réponse", "Entretien le 04/12/2026 à 14h", Stage.INTERVIEWING),
    ],
)
def test_an_answer_that_is_all_a_table_has_is_asked_about(head: str, answer: str, stage: Stage) -> None:
    document = read(head, f"A,x,{answer}")
    asked = [(each.asked, each.about, each.guess) for each in document.questions]
    assert asked == [(QuestionTopic.STAGE, answer, stage.value)]
    assert document.applications[0].values["stage"] is stage
    other = read(head, f"A,x,{answer}", answers=Answers(stages={answer: Stage.REJECTED}))
    assert other.applications[0].values["stage"] is Stage.REJECTED
    assert [each.settled for each in other.questions] == [True]


@tabled(
    "head, answer",
    [
        ("Company,Role,Response", "Negative"),
        ("Firma,Stelle,Antwort", "negativ"),
        ("Empresa,Puesto,Respuesta", "Negativa"),
        ("Société,Intitulé,Réponse", "Négative"),
    ],
)
def test_a_negative_answer_is_a_rejection(head: str, answer: str) -> None:
    document = read(head, f"A,x,{answer}")
    assert (document.applications[0].values["stage"], document.questions) == (Stage.REJECTED, ())


def test_beside_a_stage_only_a_certain_answer_counts() -> None:
    document = read("Company,Role,Status,Response", "A,x,Applied,Interview on 4 Dec at 2pm")
    assert (document.applications[0].values["stage"], document.questions) == (Stage.APPLIED, ())


def test_the_day_of_an_answer_is_that_of_the_stage() -> None:
    values = told("Company,Role,Applied,Rejected", "A,x,2026-10-03,2026-10-20")
    assert (values["stage"], values["stage_at"]) == (Stage.REJECTED, datetime(2026, 10, 20, 10, tzinfo=UTC))


# Interviews


def starts(*lines: str) -> list[str]:
    return [
        f"{interview.values['starts_at']:%Y-%m-%d %H:%M}"
        for row in read(*lines).applications
        for interview in row.interviews
    ]


@tabled(
    "head, row, times",
    [
        ("Company,Role,Interview Date,Interview Time", "A,x,2026-12-04,14:30", ["2026-12-04 14:30"]),
        ("Company,Role,Interview Date,Interview Time", "A,x,2026-12-04,2:30 PM", ["2026-12-04 14:30"]),
        ("Company,Role,Interview Date,Time", "A,x,2026-12-04,9am", ["2026-12-04 09:00"]),
        ("Empresa,Puesto,Fecha entrevista,Hora", "A,x,4/12/2026,10:00", ["2026-12-04 10:00"]),
        ("Firma,Stelle,Vorstellungsgespräch am,Uhrzeit", "A,x,04.12.2026,10:30 Uhr", ["2026-12-04 10:30"]),
        ("Entreprise,Poste,Date d'entretien,Heure", "A,x,04/12/2026,14h30", ["2026-12-04 14:30"]),
        ("Company,Role,Interview Time", "A,x,2026-12-04 14:30", ["2026-12-04 14:30"]),
        (
            "Company,Role,Interview 1,Interview 2",
            "A,x,2026-12-10 15:30,2026-12-17 10:00",
            ["2026-12-10 15:30", "2026-12-17 10:00"],
        ),
        (
            "Company,Role,Interview 1 date,Interview 1 time,Interview 2 date,Interview 2 time",
            "A,x,2026-12-10,15:30,2026-12-17,10:00",
            ["2026-12-10 15:30", "2026-12-17 10:00"],
        ),
        ("Firma,Stelle,Gespräch", "A,x,04.12.2026 10:30", ["2026-12-04 10:30"]),
        ("Firma,Stelle,2. Gespräch", "A,x,04.12.2026 10:30", ["2026-12-04 10:30"]),
        ("Empresa,Puesto,Primera entrevista", "A,x,4/12/2026 10:30", ["2026-12-04 10:30"]),
        ("Entreprise,Poste,Entretien 2", "A,x,04/12/2026 10:30", ["2026-12-04 10:30"]),
        ("Company,Role,Phone Screen", "A,x,2026-12-04 10:30", ["2026-12-04 10:30"]),
    ],
)
def test_an_interview_has_its_day_and_time_from_wherever_they_are(
    head: str, row: str, times: list[str]
) -> None:
    assert starts(head, row) == times


def test_a_time_that_is_of_no_interview_is_kept() -> None:
    assert (
        told("Company,Role,Interview Date,Interview Time", "A,x,,14:30")["notes"] == "Interview Time: 14:30"
    )
    assert told("Company,Role,Date,Time", "A,x,2026-10-03,14:30")["notes"] == "Time: 14:30"


@pytest.mark.parametrize("column", ["Phone Screen", "Technical", "Onsite", "Interview 1", "Final round"])
def test_the_day_of_a_round_says_that_one_is_interviewing(column: str) -> None:
    values = told(f"Company,Role,Applied,{column}", "A,x,2026-10-03,2026-10-10")
    assert (values["stage"], values["notes"]) == (Stage.INTERVIEWING, f"{column}: 2026-10-10")


def test_a_yes_below_onsite_is_of_the_place() -> None:
    values = told("Company,Role,Applied,Onsite", "A,x,2026-10-03,Yes")
    assert (values["stage"], values["notes"]) == (Stage.APPLIED, "Onsite: Yes")


ROUNDS = "Company,Role,Date Applied,Status,Interview 1,Interview 2,Interviewer 1,Interviewer 2"
FIRST = "Acme,Cook,2026-10-03,Interview,2026-12-10 15:30,2026-12-17 10:00,Jane Roe,Tom Lin"


def test_each_round_has_its_own_interviewer_and_may_move(desk: Desk) -> None:
    brought(desk, ROUNDS, FIRST)
    report = brought(desk, ROUNDS, FIRST.replace("12-17", "12-18"))
    (application,) = desk.store.applications()
    names = {each.id: each.name for each in desk.store.all_contacts()}
    assert [
        (f"{one.starts_at:%d}", [names[each] for each in one.interviewers]) for one in application.interviews
    ] == [("10", ["Jane Roe"]), ("18", ["Tom Lin"])]
    assert application.notes == ""
    assert [row.change for row in report.rows if row.change is not Change.SKIPPED] == [Change.UPDATED]


def test_of_what_is_kept_a_newer_table_adds_only_what_is_new(desk: Desk) -> None:
    head, row = (
        "Company,Role,Date Applied,Interview 1,Interview 2",
        "Acme,Cook,2026-10-03,2026-12-10,2026-12-17",
    )
    brought(desk, head, row)
    for _time in range(2):
        brought(desk, head, row.replace("12-17", "12-18"))
        (application,) = desk.store.applications()
        assert list(filter(None, application.notes.splitlines())) == [
            "Interview 1: 2026-12-10", "Interview 2: 2026-12-17", "Interview 2: 2026-12-18",
        ]  # fmt: skip


def test_what_was_skipped_was_never_sent() -> None:
    head = "date,company,role,channel,status,fit_rating,cv_file"
    values = told(head, "2026-10-05,Arla,Chemist,,skipped,,")
    assert (values["stage"], values.get("applied_on")) == (Stage.WITHDRAWN, None)
    assert told(head, "2026-10-05,Arla,Chemist,,withdrawn,,")["applied_on"] == date(2026, 10, 5)


# Yes and no, and the days of ends


@tabled(
    "head, row, stage, notes",
    [
        ("Applied,Phone screen,Onsite,Offer,Rejected", "TRUE,TRUE,FALSE,FALSE,FALSE", "interviewing", ""),
        ("Applied,Phone screen,Onsite,Offer", "x,x,x,", "interviewing", ""),
        ("Applied,Phone screen,Onsite,Offer,Rejected", "Yes,No,No,No,Yes", "rejected", ""),
        ("Applied,Onsite,Offer", "Yes,Yes,No", "applied", "Onsite: Yes"),
        ("Applied (Y/N),Interview? (Y/N),Offer", "Y,N,N", "applied", ""),
        ("Applied (Y/N),Interview,Offer", "N,N,N", "saved", ""),
        ("Applied,Heard back,Offer", "Y,Y,N", "applied", "Heard back: Y"),
        ("Applied,Interview,Rejected", "yes,yes,yes", "rejected", "Interview: yes"),
        ("Beworben,Telefoninterview,Zusage,Absage", "ja,ja,nein,nein", "interviewing", ""),
        ("Enviada,Entrevista telefónica,Oferta,Rechazo", "sí,sí,no,no", "interviewing", ""),
        ("Envoyée,Entretien téléphonique,Proposition,Refus", "oui,oui,non,non", "interviewing", ""),
    ],
)
def test_a_yes_tells_how_far_it_got_and_a_no_nothing(head: str, row: str, stage: str, notes: str) -> None:
    found = told(f"Company,Role,{head}", f"Acme,Dev,{row}")
    assert (found["stage"], found.get("notes", "")) == (stage, notes)


@tabled(
    "head, row, stage, day, notes",
    [
        ("Rejected,Rejected date", "TRUE,2026-11-10", "rejected", "2026-11-10", None),
        ("Applied on,Date rejected", "2026-10-01,2026-11-10", "rejected", "2026-11-10", None),
        ("Applied on,Offer date", "2026-10-01,2026-11-10", "offer", "2026-11-10", None),
        ("Applied on,Offer date", "2026-10-01,2026-12-24", "applied", None, "Offer date: 2026-12-24"),
        ("Offer date,Rejection date", "2026-11-01,2026-11-10", "rejected", "2026-11-10",
         "Offer date: 2026-11-01"),
        ("Beworben am,Absage am", "01.10.2026,10.11.2026", "rejected", "2026-11-10", None),
        ("Enviado el,Fecha de rechazo", "01/10/2026,30/10/2026", "rejected", "2026-10-30", None),
        ("Envoyé le,Date de refus", "01/10/2026,30/10/2026", "rejected", "2026-10-30", None),
    ],
)  # fmt: skip
def test_the_day_of_an_end_is_that_of_the_stage(
    head: str, row: str, stage: str, day: str | None, notes: str | None
) -> None:
    found = told(f"Company,Role,{head}", f"Acme,Dev,{row}")
    at = found.get("stage_at")
    reached = f"{at:%Y-%m-%d}" if isinstance(at, datetime) else None
    assert (found["stage"], reached, found.get("notes")) == (stage, day, notes)


# Rounds


def test_a_round_tells_the_kind_of_its_interview() -> None:
    head = "Company,Role,Round,Interview Date,Time"
    rounds = {"Phone screen": "phone", "Technical": "technical", "Onsite": "onsite", "Panel": "panel"}
    for said, kind in {**rounds, "Fachgespräch": "technical", "Videollamada": "video"}.items():
        (interview,) = read(head, f"Acme,Dev,{said},2026-10-01,10:00").applications[0].interviews
        assert interview.defaults["kind"] == kind
    (application,) = read(head, "Acme,Dev,Final,2026-10-01,10:00").applications
    assert application.interviews[0].defaults["notes"] == "Round: Final"
    assert "notes" not in application.values


def test_a_column_called_as_a_round_tells_the_kind_of_its_interviews() -> None:
    head, row = "Company,Role,Phone screen,Onsite interview", "Acme,Dev,2026-10-01 10:00,2026-10-08 09:00"
    interviews = read(head, row).applications[0].interviews
    assert [each.defaults["kind"] for each in interviews] == ["phone", "onsite"]


@tabled(
    "head, title",
    [
        ("Follow up date", "Follow up"),
        ("Next step date", "Next step"),
        ("Nachfassen am", "Nachfassen"),
        ("Fecha de seguimiento", "seguimiento"),
        ("Wiedervorlage", "Wiedervorlage"),
        ("Reminder", "Reminder"),
    ],
)
def test_a_reminder_is_called_as_its_column_without_the_word_for_a_day(head: str, title: str) -> None:
    (reminder,) = read(f"Company,Role,Status,{head}", "Acme,Dev,Applied,2026-12-30").reminders
    assert reminder.values["title"] == title


# Forms of job centres


@tabled(
    "head, cell, employer, location",
    [
        (
            "Firma, Anschrift",
            "Bäckerei Kern, Hauptstr. 1, 50667 Köln",
            "Bäckerei Kern",
            "Hauptstr. 1, 50667 Köln",
        ),
        ("Name und Anschrift des Arbeitgebers", "Klinik Süd GmbH", "Klinik Süd GmbH", None),
        ("Company and address", "Acme, Inc., 5 King Street, Cork", "Acme, Inc.", "5 King Street, Cork"),
        ("Nombre y dirección de la empresa", "Taller Ruiz, Sevilla", "Taller Ruiz", "Sevilla"),
        ("Entreprise et adresse", "Durand SARL, 69003 Lyon", "Durand SARL", "69003 Lyon"),
        ("Firma", "Kern, Müller und Partner", "Kern, Müller und Partner", None),
    ],
)
def test_an_address_behind_an_employer_is_its_place_where_the_heading_says_so(
    head: str, cell: str, employer: str, location: str | None
) -> None:
    found = told(
        f"Nr.;Datum;{head};Position;Ergebnis / Stand", f"1;03.11.2026;{cell};Koch;Absage am 10.11.2026"
    )
    assert (found["employer"], found.get("location"), found["stage"]) == (employer, location, Stage.REJECTED)


# Days without a year


@tabled(
    "row, days",
    [
        ("2025-02-18,19 Feb,1 March,", "2025-02-19 2025-03-01"),
        ("2025-12-18,Jan 3,,", "2026-01-03"),
        ("18/02/2025,19.2.,1.3.,", "2025-02-19 2025-03-01"),
        ("3. Mai 2024,4. Mai,10. Mai,", "2024-05-04 2024-05-10"),
        (",19 Feb,1 March,", "2026-02-19 2026-03-01"),
        ("45000,19 Feb,,", "2023-02-19"),
        (",19 Feb,1 March,2024-03-20", "2024-02-19 2024-03-01"),
    ],
)
def test_a_day_without_a_year_is_of_that_of_the_whole_dates_beside_it(row: str, days: str) -> None:
    found = told("Company,Role,Status,Date added,Applied on,Deadline,Stage date", f"Acme,Dev,Applied,{row}")
    assert " ".join(str(found[name]) for name in ("applied_on", "closes_on") if name in found) == days


def test_the_notes_of_a_career_ops_tracker_are_of_the_year_of_its_date() -> None:
    head = "| # | Date | Company | Role | Score | Status | PDF | Report | Notes |"
    row = "| 1 | 2024-02-18 | Acme | Dev | 45000 | Applied | - | - | Applied Feb 19. Call w/ Luc |"
    (application,) = read(head, "|---" * 9 + "|", row).applications
    assert application.values["applied_on"] == date(2024, 2, 19)


# Days without a time

UNTIMED = "Acme,Dev,Interview,2026-12-15,,2026-10-02"
HEAD = "Company,Role,Status,Interview Date,Onsite Date,Phone Screen Date"


def test_an_interview_to_come_without_a_time_is_told_and_its_time_asked_for(desk: Desk) -> None:
    report = brought(desk, HEAD, UNTIMED)
    assert report.warnings == ("1 interview to come has a day but no time. A reminder asks you for it.",)
    (application,), (reminder,) = desk.store.applications(), desk.store.facts().reminders
    assert "Interview Date: 2026-12-15" in application.notes
    assert (application.interviews, reminder.application) == ((), application.id)
    assert (reminder.title, f"{reminder.at:%m-%d %H:%M}") == (
        "Enter the time of the interview",
        "12-13 09:00",
    )
    assert {row.change for row in brought(desk, HEAD, UNTIMED).rows} == {Change.SKIPPED}
    brought(desk, HEAD, UNTIMED.replace("12-15", "12-22"))
    assert [f"{each.at:%m-%d}" for each in desk.store.facts().reminders] == ["12-20"], "it goes along"


def test_of_two_interviews_without_a_time_each_is_asked_for(desk: Desk) -> None:
    report = brought(desk, HEAD, UNTIMED.replace(",,", ",2026-12-22,"))
    assert report.warnings == ("2 interviews to come have a day but no time. Reminders ask you for them.",)
    assert len(desk.store.facts().reminders) == 2


def test_one_that_was_needs_no_time(desk: Desk) -> None:
    report = brought(desk, HEAD, UNTIMED.replace("2026-12-15", "2026-09-15"))
    assert (report.warnings, desk.store.facts().reminders) == ((), ())


def test_a_day_whose_interview_is_there_with_its_time_changes_nothing(desk: Desk) -> None:
    """An invitation, or the user, brought the hour; an interview of another day is asked for."""
    desk.now = datetime(2026, 11, 28, 12, tzinfo=UTC)
    brought(desk, "Company,Role,Status,Date applied", "Acme,Dev,Interview,2026-11-02")
    (application,) = desk.store.applications()
    there = (
        Interview(id="i1", starts_at=datetime.fromisoformat("2026-12-15T10:00"), minutes=60),
        Interview(id="i2", starts_at=datetime.fromisoformat("2026-11-20T10:00"), minutes=60),
    )
    desk.put(replace(application, interviews=there))
    before = desk.store.facts()
    head = "Company,Role,Status,Date applied,Interview date,Phone screen date"
    report = brought(desk, head, "Acme,Dev,Interview,2026-11-02,2026-12-15,2026-11-20")
    assert ({row.change for row in report.rows}, report.warnings) == ({Change.SKIPPED}, ())
    assert desk.store.facts() == before
    report = brought(desk, head, "Acme,Dev,Interview,2026-11-02,2026-12-15,2026-12-22")
    assert report.warnings == ("1 interview to come has a day but no time. A reminder asks you for it.",)
    (after,) = desk.store.applications()
    assert after.notes == "Phone screen date: 2026-12-22"
    assert [f"{each.at:%m-%d}" for each in desk.store.facts().reminders] == ["12-20"]
