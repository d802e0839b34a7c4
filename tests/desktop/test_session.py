"""The private session itself: what it promises to the other desktop tests."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests.desktop.programs import NotInTime, wait_until
from tests.desktop.session import SYSTEM_PYTHON, PrivateSession, a11y_launcher

WINDOW = """
import sys
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication(sys.argv)
label = QLabel("A window of its own")
label.setWindowTitle("A window of its own")
label.setStyleSheet("background: #1f6f78")
label.resize(400, 300)
label.show()
sys.exit(app.exec())
"""


def test_notification_arrives_and_an_action_comes_back(
    session: PrivateSession, need: Callable[..., None]
) -> None:
    need("notify-send")
    actions = ("--action=done=Done", "--action=later=Not now")
    sender = session.start("sender", "notify-send", "--wait", *actions, "Thank Ana Ruiz", "Acme")
    (received,) = wait_until(session.received, 60, "the server accepts the notification")
    assert (received.title, received.body) == ("Thank Ana Ruiz", "Acme")
    assert received.actions == {"done": "Done", "later": "Not now"}
    wait_until(lambda: session.displayed() == 1, 60, "the server shows the notification")

    session.press_action(received.id, "later")

    assert sender.wait(10) == 0
    assert session.log("sender").splitlines()[-1] == "later"
    assert [entry["summary"] for entry in session.dunst_history()] == ["Thank Ana Ruiz"]


def test_server_can_hang_and_die_and_come_back(session: PrivateSession, need: Callable[..., None]) -> None:
    need("notify-send")
    session.server.send_signal(signal.SIGSTOP)
    sender = session.start("sender", "notify-send", "While it hangs")
    with pytest.raises(NotInTime):
        wait_until(session.received, 0.3, "a stopped server accepts nothing")
    session.server.send_signal(signal.SIGCONT)
    wait_until(session.received, 60, "the server goes on")
    assert sender.wait(10) == 0

    session.kill_notification_server()
    session.start_notification_server()
    assert session.run("notify-send", "After it came back").returncode == 0
    assert [each.title for each in session.received()] == ["While it hangs", "After it came back"]


def test_window_is_found_and_in_the_picture(session: PrivateSession, tmp_path: Path) -> None:
    program = session.start("window", sys.executable, "-c", WINDOW)
    window = session.window(program)
    name = session.run("xdotool", "getwindowname", window).stdout.strip()
    assert name == "A window of its own"

    picture = tmp_path / "pictures" / "screen.png"
    session.screenshot(picture)
    image = QImage(str(picture))
    assert (image.width(), image.height()) == (1280, 800)
    colours = {image.pixelColor(x, y).name() for x in range(0, 1280, 20) for y in range(0, 800, 20)}
    assert "#1f6f78" in colours


READ_NAMES = """
import gi
gi.require_version("Atspi", "2.0")
from gi.repository import Atspi
desktop = Atspi.get_desktop(0)
for index in range(desktop.get_child_count()):
    application = desktop.get_child_at_index(index)
    for place in range(application.get_child_count()):
        print(application.get_child_at_index(place).get_name())
"""


def test_window_can_be_read_through_the_accessibility_bus(accessible_session: PrivateSession) -> None:
    program = accessible_session.start("window", sys.executable, "-c", WINDOW)
    accessible_session.window(program)

    def is_read() -> bool:
        names = accessible_session.run(SYSTEM_PYTHON, "-c", READ_NAMES).stdout.splitlines()
        return "A window of its own" in names

    wait_until(is_read, 60, "the window is on the accessibility bus")


def test_nothing_is_left_running(need: Callable[..., None]) -> None:
    need()
    with PrivateSession(accessibility=a11y_launcher() is not None) as session:
        folder = session.folder
        stopped = session.start("stopped", "sleep", "1000")
        stopped.send_signal(signal.SIGSTOP)
        assert processes_of(folder)
    wait_until(lambda: not processes_of(folder), 60, "all programs of the session have ended")
    assert not folder.exists()


def processes_of(folder: Path) -> list[str]:
    """The processes whose environment names the session's folder, as their command lines."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if str(folder).encode() in (process / "environ").read_bytes():
                found.append((process / "cmdline").read_text().replace("\0", " "))
        except OSError:
            continue  # ended meanwhile, or someone else's
    return found
