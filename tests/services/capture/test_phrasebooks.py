"""Dates as people say them in Spanish, German and French, whatever the language of the interface is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from followup_desktop.domain.errors import Refused
from followup_desktop.services.capture import date_texts
from followup_desktop.services.capture.clocks import spoken_time
from followup_desktop.services.capture.dates import DateWriting, Direction, read_date, read_hours_ahead
from followup_desktop.services.capture.phrasebook import Phrasebook, phrasebooks
from followup_desktop.services.capture.times import read_time
from tests.pseudo_locale import speaking
from tests.tables import tabled, wrong

WED = date(2026, 10, 14)
NEXT, LAST = Direction.NEXT, Direction.LAST
INTERFACES = {
    "English": DateWriting(),
    "American": DateWriting(order="Mdy", day_first=False),
    **{
        name: DateWriting(separator=sign, months=book.months, weekdays=book.weekdays)
        for name, sign, book in zip(("German", "Spanish", "French"), ".//", phrasebooks(), strict=True)
    },
}

SPANISH = [
    ("dentro de mes y medio", "2026-11-29"),
    ("en semana y media", "2026-10-25"),
    ("dentro de 15 días", "2026-10-29"),
    ("de hoy en quince", "2026-10-28"),
    ("de mañana en quince", "2026-10-29"),
    ("del lunes en quince", "2026-11-02"),
    ("dentro de ocho días", "2026-10-21"),
    ("siete u ocho días", "2026-10-22"),
    ("en quince días hábiles", "2026-11-04"),
    ("como tarde el viernes", "2026-10-16"),
    ("no antes del martes", "2026-10-20"),
    ("de 2 a 3 semanas", "2026-11-04"),
    ("en unos diez días", "2026-10-24"),
    ("en cosa de una semana", "2026-10-21"),
    ("a finales de la próxima semana", "2026-10-23"),
    ("el 3 del próximo mes", "2026-11-03"),
    ("la primera quincena de noviembre", "2026-11-16"),
    ("la segunda quincena de noviembre", "2026-11-30"),
    ("después de Todos los Santos", "2026-11-02"),
    ("a lo largo de noviembre", "2026-11-30"),
    ("en un plazo de 48 horas", "2026-10-16"),
    ("la semana del 2", "2026-11-06"),
    ("del 19 al 23", "2026-10-23"),
    ("mañana mismo", "2026-10-15"),
    ("a lo sumo en dos semanas", "2026-10-28"),
    ("en menos de dos semanas", "2026-10-28"),
    ("antes de que acabe el año", "2026-12-31"),
    ("a lo largo de la semana que viene", "2026-10-23"),
    ("durante esta semana", "2026-10-16"),
    ("en el transcurso de la próxima semana", "2026-10-23"),
    ("a primeros de noviembre", "2026-11-10"),
    ("este finde", "2026-10-18"),
    ("el día de Reyes", "2027-01-06"),
    ("después de Reyes", "2027-01-07"),
    ("tras las navidades", "2026-12-28"),
    ("en 5 días naturales", "2026-10-19"),
    ("en veinticuatro horas", "2026-10-15"),
    ("de hoy en ocho", "2026-10-21"),
    ("de mañana en ocho días", "2026-10-22"),
    ("del lunes en ocho", "2026-10-26"),
    ("del viernes en ocho", "2026-10-23"),
    ("mañana o pasado", "2026-10-16"),
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
    ("pasado mañana", "2026-10-16"),
    ("la semana que viene el miércoles", "2026-10-21"),
    ("el miércoles de la semana que viene", "2026-10-21"),
    ("en quince días", "2026-10-28"),
    ("dentro de una quincena", "2026-10-28"),
    ("de aquí a dos semanas", "2026-10-28"),
    ("de lunes a miércoles", "2026-10-21"),
    ("entre el lunes y el miércoles", "2026-10-21"),
]
GERMAN = [
    ("in acht Tagen", "2026-10-21"),
    ("heute in acht Tagen", "2026-10-21"),
    ("heute in 8 Tagen", "2026-10-21"),
    ("in 8 Tagen", "2026-10-22"),
    ("morgen in acht Tagen", "2026-10-22"),
    ("in sieben bis acht Tagen", "2026-10-22"),
    ("in acht Werktagen", "2026-10-26"),
    ("Montag in 14 Tagen", "2026-11-02"),
    ("in KW45", "2026-11-06"),
    ("bis einschließlich Montag", "2026-10-19"),
    ("in gut einer Woche", "2026-10-21"),
    ("in knapp drei Wochen", "2026-11-04"),
    ("im Laufe des Novembers", "2026-11-30"),
    ("die Woche vom 2. November", "2026-11-06"),
    ("von heute an in drei Wochen", "2026-11-04"),
    ("gegen Ende des Monats", "2026-10-30"),
    ("am WE", "2026-10-18"),
    ("nicht vor Dienstag", "2026-10-20"),
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
    ("übernächste Woche Montag", "2026-10-26"),
    ("diese Woche Freitag", "2026-10-16"),
    ("Montag in einer Woche", "2026-10-26"),
    ("in vierzehn Tagen", "2026-10-28"),
    ("bis Ende des Monats", "2026-10-30"),
    ("Freitag in zwei Wochen", "2026-10-30"),
    ("kommende Woche", "2026-10-23"),
    ("vom 19. bis 23. Oktober", "2026-10-23"),
    ("nächste Woche Mittwoch", "2026-10-21"),
    ("Mittwoch nächste Woche", "2026-10-21"),
    ("überübermorgen", "2026-10-17"),
    ("noch diese Woche", "2026-10-16"),
    ("im Laufe der Woche", "2026-10-16"),
    ("im Laufe der nächsten Woche", "2026-10-23"),
    ("Wochenanfang", "2026-10-20"),
    ("morgen in einer Woche", "2026-10-22"),
    ("Freitag in 14 Tagen", "2026-10-30"),
    ("kommenden Mi.", "2026-10-21"),
    ("nächsten Do", "2026-10-22"),
    ("frühestens Montag", "2026-10-19"),
    ("nicht vor Montag", "2026-10-19"),
    ("bis allerspätestens Freitag", "2026-10-16"),
    ("in etwa zwei Wochen", "2026-10-28"),
    ("in höchstens zwei Wochen", "2026-10-28"),
    ("in 1,5 Wochen", "2026-10-25"),
    ("in einundzwanzig Tagen", "2026-11-04"),
    ("in einem Vierteljahr", "2027-01-14"),
    ("in der 43. KW", "2026-10-23"),
    ("in KW 43", "2026-10-23"),
    ("in der ersten Novemberwoche", "2026-11-06"),
    ("in der ersten Woche im November", "2026-11-06"),
    ("erste Novemberhälfte", "2026-11-16"),
    ("zum Fünfzehnten", "2026-10-15"),
    ("1. Weihnachtstag", "2026-12-25"),
    ("Karfreitag", "2027-03-26"),
    ("nach Pfingsten", "2027-05-18"),
    ("Christi Himmelfahrt", "2027-05-06"),
    ("nach Allerheiligen", "2026-11-02"),
]
FRENCH = [
    ("d'aujourd'hui en huit", "2026-10-21"),
    ("aujourd'hui en quinze", "2026-10-28"),
    ("demain en huit", "2026-10-22"),
    ("dans sept ou huit jours", "2026-10-22"),
    ("dans quinze jours ouvrés", "2026-11-04"),
    ("dans 2 à 3 semaines", "2026-11-04"),
    ("lundi en quinze", "2026-11-02"),
    ("lundi en huit", "2026-10-26"),
    ("S45", "2026-11-06"),
    ("fin S44", "2026-10-30"),
    ("courant décembre", "2026-12-31"),
    ("sous huitaine", "2026-10-21"),
    ("dans une huitaine de jours", "2026-10-21"),
    ("sous quarante-huit heures", "2026-10-16"),
    ("d’ici une dizaine de jours", "2026-10-24"),
    ("la première quinzaine de novembre", "2026-11-16"),
    ("seconde quinzaine de novembre", "2026-11-30"),
    ("après la Toussaint", "2026-11-02"),
    ("pas avant le 3 novembre", "2026-11-03"),
    ("dans la semaine", "2026-10-16"),
    ("dans trois semaines environ", "2026-11-04"),
    ("d’ici deux bonnes semaines", "2026-10-28"),
    ("du 19 au 23", "2026-10-23"),
    ("dans un délai de deux semaines", "2026-10-28"),
    ("le 20 courant", "2026-10-20"),
    ("dans la semaine du 2", "2026-11-06"),
    ("tout début novembre", "2026-11-10"),
    ("demain", "2026-10-15"),
    ("aujourd’hui", "2026-10-14"),
    ("après-demain", "2026-10-16"),
    ("apres demain", "2026-10-16"),
    ("vendredi", "2026-10-16"),
    ("ce vendredi", "2026-10-16"),
    ("vendredi prochain", "2026-10-23"),
    ("vendredi en huit", "2026-10-23"),
    ("dans deux semaines", "2026-10-28"),
    ("dans quinze jours", "2026-10-28"),
    ("d’ici deux semaines", "2026-10-28"),
    ("d’ici vendredi", "2026-10-16"),
    ("dans un mois", "2026-11-14"),
    ("sous dix jours ouvrés", "2026-10-28"),
    ("dans une semaine et demie", "2026-10-25"),
    ("cette semaine", "2026-10-16"),
    ("la semaine prochaine", "2026-10-23"),
    ("fin de semaine", "2026-10-16"),
    ("à la fin de la semaine prochaine", "2026-10-23"),
    ("lundi de la semaine prochaine", "2026-10-19"),
    ("fin octobre", "2026-10-30"),
    ("fin du mois", "2026-10-30"),
    ("à la mi-novembre", "2026-11-16"),
    ("mi-novembre", "2026-11-16"),
    ("début novembre", "2026-11-10"),
    ("la première semaine de novembre", "2026-11-06"),
    ("le 23 octobre", "2026-10-23"),
    ("vendredi 23 octobre 2026", "2026-10-23"),
    ("le vendredi 23 octobre", "2026-10-23"),
    ("le 23", "2026-10-23"),
    ("1er novembre", "2026-11-01"),
    ("le premier novembre", "2026-11-01"),
    ("avant vendredi", "2026-10-15"),
    ("avant le vendredi", "2026-10-15"),
    ("vendredi au plus tard", "2026-10-16"),
    ("au plus tard vendredi", "2026-10-16"),
    ("après Noël", "2026-12-28"),
    ("lundi ou mardi", "2026-10-20"),
    ("du 19 au 23 octobre", "2026-10-23"),
    ("de lundi à mercredi", "2026-10-21"),
    ("dans deux ou trois semaines", "2026-11-04"),
    ("entre lundi et mercredi", "2026-10-21"),
    ("jusqu’à vendredi", "2026-10-16"),
    ("fin décembre", "2026-12-31"),
    ("fin déc.", "2026-12-31"),
    ("d’ici fin décembre", "2026-12-31"),
    ("vers la fin décembre", "2026-12-31"),
    ("fin d’avril", "2027-04-30"),
    ("fin du mois de décembre", "2026-12-31"),
    ("début décembre", "2026-12-10"),
    ("milieu décembre", "2026-12-15"),
    ("mi décembre", "2026-12-15"),
    ("dans un mois et demi", "2026-11-29"),
]
WITH_TIMES = [
    ("morgen um fünf vor halb drei", "2026-10-15", "14:25"),
    ("Freitag 20 nach 4", "2026-10-16", "16:20"),
    ("am 20. Oktober nach 4 Uhr", "2026-10-20", "16:00"),
    ("demain à huit heures moins dix", "2026-10-15", "07:50"),
    ("mañana a las tres menos diez", "2026-10-15", "14:50"),
    ("demain à 10 h", "2026-10-15", "10:00"),
    ("demain matin", "2026-10-15", None),
    ("demain à 14h30", "2026-10-15", "14:30"),
    ("vendredi à trois heures et demie", "2026-10-16", "15:30"),
    ("vendredi à midi", "2026-10-16", "12:00"),
    ("vendredi après-midi", "2026-10-16", None),
    ("vendredi à neuf heures moins le quart", "2026-10-16", "08:45"),
    ("lundi de 10 h à 11 h", "2026-10-19", "10:00"),
    ("lundi entre 10h et 11h", "2026-10-19", "10:00"),
    ("demain à 5 heures de l’après-midi", "2026-10-15", "17:00"),
    ("demain à 17 heures", "2026-10-15", "17:00"),
    ("le 23 octobre à 10 heures 15", "2026-10-23", "10:15"),
    ("demain soir", "2026-10-15", None),
    ("vendredi à midi et demi", "2026-10-16", "12:30"),
    ("cet après-midi", "2026-10-14", None),
    ("en fin de journée", "2026-10-14", None),
    ("vendredi en fin de journée", "2026-10-16", None),
    ("fin d’après-midi", "2026-10-14", None),
    ("vendredi en fin de matinée", "2026-10-16", None),
    ("vendredi en début de soirée", "2026-10-16", None),
    ("übermorgen früh", "2026-10-16", None),
    ("Freitag halb drei", "2026-10-16", "14:30"),
    ("morgen mittags", "2026-10-15", "12:00"),
    ("morgen Mittag", "2026-10-15", "12:00"),
    ("Freitagmittag", "2026-10-16", "12:00"),
    ("Freitag um Viertel nach drei", "2026-10-16", "15:15"),
    ("Freitag Viertel nach 3", "2026-10-16", "15:15"),
    ("Freitag um viertel drei", "2026-10-16", "14:15"),
    ("heute Nachmittag", "2026-10-14", None),
    ("morgen Abend", "2026-10-15", None),
    ("übermorgen um 9", "2026-10-16", "09:00"),
    ("Freitagvormittag", "2026-10-16", None),
    ("am Freitag gegen Mittag", "2026-10-16", "12:00"),
    ("Freitag 14:30 Uhr", "2026-10-16", "14:30"),
    ("Freitag um 14 Uhr 30", "2026-10-16", "14:30"),
    ("nächste Woche am Mittwoch um 10 Uhr", "2026-10-21", "10:00"),
    ("pasado mañana a mediodía", "2026-10-16", "12:00"),
    ("el viernes que viene a las tres y media", "2026-10-23", "15:30"),
    ("el viernes al mediodía", "2026-10-16", "12:00"),
    ("el viernes a mediodía", "2026-10-16", "12:00"),
    ("a las tres y media del viernes", "2026-10-16", "15:30"),
    ("el viernes a las 15 h", "2026-10-16", "15:00"),
    ("mañana a las tres menos cuarto", "2026-10-15", "14:45"),
    ("pasado mañana por la tarde", "2026-10-16", None),
    ("este mediodía", "2026-10-14", "12:00"),
]


@tabled("interface", INTERFACES)
def test_a_phrase_is_read_in_every_interface(interface: str) -> None:
    def read(said: str) -> tuple[str, bool]:
        found = read_date(said, WED, NEXT, INTERFACES[interface])
        return found.day.isoformat(), found.timed

    assert wrong([(said, (meant, False)) for said, meant in SPANISH + GERMAN + FRENCH], read) == []


HAS_HAPPENED = [
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
    ("vorvorgestern", "2026-10-11"),
    ("vorletzte Woche", "2026-10-02"),
    ("vorletzten Freitag", "2026-10-02"),
    ("hier", "2026-10-13"),
    ("avant-hier", "2026-10-12"),
    ("il y a deux semaines", "2026-09-30"),
    ("vendredi dernier", "2026-10-09"),
    ("la semaine dernière", "2026-10-09"),
    ("le 20 décembre", "2025-12-20"),
    ("3 days ago", "2026-10-11"),
]


@tabled("interface", INTERFACES)
def test_so_is_what_has_happened(interface: str) -> None:
    writing = INTERFACES[interface]
    assert wrong(HAS_HAPPENED, lambda said: read_date(said, WED, LAST, writing).day.isoformat()) == []


@tabled(
    "said, meant",
    [
        ("mañana a las 10", "2026-10-15"),
        ("mañana por la mañana", "2026-10-15"),
        ("el viernes a las tres y media", "2026-10-16"),
        ("el 23 de octubre a las 10", "2026-10-23"),
        ("morgen um 10", "2026-10-15"),
        ("morgen früh", "2026-10-15"),
        ("Freitagnachmittag", "2026-10-16"),
        ("heute früh", "2026-10-14"),
        ("heute Morgen", "2026-10-14"),
        ("Do 15 Uhr", "2026-10-15"),
        ("Freitag um halb drei", "2026-10-16"),
        ("am 23. Oktober um 10 Uhr", "2026-10-23"),
    ],
)
def test_their_times_of_day_are_left_out_too(said: str, meant: str) -> None:
    found = read_date(said, WED, NEXT)
    assert (found.day.isoformat(), found.timed) == (meant, True)


@tabled(
    "said, clock",
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


@tabled(
    "said, minutes",
    [
        ("in zwei Stunden", 120),
        ("dentro de dos horas", 120),
        ("vor zwei Stunden", -120),
        ("hace dos horas", -120),
        ("dans deux heures", 120),
        ("il y a deux heures", -120),
        ("d’ici une demi-heure", 30),
    ],
)
def test_hours_from_now_are_counted(said: str, minutes: int) -> None:
    assert read_hours_ahead(said) == timedelta(minutes=minutes)


def test_a_day_and_its_hour_are_read_together() -> None:
    def read(said: str) -> tuple[str, bool, str | None]:
        found = read_date(said, WED, NEXT)
        hour = read_time(found.clock, working_day=True)
        return found.day.isoformat(), found.timed, f"{hour:%H:%M}" if hour else None

    assert wrong([(said, (day, True, clock)) for said, day, clock in WITH_TIMES], read) == []


@tabled(
    "said, why",
    [
        ("en las próximas semanas", "too vague"),
        ("in den nächsten Tagen", "too vague"),
        ("el jueves 23 de octubre", "23 October 2026 is a Friday, not a Thursday"),
        ("Donnerstag, 23. Oktober", "23 October 2026 is a Friday, not a Thursday"),
        ("jeudi 23 octobre", "23 October 2026 is a Friday, not a Thursday"),
        ("dans les prochaines semaines", "too vague"),
        ("bientôt", "isn't a date"),
        ("le", "isn't a date"),
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


@tabled("said", ["31 april", "30 february 2027", "Thursday, 23 October"])
@tabled("code", ["en", "de", "es", "fr"])
def test_the_reason_begins_as_a_sentence_does(code: str, said: str) -> None:
    with speaking(code), pytest.raises(Refused) as refused:
        read_date(said, WED, NEXT)
    begun = str(refused.value)[0]
    assert begun.isupper() or (code == "en" and begun.isdigit())


def test_a_language_that_shares_a_word_with_another_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    german, spanish, french = phrasebooks()
    portuguese = Phrasebook(
        months=spanish.months,
        weekdays=spanish.weekdays,
        rows=((r"\bem (?=\w+ semanas?\b)", "in "),),
        words={"duas": "2", "semanas": "weeks"},
    )
    books = (german, spanish, french, portuguese)
    monkeypatch.setattr(date_texts, "phrasebooks", lambda: books)
    read = read_date("em duas semanas", date(2026, 10, 14), Direction.NEXT)
    assert read.last == date(2026, 10, 28)
    with pytest.raises(Refused, match="too vague"):
        read_date("en semanas", date(2026, 10, 14), Direction.NEXT)


TIMES_OF_DAY = [
    ("fünf vor halb drei", "02:25"),
    ("zehn nach halb drei", "02:40"),
    ("5 nach halb 3", "02:35"),
    ("zehn vor halb neun", "08:20"),
    ("12 Uhr mittags", "12:00"),
    ("zwölf Uhr mittags", "12:00"),
    ("1 Uhr mittags", "13:00"),
    ("neun Uhr früh", "09:00"),
    ("9 Uhr morgens", "09:00"),
    ("20 nach 4", "04:20"),
    ("zwanzig vor fünf", "04:40"),
    ("fünf Minuten vor zwölf", "11:55"),
    ("neun Uhr dreißig", "09:30"),
    ("neun Uhr fünf", "09:05"),
    ("acht Uhr fünfzehn", "08:15"),
    ("12 Uhr nachts", "00:00"),
    ("elf Uhr nachts", "23:00"),
    ("abends um acht", "20:00"),
    ("morgens um halb neun", "08:30"),
    ("nachmittags um drei", "15:00"),
    ("mittags um zwölf", "12:00"),
    ("Mitternacht", "00:00"),
    ("Mittag", "12:00"),
    ("halb drei", "02:30"),
    ("viertel nach 4", "04:15"),
    ("Viertel vor vier", "03:45"),
    ("dreiviertel fünf", "04:45"),
    ("viertel fünf", "04:15"),
    ("acht Uhr abends", "20:00"),
    ("20 Uhr", "20:00"),
    ("um halb neun abends", "20:30"),
    ("14 Uhr nachmittags", "14:00"),
    ("zehn vor acht abends", "19:50"),
    ("neun Uhr in der Früh", "09:00"),
    ("um neun am Abend", "21:00"),
    ("huit heures moins dix", "07:50"),
    ("midi moins le quart", "11:45"),
    ("midi", "12:00"),
    ("minuit", "00:00"),
    ("midi et demi", "12:30"),
    ("midi et quart", "12:15"),
    ("midi moins dix", "11:50"),
    ("midi dix", "12:10"),
    ("minuit et demi", "00:30"),
    ("minuit moins le quart", "23:45"),
    ("huit heures dix", "08:10"),
    ("huit heures et quart", "08:15"),
    ("huit heures moins le quart", "07:45"),
    ("huit heures trente", "08:30"),
    ("huit heures trente-cinq", "08:35"),
    ("neuf heures moins vingt-cinq", "08:35"),
    ("neuf heures précises", "09:00"),
    ("20h30", "20:30"),
    ("8 heures moins 10", "07:50"),
    ("huit heures du soir", "20:00"),
    ("huit heures moins dix du soir", "19:50"),
    ("trois heures de l'après-midi", "15:00"),
    ("neuf heures et demie du matin", "09:30"),
    ("12h30 du matin", "00:30"),
    ("ten to midnight", "23:50"),
    ("10 to midnight", "23:50"),
    ("ten to noon", "11:50"),
    ("10 to noon", "10:00"),
    ("quarter past noon", "12:15"),
    ("dix heures cinq", "10:05"),
    ("onze heures vingt", "11:20"),
    ("las tres menos diez", "02:50"),
    ("las tres y diez", "03:10"),
    ("las tres y media", "03:30"),
    ("las tres menos cuarto", "02:45"),
    ("las doce del mediodía", "12:00"),
    ("la una del mediodía", "13:00"),
    ("las doce de la noche", "00:00"),
    ("mediodía", "12:00"),
    ("medianoche", "00:00"),
    ("las nueve de la mañana", "09:00"),
    ("las dos de la madrugada", "02:00"),
    ("las ocho y veinticinco de la tarde", "20:25"),
    ("diez para las tres", "02:50"),
    ("un cuarto para las tres", "02:45"),
    ("cuarto para las 3", "02:45"),
    ("las 8 y 20", "08:20"),
    ("las ocho de la noche", "20:00"),
    ("al mediodía", "12:00"),
    ("a medianoche", "00:00"),
    ("las tres en punto", "03:00"),
]


def test_a_time_of_day_alone_is_read() -> None:
    assert wrong(TIMES_OF_DAY, lambda said: f"{spoken_time(said) or 'none':%H:%M}") == []


@tabled("said", ["20 nach", "fünf vor halb", "zehn vor drei Wochen", "las tres menos", "midi moins"])
def test_what_is_half_a_time_is_none(said: str) -> None:
    assert spoken_time(said) is None
