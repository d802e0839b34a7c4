"""A menu of commands for what is selected, as it opens on a row."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractItemView, QMenu, QWidget

from followup_desktop.i18n import _
from followup_desktop.ui.kit.commands.command import Command, Offer, native
from followup_desktop.ui.kit.commands.table import ANSWER, ANSWERS, COMMANDS, Submenu, answer_keys
from followup_desktop.ui.kit.widgets.roles import PopupMenu

Part = str | Submenu | None
"""The id of a command, a submenu, or a line between groups."""


def command_menu(offer: Offer, parts: Sequence[Part], parent: QWidget) -> QMenu:
    """The menu of those commands that can be given now, with the keys that give them.

    ``ANSWERS`` stands for those of the follow-up. It deletes itself when it is closed.
    """
    menu = PopupMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    _fill(menu, offer, parts)
    return menu


def give_rows_menu(rows: QAbstractItemView, menu: Callable[[int], QMenu]) -> None:
    """Open the menu on a row that is clicked with the right button, or by the menu key on the current one."""

    def open_at(where: QPoint) -> None:
        index = rows.indexAt(where)
        if index.isValid():
            rows.setCurrentIndex(index)
            found = menu(index.row())
            if found.actions():
                found.popup(rows.viewport().mapToGlobal(where))

    rows.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    rows.customContextMenuRequested.connect(open_at)


def _fill(menu: QMenu, offer: Offer, parts: Sequence[Part]) -> None:
    line = False
    for part in parts:
        if part is None:
            line = bool(menu.actions())
            continue
        if isinstance(part, Submenu):
            if any(each is not None and offer.verb(COMMANDS[each]) is not None for each in part.ids):
                line = _line(menu, line)
                inner = menu.addMenu(_(part.title))
                offer.context.theme.set_icon(inner.menuAction(), part.icon)
                _fill(inner, offer, part.ids)
            continue
        for command, key in _commands(offer, part):
            verb = offer.verb(command)
            if verb is not None:
                line = _line(menu, line)
                _add(menu, offer, command, key, verb)


def _line(menu: QMenu, wanted: bool) -> bool:
    if wanted:
        menu.addSeparator()
    return False


def _commands(offer: Offer, part: str) -> list[tuple[Command, str]]:
    if part != ANSWERS:
        command = COMMANDS[part]
        return [(command, command.hint(offer.view))]
    follow_up = offer.selection.follow_up
    if follow_up is None:
        return []
    keys = answer_keys(follow_up.row)
    return [
        (COMMANDS[ANSWER.format(answer)], native(key))
        for answer, key in zip(follow_up.row.answers, keys, strict=True)
    ]


def _add(menu: QMenu, offer: Offer, command: Command, key: str, verb: Callable[[], object]) -> None:
    words = command.label(offer.context.wording)
    action = menu.addAction(f"{words}\t{key}" if key else words)
    action.setData(command.id)
    offer.context.theme.set_icon(action, command.icon)
    action.triggered.connect(lambda _checked=False: verb())
