"""The table of facts: one row each, and whatever is known of a fact follows from it."""

from __future__ import annotations

import ast
import inspect
from dataclasses import dataclass, fields, replace

import pytest

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.facts import (
    DetailPart,
    Fact,
    Kind,
    column_facts,
    fact,
    facts_of,
    facts_shown,
    searched_texts,
)
from followup_desktop.domain.model import (
    Application,
    Channel,
    Choice,
    Contact,
    Event,
    EventKind,
    Interview,
    LastAnnouncement,
    Reminder,
    SearchState,
    Stage,
    Step,
    StepKind,
)
from tests import strategies
from tests.tables import tabled

THINGS = [LastAnnouncement, Application, Choice, Contact, Event, Interview, Reminder, SearchState]


@dataclass(frozen=True, kw_only=True)
class Thing:
    name: str = fact(Kind.NAME, searched=True)
    tags: tuple[str, ...] = fact(Kind.TEXTS, default=(), searched=True)
    stage: Stage | None = fact(
        Kind.MEMBER,
        members=Stage,
        default=None,
        key="from",
        searched=True,
        part=DetailPart.TOP,
        after="remote",
    )
    remote: bool = fact(Kind.FLAG, default=False, part=DetailPart.TOP, column=2)
    fit: int | None = fact(Kind.FIT, default=None, part=DetailPart.TOP, column=1)
    parts: tuple[object, ...] = ()


def fact_of(thing: type, name: str) -> Fact:
    return next(each for each in facts_of(thing) if each.name == name)


def test_a_row_says_what_may_be_missing_and_what_the_file_calls_it() -> None:
    found = [(each.name, each.key, each.required, each.nullable) for each in facts_of(Thing)]
    assert found == [
        ("name", "name", True, False),
        ("tags", "tags", False, False),
        ("stage", "from", False, True),
        ("remote", "remote", False, False),
        ("fit", "fit", False, True),
    ]


def test_a_value_is_kept_as_its_kind_is_and_refused_at_its_place() -> None:
    assert fact_of(Thing, "name").check("  Ana ", "a.name") == "Ana"
    assert fact_of(Thing, "tags").check(["x", " x", "y"], "tags") == ("x", "y")
    assert fact_of(Thing, "stage").check(None, "from") is None
    assert fact_of(Thing, "stage").check("offer", "from") is Stage.OFFER
    with pytest.raises(Refused) as refused:
        fact_of(Thing, "remote").check("yes", "things[3].remote")
    assert refused.value.field == "things[3].remote"


def test_every_kind_has_its_row() -> None:
    assert [kind for kind in Kind if kind.row.check is None] == [Kind.MEMBER]
    assert not any(kind.row.is_text and kind.row.is_number for kind in Kind)


def test_only_the_members_named_are_values() -> None:
    channel = fact_of(Application, "channel")
    assert channel.check("email", "channel") is Channel.EMAIL
    with pytest.raises(Refused, match="must be phone or email"):
        channel.check("none", "channel")


def test_the_search_finds_each_text_that_says_so() -> None:
    thing = Thing(name="Ana", tags=("x", "y"), remote=True)
    assert list(searched_texts(thing)) == ["Ana", "x", "y"]
    assert list(searched_texts(replace(thing, stage=Stage.OFFER)))[-1] == "offer"


def test_a_part_of_the_detail_shows_its_facts_as_declared_or_after_another() -> None:
    assert [each.name for each in facts_shown(Thing, DetailPart.TOP)] == ["remote", "stage", "fit"]
    assert facts_shown(Thing, DetailPart.NOTES) == ()


def test_columns_stand_in_the_order_of_their_places() -> None:
    assert [each.name for each in column_facts(Thing)] == ["fit", "remote"]
    places = [each.column for each in column_facts(Application)]
    assert len(set(places)) == len(places)


def test_every_fact_that_the_detail_shows_can_be_a_column() -> None:
    assert {each.name for each in facts_of(Application) if each.part} == {
        each.name for each in column_facts(Application)
    }


@tabled("thing", THINGS)
def test_every_attribute_of_a_thing_is_a_fact_but_its_parts(thing: type) -> None:
    assert {each.name for each in fields(thing)} - {each.name for each in facts_of(thing)} <= {
        "interviews",
        "events",
    }


@tabled("thing", [Application, Contact, Event, Interview, Reminder])
def test_every_fact_has_values_drawn_for_the_properties(thing: type) -> None:
    """One that always has its default proves nothing there, and no other test would say so."""
    calls = [
        node for node in ast.walk(ast.parse(inspect.getsource(strategies))) if isinstance(node, ast.Call)
    ]
    makers = [
        call for call in calls if thing.__name__ in {ast.unparse(each) for each in (call.func, *call.args)}
    ]
    drawn = {keyword.arg for call in makers for keyword in call.keywords}
    assert {each.name for each in facts_of(thing)} - drawn == set()


def test_a_record_is_a_value_that_the_type_checker_keeps_as_it_was_made() -> None:
    step = Step(kind=StepKind.RETRY, n=3)
    assert step == Step(kind=StepKind.RETRY, n=3) != Step(kind=StepKind.RETRY, n=4)
    assert len({step, Step(kind=StepKind.RETRY, n=3)}) == 1
    assert replace(step, n=4).kind is StepKind.RETRY
    assert not hasattr(step, "__dict__")
    # It fails where it has nothing to object to in these lines.
    step.n = 4  # type: ignore[misc]
    with pytest.raises(TypeError):
        Step()  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Event(id="e1", kind=EventKind.NOTE)  # type: ignore[call-arg]
