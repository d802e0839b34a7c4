"""The kind chosen decides what an export writes, no file is replaced unasked, and folders are remembered."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from followup_desktop.domain.errors import Refused
from followup_desktop.ui.kit.file_dialogs import ask_for_export, ask_for_import, kinds_to_write, named_as
from followup_desktop.ui.kit.folders import LastFolder
from followup_desktop.ui.kit.window_settings import WindowSettings

EVERYTHING, TABLE, EVENTS, CALENDAR, PEOPLE, ANY = kinds_to_write()


@pytest.mark.parametrize(
    ("name", "kind", "written"),
    [
        ("follow-up.json", EVERYTHING, "follow-up.json"),
        ("follow-up.json", TABLE, "follow-up.csv"),
        ("follow-up.json", CALENDAR, "follow-up.ics"),
        ("follow-up.CSV", TABLE, "follow-up.CSV"),
        ("my.search", TABLE, "my.search.csv"),
        ("follow-up.json", EVENTS, "follow-up.events.csv"),
        ("follow-up.events.csv", EVENTS, "follow-up.events.csv"),
        ("follow-up.json", PEOPLE, "follow-up.vcf"),
        ("search", EVERYTHING, "search.json"),
        ("search.csv", EVERYTHING, "search.csv"),
        ("search.events.csv", EVERYTHING, "search.events.csv"),
        ("search.v2", EVERYTHING, "search.v2.json"),
        ("search.csv", CALENDAR, "search.ics"),
        ("search.csv", ANY, "search.csv"),
        ("search.csv", "", "search.csv"),
    ],
)
def test_the_name_ends_as_the_kind_does(tmp_path: Path, name: str, kind: str, written: str) -> None:
    assert named_as(tmp_path / name, kind, kinds_to_write()) == tmp_path / written


def test_a_file_that_was_not_asked_about_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "follow-up.csv").write_text("mine", "utf-8")
    with pytest.raises(Refused, match=r"follow-up\.csv"):
        named_as(tmp_path / "follow-up.json", TABLE, kinds_to_write())
    assert named_as(tmp_path / "follow-up.csv", TABLE, kinds_to_write()) == tmp_path / "follow-up.csv"


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The folder of the user's documents, as it is where there is one."""
    folder = tmp_path / "Documents"
    folder.mkdir()
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _place: str(folder))
    return str(folder)


def test_the_dialogs_begin_among_the_documents_and_then_where_the_last_file_was(
    settings: QSettings, qtbot: QtBot, tmp_path: Path, documents: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, parent = WindowSettings(settings), QWidget()
    qtbot.addWidget(parent)
    begun: list[str] = []
    answers = ["", str(tmp_path / "a" / "old.json"), str(tmp_path / "b" / "new.json"), ""]

    def choose(_parent: QWidget, _title: str, begin: str, _kinds: str) -> tuple[str, str]:
        begun.append(begin)
        return answers.pop(0), EVERYTHING

    monkeypatch.setattr(QFileDialog, "getOpenFileName", choose)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    for name in "ab":
        (tmp_path / name).mkdir()
    assert ask_for_export(parent, kept) is None
    assert ask_for_import(parent, kept) == str(tmp_path / "a" / "old.json")
    assert ask_for_export(parent, kept) == tmp_path / "b" / "new.json"
    kept.write()
    assert ask_for_import(parent, WindowSettings(settings)) == ""
    assert begun == [
        str(Path(documents) / "follow-up.json"),
        documents,
        str(tmp_path / "a" / "follow-up.json"),
        str(tmp_path / "b"),
    ]


def test_a_folder_that_is_gone_gives_way_to_the_documents(
    settings: QSettings, tmp_path: Path, documents: str
) -> None:
    folder = LastFolder(WindowSettings(settings))
    folder.remember(tmp_path / "stick" / "x.json")
    assert folder.place() == documents
    (tmp_path / "stick").mkdir()
    assert folder.place("y.csv") == str(tmp_path / "stick" / "y.csv")


def test_without_a_folder_for_documents_a_dialog_begins_at_home(settings: QSettings, documents: str) -> None:
    Path(documents).rmdir()
    assert LastFolder(WindowSettings(settings)).place() == str(Path.home())
