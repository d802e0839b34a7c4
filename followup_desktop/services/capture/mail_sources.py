"""Which texts are sources of emails: told without what reads one, as every file that is imported is asked."""

from __future__ import annotations

import re

_LONGEST_HEAD = 100_000
_HEADER = re.compile(r"(?P<name>[A-Za-z][A-Za-z-]{1,40}):[ \t]?.*$")
_OF_SOURCE = frozenset(
    {"received", "mime-version", "content-type", "message-id", "return-path", "delivered-to", "date"}
)


def is_mail_source(text: str) -> bool:
    """Whether a text is the source of an email, with the lines at its head that no reader shows."""
    names = set()
    for line in text[:_LONGEST_HEAD].lstrip().splitlines()[:60]:
        if not line.strip():
            break
        found = _HEADER.match(line)
        if found is not None:
            names.add(found["name"].lower())
        elif not line[:1].isspace():
            return False
    return len(names) > 1 and bool(names & _OF_SOURCE) and bool(names & {"from", "subject", "content-type"})
