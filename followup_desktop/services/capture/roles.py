"""The names of roles, as postings have them and as one writes about them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

FOR_ALL = re.compile(r"\s*\((?:[mwfdxh]\s?/\s?){1,3}[mwfdxh]\)", re.IGNORECASE)
"""What is written behind a role that is open to all: "(m/w/d)"."""


def spoken_role(role: str) -> str:
    """A role as one writes about it: "Data Engineer" of "Data Engineer (m/w/d)"."""
    return FOR_ALL.sub("", role).strip() or role


@cache
def role_word() -> re.Pattern[str]:
    """A word by which people call what they do, in any of the languages."""
    return re.compile(rf"\b(?:{'|'.join(_of_languages()) or '(?!)'})\b", re.IGNORECASE)


def _of_languages() -> Iterator[str]:
    from followup_desktop.services.capture.posting_words import languages  # no start reads a posting

    for language in languages():
        words, parts = ("|".join(language.lists[name]) for name in ("roles", "role_parts"))
        yield rf"(?:(?:{words or '(?!)'})|\w*(?:{parts or '(?!)'}))(?:{language.role_endings})"
