"""The notes of an application, in which the text of its posting stands behind the user's own.

Version 1 of the interchange file has no key for a posting's text. Kept in the notes below a line of its own,
it is in every file that the program writes, found by the search, and read by any other program.
"""

from __future__ import annotations

import re

POSTING_LINE = "=== Posting ==="
"""The line between the two; the same in every language, so that a file means the same everywhere."""
_LINE = re.compile(rf"^{re.escape(POSTING_LINE)}\r?$", re.MULTILINE)


def split_notes(notes: str) -> tuple[str, str]:
    """The user's own notes, and the posting's text; either may be empty."""
    parts = _LINE.split(notes, maxsplit=1)
    return (parts[0].strip(), parts[1].strip()) if len(parts) > 1 else (notes, "")


def join_notes(own: str, posting: str) -> str:
    """Both as they are kept; without a posting the user's own alone."""
    if not posting.strip():
        return own
    return "\n\n".join(part for part in (own.strip(), f"{POSTING_LINE}\n{posting.strip()}") if part)
