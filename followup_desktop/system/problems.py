"""What is kept of an error of the program itself: where it happened, and nothing the user typed."""

from __future__ import annotations

import traceback
from datetime import datetime
from pathlib import Path
from types import TracebackType

_LIMIT = 256 * 1024


def where(error: type[BaseException], trace: TracebackType | None) -> str:
    """The error's kind and the places it came through. Its message is left out: it may quote the user."""
    frames = traceback.extract_tb(trace)
    places = [f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
    return "\n".join([error.__name__, *places])


def note(log: Path, at: datetime, error: type[BaseException], trace: TracebackType | None) -> None:
    """Add the error to the log, which is begun anew when it has grown large."""
    try:
        mode = "a" if log.exists() and log.stat().st_size < _LIMIT else "w"
        with log.open(mode, encoding="utf-8") as file:
            file.write(f"{at.isoformat()} {where(error, trace)}\n")
    except OSError:
        # A log that can't be written must not make matters worse.
        return
