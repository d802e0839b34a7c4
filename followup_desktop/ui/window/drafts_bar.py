"""The bar that names what was typed and not saved, with the way back to it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QMessageBox, QWidget

from followup_desktop.i18n import _, ngettext
from followup_desktop.ui.kit.forms.drafts import DraftStore
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.widgets.buttons import Button
from followup_desktop.ui.window.bars import Bar


class DraftsBar(Bar):
    """Names the draft that was written last while its form is not open; the others stand in a menu.

    ``resumed`` asks for the form of a draft, by its key. ``discarded`` says that one was thrown away, in a
    sentence, with what brings it back.
    """

    resumed = Signal(str)
    discarded = Signal(str, object)

    def __init__(self, drafts: DraftStore, theme: Theme) -> None:
        self.resume_button = Button("", look="link")
        self.discard_button = Button("", look="link")
        self.more_button = Button("", look="link")
        super().__init__("", "accent", self.resume_button, self.discard_button, self.more_button)
        self.setAccessibleName(_("Unsaved"))
        self.resume_button.setText(_("Resume"))
        self.resume_button.setAccessibleName(_("Resume the draft"))
        self.discard_button.setText(_("Discard"))
        self.discard_button.setAccessibleName(_("Discard the draft"))
        self.setProperty("edge", "straight")
        self._line.setContentsMargins(theme.px(24), theme.px(5), theme.px(18), theme.px(5))
        self._drafts = drafts
        self._key = ""
        self.menu = QMenu(self.more_button)
        self.more_button.setMenu(self.menu)
        self.resume_button.clicked.connect(lambda: self.resumed.emit(self._key))
        self.discard_button.clicked.connect(self._discard)
        drafts.changed.connect(self._show_drafts)
        self._show_drafts()

    def _show_drafts(self) -> None:
        (self._key, title), *others = [*self._drafts.waiting().items()] or [("", "")]
        self.show_sentence(_("Unsaved: {}").format(title) if title else None)
        self.more_button.setVisible(bool(others))
        self.menu.clear()
        if others:
            self.more_button.setText(ngettext("{n} more", "{n} more", len(others)).format(n=len(others)))
            self.more_button.setAccessibleName(
                ngettext("{n} more draft", "{n} more drafts", len(others)).format(n=len(others))
            )
            for key, name in others:
                # An ampersand of a name is no mnemonic.
                action = self.menu.addAction(name.replace("&", "&&"))
                action.triggered.connect(lambda _=False, key=key: self.resumed.emit(key))

    def _discard(self) -> None:
        key, drafts = self._key, self._drafts
        texts, title = drafts[key], drafts.waiting()[key]
        drafts.drop(key)
        self.discarded.emit(_("Discarded: {}").format(title), lambda: drafts.keep(key, texts))


def may_lose(text: str, parent: QWidget) -> bool:
    """Ask what is to become of drafts that can't be written; whether the program may end without them.

    The text is copied to the clipboard if the user wants that.
    """
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle("Follow Up")
    box.setText(_("Your unsaved text can't be kept"))
    box.setInformativeText(
        _(
            "The disk is full or can't be written to. Make room first, or copy the text and paste it "
            "somewhere safe before you quit."
        )
    )
    stay = box.addButton(_("Stay"), QMessageBox.ButtonRole.RejectRole)
    # It does not quit as well: on X11 the clipboard of a program that has ended is empty.
    copy = box.addButton(_("Copy text"), QMessageBox.ButtonRole.AcceptRole)
    leave = box.addButton(_("Quit without it"), QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(copy)
    box.setEscapeButton(stay)
    box.exec()
    if box.clickedButton() is copy:
        QGuiApplication.clipboard().setText(text)
    return box.clickedButton() is leave
