"""Whether a program of a Linux desktop opens addresses of a kind.

Qt starts ``xdg-open`` and never hears that it found no program. What is associated with a kind of address is
written in files of the desktop (the MIME applications associations of freedesktop.org), which ``xdg-open``,
GNOME, KDE and Xfce read alike; to read them takes a millisecond, to ask ``xdg-mime`` a hundred.
"""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

_PAGES = frozenset({"http", "https"})
_BROWSERS = (
    "x-www-browser", "firefox", "iceweasel", "seamonkey", "mozilla", "epiphany", "konqueror", "chromium",
    "chromium-browser", "google-chrome", "www-browser",
)  # fmt: skip
"""What ``xdg-open`` tries for a page that is associated with nothing."""
_ASSOCIATIONS = ("Default Applications", "Added Associations")


def may_be_opened(scheme: str, environment: Mapping[str, str]) -> bool:
    """Whether some program takes addresses of that scheme; in a sandbox it can't be known, and is hoped."""
    if Path("/.flatpak-info").exists() or "SNAP" in environment:
        return True
    if any(_is_there(name, environment) for name in _associated(scheme, environment)):
        return True
    if scheme not in _PAGES:
        return False
    named = [each for each in environment.get("BROWSER", "").split(":") if each]
    return any(shutil.which(each.split()[0], path=environment.get("PATH")) for each in (*named, *_BROWSERS))


def _associated(scheme: str, environment: Mapping[str, str]) -> Iterator[str]:
    """The desktop files of programs that say so, or were chosen for it."""
    kind = f"x-scheme-handler/{scheme}"
    desktops = [each.lower() for each in environment.get("XDG_CURRENT_DESKTOP", "").split(":") if each]
    lists = [*(f"{each}-mimeapps.list" for each in desktops), "mimeapps.list"]
    folders = [*_config_folders(environment), *_application_folders(environment)]
    for folder in folders:
        for name in (*lists, "defaults.list"):
            for found in _values(folder / name, kind, _ASSOCIATIONS):
                yield from found.split(";")
    for folder in _application_folders(environment):
        for found in _values(folder / "mimeinfo.cache", kind, ("MIME Cache",)):
            yield from found.split(";")


def _is_there(name: str, environment: Mapping[str, str]) -> bool:
    """Whether the program of a desktop file is still installed."""
    if not name:
        return False
    for folder in _application_folders(environment):
        # A dash may stand for a folder: "kde-mail.desktop" is kde/mail.desktop, too.
        for place in (folder / name, folder / name.replace("-", "/", 1)):
            for command in _values(place, "Exec", ("Desktop Entry",)):
                return _runs(command, environment)
    return False


def _runs(command: str, environment: Mapping[str, str]) -> bool:
    try:
        program = shlex.split(command)[0]
    except (ValueError, IndexError):
        return False
    return shutil.which(program, path=environment.get("PATH")) is not None


def _config_folders(environment: Mapping[str, str]) -> list[Path]:
    own = environment.get("XDG_CONFIG_HOME") or f"{environment.get('HOME', '')}/.config"
    return [
        Path(each) for each in (own, *(environment.get("XDG_CONFIG_DIRS") or "/etc/xdg").split(":")) if each
    ]


def _application_folders(environment: Mapping[str, str]) -> list[Path]:
    own = environment.get("XDG_DATA_HOME") or f"{environment.get('HOME', '')}/.local/share"
    shared = environment.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    return [Path(each) / "applications" for each in (own, *shared.split(":")) if each]


def _values(file: Path, key: str, groups: Collection[str]) -> Iterator[str]:
    """The values of a key in these groups of a file; none if it can't be read."""
    try:
        lines = file.read_text("utf-8", errors="replace").splitlines()
    except OSError:
        return
    group = ""
    for line in lines:
        if line.startswith("["):
            group = line.strip().strip("[]")
        elif line.startswith(key) and group in groups:
            name, _equals, value = line.partition("=")
            if name.strip() == key:
                yield value.strip()
