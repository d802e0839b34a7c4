"""The bill of materials of the bundle: what is in it, as CycloneDX 1.6 (ECMA-424).

``python packaging/sbom.py FILE [BUNDLE]`` writes it. The same commit on the same system gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import sys
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import archive
import licences
import trim
from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

ROOT = Path(__file__).resolve().parent.parent
_NO_DISTRIBUTIONS = {"Python", "SQLite", "SQLite3 Multiple Ciphers"}
"""Parts that are no packages of Python."""


def bill(gathered: list[licences.Licence], *, version: str, date: int, bundle: Path | None = None) -> str:
    """The list as JSON: every part that ``licences.gather`` found, and the libraries of the bundle, hashed.

    ``date`` is the second since 1970 that it bears.
    """
    own, *parts = gathered
    components = [_component(part) for part in parts]
    if bundle is not None:
        components += [_library(file, bundle) for file in sorted(bundle.rglob("*")) if _is_library(file)]
    main = {"type": "application", "bom-ref": "followup-desktop", "name": own.name, "version": version}
    document: dict[str, Any] = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(date, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": {**main, "licenses": _licences(own.kind)},
        },
        "components": components,
        "dependencies": [
            {"ref": "followup-desktop", "dependsOn": [each["bom-ref"] for each in components]},
            *({"ref": each["bom-ref"]} for each in components),
        ],
    }
    number = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(document, sort_keys=True))
    document["serialNumber"] = f"urn:uuid:{number}"
    return json.dumps(document, indent=1) + "\n"


def _component(part: licences.Licence) -> dict[str, Any]:
    name = part.name.lower().replace("_", "-").replace(".", "-")
    reference = f"{name}@{part.version}".replace(" ", "-")
    found = {
        "type": "library",
        "bom-ref": reference,
        "name": part.name,
        "version": part.version,
        "licenses": _licences(part.kind),
    }
    if part.name not in _NO_DISTRIBUTIONS:
        found["purl"] = f"pkg:pypi/{reference}"
    return found


def _licences(kind: str) -> list[dict[str, Any]]:
    """An expression of SPDX, or where it is none the words that the part has."""
    try:
        return [{"expression": canonicalize_license_expression(kind)}]
    except InvalidLicenseExpression:
        return [{"license": {"name": kind}}]


def _is_library(file: Path) -> bool:
    return ".so" in file.suffixes and file.is_file() and not file.is_symlink()


def _library(file: Path, bundle: Path) -> dict[str, Any]:
    place = file.relative_to(bundle).as_posix()
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    return {
        "type": "file",
        "bom-ref": f"file:{place}",
        "name": place,
        "hashes": [{"alg": "SHA-256", "content": digest}],
    }


def main(arguments: list[str]) -> int:
    """Write it to the file, with the libraries of the bundle if that is named; returns the exit status."""
    target, *bundle = map(Path, arguments)
    text = bill(
        licences.gather(ROOT),
        version=trim.project_version(ROOT),
        date=archive.commit_date(ROOT),
        bundle=bundle[0] if bundle else None,
    )
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
