"""The documents: links lead somewhere, tables match the program, the architecture page matches the code."""

from __future__ import annotations

import re
import struct
from pathlib import Path

import pytest

import followup_desktop
from followup_desktop.domain.model import Rule
from followup_desktop.ui.window.guide.book import anchor_of, guide_folder
from tests import guide_pictures, guide_shortcuts
from tests.packaging.scripts import LINUX, REPOSITORY, load
from tests.tables import tabled

command_line = load(LINUX / "command_line.py")
PACKAGE = Path(followup_desktop.__file__).parent
DOCUMENTS = sorted(
    [*REPOSITORY.glob("*.md"), *(REPOSITORY / "docs").rglob("*.md"), *guide_folder().glob("*.md")]
)


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {anchor_of(heading) for heading in headings}


@tabled("page", DOCUMENTS)
def test_links_lead_somewhere(page: Path) -> None:
    for address in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
        if "://" in address:
            continue
        place, _, heading = address.partition("#")
        target = (page.parent / place) if place else page
        assert target.exists(), address
        assert not heading or heading in anchors(target), address


@pytest.mark.parametrize("page", ["reliability.md", "security.md"])
def test_what_a_page_names_as_proof_is_there(page: str) -> None:
    text = (REPOSITORY / "docs" / page).read_text("utf-8")
    tests = "".join(file.read_text("utf-8") for file in (REPOSITORY / "tests").rglob("test_*.py"))
    named = set(re.findall(r"`(test_\w+)`", text))
    assert len(named) > 10
    assert {name for name in named if f"def {name}(" not in tests} == set()
    assert {
        path for path in re.findall(r"`(tests/[\w/.]+)`", text) if not (REPOSITORY / path).exists()
    } == set()


def test_guide_needs_nothing_outside_its_folder() -> None:
    for page in guide_folder().glob("*.md"):
        assert not re.search(r"\]\(\.\.|\]\(\w+://", page.read_text("utf-8")), page.name


def test_a_guide_in_another_language_has_every_page_and_picture() -> None:
    english = guide_folder()
    names = {path.relative_to(english) for path in english.rglob("*.*")}
    for folder in english.parent.iterdir():
        assert {path.relative_to(folder) for path in folder.rglob("*.*")} == names, folder.name


def test_the_pictures_of_the_guide_are_those_that_are_drawn_in_each_language() -> None:
    assert set(guide_pictures.folders()) == {folder.name for folder in guide_folder().parent.iterdir()}
    for folder in guide_pictures.folders().values():
        pages = "".join(page.read_text("utf-8") for page in folder.parent.glob("*.md"))
        assert set(re.findall(r"pictures/([\w-]+)\.png", pages)) == set(guide_pictures.SHOWN), folder
        assert {picture.stem for picture in folder.iterdir()} == set(guide_pictures.SHOWN), folder


def test_pictures_of_the_guide_are_small() -> None:
    for picture in guide_folder().parent.rglob("*.png"):
        width, _height = struct.unpack(">2I", picture.read_bytes()[16:24])
        assert width <= 800
        assert picture.stat().st_size < 150_000


def test_only_pictures_that_are_shown_are_kept() -> None:
    metainfo = LINUX / "org.followup_desktop.followup.metainfo.xml"
    shown = "".join(page.read_text("utf-8") for page in (*DOCUMENTS, metainfo))
    kept = {picture.name for picture in (REPOSITORY / "docs" / "screenshots").iterdir()}
    assert kept == set(re.findall(r"screenshots/([\w-]+\.png)", shown))


@pytest.mark.parametrize("language", guide_shortcuts.pages())
def test_tables_of_keys_are_those_of_the_commands(language: str) -> None:
    page = guide_shortcuts.pages()[language].read_text("utf-8")
    assert guide_shortcuts.filled(page, language) == page, "run python -m tests.guide_shortcuts"
    assert page.count("\n|---|---|\n") == 6
    older = page.replace("| F1 |", "| F11 |")
    assert guide_shortcuts.filled(older, language) == page


@pytest.mark.parametrize("page", ["resources/guide/en/command-line.md", "README.md"])
def test_every_command_is_documented(page: str) -> None:
    text = (REPOSITORY / page).read_text("utf-8")
    for name in command_line.commands():
        assert f"`followup-desktop {name}" in text, name


def test_every_option_is_in_the_guide() -> None:
    text = (guide_folder() / "command-line.md").read_text("utf-8")
    parsers = [command_line.parser(), *(each for each, _ in command_line.commands().values())]
    for of in parsers:
        for action in command_line.shown(of):
            long = [name for name in action.option_strings if name.startswith("--")]
            assert not long or long[0] in text, long


def test_every_rule_is_in_the_readme() -> None:
    text = (REPOSITORY / "README.md").read_text("utf-8")
    assert not [rule.value for rule in Rule if f"`{rule.value}`" not in text]


def test_architecture_page_names_every_room_and_none_that_is_not_there() -> None:
    text = (REPOSITORY / "docs" / "architecture.md").read_text("utf-8")
    found = re.findall(r"`((?:[a-z_]+/)+|(?:[a-z_]+/)*[a-z0-9_]+\.py)`", text)
    named = {name for name in found if not name.startswith("tests/")}
    assert not [name for name in named if not (PACKAGE / name).exists()]
    rooms = {
        f"{path.parent.relative_to(PACKAGE).as_posix()}/"
        for path in PACKAGE.rglob("__init__.py")
        if path.parent != PACKAGE
    }
    tops = {path.name for path in PACKAGE.glob("*.py")} - {"__init__.py"}
    assert not (rooms | tops) - named


def test_every_decision_is_listed() -> None:
    text = (REPOSITORY / "docs" / "architecture.md").read_text("utf-8")
    notes = (REPOSITORY / "docs" / "decisions").glob("*.md")
    assert not [note.name for note in notes if f"(decisions/{note.name})" not in text]


def test_every_test_that_a_fault_is_said_to_be_proved_by_is_there() -> None:
    named = set(re.findall(r"`(test_\w+)`", (REPOSITORY / "docs" / "reliability.md").read_text("utf-8")))
    written = {
        name
        for file in (REPOSITORY / "tests").rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", file.read_text("utf-8"), re.MULTILINE)
    }
    assert named
    assert named - written == set()
