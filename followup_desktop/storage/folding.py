"""Text as it is searched and sorted: without case, accents, printers' signs and extra white space."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_LETTERS = str.maketrans(
    {
        "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "đ": "d", "ɖ": "d", "ɗ": "d", "ħ": "h", "ı": "i",
        "ɨ": "i", "ȷ": "j", "ĸ": "k", "ƙ": "k", "ł": "l", "ƚ": "l", "ɫ": "l", "ŋ": "n", "ɲ": "n", "ø": "o",
        "ɔ": "o", "ɵ": "o", "ɍ": "r", "ŧ": "t", "ƭ": "t", "ʉ": "u", "ʋ": "v", "ƿ": "w", "ɏ": "y", "ƴ": "y",
        "ƶ": "z", "ƀ": "b", "ɓ": "b", "ƈ": "c", "ə": "e", "ǝ": "e", "ɛ": "e", "ɇ": "e", "ƒ": "f", "ǥ": "g",
        "ɠ": "g", "ꝥ": "th", "ȥ": "z", "ʒ": "z", "ʃ": "s", "ς": "σ", "ـ": "",
    }
)  # fmt: skip
"""Letters that are no plain ones with an accent, and what is typed for them where the keyboard lacks them."""
_APOSTROPHES = "’‘‛`´ʼʻʹʽ′＇"
_DASHES = "‐‑‒–—―−⁃﹘﹣－"
_SIGNS = str.maketrans(
    dict.fromkeys(_APOSTROPHES, "'")
    | dict.fromkeys(_DASHES, "-")
    | dict.fromkeys("“”„‟«»″", '"')
    | {"⁄": "/", "∕": "/"}
    # What is not seen but would part a word: soft hyphen, zero-width space, marks of direction.
    | dict.fromkeys(
        "\u00ad\u200b\u200e\u200f\u2060\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff", ""
    )
)
_NUMBER = re.compile(r"\d[\d ().,/'+-]*\d")
_SEPARATED = re.compile(r"[(+]*\d[\d().,/+-]*\)?")
_OTHER_DIGIT = re.compile(r"(?![0-9])\d")
"""Digits of other writings, such as the Arabic ones."""
_NO_DIGITS = re.compile(r"\D+")
_JOINED_FROM = 5
_TYPED_FROM = 4
"""So many digits, with separators between them, are a number that is found without these."""


def fold(text: str) -> str:
    """The text in the form in which it is compared; a part of it folds to a part of the result."""
    if text.isascii():  # most texts, and many times as fast
        return " ".join(text.lower().replace("`", "'").split())
    decomposed = unicodedata.normalize("NFKD", text.translate(_SIGNS))
    decomposed = unicodedata.normalize("NFKD", decomposed.casefold()).translate(_SIGNS)
    plain = "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_LETTERS)
    return " ".join(_OTHER_DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), plain).split())


def searchable(texts: Iterable[str]) -> str:
    """The texts as they are searched: folded, a line each, then what stands apart joined."""
    lines = [fold(text) for text in texts if text]
    joined: dict[str, None] = {}
    for line in lines:
        joined |= dict.fromkeys(word.replace("'", "") for word in line.split() if "'" in word)
        for found in _NUMBER.finditer(line):
            digits = _NO_DIGITS.sub("", found[0])
            if len(digits) >= _JOINED_FROM and digits != found[0]:
                joined[digits] = None
    return "\n".join([*lines, *filter(None, joined)])


def search_words(typed: str) -> list[tuple[str, str]]:
    """Each word that was typed, in two forms, of which one has to be in a ``searchable`` text.

    The second is without an apostrophe, and a number's without its separators; else they are the same.
    """
    return [(word, _joined(word)) for word in fold(typed).split()]


def contains(text: str, words: Iterable[tuple[str, str]]) -> bool:
    """Whether a ``searchable`` text has each of the words."""
    return all(word in text or joined in text for word, joined in words)


def _joined(word: str) -> str:
    digits = _NO_DIGITS.sub("", word)
    if _SEPARATED.fullmatch(word) and (len(digits) >= _TYPED_FROM or digits == word.strip("()+")):
        return digits
    return word.replace("'", "") or word
