"""Write a picture of the whole screen to a file: ``python -m tests.desktop.grab FILE``.

Qt can grab an X server's root window, so no other program is needed for it. The picture is written once two
grabs in a row are equal, or after ten seconds at the latest.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication, QImage

INTERVAL_MS = 150
ATTEMPTS = 66


class Grabber:
    """Grabs until the screen holds still, then saves and ends the application."""

    def __init__(self, app: QGuiApplication, path: str) -> None:
        self._app = app
        self._path = path
        self._last = QImage()
        self._left = ATTEMPTS
        self._timer = QTimer(interval=INTERVAL_MS)
        self._timer.timeout.connect(self._grab)
        self._timer.start()

    def _grab(self) -> None:
        self._left -= 1
        image = self._app.primaryScreen().grabWindow(0).toImage()
        if image == self._last or not self._left:
            self._app.exit(0 if image.save(self._path) else 1)
        self._last = image


def main() -> int:
    app = QGuiApplication(sys.argv)
    grabber = Grabber(app, sys.argv[1])
    status = app.exec()
    del grabber
    return status


if __name__ == "__main__":
    sys.exit(main())
