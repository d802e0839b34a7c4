"""Reading and writing the files that a user names."""

from __future__ import annotations

import os
import stat
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


def write_whole(target: Path, contents: str | bytes, mend: str = "choose another file") -> None:
    """Write a file for the user alone; an older one stays until the new one is whole and on the disk.

    An older one's permissions are kept, as a program that shares the folder may need them. ``mend`` ends the
    sentence of the refusal.
    """
    data = contents.encode("utf-8") if isinstance(contents, str) else contents
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        try:
            beside.unlink(missing_ok=True)  # what a crash may have left
            with os.fdopen(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            if target.exists():
                beside.chmod(stat.S_IMODE(target.stat().st_mode))
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
    except (OSError, ValueError) as error:
        raise Refused(f"{target} can't be written ({_reason(error)}); {mend}.") from error


class FolderFiles:
    """Files that are kept in a folder of the user's choice."""

    def read(self, source: Path) -> bytes:
        """The contents of a file; raises ``Refused``."""
        return read_whole(source)

    def write(self, target: Path, data: bytes) -> None:
        """Put a file in place of an older one in one step; raises ``Refused``."""
        write_whole(target, data, "choose another folder")


def _reason(error: OSError | ValueError) -> str:
    return getattr(error, "strerror", None) or "its name can't be used"
