"""The end of the windows: taken down in order, while everything they are made of is still there."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import delete, isValid


def take_down_windows(application: QApplication) -> None:
    """Hide and delete every window, menu and popup. The event loop has ended; no event is handled after this.

    What is left to the interpreter's exit is deleted there in no particular order and while it is shown.
    Qt then hides it, and calls overrides in Python that find their modules gone: a segmentation fault.
    """
    for popup in iter(application.activePopupWidget, None):
        popup.hide()
    for window in application.topLevelWidgets():
        if isValid(window):  # hiding one may delete another
            window.hide()
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    for window in sorted(filter(_is_root, application.topLevelWidgets()), key=_is_popup):
        if isValid(window):
            delete(window)


def _is_root(window: QWidget) -> bool:
    return window.parent() is None


def _is_popup(window: QWidget) -> bool:
    """Whether it is a popup: those go last, for a completer deletes its own, whoever did so before."""
    return window.windowType() is Qt.WindowType.Popup
