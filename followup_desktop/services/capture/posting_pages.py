"""Whether the page at an address is that of one posting, or may be one that lists many.

"careers-2026", "/jobs?year=2026", "/karriere/2026/11" and a shared sheet are pages of many; a known board's
address, a number that is no date's, and the words of the role are signs of one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import parse_qsl, unquote

from followup_desktop.services.capture.addresses import board_posting, host_of, split_address
from followup_desktop.services.capture.duplicates import role_words
from followup_desktop.services.capture.posting_words import listed

_OF_DOCUMENTS = re.compile(
    r"(?:^|\.)(?:docs\.google\.com|drive\.google\.com|sheets\.google\.com|dropbox\.com|onedrive\.live\.com|"
    r"1drv\.ms|sharepoint\.com|airtable\.com|box\.com)$"
)
"""Hosts of shared files, whose addresses have letters and figures for each file."""
_ENDINGS = frozenset({"html", "htm", "php", "aspx"})
_WORDS = re.compile(r"[^\W_]+")
_FIGURES = re.compile(r"\d+")
_LETTERS = re.compile(r"[^\W\d_]+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_OF_A_DATE = re.compile(r"(?:0?[1-9]|[12]\d|3[01])")
_CODE = re.compile(r"(?=\D*\d)(?=[\d_-]*[a-z])[a-z\d]{6,}", re.IGNORECASE)
"""Letters and figures mixed, as a system names things."""
_WORD_AND_YEAR = re.compile(r"[^\W\d_]+(?:19|20)\d\d", re.IGNORECASE)
_LONG = 4
_POST_CODE = 5
"""Figures."""


def _of_many() -> frozenset[str]:
    """Words of addresses of pages with many postings."""
    return listed("many_postings") | _ENDINGS


def names_posting(address: str) -> bool:
    """Whether the address alone says that its page is of one posting."""
    parts = split_address(address.replace("&amp;", "&"))
    if parts is None:
        return False
    host = host_of(parts)
    if _OF_DOCUMENTS.search(host):
        return False
    if board_posting(address):
        return True
    return (
        any(_names_one(name, value) for name, value in parse_qsl(parts.query))
        or _has_number(_segments(parts.path))
        or _has_number(_segments(parts.fragment))
    )


def is_page_of(address: str, roles: Sequence[str]) -> bool:
    """Whether the end of the address is made of the words of one of the roles, and each has one of them."""
    parts = split_address(address)
    if parts is None or _OF_DOCUMENTS.search(host_of(parts)):
        return False
    segments = _segments(parts.path)
    words = set(_words_of(segments[-1])) - _of_many() if segments else set()
    words = {word for word in words if not word.isdecimal()}
    said = [set(role_words(role).split()) for role in roles]
    return len(words) > 1 and all(words & each for each in said) and any(words <= each for each in said)


def _segments(path: str) -> list[str]:
    return [unquote(each) for each in path.split("/") if each]


def _words_of(segment: str) -> list[str]:
    return role_words(" ".join(_WORDS.findall(segment))).split()


def _names_one(name: str, value: str) -> bool:
    plain = "".join(_WORDS.findall(name.casefold()))
    return plain in listed("one_posting") and any(map(str.isdecimal, value)) and not _YEAR.fullmatch(value)


def _has_number(segments: Sequence[str]) -> bool:
    return any(_is_number(segment, segments[:place]) for place, segment in enumerate(segments))


def _is_number(segment: str, before: Sequence[str]) -> bool:
    """Whether a part of a path has the number of a posting: no year, no date, no page's, no post code."""
    last = before[-1].casefold() if before else ""
    if segment.isdecimal():
        is_date = _OF_A_DATE.fullmatch(segment) and any(_YEAR.fullmatch(each) for each in before[-2:])
        return not (_YEAR.fullmatch(segment) or is_date or last == "p" or last in listed("page_numbers"))
    if _WORD_AND_YEAR.fullmatch(segment):
        return False
    figures = [each for each in _FIGURES.findall(segment) if _is_long(each)]
    if not figures:
        return any(map(_is_code, _WORDS.findall(segment)))
    words = {each.casefold() for each in _LETTERS.findall(segment)}
    return not _is_listing(words, figures)


def _is_long(figures: str) -> bool:
    return len(figures) >= _LONG and _YEAR.fullmatch(figures) is None


def _is_code(word: str) -> bool:
    is_year = _WORD_AND_YEAR.fullmatch(word) is not None
    return _CODE.fullmatch(word) is not None and not is_year and sum(map(str.isdecimal, word)) > 1


def _is_listing(words: Iterable[str], figures: Sequence[str]) -> bool:
    """Whether it is "jobs-28001", which has the number of a place."""
    there = set(words)
    return bool(there) and there <= _of_many() and all(len(each) == _POST_CODE for each in figures)
