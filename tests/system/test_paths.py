"""The data folder and the resources."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from followup_desktop.domain.errors import Refused
from followup_desktop.resource_files import resources_dir
from followup_desktop.system.autostart import platform_autostart
from followup_desktop.system.desktop_check import _no_wayland
from followup_desktop.system.language import system_locale
from followup_desktop.system.notifiers.session_bus import session_bus_address
from followup_desktop.system.paths import _named, data_paths, home_folder

if sys.platform != "win32":
    import pwd

linux = pytest.mark.skipif(sys.platform != "linux", reason="the folders of the XDG specification")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_wanted_folder_wins_over_the_environment(tmp_path: Path) -> None:
    paths = data_paths(tmp_path / "wanted", {"FOLLOWUP_DATA_DIR": str(tmp_path / "other")})
    assert paths.folder == tmp_path / "wanted"
    assert paths.database.parent == paths.folder
    assert not (tmp_path / "other").exists()


def test_the_environment_names_the_folder(tmp_path: Path) -> None:
    assert data_paths(None, {"FOLLOWUP_DATA_DIR": str(tmp_path / "a" / "b")}).folder == tmp_path / "a" / "b"


@pytest.mark.skipif(sys.platform != "linux", reason="the folder of the XDG specification")
def test_else_it_is_the_platform_s(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert data_paths(None, {}).folder == tmp_path / "followup-desktop"


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (b'[writing]\nquick_add="{\\"\\": {}}"\n', True),
        (b"[window]\nview=today\n\n[writing]\r\nletters=x\r\n", True),
        (b"[writing]\n; a comment\n\nletters=x", True),
        (b"[writing]\nletters=\ndebriefs=x\n[window]\n", True),
        (b"[writing]\n", False),
        (b"[writing]\nletters=\n[window]\nview=today\n", False),
        (b"[writing]\n\n[window]\nview=today\n", False),
        (b"[window]\nwriting=x\n", False),
        (b"", False),
        (None, False),
    ],
)
def test_what_tells_that_something_was_being_written(
    tmp_path: Path, settings: bytes | None, expected: bool
) -> None:
    paths = data_paths(tmp_path, {})
    if settings is not None:
        paths.settings.write_bytes(settings)
    assert paths.drafts == (paths.settings if expected else None)


BLANK = ["", " ", "\t", "\u00a0"]


@linux
@pytest.mark.parametrize("blank", BLANK)
def test_a_variable_that_is_blank_names_no_folder(
    blank: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "mine"))
    monkeypatch.chdir(tmp_path)
    assert data_paths(None, {"FOLLOWUP_DATA_DIR": blank}).folder == tmp_path / "mine" / "followup-desktop"
    assert [each.name for each in tmp_path.iterdir()] == ["mine"]


@linux
@pytest.mark.parametrize("value", [*BLANK, "data", "./data", "../data", "~/data"])
def test_a_base_folder_that_is_blank_or_relative_is_ignored(
    value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_DATA_HOME", value)
    home = tmp_path / "home"
    assert data_paths(None, {}).folder == home / ".local/share/followup-desktop"
    autostart = platform_autostart({"HOME": str(home), "XDG_CONFIG_HOME": value})
    assert autostart is not None
    autostart.turn(True)
    assert (home / ".config/autostart/followup-desktop.desktop").exists()
    assert session_bus_address({"XDG_RUNTIME_DIR": value}) is None
    assert "Wayland" in str(_no_wayland({"XDG_RUNTIME_DIR": value, "WAYLAND_DISPLAY": "wayland-0"}))
    assert list((tmp_path / "here").iterdir()) == []
    assert sorted(each.name for each in tmp_path.iterdir()) == ["here", "home"]


@linux
@pytest.mark.parametrize("value", [*BLANK, "home", "./home"])
def test_a_home_that_is_blank_or_relative_counts_as_not_set(
    value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", value)
    of_the_account = pwd.getpwuid(os.getuid()).pw_dir
    assert str(home_folder({"HOME": value})) == of_the_account
    assert str(home_folder({})) == of_the_account
    assert str(_named(Path("~/search"))) == f"{of_the_account}/search"
    assert str(_named(Path("~"))) == of_the_account
    assert home_folder({"HOME": "/home/ana"}) == Path("/home/ana")


@linux
def test_blank_variables_of_the_language_are_passed_over() -> None:
    assert system_locale({"LC_ALL": " ", "LANG": "en_GB.UTF-8"}) == "en_GB.UTF-8"


@pytest.mark.skipif(sys.platform == "win32", reason="permission bits of POSIX")
def test_a_new_folder_is_for_the_user_alone(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        folder = data_paths(tmp_path / "new", {}).folder
    finally:
        os.umask(before)
    assert mode(folder) == 0o700


@pytest.mark.skipif(sys.platform == "win32", reason="permission bits of POSIX")
def test_a_folder_that_was_there_keeps_its_permissions(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    folder.chmod(0o755)
    assert mode(data_paths(folder, {}).folder) == 0o755


@pytest.mark.skipif(sys.platform != "linux", reason="the folder of the platform is Linux's")
def test_the_platform_s_folder_is_closed_to_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    folder = tmp_path / "followup-desktop"
    folder.mkdir()
    folder.chmod(0o777)
    assert mode(data_paths(None, {}).folder) == 0o700


@pytest.mark.skipif(sys.platform == "win32", reason="permission bits of POSIX")
@pytest.mark.parametrize(("bits", "is_told"), [(0o777, True), (0o757, True), (0o755, False), (0o700, False)])
def test_a_folder_in_which_others_can_write_is_told(tmp_path: Path, bits: int, is_told: bool) -> None:
    tmp_path.chmod(bits)
    paths = data_paths(tmp_path, {})
    assert bool(paths.why_open_to_others()) is is_told
    assert mode(tmp_path) == bits


@pytest.mark.parametrize("below", [False, True])
def test_a_file_in_the_way_is_refused_with_a_sentence(tmp_path: Path, below: bool) -> None:
    file = tmp_path / "file"
    file.write_text("x")
    with pytest.raises(Refused, match="Choose another"):
        data_paths(file / "below" if below else file, {})


def test_nul_in_the_name_is_refused() -> None:
    with pytest.raises(Refused, match="NUL"):
        data_paths(Path("/tmp/a\0b"), {})


def test_resources_are_found_in_a_bundle_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "resources").mkdir()
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resources_dir() == tmp_path / "resources"


def test_resources_of_a_checkout_stand_beside_the_package() -> None:
    assert resources_dir().name == "resources"
