"""The names of roles, as postings have them and as one writes about them."""

from __future__ import annotations

import re

FOR_ALL = re.compile(r"\s*\((?:[mwfdxh]\s?/\s?){1,3}[mwfdxh]\)", re.IGNORECASE)
"""What is written behind a role that is open to all: "(m/w/d)"."""


def spoken_role(role: str) -> str:
    """A role as one writes about it: "Data Engineer" of "Data Engineer (m/w/d)"."""
    return FOR_ALL.sub("", role).strip() or role
