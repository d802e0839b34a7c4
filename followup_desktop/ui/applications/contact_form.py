"""A person: name, how to reach them, and what to remember."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QWidget

from followup_desktop.domain.model import Application, Contact
from followup_desktop.ui.applications.contact_fields import ContactFields
from followup_desktop.ui.applications.tools import Tools
from followup_desktop.ui.forms.panel import FormPanel


class ContactForm(FormPanel):
    """Adds a person to an application, or edits one; a known name offers the person who has it."""

    def __init__(self, tools: Tools, parent: QWidget | None = None) -> None:
        super().__init__(tools.theme, "", "", kept=tools.kept, parent=parent)
        self._tools = tools
        self._application: Application | None = None
        self._contact: Contact | None = None
        self._known: dict[str, Contact] = {}
        self.save_button.setText(self.tr("Save contact"))
        self.save_button.setAccessibleName(self.tr("Save contact"))
        self._parts = ContactFields(self)
        self.name_field = self._parts.name
        grid = self.grid()
        for key, field in self._parts.fields.items():
            self.add(grid, key, field, self._parts.label_of(key))
        self.delete_button = self.add_button(self.tr("Delete"), self.tr("Delete contact"))
        self.delete_button.clicked.connect(self._delete)

    def begin(self, application: Application | None, contact: Contact | None = None) -> None:
        """Start with a new person at the application's employer, or with a known one.

        Without an application a person is added for themselves.
        """
        self._application = application
        self._contact = contact
        self.title.show_text(contact.name if contact else self.tr("New contact"))
        self.delete_button.setVisible(contact is not None)
        known = () if contact or application is None else self._tools.overview.contacts()
        self._offer_known(known, application.contacts if application else ())
        self._show(contact or Contact(id="", name="", employer=application.employer if application else ""))
        if contact is not None:
            key = f"contact/edit/{contact.id}"
        else:
            key = f"application/contact/{application.id}" if application else "new-contact"
        self.resume(key, partial(self.begin, application, contact))
        self.name_field.setFocus(Qt.FocusReason.OtherFocusReason)

    def commit(self, values: dict[str, Any]) -> str:
        tracker = self._tools.tracker
        application = self._application
        contact = self._contact
        if contact is None:
            owner = application.id if application else None
            done = tracker.add_contact(application_id=owner, **values)
            self._tools.say(done.notice or self.tr("Added {}").format(values["name"]))
            return done.id or ""
        changed = {key: value for key, value in values.items() if value != getattr(contact, key)}
        if changed:
            tracker.edit_contact(contact.id, **changed)
        if application is not None and contact.id not in application.contacts:
            tracker.link_contact(application.id, contact.id)
        return contact.id

    def _show(self, contact: Contact) -> None:
        self.fill(self._parts.values_of(contact))

    def _offer_known(self, contacts: Iterable[Contact], besides: Collection[str]) -> None:
        self._known = {
            f"{contact.name} — {contact.employer}" if contact.employer else contact.name: contact
            for contact in contacts
            if contact.id not in besides
        }
        completer = QCompleter(sorted(self._known), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.activated.connect(self._take_known)
        self.name_field.line.setCompleter(completer)

    def _take_known(self, line: str) -> None:
        self._contact = self._known[line]
        self.title.show_text(self._contact.name)
        self.keeping.forget()
        self._show(self._contact)
        again = partial(self.begin, self._application, self._contact)
        self.resume(f"contact/edit/{self._contact.id}", again)

    def _delete(self) -> None:
        contact = self._contact
        if contact is not None and self._tools.do(lambda: self._tools.tracker.trash_contact(contact.id)):
            self._tools.say(self.tr("Deleted {}. Undo brings the contact back.").format(contact.name))
            self.cancelled.emit()
