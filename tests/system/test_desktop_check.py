"""Where no window can be opened, one sentence says why and what to do."""

from __future__ import annotations

import sys

import pytest

from followup_desktop.system.desktop_check import debian_package, missing_library, why_no_window
from tests.tables import tabled

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display")


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_windows_and_macos_have_a_display(platform: str) -> None:
    assert why_no_window(platform, {}) is None


@on_linux
def test_a_platform_that_is_there_is_taken() -> None:
    assert why_no_window("linux", {"QT_QPA_PLATFORM": "offscreen"}) is None
    assert why_no_window("linux", {"QT_QPA_PLATFORM": "nothing;offscreen:size=9x9"}) is None


@on_linux
@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({}, "There's no display"),
        ({"DISPLAY": ":9999"}, "The display :9999"),
        (
            {"DISPLAY": "", "WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": "/nowhere"},
            "There's no display",
        ),
        ({"QT_QPA_PLATFORM": "nothing"}, "QT_QPA_PLATFORM is set to nothing"),
    ],
)
def test_a_missing_display_is_told(environment: dict[str, str], words: str) -> None:
    sentence = why_no_window("linux", environment)
    assert sentence is not None
    assert sentence.startswith(words)


@tabled(
    "library, package",
    [
        ("libEGL.so.1", "libegl1"),
        ("libxcb-cursor.so.0", "libxcb-cursor0"),
        ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
        ("libdbus-1.so.3", "libdbus-1-3"),
        ("libgssapi_krb5.so.2", "libgssapi-krb5-2"),
        ("libX11.so.6", "libx11-6"),
        ("libglib-2.0.so.0", "libglib2.0-0"),
        ("libodd.so", None),
    ],
)
def test_the_package_of_a_library(library: str, package: str | None) -> None:
    assert debian_package(library) == package


def test_a_library_that_is_missing_is_named_with_the_way_to_get_it() -> None:
    said = "libEGL.so.1: cannot open shared object file: No such file or directory"
    sentence = missing_library(said)
    assert sentence is not None
    assert "libEGL.so.1" in sentence
    assert "sudo apt install libegl1" in sentence


def test_another_failure_is_not_taken_for_a_missing_library() -> None:
    assert missing_library("No module named 'peewee'") is None
