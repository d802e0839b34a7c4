"""The settings that are the program's own and none of the rules', found one by one."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from followup_desktop.services.wording.settings import LOGIN
from followup_desktop.ui.settings.own_sections import LookAndSender, NotificationRows, PauseRow
from followup_desktop.ui.settings.phone_rows import PhoneRows


def own_field(
    name: str, pause: PauseRow, notifications: NotificationRows, phone: PhoneRows, look: LookAndSender
) -> QWidget:
    """What takes the keyboard for the setting of that name: what has none yet leads to what it waits for."""
    found: dict[str, QWidget] = {
        "paused": pause.field,
        LOGIN: notifications.login,
        "private": notifications.private,
        "encouragement": notifications.encouragement,
        "phone_folder": phone.folder_button,
        "phone_events": phone.as_events,
        "phone_private": phone.private,
        "theme": look.look,
        "sender": look.sender_name,
    }
    return found[name] if found[name].isEnabled() else phone.folder_button
