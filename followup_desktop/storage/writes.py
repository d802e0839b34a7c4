"""Writing what the user enters, within one transaction."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from functools import reduce
from operator import and_
from typing import Any

from peewee import Model

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import (
    Application,
    Choice,
    Contact,
    Facts,
    Policy,
    Reminder,
    SearchState,
)
from followup_desktop.storage.listing import ListingReads
from followup_desktop.storage.reads import among
from followup_desktop.storage.records import COLUMNS, RowSet, announced_rows
from followup_desktop.storage.tables import (
    RECORDED,
    ApplicationContactTable,
    ChoiceTable,
    ContactTable,
    EventTable,
    InterviewerTable,
    InterviewTable,
    ReminderTable,
    table_name,
)


class Transaction(ListingReads):
    """Reads and writes of one step of the user's, valid until the ``with`` block ends.

    Only rows and columns that differ are written, so that undoing a step leaves alone what another writer has
    changed beside it. What is wrong in itself or refers to what is not there is ``Refused``.
    """

    def put_application(self, application: Application) -> None:
        """Store an application as it is given; interviews and events that it no longer has are deleted."""
        old, new = RowSet(), RowSet()
        for present in self.applications((application.id,)):
            old.add_application(present)
        new.add_application(application)
        self._check_free(InterviewTable, application.id, [each.id for each in application.interviews])
        self._check_free(EventTable, application.id, [each.id for each in application.events])
        self._write(old, new)

    def delete_application(self, application_id: str) -> None:
        """Delete an application and all that belongs to it; reminders of it stay, for themselves."""
        old = RowSet()
        old.add_application(self.application(application_id))
        query = ReminderTable.update({ReminderTable.application: None})
        self._database.execute(query.where(ReminderTable.application == application_id))
        self._write(old, RowSet())

    def put_contact(self, contact: Contact) -> None:
        """Store a contact as it is given."""
        self._put(ContactTable, self.contacts((contact.id,)), contact)

    def delete_contact(self, contact_id: str) -> None:
        """Delete a contact; wherever it was named, it no longer is."""
        contact = self.contact(contact_id)
        for model in (ApplicationContactTable, InterviewerTable):
            self._database.execute(model.delete().where(model.contact == contact_id))
        query = EventTable.update({EventTable.contact: None})
        self._database.execute(query.where(EventTable.contact == contact_id))
        self._put(ContactTable, [contact], None)

    def put_reminder(self, reminder: Reminder) -> None:
        """Store one of the user's own reminders as it is given."""
        present = [each for each in self.reminders() if each.id == reminder.id]
        self._put(ReminderTable, present, reminder)

    def delete_reminder(self, reminder_id: str) -> None:
        """Delete one of the user's own reminders."""
        self._put(ReminderTable, [self.reminder(reminder_id)], None)

    def put_choice(self, choice: Choice) -> None:
        """Store what the user decided about a follow-up."""
        self._put(ChoiceTable, list(self.choices((choice.key,)).values()), choice)

    def delete_choice(self, key: str) -> None:
        """Forget what the user decided about a follow-up, if anything."""
        self._put(ChoiceTable, list(self.choices((key,)).values()), None)

    def put_policy(self, policy: Policy) -> None:
        """Store the settings of the rules."""
        old, new = RowSet(), RowSet()
        old.add_policy(self.policy())
        new.add_policy(policy)
        self._write(old, new)

    def put_search_state(self, search: SearchState) -> None:
        """Store what the user said of the search as a whole."""
        old, new = RowSet(), RowSet()
        old.add_search(self.search_state())
        new.add_search(search)
        self._write(old, new)

    def put_facts(self, facts: Facts) -> None:
        """Make everything stored equal to these facts; what they do not have is deleted.

        What was announced is not recorded, so undoing leaves that as it is.
        """
        self._write(RowSet.of(replace(self.facts(), announced=())), RowSet.of(facts))
        self._database.sql("DELETE FROM announced")
        self._database.many(
            "INSERT INTO announced (key, announced_at, again_at) VALUES (?, ?, ?)",
            announced_rows(facts.announced),
        )

    def _put(
        self, model: type[Model], present: Collection[Any], value: Contact | Reminder | Choice | None
    ) -> None:
        old, new = RowSet(), RowSet()
        for each in present:
            old.add_plain(model, each)
        if value is not None:
            new.add_plain(model, value)
        self._write(old, new)

    def _check_free(
        self, model: type[InterviewTable | EventTable], application_id: str, ids: list[str]
    ) -> None:
        """Ids of interviews and events are unique over all applications."""
        query = model.select(model.id).where(among(model.id, ids), model.application != application_id)
        for (taken,) in self._database.execute(query):
            raise Refused(f"The id “{taken}” belongs to another application: choose another id.", "id")

    def _write(self, old: RowSet, new: RowSet) -> None:
        # Parents first, and what is gone last: a reference never dangles in between.
        for model in RECORDED:
            self._store(model, old.tables[model], new.tables[model])
        for model in reversed(RECORDED):
            gone = old.tables[model].keys() - new.tables[model].keys()
            matches = " AND ".join(f"{name} = ?" for name in COLUMNS[model].key)
            self._database.many(f"DELETE FROM {table_name(model)} WHERE {matches}", sorted(gone))

    def _store(
        self, model: type[Model], old: dict[tuple[Any, ...], Any], new: dict[tuple[Any, ...], Any]
    ) -> None:
        columns = COLUMNS[model]
        fields = model._meta.fields
        for key, values in new.items():
            if key in old and old[key] != values:
                changed = {fields[name]: v for name, v in values.items() if old[key][name] != v}
                match = reduce(and_, (fields[n] == v for n, v in zip(columns.key, key, strict=True)))
                self._database.execute(model.update(changed).where(match))
        names, marks = ", ".join(columns.names), ", ".join("?" * len(columns.names))
        self._database.many(
            f"INSERT INTO {table_name(model)} ({names}) VALUES ({marks})",
            [columns.row(values) for key, values in new.items() if key not in old],
        )
