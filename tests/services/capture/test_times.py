"""Times of day as people type them."""

from __future__ import annotations

from datetime import time

from hypothesis import given
from hypothesis import strategies as st

from followup_desktop.services.capture.clocks import spoken_time
from followup_desktop.services.capture.times import read_time
from tests.tables import tabled, wrong

TIMES = [
    ("14:30", time(14, 30)),
    ("14.30", time(14, 30)),
    ("1430", time(14, 30)),
    ("930", time(9, 30)),
    ("9", time(9)),
    ("9h15", time(9, 15)),
    ("14h", time(14)),
    ("at 9", time(9)),
    ("2:30 pm", time(14, 30)),
    ("2:30PM", time(14, 30)),
    ("5pm", time(17)),
    ("5 p", time(17)),
    ("5 in the afternoon", time(17)),
    ("9 in the morning", time(9)),
    ("12 am", time(0)),
    ("12 p.m.", time(12)),
    ("noon", time(12)),
    ("Midnight", time(0)),
    ("half past ten", time(10, 30)),
    ("quarter to eleven", time(10, 45)),
    ("a quarter past nine", time(9, 15)),
    ("ten past nine", time(9, 10)),
    ("five to ten", time(9, 55)),
    ("twenty five past nine", time(9, 25)),
    ("nine o'clock", time(9)),
    ("half past two pm", time(14, 30)),
    ("ten to three", time(2, 50)),
    ("twelve noon", time(12)),
    ("12 noon", time(12)),
    ("twelve midnight", time(0)),
    ("ten till three", time(2, 50)),
    ("ten of three", time(2, 50)),
    ("quarter of three", time(2, 45)),
    ("half two", time(2, 30)),
    ("twenty past four", time(4, 20)),
    ("nine in the evening", time(21)),
    ("eleven at night", time(23)),
    ("12 at night", time(0)),
    ("1 at night", time(1)),
    ("twelve thirty at night", time(0, 30)),
    ("five thirty", time(5, 30)),
    ("two fifteen", time(2, 15)),
    ("quarter past 4 in the afternoon", time(16, 15)),
    ("25:00", None),
    ("14:75", None),
    ("13 pm", None),
    ("99", None),
    ("qqq", None),
    ("half past", None),
    ("half", None),
    ("half 13", None),
    ("friday", None),
    ("", None),
]


def test_times_are_read() -> None:
    assert wrong(TIMES, read_time) == []


@tabled(
    "typed, meant, with_twelve_hours",
    [
        ("5", time(17), time(17)),
        ("half past two", time(14, 30), time(14, 30)),
        ("half 3", time(15, 30), time(15, 30)),
        ("half nine", time(9, 30), time(9, 30)),
        ("quarter to one", time(12, 45), time(12, 45)),
        ("6", time(18), time(18)),
        ("7", time(7), time(7)),
        ("10", time(10), time(10)),
        ("12", time(12), time(12)),
        ("5:30", time(5, 30), time(17, 30)),
        ("05:30", time(5, 30), time(5, 30)),
        ("5 am", time(5), time(5)),
        ("5:30 am", time(5, 30), time(5, 30)),
    ],
)
def test_of_a_working_day_five_is_in_the_afternoon(typed: str, meant: time, with_twelve_hours: time) -> None:
    assert read_time(typed, working_day=True) == meant
    assert read_time(typed, working_day=True, twelve_hours=True) == with_twelve_hours


@given(st.text(max_size=20))
def test_any_text_is_a_time_or_none(text: str) -> None:
    read_time(text)
    read_time(text, working_day=True, twelve_hours=True)


@tabled(
    "typed, meant",
    [
        ("half past two", time(14, 30)),
        ("halb drei", time(14, 30)),
        ("Viertel nach zwei", time(14, 15)),
        ("dreiviertel vier", time(15, 45)),
        ("14 Uhr", time(14)),
        ("14 Uhr 30", time(14, 30)),
        ("9 Uhr morgens", time(9)),
        ("Mitternacht", time(0)),
        ("midi et demi", time(12, 30)),
        ("deux heures moins le quart", time(13, 45)),
        ("à 15 heures", time(15)),
        ("minuit", time(0)),
        ("las tres y media", time(15, 30)),
        ("a las 5 de la tarde", time(17)),
        ("10 de la mañana", time(10)),
        ("mediodía", time(12)),
        ("medianoche", time(0)),
        ("bald", None),
        ("demain", None),
        ("12 de", None),
        ("la", None),
        ("", None),
    ],
)
def test_times_are_read_in_each_language_with_a_phrasebook(typed: str, meant: time | None) -> None:
    assert spoken_time(typed, working_day=True) == meant
