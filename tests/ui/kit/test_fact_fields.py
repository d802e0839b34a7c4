"""A fact that is shown has its words, and the field that they and its kind call for."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.facts import Fact, Kind, facts_of
from followup_desktop.domain.model import Application, Policy, Stage
from followup_desktop.services.reading.days import Days
from followup_desktop.services.wording import Wording
from followup_desktop.services.wording.facts import FactWords
from followup_desktop.ui.kit.forms.fact_fields import FactFieldMaker
from followup_desktop.ui.kit.forms.field import Field
from followup_desktop.ui.kit.theme import Theme
from tests.tables import tabled

SHOWN = [fact for fact in facts_of(Application) if fact.part is not None]
VALUES = {
    Kind.NAME: "Acme",
    Kind.TEXT: "Madrid",
    Kind.PROSE: "Kind people.\nA small team.",
    Kind.LINK: "https://example.org/job",
    Kind.EMAIL: "ana@example.org",
    Kind.PHONE: "+34 600 000 000",
    Kind.TEXTS: ("data", "remote"),
    Kind.FLAG: True,
    Kind.DATE: date(2026, 11, 3),
    Kind.PAST_DATE: date(2026, 9, 3),
    Kind.ZONE: "Europe/Madrid",
    Kind.COUNTRY: "ES-MD",
    Kind.LANGUAGE: "de",
    Kind.FIT: 4,
    Kind.PRIORITY: 2,
    Kind.MEMBER: "phone",
}


@pytest.fixture
def maker(theme: Theme) -> FactFieldMaker:
    return FactFieldMaker(Days(lambda: datetime.fromisoformat("2026-10-14T10:07Z"), Policy), theme)


@pytest.mark.parametrize("fact", SHOWN, ids=lambda fact: fact.name)
def test_the_field_of_every_fact_shown_gives_back_what_it_is_shown(maker: FactFieldMaker, fact: Fact) -> None:
    field = maker.field(fact, Wording().labels.facts[fact.name])
    value = Stage.OFFER if fact.name == "stage" else VALUES[fact.kind]
    field.set_value(value)
    assert field.value() == value
    assert field.editor.accessibleName() == field.name != ""


@tabled("fact", SHOWN)
def test_each_value_of_a_closed_list_has_its_word(fact: Fact) -> None:
    choices = Wording().labels.facts[fact.name].choices
    if fact.members:
        assert set(choices) - {None} == set(fact.members)
        assert (None in choices) == fact.nullable
    assert all(choices.values())


def test_a_text_may_be_empty_unless_its_fact_is_required(maker: FactFieldMaker) -> None:
    def field(name: str) -> Field:
        fact = next(each for each in SHOWN if each.name == name)
        return maker.field(fact, FactWords(label=name))

    assert field("location").value() == ""
    with pytest.raises(Refused, match="role can't be empty"):
        field("role").value()
