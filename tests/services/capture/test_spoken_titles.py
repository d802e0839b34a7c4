"""A reminder's title says when, and only where it surely does is that taken out of it."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Repeat
from followup_desktop.services.capture.spoken_titles import split_title
from followup_desktop.services.capture.times import read_time
from followup_desktop.services.capture.vocabulary import ENGLISH
from tests.tables import tabled

NOW = datetime.fromisoformat("2026-10-14T10:07")
"""A Wednesday."""


@tabled(
    "typed, title, when",
    [
        ("call mum tomorrow at 5pm", "call mum", "2026-10-15 17:00"),
        ("call me back tomorrow at 5", "call me back", "2026-10-15 17:00"),
        ("Ask about visa on Friday", "Ask about visa", "2026-10-16"),
        ("Renew certificate by 20 Oct", "Renew certificate", "2026-10-20"),
        ("Call the bank at 5pm", "Call the bank", "2026-10-14 17:00"),
        ("Call the bank at 9", "Call the bank", "2026-10-15 09:00"),
        ("Call the bank 5pm tomorrow", "Call the bank", "2026-10-15 17:00"),
        ("Ring Ana in 2 hours", "Ring Ana", "2026-10-14 12:07"),
        ("chase Ana Friday the 23rd", "chase Ana", "2026-10-23"),
        ("chase Ana fri 23 oct 10:30", "chase Ana", "2026-10-23 10:30"),
        ("Send CV, tomorrow", "Send CV", "2026-10-15"),
        ("Call Ana in two weeks", "Call Ana", "2026-10-28"),
        ("call Ana this Friday", "call Ana", "2026-10-16"),
        ("Call Ana 8 January 2027", "Call Ana", "2027-01-08"),
        ("Mutter anrufen morgen um 17 Uhr", "Mutter anrufen", "2026-10-15 17:00"),
        ("llamar a mamá mañana a las 5", "llamar a mamá", "2026-10-15 17:00"),
        ("envoyer le CV dans deux semaines", "envoyer le CV", "2026-10-28"),
        ("rappeler Paul dans deux heures", "rappeler Paul", "2026-10-14 12:07"),
        ("relancer Acme le 20 octobre", "relancer Acme", "2026-10-20"),
        ("Mutter anrufen um 17 Uhr", "Mutter anrufen", "2026-10-14 17:00"),
        ("call mum tonight at 9", "call mum", "2026-10-14 21:00"),
        ("call mum tomorrow at 9", "call mum", "2026-10-15 09:00"),
        ("call 020 7946 0018 tomorrow at 10", "call 020 7946 0018", "2026-10-15 10:00"),
        ("call mum tomorrow morning at 9", "call mum", "2026-10-15 09:00"),
    ],
)
def test_the_time_at_the_end_of_a_title_is_read(typed: str, title: str, when: str) -> None:
    found = split_title(typed, NOW, ENGLISH)
    assert found is not None
    assert found.when is not None
    clock = read_time(found.when.clock, working_day=True)
    said = f"{found.when.day} {clock:%H:%M}" if clock else str(found.when.day)
    assert (found.title, said) == (title, when)


@tabled(
    "typed, title, when, repeat",
    [
        ("weekly review every monday 9am", "weekly review", "2026-10-19 09:00", Repeat.WEEKLY),
        ("weekly review 9am every Monday", "weekly review", "2026-10-19 09:00", Repeat.WEEKLY),
        ("check the boards every day at 9", "check the boards", "2026-10-15 09:00", Repeat.DAILY),
        ("check the boards daily", "check the boards", None, Repeat.DAILY),
        ("tidy the notes every week", "tidy the notes", None, Repeat.WEEKLY),
        ("stretch every working day at 11", "stretch", "2026-10-14 11:00", Repeat.WORKING_DAYS),
        ("Wochenrückblick jeden Montag um 9 Uhr", "Wochenrückblick", "2026-10-19 09:00", Repeat.WEEKLY),
        ("Stellen ansehen täglich", "Stellen ansehen", None, Repeat.DAILY),
        (
            "Stellen ansehen jeden Werktag um 9 Uhr",
            "Stellen ansehen",
            "2026-10-15 09:00",
            Repeat.WORKING_DAYS,
        ),
        ("revoir les offres chaque lundi à 9h", "revoir les offres", "2026-10-19 09:00", Repeat.WEEKLY),
        ("revoir les offres tous les jours", "revoir les offres", None, Repeat.DAILY),
        ("revisar ofertas cada lunes a las 9", "revisar ofertas", "2026-10-19 09:00", Repeat.WEEKLY),
        ("revisar ofertas todas las semanas", "revisar ofertas", None, Repeat.WEEKLY),
    ],
)
def test_how_often_is_read_with_the_time(typed: str, title: str, when: str | None, repeat: Repeat) -> None:
    found = split_title(typed, NOW, ENGLISH)
    assert found is not None
    said = None
    if found.when is not None:
        said = f"{found.when.day} {read_time(found.when.clock, working_day=True):%H:%M}"
    assert (found.title, said, found.repeat) == (title, when, repeat)


def test_a_working_day_is_none_of_the_weekend() -> None:
    friday_evening = datetime.fromisoformat("2026-10-16T19:00")
    found = split_title("stretch every working day at 11:00", friday_evening, ENGLISH)
    assert found is not None
    assert found.when is not None
    assert found.when.day == date(2026, 10, 19)


@pytest.mark.parametrize("typed", ["visit Friday 15 October", "visit them on Friday 15 October at 10"])
def test_a_day_of_another_weekday_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match="is a Thursday, not a Friday"):
        split_title(typed, NOW, ENGLISH)


@tabled(
    "typed",
    [
        "weekly review every second monday 9am",
        "pay rent every month on Friday every",
        "read the daily",
        "review the weekly figures",
        "prepare for Monday",
        "Ask Ana about tomorrow",
        "check where I sat",
        "See who may",
        "pay invoice 12/10",
        "Read chapter 5",
        "Buy 2 books",
        "Ask about the second",
        "Call Ana next week",  # any of five days
        "Renew passport in May",
        "tomorrow",
        "Friday the 23rd",
        "book train for 10 Dec at 9am to arrive by noon",
        "",
    ],
)
def test_what_may_be_a_part_of_the_title_stays_in_it(typed: str) -> None:
    assert split_title(typed, NOW, ENGLISH) is None
