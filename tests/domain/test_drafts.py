"""Templates and their filling: nothing is left out silently, nothing a text contains breaks it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followup_desktop.domain.drafts import PLACEHOLDERS, Template, fill, unknown_names
from tests.sweeps import examples

VALUES = {name: name.upper() for name in PLACEHOLDERS} | {"first_name": "Ana"}
HINTS = {"topics": "what you talked about", "my_name": "your name"}


def test_what_is_missing_is_shown_where_it_stands_and_listed_once() -> None:
    template = Template("x", "About $topics", "Dear $first_name, we talked about $topics.\n$my_name")
    draft = fill(template, {"first_name": "Ana", "topics": "  ", "employer": "Acme"}, HINTS)
    assert draft.subject == "About [what you talked about]"
    assert draft.body == "Dear Ana, we talked about [what you talked about].\n[your name]"
    assert draft.missing == ("topics", "my_name")
    assert draft.unknown == ()


def test_what_is_no_placeholder_is_shown_and_told() -> None:
    template = Template("x", "$Role", "${first name} and $salary")
    draft = fill(template, {**VALUES, "salary": "lots"}, HINTS)
    assert draft.unknown == ("Role", "first name", "salary")
    assert draft.subject == "[Role]"
    assert draft.body == "[first name] and [salary]"
    assert unknown_names(template) == draft.unknown


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("$5 for $first_name", "$5 for Ana"),
        ("100 $", "100 $"),
        ("$$first_name", "$first_name"),
        ("${}", "${}"),
        ("$first_names", "[first_names]"),
        ("${first_name}s", "Anas"),
    ],
)
def test_a_dollar_sign_that_begins_no_placeholder_stays(text: str, filled: str) -> None:
    assert fill(Template("x", "", text), VALUES, HINTS).body == filled


def test_a_value_is_never_read_as_a_template() -> None:
    draft = fill(Template("x", "$topics", "$topics"), {"topics": "$my_name\n${role}"}, HINTS)
    assert draft.body == "$my_name\n${role}"
    assert draft.subject == "$my_name ${role}"


@settings(max_examples=examples(30))
@given(
    st.text(st.sampled_from("$ {}[]abc_ñ\n"), max_size=30),
    st.dictionaries(st.sampled_from([*PLACEHOLDERS]), st.text()),
)
def test_filling_never_fails(text: str, values: dict[str, str]) -> None:
    draft = fill(Template("x", text, text), values, HINTS)
    assert "\n" not in draft.subject
    assert not set(draft.missing) & set(draft.unknown)
