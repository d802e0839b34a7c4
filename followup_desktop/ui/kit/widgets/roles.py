"""What assistive technology is told beyond Qt's own: lists made of frames, combo boxes with names."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QFrame, QScrollArea
from shiboken6 import isValid

_FEW = 256
"""So many halves may wait to be let go."""


class ListFrame(QFrame):
    """A frame that assistive technology is told is a list, by its accessible name."""


class ItemFrame(QFrame):
    """A frame that assistive technology is told is an item of the list around it."""


class OpenableFrame(ItemFrame):
    """An item that can be opened: by its own keys and the pointer, and by assistive technology's press."""

    opened = Signal()


class OpenableInterface(QAccessibleWidget):
    """An item of a list with the action to open it."""

    def __init__(self, frame: OpenableFrame) -> None:
        super().__init__(frame, QAccessible.Role.ListItem)
        self._frame = frame

    def actionNames(self) -> list[str]:
        return [QAccessibleActionInterface.pressAction(), QAccessibleActionInterface.setFocusAction()]

    def doAction(self, name: str) -> None:
        if name == QAccessibleActionInterface.setFocusAction():
            self._frame.setFocus()
        else:
            self._frame.opened.emit()


class Roles:
    """Installs the interfaces of this module; to be kept as long as the application lives.

    Qt keeps the interfaces that a factory makes but not their Python halves, so these are kept here. Qt
    deletes an interface when its widget goes. A Python half that went before would delete it too, and Qt
    would delete it again: so a half is let go only after Qt has deleted the other.
    """

    def __init__(self) -> None:
        self._kept: list[QAccessibleInterface] = []
        self._let_go_at = _FEW
        QAccessible.installFactory(self._make)

    def _make(self, _class_name: str, thing: QObject | None) -> QAccessibleInterface | None:
        interface = _interface(thing)
        if interface is None:
            return None
        if len(self._kept) >= self._let_go_at:
            self._kept = [kept for kept in self._kept if isValid(kept)]
            self._let_go_at = max(_FEW, 2 * len(self._kept))
        self._kept.append(interface)
        return interface


def _interface(thing: QObject | None) -> QAccessibleInterface | None:
    from followup_desktop.ui.kit.widgets.combo import NamedCombo, NamedComboInterface  # no start needs them

    if isinstance(thing, ListFrame):
        return QAccessibleWidget(thing, QAccessible.Role.List)
    if isinstance(thing, OpenableFrame):
        return OpenableInterface(thing)
    if isinstance(thing, ItemFrame):
        return QAccessibleWidget(thing, QAccessible.Role.ListItem)
    if isinstance(thing, NamedCombo):
        return NamedComboInterface(thing)
    if isinstance(thing, QScrollArea):
        # Qt's own interface of a scroll area reads beyond its list when it is asked for a child that has
        # gone: a reader that counted before a scroll bar was hidden would end the program.
        return QAccessibleWidget(thing, QAccessible.Role.Client)
    return None
