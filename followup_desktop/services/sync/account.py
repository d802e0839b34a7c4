"""Whose calendar on a server is kept, and how it is written."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import asdict, dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncOptions:
    """Follow-ups as tasks, or else as appointments; and whether anyone is named."""

    tasks: bool = False
    private: bool = False

    def as_text(self) -> str:
        """The text that is stored."""
        return json.dumps(asdict(self))

    @classmethod
    def from_text(cls, text: str) -> SyncOptions:
        """The choices that were stored, or else the usual ones."""
        try:
            return cls(**json.loads(text))
        except (ValueError, TypeError):
            return cls()


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Whose calendar it is, and how it is written.

    ``takes_tasks`` is false where the server refuses them, ``in_keyring`` where the password is in a file.
    ``proxy_user`` is who a proxy on the way knows, if it asks.
    """

    address: str
    user: str
    options: SyncOptions = field(default_factory=SyncOptions)
    takes_tasks: bool = True
    in_keyring: bool = True
    proxy_user: str = ""

    @property
    def written_as(self) -> SyncOptions:
        """How the entries are written on this server."""
        return SyncOptions(tasks=self.options.tasks and self.takes_tasks, private=self.options.private)

    def as_text(self) -> str:
        """The text that is stored."""
        return json.dumps(asdict(self))

    @classmethod
    def from_text(cls, text: str) -> Account | None:
        """The account that was stored; ``None`` if there is none."""
        try:
            kept = json.loads(text)
            return cls(**{**kept, "options": SyncOptions(**kept["options"])})
        except (ValueError, KeyError, TypeError):
            return None


def clean_address(entered: str) -> str:
    """The address in what was entered or pasted: without blanks, a name before it, or what can't be seen."""
    address = "".join(sign for sign in entered if unicodedata.category(sign) != "Cf").strip()
    if "<" in address and address.endswith(">"):
        address = address[address.rindex("<") + 1 : -1].strip()
    return address[len("mailto:") :] if address[:7].casefold() == "mailto:" else address


def is_mail_address(entered: str) -> bool:
    """Whether that is an email address, from which the server and the user name follow."""
    return "@" in entered and "/" not in entered
