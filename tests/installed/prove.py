"""Install the package in bare systems and use it there: ``python -m tests.installed.prove PACKAGE.deb``.

In each release: installed with nothing but what it depends on, it tests itself, starts for an ordinary user
with an empty home, imports a file, announces what is due, takes the answer given in the notification, starts
again, is upgraded, removed and purged, and what the user entered is as it was. Needs root, and debootstrap.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.desktop.program import facts, just_interviewed
from tests.desktop.programs import REPOSITORY, wait_until
from tests.desktop.session import PrivateSession
from tests.installed.bare_system import HOME, RELEASES, BareSystem

PROGRAM = "followup-desktop"
DATA = f"{HOME}/.local/share/{PROGRAM}"
TITLE = "Thank Ana Ruiz"
_CHANGED = "Version: "


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


@contextmanager
def step(what: str) -> Iterator[None]:
    """Say that a step went well, and how long it took."""
    begun = time.monotonic()
    yield
    say(f"  ok  {what} ({time.monotonic() - begun:.1f} s)")


class SharedSession(PrivateSession):
    """A session that programs of another user may join too."""

    def _make_environment(self) -> None:
        super()._make_environment()
        config = self.folder / "bus.conf"
        text = config.read_text()
        config.write_text(text.replace('<allow own="*"/>', '<allow own="*"/>\n    <allow user="*"/>'))


class Trial:
    """The package in one system, from its installation to its removal."""

    def __init__(self, system: BareSystem, session: PrivateSession, pictures: Path) -> None:
        self._system = system
        self._session = session
        self._pictures = pictures

    def run(self, older: Path, newer: Path) -> None:
        self._install(older)
        self._test_itself()
        self._use()
        before = self._exported()
        self._upgrade(newer, before)
        self._remove(before, newer)
        self._start_from_the_menu()

    def _install(self, package: Path) -> None:
        with step("installed with nothing but what it depends on"):
            before = self._packages()
            where = self._system.add_file(package, "/tmp/package.deb")
            self._system.apt("install", where)
            added = sorted(self._packages() - before - {PROGRAM})
        say(f"      {len(added)} packages came with it: {' '.join(added)}")
        say(f"      /usr holds {self._installed_kib() / 1024:.0f} MiB of it")
        assert not self._missing_libraries(), self._missing_libraries()

    def _test_itself(self) -> None:
        with step("self-test, as an ordinary user"):
            answer = self._system.run_as_user(PROGRAM, "self-test", session=self._session)
        assert "Warning" not in answer, answer
        for line in answer.splitlines():
            say(f"      {line}")
        with step("without a display it says so in a sentence"):
            answer = self._system.run_as_user("sh", "-c", f"{PROGRAM}; echo status $?", QT_QPA_PLATFORM="")
            assert "no display" in answer and "status 1" in answer and "Traceback" not in answer, answer

    def _use(self) -> None:
        home = self._system.root / HOME.lstrip("/")
        shutil.rmtree(home / ".cache", ignore_errors=True)  # the fonts that the self-test found
        assert not (found := sorted(home.rglob("*"))), found
        process = self._start("first-start")
        content = facts(just_interviewed(datetime.now(UTC)), quiet_from="00:00", quiet_until="00:00")
        with tempfile.NamedTemporaryFile("w", suffix=".json") as source:
            json.dump(content, source)
            source.flush()
            with step("a file imported while the window is open"):
                where = self._system.add_file(Path(source.name), "/tmp/facts.json")
                self._system.run_as_user(PROGRAM, "import", where)
        with step("the notification is on the desktop"):
            raised = wait_until(self._announcement, 60, "the notification")
            self._picture("notification")
        with step("its answer is stored"):
            self._session.press_action(raised.id, "sent")
            wait_until(lambda: self._events() == ["thank_you"], 30, "the answer is stored")
        self._end(process)
        process = self._start("second-start")
        self._end(process)
        with step("ended and started again: everything is there"):
            assert self._events() == ["thank_you"]

    def _upgrade(self, package: Path, before: str) -> None:
        with step("upgraded"):
            old = self._version()
            self._system.apt("install", self._system.add_file(package, "/tmp/newer.deb"))
            assert self._version() != old
            assert self._exported() == before, "an upgrade changes nothing that the user entered"
        say(f"      {old} -> {self._version()}")
        self._end(self._start("upgraded"))

    def _remove(self, before: str, package: Path) -> None:
        files = [f for f in self._system.run("dpkg", "-L", PROGRAM).split("\n") if f.count("/") > 1]
        for how in ("remove", "purge"):
            with step(f"{how}d: the program is gone, the user's data are not"):
                said = self._system.apt(how, PROGRAM)
                data = self._system.root / DATA.lstrip("/")
                assert (data / "followup.db").is_file(), "the data are still there"
                left = [f for f in files if (self._system.root / f.lstrip("/")).is_file()]
                assert not left, left
            told = [line for line in said.splitlines() if ".local/share" in line]
            assert told or how == "purge", said
            for line in told:
                say(f"      {line}")
        with step("installed once more: the data are found"):
            self._system.apt("install", self._system.add_file(package, "/tmp/newer.deb"))
            assert self._exported() == before

    def _start_from_the_menu(self) -> None:
        self._system.apt("install", "xfce4-appfinder", "adwaita-icon-theme")
        menu = self._system.start(self._session, "xfce4-appfinder")
        self._session.window(menu, timeout=60)
        with step("found in the menu, and started from there"):
            keys = ("xdotool", "key", "--delay", "50")
            self._session.run("xdotool", "type", "--delay", "50", "follow up")
            self._picture("menu")
            self._session.run(*keys, "Return")
            window = wait_until(self._program_window, 60, "the window opens from the menu")
            self._picture("from-the-menu")
        number = int(self._session.run("xdotool", "getwindowpid", window).stdout)
        os.kill(number, signal.SIGTERM)
        wait_until(lambda: not self._program_window(), 20, "the program ends")
        self._session.end(menu)

    # What a user does and sees

    def _start(self, name: str) -> subprocess.Popen[bytes]:
        with step(f"the window opens ({name.replace('-', ' ')})"):
            process = self._system.start(self._session, PROGRAM)
            self._session.window(process, timeout=60)
            self._picture(name)
        return process

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        process.terminate()
        wait_until(lambda: process.poll() is not None, 20, "the program ends")
        assert process.returncode == 0, self._session.log("program")
        assert "Traceback" not in self._session.log("program")

    def _picture(self, name: str) -> None:
        self._session.screenshot(self._pictures / f"{self._system.release.name}-{name}.png")

    def _program_window(self) -> str:
        found = self._session.run("xdotool", "search", "--onlyvisible", "--classname", f"^{PROGRAM}$")
        return next(iter(found.stdout.split()), "")

    def _announcement(self) -> Any:
        return next((r for r in self._session.received() if TITLE in r.title), None)

    def _exported(self) -> str:
        return self._system.run_as_user(PROGRAM, "export", "-")

    def _events(self) -> list[str]:
        return [event["kind"] for event in json.loads(self._exported())["applications"][0]["events"]]

    # What the system knows

    def _packages(self) -> set[str]:
        return set(self._system.run("dpkg-query", "-W", "-f", "${Package}\n").split())

    def _version(self) -> str:
        return self._system.run("dpkg-query", "-W", "-f", "${Version}", PROGRAM)

    def _installed_kib(self) -> int:
        listed = self._system.run("dpkg", "-L", PROGRAM).splitlines()
        files = [self._system.root / name.lstrip("/") for name in listed]
        return sum(f.lstat().st_size for f in files if f.is_file() and not f.is_symlink()) // 1024

    def _missing_libraries(self) -> str:
        """What a library or program of the package would not find, from its own folder or from the system."""
        script = """\
            internal=$(dirname "$(readlink -f /usr/bin/followup-desktop)")/_internal
            for file in $(dpkg -L followup-desktop | grep -E "\\.so(\\.|$)"); do
                LD_LIBRARY_PATH=$internal ldd "$file" | grep "not found" | sed "s|^|$file: |"
            done
            true"""
        return self._system.run("sh", "-c", script).strip()


def older_version(package: Path, folder: Path) -> Path:
    """The same package with a lower version number, to be upgraded from."""
    content = folder / "content"
    subprocess.run(["dpkg-deb", "-R", str(package), str(content)], check=True)
    control = content / "DEBIAN/control"
    lines = control.read_text().splitlines()
    changed = [f"{line}~before" if line.startswith(_CHANGED) else line for line in lines]
    control.write_text("\n".join(changed) + "\n")
    older = folder / "older.deb"
    built = ["dpkg-deb", "-Zgzip", "-z1", "--root-owner-group", "-b", str(content), str(older)]
    subprocess.run(built, check=True, capture_output=True)
    shutil.rmtree(content)
    return older


def main() -> int:
    words = argparse.ArgumentParser(prog="python -m tests.installed.prove", description=__doc__)
    words.add_argument("package", type=Path)
    words.add_argument("--release", action="append", choices=list(RELEASES), help="only in this one")
    words.add_argument("--build", type=Path, default=REPOSITORY / "build", help="for bases and pictures")
    arguments = words.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        older = older_version(arguments.package, Path(folder))
        for name in arguments.release or RELEASES:
            say(f"{name}")
            with BareSystem(RELEASES[name], arguments.build / "bases") as system, SharedSession() as session:
                Trial(system, session, arguments.build / "installed").run(older, arguments.package)
    return 0


if __name__ == "__main__":
    sys.exit(main())
