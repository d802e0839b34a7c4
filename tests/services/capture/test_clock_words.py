"""Dates with a time of day: it is read apart, and never becomes a day, a month or a year."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_desktop.domain.errors import Refused
from followup_desktop.services.capture.dates import DateWriting, Direction, read_date, read_hours_ahead
from followup_desktop.services.capture.times import read_time
from tests.tables import tabled, wrong

WED = date(2026, 10, 14)
GERMAN_SIGNS = DateWriting(separator=".")

WITH_A_TIME = [
    # after a date without a year
    ("23 October at 10", "2026-10-23"),
    ("23 October at 9", "2026-10-23"),
    ("23 October 15", "2026-10-23"),
    ("23/10 at 10", "2026-10-23"),
    ("23/10 10", "2026-10-23"),
    ("23.10. 10", "2026-10-23"),
    ("23-10 at 10", "2026-10-23"),
    ("Oct 23 at 10", "2026-10-23"),
    ("23 Oct, 10", "2026-10-23"),
    ("20 Nov, 15", "2026-11-20"),
    ("8 Jan at 10", "2027-01-08"),
    ("8 Jan 15h30", "2027-01-08"),
    ("Fri 23/10 at 15", "2026-10-23"),
    ("Friday 23 October at 10", "2026-10-23"),
    ("23 oct 14.30", "2026-10-23"),
    ("the 23rd at 10", "2026-10-23"),
    ("Mon 19 Oct 9-10", "2026-10-19"),
    ("23 November at quarter to three", "2026-11-23"),
    ("at 10 on 23 October", "2026-10-23"),
    # after one with its year
    ("23 October 2026 10", "2026-10-23"),
    ("2026-10-23 at 14", "2026-10-23"),
    ("23/10/26 9", "2026-10-23"),
    ("4 Nov at 10 2026", "2026-11-04"),
    # after a weekday or a day by name
    ("monday at 9", "2026-10-19"),
    ("monday 9", "2026-10-19"),
    ("9 on Monday", "2026-10-19"),
    ("thursday 9.30", "2026-10-15"),
    ("thursday at 9.30", "2026-10-15"),
    ("9.30 thursday", "2026-10-15"),
    ("tomorrow 14h", "2026-10-15"),
    ("tomorrow at 5", "2026-10-15"),
    ("tomorrow 9.10", "2026-10-15"),
    ("friday at ten", "2026-10-16"),
    ("friday ten thirty", "2026-10-16"),
    ("friday at half past two", "2026-10-16"),
    ("friday at half 2", "2026-10-16"),
    ("friday 14.30", "2026-10-16"),
    ("friday at 1400", "2026-10-16"),
    ("friday 1430", "2026-10-16"),
    ("friday at 10 o'clock sharp", "2026-10-16"),
    ("friday 10ish", "2026-10-16"),
    ("fri pm", "2026-10-16"),
    ("Tue 3.30 pm", "2026-10-20"),
    ("Monday morning", "2026-10-19"),
    ("late friday afternoon", "2026-10-16"),
    ("friday 9 to 10", "2026-10-16"),
    ("friday from 9 to 10", "2026-10-16"),
    ("between 9 and 10 on friday", "2026-10-16"),
    ("friday 9-10am", "2026-10-16"),
    ("fri 9–10:30", "2026-10-16"),
    ("friday 10:30-11", "2026-10-16"),
    # a bound upon the hour leaves the day
    ("before 5pm on friday", "2026-10-16"),
    ("before friday 5pm", "2026-10-16"),
    ("friday by 5", "2026-10-16"),
    ("Friday before noon", "2026-10-16"),
    # with more after it
    ("friday next week 9-10", "2026-10-23"),
    ("monday 9 next week", "2026-10-19"),
    ("Monday 9 or Tuesday 10", "2026-10-20"),
    ("Monday at 9 or Tuesday at 10", "2026-10-20"),
]  # fmt: skip


def test_a_time_of_day_is_seen_and_left_out() -> None:
    def read(said: str) -> tuple[str, bool]:
        found = read_date(said, WED, Direction.NEXT)
        return found.day.isoformat(), found.timed

    assert wrong([(said, (meant, True)) for said, meant in WITH_A_TIME], read) == []


HOURS = [
    ("tomorrow at 5", "17:00"),
    ("tomorrow at 5am", "05:00"),
    ("tonight at 9", "21:00"),
    ("tonight 9", "21:00"),
    ("at 9 tonight", "21:00"),
    ("9 tonight", "21:00"),
    ("tonight at half past eight", "20:30"),
    ("this evening at 7", "19:00"),
    ("tomorrow evening at 8", "20:00"),
    ("Friday night at 8", "20:00"),
    ("tomorrow afternoon at 4.30", "16:30"),
    ("tomorrow at 4:30 in the afternoon", "16:30"),
    ("Friday 8 in the evening", "20:00"),
    ("Friday at 8 in the evening", "20:00"),
    ("Friday morning 9", "09:00"),
    ("Friday morning at 5", "05:00"),
    ("Friday evening 7-9", "19:00"),
    ("tomorrow morning", None),
    ("tomorrow afternoon at noon", "12:00"),
    ("tomorrow evening at 19:30", "19:30"),
    ("heute Abend um 8", "20:00"),
    ("Freitagnachmittag um 4", "16:00"),
    ("morgen früh um 7", "07:00"),
    ("mañana por la tarde a las 4", "16:00"),
    ("esta noche a las 9", "21:00"),
    ("tomorrow 5:30 p.m.", "17:30"),
    ("tomorrow at 1730", "17:30"),
    ("tomorrow half past two", "14:30"),
    ("tomorrow quarter to five", "16:45"),
    ("friday five thirty", "17:30"),
    ("friday 10ish", "10:00"),
    ("friday lunch", "12:00"),
    ("friday by noon", "12:00"),
    ("friday at 12 noon", "12:00"),
    ("Friday at 9 am or 10 am", "09:00"),
    ("Friday 9:00 or 10:00", "09:00"),
    ("Sonntag nacht um 1", "01:00"),
    ("20 Oct 2026 14h", "14:00"),
    ("Friday 16.10 at 9.30", "09:30"),
    ("2026-10-20T10:00:00+02:00", "10:00"),
    ("between 9 and 10 on friday", "09:00"),
    ("friday 9-10am", "09:00"),
    ("friday 2-3pm", "14:00"),
    ("tomorrow 11am-2pm", "11:00"),
    ("Monday 9 next week", "09:00"),
    ("Monday morning", None),
    ("fri pm", None),
    ("Monday at 9 or Tuesday at 10", None),
    ("Monday 9 or Tuesday 10", None),
    ("friday", None),
]


def test_the_hour_is_read_beside_the_day() -> None:
    def read(said: str) -> str | None:
        found = read_time(read_date(said, WED, Direction.NEXT).clock, working_day=True)
        return f"{found:%H:%M}" if found else None

    assert wrong(HOURS, read) == []


@tabled(
    "said, minutes",
    [
        ("in 2 hours", 120),
        ("in an hour", 60),
        ("in half an hour", 30),
        ("90 minutes", 90),
        ("in 1.5 hours", 90),
        ("in an hour and a half", 90),
        ("in 2 h 30 min", 150),
        ("two hours from now", 120),
        ("in an hour's time", 60),
        ("an hour ago", -60),
        ("20 minutes ago", -20),
        ("in 2 days", None),
        ("2 days ago", None),
        ("at 2", None),
        ("hours", None),
    ],
)
def test_hours_from_now_are_counted(said: str, minutes: int | None) -> None:
    assert read_hours_ahead(said) == (None if minutes is None else timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("8 Jan at 10", "2026-01-08"),
        ("monday 9", "2026-10-12"),
        ("8/1 at 10", "2026-01-08"),
        ("20 Dec 15", "2025-12-20"),
    ],
)
def test_a_time_of_day_of_what_has_happened_is_no_year_either(said: str, meant: str) -> None:
    found = read_date(said, WED, Direction.LAST)
    assert (found.day.isoformat(), found.timed) == (meant, True)


@given(hour=st.integers(1, 23), day=st.dates(date(2026, 10, 15), date(2027, 9, 30)))
def test_after_at_there_is_never_a_year(hour: int, day: date) -> None:
    for said in (f"{day.day} {day:%B} at {hour}", f"{day:%b} {day.day} at {hour}", f"{day:%d/%m} at {hour}"):
        assert read_date(said, WED, Direction.NEXT).day == day


@tabled(
    "said, meant",
    [
        # days and months
        ("Fri 23", "2026-10-23"),
        ("Mon 26", "2026-10-26"),
        ("monday the 9th", "2026-11-09"),
        ("thursday 10.12", "2026-12-10"),
        ("friday 23.10", "2026-10-23"),
        ("20-23 October", "2026-10-23"),
        ("between 20 and 23 October", "2026-10-23"),
        ("5 to 10 November", "2026-11-10"),
        ("at 5 November", "2026-11-05"),
        # years
        ("8 Jan 27", "2027-01-08"),
        ("Oct 10, 26", "2026-10-10"),
        ("20 Nov ’15", "2015-11-20"),
        ("31/12/25", "2025-12-31"),
        ("3/11/99", "1999-11-03"),
        # lengths of time
        ("in 24h", "2026-10-15"),
        ("in 48 hours", "2026-10-16"),
        ("ten to fifteen days", "2026-10-29"),
        ("2 to 3 weeks", "2026-11-04"),
        ("two weeks from Friday", "2026-10-30"),
        ("two Fridays from now", "2026-10-23"),
    ],
)
def test_what_only_looks_like_a_time_of_day_is_read_as_what_it_is(said: str, meant: str) -> None:
    found = read_date(said, WED, Direction.NEXT)
    assert (found.day.isoformat(), found.timed) == (meant, False)


@tabled(
    "said, today, why",
    [
        ("Fri 13", WED, "could mean 13 November 2026, or 16 October 2026 at 13:00"),
        ("Mon 9", date(2026, 10, 28), "could mean 9 November 2026, or 2 November 2026 at 09:00"),
        ("friday 16.10", date(2026, 10, 1), "could mean 16 October 2026, or 2 October 2026 at 16:10"),
        ("8 Jan 99", WED, "If 99 is the year, enter 1999"),
        ("8 Jan 22", WED, "If 22 is the year, enter 2022"),
        ("Fri 15", WED, "15 October 2026 is a Thursday, not a Friday"),
        ("Thu 23 October at 10", WED, "23 October 2026 is a Friday, not a Thursday"),
    ],
)
def test_what_may_be_a_date_or_a_time_is_refused_with_both(said: str, today: date, why: str) -> None:
    with pytest.raises(Refused, match=why):
        read_date(said, today, Direction.NEXT)


def test_where_dates_have_dots_a_day_and_month_is_no_time() -> None:
    assert read_date("friday 16.10", date(2026, 10, 1), Direction.NEXT, GERMAN_SIGNS).day == date(
        2026, 10, 16
    )
    assert read_date("friday 9.30", WED, Direction.NEXT, GERMAN_SIGNS).day == date(2026, 10, 16)
    with pytest.raises(Refused, match="10 October 2027 is a Sunday"):
        read_date("friday 10.10", WED, Direction.NEXT, GERMAN_SIGNS)


@tabled(
    "said",
    [
        "in the coming weeks",
        "in the next few weeks",
        "over the next weeks",
        "in the coming days",
        "in the following months",
        "some time in the next few working days",
        "in the weeks to come",
        "the next several days",
    ],
)
@tabled("direction", Direction)
def test_a_length_without_a_number_is_too_vague(said: str, direction: Direction) -> None:
    with pytest.raises(Refused, match=r"is too vague\. Enter a day\.$"):
        read_date(said, WED, direction)
