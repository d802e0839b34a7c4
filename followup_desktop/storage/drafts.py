"""What the window keeps in the database, and under its passphrase, that is none of the user's facts.

That is what was typed and not saved, and those of its settings that hold what the user entered.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from followup_desktop.storage.database import Database

Texts = dict[str, str]
"""The texts of one form by their fields."""
SETTING = "setting/"
"""Before its name, in ``meta``, where a setting is none of the user's facts."""


class DraftRecords:
    """Drafts by the kind of form and the key of what they are about.

    They aren't undone, exported or counted. A change waits for nobody and outlives the program; that it
    outlives a loss of power, too, is certain with the next edit. Each method raises ``Refused``.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self, kind: str) -> dict[str, Texts]:
        """The drafts of a kind, by their keys; the one that was written last is the last."""
        rows = self._database.sql("SELECT key, texts FROM draft WHERE kind = ? ORDER BY position", (kind,))
        found = {str(key): _texts(cell) for key, cell in rows}
        return {key: texts for key, texts in found.items() if texts}

    def put(self, kind: str, key: str, texts: Mapping[str, str]) -> None:
        """Keep these texts."""
        with self._database.jotting():
            self._database.sql(
                "INSERT OR REPLACE INTO draft (kind, key, position, texts) "
                "SELECT ?, ?, coalesce(max(position), 0) + 1, ? FROM draft",
                (kind, key, json.dumps(texts, ensure_ascii=False)),
            )

    def drop(self, kind: str, key: str) -> None:
        """Keep nothing for this any more."""
        with self._database.jotting():
            self._database.sql("DELETE FROM draft WHERE kind = ? AND key = ?", (kind, key))


class SettingRecords:
    """Texts by the names of settings, which aren't undone, exported or counted.

    Each method raises ``Refused``.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> dict[str, str]:
        """Every one that is kept."""
        rows = self._database.sql(
            "SELECT substr(name, ?), value FROM meta WHERE name >= ? AND name < ?",
            (len(SETTING) + 1, SETTING, SETTING[:-1] + chr(ord(SETTING[-1]) + 1)),
        )
        return {str(name): str(text) for name, text in rows}

    def put(self, name: str, text: str | None) -> None:
        """Keep this text, or none any more."""
        self.change(name, lambda _before: text)

    def change(self, name: str, change: Callable[[str | None], str | None]) -> str | None:
        """Keep what becomes of the text that is kept now, whoever wrote it, and give that."""
        with self._database.jotting():
            rows = self._database.sql("SELECT value FROM meta WHERE name = ?", (SETTING + name,))
            text = change(next((str(kept) for (kept,) in rows), None))
            if text is None:
                self._database.sql("DELETE FROM meta WHERE name = ?", (SETTING + name,))
            else:
                self._database.sql(
                    "INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", (SETTING + name, text)
                )
        return text


def _texts(cell: Any) -> Texts:
    with contextlib.suppress(ValueError, AttributeError):
        return {str(name): str(text) for name, text in json.loads(str(cell)).items()}
    return {}
