"""Which language the system speaks."""

from __future__ import annotations

import pytest

from followup_desktop.system.language import system_locale


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, None),
        ({"LANG": "de_AT.UTF-8"}, "de_AT.UTF-8"),
        ({"LANG": "de_AT.UTF-8", "LC_ALL": "C"}, "C"),
        ({"LANG": "en_GB.UTF-8", "LC_TIME": "en_US.UTF-8"}, "en_US.UTF-8"),
        ({"LANG": "en_GB.UTF-8", "LC_TIME": "sv_SE.UTF-8"}, "en_GB.UTF-8"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "es_ES.UTF-8"}, "es_ES.UTF-8"),
        ({"LANG": "", "LC_MESSAGES": "fr_FR"}, "fr_FR"),
    ],
)
def test_texts_decide_and_dates_of_the_same_language_join(
    environment: dict[str, str], expected: str | None
) -> None:
    assert system_locale(environment) == expected
