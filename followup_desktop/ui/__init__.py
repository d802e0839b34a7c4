"""The window, in Qt Widgets.

PySide6 6.12 takes ``None``, ``True`` and ``False`` for immortal objects, as they are from Python 3.12 on, and
gives up a reference to one of them with many calls. On Python 3.11 the interpreter would end after a few
thousand such calls with "none_dealloc", so there the counts are set too high to run out before anything of
Qt is called.
"""

from __future__ import annotations

import ctypes
import sys

_MANY = 1 << 40

if sys.version_info < (3, 12):
    for _constant in (None, True, False):
        ctypes.c_ssize_t.from_address(id(_constant)).value += _MANY
