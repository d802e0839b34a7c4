"""Whether the check before ``make run`` tells a display from the mere name of one."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from tests.desktop.display import display_answers
from tests.desktop.session import PrivateSession


@pytest.mark.parametrize(
    "environ",
    [
        {},
        {"DISPLAY": ""},
        {"DISPLAY": ":54321"},
        {"DISPLAY": "no display"},
        {"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": "/nowhere"},
    ],
)
def test_no_display(environ: dict[str, str]) -> None:
    assert not display_answers(environ)


def test_x_display(session: PrivateSession) -> None:
    number = session.env["DISPLAY"]
    assert display_answers({"DISPLAY": number})
    assert display_answers({"DISPLAY": f"{number}.0", "WAYLAND_DISPLAY": "gone"})
    assert display_answers({"DISPLAY": f"unix{number}"})


def test_wayland_display(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # a socket's whole path may be too long for the system
    with socket.socket(socket.AF_UNIX) as compositor:
        compositor.bind("wayland-7")
        compositor.listen()
        assert display_answers({"WAYLAND_DISPLAY": "wayland-7", "XDG_RUNTIME_DIR": "."})
