"""What stands where there is nothing to show: why, and the one thing to do about it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from followup_desktop.services.wording.formats import ended, sentences
from followup_desktop.ui.kit.theme import Space, Theme
from followup_desktop.ui.kit.widgets.buttons import Button, spoken
from followup_desktop.ui.kit.widgets.card import Text, as_heading


class EmptyState(QWidget):
    """A picture, a sentence or two, and a button."""

    pressed = Signal()

    def __init__(
        self,
        theme: Theme,
        icon: str,
        title: str = "",
        text: str = "",
        button: Button | None = None,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._icon_name = icon
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.title = as_heading(Text(title, "name", wrap=True))
        self.text = Text(text, "secondary", wrap=True)
        self.button = button or Button("")
        if button is None:  # shown before it has its place it would be a window, and take the keyboard
            self.button.hide()
        self.button.setMinimumWidth(1)  # long words are shortened where there is no room for them
        self.button.clicked.connect(self.pressed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.XL, Space.M, Space.XL, Space.M)
        layout.setSpacing(Space.S)
        layout.addStretch(2)
        layout.addWidget(self._picture)
        for label in (self.title, self.text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(label)
        layout.addSpacing(Space.S)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignCenter)
        layout.addStretch(3)
        theme.changed.connect(self._draw)
        self._draw()

    @property
    def words(self) -> str:
        """What stands here, as it is read out."""
        return ended(sentences(self.title.text(), self.text.text()))

    def set_texts(self, title: str, text: str, action: str = "") -> None:
        """Say something else; the button stays unless it is to say something else, too."""
        self.title.setText(title)
        self.text.setText(text)
        if action:
            self.button.setText(action)
            self.button.setAccessibleName(spoken(action))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the picture out where the words have no room beside it."""
        super().resizeEvent(event)
        layout = self.layout()
        if layout is not None:
            needed = layout.totalHeightForWidth(self.width())
            if self._picture.isHidden():
                needed += self._picture.sizeHint().height() + layout.spacing()
            self._picture.setVisible(needed <= self.height())

    def _draw(self) -> None:
        side = self._theme.px(36)
        icon = self._theme.icon(self._icon_name, "secondary")
        self._picture.setPixmap(icon.pixmap(QSize(side, side), self.devicePixelRatioF()))


class PageOrEmpty(QStackedWidget):
    """A page, or what stands in its place while there is nothing to show in it."""

    def __init__(self, page: QWidget, empty: EmptyState) -> None:
        super().__init__()
        self._page = page
        self._empty = empty
        for each in (page, empty):
            self.addWidget(each)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return self.currentWidget() is self._empty

    @property
    def announcement(self) -> str:
        """What is read out where there is nothing to show; empty where there is something."""
        return self._empty.words if self.is_empty else ""

    def show_page(self, *, is_empty: bool) -> None:
        """Show the page, or that it is empty."""
        self.setCurrentWidget(self._empty if is_empty else self._page)
