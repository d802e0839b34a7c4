"""Reading and writing the files that a user names."""

from __future__ import annotations

import os
from pathlib import Path

from followup_desktop.domain.errors import Refused


def read_whole(source: Path) -> bytes:
    """The contents of a file; raises ``Refused`` where it can't be read."""
    try:
        return source.read_bytes()
    except (OSError, ValueError) as error:
        raise Refused(
            f"{source} can't be read ({_reason(error)}); check the name and your permissions."
        ) from error


def write_whole(target: Path, text: str) -> None:
    """Write a file for the user alone; an older one stays until the new one is whole."""
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        try:
            beside.touch(mode=0o600)
            beside.write_bytes(text.encode("utf-8"))
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
    except (OSError, ValueError) as error:
        raise Refused(f"{target} can't be written ({_reason(error)}); choose another file.") from error


def _reason(error: OSError | ValueError) -> str:
    return getattr(error, "strerror", None) or "its name can't be used"
