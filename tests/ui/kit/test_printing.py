"""What is printed fits on its page, lies where it was sent, and where nothing can be printed that is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QPagedPaintDevice, QPainter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from followup_desktop.domain.errors import Refused
from followup_desktop.services.progress import Cancelled
from followup_desktop.system.files import FolderFiles
from followup_desktop.system.paths import DataPaths
from followup_desktop.ui.kit.printing import fit, print_on
from tests.ui.printers import Printer, given_up

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


def line(painter: QPainter, _device: QPagedPaintDevice) -> None:
    painter.drawLine(0, 0, 100, 100)


def test_where_it_went_is_said(qapp: QApplication, tmp_path: Path) -> None:
    file = tmp_path / "picture.pdf"
    assert print_on(printer_into(file), line, FolderFiles()) == "Printed to picture.pdf"
    assert file.read_bytes().startswith(b"%PDF-")
    paper = tmp_path / "paper"
    assert print_on(Printer(paper, gives_up=True), line, FolderFiles()) == "Sent to Office"
    assert paper.read_bytes().startswith(b"%PDF-")


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_where_nothing_can_be_printed_is_refused(qapp: QApplication, tmp_path: Path) -> None:
    place = tmp_path / "no folder" / "picture.pdf"
    with pytest.raises(Refused, match="another printer"):
        print_on(Printer(place, gives_up=True), line, FolderFiles())
    with pytest.raises(Refused, match="no folder"):
        print_on(printer_into(place), line, FolderFiles())


def test_the_programs_own_files_are_not_printed_over(qapp: QApplication, tmp_path: Path) -> None:
    own = DataPaths(tmp_path)
    own.database.write_bytes(b"all there is")
    with pytest.raises(Refused):
        print_on(printer_into(own.database), line, FolderFiles(own))
    assert own.database.read_bytes() == b"all there is"


def test_a_file_stays_as_it_was_when_printing_is_given_up(qapp: QApplication, tmp_path: Path) -> None:
    file = tmp_path / "picture.pdf"
    file.write_bytes(b"yesterday's")
    with pytest.raises(Cancelled):
        print_on(printer_into(file), given_up, FolderFiles())
    assert file.read_bytes() == b"yesterday's"


def test_pages_that_a_printer_keeps_are_told_of(qapp: QApplication, tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        print_on(Printer(tmp_path / "one", gives_up=True), given_up, FolderFiles())
    with pytest.raises(Refused, match=r"^Cancelled\. The pages that were ready were sent to Office\.$"):
        print_on(Printer(tmp_path / "two", gives_up=False), given_up, FolderFiles())
