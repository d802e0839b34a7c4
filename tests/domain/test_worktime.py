"""Zones, working days, quiet hours and call slots."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_desktop.domain.model import Policy
from followup_desktop.domain.worktime import QuietHours, WorkCalendar, at, instant, local
from tests import strategies

MADRID = Policy(timezone="Europe/Madrid", country="ES-MD")
CALENDAR = WorkCalendar.of_user(MADRID)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def calendars() -> st.SearchStrategy[WorkCalendar]:
    return st.builds(
        WorkCalendar,
        st.sampled_from(strategies.ZONES),
        st.sampled_from(strategies.COUNTRIES),
        strategies.policies(),
    )


@pytest.mark.parametrize(
    ("wall", "zone", "fold", "expected"),
    [
        ("2026-03-29T02:30", "Europe/Madrid", 0, "2026-03-29T01:30"),
        ("2026-03-29T02:30", "Europe/Madrid", 1, "2026-03-29T01:30"),
        ("2026-10-25T02:30", "Europe/Madrid", 0, "2026-10-25T00:30"),
        ("2026-10-25T02:30", "Europe/Madrid", 1, "2026-10-25T01:30"),
        ("2026-07-01T10:00", "Europe/Madrid", 1, "2026-07-01T08:00"),
        ("2026-04-05T01:45", "Australia/Lord_Howe", 1, "2026-04-04T15:15"),
        ("2011-12-30T10:00", "Pacific/Apia", 0, "2011-12-30T20:00"),
    ],
)
def test_wall_times_in_gaps_and_folds(wall: str, zone: str, fold: int, expected: str) -> None:
    assert instant(datetime.fromisoformat(wall), zone, fold) == utc(expected)


def test_days_passed_over_are_named() -> None:
    assert CALENDAR.count(date(2026, 10, 9), 2) == (
        date(2026, 10, 14),
        (
            (date(2026, 10, 10), "weekend"),
            (date(2026, 10, 11), "weekend"),
            (date(2026, 10, 12), "holiday"),
        ),
    )
    assert CALENDAR.find_outreach(date(2026, 10, 17)) == (
        date(2026, 10, 20),
        (
            (date(2026, 10, 17), "weekend"),
            (date(2026, 10, 18), "weekend"),
            (date(2026, 10, 19), "monday"),
        ),
    )


def test_away_days_are_no_outreach_days_but_working_days() -> None:
    policy = Policy(timezone="Europe/Madrid", away=((date(2026, 11, 3), date(2026, 11, 6)),))
    calendar = WorkCalendar.of_user(policy)
    assert calendar.outreach(date(2026, 11, 3)) == date(2026, 11, 10)
    assert calendar.own(date(2026, 11, 3)) == date(2026, 11, 9)
    assert calendar.wd_after(date(2026, 11, 3), 1) == date(2026, 11, 4)


def test_quiet_hours_over_midnight() -> None:
    quiet = QuietHours.of(MADRID)
    assert quiet.later(at(date(2026, 10, 14), time(22), "Europe/Madrid")) == utc("2026-10-15T06:00")
    assert quiet.later(at(date(2026, 10, 14), time(20, 59), "Europe/Madrid")) == utc("2026-10-14T18:59")
    assert quiet.earlier(at(date(2026, 10, 15), time(7), "Europe/Madrid")) == utc("2026-10-14T18:30")
    assert not quiet.contains(at(date(2026, 10, 15), time(8), "Europe/Madrid"))


def test_equal_ends_mean_no_quiet_hours() -> None:
    quiet = QuietHours(time(8), time(8), "Europe/Madrid")
    assert not quiet.contains(utc("2026-10-14T02:00"))


def test_first_instant_outside_quiet_hours_on_a_night_of_clock_change() -> None:
    """The clocks jump over the end of quiet hours: they end when the clocks jump."""
    quiet = QuietHours(time(23), time(2, 30), "Europe/Madrid")
    assert quiet.first_outside(utc("2026-03-29T00:00"), utc("2026-03-29T03:00")) == utc("2026-03-29T01:00")
    # In autumn two o'clock comes twice, and with it the quiet half hour.
    assert quiet.first_outside(utc("2026-10-25T01:05"), utc("2026-10-25T03:00")) == utc("2026-10-25T01:30")


def test_call_slots() -> None:
    monday = utc("2026-10-19T09:00")
    assert not CALENDAR.in_call_slot(monday)
    assert CALENDAR.next_call_slot(monday) == utc("2026-10-20T08:00")
    assert CALENDAR.in_call_slot(utc("2026-10-20T08:00"))
    assert not CALENDAR.in_call_slot(utc("2026-10-20T10:00"))
    assert CALENDAR.slot_end(utc("2026-10-20T09:59")) == utc("2026-10-20T10:00")
    assert CALENDAR.next_call_slot(utc("2026-10-20T10:00")) == utc("2026-10-20T12:00")


def test_no_call_slot_where_quiet_hours_cover_every_window() -> None:
    policy = Policy(timezone="UTC", quiet_from=time(9), quiet_until=time(17))
    assert WorkCalendar.of_user(policy).next_call_slot(utc("2026-10-20T08:00")) is None


@given(calendars(), strategies.dates(), st.integers(0, 20), st.integers(0, 40))
def test_counting_is_monotone_and_adds_up(calendar: WorkCalendar, day: date, n: int, shift: int) -> None:
    later = day + timedelta(days=shift)
    assert calendar.wd_after(day, n) <= calendar.wd_after(later, n)
    assert calendar.wd_after(calendar.wd_after(day, n), 3) == calendar.wd_after(day, n + 3)
    assert calendar.working_days(day, calendar.wd_after(day, n)) == n
    assert calendar.outreach(day) <= calendar.outreach(later)
    assert calendar.outreach(calendar.outreach(day)) == calendar.outreach(day)
    assert calendar.own(calendar.own(day)) == calendar.own(day)


@given(calendars(), strategies.instants())
def test_a_call_slot_is_never_on_a_forbidden_day_or_in_quiet_hours(
    calendar: WorkCalendar, moment: datetime
) -> None:
    slot = calendar.next_call_slot(moment)
    if slot is None:
        return
    assert slot >= moment
    assert calendar.in_call_slot(slot)
    assert not calendar.quiet.contains(slot)
    assert calendar.is_outreach_day(local(slot, calendar.zone_name).date())
    assert calendar.next_call_slot(slot) == slot
    if slot > moment:
        assert not calendar.in_call_slot(moment)


@given(strategies.policies(), strategies.instants())
def test_quiet_hours_move_out_of_themselves_and_once(policy: Policy, moment: datetime) -> None:
    quiet = QuietHours.of(policy)
    later, earlier = quiet.later(moment), quiet.earlier(moment)
    assert earlier <= moment <= later
    if not quiet.contains(moment):
        assert earlier == moment == later
    elif policy.timezone not in {"Australia/Lord_Howe", "Pacific/Apia"}:
        assert quiet.later(later) == later


@given(strategies.policies(), st.lists(st.tuples(strategies.dates(), st.integers(0, 9)), max_size=6))
def test_a_calendar_counts_as_one_that_was_asked_nothing_before(
    policy: Policy, asked: list[tuple[date, int]]
) -> None:
    calendar = WorkCalendar.of_user(policy)
    for day, n in [*asked, *asked]:
        assert calendar.count(day, n) == WorkCalendar.of_user(policy).count(day, n)
        assert calendar.count(day, n) is calendar.count(day, n), "all share what was passed over"


@given(st.tuples(strategies.policies(), strategies.policies()), strategies.instants())
def test_the_hours_of_one_are_not_taken_for_those_of_another(
    policies: tuple[Policy, Policy], moment: datetime
) -> None:
    for quiet in [*map(QuietHours.of, policies)] * 2:
        assert quiet.later(moment) == QuietHours.later.__wrapped__(quiet, moment)
        assert quiet.earlier(moment) == QuietHours.earlier.__wrapped__(quiet, moment)
