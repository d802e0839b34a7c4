"""Backups as the user meets them: made when they are called for, thinned, listed, checked and put back."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.retention import superseded
from followup_desktop.i18n import (
    _,
    format_clock,
    format_list,
    format_number,
    lasting,
    ngettext,
    pgettext,
    with_dots,
)
from followup_desktop.services.own_thread import Runner, own_thread
from followup_desktop.services.passphrase import unlock_backup
from followup_desktop.services.ports import Clock
from followup_desktop.services.progress import Cancelled
from followup_desktop.services.wording import Wording
from followup_desktop.storage import backups, opening
from followup_desktop.storage.backups import Backup, BackupContents, NoBackupNeeded, Why
from followup_desktop.storage.cipher import Keys
from followup_desktop.storage.database import opens
from followup_desktop.storage.failures import LockedBackup, Newer, UnusableBackup, translated_errors
from followup_desktop.storage.file_watch import free_name
from followup_desktop.storage.leftovers import remove_unfinished
from followup_desktop.storage.opening import NO_KEYS
from followup_desktop.storage.replacing import replace_database
from followup_desktop.storage.salvage import may_be_read, salvage
from followup_desktop.storage.store import Store

if TYPE_CHECKING:
    from followup_desktop.services.inside_backup import InsideBackup

_RUN = own_thread("daily backup")
AFTER_START = timedelta(minutes=1)
"""The start is over by then, and nobody waits for the disk."""
LOOK_EVERY = timedelta(hours=1)
"""So often it is looked whether anything was edited on a day that has no backup yet."""
AGAIN_AFTER = timedelta(minutes=10)
"""What couldn't be kept is tried again so soon."""
UNFINISHED_FOR = timedelta(minutes=5)
"""So old a file that is still being written is left over."""
CHECKED = 5
"""So many of the newest backups are checked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupRow:
    """A backup in words: when it was made, what it holds, how large it is, whether it was checked, and why.

    ``backup`` is ``None`` for a file that can't be read as one, or not yet.
    """

    file: Path
    backup: Backup | None
    when: str
    holds: str
    size: str
    state: str
    why: str
    is_locked: bool = False
    """Whether it may be one under a passphrase that wasn't given yet."""
    is_unread_now: bool = False
    """Whether another look may find it well, though nothing was done to the file: the disk failed, say."""

    @property
    def id(self) -> str:
        """What tells it from the others."""
        return str(self.file)

    @property
    def text(self) -> str:
        """All of it in a line: "Tue 09:00 · 42 applications · 1.1 MB · checked"."""
        parts = (self.when, self.holds, self.size, self.state, self.why)
        return with_dots(parts)


class BackupWording:
    """Backups in words, for the user's zone."""

    def __init__(self, wording: Wording, zone_name: str, now: datetime) -> None:
        self._wording = wording
        self._zone = zone_name
        self._now = now

    def row(self, backup: Backup) -> BackupRow:
        """A backup that could be read."""
        return BackupRow(
            file=backup.file,
            backup=backup,
            when=self.when(backup.made_at),
            holds=holds(backup),
            size=size(backup.size),
            state=state_of(backup),
            why=why_in_words(backup.why),
        )

    def unread_row(self, file: Path, why: Refused) -> BackupRow:
        """A file among the backups that can't be read as one, or is locked."""
        return BackupRow(
            file=file,
            backup=None,
            when=file.stem,
            holds="",
            size="",
            state=why_unread_in_words(why),
            why="",
            is_locked=isinstance(why, LockedBackup),
            is_unread_now=not isinstance(why, LockedBackup | UnusableBackup | Newer),
        )

    def when(self, at: datetime) -> str:
        """When it was made: "today 09:00", "Tue 09:00", "Tue 13 Oct 09:00"."""
        from followup_desktop.domain.worktime import local

        day, today = local(at, self._zone), local(self._now, self._zone)
        if timedelta(0) < today.date() - day.date() < timedelta(days=7):
            return self._wording.when.on_weekday(day.date(), format_clock(day.time()))
        return self._wording.when.soon(at, self._now, self._zone)

    def lasting(self, at: datetime) -> str:
        """When it was made, in words that are as true on a later day: "Tue 13 Oct 09:00"."""
        return self._wording.when.full(at, self._now, self._zone)


def holds(backup: Backup) -> str:
    """How many applications there are in it."""
    return holds_rows(backup.rows)


def state_of(backup: Backup) -> str:
    """Whether it was checked when it was made: one that was copied by hand was not."""
    return _("checked when made") if backup.contents is not None else _("not checked")


def why_unread_in_words(why: Refused) -> str:
    """What keeps a file from being read as a backup; what the disk or the system does may be over soon."""
    if isinstance(why, LockedBackup):
        return _("damaged, or encrypted with another passphrase")
    if isinstance(why, UnusableBackup):
        return _("damaged")
    return _("from a newer version") if isinstance(why, Newer) else _("can't be read now")


def holds_rows(rows: Mapping[str, int]) -> str:
    """How many applications there are, of so many rows of each table; people and reminders where none are."""
    others = {"contact": _people, "reminder": _reminders} if not rows.get("application") else {}
    return format_list(
        [say(rows) for table, say in others.items() if rows.get(table)] or [_applications(rows)]
    )


def _applications(rows: Mapping[str, int]) -> str:
    count = rows.get("application", 0)
    return ngettext("{n} application", "{n} applications", count).format(n=format_number(count))


def _people(rows: Mapping[str, int]) -> str:
    count = rows.get("contact", 0)
    return ngettext("{n} person", "{n} people", count).format(n=format_number(count))


def _reminders(rows: Mapping[str, int]) -> str:
    count = rows.get("reminder", 0)
    return ngettext("{n} reminder", "{n} reminders", count).format(n=format_number(count))


def size(count: int) -> str:
    """A number of bytes in words: "340 kB", "1.1 MB"."""
    if count < 1_000_000:
        return _("{n} kB").format(n=format_number(max(1, round(count / 1000))))
    return _("{n} MB").format(n=format_number(round(count / 1_000_000, 1)))


def why_in_words(why: Why | None) -> str:
    """What it was made for; nothing for a daily one."""
    return {
        Why.DAILY: "",
        Why.ASKED: pgettext("what a backup was made for", "by hand"),
        Why.RESTORE: pgettext("what a backup was made for", "before restoring"),
        Why.IMPORT: pgettext("what a backup was made for", "before an import"),
        Why.DELETION: pgettext("what a backup was made for", "before deleting"),
        Why.UPDATE: pgettext("what a backup was made for", "before an update"),
        Why.LOSS: pgettext("what a backup was made for", "rescued"),
        Why.SALVAGED: pgettext("what a backup was made for", "salvaged"),
        None: "",
    }[why]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenBackup:
    """What is in a backup, and how much of everything there is; it is to be closed.

    ``row`` is ``None`` for what is in the database itself.
    """

    row: BackupRow | None
    summary: str
    contents: InsideBackup


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoredBackup:
    """What was put back, in a sentence and as it is, and where that is kept which was there before.

    ``note`` is what that sentence says of the passphrase, if it has become another.
    """

    sentence: str
    backup: Backup
    kept: Path | None
    note: str = ""


class SavedBackup(NamedTuple):
    """A backup in a file of the user's choice, and where an older one with more in it is kept."""

    backup: Backup
    kept: Path | None


class Backups:
    """The backups of one store, in ``folder``, and in the folder that ``second`` names, if it names one."""

    def __init__(
        self,
        store: Store,
        folder: Path,
        clock: Clock,
        wording: Wording,
        second: Callable[[], Path | None] = lambda: None,
    ) -> None:
        self._store = store
        self.folder = folder
        self._clock = clock
        self._wording = wording
        self._second = second
        self._known: dict[Path, tuple[tuple[int, int], Backup | UnusableBackup]] = {}

    @property
    def keys(self) -> Keys:
        """The keys that were given so far, which open backups, too."""
        return self._store.keys

    def renew(self, is_cancelled: Callable[[], bool] = bool) -> list[Path]:
        """Write the backups anew as the database is, under its passphrase or plain; those that couldn't be.

        Any thread may call this over a store of its own.
        """
        return self._store.renew_backups(self._second(), is_cancelled)

    def go_on_renewing(self) -> None:
        """Write anew what is left of the last change of the passphrase, if it was broken off."""
        if self._store.has_backups_to_renew():
            self.renew()

    @property
    def second_folder(self) -> Path | None:
        """The folder to which each backup is copied, if there is one."""
        return self._second()

    @property
    def is_second_away(self) -> bool:
        """Whether there is to be a second folder, and it can't be reached."""
        folder = self._second()
        return folder is not None and not folder.is_dir()

    @property
    def stamp(self) -> object:
        """Another one once anything in the folders is, or the second can't be reached, or can again."""
        second = self._second()
        return [(folder, _stamp(folder)) for folder in (self.folder, second) if folder is not None]

    def plain_in_second(self) -> list[Path]:
        """The backups there that aren't encrypted: ``renew`` leaves those alone whose names aren't ours."""
        folder = self._second()
        return [] if folder is None else [file for file in backups.files(folder) if opening.is_plain(file)]

    def unlike_data(self) -> list[Path]:
        """The backups, in the second folder too, that are plain while the data aren't, or the other way."""
        second = self._second()
        folders = [self.folder, *([] if second is None else [second])]
        found = [file for folder in folders for file in backups.files(folder)]
        return [file for file in found if opening.is_plain(file) is self._store.is_under_passphrase]

    def over(self, store: Store) -> Backups:
        """These backups over another connection, for another thread."""
        return Backups(store, self.folder, self._clock, self._wording, self._second)

    def make(
        self,
        why: Why,
        is_cancelled: Callable[[], bool] = bool,
        *,
        is_kept: Callable[[BackupContents], bool] = lambda _contents: False,
    ) -> Backup:
        """Make one; any thread may call this. Raises ``Refused``; ``NoBackupNeeded`` as ``is_kept`` tells.

        Where it can't be copied to the second folder, that is told only if it is one for its own sake.
        """
        now = self._clock()
        target = free_name(self.folder / backups.name_of(now, why))
        made = self._store.make_backup(target, why, now, is_cancelled, is_kept=is_kept)
        try:
            self.copy_to_second(made)
        except Refused:
            if why in {Why.DAILY, Why.ASKED}:
                raise
        return made

    def make_by_hand(self, is_cancelled: Callable[[], bool] = bool) -> Backup:
        """Make one because the user asks for it. Raises ``Refused``."""
        return self.make(Why.ASKED, is_cancelled)

    def make_if_changed(self, why: Why) -> Backup | None:
        """Make one if anything was edited since the newest, and there is anything.

        Any thread may call this. Raises ``Refused``.
        """
        newest = next((each for each in self.found()[0] if each.contents is not None), None)

        def is_kept(present: BackupContents) -> bool:
            return not any(present.rows.values()) or (newest is not None and newest.contents == present)

        try:
            return self.make(why, is_kept=is_kept)
        except NoBackupNeeded:
            return None

    def make_for(self, now: datetime) -> bool:
        """Make that of this day, if there is none yet and anything was edited since the newest.

        Whether there is one of this day now.
        """
        if any(each.why is Why.DAILY and each.made_at.date() == now.date() for each in self.found()[0]):
            return True
        return self.make_if_changed(Why.DAILY) is not None

    def check_database(self) -> None:
        """Look at all of the database. Raises ``Refused`` where it is damaged."""
        self._store.check_file()

    def save_as(self, target: Path) -> SavedBackup:
        """Write one to a file of the user's choice, if need be over an older one of the same data.

        What that has and the data lack stays under another name. Raises ``Refused``; then all is as it was.
        """
        kept = free_name(target) if self._has_more(target) else None
        if kept is not None:
            with translated_errors(str(target)):
                target.rename(kept)
        try:
            return SavedBackup(self._store.make_backup(target, Why.ASKED, self._clock()), kept)
        except BaseException:
            if kept is not None:
                with contextlib.suppress(OSError):
                    kept.rename(target)
            raise

    def _has_more(self, target: Path) -> bool:
        """Whether there is an older one with something that the data lack; refuses what is no older one."""
        if not os.path.lexists(target):
            return False
        no_backup = _("{file} already exists and isn't a backup. Choose another file.").format(file=target)
        try:
            older = backups.read(target, self._store.keys)
        except (UnusableBackup, LockedBackup) as refused:
            raise Refused(no_backup) from refused
        if older.why is None:  # a database that is worked with, or was copied by hand
            raise Refused(no_backup)
        compared = self._store.compare(target)
        if not compared.is_of_them:
            sentence = _("{file} is a backup of other data ({holds}). Choose another file.")
            raise Refused(sentence.format(file=target, holds=holds(older)))
        return compared.has_more

    def found(self) -> tuple[list[Backup], dict[Path, Refused]]:
        """The backups, the newest first, and files among them that can't be read, with why."""
        return backups.listed(self.folder, self._store.keys)

    @property
    def why_unread(self) -> str:
        """Why no backup can be kept or found, in a sentence; empty where they can."""
        try:
            backups.check_folder(self.folder)
        except Refused as refused:
            return str(refused)
        return ""

    def rows(self) -> list[BackupRow]:
        """The backups in words; each file is read once as long as it stays as it is, unless that fails."""
        words, rows, unread = self.words, [], []
        for file in backups.files(self.folder):
            try:
                found = self._known_or_read(file)
            except Refused as refused:  # the disk may be well soon, and a passphrase be given any time
                unread.append(words.unread_row(file, refused))
                continue
            if isinstance(found, UnusableBackup):
                unread.append(words.unread_row(file, found))
            else:
                rows.append(found)
        rows.sort(key=lambda backup: (backup.made_at, backup.file.name), reverse=True)
        return [*map(words.row, rows), *unread]

    def _known_or_read(self, file: Path) -> Backup | UnusableBackup:
        with translated_errors(str(file)):
            status = file.stat()
        stamp = (status.st_mtime_ns, status.st_size)
        known = self._known.get(file)
        if known is None or known[0] != stamp:
            try:
                known = (stamp, backups.read(file, self._store.keys))
            except UnusableBackup as damaged:
                known = (stamp, damaged)
            self._known[file] = known
        return known[1]

    def row_of(self, file: Path) -> BackupRow:
        """Any file that the user chose, as a row. Raises ``Refused`` where it is no backup."""
        try:
            return self.words.row(backups.read(file, self._store.keys))
        except LockedBackup as locked:
            return self.words.unread_row(file, locked)

    def look_into(self, file: Path) -> OpenBackup:
        """What is in a backup, to be read. Raises ``Refused`` where it is no sound one."""
        from followup_desktop.services.inside_backup import InsideBackup

        backup = backups.read(file, self._store.keys)
        contents = InsideBackup(file, self._store.keys, self._wording, backup.made_at)
        return OpenBackup(row=self.words.row(backup), summary=summary(backup.rows), contents=contents)

    @property
    def words(self) -> BackupWording:
        """Backups in words, as of now."""
        return BackupWording(self._wording, self._store.policy().timezone, self._clock())

    def thin_out(self) -> None:
        """Delete the backups for which later ones stand, in both folders; never one that the user named."""
        self._remove_unfinished()
        made = [each for each in self.found()[0] if each.is_automatic]
        gone = superseded((each.made_at for each in made), self._clock())
        second = self._second()
        for each in made:
            if each.made_at in gone:
                for folder in (self.folder, second):
                    if folder is not None:
                        with contextlib.suppress(OSError):
                            (folder / each.file.name).unlink(missing_ok=True)

    def _remove_unfinished(self) -> None:
        before, second = self._clock() - UNFINISHED_FOR, self._second()
        remove_unfinished(self.folder, before)
        if second is not None:  # there may be others' as well
            names = {file.name for file in (*backups.files(self.folder), *backups.files(second))}
            remove_unfinished(second, before, names)

    def restore(self, file: Path, is_cancelled: Callable[[], bool] = bool) -> RestoredBackup:
        """Put a backup back as one step, which undo takes back, and keep a copy of what is there now.

        Raises ``Refused`` where the file is no sound backup or no copy can be kept; then nothing changes.
        """
        kept: list[Backup] = []
        made_at, words = backups.read(file, self._store.keys).made_at, self.words

        def keep() -> None:
            if is_cancelled():
                raise Cancelled
            kept.append(self.make(Why.RESTORE))

        label = lasting(
            lambda: pgettext("a step to undo", "Restore the backup of {when}").format(
                when=words.lasting(made_at)
            )
        )
        backup = self._store.put_back(file, label, keep)
        text = _("Restored the backup of {when}: {holds}. What you had before is kept in {file}.")
        said = text.format(when=words.when(made_at), holds=holds(backup), file=kept[0].file)
        return RestoredBackup(sentence=said, backup=backup, kept=kept[0].file)

    def copy_newest(self) -> None:
        """Copy the newest one to the second folder; make one if there is none."""
        found = self.found()[0]
        self.copy_to_second(found[0] if found else self.make(Why.ASKED))

    def copy_to_second(self, made: Backup) -> None:
        """Copy one to the second folder, if there is one, and look whether it is the same there."""
        folder = self._second()
        if folder is None:
            return
        part = folder / f".{made.file.name}.part"
        try:
            shutil.copyfile(made.file, part)
            part.chmod(0o600)
            backups.verify(part, self._store.keys)
            part.replace(folder / made.file.name)
        except (OSError, Refused) as error:
            sentence = _(
                "The backup was made, but couldn't be copied to {folder}. Check that folder, or "
                "choose another."
            )
            raise Refused(sentence.format(folder=folder)) from error
        finally:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)


def look_at(database: Path, keys: Keys, wording: Wording, now: datetime) -> OpenBackup:
    """What is in a database that can only be read. Raises ``Refused``."""
    from followup_desktop.services.inside_backup import InsideBackup

    counted = backups.read(database, keys).rows
    return OpenBackup(row=None, summary=summary(counted), contents=InsideBackup(database, keys, wording, now))


def summary(rows: Mapping[str, int]) -> str:
    """What there is, in numbers: "42 applications, 17 people, 60 interviews and 210 entries"."""
    interviews, entries = (rows.get(table, 0) for table in ("interview", "event"))
    return format_list(
        [
            _applications(rows),
            _people(rows),
            ngettext("{n} interview", "{n} interviews", interviews).format(n=format_number(interviews)),
            ngettext("{n} event", "{n} events", entries).format(n=format_number(entries)),
            *([_reminders(rows)] if rows.get("reminder") else []),
        ]
    )


def check_all(keeper: Backups) -> str:
    """Look at all of the database and the newest backups; ``Refused`` where one of them is damaged."""
    keeper.check_database()
    backups.check_folder(keeper.folder)
    sound, locked, wrong = check_newest(keeper.folder, keeper.keys)
    if wrong:
        raise wrong[0]
    if not locked:
        return _sound_in_words(sound)
    said = _sound_in_words(sound) if sound else _("Your data is sound.")
    return f"{said} {unchecked(len(locked))}"


def unchecked(count: int) -> str:
    """Says that so many backups can't be looked at: noise looks as what is under another passphrase does."""
    text = ngettext(
        "{n} backup wasn't checked: it's encrypted with another passphrase, or damaged.",
        "{n} backups weren't checked: they're encrypted with another passphrase, or damaged.",
        count,
    )
    return text.format(n=format_number(count))


def _sound_in_words(sound: Sequence[Backup]) -> str:
    if not sound:
        return _("Your data is sound. There are no backups yet.")
    text = ngettext(
        "Your data is sound, and so is the backup.",
        "Your data is sound, and so are the {n} newest backups.",
        len(sound),
    )
    return text.format(n=format_number(len(sound)))


class BackupCheck(NamedTuple):
    """The backups that are as they were made, those that no key opens, and what is wrong with others."""

    sound: list[Backup]
    locked: list[Path]
    wrong: list[Refused]


def check_newest(folder: Path, keys: Keys = NO_KEYS, count: int = CHECKED) -> BackupCheck:
    """Look at all of the newest backups."""
    found, others = backups.listed(folder, keys)
    checked = BackupCheck([], [], [])
    for file in (*(each.file for each in found[:count]), *others):
        try:
            checked.sound.append(backups.verify(file, keys))
        except LockedBackup:
            checked.locked.append(file)
        except Refused as refused:
            checked.wrong.append(refused)
    return checked


def no_sound_one(folder: Path, keys: Keys = NO_KEYS) -> str:
    """Says that there is no sound backup with anything in it, or none without another passphrase."""
    try:
        backups.check_folder(folder)
    except Refused as refused:
        return str(refused)
    found, others = backups.listed(folder, keys)
    if any(isinstance(why, LockedBackup) for why in others.values()):
        return _("The backups in the data folder are damaged, or can only be opened with their passphrase.")
    if any(not backups.holds_anything(each.rows) for each in found):
        return _("The only good backups in the data folder are empty.")
    return _("There's no good backup in the data folder.")


def newest_sound(folder: Path, keys: Keys = NO_KEYS) -> Backup | None:
    """The newest backup that is as it was made and has anything in it, if there is one."""
    for each in backups.listed(folder, keys)[0]:
        if backups.holds_anything(each.rows):
            with contextlib.suppress(Refused):
                return backups.verify(each.file, keys)
    return None


def replace_broken(database: Path, file: Path, at: datetime, keys: Keys = NO_KEYS) -> RestoredBackup:
    """Put a backup in the place of a database that can't be opened; tells what was done and kept.

    Nobody may have it open. Raises ``Refused`` where the file is no sound backup.
    """
    backup, kept, key, is_key_new = replace_database(database, file, at, keys)
    said = _("Restored a backup: {holds}.").format(holds=holds(backup))
    if kept is not None:
        text = _("Restored a backup: {holds}. The files that were there before are kept in {folder}.")
        said = text.format(holds=holds(backup), folder=kept)
    note = ""
    if is_key_new:
        note = (
            _("Your data isn't encrypted now because this backup isn't.")
            if key is None
            else _("Your data is now encrypted with the passphrase of this backup.")
        )
    return RestoredBackup(sentence=f"{said} {note}".rstrip(), backup=backup, kept=kept, note=note)


def salvage_broken(database: Path, folder: Path, at: datetime, keys: Keys = NO_KEYS) -> RestoredBackup:
    """Put in the place of a damaged database what can still be read of it; tells what that is.

    Nobody may have it open. Raises ``Refused`` where nothing can be read, or only reminders and there is a
    backup with more.
    """
    target = free_name(folder / backups.name_of(at, Why.SALVAGED))

    def is_too_little(found: BackupContents) -> bool:
        if backups.holds_anything(found.rows, but_reminders=True):
            return False
        newest = newest_sound(folder, keys)
        return newest is not None and backups.holds_anything(newest.rows, but_reminders=True)

    saved = salvage(database, target, at, keys, is_too_little)
    kept = replace_database(database, saved.file, at, keys).kept
    text = _("Saved what could be read: {summary}. The damaged files are kept in {folder}.")
    return RestoredBackup(
        sentence=text.format(summary=summary(saved.rows), folder=kept), backup=saved, kept=kept
    )


class Rescue:
    """What can be done where a database can't be opened, which nobody has open."""

    def __init__(
        self, database: Path, folder: Path, words: BackupWording, now: datetime, keys: Keys = NO_KEYS
    ) -> None:
        self._database = database
        self._now = now
        self._keys = keys
        self.folder = folder
        found = newest_sound(folder, keys)
        self.newest = words.row(found) if found is not None else None
        """The newest backup that is as it was made, if there is one."""
        self.why_none = "" if found is not None else no_sound_one(folder, keys)

    def unlock(self, file: Path, passphrase: str) -> None:
        """Open a backup, or the database itself, by its passphrase. Raises ``Refused``."""
        unlock_backup(file, passphrase, self._keys)

    @property
    def database(self) -> Path:
        """The file that can't be opened."""
        return self._database

    @property
    def data_folder(self) -> Path:
        """Where everything is."""
        return self._database.parent

    @property
    def stamp(self) -> list[tuple[int, ...]]:
        """Another one once anybody has changed the file, or put another in its place."""
        there = [file for file in (self._database, *opening.beside(self._database)) if os.path.lexists(file)]
        looks = [file.lstat() for file in there]
        return [(each.st_dev, each.st_ino, each.st_size, each.st_mtime_ns) for each in looks]

    def opens(self) -> bool:
        """Whether the database can be opened by now: then nothing is to take its place."""
        return opens(self._database, self._keys)

    @property
    def may_be_read(self) -> bool:
        """Whether there is a file at all in which something could be read."""
        return may_be_read(self._database)

    def salvage(self) -> str:
        """Put in its place what can still be read of it, and keep what was there; says so.

        Raises ``Refused``.
        """
        return salvage_broken(self._database, self.folder, self._now, self._keys).sentence

    def restore(self, file: Path) -> str:
        """Put a backup in its place, and keep what was there; says so. Raises ``Refused``."""
        return replace_broken(self._database, file, self._now, self._keys).sentence


def _stamp(folder: Path) -> list[tuple[str, int, int]] | None:
    """What tells whether the files there are others; ``None`` where none can be read."""
    try:
        with os.scandir(folder) as entries:
            found = [(each.name, each.stat(follow_symlinks=False)) for each in entries]
    except OSError:
        return None
    return sorted((name, status.st_size, status.st_mtime_ns) for name, status in found)


@dataclass(slots=True)
class _BackupOutcome:
    """What came of the backup that was made on the thread."""

    failure: str = ""
    is_made: bool = False
    error: Exception | None = None


class DailyBackup:
    """Makes a backup on each day on which something was edited, on a thread of its own; ``beat`` sees to it.

    ``may_thin`` tells whether the clock is to be believed: only then are old ones deleted.
    """

    def __init__(
        self,
        keeper: Backups,
        began: datetime,
        may_thin: Callable[[datetime], bool],
        run: Runner = _RUN,
    ) -> None:
        self._keeper = keeper
        self._began = began
        self._may_thin = may_thin
        self._run = run
        self._done_on = ""
        self._tried_at: datetime | None = None
        self._work: _BackupOutcome | None = None
        self._ended: Callable[[float], bool] | None = None
        self.failure = ""
        """Why the last one couldn't be made, in a sentence; empty where it could."""

    def beat(self, now: datetime) -> None:
        """See what became of a backup, and begin one where it is called for."""
        if self._work is not None and self._ended is not None and self._ended(0):
            work, self._work = self._work, None
            self.failure = work.failure
            if work.is_made:
                self._done_on = now.date().isoformat()
            if work.error is not None:
                raise work.error
        elif self._work is None and self._is_called_for(now):
            work = self._work = _BackupOutcome()
            self._tried_at = now
            may_thin = self._may_thin(now)
            self._ended = self._run(lambda: self._do(work, now, may_thin))

    def _is_called_for(self, now: datetime) -> bool:
        if abs(now - self._began) < AFTER_START or self._done_on == now.date().isoformat():
            return False
        pause = AGAIN_AFTER if self.failure else LOOK_EVERY
        return self._tried_at is None or abs(now - self._tried_at) >= pause

    def _do(self, outcome: _BackupOutcome, now: datetime, may_thin: bool) -> None:
        try:
            self._keeper.go_on_renewing()
            outcome.is_made = self._keeper.make_for(now)
            if may_thin:
                self._keeper.thin_out()
        except Refused as refused:
            outcome.failure = str(refused)
        except Exception as error:  # noqa: BLE001 - raised again by the beat that finds it
            outcome.error = error
