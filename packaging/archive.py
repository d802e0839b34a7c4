"""Trees and archives whose bytes depend on nothing but what is in them and the date given."""

from __future__ import annotations

import hashlib
import io
import os
import stat
import subprocess
import tarfile
from pathlib import Path

_XZ = ("xz", "--compress", "--stdout", "-6", "--threads=2")
"""With more than one thread xz cuts its input into blocks, always the same."""


def commit_date(root: Path) -> int:
    """The second since 1970 that everything made from the checkout bears."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given:
        return int(given)
    asked = ["git", "-C", str(root), "log", "-1", "--format=%ct"]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(
            "This is no git checkout; set SOURCE_DATE_EPOCH to the date that the packages shall bear."
        )
    return int(done.stdout)


def tidy(tree: Path, date: int) -> None:
    """Give everything below the folder the permissions and the date that everyone else would give it."""
    for path in [tree, *tree.rglob("*")]:
        if path.is_symlink():
            os.utime(path, (date, date), follow_symlinks=False)
            continue
        runs = path.is_dir() or bool(path.stat().st_mode & stat.S_IXUSR and ".so" not in path.suffixes)
        path.chmod(0o755 if runs else 0o644)
        os.utime(path, (date, date))


def write_tar_xz(tree: Path, target: Path, date: int) -> None:
    """Write the folder, by its name, with all that is in it into a ``.tar.xz``."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for path in [tree, *sorted(tree.rglob("*"))]:
            entry = tar.gettarinfo(path, arcname=str(Path(tree.name, path.relative_to(tree))))
            entry.mtime = date
            entry.uid = entry.gid = 0
            entry.uname = entry.gname = "root"
            if entry.isreg():
                with path.open("rb") as content:
                    tar.addfile(entry, content)
            else:
                tar.addfile(entry)
    done = subprocess.run(_XZ, input=buffer.getvalue(), stdout=subprocess.PIPE, check=True)
    target.write_bytes(done.stdout)


def checksums(files: list[Path]) -> str:
    """The SHA-256 of each, as ``sha256sum --check`` reads it."""
    lines = [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in sorted(files)]
    return "".join(lines)
