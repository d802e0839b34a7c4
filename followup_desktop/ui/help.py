"""The dialogs of the Help menu."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from followup_desktop import __version__
from followup_desktop.services.wording import Wording
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.card import Text

TIPS = range(1, 11)
_NUMBER = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop


class _HelpDialog(QDialog):
    """A small window of text with Close, which does not keep the main window waiting."""

    def __init__(self, title: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.column = QVBoxLayout(self)
        margin = theme.px(24)
        self.column.setContentsMargins(margin, margin, margin, theme.px(16))
        self.column.setSpacing(theme.px(12))

    def _finish(self, width: int) -> None:
        """Add the button, and take the height that the text needs in this width."""
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.close)
        self.column.addWidget(buttons)
        self.resize(width, self.column.totalHeightForWidth(width))


class TipsDialog(_HelpDialog):
    """The ten tips that the reminders are made from."""

    def __init__(self, wording: Wording, theme: Theme, parent: QWidget) -> None:
        super().__init__("The ten tips", theme, parent)
        self.column.addWidget(Text("The ten tips", "title", self))
        self.column.addWidget(
            Text(
                "Every reminder follows one of these. Over them all: never overwhelm the employer.",
                "secondary",
                self,
                wrap=True,
            )
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(8))
        grid.setColumnStretch(1, 1)
        for row, number in enumerate(TIPS):
            grid.addWidget(Text(f"{number}", "secondary", self), row, 0, _NUMBER)
            grid.addWidget(Text(wording.tip(number), "text", self, wrap=True), row, 1)
        self.column.addLayout(grid)
        self._finish(theme.px(520))


class AboutDialog(_HelpDialog):
    """What this program is."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__("About Follow Up", theme, parent)
        picture = QLabel(self)
        picture.setPixmap(theme.app_icon().pixmap(theme.px(64), theme.px(64)))
        self.column.addWidget(picture)
        self.column.addWidget(Text(f"Follow Up {__version__}", "title", self))
        words = (
            "Follow up after job interviews: the right person, at the right time, never too often. "
            "Your data stay on this computer; the program uses no network. MIT licence."
        )
        self.column.addWidget(Text(words, "text", self, wrap=True))
        self._finish(theme.px(440))
