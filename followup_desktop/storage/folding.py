"""Text as it is searched and sorted: without case, accents, printers' signs and extra white space."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from followup_desktop.i18n import own_letters

_WITHOUT_ACCENT = re.compile(
    r"(?P<script>LATIN|CYRILLIC) (?:SMALL LETTER|SMALL LIGATURE|LETTER SMALL CAPITAL) "
    r"(?:BARRED |DOTLESS |OPEN |REVERSED |SCRIPT )?(?P<base>[A-Z]+?)(?: BAR)?(?: WITH .*)?"
)
"""How Unicode names a letter that is another with a stroke, a hook or a tail, which nothing decomposes."""


class _Letters(dict[int, str]):
    """What is typed for a letter where the keyboard lacks it: found by its name when it first occurs."""

    def __missing__(self, code: int) -> str:
        self[code] = plain = self._plain(chr(code))
        return plain

    @staticmethod
    def _plain(letter: str) -> str:
        if unicodedata.category(letter) == "Cf":  # not seen, but would part a word
            return ""
        found = _WITHOUT_ACCENT.fullmatch(unicodedata.name(letter, ""))
        if found is None:
            return letter
        if found["script"] == "LATIN" and len(found["base"]) <= _LETTERS_IN_ONE:
            return found["base"].lower()
        try:
            return unicodedata.lookup(f"{found['script']} SMALL LETTER {found['base']}")
        except KeyError:
            return letter


_LETTERS_IN_ONE = 2
_UNSEEN_LETTERS = "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2065\u3164\uffa0"
_VARIATIONS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))
_LETTERS = _Letters(
    str.maketrans(
        {"þ": "th", "ꝥ": "th", "ð": "d", "ĸ": "k", "ŋ": "n", "ʋ": "u", "ƿ": "w", "ə": "e", "ǝ": "e", "ʒ": "z"}
        | {"ʃ": "s", "ς": "σ", "ـ": ""}
        # What Unicode says to ignore, and is no control: fillers and the choice of a shape.
        | dict.fromkeys(_UNSEEN_LETTERS, "")
        | {chr(code): "" for codes in _VARIATIONS for code in codes}
    )
)
"""Letters that are no plain ones with an accent, and what is typed for them where the keyboard lacks them."""
_APOSTROPHES = "’‘‛`´ʼʻʹʽ′＇"
_DASHES = "‐‑‒–—―−⁃﹘﹣－"
_DOTS = "•‧∙⋅・･᛫⸱⸳"
_SIGNS = str.maketrans(
    dict.fromkeys(_APOSTROPHES, "'")
    | dict.fromkeys(_DASHES, "-")
    | dict.fromkeys(_DOTS, "·")
    | dict.fromkeys("“”„‟«»″", '"')
    | {"⁄": "/", "∕": "/"}
)
_JOINTS = str.maketrans(dict.fromkeys("'·", ""))
"""What is written within a word and mostly not typed: O'Brien, col·lectiu."""
_JOINTS_AND_HYPHENS = str.maketrans(dict.fromkeys("'·-", ""))
_JOINED_WORD = re.compile(r"['·]|[^\W\d_]-[^\W_]")
"""Whether a word may be typed without the signs in it: O'Brien, T-Systems; no date in figures."""
_SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "æ": "ae"})
"""How German and the languages of the north write these letters where the keyboard lacks them."""
_BEHIND = "\ue000"
"""For private use: it sorts after every letter."""
_TIE = "\x01"
"""It sorts before everything else, so that a name comes before a longer one."""
_TIE_END = "\x02"
_ACCENTS = "\u0301\u0300\u0306\u0302\u030c\u030a\u0308\u030b\u0303\u0307"
"""From acute to dot, in the order in which the Unicode Collation Algorithm has them."""
_IN_ORDER = {ord(accent): chr(ord(_BEHIND) + place) for place, accent in enumerate(_ACCENTS, 1)}
_NUMBER = re.compile(r"\d(?:[\W_]{0,4}\d)+")
_BETWEEN_TEXTS = "\0"
"""No text has it."""
_APART = re.compile(r"[\d'`-](?:(?<=['`])|(?<=\d)[\W_]{1,4}\d|(?<=[^\W\d_]-)[^\W_])", re.ASCII)
"""Whether anything in ASCII may stand apart that is found joined, too.

That it begins with one of few signs is told first: so what has none is passed over in a fourth of the time.
"""
_SEPARATED = re.compile(r"[\W_]*\d[\W\d_]*")
"""Digits with whatever is no letter between them."""
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


def sort_key(text: str) -> str:
    """What the text is sorted by in the language in use: in Spanish, ñ has a place of its own, after n.

    Other letters are sorted as they are folded: ä as a, and å too where the alphabet ends with z. Of what
    folds to the same, the plainer comes first: Cote, Coté, Côte, Côté.
    """
    return _key(text, {} if text.isascii() else own_letters())


@lru_cache(maxsize=1_000)
def stored_key(text: str) -> str:
    """The ``sort_key`` in a language without letters of its own: the folded text, maybe with its accents."""
    return _key(text, {})


def folded_of(key: str) -> str:
    """The key without that by which texts are told apart which fold to the same."""
    return key.partition(_TIE)[0]


def keys_of(folded: str) -> tuple[str, str]:
    """From where and up to where, without that, a stored key is one of a text that folds so."""
    return folded, folded + _TIE_END


def _key(text: str, letters: Mapping[str, str]) -> str:
    if text.isascii():
        return fold(text)
    written = unicodedata.normalize("NFC", text.lower())  # ß stays apart from ss
    placed = {ord(letter): _placed(letter, letters) for letter in letters}
    key = fold(written.translate(placed))
    if not key or key == written:
        return key
    return f"{key}{_TIE}{unicodedata.normalize('NFD', written).translate(_IN_ORDER)}"


def _placed(letter: str, letters: Mapping[str, str]) -> str:
    """The letter that it comes after, and for each place behind that what sorts after every letter."""
    steps = 0
    while letter in letters and steps < len(letters):
        letter, steps = letters[letter], steps + 1
    return letter + _BEHIND * steps


def fold_joined(text: str) -> str:
    """The folded text without the signs within its words: of O'Brien ``obrien``."""
    return fold(text).translate(_JOINTS)


def searchable(texts: Iterable[str]) -> str:
    """The texts as they are searched: folded, a line each, then what stands apart joined."""
    given = [text for text in texts if text]
    whole = _BETWEEN_TEXTS.join(given)
    # Most are plain, so they are folded together, in half the time, and have nothing that stands apart.
    plain = whole.isascii()
    folded = (
        " ".join(whole.lower().replace("`", "'").split()).split(_BETWEEN_TEXTS) if plain and given else ()
    )
    lines = [text.strip() for text in folded] if plain else [fold(text) for text in given]
    joined: dict[str, None] = {}
    apart = lines if not plain else filter(_APART.search, lines) if _APART.search(whole) else ()
    for line in apart:
        if _JOINED_WORD.search(line):
            words = filter(_JOINED_WORD.search, line.split())
            joined |= dict.fromkeys(word.translate(_JOINTS_AND_HYPHENS) for word in words)
        for found in _NUMBER.finditer(line):
            digits = _NO_DIGITS.sub("", found[0])
            if len(digits) >= _JOINED_FROM and digits != found[0]:
                joined[digits] = None
    if not plain:
        joined |= dict.fromkeys(_spelled_out(word) for word in whole.split() if _has_two_spellings(word))
    return "\n".join([*lines, *filter(None, joined)] if joined else lines)


def search_words(typed: str) -> list[tuple[str, str]]:
    """Each word that was typed, in two forms, of which one has to be in a ``searchable`` text.

    The second is without apostrophes, middle dots and hyphens, a number's without its separators, and that
    of Müller is ``mueller``; else they are the same.
    """
    if typed.isascii():
        return [(word, _joined(word)) for word in fold(typed).split()]
    return [
        (word, _spelled_out(given) if _has_two_spellings(given) else _joined(word))
        for given in typed.split()
        for word in fold(given).split()
    ]


def contains(text: str, words: Iterable[tuple[str, str]]) -> bool:
    """Whether a ``searchable`` text has each of the words."""
    return all(word in text or joined in text for word, joined in words)


def _spelled_out(word: str) -> str:
    """The folded word as it is written where the keyboard lacks its letters: of Müller ``mueller``."""
    return fold(unicodedata.normalize("NFC", word.casefold()).translate(_SPELLED_OUT))


def _has_two_spellings(word: str) -> bool:
    if word.isascii():
        return False
    bare = unicodedata.normalize("NFC", word.casefold())
    return any(ord(letter) in _SPELLED_OUT for letter in bare)


def _joined(word: str) -> str:
    digits = _NO_DIGITS.sub("", word)
    if _SEPARATED.fullmatch(word) and (len(digits) >= _TYPED_FROM or digits == word.strip("()+")):
        return digits
    return word.translate(_JOINTS_AND_HYPHENS) or word
