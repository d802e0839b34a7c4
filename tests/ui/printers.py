"""Printers of which a file shows what was sent to them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QPagedPaintDevice, QPainter
from PySide6.QtPrintSupport import QPrinter

from followup_desktop.services.progress import Cancelled


class Printer(QPrinter):
    """The printer "Office"; ``gives_up`` says whether it drops a job that is cancelled."""

    def __init__(self, file: Path, *, gives_up: bool) -> None:
        super().__init__(QPrinter.PrinterMode.HighResolution)
        self.setOutputFileName(str(file))
        self._gives_up = gives_up

    def outputFileName(self) -> str:  # noqa: N802
        return ""

    def printerName(self) -> str:  # noqa: N802
        return "Office"

    def abort(self) -> bool:
        return self._gives_up


def given_up(_painter: QPainter, _device: QPagedPaintDevice) -> None:
    """A painting that the user cancels."""
    raise Cancelled
