"""Where a dialog for a file opens: in the folder used last, at first in the user's documents or home."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths

from followup_desktop.ui.kit.window_settings import FILE_FOLDER, WindowSettings


class LastFolder:
    """The folder of the file that was chosen last, kept in ``settings``."""

    def __init__(self, settings: WindowSettings) -> None:
        self._settings = settings

    def place(self, name: str = "") -> str:
        """Where the dialog begins: the folder, or the file of that name in it."""
        kept = self._settings.get(FILE_FOLDER)
        folder = Path(kept) if kept else None
        if folder is None or not folder.is_dir():  # it may have been on a stick
            documents = QStandardPaths.StandardLocation.DocumentsLocation
            folder = Path(QStandardPaths.writableLocation(documents))
        if not folder.is_dir():  # the dialog would take its name for that of a file
            folder = Path.home()
        return str(folder / name)

    def remember(self, file: Path) -> None:
        """This file was chosen."""
        self._settings.set(FILE_FOLDER, str(file.parent))
