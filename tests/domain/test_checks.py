"""Single values: what is kept, as what, and what is refused with which sentence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_desktop.domain import checks
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Stage
from tests.tables import tabled

NO_COUNTRY = "x must be a country with known holidays, like ES or ES-MD, not "
NO_ZONE = "x must be the name of a time zone, like Europe/Madrid, not "
NO_DATE = "x must be a date from 1970 to 2100, like 2026-10-14, not "
HALF = "x contains half a character (a lone surrogate). Type that character again."


def naive(text: str) -> datetime:
    return datetime.fromisoformat(text)


@tabled(
    "given_text, kept",
    [
        ("  Ana Ruiz\n", "Ana Ruiz"),
        ("Jose\u0301", "Jos\u00e9"),
        ("\u00a0\u3000Ana\u2003", "Ana"),
        (" \t ", ""),
        ("two\nlines", "two\nlines"),
        ("\u212b", "\u00c5"),
    ],
)
def test_text_is_trimmed_and_composed(given_text: str, kept: str) -> None:
    assert checks.clean_text(given_text, "notes") == kept


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_clean_text_stays_as_it_is(text: str) -> None:
    once = checks.clean_text(text, "notes")
    assert checks.clean_text(once, "notes") == once


def test_an_id_is_kept_exactly() -> None:
    for text in (" a ", "Jose\u0301", "a" * 64, "a/b%c", "--"):
        assert checks.check_id(text, "id") == text


@tabled(
    "check, value, sentence",
    [
        (checks.clean_text, 5, "x must be text, not 5."),
        (checks.clean_text, None, "x must be text, not null."),
        (checks.clean_text, ["a"], "x must be text, not a list."),
        (checks.clean_text, "a\0b", "x contains a NUL character. Remove it."),
        (
            checks.clean_text,
            "a\ud800",
            HALF,
        ),
        (checks.clean_name, " \t", "x can't be empty."),
        (checks.check_id, "", "x must be an id of 1 to 64 characters other than “-”, not “”."),
        (checks.check_id, "-", "x must be an id of 1 to 64 characters other than “-”, not “-”."),
        (
            checks.check_id,
            "a" * 65,
            f"x must be an id of 1 to 64 characters other than “-”, not “{'a' * 40}…”.",
        ),
        (checks.check_id, "\udfff", HALF),
        (checks.check_key, "", "x is empty. It must be the key of a follow-up."),
        (checks.check_flag, 1, "x must be true or false, not 1."),
        (checks.check_flag, "true", "x must be true or false, not “true”."),
        (checks.check_minutes, 0, "x must be a whole number from 1 to 1,440, not 0."),
        (checks.check_minutes, 1441, "x must be a whole number from 1 to 1,440, not 1441."),
        (checks.check_minutes, True, "x must be a whole number from 1 to 1,440, not true."),
        (checks.check_minutes, 60.0, "x must be a whole number from 1 to 1,440, not 60.0."),
        (checks.check_minutes, 10**400, "x must be a whole number from 1 to 1,440, not a very large number."),
        (checks.check_fit, 6, "x must be a whole number from 1 to 5, not 6."),
        (checks.check_fold, 2, "x must be a whole number from 0 to 1, not 2."),
        (checks.check_zone, "Europe/Madird", NO_ZONE + "“Europe/Madird”."),
        (checks.check_zone, {}, NO_ZONE + "an object."),
        (checks.check_country, "ES-ZZ", NO_COUNTRY + "“ES-ZZ”."),
        (checks.check_country, "ES-", NO_COUNTRY + "“ES-”."),
        (checks.check_country, "es", NO_COUNTRY + "“es”."),
        (checks.check_country, "HolidayBase", NO_COUNTRY + "“HolidayBase”."),
        (checks.parse_date, "2026-02-30", NO_DATE + "“2026-02-30”."),
        (checks.parse_time, "24:00", "x must be a time of day like “09:30”, not “24:00”."),
    ],
)
def test_refusals_say_where_what_and_how(check: Callable[[Any, str], Any], value: Any, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        check(value, "x")
    assert str(refused.value) == sentence
    assert refused.value.field == "x"


@tabled(
    "text",
    [
        "1969-12-31",
        "2101-01-01",
        "20261014",
        "2026-W42-3",
        "2026-10-14T00:00",
        "2026-1-4",
        "٢٠٢٦-10-14",
        "2026-10-14\n",
        "",
        20261014,
        None,
    ],
)
def test_dates_of_another_form_or_time_are_refused(text: object) -> None:
    with pytest.raises(Refused, match="must be a date from 1970 to 2100"):
        checks.parse_date(text, "x")


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-10-14T10:00:00+02:00", "2026-10-14T08:00:00Z"),
        ("2026-10-14T10:00:00.999999999Z", "2026-10-14T10:00:00Z"),
        ("2026-10-14T10:00Z", "2026-10-14T10:00:00Z"),
        ("2026-10-14T10:00:30-0330", "2026-10-14T13:30:30Z"),
        ("2026-10-14T10:00:00+02", "2026-10-14T08:00:00Z"),
        ("1970-01-01T00:00:00-00:00", "1970-01-01T00:00:00Z"),
        ("2101-01-01T00:59:59+01:00", "2100-12-31T23:59:59Z"),
    ],
)
def test_instants_with_any_offset(text: str, instant: str) -> None:
    parsed = checks.parse_instant(text, "x")
    assert parsed == datetime.fromisoformat(instant)
    assert parsed.tzinfo is UTC
    assert parsed.microsecond == 0


@tabled(
    "text",
    [
        "2026-10-14T10:00:00",
        "2026-10-14",
        "2026-10-14T10:00:60Z",
        "2026-13-14T10:00:00Z",
        "2026-10-14T10:00:00+24:00",
        "2026-10-14T10:00:00+02:60",
        "2026-10-14 10:00:00Z",
        "2026-10-14T10:00.5Z",
        "now",
        1760428800,
        True,
    ],
)
def test_instants_without_offset_or_of_no_time_are_refused(text: object) -> None:
    with pytest.raises(Refused, match="must be a time with its UTC offset"):
        checks.parse_instant(text, "x")


@pytest.mark.parametrize(
    "text",
    [
        "1970-01-01T00:30:00+01:00",
        "2100-12-31T23:59:59-01:00",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
    ],
)
def test_instants_are_of_the_years_1970_to_2100_in_utc(text: str) -> None:
    with pytest.raises(Refused, match="must be from 1970 to 2100"):
        checks.parse_instant(text, "x")


def test_an_instant_from_a_form_is_kept_in_utc_to_the_second() -> None:
    given_instant = datetime(2026, 10, 14, 10, 0, 0, 7, timezone(timedelta(hours=2)))
    assert checks.check_instant(given_instant, "x") == datetime(2026, 10, 14, 8, tzinfo=UTC)
    with pytest.raises(Refused, match="must have its UTC offset"):
        checks.check_instant(naive("2026-10-14T10:00"), "x")


def test_wall_times_are_naive_and_to_the_minute() -> None:
    assert checks.parse_wall_time("2026-10-14T10:00", "x") == naive("2026-10-14T10:00")
    assert checks.parse_wall_time("2026-10-14T10:00:59.9", "x") == naive("2026-10-14T10:00")
    kept = checks.check_wall_time(naive("2026-10-25T02:30:10").replace(fold=1), "x")
    assert (kept, kept.fold) == (naive("2026-10-25T02:30"), 0)


@tabled("text", ["2026-10-14T10:00Z", "2026-10-14T10:00+02:00", "2026-10-14", "2026-10-14T24:00", "10:00", 5])
def test_wall_times_of_another_form_are_refused(text: object) -> None:
    with pytest.raises(Refused, match="must be a local time without an offset"):
        checks.parse_wall_time(text, "x")


@pytest.mark.parametrize("text", ["1969-12-31T23:59", "2101-01-01T00:00"])
def test_wall_times_of_other_years_are_refused(text: str) -> None:
    with pytest.raises(Refused, match="must be from 1970 to 2100"):
        checks.parse_wall_time(text, "x")


def test_zones_and_countries_that_exist() -> None:
    for zone in ("Europe/Madrid", "America/New_York", "UTC", "Etc/GMT+12"):
        assert checks.check_zone(zone, "x") == zone
    for country in ("ES", "ES-MD", "US", "US-NY", "UK", "FR-Zone A"):
        assert checks.check_country(country, "x") == country


def test_values_of_an_enumeration() -> None:
    assert checks.check_member("applied", "stage", tuple(Stage)) is Stage.APPLIED
    with pytest.raises(Refused, match=r"^stage must be one of saved, applied, .*, not “Applied”\.$"):
        checks.check_member("Applied", "stage", tuple(Stage))


def test_a_datetime_is_no_date() -> None:
    assert checks.check_date(date(2100, 12, 31), "x") == date(2100, 12, 31)
    with pytest.raises(Refused):
        checks.check_date(naive("2026-10-14T10:00"), "x")


def test_times_of_day() -> None:
    assert checks.parse_time("00:00", "x") == time(0)
    assert checks.parse_time("23:59", "x") == time(23, 59)
    with pytest.raises(Refused):
        checks.parse_time("9:30", "x")


@given(st.one_of(st.text(), st.integers(), st.floats(), st.none(), st.booleans(), st.binary()))
def test_a_value_is_shown_in_one_printable_line(value: object) -> None:
    assert checks.quoted(value).isprintable()
