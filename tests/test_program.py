"""How the program begins and what its menus do with files; the rest is tried on a real desktop."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, QUrl
from PySide6.QtGui import QDesktopServices

from followup_desktop import program
from followup_desktop.domain import checks
from followup_desktop.storage.database import open_database
from followup_desktop.storage.store import Store
from followup_desktop.system import url_handlers
from followup_desktop.system.zone_and_country import guessed_place
from followup_desktop.ui.kit.theme import ThemeChoice
from followup_desktop.ui.kit.window_settings import THEME, WindowSettings
from tests.ui.desk import Desk

NOW = datetime(2026, 10, 14, 12, 0, tzinfo=UTC)


def test_sample_data_are_there_at_once_and_can_not_be_undone_into_nothing(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    program.fill_with_sample(desk.store, NOW)
    assert len(desk.store.facts().applications) > 10
    assert desk.tracker.undo_label is None


def test_the_guessed_place_is_one_that_can_be_set() -> None:
    zone, country = guessed_place()
    assert checks.check_zone(zone, "timezone") == zone
    assert country is None or checks.check_country(country, "country") == country


def test_an_address_goes_to_a_program_with_the_environment_of_the_system(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[str | None] = []

    def note(_url: QUrl) -> bool:
        seen.append(os.environ.get("LD_LIBRARY_PATH"))
        return True

    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setenv("LD_LIBRARY_PATH", "/bundle")
    monkeypatch.delenv("LD_LIBRARY_PATH_ORIG", raising=False)
    monkeypatch.setattr(QDesktopServices, "openUrl", note)
    monkeypatch.setattr(url_handlers, "may_be_opened", lambda *_asked: True)
    assert program.open_url(QUrl("https://acme.example"))
    assert seen == [None]


@pytest.mark.parametrize(
    ("address", "opened"),
    [
        ("https://acme.example/jobs", True),
        ("HTTP://acme.example", True),
        ("mailto:ana@acme.example", True),
        ("tel:+34600000000", True),
        ("file:///etc/passwd", False),
        ("smb://acme.example/share/run.exe", False),
        ("javascript:alert(1)", False),
        ("data:text/html,hello", False),
        ("vscode://file/etc/passwd", False),
        ("/usr/bin/xterm", False),
        ("", False),
    ],
)
def test_only_pages_letters_and_calls_are_handed_to_the_system(
    address: str, opened: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[QUrl] = []

    def take(url: QUrl) -> bool:
        seen.append(url)
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", take)
    monkeypatch.setattr(url_handlers, "may_be_opened", lambda *_asked: True)
    assert program.open_url(QUrl(address)) is opened
    assert [url.toString() for url in seen] == ([QUrl(address).toString()] if opened else [])


@pytest.mark.skipif(sys.platform != "linux", reason="the desktop's files of programs are those of Linux")
def test_what_no_program_opens_is_not_handed_to_the_system(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("HOME", "PATH", "XDG_CONFIG_HOME", "XDG_CONFIG_DIRS", "XDG_DATA_HOME", "XDG_DATA_DIRS"):
        monkeypatch.setenv(name, str(tmp_path / "nothing"))
    seen: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", seen.append)
    assert not program.open_url(QUrl("mailto:ana@acme.example"))
    assert seen == []


def test_a_folder_is_shown_and_a_file_in_its_place_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []

    def take(url: QUrl) -> bool:
        seen.append(url.toLocalFile())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", take)
    (tmp_path / "run.desktop").write_text("[Desktop Entry]")
    assert program.open_folder(tmp_path)
    assert not program.open_folder(tmp_path / "run.desktop")
    assert seen == [str(tmp_path)]


@pytest.mark.parametrize(("stored", "expected"), [("dark", ThemeChoice.DARK), ("pink", ThemeChoice.SYSTEM)])
def test_the_theme_chosen_last_time(tmp_path: Path, stored: str, expected: ThemeChoice) -> None:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    settings.setValue("window/theme", stored)
    assert WindowSettings(settings).get(THEME) is expected


@pytest.mark.parametrize(
    ("system_zone", "place"),
    [
        ("Europe/Madrid", ("Europe/Madrid", "ES")),
        ("Asia/Kolkata", ("Asia/Kolkata", "IN")),
        ("America/New_York", ("America/New_York", "US")),
    ],
)
def test_the_country_is_guessed_with_the_zone_whatever_language_is_spoken(
    system_zone: str, place: tuple[str, str]
) -> None:
    code = "from followup_desktop.system.zone_and_country import guessed_place; print(*guessed_place())"
    environment = {**os.environ, "TZ": system_zone, "LC_ALL": "en_GB.UTF-8", "LANG": "en_GB.UTF-8"}
    said = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True, timeout=60
    )
    assert tuple(said.stdout.split()) == place


def test_a_posting_handed_over_before_there_is_a_window_outlives_an_end_before_it(tmp_path: Path) -> None:
    """It is killed in place of making the window; the next start has the posting as a draft, once."""
    killed = (
        "import os, sys\n"
        "from followup_desktop import program\n"
        "from followup_desktop.__main__ import main\n"
        "program.MainWindow = lambda *args: os._exit(9)\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    link = ("--link", "followup:add?title=Night%20cook%20wanted")
    for _again in range(2):
        ended = subprocess.run(
            [sys.executable, "-c", killed, "--data-dir", str(tmp_path), *link],
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert ended.returncode == 9, ended.stderr
    store = Store(open_database(tmp_path / "followup.db"))
    kept = [texts["posting"] for texts in store.drafts.all("forms").values()]
    store.close()
    assert kept == ["Night cook wanted"]
