"""Try the program where there is no display: ``python -m tests.desktop.try_out``.

Opens it on sample data in a private session with a real notification server, prints which follow-ups are due
and which notifications were raised, leaves a picture of the screen in ``build/screenshot.png`` and ends by
itself.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from types import FrameType

from tests.desktop.programs import REPOSITORY, wait_until
from tests.desktop.session import NOTIFICATIONS, PrivateSession, Received, missing_programs

PICTURE = REPOSITORY / "build" / "screenshot.png"
START_TIMEOUT = 60.0
NOTIFICATION_TIMEOUT = 60.0


class TrialFailed(Exception):
    """The program did not do what was tried."""


def main() -> int:
    say("There is no display here: the program runs on a virtual one, with sample data.")
    if missing := missing_programs():
        say(f"That needs programs that are not installed: {', '.join(missing)}.")
        return 1
    signal.signal(signal.SIGTERM, _leave)
    try:
        with PrivateSession() as session:
            try_out(session)
    except (AssertionError, subprocess.TimeoutExpired, TrialFailed) as error:
        say(f"The trial failed: {error}")
        return 1
    return 0


def try_out(session: PrivateSession) -> None:
    """Open the program in the session, tell what it does, and close it again."""
    program = session.start("program", sys.executable, "-m", "followup_desktop", "--demo")
    try:
        window = session.window(program, START_TIMEOUT)
        folder = wait_until(
            lambda: sample_folder(session), START_TIMEOUT, "the program names its sample data"
        )
        raised = wait_until(session.received, NOTIFICATION_TIMEOUT, "a notification is raised")
        shown = len({notification.id for notification in raised})
        wait_until(lambda: session.displayed() >= shown, 10, "the notifications are shown")
        session.screenshot(PICTURE)
        due = session.run(sys.executable, "-m", "followup_desktop", "--data-dir", folder, "due")
        close(session, program, window)
    except (AssertionError, subprocess.TimeoutExpired):
        sys.stderr.write(session.log("program"))
        raise
    if due.returncode:
        raise TrialFailed(f"the due follow-ups could not be listed: {due.stderr.strip()}")
    report(session, due.stdout)


def sample_folder(session: PrivateSession) -> str | None:
    """The folder that the program named on its standard error."""
    found = re.search(r"^Sample data in (.+)\n", session.log("program"), re.MULTILINE)
    return found[1] if found else None


def close(session: PrivateSession, program: subprocess.Popen[bytes], window: str) -> None:
    """Close the window as a user does; the program is to end by that, with status 0."""
    session.run("xdotool", "windowactivate", "--sync", window)
    session.run("xdotool", "key", "alt+F4")
    wait_until(lambda: program.poll() is not None, 20, "the program ends when its window is closed")
    if program.returncode:
        raise TrialFailed(f"the program ended with status {program.returncode}")


def report(session: PrivateSession, due: str) -> None:
    """Print the follow-ups due and every notification that the server has accepted."""
    say("\nFollow-ups due:")
    say(due.rstrip() or "none")
    say(f"\nNotifications raised, as the server of {NOTIFICATIONS} received them:")
    for notification in session.received():
        say(as_text(notification))
    say(f"\nA picture of the screen is in {os.path.relpath(PICTURE)}.")


def as_text(notification: Received) -> str:
    """A notification on a few lines: its title, its body, its buttons."""
    lines = [notification.title, *notification.body.splitlines()]
    if buttons := [label for action, label in notification.actions.items() if action != "default"]:
        lines.append(" ".join(f"[{label}]" for label in buttons))
    return "\n    ".join(("  " + lines[0], *lines[1:]))


def say(text: str) -> None:
    """Print at once, so that a reader of a pipe can follow."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _leave(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(1)


if __name__ == "__main__":
    sys.exit(main())
