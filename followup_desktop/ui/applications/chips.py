"""Fields of the detail as chips: as wide as what they say, in one look, and edited in place."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRect
from PySide6.QtGui import QAction, QFontMetrics, QPainter
from PySide6.QtWidgets import QLineEdit

from followup_desktop.i18n import _
from followup_desktop.ui.kit.brush import Brush
from followup_desktop.ui.kit.contact_links import page
from followup_desktop.ui.kit.forms.field import Field, LineField, TagsField
from followup_desktop.ui.kit.theme import Theme, Type
from followup_desktop.ui.kit.view import Context
from followup_desktop.ui.kit.widgets.card import restyle

_GAP = 4


class TagPainter:
    """Paints a line of tags as a chip each; those without room are told by their number."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._brush = Brush(theme)

    def width(self, text: str) -> int:
        """The room that all the chips need, in pixels."""
        return sum(self._brush.chip_width(tag) + _GAP for tag in _tags(text))

    def paint(self, painter: QPainter, area: QRect, text: str) -> None:
        """Paint as many as there is room for."""
        ink, ground = self._theme.colours.text, self._theme.colours.neutral_soft
        tags, left = _tags(text), area.left()
        more = QFontMetrics(self._theme.font(Type.SMALL)).horizontalAdvance("+99") + _GAP
        for number, tag in enumerate(tags):
            width = self._brush.chip_width(tag)
            is_last = number == len(tags) - 1
            room = area.right() - left - (0 if is_last else more)
            if width > room and number:
                rest = QRect(left, area.top(), area.right() - left, area.height())
                self._brush.text(painter, rest, f"+{len(tags) - number}", role="secondary", size=Type.SMALL)
                return
            chip = QRect(left, area.top(), min(width, max(0, room)), area.height())
            left += self._brush.chip(painter, chip, tag, ink, ground) + _GAP


def make_chip(field: Field, context: Context) -> None:
    """Let a field of one line be a chip, which asks for its value by its name while it is empty."""
    if not isinstance(field, LineField):
        return
    field.ask_for(f"+ {field.name}")
    field.line.setObjectName("chip")
    is_many = isinstance(field, TagsField)
    field.line.fit_to_text(TagPainter(context.theme) if is_many else None)
    if is_many:
        field.line.textChanged.connect(partial(_ground, field.line))


def _ground(line: QLineEdit, text: str) -> None:
    """Tags have a ground each; where there is none, the line has one."""
    name = "tags" if text else "chip"
    if line.objectName() != name:
        line.setObjectName(name)
        restyle(line)


def make_link(field: Field, context: Context) -> None:
    """Let the page be opened whose address a chip holds."""
    if not isinstance(field, LineField):
        return
    line = field.line
    action = QAction(line)
    action.setText(_("Open posting"))
    context.theme.set_icon(action, "link", "accent")
    line.add_button(action)

    def open_page() -> None:
        address = page(line.text())
        if address is None:
            context.show_status(_("Couldn't open the posting. Check its address."))
        elif not context.desktop.open_url(address):
            context.show_status(_("No app on this computer can open this. Copy it instead."))

    action.triggered.connect(open_page)
    line.textChanged.connect(lambda text: action.setVisible(page(text) is not None))
    action.setVisible(False)


def _tags(text: str) -> list[str]:
    return [tag for part in text.split(",") if (tag := part.strip())]
