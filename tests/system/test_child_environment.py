"""Programs started from a bundle get the system's environment."""

from __future__ import annotations

import os
import sys

import pytest

from followup_desktop.system.child_environment import for_child_programs, restored


def test_what_the_bundle_changed_is_put_back_or_left_out() -> None:
    bundle = {
        "LD_LIBRARY_PATH": "/b",
        "LD_LIBRARY_PATH_ORIG": "/usr/lib",
        "QT_PLUGIN_PATH": "/b/qt",
        "A": "1",
    }
    result = restored(bundle)
    assert result["LD_LIBRARY_PATH"] == "/usr/lib"
    assert "QT_PLUGIN_PATH" not in result
    assert result["A"] == "1"


def test_within_a_bundle_it_is_so_only_for_the_time_of_the_call(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setenv("LD_LIBRARY_PATH", "/bundle")
    monkeypatch.delenv("LD_LIBRARY_PATH_ORIG", raising=False)
    monkeypatch.setenv("QT_PLUGIN_PATH", "/bundle/qt")
    monkeypatch.setenv("QT_PLUGIN_PATH_ORIG", "/usr/qt")
    with for_child_programs():
        assert "LD_LIBRARY_PATH" not in os.environ
        assert os.environ["QT_PLUGIN_PATH"] == "/usr/qt"
    assert os.environ["LD_LIBRARY_PATH"] == "/bundle"
    assert os.environ["QT_PLUGIN_PATH"] == "/bundle/qt"


def test_outside_a_bundle_nothing_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LD_LIBRARY_PATH", "/mine")
    with for_child_programs():
        assert os.environ["LD_LIBRARY_PATH"] == "/mine"
