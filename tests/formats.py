"""Dates, times and numbers as another locale writes them, with the texts as they are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from babel import Locale

from followup_desktop import i18n


@contextmanager
def formats_of(locale: str) -> Iterator[None]:
    """Write and read as this locale does, until the end of the block."""
    before = i18n.in_use()
    i18n.install(before[0], Locale.parse(locale))
    try:
        yield
    finally:
        i18n.install(*before)
