"""Whether a window can be opened here, told in a sentence: Qt itself would abort, or raise in the middle.

On Linux Qt needs a display and libraries of the system that a bare machine lacks. Windows and macOS always
have both.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Mapping
from pathlib import Path

from followup_desktop.i18n import _, format_series
from followup_desktop.system.paths import absolute_folder

_NOT_FOUND = re.compile(r"(?P<library>lib[\w.+-]+\.so(\.\d+)*): cannot open shared object file")
_NAME = re.compile(r"(?P<stem>.+?)\.so\.(?P<version>\d+)")
_ODD_PACKAGES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libbrotlidec.so.1": "libbrotli1",
    "libz.so.1": "zlib1g",
}


def missing_library(message: str) -> str | None:
    """The sentence for a loader's message that names a library of the system that is not there."""
    match = _NOT_FOUND.search(message)
    if match is None:
        return None
    library = match["library"]
    package = debian_package(library)
    if not package:
        text = _("The library {library} is missing. Install it from your distribution.")
        return text.format(library=library)
    text = _("The library {library} is missing. On Debian and Ubuntu, install it with: {command}")
    return text.format(library=library, command=f"sudo apt install {package}")


def debian_package(library: str) -> str | None:
    """The package of Debian and Ubuntu that has this library, by their rule for naming them."""
    if library in _ODD_PACKAGES:
        return _ODD_PACKAGES[library]
    match = _NAME.fullmatch(library)
    if match is None:
        return None
    stem = match["stem"].lower().replace("_", "-")
    return f"{stem}{'-' if stem[-1].isdigit() else ''}{match['version']}"


def why_no_window(platform: str, environment: Mapping[str, str]) -> str | None:
    """What keeps a window from being opened, or ``None`` if nothing does.

    ``platform`` is Python's name of the operating system. May load Qt; raises ``ImportError`` if that fails.
    """
    if platform in {"win32", "darwin"}:
        return None
    chosen = environment.get("QT_QPA_PLATFORM")
    if chosen:
        names = [part.partition(":")[0] for part in chosen.split(";")]
    else:
        reasons = {"wayland": _no_wayland(environment), "xcb": _no_x(environment)}
        names = [name for name, reason in reasons.items() if reason is None]
        if not names:
            return reasons["xcb"]
    problems = [_why_not_loaded(name) for name in names]
    return None if None in problems else problems[-1]


def _no_wayland(environment: Mapping[str, str]) -> str | None:
    name = environment.get("WAYLAND_DISPLAY")
    socket = Path(absolute_folder(environment, "XDG_RUNTIME_DIR") or "/", name or "wayland-0")
    return None if name and socket.exists() else _("There's no Wayland display.")


def _no_x(environment: Mapping[str, str]) -> str | None:
    display = environment.get("DISPLAY")
    if not display:
        return _(
            "There's no display to open a window on. Start Follow Up in a desktop session, "
            "or use a command: followup-desktop --help lists them."
        )
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError as error:
        return missing_library(str(error))
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    for function in (xcb.xcb_connection_has_error, xcb.xcb_disconnect):
        function.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(display.encode(), None)
    failed = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    if not failed:
        return None
    return _(
        "The display {display} doesn't allow opening a window. Start Follow Up in your "
        "own desktop session, or set DISPLAY to one you can use."
    ).format(display=display)


def _why_not_loaded(name: str) -> str | None:
    """Load the part of Qt that knows this kind of display, as Qt will in a moment."""
    from PySide6.QtCore import QLibraryInfo, QPluginLoader

    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath), "platforms")
    part = folder / f"libq{name}.so"
    if not part.exists():
        known = sorted(path.stem.removeprefix("libq") for path in folder.glob("libq*.so"))
        return _(
            "QT_QPA_PLATFORM is set to {name}, which isn't available. Unset it, or use one of: {names}."
        ).format(name=name, names=format_series(known))
    loader = QPluginLoader(str(part))
    if loader.load():
        return None
    said = loader.errorString()
    sentence = _("Couldn't load Qt's platform plugin {name}: {reason}")
    return missing_library(said) or sentence.format(name=name, reason=said)
