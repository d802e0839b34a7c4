"""Times of day within the text of a date: "friday at ten", "Mon 19 Oct 9-10", "tomorrow 14h"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time, timedelta

from followup_desktop.services.capture.times import NUMBERS, read_time
from followup_desktop.services.capture.vocabulary import MONTHS, WEEKDAYS, expanded

_HOUR = rf"(?:\d{{1,2}}|{'|'.join(NUMBERS[1:])})"
_HALF_DAY = r"(?:am|pm|a\.m\.?|p\.m\.?)(?!\w)"
_DIGITAL = r"\d{1,2}:\d\d(?::\d\d)?"
_MINUTES_OF = r"(?:(?:a )?quarter|five|ten|twenty(?:[ -]five)?|\d{1,2})(?: minutes)?"
_SPOKEN = rf"half (?:past |after )?{_HOUR}|{_MINUTES_OF} (?:past|after) {_HOUR}|"
_SPOKEN += rf"(?:(?:a )?quarter|\d\d minutes) to {_HOUR}"
_CLEAR = (
    rf"(?:(?:{_DIGITAL}|{_HOUR}(?:\.\d\d)?|{_SPOKEN}) ?{_HALF_DAY}|{_DIGITAL}(?! ?\d?/)|\d{{1,2}} ?h ?\d\d\b|"
    rf"{_HOUR} o'? ?clock\b|{_HOUR} ?ish\b|(?:{_SPOKEN})\b|(?:noon|midday|midnight|lunch(?:time)?)\b)"
)
"""What can only be a time of day."""
_LOOSE = rf"{_HOUR}(?:[.:]\d\d| (?:fifteen|thirty|forty[ -]five))?(?: ?h(?:rs?|ours)?)?"
"""What can be one where "at" stands before it, or another time at the other end."""
_TO = r" ?(?:-|to|till?|until|and|or) ?"
_LEAD = r"(?:\b(?:by|before|after|until|till|from|between|at|around|about|@|no later than|not before) ?)*"
_UNITS = "working|business|minute|hour|day|week|fortnight|month|quarter|year"
_NO_DATE = rf"(?!\d|[./-]\d|(?:st|nd|rd|th)\b| ?(?:{_UNITS})| ?(?:of )?(?:{'|'.join(MONTHS)})\b)"
"""After a time stands nothing that makes a date or a length of time of its figures."""
_EXACTLY = r"(?: sharp\b| prompt\b| on the dot\b)?"
_ZONE_NAMES = r"(?:ces?t|wes?t|ees?t|bst|gmt|utc|ist|[ecmp][sd]t)"
_ZONE = rf"{_EXACTLY}(?: ?\b{_ZONE_NAMES}\b)?"
_FIGURES_SAID = re.compile(rf"\d{{1,2}}(?:[.:]\d\d)*(?: ?{_HALF_DAY})?")
_APART = r"(?<![\w./:+-])"
_CERTAIN = re.compile(
    rf"(?<=\d)(?: ?t ?){_DIGITAL}(?:\.\d+)?(?: ?z\b|[+-]\d\d:?\d\d)?|"
    rf"{_LEAD}{_APART}(?:{_LOOSE}{_TO})?{_CLEAR}(?:{_TO}(?:{_CLEAR}|{_LOOSE}{_NO_DATE}\b))?{_ZONE}|"
    rf"{_LEAD}(?:\bat |@ ?)(?:[01]\d|2[0-3])[0-5]\d\b{_ZONE}|"
    rf"{_LEAD}(?:\bat |@ ?){_LOOSE}{_NO_DATE}\b(?:{_TO}{_LOOSE}{_NO_DATE}\b)?{_ZONE}|"
    r"(?<!\bthis )(?<!\blast )\b(?:in the |at |(?:early|late|mid)[ -](?:in the )?)?"
    r"(?:morning|afternoon|evening|night)s?\b"
)
_HALF_OF_DAY = re.compile(
    rf"\b(?P<day>{'|'.join((*WEEKDAYS, *MONTHS))}|today|tomorrow|yesterday|\d{{1,2}}(?:st|nd|rd|th))[,.]? "
    rf"{_HALF_DAY}"
)
_EARLY_OR_LATE = re.compile(
    rf"\b(?:early|late) (?:on )?(?P<rest>(?:{'|'.join(WEEKDAYS)}|tomorrow|yesterday)"
    r" (?:morning|afternoon|evening))\b"
)
_ABOUT_LUNCH = re.compile(r"\b(?P<side>after|before) lunch(?:time)?\b")
_PARTS = r"(?:in the |at |this )?(?:morning|afternoon|evening|night)s?|tonight"
_DAY_NAMES = rf"(?:{'|'.join(WEEKDAYS)}|today|tomorrow|yesterday)"
_HOUR_AFTER_PART = re.compile(rf"\b(?P<part>{_PARTS}),? (?={_LOOSE}{_NO_DATE}(?!\w))")
_HOURS_AFTER_PART = re.compile(
    rf"\b(?P<part>{_PARTS}),? (?:at |from )?(?P<from>{_LOOSE}) ?- ?(?P<to>{_LOOSE}){_NO_DATE}(?!\w)"
)
_HOUR_BEFORE_PART = re.compile(
    rf"(?P<lead>^|\b{_DAY_NAMES},? )(?P<hour>{_LOOSE})(?= (?:(?:in the|at|this) (?:{_PARTS})|tonight)\b)"
)
_OF_THE_MORNING = re.compile(r"\bmornings?\b")
_OF_THE_EVENING = re.compile(r"\b(?:afternoons?|evenings?|nights?|tonight)\b")
_HOUR_WORDS = re.compile(
    rf"{_APART}(?:{_CLEAR}|(?:[01]\d|2[0-3])[0-5]\d\b|{_LOOSE}(?!\w))|(?<=\bt){_DIGITAL}|(?<=\d-){_CLEAR}"
)
_HALF_DAY_AT_END = re.compile(rf"{_HALF_DAY}$")
_AHEAD = re.compile(
    r"(?:in |within )?(?P<n>half an|an?|a couple(?: of)?|a few|\d{1,3}(?:[.,]\d)?|"
    rf"{'|'.join(NUMBERS[1:])}) ?(?P<unit>h|hrs?|hours?|mins?|minutes?)"
    r"(?P<half> and a half)?(?:,? (?:and )?(?P<more>\d{1,2}) ?(?:mins?|minutes?))?"
    r"(?: from now| time|'s time|(?P<ago> ago))?"
)
_WORDS = "|".join(NUMBERS[1:])
_FIGURES = (
    r"[01]\d[0-5][05]|\d{1,2}(?:\.\d\d)?(?: ?h(?:rs?|ours)?)?|"
    rf"(?:{_WORDS})(?: (?:fifteen|thirty|forty[ -]five))?"
)
_OPEN = (
    r"(?:(?:from|between|around|about|by|before|after|until|till) )?"
    rf"(?P<from>{_FIGURES})(?:{_TO}(?P<to>{_FIGURES}))?"
)
_AT_THE_END = re.compile(rf"(?P<rest>.*?(?<!\bthe)(?<!\bof))(?:[,;] ?| ){_OPEN}")
_AT_THE_START = re.compile(
    rf"{_OPEN}(?:[,;] ?| )(?:on )?"
    rf"(?P<rest>(?!from\b|after\b|before\b|ago\b|or\b|to\b|(?:of )?(?:{'|'.join(MONTHS)})\b)[a-z\d].*)"
)
_WITHIN = re.compile(
    rf"(?P<day>\b(?:{'|'.join(WEEKDAYS)}|today|tomorrow)),? (?P<from>{_FIGURES})(?:{_TO}(?:{_FIGURES}))?"
    r"(?P<more>,?(?= (?:or|and|to|until|of|in|next|this)\b)|$)"
)
_THE_DAY, _THE_REST = expanded(r"\g<day> "), expanded(r"\g<rest>")
_FROM_TO, _PART_AT = expanded(r"\g<part> at \g<from> to \g<to>"), expanded(r"\g<part> at ")
_AT_THE_HOUR = expanded(r"\g<lead>at \g<hour>")
_MINUTES = {"fifteen": "15", "thirty": "30", "forty five": "45", "forty-five": "45"}
"""Behind an hour."""
_LAST_BARE_HOUR = 19
"""Later than this a figure alone is seldom meant as an hour: "Fri 23" is a day of the month."""


@dataclass(frozen=True, slots=True)
class PerhapsTime:
    """A reading in which a part of the text is a time of day: ``rest`` is what then is left as the date.

    ``figures`` stand for it, which may also be a day, or a day and a month; ``opening`` is the text with
    them as a day where more follows: of "Mon 12-13" it is "Mon 12".
    """

    clock: time
    figures: str
    rest: str
    opening: str | None

    @property
    def has_minutes(self) -> bool:
        """Whether it is written as 9.30, which can be a day and a month."""
        return "." in self.figures

    @property
    def has_sign(self) -> bool:
        """Whether it is written as 14h, which can be a length of time."""
        return re.search(r"\d ?h", self.figures) is not None


def without_times(text: str) -> tuple[str, bool, str]:
    """The plain text without what can only be a time of day, whether there was any, and its words.

    The words, for ``times.read_time``, are those of its hour, or of the first where it says from when until
    when. "The morning" has none; of hours on two days none is taken. "Tonight at 9" is at 9 p.m.
    """
    bare = _HALF_OF_DAY.sub(_THE_DAY, _EARLY_OR_LATE.sub(_THE_REST, text))
    bare = _ABOUT_LUNCH.sub(lambda found: "morning" if found["side"] == "before" else "afternoon", bare)
    bare = _HOURS_AFTER_PART.sub(_FROM_TO, bare)
    bare = _HOUR_BEFORE_PART.sub(_AT_THE_HOUR, _HOUR_AFTER_PART.sub(_PART_AT, bare))
    hours = [hour for found in _CERTAIN.finditer(bare) if (hour := first_hour(found[0]))]
    clock = _with_half_day(hours[0], bare) if len(hours) == 1 else ""
    bare = _CERTAIN.sub(" ", bare)
    return (" ".join(bare.split()), True, clock) if bare != text else (text, False, "")


def impossible_time(text: str) -> str:
    """The figures that stand in a plain text where a time of day does and can be none; empty without such."""
    said = [found[0] for found in _CERTAIN.finditer(text)]
    figures = (_FIGURES_SAID.search(each) for each in said if not first_hour(each))
    return next((each[0] for each in figures if each is not None), "")


def _with_half_day(clock: str, text: str) -> str:
    """The words of an hour with the half of the day that the rest of the text says it is of."""
    morning, evening = _OF_THE_MORNING.search(text), _OF_THE_EVENING.search(text)
    hour = read_time(clock)
    if (morning is None) == (evening is None) or hour is None or not 1 <= hour.hour < 12 or clock[0] == "0":
        return clock
    said = f"{clock} {'am' if morning else 'pm'}"
    return clock if read_time(said) is None else said


def first_hour(text: str) -> str:
    """The words of the first time of day in a plain text that has nothing but such; empty if it has none.

    Of "2-3pm" both are of the afternoon.
    """
    hours = [found[0].strip() for found in _HOUR_WORDS.finditer(text) if _clock(found[0].strip()) is not None]
    if not hours:
        return ""
    first = hours[0]
    half = _HALF_DAY_AT_END.search(hours[-1])
    if half is not None and first.isdecimal():
        ends = read_time(hours[-1])
        with_half = read_time(f"{first} {half[0]}")
        if ends is not None and with_half is not None and with_half < ends:
            first = f"{first} {half[0]}"
    return _as_read(first)


def hours_ahead(text: str) -> timedelta | None:
    """How long from now a plain text says, if it counts hours or minutes: "in half an hour", "1 h ago"."""
    match = _AHEAD.fullmatch(text)
    if match is None:
        return None
    said = match["n"].removesuffix(" of").strip()
    counted = {"a": 1.0, "an": 1.0, "half an": 0.5, "a couple": 2.0, "a few": 3.0}
    number = counted.get(said)
    if number is None:
        number = float(NUMBERS.index(said)) if said in NUMBERS else float(said.replace(",", "."))
    length = timedelta(hours=number) if match["unit"].startswith("h") else timedelta(minutes=number)
    more = timedelta(minutes=30) if match["half"] else timedelta(minutes=int(match["more"] or 0))
    return -(length + more) if match["ago"] else length + more


def perhaps_times(text: str) -> Iterator[PerhapsTime]:
    """The ways to take figures of a plain text, after a day or before it, for a time of day."""
    for form in (_AT_THE_END, _AT_THE_START):
        match = form.fullmatch(text)
        if match is None:
            continue
        clock = _clock(match["from"])
        if clock is not None and (match["to"] is None or _clock(match["to"]) is not None):
            opening = text[: match.end("from")] if match["to"] and form is _AT_THE_END else None
            yield PerhapsTime(clock, match["from"], match["rest"], opening)
    within = list(_WITHIN.finditer(text))
    clocks = [_clock(each["from"]) for each in within]
    if within and clocks[0] is not None and None not in clocks:
        yield PerhapsTime(clocks[0], within[0]["from"], _WITHIN.sub(r"\g<day>\g<more>", text), None)


def _clock(figures: str) -> time | None:
    clock = read_time(_as_read(figures))
    return None if clock is None or (figures.isdecimal() and clock.hour > _LAST_BARE_HOUR) else clock


def _as_read(words: str) -> str:
    """A time as ``times.read_time`` reads it: without seconds, and with the usual minutes in figures."""
    hour, _space, minutes = words.partition(" ")
    if minutes in _MINUTES:
        return f"{_MINUTES[minutes]} past {hour}"
    if words.startswith("lunch"):
        return "noon"
    return re.sub(r"(?<=:\d\d):\d\d\b", "", re.sub(r" ?ish$", "", words))
