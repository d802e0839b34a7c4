"""Every rule has its row, and the words that its row calls for."""

from __future__ import annotations

import pytest

from followup_desktop.domain.model import Rule
from followup_desktop.domain.rules.table import all_rows, row_of
from followup_desktop.services.wording import Wording
from followup_desktop.services.wording.formats import When
from followup_desktop.services.wording.phrases import Phrases
from followup_desktop.services.wording.rules import RuleWords, rule_words
from tests.tables import tabled


@pytest.fixture(scope="module")
def words() -> dict[Rule, RuleWords]:
    when = When()
    return rule_words(when, Phrases(when), Wording().labels.interview_kinds)


def test_every_rule_has_its_rows(words: dict[Rule, RuleWords]) -> None:
    assert list(words) == list(Rule) == [row.rule for row in all_rows()]
    assert len({each.label for each in words.values()}) == len(Rule)


@tabled("rule", list(Rule))
def test_what_can_be_missed_can_be_told_and_the_rest_is_not(words: dict[Rule, RuleWords], rule: Rule) -> None:
    assert (words[rule].missed is not None) == row_of(rule).can_be_missed


@tabled("rule", list(Rule))
def test_no_text_of_a_row_is_empty(words: dict[Rule, RuleWords], rule: Rule) -> None:
    row = words[rule]
    assert all((row.label, row.title, row.short, row.why, row.ends))
