"""Which back ends there are on this platform, in the order in which they are tried."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from PySide6.QtWidgets import QSystemTrayIcon

from followup_desktop.resource_files import resources_dir
from followup_desktop.system.notifiers.backend import Backend, Listener
from followup_desktop.system.notifiers.chain import BackendMaker
from followup_desktop.system.notifiers.plyer_platform import shower
from followup_desktop.system.notifiers.plyer_worker import PlyerNotifier
from followup_desktop.system.notifiers.tray import TrayNotifier, is_tray_a_service

_ANSWER_SECONDS = 2.0


def platform_backends(
    *, app_name: str, desktop_entry: str, environment: Mapping[str, str], tray: QSystemTrayIcon | None = None
) -> list[BackendMaker]:
    """The freedesktop service where there can be one, then plyer, then the tray icon if there is one."""
    makers: list[BackendMaker] = []
    if sys.platform in {"win32", "darwin"}:
        show = shower(app_name, lambda: None)
    else:
        # jeepney is installed on Linux only.
        from followup_desktop.system.notifiers.freedesktop import (
            FreedesktopNotifier,
            Sender,
            server_capabilities,
        )
        from followup_desktop.system.notifiers.icon import icon_for_server
        from followup_desktop.system.notifiers.session_bus import session_bus_address

        address = session_bus_address(environment)
        icon = icon_for_server(desktop_entry, resources_dir() / "icons/app.svg", environment)

        def freedesktop(listener: Listener) -> Backend:
            sender = Sender(name=app_name, desktop_entry=desktop_entry, icon=icon)
            return FreedesktopNotifier(listener, address, sender)

        makers.append(freedesktop)
        show = shower(app_name, lambda: server_capabilities(address, _ANSWER_SECONDS))
    makers.append(lambda listener: PlyerNotifier(listener, show))
    if tray is not None:
        balloons = sys.platform in {"win32", "darwin"} or not is_tray_a_service()
        makers.append(lambda listener: TrayNotifier(listener, tray, balloons=balloons))
    return makers
