"""Files under a passphrase: the key that it gives, and how SQLite is told it.

The files are those of SQLCipher 4: AES-256 in pages of 4,096 bytes, each with an HMAC-SHA-512 of its own, and
a key by PBKDF2-HMAC-SHA-512. The key is made here, once for all files and connections, for a quarter of a
second for each of them would be felt.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import os
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import apsw

from followup_desktop.storage.pages import MAGIC, SEALED_PAGE, read_head, refuse_what_is_no_file

_ROUNDS = 256_000
"""The rounds of SQLCipher 4."""
SALT = 16
"""So many bytes at the beginning of a file tell its key."""
_KEY = 32
_CHECKED = b"Follow Up Desktop: is this the passphrase?"
_ZEROS_OF_NOISE = 64
"""A page of noise has 16 bytes of zero, give or take 4 in most; a plain one hundreds."""
_MADE_BY = "SQLCipher 4"


class Key(NamedTuple):
    """What opens a file: the salt, which is its first 16 bytes as well, and the key of 256 bits."""

    salt: bytes
    raw: bytes

    @property
    def check(self) -> str:
        """What tells whether another key is this one, and nothing of this one."""
        return hmac.new(self.raw, _CHECKED, hashlib.sha256).hexdigest()

    @property
    def text(self) -> str:
        """The key as SQLite takes it."""
        return f"x'{self.raw.hex()}{self.salt.hex()}'"


class Keys:
    """The keys that were given so far, by the salts of the files that they open."""

    def __init__(self, *keys: Key) -> None:
        self._keys = {key.salt: key for key in keys}

    def add(self, key: Key) -> None:
        """Know this one, too."""
        self._keys[key.salt] = key

    def __iter__(self) -> Iterator[Key]:
        return iter(tuple(self._keys.values()))

    def key_of(self, file: Path) -> Key | None:
        """The key of this file; ``None`` where it is plain, or isn't known."""
        with contextlib.suppress(apsw.Error, OSError):
            return self.at(read_head(file, SALT)) if self._keys else None
        return None

    def at(self, head: bytes) -> Key | None:
        """The key of a file that begins so; ``None`` where it is plain, or isn't known."""
        return self._keys.get(head[:SALT])


def derive(passphrase: str, salt: bytes | None = None) -> Key:
    """The key that a passphrase gives with the salt of a file, or a new one; takes a quarter of a second."""
    salt = os.urandom(SALT) if salt is None else salt
    text = unicodedata.normalize("NFC", passphrase).encode()
    return Key(salt, hashlib.pbkdf2_hmac("sha512", text, salt, _ROUNDS, _KEY))


def give_key(connection: apsw.Connection, key: Key | None, *, is_checked: bool = True) -> None:
    """Let the connection, which was just made, open the file of this key."""
    if key is None:
        return
    if not hasattr(apsw, "mc_version"):
        raise RuntimeError("this SQLite has no ciphers, and would write the file as it is")
    connection.pragma("cipher", "sqlcipher")
    connection.pragma("legacy", 4)  # not a byte of the file but its salt is plain, as SQLCipher has it
    if not is_checked:
        connection.pragma("hmac_check", 0)
    connection.pragma("key", key.text)


def connected(name: str, flags: int, key: Key | None, *, is_checked: bool = True) -> apsw.Connection:
    """A connection to a file of this key; unless it ``is_checked``, damaged pages are read as noise."""
    connection = apsw.Connection(name, flags=flags)
    try:
        give_key(connection, key, is_checked=is_checked)
    except BaseException:
        connection.close()
        raise
    return connection


def write_copy(source: apsw.Connection, target: Path, key: Key | None) -> None:
    """Copy all into a file of another key, or of none, that is empty or not there.

    ``source`` must take names as addresses (``SQLITE_OPEN_URI``), and not be in a transaction.
    """
    how = "key=" if key is None else f"cipher=sqlcipher&legacy=4&key={quote(key.text)}"
    source.execute("VACUUM INTO ?", (f"file:{quote(os.path.realpath(target))}?{how}",))


def read_into_memory(source: apsw.Connection, memory: apsw.Connection, key: Key | None) -> None:
    """Make the connection to a database in memory one to a plain copy of all that is in ``source``."""
    if key is None:
        with memory.backup("main", source, "main") as copying:
            copying.step()
        return
    # SQLite's online backup copies between files of the same key alone.
    image = bytearray(source.serialize("main"))
    image[18:20] = b"\1\1"  # without a log: there are none in memory
    memory.deserialize("main", bytes(image))


def first_page(page: bytes, key: Key) -> bytes | None:
    """What a first page holds; ``None`` where this isn't its key, or it is damaged."""
    if len(page) < SEALED_PAGE:
        return None
    from followup_desktop.storage.file_ways import PageFiles, pages, taking_keys  # few starts need it

    # As SQLite reads it: a database of this page alone, and nothing is looked for in the others.
    with pages().named(page[:SEALED_PAGE]) as name, contextlib.suppress(apsw.Error, TypeError):
        flags = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
        connection = connected(f"file:{name}?immutable=1&vfs={taking_keys(PageFiles.NAME)}", flags, key)
        try:
            connection.pragma("writable_schema", True)
            found = connection.serialize("main")
        finally:
            connection.close()
        return found if found and found.startswith(MAGIC) else None
    return None


def looks_sealed(head: bytes, size: int) -> bool:
    """Whether a file of this size, with this first page, may be under a passphrase: it looks like noise."""
    return (
        len(head) == SEALED_PAGE
        and size % SEALED_PAGE == 0
        and not head.startswith(MAGIC)
        and head.count(0) < _ZEROS_OF_NOISE
    )


class Note:
    """A small file beside the database that says that it is under a passphrase, and tells a wrong one.

    It helps no one to guess: the check of a key costs the same as trying the database itself.
    """

    def __init__(self, database: Path) -> None:
        self.file = database.with_suffix(".cipher")

    def checks(self) -> dict[bytes, str]:
        """The checks of the keys that the database may have, by their salts; none where it is plain."""
        with contextlib.suppress(ValueError, KeyError, TypeError):
            return {bytes.fromhex(each["salt"]): str(each["check"]) for each in self._contents()["keys"]}
        return {}

    @property
    def is_in_keyring(self) -> bool:
        """Whether the user has the system's keyring keep the passphrase."""
        return self._contents().get("in_keyring") is True

    def _contents(self) -> dict[str, Any]:
        try:
            refuse_what_is_no_file(self.file)
            told = json.loads(self.file.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return told if isinstance(told, dict) else {}

    def write(self, keys: Iterable[Key], *, in_keyring: bool = False) -> None:
        """Say that it has one of these keys; none says that it is plain, and takes the file away."""
        told = [{"salt": key.salt.hex(), "check": key.check} for key in keys]
        if not told:
            self.file.unlink(missing_ok=True)
            return
        try:
            self._write(told, in_keyring=in_keyring)
        except FileNotFoundError:  # who opened the database just now took it for a rest
            self._write(told, in_keyring=in_keyring)

    def _write(self, told: list[dict[str, str]], *, in_keyring: bool) -> None:
        part = self.file.with_name(f".{self.file.name}.{os.getpid()}.part")
        try:
            with os.fdopen(os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w") as writing:
                json.dump({"made_by": _MADE_BY, "keys": told, "in_keyring": in_keyring}, writing)
                writing.flush()
                os.fsync(writing.fileno())
            part.replace(self.file)
        finally:
            part.unlink(missing_ok=True)
