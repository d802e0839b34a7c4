"""What may stand where the database should be, or its log, and is neither."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path


def _folder(file: Path) -> None:
    file.mkdir()
    (file / "mine.txt").write_text("mine")


def _link_to_folder(file: Path) -> None:
    target = file.with_name("a folder")
    target.mkdir()
    file.symlink_to(target)


def _foreign(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("CREATE TABLE bookmarks (id INTEGER PRIMARY KEY)")
        connection.execute("INSERT INTO bookmarks VALUES (1)")


def _nothing(_file: Path) -> None:
    pass


NO_FILE: dict[str, Callable[[Path], None]] = {
    "folder": _folder,
    "link to a folder": _link_to_folder,
    "pipe": os.mkfifo,
    "socket": lambda file: os.mknod(file, stat.S_IFSOCK | 0o600),
    "link to a device": lambda file: file.symlink_to(os.devnull),
}
NO_LOG: dict[str, Callable[[Path], None]] = {
    **NO_FILE,
    "dead link": lambda file: file.symlink_to(file.with_name("gone.db")),
    "link to itself": lambda file: file.symlink_to(file),
}
NO_DATABASE: dict[str, Callable[[Path], None]] = {
    "nothing": _nothing,
    **NO_LOG,
    "another program's": _foreign,
}


def put_in_place(file: Path, what: str) -> None:
    """Let this stand where the file was, or none was yet."""
    file.unlink(missing_ok=True)
    NO_DATABASE[what](file)
