"""The actions of the menus, each with its shortcut."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow

from followup_desktop.i18n import N_, _
from followup_desktop.ui.kit.theme import THEME_LABELS, ThemeChoice
from followup_desktop.ui.kit.widgets.plain import label_text
from followup_desktop.ui.window.views import SIDEBAR

PAUSE_LABELS = {
    "hour": N_("Pause reminders for 1 &hour"),
    "evening": N_("Pause reminders until this &evening"),
    "tomorrow": N_("Pause reminders until &tomorrow morning"),
    "monday": N_("Pause reminders until &Monday"),
}
"""By the id of the end of the pause; see ``services.reminding.pauses``."""


class Actions:
    """Makes the window's menus and keeps the actions that change with the data."""

    def __init__(self, window: QMainWindow) -> None:
        self._window = window
        self._all: list[QAction] = []
        self.import_file = self._action(_("&Import…"), "Ctrl+O")
        self.export_file = self._action(_("&Export…"), "Ctrl+E")
        self.quit = self._action(_("&Quit"), "Ctrl+Q")
        self.undo = self._action(_("&Undo"), "Ctrl+Z")
        self.redo = self._action(_("&Redo"), "Ctrl+Shift+Z")
        self.find = self._action(_("&Search"), "Ctrl+F")
        self.palette = self._action(_("&Commands…"), "Ctrl+K")
        self.add_application = self._action(_("&Add application…"), "Ctrl+N")
        self.save_view = self._action(_("Sa&ve view…"), "Ctrl+Shift+S")
        self.add_interview = self._action(_("Add &interview…"), "Ctrl+I")
        self.add_contact = self._action(_("Add &contact…"), "Ctrl+Shift+N")
        self.add_reminder = self._action(_("Add &reminder…"), "Ctrl+R")
        self.pauses = {name: self._action(_(text)) for name, text in PAUSE_LABELS.items()}
        self.resume = self._action(_("&Resume reminders"))
        self.guide = self._action(_("&Guide"), "F1")
        self.tips = self._action(_("The ten &tips"))
        self.about = self._action(_("&About Follow Up"))
        self.views = {row.name: self._action(_(row.title), row.shortcut) for row in SIDEBAR}
        self.themes = {choice: self._action(_(THEME_LABELS[choice])) for choice in ThemeChoice}
        self.quit.setMenuRole(QAction.MenuRole.QuitRole)
        # From an open menu and the guide's window too, and while the welcome hides the menus.
        self.quit.setShortcutContext(Qt.ShortcutContext.ApplicationShortcut)
        window.addAction(self.quit)
        self.about.setMenuRole(QAction.MenuRole.AboutRole)
        self._exclusive(list(self.views.values()))
        self._exclusive(list(self.themes.values()))
        self._fill_menus()

    def all(self) -> list[QAction]:
        """Every action of the menus."""
        return [*self._all]

    def show_history(self, undo: str | None, redo: str | None) -> None:
        """Name in the menu what Undo and Redo would do, or turn them off."""
        for action, verb, verb_of, label in (
            (self.undo, _("&Undo"), _("&Undo “{step}”"), undo),
            (self.redo, _("&Redo"), _("&Redo “{step}”"), redo),
        ):
            action.setEnabled(label is not None)
            action.setText(verb_of.format(step=label_text(label)) if label else verb)

    def _fill_menus(self) -> None:
        bar = self._window.menuBar()
        file = bar.addMenu(_("&File"))
        file.addActions([self.import_file, self.export_file])
        file.addSeparator()
        file.addAction(self.quit)
        edit = bar.addMenu(_("&Edit"))
        edit.addActions([self.undo, self.redo])
        edit.addSeparator()
        edit.addActions([self.find, self.palette])
        application = bar.addMenu(_("&Application"))
        application.addActions([self.add_application, self.add_interview, self.add_contact])
        reminders = bar.addMenu(_("&Reminders"))
        reminders.addAction(self.add_reminder)
        reminders.addSeparator()
        reminders.addActions([*self.pauses.values(), self.resume])
        view = bar.addMenu(_("&View"))
        view.addActions(list(self.views.values()))
        view.addSeparator()
        view.addAction(self.save_view)
        view.addMenu(_("&Theme")).addActions(list(self.themes.values()))
        about = bar.addMenu(_("&Help"))
        about.addActions([self.guide, self.tips, self.about])

    def _action(self, text: str, *shortcuts: str) -> QAction:
        action = QAction(text, self._window)
        action.setShortcuts([QKeySequence(shortcut) for shortcut in shortcuts])
        self._all.append(action)
        return action

    def _exclusive(self, actions: list[QAction]) -> None:
        group = QActionGroup(self._window)
        for action in actions:
            action.setCheckable(True)
            group.addAction(action)


def on(action: QAction, run: Callable[[], object]) -> None:
    """Run this when the action is triggered, whatever its check mark says."""
    action.triggered.connect(lambda _checked: run())
