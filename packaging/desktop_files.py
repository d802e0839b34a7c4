"""What a desktop is told of the program: menu entry, icons, file type, metainfo, man pages, completion."""

from __future__ import annotations

import gzip
import shutil
import subprocess
import sys
from pathlib import Path

import desktop_texts

APP = "followup-desktop"


def install(share: Path, *, root: Path, work: Path) -> None:
    """Put all of it below ``share``, as it is below ``/usr/share``; ``work`` is a folder for drafts."""
    linux = root / "packaging" / "linux"
    (metainfo,) = linux.glob("*.metainfo.xml")
    made = work / "command-line"
    made.mkdir(parents=True, exist_ok=True)
    subprocess.run([sys.executable, str(linux / "command_line.py"), str(made)], check=True)
    texts = {
        share / "applications" / f"{APP}.desktop": desktop_texts.entry(
            (linux / f"{APP}.desktop").read_text("utf-8")
        ),
        share / "mime/packages" / f"{APP}.xml": desktop_texts.xml(
            (linux / f"{APP}.mime.xml").read_text("utf-8")
        ),
        share / "metainfo" / metainfo.name: desktop_texts.xml(metainfo.read_text("utf-8")),
        share / "bash-completion/completions" / APP: (made / f"{APP}.bash").read_text("utf-8"),
    }
    for target, text in texts.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
    for page in sorted(made.rglob(f"{APP}.1")):
        target = share / "man" / page.parent.relative_to(made) / "man1" / f"{APP}.1.gz"
        target.parent.mkdir(parents=True)
        target.write_bytes(gzip.compress(page.read_bytes(), mtime=0))
    shutil.copytree(root / "build/icons/hicolor", share / "icons/hicolor")
