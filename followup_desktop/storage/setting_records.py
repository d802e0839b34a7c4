"""Those settings of the window that hold what the user entered, in the database and under its passphrase."""

from __future__ import annotations

from followup_desktop.storage.database import Database

PREFIX = "setting/"
"""Before its name, in ``meta``, where a setting is none of the user's facts."""


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
            (len(PREFIX) + 1, PREFIX, PREFIX[:-1] + chr(ord(PREFIX[-1]) + 1)),
        )
        return {str(name): str(text) for name, text in rows}

    def put(self, name: str, text: str | None) -> None:
        """Keep this text, or none any more."""
        with self._database.jotting():
            if text is None:
                self._database.sql("DELETE FROM meta WHERE name = ?", (PREFIX + name,))
            else:
                self._database.sql(
                    "INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", (PREFIX + name, text)
                )
