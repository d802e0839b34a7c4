"""Searches as they stand on Wednesday 14 October 2026, 15:00 in Madrid, for pictures and tests of Today."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial

from followup_desktop.domain.model import (
    Application,
    CallOutcome,
    Contact,
    Event,
    EventKind,
    Facts,
    Interview,
    InterviewKind,
    Policy,
    SearchState,
    Stage,
)

NOW = datetime(2026, 10, 14, 13, 0, tzinfo=UTC)
POLICY = Policy(timezone="Europe/Madrid", country="ES-MD")

ANA = Contact(id="ana", name="Ana Ruiz", employer="Acme", title="Hiring manager", email="ana@acme.example")
LENA = Contact(id="lena", name="Lena Park", employer="Initech", phone="+34 600 000 000")
TARO = Contact(id="taro", name="山田太郎", employer="Globex")

_search = partial(Facts, policy=POLICY, search=SearchState(paused=True))
_at_work = partial(Application, timezone="Europe/Madrid", country="ES-MD")
wall = datetime.fromisoformat
_met = partial(Interview, minutes=60, kind=InterviewKind.ONSITE)


def utc(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """An instant of 2026."""
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def stage_event(name: str, to: Stage, at: datetime) -> Event:
    """The entry of a timeline that moved an application to a stage."""
    return Event(id=f"{name}-{to}", kind=EventKind.STAGE, at=at, to_stage=to)


def thank_ana() -> Application:
    """Met this morning and written up already: Ana Ruiz is to be thanked."""
    interview = _met(
        id="acme-1",
        starts_at=wall("2026-10-14T10:00"),
        interviewers=("ana",),
        debriefed_at=utc(10, 14, 10),
        reply_by=date(2026, 10, 23),
        topics="the move to streaming",
    )
    return _at_work(
        id="acme",
        employer="Acme",
        role="Data Engineer",
        stage=Stage.INTERVIEWING,
        stage_at=utc(9, 20, 8),
        applied_on=date(2026, 9, 14),
        contacts=("ana",),
        interviews=(interview,),
    )


def call_initech() -> Application:
    """They said Friday 9 October: the call falls on this Wednesday, Monday having been a holiday."""
    interview = _met(
        id="initech-1",
        starts_at=wall("2026-10-01T10:00"),
        interviewers=("lena",),
        debriefed_at=utc(10, 1, 12),
        reply_by=date(2026, 10, 9),
    )
    return _at_work(
        id="initech",
        employer="Initech",
        role="Platform Lead",
        stage=Stage.INTERVIEWING,
        stage_at=utc(9, 20, 8),
        applied_on=date(2026, 9, 10),
        contacts=("lena",),
        interviews=(interview,),
    )


def prepare_globex() -> Application:
    """An interview tomorrow."""
    interview = _met(id="globex-1", starts_at=wall("2026-10-15T16:00"), interviewers=("taro",))
    return _at_work(
        id="globex",
        employer="Globex",
        role="Staff Engineer",
        stage=Stage.INTERVIEWING,
        stage_at=utc(10, 9, 8),
        applied_on=date(2026, 10, 2),
        contacts=("taro",),
        interviews=(interview,),
    )


def debrief_umbrella() -> Application:
    """An interview that ended at noon, with nobody named in it who needs thanks yet."""
    interview = _met(id="umbrella-1", starts_at=wall("2026-10-14T11:00"), interviewers=("quiet",))
    return _at_work(
        id="umbrella",
        employer="Umbrella",
        role="ML Engineer",
        stage=Stage.INTERVIEWING,
        stage_at=utc(10, 9, 8),
        applied_on=date(2026, 10, 1),
        contacts=("quiet",),
        interviews=(interview,),
    )


def move_on_hooli() -> Application:
    """Two calls without an answer."""
    interview = _met(
        id="hooli-1",
        starts_at=wall("2026-09-10T10:00"),
        debriefed_at=utc(9, 10, 12),
        reply_by=date(2026, 9, 18),
    )
    calls = tuple(
        Event(id=f"hooli-{n}", kind=EventKind.CALL, outcome=CallOutcome.NO_ANSWER, at=at)
        for n, at in enumerate((utc(10, 2, 9), utc(10, 8, 9)))
    )
    return _at_work(
        id="hooli",
        employer="Hooli",
        role="Search",
        stage=Stage.INTERVIEWING,
        stage_at=utc(9, 5, 8),
        applied_on=date(2026, 9, 3),
        interviews=(interview,),
        events=calls,
    )


def check_in(number: int, employer: str, applied: date) -> Application:
    """An application that nobody has answered."""
    return _at_work(
        id=f"quiet-{number:03}",
        employer=employer,
        role="Developer",
        stage=Stage.APPLIED,
        stage_at=datetime(applied.year, applied.month, applied.day, 10, tzinfo=UTC),
        applied_on=applied,
    )


def refused_by_wayne() -> Application:
    """A no of yesterday, after an interview."""
    interview = _met(id="wayne-1", starts_at=wall("2026-10-06T10:00"), debriefed_at=utc(10, 6, 12))
    return _at_work(
        id="wayne",
        employer="Wayne Enterprises",
        role="Backend",
        stage=Stage.REJECTED,
        applied_on=date(2026, 9, 20),
        interviews=(interview,),
        events=(stage_event("wayne", Stage.REJECTED, utc(10, 13, 8)),),
    )


def offered_by_stark() -> Application:
    """An offer of this morning that ends on Friday."""
    return _at_work(
        id="stark",
        employer="Stark",
        role="SRE",
        stage=Stage.OFFER,
        applied_on=date(2026, 9, 12),
        offer_expires_on=date(2026, 10, 16),
        events=(stage_event("stark", Stage.OFFER, utc(10, 14, 7)),),
    )


def closing_soon() -> Application:
    """A posting that closes on Friday."""
    return _at_work(
        id="tyrell",
        employer="Tyrell",
        role="Data Analyst",
        stage=Stage.SAVED,
        closes_on=date(2026, 10, 16),
    )


def accepted_before() -> Iterator[Application]:
    """A position taken in summer, and one that was still open when it was."""
    yield _at_work(
        id="soylent",
        employer="Soylent",
        role="Engineer",
        stage=Stage.ACCEPTED,
        applied_on=date(2026, 7, 1),
        events=(stage_event("soylent", Stage.ACCEPTED, utc(9, 1, 8)),),
    )
    yield _at_work(
        id="vandelay",
        employer="Vandelay",
        role="Architect",
        stage=Stage.INTERVIEWING,
        stage_at=utc(8, 1, 8),
        applied_on=date(2026, 7, 20),
    )


def nothing() -> Facts:
    """A search that has just begun."""
    return Facts(policy=POLICY)


def one() -> Facts:
    """One person to thank."""
    return _search(contacts=(ANA,), applications=(thank_ana(),))


def two_calls() -> Facts:
    """Two enquiries at one employer are due: the second waits for the first."""
    second = call_initech()
    (interview,) = second.interviews
    before = replace(interview, id="initech-0", reply_by=date(2026, 10, 2))
    first = replace(second, id="initech-0", role="Data Analyst", interviews=(before,))
    return _search(contacts=(LENA,), applications=(first, replace(second, employer="INITECH ")))


def twelve() -> Facts:
    """One follow-up of each rule of an application: twelve."""
    quiet = Contact(id="quiet", name="Kim", employer="Umbrella", no_thank_you=True)
    applications = (
        thank_ana(),
        call_initech(),
        prepare_globex(),
        debrief_umbrella(),
        move_on_hooli(),
        check_in(1, "Contoso", date(2026, 9, 29)),
        refused_by_wayne(),
        offered_by_stark(),
        closing_soon(),
        *accepted_before(),
    )
    return _search(contacts=(ANA, LENA, quiet, TARO), applications=applications)


def five_met() -> Facts:
    """An interview with five people."""
    names = ("Ana Ruiz", "Tom Berg", "Lena Park", "Mia Vogel", "Sam Lee")
    people = tuple(Contact(id=f"met-{n}", name=name, employer="Acme") for n, name in enumerate(names))
    ids = tuple(person.id for person in people)
    acme = thank_ana()
    (interview,) = acme.interviews
    return _search(
        contacts=people,
        applications=(replace(acme, contacts=ids, interviews=(replace(interview, interviewers=ids),)),),
    )


def calls() -> Facts:
    """A call to make, before all else."""
    return _search(contacts=(LENA, TARO), applications=(call_initech(), prepare_globex()))


def no_number() -> Facts:
    """A call to somebody whose number is not known."""
    return _search(contacts=(replace(LENA, phone=""), TARO), applications=(call_initech(), prepare_globex()))


def interview_soon(location: str = "https://meet.example.org/globex", start: str = "15:25") -> Facts:
    """An interview today, and what else is to be done on the day."""
    globex = prepare_globex()
    (interview,) = globex.interviews
    coming = replace(
        interview,
        starts_at=wall(f"2026-10-14T{start}"),
        kind=InterviewKind.ONSITE if "://" not in location else InterviewKind.VIDEO,
        location=location,
        notes="Ask about the team's on-call rota",
    )
    applications = (
        replace(globex, interviews=(coming,)),
        thank_ana(),
        check_in(1, "Contoso", date(2026, 9, 29)),
    )
    return _search(contacts=(ANA, TARO), applications=applications)


def missed_thanks() -> Facts:
    """Two people who were not thanked in time, one thing to do now, and one later in the day."""
    acme, quiet = thank_ana(), check_in(1, "Contoso", date(2026, 9, 29))
    (interview,) = acme.interviews
    past = replace(
        interview,
        starts_at=wall("2026-10-07T10:00"),
        debriefed_at=utc(10, 7, 12),
        interviewers=("ana", "taro"),
    )
    met = replace(acme, interviews=(past,), contacts=("ana", "taro"))
    return _search(contacts=(ANA, TARO), applications=(met, quiet, prepare_globex()))


def late_thanks() -> Facts:
    """Two people of Monday's interview were not thanked within the day."""
    acme = thank_ana()
    (interview,) = acme.interviews
    met = replace(
        interview,
        starts_at=wall("2026-10-12T10:00"),
        debriefed_at=utc(10, 12, 12),
        interviewers=("ana", "taro"),
    )
    met_both = replace(acme, interviews=(met,), contacts=("ana", "taro"))
    return _search(contacts=(ANA, TARO), applications=(met_both,))


def later_today() -> Facts:
    """Nothing to do now: an interview to prepare for in the evening."""
    return _search(contacts=(TARO,), applications=(prepare_globex(),))


def five_hundred() -> Facts:
    """Last month's applications imported at once: 500 to check in with."""
    applications = tuple(check_in(n, f"Company {n:03}", date(2026, 9, 21 + n % 8)) for n in range(499))
    return _search(contacts=(ANA,), applications=(thank_ana(), *applications))


def long_values() -> Facts:
    """Names as long and as foreign as they come: cut short where there is no room, never off."""
    interview = _met(
        id="long-1",
        starts_at=datetime.fromisoformat("2026-10-16T10:00"),
        interviewers=("taro", "ana"),
        location="Straße des Siebzehnten Juni 135, Hauptgebäude, Erdgeschoss, Raum H 0104",
        timezone="Asia/Tokyo",
    )
    long = _at_work(
        id="long",
        employer="Donaudampfschifffahrtselektrizitätenhauptbetriebswerk GmbH 1",
        role="Sachbearbeiterin für Betriebswirtschaft, Verwaltung und Rechnungswesen",
        stage=Stage.INTERVIEWING,
        stage_at=utc(10, 2, 8),
        applied_on=date(2026, 9, 28),
        contacts=("taro", "ana"),
        interviews=(interview,),
        url="https://karriere.donaudampfschifffahrt.example/stellen/2026/sachbearbeiterin-812",
        tags=("Wien", "удалённо", "リモート", "עברית"),
        notes="مرحبا — 我们谈到了数据平台的迁移。",
    )
    foreign = (
        ("japan", "株式会社ソニー・インタラクティブエンタテインメント", "シニアエンジニア"),
        ("arab", "شركة الاتصالات المتكاملة", "مهندس برمجيات"),
        ("greek", "Ελληνική Εταιρεία Τηλεπικοινωνιών", "Αναλυτής δεδομένων"),
    )
    others = tuple(
        _at_work(id=each, employer=name, role=role, stage=Stage.APPLIED, applied_on=date(2026, 10, 1))
        for each, name, role in foreign
    )
    return _search(contacts=(ANA, TARO), applications=(long, *others))
