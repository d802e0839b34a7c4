"""Plain words on whether reminders can come at all: they do while the program runs."""

from __future__ import annotations

from dataclasses import dataclass

from followup_desktop.i18n import _


@dataclass(frozen=True, slots=True, kw_only=True)
class Availability:
    """How the program stays running: in a tray when its window is closed, and from login on.

    ``at_login`` is ``None`` where that can't be arranged.
    """

    tray: bool
    at_login: bool | None


def explained(availability: Availability) -> str:
    """When reminders come, and what would make them surer; always to be seen in the settings."""
    parts = [_("You get reminders while Follow Up is running.")]
    if availability.tray:
        parts.append(_("It keeps running in the tray when you close the window."))
    else:
        parts.append(_("Your desktop has no tray, so closing the window quits Follow Up."))
    if availability.at_login:
        parts.append(_("It starts when you log in."))
    elif availability.at_login is None:
        parts.append(_("It doesn't start when you log in."))
    else:
        parts.append(_("It doesn't start when you log in. Turn that on so you don't miss a reminder."))
    return " ".join(parts)


def assured(availability: Availability) -> str:
    """What Today says of it when there is nothing to do."""
    if availability.tray:
        return _("Reminders are on. You can close this window and enjoy your day.")
    return _("Keep Follow Up running and enjoy your day.")


def farewell(availability: Availability, following: str) -> str:
    """What is said when the program is left while something is planned, next at ``following``."""
    if availability.at_login:
        return _(
            "You won't get reminders until Follow Up starts again at your next login. Next: {time}."
        ).format(time=following)
    return _(
        "You won't get reminders until you start Follow Up again. Next: {time}. To "
        "start it at login, go to Settings, Notifications."
    ).format(time=following)
