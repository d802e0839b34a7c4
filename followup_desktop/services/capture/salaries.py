"""What a posting says that it pays, as it says it: "€60,000–70,000 a year", "60–70k €", "$45/hr"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from followup_desktop.services.capture.posting_words import any_of, words_of

_SIGN = (
    r"(?:US|CA|AU|NZ|HK|SG|[CAR])?\$|[€£¥₹₩₽₪₺]|zł|Kč|kr\b\.?|Fr\.|"
    r"(?:EUR|USD|GBP|CHF|CAD|AUD|NZD|SGD|HKD|JPY|INR|SEK|NOK|DKK|PLN|CZK|HUF|RON|BRL|MXN|ARS|ZAR|AED|ILS|TRY)"
    r"(?![a-z])"
)
_NUMBER = (
    r"[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}|"
    r"[0-9]{1,3}(?:[.,'’\u00a0\u202f ][0-9]{3})+(?:[.,][0-9]{1,2}(?![0-9]))?|"
    r"[0-9]{1,7}(?:[.,][0-9]{1,2}(?![0-9]))?"
)
_LEAST = {"hour": 2, "day_or_week": 30, "month": 300, "year": 10_000}
"""What someone is paid at least, by the time for which."""
_TIMES = {
    "hour": ("per_hour", "hourly"),
    "day_or_week": ("per_day_or_week", "daily_or_weekly"),
    "month": ("per_month", "monthly"),
    "year": ("per_year", "yearly"),
}
"""What a language has of each: nouns behind "per", and adverbs."""
_LAKHS = "lpa"
"""Lakhs (hundreds of thousands of rupees) a year."""
_BEHIND = "_said"
"""In a pattern, behind the name of the time that an adverb says."""


def _currency() -> str:
    return rf"(?:{_SIGN}|(?:{any_of('currencies')})\b)"


def _thousands() -> str:
    return rf"(?:k(?![a-z])|{any_of('thousands')})"


def _amount(which: str) -> str:
    currency = _currency()
    return (
        rf"(?:(?P<before_{which}>{currency})\s?)?(?P<number_{which}>{_NUMBER})"
        rf"(?:\s?(?P<thousands_{which}>{_thousands()}))?(?:\s?(?P<behind_{which}>{currency}))?"
    )


def _period() -> str:
    """For how long it is paid, with what says that it is before tax."""
    units = "|".join(rf"(?P<{time}>{any_of(nouns)})" for time, (nouns, _adverbs) in _TIMES.items())
    adverbs = "|".join(rf"(?P<{time}{_BEHIND}>{any_of(said)})" for time, (_nouns, said) in _TIMES.items())
    gross, articles = any_of("gross"), any_of("pay_per_articles")
    return (
        rf"(?:\s?(?:{gross})\b\.?)?"
        rf"(?:\s?(?:/|\b(?:{any_of('pay_per')})\b)\s?(?:(?:{articles})\s)?(?:{units})\b|"
        rf"\s?(?:{adverbs}|(?P<lakhs>{_LAKHS}\b)))?"
        rf"(?:\s?(?:{gross}|{any_of('with_bonus')})\b)?"
    )


@cache
def _pay() -> re.Pattern[str]:
    units = "|".join(any_of(nouns) for nouns, _adverbs in _TIMES.values())
    each = rf"(?:\s?/\s?(?:{units})\b)?"  # where it stands with both ends of a span
    span = rf"\s?(?:-|–|—|−|~|(?:{any_of('pay_spans')})\b)\s?"
    return re.compile(
        rf"(?<![\w.,]){_amount('low')}(?:{each}{span}{_amount('high')})?{_period()}", re.IGNORECASE
    )


@cache
def _on_top() -> re.Pattern[str]:
    """What comes on top of the pay says nothing against it."""
    return re.compile(rf"\s(?:\+|(?:{any_of('on_top')})\b)")


@cache
def _no_pay() -> re.Pattern[str]:
    """What stands behind a figure that is nobody's pay."""
    return re.compile(rf"\s?(?:(?:{any_of('millions')})\b|%|\+?\s?(?:{any_of('counted')})\b)", re.IGNORECASE)


_NEAR = 40
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
    for found in _pay().finditer(line):
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
    return len(text) <= _LONGEST and _starts_as_pay().match(text) is not None


@cache
def _starts_as_pay() -> re.Pattern[str]:
    currency = _currency()
    figure = rf"[0-9][0-9.,'’ \u00a0\u202f]*(?:{_thousands()})?\s?"
    return re.compile(
        rf"(?:(?:{any_of('pay_from')})\s)?(?:{currency}\s?[0-9]|{figure}(?:[–—-]\s?{figure})?{currency})",
        re.IGNORECASE,
    )


def _is_pay(found: re.Match[str], line: str) -> bool:
    part = found.groupdict()
    length = next((name for name in _LEAST if part[name] or part[f"{name}{_BEHIND}"]), None)
    before = line[max(0, found.start() - _NEAR) : found.start()]
    around = before + _on_top().split(line[found.end() : found.end() + _NEAR])[0]
    speaks_of_pay = words_of("pay").search(before) is not None
    in_thousands = part["thousands_low"] or part["thousands_high"]
    if not (_has_currency(part) or part["lakhs"] or (speaks_of_pay and in_thousands)):
        return False
    if not (length or part["lakhs"] or part["number_high"] or speaks_of_pay or in_thousands):
        return False
    if _no_pay().match(line, found.end()) or (words_of("other_money").search(around) and not speaks_of_pay):
        return False
    return _value(part) >= (_LEAST["hour"] if part["lakhs"] else _LEAST[length or "year"])


def _has_currency(part: dict[str, str | None]) -> bool:
    return any(part[f"{place}_{end}"] for place in ("before", "behind") for end in ("low", "high"))


def _value(part: dict[str, str | None]) -> float:
    end = "high" if part["number_high"] else "low"
    number = part[f"number_{end}"] or ""
    whole = re.sub(r"[.,][0-9]{1,2}$", "", number)
    value = float(re.sub(r"\D", "", whole) or 0)
    return value * 1000 if part[f"thousands_{end}"] else value
