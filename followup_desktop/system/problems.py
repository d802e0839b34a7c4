"""What is kept of an error of the program itself: where it happened, and nothing the user typed."""

from __future__ import annotations

import os
import traceback
from datetime import datetime
from pathlib import Path
from types import TracebackType

from followup_desktop.domain.errors import Refused, reason_of
from followup_desktop.i18n import _

_LIMIT = 256 * 1024


def where(error: type[BaseException], trace: TracebackType | None) -> str:
    """The error's kind and the places it came through. Its message is left out: it may quote the user."""
    frames = traceback.extract_tb(trace)
    places = [f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
    return "\n".join([error.__name__, *places])


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


def note(log: Path, at: datetime, error: type[BaseException], trace: TracebackType | None) -> None:
    """Add the error to the log, which is begun anew when it has grown large."""
    try:
        mode = "a" if log.exists() and log.stat().st_size < _LIMIT else "w"
        with log.open(mode, encoding="utf-8") as file:
            file.write(f"{at.isoformat()} {where(error, trace)}\n")
    except OSError:
        # A log that can't be written must not make matters worse.
        return
