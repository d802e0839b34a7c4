"""Times on the user's clock, as forms write them beside a field."""

from __future__ import annotations

from datetime import datetime

from followup_desktop import i18n


def show_moment(wall: datetime) -> str:
    """A wall time as the lists write it: "Wed 14 Oct 10:00"."""
    return f"{i18n.format_short_day(wall.date())} {i18n.format_clock(wall.time())}"
