"""What is painted, as a PDF file; it needs no widgets and no display."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QPainter, QPdfWriter

from followup_desktop.i18n import _

Paint = Callable[[QPainter, QPagedPaintDevice], object]
"""Paints on the pages of a device."""


def pdf_file(layout: QPageLayout, title: str, paint: Paint, *, is_grey: bool = False) -> bytes:
    """The file, made on any thread; raises what ``paint`` raises. Needs Qt's application to be there."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageLayout(layout)
    writer.setTitle(title)
    writer.setCreator(_("Follow Up"))
    if is_grey:
        writer.setColorModel(QPdfWriter.ColorModel.Grayscale)
    painter = QPainter(writer)
    try:
        paint(painter, writer)
    finally:
        painter.end()
    return bytes(buffer.data().data())
