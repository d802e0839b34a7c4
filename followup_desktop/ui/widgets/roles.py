"""What assistive technology is told beyond Qt's own: lists made of frames, combo boxes with names."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QFrame

from followup_desktop.ui.widgets.combo import NamedCombo, NamedComboInterface


class ListFrame(QFrame):
    """A frame that assistive technology is told is a list, by its accessible name."""


class ItemFrame(QFrame):
    """A frame that assistive technology is told is an item of the list around it."""


class Roles:
    """Installs the roles of ``ListFrame`` and ``ItemFrame``; to be kept as long as the application lives.

    Qt keeps the interfaces that a factory makes but not their Python halves, so these are kept here until the
    widget goes.
    """

    def __init__(self) -> None:
        self._kept: dict[int, QAccessibleInterface] = {}
        QAccessible.installFactory(self._make)

    def _make(self, _class_name: str, thing: QObject | None) -> QAccessibleInterface | None:
        interface = _interface(thing)
        if interface is None or thing is None:
            return None
        number = id(interface)
        self._kept[number] = interface
        thing.destroyed.connect(lambda: self._kept.pop(number, None))
        return interface


def _interface(thing: QObject | None) -> QAccessibleInterface | None:
    if isinstance(thing, ListFrame):
        return QAccessibleWidget(thing, QAccessible.Role.List)
    if isinstance(thing, ItemFrame):
        return QAccessibleWidget(thing, QAccessible.Role.ListItem)
    if isinstance(thing, NamedCombo):
        return NamedComboInterface(thing)
    return None
