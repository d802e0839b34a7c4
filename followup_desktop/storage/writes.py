"""Writing what the user enters, within one transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from peewee import Model

from followup_desktop.domain.drafts import Template
from followup_desktop.domain.errors import NotFound, Refused
from followup_desktop.domain.model import (
    Application,
    Choice,
    Contact,
    Facts,
    Policy,
    Reminder,
    SearchState,
    Thing,
)
from followup_desktop.i18n import _
from followup_desktop.storage.database import Database, in_parts
from followup_desktop.storage.listing import ListingReads
from followup_desktop.storage.reads import PUT_AT_MOST, among, listed, people_of
from followup_desktop.storage.records import COLUMNS, Cells, InvitationVersion, RowSet, announced_rows
from followup_desktop.storage.tables import (
    RECORDED,
    ApplicationContactTable,
    ApplicationTable,
    ChoiceTable,
    ContactTable,
    InterviewerTable,
    InterviewTable,
    InvitationTable,
    ReminderTable,
    TemplateTable,
    seconds,
    table_name,
)
from followup_desktop.storage.touched import MadeRows

# Nothing else is let go of: a reference from what is seen to what is gone has to be refused.
_TRASHED = "(SELECT id FROM application WHERE trashed_at IS NOT NULL)"
_BEHIND: Mapping[type[Model], tuple[str, ...]] = {
    ApplicationTable: ("DELETE FROM application_contact WHERE application = ?",),
    InterviewTable: ("DELETE FROM interview_interviewer WHERE interview = ?",),
    ContactTable: (
        f"DELETE FROM application_contact WHERE contact = ? AND application IN {_TRASHED}",
        "DELETE FROM interview_interviewer WHERE contact = ? AND interview IN "
        f"(SELECT id FROM interview WHERE application IN {_TRASHED})",
        f"UPDATE event SET contact = NULL WHERE contact = ? AND application IN {_TRASHED}",
    ),
}


class Transaction(ListingReads):
    """Reads and writes of one step of the user's, valid until the ``with`` block ends.

    Only rows and columns that differ are written, so that undoing a step leaves alone what another writer has
    changed beside it. What is wrong in itself or refers to what is not there is ``Refused``.
    """

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.made_rows = MadeRows()
        self.announced_otherwise: set[str] = set()
        """The keys of follow-ups of which this changed what was announced, which isn't recorded."""

    def put_application(self, application: Application) -> None:
        """Store an application as it is given; interviews and events that it no longer has are deleted.

        People in the trash stay named behind it, and are named again when they are restored.
        """
        self.put_applications((application,))

    def put_applications(self, applications: Collection[Application]) -> None:
        """Store several applications as ``put_application`` does each."""
        for some in in_parts(applications):
            self._put_applications(some)

    def _put_applications(self, applications: Collection[Application]) -> None:
        old, new = RowSet(), RowSet()
        for present in self.applications([each.id for each in applications]):
            old.add_application(present)
        for application in applications:
            new.add_application(application)
        self._check_people(applications)
        self._check_free("interview", {i.id: a.id for a in applications for i in a.interviews})
        self._check_free("event", {e.id: a.id for a in applications for e in a.events})
        self._write(old, new)

    def trash_application(self, application_id: str, at: datetime) -> None:
        """Put an application into the trash with all that belongs to it; reminders stay, for themselves."""
        self.trash_applications((self.application(application_id).id,), at)

    def trash_applications(self, ids: Collection[str], at: datetime) -> None:
        """Put all of these that are there into the trash, as ``trash_application`` does each."""
        statement = f"UPDATE application SET trashed_at = :at WHERE trashed_at IS NULL AND {among('id')}"
        self._database.sql(statement, {"at": seconds(at), "keys": listed(ids)})

    def put_contact(self, contact: Contact) -> None:
        """Store a contact as it is given."""
        self._put(ContactTable, self.contacts((contact.id,)), contact)

    def trash_contact(self, contact_id: str, at: datetime) -> None:
        """Put a contact into the trash; wherever it was named, it no longer is."""
        self._trash(Thing.CONTACT, self.contact(contact_id).id, at)

    def restore(self, kind: Thing, thing: str) -> None:
        """Take something out of the trash; it is as it was, and named where it was. Raises ``NotFound``."""
        if not self.in_trash(kind, (thing,)):
            raise NotFound(_("That's no longer in the trash. Look for it in its list."))
        self._trash(kind, thing, None)

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
        """Make everything stored but the trash equal to these facts; what they do not have is deleted.

        What they have and is in the trash comes out of it. Other ids in the trash stay taken, and are
        ``Refused``. What was announced is not recorded, so undoing leaves that as it is.
        """
        self._restore_all(facts)
        self.check_beside_trash(facts)
        gone = self._database.sql("DELETE FROM announced RETURNING key")
        self.announced_otherwise.update(str(key) for (key,) in gone)
        before = self.facts()
        if not self.has_things():
            self.put_changes(before, facts)
            return
        self._check_people(facts.applications)
        self._database.make_room()
        self._write(RowSet.of(before), RowSet.of(facts))
        self._note_put(facts, {})

    def put_changes(self, before: Facts, after: Facts) -> None:
        """Store what of these facts is another than ``before``, which is there; all of that is in them.

        As ``put_facts``, but nothing is deleted, and not all rows are in memory at once. What is in the trash
        comes out of it first.
        """
        is_known = not self._restore_all(after)
        known = dict(self.known_applications()) if is_known else {}
        self._check_people(after.applications)
        self._database.make_room()
        self._write(
            RowSet.of(replace(before, applications=(), reminders=())),
            RowSet.of(replace(after, applications=(), reminders=())),
        )
        there = {each.id: each for each in before.applications}
        for some in in_parts(after.applications):
            stored = tuple(there[each.id] for each in some if each.id in there)
            self._write(RowSet.of(Facts(applications=stored)), RowSet.of(Facts(applications=tuple(some))))
        self._write(RowSet.of(Facts(reminders=before.reminders)), RowSet.of(Facts(reminders=after.reminders)))
        self._note_put(after, known)

    def _restore_all(self, facts: Facts) -> bool:
        """Take out of the trash what facts have, and is in it; whether there was something."""
        contacts = self.in_trash(Thing.CONTACT, [each.id for each in facts.contacts])
        applications = self.in_trash(Thing.APPLICATION, [each.id for each in facts.applications])
        for contact in contacts:
            self.restore(Thing.CONTACT, contact)
        for application in applications:
            self.restore(Thing.APPLICATION, application)
        return bool(contacts or applications)

    def _note_put(self, facts: Facts, known: dict[str, Application | None]) -> None:
        """Put what isn't recorded: what was announced, and these with what else is known of applications."""
        there = self._announced(among("key"), [each.key for each in facts.announced])
        others = [row for row in announced_rows(facts.announced) if row not in there]
        self._database.many(
            "INSERT OR REPLACE INTO announced (key, announced_at, again_at) VALUES (?, ?, ?)", others
        )
        self.announced_otherwise.update(row[0] for row in others)
        # What is derived of an import needn't read it all again, which took a fifth of the time of the plan.
        for each in facts.applications:
            if each.id in known or len(known) < PUT_AT_MOST:
                known[each.id] = each
        self.known_applications().update(known)

    def take_rows_of(self, schema: str) -> None:
        """Make all that the user entered, the trash too, be as in this schema, which stands beside ours."""
        before = self._announced()
        self._database.take_rows_of(schema)
        self.announced_otherwise.update(row[0] for row in before ^ self._announced())

    def _announced(self, where: str = "1", keys: Iterable[str] = ()) -> set[Cells]:
        return set(
            self._database.sql(
                f"SELECT key, announced_at, again_at FROM announced WHERE {where}", {"keys": listed(keys)}
            )
        )

    def put_revisions(self, revisions: Collection[InvitationVersion]) -> None:
        """Keep which versions of their invitations interviews were read from."""
        present, old, new = self.revisions(), RowSet(), RowSet()
        for each in revisions:
            if each.interview in present:
                old.add_plain(InvitationTable, present[each.interview])
            new.add_plain(InvitationTable, each)
        self._write(old, new)

    def put_template(self, template: Template) -> None:
        """Store a message template as the user changed it."""
        present = self.template(template.name)
        self._put(TemplateTable, [] if present is None else [present], template)

    def delete_template(self, name: str) -> None:
        """Forget what the user changed of a message template, if anything."""
        present = self.template(name)
        self._put(TemplateTable, [] if present is None else [present], None)

    def _put(
        self,
        model: type[Model],
        present: Collection[Any],
        value: Contact | Reminder | Choice | Template | None,
    ) -> None:
        old, new = RowSet(), RowSet()
        for each in present:
            old.add_plain(model, each)
        if value is not None:
            new.add_plain(model, value)
        self._write(old, new)

    def _trash(self, kind: Thing, thing: str, at: datetime | None) -> None:
        statement = f"UPDATE {kind} SET trashed_at = ? WHERE id = ?"
        self._database.sql(statement, (None if at is None else seconds(at), thing))

    def _check_people(self, applications: Collection[Application]) -> None:
        if self.in_trash(Thing.CONTACT, people_of(applications)):
            sentence = _("That contact is in the trash. Restore it first, or choose someone else.")
            raise Refused(sentence, "contacts")

    def _check_free(self, kind: str, owners: Mapping[str, str]) -> None:
        """Ids of interviews and events are unique over all applications, those in the trash too."""
        if not owners:
            return
        statement = f"SELECT id, application FROM {kind} WHERE {among('id')}"
        for taken, owner in self._database.sql(statement, {"keys": listed(owners)}):
            if owners[taken] != owner:
                sentence = _("The id “{id}” belongs to another application. Choose another id.")
                raise Refused(sentence.format(id=taken), "id")

    def _write(self, old: RowSet, new: RowSet) -> None:
        # Parents first, and what is gone last: a reference never dangles in between.
        self._keep_places(old, new)
        for model in RECORDED:
            self._store(model, old.tables[model], new.tables[model])
        self._forget_behind(old, new)
        for model in reversed(RECORDED):
            if gone := old.tables[model].keys() - new.tables[model].keys():
                matches = " AND ".join(f"{name} = ?" for name in COLUMNS[model].key)
                self._database.many(f"DELETE FROM {table_name(model)} WHERE {matches}", sorted(gone))

    def _keep_places(self, old: RowSet, new: RowSet) -> None:
        """People in the trash keep their places between the others, which the facts don't know of."""
        trashed = self._hidden("contact")
        if not trashed:
            return
        for model, parent in (
            (ApplicationContactTable, ApplicationTable),
            (InterviewerTable, InterviewTable),
        ):
            columns = COLUMNS[model]
            place = columns.names.index("position")
            before, after = old.tables[model], new.tables[model]
            owners = {key[0] for key in (*before, *after)}.union(key[0] for key in old.tables[parent])
            statement = f"{columns.select(among(columns.key[0]))} ORDER BY position, contact"
            stored: dict[Any, list[Cells]] = defaultdict(list)
            for row in self._database.sql(statement, {"keys": listed(owners)}):
                key = columns.key_of(row)
                stored[key[0]].append(key)
                if key in before or (key[1] in trashed and (key[0],) in new.tables[parent]):
                    before[key] = row
            for owner, keys in stored.items():
                hidden = [key for key in keys if key in before and key[1] in trashed]
                if not hidden:
                    continue
                order = sorted((key for key in after if key[0] == owner), key=lambda key: after[key][place])
                for key in hidden:
                    # Behind whoever stood before them, as far as they are still there.
                    ahead = [order.index(each) for each in keys[: keys.index(key)] if each in order]
                    order.insert(ahead[-1] + 1 if ahead else 0, key)
                    after[key] = before[key]
                for position, key in enumerate(order):
                    cells = list(after[key])
                    cells[place] = position
                    after[key] = tuple(cells)

    def _forget_behind(self, old: RowSet, new: RowSet) -> None:
        """What names people in the trash goes with its parent, and what is in the trash names nobody gone."""
        for model, statements in _BEHIND.items():
            gone = sorted(old.tables[model].keys() - new.tables[model].keys())
            for statement in statements if gone else ():
                self._database.many(statement, gone)

    def _store(self, model: type[Model], old: dict[Cells, Cells], new: dict[Cells, Cells]) -> None:
        columns, table = COLUMNS[model], table_name(model)
        match = " AND ".join(f"{name} = ?" for name in columns.key)
        # Together those in which the same columns differ, as where many are moved to another stage.
        updates: dict[tuple[str, ...], list[Cells]] = defaultdict(list)
        for key, row in new.items() if old else ():  # of an import mostly nothing was there
            if (before := old.get(key, row)) != row:
                differing = [place for place, cell in enumerate(row) if cell != before[place]]
                names = tuple(columns.names[place] for place in differing)
                updates[names].append((*(row[place] for place in differing), *key))
        if updates:
            self.made_rows.forget()
        for names, rows in updates.items():
            changes = ", ".join(f"{name} = ?" for name in names)
            self._database.many(f"UPDATE {table} SET {changes} WHERE {match}", rows)
        if made := [row for key, row in new.items() if key not in old] if old else [*new.values()]:
            names, marks = columns.names, ", ".join("?" * len(columns.names))
            self._database.many(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", made)
            self.made_rows.note(table, names, made)
