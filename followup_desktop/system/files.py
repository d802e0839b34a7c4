"""Reading and writing the files that a user names."""

from __future__ import annotations

import contextlib
import errno
import io
import math
import os
import re
import select
import stat
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from followup_desktop.domain.errors import Refused, reason_of
from followup_desktop.i18n import N_, _, format_number, ngettext
from followup_desktop.services.ports import FileData
from followup_desktop.system.paths import DataPaths, belongs_to_database, has_log_beside, is_beside_database

_OPEN_FILES = re.compile(r"/proc/\d+/(task/\d+/)?fd|/dev/fd")
_LINKS = 8
LARGEST = 128_000_000
"""So many bytes are read of a file."""
_LARGEST_IN_PARTS = 1_000_000_000
_HELD = 8_000_000
"""A file with more bytes is read part by part."""
_PART = 1 << 20
_PATIENCE = 10.0
_SECONDS_BETWEEN_LOOKS = 0.05
"""So soon a wait ends that is given up."""
ANOTHER_FILE = N_("choose another file")
ANOTHER_FOLDER = N_("choose another folder")
"""How to mend what is refused: clauses of the catalogue that end its sentence."""
_NAME = 40
"""So much of a long name is in that of the file beside it, which is longer."""


def read_whole(source: Path, patience: float = _PATIENCE, is_cancelled: Callable[[], bool] = bool) -> bytes:
    """The contents of a file of at most ``LARGEST`` bytes; raises ``Refused`` where it can't be read.

    A larger one is refused before it is read. A pipe or a device is read to its end, or until it has given
    more than that, or nothing for ``patience`` seconds: then it is refused, too; and soon after
    ``is_cancelled`` is true.
    """
    return opened(source, patience, is_cancelled)[:]


def opened(source: Path, patience: float = _PATIENCE, is_cancelled: Callable[[], bool] = bool) -> FileData:
    """The contents of a file as ``read_whole`` gives them, of a large one on the disk in parts."""
    no_wait = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(source, os.O_RDONLY | no_wait)
        with os.fdopen(descriptor, "rb", buffering=0) as file:
            status = os.fstat(descriptor)
            if stat.S_ISREG(status.st_mode) and status.st_size > _HELD:
                return LargeFile(os.dup(descriptor), source, status.st_size)
            if stat.S_ISREG(status.st_mode):
                return _within_limit(file, source, status.st_size)
            return _within_limit(_Patient(file, patience, is_cancelled), source)
    except IsADirectoryError as error:
        raise Refused(_("{file} is a folder. Choose a file in it.").format(file=source)) from error
    except TimeoutError as error:
        sentence = ngettext(
            "{file} sent nothing for {n} second. Check what writes to it, or choose another file.",
            "{file} sent nothing for {n} seconds. Check what writes to it, or choose another file.",
            round(patience),
        )
        raise Refused(sentence.format(file=source, n=f"{patience:g}")) from error
    except (OSError, ValueError) as error:
        raise _unread(source, error) from error


class LargeFile:
    """A file on the disk that is read as its bytes are asked for; it is open until nobody has this."""

    def __init__(self, descriptor: int, name: Path, size: int) -> None:
        self._file = os.fdopen(descriptor, "rb", buffering=0)
        self._name = name
        self._size = size
        if size > _LARGEST_IN_PARTS:
            raise _too_large(name, _LARGEST_IN_PARTS)

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, part: slice, /) -> bytes:
        start, stop, _step = part.indices(self._size)
        if stop - start > LARGEST:
            raise _too_large(self._name, LARGEST)
        parts, count = list[bytes](), 0
        try:
            self._file.seek(start)
            while found := self._file.read(stop - start - count):  # over a network, less may come at a time
                parts.append(found)
                count += len(found)
        except OSError as error:
            raise _unread(self._name, error) from error
        if count < stop - start:  # somebody has made it shorter
            raise _unread(self._name, OSError(errno.EIO, os.strerror(errno.EIO)))
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def __del__(self) -> None:
        self._file.close()


def _unread(file: Path, error: OSError | ValueError) -> Refused:
    sentence = _("{file} can't be read ({reason}). Check the name and your permissions.")
    return Refused(sentence.format(file=file, reason=_reason(error)))


def _too_large(file: Path | str, most: int) -> Refused:
    sentence = _("{file} is larger than {most} MB, the most Follow Up can read. Choose a file it exported.")
    return Refused(sentence.format(file=file, most=format_number(most // 1_000_000)))


def read_standard_input() -> bytes:
    """What comes in on standard input, up to its end; raises ``Refused`` as ``read_whole`` does."""
    try:
        return _within_limit(sys.stdin.buffer, _("Standard input"))
    except (OSError, ValueError) as error:
        sentence = _("Standard input can't be read ({reason}). Name a file instead.")
        raise Refused(sentence.format(reason=_reason(error))) from error


def _within_limit(file: _Reads, name: Path | str, size: int = 0) -> bytes:
    parts, count = [], 0
    # Of a file whose size is known all is read at once: joining parts takes twice the memory.
    while size <= LARGEST and (part := file.read(max(_PART, size + 1 - count))):
        parts.append(part)
        count += len(part)
        size = max(size, count)
    if size > LARGEST:
        parts.clear()  # the error leads here, and may be kept
        raise _too_large(name, LARGEST)
    return parts[0] if len(parts) == 1 else b"".join(parts)


class _Reads(Protocol):
    def read(self, count: int, /) -> bytes | None: ...


class _Patient:
    """A pipe or a device, opened without waiting: what it gives is waited for, but not for ever."""

    def __init__(self, file: io.FileIO, patience: float, is_cancelled: Callable[[], bool]) -> None:
        self._file = file
        self._patience = patience
        self._is_cancelled = is_cancelled

    def read(self, count: int, /) -> bytes | None:
        if not hasattr(select, "poll"):
            return self._file.read(count)
        while _is_ready(self._file.fileno(), select.POLLIN, self._is_cancelled, self._patience):
            if (part := self._file.read(count)) is not None:
                return part
        raise TimeoutError


def _is_ready(
    descriptor: int, event: int, is_cancelled: Callable[[], bool], patience: float = math.inf
) -> bool:
    """Wait so many seconds at most until it can be read or written; whether it can.

    Raises ``InterruptedError`` where it is given up.
    """
    waiting = select.poll()
    waiting.register(descriptor, event)
    end = time.monotonic() + patience
    while not is_cancelled():
        left = max(0.0, end - time.monotonic())
        if waiting.poll(1000 * min(left, _SECONDS_BETWEEN_LOOKS)):
            return True
        if not left:
            return False
    raise InterruptedError(None, _("it was cancelled"))


def write_whole(
    target: Path,
    contents: str | bytes,
    mend: str = ANOTHER_FILE,
    own: DataPaths | None = None,
    is_cancelled: Callable[[], bool] = bool,
) -> None:
    """Write a file for the user alone; an older one stays until the new one is whole and on the disk.

    A link is followed to what it names. An older file's permissions are kept, as a program that shares the
    folder may need them. A pipe or a terminal is written to; a folder, a socket and a disk are refused, and
    so is a database and what belongs to the program itself, in the data folder ``own`` as in any other.
    ``mend``, a clause of the catalogue, ends the sentence of the refusal. A pipe whose reader takes nothing
    is waited for until ``is_cancelled`` is true.
    """
    data = contents.encode("utf-8") if isinstance(contents, str) else contents
    try:
        _refuse_own(target, mend, own)
        status = _status(target)
        if status is None or (stat.S_ISREG(status.st_mode) and not _is_open_already(target)):
            _replace(Path(os.path.realpath(target)), data, status)
        elif stat.S_ISREG(status.st_mode) or stat.S_ISFIFO(status.st_mode) or stat.S_ISCHR(status.st_mode):
            _stream(target, data, is_cancelled)
        else:
            # Translators: {mend} is a clause like “choose another file”.
            sentence = _("{file} can't be written because it's a device or a socket; {mend}.")
            if stat.S_ISDIR(status.st_mode):
                # Translators: {mend} is a clause like “choose another file”.
                sentence = _("{file} can't be written because it's a folder; {mend}.")
            raise Refused(sentence.format(file=target, mend=_(mend)))
    except (OSError, ValueError) as error:
        # Translators: {mend} is a clause like “choose another file”.
        sentence = _("{file} can't be written ({reason}); {mend}.")
        raise Refused(sentence.format(file=target, reason=_reason(error), mend=_(mend))) from error


def _refuse_own(file: Path, mend: str, own: DataPaths | None, *, as_copy: bool = False) -> None:
    """Refuse what belongs to the program, here or in another data folder, and any database.

    With ``as_copy`` a copy of the database is to be written, which may take the place of a database: whether
    it may of this one is for whoever reads it to say.

    Our own are told without being opened: closing a file gives up the locks that SQLite has on it in this
    process.
    """
    real = Path(os.path.realpath(file))
    folders = [DataPaths(each) for each in (real.parent, real.parent.parent)]
    if (own is not None and own.owns(real)) or any(each.claims(real, as_copy=as_copy) for each in folders):
        raise _is_own(file, mend)
    is_others = is_beside_database(real) or has_log_beside(real) if as_copy else belongs_to_database(real)
    if is_others:
        # Translators: {mend} is a clause like “choose another file”.
        sentence = _("{file} is or belongs to a database; {mend}.")
        raise Refused(sentence.format(file=file, mend=_(mend)))


def _is_own(file: Path, mend: str) -> Refused:
    # Translators: {mend} is a clause like “choose another file”.
    return Refused(_("{file} is one of Follow Up's own files; {mend}.").format(file=file, mend=_(mend)))


def _status(target: Path) -> os.stat_result | None:
    """What the target is, links followed; ``None`` where nothing is there yet."""
    try:
        return target.stat()
    except FileNotFoundError:
        return None


def _is_open_already(target: Path) -> bool:
    """Whether the target names a file that is open, as ``/dev/stdout`` and ``/dev/fd/3`` do."""
    step = target
    for __ in range(_LINKS):
        if _OPEN_FILES.fullmatch(os.path.realpath(step.parent)):
            return True
        if not step.is_symlink():
            break
        step = step.parent / step.readlink()
    return False


def _replace(target: Path, data: bytes, older: os.stat_result | None) -> None:
    beside = target.with_name(f".{target.name[:_NAME]}.{os.getpid()}.part")
    try:
        beside.unlink(missing_ok=True)  # what a crash may have left
        with os.fdopen(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if older is not None:
            _give_to(beside, older)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def _give_to(file: Path, older: os.stat_result) -> None:
    """Let the file belong to whom the older one belongs to, as far as that is allowed, with its mode."""
    if sys.platform != "win32":
        with contextlib.suppress(PermissionError):
            os.chown(file, older.st_uid, older.st_gid)
    file.chmod(stat.S_IMODE(older.st_mode))


def _stream(target: Path, data: bytes, is_cancelled: Callable[[], bool]) -> None:
    """Write to what is no file of its own. A pipe that nobody reads from is refused, not waited for."""
    no_wait = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
    try:
        descriptor = os.open(target, os.O_WRONLY | os.O_APPEND | no_wait)
    except OSError as error:
        if error.errno == errno.ENXIO and target.is_fifo():
            raise OSError(error.errno, _("nothing is reading from this pipe")) from error
        raise
    left = memoryview(data)
    with os.fdopen(descriptor, "wb", buffering=0) as file:
        while left:
            if (count := file.write(left[:_PART])) is not None:
                left = left[count:]
            else:
                _is_ready(descriptor, select.POLLOUT, is_cancelled)


class FolderFiles:
    """Files of the user's choice; those of the program itself, in the data folder ``own``, are refused."""

    def __init__(self, own: DataPaths | None = None, mend: str = ANOTHER_FOLDER) -> None:
        self._own = own
        self._mend = mend

    def read(self, source: Path, is_cancelled: Callable[[], bool] = bool) -> bytes:
        """The contents of a file; raises ``Refused``."""
        return self.open(source, is_cancelled)[:]

    def open(self, source: Path, is_cancelled: Callable[[], bool] = bool) -> FileData:
        """The contents of a file, of which a large one isn't read yet; raises ``Refused``."""
        if self._own is not None and self._own.owns(source):
            raise _is_own(source, self._mend)
        return opened(source, is_cancelled=is_cancelled)

    def check_target(self, target: Path) -> None:
        """Raise ``Refused`` where the file is one of the program's own, or a database."""
        _refuse_own(target, self._mend, self._own)

    def check_target_of_copy(self, target: Path) -> None:
        """Raise ``Refused`` where no copy of the database may be; an older one is replaced."""
        _refuse_own(target, self._mend, self._own, as_copy=True)

    def write(self, target: Path, data: str | bytes, is_cancelled: Callable[[], bool] = bool) -> None:
        """Put a file in place of an older one in one step; raises ``Refused``."""
        write_whole(target, data, self._mend, self._own, is_cancelled)


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, OSError) and error.strerror:
        return reason_of(error)
    return _("its name can't be used")
