"""Patterns that are compiled when they are first used are as those that were compiled at once."""

from __future__ import annotations

import re
from typing import Any

import pytest

from followup_desktop.system.start.patterns import compile_when_used


@pytest.fixture(autouse=True)
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put off here what ``re`` compiles, and no further."""
    monkeypatch.setattr(re, "compile", re.compile)
    compile_when_used()


def module(text: str) -> dict[str, Any]:
    """The names in a module of this text, in which ``re`` is imported."""
    names: dict[str, Any] = {"re": re, "__name__": "made_here"}
    exec(text, names)
    return names


def test_a_pattern_of_a_module_or_a_class_is_compiled_when_it_is_first_used() -> None:
    made = module("wrong = re.compile('(')\nclass Reader:\n    wrong = re.compile('(')")
    for pattern in (made["wrong"], made["Reader"].wrong):
        with pytest.raises(re.error):
            pattern.match("")


def test_a_pattern_of_a_function_is_compiled_at_once() -> None:
    with pytest.raises(re.error):
        module("def made():\n    return re.compile('(')")["made"]()


def test_what_can_be_asked_of_it_is_what_the_pattern_says() -> None:
    pattern = module("pattern = re.compile(r'(?P<day>[a-z]+)day', re.I)")["pattern"]
    match = pattern.fullmatch("Monday")
    assert match is not None
    assert match["day"] == "Mon"
    assert [each["day"] for each in pattern.finditer("Monday, Friday")] == ["Mon", "Fri"]
    assert (pattern.pattern, pattern.flags, pattern.groups) == (
        r"(?P<day>[a-z]+)day",
        re.IGNORECASE | re.UNICODE,
        1,
    )


def test_it_passes_for_a_pattern() -> None:
    pattern = module("pattern = re.compile('a+')")["pattern"]
    assert isinstance(pattern, re.Pattern)
    assert re.sub(pattern, "b", "caat") == "cbt"
    assert re.compile(pattern).search("caat")
