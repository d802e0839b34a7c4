"""Turning to another page of a stack, without the keyboard being told of on its way."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget


def turn_to(stack: QStackedWidget, page: QWidget) -> None:
    """Show this page; whoever asked for it says where in it the keyboard goes, else to the page itself.

    Qt moves the keyboard out of a page that it hides: to whatever comes next in the window, and from there
    into the other page. A screen reader is told of each of these, and on a busy computer says none, or the
    wrong one.
    """
    window = stack.window()
    holder, shown = window.focusWidget(), stack.currentWidget()
    leaves = holder is not None and shown is not None and shown is not page and shown.isAncestorOf(holder)
    if holder is not None and leaves:
        holder.clearFocus()
    stack.setCurrentWidget(page)
    if leaves:
        QTimer.singleShot(0, page, lambda: _take_keyboard(page))


def _take_keyboard(page: QWidget) -> None:
    if page.isVisible() and page.window().focusWidget() is None:
        page.setFocus()
