"""What this program is, and the licences of all that comes with it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from followup_desktop import __version__
from followup_desktop.i18n import _
from followup_desktop.ui.kit.dialogs import FittingDialog, room_for
from followup_desktop.ui.kit.theme import Space, Theme
from followup_desktop.ui.kit.widgets.card import Text, as_heading

_WIDTH = 440


class AboutDialog(FittingDialog):
    """What this program is: text with Close, which does not keep the main window waiting.

    ``licences`` is the file with those of all that is bundled; where there is none, nothing is.
    """

    def __init__(self, theme: Theme, parent: QWidget, licences: Path) -> None:
        super().__init__(theme, _WIDTH, parent)
        self.setWindowTitle(_("About Follow Up"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = QVBoxLayout()
        column.setSpacing(Space.M)
        picture = QLabel(self)
        picture.setPixmap(theme.app_icon().pixmap(theme.px(64), theme.px(64)))
        column.addWidget(picture)
        column.addWidget(
            as_heading(Text(_("Follow Up {version}").format(version=__version__), "title", self, wrap=True))
        )
        words = _(
            "Follow up after job interviews: the right person, at the right time, never "
            "too often. Your data stays on this computer, and Follow Up goes online only for a "
            "calendar server you connect. "
            "Free software under the MIT licence."
        )
        column.addWidget(Text(words, "text", self, wrap=True))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.close)
        if licences.is_file():
            shown = buttons.addButton(_("Licences"), QDialogButtonBox.ButtonRole.ActionRole)
            shown.clicked.connect(lambda: LicencesDialog(theme, licences.read_text("utf-8"), self).show())
        line = QVBoxLayout()
        line.addWidget(buttons)
        self.arrange(column, line)


class LicencesDialog(QDialog):
    """The licences of the program and of all that comes with it, to be read."""

    def __init__(self, theme: Theme, licences: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Licences"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        text = QPlainTextEdit(licences, self)
        text.setReadOnly(True)
        text.setTabChangesFocus(True)
        text.setAccessibleName(_("Licences"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.close)
        column = QVBoxLayout(self)
        column.addWidget(text, 1)
        column.addWidget(buttons)
        self.resize(QSize(theme.px(720), theme.px(520)).boundedTo(room_for(self)))
