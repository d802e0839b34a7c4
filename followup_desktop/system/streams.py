"""Standard input, output and error: where one is closed, full or gone, that is told without a traceback."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import TextIO

from followup_desktop.domain.errors import Refused, reason_of
from followup_desktop.i18n import _
from followup_desktop.system.terminal import one_line, visible

_INPUT, _OUTPUT, _ERRORS = 0, 1, 2


def open_missing() -> None:
    """Give each of the three something to be, and write even what a terminal can't show.

    A closed one would be taken by the next file that is opened: what is printed would go into the database.
    What reads from a closed input or writes to a closed output fails; complaints that nobody can see don't.
    Python for windows without a console (``pythonw``) has none, and nothing that it prints is missed.
    """
    closed = set() if sys.platform == "win32" else _fill_closed_descriptors()
    if sys.stdin is None and _INPUT in closed:
        sys.stdin = open(_INPUT, encoding="utf-8", closefd=False)  # noqa: SIM115 - as long as we run
    for name, number in (("stdout", _OUTPUT), ("stderr", _ERRORS)):
        if getattr(sys, name) is None:
            place: int | str = number if number in closed else os.devnull
            stream = open(place, "w", encoding="utf-8", closefd=place != number)  # noqa: SIM115
            setattr(sys, name, stream)
    for output in (sys.stdout, sys.stderr):
        if isinstance(output, io.TextIOWrapper):
            output.reconfigure(errors="backslashreplace")


def _fill_closed_descriptors() -> set[int]:
    closed = set()
    # The way each is opened makes an input that is read and an output that is written fail.
    for number, way in ((_INPUT, os.O_WRONLY), (_OUTPUT, os.O_RDONLY), (_ERRORS, os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, way)  # the lowest number that is free, which is this one
            closed.add(number)
    return closed


def write(data: str | bytes) -> None:
    """Write to standard output; raises ``Refused`` where that is full or closed.

    Bytes are a file's, and go on as they are but to a terminal: that is shown what would steer it.
    """
    try:
        if isinstance(data, str):
            sys.stdout.write(data)
        elif sys.stdout.isatty():
            sys.stdout.write(visible(data.decode(errors="replace").replace("\r\n", "\n")))
        else:
            sys.stdout.flush()
            sys.stdout.buffer.write(data)
    except OSError as error:
        _output_failed(error)


def flush() -> None:
    """Bring out what was written; raises ``Refused`` as ``write`` does."""
    try:
        sys.stdout.flush()
    except OSError as error:
        _output_failed(error)


def _output_failed(error: OSError) -> None:
    _silence(sys.stdout)
    # Whoever read the output and left has seen enough.
    if not isinstance(error, BrokenPipeError):
        sentence = _("Standard output can't be written ({reason}). Send it to a writable file.")
        raise Refused(sentence.format(reason=reason_of(error))) from error


def complain(sentence: str) -> None:
    """Say what is wrong, in one line on standard error, if there is anybody to read it."""
    remark(f"followup-desktop: {one_line(' '.join(sentence.split()))}")


def remark(line: str = "") -> None:
    """Write a line on standard error, and bring out what was written there before."""
    try:
        sys.stderr.write(f"{line}\n" if line else "")
        sys.stderr.flush()
    except OSError:
        _silence(sys.stderr)


def _silence(stream: TextIO) -> None:
    """Let what is left in the buffer go nowhere: it would be tried again, and told, at the exit."""
    try:
        number = stream.fileno()
    except (OSError, ValueError):
        return
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), number)
