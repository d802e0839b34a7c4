"""What is kept of an error of the program itself: where it happened, and nothing the user typed."""

from __future__ import annotations

import contextlib
import os
import platform
import sys
import traceback
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import followup_desktop
from followup_desktop.domain.errors import Refused, reason_of
from followup_desktop.i18n import _

_LIMIT = 256 * 1024


def where(error: BaseException) -> str:
    """The error's kind, the places it came through, and the same of those that led to it.

    Their messages are left out: they may quote the user.
    """
    return "\n".join(_kinds_and_places(error, set()))


def _kinds_and_places(error: BaseException, seen: set[int]) -> Iterator[str]:
    yield type(error).__name__
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"  {_module(Path(frame.filename))}:{frame.lineno} {frame.name}"
    seen.add(id(error))
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None and id(before) not in seen:
        yield "after"
        yield from _kinds_and_places(before, seen)


def _module(file: Path) -> str:
    """The file from the package on, or its name: a folder may be named after somebody."""
    package = Path(followup_desktop.__file__).parent
    return file.relative_to(package.parent).as_posix() if file.is_relative_to(package) else file.name


def report(error: BaseException) -> str | None:
    """What may be sent to the developers of an error that nothing handled: versions and places.

    Nothing that a user typed is in it, nor a path or a name of theirs. ``None`` where ``sentence`` says how
    to fix it.
    """
    if _tells_how_to_fix(error):
        return None
    return f"{_versions()}\n\n{where(error)}\n"


def _versions() -> str:
    from PySide6.QtCore import qVersion

    lines = [
        f"Follow Up {followup_desktop.__version__}",
        f"Python {platform.python_version()}, Qt {qVersion()}",
        f"{platform.system()} {platform.release()} {platform.machine()}",
    ]
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            lines.append(platform.freedesktop_os_release()["PRETTY_NAME"])
    return "\n".join(lines)


def _tells_how_to_fix(error: BaseException) -> bool:
    return isinstance(error, Refused | MemoryError) or (isinstance(error, OSError) and bool(error.strerror))


def sentence(error: BaseException) -> str:
    """What is said of an error that nothing handled: what the user can mend, or where to report it."""
    if isinstance(error, Refused):
        return str(error)
    if isinstance(error, MemoryError):
        return _("There isn't enough memory. Close other programs and try again.")
    if isinstance(error, OSError) and error.strerror:
        if not error.filename:
            text = _("Your system didn't allow this ({reason}). Fix that and try again.")
            return text.format(reason=reason_of(error))
        text = _("{file} can't be used ({reason}). Fix that and try again.")
        return text.format(file=os.fsdecode(error.filename), reason=reason_of(error))
    frames = traceback.extract_tb(error.__traceback__)
    if not frames:
        text = _(
            "Something went wrong ({error}). What you saved is safe. Try again, and report "
            "it if it keeps happening."
        )
        return text.format(error=type(error).__name__)
    text = _(
        "Something went wrong ({error} in {file}, line {line}). What you saved is "
        "safe. Try again, and report it if it keeps happening."
    )
    name = Path(frames[-1].filename).name
    return text.format(error=type(error).__name__, file=name, line=frames[-1].lineno)


def note(log: Path, at: datetime, error: BaseException) -> None:
    """Add the error to the log, which is begun anew when it has grown large."""
    try:
        mode = "a" if log.exists() and log.stat().st_size < _LIMIT else "w"
        with log.open(mode, encoding="utf-8") as file:
            file.write(f"{at.isoformat()} {where(error)}\n")
    except OSError:
        # A log that can't be written must not make matters worse.
        return
