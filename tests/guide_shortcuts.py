"""The table of shortcuts in the guide, from the menus; ``python -m tests.guide_shortcuts`` writes it."""

from __future__ import annotations

import os
import re

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QMainWindow

from followup_desktop.ui.window.actions import Actions
from followup_desktop.ui.window.guide.book import guide_folder

PAGE = guide_folder() / "keyboard.md"
_TABLE = re.compile(r"(?<=## Menus\n\n).*?(?=\n\n|\Z)", re.DOTALL)


def table(window: QMainWindow) -> str:
    """Every action of the menus that has a shortcut, in the menus' order."""
    rows = ["| key | what it does |", "|---|---|"]
    for action in Actions(window).all():
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.PortableText)
        if keys:
            rows.append(f"| {keys} | {action.text().replace('&', '').removesuffix('…')} |")
    return "\n".join(rows)


def filled(page: str, window: QMainWindow) -> str:
    """The page with the table as the menus have it now."""
    return _TABLE.sub(lambda _old: table(window), page)


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication([])
    PAGE.write_text(filled(PAGE.read_text("utf-8"), QMainWindow()), "utf-8")
