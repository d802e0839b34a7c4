"""The words of dates: how a language writes them, and the plain form in which the readers compare texts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

Names = tuple[tuple[str, ...], ...]
"""For each month or weekday every way to write it, the full name first."""

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
           "October", "November", "December")  # fmt: skip
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ENGLISH_MONTHS: Names = tuple(
    (name, *((name[:3],) if len(name) > 3 else ()), *(("Sept",) if name == "September" else ()))
    for name in _MONTHS
)
ENGLISH_WEEKDAYS: Names = (
    ("Monday", "Mon", "Mondays"),
    ("Tuesday", "Tue", "Tues", "Tuesdays"),
    ("Wednesday", "Wed", "Weds", "Wednesdays"),
    ("Thursday", "Thu", "Thur", "Thurs", "Thursdays"),
    ("Friday", "Fri", "Fridays"),
    ("Saturday", "Sat", "Saturdays"),
    ("Sunday", "Sun", "Sundays"),
)

MONTHS = tuple(name[:3].lower() for name in _MONTHS)
WEEKDAYS = tuple(name[:3].lower() for name in _WEEKDAYS)
"""How the plain form writes months and weekdays, whatever the language."""

_SHORT_NAME = 2
"""Names of so few Latin letters are also words: they count alone, or before the day that they are of."""

_ENGLISH_WORDS = frozenset({"ago"})
"""Short names that are English words too: Spanish "2 ago" is in August, "3 days ago" is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DateWriting:
    """How the user's language writes a date.

    ``order`` is that of a date in figures (``dMy``, ``Mdy``, ``yMd``), ``separator`` what stands between
    them. ``day_first`` says how a day and a month without a year stand, which the order of a year-first
    language does not tell: ``7/1`` is 7 January in Sweden, and 1 July in Japan.
    """

    order: str = "dMy"
    separator: str = "/"
    day_first: bool = True
    months: Names = ENGLISH_MONTHS
    weekdays: Names = ENGLISH_WEEKDAYS


ENGLISH = DateWriting()


_HALF = re.compile(r"(\d) ?(?:½| 1/2(?! ?[\d/]))")
Meant = str | Callable[[re.Match[str]], str]
"""What ``re.Pattern.sub`` puts in place of a match."""


def expanded(template: str) -> Meant:
    r"""What puts a template in place, which may name groups: ``\1``.

    Given as it is, ``re`` imports itself and looks it up for each text, also where there is no match: of the
    time that the reader of dates took, a third.
    """
    return (lambda found: found.expand(template)) if "\\" in template else template


_AND_A_HALF = expanded(r"\1.5")


def plain(text: str) -> str:
    """Small letters without accents, digits 0 to 9, single spaces, nothing invisible, plain signs."""
    text = _HALF.sub(_AND_A_HALF, text).replace("½", " half ")
    if text.isascii():
        return " ".join(text.casefold().replace("`", "'").split())
    text = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(_plain_character(each) for each in text)
    return " ".join(unicodedata.normalize("NFKC", kept).split())


_AS_IT_IS = re.compile(
    r"(?P<kept>\\(?:[xuU][0-9a-fA-F]+|N\{[^}]*\}|.)|\(\?[^:=!)>]*[:=!)>]|<\w+>)"
    r"|(?P<one_of>\[\^?\]?(?:\\.|[^\]\\])*\])",
    re.DOTALL,
)
"""What isn't a letter of an expression: signs, the heads of groups, ``<MONTH>``; and ``[…]``."""


def plain_pattern(pattern: str) -> str:
    """The expression over plain texts that is meant by one with accents and capitals: "Não" finds "nao"."""
    if pattern.isascii() and pattern == pattern.casefold():
        return pattern
    found: list[str] = []
    place = 0
    for each in _AS_IT_IS.finditer(pattern):
        found += [*map(_plain_letter, pattern[place : each.start()]), each["kept"] or _plain_class(each[0])]
        place = each.end()
    return "".join((*found, *map(_plain_letter, pattern[place:])))


def _plain_class(one_of: str) -> str:
    return re.sub(r"\\.|[^\\]", lambda each: each[0] if each[0][0] == "\\" else _letters(each[0]), one_of)


def _plain_letter(each: str) -> str:
    letters = _letters(each)
    return letters if len(letters) < 2 or letters[0] == "\\" else f"(?:{letters})"  # "ß?" is "(?:ss)?"


def _letters(each: str) -> str:
    if each.isascii():
        return each.casefold()
    kept = "".join(map(_plain_character, unicodedata.normalize("NFKD", each.casefold())))
    return re.escape(kept) if kept.isascii() and not kept.isalnum() else kept


def _plain_character(each: str) -> str:
    category = unicodedata.category(each)
    if category == "Nd":
        return str(unicodedata.decimal(each))
    if category == "Cf" or "\u0300" <= each <= "\u036f":  # vowels of other scripts are no accents
        return ""
    if category == "Pd" or each == "\u2212":
        return "-"
    return "'" if each in "’‘ʼ`´" else each


class Translator:
    """Puts the plain English names in place of a language's own: "vie 13 mar" becomes "fri 13 mar"."""

    def __init__(self, writing: DateWriting) -> None:
        self._writing = writing

    def accented(self, text: str) -> str:
        """The text, not yet plain, with those names in English that only their accents tell apart.

        Slovak "st" is Wednesday and "št" Thursday; without accents they are the same.
        """
        if not self._accented:
            return text
        names = "|".join(sorted(map(re.escape, self._accented), key=len, reverse=True))
        folded = unicodedata.normalize("NFC", text.casefold())
        return re.sub(rf"(?<![\w'])(?:{names})(?!\w)", lambda found: self._accented[found[0]], folded)

    def translate(self, text: str) -> str:
        """The plain text with every name of a month or a weekday as in ``MONTHS`` and ``WEEKDAYS``."""
        text = _CJK.sub(_cjk, text)
        found = list(self._pattern.finditer(text))
        if not found:
            return text
        months = self._months_among(text, found)
        parts, place = [], 0
        for each, is_month in zip(found, months, strict=True):
            name = _bare(each[0])
            if name.isascii() and len(name) <= _SHORT_NAME and not self._stands_apart(text, each):
                continue
            if name in _ENGLISH_WORDS and not text[: each.start()].rstrip(" .")[-1:].isdigit():
                continue
            number = (self._months if is_month else self._weekdays)[name]
            names = MONTHS if is_month else WEEKDAYS
            word = names[number] if number is not None else ""
            parts += [text[place : each.start()], word]
            place = each.end()
        return "".join((*parts, text[place:]))

    @staticmethod
    def _stands_apart(text: str, found: re.Match[str]) -> bool:
        """Whether a very short name is all of the text or stands beside its day: "to" alone is no weekday."""
        before, rest = text[: found.start()], text[found.end() :]
        if not before:
            return not rest or re.match(r",? \d{1,2}\b", rest) is not None
        return (
            re.search(r"\b\d{1,2}\.? $", before) is not None
            and re.fullmatch(r"(?: \d{4})?", rest) is not None
        )

    def _months_among(self, text: str, found: list[re.Match[str]]) -> list[bool]:
        """Which of the names are months; "mar" of "mar 23 mar" is a weekday at first, then a month.

        A name that may be both is a month after its day. Before its day it is one where the language writes
        so and no other name is the month.
        """
        names = [_bare(each[0]) for each in found]
        either = [name in self._weekdays and name in self._months for name in names]
        after = [re.search(r"\d\S{0,2} (?:de )?$", text[: each.start()]) is not None for each in found]
        has_month = any(
            behind if both else name in self._months
            for name, both, behind in zip(names, either, after, strict=True)
        )
        before = not self._writing.day_first and not has_month
        return [
            (behind or (before and re.match(r" \d", text[each.end() :]) is not None))
            if both
            else name in self._months
            for each, name, both, behind in zip(found, names, either, after, strict=True)
        ]

    @cached_property
    def _months(self) -> dict[str, int | None]:
        return _numbers((ENGLISH_MONTHS, self._writing.months))

    @cached_property
    def _weekdays(self) -> dict[str, int | None]:
        return _numbers((ENGLISH_WEEKDAYS, self._writing.weekdays))

    @cached_property
    def _accented(self) -> dict[str, str]:
        found = {}
        for language, numbers, english in (
            (self._writing.weekdays, self._weekdays, WEEKDAYS),
            (self._writing.months, self._months, MONTHS),
        ):
            for number, names in enumerate(language):
                for name in names:
                    exact = unicodedata.normalize("NFC", name.casefold()).strip()
                    if numbers.get(_bare(plain(name)), number) is None:
                        found[exact] = english[number]
        return found

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        names = sorted({*self._months, *self._weekdays}, key=len, reverse=True)
        each = "|".join(r"\.?".join(map(re.escape, name)) for name in names)  # dots as a language has them
        return re.compile(rf"(?<![\w'])(?:{each})\.?(?!\w)")


_CJK = re.compile(
    r"(?:(?P<y>\d{2,4}) ?(?:年|년) ?)?(?P<m>\d{1,2}) ?(?:月|월) ?(?P<d>\d{1,2})(?!\d)(?: ?(?:日|일|号|號))?"
)


def _cjk(found: re.Match[str]) -> str:
    month = int(found["m"])
    if not 1 <= month <= len(MONTHS):
        return found[0]
    return f" {found['d']} {MONTHS[month - 1]} {found['y'] or ''} "


def _bare(name: str) -> str:
    return name.replace(".", "").strip()


def _numbers(languages: Iterable[Names]) -> dict[str, int | None]:
    """The number of each name, of the later language where two have it; ``None`` where one has it twice."""
    found: dict[str, int | None] = {}
    for language in languages:
        own: dict[str, int | None] = {}
        for number, names in enumerate(language):
            for name in names:
                bare = _bare(plain(name))  # Slovak st and št are one without their accents
                own[bare] = number if own.get(bare, number) == number else None
        found.update(own)
    found.pop("", None)
    return found
