"""The words: what is said when, and what is never said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followup_desktop.domain.answers import AT_ONCE, Answer
from followup_desktop.domain.casefile import PlanBasis
from followup_desktop.domain.model import (
    Application,
    CallOutcome,
    Channel,
    Choice,
    Contact,
    Employer,
    Event,
    EventKind,
    Interview,
    Policy,
    Rule,
    Stage,
)
from followup_desktop.domain.policy import SETTINGS
from followup_desktop.domain.rules import plan, plan_facts
from followup_desktop.domain.rules.table import row_of
from followup_desktop.domain.worktime import WorkCalendar
from followup_desktop.services.rows import Tone
from followup_desktop.services.tracker.sample import sample_facts
from followup_desktop.services.wording import Subject, Wording
from followup_desktop.services.wording.formats import distance, in_one_breath, sentences
from followup_desktop.services.wording.notices import BODY_LENGTH
from followup_desktop.services.wording.settings import setting_help, setting_title
from followup_desktop.services.wording.subject import SearchNumbers
from tests.pseudo_locale import english_words, pseudo, speaking, speaking_pseudo
from tests.services.conftest import MADRID, acme, madrid
from tests.sweeps import examples
from tests.tables import tabled

WORDING = Wording()
ANA = Contact(id="c1", name="Ana Ruiz", phone="+34 900 000 001")
LONG = "Internationale Gesellschaft für ökologische Energiegewinnung"


def told(reply_by: date, **fields: object) -> Application:
    reply = Event(
        id="e1", kind=EventKind.REPLY, at=madrid("2026-10-01T09:00"), reply_by=reply_by, contact="c1"
    )
    values: dict[str, object] = {"events": (reply,)}
    return acme(Stage.INTERVIEWING, **(values | fields))


def subject(application: Application, rule: Rule, policy: Policy = MADRID) -> Subject:
    employer = Employer(applications=(application,), contacts={"c1": ANA})
    found = next(f for f in plan(employer, PlanBasis(policy)) if f.rule is rule)
    return Subject.of(found, policy, employer=employer)


CALL = subject(told(date(2026, 10, 8)), Rule.STATUS_CALL)
"""Due Tue 13 Oct 10:00; Mon 12 Oct is a holiday, and a Monday."""


def all_texts(about: Subject, now: datetime) -> str:
    title, body = WORDING.notification(about, now)
    chip, _ = WORDING.chip(about, None, now)
    explanation = WORDING.explain(about, now)
    texts = (title, body, chip, WORDING.title(about), WORDING.detail(about, now), WORDING.short_title(about))
    return "\n".join((*texts, explanation.heading, *explanation.lines)).casefold()


@settings(max_examples=examples(100))
@given(
    st.integers(0, 46 * 24 * 60).map(
        lambda minute: madrid("2026-10-05T00:00") + minute * timedelta(minutes=1)
    ),
    st.sampled_from(["Europe/Madrid", "America/New_York", "Asia/Tokyo", "Australia/Lord_Howe"]),
)
def test_call_now_is_said_in_call_slots_only_and_never_before_it_is_due(now: datetime, zone: str) -> None:
    application = told(date(2026, 10, 8), timezone=zone)
    about = subject(application, Rule.STATUS_CALL)
    if about.follow_up.channel is not Channel.PHONE:
        return
    calendar = WorkCalendar.of(application, MADRID)
    may = now >= about.follow_up.due_at and calendar.in_call_slot(now)
    title, body = WORDING.notification(about, now)
    assert ("call now" in all_texts(about, now)) == may
    assert ("Call now" in body) == may
    assert title == WORDING.title(about)
    assert len(title) <= 64
    assert len(body) <= 200
    if not may:
        slot = calendar.next_call_slot(max(now, about.follow_up.due_at))
        wanted = "Write" if slot is None else WORDING.when.clock(slot, "Europe/Madrid")
        assert wanted in body


@tabled(
    "now, chip, tone, when",
    [
        ("2026-10-12T10:30", "Tue 10:00", Tone.NEUTRAL, "Call tomorrow, Tue 10:00."),
        ("2026-10-13T10:30", "until 12:00", Tone.WELL, "Call now, until 12:00."),
        ("2026-10-13T11:59", "until 12:00", Tone.WELL, "Call now, until 12:00."),
        ("2026-10-13T12:00", "14:00", Tone.NEUTRAL, "Call today 14:00."),
        ("2026-10-13T16:00", "Wed 10:00", Tone.NEUTRAL, "Call tomorrow, Wed 10:00."),
        ("2026-10-19T10:30", "not on Mondays: Tue 10:00", Tone.NEUTRAL, "Call tomorrow, Tue 10:00."),
        ("2026-10-17T10:30", "not on weekends: Tue 10:00", Tone.NEUTRAL, "Call Tue 10:00."),
        ("2026-11-02T10:30", "not on a holiday: Tue 10:00", Tone.NEUTRAL, "Call tomorrow, Tue 10:00."),
    ],
)
def test_a_call_says_when_it_may_be_made(now: str, chip: str, tone: Tone, when: str) -> None:
    moment = madrid(now)
    assert WORDING.chip(CALL, None, moment) == (chip, tone)
    title, body = WORDING.notification(CALL, moment)
    assert title == WORDING.title(CALL)
    assert body.startswith(when)


def test_a_call_ends_with_its_window_or_with_the_quiet_hours() -> None:
    policy = replace(MADRID, quiet_from=time(11, 30), quiet_until=time(13))
    about = subject(told(date(2026, 10, 8)), Rule.STATUS_CALL, policy)
    assert WORDING.chip(about, None, madrid("2026-10-13T10:30"))[0] == "until 11:30"


def test_a_notification_names_the_last_day_once() -> None:
    """What it is about says the day; else it is said as one speaks, with the time."""
    closing = subject(acme(stage=Stage.SAVED, closes_on=date(2026, 10, 16)), Rule.APPLY)
    body = WORDING.notification(closing, madrid("2026-10-14T10:00"))[1]
    assert body == "Data Engineer — closes Fri 16 Oct."
    held = Interview(id="i1", starts_at=datetime.fromisoformat("2026-10-14T10:00"), minutes=30)
    thanks = subject(acme(interviews=(held,)), Rule.THANK_YOU)
    assert WORDING.notification(thanks, madrid("2026-10-14T12:00"))[1].endswith("By tomorrow at 10:30.")


def test_a_call_abroad_names_both_clocks() -> None:
    about = subject(told(date(2026, 10, 23), timezone="America/New_York", country="US"), Rule.STATUS_CALL)
    title, body = WORDING.notification(about, madrid("2026-10-26T12:00"))
    assert title == "Call Acme about the position"
    assert body.startswith("Call tomorrow, Tue 15:00 (10:00 in New York). Ask for Ana Ruiz. +34 900 000 001")
    lines = WORDING.explain(about, madrid("2026-10-26T12:00")).lines
    assert "First call window: Tue 27 Oct 10:00 in New York, 15:00 here" in lines


def test_why_tells_the_tip_each_date_and_what_would_cancel_it() -> None:
    explanation = WORDING.explain(CALL, madrid("2026-10-13T10:00"))
    assert explanation.heading == (
        "Tip 3. Give them a little time after the date they gave you, then ask where things stand."
    )
    assert (
        explanation.lines[1]
        == "They said Thu 8 Oct; + 2 working days = Tue 13 Oct, as Mon 12 Oct is a holiday"
    )
    assert explanation.lines[-2] == "First call window: Tue 13 Oct 10:00"
    assert explanation.lines[-1].startswith("Clears when")


def test_a_call_that_waits_counts_the_working_days_up_to_now() -> None:
    said = "Data Engineer — they said Thu 8 Oct; {} working days have passed".format
    assert WORDING.detail(CALL, madrid("2026-10-13T10:00")) == said(2)
    assert WORDING.detail(CALL, madrid("2026-10-18T10:00")) == said(5), "Fri 9, Tue 13 to Fri 16 October"


def test_why_names_the_monday_and_the_guard() -> None:
    called = Event(
        id="e2",
        kind=EventKind.CALL,
        outcome=CallOutcome.NO_ANSWER,
        at=madrid("2026-10-14T10:20"),
        contact="c1",
    )
    reply = told(date(2026, 10, 8)).events[0]
    about = subject(acme(events=(reply, called)), Rule.STATUS_CALL)
    lines = WORDING.explain(about, madrid("2026-10-15T10:00")).lines
    assert "3 working days after the last attempt = Mon 19 Oct" in lines
    assert "Not on Mondays, so Tue 20 Oct (tip 4)" in lines
    assert WORDING.title(about) == "Call Acme — second and last attempt"


def test_a_thank_you_says_how_long_is_left_and_what_was_talked_about() -> None:
    interview = Interview(
        id="i1",
        starts_at=datetime(2026, 10, 14, 10),  # noqa: DTZ001 - a wall time
        minutes=60,
        interviewers=("c1",),
        topics="the move\nto streaming",
    )
    about = subject(acme(interviews=(interview,)), Rule.THANK_YOU)
    assert WORDING.title(about) == "Thank Ana Ruiz"
    now = madrid("2026-10-14T17:00")
    assert WORDING.detail(about, now) == "Acme · Data Engineer — you talked about the move to streaming"
    assert WORDING.chip(about, None, now) == ("18 h left", Tone.NOW)
    assert WORDING.chip(about, None, madrid("2026-10-15T09:30"))[0] == "90 min left"
    assert WORDING.chip(about, None, madrid("2026-10-15T11:01")) == ("1 min late", Tone.LATE)
    assert WORDING.chip(about, None, madrid("2026-10-16T15:00")) == ("28 h late", Tone.LATE)
    explanation = WORDING.explain(about, now)
    assert explanation.heading == "Tip 2. Write to each person you talked with within 24 hours."
    assert explanation.lines == (
        "The interview ended Wed 14 Oct 11:00; write by Thu 15 Oct 11:00",
        "2 hours after the day's interviews end",
        "First reminder: Wed 14 Oct 13:00; again 20:30",
        "Clears when you log the email, or mark that Ana Ruiz needs none.",
    )


def test_prepare_tells_where_when_who_the_notes_and_what_to_ask() -> None:
    interview = Interview(
        id="i1",
        starts_at=datetime(2026, 10, 20, 10),  # noqa: DTZ001 - a wall time
        minutes=60,
        timezone="America/New_York",
        interviewers=("c1",),
        location="5th Avenue 1",
        notes="Bring the portfolio",
    )
    about = subject(acme(interviews=(interview,)), Rule.PREPARE)
    text = "\n".join(WORDING.explain(about, madrid("2026-10-19T18:00")).lines)
    assert "Tue 20 Oct 10:00 in New York, 16:00 here · Other · 5th Avenue 1 · Ana Ruiz" in text
    assert "Bring the portfolio" in text
    assert "Before you leave, ask" in text
    title, body = WORDING.notification(about, madrid("2026-10-20T14:00"))
    assert title == WORDING.title(about) == "Prepare for Acme"
    assert "Before you leave, ask for names" in body
    at, during = madrid("2026-10-20T15:59"), madrid("2026-10-20T16:00")
    assert [WORDING.title_at(about, each) for each in (at, during)] == [title, "Interview at Acme"]
    assert [WORDING.short_title_at(about, each) for each in (at, during)] == ["Prepare", "Interview"]
    known = subject(acme(interviews=(replace(interview, process="Two rounds"),)), Rule.PREPARE)
    assert "Before you leave" not in "\n".join(WORDING.explain(known, madrid("2026-10-19T18:00")).lines)


@pytest.mark.parametrize(
    ("location", "said"),
    [
        ("https://meet.example/j/1?pwd=s3cret", "meet.example."),
        ("Zoom: zoom.us/j/1?pwd=s3cret (passcode s3cret)", "zoom.us."),
        ("5th Avenue 1 https://maps.app.goo.gl/s3cret", "5th Avenue 1 maps.app.goo.gl."),
    ],
)
def test_an_address_that_may_hold_a_password_is_never_said_whole(location: str, said: str) -> None:
    interview = Interview(
        id="i1",
        starts_at=datetime(2026, 10, 20, 10),  # noqa: DTZ001 - a wall time
        minutes=60,
        timezone="Europe/Madrid",
        location=location.replace(" (passcode s3cret)", ""),
        notes="Or https://meet.example/j/2?pwd=s3cret",
    )
    now = madrid("2026-10-20T09:00")
    about = subject(acme(interviews=(interview,)), Rule.PREPARE)
    explained = "\n".join(WORDING.explain(about, now).lines)
    assert said.rstrip(".") in explained
    assert "Or meet.example" in explained
    assert "s3cret" not in explained
    coded = subject(acme(interviews=(replace(interview, location=location),)), Rule.PREPARE)
    _title, body = WORDING.notification(coded, now)
    assert said in body
    assert "s3cret" not in body
    assert "Before you leave, ask for names and emails" in body


@tabled(
    "minutes, said",
    [
        (0.5, "in 1 min"),
        (59, "in 59 min"),
        (59.5, "in 1 h"),
        (87, "in 1 h 27 min"),
        (720, "in 12 h"),
        (1439.5, "in 24 h"),
        (4320, "in 3 days"),
    ],
)
def test_what_is_ahead_is_told_in_hours_from_an_hour_on(minutes: float, said: str) -> None:
    assert WORDING.when.ahead(timedelta(minutes=minutes)) == said


@tabled(
    "days, said",
    [
        (-2188, "6 years ago"),
        (-730, "2 years ago"),
        (-731, "2 years ago"),
        (-400, "400 days ago"),
        (-1, "yesterday"),
        (41, "in 41 days"),
        (1100, "in 3 years"),
    ],
)
def test_a_day_far_off_is_told_in_years(days: int, said: str) -> None:
    today = date(2026, 11, 28)
    assert distance(today + timedelta(days=days), today) == said


def test_people_of_a_sentence_are_joined_as_in_a_sentence() -> None:
    names = ("Ana Ruiz", "Tom Berg", "Li Wei", "Jo Fox")
    said = [WORDING.group(Rule.CHECK_IN, names[:n], n)[1] for n in (1, 2, 3, 4)]
    assert said == [
        "Ana Ruiz",
        "Ana Ruiz and Tom Berg",
        "Ana Ruiz, Tom Berg and Li Wei",
        "Ana Ruiz, Tom Berg and 2 others",
    ]


def _sample_subjects(now: datetime) -> list[Subject]:
    facts = sample_facts(now, "Europe/Madrid")
    contacts = {c.id: c for c in facts.contacts}
    applications = {a.id: a for a in facts.applications}
    reminders = {r.id: r for r in facts.reminders}
    return [
        Subject(
            follow_up=f,
            policy=facts.policy,
            application=applications.get(f.application or ""),
            contacts=contacts,
            reminder=reminders.get(f.key.split("/")[1]) if f.rule is Rule.MANUAL else None,
        )
        for f in plan_facts(facts)
    ]


@pytest.mark.parametrize("now", [madrid("2026-10-14T11:00"), madrid("2026-12-31T23:50")])
def test_every_follow_up_of_the_sample_has_all_its_words_in_the_room_there_is(now: datetime) -> None:
    for about in _sample_subjects(now):
        title, body = WORDING.notification(about, now)
        assert 0 < len(title) <= 64
        assert len(body) <= 200
        assert title.rstrip("…") in WORDING.title(about)
        assert WORDING.chip(about, None, now)[0]
        explanation = WORDING.explain(about, now)
        assert explanation.heading
        assert len(explanation.lines) >= 2
        for text in (title, body, WORDING.detail(about, now), *explanation.lines):
            assert "{" not in text
            assert "%n" not in text
            assert text == text.strip()
            assert "\n" not in text


def test_a_long_employer_leaves_room_for_what_to_do() -> None:
    about = subject(told(date(2026, 10, 8), employer=LONG), Rule.STATUS_CALL)
    title, body = WORDING.notification(about, madrid("2026-10-13T10:00"))
    assert title.startswith("Call Donau" if LONG.startswith("Donau") else "Call ")
    assert title.endswith("…")
    assert len(title) == 64
    assert body.startswith("Call now, until 12:00.")


def test_what_users_typed_is_never_taken_for_a_pattern() -> None:
    about = subject(told(date(2026, 10, 8), employer="{name} %n (s)", role="{0}"), Rule.STATUS_CALL)
    assert "{name} %n (s)" in WORDING.title(about)
    assert "{0}" in WORDING.detail(about, madrid("2026-10-13T10:00"))


def test_labels_of_answers_are_those_of_the_table() -> None:
    assert {WORDING.answer_label(a) for a in row_of(Rule.THANK_YOU).answers} == {
        "Write email…",
        "Sent",
        "No address: ask the organiser…",
        "Needs none",
        "It didn't take place…",
    }
    assert {answer for answer in Answer if WORDING.answer_label(answer)} == set(Answer)
    asks_more = {answer for answer in Answer if WORDING.answer_label(answer).endswith("…")}
    assert asks_more & AT_ONCE == {Answer.APPLIED, Answer.DID_NOT_TAKE_PLACE}


def test_buttons_of_a_notification_are_the_windows_first_answers() -> None:
    by_email = replace(CALL.follow_up, channel=Channel.EMAIL)
    debrief = replace(CALL.follow_up, rule=Rule.DEBRIEF)
    about = (CALL.follow_up, by_email, debrief)
    offered = [list(dict(WORDING.notification_actions(follow_up))) for follow_up in about]
    assert offered == [
        ["spoke", "left_message", "no_answer", "snooze"],
        ["write_email", "sent", "snooze"],
        ["debrief", "did_not_take_place", "snooze"],
    ]
    assert dict(WORDING.notification_actions(debrief))["debrief"] == WORDING.answer_label(Answer.DEBRIEF)


def test_a_refusal_is_news_about_one_company_in_the_users_own_numbers() -> None:
    refused = Event(id="e1", kind=EventKind.STAGE, at=madrid("2026-10-14T10:00"), to_stage=Stage.REJECTED)
    about = subject(acme(Stage.REJECTED, events=(refused,)), Rule.ENCOURAGEMENT)
    assert WORDING.title(about) == "Acme chose someone else. Keep going"
    assert "you" not in WORDING.detail(about, madrid("2026-10-14T11:00"))


@pytest.mark.parametrize(
    ("active", "said"),
    [
        (0, "no active applications right now;"),
        (1, "1 active application;"),
        (2, "2 active applications;"),
    ],
)
def test_a_quiet_search_is_told_in_its_number(active: int, said: str) -> None:
    about = subject(acme(), Rule.MOVE_ON)
    quiet = replace(
        about,
        follow_up=replace(about.follow_up, rule=Rule.KEEP_SEARCHING),
        numbers=SearchNumbers(applications=3, interviews=1, active=active),
    )
    assert said in WORDING.detail(quiet, madrid("2026-10-14T11:00"))


def test_a_summary_says_how_many_more_there_are() -> None:
    five = [f"Email Acme {name} about the role" for name in "ABCDE"]
    assert WORDING.notification_summary(five[:2], 2)[1] == " · ".join(five[:2])
    assert WORDING.notification_summary(five[:2], 5)[1] == " · ".join((*five[:2], "and 3 more"))
    body = WORDING.notification_summary([each.ljust(60, ".") for each in five] * 4, 20)[1]
    assert len(body) <= BODY_LENGTH
    shown = body.count("Email")
    assert shown > 1
    assert body.endswith(f"and {20 - shown} more")


def test_numbers_of_thousands_are_grouped() -> None:
    about = subject(acme(), Rule.MOVE_ON)
    about = replace(
        about,
        follow_up=replace(about.follow_up, rule=Rule.ENCOURAGEMENT),
        numbers=SearchNumbers(applications=10_000, interviews=1_903, active=4_210),
    )
    detail = WORDING.detail(about, madrid("2026-10-14T11:00"))
    for said in ("10,000 applications", "1,903 interviews", "4,210 still active"):
        assert said in detail
    assert WORDING.group(Rule.MOVE_ON, ("Acme",), 2451)[0].endswith(": 2,451 follow-ups")
    assert WORDING.notification_summary(("Call Acme",), 2967)[0] == "2,967 follow-ups are waiting"
    assert WORDING.private_notification(2967)[0] == "2,967 follow-ups are waiting"
    assert WORDING.private_notification(1)[0] == "A follow-up is due"


def test_of_two_interviews_on_a_day_the_next_one_is_named() -> None:
    both = tuple(
        Interview(
            id=f"i{hour}",
            starts_at=datetime.fromisoformat(f"2026-10-20T{hour:02}:00"),
            minutes=60,
            interviewers=("c1",),
        )
        for hour in (9, 15)
    )
    about = subject(acme(interviews=both), Rule.PREPARE)
    assert "today 09:00" in WORDING.detail(about, madrid("2026-10-20T08:00"))
    assert "today 15:00" in WORDING.detail(about, madrid("2026-10-20T11:00"))


def test_another_language_comes_by_its_catalogue_alone() -> None:
    with speaking_pseudo():
        wording = Wording()
        assert english_words(wording.title(CALL), ["Acme"]) == []
        assert wording.stage_label(Stage.OFFER) == pseudo("Offer")


def test_durations_change_their_unit_where_it_helps() -> None:
    when = WORDING.when
    hour = timedelta(hours=1)
    assert [when.left(n * hour) for n in (1, 2, 71, 72)] == [
        "60 min left",
        "2 h left",
        "71 h left",
        "3 days left",
    ]
    assert [when.late(n * hour) for n in (1, 47, 48)] == ["60 min late", "47 h late", "2 days late"]


def test_the_year_is_written_when_it_is_another() -> None:
    today = date(2026, 12, 30)
    assert WORDING.when.day(date(2027, 1, 4), today) == "Mon 4 Jan 2027"
    assert WORDING.when.day(date(2026, 12, 31), today) == "Thu 31 Dec"


def test_every_setting_has_a_title_of_its_own_and_is_explained() -> None:
    assert len({setting_title(spec.name) for spec in SETTINGS}) == len(SETTINGS)
    assert all(setting_help(spec.name).endswith(".") for spec in SETTINGS)


def test_a_question_said_with_what_is_known_of_it_has_no_comma_behind_its_mark() -> None:
    assert in_one_breath("How did it go at Acme?", "", "Data Engineer", "late") == (
        "How did it go at Acme? Data Engineer, late"
    )


TOLD = (Answer.DID_NOT_TAKE_PLACE, Answer.THEY_CANCELLED, Answer.NO_ANSWER)


@pytest.mark.parametrize(
    ("language", "done", "since", "until"),
    [
        (
            "en",
            (
                "Marked the interview as cancelled, as it didn't take place",
                "Marked the interview as cancelled",
                "Logged the unanswered call for “Call Ana”",
            ),
            "since 1 Oct",
            "until 1 Dec",
        ),
        (
            "de",
            (
                "Gespräch als abgesagt markiert, da es nicht stattgefunden hat",
                "Gespräch als abgesagt markiert",
                "Vergeblicher Anruf zu „Call Ana“ eingetragen",
            ),
            "seit 1. Okt.",
            "bis 1. Dez.",
        ),
        (
            "fr",
            (
                "Entretien marqué comme annulé, car il n’a pas eu lieu",
                "Entretien marqué comme annulé",
                "Appel sans réponse noté pour «\u202fCall Ana\u202f»",
            ),
            "depuis le 1er oct.",
            "jusqu’au 1er déc.",
        ),
        (
            "es",
            (
                "Entrevista marcada como cancelada: no se hizo",
                "Entrevista marcada como cancelada",
                "Llamada sin respuesta registrada: «Call Ana»",
            ),
            "desde el 1 oct",
            "hasta el 1 dic",
        ),
    ],
)
def test_what_was_done_and_since_when_in_each_language(
    language: str, done: tuple[str, ...], since: str, until: str
) -> None:
    with speaking(language):
        wording = Wording()
        said = tuple(wording.answered(answer, "Call Ana") for answer in TOLD)
        assert said == done
        written = replace(CALL.follow_up, channel=Channel.EMAIL, due_at=madrid("2026-10-01T10:00"))
        about, now = replace(CALL, follow_up=written), madrid("2026-10-14T10:00")
        put_off = Choice(key=written.key, made_at=now, snoozed_until=madrid("2026-12-01T10:00"))
        assert wording.chip(about, None, now)[0] == since
        assert wording.chip(about, put_off, now)[0] == until


@tabled(
    "parts, said",
    [
        (("Logged it", "Moved to Offer"), "Logged it. Moved to Offer"),
        (("Move on?", "", "Moved."), "Move on? Moved."),
        (("Logged it…", "Moved"), "Logged it… Moved"),
        (("", "Moved"), "Moved"),
        (("",), ""),
    ],
)
def test_sentences_are_parted_by_one_stop(parts: tuple[str, ...], said: str) -> None:
    assert sentences(*parts) == said
