"""Making any text safe to be shown by a notification server."""

from __future__ import annotations

import html
import unicodedata

TITLE_LIMIT = 120
BODY_LIMIT = 200
_ELLIPSIS = "…"
_REPLACED = frozenset({"Cc", "Cs", "Zl", "Zp"})
_BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def one_line(text: str, limit: int) -> str:
    """The text without line breaks and control characters, at most ``limit`` characters long."""
    return cut(" ".join(_clean(text).split()), limit)


def some_lines(text: str, limit: int = BODY_LIMIT) -> str:
    """The text with its line breaks but no other control characters, at most ``limit`` characters long."""
    lines = (" ".join(_clean(line).split()) for line in text.split("\n"))
    return cut("\n".join(lines).strip(), limit)


def cut(text: str, limit: int) -> str:
    """The text, or its beginning and an ellipsis, together ``limit`` characters."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + _ELLIPSIS


def cut_utf16(text: str, units: int) -> str:
    """The text cut to so many UTF-16 code units, in which Windows counts; never inside a character."""
    if _utf16_length(text) <= units:
        return text
    while _utf16_length(text) > units - 1:
        text = text[:-1]
    return text.rstrip() + _ELLIPSIS


def escape_markup(text: str) -> str:
    """The text for a server that reads the body as markup."""
    return html.escape(text, quote=False)


def _clean(text: str) -> str:
    return "".join(
        " " if unicodedata.category(character) in _REPLACED else character
        for character in text
        if character not in _BIDI_CONTROLS
    )


def _utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
