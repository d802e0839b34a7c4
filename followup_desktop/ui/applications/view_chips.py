"""The user's own views beside the filters: a chip each, their menu, and the line for a name."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _
from followup_desktop.ui.applications.filters import StageFilters
from followup_desktop.ui.kit.commands.command import native, with_keys
from followup_desktop.ui.kit.commands.table import COMMANDS
from followup_desktop.ui.kit.forms.field import LineEdit
from followup_desktop.ui.kit.saved_views import (
    LONGEST_NAME,
    Arrangement,
    Restore,
    SavedView,
    SavedViews,
)
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.widgets.buttons import Button
from followup_desktop.ui.kit.widgets.plain import label_text, set_tool_tip
from followup_desktop.ui.kit.widgets.roles import PopupMenu

_WITH_KEYS = 9
"""So many views have a key of their own: Alt+1 to Alt+9."""


class ViewChip(Button):
    """One view; F2 renames it, Delete deletes it, the menu key offers both."""

    menu_wanted = Signal(QPoint)
    rename_wanted = Signal()
    delete_wanted = Signal()

    def __init__(self, view: SavedView, number: int, label: str) -> None:
        super().__init__(view.name, look="filter", name=view.name, checkable=True)
        self.view = view
        set_tool_tip(self, with_keys(label, native(f"Alt+{number}") if number <= _WITH_KEYS else ""))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F2:
            self.rename_wanted.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.delete_wanted.emit()
        else:
            super().keyPressEvent(event)


class NameLine(LineEdit):
    """The line in which a view gets its name; Enter keeps it, Esc leaves it."""

    given_up = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                event.accept()


class ViewChips(QObject):
    """Puts the views behind the filters, and sees to saving, renaming, replacing and deleting.

    ``chosen`` carries the arrangement to be shown; ``undoable`` a sentence and what takes back the change
    it is about, or ``None``. Where the chips would fill more than a line, their menu stands for all of them.
    """

    chosen = Signal(object)
    undoable = Signal(str, object)

    def __init__(
        self, views: SavedViews, bar: StageFilters, theme: Theme, shown: Callable[[], Arrangement]
    ) -> None:
        super().__init__(bar)
        self._views = views
        self._bar = bar
        self._shown = shown
        self._quiet = False
        self._last: str | None = None
        self._renaming: str | None = None
        self.chips: list[ViewChip] = []
        self.menu_button = Button(_("Views ▾"), look="filter")
        self.save_button = Button(_("+ Save view"), look="filter")
        tip = with_keys(_("Save this view with a name"), COMMANDS["save-view"].hint(""))
        set_tool_tip(self.save_button, tip)
        self.line = NameLine(bar)
        self.line.setAccessibleName(_("Name of the view"))
        self.line.ask_for(_("Enter a name"))
        self.line.setMaxLength(LONGEST_NAME)
        theme.keep_fit(self.line, lambda: self.line.setFixedWidth(theme.px(170)))
        self.line.hide()
        self.save_button.clicked.connect(self.ask_for_name)
        self.menu_button.clicked.connect(self._open_menu)
        self.line.returnPressed.connect(self._named)
        self.line.given_up.connect(self._close_line)
        for number in range(1, _WITH_KEYS + 1):
            shortcut = QShortcut(QKeySequence(f"Alt+{number}"), bar)
            shortcut.activated.connect(lambda number=number: self._choose_place(number))
        bar.resized.connect(self.fit)
        self.show_views()

    def show_views(self) -> None:
        """Show the views that there are now."""
        for chip in self.chips:
            self._bar.take(chip)
            chip.deleteLater()
        self.chips = [self._chip(view, place) for place, view in enumerate(self._views.all(), 1)]
        for widget in (self.menu_button, self.save_button, self.line):
            self._bar.take(widget)
        self._bar.put(*self.chips, self.menu_button, self.save_button, self.line)
        self.mark()
        self.fit()

    def mark(self) -> None:
        """Show which view is the one that the table shows."""
        shown = self._shown()
        self._quiet = True
        for chip in self.chips:
            chip.setChecked(chip.view.arrangement == shown)
            if chip.isChecked():
                self._last = chip.view.name
        self._quiet = False

    def fit(self) -> None:
        """Chips where a line holds them, else the menu alone."""
        gap = self._bar.gap
        wanted = sum(chip.sizeHint().width() + gap for chip in self.chips)
        room = wanted <= self._bar.width()
        for chip in self.chips:
            chip.setVisible(room)
        self.menu_button.setVisible(bool(self.chips))

    def show_view(self, name: str) -> None:
        """Show the view of that name, if there is one."""
        view = self._views.named(name)
        if view is not None:
            self._last = name
            self.chosen.emit(view.arrangement)

    def ask_for_name(self) -> None:
        """Open the line for a new view's name."""
        self._open_line(None)

    def replace(self, name: str) -> None:
        """Let that view be what is shown now."""
        self._change(
            lambda: self._views.save(name, self._shown()), _("Replaced the view “{view}”").format(view=name)
        )

    def delete(self, name: str) -> None:
        """Keep that view no longer."""
        self._change(lambda: self._views.delete(name), _("Deleted the view “{view}”").format(view=name))
        self.save_button.setFocus()

    def verbs(self) -> dict[str, Callable[[], object]]:
        """What can be done with the view chosen last, by the id of the command; nothing if there is none."""
        name = self._last
        if name is None or self._views.named(name) is None:
            return {}
        verbs = {"rename-view": self._open_line, "replace-view": self.replace, "delete-view": self.delete}
        return {command: partial(verb, name) for command, verb in verbs.items()}

    def menu(self) -> QMenu:
        """The views, and what can be done with the one chosen last."""
        menu = PopupMenu(self._bar)
        shown = self._shown()
        for number, view in enumerate(self._views.all(), 1):
            keys = f"\tAlt+{number}" if number <= _WITH_KEYS else ""
            action = menu.addAction(label_text(view.name) + keys)
            action.setCheckable(True)
            action.setChecked(view.arrangement == shown)
            action.triggered.connect(lambda _on, name=view.name: self.show_view(name))
        if self._last is not None and self._views.named(self._last) is not None:
            menu.addSeparator()
            self._add_verbs(menu, self._last)
        return menu

    def _add_verbs(self, menu: QMenu, name: str) -> None:
        verbs: tuple[tuple[str, str, Callable[[str], None]], ...] = (
            (_("&Rename “{view}”…"), "F2", self._open_line),
            (_("Re&place “{view}” with this view"), "", self.replace),
            (_("&Delete “{view}”"), "Del", self.delete),
        )
        for text, key, verb in verbs:
            shown = text.format(view=label_text(name))
            action = menu.addAction(f"{shown}\t{native(key)}" if key else shown)
            action.triggered.connect(lambda _on, verb=verb: verb(name))

    def _chip(self, view: SavedView, number: int) -> ViewChip:
        chip = ViewChip(view, number, _("View: {view}").format(view=view.name))
        # Assistive technology toggles without a click.
        chip.toggled.connect(lambda _on: None if self._quiet else self.show_view(view.name))
        chip.rename_wanted.connect(lambda: self._open_line(view.name))
        chip.delete_wanted.connect(lambda: self.delete(view.name))
        chip.menu_wanted.connect(lambda place: self._show_verbs(view.name, place))
        return chip

    def _choose_place(self, number: int) -> None:
        views = self._views.all()
        if number <= len(views):
            self.show_view(views[number - 1].name)

    def _open_menu(self) -> None:
        self._pop_up(self.menu(), self.menu_button.mapToGlobal(self.menu_button.rect().bottomLeft()))

    def _show_verbs(self, name: str, place: QPoint) -> None:
        menu = PopupMenu(self._bar)
        self._add_verbs(menu, name)
        self._pop_up(menu, place)

    def _pop_up(self, menu: QMenu, place: QPoint) -> None:
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def _open_line(self, renaming: str | None) -> None:
        self._renaming = renaming
        self.line.setText(renaming or "")
        self.line.selectAll()
        self.save_button.hide()
        self.line.show()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close_line(self) -> None:
        self.line.hide()
        self.save_button.show()
        chip = next((one for one in self.chips if one.view.name == self._last and one.isVisible()), None)
        (chip or self.save_button).setFocus()

    def _named(self) -> None:
        name, old = " ".join(self.line.text().split()), self._renaming
        if old is not None:
            said = _("Renamed the view “{before}” to “{after}”").format(before=old, after=name)
            done = self._change(lambda: self._views.rename(old, name), said)
        else:
            replaced = self._views.named(name) is not None
            said = _("Replaced the view “{view}”") if replaced else _("Saved the view “{view}”")
            done = self._change(lambda: self._views.save(name, self._shown()), said.format(view=name))
        if done:
            self._last = name
            self._close_line()

    def _change(self, verb: Callable[[], Restore], said: str) -> bool:
        """Change the views and say so, with the way back; whether it was not refused."""
        try:
            restore = verb()
        except Refused as refusal:
            self.undoable.emit(str(refusal), None)
            return False

        def back() -> None:
            restore()
            self.show_views()

        self.show_views()
        self.undoable.emit(said, back)
        return True
