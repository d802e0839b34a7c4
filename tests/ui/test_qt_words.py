"""What Qt says by itself is in the language of the program: its dialogs, buttons and menus of fields."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import (
    QAbstractButton,
    QColorDialog,
    QDialogButtonBox,
    QFileDialog,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTextBrowser,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.pseudo_locale import speaking

SAME = {
    "de": {"OK", "&HTML:", "&Name:"},
    "fr": {"OK", "Portrait", "Pages", "&Options >>"},
    "es": {"&No", "&HTML:"},
}
"""What is written in that language as in English."""


def parts(folder: Path) -> list[QWidget]:
    opening = QFileDialog(None, "", str(folder), "(*.a)")
    saving = QFileDialog(None, "", str(folder))
    for dialog, mode in (
        (opening, QFileDialog.AcceptMode.AcceptOpen),
        (saving, QFileDialog.AcceptMode.AcceptSave),
    ):
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setAcceptMode(mode)
    buttons = QDialogButtonBox()
    for button in QDialogButtonBox.StandardButton:
        if button is not QDialogButtonBox.StandardButton.NoButton:
            buttons.addButton(button)
    printer = QPrinter()
    printer.setOutputFileName(str(folder / "report.pdf"))
    fields = [QLineEdit("a"), QPlainTextEdit("a"), QTextBrowser()]
    menus: list[QMenu] = [field.createStandardContextMenu() for field in fields]  # type: ignore[attr-defined]
    return [
        opening,
        saving,
        buttons,
        *fields,
        *menus,
        QColorDialog(),
        QPrintPreviewDialog(printer),
        QPrintDialog(printer),
    ]


def said(folder: Path, qtbot: QtBot) -> list[str]:
    texts = []
    for part in parts(folder):
        qtbot.addWidget(part)
        for each in (part, *part.findChildren(QWidget)):
            if isinstance(each, QLabel | QAbstractButton):
                texts += [each.text(), each.toolTip()]
            if isinstance(each, QGroupBox):
                texts.append(each.title())
            if isinstance(each, QLineEdit):
                texts.append(each.toolTip())
        texts += [action.text().partition("\t")[0] for action in part.findChildren(QAction)]
    return texts


@pytest.mark.parametrize("language", SAME)
def test_nothing_that_qt_says_is_english(language: str, tmp_path: Path, qtbot: QtBot) -> None:
    english = said(tmp_path, qtbot)
    assert {"&Look in:", "Files of &type:", "&Undo", "Select All"} <= set(english)
    with speaking(language):
        spoken = said(tmp_path, qtbot)
    assert len(spoken) == len(english)
    left = {
        before
        for before, after in zip(english, spoken, strict=True)
        if before == after and any(sign.isalpha() for sign in before)
    }
    assert left - SAME[language] == set()
