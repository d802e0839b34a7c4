"""The words of facts: each fact that is shown has them, and no other."""

from __future__ import annotations

import pytest

from followup_desktop.domain.facts import Kind, facts_of
from followup_desktop.domain.model import Event, Reminder
from followup_desktop.services.wording.facts import WORDS_OF

WITHOUT_WORDS: dict[type, set[str]] = {
    Event: {"outcome"},  # is told with the kind: "Left message"
    Reminder: {"done_at"},  # a reminder that is done isn't shown
}


@pytest.mark.parametrize("thing", WORDS_OF)
def test_each_fact_that_is_shown_has_words(thing: type) -> None:
    shown = {fact.name for fact in facts_of(thing) if fact.kind is not Kind.ID}
    words = WORDS_OF[thing]()
    assert set(words) == shown - WITHOUT_WORDS.get(thing, set())
    assert all(each.label and each.name for each in words.values())


@pytest.mark.parametrize("thing", WORDS_OF)
def test_each_value_of_a_few_has_a_name(thing: type) -> None:
    words = WORDS_OF[thing]()
    for fact in facts_of(thing):
        if fact.name in words and fact.members:
            assert set(words[fact.name].choices) - {None} == set(fact.members), fact.name
