"""What a posting says that it pays, as it says it: "€60,000–70,000 a year", "60–70k €", "$45/hr"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from followup_desktop.services.capture.posting_words import any_of, words_of

_CURRENCY = (
    r"(?:(?:US|CA|AU|NZ|HK|SG|[CAR])?\$|[€£¥₹₩₽₪₺]|zł|"
    r"(?:EUR|USD|GBP|CHF|CAD|AUD|NZD|SGD|HKD|JPY|INR|SEK|NOK|DKK|PLN|CZK|HUF|RON|BRL|MXN|ARS|ZAR|AED|ILS|TRY)"
    r"(?![a-z])|euros?\b|pounds\b|Franken\b|Kč|kr\b\.?|Fr\.)"
)
_NUMBER = (
    r"[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}|"
    r"[0-9]{1,3}(?:[.,'’\u00a0\u202f ][0-9]{3})+(?:[.,][0-9]{1,2}(?![0-9]))?|"
    r"[0-9]{1,7}(?:[.,][0-9]{1,2}(?![0-9]))?"
)
_THOUSANDS = r"(?:k(?![a-z])|K(?![A-Za-z])|mil\b|Tsd\b\.?|T(?=\s?€))"


def _amount(which: str) -> str:
    return (
        rf"(?:(?P<before_{which}>{_CURRENCY})\s?)?(?P<number_{which}>{_NUMBER})"
        rf"(?:\s?(?P<thousands_{which}>{_THOUSANDS}))?(?:\s?(?P<behind_{which}>{_CURRENCY}))?"
    )


_SPAN = r"\s?(?:-|–|—|−|~|to\b|bis\b|until\b|hasta\b|and\b|und\b|à\b|a\b|y\b|et\b)\s?"
_PERIOD = (
    r"(?:\s?(?:gross|brut(?:to|os?)?|before tax)\b\.?)?"
    r"(?:\s?(?:/|\b(?:per|an?|pro|im|je|por|al?|par)\b|\bthe\b)\s?(?:la\s)?"
    r"(?P<unit>years?|yr|annum|hours?|hr|h|days?|weeks?|months?|mo|jahr|monat|stunde|tag|woche|año|mes|hora|día|"
    r"semana|an|mois|heure|jour)\b|\s?"
    r"(?P<word>pro rata|p\.\s?a\.|pa\b|p/a\b|p\.?h\.?\b|lpa\b|annually|annual|yearly|monthly|weekly|"
    r"daily|hourly|jährlich|monatlich|anual(?:es)?|brutos? anuales|mensual(?:es)?|/\s?hora))?"
    r"(?:\s?(?:gross|brut(?:to|os?)?|before tax|OTE)\b)?"
)
_EACH = r"(?:\s?/\s?(?:year|yr|annum|hour|hr|month|mo)\b)?"
"""The time, where it stands with both ends of a span."""
_PAY = re.compile(rf"(?<![\w.,]){_amount('low')}(?:{_EACH}{_SPAN}{_amount('high')})?{_PERIOD}", re.IGNORECASE)
_EXTRA = re.compile(r"\s(?:\+|plus\b)")
"""What comes on top of the pay says nothing against it."""
_MILLIONS = re.compile(
    r"\s?(?:[mb]n?\b|millions?\b|billions?\b|mio\b|mrd\b|millones\b|%|\+?\s?(?:users|people|employees)\b)",
    re.I,
)
_HOURLY = frozenset({"hour", "hours", "hr", "h", "stunde", "hora", "heure", "hourly", "ph", "p.h", "p.h."})
_MONTHLY = frozenset(
    {"month", "months", "mo", "monat", "mes", "mois", "monthly", "monatlich", "mensual", "mensuales"}
)
_SHORT = frozenset(
    {"day", "days", "tag", "día", "jour", "daily", "week", "weeks", "woche", "semana", "weekly"}
)
_LAKHS = "lpa"
"""Lakhs (hundreds of thousands of rupees) a year."""
_NEAR = 40
_LEAST_A_YEAR = 10_000
_LONGEST = 90


@dataclass(frozen=True, slots=True)
class FoundSalary:
    """What is paid, in the posting's own words, and where; ``is_named`` if the line calls it the salary."""

    text: str
    start: int
    end: int
    is_named: bool


def find_salaries(line: str) -> Iterator[FoundSalary]:
    """What a line of a posting says that is paid.

    After "Salary:" whatever has a figure. Elsewhere it has a currency, and a span or a time for which it is
    paid, and can be somebody's pay: not what a company raised, nor a bonus.
    """
    if named := _label().match(line):
        whole = named["value"]
        value = next((part for part in _upto_ends(whole) if any(map(str.isdigit, part))), "")
        if value and len(value) <= _LONGEST:
            start = named.start("value")
            yield FoundSalary(value, start, start + len(value), is_named=True)
        return
    for found in _PAY.finditer(line):
        if _is_pay(found, line):
            text = found[0].rstrip(" ,;-–/")
            yield FoundSalary(text, found.start(), found.start() + len(text), is_named=False)


@cache
def _label() -> re.Pattern[str]:
    return re.compile(rf"^\W{{0,4}}(?:{any_of('pay_labels')})\s?[:：]\s*(?P<value>\S.*)$", re.IGNORECASE)


def _upto_ends(text: str) -> Iterator[str]:
    """The text up to each place where something else may begin, and whole."""
    for end in _NEXT.finditer(text):
        yield text[: end.start()].rstrip()
    yield text


_NEXT = re.compile(r"(?<=\w\w)[.!]\s+(?=[A-ZÀ-Þ])|\s[|•·]\s|;\s|\s{3,}|\t")


def is_salary(text: str) -> bool:
    """Whether a text by itself is what is paid, as below the heading "Salary"."""
    return len(text) <= _LONGEST and _STARTS_AS_PAY.match(text) is not None


_FIGURE = rf"[0-9][0-9.,'’ \u00a0\u202f]*(?:{_THOUSANDS})?\s?"
_STARTS_AS_PAY = re.compile(
    rf"(?:(?:from|up to|ab|bis zu|desde|hasta)\s)?(?:{_CURRENCY}\s?[0-9]|"
    rf"{_FIGURE}(?:[–—-]\s?{_FIGURE})?{_CURRENCY})",
    re.IGNORECASE,
)


def _is_pay(found: re.Match[str], line: str) -> bool:
    part = found.groupdict()
    unit = (part["unit"] or part["word"] or "").casefold()
    before = line[max(0, found.start() - _NEAR) : found.start()]
    around = before + _EXTRA.split(line[found.end() : found.end() + _NEAR])[0]
    speaks_of_pay = words_of("pay").search(before) is not None
    in_thousands = part["thousands_low"] or part["thousands_high"]
    if not (_has_currency(part) or unit == _LAKHS or (speaks_of_pay and in_thousands)):
        return False
    if not (unit or part["number_high"] or speaks_of_pay or in_thousands):
        return False
    if _MILLIONS.match(line, found.end()) or (words_of("other_money").search(around) and not speaks_of_pay):
        return False
    return _value(part) >= _least(unit)


def _has_currency(part: dict[str, str | None]) -> bool:
    return any(part[f"{place}_{end}"] for place in ("before", "behind") for end in ("low", "high"))


def _value(part: dict[str, str | None]) -> float:
    end = "high" if part["number_high"] else "low"
    number = part[f"number_{end}"] or ""
    whole = re.sub(r"[.,][0-9]{1,2}$", "", number)
    value = float(re.sub(r"\D", "", whole) or 0)
    return value * 1000 if part[f"thousands_{end}"] else value


def _least(unit: str) -> int:
    if unit in _HOURLY or unit == _LAKHS:
        return 2
    if unit in _SHORT:
        return 30
    return 300 if unit in _MONTHLY else _LEAST_A_YEAR
