"""Makes the packages for Linux in ``dist``: .deb, .tar.xz, wheel and sdist, their contents and checksums.

``python packaging/make_package.py``, with the Python of a virtual environment that has exactly what
``packaging/requirements.txt`` pins and the project itself. The same commit, on the same system, gives the
same bytes, in whatever folder: every date is that of the commit, or ``SOURCE_DATE_EPOCH``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import archive
import deb
import desktop_files
import licences
import sbom
import trim

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "build" / "package"
DIST = ROOT / "dist"
APP = desktop_files.APP


def main() -> int:
    """Make them all; returns the exit status."""
    version = trim.project_version(ROOT)
    date = archive.commit_date(ROOT)
    os.environ |= {"SOURCE_DATE_EPOCH": str(date), "PYTHONHASHSEED": "0"}
    # The packages are compressed as a whole; to unpack the modules one by one was a thirteenth of a command.
    os.environ["PYINSTALLER_ZLIB_COMPRESSION_LEVEL"] = "0"
    shutil.rmtree(WORK, ignore_errors=True)
    for stale in DIST.glob(f"{APP.replace('-', '?')}*"):
        stale.unlink()
    DIST.mkdir(exist_ok=True)
    python("packaging/icons.py", "build/icons")
    bundle = make_bundle()
    gathered = licences.gather(ROOT)
    (bundle / "_internal/resources/licences.txt").write_text(licences.in_one(gathered), "utf-8")
    bill = sbom.bill(gathered, version=version, date=date, bundle=bundle)
    (DIST / f"{APP}-{version}.cdx.json").write_text(bill, "utf-8")
    package = DIST / f"{APP}_{version}_{deb.architecture()}.deb"
    deb.build(
        bundle, WORK / "deb", package, root=ROOT, version=version, date=date, licences=gathered, bill=bill
    )
    tarball = DIST / f"{APP}-{version}-linux-{os.uname().machine}.tar.xz"
    make_tarball(bundle, tarball, date, gathered, bill)
    python("-m", "hatchling", "build", "-d", str(DIST))
    python("-m", "twine", "--no-color", "check", "--strict", *map(str, python_packages(version)))
    made = [package, tarball, *python_packages(version), DIST / f"{APP}-{version}.cdx.json"]
    (DIST / "SHA256SUMS").write_text(archive.checksums(made))
    report(bundle, made)
    return 0


def python(*arguments: str) -> None:
    """Run this Python in the project's folder; what it says is shown if it fails."""
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    if done.returncode:
        sys.stderr.buffer.write(done.stdout)
        raise SystemExit(f"python {' '.join(arguments)} ended with status {done.returncode}")


def make_bundle() -> Path:
    """The folder with the program, made by PyInstaller."""
    python(
        *("-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN"),
        *("--workpath", str(WORK / "pyinstaller"), "--distpath", str(WORK / "bundle")),
        "packaging/followup.spec",
    )
    return WORK / "bundle" / APP


def make_tarball(bundle: Path, target: Path, date: int, gathered: list[licences.Licence], bill: str) -> None:
    """The bundle to be unpacked anywhere, with a script that puts it into the menu."""
    tree = WORK / "tar" / target.name.removesuffix(".tar.xz")
    shutil.copytree(bundle, tree, symlinks=True)
    desktop_files.install(tree / "share", root=ROOT, work=WORK / "tar")
    for name in ("README.txt", "menu-entry.sh"):
        shutil.copy(ROOT / "packaging/linux/tar" / name, tree / name)
    (tree / "menu-entry.sh").chmod(0o755)
    (tree / "sbom.cdx.json").write_text(bill, "utf-8")
    texts = tree / "LICENSES"
    texts.mkdir()
    for part in gathered:
        title = f"{part.name} {part.version}".strip()
        (texts / f"{title.replace(' ', '-')}.txt").write_text(f"{title}: {part.kind}\n\n{part.text}", "utf-8")
    archive.tidy(tree, date)
    archive.write_tar_xz(tree, target, date)


def python_packages(version: str) -> list[Path]:
    """The wheel and the sdist."""
    name = APP.replace("-", "_")
    return [DIST / f"{name}-{version}-py3-none-any.whl", DIST / f"{name}-{version}.tar.gz"]


def report(bundle: Path, made: list[Path]) -> None:
    """Say what was made and how large it is."""
    size = sum(path.lstat().st_size for path in bundle.rglob("*") if path.is_file() and not path.is_symlink())
    lines = [f"{path.relative_to(ROOT)}  {path.stat().st_size / 1e6:.1f} MB" for path in made]
    sys.stdout.write("\n".join([*lines, f"unpacked, the program is {size / 1e6:.1f} MB", ""]))


if __name__ == "__main__":
    sys.exit(main())
