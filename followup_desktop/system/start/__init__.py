"""What makes a start quick: parts of Python and of PySide6 that are put off, or done at less cost.

Each module says what it spares; ``docs/decisions/start.md`` says what that leans on, and when it can go.
The tests run with all of them, as the program does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager


def prepare_python(words: Sequence[str] | None) -> None:
    """Have modules, patterns and the methods of dataclasses made when they are first used, from now on.

    Unless these words of a command line name a command, Qt is loaded beside it; for ``None`` it isn't.
    """
    from followup_desktop.system.start.modules_later import load_when_used

    load_when_used()
    if words is not None:
        from followup_desktop.system.start.qt_ahead import load_qt_ahead

        load_qt_ahead(words)
    from followup_desktop.system.start.patterns import compile_when_used
    from followup_desktop.system.start.record_methods import compile_when_called

    compile_when_called()
    compile_when_used()


@contextmanager
def qt_made_light() -> Iterator[None]:
    """Have Qt loaded within this without what few ask of it, and its enumerations made as a whole."""
    from followup_desktop.system.start.qt_enums import put_enumerations_together
    from followup_desktop.system.start.qt_imports import imports_kept_plain

    put_enumerations_together()
    with imports_kept_plain():
        yield
