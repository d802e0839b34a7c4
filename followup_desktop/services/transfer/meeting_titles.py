"""What the title of an entry in a calendar says of an interview: which it is, for what role, and how.

The words are those of each language, in ``resources/interviews``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from followup_desktop.services.capture.interview_words import any_of

_PROGRAMS = "google|microsoft|ms|zoom|teams|meet|webex|skype|slack|hangouts?|whereby"


def is_of_interview(title: str) -> bool:
    """Whether it speaks of an interview, or a round of them."""
    return _interview().search(title) is not None


def is_of_applying(title: str) -> bool:
    """Whether a word in it tells it from all else that is in a calendar."""
    return _of_applying().search(title) is not None


def is_way_to_meet(part: str) -> bool:
    """Whether it says how or where one meets, which is no employer."""
    return _ways().fullmatch(part) is not None


def is_meeting_alone(part: str) -> bool:
    """Whether it says of an interview which one it is, and of nobody's role."""
    return _of_meetings().fullmatch(part) is not None


def parts_of_title(title: str) -> list[str]:
    """What stands between signs, and between words like "for" and "with"."""
    return _between().split(title)


def bare_part(part: str) -> str:
    """A part of a title without the words for the meeting."""
    return " ".join(_no_role().sub(" ", part).split()).strip(" -,.;:–#")


def behind_for(title: str) -> Iterator[str]:
    """What follows each word that says for which role the meeting is."""
    return (title[found.end() :] for found in _for_role().finditer(title))


def without_article(part: str) -> str:
    """The part without the article at its beginning."""
    return _article().sub("", part)


@cache
def _interview() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of('meetings')}|{any_of('rounds')})\b", re.IGNORECASE)


@cache
def _of_applying() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of('of_applying')})\b", re.IGNORECASE)


@cache
def _ways() -> re.Pattern[str]:
    return re.compile(rf"(?:(?:{_PROGRAMS}|{any_of('ways')})\s*)+", re.IGNORECASE)


@cache
def _of_meetings() -> re.Pattern[str]:
    return re.compile(rf"(?:(?:{any_of('of_meetings')}|\d+|#)\s*)+", re.IGNORECASE)


@cache
def _between() -> re.Pattern[str]:
    words = rf"\b(?:{any_of('for_role')}|{any_of('with_firm')})\s"
    return re.compile(rf"\s*(?:<>|[–—|/:()\[\]@]|\s-\s|{words})\s*")


@cache
def _no_role() -> re.Pattern[str]:
    meeting = rf"(?:(?:{any_of('before_meetings')})\s)*(?:{any_of('meetings')})s?"
    meeting += rf"(?:\s(?:{any_of('behind_meetings')}))?(?:\s#?\d+)?"
    return re.compile(rf"\b(?:{meeting}|{any_of('no_role')}|{any_of('role_of')})\b", re.IGNORECASE)


@cache
def _for_role() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of('for_role')})\s", re.IGNORECASE)


@cache
def _article() -> re.Pattern[str]:
    return re.compile(rf"^(?:{any_of('articles')})", re.IGNORECASE)
