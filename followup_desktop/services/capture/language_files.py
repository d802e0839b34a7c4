"""The files in which a language says how its dates and answers read: what is in them, and what is wrong.

One that can't be read is left out, so that whoever uses another language notices nothing; who adds the
language is told by ``faults_in``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from followup_desktop.resource_files import resources_dir

_Read = TypeVar("_Read")
_UNREADABLE = (ValueError, TypeError, AttributeError, re.error)
"""What is raised by a file that isn't TOML, JSON or UTF-8, has a broken pattern, or one thing for another."""


def read_all(files: str, read: Callable[[str], _Read]) -> tuple[_Read, ...]:
    """What can be read of these files (``dates/*.toml``), in the order of their names."""
    return tuple(found for _file, found in _each(files, read) if not isinstance(found, Exception))


def faults_in(files: str, read: Callable[[str], object]) -> Iterator[str]:
    """A sentence for each of these files that can't be read: which it is, and why."""
    for file, found in _each(files, read):
        if isinstance(found, Exception):
            yield f"resources/{file.parent.name}/{file.name} can't be read: {found}"


def _each(files: str, read: Callable[[str], _Read]) -> Iterator[tuple[Path, _Read | Exception]]:
    for file in sorted(resources_dir().glob(files)):
        try:
            yield file, read(file.read_text("utf-8"))
        except _UNREADABLE as fault:
            yield file, fault
