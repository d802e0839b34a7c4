"""The few pictures of the guide, made small from the screenshots."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

REPOSITORY = Path(__file__).resolve().parent.parent
PICTURES = REPOSITORY / "resources" / "guide" / "en" / "pictures"
SOURCES = {"today": "today-light-800x600", "debrief": "debrief-light-800x600"}
"""By the name of the guide's picture, that of the screenshot."""

HEIGHT = 440
"""The upper part of the screenshot, which says what it is about."""
WIDTH = 520
"""What the page takes in its ordinary size without drawing the picture smaller."""


def make(screenshots: Path) -> None:
    """Draw the guide's pictures anew from those of the screenshots in this folder that are there."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for name, source in SOURCES.items():
        drawn = screenshots / f"{source}.png"
        if not drawn.exists():
            continue
        image = QImage(str(drawn))
        image = image.copy(0, 0, image.width(), HEIGHT)
        small = image.scaledToWidth(WIDTH, Qt.TransformationMode.SmoothTransformation)
        small.save(str(PICTURES / f"{name}.png"), quality=0)
