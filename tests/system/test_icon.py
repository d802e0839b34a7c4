"""Which icon a notification server is told of."""

from __future__ import annotations

from pathlib import Path

import pytest

from followup_desktop.resource_files import resources_dir
from followup_desktop.system.notifiers.icon import icon_for_server

NAME = "followup-desktop"
PICTURE = resources_dir() / "icons/app.svg"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Folders of shared data in which nothing is installed."""
    return {"HOME": str(tmp_path / "home"), "XDG_DATA_DIRS": f"{tmp_path}/local:{tmp_path}/usr"}


def test_what_is_not_installed_is_named_by_its_file(environment: dict[str, str]) -> None:
    icon = icon_for_server(NAME, PICTURE, environment)
    assert icon.startswith("file:///")
    assert PICTURE.is_file()
    assert icon == PICTURE.absolute().as_uri()


def test_an_address_has_no_spaces(environment: dict[str, str]) -> None:
    assert (
        icon_for_server(NAME, Path("/opt/Follow Up/ü.svg"), environment)
        == "file:///opt/Follow%20Up/%C3%BC.svg"
    )


@pytest.mark.parametrize("base", ["home/.local/share", "local", "usr"])
def test_what_a_package_or_the_user_installed_goes_by_its_name(
    base: str, environment: dict[str, str], tmp_path: Path
) -> None:
    apps = tmp_path / base / "icons/hicolor/48x48/apps"
    apps.mkdir(parents=True)
    (apps / "other.png").touch()
    assert icon_for_server(NAME, PICTURE, environment) != NAME
    (apps / f"{NAME}.png").touch()
    assert icon_for_server(NAME, PICTURE, environment) == NAME


def test_the_user_s_own_data_folder_counts(environment: dict[str, str], tmp_path: Path) -> None:
    apps = tmp_path / "mine/icons/hicolor/scalable/apps"
    apps.mkdir(parents=True)
    (apps / f"{NAME}.svg").touch()
    assert icon_for_server(NAME, PICTURE, environment | {"XDG_DATA_HOME": str(tmp_path / "mine")}) == NAME
