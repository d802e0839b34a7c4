"""The environment that programs started by this one are to have.

A PyInstaller bundle runs with library and plug-in paths of its own, which break the system's programs; the
bootloader keeps what was there before under the same name with ``_ORIG``.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

_BUNDLE_VARIABLES = ("LD_LIBRARY_PATH", "QT_PLUGIN_PATH")


def restored(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment with the variables a bundle changed put back, or left out if there were none."""
    result = dict(environment)
    for name in _BUNDLE_VARIABLES:
        original = environment.get(f"{name}_ORIG")
        if original is None:
            result.pop(name, None)
        else:
            result[name] = original
    return result


@contextmanager
def for_child_programs() -> Iterator[None]:
    """Within it, programs started by a library inherit the system's environment instead of the bundle's.

    Outside a bundle nothing changes. It alters the process's environment, for libraries that offer no
    argument for it; own code passes ``restored(os.environ)`` instead.
    """
    if not getattr(sys, "frozen", False):
        yield
        return
    before = {name: os.environ.get(name) for name in _BUNDLE_VARIABLES}
    after = restored(os.environ)
    _apply({name: after.get(name) for name in _BUNDLE_VARIABLES})
    try:
        yield
    finally:
        _apply(before)


def _apply(values: Mapping[str, str | None]) -> None:
    for name, value in values.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
