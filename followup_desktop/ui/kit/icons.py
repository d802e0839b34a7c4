"""The line icons, drawn from SVG in whatever colour the theme asks for."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from followup_desktop.resource_files import resources_dir

Draw = Callable[[int, float, bool], QPixmap]
"""Makes the picture of so many logical pixels for that pixel ratio, of what is enabled or not."""


DIRECTED = frozenset(
    {
        "chevron-right",
        "email-forward",
        "export",
        "export-some",
        "feedback",
        "left",
        "log",
        "message",
        "more-menus",
        "move-on",
        "next",
        "previous",
        "quit",
        "redo",
        "reply",
        "report",
        "right",
        "script",
        "send",
        "skip",
        "undo",
    }
)
"""The icons that point along the lines of a text, or show one; mirrored where those run to the left."""


class LineIconEngine(QIconEngine):
    """Draws an icon in the sizes in which it is seen, each once.

    A window has a hundred icons, most of them in menus: to draw them all ahead was a third of the start.
    In a picture that is wider than high the drawing stands at the beginning, and the rest is empty: the room
    between a button's icon and its words.
    """

    def __init__(self, draw: Draw) -> None:
        super().__init__()
        self._draw = draw
        self._drawn: dict[tuple[int, float, bool], QPixmap] = {}

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        side = min(size.width(), size.height())
        drawn = self._square(side, scale, mode)
        if side == size.width():
            return drawn
        wide = QPixmap(size * scale)
        wide.setDevicePixelRatio(scale)
        wide.fill(Qt.GlobalColor.transparent)
        painter = QPainter(wide)
        painter.drawPixmap(QPoint(size.width() - side if _is_mirrored() else 0, 0), drawn)
        painter.end()
        return wide

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        side = min(rect.width(), rect.height())
        picture = self._square(side, painter.device().devicePixelRatio(), mode)
        area = QRectF(0, 0, *picture.deviceIndependentSize().toTuple())
        area.moveCenter(QRectF(rect).center())
        painter.drawPixmap(area.topLeft(), picture)

    def clone(self) -> QIconEngine:
        return LineIconEngine(self._draw)

    def _square(self, side: int, ratio: float, mode: QIcon.Mode) -> QPixmap:
        key = (side, ratio, mode is not QIcon.Mode.Disabled)
        if key not in self._drawn:
            self._drawn[key] = self._draw(*key)
        return self._drawn[key]


class FollowingIconEngine(QIconEngine):
    """Draws whatever icon it is given at that moment."""

    def __init__(self, icon: Callable[[], QIcon]) -> None:
        super().__init__()
        self._icon = icon

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        return self._icon().pixmap(size, scale, mode, state)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        self._icon().paint(painter, rect, Qt.AlignmentFlag.AlignCenter, mode, state)

    def clone(self) -> QIconEngine:
        return FollowingIconEngine(self._icon)


class IconSet:
    """Loads ``<name>.svg`` from one folder and draws it in a colour.

    The files draw with ``stroke="#000000"``, which is what is replaced. An unknown name raises ``KeyError``.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sources: dict[str, str] = {}
        self._icons: dict[tuple[str, str, str], QIcon] = {}
        self._app_icon: QIcon | None = None

    def icon(self, name: str, colour: QColor, disabled: QColor) -> QIcon:
        """The icon in ``colour``, with a disabled variant; one for each pair, drawn when it is seen."""
        key = (name, colour.name(), disabled.name())
        if key not in self._icons:

            def draw(size: int, ratio: float, enabled: bool) -> QPixmap:
                return self.pixmap(name, colour if enabled else disabled, size, ratio)

            self.check(name)
            self._icons[key] = QIcon(LineIconEngine(draw))
        return self._icons[key]

    def pixmap(self, name: str, colour: QColor, size: int, ratio: float = 1.0) -> QPixmap:
        """The icon as a picture of ``size`` logical pixels for a screen of that pixel ratio."""
        pixmap = QPixmap(QSize(size, size) * ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        if name in DIRECTED and _is_mirrored():
            painter.translate(pixmap.width(), 0)
            painter.scale(-1, 1)
        self._renderer(name, colour).render(painter, QRectF(pixmap.rect()))
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

    def path(self, name: str) -> Path:
        """The file itself, for a style sheet, which draws it in the file's own colours."""
        self.check(name)
        return self._folder / f"{name}.svg"

    def check(self, name: str) -> None:
        """Raise ``KeyError`` where there is no icon of this name."""
        if name not in self._names:
            raise KeyError(name)

    @cached_property
    def _names(self) -> frozenset[str]:
        """Of all icons, by one look at the folder; at a start 140 were looked for one by one."""
        with os.scandir(self._folder) as files:
            return frozenset(file.name.removesuffix(".svg") for file in files)

    def app_icon(self) -> QIcon:
        """The program's own icon, in its own colours."""
        if self._app_icon is not None:
            return self._app_icon
        icon = self._app_icon = QIcon()
        for size in (16, 22, 24, 32, 48, 64, 128, 256):
            drawing = "app-small" if size <= 24 else "app"  # the full drawing blurs there
            icon.addPixmap(self.pixmap(drawing, QColor("black"), size))
        return icon

    def _renderer(self, name: str, colour: QColor) -> QSvgRenderer:
        if name not in self._sources:
            self._sources[name] = self.path(name).read_text(encoding="utf-8")
        source = self._sources[name].replace('stroke="#000000"', f'stroke="{colour.name()}"')
        return QSvgRenderer(QByteArray(source.encode()))


def _is_mirrored() -> bool:
    return QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft


def icon_folder() -> Path:
    """Where the icons lie."""
    return resources_dir() / "icons"
