"""Hypothesis strategies of valid facts, shared by the tests of every room.

Dates cluster around the working days, holidays and changes of the clocks of 2026, so that rules meet each
other; ids come from small pools, so that two draws overlap. Ids never clash across kinds or applications.
Arrays are in the order in which the store and the interchange file keep them: by id.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Protocol, TypeVar

from hypothesis import strategies as st

from followup_desktop.domain.checks import clean_text
from followup_desktop.domain.model import (
    Application,
    CallOutcome,
    Channel,
    Choice,
    Contact,
    Event,
    EventKind,
    Facts,
    Interview,
    InterviewKind,
    LastAnnouncement,
    Policy,
    Reminder,
    Repeat,
    SearchState,
    Stage,
)

ZONES = ("Europe/Madrid", "America/New_York", "UTC", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia")
COUNTRIES = ("ES-MD", "ES", "US", "US-NY", "JP")
EMPLOYERS = ("Acme", "ACME", "Initech", "Hooli", "Ωmega 株式会社")
CONTACT_IDS = ("c1", "c2", "c3", "c/4%", "ça")
APPLICATION_IDS = ("a1", "a2", "a3", "a/4%", " a5 ")
REMINDER_IDS = ("m1", "m2", "m/3")

CLUSTERS = (date(2026, 3, 27), date(2026, 9, 4), date(2026, 10, 5), date(2026, 10, 12), date(2026, 10, 23))
WALL_TIMES = tuple(
    datetime.fromisoformat(text)
    for text in ("2026-03-08T02:30", "2026-03-29T02:30", "2026-10-25T02:30", "2026-11-01T01:30")
)
"""Wall times that do not exist, or exist twice, in Madrid or New York."""

TEXTS = (
    "",
    "",
    "",
    "Zoom",
    "a “quoted” line\nand another",
    "日本語のメモ",
    "=1+1",
    "<b>bold</b>",
    "50 % / year",
)
LINES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)


_TEXTS = st.sampled_from(TEXTS) | st.sampled_from(TEXTS) | LINES.map(lambda text: clean_text(text, "text"))
_NAMES = _TEXTS.map(lambda text: text or "Ana Ruiz")


class HasId(Protocol):
    """Anything with an id."""

    @property
    def id(self) -> str:
        """Its id."""


T = TypeVar("T")
IdentifiedT = TypeVar("IdentifiedT", bound=HasId)


def by_id(items: Iterable[IdentifiedT]) -> tuple[IdentifiedT, ...]:
    """The items in the order in which they are kept."""
    return tuple(sorted(items, key=lambda item: item.id))


def maybe(strategy: st.SearchStrategy[T]) -> st.SearchStrategy[T | None]:
    """A value, or none."""
    return st.none() | strategy


def texts() -> st.SearchStrategy[str]:
    """A text as it is stored, often empty, now and then of any characters that may be stored."""
    return _TEXTS


def names() -> st.SearchStrategy[str]:
    """A text as it is stored, never empty."""
    return _NAMES


@cache
def dates() -> st.SearchStrategy[date]:
    """A date within two weeks of one of the clusters."""
    return st.builds(lambda day, n: day + timedelta(days=n), st.sampled_from(CLUSTERS), st.integers(0, 14))


@cache
def instants() -> st.SearchStrategy[datetime]:
    """An instant on one of the clustered dates, to the second, in UTC."""
    return st.builds(
        lambda day, seconds: datetime.combine(day, time(), UTC) + timedelta(seconds=seconds),
        dates(),
        st.integers(0, 96).map(lambda quarter: quarter * 900) | st.integers(0, 86399),
    )


@cache
def wall_times() -> st.SearchStrategy[datetime]:
    """A naive time on a clock to the minute; some do not exist in some zones, some exist twice."""
    usual = st.builds(
        datetime.combine, dates(), st.sampled_from((time(9), time(10, 30), time(13), time(17), time(23, 45)))
    )
    return usual | st.sampled_from(WALL_TIMES)


@cache
def subsets(items: tuple[str, ...], most: int = 3) -> st.SearchStrategy[tuple[str, ...]]:
    """Some of the items, in any order, none twice."""
    if not items:
        return st.just(())
    return st.lists(st.sampled_from(sorted(items)), unique=True, max_size=most).map(tuple)


@cache
def one_of(items: tuple[str, ...]) -> st.SearchStrategy[str | None]:
    """One of the items or none."""
    return maybe(st.sampled_from(sorted(items))) if items else st.none()


# Made once: Hypothesis checks each new strategy object, which would cost more than drawing from it.
_FLAGS = st.booleans()
_SELDOM = st.sampled_from((False, False, False, True))
_FIT = maybe(st.integers(1, 5))
_MAYBE_DATE = maybe(dates())
_MAYBE_INSTANT = maybe(instants())
_MAYBE_ZONE = maybe(st.sampled_from(ZONES))
_MAYBE_COUNTRY = maybe(st.sampled_from(COUNTRIES))
_MAYBE_LANGUAGE = maybe(st.sampled_from(("de", "en", "pt")))
_STAGES = st.sampled_from(Stage)
_MAYBE_STAGE = maybe(_STAGES)


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    """A policy within its ranges, now and then the defaults."""
    zone = draw(st.sampled_from(ZONES))
    country = draw(_MAYBE_COUNTRY)
    if draw(_FLAGS):
        return Policy(timezone=zone, country=country)
    quiet_from = draw(st.integers(0, 23))
    quiet_until = (quiet_from + draw(st.integers(0, 12))) % 24
    hours = sorted(draw(st.lists(st.integers(7, 20), min_size=2, max_size=8, unique=True)))
    starts_and_ends = zip(hours[::2], hours[1::2], strict=False)
    away = draw(st.lists(st.tuples(dates(), st.integers(0, 9)), max_size=2))
    return Policy(
        timezone=zone,
        country=country,
        quiet_from=time(quiet_from),
        quiet_until=time(quiet_until),
        ask_lead_minutes=draw(st.integers(0, 720)),
        debrief_delay_minutes=draw(st.integers(0, 720)),
        thank_you_delay_minutes=draw(st.integers(0, 720)),
        thank_you_hours=draw(st.integers(24, 48)),
        grace_working_days=draw(st.integers(0, 20)),
        default_reply_working_days=draw(st.integers(1, 30)),
        retry_working_days=draw(st.integers(1, 10)),
        max_attempts=draw(st.integers(1, 5)),
        no_call_weekdays=tuple(draw(st.lists(st.integers(0, 4), unique=True, max_size=4))),
        call_windows=tuple((time(start), time(end)) for start, end in starts_and_ends),
        contact_gap_working_days=draw(st.integers(0, 10)),
        check_in_working_days=draw(st.integers(1, 30)),
        check_in_retry_working_days=draw(st.integers(1, 20)),
        min_active_applications=draw(st.integers(0, 50)),
        search_gap_working_days=draw(st.integers(1, 30)),
        away=tuple((first, first + timedelta(days=n)) for first, n in away),
    )


@cache
def contacts(contact_id: str) -> st.SearchStrategy[Contact]:
    """A contact with this id."""
    return st.builds(
        Contact,
        id=st.just(contact_id),
        name=names(),
        employer=st.sampled_from(("", *EMPLOYERS)),
        title=texts(),
        email=texts(),
        phone=texts(),
        url=texts(),
        notes=texts(),
        no_thank_you=_FLAGS,
    )


@cache
def interviews(interview_id: str, contact_ids: tuple[str, ...]) -> st.SearchStrategy[Interview]:
    """An interview with this id, with some of these contacts."""
    return st.builds(
        Interview,
        id=st.just(interview_id),
        starts_at=wall_times(),
        minutes=st.sampled_from((1, 30, 60, 90, 1440)),
        kind=st.sampled_from(InterviewKind),
        timezone=_MAYBE_ZONE,
        fold=st.sampled_from((0, 0, 1)),
        location=texts(),
        interviewers=subsets(contact_ids),
        cancelled=_SELDOM,
        debriefed_at=_MAYBE_INSTANT,
        process=texts(),
        reply_by=_MAYBE_DATE,
        no_date_given=_FLAGS,
        topics=texts(),
        notes=texts(),
        fit=_FIT,
    )


@st.composite
def events(
    draw: st.DrawFn, event_id: str, contact_ids: tuple[str, ...], interview_ids: tuple[str, ...]
) -> Event:
    """An event with this id; the fields that belong to other kinds are empty."""
    kind = draw(st.sampled_from(EventKind))
    outcome = draw(st.sampled_from(CallOutcome)) if kind is EventKind.CALL else None
    states_a_date = kind in (EventKind.REPLY, EventKind.WAIT) or outcome is CallOutcome.SPOKE
    reply_by = _MAYBE_DATE if kind is EventKind.REPLY or outcome is CallOutcome.SPOKE else dates()
    is_stage = kind is EventKind.STAGE
    return Event(
        id=event_id,
        kind=kind,
        at=draw(instants()),
        outcome=outcome,
        contact=draw(one_of(contact_ids)),
        interview=draw(one_of(interview_ids)),
        reply_by=draw(reply_by) if states_a_date else None,
        from_stage=draw(_MAYBE_STAGE) if is_stage else None,
        to_stage=draw(_STAGES) if is_stage else None,
        note=draw(texts()),
    )


@st.composite
def applications(
    draw: st.DrawFn,
    application_id: str = "a1",
    contact_ids: tuple[str, ...] = (),
    *,
    max_interviews: int = 3,
    max_events: int = 5,
) -> Application:
    """An application with this id, its interviews and events naming only these contacts."""
    interview_ids = tuple(f"{application_id}-i{n}" for n in range(draw(st.integers(0, max_interviews))))
    event_ids = [f"{application_id}-e{n}" for n in range(draw(st.integers(0, max_events)))]
    return Application(
        id=application_id,
        employer=draw(st.sampled_from(EMPLOYERS)),
        role=draw(texts()),
        stage=draw(st.sampled_from((*Stage, Stage.INTERVIEWING, Stage.INTERVIEWING, Stage.APPLIED))),
        stage_at=draw(_MAYBE_INSTANT),
        applied_on=draw(_MAYBE_DATE),
        closes_on=draw(_MAYBE_DATE),
        offer_expires_on=draw(_MAYBE_DATE),
        timezone=draw(_MAYBE_ZONE),
        country=draw(_MAYBE_COUNTRY),
        channel=draw(st.sampled_from((Channel.PHONE, Channel.EMAIL))),
        do_not_contact=draw(_SELDOM),
        location=draw(texts()),
        url=draw(texts()),
        source=draw(texts()),
        salary=draw(texts()),
        resume=draw(texts()),
        priority=draw(st.integers(0, 3)),
        fit=draw(_FIT),
        tags=tuple(draw(st.lists(names(), unique=True, max_size=2))),
        notes=draw(texts()),
        archived=draw(_SELDOM),
        language=draw(_MAYBE_LANGUAGE),
        contacts=draw(subsets(contact_ids)),
        interviews=by_id(draw(interviews(one, contact_ids)) for one in interview_ids),
        events=by_id(draw(events(one, contact_ids, interview_ids)) for one in event_ids),
    )


@cache
def reminders(reminder_id: str, application_ids: tuple[str, ...]) -> st.SearchStrategy[Reminder]:
    """A reminder with this id, perhaps for one of these applications."""
    return st.builds(
        Reminder,
        id=st.just(reminder_id),
        title=names(),
        at=wall_times(),
        timezone=_MAYBE_ZONE,
        application=one_of(application_ids),
        repeat=maybe(st.sampled_from(Repeat)),
        done_at=_MAYBE_INSTANT,
    )


@cache
def follow_up_keys() -> st.SearchStrategy[str]:
    """A key of the form the rules give, of an application that may exist."""
    return st.builds(
        "{}/{}/2026-10-14".format,
        st.sampled_from(("prepare", "debrief", "thank_you")),
        st.sampled_from(("a1", "a%2F4%25")),
    )


@st.composite
def facts(
    draw: st.DrawFn, *, max_applications: int = 4, max_interviews: int = 3, max_events: int = 5
) -> Facts:
    """Everything a user may have entered, with references that hold."""
    contact_ids = draw(subsets(CONTACT_IDS))
    application_ids = draw(subsets(APPLICATION_IDS, max_applications))
    reminder_ids = draw(subsets(REMINDER_IDS, 2))
    keys = sorted(draw(st.sets(follow_up_keys(), max_size=2)))
    return Facts(
        policy=draw(policies()),
        search=SearchState(paused=draw(_FLAGS), acknowledged_at=draw(_MAYBE_INSTANT)),
        contacts=by_id(draw(contacts(one)) for one in contact_ids),
        applications=by_id(
            draw(applications(one, contact_ids, max_interviews=max_interviews, max_events=max_events))
            for one in application_ids
        ),
        reminders=by_id(draw(reminders(one, application_ids)) for one in reminder_ids),
        choices=tuple(
            Choice(
                key=key, made_at=draw(instants()), snoozed_until=draw(_MAYBE_INSTANT), skipped=draw(_FLAGS)
            )
            for key in keys
        ),
        announced=tuple(
            LastAnnouncement(key=key, announced_at=draw(_MAYBE_INSTANT), again_at=draw(_MAYBE_INSTANT))
            for key in keys
        ),
    )


def without_contact(application: Application, contact_id: str) -> Application:
    """The application with no reference to the contact."""
    return replace(
        application,
        contacts=tuple(one for one in application.contacts if one != contact_id),
        interviews=tuple(
            replace(item, interviewers=tuple(one for one in item.interviewers if one != contact_id))
            for item in application.interviews
        ),
        events=tuple(
            replace(item, contact=None if item.contact == contact_id else item.contact)
            for item in application.events
        ),
    )


def without_application(before: Facts, application_id: str) -> Facts:
    """The facts without an application; reminders of it become reminders of none."""
    return replace(
        before,
        applications=tuple(one for one in before.applications if one.id != application_id),
        reminders=tuple(
            replace(one, application=None if one.application == application_id else one.application)
            for one in before.reminders
        ),
    )


def without_person(before: Facts, contact_id: str) -> Facts:
    """The facts without a contact and without any reference to it."""
    return replace(
        before,
        contacts=tuple(one for one in before.contacts if one.id != contact_id),
        applications=tuple(without_contact(one, contact_id) for one in before.applications),
    )


@st.composite
def edited(draw: st.DrawFn, before: Facts) -> Facts:
    """Facts after one edit of ``before``: something put, changed or deleted, references still holding."""
    contact_ids = tuple(contact.id for contact in before.contacts)
    application_ids = tuple(application.id for application in before.applications)
    edits = ["application", "contact", "reminder", "policy", "search"]
    edits += ["delete application"] * bool(application_ids) + ["delete contact"] * bool(contact_ids)
    edit = draw(st.sampled_from(edits))
    if edit == "delete application":
        return without_application(before, draw(st.sampled_from(application_ids)))
    if edit == "delete contact":
        return without_person(before, draw(st.sampled_from(contact_ids)))
    after = before
    if edit == "application":
        application = draw(applications(draw(st.sampled_from(APPLICATION_IDS)), contact_ids))
        after = replace(before, applications=_with(before.applications, application))
    elif edit == "contact":
        contact = draw(contacts(draw(st.sampled_from(CONTACT_IDS))))
        after = replace(before, contacts=_with(before.contacts, contact))
    elif edit == "reminder":
        reminder = draw(reminders(draw(st.sampled_from(REMINDER_IDS)), application_ids))
        after = replace(before, reminders=_with(before.reminders, reminder))
    elif edit == "policy":
        after = replace(before, policy=draw(policies()))
    else:
        after = replace(before, search=replace(before.search, paused=not before.search.paused))
    return after


def _with(items: tuple[IdentifiedT, ...], new: IdentifiedT) -> tuple[IdentifiedT, ...]:
    return by_id([*(item for item in items if item.id != new.id), new])


@st.composite
def histories(draw: st.DrawFn, *, max_edits: int = 6) -> tuple[Facts, ...]:
    """Facts, and what they became by one edit after another."""
    states = [draw(facts(max_applications=2))]
    for _ in range(draw(st.integers(0, max_edits))):
        states.append(draw(edited(states[-1])))
    return tuple(states)
