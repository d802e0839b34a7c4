"""Text as it is searched and sorted: without case, accents and extra white space."""

from __future__ import annotations

import unicodedata


def fold(text: str) -> str:
    """The text in the form in which it is compared; a part of it folds to a part of the result."""
    if text.isascii():  # most texts, and many times as fast
        return " ".join(text.lower().split())
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).split())
