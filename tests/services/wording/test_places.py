"""Countries and regions by name, and what somebody who types one may mean."""

from __future__ import annotations

from followup_desktop.services.wording.places import place_codes, place_name, places_like, places_meant
from tests.tables import tabled


@tabled(
    "code, name",
    [
        ("ES", "Spain"),
        ("ES-MD", "Madrid, Spain"),
        ("US-NY", "New York, United States"),
        ("AT-9", "Wien, Austria"),
        ("XX", "XX"),
        ("ES-XX", "XX, Spain"),
    ],
)
def test_a_place_is_named_not_coded(code: str, name: str) -> None:
    assert place_name(code) == name


@tabled(
    "typed, codes",
    [
        ("Spain", ["ES"]),
        ("es", ["ES"]),
        ("es-md", ["ES-MD"]),
        ("US-NY", ["US-NY"]),
        ("madrid", ["ES-MD"]),
        ("Madrid,Spain", ["ES-MD"]),
        ("  new york ", ["US-NY"]),
        ("cataluna", ["ES-CT"]),
        ("UK", ["GB"]),
        ("usa", ["US"]),
        ("Great Britain", ["GB"]),
        ("Georgia", ["GE"]),
        ("Georgia, United States", ["US-GA"]),
        ("Atlantis", []),
        ("", []),
    ],
)
def test_a_place_is_understood_by_name_or_code(typed: str, codes: list[str]) -> None:
    assert places_meant(typed) == codes


def test_regions_of_one_name_are_all_meant() -> None:
    assert places_meant("La Rioja") == ["AR-F", "ES-RI"]


def test_every_place_on_offer_means_itself() -> None:
    codes = place_codes()
    assert len(codes) == len(set(codes)) > 800
    assert {code: places_meant(place_name(code)) for code in codes} == {code: [code] for code in codes}


@tabled(
    "typed, country, first",
    [
        ("scot", "GB", "Scotland, United Kingdom"),
        ("scot", None, "Scotland, United Kingdom"),
        ("La Rioja", "ES", "La Rioja, Spain"),
        ("La Rioja", "AR-F", "La Rioja, Argentina"),
        ("spa", "GB", "Spain"),
        ("scotia", "GB", "Nova Scotia, Canada"),
    ],
)
def test_what_begins_as_typed_is_offered_first_then_ones_own_country(
    typed: str, country: str | None, first: str
) -> None:
    found = places_like(typed, country)
    assert found[0] == first
    assert sorted(found) == sorted(map(place_name, place_codes()))
