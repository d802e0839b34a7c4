"""The scripts below ``packaging``, which is no package, loaded as modules."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

REPOSITORY = Path(__file__).resolve().parents[2]
LINUX = REPOSITORY / "packaging" / "linux"


def load(path: Path) -> ModuleType:
    """The script at this path, not run as a program."""
    specification = importlib.util.spec_from_file_location(f"packaging_{path.stem}", path)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module
