"""The token with which a window may be raised."""

from __future__ import annotations

import os

import pytest

from followup_desktop.system.activation import activating

BOTH = {"XDG_ACTIVATION_TOKEN": "t1", "DESKTOP_STARTUP_ID": "t1"}


def test_it_is_there_while_the_window_is_raised_and_no_longer() -> None:
    environment = {"HOME": "/home/ana"}
    with activating("t1", environment):
        assert environment == {"HOME": "/home/ana", **BOTH}
    assert environment == {"HOME": "/home/ana"}


def test_qt_finds_it_in_the_environment_of_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in BOTH:
        monkeypatch.delenv(name, raising=False)
    with activating("t1"):
        assert {name: os.environ[name] for name in BOTH} == BOTH
    assert not BOTH.keys() & os.environ.keys()


def test_it_is_gone_though_raising_failed_or_another_took_it() -> None:
    environment: dict[str, str] = {}
    with pytest.raises(RuntimeError), activating("t1", environment):
        del environment["XDG_ACTIVATION_TOKEN"]  # as Qt does once it has used it
        raise RuntimeError
    assert environment == {}


def test_without_a_token_nothing_changes() -> None:
    environment = {"XDG_ACTIVATION_TOKEN": "of the start"}
    with activating("", environment):
        assert environment == {"XDG_ACTIVATION_TOKEN": "of the start"}
    assert environment == {"XDG_ACTIVATION_TOKEN": "of the start"}


@pytest.mark.parametrize("token", ["a\0b", "a\nb", "\udce9"])
def test_what_an_environment_can_not_bear_is_no_token(token: str) -> None:
    with activating(token):
        assert not BOTH.keys() & os.environ.keys()
