"""Templates and their filling: nothing is left out silently, nothing a text contains breaks it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from followup_desktop.domain.drafts import (
    PLACEHOLDERS,
    Template,
    brought_up,
    fill,
    unknown_names,
    with_near_days,
)
from tests.sweeps import examples
from tests.tables import tabled

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


@tabled(
    "text, filled",
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


PHRASES = (("the talk on {day}", "today's talk", "yesterday's talk"), ("on {day}", "today", "yesterday"))


def test_a_day_that_is_near_is_said_as_one_says_it() -> None:
    cases = {
        "We met on $day.": ("We met today.", "We met yesterday."),
        "On ${day} we met.": ("Today we met.", "Yesterday we met."),
        "Thanks for the talk on $day": ("Thanks for today's talk", "Thanks for yesterday's talk"),
        "The son $day, the $day": ("The son $day, the $day", "The son $day, the $day"),
        "on $daylight, on $other": ("on $daylight, on $other", "on $daylight, on $other"),
    }
    for text, said in cases.items():
        template = Template("x", text, f"Dear Ana,\n{text}")
        for ago in (0, 1):
            near = with_near_days(template, {"day": ago}, PHRASES)
            assert near == Template("x", said[ago], f"Dear Ana,\n{said[ago]}"), text
        assert with_near_days(template, {}, PHRASES) == template


def test_what_was_typed_into_a_letter_stays_when_its_day_is_said_in_another_way() -> None:
    before, after = "Hi,\nwe met today. I am well.", "Hi,\nwe met yesterday. I am well."
    cases = {
        before: after,
        "Hi,\nwe met today, all of us. Today?": "Hi,\nwe met yesterday, all of us. Today?",
        "Hi,\nI am free today. Thanks.": "Hi,\nI am free today. Thanks.",
        "I am free today, and rewrote the rest.": "I am free today, and rewrote the rest.",
        "we met today. we met today.": "we met today. we met today.",
        "": "",
    }
    for typed, said in cases.items():
        assert brought_up(typed, before, after) == said
