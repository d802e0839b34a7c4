"""The stages as the program itself names them, in each language, are read from a table as what they are."""

from __future__ import annotations

import pytest

from followup_desktop.domain.model import Stage
from followup_desktop.i18n import languages
from followup_desktop.resource_files import resources_dir
from followup_desktop.services.transfer.tables.words import stage_of
from followup_desktop.services.wording import Wording
from tests.pseudo_locale import speaking


@pytest.mark.parametrize("code", languages(resources_dir() / "locale"))
def test_a_stage_is_read_by_the_name_that_the_program_gives_it(code: str) -> None:
    with speaking(code):
        read = {stage: stage_of(Wording().stage_label(stage)) for stage in Stage}
    assert read == {stage: (stage, True) for stage in Stage}
