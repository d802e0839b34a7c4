"""Every quarter of an hour, as each language says it, beside a day: a field and an email mean the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, time

import pytest

from followup_desktop.services.capture.clocks import languages
from followup_desktop.services.capture.dates import ENGLISH, DateWriting, Direction, read_date
from followup_desktop.services.capture.dates_in_text import clocks_in, days_in, offers_in
from followup_desktop.services.capture.mails import ReceivedMail
from followup_desktop.services.capture.phrasebook import phrasebooks
from followup_desktop.services.capture.replies import read_reply
from followup_desktop.services.capture.times import read_time
from tests.tables import wrong

WED = date(2026, 10, 14)
THURSDAY, TOMORROW = date(2026, 10, 22), date(2026, 10, 15)
_AFTERNOON_UNTIL = 7
"""Of a working day, one to six are hours of the afternoon where nobody says otherwise."""

Saying = tuple[str, time]


@dataclass(frozen=True)
class Language:
    """Its idioms, places for a time beside a day in a field and in a sentence, and how it writes dates."""

    sayings: Callable[[int, int], Iterator[Saying]]
    places: tuple[tuple[str, date], ...]
    sentences: tuple[str, ...]
    separator: str = "/"


def _words(code: str) -> list[str]:
    numbers = sorted(
        languages()[("de", "en", "es", "fr").index(code)].numbers.items(), key=lambda each: each[1]
    )
    first: dict[int, str] = {}
    for name, number in numbers:
        first.setdefault(number, name)
    return [first[number] for number in range(60)]


def _working(hour: int, minute: int) -> time:
    """What an hour of the twelve means where nothing tells the half of the day."""
    return time(hour + 12 if hour < _AFTERNOON_UNTIL else hour, minute)


def _german(hour: int, minute: int) -> Iterator[Saying]:
    words, exact = _words("de"), time(hour, minute)
    said = "ein" if hour == 1 else words[hour]
    if not 1 <= hour < _AFTERNOON_UNTIL:
        yield f"{said} Uhr {words[minute]}" if minute else f"{said} Uhr", exact
    yield (f"{hour} Uhr {minute}" if minute else f"{hour:02} Uhr"), exact
    yield f"{hour}.{minute:02} Uhr" if not 1 <= hour < 7 else f"{hour:02}:{minute:02} Uhr", exact
    yield f"{hour:02}h{minute:02}", exact
    half = "nachts" if hour < 5 else "morgens" if hour < 12 else "mittags" if hour == 12 else ""
    half = half or ("nachmittags" if hour < 18 else "abends")
    this, then = (
        words[hour % 12 or 12].replace("ein", "eins"),
        words[(hour + 1) % 12 or 12].replace("ein", "eins"),
    )
    this, then = ("eins" if each == "einss" else each for each in (this, then))
    idioms = {
        0: (f"{this} Uhr",),
        15: (f"Viertel nach {this}", f"viertel {then}", f"Viertel nach {hour % 12 or 12}"),
        30: (f"halb {then}", f"halb {(hour + 1) % 12 or 12}"),
        45: (f"Viertel vor {then}", f"drei viertel {then}", f"dreiviertel {then}"),
    }
    late = "nachts" if (hour, minute) == (23, 45) or (hour, minute) == (23, 30) else half
    for idiom in idioms[minute]:
        if hour not in {4, 11}:
            yield f"{idiom} {late}", exact
        if 7 <= hour < 12 or 13 <= hour < 18:
            yield idiom, exact


def _spanish(hour: int, minute: int) -> Iterator[Saying]:
    words, exact = _words("es"), time(hour, minute)
    the = "a la" if hour == 1 else "a las"
    if not 1 <= hour < _AFTERNOON_UNTIL:
        yield (f"{the} {words[hour]} y {words[minute]}" if minute else f"{the} {words[hour]}"), exact
    yield (f"a las {hour:02} y {minute}" if minute else f"a las {hour:02} horas"), exact
    yield f"a las {hour:02}:{minute:02} h", exact
    yield f"a las {hour:02}h{minute:02}", exact
    half = "de la noche" if hour >= 20 or hour == 0 else "de la tarde" if hour > 12 else "de la mañana"
    if hour == 12:
        half = "del mediodía"
    if 1 <= hour < 6:
        half = "de la madrugada"
    this, then = words[hour % 12 or 12], words[(hour + 1) % 12 or 12]
    the, next_the = ("a la" if each == "una" else "a las" for each in (this, then))
    idioms = {
        0: f"{the} {this}",
        15: f"{the} {this} y cuarto",
        30: f"{the} {this} y media",
        45: f"{next_the} {then} menos cuarto",
    }
    idiom = idioms[minute]
    if minute != 45 or hour not in {5, 11, 12, 19, 23}:
        yield f"{idiom} {half}", exact
        if minute in {15, 30}:
            yield f"{idiom} {half}".removeprefix("a las ").removeprefix("a la "), exact
    if 7 <= hour < 12 or 13 <= hour < 18:
        yield idiom, exact
        yield idiom.replace(this, str(hour % 12 or 12)) if minute != 45 else idiom, exact


def _french(hour: int, minute: int) -> Iterator[Saying]:
    words, exact = _words("fr"), time(hour, minute)
    hours = "heure" if hour == 1 else "heures"
    if not 1 <= hour < _AFTERNOON_UNTIL:
        yield f"à {words[hour]} {hours} {words[minute] if minute else ''}".strip(), exact
        yield f"à {words[hour]} {hours} {minute or ''}".strip(), exact
    yield f"à {hour:02} heures {minute or ''}".strip(), exact
    yield f"à {hour:02}h{minute or '':02}" if minute else f"à {hour:02} h", exact
    yield f"à {hour:02} h {minute:02}", exact
    half = "du matin" if hour < 12 else "de l’après-midi" if hour < 18 else "du soir"
    this, then = (each % 12 or 12 for each in (hour, hour + 1))
    if hour not in {0, 11, 12, 23}:
        idiom = {
            0: f"{words[this]} heures",
            15: f"{words[this]} heures et quart",
            30: f"{words[this]} heures et demie",
            45: f"{words[then]} heures moins le quart",
        }[minute]
        if not (minute == 45 and hour == 17):
            yield f"à {idiom} {half}", exact
        if 7 <= hour < 12 or 13 <= hour < 18:
            yield f"à {idiom}", exact
    if hour in {0, 12}:
        noon = "midi" if hour else "minuit"
        yield f"à {noon}{ {0: '', 15: ' et quart', 30: ' et demi', 45: ' quarante-cinq'}[minute] }", exact
    if hour in {11, 23} and minute == 45:
        yield f"à {'midi' if hour == 11 else 'minuit'} moins le quart", exact


def _english(hour: int, minute: int) -> Iterator[Saying]:
    words, exact = _words("en"), time(hour, minute)
    half = "am" if hour < 12 else "pm"
    this, then = hour % 12 or 12, (hour + 1) % 12 or 12
    yield f"at {hour:02}:{minute:02}", exact
    yield f"at {this}:{minute:02} {half}", exact
    yield f"at {this} {minute:02} {half}" if minute else f"at {this} {half}", exact
    yield f"{this}.{minute:02} {half[0]}.m.", exact
    yield f"at {words[this]} {words[minute]} {half}" if minute else f"at {words[this]} {half}", exact
    if 7 <= hour < 12 or 13 <= hour < 18:
        idiom = {
            0: f"{words[this]} o’clock",
            15: f"quarter past {words[this]}",
            30: f"half past {words[this]}",
            45: f"a quarter to {words[then]}",
        }[minute]
        yield idiom, exact
        yield f"at {idiom}", exact
        yield f"at {words[this]} {words[minute]}" if minute else f"at {words[this]}", exact
        if minute == 30:
            yield f"at half {words[this]}", exact


LANGUAGES = {
    "de": Language(
        _german,
        (
            ("Donnerstag, 22. Oktober, {}", THURSDAY),
            ("Donnerstag um {}", TOMORROW),
            ("Donnerstag {}", TOMORROW),
            ("Donnerstag, {}", TOMORROW),
            ("{} am Donnerstag", TOMORROW),
            ("{} am 22. Oktober", THURSDAY),
            ("um {} am 22. Oktober", THURSDAY),
            ("22. Oktober 2026 um {}", THURSDAY),
            ("morgen um {}", TOMORROW),
            ("22.10. {}", THURSDAY),
        ),
        (
            "Wir laden Sie am Donnerstag, dem 22. Oktober, um {} zum Gespräch ein.",
            "Wir laden Sie zum Gespräch ein: Donnerstag, 22. Oktober 2026, {}.",
            "Wir laden Sie um {} am 22. Oktober zum Gespräch ein.",
            "Wir laden Sie am 22.10.2026 um {} zum Vorstellungsgespräch ein.",
        ),
        ".",
    ),
    "es": Language(
        _spanish,
        (
            ("jueves 22 de octubre {}", THURSDAY),
            ("el jueves {}", TOMORROW),
            ("jueves, {}", TOMORROW),
            ("{} el jueves", TOMORROW),
            ("{} del jueves", TOMORROW),
            ("{} el 22 de octubre", THURSDAY),
            ("mañana {}", TOMORROW),
            ("22/10/2026 {}", THURSDAY),
        ),
        (
            "Le invitamos a una entrevista el jueves 22 de octubre {}.",
            "Le invitamos a una entrevista el jueves, 22 de octubre de 2026, {}.",
            "Le invitamos a una entrevista {} del jueves 22 de octubre.",
            "Le invitamos a una entrevista: jueves 22 de octubre, {}.",
        ),
    ),
    "fr": Language(
        _french,
        (
            ("jeudi 22 octobre {}", THURSDAY),
            ("jeudi {}", TOMORROW),
            ("jeudi, {}", TOMORROW),
            ("{} jeudi", TOMORROW),
            ("{} le 22 octobre", THURSDAY),
            ("demain {}", TOMORROW),
            ("{} demain", TOMORROW),
            ("22/10/2026 {}", THURSDAY),
        ),
        (
            "Nous vous invitons à un entretien le jeudi 22 octobre {}.",
            "Nous vous invitons à un entretien le jeudi 22 octobre 2026, {}.",
            "Nous vous invitons à un entretien {} le jeudi 22 octobre.",
        ),
    ),
    "en": Language(
        _english,
        (
            ("Thursday 22 October {}", THURSDAY),
            ("Thursday {}", TOMORROW),
            ("Thursday, {}", TOMORROW),
            ("{} on Thursday", TOMORROW),
            ("{} on 22 October", THURSDAY),
            ("tomorrow {}", TOMORROW),
            ("22/10/2026 {}", THURSDAY),
        ),
        (
            "We would like to invite you to an interview on Thursday 22 October {}.",
            "We would like to invite you to an interview on Thursday, October 22, 2026, {}.",
            "We would like to invite you to an interview {} on Thursday 22 October.",
        ),
    ),
}


def _said(language: Language) -> list[Saying]:
    quarters = ((hour, minute) for hour in range(24) for minute in (0, 15, 30, 45))
    return [saying for hour, minute in quarters for saying in language.sayings(hour, minute)]


def _writing(code: str) -> DateWriting:
    if code == "en":
        return ENGLISH
    book = phrasebooks()[("de", "es", "fr").index(code)]
    return DateWriting(separator=LANGUAGES[code].separator, months=book.months, weekdays=book.weekdays)


def _without_two_leads(text: str) -> str:
    return text.replace("um um", "um")


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_field_reads_each_quarter_of_the_day_beside_a_day(code: str) -> None:
    language, said = LANGUAGES[code], _said(LANGUAGES[code])
    places = language.places
    cases = [
        (_without_two_leads(place.format(words)), (day, meant))
        for turn, (words, meant) in enumerate(said)
        for place, day in (places[turn % len(places)], places[(turn // 5 + 3) % len(places)])
    ]

    def read(writing: DateWriting) -> Callable[[str], object]:
        def moment(text: str) -> object:
            found = read_date(text, WED, Direction.NEXT, writing)
            return found.day, read_time(found.clock, working_day=True)

        return moment

    assert wrong(cases, read(_writing(code))) == []
    assert wrong(cases[::3], read(ENGLISH)) == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_sentence_names_each_quarter_of_the_day(code: str) -> None:
    sentences = LANGUAGES[code].sentences
    cases = [
        (_without_two_leads(sentences[turn % len(sentences)].format(words)), [meant])
        for turn, (words, meant) in enumerate(_said(LANGUAGES[code]))
    ]
    assert wrong(cases, clocks_in) == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_an_email_proposes_the_time_on_its_day(code: str) -> None:
    sentences = LANGUAGES[code].sentences

    def proposed(text: str) -> object:
        reply = read_reply(ReceivedMail(subject="", text=text), WED)
        return reply.day, reply.clock

    some = _said(LANGUAGES[code])[::31]  # an email takes twenty times as long as its times of day
    cases = [
        (_without_two_leads(sentences[turn % len(sentences)].format(words)), (THURSDAY, meant))
        for turn, (words, meant) in enumerate(some)
    ]
    assert wrong(cases, proposed) == []


RANGES_AND_THE_LIKE = [
    ("jueves 22 de octubre de 9 a 10", [time(9)]),
    ("jueves 22 de octubre de 9 a 11 de la noche", [time(21)]),
    ("le jeudi 22 octobre entre 9h et 10h", [time(9)]),
    ("le jeudi 22 octobre de 14 à 15 heures", [time(14)]),
    ("am Donnerstag, 22. Oktober, von 9 bis 10 Uhr", [time(9)]),
    ("am Donnerstag, 22. Oktober, zwischen 14 und 15 Uhr", [time(14)]),
    ("Thursday 22 October from 9 to 10", [time(9)]),
    ("Thursday 22 October between 2 and 3 pm", [time(14)]),
    ("Thursday 22 October, 2-3pm", [time(14)]),
    ("fünf vor halb drei", [time(14, 25)]),
    ("um zehn nach halb neun", [time(8, 40)]),
    ("a las tres menos veinte de la tarde", [time(14, 40)]),
    ("un cuarto para las tres", [time(14, 45)]),
    ("à neuf heures moins vingt-cinq", [time(8, 35)]),
    ("at twenty-five past nine", [time(9, 25)]),
    ("at ten to three", [time(14, 50)]),
    ("abends um acht", [time(20)]),
    ("um 12h00 am Donnerstag", [time(12)]),
    ("mañana a las 3 y 20", [time(15, 20)]),
    ("el jueves a las 9 y 5", [time(9, 5)]),
    ("a las quince horas y treinta minutos", [time(15, 30)]),
    ("Donnerstag um neun Uhr und fünfzehn Minuten", [time(9, 15)]),
    ("jeudi à quinze heures et trente minutes", [time(15, 30)]),
    ("demain à 14h5", [time(14, 5)]),
    ("Thursday at 20 to 4", [time(15, 40)]),
]
EVERYDAY = [
    ("Thursday half-past two", time(14, 30)),
    ("Thursday quarter-to-four", time(15, 45)),
    ("Thursday ten to three", time(14, 50)),
    ("Thursday twenty-past two", time(14, 20)),
    ("Thursday three-thirty", time(15, 30)),
    ("Thursday nine oh five", time(9, 5)),
    ("Thursday quarter of three", time(14, 45)),
    ("Thursday 0900 hours", time(9)),
    ("Thursday fifteen hundred hours", time(15)),
    ("Thursday 3 to 4pm", time(15)),
    ("Donnerstag um 1530", time(15, 30)),
    ("Donnerstag 1530 Uhr", time(15, 30)),
    ("Donnerstag 15,30 Uhr", time(15, 30)),
    ("Donnerstag 15 Uhr s.t.", time(15)),
    ("Donnerstag 15 Uhr c. t.", time(15, 15)),
    ("Donnerstag so gegen drei", time(15)),
    ("Donnerstag um drei rum", time(15)),
    ("Donnerstag viertel über drei", time(15, 15)),
    ("jeudi 9 heures du mat", time(9)),
    ("jeudi à neuf heures du mat’", time(9)),
    ("jeudi 3h de l’aprèm", time(15)),
    ("jeudi vers les 15h", time(15)),
    ("jeudi sur les coups de 15h", time(15)),
    ("jeudi 15 à 16h", time(15)),
    ("jeudi 9h environ", time(9)),
    ("el jueves a eso de las tres", time(15)),
    ("el jueves como a las tres", time(15)),
    ("el jueves a partir de las 3", time(15)),
    ("el jueves tres en punto", time(15)),
    ("el jueves cinco y diez", time(17, 10)),
    ("el jueves entre 9 y 10", time(9)),
    ("el jueves alrededor de las 3", time(15)),
    ("el jueves a las 3 más o menos", time(15)),
    ("el jueves a las 12 m.", time(12)),
    ("jeudi aux alentours de 15h", time(15)),
    ("Donnerstag um 9:00 Uhr pünktlich", time(9)),
    ("Thursday 9 sharp", time(9)),
    ("Thursday 25 to 9", time(8, 35)),
    ("el jueves a las seis de la madrugada", time(6)),
    ("el jueves a las doce y media de la madrugada", time(0, 30)),
]


def test_everyday_times_are_read_in_a_field() -> None:
    def read(text: str) -> object:
        found = read_date(text, WED, Direction.NEXT)
        return found.day, read_time(found.clock, working_day=True)

    assert wrong([(text, (TOMORROW, clock)) for text, clock in EVERYDAY], read) == []


NO_TIMES = [
    "L’entretien du jeudi 22 octobre durera deux heures.",
    "Un entretien de 1h30 est prévu le jeudi 22 octobre.",
    "Réponse sous 48 heures, dans 2 heures au plus tard.",
    "Wir brauchen in drei Tagen noch zehn Unterlagen.",
    "Das Gespräch am 22. Oktober verschiebt sich um neun Tage.",
    "Die Stelle ist um 10 Prozent besser bezahlt.",
    "Informaremos a las dos candidatas el jueves 22 de octubre.",
    "Dentro de dos horas; la prueba dura 3 horas y una semana y media.",
    "El 20 y 21 de octubre, del 19 al 23, de 2 a 3 semanas.",
    "We look at three candidates, within 24 hours, in 2 to 3 weeks.",
    "We meet at five companies on 22 October and at 9 offices.",
    "Half the team and a quarter of 20 people will come.",
    "From 19 to 23 October, on the 9th or 10th of November.",
    # half a time is none
    "jueves 22 de octubre a las diez y pico",
    "am Donnerstag um neun Uhr drei",
    "am Donnerstag um 12 Uhr abends",
    "le jeudi à quatre vingt dix heures",
    "on Thursday at 9 75",
    "on Thursday at 9 and 15 minutes",
    "am Donnerstag um 9 Uhr 5.",
    "on Thursday at 13 pm",
    "el jueves a las 25",
]


def test_of_two_times_the_first_is_named_and_what_is_no_time_names_none() -> None:
    cases = [*RANGES_AND_THE_LIKE, *((text, []) for text in NO_TIMES)]
    assert wrong(cases, clocks_in) == []


def test_each_of_the_times_an_email_offers_is_told_whole() -> None:
    found = offers_in("el martes 20 de octubre a las 9 y cuarto o el miércoles 21 a las diez y media", WED)
    assert [(each.day.day, each.clock) for each in found] == [(20, time(9, 15)), (21, time(10, 30))]


def test_the_german_on_behind_a_time_makes_no_morning_of_it() -> None:
    def named(text: str) -> object:
        return [(each.day.day, each.clock) for each in days_in(text, WED)]

    cases = [
        ("Wir laden Sie um halb drei am 22. Oktober ein.", [(22, time(14, 30))]),
        ("Das Gespräch ist um 12.15 Uhr am 22. Oktober.", [(22, time(12, 15))]),
        ("The interview is at 9:15 am on 22 October.", [(22, time(9, 15))]),
    ]
    assert wrong(cases, named) == []


def test_a_field_tells_of_half_a_time_beside_its_day() -> None:
    def read(text: str) -> object:
        found = read_date(text, WED, Direction.NEXT)
        return found.day, found.clock, found.no_time

    cases = [
        ("el jueves a las diez y pico", (TOMORROW, "", "diez y pico")),
        ("Donnerstag um 24 Uhr", (TOMORROW, "", "24")),
        ("Donnerstag um neun Uhr drei", (TOMORROW, "", "neun uhr drei")),
        ("jeudi à 25 heures", (TOMORROW, "", "25")),
        ("Thursday at 9 75", (TOMORROW, "", "9 75")),
        ("el jueves a las tres pasadas", (TOMORROW, "", "tres pasadas")),
        ("el jueves de 6 a 19", (TOMORROW, "", "6 a 19")),
        ("Donnerstag von 5 bis 20 Uhr", (TOMORROW, "", "5 bis 20 uhr")),
        ("Thursday after lunch", (TOMORROW, "", "")),
    ]
    assert wrong(cases, read) == []
