"""Time zones as they are said behind a time: a known one is that zone, an unknown one is still noticed."""

from __future__ import annotations

from followup_desktop.services.capture.said_zones import zone_said, zoned_times
from followup_desktop.services.capture.vocabulary import plain

KNOWN = {
    "um 9 Uhr Pazifikzeit": "America/Los_Angeles",
    "um 9 Uhr (Ortszeit London)": "Europe/London",
    "um 9 Uhr (US-Ostküste)": "America/New_York",
    "um 15 Uhr, Zeitzone New York": "America/New_York",
    "um 15 Uhr WEZ": "Europe/Lisbon",
    "à 15h, heure du Pacifique": "America/Los_Angeles",
    "à 15h (heure locale de Tokyo)": "Asia/Tokyo",
    "à 15h, heure du Québec": "America/Toronto",
    "à 15h TU": "UTC",
    "à 15 h HAEC": "Europe/Paris",
    "a las 16:00, hora del Pacífico": "America/Los_Angeles",
    "a las 16:00 (hora local de Londres)": "Europe/London",
    "a las 16:00 hora del Este": "America/New_York",
    "a las 15:00 en Canarias": "Atlantic/Canary",
    "a las 15:00, una hora menos en Canarias": "Europe/Madrid",
    "a las 15:00, hora portuguesa": "Europe/Lisbon",
    "a las 15:00, hora centroeuropea": "Europe/Berlin",
    "at 3pm AEST": "Australia/Sydney",
    "at 3pm SGT": "Asia/Singapore",
    "at 3pm MSK": "Europe/Moscow",
    "at 3pm HKT": "Asia/Hong_Kong",
    "at 3pm BRT": "America/Sao_Paulo",
    "at 3pm Central": "America/Chicago",
    "at 3pm Central European Time": "Europe/Berlin",
    "at 3pm Eastern European Time": "Europe/Helsinki",
    "at 3pm est.": "America/New_York",
    "at 15:00 Z": "UTC",
    "at 3pm London": "Europe/London",
    "at 3pm (Berlin)": "Europe/Berlin",
    "at 3 PM Madrid about the role": "Europe/Madrid",
    "at 15:00 in New York": "America/New_York",
    "um 15 Uhr Wien": "Europe/Vienna",
    "a las 15:00 en Londres": "Europe/London",
    "à 15h (Genève)": "Europe/Zurich",
    "at 3pm Oslo time": "Europe/Oslo",
    "at 3pm Nairobi.": "Africa/Nairobi",
    "at 3pm Sydney": "Australia/Sydney",
    "at 3pm est tomorrow": "America/New_York",
    "at 3pm et works": "America/New_York",
}
YOURS = (
    "at 3pm your time",
    "at 3 pm (your local time)",
    "um 15 Uhr Ihrer Zeit",
    "um 15 Uhr (deiner Ortszeit)",
    "a las 15:00 (su hora)",
    "a las 15:00, tu hora local",
    "à 15h, votre heure",
    "à 15h (heure de votre pays)",
)
ASKED = (
    "um 9 Uhr Kanadazeit",
    "um 9 Uhr (Ortszeit Hanoi)",
    "um 9 Uhr, Zeitzone Hanoi",
    "à 15h, heure des Antilles",
    "à 15h, heure locale de Hanoï",
    "à 15h, heure japonaise",
    "a las 16:00, hora del Caribe",
    "a las 16:00, hora local de Hanói",
    "a las 16:00, hora polaca",
    "at 3pm ICT",
)
NONE = (
    "um 15 Uhr ist gut",
    "um 15 Uhr Ortszeit ein",
    "um 15 Uhr MAP",
    "UM 15 UHR IM HAUS",
    "à 15h et à 17h",
    "à 15h est parfait",
    "à 15h, à l'heure du déjeuner",
    "à 15h heure d'été",
    "a las 15:00, hora de la entrevista",
    "a las 15:00 en la península ibérica",
    "at 3pm West Wing",
    "at 3pm Central Station",
    "at 3pm local time",
    "at 3 PM but",
    "at 3pm our time",
    "at 3pm London Room",
    "at 3pm, Sydney will call you",
    "at 3pm Paris Martin joins",
    "à 15h est demain",
    "à 15h et on verra",
)


def _zones(text: str) -> tuple[str, ...] | None:
    [(_clock, zone)] = zoned_times(plain(text), text)[:1]
    return zone.zones if zone is not None else None


def test_a_known_zone_is_what_it_is_called() -> None:
    missing = {said: _zones(said) for said, zone in KNOWN.items() if zone not in (_zones(said) or ())}
    assert not missing


def test_the_zone_of_whom_it_is_written_to_is_noticed() -> None:
    said = {text: zoned_times(plain(text), text)[0][1] for text in YOURS}
    assert not {text: zone for text, zone in said.items() if zone is None or not zone.is_yours}


def test_an_unknown_zone_is_noticed_and_means_none() -> None:
    assert not {said: _zones(said) for said in ASKED if _zones(said) != ()}


def test_a_word_behind_a_time_is_no_zone() -> None:
    assert not {said: _zones(said) for said in NONE if _zones(said) is not None}


def test_a_field_tells_a_zone_in_capitals_from_a_word() -> None:
    assert (zone_said("mardi 15h EST"), zone_said("mardi 15h est bien")) == ("EST", "")
