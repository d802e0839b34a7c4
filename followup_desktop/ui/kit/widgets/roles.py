"""What assistive technology is told beyond Qt's own: lists of frames, choices, headings, parts with names.

And lines and menus of which it is told in time.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from PySide6.QtCore import QEvent, QLocale, QObject, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleActionInterface,
    QAccessibleAttributesInterface,
    QAccessibleInterface,
    QCursor,
    QFocusEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QAccessibleWidget,
    QApplication,
    QComboBox,
    QFileDialog,
    QFrame,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QWidget,
)
from shiboken6 import Shiboken, isValid

from followup_desktop.ui.kit.widgets.announcer import Voice, announce, reads_what_changes
from followup_desktop.ui.kit.widgets.buttons import Button, Disclosure
from followup_desktop.ui.kit.widgets.interface import WidgetInterface

_OPENS, _CLOSES = "▾", "▴"
"""The arrows at the end of a button's words."""
_BESIDE = 2
"""So many pixels beside the pointer a menu opens that it has asked for."""
_FEW = 256
"""So many halves may wait to be let go."""


class Part(QWidget):
    """A part of a window that assistive technology names when the keyboard comes into it."""


class PartFrame(QFrame):
    """A part with a frame around it."""


class DrawnChart(QWidget):
    """A chart that is drawn, and says its values as the keyboard goes through it."""


class OwnWindow(QWidget):
    """A window beside the main one."""


class WithoutCells:
    """Mixed into a view of many cells, whose current one is said by a widget: none of the cells is told of.

    Of a table Orca reads the whole row where the cell in another row becomes current.
    """


class HeardLine(QLineEdit):
    """A line that says which it is when the Tab key first comes to it, while it's empty, too.

    Qt would select all of nothing and tell of its cursor, before it tells where the keyboard is. Orca takes a
    cursor that moves for where that is, and then never says the field.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.asked = ""
        """What it asks for while it is empty."""
        self.textChanged.connect(lambda: self.ask_for(self.asked))

    def ask_for(self, hint: str) -> None:
        """Ask for something while it is empty.

        With a text, Qt's placeholder isn't seen, but would still be read out as the line's description.
        """
        self.asked = hint
        self.setPlaceholderText("" if self.text() else hint)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if not self.text():
            event = QFocusEvent(QEvent.Type.FocusIn, Qt.FocusReason.OtherFocusReason)
        super().focusInEvent(event)


def give_keyboard(part: QWidget, *, is_new: bool = False) -> None:
    """Put the keyboard there with all of its text selected, as the Tab key does.

    Of a field whose text is selected, or filled in a moment ago as it ``is_new``, before it has the keyboard,
    Orca says the text alone.
    """
    part.setFocus(Qt.FocusReason.OtherFocusReason)
    while (proxy := part.focusProxy()) is not None:
        part = proxy
    if isinstance(part, QLineEdit | QAbstractSpinBox):
        part.selectAll()
        if is_new and reads_what_changes():
            announce(part, part.accessibleName())


class PopupMenu(QMenu):
    """A menu of which the first entry has the keyboard when it was opened by the keyboard.

    Else a screen reader would say nothing of it until the first arrow.
    """

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.activeAction() is None and not self._was_pointed_at():
            first = next(
                (each for each in self.actions() if each.isEnabled() and not each.isSeparator()), None
            )
            if first is not None:
                self.setActiveAction(first)

    def _was_pointed_at(self) -> bool:
        """Whether the pointer is where it would be, had it opened the menu: beside it, or on its button."""
        pointer = QCursor.pos()
        button = QApplication.focusWidget()
        on_button = isinstance(button, QAbstractButton) and button.rect().contains(
            button.mapFromGlobal(pointer)
        )
        return on_button or self.geometry().adjusted(-_BESIDE, -_BESIDE, _BESIDE, _BESIDE).contains(pointer)


class ListFrame(QFrame):
    """A frame that assistive technology is told is a list, by its accessible name."""


class ItemFrame(QFrame):
    """A frame that assistive technology is told is an item of the list around it."""

    @property
    def is_current(self) -> bool:
        """Whether it is the selected one."""
        return False


class WholeFrame(ItemFrame):
    """An item that says all there is in it by its name.

    Of a dialog that opens, Orca would read out each label in it of three words and more.
    """


class OpenableItem(QWidget):
    """An item of the list around it, which paints it, that can be opened.

    It is by its own keys and the pointer, and by assistive technology's press. It is no frame, which Qt would
    paint, too.
    """

    opened = Signal()


class OpenableInterface(WidgetInterface[OpenableItem]):
    """An item of a list with the action to open it."""

    def __init__(self, item: OpenableItem) -> None:
        super().__init__(item, QAccessible.Role.ListItem)

    def text(self, kind: QAccessible.Text) -> str:
        if kind is QAccessible.Text.Description:
            # Else Qt tells the tool tip, which says the name again.
            return self.thing.accessibleDescription()
        if kind is QAccessible.Text.Name:
            return self.thing.accessibleName()  # Qt wouldn't ask a frame that finds its name when asked
        return super().text(kind)

    def actionNames(self) -> list[str]:
        return [QAccessibleActionInterface.pressAction(), QAccessibleActionInterface.setFocusAction()]

    def doAction(self, name: str) -> None:
        if name == QAccessibleActionInterface.setFocusAction():
            self.thing.setFocus()
        else:
            self.thing.opened.emit()


class PressedInterface(WidgetInterface[QAbstractButton]):
    """A button that stays pressed: one of several choices where only one can be, else a box to be checked."""

    def __init__(self, button: QAbstractButton) -> None:
        super().__init__(button, QAccessible.Role.CheckBox)

    def role(self) -> QAccessible.Role:
        group = self.thing.group()
        is_choice = self.thing.autoExclusive() or (group is not None and group.exclusive())
        return QAccessible.Role.RadioButton if is_choice else QAccessible.Role.CheckBox

    def state(self) -> QAccessible.State:
        state = super().state()
        state.checkable = True
        state.checked = self.thing.isChecked()
        return state

    def text(self, kind: QAccessible.Text) -> str:
        if kind is QAccessible.Text.Name:
            return self.thing.accessibleName() or self.thing.text().replace("&", "")
        return super().text(kind)

    def actionNames(self) -> list[str]:
        return [QAccessibleActionInterface.toggleAction(), QAccessibleActionInterface.setFocusAction()]

    def doAction(self, name: str) -> None:
        if name == QAccessibleActionInterface.setFocusAction():
            self.thing.setFocus()
        elif self.role() is not QAccessible.Role.RadioButton or not self.thing.isChecked():
            self.thing.click()


class OpeningInterface(WidgetInterface[QPushButton]):
    """A button with an arrow, which opens a menu or something below it: that is a state, too."""

    def __init__(self, button: QPushButton) -> None:
        super().__init__(button, QAccessible.Role.PushButton)

    def state(self) -> QAccessible.State:
        state = super().state()
        state.hasPopup = True
        state.expandable = True
        state.expanded = self.thing.text().endswith(_CLOSES)
        state.collapsed = not state.expanded
        return state

    def text(self, kind: QAccessible.Text) -> str:
        if kind is QAccessible.Text.Name:
            return self.thing.accessibleName()
        return super().text(kind)

    def actionNames(self) -> list[str]:
        return [QAccessibleActionInterface.pressAction(), QAccessibleActionInterface.setFocusAction()]

    def doAction(self, name: str) -> None:
        if name == QAccessibleActionInterface.setFocusAction():
            self.thing.setFocus()
        else:
            self.thing.click()


class DisclosureInterface(OpeningInterface):
    """A button that shows more and hides it again: which of the two is a state."""

    def state(self) -> QAccessible.State:
        state = super().state()
        state.hasPopup = False
        state.expanded = self.thing.isChecked()
        state.collapsed = not state.expanded
        return state


class _HeadingLevel(QAccessibleAttributesInterface):
    """What else is told of a heading: its level; and its language, which Qt asks for here instead."""

    def __init__(self, heading: WidgetInterface[QLabel]) -> None:
        super().__init__()
        self._heading = heading

    def attributeKeys(self) -> list[QAccessible.Attribute]:
        return [QAccessible.Attribute.Level, QAccessible.Attribute.Locale]

    def attributeValue(self, key: QAccessible.Attribute) -> int | QLocale | None:
        if key is QAccessible.Attribute.Level:
            return int(self._heading.thing.property("heading"))
        return self._heading.thing.locale() if key is QAccessible.Attribute.Locale else None


class HeadingInterface(WidgetInterface[QLabel]):
    """A label that heads what stands below it."""

    def __init__(self, label: QLabel) -> None:
        super().__init__(label, QAccessible.Role.Heading)
        self._level = _HeadingLevel(self)

    def interface_cast(  # type: ignore[override]  # it says int, and takes a pointer or an interface
        self, kind: QAccessible.InterfaceType
    ) -> object:
        if kind is QAccessible.InterfaceType.AttributesInterface:
            return self._level
        # PySide6 6.12 ends the program where None is given back for an interface that there is not.
        return super().interface_cast(kind) or Shiboken.VoidPtr(0)

    def text(self, kind: QAccessible.Text) -> str:
        if kind is QAccessible.Text.Name:
            return self.thing.accessibleName() or self.thing.text()
        return super().text(kind)


class VoiceInterface(WidgetInterface[Voice]):
    """A notification of the program: in a dialog, Orca would first say that and all texts in it."""

    def __init__(self, voice: Voice) -> None:
        super().__init__(voice, QAccessible.Role.Notification)

    def parent(self) -> QAccessibleInterface:
        return QAccessible.queryAccessibleInterface(self.thing.window()).parent()


class RowInterface(WidgetInterface[ItemFrame]):
    """An item of a list that can be the current one."""

    def __init__(self, frame: ItemFrame) -> None:
        super().__init__(frame, QAccessible.Role.ListItem)

    def state(self) -> QAccessible.State:
        state = super().state()
        state.selectable = True
        state.selected = self.thing.is_current
        return state


class WholeInterface(RowInterface):
    """An item of which no part is told of."""

    def childCount(self) -> int:
        return 0


class AroundInterface(WidgetInterface[QWidget]):
    """A part around others. One that hands the keyboard on hasn't got it itself, although Qt says so."""

    def __init__(self, widget: QWidget, role: QAccessible.Role = QAccessible.Role.Client) -> None:
        super().__init__(widget, role)

    def state(self) -> QAccessible.State:
        state = super().state()
        if self.thing.focusProxy() is not None:
            state.focusable = state.focused = False
        return state


class StackInterface(WidgetInterface[QStackedWidget]):
    """Pages of which one is shown, and that alone is there.

    Qt's own is a "layered pane", which Orca reads out at each step into it.
    """

    def __init__(self, stack: QStackedWidget) -> None:
        super().__init__(stack, QAccessible.Role.Client)

    def childCount(self) -> int:
        return 1 if self.thing.currentWidget() is not None else 0

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]  # Qt allows null
        page = self.thing.currentWidget()
        return QAccessible.queryAccessibleInterface(page) if page is not None and index == 0 else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return 0 if child.object() is self.thing.currentWidget() else -1


@cache
def install_roles() -> None:
    """Have Qt make the interfaces of this module, for all windows there will be; once is enough.

    Qt lets go of no factory: with one for each window, the walk through the 60th took ten times as long.
    """
    QAccessible.installFactory(_Halves().make)


class _Halves:
    """The Python halves of the interfaces, which Qt doesn't keep.

    Qt deletes an interface when its widget goes. A Python half that went before would delete it too, and Qt
    would delete it again: so a half is let go only after Qt has deleted the other.
    """

    def __init__(self) -> None:
        self._kept: list[QAccessibleInterface] = []
        self._let_go_at = _FEW

    def make(self, class_name: str, thing: QObject | None) -> QAccessibleInterface | None:
        """The interface of a thing, or None for Qt's own."""
        if thing is None or thing.metaObject().className() != class_name:
            return None  # Qt asks again for each class that the thing's own is derived from
        interface = _interface(thing)
        if interface is None:
            return None
        if len(self._kept) >= self._let_go_at:
            self._kept = [kept for kept in self._kept if isValid(kept)]
            self._let_go_at = max(_FEW, 2 * len(self._kept))
        self._kept.append(interface)
        return interface


def _is_heading(thing: QObject) -> bool:
    return isinstance(thing, QLabel) and bool(thing.property("heading"))


def _hands_on(thing: QObject) -> bool:
    """Whether a plain widget gives the keyboard to one in it, as Qt's own fields do otherwise."""
    if not isinstance(thing, QWidget) or thing.focusProxy() is None:
        return False
    return not isinstance(thing, QFrame | QAbstractButton | QLineEdit | QComboBox | QAbstractSpinBox)


def _of_role(role: QAccessible.Role) -> Callable[[Any], QAccessibleInterface]:
    return lambda widget: QAccessibleWidget(widget, role)


_INTERFACES: tuple[tuple[Callable[[QObject], bool], Callable[[Any], QAccessibleInterface]], ...] = (
    (lambda thing: isinstance(thing, ListFrame), _of_role(QAccessible.Role.List)),
    (lambda thing: isinstance(thing, OpenableItem), OpenableInterface),
    (lambda thing: isinstance(thing, WholeFrame), WholeInterface),
    (lambda thing: isinstance(thing, ItemFrame), RowInterface),
    (lambda thing: isinstance(thing, Disclosure), DisclosureInterface),
    (lambda thing: isinstance(thing, QPushButton) and thing.isCheckable(), PressedInterface),
    (lambda thing: isinstance(thing, Button) and thing.text().endswith((_OPENS, _CLOSES)), OpeningInterface),
    (lambda thing: isinstance(thing, Voice), VoiceInterface),
    (_is_heading, HeadingInterface),
    # As a group, Orca would read all texts in it each time the keyboard comes into it.
    (
        lambda thing: isinstance(thing, Part | PartFrame),
        lambda part: AroundInterface(part, QAccessible.Role.Form),
    ),
    (lambda thing: isinstance(thing, OwnWindow), _of_role(QAccessible.Role.Window)),
    (lambda thing: isinstance(thing, DrawnChart), _of_role(QAccessible.Role.Chart)),
    (lambda thing: isinstance(thing, WithoutCells), _of_role(QAccessible.Role.Client)),
    # That of a file dialog goes without a word to its Python half, which would end the program.
    (
        lambda thing: isinstance(thing, QStackedWidget) and not isinstance(thing.window(), QFileDialog),
        StackInterface,
    ),
    # Qt's own of a scroll area reads beyond its list when it is asked for a child that has gone: a reader
    # that counted before a scroll bar was hidden would end the program.
    (lambda thing: isinstance(thing, QScrollArea), AroundInterface),
    (_hands_on, AroundInterface),
)
"""What is told of a thing: by the first that knows it."""


def _interface(thing: QObject) -> QAccessibleInterface | None:
    from followup_desktop.ui.kit.widgets.combo import NamedCombo, NamedComboInterface  # no start needs them

    if isinstance(thing, NamedCombo):
        return NamedComboInterface(thing)
    return next((make(thing) for knows, make in _INTERFACES if knows(thing)), None)
