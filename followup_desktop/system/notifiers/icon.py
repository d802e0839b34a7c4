"""The program's icon as a notification server finds it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

_SHARED = "/usr/local/share:/usr/share"


def icon_for_server(name: str, picture: Path, environment: Mapping[str, str]) -> str:
    """The icon's name where a package has installed it for all icon themes, else the picture's address.

    A server draws a name that it does not find as a missing picture, or draws nothing.
    """
    own = environment.get("XDG_DATA_HOME") or str(Path(environment.get("HOME") or "~", ".local/share"))
    shared = (environment.get("XDG_DATA_DIRS") or _SHARED).split(":")
    folders = [Path(os.path.expanduser(folder)) for folder in (own, *shared) if folder]  # noqa: PTH111 - never raises
    if any(True for folder in folders for _ in folder.glob(f"icons/hicolor/*/apps/{name}.*")):
        return name
    return picture.absolute().as_uri()
