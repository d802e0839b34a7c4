"""The schema, and how older databases come to it.

``PRAGMA user_version`` is the only register. A migration is a function with frozen SQL that never touches the
live models, so that what it did once it does for ever. Schema *n* is what the first *n* migrations make.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

import apsw

from followup_desktop.i18n import _, ngettext

Migration = Callable[[apsw.Connection], None]


class MigrationFailed(Exception):
    """A migration would have left the data inconsistent; it was rolled back."""


_SCHEMA_1 = """
CREATE TABLE policy (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE search (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    paused INTEGER NOT NULL,
    acknowledged_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE TABLE contact (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    employer TEXT NOT NULL,
    title TEXT NOT NULL,
    email TEXT NOT NULL,
    phone TEXT NOT NULL,
    url TEXT NOT NULL,
    notes TEXT NOT NULL,
    no_thank_you INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE application (
    id TEXT NOT NULL PRIMARY KEY,
    employer TEXT NOT NULL,
    employer_key TEXT NOT NULL,
    role TEXT NOT NULL,
    stage TEXT NOT NULL,
    stage_at INTEGER,
    applied_on TEXT,
    closes_on TEXT,
    offer_expires_on TEXT,
    timezone TEXT,
    country TEXT,
    channel TEXT NOT NULL,
    do_not_contact INTEGER NOT NULL,
    location TEXT NOT NULL,
    url TEXT NOT NULL,
    source TEXT NOT NULL,
    salary TEXT NOT NULL,
    resume TEXT NOT NULL,
    priority INTEGER NOT NULL,
    fit INTEGER,
    tags TEXT NOT NULL,
    notes TEXT NOT NULL,
    archived INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX application_by_employer ON application (employer_key);
CREATE INDEX application_by_stage ON application (archived, stage, stage_at, applied_on);
CREATE TABLE application_contact (
    application TEXT NOT NULL REFERENCES application (id),
    contact TEXT NOT NULL REFERENCES contact (id),
    position INTEGER NOT NULL,
    PRIMARY KEY (application, contact)
) STRICT, WITHOUT ROWID;
CREATE INDEX application_contact_by_contact ON application_contact (contact);
CREATE TABLE interview (
    id TEXT NOT NULL PRIMARY KEY,
    application TEXT NOT NULL REFERENCES application (id),
    kind TEXT NOT NULL,
    starts_at TEXT NOT NULL,
    timezone TEXT,
    fold INTEGER NOT NULL,
    minutes INTEGER NOT NULL,
    location TEXT NOT NULL,
    cancelled INTEGER NOT NULL,
    debriefed_at INTEGER,
    process TEXT NOT NULL,
    reply_by TEXT,
    no_date_given INTEGER NOT NULL,
    topics TEXT NOT NULL,
    notes TEXT NOT NULL,
    fit INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX interview_by_application ON interview (application);
CREATE TABLE interview_interviewer (
    interview TEXT NOT NULL REFERENCES interview (id),
    contact TEXT NOT NULL REFERENCES contact (id),
    position INTEGER NOT NULL,
    PRIMARY KEY (interview, contact)
) STRICT, WITHOUT ROWID;
CREATE INDEX interview_interviewer_by_contact ON interview_interviewer (contact);
CREATE TABLE event (
    id TEXT NOT NULL PRIMARY KEY,
    application TEXT NOT NULL REFERENCES application (id),
    kind TEXT NOT NULL,
    at INTEGER NOT NULL,
    outcome TEXT,
    contact TEXT REFERENCES contact (id),
    interview TEXT REFERENCES interview (id),
    reply_by TEXT,
    from_stage TEXT,
    to_stage TEXT,
    note TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX event_by_application ON event (application, at);
CREATE INDEX event_into_stage ON event (at, application) WHERE kind = 'stage';
CREATE INDEX event_by_contact ON event (contact) WHERE contact IS NOT NULL;
CREATE INDEX event_by_interview ON event (interview) WHERE interview IS NOT NULL;
CREATE TABLE reminder (
    id TEXT NOT NULL PRIMARY KEY,
    title TEXT NOT NULL,
    at TEXT NOT NULL,
    timezone TEXT,
    application TEXT REFERENCES application (id),
    repeat TEXT,
    done_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX reminder_by_application ON reminder (application) WHERE application IS NOT NULL;
CREATE TABLE choice (
    key TEXT NOT NULL PRIMARY KEY,
    made_at INTEGER NOT NULL,
    snoozed_until INTEGER,
    skipped INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX choice_by_snooze ON choice (snoozed_until) WHERE snoozed_until IS NOT NULL;

CREATE TABLE follow_up (
    key TEXT NOT NULL PRIMARY KEY,
    rule TEXT NOT NULL,
    application TEXT,
    interview TEXT,
    contact TEXT,
    channel TEXT NOT NULL,
    opens_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    remind_at TEXT NOT NULL,
    deadline_at INTEGER,
    expires_at INTEGER NOT NULL,
    because TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX follow_up_by_application ON follow_up (application, due_at);
CREATE INDEX follow_up_by_due ON follow_up (due_at, expires_at);
CREATE TABLE moment (
    at INTEGER NOT NULL,
    key TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (at, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX moment_by_key ON moment (key);
CREATE TABLE announced (
    key TEXT NOT NULL PRIMARY KEY,
    announced_at INTEGER,
    again_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX announced_by_instant ON announced (announced_at);
CREATE INDEX announced_by_again ON announced (again_at) WHERE again_at IS NOT NULL;
CREATE TABLE interview_instant (
    interview TEXT NOT NULL PRIMARY KEY,
    application TEXT NOT NULL,
    starts_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX interview_instant_by_start ON interview_instant (starts_at);
CREATE INDEX interview_instant_by_application ON interview_instant (application);
CREATE TABLE application_index (
    application TEXT NOT NULL PRIMARY KEY,
    employer_fold TEXT NOT NULL,
    role_fold TEXT NOT NULL,
    text TEXT NOT NULL,
    stage_since INTEGER,
    last_event_at INTEGER,
    last_contact_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE TABLE meta (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
"""


def _schema_1(connection: apsw.Connection) -> None:
    """The first schema: facts, the stored plan, and what the table of applications is sorted by."""
    connection.execute(_SCHEMA_1)


_SCHEMA_2 = """
ALTER TABLE application ADD COLUMN trashed_at INTEGER;
ALTER TABLE contact ADD COLUMN trashed_at INTEGER;
CREATE INDEX application_in_trash ON application (trashed_at) WHERE trashed_at IS NOT NULL;
CREATE INDEX contact_in_trash ON contact (trashed_at) WHERE trashed_at IS NOT NULL;
DROP INDEX application_by_stage;
CREATE INDEX application_by_stage ON application (archived, stage, stage_at, applied_on)
    WHERE trashed_at IS NULL;
CREATE TABLE template (
    name TEXT NOT NULL PRIMARY KEY,
    subject TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
ALTER TABLE application_index ADD COLUMN posting TEXT NOT NULL DEFAULT '';
CREATE INDEX application_index_by_posting ON application_index (posting) WHERE posting <> '';
"""


def _schema_2(connection: apsw.Connection) -> None:
    """The trash, the user's own message templates, and the posting's address as it is compared."""
    connection.execute(_SCHEMA_2)


_SCHEMA_3 = """
CREATE TABLE run_day (day TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE trash_age (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    trashed_at INTEGER NOT NULL,
    run_days INTEGER NOT NULL,
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;
"""


def _schema_3(connection: apsw.Connection) -> None:
    """The days on which the program ran, by which the trash ages; what is in it already begins anew."""
    connection.execute(_SCHEMA_3)


_SCHEMA_4 = """
DROP TABLE moment;
CREATE TABLE announcement (
    at INTEGER NOT NULL,
    key TEXT NOT NULL,
    rule TEXT NOT NULL,
    span INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (at, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX announcement_by_key ON announcement (key);
CREATE INDEX announcement_by_rule ON announcement (rule, span, at, expires_at);
CREATE TABLE next_step (
    application TEXT NOT NULL,
    until INTEGER NOT NULL,
    at INTEGER NOT NULL,
    key TEXT NOT NULL,
    channel TEXT NOT NULL,
    PRIMARY KEY (application, until)
) STRICT, WITHOUT ROWID;
CREATE INDEX follow_up_by_span ON follow_up (
    CASE WHEN expires_at - min(opens_at, due_at) <= 345600 THEN 345600
        WHEN expires_at - min(opens_at, due_at) <= 1382400 THEN 1382400
        WHEN expires_at - min(opens_at, due_at) <= 5529600 THEN 5529600
        ELSE 4611686018427387904 END,
    min(opens_at, due_at), expires_at
);

CREATE INDEX follow_up_by_expiry ON follow_up (rule, expires_at);
DROP INDEX interview_instant_by_start;
ALTER TABLE interview_instant ADD COLUMN counts INTEGER NOT NULL DEFAULT 1;
CREATE INDEX interview_instant_by_start
    ON interview_instant (starts_at, interview, application, ends_at, counts) WHERE counts;
CREATE TABLE contact_index (
    contact TEXT NOT NULL PRIMARY KEY,
    name_fold TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_index_by_name ON contact_index (name_fold, contact);

CREATE TABLE stage_count (
    archived INTEGER NOT NULL,
    stage TEXT NOT NULL,
    applications INTEGER NOT NULL,
    PRIMARY KEY (archived, stage)
) STRICT, WITHOUT ROWID;
INSERT INTO stage_count (archived, stage, applications)
    SELECT archived, stage, count(*) FROM application WHERE trashed_at IS NULL GROUP BY archived, stage;
CREATE TRIGGER stage_count_of_new AFTER INSERT ON application WHEN new.trashed_at IS NULL BEGIN
    INSERT INTO stage_count (archived, stage, applications) VALUES (new.archived, new.stage, 1)
        ON CONFLICT DO UPDATE SET applications = applications + 1;
END;
CREATE TRIGGER stage_count_of_gone AFTER DELETE ON application WHEN old.trashed_at IS NULL BEGIN
    UPDATE stage_count SET applications = applications - 1
        WHERE archived = old.archived AND stage = old.stage;
END;
CREATE TRIGGER stage_count_of_moved AFTER UPDATE OF archived, stage, trashed_at ON application BEGIN
    UPDATE stage_count SET applications = applications - 1
        WHERE old.trashed_at IS NULL AND archived = old.archived AND stage = old.stage;
    INSERT INTO stage_count (archived, stage, applications)
        SELECT new.archived, new.stage, 1 WHERE new.trashed_at IS NULL
        ON CONFLICT DO UPDATE SET applications = applications + 1;
END;
CREATE TABLE counted (thing TEXT NOT NULL PRIMARY KEY, number INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO counted (thing, number) SELECT 'contact', count(*) FROM contact WHERE trashed_at IS NULL;
INSERT INTO counted (thing, number) SELECT 'interview', count(*) FROM interview_instant WHERE counts;
CREATE TRIGGER contact_added AFTER INSERT ON contact WHEN new.trashed_at IS NULL BEGIN
    UPDATE counted SET number = number + 1 WHERE thing = 'contact';
END;
CREATE TRIGGER contact_gone AFTER DELETE ON contact WHEN old.trashed_at IS NULL BEGIN
    UPDATE counted SET number = number - 1 WHERE thing = 'contact';
END;
CREATE TRIGGER contact_moved AFTER UPDATE OF trashed_at ON contact BEGIN
    UPDATE counted SET number = number + (new.trashed_at IS NULL) - (old.trashed_at IS NULL)
        WHERE thing = 'contact';
END;
CREATE TRIGGER interview_added AFTER INSERT ON interview_instant WHEN new.counts BEGIN
    UPDATE counted SET number = number + 1 WHERE thing = 'interview';
END;
CREATE TRIGGER interview_gone AFTER DELETE ON interview_instant WHEN old.counts BEGIN
    UPDATE counted SET number = number - 1 WHERE thing = 'interview';
END;
DROP INDEX application_by_stage;
-- SQLite looks up the row for the column of an index's condition unless the index has it too: a sort of
-- 100,000 took 430 ms so, and takes 98.
CREATE INDEX application_by_stage ON application (archived, stage, trashed_at) WHERE trashed_at IS NULL;
CREATE INDEX application_by_stage_at ON application (stage_at) WHERE trashed_at IS NULL AND archived = 0;
CREATE INDEX application_by_applied_on ON application (applied_on) WHERE trashed_at IS NULL AND archived = 0;
CREATE TABLE invitation (
    interview TEXT NOT NULL PRIMARY KEY,
    sequence INTEGER NOT NULL,
    stamp INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
"""


def _schema_4(connection: apsw.Connection) -> None:
    """Indexes for what the program asks again and again, and which version of an invitation was read."""
    connection.execute(_SCHEMA_4)


_SCHEMA_5 = """
CREATE TABLE published (
    uid TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    href TEXT NOT NULL,
    etag TEXT NOT NULL,
    hash TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    starts_at INTEGER,
    intent TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE phone_question (
    uid TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    starts_at INTEGER,
    asked_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE sync_state (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
"""


def _schema_5(connection: apsw.Connection) -> None:
    """What stands on the calendar server, what came back from it, and how far that was read."""
    connection.execute(_SCHEMA_5)


_SCHEMA_6 = """
CREATE INDEX event_of_outreach ON event (at, application)
    WHERE kind IN ('call', 'email', 'feedback_request', 'message', 'thank_you');
"""


def _schema_6(connection: apsw.Connection) -> None:
    """By when the user wrote or called, for what a week is counted in."""
    connection.execute(_SCHEMA_6)


_SCHEMA_7 = """
CREATE TABLE draft (
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    position INTEGER NOT NULL,
    texts TEXT NOT NULL,
    PRIMARY KEY (kind, key)
) STRICT, WITHOUT ROWID;
"""


def _schema_7(connection: apsw.Connection) -> None:
    """What was typed and not saved, which stood in a file of the window's settings before."""
    connection.execute(_SCHEMA_7)


def _schema_8(connection: apsw.Connection) -> None:
    """The language in which an employer is written to."""
    connection.execute("ALTER TABLE application ADD COLUMN language TEXT")


_SCHEMA_9 = """
ALTER TABLE interview_instant ADD COLUMN sent INTEGER NOT NULL DEFAULT 1;
UPDATE interview_instant SET sent = EXISTS (
    SELECT 1 FROM interview JOIN application ON application.id = interview.application
    WHERE interview.id = interview_instant.interview AND NOT interview.cancelled
        AND application.stage <> 'saved' AND application.trashed_at IS NULL);
CREATE INDEX interview_instant_of_sent ON interview_instant (starts_at) WHERE sent;
DROP TRIGGER interview_added;
DROP TRIGGER interview_gone;
UPDATE counted SET number = (SELECT count(*) FROM interview_instant WHERE sent) WHERE thing = 'interview';
CREATE TRIGGER interview_added AFTER INSERT ON interview_instant WHEN new.sent BEGIN
    UPDATE counted SET number = number + 1 WHERE thing = 'interview';
END;
CREATE TRIGGER interview_gone AFTER DELETE ON interview_instant WHEN old.sent BEGIN
    UPDATE counted SET number = number - 1 WHERE thing = 'interview';
END;
"""


def _schema_9(connection: apsw.Connection) -> None:
    """Interviews are counted in archived applications too, as the figures of the search count them."""
    connection.execute(_SCHEMA_9)


_SCHEMA_10 = """
CREATE TABLE application_figures (
    application TEXT NOT NULL PRIMARY KEY,
    latest_at INTEGER NOT NULL,
    sent_at INTEGER,
    answered_at INTEGER,
    decided_at INTEGER,
    offered_at INTEGER,
    rejected_at INTEGER,
    given_up_at INTEGER,
    first_end INTEGER,
    answered INTEGER NOT NULL,
    met INTEGER NOT NULL,
    offered INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE interview_task (
    application TEXT NOT NULL,
    rule TEXT NOT NULL,
    day INTEGER NOT NULL,
    contact TEXT NOT NULL,
    until INTEGER NOT NULL,
    done INTEGER NOT NULL,
    PRIMARY KEY (application, rule, day, contact)
) STRICT, WITHOUT ROWID;
"""


def _schema_10(connection: apsw.Connection) -> None:
    """What Insights counts by; the plan that is made anew then fills it."""
    connection.execute(_SCHEMA_10)


_SCHEMA_11 = """
CREATE INDEX next_step_by_until ON next_step (until, application, at);
CREATE TABLE calendar_entry (
    at INTEGER NOT NULL,
    key TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (at, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX calendar_entry_by_key ON calendar_entry (key);
CREATE TABLE enquiry_wait (
    key TEXT NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER NOT NULL,
    PRIMARY KEY (key, since)
) STRICT, WITHOUT ROWID;
DROP INDEX follow_up_by_span;
-- With all by which they are counted: of 10,000 open ones SQLite looked up each row, 12 of 24 ms.
CREATE INDEX follow_up_by_span ON follow_up (
    CASE WHEN expires_at - min(opens_at, due_at) <= 345600 THEN 345600
        WHEN expires_at - min(opens_at, due_at) <= 1382400 THEN 1382400
        WHEN expires_at - min(opens_at, due_at) <= 5529600 THEN 5529600
        ELSE 4611686018427387904 END,
    min(opens_at, due_at), expires_at, opens_at, due_at, deadline_at, rule, channel, application
);
"""


def _schema_11(connection: apsw.Connection) -> None:
    """What the lists and counts of what is open ask is found by an index, and when an enquiry has to wait.

    And where each follow-up stands in the calendar; the plan that is made anew fills both.
    """
    connection.execute(_SCHEMA_11)


_SCHEMA_12 = """
ALTER TABLE next_step ADD COLUMN since INTEGER NOT NULL DEFAULT 0;
DROP INDEX next_step_by_until;
CREATE INDEX next_step_by_until ON next_step (until, since, at, application);
"""


def _schema_12(connection: apsw.Connection) -> None:
    """From when on each next step comes first; the plan that is made anew fills it."""
    connection.execute(_SCHEMA_12)


_SCHEMA_13 = """
ALTER TABLE announcement ADD COLUMN starts_at INTEGER;
CREATE INDEX announcement_by_start ON announcement (starts_at, rule, at, expires_at)
    WHERE starts_at IS NOT NULL;
"""


def _schema_13(connection: apsw.Connection) -> None:
    """When the interview starts that an announcement prepares for; the plan that is made anew fills it."""
    connection.execute(_SCHEMA_13)


_SCHEMA_14 = """
CREATE TABLE outreach (
    application TEXT NOT NULL PRIMARY KEY,
    day INTEGER NOT NULL,
    last_day INTEGER NOT NULL,
    placed TEXT
) STRICT, WITHOUT ROWID;
"""


def _schema_14(connection: apsw.Connection) -> None:
    """The turns to an employer as its contact guard sees them; the plan that is made anew fills it."""
    connection.execute(_SCHEMA_14)


_SCHEMA_15 = """
DROP INDEX application_index_by_posting;
ALTER TABLE application_index RENAME TO former_application_index;
CREATE TABLE application_index (
    application TEXT NOT NULL PRIMARY KEY,
    employer_fold TEXT NOT NULL,
    role_fold TEXT NOT NULL,
    stage_since INTEGER,
    last_event_at INTEGER,
    last_contact_at INTEGER,
    posting TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;
INSERT INTO application_index
    SELECT application, employer_fold, role_fold, stage_since, last_event_at, last_contact_at, posting, text
    FROM former_application_index ORDER BY application;
DROP TABLE former_application_index;
CREATE INDEX application_index_by_posting ON application_index (posting) WHERE posting <> '';
"""


def _schema_15(connection: apsw.Connection) -> None:
    """The text that is searched comes last, and not into the tree by which a row is found.

    With 2,000 letters each, 10,000 applications took five times as long to be sorted by any other column.
    """
    connection.execute(_SCHEMA_15)


MIGRATIONS: tuple[Migration, ...] = (
    _schema_1,
    _schema_2,
    _schema_3,
    _schema_4,
    _schema_5,
    _schema_6,
    _schema_7,
    _schema_8,
    _schema_9,
    _schema_10,
    _schema_11,
    _schema_12,
    _schema_13,
    _schema_14,
    _schema_15,
)
LATEST = len(MIGRATIONS)


def schema_version(connection: apsw.Connection) -> int:
    """The schema that the database has; 0 for an empty one."""
    version: int = connection.pragma("user_version")
    return version


_Columns = frozenset[tuple[str, str]]
_read: dict[tuple[tuple[str, str], ...], _Columns] = {}
"""The columns of tables that were made so, by their names and the SQL that made them."""
_MOST_READ = 64


def columns_of(connection: apsw.Connection) -> _Columns:
    """The columns of every table, each as the names of both.

    Those of tables that were made alike are remembered: to have SQLite tell them takes a hundred times as
    long, and whatever opens or checks a file asks.
    """
    made = tuple(connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table'"))
    if made not in _read:
        if len(_read) == _MOST_READ:
            _read.clear()
        rows = connection.execute(
            "SELECT made.name, columns.name FROM sqlite_schema AS made, "
            "pragma_table_info(made.name) AS columns WHERE made.type = 'table'"
        )
        _read[made] = frozenset((str(table), str(column)) for table, column in rows)
    return _read[made]


@cache
def columns_of_schema(version: int) -> frozenset[tuple[str, str]]:
    """The columns that a database of this schema has: 7 ms the first time, and each backup is asked about."""
    memory = apsw.Connection(":memory:")
    try:
        migrate(memory, MIGRATIONS[:version])
        return columns_of(memory)
    finally:
        memory.close()


def migrate(connection: apsw.Connection, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    """Bring the database to the newest schema: all steps, or none where one fails.

    Raises ``MigrationFailed`` when a step would leave dangling references or lose rows.
    """
    if schema_version(connection) >= len(migrations):
        return
    # Inside a transaction this pragma does nothing, and with it on, rebuilding a table deletes its children.
    connection.pragma("foreign_keys", False)
    try:
        connection.execute("BEGIN IMMEDIATE")
        try:
            # Another process may have been quicker.
            for number in range(schema_version(connection), len(migrations)):
                before = _row_counts(connection)
                migrations[number](connection)
                _check(connection, before, number + 1)
                connection.pragma("user_version", number + 1)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
    finally:
        connection.pragma("foreign_keys", True)


def _check(connection: apsw.Connection, before: dict[str, int], version: int) -> None:
    dangling = list(connection.execute("PRAGMA foreign_key_check"))
    if dangling:
        text = ngettext(
            "schema {version} would leave {n} dangling reference",
            "schema {version} would leave {n} dangling references",
            len(dangling),
        )
        raise MigrationFailed(text.format(version=version, n=len(dangling)))
    after = _row_counts(connection)
    for table, count in before.items():
        if after.get(table, count) < count:
            text = _("schema {version} would lose rows of {table}")
            raise MigrationFailed(text.format(version=version, table=table))


def _row_counts(connection: apsw.Connection) -> dict[str, int]:
    names = [
        str(row[0])
        for row in connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
        )
    ]
    counts = {}
    for name in names:
        quoted = name.replace('"', '""')
        (counts[name],) = next(connection.execute(f'SELECT count(*) FROM "{quoted}"'))
    return {name: int(count) for name, count in counts.items() if isinstance(count, int)}
