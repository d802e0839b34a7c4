"""Another language is chosen while the program runs: the window is made anew in it, and nothing is lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from followup_desktop.system.language import chosen_language
from tests.language_switch import GUIDE_HEADING, SCROLLED

pytestmark = pytest.mark.xdist_group("language")  # one process lives through the switch, not each of three

TIMEOUT = 180.0
"""Seconds; a quiet machine needs 10, one with ten other programs in the way more than 60."""


def run(folder: Path, *words: str) -> str:
    """What a program says, on a system that speaks British English."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "LANG": "en_GB.UTF-8"}
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LC_TIME"):
        environment.pop(name, None)
    done = subprocess.run(
        [sys.executable, "-m", *words],
        env=environment,
        capture_output=True,
        text=True,
        timeout=TIMEOUT,
        check=True,
    )
    assert not (folder / "data" / "problems.log").exists()
    return done.stdout


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("language")


@pytest.fixture(scope="module")
def met(folder: Path) -> list[dict[str, Any]]:
    """What the user met in German, in French and again in the system's English."""
    told = json.loads(run(folder, "tests.language_switch", str(folder)))
    assert told["status"] == 0
    met: list[dict[str, Any]] = told["met"]
    return met


def test_menus_and_qt_s_own_words_change_at_once_and_back(met: list[dict[str, Any]]) -> None:
    assert [window["menus"][0] for window in met] == ["Datei", "Fichier", "File"]
    assert [window["button of Qt"] for window in met] == ["Abbrechen", "Annuler", "Cancel"]


def test_everything_stays_as_it_was_left(met: list[dict[str, Any]]) -> None:
    for window in met:
        assert window["windows"] == 1
        assert (window["view"], window["keyboard in the field"]) == ("settings", True)
        assert (window["application"], window["person"], window["search"]) == ("a2", "c2", "o")
        assert window["drafts"] == ["new-application"]
        assert window["can undo"]
        assert window["scrolled"] == SCROLLED


def test_the_guide_stays_open_at_its_heading_in_each_language(met: list[dict[str, Any]]) -> None:
    titles = ["Erinnerungen – Handbuch zu Follow Up", "Rappels — Guide de Follow Up"]
    titles.append("Reminders — Follow Up guide")
    assert [window["guide"] for window in met] == [[title, "reminders", GUIDE_HEADING] for title in titles]


def test_a_command_speaks_the_language_that_was_chosen_in_the_window(folder: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "window.ini").write_text("[files]\nlanguage=de\n[window]\nview=today\nlanguage=fr\n", "utf-8")
    assert chosen_language(data / "window.ini") == "fr"
    for words in (["--data-dir", str(data), "due", "--help"], ["due", f"--data-dir={data}", "--help"]):
        assert "liste" in run(tmp_path, "followup_desktop", *words)


@pytest.mark.parametrize(
    "kept", ["", "[window]\nview=today\n", "[writing]\nlanguage=de\n", "[window]\nlanguage=\n", "\0\xff"]
)
def test_without_a_choice_the_system_decides(kept: str, tmp_path: Path) -> None:
    file = tmp_path / "window.ini"
    file.write_text(kept, "latin-1")
    assert chosen_language(file) == ""
    assert chosen_language(tmp_path / "none.ini") == ""
