"""What a terminal is sent can't steer it, and JSON stays the same JSON."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_desktop.system.terminal import json_pieces, json_text, one_line, visible
from tests.test_cli import AFTER, FACTS, Run, file_with, run

__all__ = ["run"]

STEERING = "\x1b[31m\x9b2J\x07\u202e\u2066\u200b\u200f\u061c\ufeff\u2028\x7f"


def controls(text: str) -> set[str]:
    """What would steer a terminal, or change the order or the look of what is beside it."""
    return {each for each in text if unicodedata.category(each) in {"Cc", "Cf", "Cs", "Zl", "Zp"}} - {"\n"}


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_no_control_passes(text: str) -> None:
    assert controls(visible(text)) == set()
    assert controls(one_line(text)) == set()
    assert "\n" not in one_line(text)
    plain = "".join(each for each in text if not controls(each))
    assert visible(plain) == plain


@given(st.recursive(st.none() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_json_is_the_same_without_controls(value: object) -> None:
    written = json_text(value)
    assert controls(written) == set()
    assert json.loads(written) == value


def test_letters_accents_and_pictures_stay() -> None:
    text = "Ana Ruiz – Łódź – 山田 – ليلى – ❤️"
    assert one_line(text) == text


def test_every_command_shows_controls_and_obeys_none(run: Run, tmp_path: Path) -> None:
    facts = json.loads(json.dumps(FACTS))
    facts["contacts"][0]["name"] = f"Ana {STEERING} Ruiz"
    facts["applications"][0]["role"] = f"Data {STEERING}\nEngineer"
    facts["applications"][0][f"odd {STEERING}"] = 1
    facts["reminders"] = [{"id": "m1", "title": f"Call {STEERING}", "at": "2026-10-14T09:00"}]
    file = file_with(tmp_path, facts)
    for words in (
        ("due", "--from", file, "--at", AFTER, "--all"),
        ("due", "--from", file, "--at", AFTER, "--all", "--json"),
        ("import", "--dry-run", file),
        ("import", "--json", "--dry-run", file),
        ("import", file),
        ("due", "--at", AFTER),
        ("due", "--at", AFTER, "--all", "--json"),
    ):
        status, out, err = run(*words)
        assert (status, controls(out), controls(err)) == (0, set(), set()), words
        assert "Ana" in out
    assert r"Ana \x1b[31m" in run("due", "--at", AFTER)[1]
    titles = {each["title"] for each in json.loads(run("due", "--at", AFTER, "--all", "--json")[1])}
    assert f"Thank Ana {STEERING} Ruiz" in titles


@pytest.mark.parametrize(
    "words",
    [
        ("import", f"nowhere {STEERING}"),
        ("due", "--from", f"nowhere {STEERING}"),
        ("export", f"no/such/folder {STEERING}/x.json"),
        ("due", "--at", STEERING),
        ("due", f"--{STEERING}"),
        (f"dance{STEERING}",),
        ("import", "x", "y", STEERING),
    ],
)
def test_no_sentence_repeats_a_control(run: Run, words: tuple[str, ...]) -> None:
    status, out, err = run(*words)
    assert status in {1, 2}
    assert (controls(out), controls(err)) == (set(), set())
    assert err


@pytest.mark.parametrize("rows", [[], [1], [{"a": ["x\ny", {}], "b": None}, [], "\x1b\u202e"]])
def test_json_is_the_same_in_pieces(rows: list[object]) -> None:
    value = {"n": 1, "none": {}, "rows": rows, "some": {"\x1b": [1, {"b": 2}]}}
    assert "".join(json_pieces(value | {"rows": iter(rows)})) == json_text(value)
