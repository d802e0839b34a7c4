"""Dates as people type them: tables with today fixed, and what holds of any day and any text."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followup_desktop.domain.errors import Refused
from followup_desktop.services.capture.dates import DateWriting, Direction, read_date
from tests.sweeps import examples
from tests.tables import tabled, wrong

WED = date(2026, 10, 14)
NEXT, LAST = Direction.NEXT, Direction.LAST
AMERICAN = DateWriting(order="Mdy", day_first=False)
SWEDISH = DateWriting(order="yMd", separator="-", day_first=True)
HUNGARIAN = DateWriting(order="yMd", separator=".", day_first=False)
JAPANESE = DateWriting(order="yMd", separator="/", day_first=False)

DAYS = st.dates(date(1980, 1, 1), date(2090, 12, 31))


def read(text: str, today: date = WED, direction: Direction = NEXT) -> str:
    return read_date(text, today, direction).day.isoformat()


SAID_ON_A_WEDNESDAY = [
    # days by name
    ("today", "2026-10-14"),
    ("Tomorrow", "2026-10-15"),
    ("tmrw", "2026-10-15"),
    ("the day after tomorrow", "2026-10-16"),
    ("tomorrow, 15 October", "2026-10-15"),
    ("tomorrow (Thursday the 15th)", "2026-10-15"),
    ("16 October, the day after tomorrow", "2026-10-16"),
    ("tomorrow or the day after", "2026-10-16"),
    ("yesterday", "2026-10-13"),
    # weekdays
    ("Friday", "2026-10-16"),
    ("thursday", "2026-10-15"),
    ("thurs", "2026-10-15"),
    ("on Mon", "2026-10-19"),
    ("Wednesday", "2026-10-21"),
    ("this friday at the latest", "2026-10-16"),
    ("this coming Thursday", "2026-10-15"),
    ("Thursday coming", "2026-10-15"),
    ("next Friday", "2026-10-23"),
    ("Friday next week", "2026-10-23"),
    ("next week Friday", "2026-10-23"),
    ("last Friday", "2026-10-09"),
    ("Monday week", "2026-10-26"),
    ("Tuesday week", "2026-10-27"),
    ("Friday week", "2026-10-23"),
    ("week on Friday", "2026-10-23"),
    ("a week on Friday", "2026-10-23"),
    ("a week Friday", "2026-10-23"),
    ("Friday fortnight", "2026-10-30"),
    ("tomorrow week", "2026-10-22"),
    ("a week today", "2026-10-21"),
    ("a week from Friday", "2026-10-23"),
    ("two weeks from Friday", "2026-10-30"),
    ("Monday after next", "2026-10-26"),
    ("the Friday after next", "2026-10-30"),
    ("Friday in two weeks", "2026-10-30"),
    ("Monday in a fortnight", "2026-10-26"),
    ("in a fortnight on Monday", "2026-10-26"),
    ("in 2 weeks on Friday", "2026-10-30"),
    ("Monday or Tuesday", "2026-10-20"),
    ("between Monday and Wednesday", "2026-10-21"),
    ("Thu/Fri", "2026-10-16"),
    ("cob friday", "2026-10-16"),
    ("by close of business on Friday", "2026-10-16"),
    ("Friday afternoon", "2026-10-16"),
    ("before Friday", "2026-10-15"),
    ("after Friday", "2026-10-19"),
    ("the Friday before Christmas", "2026-12-18"),
    ("the Monday after Thanksgiving", "2026-11-30"),
    ("two Fridays from now", "2026-10-23"),
    ("Tuesday or Wednesday next week", "2026-10-21"),
    # spans of time
    ("in 3 days", "2026-10-17"),
    ("in three working days", "2026-10-19"),
    ("5 business days", "2026-10-21"),
    ("3 to 5 business days", "2026-10-21"),
    ("next working day", "2026-10-15"),
    ("in a week", "2026-10-21"),
    ("within two weeks", "2026-10-28"),
    ("in two weeks' time", "2026-10-28"),
    ("two weeks from now", "2026-10-28"),
    ("in a couple of weeks", "2026-10-28"),
    ("a few days", "2026-10-17"),
    ("in a fortnight", "2026-10-28"),
    ("in a month", "2026-11-14"),
    ("in 2-3 weeks", "2026-11-04"),
    ("in 2–3 weeks", "2026-11-04"),
    ("two to three weeks", "2026-11-04"),
    ("in a week or two", "2026-10-28"),
    ("a day or two", "2026-10-16"),
    ("a week to ten days", "2026-10-24"),
    ("a week and a half", "2026-10-25"),
    ("2½ weeks", "2026-11-01"),
    ("in 2 1/2 weeks", "2026-11-01"),
    ("two and a half weeks", "2026-11-01"),
    ("in half a year", "2027-04-14"),
    ("in the next two weeks", "2026-10-28"),
    ("in 48 hours", "2026-10-16"),
    ("within 24 hours", "2026-10-15"),
    ("half a year", "2027-04-14"),
    ("2wks", "2026-10-28"),
    ("3 days ago", "2026-10-11"),
    ("10 days from Monday", "2026-10-29"),
    ("½ year", "2027-04-14"),
    # weeks
    ("this week", "2026-10-16"),
    ("next week", "2026-10-23"),
    ("the week after next", "2026-10-30"),
    ("EOW", "2026-10-16"),
    ("by the end of the week", "2026-10-16"),
    ("before the end of the week", "2026-10-16"),
    ("end of next week", "2026-10-23"),
    ("the beginning of next week", "2026-10-19"),
    ("early next week", "2026-10-20"),
    ("mid next week", "2026-10-21"),
    ("week of the 19th", "2026-10-23"),
    ("w/c 19 October", "2026-10-23"),
    ("w/e 30 Oct", "2026-10-30"),
    ("week ending 30 October", "2026-10-30"),
    ("week ending Thursday 29 October", "2026-10-29"),
    ("week ending Sunday 1 November", "2026-10-30"),
    ("w/e Friday", "2026-10-16"),
    ("w/e 30", "2026-10-30"),
    ("week 43", "2026-10-23"),
    ("the weekend", "2026-10-18"),
    ("before the weekend", "2026-10-16"),
    # months and longer
    ("eom", "2026-10-30"),
    ("end of the month", "2026-10-30"),
    ("last day of the month", "2026-10-31"),
    ("next month", "2026-11-30"),
    ("end of November", "2026-11-30"),
    ("mid-November", "2026-11-16"),
    ("early January", "2027-01-08"),
    ("in November", "2026-11-30"),
    ("by November", "2026-11-02"),
    ("before November", "2026-10-30"),
    ("first week of November", "2026-11-06"),
    ("the second week of November", "2026-11-13"),
    ("last week of November", "2026-11-27"),
    ("first Monday in November", "2026-11-02"),
    ("last Friday of November", "2026-11-27"),
    ("mid to late November", "2026-11-30"),
    ("the end of the year", "2026-12-31"),
    ("end of Q4", "2026-12-31"),
    ("by 2027", "2027-01-01"),
    # holidays
    ("before Christmas", "2026-12-24"),
    ("by Christmas", "2026-12-24"),
    ("after Christmas", "2026-12-28"),
    ("after New Year", "2027-01-04"),
    ("after the holidays", "2027-01-04"),
    ("between Christmas and New Year", "2026-12-31"),
    ("before Easter", "2027-03-25"),
    ("after Thanksgiving", "2026-11-30"),
    # dates
    ("23 October", "2026-10-23"),
    ("Oct 23", "2026-10-23"),
    ("October 23rd, 2026", "2026-10-23"),
    ("the twenty-third of October", "2026-10-23"),
    ("Friday, 23 October", "2026-10-23"),
    ("Friday the 23rd", "2026-10-23"),
    ("Fri 23", "2026-10-23"),
    ("9 October", "2027-10-09"),
    ("14 October", "2026-10-14"),
    ("the 20th", "2026-10-20"),
    ("by the 9th", "2026-11-09"),
    ("the 20th or 21st", "2026-10-21"),
    ("20-23 October", "2026-10-23"),
    ("8 Jan '27", "2027-01-08"),
    ("14oct", "2026-10-14"),
    ("3/11", "2026-11-03"),
    ("31.10.", "2026-10-31"),
    ("12/25", "2026-12-25"),
    ("2026-11-02", "2026-11-02"),
    ("2026-11-02T10:00:00+01:00", "2026-11-02"),
    ("Mon 2 Nov 2026, 10:00–11:00", "2026-11-02"),
    ("2-Nov-2026", "2026-11-02"),
    ("2/Nov/2026", "2026-11-02"),
    ("20261102", "2026-11-02"),
    ("8 Feb 2026", "2026-02-08"),
    ("8 January next year", "2027-01-08"),
    ("Friday, 8 January next year", "2027-01-08"),
    ("8/1 next year", "2027-01-08"),
    ("mid January of next year", "2027-01-15"),
    ("next year in March", "2027-03-31"),
    ("Christmas next year", "2027-12-25"),
    # as a sentence
    ("They said they will let me know by next Friday.", "2026-10-23"),
    ("we will get back to you within 10 days", "2026-10-24"),
    ("no later than 30 October", "2026-10-30"),
]  # fmt: skip


def test_a_phrase_about_what_is_to_come_means_a_date() -> None:
    assert wrong(SAID_ON_A_WEDNESDAY, read) == []


@tabled(
    "today, said, meant",
    [
        # a date without a year is the next such day: over the end of the year too
        (date(2026, 12, 10), "8 January", "2027-01-08"),
        (date(2026, 11, 28), "8 Jan", "2027-01-08"),
        (date(2026, 12, 20), "7 Jan", "2027-01-07"),
        (date(2026, 12, 31), "1/1", "2027-01-01"),
        (date(2026, 12, 31), "tomorrow", "2027-01-01"),
        (date(2026, 12, 31), "next week", "2027-01-08"),
        (date(2026, 12, 31), "end of the month", "2026-12-31"),
        (date(2026, 12, 28), "the 2nd", "2027-01-02"),
        (date(2026, 12, 27), "after Christmas", "2026-12-28"),
        (date(2026, 12, 25), "before Christmas", "2027-12-24"),
        (date(2027, 1, 1), "after New Year", "2027-01-04"),
        (date(2027, 1, 3), "after New Year", "2027-01-04"),
        (date(2026, 12, 15), "January", "2027-01-29"),
        (date(2026, 12, 15), "week 1", "2027-01-08"),
        # leap days
        (date(2027, 3, 1), "29 February", "2028-02-29"),
        (date(2028, 2, 29), "today", "2028-02-29"),
        (date(2028, 2, 28), "tomorrow", "2028-02-29"),
        (date(2028, 2, 29), "in a year", "2029-02-28"),
        (date(2027, 1, 31), "in a month", "2027-02-28"),
        (date(2027, 11, 1), "the 31st", "2027-12-31"),
        # the ends of weeks and months
        (date(2026, 10, 17), "end of the week", "2026-10-23"),
        (date(2026, 10, 17), "this week", "2026-10-23"),
        (date(2026, 10, 31), "end of the month", "2026-10-31"),
        (date(2026, 10, 18), "next week", "2026-10-23"),
        (date(2026, 10, 16), "Friday", "2026-10-23"),
        (date(2026, 10, 16), "EOW", "2026-10-16"),
        (date(2026, 10, 20), "friday", "2026-10-23"),
        (date(2026, 10, 31), "before November", "2026-10-31"),
    ],
)
def test_the_next_such_day_may_lie_in_another_week_month_or_year(today: date, said: str, meant: str) -> None:
    assert read(said, today) == meant


@tabled(
    "today, said, meant",
    [
        (date(2027, 1, 10), "20 Dec", "2026-12-20"),
        (date(2027, 1, 10), "before Christmas", "2026-12-24"),
        (date(2027, 1, 2), "the 30th", "2026-12-30"),
        (WED, "14 October", "2026-10-14"),
        (WED, "15 October", "2025-10-15"),
        (WED, "20/12", "2025-12-20"),
        (WED, "friday", "2026-10-09"),
        (WED, "wednesday", "2026-10-14"),
        (WED, "this monday", "2026-10-12"),
        (WED, "the 9th", "2026-10-09"),
        (WED, "friday the 9th", "2026-10-09"),
        (WED, "two weeks", "2026-09-30"),
        (WED, "a couple of weeks ago", "2026-09-30"),
        (WED, "last week", "2026-10-09"),
        (WED, "this week", "2026-10-14"),
        (WED, "october", "2026-10-14"),
        (WED, "mid october", "2026-10-14"),
        (WED, "last month", "2026-09-30"),
        (WED, "yesterday", "2026-10-13"),
        (WED, "29 feb", "2024-02-29"),
        # what the words say counts before the field
        (WED, "next friday", "2026-10-23"),
        (WED, "in two weeks", "2026-10-28"),
        (WED, "1 Nov 2026", "2026-11-01"),
    ],
)
def test_of_what_has_happened_it_is_the_last_such_day(today: date, said: str, meant: str) -> None:
    assert read(said, today, LAST) == meant


@tabled(
    "writing, typed, meant",
    [
        (DateWriting(), "7/1", "2027-01-07"),
        (AMERICAN, "7/1", "2027-07-01"),
        (AMERICAN, "11/3/26", "2026-11-03"),
        (AMERICAN, "25/12/2026", "2026-12-25"),
        (SWEDISH, "7/1", "2027-01-07"),
        (SWEDISH, "5.6.26", "2026-06-05"),
        (SWEDISH, "31/12/25", "2025-12-31"),
        (SWEDISH, "26-11-03", "2026-11-03"),
        (SWEDISH, "2026-11-03", "2026-11-03"),
        (HUNGARIAN, "5.6.26", "2026-06-05"),
        (HUNGARIAN, "31/12/25", "2025-12-31"),
        (HUNGARIAN, "2026. 11. 03.", "2026-11-03"),
        (HUNGARIAN, "26.11.3", "2026-11-03"),
        (HUNGARIAN, "11.3.", "2026-11-03"),
        (JAPANESE, "7/1", "2027-07-01"),
        (JAPANESE, "26/11/3", "2026-11-03"),
        (JAPANESE, "31/12/25", "2025-12-31"),
        (JAPANESE, "2026年11月3日", "2026-11-03"),
        (JAPANESE, "11月3日", "2026-11-03"),
        (DateWriting(), "3/11/99", "1999-11-03"),
        (DateWriting(), "３/１１/２０２６", "2026-11-03"),
    ],
)  # fmt: skip
def test_figures_are_read_in_the_order_of_the_language(writing: DateWriting, typed: str, meant: str) -> None:
    assert read_date(typed, WED, NEXT, writing).day.isoformat() == meant


@tabled(
    "said, why",
    [
        ("qqq", "isn't a date"),
        ("", "isn't a date"),
        ("soon", "isn't a date"),
        ("they did not say", "isn't a date"),
        ("fridge", "isn't a date"),
        ("monkey", "isn't a date"),
        ("1/2/3/4", "isn't a date"),
        ("half past two", "isn't a date"),
        ("5", "Add the month"),
        ("Friday the 22nd", "22 October 2026 is a Thursday, not a Friday"),
        ("Thursday 8 January", "8 January 2027 is a Friday"),
        ("Wed 20 Oct 2026", "20 October 2026 is a Tuesday"),
        ("tomorrow, Friday", "15 October 2026 is a Thursday"),
        ("tomorrow, 16 October", "has two dates, 15 October 2026 and 16 October 2026. Keep one"),
        ("31 April", "April has only 30 days"),
        ("31/4", "April has only 30 days"),
        ("32nd", "isn't a date"),
        ("30 Feb", "February has only 29 days"),
        ("29 Feb 2027", "February 2027 has only 28 days"),
        ("2026-13-01", "no month 13"),
        ("1969-12-31", "isn't between 1970 and 2100"),
        ("1 Jan 2101", "isn't between"),
        ("in 999 months", "isn't between"),
    ],
)
def test_what_is_no_date_is_refused_with_the_reason(said: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        read_date(said, WED, NEXT)


def test_what_leaves_it_open_says_between_which_days() -> None:
    found = read_date("the week of the 19th", WED, NEXT)
    assert (found.first, found.last, found.is_exact) == (date(2026, 10, 19), date(2026, 10, 23), False)
    assert read_date("in 2-3 weeks", WED, NEXT).first == date(2026, 10, 28)
    assert read_date("Friday", WED, NEXT).is_exact


@tabled(
    "said, first, last",
    [
        ("20th-23rd", date(2026, 10, 20), date(2026, 10, 23)),
        ("the 20th/21st", date(2026, 10, 20), date(2026, 10, 21)),
        ("between the 20th and the 23rd", date(2026, 10, 20), date(2026, 10, 23)),
        ("30th-2nd", date(2026, 10, 30), date(2026, 11, 2)),
        ("Thursday or Friday of next week", date(2026, 10, 22), date(2026, 10, 23)),
        ("Thu/Fri next week", date(2026, 10, 22), date(2026, 10, 23)),
        ("Monday to Wednesday in the week of the 26th", date(2026, 10, 26), date(2026, 10, 28)),
        ("next Thursday or Friday", date(2026, 10, 22), date(2026, 10, 23)),
        ("first or second week of November", date(2026, 11, 2), date(2026, 11, 13)),
        ("mid to late November", date(2026, 11, 11), date(2026, 11, 30)),
        ("start or end of next week", date(2026, 10, 19), date(2026, 10, 23)),
    ],
)
def test_of_two_days_both_are_those_of_the_words(said: str, first: date, last: date) -> None:
    found = read_date(said, WED, NEXT)
    assert (found.first, found.last) == (first, last)


def test_a_time_of_day_is_seen_and_left_out() -> None:
    found = read_date("Friday at 5pm", WED, NEXT)
    assert (found.day, found.timed) == (date(2026, 10, 16), True)
    assert not read_date("Friday", WED, NEXT).timed


TOLD = {"yesterday", "3 days ago", "last Friday", "8 Feb 2026"}
ONLY_THEN = ("tomorrow, 15", "tomorrow (", "16 October, the day")
WITHOUT_A_SIDE = [
    said
    for said in (
        *(said for said, _ in SAID_ON_A_WEDNESDAY if said not in TOLD),
        "1 March", "29 Feb", "31/12", "the 31st", "1 Jan",
    )
    if not any(year in said for year in ("202", "'27", *ONLY_THEN))
]  # fmt: skip


@settings(max_examples=examples(150), deadline=None)
@given(said=st.sampled_from(WITHOUT_A_SIDE), today=DAYS)
def test_what_is_to_come_never_lies_in_the_past(said: str, today: date) -> None:
    try:
        found = read_date(said, today, NEXT)
    except Refused:  # a weekday that does not fit on that day
        return
    assert found.day >= today
    assert found.first <= found.day <= found.last


SIDELESS = [
    *("friday", "mon", "the 9th", "31st", "20 dec", "1/1", "29 feb", "mid october", "june", "week 7"),
    *("two weeks", "this week", "end of the month", "first week of may", "friday or monday"),
]


@settings(max_examples=examples(100), deadline=None)
@given(said=st.sampled_from(SIDELESS), today=DAYS)
def test_what_has_happened_never_lies_in_the_future(said: str, today: date) -> None:
    try:
        found = read_date(said, today, LAST)
    except Refused:
        return
    assert found.day <= today


@settings(max_examples=examples(100), deadline=None)
@given(said=st.sampled_from(WITHOUT_A_SIDE), today=DAYS, later=DAYS, direction=st.sampled_from(Direction))
def test_what_was_understood_means_the_same_for_ever(
    said: str, today: date, later: date, direction: Direction
) -> None:
    try:
        day = read_date(said, today, direction).day
    except Refused:
        return
    for written in (f"{day:%a} {day.day} {day:%b %Y}", day.isoformat(), f"{day:%A}, {day.day} {day:%B %Y}"):
        for other in Direction:
            assert read_date(written, later, other).day == day


@settings(max_examples=examples(75), deadline=None)
@given(day=DAYS, today=DAYS, direction=st.sampled_from(Direction))
def test_a_day_and_month_lie_within_a_year_of_today_on_the_side_of_the_field(
    day: date, today: date, direction: Direction
) -> None:
    if (day.month, day.day) == (2, 29):
        return
    found = read_date(f"{day.day} {day:%B}", today, direction).day
    assert (found.month, found.day) == (day.month, day.day)
    ahead = (found - today) if direction is NEXT else (today - found)
    assert timedelta(0) <= ahead <= timedelta(days=366)


@settings(max_examples=examples(100), deadline=None)
@given(text=st.text(max_size=40), today=DAYS, direction=st.sampled_from(Direction))
def test_any_text_is_a_date_or_refused_in_one_sentence(text: str, today: date, direction: Direction) -> None:
    try:
        read_date(text, today, direction)
    except Refused as refusal:
        assert str(refusal).endswith(".")
        assert "\n" not in str(refusal)


WORDS = ("in", "a", "2", "3", "week", "weeks", "or", "to", "friday", "next", "last", "the", "23rd", "after",
         "before", "by", "end", "of", "month", "october", "mid", "first", "year", "from", "now", "on", "5",
         "days", "half", "and", "weekend", "christmas", "q1", "between", "29", "feb", "2027")  # fmt: skip


@settings(max_examples=examples(200), deadline=None)
@given(words=st.lists(st.sampled_from(WORDS), max_size=7), today=DAYS, direction=st.sampled_from(Direction))
def test_no_heap_of_the_right_words_breaks_the_reader(
    words: list[str], today: date, direction: Direction
) -> None:
    try:
        found = read_date(" ".join(words), today, direction)
    except Refused:
        return
    assert found.first <= found.last


@pytest.mark.parametrize(
    ("direction", "today", "example"),
    [
        (Direction.NEXT, date(2026, 11, 28), "14 October 2027"),
        (Direction.NEXT, date(2026, 3, 1), "14 October 2026"),
        (Direction.LAST, date(2026, 3, 1), "14 October 2025"),
        (Direction.LAST, date(2026, 11, 28), "14 October 2026"),
    ],
)
def test_the_example_in_a_refusal_is_a_day_that_the_field_takes(
    direction: Direction, today: date, example: str
) -> None:
    with pytest.raises(Refused, match=f"Try something like {example}, "):
        read_date("qqq", today, direction)
