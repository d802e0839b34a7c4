"""What assistive technology is told of a window, and what of it would lose or mislead who can't see it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QMainWindow,
    QMessageBox,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from followup_desktop.i18n import _, language
from followup_desktop.ui.kit.forms.field import Field
from followup_desktop.ui.kit.widgets.buttons import spoken
from followup_desktop.ui.today.item import FollowUpItem
from followup_desktop.ui.window.first_run import FirstRun
from followup_desktop.ui.window.sidebar import Sidebar
from tests.pseudo_locale import bare

Role = QAccessible.Role

MARKUP = re.compile(r"</?[a-z]+[^>]*>|&(amp|lt|gt|quot);")
_MOST = 400
"""So many rows of a table or a list are looked at."""


@dataclass(frozen=True, slots=True)
class Node:
    """One thing that assistive technology can reach."""

    role: QAccessible.Role
    name: str
    description: str
    state: QAccessible.State
    widget: QWidget | None
    path: str
    empty: bool

    def __str__(self) -> str:
        return f"{self.role.name} {self.name!r} in {self.path}"


def nodes(window: QMainWindow) -> Iterator[Node]:
    """All that is exposed of the window, and of the windows over it."""
    for top in QApplication.topLevelWidgets():
        # The list of a combo box may go while what was before it is walked.
        if (
            isValid(top)
            and top.isVisible()
            and (top is window or top.windowType().name in ("Popup", "Dialog", "Window"))
        ):
            interface = QAccessible.queryAccessibleInterface(top)
            if interface is not None:
                yield from _walk(interface, top, "")


def _walk(interface: QAccessibleInterface, parent: QWidget | None, path: str) -> Iterator[Node]:
    state = interface.state()
    if state.invisible:
        return
    thing = interface.object()
    widget = thing if isinstance(thing, QWidget) else None
    name = interface.text(QAccessible.Text.Name)
    role = interface.role()
    yield Node(
        role,
        name,
        interface.text(QAccessible.Text.Description),
        state,
        widget,
        path,
        interface.rect().isEmpty(),
    )
    below = f"{path}/{role.name} {name[:24]!r}" if name else path
    for number in range(min(interface.childCount(), _MOST)):
        child = interface.child(number)
        if child is not None:
            yield from _walk(child, widget or parent, below)


_CONTROLS = frozenset({Role.Button, Role.CheckBox, Role.RadioButton, Role.ComboBox, Role.EditableText})


def faults(window: QMainWindow) -> list[str]:
    """Each as one sentence; none if the window can be used by ear."""
    found = list(nodes(window))
    said = [fault for node in found for fault in (*_of_node(node), *_of_widget(node))]
    return list(dict.fromkeys((*_of_window(window), *said, *_of_siblings(found))))


def _of_window(window: QMainWindow) -> Iterator[str]:
    if not window.windowTitle().removesuffix("Follow Up"):
        yield "the window's title doesn't say what is shown"
    shown = window.findChild(FirstRun)
    if shown is not None and shown.isVisible() and shown.accessibleName() not in window.windowTitle():
        yield f"the window is called {window.windowTitle()!r} while it welcomes"
    for top in QApplication.topLevelWidgets():
        is_asked = isinstance(top, QDialog) and not isinstance(top, QMessageBox) and top.isVisible()
        if is_asked and top.windowTitle() in ("", _("Follow Up")):
            yield f"the title of {type(top).__name__} doesn't say what it is about"
        if is_asked and top.accessibleName() not in ("", top.windowTitle()):
            yield f"{top.windowTitle()!r} is called {top.accessibleName()!r} as it opens"


def _of_node(node: Node) -> Iterator[str]:
    if node.state.focusable and not node.name.strip() and node.role not in _AROUND:
        yield f"{node} can have the keyboard and has no name"
    if MARKUP.search(node.description) or MARKUP.search(node.name):
        yield f"{node} is described by tags: {node.description!r}"


def _of_widget(node: Node) -> Iterator[str]:
    widget = node.widget
    if isinstance(widget, QAbstractButton):
        if node.state.focusable and node.description and node.description in node.name:
            yield f"{node} says {node.description!r} in its name and again"
        seen = _seen(widget.text().replace("\n", " "))
        if seen and node.name not in map(_, _PROMISED) and not _begins(node.name, seen):
            yield f"{node} is called otherwise than the words on it: {seen!r}"
        group = widget.group()
        is_choice = widget.autoExclusive() or (group is not None and group.exclusive())
        if is_choice and node.role is Role.CheckBox:
            yield f"{node} is a choice and looks like a check box"
    if isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit) and (hint := widget.placeholderText()):
        text = widget.text() if isinstance(widget, QLineEdit) else widget.toPlainText()
        if text and hint in node.description:
            yield f"{node} is described by what it asks for while it's empty: {hint!r}"
        elif not text and not node.description and hint != node.name:
            yield f"{node} doesn't say what it asks for: {hint!r}"
    if isinstance(widget, QLabel):
        yield from _of_label(node, widget)
    if isinstance(widget, QLabel) and (buddy := widget.buddy()) is not None:
        name = buddy.accessibleName()
        if name and _seen(widget.text()).casefold() not in bare(name).casefold():
            yield f"{name!r} is called otherwise than its label {widget.text()!r}"
    if isinstance(widget, Field) and widget.refusal not in widget.editor.accessibleDescription():
        yield f"{widget.name} doesn't say its refusal"


def _of_label(node: Node, label: QLabel) -> Iterator[str]:
    is_heading = node.role is Role.Heading
    is_large = label.property("type") in _LARGE and not isinstance(label.parent(), _NO_HEADINGS_IN)
    if is_large and not is_heading:
        yield f"{node} looks like a heading and isn't one"
    if is_heading and node.name.endswith(":") and not bare(label.text()).endswith((":", "…")):
        yield f"{node} is a heading with a colon that isn't seen: {label.text()!r}"


_LARGE = ("title", "name", "section")
_NO_HEADINGS_IN = (Sidebar, FollowUpItem)
"""In the one stands the program's name, in the other the title of a row."""
_AROUND = frozenset({Role.Client, Role.Pane})
"""What only hands the keyboard on to what is in it."""
_PROMISED = ("Undo", "Redo")
"""Names that stay as they are, whatever step the words on them name."""
_BEHIND = re.compile(r"\s*(\([\w]\)|[\d.,\s\u202f]+|×|✓)$")
"""What stands behind a name and is said by other means: the key, the count, the sign for taking off."""


def _seen(text: str) -> str:
    written = bare(text).replace("&&", "\0").replace("&", "").replace("\0", "&")
    plain = spoken(written).strip("\u200e‹› ")
    plain = _BEHIND.sub("", plain).strip(":?¿ …")
    return plain if any(letter.isalnum() for letter in plain) else ""


def _begins(name: str, seen: str) -> bool:
    """Whether it begins with what is seen or, in a translation, whose verb may stand last, holds it."""
    name, seen = bare(name).lstrip("+ ").casefold(), seen.casefold()
    return name.startswith(seen) if language() == "en" else seen in name


def _of_siblings(found: list[Node]) -> Iterator[str]:
    counted = Counter(
        (node.path, node.role.name, node.name, node.description)
        for node in found
        if node.role in _CONTROLS and node.state.focusable and node.name
    )
    for (path, role, name, _description), number in counted.items():
        if number > 1:
            yield f"{number} × {role} {name!r} in {path}"
