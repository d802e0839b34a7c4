"""Starting at login: arranged by each system's means, the user's own edits kept."""

from __future__ import annotations

import plistlib
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pytest

from followup_desktop.arguments import parser
from followup_desktop.domain.errors import Refused
from followup_desktop.services.ports import Autostart
from followup_desktop.system.autostart import (
    LaunchAgentAutostart,
    RunKeyAutostart,
    XdgAutostart,
    login_command,
)

COMMAND = ("/opt/Follow Up/followup-desktop", "--background")
EXEC = 'Exec="/opt/Follow Up/followup-desktop" --background'


# The command


def test_a_bundle_starts_itself() -> None:
    command = login_command(executable="/opt/followup-desktop", frozen=True, platform="linux")
    assert command == ("/opt/followup-desktop", "--background")


def test_a_source_install_starts_python_with_the_package() -> None:
    command = login_command(executable="/venv/bin/python", frozen=False, platform="linux")
    assert command == ("/venv/bin/python", "-m", "followup_desktop", "--background")


def test_on_windows_no_console_opens(tmp_path: Path) -> None:
    python = tmp_path / "python.exe"
    assert login_command(executable=str(python), frozen=False, platform="win32")[0] == str(python)
    (tmp_path / "pythonw.exe").touch()
    assert login_command(executable=str(python), frozen=False, platform="win32")[0].endswith("pythonw.exe")


def test_the_command_is_one_that_the_program_understands() -> None:
    command = login_command(
        executable="python", frozen=False, platform="linux", data_dir=Path("/data/my search")
    )
    arguments = parser().parse_args(command[3:])
    assert arguments.background
    assert arguments.data_dir == Path("/data/my search")


# Linux


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "config" / "autostart"


def entry(folder: Path) -> Path:
    return folder / "followup-desktop.desktop"


def edit(folder: Path, old: str, new: str) -> None:
    text = entry(folder).read_text()
    assert old in text
    entry(folder).write_text(text.replace(old, new))


def test_a_desktop_file_is_made_and_turned_off_and_on(folder: Path) -> None:
    login = XdgAutostart(folder, COMMAND)
    assert not login.is_on()
    login.turn(True)
    assert login.is_on()
    lines = entry(folder).read_text().splitlines()
    assert lines[:2] == ["[Desktop Entry]", "Type=Application"]
    assert EXEC in lines
    login.turn(False)
    assert not login.is_on()
    assert "Hidden=true" in entry(folder).read_text()
    login.turn(True)
    assert login.is_on()


def test_off_makes_no_file(folder: Path) -> None:
    XdgAutostart(folder, COMMAND).turn(False)
    assert not folder.exists()


def test_a_file_that_the_user_removed_is_off_and_stays_away(folder: Path) -> None:
    login = XdgAutostart(folder, COMMAND)
    login.turn(True)
    entry(folder).unlink()
    assert not login.is_on()
    login.turn(False)
    assert not entry(folder).exists()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("X-GNOME-Autostart-enabled=true", "X-GNOME-Autostart-enabled=false"),
        ("Terminal=false", "Terminal=false\nHidden=true"),
        ("Terminal=false", "Terminal=false\nHidden = true "),
        (EXEC, ""),
    ],
)
def test_what_the_user_turned_off_in_the_file_is_off(folder: Path, old: str, new: str) -> None:
    login = XdgAutostart(folder, COMMAND)
    login.turn(True)
    edit(folder, old, new)
    assert not login.is_on()


def test_all_else_that_the_user_wrote_is_kept(folder: Path) -> None:
    login = XdgAutostart(folder, COMMAND)
    login.turn(True)
    edit(folder, "Name=Follow Up", "# mine\nName=Nachfassen \nName[es]=Seguimiento")
    with entry(folder).open("a") as file:
        file.write("X-GNOME-Autostart-Delay=20\n\n[Desktop Action New]\nName=x\n")
    before = entry(folder).read_text()
    login.turn(False)
    login.turn(True)
    after = entry(folder).read_text()
    kept = [line for line in after.splitlines() if not line.startswith("Hidden=")]
    assert kept == before.splitlines()
    assert after.index("Hidden=false") < after.index("[Desktop Action New]")


def test_a_command_of_the_user_s_own_is_kept_and_ours_follows_the_program(folder: Path) -> None:
    XdgAutostart(folder, COMMAND).turn(True)
    moved = XdgAutostart(folder, ("/usr/bin/followup-desktop", "--background"))
    moved.turn(True)
    assert "Exec=/usr/bin/followup-desktop --background\n" in entry(folder).read_text()
    edit(folder, "Exec=/usr/bin/followup-desktop", "Exec=nice /usr/bin/followup-desktop")
    moved.turn(False)
    XdgAutostart(folder, COMMAND).turn(True)
    assert "Exec=nice /usr/bin/followup-desktop --background\n" in entry(folder).read_text()


def test_bytes_that_are_no_text_and_line_ends_stay(folder: Path) -> None:
    folder.mkdir(parents=True)
    entry(folder).write_bytes(b"[Desktop Entry]\r\nName=\xff\r\nExec=mine\r\n")
    login = XdgAutostart(folder, COMMAND)
    assert login.is_on()
    login.turn(False)
    assert entry(folder).read_bytes().startswith(b"[Desktop Entry]\r\nName=\xff\r\nExec=mine\r\n")
    assert entry(folder).read_bytes().endswith(b"Hidden=true\r\nX-GNOME-Autostart-enabled=false\r\n")


def test_a_link_stays_a_link(folder: Path, tmp_path: Path) -> None:
    folder.mkdir(parents=True)
    kept = tmp_path / "kept.desktop"
    entry(folder).symlink_to(kept)
    XdgAutostart(folder, COMMAND).turn(True)
    assert entry(folder).is_symlink()
    assert EXEC in kept.read_text()


@pytest.mark.parametrize(
    ("argument", "written"),
    [
        ("/usr/bin/x", "/usr/bin/x"),
        ("a b", '"a b"'),
        ("100%", "100%%"),
        ("$HOME", '"\\\\$HOME"'),
        ('say "no"', '"say \\\\"no\\\\""'),
        ("back\\slash", '"back\\\\\\\\slash"'),
        ("", '""'),
    ],
)
def test_the_command_is_quoted_as_the_specification_has_it(folder: Path, argument: str, written: str) -> None:
    XdgAutostart(folder, (argument,)).turn(True)
    assert f"\nExec={written}\n" in entry(folder).read_text()


def test_a_folder_that_can_not_be_written_is_refused(folder: Path) -> None:
    folder.parent.mkdir(parents=True)
    folder.touch()
    with pytest.raises(Refused, match="Couldn't change whether"):
        XdgAutostart(folder, COMMAND).turn(True)


# macOS


def plist(folder: Path) -> dict[str, Any]:
    (path,) = folder.glob("*.plist")
    content: dict[str, Any] = plistlib.loads(path.read_bytes())
    return content


def test_a_launch_agent_is_made_and_turned_off_and_on(folder: Path) -> None:
    login = LaunchAgentAutostart(folder, COMMAND)
    assert not login.is_on()
    login.turn(False)
    assert not folder.exists()
    login.turn(True)
    assert login.is_on()
    assert plist(folder)["ProgramArguments"] == list(COMMAND)
    assert plist(folder)["RunAtLoad"] is True
    login.turn(False)
    assert not login.is_on()
    login.turn(True)
    assert login.is_on()


def test_in_a_launch_agent_the_user_s_own_is_kept(folder: Path) -> None:
    login = LaunchAgentAutostart(folder, COMMAND)
    login.turn(True)
    (path,) = folder.glob("*.plist")
    mine = {**plist(folder), "Nice": 5, "ProgramArguments": ["caffeinate", *COMMAND], "Disabled": True}
    path.write_bytes(plistlib.dumps(mine))
    assert not login.is_on()
    LaunchAgentAutostart(folder, ("/elsewhere", "--background")).turn(True)
    assert login.is_on()
    assert plist(folder)["ProgramArguments"] == ["caffeinate", *COMMAND]
    assert plist(folder)["Nice"] == 5


@pytest.mark.parametrize("contents", [b"<nonsense", b'<?xml version="1.0"?><plist>', b"bplist00", b""])
def test_a_launch_agent_that_can_not_be_read_is_off_and_made_anew(folder: Path, contents: bytes) -> None:
    login = LaunchAgentAutostart(folder, COMMAND)
    login.turn(True)
    (path,) = folder.glob("*.plist")
    path.write_bytes(contents)
    assert not login.is_on()
    login.turn(True)
    assert login.is_on()


# Windows


class FakeRegistry:
    """What ``winreg`` has, over a dictionary."""

    HKEY_CURRENT_USER = "HKCU"
    KEY_READ = 1
    KEY_SET_VALUE = 2
    REG_SZ = 1

    def __init__(self) -> None:
        self.keys: dict[str, dict[str, object]] = {}
        self.locked = False

    class Key:
        def __init__(self, values: dict[str, object], access: int) -> None:
            self.values = values
            self.access = access

        def __enter__(self) -> Self:
            return self

        def __exit__(
            self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
        ) -> None:
            self.access = 0

    def OpenKey(self, root: str, path: str, _reserved: int, access: int) -> Key:  # noqa: N802
        if path not in self.keys:
            raise FileNotFoundError(2, "no such key")
        return self._key(path, access)

    def CreateKeyEx(self, root: str, path: str, _reserved: int, access: int) -> Key:  # noqa: N802
        self.keys.setdefault(path, {})
        return self._key(path, access)

    def QueryValueEx(self, key: Key, name: str) -> tuple[object, int]:  # noqa: N802
        assert key.access == self.KEY_READ
        if name not in key.values:
            raise FileNotFoundError(2, "no such value")
        return key.values[name], self.REG_SZ

    def SetValueEx(self, key: Key, name: str, _reserved: int, kind: int, value: object) -> None:  # noqa: N802
        assert (key.access, kind) == (self.KEY_SET_VALUE, self.REG_SZ)
        key.values[name] = value

    def DeleteValue(self, key: Key, name: str) -> None:  # noqa: N802
        assert key.access == self.KEY_SET_VALUE
        del key.values[name]

    def _key(self, path: str, access: int) -> Key:
        if self.locked and access == self.KEY_SET_VALUE:
            raise PermissionError(13, "access is denied")
        return self.Key(self.keys[path], access)


WINDOWS_COMMAND = (r"C:\Program Files\Follow Up\followup-desktop.exe", "--background")


def test_a_value_of_the_run_key_is_made_and_deleted() -> None:
    registry = FakeRegistry()
    login: Autostart = RunKeyAutostart(registry, WINDOWS_COMMAND)
    assert not login.is_on()
    login.turn(False)
    assert registry.keys == {}
    login.turn(True)
    assert login.is_on()
    assert registry.keys[RunKeyAutostart.RUN] == {
        "Follow Up": r'"C:\Program Files\Follow Up\followup-desktop.exe" --background'
    }
    login.turn(False)
    assert not login.is_on()
    assert registry.keys[RunKeyAutostart.RUN] == {}


def test_what_the_user_turned_off_in_the_task_manager_is_off_until_it_is_turned_on_here() -> None:
    registry = FakeRegistry()
    login = RunKeyAutostart(registry, WINDOWS_COMMAND)
    login.turn(True)
    registry.keys[RunKeyAutostart.APPROVED] = {"Follow Up": b"\x03" + bytes(11)}
    assert not login.is_on()
    login.turn(True)
    assert login.is_on()
    registry.keys[RunKeyAutostart.APPROVED] = {"Follow Up": b"\x02" + bytes(11)}
    assert login.is_on()


def test_a_value_that_the_user_changed_is_kept() -> None:
    registry = FakeRegistry()
    registry.keys[RunKeyAutostart.RUN] = {"Follow Up": "mine.exe"}
    RunKeyAutostart(registry, WINDOWS_COMMAND).turn(True)
    assert registry.keys[RunKeyAutostart.RUN] == {"Follow Up": "mine.exe"}


def test_a_registry_that_refuses_is_told() -> None:
    registry = FakeRegistry()
    registry.locked = True
    with pytest.raises(Refused, match="didn't allow"):
        RunKeyAutostart(registry, WINDOWS_COMMAND).turn(True)
