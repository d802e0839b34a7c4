"""The way to enter the number or the address that is missing: of whom it is, or else whose it is to be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from followup_desktop.i18n import _
from followup_desktop.ui.kit.requests import AddContact, EditPerson, Request
from followup_desktop.ui.kit.widgets.roles import PopupMenu


def ask_whose(
    below: QWidget,
    field: str,
    application: str,
    others: Sequence[tuple[str, str]],
    ask: Callable[[Request], object],
) -> None:
    """Ask which of the application's people has it, in a menu, and then for the form of that person.

    ``others`` are their ids and names; where there are none it is somebody new.
    """
    someone_new = AddContact(application, in_passing=True)
    if not others:
        ask(someone_new)
        return
    menu = PopupMenu(below)
    menu.aboutToHide.connect(menu.deleteLater)
    menu.setAccessibleName(_("Whose is it?"))
    for person, name in others:
        action = menu.addAction(name.replace("&", "&&"))
        action.triggered.connect(partial(ask, EditPerson(person, field, in_passing=True)))
    menu.addSeparator()
    menu.addAction(_("Someone else…")).triggered.connect(partial(ask, someone_new))
    menu.popup(below.mapToGlobal(below.rect().bottomLeft()))
