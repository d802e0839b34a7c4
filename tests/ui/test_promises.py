"""Every command, button and key that a sentence of the program or of its documents names is there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton

from followup_desktop.services.rows import TodaySection
from followup_desktop.services.wording import Wording
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.window.guide.book import guide_folder
from followup_desktop.ui.window.views import SIDEBAR
from tests.packaging.scripts import LINUX, REPOSITORY, load
from tests.screens import STATES
from tests.sources import trees_with
from tests.tables import tabled
from tests.ui import shown_labels, situations
from tests.ui.desk import Open
from tests.ui.shown_labels import as_read, not_shown

command_line = load(LINUX / "command_line.py")
PAGES = [REPOSITORY / "README.md", *sorted(guide_folder().glob("*.md"))]
HEADINGS = {
    *("In quiet hours", "During an interview", "While reminders are paused", "Follow Up"),
    "Open with",  # of the file manager
    *("Reply", "With an offer", "Decision", "Half", "No answer isn't a rejection"),
}
"""What the guide sets off because a paragraph is about it."""
_COMMAND = re.compile(r"followup-desktop((?: +(?:--?[a-z][\w-]*|[a-z][a-z-]*|[A-Z-]+|\S+\.json))*)")
_KEYS = re.compile(
    r"\b(?:(?:Ctrl|Alt|Shift|Meta)\+)+(?:Left|Right|Up|Down|Home|End|Enter|Tab|\w|,)|\bF1?\d\b"
)
_FUNCTION_KEYS = [f"F{number}" for number in range(1, 13)]
_LABEL = re.compile(r"(?<![*\w])\*([A-Z][^*]+?)[.,]?\*(?!\*)")
_BOLD = re.compile(r"\*\*([^*]+)\*\*")
_NAMED_KEYS = {"Up", "Down", "Home", "End", "Enter", "Escape", "Page Up", "Page Down", "?"}


pytestmark = pytest.mark.xdist_group("promises")  # each process would read the program's code anew


@dataclass
class Code:
    """What stands in the program's code that may name a command or a key.

    ``texts`` are those but for what explains the code, with the module of each; ``attributes`` are the names
    of a module's own.
    """

    texts: dict[str, str] = field(default_factory=dict)
    attributes: dict[str, set[str]] = field(default_factory=dict)


@cache
def code() -> Code:
    found = Code()
    for path, tree in trees_with("followup-desktop", "Ctrl", "Alt", "Shift", "Meta", "Key_", *_FUNCTION_KEYS):
        explained: set[int] = set()
        names = found.attributes[str(path)] = set()
        for node in ast.walk(tree):  # what a node holds comes after it
            if isinstance(node, ast.Attribute):
                names.add(node.attr)
            elif isinstance(node, ast.Expr):
                explained.add(id(node.value))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in explained:
                found.texts[node.value] = path.name
    return found


def why_no_command(words: str) -> str | None:
    """Why a command line with these words after the program's name is none; ``None`` if it is one."""
    parser = command_line.parser()
    for word in words.split():
        if word.startswith("-") and word != "-":
            if word not in parser._option_string_actions:
                return f"{word} in {words}"
        elif re.fullmatch(r"[a-z][a-z-]*", word) and parser.prog == "followup-desktop":
            if word not in command_line.commands():
                return f"{word} in {words}"
            parser = command_line.commands()[word][0]
    return None


def first_words(text: str) -> Iterator[str]:
    """What follows the program's name in a sentence: its first word, for the sentence goes on after it."""
    for found in re.finditer(r"followup-desktop +(--?[a-z][\w-]*|[a-z][a-z-]*)", text):
        yield found[1]


def test_every_command_that_a_sentence_of_the_program_names_is_there() -> None:
    named = [(word, module) for text, module in code().texts.items() for word in first_words(text)]
    assert named
    assert [(word, module) for word, module in named if why_no_command(word)] == []


@tabled("page", PAGES)
def test_every_command_that_a_page_names_is_there(page: Path) -> None:
    spans = re.findall(r"`([^`]+)`", re.sub(r"(?s)```.*?```", "", page.read_text("utf-8")))
    named = [found[1] for span in spans for found in _COMMAND.finditer(span)]
    assert [why for words in named if (why := why_no_command(words))] == []


def test_every_command_that_the_manual_page_names_is_there() -> None:
    page = command_line.page("2026-11-28").replace("\\-", "-")
    examples = re.findall(r"^\.B followup-desktop (.+)$", page, re.MULTILINE)
    assert examples
    assert [why for words in examples if (why := why_no_command(words))] == []


def named_on(page: Path) -> set[str]:
    """The labels that a page sets off."""
    text = " ".join(page.read_text("utf-8").split())
    named = {as_read(part.strip()) for label in _LABEL.findall(text) for part in label.split("→")}
    if page.name not in {"index.md", "README.md"}:  # what these set off are headings of their own
        named |= {bold for bold in _BOLD.findall(text) if bold[0].isupper() and not is_keys(bold)}
    return named - HEADINGS


@pytest.mark.journey
def test_every_button_and_menu_that_a_page_names_is_there(theme: Theme) -> None:
    """In the window itself: that a text stands somewhere in the code makes no button of it."""
    named = {page.name: named_on(page) for page in PAGES}
    missing = not_shown(frozenset().union(*named.values()), theme)
    assert {name: found for name, labels in named.items() if (found := labels & missing)} == {}


def test_a_label_that_is_not_there_is_missed(theme: Theme, monkeypatch: pytest.MonkeyPatch) -> None:
    only = {name: STATES[name] for name in ("today", "settings-notifications")}
    monkeypatch.setattr(shown_labels, "STATES", only)
    assert not_shown({"Snooze", "Your time zone", "Log call"}, theme) == {"Log call"}


def test_the_guide_names_the_sections_of_today() -> None:
    text = " ".join((guide_folder() / "today.md").read_text("utf-8").split())
    listed = re.search(r"in the order they need you: (.*?)\.", text)
    assert listed is not None
    wording = Wording()
    assert re.findall(r"\*(.*?)\*", listed[1]) == [wording.section_label(each) for each in TodaySection]


def is_keys(words: str) -> bool:
    return len(words) == 1 or bool(_KEYS.fullmatch(words)) or words in _NAMED_KEYS


def handled() -> set[tuple[str, str]]:
    """The keys that an event handler of a module names, with the modifiers that it names."""
    found = set()
    for names in code().attributes.values():
        keys = {name.removeprefix("Key_") for name in names if name.startswith("Key_")}
        modifiers = {name.removesuffix("Modifier") for name in names if name.endswith("Modifier")}
        found |= {(modifier, key) for key in keys for modifier in modifiers}
    return found


def test_every_key_that_a_sentence_or_a_page_names_is_heard(open_window: Open) -> None:
    window = open_window(situations.twelve())
    for row in SIDEBAR:
        window.show_view(row.name)
    window.help.open_guide()
    sequences = [key for action in window.findChildren(QAction) for key in action.shortcuts()]
    sequences += [shortcut.key() for shortcut in window.findChildren(QShortcut)]
    sequences += [button.shortcut() for button in window.findChildren(QAbstractButton)]
    heard = {key.toString(QKeySequence.SequenceFormat.PortableText) for key in sequences}
    heard |= {f"{modifier.replace('Control', 'Ctrl')}+{key}" for modifier, key in handled()}
    of_handlers = set[str]().union(*code().attributes.values())
    heard |= {key for key in ("F2", "F4") if f"Key_{key}" in of_handlers}
    named = {keys for page in PAGES for keys in _KEYS.findall(page.read_text("utf-8"))}
    named |= {keys for text in code().texts for keys in _KEYS.findall(text)}
    assert len(named) > 20
    assert named - heard == set()
