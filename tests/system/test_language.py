"""Which language the system speaks."""

from __future__ import annotations

from followup_desktop.system.language import system_locale, wanted_locales
from tests.tables import tabled


@tabled(
    "environment, expected",
    [
        ({}, None),
        ({"LANG": "de_AT.UTF-8"}, "de_AT.UTF-8"),
        ({"LANG": "de_AT.UTF-8", "LC_ALL": "C"}, "C"),
        ({"LANG": "en_GB.UTF-8", "LC_TIME": "en_US.UTF-8"}, "en_US.UTF-8"),
        ({"LANG": "en_GB.UTF-8", "LC_TIME": "sv_SE.UTF-8"}, "en_GB.UTF-8"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "es_ES.UTF-8"}, "es_ES.UTF-8"),
        ({"LANG": "", "LC_MESSAGES": "fr_FR"}, "fr_FR"),
    ],
)
def test_texts_decide_and_dates_of_the_same_language_join(
    environment: dict[str, str], expected: str | None
) -> None:
    assert system_locale(environment) == expected


@tabled(
    "environment, chosen, of_desktop, expected",
    [
        ({"LANG": "de_AT.UTF-8"}, "", (), ("de_AT.UTF-8",)),
        ({"LANG": "de_AT.UTF-8", "LANGUAGE": "fr:es_MX:de"}, "", (), ("fr", "es_MX", "de_AT.UTF-8")),
        ({"LANG": "C.UTF-8", "LANGUAGE": "fr"}, "", (), ("C.UTF-8",)),
        ({"LANG": "en_GB.UTF-8", "LC_TIME": "fr_CA.UTF-8"}, "fr", (), ("fr_CA.UTF-8",)),
        ({"LANG": "de_AT.UTF-8"}, "es", (), ("es",)),
        ({}, "", ("de_CH", "en_US"), ("de_CH", "en_US")),
        ({}, "en", ("de_CH", "en_US"), ("en_US",)),
        ({}, "", (), ()),
    ],
)
def test_the_chosen_language_is_first_then_those_of_the_system_in_their_order(
    environment: dict[str, str], chosen: str, of_desktop: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    found = wanted_locales(environment, chosen, of_desktop)
    assert tuple(dict.fromkeys(found)) == expected
