"""Programs of a private session: started, waited for, ended; and what they show on its screen."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TypeVar

REPOSITORY = Path(__file__).resolve().parents[2]
START_TIMEOUT = 60.0
EFFECT_TIMEOUT = 8.0
LARGEST_ICON = 64

T = TypeVar("T")


class NotInTime(AssertionError):
    """What was waited for did not come about in its time."""


def wait_until(condition: Callable[[], T | None], timeout: float, what: str) -> T:
    """Ask again and again until the answer is true, and return it; ``NotInTime`` after ``timeout`` s."""
    end = time.monotonic() + timeout
    while not (answer := condition()):
        if time.monotonic() > end:
            raise NotInTime(f"not within {timeout:g} s: {what}")
        time.sleep(0.02)
    return answer


def repeat_until(
    act: Callable[[], object], condition: Callable[[], T | None], timeout: float, what: str
) -> T:
    """Do this again and again until it has its effect, for a key or a click may meet what is still moving."""
    end = time.monotonic() + timeout
    while True:
        act()
        try:
            return wait_until(condition, EFFECT_TIMEOUT, what)
        except NotInTime:
            if time.monotonic() > end:
                raise


class DesktopPrograms:
    """Runs programs with the environment ``env``; what they print is kept in ``folder``."""

    folder: Path

    def __init__(self) -> None:
        self._stack = ExitStack()
        self.env: dict[str, str] = {}

    # Programs

    def start(
        self, name: str, *command: str, env: Mapping[str, str] | None = None, pass_fds: Sequence[int] = ()
    ) -> subprocess.Popen[bytes]:
        """Start a program in the session, to be ended with it; what it prints goes to ``log(name)``."""
        with self.log_file(name).open("ab") as log:
            process = subprocess.Popen(
                command,
                cwd=REPOSITORY,
                env={**self.env, **(env or {})},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # a group of its own: it is ended with its children, and by no Ctrl+C
                pass_fds=pass_fds,
            )
        self._stack.callback(self.end, process)
        return process

    def run(self, *command: str, timeout: float = 30) -> subprocess.CompletedProcess[str]:
        """Run a program in the session to its end."""
        return subprocess.run(
            command,
            cwd=REPOSITORY,
            env=self.env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )

    def end(self, process: subprocess.Popen[bytes]) -> None:
        """End a program that ``start`` started, even a stopped one, with what it started itself."""
        for number in (signal.SIGTERM, signal.SIGCONT, signal.SIGKILL):
            try:
                os.killpg(process.pid, number)
            except ProcessLookupError:
                break
            if number != signal.SIGTERM:
                try:
                    process.wait(5)
                except subprocess.TimeoutExpired:
                    continue
        process.wait()

    def log_file(self, name: str) -> Path:
        return self.folder / f"{name}.log"

    def log(self, name: str) -> str:
        """What the program has printed so far."""
        return self.log_file(name).read_text(errors="replace")

    # Windows

    def start_tray(self) -> None:
        """Start a tray, at the foot of the screen."""
        size = ("--widthtype", "request", "--heighttype", "pixel", "--height", "32")
        tray = self.start("trayer", "trayer", "--edge", "bottom", "--align", "left", *size)
        self.wait_for("trayer", tray, lambda: bool(self.visible("--class", "^trayer$")))

    def tray_icon(self, name: str = "Follow Up") -> str:
        """The id of the icon in the tray of the program with this name, once it stands there."""

        def icon() -> str | None:
            # It has no name of its own, and xdotool may take no window for visible that is within a tray.
            found = self.run("xdotool", "search", "--class", f"^{name}$").stdout.split()
            return next((each for each in found if 1 < self.area(each)[2] <= LARGEST_ICON), None)

        return wait_until(icon, START_TIMEOUT, "the program's icon is in the tray")

    def windows(self, process: subprocess.Popen[bytes]) -> list[str]:
        """The ids of the visible windows of a program that have a title."""
        return self.visible("--pid", str(process.pid), "--name", ".")

    def balloons(self, process: subprocess.Popen[bytes]) -> list[str]:
        """The ids of what a program shows without a title: balloons, but not its icon in the tray."""
        found = set(self.visible("--pid", str(process.pid))).difference(self.windows(process))
        return [each for each in sorted(found) if self.area(each)[2] > LARGEST_ICON]

    def visible(self, *search: str) -> list[str]:
        """The ids of the visible windows that ``xdotool search`` finds by all of these conditions."""
        return self.run("xdotool", "search", "--all", "--onlyvisible", *search).stdout.split()

    def window(self, process: subprocess.Popen[bytes], timeout: float = START_TIMEOUT) -> str:
        """The id of the program's first window, once it shows one."""

        def first() -> str | None:
            if process.poll() is not None:
                raise AssertionError(f"the program ended with status {process.returncode}")
            return next(iter(self.windows(process)), None)

        return wait_until(first, timeout, "the program shows its window")

    def activate(self, window: str) -> None:
        """Give the window the keyboard."""

        def has_it() -> bool:
            self.run("xdotool", "windowactivate", window)
            return self.active_window() == window

        wait_until(has_it, START_TIMEOUT, "the window has the keyboard")

    def close_window(self, window: str) -> None:
        """Close the window as a user does, by the window manager's key, and wait until it is away."""

        def is_away() -> bool:
            return window not in self.visible("--name", ".")

        def close() -> None:
            if not is_away():
                self.activate(window)
                self.run("xdotool", "key", "alt+F4")

        repeat_until(close, is_away, START_TIMEOUT, "the window is closed")

    def active_window(self) -> str:
        """The id of the window that has the keyboard."""
        return self.run("xdotool", "getactivewindow").stdout.strip()

    def middle(self, window: str) -> tuple[int, int]:
        """The middle of a window, on the screen."""
        x, y, width, height = self.area(window)
        return x + width // 2, y + height // 2

    def area(self, window: str) -> tuple[int, int, int, int]:
        """The place of a window on the screen and its size: x, y, width, height."""
        found = self.run("xdotool", "getwindowgeometry", "--shell", window).stdout
        numbers = re.findall(r"^(?:X|Y|WIDTH|HEIGHT)=(-?\d+)$", found, re.MULTILINE)
        x, y, width, height = map(int, numbers or "0000")
        return x, y, width, height

    def click(self, place: tuple[int, int], button: str = "1") -> None:
        """Click there with a button of the pointer, and move it out of the way."""
        x, y = map(str, place)
        self.run("xdotool", "mousemove", x, y, "click", button, "mousemove", "5", "5")

    def screenshot(self, path: Path) -> None:
        """Write the whole screen to a PNG file, once it has stopped changing."""
        path.parent.mkdir(parents=True, exist_ok=True)
        grabbed = self.run(sys.executable, "-m", "tests.desktop.grab", str(path))
        assert grabbed.returncode == 0, grabbed.stderr

    def wait_for(self, what: str, process: subprocess.Popen[bytes], condition: Callable[[], bool]) -> None:
        wait_until(lambda: condition() or process.poll() is not None, START_TIMEOUT, f"{what} has started")
        assert process.poll() is None, f"{what} ended with status {process.returncode}: {self.log(what)}"
