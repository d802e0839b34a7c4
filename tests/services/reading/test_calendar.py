"""The calendar's pages: ranges, zones, weeks in which the clocks change, and clashes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_desktop.domain.agenda import is_gone, state_at, valid_choice
from followup_desktop.domain.model import Application, Choice, FollowUpState, Interview, Policy, Rule
from followup_desktop.domain.worktime import local
from followup_desktop.services.reading.calendar import (
    CLASHES_NAMED,
    CalendarDay,
    CalendarPage,
    CalendarPages,
    ClockChange,
    week_start,
)
from followup_desktop.services.rows import Tone
from tests.benchmarks.many import many
from tests.services.conftest import MADRID, Desk, acme, madrid

HOUR = timedelta(hours=1)
wall = datetime.fromisoformat


@pytest.fixture
def pages(desk: Desk) -> CalendarPages:
    return CalendarPages(desk.store, desk.wording)


def held(name: str, starts_at: str, minutes: int = 60, **fields: object) -> Application:
    """An application to the employer of that name with one interview of the same id."""
    values: dict[str, object] = {"timezone": "Europe/Madrid"}
    interview = Interview(id=name, starts_at=wall(starts_at), minutes=minutes, **(values | fields))  # type: ignore[arg-type]
    return acme(id=f"{name}-application", employer=name.title(), interviews=(interview,))


def day_of(page: CalendarPage, day: str) -> CalendarDay:
    return next(each for each in page.days if each.day == date.fromisoformat(day))


@given(st.dates(date(1971, 1, 1), date(2099, 12, 1)), st.integers(0, 6))
def test_a_week_starts_on_the_wanted_weekday_and_holds_the_day(day: date, first_weekday: int) -> None:
    start = week_start(day, first_weekday)
    assert start.weekday() == first_weekday
    assert start <= day <= start + timedelta(days=6)


@pytest.mark.parametrize(
    ("day", "hours"),
    [("2026-10-14", 168), ("2026-10-20", 169), ("2026-10-25", 169), ("2026-03-29", 167), ("2026-03-30", 168)],
)
def test_a_week_has_the_hours_that_the_clocks_leave_it(
    desk: Desk, pages: CalendarPages, day: str, hours: int
) -> None:
    desk.put()
    page = pages.week(date.fromisoformat(day), 0, desk.now)
    assert page.length == hours * HOUR
    assert all(one.ends_at == two.starts_at for one, two in pairwise(page.days))
    assert [each.day.weekday() for each in page.days] == list(range(7))


def test_a_day_says_when_its_clocks_change(desk: Desk, pages: CalendarPages) -> None:
    desk.put()
    autumn = pages.week(date(2026, 10, 25), 0, desk.now)
    assert day_of(autumn, "2026-10-25").clock_change == ClockChange(at=180, minutes=-60)
    assert day_of(autumn, "2026-10-24").clock_change is None
    spring = pages.week(date(2026, 3, 29), 0, desk.now)
    assert day_of(spring, "2026-03-29").clock_change == ClockChange(at=120, minutes=60)


def test_a_zone_that_changes_by_half_an_hour(desk: Desk, pages: CalendarPages) -> None:
    desk.put(policy=Policy(timezone="Australia/Lord_Howe"))
    page = pages.week(date(2026, 10, 4), 0, desk.now)
    assert day_of(page, "2026-10-04").clock_change == ClockChange(at=120, minutes=30)
    assert page.length == 168 * HOUR - timedelta(minutes=30)


def test_a_month_is_whole_weeks_by_the_locales_first_weekday(desk: Desk, pages: CalendarPages) -> None:
    desk.put()
    from_monday = pages.month(date(2026, 10, 14), 0, desk.now)
    assert (from_monday.first, from_monday.last) == (date(2026, 9, 28), date(2026, 11, 1))
    from_sunday = pages.month(date(2026, 10, 14), 6, desk.now)
    assert (from_sunday.first, from_sunday.last) == (date(2026, 9, 27), date(2026, 10, 31))
    assert len(pages.month(date(2027, 2, 3), 0, desk.now).days) == 28


def test_only_what_lies_in_the_range_is_there(desk: Desk, pages: CalendarPages) -> None:
    desk.put(
        held("before", "2026-10-11T22:00", 119),
        held("into", "2026-10-11T23:30"),
        held("within", "2026-10-14T10:00"),
        held("last", "2026-10-18T23:30"),
        held("after", "2026-10-19T00:00"),
        held("off", "2026-10-14T12:00", cancelled=True),
    )
    page = pages.week(date(2026, 10, 14), 0, desk.now)
    assert [i.id for i in page.interviews] == ["into", "within", "last"]
    assert [i.id for i in day_of(page, "2026-10-12").interviews] == ["into"]


def test_an_interview_over_midnight_stands_in_both_days_and_counts_once(
    desk: Desk, pages: CalendarPages
) -> None:
    desk.put(held("night", "2026-10-14T23:30"))
    page = pages.week(date(2026, 10, 14), 0, desk.now)
    assert [len(day_of(page, day).interviews) for day in ("2026-10-14", "2026-10-15")] == [1, 1]
    assert len(page.interviews) == 1


def test_days_are_those_of_the_user_and_the_interview_keeps_its_zone(
    desk: Desk, pages: CalendarPages
) -> None:
    desk.put(held("tokyo", "2026-10-15T05:00", timezone="Asia/Tokyo"))
    page = pages.week(date(2026, 10, 14), 0, desk.now)
    (interview,) = page.interviews
    assert interview.zone_name == "Asia/Tokyo"
    assert local(interview.starts_at, page.zone_name).date() == date(2026, 10, 14)
    assert day_of(page, "2026-10-14").interviews == (interview,)


def test_days_are_told_for_what_they_are(desk: Desk, pages: CalendarPages) -> None:
    policy = replace(MADRID, away=((date(2026, 10, 15), date(2026, 10, 16)),), no_call_weekdays=(0, 4))
    desk.put(policy=policy)
    page = pages.week(date(2026, 10, 14), 0, desk.now)
    assert day_of(page, "2026-10-12").holiday == "Fiesta Nacional de España"
    assert [each.day.day for each in page.days if each.holiday] == [12]
    assert [each.day.day for each in page.days if each.is_away] == [15, 16]
    assert [each.day.day for each in page.days if each.no_calls] == [12, 16]
    assert [each.day.day for each in page.days if each.is_weekend] == [17, 18]
    assert page.today == date(2026, 10, 14)


def test_a_follow_up_stands_where_it_falls_due_and_then_where_it_rests_until(
    desk: Desk, pages: CalendarPages
) -> None:
    desk.put(held("acme", "2026-10-13T10:00", interviewers=()))
    desk.now += HOUR
    page = pages.week(date(2026, 10, 14), 0, desk.now)
    thanks = next(f for f in page.follow_ups if f.rule is Rule.THANK_YOU)
    assert thanks.at == thanks.earliest == madrid("2026-10-13T13:00")
    assert (thanks.state, thanks.tone, thanks.is_open) == (FollowUpState.LATE, Tone.LATE, True)
    desk.tracker.snooze(thanks.key, madrid("2026-10-15T09:00"))
    page = pages.week(date(2026, 10, 14), 0, desk.now)
    rests = next(f for f in page.follow_ups if f.rule is Rule.THANK_YOU)
    assert rests.at == madrid("2026-10-15T09:00")
    assert rests.earliest == thanks.earliest
    assert rests.state is FollowUpState.SNOOZED
    assert rests in day_of(page, "2026-10-15").follow_ups


def test_what_was_skipped_or_expired_is_not_in_the_calendar(desk: Desk, pages: CalendarPages) -> None:
    desk.put(held("acme", "2026-10-13T10:00"))
    debrief = desk.follow_up(Rule.DEBRIEF, "acme-application")
    desk.tracker.skip(debrief.key)
    page = pages.week(date(2026, 10, 14), 0, desk.now)
    rules = {f.rule for f in page.follow_ups}
    assert Rule.DEBRIEF not in rules
    assert Rule.PREPARE not in rules
    assert Rule.THANK_YOU in rules


@given(
    st.lists(st.tuples(st.integers(0, 72), st.integers(1, 300)), min_size=1, max_size=6),
    st.integers(0, 72),
    st.integers(1, 300),
)
def test_clashes_are_those_that_share_an_instant(
    spans: list[tuple[int, int]], begin: int, length: int
) -> None:
    from followup_desktop.services.tracker.planner import Planner
    from followup_desktop.storage.database import open_database
    from followup_desktop.storage.store import Store

    store = Store(open_database(None))
    try:
        Planner(store)
        desk = Desk(store)
        start = wall("2026-10-24T10:00")
        desk.put(
            *(
                held(f"i{n}", (start + timedelta(minutes=30 * at)).isoformat(), minutes)
                for n, (at, minutes) in enumerate(spans)
            )
        )
        moment = madrid("2026-10-24T10:00") + timedelta(minutes=30 * begin)
        end = moment + timedelta(minutes=length)
        minutes = {moment + timedelta(minutes=n) for n in range(length)}
        expected = set()
        for each in store.interviews_between(moment - timedelta(days=2), end + timedelta(days=2)):
            own = (each.ends_at - each.starts_at) // timedelta(minutes=1)
            if minutes & {each.starts_at + timedelta(minutes=n) for n in range(own)}:
                expected.add(each.interview)
        found = CalendarPages(store, desk.wording).clashes_of(moment, end)
        assert {clash.interview for clash in found} == expected
    finally:
        store.close()


def test_one_that_ends_as_the_other_starts_does_not_clash(desk: Desk, pages: CalendarPages) -> None:
    desk.put(held("one", "2026-10-15T10:00"), held("two", "2026-10-15T11:00"))
    assert all(not i.clashes for i in pages.week(date(2026, 10, 14), 0, desk.now).interviews)


def test_a_clash_names_both_ways_and_in_a_sentence(desk: Desk, pages: CalendarPages) -> None:
    desk.put(
        held("one", "2026-10-15T10:00"),
        held("two", "2026-10-15T04:30", timezone="America/New_York"),
        held("off", "2026-10-15T10:00", cancelled=True),
    )
    clashing = {i.id: i.clashes for i in pages.week(date(2026, 10, 14), 0, desk.now).interviews}
    assert [c.employer for c in clashing["one"]] == ["Two"]
    assert [c.employer for c in clashing["two"]] == ["One"]
    start, end = madrid("2026-10-15T10:00"), madrid("2026-10-15T11:00")
    assert pages.clash_warning(start, end, "one") == "Overlaps the interview at Two 10:30–11:30."
    assert pages.clash_warning(end + HOUR, end + 2 * HOUR) == ""


def test_what_overlaps_from_before_the_week_is_still_a_clash(desk: Desk, pages: CalendarPages) -> None:
    desk.put(held("long", "2026-10-11T12:00", 1440), held("early", "2026-10-12T11:30"))
    page = pages.week(date(2026, 10, 14), 0, desk.now)
    assert {i.id for i in page.interviews if i.clashes} == {"long", "early"}


def test_upcoming_counts_those_of_the_next_seven_days_that_are_not_over(
    desk: Desk, pages: CalendarPages
) -> None:
    desk.put(
        held("over", "2026-10-14T09:30"),
        held("now", "2026-10-14T10:30"),
        held("soon", "2026-10-21T10:30"),
        held("later", "2026-10-21T11:30"),
    )
    assert pages.upcoming(desk.now) == 2


@pytest.mark.parametrize(
    ("wanted", "starts_at", "fold"),
    [
        ("2026-10-20T16:00+02:00", "2026-10-20T10:00", 0),
        ("2026-11-01T05:30+00:00", "2026-11-01T01:30", 0),
        ("2026-11-01T06:30+00:00", "2026-11-01T01:30", 1),
        ("2026-03-08T07:30+00:00", "2026-03-08T03:30", 0),
    ],
)
def test_rescheduling_writes_the_wall_time_of_the_interviews_own_zone(
    desk: Desk, wanted: str, starts_at: str, fold: int
) -> None:
    desk.put(held("york", "2026-10-15T05:00", 45, timezone="America/New_York"))
    before = desk.application("york-application")
    done = desk.tracker.reschedule_interview("york", wall(wanted))
    (moved,) = desk.application("york-application").interviews
    assert (moved.starts_at, moved.fold, moved.minutes) == (wall(starts_at), fold, 45)
    assert moved.timezone == "America/New_York"
    assert done.label == desk.tracker.undo_label == "Reschedule York"
    desk.tracker.undo()
    assert desk.application("york-application") == before


def plain_day(
    desk: Desk, start: datetime, end: datetime
) -> tuple[list[str], list[tuple[datetime, str]], set[str]]:
    """The interviews of a day, its follow-ups, and which of the interviews overlap, each found among all."""
    store, now = desk.store, desk.now
    ever = (now - timedelta(days=9999), now + timedelta(days=9999))
    held = store.interviews_between(*ever)
    interviews = [i for i in held if i.starts_at < end and i.ends_at > start]
    planned, choices = store.follow_ups(), store.choices()
    retired = store.retired([each.key for each in planned])
    follow_ups = []
    for each in planned:
        choice = valid_choice(choices.get(each.key), each)
        stands_at = (choice.snoozed_until if choice is not None else None) or each.due_at
        if start <= stands_at < end and each.key not in retired and not is_gone(state_at(each, choice, now)):
            follow_ups.append((stands_at, each.key))
    overlapping = {
        i.interview
        for i in interviews
        if i.ends_at > now
        and any(o is not i and o.starts_at < i.ends_at and o.ends_at > i.starts_at for o in held)
    }
    return [i.interview for i in interviews], sorted(follow_ups), overlapping


@pytest.mark.parametrize("seed", range(3))
def test_the_first_of_each_day_are_those_of_all_and_the_counts_are_of_all(
    desk: Desk, pages: CalendarPages, seed: int
) -> None:
    random = Random(seed)
    facts = many(80, desk.now)
    at_once = (
        held("late", "2026-10-15T22:30", 240),
        held("night", "2026-10-15T23:30", 60),
        held("early", "2026-10-16T02:15", 30),
    )
    facts = replace(facts, applications=(*facts.applications, *at_once))
    with desk.store.transaction("Put") as t:
        t.put_facts(facts)
    with desk.store.transaction("Choose") as t:
        for each in random.sample(desk.store.follow_ups(), 60):
            until = random.choice((None, desk.now + timedelta(hours=random.randint(-48, 200))))
            made_at = each.opens_at + timedelta(hours=random.randint(-2, 2))
            t.put_choice(Choice(key=each.key, made_at=made_at, snoozed_until=until, skipped=until is None))
    page = pages.month(desk.now.date(), 0, desk.now, None)
    few = pages.month(desk.now.date(), 0, desk.now, 2)
    week = pages.week(desk.now.date(), 0, desk.now, 3)
    seen, overlapping = set(), set()
    for day, first in zip(page.days, few.days, strict=True):
        interviews, follow_ups, overlap = plain_day(desk, day.starts_at, day.ends_at)
        assert [i.id for i in day.interviews] == interviews
        assert [(f.at, f.key) for f in day.follow_ups] == follow_ups
        assert {i.id for i in day.interviews if i.clashes and not i.is_over} == overlap
        counts = len(interviews), len(follow_ups), len(overlap)
        assert (day.interview_count, day.follow_up_count, day.overlap_count) == counts
        first_two = sorted(
            [(i.starts_at, False, i.id) for i in day.interviews]
            + [(f.at, True, f.key) for f in day.follow_ups]
        )[:2]
        own = [name for _at, is_follow_up, name in first_two if not is_follow_up]
        assert [i.id for i in first.interviews] == own
        assert first == replace(
            day, interviews=day.interviews[: len(own)], follow_ups=day.follow_ups[: len(first_two) - len(own)]
        )
        seen |= set(interviews)
        overlapping |= overlap
    assert seen
    assert overlapping
    for shown in (page, few):
        assert (shown.interview_count, shown.overlap_count) == (len(seen), len(overlapping))
    of_the_week = [day for day in page.days if week.first <= day.day <= week.last]
    assert week.days == tuple(replace(day, follow_ups=day.follow_ups[:3]) for day in of_the_week)
    chosen = [random.sample(range(len(day.spans)), len(day.spans) // 2) for day in week.days]
    some = pages.week(desk.now.date(), 0, desk.now, 3, lambda days, _zone_name: chosen[: len(days)])
    assert some.days == tuple(
        replace(day, interviews=tuple(day.interviews[place] for place in places))
        for day, places in zip(week.days, chosen, strict=True)
    )
    assert (some.interview_count, some.overlap_count) == (week.interview_count, week.overlap_count)


def test_of_very_many_at_one_hour_few_are_named(desk: Desk, pages: CalendarPages) -> None:
    names = [f"Employer {n:02}" for n in range(CLASHES_NAMED + 3)]
    desk.put(*(held(name, "2026-10-15T10:00") for name in names), held("alone", "2026-10-15T12:00"))
    page = pages.week(date(2026, 10, 14), 0, desk.now)
    *together, alone = page.interviews
    assert (alone.clashes, alone.more_clashes) == ((), 0)
    assert page.overlap_count == len(together) == len(names)
    for each in together:
        assert len(each.clashes) == CLASHES_NAMED
        assert each.id not in {clash.interview for clash in each.clashes}
        assert each.more_clashes == 2
    start = madrid("2026-10-15T10:30")
    assert len(pages.clashes_of(start, start + HOUR)) == len(names)
    warning = pages.clash_warning(start, start + HOUR)
    assert warning.startswith("Overlaps the interviews at Employer 00 10:00–11:00, ")
    assert warning.count("–") == CLASHES_NAMED
    assert warning.endswith("3 more.")
