"""Countries, their regions and their time zones, by the packages ``holidays`` and ``tzdata``."""

from __future__ import annotations

from functools import cache

from followup_desktop.domain.zone_data import text_of


@cache
def region_names(country: str) -> dict[str, str]:
    """The regions of a country that have holidays of their own: their names, in its own language, by code.

    What ``holidays`` gives no name but its code is named by that: "Barcelona", "Zone A".
    """
    import holidays  # slow to import, and not needed to show a window

    codes = holidays.list_supported_countries(include_aliases=False).get(country, [])
    named: dict[str, str] = {}
    if codes:
        for name, code in getattr(holidays, country).subdivisions_aliases.items():
            if not name.isupper():  # other abbreviations are among the names
                named.setdefault(code, name)
    return {code: named.get(code, code) for code in codes}


def country_of_zone(zone: str, likely: str | None = None) -> str | None:
    """The code of the country in which that time zone is: ``likely`` if that keeps the same time.

    ``None`` if there is no such zone, or it is no country's, as UTC.
    """
    own, sharing = _countries_by_zone()
    zone = zone if zone in own or zone in sharing else _renamed().get(zone, zone)
    if likely is not None and likely in sharing.get(zone, ()):
        return likely
    return own.get(zone)


@cache
def _countries_by_zone() -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """By zone the country that it is named after, and all that have kept its time since 1970."""
    own = {row[2]: row[0] for row in _rows("zone.tab")}
    sharing = {row[2]: tuple(row[0].split(",")) for row in _rows("zone1970.tab")}
    return own, sharing


def _rows(table: str) -> list[list[str]]:
    lines = _text(table).splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@cache
def _renamed() -> dict[str, str]:
    """The present names of the zones that had another: Asia/Calcutta is Asia/Kolkata."""
    links = (line.split() for line in _text("tzdata.zi").splitlines() if line.startswith("L "))
    return {former: present for _l, present, former in links}


def _text(name: str) -> str:
    return text_of("zoneinfo", name)
