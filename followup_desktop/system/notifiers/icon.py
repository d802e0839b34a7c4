"""The program's icon as a notification server finds it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from followup_desktop.system.paths import absolute_folder, home_folder

_SHARED = "/usr/local/share:/usr/share"


def icon_for_server(name: str, picture: Path, environment: Mapping[str, str]) -> str:
    """The icon's name where a package has installed it for all icon themes, else the picture's address.

    A server draws a name that it does not find as a missing picture, or draws nothing.
    """
    own, home = absolute_folder(environment, "XDG_DATA_HOME"), home_folder(environment)
    if own is None and home is not None:
        own = home / ".local" / "share"
    shared = map(Path, (environment.get("XDG_DATA_DIRS", "").strip() or _SHARED).split(":"))
    folders = [folder for folder in (own, *shared) if folder is not None and folder.is_absolute()]
    if any(True for folder in folders for _ in folder.glob(f"icons/hicolor/*/apps/{name}.*")):
        return name
    return picture.absolute().as_uri()
