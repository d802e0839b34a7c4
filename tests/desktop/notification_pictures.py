"""Pictures of a reminder on each server: ``python -m tests.desktop.notification_pictures FOLDER``."""

from __future__ import annotations

import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtGui import QImage

from tests.desktop.program import FakeClock, RunningProgram, facts, just_interviewed
from tests.desktop.programs import wait_until
from tests.desktop.servers import SERVERS, Server
from tests.desktop.session import PrivateSession

NOW = datetime(2026, 10, 14, 15, 30, tzinfo=UTC)
MARGIN = 12


def take(server: Server, path: Path) -> None:
    """Let a thank-you be due at a fixed instant, and picture its popup on the plain screen."""
    with PrivateSession(server) as session, tempfile.TemporaryDirectory() as folder:
        clock = FakeClock(session, NOW)
        program = RunningProgram(session, facts(just_interviewed(NOW, timedelta(hours=3))))
        program.start(**clock.env)
        wait_until(session.displayed, 30, "the reminder is shown")
        session.run("xdotool", "windowminimize", "--sync", program.window)
        (window,) = wait_until(session.popup_windows, 10, "its popup is there")
        screen = Path(folder) / "screen.png"
        session.screenshot(screen)
        x, y, width, height = session.area(window)
        around = (x - MARGIN, y - MARGIN, width + 2 * MARGIN, height + 2 * MARGIN)
        QImage(str(screen)).copy(*around).save(str(path), quality=0)


def main() -> int:
    """Take the picture of each server into the folder named."""
    for server in SERVERS:
        take(server, Path(sys.argv[1]) / f"notification-{server.name}.png")
    return 0


if __name__ == "__main__":
    sys.exit(main())
