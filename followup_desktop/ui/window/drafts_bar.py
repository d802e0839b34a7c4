"""The bar that names what was typed and not saved, with the way back to it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from followup_desktop.i18n import _, ngettext
from followup_desktop.ui.kit.bars import WideBar
from followup_desktop.ui.kit.forms.drafts import DraftStore
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.view import discarded
from followup_desktop.ui.kit.widgets.buttons import Button
from followup_desktop.ui.kit.widgets.roles import PopupMenu


class DraftsBar(WideBar):
    """Names the draft that was written last while its form is not open; the others stand in a menu.

    ``resumed`` asks for the form of a draft, by the kind of its store and its key there. ``discarded`` says
    that one was thrown away, in a sentence, with what brings it back.
    """

    resumed = Signal(str, str)
    discarded = Signal(str, object)

    def __init__(self, stores: Sequence[DraftStore], theme: Theme) -> None:
        self.resume_button = Button("", look="link")
        self.discard_button = Button("", look="link")
        self.more_button = Button("", look="link")
        super().__init__(theme, "", "accent", self.resume_button, self.discard_button, self.more_button)
        self.setAccessibleName(_("Unsaved"))
        self.resume_button.setText(_("Resume"))
        self.resume_button.setAccessibleName(_("Resume the draft"))
        self.discard_button.setText(_("Discard"))
        self.discard_button.setAccessibleName(_("Discard the draft"))
        self._stores = [*stores]
        self._shown: tuple[DraftStore, str] | None = None
        self.menu = PopupMenu(self.more_button)
        self.more_button.setMenu(self.menu)
        self.resume_button.clicked.connect(self._resume)
        self.discard_button.clicked.connect(self._discard)
        for store in self._stores:
            store.changed.connect(self._changed)
        self.refresh()

    def _changed(self) -> None:
        """What changed last is named first."""
        # Tied to its store by a partial, the bar, and through it the window, would stay as long as the store.
        store = self.sender()
        assert isinstance(store, DraftStore)
        self._stores.remove(store)
        self._stores.insert(0, store)
        self.refresh()

    def refresh(self) -> None:
        """Name what is unsaved now."""
        waiting = [(store, key, title) for store in self._stores for key, title in store.waiting().items()]
        others = waiting[1:]
        self._shown = waiting[0][:2] if waiting else None
        self.show_sentence(_("Unsaved: {title}").format(title=waiting[0][2]) if waiting else None)
        self.more_button.setVisible(bool(others))
        self.menu.clear()
        if others:
            self.more_button.setText(ngettext("{n} more", "{n} more", len(others)).format(n=len(others)))
            self.more_button.setAccessibleName(
                ngettext("{n} more draft", "{n} more drafts", len(others)).format(n=len(others))
            )
            for store, key, name in others:
                # An ampersand of a name is no mnemonic.
                action = self.menu.addAction(name.replace("&", "&&"))
                action.triggered.connect(partial(self.resumed.emit, store.kind, key))

    def _resume(self) -> None:
        if self._shown is not None:
            store, key = self._shown
            self.resumed.emit(store.kind, key)

    def _discard(self) -> None:
        if self._shown is not None:
            store, key = self._shown
            title = store.waiting()[key]
            self.discarded.emit(*discarded(title, store.discard(key)))


def may_lose(text: str, why: str, parent: QWidget) -> bool:
    """Ask what is to become of drafts that can't be written, and say why; whether the program may end so.

    The text is copied to the clipboard if the user wants that.
    """
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(_("Follow Up"))
    box.setText(_("Couldn't keep your unsaved text"))
    safe = _("Copy the text and paste it somewhere safe before you quit.")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(f"{why}\n\n{safe}")
    stay = box.addButton(_("Don't quit"), QMessageBox.ButtonRole.RejectRole)
    # It does not quit as well: on X11 the clipboard of a program that has ended is empty.
    copy = box.addButton(_("Copy text"), QMessageBox.ButtonRole.AcceptRole)
    leave = box.addButton(_("Quit without saving it"), QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(copy)
    box.setEscapeButton(stay)
    box.exec()
    if box.clickedButton() is copy:
        QGuiApplication.clipboard().setText(text)
    return box.clickedButton() is leave
