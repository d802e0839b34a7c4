"""The assets of the packages for Windows and macOS, as far as they can be checked elsewhere."""

from __future__ import annotations

import plistlib
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from followup_desktop import __version__
from followup_desktop.services.capture.links import SCHEME
from followup_desktop.services.transfer.formats import endings_read, readers
from followup_desktop.system.autostart import RunKeyAutostart
from tests.packaging.scripts import REPOSITORY, load

PACKAGING = REPOSITORY / "packaging"
INSTALLER = PACKAGING / "windows" / "installer.nsi"
WORKFLOWS = REPOSITORY / ".github" / "workflows"


@pytest.mark.skipif(shutil.which("makensis") is None, reason="makensis is not installed")
def test_installer_compiles_without_a_warning(tmp_path: Path) -> None:
    payload = tmp_path / "payload"
    (payload / "_internal").mkdir(parents=True)
    (payload / "followup-desktop.exe").write_bytes(b"stand-in")
    icons = load(PACKAGING / "icons.py")
    icon = tmp_path / "followup-desktop.ico"
    icon.write_bytes(icons.ico())
    made = tmp_path / f"followup-desktop-{__version__}-setup.exe"
    texts = tmp_path / "texts.nsh"
    load(PACKAGING / "windows" / "installer_texts.py").main([str(texts)])
    names = {"VERSION": __version__, "PAYLOAD": payload, "TEXTS": texts, "ICON": icon, "OUTPUT": made}
    definitions = [f"-D{name}={value}" for name, value in names.items()]
    done = subprocess.run(
        ["makensis", "-WX", "-V2", *definitions, INSTALLER], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert made.read_bytes()[:2] == b"MZ"


def test_the_installer_says_all_it_has_to_say_in_every_language() -> None:
    script = load(PACKAGING / "windows" / "installer_texts.py").script()
    asked = set(re.findall(r"\$\((\w+)\)", INSTALLER.read_text("utf-8")))
    said = re.findall(r'^LangString (\w+) \$\{LANG_(\w+)\} "(.+)"$', script, re.MULTILINE)
    languages = {"ENGLISH", "FRENCH", "GERMAN", "SPANISH"}
    assert {(key, language) for key, language, _ in said} == {(k, each) for k in asked for each in languages}
    assert len({text for _, _, text in said}) == len(said)  # translated, each


def test_installer_and_program_start_at_login_by_the_same_value() -> None:
    script = INSTALLER.read_text("utf-8")
    defined = dict(re.findall(r'^!define (\w+) "(.+)"$', script, re.MULTILINE))
    assert defined["NAME"] == RunKeyAutostart.VALUE
    assert defined["RUN_KEY"] == RunKeyAutostart.RUN
    assert defined["APPROVED_KEY"] == RunKeyAutostart.APPROVED


def test_what_is_read_is_offered_to_be_opened_and_the_default_stays() -> None:
    script = INSTALLER.read_text("utf-8")
    endings = re.findall(r'!insertmacro \$\{WHAT\} "(\.\w+)"', script)
    read = {ending for name in readers() for ending in endings_read(name)}
    assert set(endings) <= read
    assert {".csv", ".xlsx", ".xls", ".ods", ".ics", ".eml", ".vcf", ".md"} <= set(endings)
    assert {"!insertmacro EachEnding OfferFor", "!insertmacro EachEnding OfferNoMoreFor"} <= set(
        map(str.strip, script.splitlines())
    )
    assert not re.search(r'WriteRegStr HKCU "Software\\Classes\\\.', script)
    with (PACKAGING / "macos" / "info.plist").open("rb") as file:
        (types,) = plistlib.load(file)["CFBundleDocumentTypes"]
    assert (types["CFBundleTypeRole"], types["LSHandlerRank"]) == ("Viewer", "Alternate")
    assert len(types["LSItemContentTypes"]) == len(endings)


def test_removal_touches_no_data() -> None:
    section = INSTALLER.read_text("utf-8").partition('Section "Uninstall"')[2]
    removed = re.findall(r'^  (?:Delete|RMDir)(?: /r)? "([^"]+)"', section, re.MULTILINE)
    assert removed
    assert not [path for path in removed if not path.startswith(("$INSTDIR", "$SMPROGRAMS"))]


def test_version_resource_is_what_pyinstaller_reads() -> None:
    versions = load(PACKAGING / "windows" / "version_info.py")
    assert versions.version() == __version__
    parts: list[tuple[str, object]] = []

    def noted(name: str) -> object:
        return lambda *given, **named: parts.append((name, given or named))

    kinds = ("VSVersionInfo", "FixedFileInfo", "StringFileInfo", "StringTable", "StringStruct")
    names = {name: noted(name) for name in (*kinds, "VarFileInfo", "VarStruct")}
    eval(versions.text("1.2.3"), names)  # PyInstaller reads the file so
    assert ("StringStruct", ("ProductVersion", "1.2.3")) in parts
    (fixed,) = (given for name, given in parts if name == "FixedFileInfo")
    assert isinstance(fixed, dict)
    assert fixed["filevers"] == (1, 2, 3, 0)


def test_plist_is_one() -> None:
    plist = plistlib.loads((PACKAGING / "macos" / "info.plist").read_bytes())
    assert plist["CFBundleName"] == "Follow Up"
    assert [scheme for each in plist["CFBundleURLTypes"] for scheme in each["CFBundleURLSchemes"]] == [SCHEME]


def test_workflows_pin_what_they_use() -> None:
    for workflow in WORKFLOWS.glob("*.yml"):
        for used in re.findall(r"uses: (\S+)", workflow.read_text("utf-8")):
            assert used.startswith("./") or re.search(r"@v\d+\.\d+\.\d+$", used), used
