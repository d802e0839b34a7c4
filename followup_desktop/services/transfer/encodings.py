"""The text that bytes are, in whatever encoding they were saved: by its mark, or by what reads as words.

A table has a few names and places, which is too little for statistics of a language. But names read in a
wrong encoding are no words: capitals within, signs among letters, letters of two scripts.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WITHOUT_MARK = 0.3
"""So large a part of the bytes at odd or even places is zero in UTF-16 of a western text."""
_Words = Callable[[str], float]
"""How likely something is a word, from 0 to 1."""
_BETWEEN = re.compile(r"[\s,;|\"'()\[\]/.:!?&+_-]+")
_AROUND = "€£¥$„“”‚‘’«»‹›…–—•°%§©®™*#@"
_LOOKED_AT = 200_000
_GOOD = 0.7
_KANA = re.compile(r"[\u3041-\u30ff]")
_KANJI = 0.75
_ICELANDIC = frozenset("ÝÞðþý")
_LATIN = 0.3
"""Of the letters of a word in Latin script so many, at least, are those of ASCII."""


def decoded(data: bytes) -> str:
    """The text; raises ``Refused`` where the bytes are none."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data, encoding)
    if encoding := _unmarked_utf16(data):
        return _strictly(data, encoding)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start > len(data) - 4 and error.reason == "unexpected end of data":
            _refuse_cut()
    return data.decode(_best(data), errors="replace")


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError:
        _refuse_cut()
        raise


def _refuse_cut() -> None:
    sentence = _("The file ends in the middle of a character, or is damaged. Export it again.")
    raise Refused(sentence) from None


def _unmarked_utf16(data: bytes) -> str:
    part = data[:4096]
    half = max(1, len(part) // 2)
    if part[1::2].count(0) > _WITHOUT_MARK * half and not part[::2].count(0):
        return "utf-16-le"
    if part[::2].count(0) > _WITHOUT_MARK * half and not part[1::2].count(0):
        return "utf-16-be"
    return ""


def _best(data: bytes) -> str:
    """The encoding in which most words are such, the commonest first."""
    part = data[:_LOOKED_AT]
    if len(data) > _LOOKED_AT:
        part = part[: part.rfind(b"\n") + 1]
    found = {encoding: _share_of_words(part, encoding, is_word) for encoding, is_word in _CANDIDATES}
    best = max(found, key=found.__getitem__)
    if found[best] >= _GOOD:
        return best
    from charset_normalizer import from_bytes

    guessed = from_bytes(part).best()
    return best if guessed is None else guessed.encoding


def _share_of_words(data: bytes, encoding: str, is_word: _Words) -> float:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return -1.0
    words = [word.strip(_AROUND) for word in _BETWEEN.split(text) if not word.isascii()]
    words = [word for word in words if not word.isascii()]
    share = sum(map(is_word, words)) / len(words) if words else 0.5
    # Without kana it may be Chinese as well.
    return share * (_KANJI if is_word is _is_japanese and not _KANA.search(text) else 1.0)


def _is_latin(word: str) -> bool:
    if any(
        not unicodedata.name(each, "").startswith(("LATIN", "COMBINING"))
        for each in word
        if not each.isascii()
    ):
        return False
    letters = [each for each in word if each.isalpha()]
    plain = sum(each.isascii() for each in letters)
    return bool(letters) and plain >= _LATIN * len(letters) and _is_cased(word)


def _is_cased(word: str) -> bool:
    """Whether capitals are only where a name has them: all, none, or at the beginning of a part."""
    return word == word.lower() or word == word.upper() or word[1:] == word[1:].lower()


def _of_script(script: str) -> _Words:
    def is_word(word: str) -> float:
        letters = [each for each in word if each.isalpha()]
        is_one = all(unicodedata.name(each, "").startswith(script) for each in letters)
        return bool(letters) and is_one and all(each.isalnum() for each in word) and _is_cased(word)

    return is_word


def _is_western(word: str) -> float:
    """Letters that only Icelandic has are Turkish ones in another encoding, and that is met more often."""
    return _is_latin(word) * (0.9 if _ICELANDIC & set(word) else 1.0)


def _is_japanese(word: str) -> float:
    names = [unicodedata.name(each, "") for each in word if not each.isascii()]
    is_one = all(
        name.startswith(("HIRAGANA", "KATAKANA", "CJK", "IDEOGRAPHIC", "FULLWIDTH")) for name in names
    )
    return is_one * _is_apart(word)


def _is_chinese(word: str) -> float:
    is_one = all(unicodedata.name(each, "").startswith("CJK") for each in word if not each.isascii())
    return is_one * _is_apart(word)


def _is_apart(word: str) -> bool:
    """Whether no small letters stand among its characters."""
    return not any(each.isascii() and each.islower() for each in word)


_CANDIDATES: tuple[tuple[str, _Words], ...] = (
    ("cp1252", _is_western),
    ("iso8859_15", _is_western),
    ("cp1254", _is_latin),
    ("cp1250", _is_latin),
    ("cp1251", _of_script("CYRILLIC")),
    ("cp1253", _of_script("GREEK")),
    ("mac_roman", _is_latin),
    ("cp850", _is_latin),
    ("koi8_r", _of_script("CYRILLIC")),
    ("cp932", _is_japanese),
    ("euc_jp", _is_japanese),
    ("euc_kr", _of_script("HANGUL")),
    ("gb2312", _is_chinese),
    ("big5", _is_chinese),
)
