"""Spares the program what PySide6 does about signatures and with every import once it is loaded."""

from __future__ import annotations

import builtins
import importlib
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from threading import RLock
from types import ModuleType
from typing import Any

_SUPPORT, _SWITCHES = "shibokensupport", "feature"
_READER = f"{_SUPPORT}.signature"
_PUT_OFF = {
    _READER: frozenset({"mapping", "errorhandler", "layout", "parser"}),
    f"{_READER}.lib": frozenset({"enum_sig", "pyi_generator", "tool"}),
}
"""The modules with which PySide6 reads signatures, by their packages."""
_MAPPING = f"{_READER}.mapping"
_LOADING = RLock()


@contextmanager
def imports_kept_plain() -> Iterator[None]:
    """Have Qt loaded within this without what only errors and editors ask of PySide6.

    It carries the modules that read signatures as text and compiles them in each process, an eleventh of a
    start: each follows when something is asked of it. To know who might use its ``__feature__`` switches,
    it also reads the source of each module that is imported later, 700 at a start: a fourteenth of it.
    Nothing here uses them, and Python's own import is put back.
    """
    plain = builtins.__import__

    def import_later(
        name: str,
        globals: Mapping[str, object] | None = None,  # noqa: A002 - as Python calls them
        locals: Mapping[str, object] | None = None,  # noqa: A002
        fromlist: Sequence[str] | None = None,
        level: int = 0,
    ) -> ModuleType:
        for each in _PUT_OFF.get(name, frozenset()).intersection(fromlist or ()):
            _stand_in(importlib.import_module(name), f"{name}.{each}", each)
        loaded = plain(name, globals, locals, fromlist or (), level)
        if name == _SUPPORT and _SWITCHES in (fromlist or ()):
            getattr(loaded, _SWITCHES).feature_imported = lambda _module: None  # which reads its source
        return loaded

    builtins.__import__ = import_later
    try:
        yield
    finally:
        builtins.__import__ = plain


def _stand_in(package: ModuleType, name: str, short: str) -> None:
    """Have a module stand for that of its package until something is asked of it."""
    if not hasattr(package, short):
        sys.modules[name] = _LazyQtModule(name)
        setattr(package, short, sys.modules[name])


class _LazyQtModule(ModuleType):
    """A module of PySide6 that is executed when something is first asked of it.

    Python's own ``LazyLoader`` executes it when it is given another name, as PySide6 does with all of them.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name)
        found = find_spec(name)
        if found is None or found.loader is None:
            raise ImportError(name=name)
        self.__spec__ = self._spec = found
        self.__loader__ = self._loader = found.loader
        self._has_begun = False
        if name == _MAPPING:  # which PySide6 looks up among the names that the module has, before it asks
            self.update_mapping = lambda: self._loaded().update_mapping()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # not what it can do, but where it is from
            raise AttributeError(name=name, obj=self)
        return ModuleType.__getattribute__(self._loaded(), name)

    def _loaded(self) -> ModuleType:
        with _LOADING:
            if not self._has_begun:
                self._has_begun = True
                published, self._spec.name = self._spec.name, self.__name__  # by which it finds its text
                self._loader.exec_module(self)
                self._spec.name = published
                self.__class__ = ModuleType  # type: ignore[assignment]
        return self
