"""The passphrase of the user's data: set, changed, removed, and kept by the system's keyring if wished."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _, ngettext
from followup_desktop.services.ports import Secrets
from followup_desktop.storage import opening, rekeying
from followup_desktop.storage.backups import files as backup_files
from followup_desktop.storage.cipher import Keys, Note, derive
from followup_desktop.storage.failures import Locked, LockedBackup, PerhapsLocked, WrongPassphrase
from followup_desktop.storage.store import Store

__all__ = [
    "Keys",
    "Locked",
    "LockedBackup",
    "Passphrase",
    "PerhapsLocked",
    "WrongPassphrase",
    "from_keyring",
    "is_locked",
    "is_perhaps_locked",
    "unlock",
    "unlock_backup",
    "was_locked",
]

SHORTEST = 8
"""Characters. A shorter one is found by trying."""


def is_locked(database: Path, traces: opening.Traces = opening.NO_TRACES) -> bool:
    """Whether the database can be opened by a passphrase only; the ``traces`` are those of earlier runs."""
    return database.is_file() and opening.is_sealed(database, traces)


def unlock(database: Path, passphrase: str) -> Keys:
    """The key of the database and its backups; takes a quarter of a second, or some more for a wrong one.

    Where the passphrase is known to be right and the file is damaged, the key is given all the same, for the
    backups. Raises ``WrongPassphrase``.
    """
    key = rekeying.unlock(database, passphrase)
    if key is not None:
        return Keys(key)
    if Note(database).checks():
        raise WrongPassphrase(_("That isn't the passphrase. Check the keyboard layout and Caps Lock."))
    sentence = _("That isn't the passphrase of {file}, or the file is damaged. Try again.")
    raise WrongPassphrase(sentence.format(file=database))


def unlock_backup(file: Path, passphrase: str, keys: Keys) -> None:
    """Know the key of a backup, too, or of a database of which nothing tells whether it is encrypted.

    Where the database is gone, or something else has its name, its note or one of its backups tells whether
    it is the right one. Takes a quarter of a second for each salt. Raises ``WrongPassphrase``.
    """
    is_gone = opening.salt_of(file) is None
    gone = backup_files(opening.backups_folder(file)) if is_gone else []
    noted = rekeying.unlock(file, passphrase) if is_gone else None
    if noted is not None:
        keys.add(noted)
        return
    for each in (file, *gone):
        salt = opening.salt_of(each)
        if salt is not None:
            key = derive(passphrase, salt)
            if opening.head_of(each, Keys(key)) is not None:
                keys.add(key)
                return
    sentence = _("That isn't the passphrase of {file}, or the file is damaged. Try again.")
    raise WrongPassphrase(sentence.format(file=file))


def is_perhaps_locked(file: Path) -> bool:
    """Whether the database may be under a passphrase: it looks like noise, or what is beside it tells so."""
    return opening.salt_of(file) is not None or was_locked(file)


def was_locked(database: Path) -> bool:
    """Whether what is beside the database tells that it was under a passphrase, and no plain one is there."""
    if opening.is_ours(database):
        return False
    copies = backup_files(opening.backups_folder(database))
    return bool(Note(database).checks()) or any(opening.salt_of(each) is not None for each in copies)


def from_keyring(database: Path, secrets: Secrets, is_cancelled: Callable[[], bool] = bool) -> Keys | None:
    """The key by the passphrase that the keyring keeps, if the user wished that it does.

    Not to be called on the GUI thread. Raises ``Refused`` where the keyring stays locked or is gone, or has
    another passphrase.
    """
    if not Note(database).is_in_keyring:
        return None
    kept = secrets.get(secret_name(database.parent), is_cancelled)
    return None if kept is None else unlock(database, kept)


def secret_name(folder: Path) -> str:
    """The name under which the keyring keeps the passphrase of the data in this folder."""
    return f"passphrase of {folder}"


def check_new(passphrase: str, repeated: str) -> None:
    """Refuse a new passphrase that is too short, or was typed otherwise the second time."""
    if len(passphrase.strip()) < SHORTEST:
        sentence = ngettext(
            "Use at least {n} character. Four or five random words are easy to remember and hard to guess.",
            "Use at least {n} characters. Four or five random words are easy to remember and hard to guess.",
            SHORTEST,
        )
        raise Refused(sentence.format(n=SHORTEST), field="passphrase")
    if passphrase != repeated:
        raise Refused(_("The two passphrases differ. Enter the same one twice."), field="repeated")


class Passphrase:
    """The passphrase of one store."""

    def __init__(self, store: Store, keyring: Callable[[], Secrets]) -> None:
        self._store = store
        self._keyring = keyring
        self._name = secret_name(store.data_folder)

    @property
    def is_set(self) -> bool:
        """Whether the data are under one."""
        return self._store.is_under_passphrase

    @property
    def is_in_keyring(self) -> bool:
        """Whether the system's keyring keeps it."""
        return self.is_set and self._store.is_in_keyring

    def check(self, present: str) -> None:
        """Refuse what isn't the present passphrase. Takes a quarter of a second."""
        if self.is_set and not self._store.has_key(present):
            sentence = _("That isn't your current passphrase. Check the keyboard layout and Caps Lock.")
            raise Refused(sentence, field="present")

    def put(self, passphrase: str | None, second: Path | None = None) -> None:
        """Put the database under this one, or none; the backups are to follow by ``Backups.renew``.

        On the store's own thread; takes as long as two copies of the file. Copies that were broken off are
        deleted, in the ``second`` folder, too. Raises ``Refused``, and then nothing is changed. The keyring
        is to be told by ``keep_in_keyring`` or ``forget``.
        """
        self._store.put_under_key(None if passphrase is None else derive(passphrase), second)

    def keep_in_keyring(self, passphrase: str, is_cancelled: Callable[[], bool] = bool) -> None:
        """Have the keyring keep it, which may ask the user; not on the GUI thread. Raises ``Refused``."""
        label = _("Follow Up passphrase")
        self._keyring().set(self._name, passphrase, label, is_cancelled)
        self._store.note_keyring(True)

    def forget(self, is_cancelled: Callable[[], bool] = bool) -> None:
        """Let the keyring keep it no longer; not on the GUI thread. Raises ``Refused``."""
        self._store.note_keyring(False)
        self._keyring().delete(self._name, is_cancelled)
