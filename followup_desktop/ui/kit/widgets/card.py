"""Surfaces and small pieces of text: cards, chips, headings, texts that shorten themselves."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from followup_desktop.i18n import _, on_one_line
from followup_desktop.services.rows import Tone
from followup_desktop.ui.kit.mirror import draw_icon, elided, from_the_right, write_lines
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.widgets.plain import set_tool_tip

LabelT = TypeVar("LabelT", bound=QLabel)

_RIGHT_TO_LEFT = "\N{RIGHT-TO-LEFT MARK}"
_LEFT_TO_RIGHT = "\u200e"


class Card(QFrame):
    """A surface with a line around it and round corners; ``tone`` may colour its ground."""

    def __init__(self, parent: QWidget | None = None, tone: str | None = None) -> None:
        super().__init__(parent)
        if tone is not None:
            self.setProperty("tone", tone)


class Chip(QLabel):
    """A few words on a coloured ground; the words say what the colour says.

    ``tone`` is a ``Tone``, or ``"accent"``.
    """

    def __init__(
        self, text: str = "", tone: Tone | str = Tone.NEUTRAL, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_text(text, tone)

    def show_text(self, text: str, tone: Tone | str) -> None:
        """Show other words in another tone."""
        self.setText(text)
        if self.property("tone") != str(tone):
            self.setProperty("tone", str(tone))
            restyle(self)


class _LinesLabel(QLabel):
    """Plain text that may have several lines, whole from right to left too."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text as any label does, but for lines from right to left, which Qt cuts at their end."""
        if not (self.isRightToLeft() and self.wordWrap() and self._is_plain):
            super().paintEvent(event)
            return
        painter = QPainter(self)
        self.drawFrame(painter)
        painter.setPen(self.palette().color(self.foregroundRole()))
        write_lines(painter, QRectF(self.contentsRect()), self.alignment(), self.text())
        painter.end()

    @property
    def _is_plain(self) -> bool:
        return self.textInteractionFlags() == Qt.TextInteractionFlag.LinksAccessibleByMouse


class Text(_LinesLabel):
    """Plain text in one of the theme's types: ``title``, ``figure``, ``name``, ``strong``, ``secondary``,
    ``small``.
    """

    def __init__(
        self, text: str = "", kind: str = "text", parent: QWidget | None = None, wrap: bool = False
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("type", kind)
        self.setWordWrap(wrap)
        self.setText(text)

    def setText(self, text: str) -> None:  # noqa: N802
        """Say this; in a window from right to left it runs so, even if it begins with a name that doesn't."""
        self._said = text
        super().setText(self._directed(text))

    def show_words(self, text: str) -> None:
        """Say this, and be there only if there is something to say."""
        self.setText(text)
        self.setVisible(bool(text))

    def _directed(self, text: str) -> str:
        return from_the_right(text) if self.isRightToLeft() else text


class LineText(Text):
    """Plain text that wants one line, and takes several where it has no room for that."""

    def __init__(self, text: str = "", kind: str = "text", parent: QWidget | None = None) -> None:
        super().__init__(text, kind, parent, wrap=True)
        self.setMinimumWidth(1)

    def sizeHint(self) -> QSize:
        """One line, as long as it is."""
        return self.fontMetrics().size(0, self.text()).grownBy(self.contentsMargins())


class SteadyText(Text):
    """A text that changes by itself: it keeps the room of the longest it has said, so nothing below it moves.

    It has room for so many ``lines`` from the beginning.
    """

    def __init__(self, *, lines: int = 1) -> None:
        super().__init__(wrap=True)
        self.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
        let_shrink(self)
        self._lines = lines
        self._room: dict[int, int] = {}
        self._measure()

    def show_sentence(self, text: str, *, is_problem: bool) -> None:
        """Show this, a problem in strong letters."""
        self.setText(text)
        kind = "strong" if is_problem else "text"
        if self.property("type") != kind:
            self.setProperty("type", kind)
            restyle(self)

    def heightForWidth(self, width: int) -> int:
        """The room it keeps in that width."""
        self._room[width] = max(super().heightForWidth(width), self._room.get(width, 0))
        return self._room[width]

    def changeEvent(self, event: QEvent) -> None:
        """Measure anew in another font."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._room.clear()
            self._measure()

    def _measure(self) -> None:
        bold = self.font()
        bold.setBold(True)
        lines = "\n".join("x" * self._lines)
        sizes = (QFontMetrics(font).size(0, lines) for font in (self.font(), bold))
        self.setMinimumHeight(max(size.height() for size in sizes))


class Heading(Text):
    """The heading of a page or a form, in as many lines as it needs; it widens nothing around it.

    At a word that is longer than a line it ends in an ellipsis, and the whole is in a tool tip.
    """

    def __init__(self, kind: str, parent: QWidget | None = None) -> None:
        super().__init__("", kind, parent, wrap=True)
        as_heading(self)
        self._full = ""
        let_shrink(self)

    @property
    def full_text(self) -> str:
        """The text as it is, however much of it fits."""
        return self._full

    def show_text(self, text: str) -> None:
        """Say something else; line breaks become spaces."""
        self._full = on_one_line(text)
        self.setAccessibleName(self._full)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten long words anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        metrics, width = self.fontMetrics(), max(self.contentsRect().width(), 1)
        words = self._full.split(" ")
        long = next((n for n, word in enumerate(words) if metrics.horizontalAdvance(word) > width), None)
        shown = self._full
        if long is not None:
            cut = elided(metrics, words[long], width)
            shown = " ".join((*words[:long], cut))
        if self._directed(shown) != self.text():
            self.setText(shown)
        set_tool_tip(self, self._full if shown != self._full else "")


class SectionLabel(LineText):
    """The heading of a section; ``tone`` colours "Late" and "Now"."""

    def __init__(self, text: str, tone: Tone | None = None, parent: QWidget | None = None) -> None:
        self._heights: dict[int, int] = {}
        """By the widths that were asked for: Qt asks ten times a section of the next row's detail."""
        super().__init__(text, "section", parent)
        as_heading(self)
        if tone is not None:
            self.setProperty("tone", str(tone))

    def setText(self, text: str) -> None:  # noqa: N802
        self._heights.clear()
        super().setText(text)

    def heightForWidth(self, width: int) -> int:
        known = self._heights.get(width)
        if known is None:
            known = self._heights[width] = super().heightForWidth(width)
        return known

    def changeEvent(self, event: QEvent) -> None:
        """Measure anew in another font."""
        super().changeEvent(event)
        self._heights.clear()


_LEVELS = {"title": 1, "name": 2, "section": 2}


def as_heading(label: LabelT, level: int | None = None) -> LabelT:
    """The label, told to assistive technology as the heading of what stands below it.

    Its level goes by the type of its text, if none is given: 1 for a title, 2 for a part, 3 within one.
    """
    label.setProperty("heading", level or _LEVELS.get(label.property("type"), 3))
    return label


def label_name(label: str) -> str:
    """What a label is called where what it labels has the name itself: "Notes:"."""
    # Translators: the label beside a field, as it is read out
    return _("{label}:").format(label=label.rstrip(":\u00a0\u202f "))


def named(name: str, text: str) -> str:
    """A text behind the name of what it is: "Before you call: …"."""
    # Translators: what a text is about, and the text, as both are read out
    return _("{name}: {text}").format(name=name, text=text)


class ElidedLabel(_LinesLabel):
    """One line of plain text that ends in an ellipsis where there is no room, and then has a tool tip."""

    def __init__(self, text: str = "", kind: str = "text", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._full = ""
        self._most = 0
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("type", kind)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.show_text(text)

    @property
    def full_text(self) -> str:
        """The text as it is, however much of it fits."""
        return self._full

    def show_text(self, text: str) -> None:
        """Show another text; line breaks become spaces."""
        self._full = on_one_line(text)
        self.setAccessibleName(self._full)
        self._shorten()
        self.updateGeometry()

    def set_wrapped(self, wrapped: bool, most: int = 0) -> None:
        """Take as many lines as the text needs, or so many at ``most``; or one again."""
        if (wrapped, most) != (self.wordWrap(), self._most):
            self._most = most
            self.setWordWrap(wrapped)
            self._shorten()

    def heightForWidth(self, width: int) -> int:
        """The height of the text in its lines."""
        if not self.wordWrap() or not self._most:
            return super().heightForWidth(width)
        full = _height_in_lines(self.fontMetrics(), self._full, width)
        return min(full, _height_in_lines(self.fontMetrics(), "\n".join("x" * self._most), width))

    def sizeHint(self) -> QSize:
        """Room for the whole text, also where letters of another script that are left out are higher."""
        metrics, height = self.fontMetrics(), super().sizeHint().height()
        if not self._full.isascii():
            height = max(height, metrics.size(0, self._full).height())
        return QSize(metrics.horizontalAdvance(self._full) + 2, height)

    def minimumSizeHint(self) -> QSize:
        """Room for a few letters."""
        return QSize(self.fontMetrics().averageCharWidth() * 6, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten anew."""
        super().resizeEvent(event)
        self._shorten()

    def _shorten(self) -> None:
        shown = self._full
        if not self.wordWrap():
            shown = elided(self.fontMetrics(), self._full, self.width())
        elif self._most:
            shown = _first_lines(self.fontMetrics(), self._full, self.width(), self._most)
        # A name in a script of the other direction does not turn the sentence round that it stands in.
        directed = (_RIGHT_TO_LEFT if self.isRightToLeft() else _LEFT_TO_RIGHT) + shown
        if directed != self.text():
            self.setText(directed)
        set_tool_tip(self, self._full if shown != self._full else "")


def _height_in_lines(metrics: QFontMetrics, text: str, width: int) -> int:
    return _in_lines(metrics, text, width).height()


def _in_lines(metrics: QFontMetrics, text: str, width: int) -> QRect:
    """Where the text stands in lines of that width, beyond which a word may reach that is longer."""
    room = QRect(0, 0, max(width, 1), 10_000)
    return metrics.boundingRect(room, Qt.TextFlag.TextWordWrap.value, text)


def _first_lines(metrics: QFontMetrics, text: str, width: int, most: int) -> str:
    """The words of the text that so many lines have room for, and an ellipsis for the others.

    A word that is longer than a line ends in one, too.
    """
    highest = _height_in_lines(metrics, "\n".join("x" * most), width) + metrics.descent()
    words, shown = text.split(" "), text
    if _in_lines(metrics, text, width).width() > width:
        words = [elided(metrics, word, width) for word in words]
        shown = " ".join(words)
    while len(words) > 1 and _height_in_lines(metrics, shown, width) > highest:
        words.pop()
        shown = " ".join(words).removesuffix("…") + "…"
    return shown


class WrappedLabel(Text):
    """Plain text in as many lines as it needs, with the ways of an ``ElidedLabel``."""

    def __init__(self, text: str = "", kind: str = "text", parent: QWidget | None = None) -> None:
        super().__init__(text, kind, parent, wrap=True)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)

    @property
    def full_text(self) -> str:
        """The text as it is."""
        return self._said

    def show_text(self, text: str) -> None:
        """Show another text; line breaks become spaces."""
        self.setText(on_one_line(text))


class RoundIcon(QWidget):
    """An icon on a round quiet ground, beside a row; it says nothing to a screen reader."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.name = name
        theme.keep_fit(self, lambda: self.setFixedSize(theme.px(32), theme.px(32)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground and the icon in the theme's present colours."""
        painter = QPainter(self)
        draw_round_icon(painter, self._theme, self.name, self.rect())
        painter.end()


def draw_round_icon(painter: QPainter, theme: Theme, name: str, area: QRect) -> None:
    """Draw an icon on a round quiet ground, in the theme's present colours."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.colours.neutral_soft))
    painter.drawEllipse(QRectF(area))
    side = theme.px(17)
    gap = (area.width() - side) // 2
    draw_icon(painter, theme.icon(name), area.left() + gap, area.top() + gap, side)


class HorizontalLine(QFrame):
    """A thin line between two parts."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it in the theme's present colour."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("line"))
        painter.end()


def restyle(widget: QWidget) -> None:
    """Let a changed property reach the style sheet; what wasn't polished yet takes it in when it is.

    A chip and a button of the sidebar had their rules looked up five times before they were seen.
    """
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        widget.update()


def let_shrink(label: QLabel) -> None:
    """Let a wrapped text be narrower than its longest word, so that no word widens what is around it."""
    policy = label.sizePolicy()
    policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
    label.setSizePolicy(policy)
