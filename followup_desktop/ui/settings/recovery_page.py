"""A page to be printed and kept in a safe place, with room for the passphrase."""

from __future__ import annotations

from html import escape
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter, QTextDocument

from followup_desktop.i18n import _

_MARGIN_MM = 20


def recovery_page(folder: Path, day: str) -> bytes:
    """The page as a PDF: where the data are, how they are opened, and room to write the passphrase."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(_("Follow Up recovery page"))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(*[_MARGIN_MM] * 4), QPageLayout.Unit.Millimeter)
    document = QTextDocument()
    document.documentLayout().setPaintDevice(writer)  # its points are those of the paper
    # Without a size of its own, Qt adds margins and a page number.
    document.setPageSize(QSizeF(writer.pageLayout().paintRectPixels(writer.resolution()).size()))
    document.setHtml(_as_html(folder, day))
    document.print_(writer)
    del writer
    buffer.close()
    return bytes(data.data())


def _as_html(folder: Path, day: str) -> str:
    paragraphs = (
        _("Print this page, write the passphrase on the line, and keep it in a safe place."),
        _("Without the passphrase no one can open your data or your backups."),
        _("Your data and its backups are in {folder}").format(folder=folder),
        _("To open them on another computer, install Follow Up, and copy that folder there."),
        _("The files are SQLCipher 4 databases, so other programs can open them too."),
    )
    # Qt draws no <hr> on paper.
    cell = "<tr><td style='border-bottom: 1px solid black; padding-top: 36px'>&nbsp;</td></tr>"
    line = (
        f"<p>&nbsp;</p><p>{escape(_('Passphrase:'))}</p><table width='100%'>{cell * 2}</table><p>&nbsp;</p>"
    )
    texts = "".join(f"<p>{escape(text)}</p>" for text in paragraphs)
    return f"<h1>{escape(_('Follow Up recovery page'))}</h1><p>{escape(day)}</p>{line}{texts}"
