"""Whether a desktop has a program for an address, from the files in which its programs say so."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from followup_desktop.system.url_handlers import may_be_opened

LIST = "home/.config/mimeapps.list"
MAIL, TEL = "x-scheme-handler/mailto", "x-scheme-handler/tel"


@dataclass
class LinuxDesktop:
    """A home, the files of a system, and the programs there."""

    root: Path

    @property
    def environment(self) -> dict[str, str]:
        return {
            "HOME": str(self.root / "home"),
            "PATH": str(self.root / "bin"),
            "XDG_CONFIG_DIRS": str(self.root / "etc"),
            "XDG_DATA_DIRS": f"{self.root / 'local'}:{self.root / 'share'}",
            "XDG_CURRENT_DESKTOP": "ubuntu:GNOME",
        }

    def write(self, name: str, text: str) -> None:
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def install(self, program: str, file: str = "") -> None:
        """Install a program, and its desktop file."""
        self.write(f"bin/{program}", "#!/bin/sh\n")
        (self.root / "bin" / program).chmod(0o755)
        name = file or f"{program}.desktop"
        self.write(f"share/applications/{name}", f"[Desktop Entry]\nName=x\nExec={program} %u\n")

    def can_open(self, scheme: str, **more: str) -> bool:
        return may_be_opened(scheme, self.environment | more)


@pytest.fixture
def desktop(tmp_path: Path) -> LinuxDesktop:
    return LinuxDesktop(tmp_path)


def test_where_nothing_is_installed_nothing_is_opened(desktop: LinuxDesktop) -> None:
    assert [each for each in ("http", "https", "mailto", "tel") if desktop.can_open(each)] == []


@pytest.mark.parametrize(
    ("file", "text"),
    [
        (
            "share/applications/mimeinfo.cache",
            f"[MIME Cache]\n{MAIL}=gone.desktop;post.desktop;\n",
        ),
        (LIST, f"[Default Applications]\n{MAIL} = post.desktop\n"),
        (LIST, f"[Added Associations]\n{MAIL}=post.desktop;\n"),
        ("etc/gnome-mimeapps.list", f"[Default Applications]\n{MAIL}=post.desktop\n"),
        (
            "share/applications/defaults.list",
            f"[Default Applications]\n{MAIL}=post.desktop\n",
        ),
    ],
)
def test_a_program_that_says_so_opens_it(desktop: LinuxDesktop, file: str, text: str) -> None:
    desktop.write(file, text)
    assert not desktop.can_open("mailto"), "it isn't installed"
    desktop.install("post")
    assert desktop.can_open("mailto")
    assert not desktop.can_open("tel")


def test_what_was_removed_or_lies_in_a_folder(desktop: LinuxDesktop) -> None:
    desktop.write(LIST, f"[Removed Associations]\n{TEL}=phone.desktop;\n")
    desktop.install("phone")
    assert not desktop.can_open("tel")
    desktop.write(LIST, f"[Default Applications]\n{TEL}=kde-phone.desktop\n")
    desktop.install("phone", "kde/phone.desktop")
    assert desktop.can_open("tel")


def test_a_page_is_opened_by_a_browser_that_says_nothing(desktop: LinuxDesktop) -> None:
    desktop.install("firefox")
    assert desktop.can_open("https")
    assert not desktop.can_open("mailto")


def test_a_page_is_opened_by_the_browser_that_is_named(desktop: LinuxDesktop) -> None:
    desktop.install("netsurf")
    assert not desktop.can_open("http")
    assert desktop.can_open("http", BROWSER="gone:netsurf %s")


def test_a_sandbox_is_trusted(desktop: LinuxDesktop) -> None:
    assert desktop.can_open("mailto", SNAP="/snap/x")


def test_files_that_are_none_are_passed_over(desktop: LinuxDesktop) -> None:
    desktop.write(LIST, f"{MAIL}=post.desktop\n[\n=;\n\0")
    desktop.install("post")
    desktop.write("share/applications/post.desktop", '[Desktop Entry]\nExec="post\n')
    desktop.write("share/applications/mimeinfo.cache", f"[MIME Cache]\n{MAIL}=post.desktop;;\n")
    assert not desktop.can_open("mailto")
