"""The store: the facts and the plan, read and written as the domain's dataclasses."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from followup_desktop.domain.casefile import interview_span
from followup_desktop.domain.errors import NotFound, Refused
from followup_desktop.domain.model import Application, Facts, FollowUp, LastAnnouncement, Thing, TrashEntry
from followup_desktop.domain.progress import OnProgress, ignore_progress
from followup_desktop.storage import plan_index, rekeying
from followup_desktop.storage.backups import Backup, BackupComparison, BackupContents, Why, check_folder
from followup_desktop.storage.backups import files as backup_files
from followup_desktop.storage.cipher import Key, Keys, Note, derive
from followup_desktop.storage.database import Database, backups_folder
from followup_desktop.storage.drafts import DraftRecords, SettingRecords
from followup_desktop.storage.failures import Busy, translated_errors
from followup_desktop.storage.history import Changeset, History, UndoStep, apply, recording
from followup_desktop.storage.listing import ApplicationSummary, OtherApplication, keeping_lists, kept_lists
from followup_desktop.storage.people import PeopleReads, PersonSummary
from followup_desktop.storage.plan_index import KIND_WORDS, Scope
from followup_desktop.storage.plan_writes import PlanChange, PlanWriter
from followup_desktop.storage.plans import InterviewInstants, keeping_interviews, kept_interviews
from followup_desktop.storage.published import PublishedRecords
from followup_desktop.storage.reads import APPLICATIONS
from followup_desktop.storage.records import announced_rows
from followup_desktop.storage.tables import PLANNED, instant, seconds, table_name
from followup_desktop.storage.today_entries import keeping_entries, kept_entries
from followup_desktop.storage.touched import Changes, TouchedRecords
from followup_desktop.storage.trash import note_trash, purge, purge_old

if TYPE_CHECKING:
    from followup_desktop.storage.insights import Count, InsightScope
    from followup_desktop.storage.writes import Transaction

__all__ = [
    "ApplicationSummary",
    "Changes",
    "InterviewInstants",
    "NotFound",
    "OtherApplication",
    "PersonSummary",
    "PlanHook",
    "Store",
    "Thing",
    "TrashEntry",
]

HEARTBEAT_PATIENCE = 0.05
"""Seconds that the heartbeat waits for the write of another process; it comes again soon."""
WINDOW_PATIENCE = 1.5
"""Seconds that an edit in the window waits: another start is not to find that it doesn't answer."""
_LAST_RUN = "last_run"
_LAST = 253_402_214_400
"""The last day that there is, in seconds, for what never expires."""
_RESTORED = "restored"
"""The schema under which the data of a backup stand beside ours."""

PlanHook = Callable[[PlanWriter, TouchedRecords | None], PlanChange]
"""Brings what is derived up to date after a change, within its transaction; ``None`` means after anything."""


class _NothingToWrite(Exception):
    """Nothing has to be written."""


class Store(PeopleReads):
    """One open database. All that writes goes through ``transaction``, ``history`` or a method here."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.history = History(self._replay)
        self.published = PublishedRecords(database)
        self.drafts = DraftRecords(database)
        self._settling: str | None = None
        self.settings = SettingRecords(database)
        self._plan: PlanHook | None = None
        self._on_progress: OnProgress = ignore_progress
        self._plan_is_current: Callable[[], bool] = lambda: True
        self._before_large_change: Callable[[Why], object] = lambda _why: None
        self._subscribers: list[Callable[[Changes], None]] = []
        self._missed: list[Changes] = []
        self._seen_version = database.data_version()

    def set_planner(self, plan: PlanHook, is_current: Callable[[], bool] = lambda: True) -> None:
        """From now on call this within each transaction that changes the facts.

        ``is_current`` tells whether the stored plan was made as this planner makes it.
        """
        self._plan = plan
        self._plan_is_current = is_current

    def wait_for_others(self, seconds: float) -> None:
        """From now on a write waits so long at most for that of another process."""
        self._database.patience = seconds

    def set_safeguard(self, keep: Callable[[Why], object]) -> None:
        """From now on call this before each change by which much may be lost; on any thread."""
        self._before_large_change = keep

    def before_large_change(self, why: Why) -> None:
        """Keep what is there now; not within a transaction. Raises ``Refused`` where it can't be kept."""
        self._before_large_change(why)

    def subscribe(self, callback: Callable[[Changes], None]) -> None:
        """Call back after every commit, undo, redo and change by another process."""
        self._subscribers.append(callback)

    def forget_subscribers(self) -> None:
        """Call nobody back any more: what was told is gone."""
        self._subscribers.clear()

    @contextmanager
    def transaction(self, label: str) -> Iterator[Transaction]:
        """One step of the user's under the name that undo shows: all of it or nothing.

        The plan follows within it. If nothing was changed in the end, nothing is remembered or told.
        """
        from followup_desktop.storage.writes import Transaction  # a start has no use for it

        with self._database.writing():
            known, kept = self.known_applications(), self._kept()
            with recording(self._database.connection) as recorder:
                asked = self.published.asked_interviews()
                starts = {each: self._interview_start(each) for each, _cells in asked.values()}
                writing = Transaction(self._database)
                yield writing
                if self._settling is not None:
                    self.published.settle(self._settling)
                if asked:
                    self._settle_moved(asked, starts)
                changeset = recorder.changeset()
            touched = TouchedRecords.of(
                changeset.changes, self, writing.made_rows, writing.announced_otherwise
            )
            writing.made_rows.forget()  # of an import they take 40 MB more until it is planned
            known = _untouched(known, touched) | self.known_applications()
            changes = self._follow(label, touched, known, kept)
        if changeset:
            self.history.add(UndoStep(label, changeset, touched.rows))
            self._notify(changes)

    def _interview_start(self, interview: str) -> int | None:
        """When it begins by what is derived of its facts, as they were before this step."""
        found = self._database.sql(
            "SELECT starts_at FROM interview_instant WHERE interview = ?", (interview,)
        )
        return next((int(at) for (at,) in found), None)

    def _settle_moved(self, asked: Mapping[str, tuple[str, Any]], starts: Mapping[str, int | None]) -> None:
        """What is asked of an interview to which this step gives another time has its answer by that.

        Not by what moves it along with others, as another time zone for all of them.
        """
        now = self.published.asked_interviews()
        for uid, (interview, cells) in asked.items():
            if uid not in now or now[uid][1] == cells:
                continue
            with suppress(NotFound):  # what is in the trash is not asked about, either
                application = self.application(self.interview_application(interview))
                held = next(each for each in application.interviews if each.id == interview)
                start, _end = interview_span(held, application, self.policy())
                if seconds(start) != starts[interview]:
                    self.published.settle(uid)

    @contextmanager
    def settling(self, question: str) -> Iterator[None]:
        """A step within the block also settles this question of the phone's; its undo asks it again."""
        self._settling = question
        try:
            yield
        finally:
            self._settling = None

    def insight_counts(self, scope: InsightScope, now: datetime) -> list[Count]:
        """What the figures of the search are made from, at an instant."""
        from followup_desktop.storage.insights import counts  # wanted by one view alone

        return counts(self._database, scope, now, self.policy().timezone)

    def insight_employers(self, scope: InsightScope, now: datetime) -> list[tuple[int, int]]:
        """Of each employer of the same applications how many were sent, and how far the best got."""
        from followup_desktop.storage.insights import employers  # wanted by one view alone

        return employers(self._database, scope, now, self.policy().timezone)

    def reading(self) -> AbstractContextManager[None]:
        """Several reads that see one state, whoever writes meanwhile."""
        return self._database.reading()

    def state(self) -> tuple[int, ...]:
        """Another one once anything but a draft was written, here or elsewhere."""
        return self._database.state()

    def facts_and_plan(self) -> tuple[Facts, list[FollowUp]]:
        """All facts and the whole plan as they are at one instant, whoever writes meanwhile."""
        with self.reading():
            return self.facts(), self.follow_ups()

    def renew_plan(self, patience: float | None = None) -> None:
        """Make everything derived anew if it was made otherwise than this program does."""
        if not self._plan_is_current():
            self.replan(patience)

    def replan(self, patience: float | None = None) -> None:
        """Make everything derived anew from the facts; nothing that could be undone."""
        with self._database.writing(patience):
            change = self._plan(PlanWriter(self._database), None) if self._plan else PlanChange()
        if change.follow_ups:
            self._notify(Changes(applications=change.applications, follow_ups=change.follow_ups))

    def mend_plan(self) -> bool:
        """Make everything derived anew; whether anything of it was not what the facts call for.

        That of a copy in memory is left as it is, and where nothing can be written now.
        """
        if self._database.path is None or self.why_misplaced() is not None:
            return False
        tables = map(table_name, PLANNED)
        with (
            suppress(_NothingToWrite, Busy),
            recording(self._database.connection, tables) as recorder,
            self._database.writing(),
        ):
            if self._plan is not None:
                self._plan(PlanWriter(self._database), None)
            if not recorder.changeset():
                raise _NothingToWrite
            return True
        return False

    def poll_external_change(self) -> bool:
        """Whether another process has written since the last look; if so, all is told to have changed."""
        version = self._database.data_version()
        if version == self._seen_version:
            return False
        self._seen_version = version
        self._notify(Changes(everything=True))
        return True

    def record_announced(
        self,
        announced: Iterable[LastAnnouncement],
        taken_back: Iterable[tuple[LastAnnouncement, LastAnnouncement | None]] = (),
    ) -> None:
        """Remember that these were announced; in a transaction of its own, not to be undone.

        Of each pair in ``taken_back`` the second, or nothing, is remembered again instead of the first, if
        that is what is remembered. While another process writes, it is ``Refused`` at once: the window must
        not stand still for it.
        """
        with self._database.writing(patience=HEARTBEAT_PATIENCE), self._keeping():
            told = list(announced)
            self._put_announced(told)
            undone = list(taken_back)
            for record, before in undone:
                same = (
                    "DELETE FROM announced WHERE key = ? AND announced_at IS ? AND again_at IS ? RETURNING 1"
                )
                (cells,) = announced_rows((record,))
                if list(self._database.sql(same, cells)) and before is not None:
                    self._put_announced((before,))
            self._renew_announcements([*(each.key for each in told), *(each.key for each, _ in undone)])

    def _put_announced(self, announced: Iterable[LastAnnouncement]) -> None:
        self._database.many(
            "INSERT OR REPLACE INTO announced (key, announced_at, again_at) VALUES (?, ?, ?)",
            announced_rows(announced),
        )

    def announcement_spans(
        self, now: datetime, until: datetime, limit: int
    ) -> list[tuple[datetime, datetime]]:
        """From when to when each reminder may be shown that comes before an instant, and wasn't yet.

        One that is shown several times has one span after the other. Words of encouragement are none.
        """
        rows = self._database.sql(
            "SELECT at, coalesce(lead(at) OVER (PARTITION BY key ORDER BY at), expires_at) FROM announcement "
            f"WHERE at < ? AND expires_at > ? AND rule NOT IN {KIND_WORDS} ORDER BY at LIMIT ?",
            (seconds(until), seconds(now), limit),
        )
        return [(instant(start), instant(min(end, _LAST))) for start, end in rows]

    def pull_announced_back(self, now: datetime) -> None:
        """After the clock was set back, let nothing count as announced in the future; as impatient."""
        at = seconds(now)
        if next(self._database.sql("SELECT 1 FROM announced WHERE announced_at > ? LIMIT 1", (at,)), None):
            with self._database.writing(patience=HEARTBEAT_PATIENCE), self._keeping():
                later = "UPDATE announced SET announced_at = ? WHERE announced_at > ? RETURNING key"
                self._renew_announcements([str(key) for (key,) in self._database.sql(later, (at, at))])

    def _keeping(self) -> AbstractContextManager[None]:
        """What is written within changes nothing of where anything stands in Today, or in a list."""
        return self._database.holding(**self._kept())

    def _kept(self) -> dict[str, object]:
        """What is kept of what was read, and is told what becomes otherwise."""
        entries, lists = kept_entries(self._database), kept_lists(self._database)
        interviews = kept_interviews(self._database)
        return {**keeping_entries(entries), **keeping_lists(lists), **keeping_interviews(interviews)}

    def _renew_announcements(self, keys: Collection[str]) -> None:
        plan_index.renew(self._database, Scope(follow_ups=keys), self.policy())

    def record_run(self, day: date, at: datetime) -> None:
        """Remember that the program ran on this date, and was last seen at this instant; not to be undone.

        As impatient as ``record_announced``.
        """
        # It changes nothing of a list: of 10,000 open ones, Today was read twice at a start, and kept twice.
        with self._database.writing(patience=HEARTBEAT_PATIENCE), self._keeping():
            self._database.sql("INSERT OR IGNORE INTO run_day (day) VALUES (?)", (day.isoformat(),))
            self._database.sql(
                "INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", (_LAST_RUN, str(seconds(at)))
            )
            note_trash(self._database)

    def last_run(self) -> datetime | None:
        """When the program was last seen to run, before this run; ``None`` if that is not known."""
        at = self.meta().get(_LAST_RUN)
        return None if at is None else instant(int(at))

    def purge_trash(self, days: int) -> int:
        """Delete for good what is in the trash for so many days on which the program ran; how much that was.

        Nothing that could be undone: if there was something, undo and redo forget all steps. As impatient as
        ``record_announced``.
        """
        if self.is_trash_empty():
            return 0
        with self._database.writing(patience=HEARTBEAT_PATIENCE):
            purged = purge_old(self._database, days)
        if purged:
            self.history.clear()
        return purged

    def delete_for_good(self, things: Collection[tuple[Thing, str]]) -> int:
        """Delete for good those of these that are in the trash; how many that was.

        Nothing that could be undone: if there was something, undo and redo forget all steps.
        """
        with self._database.writing():
            purged = purge(self._database, things)
        if purged:
            self.history.clear()
            self._notify(Changes())
        return purged

    @property
    def backups_folder(self) -> Path:
        """The folder of the backups of this database."""
        if self._database.path is None:
            raise RuntimeError("a database in memory has no backups")
        return backups_folder(self._database.path)

    @property
    def data_folder(self) -> Path:
        """The folder that the database is in."""
        return self.backups_folder.parent

    def make_backup(
        self,
        target: Path,
        why: Why,
        at: datetime | None = None,
        is_cancelled: Callable[[], bool] = bool,
        *,
        is_kept: Callable[[BackupContents], bool] = lambda _contents: False,
    ) -> Backup:
        """Write a verified copy of everything as it was committed last; any thread may call this.

        The edits that are made meanwhile are not held up, and are not in it. Raises ``Refused``; and
        ``NoBackupNeeded`` where ``is_kept`` tells of what there is that it needs none.
        """
        if self._database.path is None:  # a copy in memory has one connection
            return self._database.copy_to(target, at, why, is_cancelled, is_kept=is_kept)
        other = self._database.again(is_cancelled)
        try:
            return other.copy_to(target, at, why, is_cancelled, is_kept=is_kept)
        finally:
            other.close()

    def contents(self) -> BackupContents:
        """How much the user entered, and a sum over it: another one if anything was edited since.

        Any thread may call this, but for a copy in memory, which has one connection.
        """
        if self._database.path is None:
            return self._database.contents()
        other = self._database.again(bool)
        try:
            return other.contents()
        finally:
            other.close()

    def compare(self, file: Path) -> BackupComparison:
        """What a backup is to the data as they are now. Raises ``Refused`` where it can't be read as one."""
        return self._database.compare(file)

    def put_back(self, file: Path, label: str, before: Callable[[], object] = lambda: None) -> Backup:
        """Make all that the user entered be as in a backup, as one step, which undo takes back.

        What was announced follows, though undo leaves that as it is. ``before`` is called when the backup was
        verified and nobody else can write, before anything is changed; what it raises ends it. Raises
        ``Refused`` where the file is no sound backup.
        """
        with self._database.attached(file, _RESTORED) as backup, self.transaction(label) as t:
            before()
            t.take_rows_of(_RESTORED)
        return backup

    @property
    def keys(self) -> Keys:
        """The keys that were given so far, for the database and its backups."""
        return self._database.keys

    @property
    def is_under_passphrase(self) -> bool:
        """Whether the database is."""
        return self._database.key is not None

    def has_key(self, passphrase: str) -> bool:
        """Whether the database is under this passphrase; takes a quarter of a second."""
        key = self._database.key
        return key is not None and derive(passphrase, key.salt) == key

    @property
    def is_in_keyring(self) -> bool:
        """Whether the user has the system's keyring keep the passphrase, as noted beside the database."""
        return self._database.path is not None and Note(self._database.path).is_in_keyring

    def note_keyring(self, is_kept: bool) -> None:
        """Note beside the database whether the keyring keeps the passphrase. Raises ``Refused``."""
        if self._database.path is not None and self._database.key is not None:
            with translated_errors(self._database.name):
                Note(self._database.path).write([self._database.key], in_keyring=is_kept)

    def put_under_key(self, key: Key | None, second: Path | None = None) -> None:
        """Put the database under another key, or let it be plain; undo stays as it is.

        Copies that were broken off, and may be plain, are deleted; so they are in the ``second`` folder for
        backups. Raises ``Refused``, and then nothing is changed.
        """
        self._database.put_under_key(key, second)
        with suppress(Refused):  # it has the key; a disk that fails since is told by what needs it next
            self._seen_version = self._database.data_version()

    def renew_backups(
        self, second: Path | None = None, is_cancelled: Callable[[], bool] = bool
    ) -> list[Path]:
        """Write the backups anew as the database is, under its passphrase or plain; those that couldn't be.

        So is what was kept aside of damaged files. In the ``second`` folder it is those of the same names:
        there may be others' as well; where it isn't there, as a stick that was pulled out, it is given back
        itself. What is broken off goes on with the next call, which a backup that is damaged, or that no key
        of ours opens, another's, doesn't call for. Any thread may call this.
        """
        from followup_desktop.storage import sealing

        check_folder(self.backups_folder)  # else nobody knows which there are, nor what keys they need
        files = backup_files(self.backups_folder)
        if second is not None:
            files += [copy for copy in (second / file.name for file in files) if copy.exists()]
        other = self._database.again(is_cancelled)
        try:
            left, hopeless = rekeying.renew_backups(files, other.key, self.keys, is_cancelled)
            if second is not None and not second.is_dir():
                left.append(second)
            if other.path is not None:
                with translated_errors(str(self.backups_folder)):
                    left += sealing.renew(other.path, other.key, self.keys, is_cancelled)
            if not left and other.has_former_keys():
                other.forget_former_keys()
        finally:
            other.close()
        return left + hopeless

    def has_backups_to_renew(self) -> bool:
        """Whether the passphrase was changed, and not yet all backups with it; any thread may call this."""
        from followup_desktop.storage import sealing

        other = self._database.again(bool)
        try:
            path = other.path
            with translated_errors(str(self.backups_folder)):
                return other.has_former_keys() or (
                    path is not None and sealing.has_work(path, other.key, self.keys)
                )
        finally:
            other.close()

    def check_file(self, is_cancelled: Callable[[], bool] = bool) -> None:
        """Look at every page of the file, on any thread; raises ``Refused`` if it is damaged.

        Once it is cancelled, it ends with an error that is none of the file's.
        """
        self._database.check_file(is_cancelled)

    @property
    def is_to_be_looked_at(self) -> bool:
        """Whether the file was too large to be looked at as it was opened."""
        return self._database.is_to_be_looked_at

    def look_after_start(self, is_cancelled: Callable[[], bool] = bool) -> None:
        """Look at such a file, on any thread, as far as a second goes; ``Refused`` if it is damaged."""
        self._database.look_after_start(is_cancelled)

    def why_misplaced(self) -> str | None:
        """The sentence for a file that was moved or replaced while it is open, or may only be read."""
        return self._database.why_misplaced()

    def why_damaged(self) -> str | None:
        """The sentence for a file that was found damaged, and not sound since; ``None`` if it was not."""
        return self._database.why_damaged()

    def second_connection(
        self, cancelled: Callable[[], bool], on_progress: OnProgress = ignore_progress
    ) -> Store:
        """A store over another connection, for another thread, with this one's planner and history.

        It tells nobody what it changes: ``catch_up`` does afterwards. Once ``cancelled`` is true it breaks
        off, and what was not committed is rolled back. This one must not write meanwhile. ``on_progress``
        hears of how many applications of how many the follow-ups are planned.
        """
        other = Store(self._database.again(cancelled))
        other._plan = self._plan
        other._on_progress = on_progress
        other._before_large_change = self._before_large_change
        other.history = self.history.through(other._replay)
        other.subscribe(self._missed.append)
        return other

    def catch_up(self) -> None:
        """Tell what the stores made by ``second_connection`` have changed."""
        missed = tuple(self._missed)
        self._missed.clear()
        if missed:
            self._seen_version = self._database.data_version()
        for changes in missed:
            self._notify(changes)

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    def _replay(self, label: str, changeset: Changeset) -> Changes:
        with self._database.writing():
            known, kept = self.known_applications(), self._kept()
            with self._database.translated_errors():
                apply(self._database.connection, changeset)
            touched = TouchedRecords.of(changeset.changes, self)
            changes = self._follow(label, touched, _untouched(known, touched), kept)
        self._notify(changes)
        return changes

    def _follow(
        self,
        label: str,
        touched: TouchedRecords,
        known: dict[str, Application | None],
        kept: Mapping[str, object],
    ) -> Changes:
        """Have the plan follow. What is ``known`` after the change stays so, and ``kept`` but for its own.

        Today names forty applications, and took 2 of its 7 ms to read them all again after each edit.
        """
        change = PlanChange()
        with self._database.holding(**{APPLICATIONS: known}, **kept):
            kept_lists(self._database).outdate(touched.applications)
            kept_interviews(self._database).outdate(touched.applications)
            if self._plan is not None and (touched.rows or touched.announced):
                change = self._plan(PlanWriter(self._database, self._on_progress), touched)
        return Changes(
            label=label,
            applications=touched.applications | change.applications,
            edited=touched.applications,
            contacts=touched.contacts,
            follow_ups=touched.choices | change.follow_ups,
            settings=touched.policy or touched.search or touched.templates,
        )

    def _notify(self, changes: Changes) -> None:
        for callback in tuple(self._subscribers):
            callback(changes)


def _untouched(
    known: Mapping[str, Application | None], touched: TouchedRecords
) -> dict[str, Application | None]:
    """What was known before a change and still holds."""
    return {each: found for each, found in known.items() if each not in touched.applications}
