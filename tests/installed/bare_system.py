"""A Debian or Ubuntu system with nothing in it but its base, in a folder, for trying a package out.

Programs in it see their own files only; they share the display and the session bus of a private session.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.desktop.session import PrivateSession

UID = 1000
USER = "seeker"
HOME = f"/home/{USER}"
RUNTIME = f"/run/user/{UID}"


@dataclass(frozen=True, slots=True)
class Release:
    """A release of a distribution; debootstrap knows from where its base is had."""

    name: str
    ubuntu: bool = False


RELEASES = {
    release.name: release
    for release in (Release("bookworm"), Release("trixie"), Release("jammy", True), Release("noble", True))
}
"""Debian 12 and 13, Ubuntu 22.04 and 24.04."""

# No service is started in it, and nothing is asked.
_POLICY = "#!/bin/sh\nexit 101\n"
_APT = ("apt-get", "-qq", "-y", "-o", "Dpkg::Use-Pty=0", "--no-install-recommends")
_ENV = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive"}
_ENTER = """\
set -e
mount --make-rprivate /
mount -t proc proc {root}/proc
mount --rbind /dev {root}/dev
mount --bind /tmp/.X11-unix {root}/tmp/.X11-unix
for shared in {shared}; do
    mount --bind "${{shared%%=*}}" "{root}${{shared#*=}}"
done
exec chroot {user} {root} "$@"
"""


class BareSystem:
    """A context manager around the system of a release; only its base is kept for the next time."""

    def __init__(self, release: Release, cache: Path) -> None:
        self.release = release
        self._base = cache / f"{release.name}.tar"
        self._folder = tempfile.TemporaryDirectory(prefix=f"{release.name}-", ignore_cleanup_errors=True)
        self.root = Path(self._folder.name) / "root"

    def __enter__(self) -> Self:
        if not self._base.exists():
            self._make_base()
        self.root.mkdir()
        _checked("tar", "-C", str(self.root), "-xf", str(self._base))
        shutil.copy("/etc/resolv.conf", self.root / "etc/resolv.conf")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._folder.cleanup()

    def run(self, *command: str, timeout: float = 300, **env: str) -> str:
        """Run a command in it as root; returns what it printed."""
        return self._output(self._entering(command, {}, as_user=False), {**_ENV, **env}, timeout)

    def run_as_user(self, *command: str, session: PrivateSession | None = None, **env: str) -> str:
        """Run a command in it as an ordinary user; returns what it printed."""
        entering = self._entering(command, _shared(session), as_user=True)
        return self._output(entering, self._user_env(session) | env, 60)

    def start(self, session: PrivateSession, *command: str) -> subprocess.Popen[bytes]:
        """Start a program in it as an ordinary user, on the display and the bus of the session."""
        entering = self._entering(command, _shared(session), as_user=True)
        env = self._user_env(session)
        return session.start("program", "env", "-i", *(f"{k}={v}" for k, v in env.items()), *entering)

    def apt(self, *words: str) -> str:
        """Install or remove packages, with nothing that they only recommend."""
        return self.run(*_APT, *words, timeout=900)

    def add_file(self, file: Path, where: str) -> str:
        """Copy a file to this place in it, readable by all; returns the place."""
        target = self.root / where.lstrip("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, target)
        target.chmod(0o644)
        return where

    def _make_base(self) -> None:
        self._base.parent.mkdir(parents=True, exist_ok=True)
        target = self._base.with_suffix(".new")
        try:
            _checked("debootstrap", "--variant=minbase", *self._origin(target))
            if self.release.ubuntu:
                sources = target / "etc/apt/sources.list"
                sources.write_text(sources.read_text().replace("deb ", "deb [trusted=yes] "))
            policy = target / "usr/sbin/policy-rc.d"
            policy.write_text(_POLICY)
            policy.chmod(0o755)
            _checked(
                "chroot",
                str(target),
                "useradd",
                "--uid",
                str(UID),
                "--create-home",
                "--skel",
                "/nowhere",
                USER,
            )
            _checked("chroot", str(target), "install", "-d", "-o", USER, "-m", "700", RUNTIME)
            (target / "tmp/.X11-unix").mkdir()
            (target / "tmp/bus").touch()
            _checked("chroot", str(target), "apt-get", "-qq", "update")
            unfinished = self._base.with_suffix(".part")
            _checked("tar", "-C", str(target), "-cf", str(unfinished), ".")
            unfinished.rename(self._base)
        finally:
            shutil.rmtree(target, ignore_errors=True)

    def _origin(self, target: Path) -> list[str]:
        name = self.release.name
        if not self.release.ubuntu:
            return [name, str(target)]
        # Debian has no keyring of Ubuntu's, and may not know the newest name: all share the script "gutsy".
        return ["--no-check-gpg", "--components=main,universe", name, str(target), "", "gutsy"]

    def _entering(self, command: tuple[str, ...], shared: Mapping[str, str], *, as_user: bool) -> list[str]:
        script = _ENTER.format(
            root=shlex.quote(str(self.root)),
            shared=" ".join(shlex.quote(f"{outside}={inside}") for outside, inside in shared.items()),
            user=f"--userspec={UID}:{UID}" if as_user else "",
        )
        return ["/usr/bin/unshare", "--mount", "/bin/sh", "-c", script, "enter", *command]

    def _user_env(self, session: PrivateSession | None) -> dict[str, str]:
        env = {**_ENV, "HOME": HOME, "USER": USER, "XDG_RUNTIME_DIR": RUNTIME}
        if session is not None:
            env |= {"DISPLAY": session.env["DISPLAY"], "DBUS_SESSION_BUS_ADDRESS": "unix:path=/tmp/bus"}
        return env

    @staticmethod
    def _output(command: list[str], env: Mapping[str, str], timeout: float) -> str:
        done = subprocess.run(
            command,
            env=env,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=timeout,
            check=False,
        )
        assert done.returncode == 0, f"status {done.returncode}: {' '.join(command[6:])}\n{done.stdout}"
        return done.stdout


def _shared(session: PrivateSession | None) -> dict[str, str]:
    return {} if session is None else {str(session.folder / "bus"): "/tmp/bus"}


def _checked(*command: str) -> None:
    done = subprocess.run(
        command, env={**os.environ, **_ENV}, capture_output=True, text=True, check=False, timeout=1800
    )
    assert done.returncode == 0, f"{' '.join(command)}: {done.stdout[-2000:]}{done.stderr[-2000:]}"
