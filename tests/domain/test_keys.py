"""The keys of follow-ups."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_desktop.domain.model import Rule, id_in, key_parts, key_prefix, make_key, rule_in


@given(st.sampled_from(Rule), st.lists(st.text(alphabet="a%/25F-", max_size=6), min_size=1, max_size=4))
def test_a_key_tells_what_it_was_made_of(rule: Rule, parts: list[str]) -> None:
    key = make_key(rule, *parts)
    assert (rule_in(key), key_parts(key)) == (rule, tuple(parts))
    assert id_in(key) == parts[0]
    assert key.startswith(key_prefix(rule, *parts[:-1]))


@pytest.mark.parametrize("key", ["x", "", "prepared/a", "Prepare/a"])
def test_a_text_that_is_no_key_of_ours_is_of_no_rule(key: str) -> None:
    assert rule_in(key) is None


@pytest.mark.parametrize("key", ["x", "", "prepare", "prepare/"])
def test_a_key_may_be_about_nothing(key: str) -> None:
    assert id_in(key) == ""
