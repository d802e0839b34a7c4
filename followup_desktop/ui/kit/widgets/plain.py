"""What the user wrote, made plain where Qt would take signs in it for something else."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QMessageBox, QToolTip, QWidget

from followup_desktop.i18n import _

_TIP = "tip"
# By ``html.escape``, each start would load the names of 2,231 signs, 2 ms.
_SIGNS = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\n", "<br>"))


def tool_tip(text: str) -> str:
    """The text as a tool tip: Qt renders one that looks like markup, with the pictures it names."""
    if not text:
        return ""
    for sign, name in _SIGNS:  # ``translate`` looks each letter up: 15 µs of a long text
        text = text.replace(sign, name)
    return f"<span>{text}</span>"


def set_tool_tip(widget: QWidget, text: str) -> None:
    """Give a widget this tool tip; assistive technology is told the same unless it is told something else.

    Without words of its own it would read the tool tip with its tags.
    """
    told = widget.property(_TIP) or ""
    if text == told:
        return
    if widget.accessibleDescription() in ("", told):
        widget.setAccessibleDescription(text)
    widget.setProperty(_TIP, text)
    widget.setToolTip(tool_tip(text))


class _SeenTip(QObject):
    """Shows a tool tip that isn't the widget's own."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QHelpEvent)
            and event.type() == QEvent.Type.ToolTip
            and isinstance(watched, QWidget)
        ):
            show_tool_tip(tool_tip(watched.property(_TIP) or ""), event.globalPos(), watched)
            return True
        return super().eventFilter(watched, event)


def set_seen_tip(widget: QWidget, text: str) -> None:
    """Give a widget a tool tip that its name says already: Qt would tell it again, as the description."""
    if widget.property(_TIP) is None:
        widget.installEventFilter(_SeenTip(widget))
    widget.setProperty(_TIP, text)


def show_tool_tip(made: str, where: QPoint, widget: QWidget) -> None:
    """Show a tool tip that ``tool_tip`` made, at a place of the screen, over a popup too."""
    QToolTip.showText(where, made, widget)


def hide_tool_tip() -> None:
    """Take away the tool tip that is shown, if there is one."""
    QToolTip.hideText()


def label_text(text: str) -> str:
    """The text for a button or an entry of a menu, where an ampersand marks a key and a tab a shortcut."""
    return text.replace("\t", " ").replace("&", "&&")


def label_words(label: str) -> str:
    """The words of a label, without the sign that marks a key."""
    return "&".join(part.replace("&", "") for part in label.split("&&"))


def show_in_a_box(sentence: str) -> None:
    """Say a sentence where there is no window yet, and wait until it is read."""
    box = QMessageBox(QMessageBox.Icon.Critical, _("Follow Up"), "")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(sentence)
    box.exec()
