"""Applications and people found by a few letters."""

from __future__ import annotations

import pytest

from followup_desktop.domain.model import Application, Contact, Stage
from followup_desktop.services.reading.search import MOST, Finder
from followup_desktop.services.rows import ApplicationQuery, StageFilter
from tests.services.conftest import Desk

ANA = Contact(id="ana", name="Ana Ruiz", employer="Acme", title="Hiring manager")
TOM = Contact(id="tom", name="Tom Berg", employer="Acme")
ACME = Application(id="acme", employer="Acme", role="Data Engineer", stage=Stage.APPLIED)
HOOLI = Application(id="hooli", employer="Hooli", role="Search", stage=Stage.SAVED, notes="met at acme")
ZETA = Application(
    id="zeta", employer="Zeta", role="Acme liaison", stage=Stage.REJECTED, archived=True, contacts=("tom",)
)


@pytest.fixture
def finder(desk: Desk) -> Finder:
    desk.put(ACME, HOOLI, ZETA, contacts=(ANA, TOM))
    found = Finder(desk.store, desk.wording, lambda: desk.now)
    desk.store.subscribe(found.refresh)
    return found


def test_employer_comes_before_role_and_notes_last(finder: Finder) -> None:
    assert [each.id for each in finder.applications("acme")] == ["acme", "zeta", "hooli"]
    first = finder.applications("acme")[0]
    assert (first.title, first.detail) == ("Acme · Data Engineer", "Applied")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("rejected", ["zeta"]),
        ("Reject", ["zeta"]),
        ("acme rejected", ["zeta"]),
        ("saved", ["hooli"]),
        ("reje", []),  # a few letters begin other words, too
        ("hooli rejected", []),
    ],
)
def test_a_stage_is_found_by_its_name(finder: Finder, typed: str, found: list[str]) -> None:
    assert [each.id for each in finder.applications(typed)] == found


def test_the_table_is_searched_for_stages_too(desk: Desk, finder: Finder) -> None:
    query = ApplicationQuery(stage_filter=StageFilter.ALL, text="rejected")
    assert desk.overview.application_ids(query, desk.now) == ["zeta"]


def test_nothing_typed_finds_nothing(finder: Finder) -> None:
    assert finder.applications("  ") == finder.people("") == []


def test_an_employer_is_found_however_many_others_hold_the_letters(desk: Desk, finder: Finder) -> None:
    many = [Application(id=f"m{n}", employer=f"Amaze {n:03}", role="x", stage=Stage.SAVED, notes="zeta ze")
            for n in range(150)]  # fmt: skip
    desk.put(ACME, ZETA, *many, contacts=(TOM,))
    found = finder.applications("ze")
    assert found[0].id == "zeta"
    assert len(found) == MOST


def test_people_are_found_by_name_employer_and_title(finder: Finder) -> None:
    assert [each.id for each in finder.people("hir")] == ["ana"]
    assert {each.id for each in finder.people("acme")} == {"ana", "tom"}
    assert finder.people("ruiz ana")[0].detail == "Hiring manager · Acme"


def test_a_renamed_person_is_found_by_the_new_name(desk: Desk, finder: Finder) -> None:
    assert finder.people("tom")
    desk.tracker.edit_contact("tom", name="Thomas Berg")
    assert finder.people("tom") == []
    assert finder.people("thomas")[0].id == "tom"


def test_one_thing_by_its_id_while_it_is_there(desk: Desk, finder: Finder) -> None:
    found, person = finder.application("acme"), finder.person("ana")
    assert found is not None and found.title == "Acme · Data Engineer"
    assert person is not None and person.title == "Ana Ruiz"
    desk.tracker.trash_application("acme")
    assert finder.application("acme") is None
    assert finder.person("nobody") is None


@pytest.mark.parametrize("typed", ["lukasz", "Łukasz", "obrien", "o'brien", "O’Brien", "brien", "smorre"])
def test_people_are_found_by_plain_letters(desk: Desk, finder: Finder, typed: str) -> None:
    bea = Contact(id="bea", name="Łukasz O’Brien", employer="Smørrebrød–Huset")
    desk.put(ACME, contacts=(bea,))
    assert [each.id for each in finder.people(typed)] == ["bea"]


@pytest.mark.parametrize("typed", ["60011", "600-11", "+34 600", "lodz", "c++", "🚀", "oreal"])
def test_applications_are_found_by_plain_letters(desk: Desk, finder: Finder, typed: str) -> None:
    bea = Contact(id="bea", name="Bea", phone="+34 600-11-22")
    named = Application(
        id="named", employer="L’Oréal", role="C++ 🚀", stage=Stage.SAVED, location="Łódź", contacts=("bea",)
    )
    desk.put(ACME, named, contacts=(bea,))
    assert [each.id for each in finder.applications(typed)] == ["named"]
