"""The built-in templates: each is a letter one would send as it is."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pytest

from followup_desktop.domain.drafts import (
    Template,
    TemplateName,
    fill,
    placeholders_of,
    with_near_days,
    word_count,
)
from followup_desktop.i18n import about
from followup_desktop.resource_files import resources_dir
from followup_desktop.services.messages.compose import NEAR_COPY, similarity
from followup_desktop.services.messages.letters import FEWEST_WORDS, MOST_WORDS
from followup_desktop.services.messages.originals import originals
from followup_desktop.services.messages.values import Values
from followup_desktop.services.wording import Wording
from tests.tables import tabled

VALUES = Values(Wording())
SAMPLES = VALUES.samples()

EVERY = [pytest.param(t, id=f"{t.name}-{n}") for name in TemplateName for n, t in enumerate(originals(name))]


FACTS = {
    "few": SAMPLES | {"employer": "Acme", "role": "Cook", "topics": "pay", "others": "Tom", "my_name": "Sam"},
    "usual": SAMPLES,
    "many": SAMPLES
    | {
        "employer": "Department of Health and Social Care",
        "role": "Senior Site Reliability Engineer (part-time)",
        "topics": "the move to streaming, how the rota works, what they learned from last year's outage",
        "others": "Tom Berg, Li Wei and Maria del Carmen Ruiz",
        "my_name": "Maria del Mar Rivera Soler",
    },
}


@pytest.mark.parametrize("facts", FACTS.values(), ids=FACTS)
@pytest.mark.parametrize("template", EVERY)
def test_a_built_in_template_is_sixty_to_a_hundred_and_twenty_words_when_filled(
    template: Template, facts: dict[str, str]
) -> None:
    draft = fill(template, facts, VALUES.hints())
    assert FEWEST_WORDS <= word_count(draft.body) <= MOST_WORDS
    assert (draft.missing, draft.unknown) == ((), ())
    assert "$" not in draft.subject + draft.body
    assert "[" not in draft.subject + draft.body
    assert facts["my_name"] in draft.body


def languages() -> list[Path]:
    return sorted(folder for folder in (resources_dir() / "templates").iterdir() if folder.is_dir())


@tabled("folder", languages())
def test_every_message_has_a_template_and_no_file_is_left_over(folder: Path) -> None:
    assert {file.stem for file in folder.glob("*")} == set(TemplateName)


LETTERS = [name for name in TemplateName if name is not TemplateName.CALL_SCRIPT]


@tabled("name", LETTERS)
def test_no_two_wordings_share_a_sentence_or_a_subject(name: TemplateName) -> None:
    for first, second in combinations(originals(name), 2):
        assert first.subject != second.subject
        assert not sentences(first) & sentences(second)


def sentences(template: Template) -> set[str]:
    return {s.strip() for s in re.split(r"[.?!]|\n", template.body) if len(s.split()) > 3}


VARIETIES = [folder.name for folder in languages()]
FAMILIAR = {
    "de": r"\b([Dd]u|[Dd]ir|[Dd]ich|[Dd]eine?\w?|ihr|[Ee]uch|[Ee]ue?re?\w?)\b",
    "fr": r"\b([Tt]u|[Tt]e|toi|ton|ta|tes)\b|\bt’|\w-toi\b",
    "es": r"\b([Tt]ú|[Tt]e|ti|[Tt]us?|contigo|vosotr[oa]s|os|vuestr[oa]s?|dime|dímelo|llámame)\b",
}
"""Words by which friends are addressed; the Spanish ones ("te", "tu") have no other use in a letter."""
POLITE = {"de": r"\b(Sie|Ihnen|Ihre[nmrs]?)\b", "fr": r"\bVeuillez\b", "es": r"\b[Uu]sted(es)?\b"}


@tabled("facts", ["usual", "many"])
@tabled("variety", VARIETIES)
def test_letters_in_every_language_are_as_long(variety: str, facts: str) -> None:
    lengths = {
        (name.value, wording.subject): word_count(fill(wording, FACTS[facts], VALUES.hints()).body)
        for name in TemplateName
        for wording in originals(name, variety)
    }
    assert {at: n for at, n in lengths.items() if not FEWEST_WORDS <= n <= MOST_WORDS} == {}


@pytest.mark.parametrize("variety", VARIETIES)
def test_no_letter_names_the_date_of_today_or_yesterday(variety: str) -> None:
    """Each place of a day is found by a phrase of the language, and the letters stay long enough."""
    phrases = about(variety.partition("-")[0], resources_dir() / "locale")["near_days"]
    for name in TemplateName:
        for wording in originals(name, variety):
            for ago in (0, 1):
                near = with_near_days(wording, {"interview_day": ago, "applied_on": ago}, phrases)
                assert not {"interview_day", "applied_on"} & {*placeholders_of(near)}, near
                for facts in FACTS.values():
                    words = word_count(fill(near, facts, VALUES.hints()).body)
                    assert FEWEST_WORDS <= words <= MOST_WORDS, near


@tabled("variety", VARIETIES)
def test_no_two_letters_are_alike_in_any_language(variety: str) -> None:
    for name in LETTERS:
        for first, second in combinations(originals(name, variety), 2):
            assert first.subject != second.subject
            assert not sentences(first) & sentences(second)
    letters = [each for name in LETTERS for each in originals(name, variety)]
    bodies = [fill(each, SAMPLES, VALUES.hints()).body for each in letters]
    assert all(similarity(a, b) < NEAR_COPY - 10 for a, b in combinations(bodies, 2))


@pytest.mark.parametrize("language", FAMILIAR)
def test_a_letter_addresses_its_reader_in_one_way(language: str) -> None:
    for name in LETTERS:
        for each in originals(name, language):
            assert re.findall(FAMILIAR[language], each.body) == [], each.subject
        for each in originals(name, f"{language}-informal"):
            assert re.findall(POLITE[language], each.body) == [], each.subject
            if "$first_name" in each.body:
                assert re.search(FAMILIAR[language], each.body) is not None, each.subject


@pytest.mark.parametrize("variety", [each for each in VARIETIES if each.endswith("-informal")])
def test_friends_are_addressed_as_one_or_as_several(variety: str) -> None:
    """Each letter but the one to an organiser, who is somebody, has a wording that greets no one by name."""
    for name in LETTERS:
        to_all = [each for each in originals(name, variety) if "$first_name" not in each.body]
        assert bool(to_all) is (name is not TemplateName.THANKS_THROUGH_ORGANISER), name
        assert len(originals(name, variety)) - len(to_all) > 1, name


@tabled("name", LETTERS)
def test_every_letter_has_more_than_one_wording(name: TemplateName) -> None:
    assert len(originals(name)) > 1


def test_no_letter_is_a_near_copy_of_another() -> None:
    bodies = [fill(t, SAMPLES, VALUES.hints()).body for name in LETTERS for t in originals(name)]
    assert all(similarity(a, b) < NEAR_COPY - 10 for a, b in combinations(bodies, 2))


STOCK_PHRASES = (
    "hope this email finds you",
    "look forward to hearing",
    "don't hesitate",
    "at your earliest convenience",
    "touch base",
    "shall",
    "keen",
    "until soon",
    "state of things",
    "should you",
)


@pytest.mark.parametrize("template", EVERY)
def test_a_letter_says_nothing_that_a_thousand_others_say(template: Template) -> None:
    text = template.body.casefold()
    assert [phrase for phrase in STOCK_PHRASES if phrase in text] == []


@pytest.mark.parametrize("folder", ["fr", "fr-informal"])
def test_no_french_word_that_loses_its_end_before_a_vowel_stands_before_a_name(folder: str) -> None:
    """A word as in “une image de Acme” would be wrong, and of “d'” nobody knows before the name is there."""
    lost = re.compile(r"\b(?:de|que|je|ne|se|me|te|jusque) \$(?:employer|first_name|name|others)\b")
    files = sorted((resources_dir() / "templates" / folder).glob("*.txt"))
    assert files
    assert [(file.name, found) for file in files if (found := lost.findall(file.read_text("utf-8")))] == []
