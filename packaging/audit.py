"""Looks up every pinned package among the known vulnerabilities, with pip-audit.

``python packaging/audit.py``, with the Python of an environment that has pip-audit. Exit status 1: some
are known; 2: some couldn't be looked up, which is said and is no pass.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "packaging" / "requirements.txt"


def verdict(report: Mapping[str, Any]) -> tuple[int, list[str]]:
    """The exit status and the lines to say, of pip-audit's report in JSON."""
    packages = report["dependencies"]
    missed = sorted(each["name"] for each in packages if "skip_reason" in each)
    known = [
        f"{each['name']} {each['version']}: {flaw['id']}, fixed in {' or '.join(flaw['fix_versions'])}"
        for each in packages
        for flaw in each.get("vulns", ())
    ]
    looked_up = len(packages) - len(missed)
    lines = [
        *known,
        f"{looked_up} of {len(packages)} pinned packages looked up, {len(known)} vulnerabilities known.",
    ]
    if missed:
        lines.append(f"NOT LOOKED UP, so nothing is known of them: {', '.join(missed)}")
    return (1 if known else 2 if missed else 0), lines


def main() -> int:
    """Run pip-audit on the lock file; returns the exit status."""
    # Without pip, and only with hashes: what is looked up is what would be installed.
    command = [
        sys.executable,
        "-m",
        "pip_audit",
        "--disable-pip",
        "--require-hashes",
        "--requirement",
        str(LOCK),
    ]
    done = subprocess.run(
        [*command, "--format", "json", "--progress-spinner", "off"],
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        status, lines = verdict(json.loads(done.stdout))
    except (ValueError, KeyError):
        reason = (done.stderr.strip().splitlines() or ["pip-audit said nothing"])[-1]
        status, lines = 2, [f"NOTHING WAS LOOKED UP: the service can't be reached ({reason})"]
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return status


if __name__ == "__main__":
    sys.exit(main())
