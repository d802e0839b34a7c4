"""What is printed fits on its page, lies where it was sent, and where nothing can be printed that is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSizeF
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from followup_desktop.domain.errors import Refused
from followup_desktop.ui.kit.printing import fit, print_on

PAGE = QSizeF(600, 800)


@pytest.mark.parametrize("picture", [QSizeF(750, 200), QSizeF(750, 4000), QSizeF(75, 20), QSizeF(600, 800)])
def test_a_picture_is_as_large_as_its_page_lets_it_be(picture: QSizeF) -> None:
    scaled = picture * fit(picture, PAGE)
    assert scaled == scaled.boundedTo(PAGE)
    assert scaled.width() == PAGE.width() or scaled.height() == PAGE.height()


def printer_into(file: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(file))
    return printer


def test_where_it_went_is_said(qapp: QApplication, tmp_path: Path) -> None:
    file = tmp_path / "picture.pdf"
    said = print_on(printer_into(file), lambda painter: painter.drawLine(0, 0, 100, 100))
    assert said == "Printed to picture.pdf"
    assert file.read_bytes().startswith(b"%PDF-")


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_where_nothing_can_be_printed_is_refused(qapp: QApplication, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="another printer"):
        print_on(printer_into(tmp_path / "no folder" / "picture.pdf"), lambda _painter: None)
