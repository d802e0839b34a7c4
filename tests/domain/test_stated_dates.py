"""Phrases by which a date is stated, all said on Wednesday 14 October 2026."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followup_desktop.domain.stated_dates import stated_date

TODAY = date(2026, 10, 14)


def day(month: int, number: int, year: int = 2026) -> date:
    return date(year, month, number)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("today", TODAY),
        ("Tomorrow", day(10, 15)),
        ("the day after tomorrow", day(10, 16)),
        ("in 3 days", day(10, 17)),
        ("in three working days", day(10, 19)),
        ("5 business days", day(10, 21)),
        ("in a week", day(10, 21)),
        ("within two weeks", day(10, 28)),
        ("in two weeks' time", day(10, 28)),
        ("in a couple of weeks", day(10, 28)),
        ("a few days", day(10, 17)),
        ("in a fortnight", day(10, 28)),
        ("in a month", day(11, 14)),
        ("Friday", day(10, 16)),
        ("by Friday", day(10, 16)),
        ("this friday at the latest", day(10, 16)),
        ("Wednesday", day(10, 21)),
        ("on Mon", day(10, 19)),
        ("next Friday", day(10, 23)),
        ("Friday next week", day(10, 23)),
        ("next week", day(10, 23)),
        ("this week", day(10, 16)),
        ("by the end of the week", day(10, 16)),
        ("end of next week", day(10, 23)),
        ("the beginning of next week", day(10, 19)),
        ("mid next week", day(10, 21)),
        ("end of the month", day(10, 30)),
        ("by the end of next month", day(11, 30)),
        ("next month", day(11, 30)),
        ("end of November", day(11, 30)),
        ("mid-November", day(11, 16)),
        ("early January", day(1, 1, 2027)),
        ("the end of the year", day(12, 31)),
        ("23 October", day(10, 23)),
        ("Oct 23", day(10, 23)),
        ("October 23rd, 2026", day(10, 23)),
        ("Friday, 23 October", day(10, 23)),
        ("9 October", day(10, 9, 2027)),
        ("the 20th", day(10, 20)),
        ("by the 9th", day(11, 9)),
        ("2026-11-02", day(11, 2)),
        ("They said they will let me know by next Friday.", day(10, 23)),
        ("we will get back to you within 10 days", day(10, 24)),
    ],
)
def test_a_phrase_means_a_date(said: str, meant: date) -> None:
    assert stated_date(said, TODAY) == meant


@pytest.mark.parametrize(
    "said",
    [
        "",
        "soon",
        "they did not say",
        "2026-10-01",
        "2026-13-01",
        "31 November",
        "in half a year",
        "maybe",
        "32nd",
    ],
)
def test_what_states_no_date_ahead_is_none(said: str) -> None:
    assert stated_date(said, TODAY) is None


def test_a_month_ends_within_it() -> None:
    assert stated_date("in a month", date(2027, 1, 31)) == date(2027, 2, 28)
    assert stated_date("end of the week", date(2026, 10, 17)) == date(2026, 10, 23)


@settings(max_examples=80)
@given(st.text(max_size=30), st.dates(date(2000, 1, 1), date(2099, 1, 1)))
def test_whatever_is_said_is_a_date_ahead_or_none(said: str, today: date) -> None:
    found = stated_date(said, today)
    assert found is None or found >= today


@settings(max_examples=80)
@given(st.dates(date(2000, 1, 1), date(2099, 1, 1)))
def test_a_weekday_lies_within_a_week_and_the_next_in_the_week_to_come(today: date) -> None:
    friday, following = stated_date("Friday", today), stated_date("next Friday", today)
    assert friday is not None
    assert following is not None
    assert friday.weekday() == following.weekday() == 4
    assert timedelta(0) < friday - today <= timedelta(days=7)
    assert following - today <= timedelta(days=11)
