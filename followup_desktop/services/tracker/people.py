"""The verbs that concern people, and the user's own reminders."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from followup_desktop.domain.model import Contact, Reminder
from followup_desktop.i18n import lasting, pgettext
from followup_desktop.services.tracker import fields as fields_of
from followup_desktop.services.tracker.base import Result, check_people
from followup_desktop.services.tracker.fields import checked
from followup_desktop.services.tracker.merge import MergeVerbs


class PeopleVerbs(MergeVerbs):
    """Add, edit, link, merge and trash contacts; add, edit and delete reminders."""

    def add_contact(self, *, name: str, application_id: str | None = None, **fields: Any) -> Result:
        """A new person, linked to an application (and at its employer, unless given) if one is named."""
        with self._store.transaction(
            self._label(lambda: pgettext("a step to undo", "Add {name}"), name)
        ) as t:
            application = t.application(application_id) if application_id is not None else None
            given = {"employer": application.employer if application else "", **fields, "name": name}
            contact = Contact(id=self._new_id(), **checked(fields_of.CONTACT, given))
            t.put_contact(contact)
            if application is not None:
                t.put_application(replace(application, contacts=(*application.contacts, contact.id)))
        return Result(
            id=contact.id, label=self._label(lambda: pgettext("a step to undo", "Add {name}"), name)
        )

    def edit_contact(self, contact_id: str, **fields: Any) -> Result:
        """Other values for the named fields."""
        values = checked(fields_of.CONTACT, fields)
        label = self._label(
            lambda: pgettext("a step to undo", "Edit {name}"), self._store.contact(contact_id).name
        )
        with self._store.transaction(label) as t:
            t.put_contact(replace(t.contact(contact_id), **values))
        return Result(id=contact_id, label=label)

    def link_contact(self, application_id: str, contact_id: str) -> Result:
        """Name a person among those of an application."""
        label = self._label(
            lambda: pgettext("a step to undo", "Add {name}"), self._store.contact(contact_id).name
        )
        with self._store.transaction(label) as t:
            application = t.application(application_id)
            check_people(t, (contact_id,), "contacts")
            people = tuple(dict.fromkeys((*application.contacts, contact_id)))
            t.put_application(replace(application, contacts=people))
        return Result(id=contact_id, label=label)

    def unlink_contact(self, application_id: str, contact_id: str) -> Result:
        """No longer name a person among those of an application; interviews and entries keep them."""
        label = self._label(
            lambda: pgettext("a step to undo", "Remove {name}"), self._store.contact(contact_id).name
        )
        with self._store.transaction(label) as t:
            application = t.application(application_id)
            people = tuple(c for c in application.contacts if c != contact_id)
            t.put_application(replace(application, contacts=people))
        return Result(id=contact_id, label=label)

    def trash_contact(self, contact_id: str) -> Result:
        """A person to the trash, as an application; wherever they were named, they no longer are."""
        label = self._label(
            lambda: pgettext("a step to undo", "Delete {name}"), self._store.contact(contact_id).name
        )
        with self._store.transaction(label) as t:
            t.trash_contact(contact_id, self._now())
        return Result(id=contact_id, label=label)

    def add_reminder(self, *, title: str, at: datetime, **fields: Any) -> Result:
        """A reminder of the user's own, at a wall time of a zone (the user's, unless given)."""
        label = lasting(lambda: pgettext("a step to undo", "Add reminder"))
        with self._store.transaction(label) as t:
            given = {"timezone": t.policy().timezone, **fields, "title": title, "at": at}
            reminder = Reminder(id=self._new_id(), **checked(fields_of.REMINDER, given))
            if reminder.application is not None:
                t.application(reminder.application)
            t.put_reminder(reminder)
        return Result(id=reminder.id, label=label)

    def edit_reminder(self, reminder_id: str, **fields: Any) -> Result:
        """Other values for the named fields."""
        label = lasting(lambda: pgettext("a step to undo", "Edit reminder"))
        with self._store.transaction(label) as t:
            reminder = replace(t.reminder(reminder_id), **checked(fields_of.REMINDER, fields))
            if reminder.application is not None:
                t.application(reminder.application)
            t.put_reminder(reminder)
        return Result(id=reminder_id, label=label)

    def delete_reminder(self, reminder_id: str) -> Result:
        """Delete a reminder; undo brings it back."""
        label = lasting(lambda: pgettext("a step to undo", "Delete reminder"))
        with self._store.transaction(label) as t:
            t.delete_reminder(reminder_id)
        return Result(id=reminder_id, label=label)
