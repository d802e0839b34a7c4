"""What the user chose about reminders, kept from one start of the program to the next."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QObject, QSettings, Signal

from followup_desktop.services.ports import Clock
from followup_desktop.services.reminding.pauses import holds

ENCOURAGEMENT_KEY = "reminders/encouragement"
"""Whether words of encouragement are also notified (tip 8); off unless it is turned on."""
PRIVATE_KEY = "reminders/private"
"""Whether notifications name nobody; off unless it is turned on."""
_PAUSED_KEY = "reminders/paused_until"
_SEEN_ZONE_KEY = "place/seen_zone"
_CHECKED_DAY_KEY = "data/checked_on"


class ReminderChoices(QObject):
    """The choices as they are now; ``changed`` says that reminders were paused or go on."""

    changed = Signal()

    def __init__(self, settings: QSettings, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._clock = clock

    @property
    def encouragement(self) -> bool:
        """Whether words of encouragement are wanted as notifications."""
        return bool(self._settings.value(ENCOURAGEMENT_KEY, False, type=bool))

    @property
    def private(self) -> bool:
        """Whether notifications are to name nobody."""
        return bool(self._settings.value(PRIVATE_KEY, False, type=bool))

    def paused_until(self) -> datetime | None:
        """Until when reminders are paused, if they are."""
        try:
            until = datetime.fromtimestamp(int(str(self._settings.value(_PAUSED_KEY, ""))), UTC)
        except (ValueError, OverflowError, OSError):
            return None
        return until if holds(until, self._clock()) else None

    def pause(self, until: datetime) -> None:
        """Have no reminders until then."""
        self._settings.setValue(_PAUSED_KEY, str(int(until.timestamp())))
        self._settings.sync()
        self.changed.emit()

    def resume(self) -> None:
        """Have reminders again from now on."""
        self._settings.remove(_PAUSED_KEY)
        self._settings.sync()
        self.changed.emit()


class SeenZoneSetting:
    """The computer's time zone that was settled last; see ``services.moving_zone``."""

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings

    def read(self) -> str | None:
        """The zone's name, if one was seen."""
        return str(self._settings.value(_SEEN_ZONE_KEY, "")) or None

    def write(self, zone_name: str) -> None:
        """Remember this one."""
        self._settings.setValue(_SEEN_ZONE_KEY, zone_name)


class CheckedDaySetting:
    """The day on which the file was found sound last; see ``services.file_check``."""

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings

    def read(self) -> str:
        """The day, or an empty text."""
        return str(self._settings.value(_CHECKED_DAY_KEY, ""))

    def write(self, day: str) -> None:
        """Remember this one."""
        self._settings.setValue(_CHECKED_DAY_KEY, day)
