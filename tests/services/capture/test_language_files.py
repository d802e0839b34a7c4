"""The files in which a language says its words: each has what others have, and nothing that isn't read."""

from __future__ import annotations

import ast
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from followup_desktop.resource_files import resources_dir

PACKAGE = Path(__file__).resolve().parents[3] / "followup_desktop"
LISTS = ("interviews", "mails", "postings")
"""The folders whose files are lists by name."""
KINDS = ("clocks", "dates", *LISTS)


def languages_of(kind: str) -> Mapping[str, Mapping[str, Any]]:
    """What the languages of the program have; of others there may be a few words."""
    files = sorted((resources_dir() / kind).glob("*.toml"))
    spoken = {folder.name for folder in (resources_dir() / "locale").iterdir()}
    return {file.stem: tomllib.loads(file.read_text("utf-8")) for file in files if file.stem in spoken}


def names_in(source: Path) -> Iterator[str]:
    """The texts and attributes in a module of the program."""
    for node in ast.walk(ast.parse(source.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.Attribute):
            yield node.attr


@pytest.mark.parametrize("kind", KINDS)
def test_each_language_has_every_entry_that_another_has(kind: str) -> None:
    """One of which a language has nothing is empty, so that whoever adds one sees all there are."""
    languages = languages_of(kind)
    known = set().union(*languages.values())
    assert {
        code: sorted(known - table.keys()) for code, table in languages.items() if known - table.keys()
    } == {}


def test_every_entry_is_read() -> None:
    """It is named where the files are checked, and where it is asked for; those of tables only there."""
    named = Counter(name for file in PACKAGE.rglob("*.py") for name in names_in(file))
    assert [(kind, name) for kind in LISTS for name in languages_of(kind)["en"] if named[name] < 2] == []
    of_tables = tomllib.loads((resources_dir() / "tables" / "values.toml").read_text("utf-8"))
    assert [name for name in of_tables if not named[name]] == []
