"""What applications are filtered by besides their stage."""

from __future__ import annotations

from enum import StrEnum


class NextStep(StrEnum):
    """What the next follow-up of an application is, as far as one filters by it."""

    NOW = "now"
    """It is due."""
    SOON = "soon"
    """It is due, or will be within days."""
    CALL = "call"
    EMAIL = "email"
    NONE = "none"
    """There is none."""


NOT_RATED = 0
"""The fit asked for where none was given."""
