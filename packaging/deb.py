"""The package for Debian and Ubuntu, made of the bundle and the files of the desktop."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import shutil
import subprocess
import textwrap
from datetime import UTC, datetime
from pathlib import Path

import desktop_texts
from archive import tidy
from desktop_files import APP, install
from desktop_texts import N_
from licences import Licence

NEWEST_GLIBC = (2, 35)
"""That of Ubuntu 22.04, the oldest system that the package is for."""

MAINTAINER = "The Follow Up Desktop authors <authors@followup-desktop.example>"
DESCRIPTION = """\
reminders to follow up after job interviews
 For people who are looking for a job. Tell it about your applications and
 interviews. It tells you who to thank, who to call and when, and when to move
 on, always with the reason, and reminds you with native notifications.
 .
 Everything stays on your computer, without an account and offline.
"""
_ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}

_OLDER_DO = """\
libzstd 1 libzstd1 (>= 1.4.0)
libX11-xcb 1 libx11-xcb1
"""
"""Of these Debian 12 names its own version, for want of a list of symbols; what Qt calls is far older."""

_COMMON_LICENCES = {
    r"Apache License\s+Version 2\.0": "Apache-2.0",
    r"GNU GENERAL PUBLIC LICENSE\s+Version 2": "GPL-2",
    r"GNU GENERAL PUBLIC LICENSE\s+Version 3": "GPL-3",
    r"GNU LESSER GENERAL PUBLIC LICENSE\s+Version 3": "LGPL-3",
}
"""By how they begin, the files below /usr/share/common-licenses."""

_KEPT = N_("What you entered in Follow Up stays in each user's ~/.local/share/followup-desktop.")
"""What is said when the program is removed."""

_POSTRM = """\
#!/bin/sh
set -e
if [ "$1" = remove ]; then
{kept}
fi
exit 0
"""


def architecture() -> str:
    """Debian's name of this machine's architecture."""
    return _ARCHITECTURES[os.uname().machine]


def build(
    bundle: Path,
    work: Path,
    target: Path,
    *,
    root: Path,
    version: str,
    date: int,
    licences: list[Licence],
    bill: str,
) -> None:
    """Make the package ``target`` of the ``bundle``; ``work`` is a folder for it that is made anew.

    ``bill`` is the list of what the bundle is made of.

    ``date`` is the second since 1970 that everything in it bears.
    """
    shutil.rmtree(work, ignore_errors=True)
    tree = work / "tree"
    program = tree / "usr/lib" / APP
    shutil.copytree(bundle, program, symlinks=True)
    (tree / "usr/bin").mkdir(parents=True)
    (tree / "usr/bin" / APP).symlink_to(f"../lib/{APP}/{APP}")
    install(tree / "usr/share", root=root, work=work)
    _document(tree / "usr/share/doc" / APP, root, version, date, licences)
    (tree / "usr/share/doc" / APP / "sbom.cdx.json").write_text(bill, "utf-8")
    overrides = tree / "usr/share/lintian/overrides"
    overrides.mkdir(parents=True)
    shutil.copy(root / "packaging/linux/lintian-overrides", overrides / APP)
    control = tree / "DEBIAN"
    control.mkdir()
    kept = textwrap.indent(desktop_texts.echo(_KEPT), "    ")
    (control / "postrm").write_text(_POSTRM.format(kept=kept), "utf-8")
    (control / "postrm").chmod(0o755)
    files = sorted(path for path in (tree / "usr").rglob("*") if path.is_file() and not path.is_symlink())
    size = sum(-(-path.stat().st_size // 1024) for path in files)
    (control / "control").write_text(_control(version, size, _dependencies(program, work)))
    sums = (f"{hashlib.md5(path.read_bytes()).hexdigest()}  {path.relative_to(tree)}\n" for path in files)
    (control / "md5sums").write_text("".join(sums))
    tidy(tree, date)
    _run(
        *("dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(tree), str(target)),
        env={**os.environ, "SOURCE_DATE_EPOCH": str(date), "DPKG_DEB_THREADS_MAX": "2"},
    )


def newest_glibc(files: list[Path]) -> tuple[int, int]:
    """The newest version of the C library that any of these programs and libraries asks for."""
    found = {(2, 0)}
    for file in files:
        with file.open("rb") as start:
            if start.read(4) != b"\x7fELF":
                continue
        symbols = _run("objdump", "-T", str(file))
        found |= {(int(a), int(b)) for a, b in re.findall(r"\bGLIBC_(\d+)\.(\d+)", symbols)}
    return max(found)


def _control(version: str, size: int, depends: str) -> str:
    return "\n".join(
        [
            f"Package: {APP}",
            f"Version: {version}",
            "Section: misc",
            "Priority: optional",
            f"Architecture: {architecture()}",
            f"Installed-Size: {size}",
            f"Maintainer: {MAINTAINER}",
            f"Depends: {depends}",
            # Qt looks for OpenSSL when a calendar server is used, and for CUPS when something is printed.
            "Recommends: default-dbus-session-bus | dbus-session-bus, notification-daemon, xdg-utils,"
            " libssl3 | libssl3t64, ca-certificates, libcups2 | libcups2t64",
            "Suggests: fonts-noto-color-emoji",
            "Homepage: https://followup-desktop.example/",
            f"Description: {DESCRIPTION}",
        ]
    )


def _dependencies(program: Path, work: Path) -> str:
    """The packages with the libraries of the system that the bundle asks for, from ``dpkg-shlibdeps``.

    What prints is left out: without CUPS Qt doesn't load it, and prints into a PDF file.
    """
    objects = sorted(
        path
        for path in program.rglob("*")
        if path.is_file() and not path.is_symlink() and path.parent.name != "printsupport" and _is_elf(path)
    )
    if (needed := newest_glibc(objects)) > NEWEST_GLIBC:
        raise SystemExit(
            f"The bundle asks for glibc {needed[0]}.{needed[1]}, newer than Ubuntu 22.04 has; build it on an "
            "older system, like Debian 12 with its own Python."
        )
    (work / "debian").mkdir()
    (work / "debian/control").write_text(f"Source: {APP}\n\nPackage: {APP}\nArchitecture: any\n")
    (work / "debian/shlibs.local").write_text(_OLDER_DO)
    folders = sorted({f"-l{path.parent}" for path in objects})
    said = _run(
        *("dpkg-shlibdeps", "-O", "--ignore-missing-info", "--warnings=0", *folders),
        *(f"-e{path}" for path in objects),
        cwd=work,
    )
    depends = said.partition("shlibs:Depends=")[2].strip()
    # Debian 13 and Ubuntu 24.04 gave some packages new names, which provide the old ones.
    return ", ".join(sorted(depends.split(", ")))


def _is_elf(path: Path) -> bool:
    with path.open("rb") as content:
        return content.read(4) == b"\x7fELF"


def _document(folder: Path, root: Path, version: str, date: int, licences: list[Licence]) -> None:
    folder.mkdir(parents=True)
    (folder / "copyright").write_text(copyright_text(licences), "utf-8")
    changes = _changelog(version, date, (root / "CHANGELOG.md").read_text("utf-8"))
    (folder / "changelog.gz").write_bytes(gzip.compress(changes.encode(), mtime=0))


def copyright_text(licences: list[Licence]) -> str:
    """Who may do what with the program and with each part of it, all in one."""
    own, *parts = licences
    lines = [
        "Follow Up Desktop; upstream: https://followup-desktop.example/\n\n",
        own.text,
        f"\n{'-' * 78}\nThe package contains these works of others:\n\n",
        *(f"  {part.name} {part.version}: {part.kind}\n" for part in parts),
    ]
    for part in parts:
        lines.append(f"\n{'-' * 78}\n{part.name} {part.version}\n\n")
        lines.append(_referring(part.text))
    return "".join(lines)


def _referring(text: str) -> str:
    """The text without those licences that are on every Debian; it says where they are instead."""
    for start, name in _COMMON_LICENCES.items():
        whole = re.compile(rf"^[ \t]*{start}.*?(END OF TERMS AND CONDITIONS|^Library\.$)", re.M | re.S)
        text = whole.sub(f"[The text is in /usr/share/common-licenses/{name}.]", text)
    return text


def _changelog(version: str, date: int, markdown: str) -> str:
    """The changelog in Debian's form: what the newest section of the project's own that is not empty says."""
    sections = (re.findall(r"^- (.+(?:\n  .+)*)", part, re.MULTILINE) for part in markdown.split("\n## ")[1:])
    points = next(filter(None, sections))
    lines = "\n".join(
        textwrap.fill(
            re.sub(r"[`*]", "", " ".join(point.split())), 76, initial_indent="  * ", subsequent_indent="    "
        )
        for point in points
    )
    day = datetime.fromtimestamp(date, UTC).strftime("%a, %d %b %Y %H:%M:%S +0000")
    return f"{APP} ({version}) unstable; urgency=medium\n\n{lines}\n\n -- {MAINTAINER}  {day}\n"


def _run(*command: str, cwd: Path | None = None, env: dict[str, str] | None = None) -> str:
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{command[0]} ended with status {done.returncode}:\n{done.stderr}")
    return done.stdout
