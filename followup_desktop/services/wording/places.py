"""Countries and their regions by name, and what somebody who types one may mean."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from followup_desktop import i18n
from followup_desktop.domain.checks import countries
from followup_desktop.domain.places import region_names
from followup_desktop.i18n import _
from followup_desktop.storage.folding import fold, sort_key

_SPOKEN = {
    "uk": "GB",
    "great britain": "GB",
    "britain": "GB",
    "usa": "US",
    "u.s.": "US",
    "united states of america": "US",
    "america": "US",
    "uae": "AE",
    "holland": "NL",
    "czech republic": "CZ",
}
"""Names that people use in English and CLDR's list doesn't have."""


def place_name(code: str) -> str:
    """A country, or its region, as one reads it: "Spain", "Madrid, Spain"; its code if it has no name."""
    country, _hyphen, region = code.partition("-")
    name = i18n.country_name(country)
    if not name or not region:
        return name or code
    # Translators: a region of a country, and that country: “Madrid, Spain”
    return _("{region}, {country}").format(region=region_names(country).get(region, region), country=name)


def place_codes() -> list[str]:
    """The codes of all countries with known holidays and of their regions, countries by their name."""
    named = sorted((c for c in countries() if i18n.country_name(c)), key=lambda c: sort_key(place_name(c)))
    return [code for c in named for code in (c, *(f"{c}-{region}" for region in _by_name(c)))]


def places_like(text: str, country: str | None = None) -> list[str]:
    """The names of all places: those that begin so first, then those with a word that does.

    Of those that fit equally well, the places of that country come first.
    """
    asked, own = fold(text).strip(), (country or "").partition("-")[0]

    def rank(place: tuple[str, str, str]) -> tuple[int, bool]:
        code, _name, folded = place
        begins = 0 if folded.startswith(asked) else 1 if f" {asked}" in folded else 2
        return begins, code.partition("-")[0] != own

    return [name for _code, name, _folded in sorted(_named(i18n.locale_name()), key=rank)]


@cache
def _named(_locale: str) -> tuple[tuple[str, str, str], ...]:
    """Each place by its code, its name and that without case and accents."""
    return tuple((code, name, fold(name)) for code in place_codes() for name in (place_name(code),))


def places_meant(text: str) -> list[str]:
    """The codes of the places that a text names, with or without its accents.

    A code ("es-md"), a country ("Spain"), a region with its country ("Madrid, Spain"); else a region alone,
    which more than one country may have.
    """
    asked = _words(text)
    for read in _readings(i18n.locale_name()):
        if asked in read:
            return list(read[asked])
    return []


@cache
def _readings(_locale: str) -> tuple[dict[str, tuple[str, ...]], ...]:
    """What may be typed and what it means, by the kinds of it, the one that counts most first."""
    codes, names, regions = defaultdict(set), defaultdict(set), defaultdict(set)
    for spoken, code in _SPOKEN.items():
        names[spoken].add(code)
    for code in place_codes():
        codes[fold(code)].add(code)
        names[_words(place_name(code))].add(code)
        country, _hyphen, region = code.partition("-")
        if region:
            name = region_names(country)[region]
            names[_words(f"{i18n.country_name(country)} {name}")].add(code)
            regions[_words(name)].add(code)
    return tuple({text: tuple(sorted(m)) for text, m in each.items()} for each in (codes, names, regions))


def _by_name(country: str) -> list[str]:
    named = region_names(country)
    return sorted(named, key=lambda region: sort_key(named[region]))


def _words(text: str) -> str:
    return " ".join(fold(text).replace(",", " ").split())
