"""About: the licences of all that is bundled can be read where there is a bundle."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QAbstractButton, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.window.about import AboutDialog, LicencesDialog


def buttons(dialog: QWidget) -> dict[str, QAbstractButton]:
    return {each.text().replace("&", ""): each for each in dialog.findChildren(QAbstractButton)}


def test_the_licences_of_a_bundle_are_shown(theme: Theme, qtbot: QtBot, tmp_path: Path) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    file = tmp_path / "licences.txt"
    assert "Licences" not in buttons(AboutDialog(theme, window, file))
    file.write_text("HarfBuzz 14: MIT\n\n<b>Permission</b> is granted", "utf-8")
    about = AboutDialog(theme, window, file)
    buttons(about)["Licences"].click()
    (shown,) = about.findChildren(LicencesDialog)
    (text,) = shown.findChildren(QPlainTextEdit)
    assert (shown.isVisible(), text.isReadOnly()) == (True, True)
    assert text.toPlainText() == file.read_text("utf-8")
