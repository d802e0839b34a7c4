"""The few pictures of the guide, made small from its views in each language."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from followup_desktop.i18n import ENGLISH
from followup_desktop.resource_files import resources_dir
from followup_desktop.ui.kit.theme import Theme, ThemeChoice
from tests.pseudo_locale import speaking
from tests.scene import Shot, picture, staged
from tests.screens import STATES

SHOWN = ("today", "debrief")
"""The states that the guide shows, by the names of their pictures."""
SHOT = Shot(ThemeChoice.LIGHT, 800, 600)

HEIGHT = 440
"""The upper part of the screenshot, which says what it is about."""
WIDTH = 520
"""What the page takes in its ordinary size without drawing the picture smaller."""


def folders() -> dict[str, Path]:
    """Where the pictures of the guide are, by its languages."""
    return {page.parent.name: page.parent / "pictures" for page in resources_dir().glob("guide/*/index.md")}


def make(names: Collection[str], theme: Theme) -> None:
    """Draw the guide's pictures of these states anew, in each of its languages."""
    for language, folder in folders().items():
        folder.mkdir(exist_ok=True)
        with speaking(ENGLISH if language == "en" else language):
            for name in SHOWN:
                if name in names:
                    with staged(STATES[name], SHOT, theme) as window:
                        drawn(picture(window).toImage()).save(str(folder / f"{name}.png"), quality=0)


def drawn(screenshot: QImage) -> QImage:
    """The picture of the guide from this screenshot."""
    image = screenshot.copy(0, 0, screenshot.width(), HEIGHT)
    return image.scaledToWidth(WIDTH, Qt.TransformationMode.SmoothTransformation)
