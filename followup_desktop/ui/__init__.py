"""The window, in Qt Widgets.

PySide6 6.12 takes ``None`` for an immortal object, as it is from Python 3.12 on, and gives up a reference to
it with every call that returns nothing. On Python 3.11 the interpreter would end after a few thousand such
calls with "none_dealloc", so there the count is set too high to run out before anything of Qt is called.
"""

from __future__ import annotations

import ctypes
import sys

_MANY = 1 << 40

if sys.version_info < (3, 12):
    ctypes.c_ssize_t.from_address(id(None)).value += _MANY
