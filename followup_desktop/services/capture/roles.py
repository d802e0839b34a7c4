"""The names of roles, as postings have them and as one writes about them."""

from __future__ import annotations

import re
from functools import cache

FOR_ALL = re.compile(r"\s*\((?:[mwfdxh]\s?/\s?){1,3}[mwfdxh]\)", re.IGNORECASE)
"""What is written behind a role that is open to all: "(m/w/d)"."""


def spoken_role(role: str) -> str:
    """A role as one writes about it: "Data Engineer" of "Data Engineer (m/w/d)"."""
    return (FOR_ALL.sub("", role).strip() if "(" in role else role.strip()) or role


@cache
def role_word() -> re.Pattern[str]:
    """A word by which people call what they do, in any of the languages."""
    from followup_desktop.services.capture.language_files import one_of  # no start reads a posting
    from followup_desktop.services.capture.posting_words import languages

    found = []
    for language in languages():
        words, parts = (one_of(language.lists[name]) for name in ("roles", "role_parts"))
        found.append(rf"(?:(?:{words})|\w*(?:{parts}))(?:{language.role_endings})")
    return re.compile(rf"\b(?:{one_of(found)})\b", re.IGNORECASE)
