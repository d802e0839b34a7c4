"""Where a time zone is, and how the regions of a country are called."""

from __future__ import annotations

from followup_desktop.domain.checks import check_country, countries, zone_names
from followup_desktop.domain.places import country_of_zone, region_names
from tests.tables import tabled


@tabled(
    "zone, country",
    [
        ("Europe/Madrid", "ES"),
        ("Atlantic/Canary", "ES"),
        ("America/Argentina/Ushuaia", "AR"),
        ("Europe/Copenhagen", "DK"),
        ("Asia/Calcutta", "IN"),
        ("Europe/Kiev", "UA"),
        ("US/Pacific", "US"),
        ("UTC", None),
        ("Etc/GMT+5", None),
        ("Europe/Nowhere", None),
    ],
)
def test_a_zone_is_in_the_country_it_is_named_after_also_under_its_former_name(
    zone: str, country: str | None
) -> None:
    assert country_of_zone(zone) == country


@tabled(
    "zone, likely, country",
    [
        ("Europe/Berlin", "DK", "DK"),
        ("Europe/Berlin", "US", "DE"),
        ("Europe/Madrid", "US", "ES"),
        ("Asia/Calcutta", "US", "IN"),
        ("UTC", "GB", None),
    ],
)
def test_of_countries_that_share_a_time_the_likely_one_is_meant(
    zone: str, likely: str, country: str | None
) -> None:
    assert country_of_zone(zone, likely) == country


def test_every_zone_of_a_place_has_a_country() -> None:
    nowhere = {
        zone.partition("/")[0] for zone in zone_names() if "/" in zone and country_of_zone(zone) is None
    }
    assert nowhere <= {"Etc", "America", "US"}, nowhere


@tabled(
    "country, code, name",
    [
        ("ES", "MD", "Madrid"),
        ("US", "NY", "New York"),
        ("GB", "SCT", "Scotland"),
        ("AT", "9", "Wien"),
        ("FR", "974", "La Réunion"),
        ("IN", "TS", "Telangana"),
        ("ES", "Barcelona", "Barcelona"),
    ],
)
def test_a_region_has_the_name_that_people_use(country: str, code: str, name: str) -> None:
    assert region_names(country)[code] == name


def test_the_regions_of_a_country_are_told_apart_by_their_names() -> None:
    for country in countries():
        named = region_names(country)
        assert len(set(named.values())) == len(named), country
        for code in named:
            assert check_country(f"{country}-{code}", "country") == f"{country}-{code}"


def test_a_country_without_regions_and_one_that_there_is_not_have_none() -> None:
    assert region_names("EE") == region_names("XX") == {}
