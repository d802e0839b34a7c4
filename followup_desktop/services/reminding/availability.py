"""Plain words on whether reminders can come at all: they do while the program runs."""

from __future__ import annotations

from dataclasses import dataclass

from followup_desktop.services.wording.formats import Translate


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How the program stays running: in a tray when its window is closed, and from login on.

    ``at_login`` is ``None`` where that can't be arranged.
    """

    tray: bool
    at_login: bool | None


def explained(standing: Standing, tr: Translate) -> str:
    """When reminders come, and what would make them surer; always to be seen in the settings."""
    parts = [tr("Reminders come while Follow Up is running.")]
    if standing.tray:
        parts.append(tr("Closing the window leaves it running in the tray."))
    else:
        parts.append(tr("There is no tray here, so closing the window ends it."))
    if standing.at_login:
        parts.append(tr("It is started when you log in."))
    elif standing.at_login is None:
        parts.append(tr("It is not started at login."))
    else:
        parts.append(tr("It is not started at login: turn that on so that none is missed."))
    return " ".join(parts)


def assured(standing: Standing, tr: Translate) -> str:
    """What Today says of it when there is nothing to do."""
    if standing.tray:
        return tr("Reminders are active: you can close this and enjoy the day.")
    return tr("Reminders come while Follow Up is running: leave it open and enjoy the day.")


def farewell(standing: Standing, following: str, tr: Translate) -> str:
    """What is said when the program is left while something is planned, next at ``following``."""
    if standing.at_login:
        return tr("No reminder comes until Follow Up runs again, at your next login. Next: {time}.").format(
            time=following
        )
    return tr(
        "No reminder comes until you start Follow Up again. Next: {time}. It can start at login: see the "
        "settings, under Notifications."
    ).format(time=following)
