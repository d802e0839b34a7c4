"""The files that come with the program: icons, catalogues, letters, the guide, sample data."""

from __future__ import annotations

import sys
from pathlib import Path

import followup_desktop


def resources_dir() -> Path:
    """Their folder: in a bundle, in an installed package, or beside it in a checkout."""
    bundle = getattr(sys, "_MEIPASS", None)
    package = Path(followup_desktop.__file__).parent
    candidates = [package / "resources", package.parent / "resources"]
    if bundle is not None:
        candidates.insert(0, Path(bundle) / "resources")
    return next((folder for folder in candidates if folder.is_dir()), candidates[-1])
