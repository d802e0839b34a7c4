"""The program's own modules, as the tests read them that look for what is written there."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import followup_desktop

PACKAGE = Path(followup_desktop.__file__).parent


def trees_with(*words: str, below: str = "") -> Iterator[tuple[Path, ast.Module]]:
    """The modules in which one of the words stands, each with its syntax tree.

    To parse all 570 takes 2.4 s, and few tests are about more than some of them.
    """
    for path in sorted((PACKAGE / below).rglob("*.py")):
        text = path.read_text("utf-8")
        if any(word in text for word in words):
            yield path, ast.parse(text)
