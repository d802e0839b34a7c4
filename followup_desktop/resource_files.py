"""The files that come with the program: icons, catalogues, letters, the guide, sample data."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

import followup_desktop
from followup_desktop import i18n

_FALLBACK = "en"


def resources_dir() -> Path:
    """Their folder: in a bundle, in an installed package, or beside it in a checkout."""
    return _resources(getattr(sys, "_MEIPASS", None))


@cache
def _resources(bundle: str | None) -> Path:
    package = Path(followup_desktop.__file__).parent
    candidates = [package / "resources", package.parent / "resources"]
    if bundle is not None:
        candidates.insert(0, Path(bundle) / "resources")
    return next((folder for folder in candidates if folder.is_dir()), candidates[-1])


def languages_of(kind: str) -> list[str]:
    """The codes of the languages of which there are files of that kind: ``["de", "en"]``."""
    return [*_folders_in(resources_dir() / kind)]


@cache  # with the look for the resources, it was a fortieth of an edit with a letter in sight
def _folders_in(place: Path) -> tuple[str, ...]:
    return tuple(sorted(folder.name for folder in place.iterdir() if folder.is_dir()))


def translated(kind: str, name: str, variety: str = "") -> Path:
    """A file of that kind, a letter or a page of the guide: in the language in use, or else in English.

    The ``variety`` of the language, as ``de-informal``, comes first where there is such a file.
    """
    folder = resources_dir() / kind
    files = (folder / code / name for code in (variety, i18n.language()) if code)
    return next((file for file in files if file.is_file()), folder / _FALLBACK / name)
