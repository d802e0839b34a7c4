"""Dates as people say them in Spanish and German, whatever the language of the interface is."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from followup_desktop.domain.errors import Refused
from followup_desktop.services.capture import phrasebook
from followup_desktop.services.capture.dates import DateWriting, Direction, read_date, read_hours_ahead
from followup_desktop.services.capture.phrasebook import Phrasebook, phrasebooks
from followup_desktop.services.capture.times import read_time
from followup_desktop.services.capture.vocabulary import plain

WED = date(2026, 10, 14)
NEXT, LAST = Direction.NEXT, Direction.LAST
INTERFACES = {
    "English": DateWriting(),
    "American": DateWriting(order="Mdy", day_first=False),
    **{
        name: DateWriting(separator=sign, months=book.months, weekdays=book.weekdays)
        for name, sign, book in zip(("German", "Spanish"), "./", phrasebooks(), strict=True)
    },
}

SPANISH = [
    ("mañana", "2026-10-15"),
    ("manana", "2026-10-15"),
    ("Hoy", "2026-10-14"),
    ("pasado mañana", "2026-10-16"),
    ("el viernes", "2026-10-16"),
    ("este viernes", "2026-10-16"),
    ("el próximo viernes", "2026-10-23"),
    ("el viernes que viene", "2026-10-23"),
    ("en dos semanas", "2026-10-28"),
    ("dentro de 2 semanas", "2026-10-28"),
    ("dentro de un mes", "2026-11-14"),
    ("en diez días hábiles", "2026-10-28"),
    ("una semana y media", "2026-10-25"),
    ("esta semana", "2026-10-16"),
    ("la semana que viene", "2026-10-23"),
    ("la próxima semana", "2026-10-23"),
    ("lunes de la semana que viene", "2026-10-19"),
    ("la semana del 19 de octubre", "2026-10-23"),
    ("a finales de mes", "2026-10-30"),
    ("a mediados de noviembre", "2026-11-16"),
    ("a principios de noviembre", "2026-11-10"),
    ("primera semana de noviembre", "2026-11-06"),
    ("el 23 de octubre", "2026-10-23"),
    ("el viernes 23 de octubre de 2026", "2026-10-23"),
    ("el día 23", "2026-10-23"),
    ("1º de noviembre", "2026-11-01"),
    ("antes del viernes", "2026-10-15"),
    ("a más tardar el viernes", "2026-10-16"),
    ("después de Navidad", "2026-12-28"),
    ("el lunes o el martes", "2026-10-20"),
    ("del 19 al 23 de octubre", "2026-10-23"),
]
GERMAN = [
    ("morgen", "2026-10-15"),
    ("heute", "2026-10-14"),
    ("übermorgen", "2026-10-16"),
    ("uebermorgen", "2026-10-16"),
    ("bis Freitag", "2026-10-16"),
    ("am Freitag", "2026-10-16"),
    ("kommenden Freitag", "2026-10-16"),
    ("nächsten Freitag", "2026-10-23"),
    ("naechsten Freitag", "2026-10-23"),
    ("spätestens am Freitag", "2026-10-16"),
    ("in 2 Wochen", "2026-10-28"),
    ("in zwei Wochen", "2026-10-28"),
    ("in anderthalb Wochen", "2026-10-25"),
    ("innerhalb von 10 Werktagen", "2026-10-28"),
    ("heute in zwei Wochen", "2026-10-28"),
    ("Ende der Woche", "2026-10-16"),
    ("nächste Woche", "2026-10-23"),
    ("Ende nächster Woche", "2026-10-23"),
    ("Freitag nächster Woche", "2026-10-23"),
    ("übernächste Woche", "2026-10-30"),
    ("Kalenderwoche 43", "2026-10-23"),
    ("Anfang November", "2026-11-10"),
    ("Mitte November", "2026-11-16"),
    ("Monatsende", "2026-10-30"),
    ("erste Woche im November", "2026-11-06"),
    ("am 23.", "2026-10-23"),
    ("bis zum 23. Oktober", "2026-10-23"),
    ("Freitag, den 23. Oktober 2026", "2026-10-23"),
    ("vor Weihnachten", "2026-12-24"),
    ("in zwei bis drei Wochen", "2026-11-04"),
    ("von Montag bis Mittwoch", "2026-10-21"),
    ("19. bis 23. Oktober", "2026-10-23"),
    ("Montag oder Dienstag", "2026-10-20"),
    ("zwischen Montag und Mittwoch", "2026-10-21"),
]


@pytest.mark.parametrize(("said", "meant"), SPANISH + GERMAN)
@pytest.mark.parametrize("interface", INTERFACES)
def test_a_phrase_is_read_in_every_interface(interface: str, said: str, meant: str) -> None:
    found = read_date(said, WED, NEXT, INTERFACES[interface])
    assert (found.day.isoformat(), found.timed) == (meant, False)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("ayer", "2026-10-13"),
        ("anteayer", "2026-10-12"),
        ("hace dos semanas", "2026-09-30"),
        ("el viernes pasado", "2026-10-09"),
        ("la semana pasada", "2026-10-09"),
        ("el 20 de diciembre", "2025-12-20"),
        ("2 ago", "2026-08-02"),
        ("gestern", "2026-10-13"),
        ("vorgestern", "2026-10-12"),
        ("vor drei Tagen", "2026-10-11"),
        ("letzten Freitag", "2026-10-09"),
        ("am Freitag", "2026-10-09"),
        ("3 days ago", "2026-10-11"),
    ],
)
@pytest.mark.parametrize("interface", INTERFACES)
def test_so_is_what_has_happened(interface: str, said: str, meant: str) -> None:
    assert read_date(said, WED, LAST, INTERFACES[interface]).day.isoformat() == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("mañana a las 10", "2026-10-15"),
        ("mañana por la mañana", "2026-10-15"),
        ("el viernes a las tres y media", "2026-10-16"),
        ("el 23 de octubre a las 10", "2026-10-23"),
        ("morgen um 10", "2026-10-15"),
        ("morgen früh", "2026-10-15"),
        ("Freitagnachmittag", "2026-10-16"),
        ("Do 15 Uhr", "2026-10-15"),
        ("Freitag um halb drei", "2026-10-16"),
        ("am 23. Oktober um 10 Uhr", "2026-10-23"),
    ],
)
def test_their_times_of_day_are_left_out_too(said: str, meant: str) -> None:
    found = read_date(said, WED, NEXT)
    assert (found.day.isoformat(), found.timed) == (meant, True)


@pytest.mark.parametrize(
    ("said", "clock"),
    [
        ("mañana a las 5", "17:00"),
        ("el viernes a las cinco y media", "17:30"),
        ("el lunes a las 9 menos cuarto de la mañana", "08:45"),
        ("mañana a las 7 de la tarde", "19:00"),
        ("viernes al mediodía", "12:00"),
        ("viernes de las 10 a las 11", "10:00"),
        ("lunes a las 10:30 horas", "10:30"),
        ("mañana por la tarde", None),
        ("morgen um 17 Uhr", "17:00"),
        ("morgen um halb fünf", "16:30"),
        ("Freitag um viertel nach 3", "15:15"),
        ("morgen 9 Uhr 30", "09:30"),
        ("Freitag zwischen 10 und 11 Uhr", "10:00"),
        ("Freitag um 5 Uhr nachmittags", "17:00"),
        ("Freitagnachmittag", None),
    ],
)
def test_their_hours_are_read(said: str, clock: str | None) -> None:
    found = read_time(read_date(said, WED, NEXT).clock, working_day=True)
    assert (found and f"{found:%H:%M}") == clock


@pytest.mark.parametrize(
    ("said", "minutes"),
    [
        ("in zwei Stunden", 120),
        ("dentro de dos horas", 120),
        ("vor zwei Stunden", -120),
        ("hace dos horas", -120),
    ],
)
def test_hours_from_now_are_counted(said: str, minutes: int) -> None:
    assert read_hours_ahead(said) == timedelta(minutes=minutes)


def test_every_language_of_which_there_is_a_table_is_read() -> None:
    tables = {each.stem for each in Path(phrasebook.__file__).parent.glob("phrasebook_??.py")}
    assert len(phrasebooks()) == len(tables) >= 2


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("en las próximas semanas", "too vague"),
        ("in den nächsten Tagen", "too vague"),
        ("el jueves 23 de octubre", "23 October 2026 is a Friday, not a Thursday"),
        ("Donnerstag, 23. Oktober", "23 October 2026 is a Friday, not a Thursday"),
        ("31 de abril", "April has only 30 days"),
        ("so", "isn't a date"),
        ("pronto", "isn't a date"),
        ("bald", "isn't a date"),
        ("der", "isn't a date"),
    ],
)
def test_what_is_no_date_in_them_is_refused_with_the_reason(said: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        read_date(said, WED, NEXT)


@pytest.mark.parametrize("book", phrasebooks())
def test_a_table_is_written_in_the_plain_form_in_which_it_is_looked_up(book: Phrasebook) -> None:
    assert (len(book.months), len(book.weekdays)) == (12, 7)
    assert [word for word in book.words if word != plain(word)] == []
