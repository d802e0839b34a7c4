"""Roles that Qt gives no plain widget: a list and its items, for assistive technology."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QFrame, QWidget


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
        role = _role(thing)
        if role is None or not isinstance(thing, QWidget):
            return None
        interface = QAccessibleWidget(thing, role)
        number = id(interface)
        self._kept[number] = interface
        thing.destroyed.connect(lambda: self._kept.pop(number, None))
        return interface


def _role(thing: QObject | None) -> QAccessible.Role | None:
    if isinstance(thing, ListFrame):
        return QAccessible.Role.List
    if isinstance(thing, ItemFrame):
        return QAccessible.Role.ListItem
    return None
