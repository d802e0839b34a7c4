"""Whether a window can be opened here: ``python -m tests.desktop.display`` ends with status 0 if so, else 1.

A variable that names a display is not enough: containers and old shells keep names of displays that are gone.
"""

from __future__ import annotations

import os
import re
import socket
import sys
from collections.abc import Mapping
from pathlib import Path


def display_answers(environ: Mapping[str, str]) -> bool:
    """Whether the Wayland or X display that the environment names takes connections."""
    wayland = environ.get("WAYLAND_DISPLAY")
    if wayland and takes_connections(Path(environ.get("XDG_RUNTIME_DIR", "/"), wayland)):
        return True
    x11 = re.fullmatch(r"(?P<host>[^:/]*):(?P<number>\d+)(?:\.\d+)?", environ.get("DISPLAY", ""))
    if x11 is None:
        return False
    host, number = x11["host"], int(x11["number"])
    if host and host != "unix":
        return takes_connections((host, 6000 + number))
    socket_name = f"/tmp/.X11-unix/X{number}"
    return takes_connections(Path(socket_name)) or takes_connections(f"\0{socket_name}")


def takes_connections(address: Path | str | tuple[str, int]) -> bool:
    """Whether something listens at this host and port, or on this socket."""
    try:
        if isinstance(address, tuple):
            socket.create_connection(address, timeout=5).close()
        else:
            with socket.socket(socket.AF_UNIX) as connection:
                connection.connect(str(address))
    except OSError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(0 if sys.platform != "linux" or display_answers(os.environ) else 1)
