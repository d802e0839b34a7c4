"""Writes the version resource that Windows shows of the program's file, as PyInstaller reads it.

``python packaging/windows/version_info.py FILE``
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

_TEXT = """VSVersionInfo(
  ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3F, flags=0x0, OS=0x40004, fileType=0x1),
  kids=[
    StringFileInfo([
      StringTable('040904B0', [
        StringStruct('CompanyName', 'The Follow Up Desktop authors'),
        StringStruct('FileDescription', 'Follow Up'),
        StringStruct('FileVersion', '{version}'),
        StringStruct('InternalName', 'followup-desktop'),
        StringStruct('LegalCopyright', 'MIT licence'),
        StringStruct('OriginalFilename', 'followup-desktop.exe'),
        StringStruct('ProductName', 'Follow Up'),
        StringStruct('ProductVersion', '{version}'),
      ]),
    ]),
    VarFileInfo([VarStruct('Translation', [0x0409, 0x04B0])]),
  ],
)
"""


def version() -> str:
    """The project's version."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return str(project["version"])


def text(of: str) -> str:
    """The resource for this version; its four numbers are what ``of`` starts with, and zeros."""
    parts = [int(part) for part in of.split(".") if part.isdigit()][:4]
    return _TEXT.format(version=of, numbers=tuple([*parts, 0, 0, 0, 0][:4]))


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(text(version()), "utf-8")
