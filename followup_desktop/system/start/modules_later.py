"""Spares a start the modules of Python that are imported for what comes later, if it ever does."""

from __future__ import annotations

import sys
from importlib import import_module
from threading import Lock
from types import ModuleType
from typing import Any

_USED_LATER = (
    *("calendar", "difflib", "hashlib", "hmac", "inspect", "ipaddress", "locale", "platform", "shutil"),
    *("socket", "subprocess", "tempfile", "traceback", "uuid"),
)
"""What our modules, and those of other packages, import by its name alone, and no start makes use of."""
_TAKING_AWAY = Lock()


def load_when_used() -> None:
    """Have each of these loaded when something is first asked of it, from now on.

    Python's own ``LazyLoader`` lets a second thread see a module that the first has only begun to load.
    """
    for name in _USED_LATER:
        if name not in sys.modules:
            sys.modules[name] = _ModuleStandIn(name)
    # What Peewee takes from it at once, as it is there: all of it, with what reads code, takes 6 of 320 ms.
    vars(sys.modules["inspect"]).setdefault("isclass", lambda thing: isinstance(thing, type))


class _ModuleStandIn(ModuleType):
    """Stands for a module in those that have imported it by then."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # not what it can do, but where it is from: asked at each import
            raise AttributeError(name=name, obj=self)
        with _TAKING_AWAY:
            if sys.modules.get(self.__name__) is self:
                del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)
