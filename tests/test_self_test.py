"""The self-test: it tries every part for real, and a part that does not work is named."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtNetwork import QSslSocket
from PySide6.QtWidgets import QApplication

from followup_desktop import app, self_test
from followup_desktop.domain.checks import zone_names
from followup_desktop.domain.errors import Refused
from followup_desktop.self_test import Check, SelfTest
from followup_desktop.storage.store import Store
from followup_desktop.system.paths import DataPaths
from followup_desktop.ui.kit import icons
from tests.pseudo_locale import speaking

NOW = datetime(2026, 10, 14, 12, 0, tzinfo=UTC)


@pytest.fixture
def no_bus(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No service for notifications is in reach, neither on a bus nor as a program.

    And there are few countries: half the time of a self-test is that of the holidays of all.
    """
    known = SimpleNamespace(countries=lambda: ("DE", "ES"), zone_names=zone_names)
    monkeypatch.setattr(self_test, "checks", known)
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/none")
    monkeypatch.setenv("PATH", os.defpath)


def checks(open_store: self_test.StoreOpener = app.open_store) -> dict[str, Check]:
    test = SelfTest(lambda: NOW, open_store, app.make_notifier_chain)
    return {check.name: check for check in test.run()}


def test_the_command_tries_everything_and_touches_no_data(tmp_path: Path) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_DATA_HOME": str(tmp_path / "mine")}
    environment |= {
        "DBUS_SESSION_BUS_ADDRESS": f"unix:path={tmp_path}/none",
        "LANGUAGE": "de",
        "LANG": "de_DE.UTF-8",
    }
    done = subprocess.run(
        [sys.executable, "-m", "followup_desktop", "self-test", "--json"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    report = json.loads(done.stdout)
    assert [check for check in report["checks"] if not check["ok"]] == []
    assert (done.returncode, done.stderr, report["ok"], report["bundle"]) == (0, "", True, False)
    details = {check["name"]: check["detail"] for check in report["checks"]}
    assert details["printing"] == "Qt can print", "what scripts read is in English"
    assert not (tmp_path / "mine").exists()


@pytest.mark.usefixtures("no_bus")
def test_what_does_not_work_is_named_and_the_rest_is_tried_all_the_same(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def open_store(_paths: DataPaths) -> Store:
        raise Refused("The disk is full; make room.")

    monkeypatch.setattr(icons, "resources_dir", lambda: tmp_path)
    found = checks(open_store)
    assert {name for name, check in found.items() if not check.ok} == {"resources", "database and plan"}
    assert "The disk is full; make room." in found["database and plan"].detail
    assert str(tmp_path) in found["resources"].detail


@pytest.mark.usefixtures("no_bus")
def test_an_icon_that_draws_nothing_is_found(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "icons").mkdir()
    (tmp_path / "icons" / "app.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"/>')
    monkeypatch.setattr(icons, "resources_dir", lambda: tmp_path)
    found = checks()["resources"]
    assert not found.ok
    assert found.as_line() == "FAILED  resources: the icon app draws nothing"


@pytest.mark.usefixtures("no_bus")
def test_people_read_it_in_their_language(qapp: QApplication) -> None:
    with speaking("de"):
        said = [check.as_line() for check in checks().values()]
    assert "ok      Ansichten: alle 11 sind da" in said
    assert "ok      Drucken: Qt kann drucken" in said
    english = {check.detail for check in checks().values()}
    assert not [line for line in said if any(detail in line for detail in english)]


@pytest.mark.usefixtures("no_bus")
def test_a_package_that_cannot_encrypt_is_found(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    found = checks()["secure connections"]
    assert found.ok
    assert QSslSocket.sslLibraryVersionString() in found.detail
    monkeypatch.setattr(QSslSocket, "supportsSsl", lambda: False)
    found = checks()["secure connections"]
    assert not found.ok
    assert "Qt can't encrypt" in found.detail


@pytest.mark.usefixtures("no_bus")
def test_a_bundle_whose_library_path_reaches_other_programs_is_found(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LD_LIBRARY_PATH", "/bundle")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert checks()["programs started from here"].ok
    monkeypatch.setattr("followup_desktop.system.child_environment.restored", dict)
    assert not checks()["programs started from here"].ok
