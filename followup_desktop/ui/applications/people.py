"""The people of one application: who they are, and how to reach them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QMenu, QWidget

from followup_desktop.domain.model import Contact
from followup_desktop.i18n import _, with_dots
from followup_desktop.ui.kit.commands.command import Offer
from followup_desktop.ui.kit.commands.menu import command_menu, give_rows_menu
from followup_desktop.ui.kit.commands.table import PERSON_VERBS
from followup_desktop.ui.kit.delegates import Index, RowDelegate
from followup_desktop.ui.kit.models.rows import ROW_ROLE, RowsModel
from followup_desktop.ui.kit.selection import Selection
from followup_desktop.ui.kit.theme import Type
from followup_desktop.ui.kit.view import Context
from followup_desktop.ui.kit.widgets.flat_list import FlatList
from followup_desktop.ui.kit.widgets.section import Section


def about(contact: Contact) -> str:
    """What is known of a person besides the name."""
    return with_dots((contact.title, contact.email, contact.phone))


class _ContactDelegate(RowDelegate):
    def draw(self, painter: QPainter, area: QRect, index: Index) -> None:
        contact: Contact = index.data(ROW_ROLE)
        used = self.brush.text(painter, area, contact.name, weight=QFont.Weight.Medium)
        rest = area.adjusted(used + self.theme.px(8), 0, 0, 0)
        self.brush.text(painter, rest, about(contact), role="secondary", size=Type.SMALL)


class PeopleSection(Section):
    """The list ``Contacts``: Enter opens a person, Delete takes the person off this application."""

    add_pressed = Signal()
    opened = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._application = ""
        self.set_heading(_("People"))
        self.model: RowsModel[Contact] = RowsModel(self._spoken, self)
        self.list = FlatList(context.theme, _("Contacts"), self.model, _("No one yet"))
        self.list.setItemDelegate(_ContactDelegate(context.theme, self.list))
        self.list.opened.connect(self._open)
        self.list.delete_pressed.connect(self._take_off)
        give_rows_menu(self.list, self._menu)
        self.add_button = self.add_action(_("Add contact"))
        self.add_button.clicked.connect(self.add_pressed)
        self.column.addWidget(self.list)

    def show_people(self, application: str, contacts: tuple[Contact, ...]) -> None:
        """Show the contacts of an application."""
        self._application = application
        self.model.set_rows(contacts)

    @property
    def current(self) -> str | None:
        """The person of the current row."""
        contact = self.model.row_at(self.list.current_row())
        return contact.id if contact is not None else None

    def take_off_current(self) -> None:
        """Take the person of the current row off this application."""
        self._take_off(self.list.current_row())

    def _menu(self, place: int) -> QMenu:
        person = self.model.rows[place].id
        verbs = {
            "open-contact": partial(self.opened.emit, person),
            "take-off-application": partial(self._take_off, place),
        }
        selection = Selection(applications=(self._application,), person=person)
        return command_menu(Offer(self._context, selection, verbs), PERSON_VERBS, self)

    @staticmethod
    def _spoken(contact: Contact) -> str:
        rest = about(contact)
        return f"{contact.name}, {rest}" if rest else contact.name

    def _open(self, place: int) -> None:
        contact = self.model.row_at(place)
        if contact is not None:
            self.opened.emit(contact.id)

    def _take_off(self, place: int) -> None:
        contact = self.model.row_at(place)
        if contact is None:
            return
        tracker = self._context.tracker
        if self._context.do(lambda: tracker.unlink_contact(self._application, contact.id)):
            self._context.show_status(_("Removed {name} from this application").format(name=contact.name))
