"""What makes a start quick: parts of Python and of PySide6 that are put off, or done at less cost.

Each module says what it spares; ``docs/decisions/start.md`` says what that leans on, and when it can go.
The tests run with all of them, as the program does.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
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


def prepare_python(words: Sequence[str] | None) -> None:
    """Have modules, patterns and the methods of dataclasses made when they are first used, from now on.

    Unless these words of a command line name a command, Qt is loaded beside it; for ``None`` it isn't.
    """
    load_when_used()
    if words is not None:
        from followup_desktop.system.start.qt_ahead import load_qt_ahead

        load_qt_ahead(words)
    from followup_desktop.system.start.patterns import compile_when_used
    from followup_desktop.system.start.record_methods import compile_when_called, leave_types_written

    compile_when_called()
    leave_types_written()
    compile_when_used()


@contextmanager
def qt_made_light() -> Iterator[None]:
    """Have Qt loaded within this without what few ask of it, and its enumerations made as a whole."""
    from followup_desktop.system.start.qt_enums import put_enumerations_together
    from followup_desktop.system.start.qt_imports import imports_kept_plain

    put_enumerations_together()
    with imports_kept_plain():
        yield


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
