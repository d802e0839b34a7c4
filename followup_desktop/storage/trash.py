"""The trash: what was deleted stays in its table, seen by nothing else, until it is restored or purged."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Facts, Thing, TrashEntry
from followup_desktop.i18n import _
from followup_desktop.storage.database import Database
from followup_desktop.storage.reads import FactReads
from followup_desktop.storage.tables import instant

_ENTRIES = """
    WITH gone AS (
        SELECT 'application' AS kind, id, trashed_at,
            employer || CASE role WHEN '' THEN '' ELSE ' · ' || role END AS title
        FROM application WHERE trashed_at IS NOT NULL
        UNION ALL SELECT 'contact', id, trashed_at, name FROM contact WHERE trashed_at IS NOT NULL)
    SELECT gone.kind, gone.id, gone.title, gone.trashed_at,
        coalesce((SELECT count(*) FROM run_day) - trash_age.run_days, 0)
    FROM gone LEFT JOIN trash_age USING (kind, id, trashed_at)
    ORDER BY gone.trashed_at DESC, gone.kind, gone.id"""

_IN_TRASH = """
    SELECT 'application' AS kind, id, trashed_at FROM application WHERE trashed_at IS NOT NULL
    UNION ALL SELECT 'contact', id, trashed_at FROM contact WHERE trashed_at IS NOT NULL"""

_COUNT_TRASH = """
    SELECT (SELECT count(*) FROM application WHERE trashed_at IS NOT NULL)
        + (SELECT count(*) FROM contact WHERE trashed_at IS NOT NULL)"""

_IS_NOTED = f"SELECT NOT EXISTS ({_IN_TRASH} EXCEPT SELECT kind, id, trashed_at FROM trash_age)"

_NOTE = (
    f"DELETE FROM trash_age WHERE (kind, id, trashed_at) NOT IN ({_IN_TRASH})",
    f"""INSERT OR IGNORE INTO trash_age (kind, id, trashed_at, run_days)
        SELECT kind, id, trashed_at, (SELECT count(*) FROM run_day) FROM ({_IN_TRASH})""",
)

_OLD = "SELECT id FROM trash_age WHERE kind = '{}' AND run_days <= (SELECT count(*) FROM run_day) - :days"
_OLD_APPLICATIONS, _OLD_CONTACTS = _OLD.format("application"), _OLD.format("contact")

_TAKEN = """
    WITH back AS (SELECT value FROM json_each(:back)),
        gone AS (SELECT id FROM application WHERE trashed_at IS NOT NULL AND id NOT IN back)
    SELECT id FROM gone
    UNION SELECT id FROM contact WHERE trashed_at IS NOT NULL AND id NOT IN back
    UNION SELECT id FROM interview WHERE application IN gone
    UNION SELECT id FROM event WHERE application IN gone"""

_APPLICATIONS = "SELECT value FROM json_each(:applications)"
_CONTACTS = "SELECT value FROM json_each(:contacts)"

# Children before parents.
_PURGE = (
    f"DELETE FROM event WHERE application IN ({_APPLICATIONS})",
    f"""DELETE FROM interview_interviewer WHERE interview IN (
        SELECT interview.id FROM interview WHERE interview.application IN ({_APPLICATIONS}))""",
    f"DELETE FROM interview WHERE application IN ({_APPLICATIONS})",
    f"DELETE FROM application_contact WHERE application IN ({_APPLICATIONS})",
    f"UPDATE reminder SET application = NULL WHERE application IN ({_APPLICATIONS})",
    f"DELETE FROM application WHERE id IN ({_APPLICATIONS})",
    f"DELETE FROM application_contact WHERE contact IN ({_CONTACTS})",
    f"DELETE FROM interview_interviewer WHERE contact IN ({_CONTACTS})",
    f"UPDATE event SET contact = NULL WHERE contact IN ({_CONTACTS})",
    f"DELETE FROM contact WHERE id IN ({_CONTACTS})",
)


class TrashReads(FactReads):
    """What is in the trash."""

    def check_sound(self) -> None:
        """Raise ``Refused`` if the file is damaged; takes as long as reading it whole."""
        self._database.check_sound()

    def trash(self) -> list[TrashEntry]:
        """All of it, newest first."""
        return [
            TrashEntry(kind=Thing(kind), id=thing, title=title, trashed_at=instant(at), run_days=run_days)
            for kind, thing, title, at, run_days in self._database.sql(_ENTRIES)
        ]

    def count_trash(self) -> int:
        """How much there is of it."""
        return int(next(self._database.sql(_COUNT_TRASH))[0])

    def in_trash(self, kind: Thing, ids: Collection[str]) -> frozenset[str]:
        """The ids, of these, of what is in the trash."""
        rows = self._database.sql(
            f"SELECT id FROM {kind} WHERE trashed_at IS NOT NULL AND id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(ids)),),
        )
        return frozenset(str(row[0]) for row in rows)

    def ids_in_trash(self, restored: Collection[str] = ()) -> frozenset[str]:
        """All ids that are taken by what is in the trash, interviews and events of its applications too.

        ``restored`` is what is there now but about to come out of it.
        """
        rows = self._database.sql(_TAKEN, {"back": json.dumps(list(restored))})
        return frozenset(str(row[0]) for row in rows)

    def check_beside_trash(self, facts: Facts, restored: Collection[str] = ()) -> None:
        """Refuse facts that take an id of something in the trash, or a reminder of what is there.

        ``restored`` is what is there now but about to come out of it.
        """
        trashed = self.ids_in_trash(restored)
        for taken in trashed.intersection(_ids(facts)) if trashed else ():
            sentence = _(
                "The id “{id}” belongs to something else in the trash. Choose another id, or restore it."
            )
            raise Refused(sentence.format(id=taken), "id")
        reminded = {each.application or "" for each in facts.reminders}.difference(restored)
        if self.in_trash(Thing.APPLICATION, reminded):
            sentence = _("A reminder belongs to an application in the trash. Restore that first.")
            raise Refused(sentence, "application")

    def is_trash_empty(self) -> bool:
        """Whether nothing is in the trash."""
        return next(self._database.sql(f"{_IN_TRASH} LIMIT 1"), None) is None

    def is_trash_noted(self) -> bool:
        """Whether it was noted of everything in the trash since when it is there."""
        return bool(next(self._database.sql(_IS_NOTED))[0])


def note_trash(database: Database) -> None:
    """Note, in a transaction, on which day of the program's running what is new in the trash came there."""
    for statement in _NOTE:
        database.sql(statement)


def purge_old(database: Database, days: int) -> int:
    """Delete for good, in a transaction, what is in the trash for so many days on which the program ran.

    Gives how many things that was.
    """
    note_trash(database)
    old = {
        (kind, str(row[0]))
        for kind, statement in ((Thing.APPLICATION, _OLD_APPLICATIONS), (Thing.CONTACT, _OLD_CONTACTS))
        for row in database.sql(statement, {"days": days})
    }
    return purge(database, old)


def purge(database: Database, things: Collection[tuple[Thing, str]]) -> int:
    """Delete for good, in a transaction, those of these things that are in the trash; how many that was."""
    found = {(Thing(kind), str(thing)) for kind, thing, _at in database.sql(_IN_TRASH)}.intersection(things)
    values = {
        "applications": json.dumps([thing for kind, thing in found if kind is Thing.APPLICATION]),
        "contacts": json.dumps([thing for kind, thing in found if kind is Thing.CONTACT]),
    }
    for statement in _PURGE if found else ():
        database.sql(statement, values)
    return len(found)


def _ids(facts: Facts) -> Iterator[str]:
    """The ids of all things that have one."""
    yield from (contact.id for contact in facts.contacts)
    yield from (reminder.id for reminder in facts.reminders)
    for application in facts.applications:
        yield application.id
        yield from (interview.id for interview in application.interviews)
        yield from (event.id for event in application.events)
