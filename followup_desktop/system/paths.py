"""Where the program keeps its data and finds its resources."""

from __future__ import annotations

import contextlib
import os
import re
import stat
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from followup_desktop.domain.errors import ReadOnly, Refused, reason_of
from followup_desktop.i18n import _

APP_NAME = "followup-desktop"
DATA_DIR_VARIABLE = "FOLLOWUP_DATA_DIR"

_TELLS = re.compile(rb"^(geometry=|view=|\[writing\])", re.MULTILINE)
"""What stands in ``window.ini`` once a window was closed, or a form left."""
_DRAFT = re.compile(rb"^\[writing\][ \t]*\r?\n(?:(?!\[).*\n)*?[^\[=\n]+=[ \t]*[^ \t\r\n]", re.MULTILINE)
"""The section in which forms keep what was typed into them, with anything in it."""
_BESIDE_THE_DATABASE = ("-wal", "-shm", "-journal")
_LOGS = ("-wal", "-journal")
_STATES = ("followup.state", "followup.cipher")
_OF_THE_WINDOW = (
    *_STATES,
    "window.ini",
    "window.ini.lock",
    "window.lock",
    "problems.log",
    "passwords.json",
    "followup.moments",
)
_OF_THE_DATABASE = ("followup.db", *(f"followup.db{ending}" for ending in _BESIDE_THE_DATABASE))
_OWN_NAMES = (*_OF_THE_DATABASE, *_OF_THE_WINDOW)
_ASIDE = re.compile(r"followup\.db-(wal|shm)(-\d+)?\.of-the-former", re.IGNORECASE)
_DATABASE = b"SQLite format 3\0"
_BEGINNINGS = (_DATABASE, b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83", b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7")
"""How a database of SQLite begins, its log in either byte order, and its journal."""


@dataclass(frozen=True, slots=True)
class DataPaths:
    """The files and folders of one data folder."""

    folder: Path

    @property
    def can_be_written_to(self) -> bool:
        """Whether files can be made in the folder."""
        return os.access(self.folder, os.R_OK | os.W_OK | os.X_OK)

    def identity(self) -> tuple[int, int] | None:
        """What tells the folder from another that takes its name; ``None`` if there is none."""
        try:
            status = self.folder.stat()
        except OSError:
            return None
        return status.st_dev, status.st_ino

    def why_open_to_others(self) -> str:
        """In a sentence, if others on this computer can delete or replace what is in the folder."""
        if sys.platform == "win32":
            return ""
        status = self.folder.stat()
        is_shared = status.st_mode & stat.S_IWGRP and status.st_gid != os.getgid()
        if not (status.st_mode & stat.S_IWOTH or is_shared):
            return ""
        sentence = _(
            "Others on this computer can delete or replace files in the data folder {folder}. Let only "
            "yourself write there."
        )
        return sentence.format(folder=self.folder)

    def check_writable(self) -> None:
        """Raise ``ReadOnly`` where no files can be made in the folder."""
        if not self.can_be_written_to:
            sentence = _(
                "The data folder {folder} isn't writable. Change its permissions, or choose another."
            )
            raise ReadOnly(sentence.format(folder=self.folder))

    @property
    def database(self) -> Path:
        """The database with everything the user entered."""
        return self.folder / "followup.db"

    @property
    def backups(self) -> Path:
        """The folder of the copies made before a migration and now and then."""
        return self.folder / "backups"

    @property
    def lock(self) -> Path:
        """The file whose lock the program with the window holds."""
        return self.folder / "window.lock"

    @property
    def settings(self) -> Path:
        """The file with what the window remembers, drafts among it."""
        return self.folder / "window.ini"

    @property
    def passwords(self) -> Path:
        """The file with passwords, where the system has no keyring."""
        return self.folder / "passwords.json"

    @property
    def trace(self) -> Path | None:
        """A file that tells that a window was open here, or something was being written; if there is one."""
        try:
            told = _TELLS.search(self.settings.read_bytes())
        except OSError:
            return None
        return self.settings if told else None

    @property
    def drafts(self) -> Path | None:
        """The file with what was being written and is saved nowhere else; if there is any."""
        try:
            kept = _DRAFT.search(self.settings.read_bytes())
        except OSError:
            return None
        return self.settings if kept else None

    @property
    def has_traces(self) -> bool:
        """Whether the program keeps data here, or did: by any of its files, or by copies of the database."""
        return self._has_data() or any(belongs_to_database(copy) for copy in _files_in(self.backups))

    def _has_data(self, but: Path | None = None) -> bool:
        """Whether any file of the program is here but the copies and that file."""
        own = (self.folder / name for name in (*_OF_THE_DATABASE, *_STATES))
        return (
            any(os.path.lexists(file) for file in own if but is None or not _is_same(file, but))
            or self.trace is not None
            or any(_ASIDE.fullmatch(file.name) for file in _files_in(self.folder))
        )

    def close_window_files(self) -> None:
        """Let nobody else read what is kept of the window, where a copy or another program has opened it."""
        for name in _OF_THE_WINDOW:
            _close_to_others(self.folder / name)

    def close_database_files(self) -> None:
        """Let nobody else read what SQLite keeps beside the database, or its backups.

        Once that is known to be the program's.
        """
        database = os.path.realpath(self.database)
        beside = (Path(database + ending) for ending in _BESIDE_THE_DATABASE)
        for each in (*beside, self.backups, *_files_in(self.backups)):
            _close_to_others(each)

    def owns(self, file: Path) -> bool:
        """Whether this is a file that the program keeps here, by whatever path, link or spelling.

        It need not be there yet.
        """
        real = Path(os.path.realpath(file))
        places = [self.folder / name for name in _OWN_NAMES]
        # Where the database is a link, SQLite keeps its other files beside what the link names.
        database = os.path.realpath(self.database)
        places += [Path(database + ending) for ending in ("", *_BESIDE_THE_DATABASE)]
        return (
            any(_is_same(real, place) for place in places)
            or (_ASIDE.fullmatch(real.name) is not None and _is_same(real.parent, self.folder))
            or any(_is_same(above, self.backups) for above in (real, *real.parents))
            or any(_is_same(real, copy) for copy in _files_in(self.backups))
        )

    def claims(self, file: Path, *, as_copy: bool = False) -> bool:
        """Whether the program owns this file where nobody knows yet whether the folder is a data folder.

        It is if anything tells of the program's data; and no file that has such a name is written over. With
        ``as_copy`` the file is to be a copy of the database: then a folder of copies alone tells nothing, nor
        does the one that was written there before.
        """
        real = Path(os.path.realpath(file))
        if as_copy:
            return self.owns(real) and self._has_data(but=real)
        is_there = os.path.lexists(real) and _is_same(real.parent, self.folder)
        return self.owns(real) and (is_there or self.has_traces)

    def is_output(self, descriptor: int) -> bool:
        """Whether what is written to this descriptor goes into the database or a file beside it."""
        try:
            status = os.fstat(descriptor)
        except OSError:
            return False
        database = os.path.realpath(self.database)
        files = (Path(database + ending) for ending in ("", *_BESIDE_THE_DATABASE))
        return any(file.exists() and os.path.samestat(status, file.stat()) for file in files)


def belongs_to_database(file: Path) -> bool:
    """Whether the file is a database of SQLite, or its log or journal, by what is in it or stands beside it.

    Not to be asked of a database that this process has open: closing a file gives up the locks that SQLite
    has on it.
    """
    return is_beside_database(file) or _begins(file, *_BEGINNINGS)


def is_beside_database(file: Path) -> bool:
    """Whether SQLite takes a file of this name for the log or the journal of a database beside it."""
    database, ending, after = file.name.rpartition("-")
    is_beside = database and f"{ending}{after}".casefold() in _BESIDE_THE_DATABASE
    return bool(is_beside) and _begins(file.with_name(database), _DATABASE)


def has_log_beside(file: Path) -> bool:
    """Whether anything lies where SQLite would look for the log or the journal of a database in this file."""
    return any(_is_filled(Path(f"{file}{ending}")) for ending in _LOGS)


def _is_filled(file: Path) -> bool:
    try:
        return file.stat().st_size > 0
    except OSError:
        return False


def private_from_now_on() -> None:
    """Make files and folders that this process creates readable by the user alone."""
    os.umask(0o077)


def data_paths(wanted: Path | None, environment: Mapping[str, str], *, to_read: bool = False) -> DataPaths:
    """The data folder: the wanted one, that of ``FOLLOWUP_DATA_DIR``, or the platform's; made if missing.

    A variable that is blank counts as not set.
    A folder that is made is for the user alone (0700), and so is the platform's, however it was made; another
    one that was there keeps its permissions. Raises ``Refused`` where there can't be such a folder, and
    ``ReadOnly`` where nothing can be written there, unless it is only ``to_read``.
    """
    folder = _wanted_folder(wanted, environment)
    _check_name(folder)
    make_private_folder(folder)
    paths = DataPaths(folder)
    if own_folder(paths) is None:
        _close_to_others(folder)
    if not os.access(folder, os.R_OK | os.X_OK):
        sentence = _("The data folder {folder} can't be read. Change its permissions, or choose another.")
        raise Refused(sentence.format(folder=folder))
    if not to_read:
        paths.check_writable()
    return paths


def present_data(wanted: Path | None, environment: Mapping[str, str]) -> DataPaths | None:
    """The data folder if it is there; nothing is made, and nothing refused."""
    try:
        folder = _wanted_folder(wanted, environment)
        return DataPaths(folder) if folder.is_dir() else None
    except (Refused, OSError, ValueError):
        return None


def _wanted_folder(wanted: Path | None, environment: Mapping[str, str]) -> Path:
    from_environment = environment.get(DATA_DIR_VARIABLE, "")
    if wanted is None and from_environment.strip():
        wanted = Path(from_environment)
    return _named(wanted) if wanted else _platform_folder()


def absolute_folder(environment: Mapping[str, str], variable: str) -> Path | None:
    """The folder that the variable names; the XDG specification has one ignored that is blank or relative."""
    folder = Path(environment.get(variable, ""))
    return folder if folder.is_absolute() else None


def home_folder(environment: Mapping[str, str]) -> Path | None:
    """The user's home folder, if there is one: a ``HOME`` that is blank or relative counts as not set."""
    named = absolute_folder(environment, "HOME")
    if named is not None and sys.platform != "win32":
        return named
    try:
        if sys.platform == "win32":
            return Path.home()
        import pwd

        return Path(pwd.getpwuid(os.getuid()).pw_dir)
    except (KeyError, RuntimeError):
        return None


def _named(wanted: Path) -> Path:
    try:
        home = home_folder(os.environ)
        if home is not None and wanted.parts[:1] == ("~",):
            return home.joinpath(*wanted.parts[1:]).absolute()
        return wanted.expanduser().absolute()
    except RuntimeError as error:
        sentence = _("There's no home folder for {folder}. Enter the data folder's full path.")
        raise Refused(sentence.format(folder=wanted)) from error
    except OSError as error:  # the folder that the program was started in is gone
        sentence = _("The data folder {folder} can't be found ({reason}). Enter its full path.")
        raise Refused(sentence.format(folder=wanted, reason=reason_of(error))) from error


def _platform_folder() -> Path:
    if (folder := _folder_for_data(os.environ)) is None:
        raise Refused(
            _(
                "There's no home folder to keep your data in. Set HOME, or choose a data folder with "
                "--data-dir."
            )
        )
    return folder / APP_NAME


def _folder_for_data(environment: Mapping[str, str]) -> Path | None:
    """The folder in which programs keep a user's data."""
    if sys.platform in {"darwin", "win32"}:
        from platformdirs import user_data_path

        with contextlib.suppress(RuntimeError):
            return user_data_path()
        return None
    # The package would say the same, and takes with what it imports 6 of 320 ms of a start.
    home = home_folder(environment)
    return absolute_folder(environment, "XDG_DATA_HOME") or (home and home / ".local" / "share")


def _check_name(folder: Path) -> None:
    """Refuse a name that SQLite, which takes UTF-8, would not find again."""
    if "\0" in str(folder):
        raise Refused(_("The data folder's name contains a NUL character. Choose another folder."))
    try:
        is_utf_8 = sys.platform == "win32" or os.fsencode(folder) == str(folder).encode("utf-8")
    except UnicodeEncodeError:
        is_utf_8 = False
    if not is_utf_8:
        sentence = _("The data folder's name {folder} isn't valid UTF-8. Rename it, or choose another.")
        raise Refused(sentence.format(folder=folder))


def _begins(file: Path, *beginnings: bytes) -> bool:
    try:
        if not file.is_file():
            return False
        with file.open("rb") as present:
            return present.read(max(map(len, beginnings))).startswith(beginnings)
    except (OSError, ValueError):
        return False


def _close_to_others(file: Path) -> None:
    with contextlib.suppress(OSError):
        mode = file.lstat().st_mode
        if (stat.S_ISREG(mode) or stat.S_ISDIR(mode)) and mode & 0o077:
            file.chmod(stat.S_IMODE(mode) & ~0o077)


def _is_same(file: Path, place: Path) -> bool:
    """Whether both name the same file; one that is not there yet goes by its folder and its name."""
    try:
        return file.samefile(place)
    except (OSError, ValueError):
        pass
    try:
        return file.name.casefold() == place.name.casefold() and file.parent.samefile(place.parent)
    except (OSError, ValueError):
        return False


def _files_in(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def own_folder(paths: DataPaths) -> Path | None:
    """The data folder if it was named for this start; ``None`` if it is the platform's."""
    try:
        return None if paths.folder == _platform_folder() else paths.folder
    except Refused:
        return paths.folder


def make_private_folder(folder: Path) -> None:
    """Make the folder, readable by the user alone, unless it is there. Raises ``Refused`` if it can't be."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700)
    except FileExistsError as error:
        if not folder.is_dir():
            sentence = _("{file} isn't a folder. Choose another data folder.")
            raise Refused(sentence.format(file=error.filename)) from error
    except OSError as error:
        sentence = _("The data folder {folder} can't be created ({reason}). Choose another.")
        raise Refused(sentence.format(folder=folder, reason=reason_of(error))) from error
