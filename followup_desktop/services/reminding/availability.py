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
    parts = [_("Reminders come while Follow Up is running.")]
    if availability.tray:
        parts.append(_("Closing the window leaves it running in the tray."))
    else:
        parts.append(_("There is no tray here, so closing the window ends it."))
    if availability.at_login:
        parts.append(_("It is started when you log in."))
    elif availability.at_login is None:
        parts.append(_("It is not started at login."))
    else:
        parts.append(_("It is not started at login: turn that on so that none is missed."))
    return " ".join(parts)


def assured(availability: Availability) -> str:
    """What Today says of it when there is nothing to do."""
    if availability.tray:
        return _("Reminders are active: you can close this and enjoy the day.")
    return _("Reminders come while Follow Up is running: leave it open and enjoy the day.")


def farewell(availability: Availability, following: str) -> str:
    """What is said when the program is left while something is planned, next at ``following``."""
    if availability.at_login:
        return _("No reminder comes until Follow Up runs again, at your next login. Next: {time}.").format(
            time=following
        )
    return _(
        "No reminder comes until you start Follow Up again. Next: {time}. It can start at login: see the "
        "settings, under Notifications."
    ).format(time=following)
