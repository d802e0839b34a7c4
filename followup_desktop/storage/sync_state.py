"""The names of what is remembered of the calendar server, and how that is forgotten in part."""

from __future__ import annotations

from contextlib import suppress

import apsw

ACCOUNT, URL, TOKEN, NO_SYNC, RESTORED = "account", "calendar", "token", "no_sync", "restored"
"""The names of the state: whose calendar it is, its address, where the next look goes on, that there is no
looking at changes alone on this server, and that the database was put back and may know less than it has."""


def look_anew(connection: apsw.Connection) -> None:
    """Take nothing for known of what stands on the server: the database is of another time than that."""
    with connection, suppress(apsw.SQLError):  # a schema without it
        connection.execute("DELETE FROM published")
        connection.execute("DELETE FROM sync_state WHERE name = ?", (TOKEN,))
        connection.execute(
            "INSERT OR REPLACE INTO sync_state SELECT ?, '1' FROM sync_state WHERE name = ?",
            (RESTORED, ACCOUNT),
        )
