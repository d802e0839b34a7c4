"""A person: name, how to reach them, and what to remember."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import QWidget

from followup_desktop.domain.model import Application, Contact
from followup_desktop.i18n import _, with_dots
from followup_desktop.ui.kit.forms.application_field import ApplicationField
from followup_desktop.ui.kit.forms.contact_fields import ContactFields
from followup_desktop.ui.kit.forms.field import Field
from followup_desktop.ui.kit.forms.panel import FormPanel
from followup_desktop.ui.kit.view import Context
from followup_desktop.ui.kit.widgets.announcer import announce
from followup_desktop.ui.kit.widgets.buttons import Button
from followup_desktop.ui.kit.widgets.combo import Completer
from followup_desktop.ui.kit.widgets.note import NoteCard


class PersonField(Field):
    """Which of those who are known was picked by name; it is not seen."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", QWidget(), parent)
        self._picked: str | None = None
        self.hide()

    def value(self) -> Any:
        return self._picked

    def show_value(self, value: Any) -> None:
        self._picked = value

    def typed(self) -> str:
        return self._picked or ""

    def type_again(self, text: str) -> None:
        self._picked = text or None
        self.dirty = True


class ContactForm(FormPanel):
    """Adds a person to an application, or edits one; a known name offers the person who has it."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, context.drafts.forms, parent=parent)
        self._context = context
        self._application: Application | None = None
        self._contact: Contact | None = None
        self._is_new = True
        self._known: dict[str, Contact] = {}
        self.save_button.setText(_("Save contact"))
        self.save_button.setAccessibleName(_("Save contact"))
        self._parts = ContactFields(context, self)
        self.name_field = self._parts.name
        grid = self._grid = self.grid()
        self._about = ApplicationField(_("Application"), context.readers.finder, hint=_("type a few letters"))
        self._about.chosen.connect(self._turn_to)
        self.add(grid, "application", self._about)
        self.namesake = NoteCard("now", Button(_("Edit that contact")))
        self.namesake.button.clicked.connect(self._take_namesake)
        for key, field in self._parts.fields.items():
            self.add(grid, key, field, self._parts.label_of(key))
            if key == "employer":
                grid.add(self.namesake)
        for key in ("name", "employer"):
            for changed in (self.fields[key].edited, self.fields[key].filled):
                changed.connect(self._show_namesake)
        self._person = self.fields["person"] = PersonField(self)
        self._person.filled.connect(self.keeper.touched)
        self.delete_button = self.add_button(_("Delete"), _("Delete contact"))
        self.delete_button.clicked.connect(self._delete)

    @property
    def application(self) -> str | None:
        """The id of the application that the person is added to, as far as one is chosen."""
        return self._application.id if self._application else None

    def begin(
        self, application: Application | None, contact: Contact | None = None, *, required: bool = False
    ) -> None:
        """Start with a new person at the application's employer, or with a known one.

        A new one is asked which application it is for; unless that is ``required``, for themselves.
        """
        self._application = application
        self._contact = contact
        self._is_new = contact is None
        self._about.required = required and contact is None
        self._grid.set_shown(self._about, contact is None)
        self.title.show_text(contact.name if contact else _("New contact"))
        self.delete_button.setVisible(contact is not None)
        self._offer_known()
        asks_whose = self._about.required and application is None
        first = "application" if asks_whose else "name"
        nobody_yet = Contact(id="", name="", employer=application.employer if application else "")
        self._show(contact or nobody_yet, first)
        if contact is not None:
            self.resume(f"contact/edit/{contact.id}", partial(self.begin, application, contact))
        else:
            self.resume(*self._new())
        self._show_namesake()
        self.begin_at(first)

    def put_back(self) -> None:
        """Go by the application that stands in its field, and by the person who was picked."""
        if not self._about.isHidden() and self._about.application != self.application:
            self._turn_to(self._about.application)
        if self._is_new:
            self._show_picked()
            self._move()
        self._show_namesake()

    def values(self) -> dict[str, Any] | None:
        self._about.take_up()
        return super().values()

    def commit(self, values: dict[str, Any]) -> str:
        tracker = self._context.tracker
        for no_fact in ("application", "person"):
            values.pop(no_fact, None)
        application = self._application
        contact = self._contact
        if contact is None:
            owner = application.id if application else None
            done = tracker.add_contact(application_id=owner, **values)
            self._context.show_done(_("Added {name}").format(name=values["name"]), done)
            return done.id or ""
        changed = {key: value for key, value in values.items() if value != getattr(contact, key)}
        if changed:
            tracker.edit_contact(contact.id, **changed)
        if application is not None and contact.id not in application.contacts:
            tracker.link_contact(application.id, contact.id)
        return contact.id

    def _show(self, contact: Contact, first: str) -> None:
        values = {"application": self.application, "person": None, **self._parts.values_of(contact)}
        self.fill(values, first)

    def _turn_to(self, application: str | None) -> None:
        """Turn the form to another application: offer whom that has not, and where they work."""
        detail = self._context.detail_of(application)
        self._application = detail.application if detail else None
        self._offer_known()
        employer = self.fields["employer"]
        if self._contact is None and not employer.dirty:
            employer.begin_with(self._application.employer if self._application else "")
        self._show_namesake()
        self._move()

    def _new(self) -> tuple[str, Callable[[], object]]:
        """What somebody new is kept under, and what begins the form again."""
        key = f"application/contact/{self.application}" if self.application else "new-contact"
        return key, partial(self.begin, self._application, required=self._about.required)

    def _move(self) -> None:
        if self._is_new:
            self.move_draft(*self._new())

    def _offer_known(self) -> None:
        """Offer those who are known and not among the application's, in the order of their names."""
        is_adding = self._contact is None and self._application is not None
        contacts = self._context.overview.contacts() if is_adding else ()
        besides = self._application.contacts if self._application else ()
        self._known = {
            with_dots((contact.name, contact.employer), plain=True): contact
            for contact in contacts
            if contact.id not in besides
        }
        completer = Completer(QStringListModel(list(self._known), self), self)
        completer.activated.connect(self._take_known)
        self.name_field.line.setCompleter(completer)

    def _take_known(self, line: str) -> None:
        for field in self._parts.fields.values():
            field.dirty = False
        self._person.fill_in(self._known[line].id)
        self._show_picked()
        self._show_namesake()

    def _namesake(self) -> Contact | None:
        """Who is known already by the name at the employer that stand in the fields of somebody new."""
        if self._contact is not None:
            return None
        name, employer = (self.fields[key].typed() for key in ("name", "employer"))
        return self._context.readers.people.namesake(name, employer)

    def _show_namesake(self) -> None:
        known = self._namesake()
        self.namesake.setVisible(known is not None)
        if known is not None:
            told = _("{name} at {employer} is one of your contacts already.")
            if not known.employer:
                told = _("{name} is one of your contacts already.")
            said = told.format(name=known.name, employer=known.employer)
            if said != self.namesake.text.text():
                self.namesake.text.setText(said)
                announce(self, said)

    def _take_namesake(self) -> None:
        """Go on with the person who is known, and with what was typed of them."""
        known = self._namesake()
        if known is None:
            return
        for key in ("name", "employer"):
            self.fields[key].dirty = False
        self._person.fill_in(known.id)
        self._show_picked()
        self._show_namesake()
        self.begin_at("phone" if self.fields["phone"].dirty else "name")

    def _show_picked(self) -> None:
        """Show who was picked, but for what the user has typed since; nobody: it is somebody new."""
        picked = self._person.value()
        everyone = self._context.overview.contacts() if picked else ()
        self._contact = next((each for each in everyone if each.id == picked), None)
        self.title.show_text(self._contact.name if self._contact else _("New contact"))
        if self._contact is None:
            return
        for key, value in self._parts.values_of(self._contact).items():
            if not self.fields[key].dirty:
                self.fields[key].begin_with(value)

    def _delete(self) -> None:
        contact = self._contact
        if contact is not None and self._context.do(lambda: self._context.tracker.trash_contact(contact.id)):
            self._context.show_status(_("Deleted {name}").format(name=contact.name))
            self.cancelled.emit()
