"""The built-in templates: each is a letter one would send as it is."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from followup_desktop.domain.drafts import Template, TemplateName, fill, word_count
from followup_desktop.resource_files import resources_dir
from followup_desktop.services.messages.originals import originals
from followup_desktop.services.messages.values import Values
from followup_desktop.services.wording import Wording

VALUES = Values(Wording())
SAMPLES = VALUES.samples()

EVERY = [pytest.param(t, id=f"{t.name}-{n}") for name in TemplateName for n, t in enumerate(originals(name))]


@pytest.mark.parametrize("template", EVERY)
def test_a_built_in_template_is_sixty_to_a_hundred_and_twenty_words_when_filled(template: Template) -> None:
    draft = fill(template, SAMPLES, VALUES.hints())
    assert 60 <= word_count(draft.body) <= 120
    assert (draft.missing, draft.unknown) == ((), ())
    assert "$" not in draft.subject + draft.body
    assert "[" not in draft.subject + draft.body
    assert SAMPLES["my_name"] in draft.body


def languages() -> list[Path]:
    return sorted(folder for folder in (resources_dir() / "templates").iterdir() if folder.is_dir())


@pytest.mark.parametrize("folder", languages(), ids=lambda folder: folder.name)
def test_every_message_has_a_template_and_no_file_is_left_over(folder: Path) -> None:
    assert {file.stem for file in folder.glob("*")} == set(TemplateName)


def test_no_two_wordings_share_a_sentence_or_a_subject() -> None:
    for first, second in combinations(originals(TemplateName.THANK_YOU), 2):
        assert first.subject != second.subject
        sentences = [{s.strip() for s in t.body.replace("\n", " ").split(".")} for t in (first, second)]
        assert sentences[0] & sentences[1] <= {""}
