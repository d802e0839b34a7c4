"""The box where nothing can be written into the data folder: another try, a look at the data, or another."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton

from followup_desktop.services.backups import look_at
from followup_desktop.services.inside_backup import BackupPart
from followup_desktop.services.wording import Wording
from followup_desktop.storage.cipher import Keys
from followup_desktop.storage.database import open_database
from followup_desktop.storage.store import Store
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.settings.backup_window import BackupWindow
from followup_desktop.ui.window.read_only import ReadOnlyBox, ask_what_to_do
from tests.storage.conftest import NOW, put_acme

SENTENCE = "The data folder isn't writable."
Press = Callable[[ReadOnlyBox], QPushButton | None]


def asked(folder: Path, look: Callable[[], object] | None, *presses: Press) -> tuple[bool, list[Path]]:
    """Whether to try again once these were pressed in the boxes that come, and what was opened elsewhere."""
    left, elsewhere = list(presses), list[Path]()

    def answer() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, ReadOnlyBox)
        assert box.text() == SENTENCE
        button = left.pop(0)(box)
        if left:
            QTimer.singleShot(0, answer)
        assert button is not None
        button.click()

    QTimer.singleShot(0, answer)
    again = ask_what_to_do(SENTENCE, folder, look, elsewhere.append)
    assert not left
    return again, elsewhere


def test_it_is_tried_again_or_left(theme: Theme, tmp_path: Path) -> None:
    assert theme
    assert asked(tmp_path, None, lambda box: box.again_button) == (True, [])
    assert asked(tmp_path, None, lambda box: box.quit_button) == (False, [])


def test_what_is_there_is_looked_at_and_then_it_is_asked_again(theme: Theme, tmp_path: Path) -> None:
    assert theme
    looks: list[bool] = []
    again, _elsewhere = asked(
        tmp_path, lambda: looks.append(True), lambda box: box.look_button, lambda box: box.again_button
    )
    assert (again, looks) == (True, [True])
    assert ReadOnlyBox(SENTENCE, has_data=False).look_button is None


def test_another_folder_is_opened(theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert theme
    chosen = ["", str(tmp_path)]
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_words: chosen.pop(0))
    press: Press = lambda box: box.elsewhere_button  # noqa: E731
    assert asked(tmp_path, None, press, press) == (False, [tmp_path])


def test_the_data_are_shown_to_be_looked_at_only(theme: Theme, tmp_path: Path) -> None:
    database = tmp_path / "followup.db"
    store = Store(open_database(database))
    put_acme(store)
    store.close()
    before = database.read_bytes()
    window = BackupWindow(theme, look_at(database, Keys(), Wording(), NOW))
    window.show()
    assert window.windowTitle() == "Your data"
    assert [row.text for row in window.model.rows] == ["Acme · Data Engineer · Interviewing"]
    window.show_part(BackupPart.PEOPLE)
    assert len(window.model.rows) == 2
    assert not window.restore_button.isVisible()
    window.reject()
    assert database.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir() if each.suffix not in {".db", ".state"}] == []
