"""Names are sorted as the language in use sorts them, and found as they are written elsewhere."""

from __future__ import annotations

import gettext
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from babel import Locale

from followup_desktop import i18n
from followup_desktop.domain.model import Contact
from followup_desktop.resource_files import resources_dir
from followup_desktop.services.reading.people import People, PeopleQuery, PersonColumn
from followup_desktop.services.rows import ApplicationQuery
from followup_desktop.storage.folding import contains, search_words, searchable, sort_key
from tests.services.conftest import Desk, acme
from tests.tables import tabled

NAMES = ["Zara", "Ñandú", "Nuria", "Natura", "Österreich", "Oxford", "Åse", "Ärzte", "Azul", "Łódź", "Lyon"]
AS_BASE_LETTERS = [
    "Ärzte", "Åse", "Azul", "Łódź", "Lyon", "Ñandú", "Natura", "Nuria", "Österreich", "Oxford", "Zara",
]  # fmt: skip


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    before = i18n.in_use()
    yield
    i18n.install(*before)


@pytest.mark.parametrize("language", ["en_GB", "de_DE", "fr_FR"])
def test_a_letter_with_a_sign_stands_with_its_base_letter(language: str) -> None:
    i18n.use(language, resources_dir() / "locale")
    assert sorted(NAMES, key=sort_key) == AS_BASE_LETTERS


def test_in_spanish_n_with_a_tilde_comes_after_every_n() -> None:
    i18n.use("es_ES", resources_dir() / "locale")
    names = ["ñu", "Oca", "Nz", "Ñandú", "n\u0303a", "Na"]  # the fifth is written with a sign of its own
    assert sorted(names, key=sort_key) == ["Na", "Nz", "n\u0303a", "Ñandú", "ñu", "Oca"]


def test_letters_come_one_after_another_at_the_end_of_an_alphabet(tmp_path: Path) -> None:
    """As in Swedish; a file a language says so."""
    (tmp_path / "sv").mkdir()
    told = {"name": "Svenska", "letters": {"å": "z", "ä": "å", "ö": "ä"}}
    (tmp_path / "sv" / "language.json").write_text(json.dumps(told), "utf-8")
    i18n.use("en", tmp_path)
    i18n.install(gettext.NullTranslations(), Locale.parse("sv"))
    assert sorted(["Östersund", "Ärla", "Zorn", "Åsa", "Arboga"], key=sort_key) == [
        "Arboga", "Zorn", "Åsa", "Ärla", "Östersund",
    ]  # fmt: skip


def test_the_table_and_the_people_are_sorted_so_too(desk: Desk) -> None:
    for name in ("Nube", "Ñandú", "Oca", "Nácar"):
        desk.tracker.add_application(employer=name, role="")
        desk.tracker.add_contact(name=name)
    store = desk.store

    def shown() -> tuple[list[str], list[str]]:
        facts = store.facts()
        employers = {each.id: each.employer for each in facts.applications}
        people = {each.id: each.name for each in facts.contacts}
        return (
            [employers[each] for each in store.application_ids(now=desk.now, order_by="employer")],
            [people[each] for each in store.person_ids()],
        )

    assert shown() == (["Nácar", "Ñandú", "Nube", "Oca"],) * 2
    i18n.use("es_ES", resources_dir() / "locale")
    assert shown() == (["Nácar", "Nube", "Ñandú", "Oca"],) * 2


@pytest.mark.parametrize("language", ["en_GB", "de_DE", "fr_FR", "es_ES"])
def test_of_names_that_differ_in_accents_the_plainer_one_comes_first(desk: Desk, language: str) -> None:
    """Each has the next one's place by its id, so that no other order is right by chance."""
    i18n.use(language, resources_dir() / "locale")
    in_turn = ["Apfel", "Äpfel", "Apfel GmbH", "A\u0308pfel GmbH", "Cote", "Coté", "Côte", "Côté", "Cotes"]
    in_turn += ["Lodz", "Łódź", "Muller", "Müller", "Pré", "Prè", "Prê", "Strasse", "Straße", "Иова", "Йова"]
    names = {f"x{place}": name for place, name in enumerate(reversed(in_turn), 10)}
    assert sorted(names.values(), key=sort_key) == in_turn
    ids = list(reversed(names))
    desk.put(
        *(acme(id=each, employer=x, role=x, source=x, tags=(x,)) for each, x in names.items()),
        contacts=tuple(Contact(id=each, name=x, title=x) for each, x in names.items()),
    )
    people = People(desk.store, desk.overview, desk.wording)
    for column in ("employer", "role", "source", "tags"):
        query = ApplicationQuery(order_by=column)
        assert desk.overview.application_ids(query, desk.now) == ids, column
        assert desk.overview.application_ids(replace(query, descending=True), desk.now) == ids[::-1], column
    for person in (PersonColumn.NAME, PersonColumn.TITLE):
        assert people.ids(PeopleQuery(order_by=person), desk.now) == ids, person
    assert [each.id for each in desk.overview.contacts()] == ids


def test_a_name_with_an_accent_is_still_the_same_as_one_without(desk: Desk) -> None:
    people = ["Anaïs Müller", "Anais Muller", "Anais Müllers"]
    desk.put(contacts=tuple(Contact(id=name, name=name) for name in people))
    application = desk.tracker.add_application(employer="Société Générale", role="Développeuse").id
    reader = People(desk.store, desk.overview, desk.wording)
    assert [each.id for each in reader.detail(people[0], desk.now).alike] == [people[1]]
    assert [each.id for each in reader.detail(people[1], desk.now).alike] == [people[0]]
    (name,) = desk.store.folded_names()
    assert name == (application, "societe generale", "developpeuse")


@tabled(
    "written, typed",
    [
        ("Müller", "muller"), ("Müller", "mueller"), ("Mueller", "Müller"), ("MÜLLER", "mueller"),
        ("Groß", "gross"), ("Gross", "groß"), ("Łódź", "lodz"), ("Lodz", "Łódź"), ("Ørsted", "orsted"),
        ("Ørsted", "oersted"), ("Oersted", "Ørsted"), ("Åse", "aase"), ("Aase", "Åse"), ("Åse", "ase"),
        ("Iğdır", "igdir"), ("Igdir", "Iğdır"), ("Cœur", "coeur"), ("Coeur", "cœur"), ("Lærke", "laerke"),
        ("Laerke", "Lærke"), ("Đorđe", "dorde"), ("Dorde", "Đorđe"), ("Þór", "thor"), ("Thor", "Þór"),
        ("O’Brien", "o'brien"), ("O'Brien", "O’Brien"), ("OBrien", "O’Brien"), ("“Best” Ltd", '"best"'),
        ("A–B", "a-b"), ("A-B", "a–b"), ("Wait…", "wait..."), ("Wait...", "wait…"), ("Ñandú", "nandu"),
    ],
)  # fmt: skip
def test_letters_and_signs_are_found_by_plain_ones_and_the_other_way(written: str, typed: str) -> None:
    assert contains(searchable([written]), search_words(typed))


@pytest.mark.parametrize(("written", "typed"), [("Muller", "Mueller"), ("Maus", "Möbel"), ("Bar", "Baer")])
def test_what_is_spelled_otherwise_is_not_found(written: str, typed: str) -> None:
    assert not contains(searchable([written]), search_words(typed))
