"""How the packages are made: what is left out, bytes that are always the same, licences, the menu entry."""

from __future__ import annotations

import gzip
import hashlib
import importlib
import importlib.util
import json
import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import PySide6
import pytest

from tests.packaging.scripts import LINUX, REPOSITORY
from tests.tables import tabled

DATE = 1_790_000_000
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="these packages are made on Linux")


@pytest.fixture(autouse=True)
def _scripts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The scripts, which import each other, can be imported."""
    monkeypatch.syspath_prepend(REPOSITORY / "packaging")


def tree_in(folder: Path, order: list[str]) -> Path:
    """The same files, made in this order, with permissions and dates of the moment."""
    tree = folder / "program"
    for name in order:
        path = tree / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    (tree / "start").chmod(0o700)
    (tree / "lib.so.1").chmod(0o775)
    (tree / "link").symlink_to("start")
    return tree


@tabled(
    "target, source, wanted",
    [
        ("libpython3.11.so.1.0", "/usr/lib/x86_64-linux-gnu/libpython3.11.so.1.0", True),
        ("libglib-2.0.so.0", "/lib/x86_64-linux-gnu/libglib-2.0.so.0", False),
        ("libstdc++.so.6", "/usr/lib/x86_64-linux-gnu/libstdc++.so.6", False),
        ("PySide6/Qt/lib/libQt6Gui.so.6", "/v/PySide6/Qt/lib/libQt6Gui.so.6", True),
        ("PySide6/Qt/plugins/platforms/libqxcb.so", "/v/libqxcb.so", True),
        ("PySide6/Qt/plugins/platforms/libqeglfs.so", "/v/libqeglfs.so", False),
        ("PySide6/Qt/plugins/printsupport/libcupsprintersupport.so", "/v/libcupsprintersupport.so", True),
        ("PySide6/plugins/printsupport/windowsprintersupport.dll", "/v/windowsprintersupport.dll", True),
        ("libcups.so.2", "/usr/lib/x86_64-linux-gnu/libcups.so.2", False),
        ("PySide6/Qt/plugins/sqldrivers/libqsqlite.so", "/v/libqsqlite.so", False),
        ("PySide6/Qt/plugins/tls/libqopensslbackend.so", "/v/libqopensslbackend.so", True),
        ("PySide6/Qt/plugins/tls/libqcertonlybackend.so", "/v/libqcertonlybackend.so", False),
        ("PySide6/Qt/lib/libQt6OpenGL.so.6", "/v/libQt6OpenGL.so.6", False),
        ("rapidfuzz/fuzz_cpp_avx2.cpython-311-x86_64-linux-gnu.so", "/v/fuzz_cpp_avx2.so", False),
        ("PySide6/Qt/translations/qtbase_es.qm", "/v/qtbase_es.qm", True),
        ("PySide6/Qt/translations/qtbase_pt_BR.qm", "/v/qtbase_pt_BR.qm", True),
        ("PySide6/Qt/translations/qtbase_fr.qm", "/v/qtbase_fr.qm", False),
        ("PySide6/Qt/translations/qtbase_en.qm", "/v/qtbase_en.qm", False),
        ("PySide6/Qt/translations/qtmultimedia_es.qm", "/v/qtmultimedia_es.qm", False),
        ("babel/locale-data/es_MX.dat", "/v/es_MX.dat", True),
        ("babel/locale-data/fr.dat", "/v/fr.dat", False),
        ("babel/locale-data/root.dat", "/v/root.dat", True),
        ("holidays-0.109.dist-info/METADATA", "/v/METADATA", True),
        ("holidays-0.109.dist-info/RECORD", "/v/RECORD", False),
        ("resources/locale/es/LC_MESSAGES/followup-desktop.mo", "/p/followup-desktop.mo", True),
        ("resources/locale/es/LC_MESSAGES/followup-desktop.po", "/p/followup-desktop.po", False),
        ("resources/locale/followup-desktop.pot", "/p/followup-desktop.pot", False),
    ],
)
def test_what_belongs_into_the_bundle(target: str, source: str, wanted: bool) -> None:
    assert importlib.import_module("trim").is_wanted(target, source, {"en", "es", "pt_BR"}) is wanted


def test_a_language_is_packed_once_it_has_a_catalogue(tmp_path: Path) -> None:
    trim = importlib.import_module("trim")
    assert trim.own_catalogues(tmp_path) == {"en"}
    (tmp_path / "resources" / "locale" / "pt_BR" / "LC_MESSAGES").mkdir(parents=True)
    (tmp_path / "resources" / "locale" / "followup-desktop.pot").touch()
    assert trim.own_catalogues(tmp_path) == {"en", "pt_BR"}


@on_linux
def test_an_archive_depends_on_nothing_but_what_is_in_it(tmp_path: Path) -> None:
    archive = importlib.import_module("archive")
    names = ["start", "lib.so.1", "data/a", "data/b"]
    sums = []
    for place, order in (("one", names), ("another", names[::-1])):
        tree = tree_in(tmp_path / place, order)
        archive.tidy(tree, DATE)
        archive.write_tar_xz(tree, tmp_path / f"{place}.tar.xz", DATE)
        sums.append(hashlib.sha256((tmp_path / f"{place}.tar.xz").read_bytes()).hexdigest())
    assert sums[0] == sums[1]
    assert stat.S_IMODE((tree / "start").stat().st_mode) == 0o755
    assert stat.S_IMODE((tree / "lib.so.1").stat().st_mode) == 0o644


@on_linux
def test_checksums_are_read_by_sha256sum(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a")
    (tmp_path / "SHA256SUMS").write_text(importlib.import_module("archive").checksums([tmp_path / "a"]))
    subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=tmp_path, check=True)


@pytest.fixture
def deb() -> ModuleType:
    return importlib.import_module("deb")


def test_licences_that_every_debian_has_are_referred_to(deb: ModuleType) -> None:
    apache = (
        "   Apache License\n   Version 2.0, January 2004\n\n long\n\n   END OF TERMS AND CONDITIONS\n\n after"
    )
    licence = importlib.import_module("licences").Licence
    own = licence("Follow Up Desktop", "", "MIT", "Permission is hereby granted")
    text = deb.copyright_text([own, licence("tzdata", "1", "Apache-2.0", f"before\n{apache}")])
    assert "Permission is hereby granted" in text
    assert "tzdata 1: Apache-2.0" in text
    assert "/usr/share/common-licenses/Apache-2.0" in text
    assert "long" not in text
    assert text.rstrip().endswith("after")


def test_licences_of_everything_bundled_are_found() -> None:
    found = {part.name.lower(): part for part in importlib.import_module("licences").gather(REPOSITORY)}
    assert {
        "follow up desktop",
        "python",
        "pyside6_essentials",
        "apsw_sqlite3mc",
        "holidays",
        "tzdata",
        "six",
    } <= set(found)
    assert {"pytest", "mypy", "twine"}.isdisjoint(found)
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in found["pyside6_essentials"].text
    for of_qt in ("HarfBuzz", "LibPNG", "PCRE2", "Unicode Character Database", "XSVG", "Wayland Protocol"):
        assert of_qt in found["pyside6_essentials"].text
    assert "Copyright (c) 2019-2026 Ulrich Telle" in found["sqlite3 multiple ciphers"].text
    assert all(len(part.text) > 20 for part in found.values())


@on_linux
def test_the_works_in_qt_are_those_of_the_qt_that_is_bundled() -> None:
    """By its version and, of one part, by what the library says of itself."""
    listed = (REPOSITORY / "packaging" / "qt-licences.txt").read_text("utf-8")
    assert f" Qt {'.'.join(PySide6.__version__.split('.')[:2])} " in listed.partition("\n")[0]
    core = Path(str(PySide6.__file__)).parent / "Qt" / "lib" / "libQt6Core.so.6"
    found = re.search(rb"\0(10\.[0-9]+) 20[0-9]{2}-[0-9]{2}-[0-9]{2}\0", core.read_bytes())
    assert found is not None
    assert f"PCRE2 {found[1].decode()} (" in listed


def test_the_bill_names_each_part_with_its_licence_and_each_library_with_its_hash(tmp_path: Path) -> None:
    licences, sbom = (importlib.import_module(name) for name in ("licences", "sbom"))
    library = tmp_path / "PySide6/Qt/lib/libQt6Core.so.6"
    library.parent.mkdir(parents=True)
    library.write_bytes(b"Qt")
    (tmp_path / "libQt6Core.so.6").symlink_to(library)
    (tmp_path / "README.txt").touch()
    gathered = licences.gather(REPOSITORY)
    written = [sbom.bill(gathered, version="1.0", date=1_760_000_000, bundle=tmp_path) for _ in range(2)]
    assert written[0] == written[1]
    bill = json.loads(written[0])
    parts = {each["name"]: each for each in bill["components"]}
    assert len(parts) == len(gathered)  # not the program itself, but the library
    assert parts["peewee"]["purl"] == f"pkg:pypi/peewee@{parts['peewee']['version']}"
    assert (
        parts["PySide6/Qt/lib/libQt6Core.so.6"]["hashes"][0]["content"] == hashlib.sha256(b"Qt").hexdigest()
    )
    libraries = [each for each in parts.values() if each["type"] == "library"]
    assert [each["name"] for each in libraries if "expression" not in each["licenses"][0]] == []
    assert [each["name"] for each in libraries if not each["version"]] == []
    assert bill["metadata"]["timestamp"] == "2025-10-09T08:53:20Z"
    known = {"followup-desktop", *(each["bom-ref"] for each in parts.values())}
    assert {each["ref"] for each in bill["dependencies"]} == known


@pytest.mark.parametrize(
    ("report", "status", "said"),
    [
        ([{"name": "six", "version": "1", "vulns": []}], 0, "1 of 1 pinned packages looked up, 0 vuln"),
        (
            [{"name": "six", "version": "1", "vulns": [{"id": "CVE-1", "fix_versions": ["2"]}]}],
            1,
            "six 1: CVE-1, fixed in 2",
        ),
        ([{"name": "six", "skip_reason": "not found"}], 2, "NOT LOOKED UP, so nothing is known of them: six"),
    ],
)
def test_what_could_not_be_looked_up_is_no_pass(report: list[object], status: int, said: str) -> None:
    audit = importlib.import_module("audit")
    found, lines = audit.verdict({"dependencies": report})
    assert found == status
    assert any(line.startswith(said) for line in lines)


@on_linux
@pytest.mark.skipif(shutil.which("dpkg-parsechangelog") is None, reason="dpkg-dev is not installed")
def test_debian_reads_the_changelog(deb: ModuleType, tmp_path: Path) -> None:
    root = tmp_path / "project"
    root.mkdir()
    (root / "CHANGELOG.md").write_text(
        "# Changelog\n\n## [Unreleased]\n\n## [1.2.0] - 2026-11-24\n\n- One `thing`\n  in two lines.\n\n"
        "## [1.1.0] - 2026-01-01\n\n- Old.\n"
    )
    deb._document(
        tmp_path / "doc", root, "1.2.0", DATE, importlib.import_module("licences").gather(REPOSITORY)
    )
    told = subprocess.run(
        ["dpkg-parsechangelog", "-l", "-"],
        input=gzip.decompress((tmp_path / "doc/changelog.gz").read_bytes()),
        capture_output=True,
        check=True,
    )
    text = told.stdout.decode()
    assert told.stderr == b""
    assert "Version: 1.2.0" in text
    assert "* One thing in two lines." in text
    assert "Old." not in text


@on_linux
def test_the_menu_entry_starts_the_program_where_it_was_unpacked(tmp_path: Path) -> None:
    place = tmp_path / 'a "place" of $mine 100%'
    applications = place / "share/applications"
    applications.mkdir(parents=True)
    shutil.copy(LINUX / "followup-desktop.desktop", applications)
    shutil.copy(LINUX / "tar/menu-entry.sh", place)
    (place / "share/icons").mkdir()
    (place / "share/mime").mkdir()
    home = tmp_path / "home"
    environment = {"PATH": os.defpath, "HOME": str(home)}
    command = ["sh", str(place / "menu-entry.sh")]
    subprocess.run([*command, "install"], env=environment, check=True)
    entry = home / ".local/share/applications/followup-desktop.desktop"
    escaped = str(place / "followup-desktop").replace('"', '\\\\"').replace("$", "\\\\$").replace("%", "%%")
    assert f'Exec="{escaped}" %u\n' in entry.read_text()
    if shutil.which("desktop-file-validate"):
        subprocess.run(["desktop-file-validate", entry], check=True)
    subprocess.run([*command, "remove"], env=environment, check=True)
    assert not entry.exists()
    assert subprocess.run(command, env=environment, capture_output=True, check=False).returncode == 2


def test_pyside_takes_its_python_part_compiled_from_the_bundle(tmp_path: Path) -> None:
    trim = importlib.import_module("trim")
    shiboken = tmp_path / "bundle" / "shiboken6"
    own = importlib.util.find_spec("shiboken6")
    assert own is not None and own.origin is not None
    shutil.copytree(Path(own.origin).parent, shiboken)
    for compiled, folder in trim.shiboken_support(tmp_path / "work"):
        target = tmp_path / "bundle" / folder
        target.mkdir(parents=True, exist_ok=True)
        shutil.copy(compiled, target)
    asked = "import PySide6.QtCore, sys; print(sys.modules['shibokensupport.signature.loader'].__file__)"
    environment = {**os.environ, "PYTHONPATH": str(shiboken.parent)}
    done = subprocess.run(
        [sys.executable, "-c", asked], env=environment, capture_output=True, text=True, check=True
    )
    assert Path(done.stdout.strip()) == shiboken / "files.dir/shibokensupport/signature/loader.pyc"


def test_babel_tells_the_same_from_the_bundle_where_the_program_asks(tmp_path: Path) -> None:
    trim = importlib.import_module("trim")
    own = importlib.util.find_spec("babel")
    assert own is not None and own.origin is not None
    shutil.copytree(
        Path(own.origin).parent,
        tmp_path / "bundle/babel",
        ignore=lambda _folder, names: [name for name in names if name.endswith(".dat")],
    )
    for place, file in trim.babel_data(tmp_path / "work", {"en", "de", "fr"}).items():
        (tmp_path / "bundle" / place).parent.mkdir(exist_ok=True)
        shutil.copy(file, tmp_path / "bundle" / place)
    asked = """
from datetime import date, time
from pathlib import Path
from followup_desktop import i18n
day = date(2026, 11, 30)
for name in ("en_GB", "en_US", "de_AT", "fr_CA"):
    i18n.use(name, Path("resources/locale"))
    print(i18n.locale_name(), i18n.own_name(name[:2], Path()), i18n.country_name("CH"), i18n.weekday_names())
    print(i18n.format_dated_day(day), i18n.format_long_date(day), i18n.format_clock(time(9, 5)))
    print(i18n.format_number(12345.6), i18n.format_share(40), i18n.format_list(["a", "b", "c"]))
"""
    told = []
    for place in ("", str(tmp_path / "bundle")):
        environment = {**os.environ, "PYTHONPATH": place}
        done = subprocess.run(
            [sys.executable, "-c", asked], env=environment, capture_output=True, text=True, check=True
        )
        told.append(done.stdout)
    assert told[0] == told[1]
    assert "Österreich" not in told[0] and "30. November" in told[0]
