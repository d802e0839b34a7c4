"""Spares the program what PySide6 does with every import once it is loaded."""

from __future__ import annotations

import builtins

import PySide6.QtCore  # noqa: F401 - it puts its own import in the place of Python's


def keep_imports_plain() -> None:
    """Have modules imported by Python alone from now on.

    To know who might use its ``__feature__`` switches, PySide6 reads the source of each module that is
    imported, 700 at a start: a fourteenth of it. Nothing here uses them.
    """
    plain = getattr(builtins, "__orig_import__", None)
    if plain is not None:
        builtins.__import__ = plain
