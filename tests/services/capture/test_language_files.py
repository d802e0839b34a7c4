"""The files in which a language says its words: each has what others have, and nothing that isn't read."""

from __future__ import annotations

import ast
import json
import re
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
KINDS = ("clocks", "dates", "replies", *LISTS)

STAYS = {
    "i18n.py": ({"Español", "lang"}, "an example of a name; LANG"),
    "self_test.py": ({"España"}, "the name of a holiday"),
    "services/capture/addresses.py": ({"publication"}, "English, too"),
    "services/capture/phrase_words.py": ({"circa"}, "English, too"),
    "services/capture/phrasebook.py": ({"amanhã"}, "an example of a word"),
    "services/capture/salaries.py": ({"Kč", "zł"}, "signs of currencies"),
    "services/capture/vocabulary.py": ({"april", "august", "november", "september"}, "English, too"),
    "services/transfer/answers.py": ({"firma"}, "an example of an answer"),
    "services/transfer/encodings.py": ({"ÝÞðþý"}, "letters, and no word"),
    "system/language.py": ({"lang"}, "LANG"),
    "ui/kit/theme.py": ({"neue"}, "the font Helvetica Neue"),
}
"""Words of languages that code has, by the module, and why."""
WORD = re.compile(r"[^\W\d_]{4,}")
WITH_ACCENT = re.compile(r"(?=[^\W\d_]*[À-ÖØ-öø-ɏ])[A-Za-zÀ-ÖØ-öø-ɏ]{2,}")
NO_WORDS = re.compile(r"\[[^\]]*\]|\\[A-Za-z]|\(\?P<\w+>|<\w+>")
"""What isn't a letter of an expression."""
NO_WORDS_OF_ITS_OWN = frozenset({"cities", "parts", "regions", "rows", "words", "zones"})
"""Entries with names, or with the English of each row; the ``words`` are their keys."""
CATALOGUE = frozenset({"_", "N_", "NP_", "ngettext", "pgettext"})


def languages_of(kind: str) -> Mapping[str, Mapping[str, Any]]:
    """What the languages of the program have; of others there may be a few words."""
    spoken = {folder.name for folder in (resources_dir() / "locale").iterdir()}
    files = [file for file in sorted((resources_dir() / kind).iterdir()) if file.stem in spoken]
    read = {".toml": tomllib.loads, ".json": json.loads}
    return {file.stem: read[file.suffix](file.read_text("utf-8")) for file in files}


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


def words_in(found: object) -> Iterator[str]:
    """The words of what a file holds, without those of its expressions."""
    if isinstance(found, str):
        yield from WORD.findall(NO_WORDS.sub(" ", found.casefold()))
    elif isinstance(found, dict):
        for each in found.values():
            yield from words_in(each)
    elif isinstance(found, list):
        for each in found:
            yield from words_in(each)


def words_of_others() -> frozenset[str]:
    """What the files of other languages have, and neither those of English nor the program's own texts."""
    english = set(words_in((resources_dir() / "locale" / "followup-desktop.pot").read_text("utf-8")))
    others: set[str] = set()
    for kind in ("clocks", "dates", *LISTS):
        for code, table in languages_of(kind).items():
            said = {name: found for name, found in table.items() if name not in NO_WORDS_OF_ITS_OWN}
            (english if code == "en" else others).update(words_in(said), table.get("words", ()))
    headings = tomllib.loads((resources_dir() / "tables" / "headings.toml").read_text("utf-8"))
    for code, said in (each for languages in headings.values() for each in languages.items()):
        (english if code == "en" else others).update(words_in(said))
    return frozenset(others - english)


def own_texts(source: Path) -> Iterator[str]:
    """The texts of a module that are neither its documentation nor for the catalogue."""
    tree = ast.parse(source.read_text("utf-8"))
    shown: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            shown.add(node.value)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CATALOGUE:
            shown.update(ast.walk(node))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in shown:
            yield node.value


def test_code_has_no_words_of_a_language() -> None:
    """A word of another language than English, or with an accent, belongs in that language's file."""
    others, found = words_of_others(), {}
    for source in PACKAGE.rglob("*.py"):
        texts = [NO_WORDS.sub(" ", text) for text in own_texts(source)]
        said = {word for text in texts for word in WORD.findall(text.casefold())} & others
        said |= {word for text in texts for word in WITH_ACCENT.findall(text)}
        if said:
            found[source.relative_to(PACKAGE).as_posix()] = said
    assert found == {module: words for module, (words, _reason) in STAYS.items()}
