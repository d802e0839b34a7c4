"""The settings that are the program's own and none of the rules', found one by one."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from followup_desktop.i18n import N_
from followup_desktop.ui.settings.own_sections import LookAndSender, NotificationRows, PauseRow
from followup_desktop.ui.settings.phone_rows import PhoneRows

LOGIN = "login"
OWN_SETTINGS = {
    "paused": N_("Pause the search"),
    LOGIN: N_("Start at login, in the tray"),
    "private": N_("Show nothing private in notifications"),
    "encouragement": N_("Words of encouragement"),
    "phone_folder": N_("Folder for your phone's calendar"),
    "phone_events": N_("Follow-ups also as appointments on your phone"),
    "phone_private": N_("No names on the phone"),
    "theme": N_("Theme: light, dark or as the system"),
    "sender": N_("Your name below your emails"),
}
"""Their names and titles; ``LOGIN`` is there only where it can be arranged."""


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
