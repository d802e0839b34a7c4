"""What a desktop is told of the program: menu entry, icons, file type, metainfo, man page, completion."""

from __future__ import annotations

import gzip
import shutil
import subprocess
import sys
from pathlib import Path

APP = "followup-desktop"


def install(share: Path, *, root: Path, work: Path) -> None:
    """Put all of it below ``share``, as it is below ``/usr/share``; ``work`` is a folder for drafts."""
    linux = root / "packaging" / "linux"
    (metainfo,) = linux.glob("*.metainfo.xml")
    copies = {
        linux / f"{APP}.desktop": share / "applications" / f"{APP}.desktop",
        linux / f"{APP}.mime.xml": share / "mime/packages" / f"{APP}.xml",
        metainfo: share / "metainfo" / metainfo.name,
    }
    made = work / "command-line"
    made.mkdir(parents=True, exist_ok=True)
    subprocess.run([sys.executable, str(linux / "command_line.py"), str(made)], check=True)
    copies[made / f"{APP}.bash"] = share / "bash-completion/completions" / APP
    for source, target in copies.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    page = share / "man/man1" / f"{APP}.1.gz"
    page.parent.mkdir(parents=True)
    page.write_bytes(gzip.compress((made / f"{APP}.1").read_bytes(), mtime=0))
    shutil.copytree(root / "build/icons/hicolor", share / "icons/hicolor")
