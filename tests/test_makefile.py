"""The set-up: the list of targets, the lock, and what is done about missing system packages."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]
MAKEFILE = REPOSITORY / "Makefile"
LOCK = REPOSITORY / "packaging" / "requirements.txt"
SYSTEM_PACKAGES = REPOSITORY / "packaging" / "linux" / "system-packages.sh"

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="the script is for Linux")


def normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_help_lists_every_target() -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    shown = subprocess.run(
        ["make"], cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=True
    )
    (phony,) = re.findall(r"^\.PHONY: (.+)$", MAKEFILE.read_text(), re.MULTILINE)
    assert [line.split()[1] for line in shown.stdout.splitlines()] == phony.split()


def test_lock_has_every_dependency_with_hashes() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))
    extras = project["project"]["optional-dependencies"]["dev"]
    wanted = [*project["project"]["dependencies"], *extras, *project["build-system"]["requires"]]
    entries = re.split(r"\n(?=\S)", LOCK.read_text())
    pinned = {normalised(entry.partition("==")[0]) for entry in entries if "--hash=sha256:" in entry}
    assert len(pinned) == len(entries)
    assert {normalised(re.split(r"[^\w.-]", each)[0]) for each in wanted} <= pinned


def test_lock_names_no_place() -> None:
    text = LOCK.read_text()
    assert "://" not in text
    assert not re.search(r"(^|\s)/\w", text)


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_every_script_that_a_target_runs_is_there() -> None:
    scripts = re.findall(r"packaging/[\w./-]+\.(?:sh|py|txt)", MAKEFILE.read_text())
    modules = re.findall(r"-m (tests\.[\w.]+)", MAKEFILE.read_text())
    places = [REPOSITORY / each.replace(".", "/") for each in modules]
    named = [REPOSITORY / name for name in scripts]
    named += [place / "__main__.py" if place.is_dir() else place.with_suffix(".py") for place in places]
    assert len(named) > 5
    assert [path for path in named if not path.exists()] == []


class Machine:
    """A made-up Debian: the commands that the script asks, each noting how it was called."""

    def __init__(self, folder: Path) -> None:
        self.bin = folder / "bin"
        self.bin.mkdir()
        self.calls = folder / "calls"
        self.calls.touch()
        for name in ("sh", "env", "grep", "sed", "mktemp", "rm", "cat"):
            (self.bin / name).symlink_to(shutil.which(name) or name)
        self.command("uname", "echo Linux")
        self.command("id", "echo 1000")
        self.has("make", "git")

    def command(self, name: str, script: str) -> None:
        path = self.bin / name
        path.write_text(f'#!/bin/sh\necho "{name} $*" >>"{self.calls}"\n{script}\n')
        path.chmod(0o755)

    def has(self, *packages: str) -> None:
        lines = "\n".join(f"echo 'installed {name}'" for name in packages)
        self.command("dpkg-query", f"{lines}\necho 'config-files openbox'")

    def ensure(self, *packages: str) -> subprocess.CompletedProcess[str]:
        shell = str(self.bin / "sh")
        return subprocess.run(
            [shell, str(SYSTEM_PACKAGES), *packages],
            env={"PATH": str(self.bin)},
            capture_output=True,
            text=True,
            check=False,
        )

    def called(self, name: str) -> list[str]:
        return [line for line in self.calls.read_text().splitlines() if line.startswith(f"{name} ")]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    machine = Machine(tmp_path)
    machine.command("apt-get", "")
    return machine


@on_linux
def test_nothing_is_said_or_done_if_nothing_is_missing(machine: Machine) -> None:
    machine.has("dunst", "libglib2.0-0t64")
    done = machine.ensure("dunst", "libglib2.0-0")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert machine.called("apt-get") == []


@on_linux
def test_without_the_right_to_install_it_prints_one_command(machine: Machine) -> None:
    machine.has("dunst")
    machine.command("sudo", "exit 1")
    done = machine.ensure("dunst", "openbox", "xvfb")
    assert done.returncode == 1
    assert "sudo apt-get update && sudo apt-get install --no-install-recommends openbox xvfb\n" in done.stderr
    assert machine.called("apt-get") == []


@on_linux
def test_a_group_stands_for_its_packages(machine: Machine) -> None:
    machine.command("sudo", "exit 1")
    done = machine.ensure("package")
    assert {"dpkg-dev", "lintian", "xz-utils"} <= set(done.stderr.split())
    assert "package" not in done.stderr.splitlines()[-1].split()


def python_of(folder: Path, version: tuple[int, int]) -> Path:
    """A Python that says it is of this version, and makes virtual environments with itself in them."""
    folder.mkdir(parents=True)
    python = folder / "python3"
    python.write_text(
        "#!/bin/sh\n"
        f'case "$*" in *version_info*"< (3, 11)"*) exit {int(version < (3, 11))} ;; esac\n'
        'case "$*" in "-m venv"*)\n'
        '  for venv; do :; done; mkdir -p "$venv/bin"; cp "$0" "$venv/bin/python" ;; esac\n'
        f'echo "{folder} $*" >>{folder.parent}/calls\n'
    )
    python.chmod(0o755)
    return python


@on_linux
def test_a_python_that_is_too_old_is_passed_over(tmp_path: Path) -> None:
    python_of(tmp_path / "old", (3, 9))
    newer = python_of(tmp_path / "new", (3, 12)).rename(tmp_path / "new" / "python3.12")
    path = f"{tmp_path}/old:{tmp_path}/new:{os.defpath}"
    for name in ("python3.14", "python3.13"):  # not those of this machine
        (tmp_path / "old" / name).symlink_to("python3")
    subprocess.run(
        ["sh", str(SYSTEM_PACKAGES.parents[1] / "make-venv.sh"), str(tmp_path / "venv")],
        env={"PATH": path},
        capture_output=True,
        check=True,
    )
    assert (tmp_path / "venv/bin/python").read_text() == newer.read_text()


@on_linux
@pytest.mark.parametrize("root", [True, False])
def test_it_installs_what_is_missing(machine: Machine, root: bool) -> None:
    machine.command("id", f"echo {0 if root else 1000}")
    machine.command("sudo", 'test "$1" = -n && shift\nexec "$@"')
    machine.command("true", "")
    done = machine.ensure("dunst", "make")
    assert done.returncode == 0
    (installed,) = machine.called("apt-get")
    assert installed.endswith("install --yes --no-install-recommends dunst")
    assert bool(machine.called("sudo")) is not root


@on_linux
def test_package_lists_are_fetched_if_the_present_ones_do_not_do(machine: Machine) -> None:
    machine.command("id", "echo 0")
    fetched = machine.bin.parent / "fetched"
    machine.command("apt-get", f'case "$*" in *update*) echo >{fetched} ;; *) test -e {fetched} ;; esac')
    assert machine.ensure("dunst").returncode == 0
    assert [line.split()[6] for line in machine.called("apt-get")] == ["install", "update", "install"]


@on_linux
def test_a_failed_installation_shows_why(machine: Machine) -> None:
    machine.command("id", "echo 0")
    machine.command("apt-get", "echo 'E: no space left'; exit 100")
    done = machine.ensure("dunst")
    assert done.returncode == 1
    assert "E: no space left" in done.stderr
    assert done.stderr.endswith("could not be installed: dunst\n")


@on_linux
def test_on_another_system_it_names_the_packages(machine: Machine) -> None:
    (machine.bin / "apt-get").unlink()
    done = machine.ensure("dunst", "xvfb")
    assert done.returncode == 0
    assert "dunst xvfb" in done.stderr
