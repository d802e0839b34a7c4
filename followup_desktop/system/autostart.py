"""Starting at login, in the tray: by the means of each system; what the user did there is heeded."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from followup_desktop.domain.errors import Refused, reason_of
from followup_desktop.i18n import N_, _
from followup_desktop.services.ports import Autostart
from followup_desktop.system import files
from followup_desktop.system.desktop_file import DesktopFile, exec_line
from followup_desktop.system.paths import absolute_folder, home_folder

BACKGROUND = "--background"
_NAME = "followup-desktop"
_LABEL = "org.followup_desktop.followup"
_OURS = "X-FollowUp-Command"
"""Beside the command in a file: the command as written here. Where they differ, the user changed it."""


def login_command(
    *, executable: str, frozen: bool, platform: str, data_dir: Path | None = None
) -> tuple[str, ...]:
    """The command that starts this program in the tray: the bundle, or this Python with the package.

    ``data_dir`` is the data folder, where it is not the platform's own.
    """
    folder = () if data_dir is None else ("--data-dir", str(data_dir))
    if frozen:
        return (executable, BACKGROUND, *folder)
    if platform == "win32":
        # python.exe would open a console.
        windowed = Path(executable).with_name("pythonw.exe")
        executable = str(windowed) if windowed.exists() else executable
    return (executable, "-m", "followup_desktop", BACKGROUND, *folder)


def window_command(executable: str, data_dir: Path, *, frozen: bool) -> tuple[str, ...]:
    """The command that opens this program's window over the data in that folder."""
    package = () if frozen else ("-m", "followup_desktop")
    return (executable, *package, "--data-dir", str(data_dir))


def platform_autostart(environment: Mapping[str, str], data_dir: Path | None = None) -> Autostart | None:
    """The way of this platform, for this very program; ``None`` where the user has no home folder for it.

    ``data_dir`` as in ``login_command``.
    """
    command = login_command(
        executable=sys.executable,
        frozen=bool(getattr(sys, "frozen", False)),
        platform=sys.platform,
        data_dir=data_dir,
    )
    if sys.platform == "win32":
        import winreg

        return RunKeyAutostart(winreg, command)
    home = home_folder(environment)
    if sys.platform == "darwin":
        return LaunchAgentAutostart(home / "Library" / "LaunchAgents", command) if home else None
    folder = absolute_folder(environment, "XDG_CONFIG_HOME")
    if folder is None:
        if home is None:
            return None
        folder = home / ".config"
    return XdgAutostart(folder / "autostart", command)


class XdgAutostart:
    """A desktop file in the autostart folder of the freedesktop specification."""

    def __init__(self, folder: Path, command: Sequence[str]) -> None:
        self._path = folder / f"{_NAME}.desktop"
        self._exec = exec_line(command)

    def is_on(self) -> bool:
        """Whether the file is there, and neither hidden nor turned off."""
        try:
            entry = DesktopFile(self._path.read_bytes())
        except OSError:
            return False
        return (
            entry.get("Hidden") != "true"
            and entry.get("X-GNOME-Autostart-enabled") != "false"
            and bool(entry.get("Exec"))
        )

    def turn(self, on: bool) -> None:
        """Write the file, or change in it the switches and a command that is ours; off is off in the file."""
        if not on and not self.is_on():
            return
        try:
            entry = DesktopFile(self._path.read_bytes())
        except FileNotFoundError:
            entry = DesktopFile(self._fresh())
        except OSError as error:
            raise _refused(self._path, error) from error
        if not on:
            entry.set("Hidden", "true")
        elif entry.get("Hidden") is not None:
            entry.set("Hidden", "false")
        entry.set("X-GNOME-Autostart-enabled", "true" if on else "false")
        if on and entry.get("Exec") in {None, entry.get(_OURS)}:
            entry.set("Exec", self._exec)
            entry.set(_OURS, self._exec)
        _write(self._path, bytes(entry))

    def _fresh(self) -> bytes:
        lines = (
            "[Desktop Entry]",
            "Type=Application",
            "Name=Follow Up",
            # Translators: the comment on the program in the system's list of what starts at login.
            "Comment=" + _("Reminds you to follow up after job interviews"),
            f"Icon={_NAME}",
            "Terminal=false",
        )
        return ("\n".join(lines) + "\n").encode()


class LaunchAgentAutostart:
    """A property list in the folder of launch agents, read by launchd at the next login."""

    def __init__(self, folder: Path, command: Sequence[str]) -> None:
        self._path = folder / f"{_LABEL}.plist"
        self._command = list(command)

    def is_on(self) -> bool:
        """Whether the file is there, runs at login and is not disabled."""
        entry = self._read()
        return bool(entry.get("RunAtLoad")) and not entry.get("Disabled")

    def turn(self, on: bool) -> None:
        """Write the file, or change in it the switches and a command that is ours."""
        if not on and not self.is_on():
            return
        import plistlib

        entry = self._read() or {"Label": _LABEL, "ProcessType": "Interactive"}
        entry["RunAtLoad"] = on
        entry.pop("Disabled", None)
        if on and entry.get("ProgramArguments") in (None, entry.get(_OURS)):
            entry["ProgramArguments"] = entry[_OURS] = self._command
        _write(self._path, plistlib.dumps(entry, sort_keys=False))

    def _read(self) -> dict[str, Any]:
        import plistlib
        from xml.parsers.expat import ExpatError

        try:
            entry = plistlib.loads(self._path.read_bytes())
        except (OSError, ValueError, ExpatError, plistlib.InvalidFileException):
            return {}
        return entry if isinstance(entry, dict) else {}


class RunKeyAutostart:
    """A value under the key ``Run`` of the user's registry. ``registry`` is the module ``winreg``."""

    RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
    APPROVED = r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
    VALUE = "Follow Up"

    def __init__(self, registry: ModuleType | Any, command: Sequence[str]) -> None:
        self._registry = registry
        self._command = subprocess.list2cmdline(command)

    def is_on(self) -> bool:
        """Whether the value is there, and not turned off in the Task Manager."""
        return self._value(self.RUN) is not None and not self._turned_off()

    def turn(self, on: bool) -> None:
        """Set the value, or delete it; one that the user changed stays as it is while this is on."""
        try:
            if on:
                if self._value(self.RUN) is None:
                    self._set(self.RUN, self._command)
                if self._turned_off():
                    self._delete(self.APPROVED)
            elif self._value(self.RUN) is not None:
                self._delete(self.RUN)
        except OSError as error:
            sentence = _("Windows didn't allow changing whether Follow Up starts at login ({reason}).")
            raise Refused(sentence.format(reason=reason_of(error))) from error

    def _turned_off(self) -> bool:
        approved = self._value(self.APPROVED)
        # An odd first byte is what the Task Manager writes when the user turns it off there.
        return isinstance(approved, bytes) and bool(approved) and approved[0] % 2 == 1

    def _value(self, path: str) -> Any:
        r = self._registry
        try:
            with r.OpenKey(r.HKEY_CURRENT_USER, path, 0, r.KEY_READ) as key:
                return r.QueryValueEx(key, self.VALUE)[0]
        except OSError:
            return None

    def _set(self, path: str, text: str) -> None:
        r = self._registry
        with r.CreateKeyEx(r.HKEY_CURRENT_USER, path, 0, r.KEY_SET_VALUE) as key:
            r.SetValueEx(key, self.VALUE, 0, r.REG_SZ, text)

    def _delete(self, path: str) -> None:
        r = self._registry
        with r.OpenKey(r.HKEY_CURRENT_USER, path, 0, r.KEY_SET_VALUE) as key:
            r.DeleteValue(key, self.VALUE)


def _write(path: Path, content: bytes) -> None:
    """Write the file whole."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _refused(path, error) from error
    files.write_whole(path, content, N_("check your permissions there"))


def _refused(path: Path, error: OSError) -> Refused:
    sentence = _(
        "Couldn't change whether Follow Up starts at login: {path} ({reason}). Check your permissions there."
    )
    return Refused(sentence.format(path=path, reason=reason_of(error)))
