"""Renders the named states of each view into ``build/screenshots``, as ``python -m tests.screenshots``.

Names after the command render only those states; ``--help`` lists them. ``--language de`` renders them in
German into ``build/screenshots/de``. ``--publish`` also brings the few pictures up to date that the README
and the metainfo show, and those of the guide in each language; the repository has no others.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import textwrap
from collections import Counter
from contextlib import nullcontext
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from followup_desktop.i18n import languages
from followup_desktop.resource_files import resources_dir
from followup_desktop.system.qt_language import speak_to_qt
from followup_desktop.ui.kit.icons import IconSet, icon_folder
from followup_desktop.ui.kit.theme import Theme, ThemeChoice
from tests import guide_pictures
from tests.pseudo_locale import speaking
from tests.scene import MAIN_SHOTS, ONLY_LOOKED_AT, SHOTS, picture, staged
from tests.screens import STATES as TESTED
from tests.screens_insights import LARGE

REPOSITORY = Path(__file__).resolve().parent.parent
STATES = {**TESTED, **LARGE}
FOLDER = REPOSITORY / "build" / "screenshots"
PUBLISHED = REPOSITORY / "docs" / "screenshots"
"""The pictures that the README and the metainfo show."""
LOCALE = resources_dir() / "locale"
SCREEN = {"name": "pictures", "x": 0, "y": 0, "width": 1600, "height": 1200, "logicalDpi": 96}
"""Large enough that menus open where they are asked to."""


LOOKS = {str(shot): shot for shot in (*MAIN_SHOTS, *ONLY_LOOKED_AT)}
"""Every size and look in which there are pictures, by its name."""


def take(names: list[str], theme: Theme, folder: Path, looks: list[str]) -> None:
    """Take the pictures of these states into this folder, in these looks or else in all of the state's."""
    for name in names:
        state = STATES[name]
        shots = (*(MAIN_SHOTS if state.main else SHOTS), *ONLY_LOOKED_AT)
        for shot in (LOOKS[look] for look in looks) if looks else shots:
            with staged(state, shot, theme) as window:
                path = folder / f"{name}-{shot}.png"
                image = picture(window).toImage()
                if not state.main:
                    image = small(image)
                image.save(str(path), quality=0)  # the smallest file


def small(image: QImage) -> QImage:
    """The picture in its 256 most frequent colours: half the room, enough where no tint matters."""
    pixels = image.convertToFormat(QImage.Format.Format_RGB32)
    frequent = [colour for colour, _ in Counter(memoryview(pixels.constBits()).cast("I")).most_common(256)]
    return pixels.convertToFormat(QImage.Format.Format_Indexed8, frequent, Qt.ImageConversionFlag.AvoidDither)


def publish(names: list[str], theme: Theme) -> None:
    """Bring the pictures of these states that are shown somewhere up to date."""
    for shown in PUBLISHED.glob("*.png"):
        drawn = FOLDER / shown.name
        if drawn.exists():
            shutil.copyfile(drawn, shown)
    guide_pictures.make(names, theme)


def parser() -> argparse.ArgumentParser:
    """What may be asked for."""
    states = textwrap.fill(", ".join(STATES), 100, break_on_hyphens=False)
    described = f"Renders the named states of each view into {FOLDER.parent.name}/{FOLDER.name}."
    found = argparse.ArgumentParser(
        prog="python -m tests.screenshots",
        description=f"{described} Each is drawn in several sizes and looks; see tests/scene.py.",
        epilog=f"There are {len(STATES)} states:\n{states}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    without = "a state to render; without any, all are, with the pictures of real servers, and old ones go"
    found.add_argument("state", nargs="*", help=without)
    spoken = "the language to render in, as its code: de; its pictures go into a folder of this name"
    found.add_argument("--language", choices=list(languages(LOCALE)), default="en", help=spoken)
    look = "a size and look to render alone; may be given again"
    found.add_argument("--look", action="append", choices=list(LOOKS), default=[], help=look)
    shown = "bring the pictures that README, guide and metainfo show up to date as well"
    found.add_argument("--publish", action="store_true", help=shown)
    return found


def main(arguments: list[str]) -> int:
    """Take the pictures of the states named; without names, of all, and remove those of none."""
    asked, status = parser(), 0
    given = asked.parse_args(arguments)
    names: list[str] = given.state
    unknown = sorted(set(names) - set(STATES))
    if unknown:
        asked.error(f"no such state: {', '.join(unknown)} (--help lists them)")
    folder = FOLDER if given.language == "en" else FOLDER / given.language
    folder.mkdir(parents=True, exist_ok=True)
    if not names and not given.look:
        for old in folder.glob("*.png"):
            old.unlink()
    with tempfile.TemporaryDirectory() as settings:
        screens = Path(settings) / "screens.json"
        screens.write_text(json.dumps({"screens": [SCREEN]}), encoding="utf-8")
        os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={screens}"
        app = QApplication([])
        speak_to_qt(app)
        theme, taken = Theme(app, IconSet(icon_folder()), ThemeChoice.LIGHT), names or list(STATES)
        with nullcontext() if given.language == "en" else speaking(given.language):
            take(taken, theme, folder, given.look)
        if given.publish:
            publish(taken, theme)
    if not names and given.language == "en":
        # What a real server draws needs a desktop of its own, and the real platform.
        pictures = (sys.executable, "-m", "tests.desktop.notification_pictures", str(FOLDER))
        status = subprocess.run(pictures, check=False).returncode
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
