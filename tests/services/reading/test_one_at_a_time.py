"""One at a time: of the enquiries of one employer that are due, the others wait for the first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_desktop.domain.agenda import is_gone, moments, state_at, waiting
from followup_desktop.domain.answers import Answer, AnswerDetails
from followup_desktop.domain.model import (
    Application,
    Channel,
    Choice,
    Event,
    EventKind,
    Facts,
    FollowUp,
    Interview,
    Rule,
    Stage,
    employer_key,
)
from followup_desktop.domain.rules import ENQUIRIES
from followup_desktop.services.reading.calendar import CalendarPages
from followup_desktop.services.reading.due import DueQuestion, entries_of_facts, entries_of_plan
from followup_desktop.services.reading.next_reminder import UpcomingReminders
from followup_desktop.services.rows import FollowUpRow, TodaySection
from followup_desktop.services.tracker.planner import Planner
from followup_desktop.services.transfer.due_json import due_as_json
from followup_desktop.storage.database import open_database
from followup_desktop.storage.store import Store
from tests.services.conftest import MADRID, Desk, acme, in_sections, madrid

DAY = timedelta(days=1)
NOW = madrid("2026-10-20T11:00")


def told(application_id: str, role: str, by: date, **fields: Any) -> Application:
    """An application that was told when it will hear; its status call follows."""
    event = Event(id=f"e-{application_id}", kind=EventKind.REPLY, at=madrid("2026-10-01T09:00"), reply_by=by)
    return acme(id=application_id, role=role, events=(event,), **fields)


BACKEND = told("a1", "Backend", date(2026, 10, 8))
"""Its call is due Tue 13 Oct 10:00."""
DATA = told("a2", "Data", date(2026, 10, 12))
"""Its call is due Fri 16 Oct 10:00."""
OPS = told("a3", "Ops", date(2026, 10, 12), employer="  ＡＣＭＥ ", channel=Channel.EMAIL)
"""The same employer, otherwise spelt; an email, due Wed 21 Oct 10:00 by the guard."""


def key(application: Application) -> str:
    return f"status_call/{application.id}/{application.events[-1].id}/0"


@pytest.fixture
def two(desk: Desk) -> Desk:
    desk.put(BACKEND, DATA)
    desk.tracker.set_search_paused(True)
    desk.now = NOW
    return desk


def listed(desk: Desk) -> dict[str, FollowUpRow]:
    page = desk.overview.today(desk.now)
    rows = [row for entries in in_sections(page).values() for row in entries if isinstance(row, FollowUpRow)]
    return {row.key: row for row in rows}


def waits(desk: Desk) -> Mapping[str, str]:
    """What waits for what, by the rows of Today; the same by every other way that tells it."""
    by_rows = {row.key: row.waits_for for row in listed(desk).values() if row.waits_for is not None}
    facts, question = desk.store.facts(), DueQuestion(at=desk.now)
    by_file = entries_of_facts(facts, question, desk.wording)
    by_plan = entries_of_plan(facts, desk.store.follow_ups(), question, desk.wording)
    for entries in (by_file, by_plan):
        assert {e.follow_up.key: e.waits_for for e in entries if e.waits_for is not None} == by_rows
    announced = {follow_up.key for follow_up, _, _ in desk.store.moments_due(desk.now)}
    assert announced.isdisjoint(by_rows)
    for application in facts.applications:
        for row in desk.overview.detail(application.id, desk.now).follow_ups:
            assert row.waits_for == by_rows.get(row.key)
    return by_rows


def test_the_second_waits_for_the_first_and_says_so_everywhere(two: Desk) -> None:
    assert waits(two) == {key(DATA): key(BACKEND)}
    row = listed(two)[key(DATA)]
    assert row.chip == "after the call about Backend"
    assert row.answers == (Answer.THEY_ANSWERED,), "they may answer; nobody is called or written to"
    assert row.is_open, "it can be put off and left out"
    assert two.overview.today(NOW).open_count == 1, "what waits is nothing to do now"
    why = two.overview.explain(key(DATA), NOW)
    assert (
        "One at a time: the call about Backend comes first. Finish, skip or snooze that one."
    ) in why.lines
    (entry,) = [
        e
        for e in entries_of_plan(two.store.facts(), two.store.follow_ups(), DueQuestion(at=NOW), two.wording)
        if e.waits_for
    ]
    assert entry.waits == "after the call about Backend"
    found = due_as_json(entry)
    names = list(found)
    assert names[names.index("state") + 1] == "waits_for"
    assert found["waits_for"] == key(BACKEND)
    assert found["state"] == "due"
    table = two.overview.application_rows(["a1", "a2"], NOW)
    assert table[1].next_text == "Call · after the call about Backend"
    pages = CalendarPages(two.store, two.wording).days(date(2026, 10, 16), date(2026, 10, 17), NOW)
    assert [f.waits for f in pages.days[0].follow_ups] == ["after the call about Backend"]


def test_an_email_is_named_as_one(desk: Desk) -> None:
    desk.put(told("a1", "Backend", date(2026, 10, 8), channel=Channel.EMAIL), DATA)
    desk.now = NOW
    assert listed(desk)[key(DATA)].chip == "after the email about Backend"


def test_the_second_and_the_third_wait_for_the_first(two: Desk) -> None:
    two.put(BACKEND, DATA, OPS)
    two.now = madrid("2026-10-21T11:00")
    assert waits(two) == {key(DATA): key(BACKEND), key(OPS): key(BACKEND)}


def test_another_employer_waits_for_nobody(two: Desk) -> None:
    two.put(BACKEND, told("a2", "Data", date(2026, 10, 12), employer="Acme Iberia"))
    assert waits(two) == {}


def test_at_the_same_instant_the_application_id_decides(desk: Desk) -> None:
    """Told by two zones of equal offset, two fall due at once however far the guard moves the day."""
    planned = [
        (employer_key("Acme"), follow_up, None)
        for application in (told("b", "B", date(2026, 10, 8)), told("B", "b", date(2026, 10, 8)))
        for follow_up in _planned(desk, application)
    ]
    assert len({follow_up.due_at for _, follow_up, _ in planned}) == 1
    assert waiting(planned, MADRID, NOW) == {"status_call/b/e-b/0": "status_call/B/e-B/0"}


def _planned(desk: Desk, application: Application) -> list[FollowUp]:
    desk.put(application)
    return [f for f in desk.store.follow_ups() if f.rule is Rule.STATUS_CALL]


def test_the_gap_of_zero_lets_none_wait(two: Desk) -> None:
    two.tracker.edit_policy(contact_gap_working_days=0)
    assert set(listed(two)) >= {key(BACKEND), key(DATA)}
    assert waits(two) == {}


@pytest.mark.parametrize("how", ["skip", "snooze", "expire", "archive", "trash", "reply", "not yet due"])
def test_what_is_not_in_the_way_lets_the_next_come(two: Desk, how: str) -> None:
    match how:
        case "skip":
            two.tracker.skip(key(BACKEND))
        case "snooze":
            two.tracker.snooze(key(BACKEND), NOW + DAY)
        case "expire":
            two.now = madrid("2026-11-12T18:00")
        case "archive":
            two.tracker.archive_application("a1")
        case "trash":
            two.tracker.trash_application("a1")
        case "reply":
            two.tracker.answer(key(BACKEND), Answer.THEY_ANSWERED, AnswerDetails(reply_by=date(2026, 12, 1)))
        case "not yet due":
            two.now = madrid("2026-10-13T09:59")
    assert waits(two) == {}
    if how != "not yet due":
        assert key(DATA) in {follow_up.key for follow_up, _, _ in two.store.moments_due(two.now)}


def test_when_a_snooze_is_over_the_first_is_the_first_again(two: Desk) -> None:
    two.tracker.snooze(key(BACKEND), NOW + DAY)
    (resting,) = two.store.choices([key(BACKEND)]).values()
    assert resting.snoozed_until is not None
    two.now = resting.snoozed_until - timedelta(seconds=1)
    assert waits(two) == {}
    two.now = resting.snoozed_until
    assert waits(two) == {key(DATA): key(BACKEND)}


def test_in_today_it_stands_last_among_the_next_days(two: Desk) -> None:
    sections = in_sections(two.overview.today(NOW))
    assert [row.key for row in sections[TodaySection.NOW] if isinstance(row, FollowUpRow)] == [key(BACKEND)]
    assert sections[TodaySection.NEXT_7_DAYS][-1] == listed(two)[key(DATA)]


def test_the_next_reminder_is_none_that_will_have_to_wait(two: Desk) -> None:
    """The call about Backend is open until 12 Nov; that about Data comes on 16 Oct and would wait."""
    two.now = madrid("2026-10-13T11:00")
    following = UpcomingReminders(two.store, two.wording).next(two.now)
    assert following is not None
    assert (following.title, following.at) == ("Call Acme about the position", madrid("2026-11-12T18:00"))
    assert two.store.next_announcement(two.now) == (key(DATA), madrid("2026-11-12T18:00"))
    two.tracker.skip(key(BACKEND))
    assert two.store.next_announcement(two.now) == (key(DATA), madrid("2026-10-16T10:00"))
    found = two.store.next_announcement(madrid("2026-10-17T10:00"))
    assert found is not None
    assert found[0] != key(DATA), "what was skipped held nothing up, and frees nothing at its end"


def test_what_is_not_due_yet_is_not_announced_as_another_enquiry_expires(desk: Desk) -> None:
    """Only a file can say that it rests until before that."""
    met = Interview(
        id="i1", starts_at=datetime.fromisoformat("2026-10-01T09:00"), minutes=60, debriefed_at=NOW
    )
    desk.put(
        acme(Stage.REJECTED, stage_at=madrid("2026-10-02T10:00"), interviews=(met,)),
        acme(Stage.APPLIED, id="a2", applied_on=date(2026, 10, 12), stage_at=madrid("2026-10-12T10:00")),
    )
    feedback, check_in = desk.follow_up(Rule.ASK_FEEDBACK), desk.follow_up(Rule.CHECK_IN, "a2")
    ended = feedback.expires_at
    assert ended is not None
    assert madrid("2026-10-15T10:00") < ended < check_in.due_at
    with desk.store.transaction("Choose") as t:
        rest = madrid("2026-10-15T10:00")
        t.put_choice(Choice(key=check_in.key, made_at=check_in.opens_at, snoozed_until=rest))
    assert desk.store.next_announcement(madrid("2026-10-16T10:00")) == (check_in.key, check_in.due_at)


KINDS = (Stage.INTERVIEWING, Stage.APPLIED, Stage.REJECTED)
"""The stages that lead to a status call, a check-in and a request for feedback."""


@st.composite
def crowded(draw: st.DrawFn) -> tuple[Application, ...]:
    """Applications whose enquiries fall due within a month or so, many of them at one employer."""
    found = []
    for number in range(draw(st.integers(2, 6))):
        day = date(2026, 10, 1) + draw(st.integers(0, 25)) * DAY
        stage = draw(st.sampled_from(KINDS))
        interview = Interview(
            id=f"i{number}", starts_at=datetime.combine(day, time(9)), minutes=60, debriefed_at=NOW
        )
        found.append(
            acme(
                id=draw(st.sampled_from("abXYé")) + str(number),
                employer=draw(st.sampled_from(("Acme", " acme", "ＡＣＭＥ", "Acme", "Other"))),
                stage=stage,
                stage_at=madrid("2026-10-02T10:00") + draw(st.integers(0, 25)) * DAY,
                applied_on=day,
                channel=draw(st.sampled_from(Channel)),
                interviews=(interview,) if stage is not Stage.APPLIED else (),
            )
        )
    return tuple(found)


@given(applications=crowded(), days=st.floats(0, 60), chosen=st.data())
def test_sql_and_the_domain_agree_on_who_waits(
    applications: tuple[Application, ...], days: float, chosen: st.DataObject
) -> None:
    store = Store(open_database(None))
    try:
        Planner(store)
        with store.transaction("Begin") as t:
            t.put_facts(Facts(policy=MADRID, applications=applications))
        planned = [f for f in store.follow_ups() if f.rule in ENQUIRIES]
        now = min((f.due_at for f in planned), default=NOW) + timedelta(minutes=round(days * 1440))
        with store.transaction("Choose") as t:
            for each in planned:
                match chosen.draw(st.sampled_from(("", "", "", "skip", "rest", "void"))):
                    case "skip":
                        t.put_choice(Choice(key=each.key, made_at=each.opens_at, skipped=True))
                    case "rest":
                        until = now + timedelta(hours=chosen.draw(st.integers(-1, 1)))
                        t.put_choice(Choice(key=each.key, made_at=each.opens_at, snoozed_until=until))
                    case "void":
                        before = each.opens_at - timedelta(seconds=1)
                        t.put_choice(Choice(key=each.key, made_at=before, skipped=True))
        choices = store.choices()
        employers = {a.id: employer_key(a.employer) for a in applications}
        of_employers = [(employers[f.application or ""], f, choices.get(f.key)) for f in planned]
        expected = waiting(of_employers, store.policy(), now)
        assert store.waiting([f.key for f in planned], now) == expected
        assert {row[0].key for row in store.moments_due(now)}.isdisjoint(expected)
        assert set(expected).isdisjoint(expected.values()), "what is waited for waits for nobody"
        assert _next_one_by_one(store, of_employers, now) == store.next_announcement(now)
    finally:
        store.close()


def _next_one_by_one(
    store: Store, planned: Sequence[tuple[str, FollowUp, Choice | None]], now: datetime
) -> tuple[str, datetime] | None:
    """What is to be announced next, found by trying each instant at which anything begins or ends."""
    every, choices = store.follow_ups(), store.choices()
    instants = {m for f in every for m in moments(f, choices.get(f.key), None)}
    instants |= {f.expires_at for f in every if f.expires_at is not None}
    for at in sorted(instant for instant in instants if instant > now):
        waits = waiting(planned, store.policy(), at)
        waited = waiting(planned, store.policy(), at - timedelta(seconds=1))
        new = [
            f.key
            for f in every
            if f.rule is not Rule.ENCOURAGEMENT
            and f.key not in waits
            and not is_gone(state_at(f, choices.get(f.key), at))
            and any(m == at or (m < at and f.key in waited) for m in moments(f, choices.get(f.key), None))
        ]
        if new:
            return min(new), at
    return None
