"""The menus of the window, made from the table of commands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QToolButton

from followup_desktop.i18n import N_, _
from followup_desktop.services.wording import Wording
from followup_desktop.ui.kit.commands.command import Command, Offer, native, plain
from followup_desktop.ui.kit.commands.menu import Part
from followup_desktop.ui.kit.commands.table import (
    ANSWER,
    ANSWERS,
    COMMANDS,
    ENTRY_VERBS,
    FOLLOW_UP_VERBS,
    GROUP,
    INTERVIEW_VERBS,
    LOG,
    LOOK,
    PERSON_VERBS,
    PICTURE_VERBS,
    SAVED_VIEW_VERBS,
    STAGES,
    Submenu,
    answer_keys,
)
from followup_desktop.ui.kit.selection import Selection
from followup_desktop.ui.kit.theme import Theme, ThemeChoice
from followup_desktop.ui.kit.widgets.plain import label_text
from followup_desktop.ui.window.views import SIDEBAR

if TYPE_CHECKING:
    from followup_desktop.ui.kit.commands.subjects import SelectionNames

VIEW = "view-{}"
"""The id of the command that shows a view."""
_PAUSES = {name: f"pause-{name}" for name in ("hour", "evening", "tomorrow", "monday")}
"""By the id of the end of the pause; see ``services.reminding.pauses``."""

VIEW_COMMANDS = {
    VIEW.format(row.name): Command(
        id=VIEW.format(row.name), words=row.title, icon=row.icon, shortcut=row.shortcut
    )
    for row in SIDEBAR
}

ALL_COMMANDS = {**VIEW_COMMANDS, **COMMANDS}
"""The whole table by ids: the commands of the kit, and one for each view of the sidebar."""

MENUS: tuple[tuple[str, tuple[Part, ...]], ...] = (
    (N_("&File"), ("import-file", "export-file", "report", "share-search", None, "quit")),
    (
        N_("&Edit"),
        (
            "undo",
            "redo",
            "paste",
            None,
            "search",
            "palette",
            None,
            "restore",
            "delete-for-ever",
            "empty-trash",
        ),
    ),
    (
        N_("&Application"),
        (
            "add-application",
            "add-another",
            None,
            "open-application",
            "edit-in-table",
            "open-posting",
            "copy-posting",
            "copy-applications",
            None,
            LOG,
            STAGES,
            "tag-applications",
            "export-applications",
            None,
            *ENTRY_VERBS,
            None,
            "archive",
            "unarchive",
            "delete-application",
        ),
    ),
    (
        N_("&Interview"),
        ("add-interview", None, *INTERVIEW_VERBS),
    ),
    (
        N_("&Contact"),
        (
            "add-contact",
            None,
            *PERSON_VERBS,
        ),
    ),
    (
        N_("Follow-&up"),
        (*FOLLOW_UP_VERBS, None, GROUP),
    ),
    (N_("&Reminders"), ("add-reminder", None, *_PAUSES.values(), "resume")),
    (
        N_("&View"),
        (
            *VIEW_COMMANDS,
            None,
            Submenu(
                title=N_("Ca&lendar page"),
                icon="day-today",
                ids=[each for each in COMMANDS if each.startswith("calendar-")],
            ),
            Submenu(title=N_("&Board card"), icon="right", ids=("card-left", "card-right")),
            "filter-applications",
            "choose-columns",
            "save-view",
            Submenu(title=N_("Sav&ed view"), icon="bookmark", ids=SAVED_VIEW_VERBS),
            Submenu(title=N_("P&icture"), icon="report", ids=PICTURE_VERBS),
            Submenu(
                title=N_("&Theme"), icon="theme-contrast", ids=[LOOK.format(choice) for choice in ThemeChoice]
            ),
            Submenu(
                title=N_("Te&xt size"), icon="text-size", ids=("larger-text", "smaller-text", "normal-text")
            ),
        ),
    ),
    (N_("&Help"), ("guide", "shortcuts", "tips", "about")),
)
"""The menus from left to right, and what stands in each."""

SUBMENU_IDS = frozenset(
    each
    for _title, parts in MENUS
    for part in parts
    if isinstance(part, Submenu)
    for each in part.ids
    if each
)
"""What stands a step further than the rest: the palette offers it only once something is typed."""


class Actions:
    """Makes the window's menus, and keeps the actions by the ids of their commands.

    ``offer`` tells what the view that is shown offers. Only while a menu is open is what does not fit turned
    off in it: a shortcut says why it can't be given.
    """

    def __init__(
        self, window: QMainWindow, theme: Theme, wording: Wording, offer: Callable[[], Offer | None]
    ) -> None:
        self._window = window
        self._offer = offer
        self._theme = theme
        self._wording = wording
        self._of_window: set[str] = set()
        self._steps = {"undo": False, "redo": False}
        """Whether there is something for each."""
        self._actions: dict[str, QAction] = {}
        for command in ALL_COMMANDS.values():
            action = QAction(command.label(wording), window)
            action.setShortcut(QKeySequence(command.shortcut))
            theme.set_icon(action, command.icon)
            action.triggered.connect(lambda _checked=False, command=command: self._run(command))
            self._actions[command.id] = action
            if command.shortcut:  # also what stands in no menu
                window.addAction(action)
        self.views = {row.name: self[VIEW.format(row.name)] for row in SIDEBAR}
        self.themes = {choice: self[LOOK.format(choice)] for choice in ThemeChoice}
        self.pauses = {name: self[each] for name, each in _PAUSES.items()}
        self["quit"].setMenuRole(QAction.MenuRole.QuitRole)
        # From an open menu and the guide's window too, and while the welcome hides the menus.
        self["quit"].setShortcutContext(Qt.ShortcutContext.ApplicationShortcut)
        self["about"].setMenuRole(QAction.MenuRole.AboutRole)
        self._exclusive(list(self.views.values()))
        self._exclusive(list(self.themes.values()))
        for title, parts in MENUS:
            self._fill(window.menuBar().addMenu(_(title)), parts)
        more = window.menuBar().findChild(QToolButton, "qt_menubar_ext_button")
        if more is not None:  # Qt's own picture is black on whatever ground
            theme.set_icon(more, "more-menus")
            more.setAccessibleName(_("More menus"))

    def __getitem__(self, command_id: str) -> QAction:
        return self._actions[command_id]

    def on(self, command_id: str, run: Callable[[], object]) -> None:
        """Have the window do this for a command, whatever is selected and whatever its check mark says."""
        self._of_window.add(command_id)
        self[command_id].triggered.connect(lambda _checked: run())

    def available(self) -> list[Command]:
        """The commands that can be given now, the answers of a follow-up in their order before the others.

        What an answer says already isn't there a second time, as "They cancelled" of its interview.
        """
        offer = self._offer()
        answers = [ALL_COMMANDS[each] for each in _answers(offer)]
        said = {plain(each.label(self._wording)) for each in answers}
        others = [each for each in ALL_COMMANDS.values() if plain(each.label(self._wording)) not in said]
        return [each for each in (*answers, *others) if self._can_be_given(each, offer)]

    def selection(self) -> Selection:
        """What is selected in the view that is shown."""
        offer = self._offer()
        return offer.selection if offer is not None else Selection()

    def subjects(self) -> SelectionNames | None:
        """What is selected in the view that is shown, by name; ``None`` before there is a view."""
        from followup_desktop.ui.kit.commands.subjects import SelectionNames  # with the palette

        offer = self._offer()
        return SelectionNames(offer.context, offer.selection) if offer is not None else None

    def is_about_selection(self, command: Command) -> bool:
        """Whether the command acts on what is selected, or is the shown view's own."""
        return command.id not in self._of_window

    def label(self, command: Command) -> str:
        """The words of a command as the menus have them now."""
        return self[command.id].text()

    def hints(self) -> Callable[[Command], str]:
        """Tells the keys that give a command in the view that is shown, as the system writes them.

        What is selected is looked up once for all: with the palette open that is asked for each command.
        """
        offer = self._offer()
        answers, view = _answers(offer), offer.view if offer is not None else ""
        return lambda command: answers.get(command.id, "") or command.hint(view)

    def menu_of(self, command: Command) -> str:
        """The title of the menu in which the command stands; empty if in none."""
        menus = (each for each in self[command.id].associatedObjects() if isinstance(each, QMenu))
        return next((menu.title() for menu in menus), "")

    def show_history(self, undo: str | None, redo: str | None) -> None:
        """Name in the menu what Undo and Redo would do; where there is nothing, their keys say so."""
        self._steps = {"undo": undo is not None, "redo": redo is not None}
        for action, verb, verb_of, label in (
            (self["undo"], _("&Undo"), _("&Undo “{step}”"), undo),
            (self["redo"], _("&Redo"), _("&Redo “{step}”"), redo),
        ):
            action.setText(verb_of.format(step=label_text(label)) if label else verb)

    def _can_be_given(self, command: Command, offer: Offer | None) -> bool:
        if command.id in self._of_window:
            return self._steps.get(command.id, self[command.id].isEnabled())
        return offer is not None and offer.verb(command) is not None

    def _run(self, command: Command) -> None:
        if command.id not in self._of_window and (offer := self._offer()) is not None:
            offer.run(command)

    def _fill(self, menu: QMenu, parts: Sequence[Part]) -> None:
        selective: list[Command] = []
        for part in parts:
            if part is None:
                menu.addSeparator()
            elif part == ANSWERS:
                answers = [each for each in COMMANDS if each.startswith(ANSWER.format(""))]
                menu.addActions([self[each] for each in answers])
                for each in answers:  # Qt places the menu before it is filled: with all it wouldn't fit below
                    self[each].setVisible(False)
                menu.aboutToShow.connect(partial(self._show_answers, menu, answers))
            elif isinstance(part, Submenu):
                inner = menu.addMenu(_(part.title))
                self._theme.set_icon(inner.menuAction(), part.icon)
                self._fill(inner, part.ids)
            else:
                menu.addAction(self[part])
                selective.append(COMMANDS[part] if part in COMMANDS else ALL_COMMANDS[part])
        menu.aboutToShow.connect(lambda: self._turn_off_what_does_not_fit(selective))
        menu.aboutToHide.connect(lambda: self._turn_on(selective))

    def _show_answers(self, menu: QMenu, ids: Sequence[str]) -> None:
        """Show the answers of the follow-up that is selected, in their order, with their keys; no others."""
        answers = _answers(self._offer())
        before = next(action for action in menu.actions() if action.isSeparator())
        for each in ids:
            self[each].setVisible(each in answers)
        for each, key in answers.items():
            menu.insertAction(before, self[each])
            self[each].setText(f"{COMMANDS[each].label(self._wording)}\t{key}")

    def _turn_off_what_does_not_fit(self, commands: Sequence[Command]) -> None:
        offer = self._offer()
        for command in commands:
            action = self[command.id]
            if command.id in self._of_window:
                action.setEnabled(self._steps.get(command.id, action.isEnabled()))
                continue
            action.setEnabled(offer is not None and offer.verb(command) is not None)
            if not command.shortcut:
                hint = command.hint(offer.view) if offer is not None else ""
                words = command.label(self._wording)
                action.setText(f"{words}\t{hint}" if hint else words)

    def _turn_on(self, commands: Sequence[Command]) -> None:
        for command in commands:
            if command.id not in self._of_window or command.id in self._steps:
                self[command.id].setEnabled(True)

    def _exclusive(self, actions: list[QAction]) -> None:
        group = QActionGroup(self._window)
        for action in actions:
            action.setCheckable(True)
            group.addAction(action)


def _answers(offer: Offer | None) -> dict[str, str]:
    """The commands that answer the follow-up that is selected, in its order, with the keys that give them."""
    follow_up = offer.selection.follow_up if offer is not None else None
    if follow_up is None:
        return {}
    given = (ANSWER.format(answer) for answer in follow_up.row.answers)
    return dict(zip(given, map(native, answer_keys(follow_up.row)), strict=True))
