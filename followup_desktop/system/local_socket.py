"""Where a socket of this user's own may stand, and whether the process at its other end is the user's.

Anyone may take a name in the temporary folder, so it stands in a folder that belongs to the user alone.
Windows has named pipes instead, which Qt keeps to the user.
"""

from __future__ import annotations

import os
import socket
import stat
import struct
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

_LONGEST = 103
"""So many bytes of a path fit into the address of a socket on macOS; on Linux there are four more."""
_WHILE_IT_IS_MADE = len("/XXXXXX/s")
"""Qt makes the socket in a folder beside it, and has it take its place when it is closed to others."""
_OTHERS, _OTHERS_WRITE = 0o077, 0o022
_CREDENTIALS_OF_MACOS = struct.Struct("@IIh16I")  # xucred of sys/ucred.h
_LOCAL_PEERCRED = 1


def places(name: str, data_folder: Path, environment: Mapping[str, str]) -> Iterator[str]:
    """The addresses at which the socket may stand, the best first; none where no folder is the user's alone.

    They are in the run-time folder of the user's session, in the data folder, and, where the paths of these
    are too long for an address, in a folder of the user's in the temporary one, which is made.
    """
    if sys.platform == "win32":
        yield name
        return
    session = environment.get("XDG_RUNTIME_DIR", "")
    if session.startswith("/") and _is_ours(Path(session)):
        yield from _fitting(Path(session), name)
    if _is_ours(data_folder, but_for=_OTHERS_WRITE):
        yield from _fitting(data_folder, name)
    temporary = Path(tempfile.gettempdir(), f"followup-desktop-{os.getuid()}")
    try:
        temporary.mkdir(mode=0o700, exist_ok=True)
    except OSError:
        return
    if _is_ours(temporary):
        yield from _fitting(temporary, name)


def _fitting(folder: Path, name: str) -> Iterator[str]:
    address = str(folder / name)
    # Qt is given the name as text: bytes that are none would not come through.
    if len(os.fsencode(folder)) + max(len(name) + 1, _WHILE_IT_IS_MADE) <= _LONGEST and address.isprintable():
        yield address


def _is_ours(folder: Path, but_for: int = _OTHERS) -> bool:
    """Whether it is a folder, and no link to one, that is this user's and denies others these rights."""
    try:
        status = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(status.st_mode) and status.st_uid == os.geteuid() and not status.st_mode & but_for


def is_own_process(descriptor: int) -> bool:
    """Whether the process at the other end of this connected socket runs as the same user."""
    if sys.platform == "win32":
        return True  # Windows has let only the user's processes connect
    user = _peer(descriptor)
    return user is None or user == os.geteuid()


def _peer(descriptor: int) -> int | None:
    """The user of the process at the other end; ``None`` where the system does not tell."""
    with socket.socket(fileno=os.dup(descriptor)) as connection:
        if hasattr(socket, "SO_PEERCRED"):
            packed = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
            _process, user, _group = struct.unpack("3i", packed)
            return int(user)
        if sys.platform == "darwin":
            packed = connection.getsockopt(0, _LOCAL_PEERCRED, _CREDENTIALS_OF_MACOS.size)
            return int(struct.unpack_from("=II", packed)[1])
    return None
