"""The sheets of a spreadsheet, laid out by the library in a process of its own.

The library is not Python: where it fails to get memory, or reckons with a file that is not so, it ends the
process that it is in. That is to be no window with what is being typed there.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import IO, Any

from followup_desktop.services.transfer.tables.table import Cell

COMMAND = "--sheets"
"""The word by which ``__main__`` knows that process."""
_LONGEST_S = 60.0
_FEW_ROWS = 50
"""So many rows of a hidden sheet say what is in it."""
_MOST_MEMORY = 2_000_000_000
"""Bytes of addresses, of which an interpreter has some hundreds of millions before it does anything."""


class Unreadable(Exception):
    """The library can't lay the file out; ``by_password`` says that a password protects it."""

    def __init__(self, *, by_password: bool = False) -> None:
        super().__init__()
        self.by_password = by_password


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its first used row and column, counted from 0, and the rows from there on.

    Of one that is hidden only the first rows are told, by which it is known what is in it.
    """

    name: str
    top: int
    left: int
    rows: Iterator[list[Cell]]
    is_hidden: bool = False


def sheets_of(
    data: bytes, command: Sequence[str] | None = None, seconds: float = _LONGEST_S
) -> Iterator[Sheet]:
    """The sheets, each to be read before the next.

    Raises ``Unreadable``, also if the process ends before it has told all, or takes more than ``seconds``.
    The ``command`` is that of this program.
    """
    try:
        process = subprocess.Popen(
            command or _command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError:  # no room for another process: better than nothing
        yield from laid_out(data)
        return
    late = threading.Timer(seconds, process.kill)
    late.daemon = True
    late.start()
    try:
        yield from _heard(process, data)
    finally:
        late.cancel()
        process.kill()
        if process.stdout is not None:
            process.stdout.close()
        process.wait()


def _heard(process: subprocess.Popen[bytes], data: bytes) -> Iterator[Sheet]:
    """What the process tells; without its last word it has not come to its end."""
    if process.stdin is None or process.stdout is None:
        raise Unreadable
    rest = memoryview(data)
    with suppress(OSError):  # it has ended, and says so by what it doesn't tell
        while rest:  # not through the buffer, which would try again what was left in it
            rest = rest[os.write(process.stdin.fileno(), rest) :]
    process.stdin.close()
    lines = iter(process.stdout)
    said = _next(lines)
    while said[0] == "sheet":
        _word, name, top, left, is_hidden = said
        yield Sheet(name, top, left, _rows(lines), is_hidden)
        said = _next(lines)
    if said[0] != "end":
        raise Unreadable(by_password=said[0] == "password")


def _rows(lines: Iterator[bytes]) -> Iterator[list[Cell]]:
    while (said := _next(lines))[0] != "done":
        if said[0] != "row":
            raise Unreadable
        yield [_TOLD[cell[0]](cell[1]) if isinstance(cell, list) else cell for cell in said[1]]


def _next(lines: Iterator[bytes]) -> list[Any]:
    line = next(lines, b"")
    if not line.endswith(b"\n"):
        raise Unreadable
    found: list[Any] = json.loads(line)
    return found


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, COMMAND]
    return [sys.executable, "-P", "-m", "followup_desktop", COMMAND]  # -P: the folder at hand has no modules


def _environment() -> dict[str, str]:
    """Where this very program is found again, should it not be installed."""
    if getattr(sys, "frozen", False):
        return dict(os.environ)
    here = str(Path(__file__).parents[4])
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (here, os.environ.get("PYTHONPATH"))))}


# In the process


def serve() -> int:
    """Lay out the spreadsheet that stands in the input, and tell of it line by line; the exit status."""
    _bound_memory()
    # By number: a program without a console has no sys.stdin on Windows.
    with open(0, "rb", closefd=False) as given, open(1, "wb", closefd=False) as out:
        return _serve(given.read(), out)


def _serve(data: bytes, out: IO[bytes]) -> int:
    try:
        for sheet in laid_out(data):
            _write_line(out, "sheet", sheet.name, sheet.top, sheet.left, sheet.is_hidden)
            for row in sheet.rows:
                _write_line(out, "row", [_plain(cell) for cell in row])
            _write_line(out, "done")
    except Unreadable as fault:
        _write_line(out, "password" if fault.by_password else "damaged")
        return 1
    _write_line(out, "end")
    return 0


def laid_out(data: bytes) -> Iterator[Sheet]:
    """The sheets, laid out in this process. Raises ``Unreadable``."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    with _faults():
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for sheet in book.sheets_metadata:
            if sheet.typ is SheetTypeEnum.WorkSheet:
                found = book.get_sheet_by_name(sheet.name)
                top, left = found.start or (0, 0)
                is_hidden = sheet.visible is not SheetVisibleEnum.Visible
                rows = islice(_used(found, top), _FEW_ROWS if is_hidden else None)
                yield Sheet(sheet.name, top, left, rows, is_hidden)


def _used(sheet: Any, top: int) -> Iterator[list[Cell]]:
    """The rows from the first that is used on, one at a time: all of them would be there twice."""
    with _faults():
        yield from islice(sheet.iter_rows(), top, None)  # above, the library fills in empty ones


@contextmanager
def _faults() -> Iterator[None]:
    """What the library raises becomes ``Unreadable``."""
    from python_calamine import CalamineError

    try:
        yield
    except (CalamineError, OSError, ValueError) as error:
        raise Unreadable(by_password=type(error).__name__ == "PasswordError") from None
    except BaseException as error:
        # What the library calls a panic is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise Unreadable from None


def _bound_memory() -> None:
    if sys.platform == "win32":
        return
    import resource

    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))


def _write_line(out: IO[bytes], *said: object) -> None:
    out.write(json.dumps(said, separators=(",", ":")).encode("ascii") + b"\n")


def _plain(cell: Cell) -> object:
    """A cell as JSON has it: what is no text and no number with the letter of its kind."""
    if isinstance(cell, datetime):  # which is a date, too
        return ["t", cell.isoformat()]
    if isinstance(cell, date):
        return ["d", cell.isoformat()]
    if isinstance(cell, time):
        return ["h", cell.isoformat()]
    if isinstance(cell, timedelta):
        return ["s", cell.total_seconds()]
    return cell


def _seconds(count: float) -> timedelta:
    return timedelta(seconds=count)


_TOLD: dict[str, Callable[[Any], Cell]] = {
    "t": datetime.fromisoformat,
    "d": date.fromisoformat,
    "h": time.fromisoformat,
    "s": _seconds,
}
