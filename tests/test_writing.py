"""What users read is written as CONTRIBUTING asks: one word for one thing, contractions, ellipses."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from followup_desktop.resource_files import resources_dir
from tests.packaging.scripts import LINUX, load

REPOSITORY = Path(__file__).resolve().parents[1]
PAGES = [REPOSITORY / "README.md", *sorted((resources_dir() / "guide" / "en").glob("*.md"))]
FIXED = ("It did not take place", "do not disturb", "where you are")
"""An answer whose name assistive technology relies on, a mode of desktops, and what has no contraction."""
OF_OTHERS = ("Connection refused", "Transport endpoint is not connected")
"""What systems say."""


def words_not_used() -> list[str]:
    """The right column of the glossary."""
    text = (REPOSITORY / "CONTRIBUTING.md").read_text("utf-8")
    table = text.partition("| write | not |")[2].partition("\n\n")[0]
    return re.findall(r"`([^`]+)`", table)


@cache
def texts() -> tuple[str, ...]:
    """Every text of the program in English, without the marks of keys."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(REPOSITORY / "packaging")
        catalogue = importlib.import_module("messages").gathered()
    found = []
    for message in catalogue:
        ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
        found += [re.sub(r"&(?=\w)", "", each) for each in ids if each]
    return tuple(found)


def found_in(text: str) -> Iterator[str]:
    """The words of the glossary's right column that a text has."""
    plain = text
    for allowed in (*FIXED, *OF_OTHERS):
        plain = plain.replace(allowed, "")
    for words in words_not_used():
        edges = (r"\b" if words[0].isalnum() else r"(?<=\w)", r"\b" if words[-1].isalnum() else "")
        if re.search(edges[0] + re.escape(words) + edges[1], re.sub(r"\{\w+\}", "{}", plain), re.IGNORECASE):
            yield words


def test_the_glossary_is_read() -> None:
    assert {"mail program", "whom", "(s)", "please"} <= set(words_not_used())
    assert list(found_in("Please mail the item(s)")) == ["please", "(s)"]


def test_one_thing_has_one_name() -> None:
    assert len(texts()) > 1500
    assert {text: wrong for text in texts() if (wrong := list(found_in(text)))} == {}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_uses_the_same_words(page: Path) -> None:
    text = " ".join(re.sub(r"(?s)```.*?```|`[^`]*`", "", page.read_text("utf-8")).split())
    assert list(found_in(text)) == []


def test_the_manual_page_uses_the_same_words() -> None:
    page = load(LINUX / "command_line.py").page("2026-11-28").replace("\\-", "-")
    assert "Follow Up reminds people" in page
    assert list(found_in(" ".join(page.split()))) == []


def test_an_ellipsis_is_one_character_without_a_blank_before_it() -> None:
    assert [text for text in texts() if "..." in text or re.search(r"\s…", text)] == []


def test_a_label_is_in_sentence_case() -> None:
    """Two words in a row with capitals are a name, and there are few."""
    names = re.compile(
        r"Follow Up|Time Machine|New York|Numbers, Pages|Debian and Ubuntu|Outlook MSG|User Commands"
    )
    titled = [
        text
        for text in texts()
        if re.fullmatch(r"(?:[A-Z][a-z]+ )+[A-Z][a-z]+", text) and not names.search(text)
    ]
    assert titled == ["Data Engineer"]


def test_a_message_of_what_was_done_has_no_full_stop() -> None:
    done = re.compile(r"(Deleted|Added|Copied|Archived|Moved|Tagged|Unarchived|Skipped) (?!items)[^.]*\.")
    assert [text for text in texts() if done.fullmatch(text)] == []
