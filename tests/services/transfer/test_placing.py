"""Invitations that are imported: which application they are for, and what becomes of them there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from followup_desktop.domain.model import Application, Contact, EventKind, InterviewKind, Stage
from followup_desktop.services.transfer.document import Answers
from followup_desktop.services.transfer.formats import read_document
from followup_desktop.services.transfer.invitations import MOST_PEOPLE
from followup_desktop.services.transfer.placing import placed
from followup_desktop.services.transfer.report import Change, ImportReport
from tests.invitations import invitation, person
from tests.services.conftest import Desk, madrid

FIXTURES = Path(__file__).parents[2] / "fixtures"
AURORA = Application(id="a1", employer="Aurora GmbH", role="Data Engineer", stage=Stage.APPLIED)
OTHER = Application(id="a2", employer="Aurora GmbH", role="Accountant", stage=Stage.APPLIED)
COBALT = Application(id="a3", employer="Cobalt", role="Analyst", stage=Stage.APPLIED)


@pytest.fixture
def invited(desk: Desk) -> Desk:
    """A search in the days when the invitations came."""
    desk.now = madrid("2026-11-23T09:00")
    desk.put(AURORA, OTHER, COBALT)
    return desk


def bring(desk: Desk, file: str, answers: Answers | None = None) -> ImportReport:
    path = FIXTURES / file
    document = read_document(path.read_bytes(), reading=desk.tracker.reading(path.name, answers))
    return desk.tracker.import_document(document)


def bring_text(desk: Desk, text: str) -> ImportReport:
    return desk.tracker.import_document(
        read_document(text.encode(), reading=desk.tracker.reading("invite.ics"))
    )


def changes(report: ImportReport) -> set[Change]:
    return {row.change for row in report.rows}


def test_an_invitation_becomes_a_round_and_its_interviewers(invited: Desk) -> None:
    bring(invited, "ics-outlook/invite.ics")
    application = invited.application("a1")
    (interview,) = application.interviews
    assert f"{interview.starts_at:%Y-%m-%d %H:%M} {interview.timezone}" == "2026-12-03 14:00 Europe/Berlin"
    assert (interview.minutes, interview.kind) == (60, InterviewKind.VIDEO)
    assert interview.location == "Microsoft Teams Meeting https://teams.example/l/meetup-join/19%3ameeting_x"
    people = [invited.store.contact(each) for each in interview.interviewers]
    assert [(person.name, person.email, person.employer) for person in people] == [
        ("Nadia Kern", "nadia.kern@aurora.example", "Aurora GmbH"),
        ("Lindqvist, Elsa", "elsa.lindqvist@aurora.example", "Aurora GmbH"),
        ("Piotr Żak", "piotr.zak@aurora.example", "Aurora GmbH"),
    ]
    assert set(interview.interviewers) <= set(application.contacts)
    assert application.stage is Stage.INTERVIEWING
    assert invited.application("a2").interviews == ()


def test_it_is_one_step_to_undo(invited: Desk) -> None:
    before = invited.store.facts()
    bring(invited, "ics-outlook/invite.ics")
    invited.tracker.undo()
    assert invited.store.facts() == before
    assert invited.store.revisions() == {}
    bring(invited, "ics-outlook/invite.ics")
    assert len(invited.application("a1").interviews) == 1


@pytest.mark.parametrize(
    "file",
    [
        "ics-outlook/invite.ics", "ics-google/1 invite.ics", "ics-recurring/weekly.ics",
        "ics-odd-zones/zones.ics", "ics-zoom/meeting-81200000000.ics",
        "ics-scheduler-utc/interview.ics", "eml-outlook/Interview.eml",
        "eml-google/Invitation.eml", "vcard-google/contacts.vcf", "vcard-iphone/Kate Bellamy.vcf",
        "vcard-outlook/Lindqvist.vcf",
    ],
)  # fmt: skip
def test_twice_is_once(invited: Desk, file: str) -> None:
    bring(invited, file, Answers(application="a1") if "vcard" not in file else None)
    facts = invited.store.facts()
    again = bring(invited, file, Answers(application="a1") if "vcard" not in file else None)
    assert invited.store.facts() == facts
    assert changes(again) <= {Change.SKIPPED, Change.REFUSED}


@pytest.mark.parametrize("order", [(1, 2), (2, 1), (1, 2, 1)])
def test_the_newest_version_counts_in_whatever_order_they_come(invited: Desk, order: tuple[int, ...]) -> None:
    names = {1: "1 invite.ics", 2: "2 updated.ics"}
    for number in order:
        bring(invited, f"ics-google/{names[number]}")
    (interview,) = invited.application("a3").interviews
    assert f"{interview.starts_at:%Y-%m-%d %H:%M}" == "2026-12-09 11:00"
    assert [invited.store.contact(each).name for each in interview.interviewers] == ["Rita Vale"]


def test_what_was_deleted_comes_back_as_the_file_has_it_and_is_updated_again(invited: Desk) -> None:
    bring(invited, "ics-google/2 updated.ics")
    (interview,) = invited.application("a3").interviews
    invited.tracker.delete_interview(interview.id)
    bring(invited, "ics-google/1 invite.ics")
    bring(invited, "ics-google/2 updated.ics")
    assert f"{invited.application('a3').interviews[0].starts_at:%d %H:%M}" == "09 11:00"


def test_what_is_called_off_stays_so(invited: Desk) -> None:
    for file in ("1 invite.ics", "2 cancelled.ics", "1 invite.ics", "2 cancelled.ics"):
        bring(invited, f"ics-cancel/{file}")
    application = invited.application("a1")
    (interview,) = application.interviews
    assert interview.cancelled
    assert len(interview.interviewers) == 3, "the word that it is off takes nobody away"
    assert "https://teams.example/" in interview.location
    assert [event.kind for event in application.events].count(EventKind.REPLY) == 1


def test_what_the_user_changed_since_is_kept_until_a_newer_version(invited: Desk) -> None:
    bring(invited, "ics-google/1 invite.ics")
    (interview,) = invited.application("a3").interviews
    invited.tracker.edit_interview(interview.id, notes="Bring the portfolio", location="Phone")
    bring(invited, "ics-google/1 invite.ics")
    assert invited.application("a3").interviews[0].location == "Phone"
    bring(invited, "ics-google/2 updated.ics")
    (interview,) = invited.application("a3").interviews
    assert (interview.notes, interview.location) == (
        "Bring the portfolio",
        "https://meet.example/abc-defg-hij",
    )


def test_somebody_who_is_known_is_not_doubled(invited: Desk) -> None:
    rita = Contact(id="c1", name="Rita V.", email="RITA@cobalt.example", employer="Cobalt")
    invited.put(COBALT, contacts=(rita,))
    bring(invited, "ics-google/1 invite.ics")
    assert invited.application("a3").interviews[0].interviewers == ("c1",)
    assert invited.store.all_contacts() == [rita]


def test_another_person_with_the_address_of_a_team_is_not_taken_for_its_interviewer(invited: Desk) -> None:
    team = "piotr.zak@aurora.example"
    invited.put(AURORA, contacts=(Contact(id="c1", name="Ann Lee", email=team),))
    bring(invited, "ics-outlook/invite.ics")
    (interview,) = invited.application("a1").interviews
    people = [invited.store.contact(each) for each in interview.interviewers]
    assert [person.name for person in people if person.email == team] == ["Piotr Żak"]
    assert set(changes(bring(invited, "ics-outlook/invite.ics"))) == {Change.SKIPPED}


@pytest.mark.parametrize("method", ["REPLY", "COUNTER", "DECLINECOUNTER"])
@pytest.mark.parametrize("is_known", [True, False])
def test_what_somebody_answers_to_an_invitation_neither_moves_nor_adds_an_interview(
    invited: Desk, method: str, is_known: bool
) -> None:
    def take(text: str) -> ImportReport:
        reading = invited.tracker.reading("invite.ics", Answers(application="a3"))
        return invited.tracker.import_document(read_document(text.encode(), reading=reading))

    if is_known:
        take(invitation())
    before = invited.store.facts()
    report = take(invitation(method=method, sequence=1, at=";TZID=Europe/Madrid:20261222T180000"))
    assert [row.why for row in report.refused] == ["This is an answer to an invitation, not an invitation."]
    assert invited.store.facts() == before


def test_somebody_known_by_name_gets_the_address(invited: Desk) -> None:
    rita = Contact(id="c1", name="Rita Vale", employer="Cobalt")
    invited.put(COBALT, contacts=(rita,))
    bring(invited, "ics-google/1 invite.ics")
    (known,) = (each for each in invited.store.all_contacts() if each.id == "c1")
    assert known.email == "rita@cobalt.example"
    assert "c1" in invited.application("a3").interviews[0].interviewers


def test_an_employer_who_is_not_known_is_added(invited: Desk) -> None:
    invited.put(COBALT, AURORA)
    bring(invited, "ics-scheduler-utc/interview.ics")
    added = next(each for each in invited.store.applications() if each.id not in {"a1", "a3"})
    assert (added.employer, added.stage) == ("Ferrite", Stage.INTERVIEWING)
    (interview,) = added.interviews
    assert f"{interview.starts_at:%H:%M} {interview.timezone}" == "15:30 Europe/Madrid", (
        "told in UTC, kept here"
    )


@pytest.mark.parametrize("title", ["Interview Theta round 2", "Theta – 2nd round", "Runde 2 Theta"])
def test_the_number_of_a_round_is_no_part_of_the_employer(desk: Desk, title: str) -> None:
    text = invitation(person("Di", "di@theta.example", "ORGANIZER"), summary=title)
    reading = desk.tracker.reading("invite.ics")
    desk.tracker.import_document(read_document(text.encode(), reading=reading))
    assert [each.employer for each in desk.store.applications()] == ["Theta"]


@pytest.mark.parametrize(
    ("address", "title", "named"),
    [
        (
            "k@groesse-soehne.example",
            "Interview Data Engineer – Größe & Söhne GmbH",
            ("Größe & Söhne GmbH", "Data Engineer"),
        ),
        ("k@groesse-und-soehne.example", "Interview – Größe & Söhne GmbH", ("Größe & Söhne GmbH", "")),
        ("k@grosse.example", "Entretien Comptable – Größe", ("Größe", "Comptable")),
        ("hr@kern.example", "Round 1: Technical – Data Engineer, Kern AG", ("Kern AG", "Data Engineer")),
    ],
)
def test_the_title_names_the_employer_as_the_address_can_not(
    desk: Desk, address: str, title: str, named: tuple[str, str]
) -> None:
    text = invitation(person("Karin", address, "ORGANIZER"), summary=title)
    bring_text(desk, text)
    (added,) = desk.store.applications()
    assert (added.employer, added.role) == named


def test_the_title_says_for_what_the_interview_is(desk: Desk) -> None:
    user = person("Sam Doe", "sam@mail.example")
    cases = {
        "Interview at Initech for QA Engineer": "QA Engineer",
        "Interview at Initech for Growth": "Growth",
        "Interview for the Growth position at Initech": "Growth",
        "Interview for QA Engineer position": "QA Engineer",
        "Interview for Sam": "",
        "Initech: Onsite - Panel with Sam Doe for Nurse": "Nurse",
        "Video interview: Sam Doe for QA Engineer with Bill": "QA Engineer",
        "30 Minute Interview between Sam Doe and Bill Lumbergh": "",
        "Videocall interview": "",
        "Einladung zum Vorstellungsgespräch als QA Engineer bei Initech": "QA Engineer",
        "Interview für Stelle Küchenhilfe, Initech": "Küchenhilfe",
        "Entretien pour le poste de Serveur chez Initech": "Serveur",
        "Entretien téléphonique": "",
        "Entrevista para el puesto de Camarero en Initech": "Camarero",
    }

    def named(title: str) -> tuple[str, str]:
        desk.put()
        bring_text(desk, invitation(person("Bill", "bill@initech.example", "ORGANIZER"), user, summary=title))
        (added,) = desk.store.applications()
        return added.employer, added.role

    assert {title: named(title) for title in cases} == {t: ("Initech", role) for t, role in cases.items()}


@pytest.mark.parametrize(
    ("address", "interviews"),
    [("jo@acmehealth.example", {"Acme": 0, "Acme Health": 1}), ("jo@acme.example", {"Acme": 1})],
)
def test_an_employer_whose_name_begins_with_anothers_is_another_unless_the_address_is_its(
    desk: Desk, address: str, interviews: dict[str, int]
) -> None:
    desk.put(replace(COBALT, employer="Acme"))
    organizer = person("Jo", address, "ORGANIZER")
    bring_text(desk, invitation(organizer, summary="Interview: Nurse at Acme Health"))
    assert {each.employer: len(each.interviews) for each in desk.store.applications()} == interviews


def test_an_employer_is_known_by_an_address_without_its_umlauts(desk: Desk) -> None:
    desk.put(replace(COBALT, employer="Größe & Söhne GmbH"), OTHER)
    text = invitation(person("Karin", "k@groesse-soehne.example", "ORGANIZER"), summary="Interview")
    bring_text(desk, text)
    assert len(desk.application(COBALT.id).interviews) == 1


def test_what_is_only_called_off_adds_no_application(desk: Desk) -> None:
    text = invitation(
        person("Di", "di@theta.example", "ORGANIZER"), summary="Interview Theta", method="CANCEL"
    )
    report = bring_text(desk, text)
    assert changes(report) == {Change.REFUSED}
    assert desk.store.applications() == []


@pytest.mark.parametrize(
    ("file", "named"),
    [
        ("ics-outlook/invite.ics", ("Aurora GmbH", "Data Engineer")),
        ("ics-google/1 invite.ics", ("Cobalt", "")),
        ("ics-scheduler-utc/interview.ics", ("Ferrite", "")),
        ("ics-recurring/weekly.ics", ("Coach", "")),
        ("eml-google/Invitation.eml", ("Isar", "")),
        ("placed-invitations/greenhouse.ics", ("Initech", "Backend Engineer")),
        ("placed-invitations/icloud.ics", ("Dupont SA", "Chef de projet")),
        ("placed-invitations/exchange-es.ics", ("Banco Norte", "Analista de Riesgos")),
        ("placed-invitations/google-de.ics", ("Kranich GmbH", "")),
    ],
)
def test_a_new_application_says_no_more_than_is_known(desk: Desk, file: str, named: tuple[str, str]) -> None:
    desk.now = madrid("2026-11-23T09:00")
    bring(desk, file)
    (added,) = desk.store.applications()
    assert (added.employer, added.role) == named


def test_an_invitation_that_names_nobody_is_not_guessed(invited: Desk) -> None:
    report = bring(invited, "ics-zoom/meeting-81200000000.ics")
    assert changes(report) == {Change.REFUSED}
    assert "No application matches" in report.rows[0].why
    assert all(each.interviews == () for each in invited.store.applications())
    bring(invited, "ics-zoom/meeting-81200000000.ics", Answers(application="a2"))
    assert len(invited.application("a2").interviews) == 1


def test_our_own_calendar_finds_its_interviews_again(invited: Desk) -> None:
    from followup_desktop.services.transfer.exporting import everything
    from followup_desktop.services.transfer.formats import writers

    bring(invited, "ics-outlook/invite.ics")
    data = writers()["ics"].write(everything(invited.store, invited.now, invited.wording))
    facts = invited.store.facts()
    document = read_document(data, reading=invited.tracker.reading("x.ics"))
    invited.tracker.import_document(document)
    assert [a.interviews for a in invited.store.applications()] == [a.interviews for a in facts.applications]


@pytest.mark.parametrize("over", [Stage.REJECTED, Stage.WITHDRAWN, Stage.NO_RESPONSE])
def test_that_an_invitation_opens_again_what_was_over_is_named(invited: Desk, over: Stage) -> None:
    invited.put(replace(AURORA, stage=over))
    report = bring(invited, "ics-outlook/invite.ics", Answers(application="a1"))
    assert [(row.id, row.set_back) for row in report.set_back] == [("a1", (over, Stage.INTERVIEWING))]
    assert len(invited.application("a1").events) == 1
    assert bring(invited, "ics-outlook/invite.ics", Answers(application="a1")).set_back == ()


def test_the_stage_can_stay_as_it_is_while_the_interview_is_added(invited: Desk) -> None:
    invited.put(replace(AURORA, stage=Stage.REJECTED))
    path = FIXTURES / "ics-outlook/invite.ics"
    reading = invited.tracker.reading(path.name, Answers(application="a1"))
    document = read_document(path.read_bytes(), reading=reading)
    (reopened,) = invited.tracker.import_document(document, dry_run=True).set_back
    invited.tracker.import_document(document, leave_out={reopened.place})
    found = invited.application("a1")
    assert (found.stage, len(found.interviews), found.events) == (Stage.REJECTED, 1, ())


@pytest.mark.parametrize(
    ("count", "changed"), [(MOST_PEOPLE, Change.ADDED), (MOST_PEOPLE + 1, Change.REFUSED)]
)
def test_an_event_of_very_many_is_no_interview(invited: Desk, count: int, changed: Change) -> None:
    crowd = (person(f"Person {n}", f"p{n}@aurora.example") for n in range(count))
    data = invitation(*crowd, summary="Interview: Data Engineer at Aurora GmbH").encode()
    report = invited.tracker.import_document(
        read_document(data, reading=invited.tracker.reading("a.ics", Answers(application="a1")))
    )
    assert [row.change for row in report.rows if row.kind in ("interview", "row")] == [changed]


CALENDAR = "\r\n".join(
    (
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Google Inc//Google Calendar 70.9054//EN",
        *("BEGIN:VEVENT", "UID:past", "DTSTART:20261105T090000Z", "SUMMARY:Haircut", "END:VEVENT"),
        *("BEGIN:VEVENT", "UID:dentist", "DTSTART:20261218T090000Z", "SUMMARY:Dentist", "END:VEVENT"),
        *("BEGIN:VEVENT", "UID:gym", "DTSTART:20261219T180000Z", "SUMMARY:Film screening", "END:VEVENT"),
        *("BEGIN:VEVENT", "UID:school", "DTSTART:20261220T180000Z", "SUMMARY:Parent evening"),
        *("ORGANIZER;CN=Office:mailto:office@school.example", "END:VEVENT", "END:VCALENDAR", ""),
    )
)  # fmt: skip
"""What somebody has in a calendar that they export: nothing of it was sent to them as an invitation."""


def without_method(summary: str, *lines: str) -> str:
    return invitation(*lines, summary=summary, at=":20261219T090000Z").replace("METHOD:REQUEST\r\n", "")


@pytest.mark.parametrize("known", [(), (COBALT,), (COBALT, AURORA)])
def test_private_entries_of_a_calendar_become_no_interviews(
    desk: Desk, known: tuple[Application, ...]
) -> None:
    desk.now = madrid("2026-11-23T09:00")
    desk.put(*known)
    before = desk.store.facts().applications
    for _time in range(2):
        assert changes(bring_text(desk, CALENDAR)) == {Change.REFUSED}
    assert desk.store.facts().applications == before


def test_what_is_over_and_speaks_of_no_interview_is_left_out_unasked(invited: Desk) -> None:
    document = read_document(CALENDAR.encode(), reading=invited.tracker.reading("a.ics"))
    document = placed(document, invited.store.facts(), {}, invited.now).document
    assert {question.about: question.guess for question in document.questions} == {
        "dentist": "", "gym": "", "school": "",
    }  # fmt: skip


def test_of_a_whole_calendar_only_what_is_of_applying_is_asked_about(invited: Desk) -> None:
    names = [*(f"Lunch {n}" for n in range(20)), "Interview"]
    events = [
        ("BEGIN:VEVENT", f"UID:e{n}", "DTSTART:20261218T090000Z", f"SUMMARY:{name}", "END:VEVENT")
        for n, name in enumerate(names)
    ]
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", *(line for event in events for line in event), "END:VCALENDAR"]
    document = read_document("\r\n".join(lines).encode(), reading=invited.tracker.reading("a.ics"))
    document = placed(document, invited.store.facts(), {}, invited.now).document
    assert [question.about for question in document.questions] == ["e20"]
    assert len(document.refused) == 21
    answers = Answers(applications={"e3": "a3"})
    document = read_document("\r\n".join(lines).encode(), reading=invited.tracker.reading("a.ics", answers))
    invited.tracker.import_document(document)
    assert len(invited.application("a3").interviews) == 1


def test_an_entry_of_a_calendar_is_an_interview_by_the_answer(invited: Desk) -> None:
    answers = Answers(applications={"dentist": "a3"})
    document = read_document(CALENDAR.encode(), reading=invited.tracker.reading("a.ics", answers))
    invited.tracker.import_document(document)
    assert len(invited.application("a3").interviews) == 1


@pytest.mark.parametrize(
    "title",
    [
        "Interview", "Phone screen with Di", "Job interview: second round", "Vorstellungsgespräch",
        "Telefongespräch Personalabteilung", "Entrevista de trabajo", "Entretien d’embauche", "Probetag",
    ],
)  # fmt: skip
def test_an_entry_that_is_called_an_interview_is_one_of_the_only_application(desk: Desk, title: str) -> None:
    desk.put(COBALT)
    for _time in range(2):
        bring_text(desk, without_method(title))
        assert len(desk.application("a3").interviews) == 1


def test_an_interview_of_a_calendar_adds_its_employer(desk: Desk) -> None:
    bring_text(desk, without_method("Interview Theta", person("Di", "di@theta.example", "ORGANIZER")))
    assert [each.employer for each in desk.store.applications()] == ["Theta"]


def test_an_entry_of_an_employer_who_is_known_is_theirs(invited: Desk) -> None:
    bring_text(invited, without_method("Chat", person("Rita", "rita@cobalt.example", "ORGANIZER")))
    assert len(invited.application("a3").interviews) == 1


def test_which_application_is_the_only_one_is_the_same_when_a_file_is_read_again(desk: Desk) -> None:
    of_nobody = without_method("Interview").replace("END:VCALENDAR\r\n", "")
    theirs = without_method("Interview Theta", person("Di", "di@theta.example", "ORGANIZER"))
    event = theirs[theirs.index("BEGIN:VEVENT") :].replace("round-1", "round-2").replace("19T09", "20T09")
    bring_text(desk, of_nobody + event)
    facts = desk.store.facts()
    assert [len(each.interviews) for each in facts.applications] == [2]
    assert changes(bring_text(desk, of_nobody + event)) == {Change.SKIPPED}
    assert desk.store.facts() == facts


@pytest.mark.parametrize(
    "title",
    [
        "Interview: Jane Doe, Backend Engineer – Cabify",
        "Interview: Jane Doe - Backend Engineer - Cabify",
        "Entrevista: Backend Engineer, Jane Doe - Cabify",
        "Interview: Zed Quux, Backend Engineer – Cabify",
        "Technical interview | Cabify | Backend Engineer",
        "Cabify interview – Backend Engineer (Jane Doe)",
    ],
)
@pytest.mark.parametrize("house", ["cabify.example", "gmail.com"])
def test_who_is_interviewed_is_no_part_of_the_role_beside_the_employer(
    invited: Desk, title: str, house: str
) -> None:
    text = invitation(
        person("Rita Vale", f"rita@{house}", "ORGANIZER"),
        person("Jane Doe", "zed.quux@gmail.com"),
        summary=title,
    )
    reading = invited.tracker.reading("invite.ics", Answers())
    document = read_document(text.encode(), reading=reading)
    (asked, *_more) = invited.tracker.import_document(document, dry_run=True).questions
    assert (asked.employer, asked.role) == ("Cabify", "Backend Engineer")
    assert asked.guess == ("new" if house == "cabify.example" else "")


@pytest.mark.parametrize(
    ("title", "guess"),
    [
        ("Interview – Analyst – Munich", "a3"),
        ("Interview: Jane Doe, Analyst", "a3"),
        ("Interview – Engineer – Cabify", ""),
    ],
)
def test_the_only_application_is_guessed_unless_the_title_names_another(
    invited: Desk, title: str, guess: str
) -> None:
    invited.put(COBALT)
    text = invitation(person("Rita Vale", "rita@gmail.com", "ORGANIZER"), summary=title)
    document = read_document(text.encode(), reading=invited.tracker.reading("invite.ics", Answers()))
    (asked, *_more) = invited.tracker.import_document(document, dry_run=True).questions
    assert asked.guess == guess


@pytest.mark.parametrize("title", ["Interview: Backend Engineer – Zoom", "Interview: Cook (final round)"])
def test_how_one_meets_is_no_employer(invited: Desk, title: str) -> None:
    text = invitation(person("Rita Vale", "rita@gmail.com", "ORGANIZER"), summary=title)
    document = read_document(text.encode(), reading=invited.tracker.reading("invite.ics", Answers()))
    (asked, *_more) = invited.tracker.import_document(document, dry_run=True).questions
    assert asked.employer == ""


@pytest.mark.parametrize("box", ["hiring-committee", "recruiting", "jobs", "talent.team"])
def test_the_mailbox_of_a_team_is_no_interviewer(invited: Desk, box: str) -> None:
    address = f"{box}@cobalt.example"
    take_with(invited, f"ATTENDEE;CN={address}:mailto:{address}")
    assert all(each.email != address for each in invited.store.all_contacts())


@pytest.mark.parametrize(
    ("called", "name", "title"),
    [
        ("Ortiz, Dana (Talent)", "Ortiz, Dana", "Talent"),
        ("Dana Ortiz (External)", "Dana Ortiz", ""),
        ("Dana Ortiz (she/her)", "Dana Ortiz (she/her)", ""),
    ],
)
def test_what_a_directory_says_behind_a_name_is_the_title(
    invited: Desk, called: str, name: str, title: str
) -> None:
    take_with(invited, f'ATTENDEE;CN="{called}":mailto:dana@cobalt.example')
    (dana,) = (each for each in invited.store.all_contacts() if each.email == "dana@cobalt.example")
    assert (dana.name, dana.title) == (name, title)


def take_with(desk: Desk, line: str) -> None:
    reading = desk.tracker.reading("invite.ics", Answers(application="a3"))
    text = invitation(person("Rita Vale", "rita@cobalt.example", "ORGANIZER"), line)
    desk.tracker.import_document(read_document(text.encode(), reading=reading))
