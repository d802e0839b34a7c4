"""What the user chose about reminders, kept from one start of the program to the next."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from followup_desktop.services.ports import Clock
from followup_desktop.services.reminding.pauses import holds
from followup_desktop.ui.kit.window_settings import (
    CHECKED_DAY,
    ENCOURAGEMENT,
    PAUSED_UNTIL,
    PHONE_AS_EVENTS,
    PHONE_FOLDER,
    PHONE_PRIVATE,
    PRIVATE,
    SEEN_ZONE,
    WindowSettings,
)

if TYPE_CHECKING:
    from followup_desktop.services.reminding.phone_calendar import CalendarWish


class ReminderChoices(QObject):
    """The choices as they are now; ``changed`` says that reminders were paused or go on."""

    changed = Signal()

    def __init__(self, settings: WindowSettings, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._clock = clock

    @property
    def encouragement(self) -> bool:
        """Whether words of encouragement are wanted as notifications."""
        return self._settings.get(ENCOURAGEMENT)

    @property
    def private(self) -> bool:
        """Whether notifications are to name nobody."""
        return self._settings.get(PRIVATE)

    def paused_until(self) -> datetime | None:
        """Until when reminders are paused, if they are."""
        try:
            until = datetime.fromtimestamp(int(self._settings.get(PAUSED_UNTIL)), UTC)
        except (ValueError, OverflowError, OSError):
            return None
        return until if holds(until, self._clock()) else None

    def pause(self, until: datetime) -> None:
        """Have no reminders until then."""
        self._settings.set(PAUSED_UNTIL, str(int(until.timestamp())))
        self._settings.write()
        self.changed.emit()

    def resume(self) -> None:
        """Have reminders again from now on."""
        self._settings.clear(PAUSED_UNTIL)
        self._settings.write()
        self.changed.emit()


class SeenZoneSetting:
    """The computer's time zone that was settled last; see ``services.reminding.zone_watch``."""

    def __init__(self, settings: WindowSettings) -> None:
        self._settings = settings

    def read(self) -> str | None:
        """The zone's name, if one was seen."""
        return self._settings.get(SEEN_ZONE) or None

    def write(self, zone_name: str) -> None:
        """Remember this one."""
        self._settings.set(SEEN_ZONE, zone_name)


class CheckedDaySetting:
    """The day on which the file was found sound last; see ``services.file_check``."""

    def __init__(self, settings: WindowSettings) -> None:
        self._settings = settings

    def read(self) -> str:
        """The day, or an empty text."""
        return self._settings.get(CHECKED_DAY)

    def write(self, day: str) -> None:
        """Remember this one."""
        self._settings.set(CHECKED_DAY, day)


def stored_wish(settings: WindowSettings) -> CalendarWish:
    """The calendar as it was chosen last."""
    from followup_desktop.services.reminding.phone_calendar import CalendarWish
    from followup_desktop.services.transfer.calendar_entries import CalendarOptions

    folder = settings.get(PHONE_FOLDER)
    return CalendarWish(
        Path(folder) if folder else None,
        CalendarOptions(
            as_events=settings.get(PHONE_AS_EVENTS),
            private=settings.get(PHONE_PRIVATE),
        ),
    )
