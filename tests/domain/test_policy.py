"""The settings: their table, their ranges, the preset."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Policy
from followup_desktop.domain.policy import SETTING, SETTINGS, SettingKind, check_policy
from tests.strategies import policies
from tests.sweeps import examples
from tests.tables import tabled

NUMBERS = [spec for spec in SETTINGS if spec.kind is SettingKind.NUMBER]
A_DAY = date(2026, 10, 1)


def test_every_setting_of_the_policy_is_described_once() -> None:
    assert sorted(spec.name for spec in SETTINGS) == sorted(field.name for field in fields(Policy))
    assert all(spec.unit is not None for spec in NUMBERS)


@tabled(
    "name, default, low, high",
    [
        ("ask_lead_minutes", 120, 0, 720),
        ("debrief_delay_minutes", 30, 0, 720),
        ("thank_you_delay_minutes", 120, 0, 720),
        ("thank_you_hours", 24, 24, 48),
        ("grace_working_days", 2, 0, 20),
        ("default_reply_working_days", 5, 1, 30),
        ("retry_working_days", 3, 1, 10),
        ("max_attempts", 2, 1, 5),
        ("contact_gap_working_days", 3, 0, 10),
        ("check_in_working_days", 10, 1, 30),
        ("check_in_retry_working_days", 5, 1, 20),
        ("min_active_applications", 3, 0, 50),
        ("search_gap_working_days", 5, 1, 30),
    ],
)
def test_numbers_have_the_defaults_and_ranges_of_the_rules(
    name: str, default: int, low: int, high: int
) -> None:
    assert SETTING[name].default == default
    for kept in (low, high):
        assert getattr(check_policy(change(name, kept)), name) == kept
    for refused in (low - 1, high + 1, float(low), True):
        with pytest.raises(Refused, match=f"^{name} must be a whole number from {low} to {high}, not "):
            check_policy(change(name, refused))


def change(name: str, value: Any) -> Policy:
    return replace(Policy(), **{name: value})


@tabled(
    "name, value, sentence",
    [
        ("timezone", "Mars/Olympus", "^timezone must be the name of a time zone"),
        ("country", "XX", "^country must be a country with known holidays"),
        (
            "quiet_until",
            time(9, 1),
            "^quiet_until would make quiet hours last from 21:00 to 09:01. They can last up to 12 hours",
        ),
        (
            "no_call_weekdays",
            (0, 1, 2, 3, 4),
            "^no_call_weekdays can include at most 4 of monday, .*friday. Leave",
        ),
        ("no_call_weekdays", (5,), "^no_call_weekdays can include at most 4 of"),
        ("call_windows", (), "^call_windows must have 1 to 4 windows, not 0"),
        ("call_windows", ((time(9), time(10)),) * 5, "^call_windows must have 1 to 4 windows, not 5"),
        (
            "call_windows",
            ((time(10), time(10)),),
            r"^call_windows\[0\] must start before it ends, not 10:00 to 10:00",
        ),
        (
            "call_windows",
            ((time(14), time(16)), (time(10), time(12))),
            r"^call_windows\[1\] starts at 10:00, before",
        ),
        (
            "call_windows",
            ((time(10), time(12)), (time(11), time(13))),
            r"^call_windows\[1\] starts at 11:00, before",
        ),
        ("away", ((A_DAY, A_DAY),) * 21, "^away must have at most 20 periods, not 21"),
        (
            "away",
            ((A_DAY, A_DAY - timedelta(days=1)),),
            r"^away\[0\] must be a first and a last day covering at most 60 days",
        ),
        (
            "away",
            ((A_DAY, A_DAY + timedelta(days=60)),),
            r"^away\[0\] must be a first and a last day covering at most 60 days",
        ),
        ("away", ((A_DAY, date(2101, 1, 1)),), r"^away\[0\]\[1\] must be a date from 1970 to 2100"),
    ],
)
def test_what_is_out_of_range_is_refused(name: str, value: Any, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        check_policy(change(name, value))


@tabled(
    "name, value",
    [
        ("country", None),
        ("quiet_until", time(9)),
        ("quiet_until", time(21)),
        ("no_call_weekdays", ()),
        ("no_call_weekdays", (4, 0, 1, 2)),
        ("call_windows", ((time(9), time(13)), (time(13), time(18)))),
        ("away", ((A_DAY, A_DAY), (A_DAY, A_DAY + timedelta(days=59)))),
    ],
)
def test_what_is_in_range_is_kept(name: str, value: Any) -> None:
    assert getattr(check_policy(change(name, value)), name) == value


def test_a_weekday_named_twice_is_kept_once_and_times_are_to_the_minute() -> None:
    assert check_policy(change("no_call_weekdays", (1, 0, 1))).no_call_weekdays == (1, 0)
    assert check_policy(change("quiet_from", time(22, 15, 30))).quiet_from == time(22, 15)


def test_a_refusal_names_the_place_in_a_file() -> None:
    with pytest.raises(Refused) as refused:
        check_policy(change("max_attempts", 0), "policy.")
    assert refused.value.field == "policy.max_attempts"


@settings(max_examples=examples(25), deadline=None)
@given(policies())
def test_a_policy_in_its_ranges_is_kept_as_it_is(policy: Policy) -> None:
    assert check_policy(policy) == policy
