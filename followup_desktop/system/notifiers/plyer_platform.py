"""What plyer shows a notification with on each platform, and the text that each of them can bear.

plyer chooses by itself only outside Linux. There it would take any folder ``/app`` for a Flatpak, and it
learns of no failure of ``notify-send``: so the choice is made here, the server is asked beforehand, and the
exit status of a program counts.
"""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from followup_desktop.services.ports import Notification, NotifierFailed
from followup_desktop.system.child_environment import for_child_programs
from followup_desktop.system.notifiers.plyer_worker import Show
from followup_desktop.system.notifiers.text import cut_utf16, escape_markup, one_line, some_lines

_TITLE_LIMIT = 64
_WINDOWS_TITLE_UNITS = 63
_WINDOWS_BODY_UNITS = 255
_SHOWN_SECONDS = 5
_PORTAL_METHOD = (
    *("--dest", "org.freedesktop.portal.Desktop", "--object-path", "/org/freedesktop/portal/desktop"),
    *("--method", "org.freedesktop.portal.Notification.AddNotification"),
)
_FLATPAK_MARK = Path("/.flatpak-info")

Capabilities = Callable[[], frozenset[str] | None]
"""What the freedesktop server can, or ``None`` if there is none that answers; may wait some seconds."""


def shower(app_name: str, server_capabilities: Capabilities) -> Show:
    """The function that shows a notification on this platform, for a worker thread."""
    if sys.platform == "win32":
        return lambda notification: _show_on_windows(app_name, notification)
    if sys.platform == "darwin":
        return lambda notification: _show_on_macos(app_name, notification)
    return lambda notification: _show_on_linux(app_name, notification, server_capabilities)


def dash_safe(text: str) -> str:
    """The text with a leading hyphen made a typographic one: a program would take it for an option."""
    return "\u2010" + text[1:] if text.startswith("-") else text


def notify_send_body(text: str, capabilities: frozenset[str]) -> str:
    """The body for ``notify-send``, which interprets backslashes and passes markup on."""
    if "body-markup" in capabilities:
        text = escape_markup(text)
    return dash_safe(text.replace("\\", "\\\\"))


def portal_text(text: str) -> str:
    """The text as plyer puts it, between single quotes, into a GVariant."""
    return text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n")


def _show_on_linux(app_name: str, notification: Notification, server_capabilities: Capabilities) -> None:
    from plyer.platforms.linux import notification as linux

    class NotifySend(linux.NotifySendNotification):  # type: ignore[misc]
        """plyer's, that fails when the program does."""

        def _notify(self, **texts: Any) -> None:
            _run("notify-send", "-a", texts["app_name"], "--", texts["title"], texts["message"])

    class Portal(linux.NotifyDesktopPortals):  # type: ignore[misc]
        """plyer's, that fails when the call does."""

        def _notify(self, **texts: Any) -> None:
            said = f"{{'title': <'{texts['title']}'>, 'body': <'{texts['message']}'>}}"
            _run("gdbus", "call", "--session", *_PORTAL_METHOD, "", said)

    title = one_line(notification.title, _TITLE_LIMIT)
    body = some_lines(notification.body)
    if _FLATPAK_MARK.exists():
        _notify(Portal(), app_name, portal_text(title), portal_text(body))
        return
    capabilities = server_capabilities()
    if capabilities is None:
        raise NotifierFailed("no notification server answers")
    if importlib.util.find_spec("dbus") is not None:
        if "body-markup" in capabilities:
            body = escape_markup(body)
        _notify(linux.NotifyDbus(), app_name, title, body)
    elif shutil.which("notify-send") is not None:
        body = notify_send_body(body, capabilities)
        _notify(NotifySend(), app_name, dash_safe(title), body)
    else:
        raise NotifierFailed("neither python-dbus nor notify-send is installed")


def _run(*command: str) -> None:
    """Run a program that shows a notification; raises ``NotifierFailed`` unless it ends with status 0."""
    status = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    if status.returncode != 0:
        raise NotifierFailed(f"{command[0]} has failed")


def _show_on_windows(app_name: str, notification: Notification) -> None:
    from plyer.platforms.win import notification as windows

    # Beyond these lengths plyer fails in a thread of its own, unheard.
    title = cut_utf16(one_line(notification.title, _TITLE_LIMIT), _WINDOWS_TITLE_UNITS)
    body = cut_utf16(some_lines(notification.body), _WINDOWS_BODY_UNITS)
    _notify(windows.instance(), app_name, title, body)


def _show_on_macos(app_name: str, notification: Notification) -> None:
    from plyer.platforms.macosx import notification as macos

    title = one_line(notification.title, _TITLE_LIMIT)
    _notify(macos.instance(), app_name, title, some_lines(notification.body))


def _notify(implementation: Any, app_name: str, title: str, body: str) -> None:
    with for_child_programs():
        implementation.notify(title=title, message=body, app_name=app_name, timeout=_SHOWN_SECONDS)
