"""Draws the program's icon from its SVG files in every size and container that the packages need.

``python packaging/icons.py FOLDER`` writes into ``FOLDER``:

- ``hicolor/<n>x<n>/apps/followup-desktop.png`` and ``hicolor/scalable/apps/followup-desktop.svg`` for Linux,
- ``followup-desktop.ico`` for Windows, ``followup-desktop.icns`` for macOS.

The same sources and the same Qt give the same bytes.
"""

from __future__ import annotations

import os
import shutil
import struct
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgRenderer

NAME = "followup-desktop"
SOURCES = Path(__file__).resolve().parent.parent / "resources" / "icons"
SMALL = 24
"""Up to this edge length the simplified drawing is used: the full one blurs there."""

HICOLOR_SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
ICO_SIZES = (16, 24, 32, 48, 64, 128, 256)
ICNS_TYPES = {
    b"icp4": 16,
    b"icp5": 32,
    b"ic11": 32,
    b"ic12": 64,
    b"ic07": 128,
    b"ic13": 256,
    b"ic08": 256,
    b"ic14": 512,
    b"ic09": 512,
    b"ic10": 1024,
}
"""The types that hold PNG, with their edge length in pixels; ic11 to ic14 and ic10 are for dense screens."""


def drawing(size: int) -> Path:
    """The SVG file that is drawn at this edge length."""
    return SOURCES / ("app-small.svg" if size <= SMALL else "app.svg")


def picture(size: int) -> QImage:
    """The icon at this edge length in pixels, on nothing."""
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(str(drawing(size))).render(painter, QRectF(image.rect()))
    painter.end()
    return image.convertToFormat(QImage.Format.Format_ARGB32)


def encoded(image: QImage) -> bytes:
    """The picture as a PNG file; raises ``RuntimeError`` where Qt can't write it."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not QImageWriter(buffer, QByteArray(b"PNG")).write(image):
        raise RuntimeError("Qt could not write a PNG file.")
    return bytes(content.data())


def bitmap(image: QImage) -> bytes:
    """The picture as an icon file holds it: a header, the rows from below, and a mask that hides nothing.

    Qt's own ICO writer leaves some bytes of this as they happen to be in memory.
    """
    width, height = image.width(), image.height()
    header = struct.pack("<3I2H6I", 40, width, 2 * height, 1, 32, 0, 0, 0, 0, 0, 0)
    rows = image.flipped(Qt.Orientation.Vertical)
    mask = bytes((width + 31) // 32 * 4 * height)
    return header + bytes(rows.constBits()) + mask


def ico() -> bytes:
    """A Windows icon of all sizes: the largest as PNG, known since Vista, the others as bitmaps."""
    entries, bodies = [], []
    offset = 6 + 16 * len(ICO_SIZES)
    for size in ICO_SIZES:
        image = picture(size)
        body = encoded(image) if size >= 256 else bitmap(image)
        edge = size % 256  # 0 stands for 256
        entries.append(struct.pack("<4B2H2I", edge, edge, 0, 0, 1, 32, len(body), offset))
        bodies.append(body)
        offset += len(body)
    return struct.pack("<3H", 0, 1, len(ICO_SIZES)) + b"".join(entries) + b"".join(bodies)


def icns() -> bytes:
    """A macOS icon; Qt's own writer leaves out the types for dense screens."""
    parts = []
    for kind, size in ICNS_TYPES.items():
        body = encoded(picture(size))
        parts.append(kind + struct.pack(">I", 8 + len(body)) + body)
    content = b"".join(parts)
    return b"icns" + struct.pack(">I", 8 + len(content)) + content


def write_all(folder: Path) -> None:
    """Write every icon below this folder, which is made if it is missing."""
    for size in HICOLOR_SIZES:
        apps = folder / "hicolor" / f"{size}x{size}" / "apps"
        apps.mkdir(parents=True, exist_ok=True)
        (apps / f"{NAME}.png").write_bytes(encoded(picture(size)))
    scalable = folder / "hicolor" / "scalable" / "apps"
    scalable.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(drawing(512), scalable / f"{NAME}.svg")
    (folder / f"{NAME}.ico").write_bytes(ico())
    (folder / f"{NAME}.icns").write_bytes(icns())


def main(arguments: list[str]) -> int:
    """Write the icons into the folder named; returns the exit status."""
    if len(arguments) != 1:
        sys.stderr.write("usage: icons.py FOLDER\n")
        return 2
    qt = QGuiApplication(["icons"])
    write_all(Path(arguments[0]))
    del qt
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
