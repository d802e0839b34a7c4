"""A Wayland desktop of a test's own: sway without a screen, and what it says of the windows on it."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.desktop.programs import START_TIMEOUT, wait_until
from tests.desktop.session import PrivateSession
from tests.desktop.wayland_hands import Hands

WAYLAND_PROGRAMS = ("sway", "swaymsg", "setpriv")
SIZE = (1280, 800)
NOBODY = 65534

_CONFIG = """\
output * resolution 1280x800
xwayland disable
default_border none
default_floating_border none
focus_follows_mouse no
focus_on_window_activation focus
"""
_POPUP = re.compile(r"xdg_popup@\d+\.configure\((-?\d+), (-?\d+), (\d+), (\d+)\)")
_POPUP_GONE = re.compile(r"-> xdg_popup@\d+\.destroy\(\)")

Area = tuple[int, int, int, int]
"""x, y, width and height."""


class WaylandSession(PrivateSession):
    """As a private session, on a compositor instead of an X server; ``hands`` work what is in front."""

    hands: Hands

    def _start_display(self) -> None:
        runtime = self.folder / "runtime"
        config = self._write("sway.conf", _CONFIG)
        self.env |= {"QT_QPA_PLATFORM": "wayland", "WAYLAND_DEBUG": "1"}
        as_user: tuple[str, ...] = ()
        if os.getuid() == 0:  # sway refuses to run as root
            as_user = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")
            self.folder.chmod(0o711)
            os.chown(runtime, NOBODY, NOBODY)
            config.chmod(0o644)
        headless = {"WLR_BACKENDS": "headless", "WLR_RENDERER": "pixman", "WLR_LIBINPUT_NO_DEVICES": "1"}
        sway = self.start(
            "sway", *as_user, "sway", "--config", str(config), env={**headless, "WAYLAND_DEBUG": "0"}
        )
        self.wait_for(
            "sway", sway, lambda: bool(_socket(runtime, "wayland-*") and _socket(runtime, "sway-ipc*"))
        )
        display = _socket(runtime, "wayland-*")
        assert display is not None
        self.env |= {"WAYLAND_DISPLAY": display.name, "SWAYSOCK": str(_socket(runtime, "sway-ipc*"))}
        self.hands = Hands(display, SIZE)
        self._stack.callback(self.hands.close)

    def window(self, process: subprocess.Popen[bytes], timeout: float = START_TIMEOUT) -> str:
        """The number of the program's window, once it shows one."""

        def shown() -> str | None:
            assert process.poll() is None, f"the program ended with status {process.returncode}"
            return next((str(each["id"]) for each in self._windows() if each["pid"] == process.pid), None)

        return wait_until(shown, timeout, "the program shows its window")

    def has_keyboard(self, process: subprocess.Popen[bytes]) -> bool:
        """Whether the keyboard is in a window of the program."""
        return any(each["focused"] for each in self._windows() if each["pid"] == process.pid)

    def area_of(self, process: subprocess.Popen[bytes]) -> Area:
        """Where the program's window is on the screen."""
        found = next(each["rect"] for each in self._windows() if each["pid"] == process.pid)
        return found["x"], found["y"], found["width"], found["height"]

    def popups(self, name: str) -> list[Area]:
        """Where the compositor has put the menus and other popups of a program, the last one last."""
        return [(int(x), int(y), int(w), int(h)) for x, y, w, h in _POPUP.findall(self.log(name))]

    def open_popups(self, name: str) -> int:
        """How many of them are open now."""
        log = self.log(name)
        return log.count(".get_popup(") - len(_POPUP_GONE.findall(log))

    def _windows(self) -> list[dict[str, Any]]:
        tree = json.loads(self.run("swaymsg", "--raw", "--type", "get_tree").stdout)
        return [each for each in _nodes(tree) if each.get("pid")]


def _nodes(tree: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield tree
    for each in (*tree["nodes"], *tree["floating_nodes"]):
        yield from _nodes(each)


def _socket(folder: Path, pattern: str) -> Path | None:
    return next((each for each in folder.glob(pattern) if each.is_socket()), None)
