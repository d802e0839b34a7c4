"""Push buttons in the looks of the style sheet."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QPushButton, QWidget

from followup_desktop.ui.kit.widgets.card import restyle
from followup_desktop.ui.kit.widgets.plain import label_text

_RING = 1.6
"""How thick it is, in pixels."""


class Button(QPushButton):
    """A push button with a look: ``plain``, ``strong``, ``quiet``, ``link``, ``filter`` or ``sidebar``.

    Its accessible name is its label without the ellipsis and the arrow, unless another is given.
    """

    def __init__(
        self, label: str, parent: QWidget | None = None, look: str = "plain", name: str | None = None
    ) -> None:
        super().__init__(parent)
        # An ampersand typed by the user is no shortcut.
        self.setText(label_text(label))
        self.setAccessibleName(name if name is not None else spoken(label))
        self.setAutoDefault(False)
        self.setProperty("look", look)

    @property
    def is_drawn(self) -> bool:
        """Whether it is to be seen now; some draw themselves only while they are of use."""
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a ring inside the strong button that has the keyboard: round it, it would be of its colour."""
        super().paintEvent(event)
        if self.property("look") == "strong" and self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.ButtonText), _RING))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(3, 3, -3, -3), 4, 4)
            painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def set_look(self, look: str) -> None:
        """Take another look."""
        if self.property("look") != look:
            self.setProperty("look", look)
            restyle(self)


class FlushLink(Button):
    """A link whose words stand in line with the text above it, at that end."""

    def __init__(
        self, label: str, parent: QWidget | None = None, name: str | None = None, end: str = "left"
    ) -> None:
        super().__init__(label, parent, "link", name)
        self.setProperty("flush", end)


class StrongButton(Button):
    """The one button of a view that stands out."""

    def __init__(self, label: str, parent: QWidget | None = None, name: str | None = None) -> None:
        super().__init__(label, parent, "strong", name)


class QuietButton(Button):
    """A button without ground or line until the pointer is on it."""

    def __init__(self, label: str, parent: QWidget | None = None, name: str | None = None) -> None:
        super().__init__(label, parent, "quiet", name)


def spoken(label: str) -> str:
    """A label as it is read out: without the ellipsis, the arrow and the symbols before it."""
    return label.strip("…▾▴↶↷+ ").strip()
