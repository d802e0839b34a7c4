"""The line icons, drawn from SVG in whatever colour the theme asks for."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from followup_desktop.resource_files import resources_dir

SIZES = (16, 18, 20, 24, 32)
"""Edge lengths, in logical pixels, at which an icon is drawn ahead; each also doubled for dense screens."""


class IconSet:
    """Loads ``<name>.svg`` from one folder and draws it in a colour.

    The files draw with ``stroke="#000000"``, which is what is replaced. An unknown name raises ``KeyError``.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sources: dict[str, str] = {}
        self._icons: dict[tuple[str, str, str], QIcon] = {}

    def icon(self, name: str, colour: QColor, disabled: QColor) -> QIcon:
        """The icon in ``colour``, with a disabled variant; drawn once for each pair."""
        key = (name, colour.name(), disabled.name())
        if key not in self._icons:
            icon = QIcon()
            for size in SIZES:
                for ratio in (1.0, 2.0):
                    icon.addPixmap(self.pixmap(name, colour, size, ratio), QIcon.Mode.Normal)
                    icon.addPixmap(self.pixmap(name, disabled, size, ratio), QIcon.Mode.Disabled)
            self._icons[key] = icon
        return self._icons[key]

    def pixmap(self, name: str, colour: QColor, size: int, ratio: float = 1.0) -> QPixmap:
        """The icon as a picture of ``size`` logical pixels for a screen of that pixel ratio."""
        pixmap = QPixmap(QSize(size, size) * ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self._renderer(name, colour).render(painter, QRectF(pixmap.rect()))
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

    def path(self, name: str) -> Path:
        """The file itself, for a style sheet, which draws it in the file's own colours."""
        path = self._folder / f"{name}.svg"
        if not path.is_file():
            raise KeyError(name)
        return path

    def app_icon(self) -> QIcon:
        """The program's own icon, in its own colours."""
        icon = QIcon()
        for size in (16, 22, 24, 32, 48, 64, 128, 256):
            drawing = "app-small" if size <= 24 else "app"  # the full drawing blurs there
            icon.addPixmap(self.pixmap(drawing, QColor("black"), size))
        return icon

    def _renderer(self, name: str, colour: QColor) -> QSvgRenderer:
        if name not in self._sources:
            self._sources[name] = self.path(name).read_text(encoding="utf-8")
        source = self._sources[name].replace('stroke="#000000"', f'stroke="{colour.name()}"')
        return QSvgRenderer(QByteArray(source.encode()))


def icon_folder() -> Path:
    """Where the icons lie."""
    return resources_dir() / "icons"
