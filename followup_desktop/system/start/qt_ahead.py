"""Loads Qt beside Python, which reads the modules of a start meanwhile."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from pathlib import Path
from threading import Thread

LOADER = "Qt ahead"
_OF_QT = ("QtCore", "QtGui", "QtWidgets", "QtSvg")
_OTHERS = ("_decimal", "apsw")
"""What has a library, or is a large one."""


def load_qt_ahead(words: Sequence[str]) -> None:
    """Begin to load what the window takes, on a thread, unless these words of a command line name a command.

    Python keeps all its threads waiting while it loads a library for an import: 30 ms of 420 until the window
    is shown, which another processor can take meanwhile. Who needs one earlier waits for it, and one that
    can't be loaded is told of there.
    """
    package = find_spec("PySide6") if sys.platform == "linux" and not any(map(_is_command, words)) else None
    if package is not None and package.origin is not None:
        Thread(target=_load, args=(Path(package.origin).parent,), name=LOADER, daemon=True).start()


def _is_command(word: str) -> bool:
    """Whether a word looks like one, not like an option, a path or a link."""
    return word[:1].isalpha() and word.replace("-", "").isalpha()


def _found(name: str) -> ModuleSpec | None:
    try:
        return find_spec(name)
    except ValueError:  # Python is just loading it
        return None


def _load(folder: Path) -> None:
    # Unlike Python's own loading, a call of a foreign function lets other threads go on.
    load = ctypes.CDLL(None).dlopen
    for name in _OF_QT:
        load(os.fsencode(folder / f"{name}.abi3.so"), os.RTLD_NOW)
    for other in map(_found, _OTHERS):
        if other is not None and other.origin is not None:
            load(os.fsencode(other.origin), os.RTLD_NOW)
    try:
        fonts = ctypes.CDLL("libfontconfig.so.1")
    except OSError:
        return
    fonts.FcInit()  # 4 ms, which Qt would take for its first text
