"""The settings that are the program's own and none of the rules', found one by one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from PySide6.QtWidgets import QWidget

from followup_desktop.services.wording.settings import LOGIN
from followup_desktop.ui.settings.data_rows import DataRows
from followup_desktop.ui.settings.own_sections import GoalRow, LookAndSender, NotificationRows, PauseRow
from followup_desktop.ui.settings.phone_rows import PhoneRows
from followup_desktop.ui.settings.server_rows import ServerRows


class OwnParts(Protocol):
    """What has the program's own settings; each is made when it is asked for."""

    @property
    def pause(self) -> PauseRow:
        """The switch of the search."""

    @property
    def goal(self) -> GoalRow:
        """What is meant to be done a week."""

    @property
    def notifications(self) -> NotificationRows:
        """How reminders are shown."""

    @property
    def phone(self) -> PhoneRows:
        """The calendar for the phone."""

    @property
    def server(self) -> ServerRows:
        """The calendar on the user's server."""

    @property
    def data(self) -> DataRows:
        """The backups."""

    @property
    def look(self) -> LookAndSender:
        """Language, theme, lettering, and the user's name."""


def own_field(name: str, parts: OwnParts) -> QWidget:
    """What takes the keyboard for the setting of that name: what has none yet leads to what it waits for."""
    found = _FIELDS[name](parts)
    return found if found.isEnabled() else parts.phone.folder_button


_FIELDS: Mapping[str, Callable[[OwnParts], QWidget]] = {
    "paused": lambda parts: parts.pause.field,
    "goal": lambda parts: parts.goal.number,
    LOGIN: lambda parts: parts.notifications.login,
    "private": lambda parts: parts.notifications.private,
    "encouragement": lambda parts: parts.notifications.encouragement,
    "phone_folder": lambda parts: parts.phone.folder_button,
    "phone_events": lambda parts: parts.phone.as_events,
    "phone_private": lambda parts: parts.phone.private,
    "server": lambda parts: parts.server.first_field,
    "language": lambda parts: parts.look.language,
    "theme": lambda parts: parts.look.look,
    "text_size": lambda parts: parts.look.text_size,
    "font": lambda parts: parts.look.text_font,
    "spaced_letters": lambda parts: parts.look.spaced,
    "sender": lambda parts: parts.look.sender_name,
    "report_name": lambda parts: parts.look.report_name,
    "report_number": lambda parts: parts.look.report_number,
    "backups": lambda parts: parts.data.make_button,
    "second_backups": lambda parts: parts.data.folder_button,
    "passphrase": lambda parts: parts.data.passphrase.first_button,
}
