"""Times of day as people type them: "14:30", "5pm", "half past two", "noon"."""

from __future__ import annotations

import re
from datetime import time

from followup_desktop.services.capture.vocabulary import plain

NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
            "eleven", "twelve")  # fmt: skip
_MINUTES = {"quarter": 15, "half": 30, "twenty": 20, "twenty five": 25}
_NAMED = {"noon": time(12), "midday": time(12), "midnight": time(0)}
_FIGURES = re.compile(r"(?P<hour>\d{1,2})(?: ?[:.h] ?(?P<minute>\d{2}))?(?: ?h)?")
_BEHIND = re.compile(
    r"\b(?P<hour>\d{1,2}) (?:(?P<fifteen>fifteen)|(?P<tens>twenty|thirty|forty|fifty)(?P<five>[ -]5)?)\b"
)
"""Minutes in words behind the hour: "two thirty"."""
_UNTIL = re.compile(r"\d{1,2} (?:to|till?|of) \d{1,2}(?!\d)")
"""Behind it a half of the day tells that it is from when until when: "3 to 4pm"."""
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
_COMPACT = re.compile(r"(?P<hour>\d{1,2})(?P<minute>\d{2})")
_SPOKEN = re.compile(
    r"(?P<minutes>[a-z\d ]+?)(?: minutes?)? (?P<side>past|after|to|till?|before|of) (?P<hour>\d{1,2})"
)
_HALF_DAY = re.compile(
    r"(?P<rest>.+?) ?(?:(?P<am>am?|a ?\.? ?m\.?|in the morning)|"
    r"(?P<pm>pm?|p ?\.? ?m\.?|in the (?:afternoon|evening))|(?P<night>at night))"
)
_EVENING_FROM = 6
"""Of the hours "at night", this one and those until twelve are before midnight."""
_AFTERNOON_UNTIL = 7
"""Hours before this one, said of a working day without more, are those of the afternoon."""


def read_time(text: str, *, working_day: bool = False, twelve_hours: bool = False) -> time | None:
    """The time of day that a text means; ``None`` if it means none.

    Of a ``working_day``, 1 to 6 without more are hours of the afternoon: nobody interviews at five in the
    morning. With minutes (``5:30``) that holds only where the clock has ``twelve_hours``; ``05:30``, and
    "5 am", say what they mean.
    """
    words = re.sub(r"^(?:at|about|around|ca|kl)\b\.? ?", "", plain(text).strip(" .,"))
    words = re.sub(r"^(?:12|twelve) (?=noon$|midday$|midnight$)", "", words)
    if words in _NAMED:
        return _NAMED[words]
    words = re.sub(r" ?(?:o'? ?clock|hrs?|hours)\b", "", words).removesuffix(" sharp")
    words = re.sub(rf"\b(?:{'|'.join(NUMBERS)})\b", lambda found: str(NUMBERS.index(found[0])), words)
    spoken = _BEHIND.sub(_in_figures, words)
    half = _HALF_DAY.fullmatch(spoken)
    if half is not None and _UNTIL.fullmatch(half["rest"]):
        return None
    found = _clock(half["rest"] if half else spoken)
    if found is None:
        return None
    hour, minute, is_plain, has_minutes = found
    has_minutes = has_minutes and spoken == words  # no one says "three thirty" of the night
    if half is not None:
        if not 1 <= hour <= 12:
            return None
        hour %= 12
        hour += 12 if half["pm"] or (half["night"] and hour >= _EVENING_FROM) else 0
    elif working_day and is_plain and 1 <= hour < _AFTERNOON_UNTIL and (twelve_hours or not has_minutes):
        hour += 12
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _in_figures(said: re.Match[str]) -> str:
    minutes = 15 if said["fifteen"] else _TENS[said["tens"]] + (5 if said["five"] else 0)
    return f"{said['hour']}:{minutes}"


def _clock(words: str) -> tuple[int, int, bool, bool] | None:
    """Hour and minute, whether the hour may be one of the afternoon, and whether minutes were in figures."""
    match = _FIGURES.fullmatch(words) or (_COMPACT.fullmatch(words) if len(words) > 2 else None)
    if match is not None:
        minute = match["minute"]
        return int(match["hour"]), int(minute or 0), not match["hour"].startswith("0"), minute is not None
    match = _SPOKEN.fullmatch(re.sub(r"^half (?=\d)", "half past ", words))
    if match is None:
        return None
    said = re.sub(r"^an? ", "", match["minutes"])
    said = said.replace("twenty 5", "twenty five")
    minutes = _MINUTES.get(said, int(said) if said.isdecimal() else None)
    hour = int(match["hour"])
    if minutes is None or not 0 < minutes < 60 or not 1 <= hour <= 12:
        return None
    if match["side"] not in {"past", "after"}:
        hour, minutes = (hour - 1) or 12, 60 - minutes
    return hour, minutes, True, False
