"""Printing through Qt's own dialog. Qt's module for it is loaded when it is asked for: few ever print."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QPageLayout, QPainter
from PySide6.QtWidgets import QWidget

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _
from followup_desktop.services.ports import Files
from followup_desktop.services.progress import Cancelled
from followup_desktop.ui.kit.pdf import Paint, pdf_file

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


def ask_for_printer(parent: QWidget, title: str, layout: QPageLayout | None = None) -> QPrinter | None:
    """The printer or PDF file that the user chooses; ``None`` if none.

    ``title`` names what is printed in the queue, ``layout`` is the paper that is offered at first.
    """
    from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    if layout is not None:
        printer.setPageLayout(layout)
    dialog = QPrintDialog(printer, parent)
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange, on=False)
    is_chosen = dialog.exec() == QPrintDialog.DialogCode.Accepted
    dialog.deleteLater()
    return printer if is_chosen else None


def print_on(printer: QPrinter, paint: Paint, files: Files) -> str:
    """Print what is painted, on any thread, and say where it went; raises ``Refused``.

    Where ``paint`` raises ``Cancelled``, so does this, and nothing is printed; but if the printer can't give
    up what was painted, the refusal says so. A file is put in its place in one step.
    """
    if file := printer.outputFileName():
        is_grey = printer.colorMode() == printer.ColorMode.GrayScale
        files.write(Path(file), pdf_file(printer.pageLayout(), printer.docName(), paint, is_grey=is_grey))
        return _("Printed to {file}").format(file=Path(file).name)
    painter = QPainter()
    if not painter.begin(printer):
        raise Refused(_("Couldn't print there. Choose another printer, or save a PDF file and print that."))
    try:
        paint(painter, printer)
    except Cancelled:
        if printer.abort():
            raise
        said = _("Cancelled. The pages that were ready were sent to {printer}.")  # CUPS takes back nothing
        raise Refused(said.format(printer=printer.printerName())) from None
    finally:
        painter.end()
    return _("Sent to {printer}").format(printer=printer.printerName())


def fit(picture: QSizeF, page: QSizeF) -> float:
    """The scale in which a picture is as large as a page lets it be."""
    return min(page.width() / picture.width(), page.height() / picture.height())
