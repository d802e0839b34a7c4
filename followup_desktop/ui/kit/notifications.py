"""How reminders reach the user, as Today and the settings show it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from followup_desktop.services.ports import Autostart
from followup_desktop.services.reminding.log import AnnouncementRow


class Notifications(Protocol):
    """The notifier in use, and what makes sure that reminders come."""

    @property
    def name(self) -> str:
        """The back end in use."""

    @property
    def login(self) -> Autostart | None:
        """What starts the program at login, where that can be arranged."""

    def send_test(self) -> str:
        """Raise one notification; says in a sentence which way it goes."""

    def explained(self) -> str:
        """When reminders come, and what would make them surer."""

    def assured(self) -> str:
        """How sure it is that reminders come, in a word, for when there is nothing to do."""

    def announcements(self, now: datetime) -> Sequence[AnnouncementRow]:
        """What was announced last, the last first."""

    def paused_until(self) -> datetime | None:
        """Until when there are no reminders, if they are paused."""

    def resume(self) -> None:
        """Have reminders again from now on."""
