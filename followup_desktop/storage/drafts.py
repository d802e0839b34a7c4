"""What was typed and not saved, in the database and under its passphrase, but none of the user's facts."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from typing import Any

from followup_desktop.storage.database import Database

Texts = dict[str, str]
"""The texts of one form by their fields."""


class DraftRecords:
    """Drafts by the kind of form and the key of what they are about.

    They aren't undone, exported or counted. A change waits for nobody and outlives the program; that it
    outlives a loss of power, too, is certain with the next edit. Each method raises ``Refused``.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self, kind: str) -> dict[str, Texts]:
        """Those of a kind by their keys, the one that was written last at the end."""
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


def _texts(cell: Any) -> Texts:
    with contextlib.suppress(ValueError, AttributeError):
        return {str(name): str(text) for name, text in json.loads(str(cell)).items()}
    return {}
