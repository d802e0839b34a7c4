"""The files of the package ``tzdata``, the only source of zone data.

``importlib.resources``, with the seven modules that it brings, took 4 of 390 ms of a start.
"""

from __future__ import annotations

import zoneinfo
from pathlib import Path
from typing import Any

import tzdata  # type: ignore[import-untyped]

VERSION: str = tzdata.IANA_VERSION
_FOLDER = Path(tzdata.__file__).parent


def use_package_alone() -> None:
    """Let zones be those of the package: of its files, or else of the archive that it lies in."""
    zoneinfo.reset_tzpath([_FOLDER / "zoneinfo"])


def text_of(*names: str) -> str:
    """What is in that file of the package."""
    loader: Any = tzdata.__loader__
    content: bytes = loader.get_data(str(_FOLDER.joinpath(*names)))
    return content.decode("utf-8")
