"""The assets of the Linux packages: menu entry, metainfo, MIME type, man page, completion."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from followup_desktop import __version__
from followup_desktop.services.capture.links import SCHEME
from followup_desktop.system.desktop_file import exec_line
from tests.packaging.scripts import LINUX, REPOSITORY, load

releases = load(LINUX / "releases.py")
command_line = load(LINUX / "command_line.py")
desktop_texts = load(LINUX.parent / "desktop_texts.py")

DESKTOP = LINUX / "followup-desktop.desktop"
OTHERS = {
    "text/csv",
    "text/tab-separated-values",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.ms-excel",
    "application/vnd.oasis.opendocument.spreadsheet",
    "text/calendar",
    "message/rfc822",
    "text/vcard",
    "text/markdown",
}
MIME = LINUX / "followup-desktop.mime.xml"
METAINFO: Path = releases.METAINFO
MIME_TYPE = "application/vnd.followup-desktop+json"
TRANSLATIONS = {path.parts[-3] for path in (REPOSITORY / "resources/locale").glob("*/LC_MESSAGES/*.po")}
"""The codes of the languages that the program speaks beside English."""
BASH = shutil.which("bash")


def needs(program: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(program) is None, reason=f"{program} is not installed")


def run(*command: str | Path) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def entry() -> configparser.SectionProxy:
    """The menu entry as it is installed, in every language."""
    parser = configparser.ConfigParser(interpolation=None, delimiters=("=",))
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(desktop_texts.entry(DESKTOP.read_text("utf-8")))
    return parser["Desktop Entry"]


@needs("desktop-file-validate")
def test_menu_entry_is_valid(tmp_path: Path) -> None:
    installed = tmp_path / DESKTOP.name
    installed.write_text(desktop_texts.entry(DESKTOP.read_text("utf-8")), "utf-8")
    assert run("desktop-file-validate", installed) == ""


@needs("appstreamcli")
def test_metainfo_is_valid(tmp_path: Path) -> None:
    installed = tmp_path / METAINFO.name
    installed.write_text(desktop_texts.xml(METAINFO.read_text("utf-8")), "utf-8")
    run("appstreamcli", "validate", "--no-net", "--strict", installed)


def test_a_system_is_told_of_the_program_in_every_language() -> None:
    """In the words of the catalogues: the files themselves are English alone, but for the releases."""
    sources = {path: path.read_text("utf-8") for path in (DESKTOP, MIME, METAINFO)}
    assert not any("xml:lang" in text or "]=" in text for text in sources.values())
    for key in ("GenericName", "Comment", "Keywords"):
        said = {code: entry()[f"{key}[{code}]"] for code in TRANSLATIONS}
        assert len({entry()[key], *said.values()}) == len(TRANSLATIONS) + 1
        assert key != "Keywords" or all(words.endswith(";") for words in said.values())
    for path in (MIME, METAINFO):
        tree = ET.fromstring(desktop_texts.xml(sources[path]))
        found: dict[str, set[str]] = {}
        for element in tree.iter():
            language = element.get("{http://www.w3.org/XML/1998/namespace}lang", "")
            found.setdefault(element.tag.rpartition("}")[2], set()).add(language)
        told = {"comment"} if path == MIME else {"summary", "p", "li", "caption"}
        assert {kind for kind, languages in found.items() if languages == {"", *TRANSLATIONS}} == told


@pytest.mark.skipif(sys.platform == "win32", reason="lines of the shell")
def test_a_script_speaks_the_language_of_its_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = desktop_texts.echo("The command worked.")
    said = set()
    for locale in ("fr_CA.UTF-8", "de", "C", "pt_BR.UTF-8"):
        monkeypatch.setenv("LC_ALL", locale)
        said.add(run("sh", "-c", lines).strip())
    assert said == {"La commande a réussi.", "Der Befehl hat funktioniert.", "The command worked."}


def test_metainfo_has_the_releases_of_the_changelog() -> None:
    written = METAINFO.read_text("utf-8")
    changelog = (REPOSITORY / "CHANGELOG.md").read_text("utf-8")
    assert releases.filled(written, changelog) == written, "run packaging/linux/releases.py"
    first = ET.fromstring(written).find("releases/release")
    assert first is not None
    assert first.get("version") == __version__


def test_menu_entry_metainfo_and_type_name_each_other() -> None:
    component = ET.parse(METAINFO).getroot()
    assert METAINFO.name == f"{component.findtext('id')}.metainfo.xml"
    assert component.findtext("launchable") == DESKTOP.name
    assert component.findtext("provides/mediatype") == MIME_TYPE
    types = entry()["MimeType"].rstrip(";").split(";")
    assert types[:2] == [MIME_TYPE, f"x-scheme-handler/{SCHEME}"]
    # Of what others have their own programs for, it is offered beside them and preferred for none.
    assert set(types[2:]) == OTHERS
    assert entry()["InitialPreference"] == "0"
    assert entry()["Name"] == component.findtext("name")
    spaces = {"m": "http://www.freedesktop.org/standards/shared-mime-info"}
    declared = ET.parse(MIME).getroot().find("m:mime-type", spaces)
    assert declared is not None
    assert declared.get("type") == MIME_TYPE


def test_pictures_of_the_metainfo_exist() -> None:
    for image in ET.parse(METAINFO).getroot().iter("image"):
        assert (REPOSITORY / "docs" / "screenshots" / Path(image.text or "").name).is_file()


def test_menu_entry_starts_the_program_and_finds_its_window() -> None:
    assert entry()["Exec"] == "followup-desktop %u"
    source = (REPOSITORY / "followup_desktop" / "program.py").read_text("utf-8")
    assert f'setApplicationName("{entry()["StartupWMClass"]}")' in source
    assert f'setDesktopFileName("{DESKTOP.stem}")' in source


@pytest.mark.skipif(sys.platform == "win32", reason="a script of the shell")
def test_the_archive_s_menu_entry_starts_it_wherever_it_was_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / 'so called "new" $HOME `pwd` 100 % \\n'
    (place / "share/applications").mkdir(parents=True)
    shutil.copy(DESKTOP, place / "share/applications")
    script = shutil.copy(REPOSITORY / "packaging/linux/tar/menu-entry.sh", place)
    home = tmp_path / "home"
    monkeypatch.setenv("XDG_DATA_HOME", str(home))
    run("sh", script, "install")
    (line,) = re.findall("^Exec=(.*)$", (home / "applications" / DESKTOP.name).read_text(), re.MULTILINE)
    assert line == f"{exec_line([str(place / DESKTOP.stem)])} %u"
    run("sh", script, "remove")
    assert list((home / "applications").glob(DESKTOP.name)) == []


def test_man_page_has_every_command_and_option() -> None:
    page = command_line.page("2026-01-01").replace(r"\-", "-")
    for name, (command, _) in command_line.commands().items():
        assert f".SS \\fB{name}\\fR" in page
        for action in command_line.shown(command):
            for option in action.option_strings:
                assert f"\\fB{option}\\fR" in page
    for action in command_line.shown(command_line.parser()):
        for option in action.option_strings:
            assert f"\\fB{option}\\fR" in page


@needs("mandoc")
def test_man_pages_are_clean(tmp_path: Path) -> None:
    command_line.main([str(tmp_path)])
    for page in tmp_path.rglob("*.1"):
        run("mandoc", "-T", "lint", "-W", "warning", page)


def test_there_is_a_man_page_in_every_language(tmp_path: Path) -> None:
    command_line.main([str(tmp_path)])
    pages = {page.parent.name: page.read_text("utf-8") for page in tmp_path.rglob("*.1")}
    assert set(pages) == {tmp_path.name, *TRANSLATIONS}
    assert "SH DATEIEN" in pages["de"]
    assert "Commandes utilisateur" in pages["fr"]
    lines = [set(page.splitlines()) for page in pages.values()]
    same = {line for line in set.intersection(*lines) if not line.startswith((".", r"\fB"))}
    assert {line for line in same if " " in line} == set()
    assert not any(sign in page for page in pages.values() for sign in "\u202f\u00a0{}")


@pytest.mark.skipif(BASH is None, reason="bash is not installed")
@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("imp", {"import"}),
        ("--de", {"--demo"}),
        ("due --un", {"--until"}),
        ("--data-dir some import --d", {"--dry-run"}),
        ("export --format js", {"json"}),
        ("import a", {"a file.json"}),
        ("a", {"a file.json", "add"}),
        ("due --from a", {"a file.json"}),
        ("due --at a", set()),
        ("--data-dir s", {"some"}),
    ],
)
def test_bash_completes(typed: str, offered: set[str], tmp_path: Path) -> None:
    command_line.main([str(tmp_path)])
    (tmp_path / "a file.json").touch()
    (tmp_path / "some").mkdir()
    words = ["followup-desktop", *typed.split(" ")]
    script = (
        'cd "$1" && source ./followup-desktop.bash && shift && COMP_WORDS=("$@") && COMP_CWORD=$(($# - 1)) '
        "&& _followup_desktop 2>/dev/null; printf '%s\\n' \"${COMPREPLY[@]}\""
    )
    shown = run(str(BASH), "--norc", "-c", script, "bash", tmp_path, *words)
    assert {line for line in shown.splitlines() if line} == offered


def test_same_sources_give_the_same_icons(tmp_path: Path) -> None:
    icons = load(REPOSITORY / "packaging" / "icons.py")
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        icons.write_all(folder)
    files = sorted(path.relative_to(first) for path in first.rglob("*") if path.is_file())
    assert [(first / name).read_bytes() for name in files] == [(second / name).read_bytes() for name in files]
    assert {path.parts[1] for path in files if path.parts[0] == "hicolor"} == {
        "scalable",
        *(f"{size}x{size}" for size in (16, 22, 24, 32, 48, 64, 128, 256, 512)),
    }
