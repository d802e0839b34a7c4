"""The licences of all that is in the bundle: gathered from what is installed where it is built."""

from __future__ import annotations

import re
import sys
import sysconfig
import tomllib
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution
from pathlib import Path

import apsw
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

_TEXT_NAMES = re.compile(r"(licen[cs]e|copying|notice|contributors)", re.IGNORECASE)
_COMMON = Path("/usr/share/common-licenses")

_QT_NOTE = """\
PySide6 and the Qt libraries that come with it are used under the GNU Lesser General Public License,
version 3; its text follows, with that of the GNU General Public License, version 3, which it refers to.
The libraries are files of their own below PySide6 and can be replaced by other versions of them. Their
source is available at https://download.qt.io/official_releases/. Qt contains works of others under
permissive licences, which follow, too.
"""

_KINDS = {
    "apsw-sqlite3mc": "any-OSI",
    "peewee": "MIT",
    "pyinstaller": "GPL-2.0-or-later WITH Bootloader-exception",
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
}
"""The licences, as SPDX names them, of those that don't name theirs so; from their texts."""

_SQLITE_NOTE = """\
The authors of SQLite have put it into the public domain: https://sqlite.org/copyright.html
"""

_CIPHERS_COPYRIGHT = "Copyright (c) 2019-2026 Ulrich Telle"
"""Of SQLite3 Multiple Ciphers, which is linked into apsw-sqlite3mc and comes without a text of its own."""


@dataclass(frozen=True, slots=True)
class Licence:
    """One part of the bundle: its name, version, the licence by its short name, and the texts."""

    name: str
    version: str
    kind: str
    text: str


def gather(root: Path) -> list[Licence]:
    """The program's own licence first, then those of Python and of every package bundled, by name.

    ``root`` is the project's folder. Raises ``FileNotFoundError`` where a text is missing that must be given.
    """
    own = Licence("Follow Up Desktop", "", "MIT", (root / "LICENSE").read_text("utf-8"))
    parts = [_python(), *_within_apsw(own), *(_part(distribution(name)) for name in _bundled(root))]
    return [own, *sorted(parts, key=lambda part: part.name.lower())]


def in_one(parts: list[Licence]) -> str:
    """All of them, one after the other, as the program shows them."""
    line = "-" * 78
    return f"\n{line}\n".join(
        f"{part.name} {part.version}".strip() + f": {part.kind}\n\n{part.text}" for part in parts
    )


def _bundled(root: Path) -> set[str]:
    """What the program needs here, directly or not, and PyInstaller, whose starter is in every bundle."""
    found: set[str] = set()
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    waiting = [Requirement(line) for line in project["dependencies"]]
    while waiting:
        requirement = waiting.pop()
        wanted = requirement.marker is None or requirement.marker.evaluate({"extra": ""})
        if wanted and requirement.name not in found:
            found.add(requirement.name)
            waiting += [Requirement(line) for line in distribution(requirement.name).requires or ()]
    return found | {"pyinstaller"}


def _part(installed: Distribution) -> Licence:
    name = installed.metadata["Name"]
    kind = installed.metadata.get("License-Expression") or _KINDS.get(canonicalize_name(name))
    kind = kind or installed.metadata.get("License") or ""
    texts = [
        Path(str(file.locate())).read_text("utf-8", errors="replace")
        for file in sorted(installed.files or (), key=str)
        if ".dist-info" in file.parts[0] and _TEXT_NAMES.search(file.name)
    ]
    if name.lower().startswith("pyside6"):
        others = Path(__file__).with_name("qt-licences.txt").read_text("utf-8")
        texts = [_QT_NOTE, others, *((_COMMON / each).read_text("utf-8") for each in ("LGPL-3", "GPL-3"))]
    elif name.lower() == "shiboken6":
        texts = ["Part of PySide6, under the same licence.\n"]
    if not texts:
        raise FileNotFoundError(f"{name} {installed.version} comes without the text of its licence")
    kind = kind.splitlines()[0] if kind else _first_line(texts[0])
    return Licence(name, installed.version, kind, "\n".join(text.strip("\n") + "\n" for text in texts))


def _within_apsw(mit: Licence) -> tuple[Licence, Licence]:
    """SQLite, and what encrypts it, under the same licence as our own, by another author."""
    text = re.sub(r"^Copyright .*$", _CIPHERS_COPYRIGHT, mit.text, count=1, flags=re.MULTILINE)
    name, version = apsw.mc_version.rsplit(" ", 1)
    return (
        Licence("SQLite", apsw.sqlite_lib_version(), "blessing", _SQLITE_NOTE),
        Licence(name, version, "MIT", text),
    )


def _first_line(text: str) -> str:
    return next(line.strip() for line in text.splitlines() if line.strip())


def _python() -> Licence:
    version = ".".join(map(str, sys.version_info[:3]))
    short = ".".join(map(str, sys.version_info[:2]))
    places = (
        Path(f"/usr/share/doc/libpython{short}-minimal/copyright"),
        Path(f"/usr/share/doc/python{short}/copyright"),
    )
    if sys.base_prefix != "/usr":
        places = (Path(sysconfig.get_path("stdlib"), "LICENSE.txt"),)
    text = next(place.read_text("utf-8") for place in places if place.exists())
    return Licence("Python", version, "PSF-2.0", text)
