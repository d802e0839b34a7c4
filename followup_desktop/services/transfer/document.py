"""A file's contents, read and checked value by value, before they are merged into what is there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One object of a file: only the attributes that the file gives, with the values of the model.

    ``place`` says where in the file it is ("applications[3]"), for sentences. ``id`` is the id of a thing, or
    the key of a choice or an announcement, and empty for the policy and the search.
    """

    place: str
    id: str = ""
    values: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    interviews: tuple[Row, ...] = ()
    events: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What a file says; ``warnings`` are sentences on what was left out of it."""

    policy: Row | None = None
    search: Row | None = None
    contacts: tuple[Row, ...] = ()
    applications: tuple[Row, ...] = ()
    reminders: tuple[Row, ...] = ()
    choices: tuple[Row, ...] = ()
    announced: tuple[Row, ...] = ()
    warnings: tuple[str, ...] = ()
