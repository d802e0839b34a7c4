"""What can be done with a picture: copy it, save it as PNG, SVG or PDF, print it, copy its table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from math import ceil

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSize, QSizeF
from PySide6.QtGui import (
    QGuiApplication,
    QImage,
    QImageWriter,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
)
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _
from followup_desktop.services.reading.insights import without_names
from followup_desktop.services.rows.figures import Chart, Figures
from followup_desktop.services.wording.formats import sentences
from followup_desktop.services.wording.insights import ChartWords, InsightWords
from followup_desktop.ui.insights.charts import draw
from followup_desktop.ui.insights.drawing import Drawing, Look, Words, paint
from followup_desktop.ui.kit.colours import LIGHT
from followup_desktop.ui.kit.file_dialogs import ask_for_one_of, file_name
from followup_desktop.ui.kit.view import Context

_WIDTH = 720
"""A picture is saved so wide, in pixels at the ordinary text size."""
_MARGIN = 16
_FINE = 2
"""So many pixels of a PNG are one of the picture."""
_DOTS_PER_INCH = 96


@dataclass(frozen=True, slots=True)
class PictureSheet:
    """A picture with its heading above it, on a light ground.

    ``scope`` says what was counted, where the picture stands alone.
    """

    chart: Chart
    figures: Figures
    words: ChartWords
    look: Look
    scope: str = ""

    @property
    def size(self) -> QSizeF:
        """How large it is, with its margins."""
        width, height = self._drawing().size
        return QSizeF(ceil(width) + 2 * _MARGIN, ceil(height + self._head()) + 2 * _MARGIN)

    def paint(self, painter: QPainter) -> None:
        """Paint it all."""
        painter.fillRect(QRectF(0, 0, self.size.width(), self.size.height()), self.look.colour("surface"))
        drawing = self._drawing()
        area = QRectF(0, 0, drawing.size[0], self.look.line * 1.4)
        title = self.words.title
        if self.words.remark:
            # Translators: the title of a chart, and a remark on it: “Days to an answer · 12 answers”.
            title = _("{title} · {remark}").format(title=title, remark=self.words.remark)
        shapes = [Words(area, title, is_bold=True, is_small=False)]
        for text in self._scope_lines():
            line = QRectF(0, shapes[-1].area.bottom(), area.width(), self.look.line)
            shapes.append(Words(line, text, "secondary"))
        head = Drawing(size=(drawing.size[0], self._head()), shapes=shapes, marks=())
        paint(painter, QRectF(_MARGIN, _MARGIN, *head.size), head, self.look)
        paint(painter, QRectF(_MARGIN, _MARGIN + self._head(), *drawing.size), drawing, self.look)

    def image(self) -> QImage:
        """The picture in pixels."""
        size = self.size
        image = QImage(
            QSize(round(size.width() * _FINE), round(size.height() * _FINE)), QImage.Format.Format_RGB32
        )
        image.setDevicePixelRatio(_FINE)
        painter = QPainter(image)
        self.paint(painter)
        painter.end()
        return image

    def png(self) -> bytes:
        """The bytes of a PNG file."""
        buffer = _buffer()
        QImageWriter(buffer, QByteArray(b"png")).write(self.image())
        return bytes(buffer.data().data())

    def svg(self) -> bytes:
        """The bytes of an SVG file."""
        buffer = _buffer()
        size = self.size
        generator = QSvgGenerator()
        generator.setOutputDevice(buffer)
        generator.setResolution(_DOTS_PER_INCH)
        generator.setSize(size.toSize())
        generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
        generator.setTitle(self.words.title)
        generator.setDescription(sentences(self.scope, self.words.definition))
        painter = QPainter(generator)
        self.paint(painter)
        painter.end()
        return bytes(buffer.data().data())

    def pdf(self) -> bytes:
        """The bytes of a PDF file of one page, as large as the picture."""
        from followup_desktop.ui.kit.pdf import pdf_file  # few looks at Insights end in a file or on paper

        size = self.size
        points = QSizeF(size.width() * 72 / _DOTS_PER_INCH, size.height() * 72 / _DOTS_PER_INCH)
        page = QPageSize(points, QPageSize.Unit.Point)
        layout = QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF())

        def painted(painter: QPainter, device: QPagedPaintDevice) -> None:
            painter.scale(device.logicalDpiX() / _DOTS_PER_INCH, device.logicalDpiY() / _DOTS_PER_INCH)
            self.paint(painter)

        return pdf_file(layout, self.words.title, painted)

    def as_ending(self, ending: str) -> bytes:
        """The bytes of the kind of file that ends so; raises ``Refused`` for any other."""
        make = {".png": self.png, ".svg": self.svg, ".pdf": self.pdf}.get(ending)
        if make is None:
            raise Refused(
                _("A picture is a PNG, SVG or PDF file. Use a name that ends in .png, .svg or .pdf.")
            )
        return make()

    def table(self) -> str:
        """The table behind it, with a tab between two cells."""
        return "\n".join("\t".join(row) for row in (self.words.headings, *self.words.rows))

    def _drawing(self) -> Drawing:
        return draw(self.chart, self.figures, self.look.px(_WIDTH), self.look, has_table=not self.scope)

    def _head(self) -> float:
        return self.look.line * (1.4 + len(self._scope_lines())) + self.look.px(8)

    def _scope_lines(self) -> list[str]:
        """What was counted, in lines as wide as the picture."""
        lines: list[str] = []
        for word in self.scope.split(" ") if self.scope else ():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.look.width(longer) <= self.look.px(_WIDTH):
                lines[-1] = longer
            else:
                lines.append(word)
        return lines


class PictureVerbs:
    """The menu of a picture; what was chosen is done with the figures as they are then."""

    def __init__(
        self,
        context: Context,
        figures: Callable[[], Figures],
        words: Callable[[], InsightWords],
        parent: QWidget,
    ) -> None:
        self._context = context
        self._figures = figures
        self._words = words
        self._parent = parent
        self.is_without_names = False
        """Whether letters stand for what the user wrote in what is copied, saved and printed."""

    def verbs(self, chart: Chart) -> dict[str, Callable[[], object]]:
        """What can be done with it, by the ids of the commands."""
        found: dict[str, Callable[[], object]] = {
            "copy-picture": partial(self.copy, chart),
            "copy-table": partial(self.copy_table, chart),
            "save-picture": partial(self.save, chart),
            "print-picture": partial(self.print_out, chart),
        }
        if chart is Chart.SOURCES:  # the others are made of numbers and dates
            found["leave-out-names"] = lambda: self.leave_out_names(not self.is_without_names)
        return found

    def leave_out_names(self, on: bool) -> None:
        """Let letters stand for the sources in what is copied, saved and printed from now on, or not."""
        self.is_without_names = on
        self._context.show_status(
            _("Sources are shown as letters when you copy, save or print the picture")
            if on
            else _("The sources are named when you copy, save or print the picture")
        )

    def sheet(self, chart: Chart) -> PictureSheet:
        """The picture as it leaves the window: in light colours, whatever the theme."""
        mirrored = self._parent.isRightToLeft()
        look = Look.of(self._context.theme, is_mirrored=mirrored, colours=LIGHT)
        figures = self._figures()
        if self.is_without_names:
            figures = without_names(figures)
        words = self._words()
        scope = words.scope(figures.query, self._context.wording.labels.stages)
        return PictureSheet(chart, figures, words.chart(chart, figures), look, scope)

    def copy(self, chart: Chart) -> None:
        """Put the picture on the clipboard."""
        QGuiApplication.clipboard().setImage(self.sheet(chart).image())
        self._context.show_status(_("Copied the picture"))

    def copy_table(self, chart: Chart) -> None:
        """Put the table on the clipboard."""
        self._context.desktop.copy(self.sheet(chart).table())
        self._context.show_status(_("Copied the table"))

    def save(self, chart: Chart) -> None:
        """Write the picture into a file, of the kind that its ending says."""
        sheet = self.sheet(chart)
        kinds = {
            _("PNG picture (*.png)"): ".png",
            _("SVG picture (*.svg)"): ".svg",
            _("PDF (*.pdf)"): ".pdf",
        }
        name = file_name(sheet.words.title, ".png")
        try:
            path = ask_for_one_of(self._parent, self._context.settings, _("Save picture"), name, kinds)
            if path is None:
                return
            self._context.desktop.files.write(path, sheet.as_ending(path.suffix.lower()))
        except Refused as refusal:
            self._context.show_status(str(refusal))
            return
        self._context.show_status(_("Saved the picture as {file}").format(file=path.name))

    def print_out(self, chart: Chart) -> None:
        """Print it as large as the page lets it be."""
        from followup_desktop.ui.kit.printing import ask_for_printer, fit, print_on

        sheet = self.sheet(chart)
        printer = ask_for_printer(self._parent, sheet.words.title)
        if printer is None:
            return

        def painted(painter: QPainter, device: QPagedPaintDevice) -> None:
            scale = fit(sheet.size, QSizeF(device.width(), device.height()))
            painter.scale(scale, scale)
            sheet.paint(painter)

        try:
            self._context.show_status(print_on(printer, painted, self._context.desktop.files))
        except Refused as refusal:
            self._context.show_status(str(refusal))


def _buffer() -> QBuffer:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return buffer
