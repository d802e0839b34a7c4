"""Which backups may go: never the last, and only where a later one of the same period stays."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from followup_desktop.domain.retention import superseded

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
AGES = st.lists(st.timedeltas(min_value=timedelta(days=-400), max_value=timedelta(days=900)), max_size=60)


def kept(ages: list[timedelta]) -> list[timedelta]:
    gone = superseded([NOW - age for age in ages], NOW)
    return sorted(age for age in ages if NOW - age not in gone)


def hours(*numbers: float) -> list[timedelta]:
    return [timedelta(hours=number) for number in numbers]


def test_of_the_last_two_days_all_stay() -> None:
    ages = hours(0, 0.5, 1, 11, 13, 30, 47.9)
    assert kept(ages) == ages


def test_a_backup_an_hour_for_two_years_leaves_few_that_lie_ever_further_apart() -> None:
    left = kept(hours(*range(24 * 730)))
    days = [age / timedelta(days=1) for age in left]
    assert sum(day < 2 for day in days) == 48
    assert sum(2 <= day < 14 for day in days) in {12, 13}
    assert sum(14 <= day < 91 for day in days) in {11, 12}
    assert sum(day >= 91 for day in days) in {21, 22}
    assert max(days) > 690


def test_what_lies_ahead_of_a_clock_that_was_set_back_stays() -> None:
    ages = hours(-2000, -1999, -5, 0)
    assert kept(ages) == ages


@given(AGES)
def test_whatever_goes_a_later_one_of_its_period_stays(ages: list[timedelta]) -> None:
    made = [NOW - age for age in ages]
    gone = superseded(made, NOW)
    stay = sorted(set(made) - gone)
    if made:
        assert stay[-1] == max(made)
    for each in gone:
        age = NOW - each
        assert age >= timedelta(days=2)
        length = timedelta(days=1 if age < timedelta(days=14) else 7 if age < timedelta(days=91) else 31)
        assert any(timedelta(0) < other - each < length for other in stay)


@given(AGES)
def test_to_thin_out_again_takes_no_more(ages: list[timedelta]) -> None:
    made = {NOW - age for age in ages}
    stay = made - superseded(made, NOW)
    assert superseded(stay, NOW) == set()


@given(AGES, st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=60)))
def test_the_last_stays_however_far_the_clock_is_ahead(ages: list[timedelta], ahead: timedelta) -> None:
    made = {NOW - age for age in ages}
    stay = made - superseded(made, NOW + 100 * ahead)
    assert not made or max(made) in stay
