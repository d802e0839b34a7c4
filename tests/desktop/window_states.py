"""Asks the window manager to maximise a window, as the button in its frame does."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.desktop.programs import wait_until
from tests.desktop.session import PrivateSession

MAXIMISED = ("_NET_WM_STATE_MAXIMIZED_VERT", "_NET_WM_STATE_MAXIMIZED_HORZ")
FULL_SCREEN = ("_NET_WM_STATE_FULLSCREEN",)
_CLIENT_MESSAGE = 33
_TO_THE_MANAGER = 1 << 20 | 1 << 19
"""The masks for structure redirection and notification."""


class _Message(ctypes.Structure):
    """``XClientMessageEvent``, padded to the size of an event."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("message_type", ctypes.c_ulong),
        ("format", ctypes.c_int),
        ("data", ctypes.c_long * 5),
        ("padding", ctypes.c_long * 20),
    )


def states(session: PrivateSession, window: str) -> str:
    """The states of a window, as ``xprop`` prints them."""
    return session.run("xprop", "-id", window, "_NET_WM_STATE").stdout


def put(session: PrivateSession, window: str, names: Sequence[str], *, on: bool = True) -> None:
    """Have the window manager put a window into these states or take it out of them; wait until it has."""
    script = Path(__file__)
    done = session.run(sys.executable, "-m", f"tests.desktop.{script.stem}", window, str(int(on)), *names)
    assert done.returncode == 0, done.stderr
    wait_until(lambda: all((name in states(session, window)) == on for name in names), 60, f"{names} is {on}")


def main(window: int, on: int, names: Sequence[str]) -> None:
    """Send the message of the standard for window managers."""
    x11 = ctypes.CDLL("libX11.so.6")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XDefaultRootWindow.restype = x11.XInternAtom.restype = ctypes.c_ulong
    display = ctypes.c_void_p(x11.XOpenDisplay(None))
    atoms = [x11.XInternAtom(display, name.encode(), 0) for name in ("_NET_WM_STATE", *names)]
    message = _Message(type=_CLIENT_MESSAGE, window=window, message_type=atoms[0], format=32)
    for place, number in enumerate((on, *atoms[1:])):
        message.data[place] = number
    root = ctypes.c_ulong(x11.XDefaultRootWindow(display))
    x11.XSendEvent(display, root, 0, ctypes.c_long(_TO_THE_MANAGER), ctypes.byref(message))
    x11.XSync(display, 0)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
