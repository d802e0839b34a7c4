"""The few words to which every way to say a date comes down, before its phrase is read."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from followup_desktop.services.capture.vocabulary import MONTHS, WEEKDAYS, Meant, expanded

WD = "|".join(WEEKDAYS)
MONTH = "|".join(MONTHS)
NUMBER = r"\d{1,3}(?:\.5)?"
UNIT = r"working day|hour|minute|day|week|fortnight|month|quarter|year"
NTH = r"\d(?:st|nd|rd|th)|last"

_UNITS = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
          "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
          "nineteen")  # fmt: skip
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "ninety": 90}
_ORDINALS = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
             "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth",
             "seventeenth", "eighteenth", "nineteenth", "twentieth")  # fmt: skip
_COUNTS = {word: n for n, word in enumerate(_UNITS) if word} | _TENS | {
    "zero": 0, "couple": 2, "few": 3, "several": 3,
}  # fmt: skip

COUNT_WORDS = "|".join((*_COUNTS, "half", "an?"))
_GLUED = re.compile(r"(?<=\d)(?!(?:st|nd|rd|th)\b)(?=[a-z])|(?<=[a-z])(?=\d)")
_WHOLE_FIGURES = re.compile(r"(?<![\w.])\d{1,4}([-./])\d{1,2}\1\d{1,4}(?!\w)")

_Rows = tuple[tuple[str, Meant], ...]
"""Patterns, and what stands in their place."""

_SAME: _Rows = (
    (r"'s\b|(?<=s)'(?!\w)", ""),
    (r"\bthis (?:morning|afternoon|evening)\b|\btonight\b", "today"),
    (r"\blast night\b", "yesterday"),
    (r"\bfirst thing (?=next week|week)", "start of "),
    (r"\bw/c\b", "week commencing"),
    (r"\bw/e\b", "week ending"),
    (r"\bweek (?:beginning|starting|commencing)\b", "week of"),
    (rf"\bweek ending (?:on )?(?={WD}$)", ""),
    (r"\bweek (?:ending|ended)(?: on)?\b", "week ending"),
    (r"\bweek ending (?:the )?(\d{1,2})$", r"week ending \1th"),
    (r"\b(week|month|quarter|year) end\b(?! of)", r"end of \1"),
    (r"&", " and "),
    (r"\be\.?o\.?w\b", "end of week"),
    (r"\be\.?o\.?m\b", "end of month"),
    (r"\be\.?o\.?q\b", "end of quarter"),
    (r"\be\.?o\.?y\b", "end of year"),
    (r"\b(?:end|close) of (?:the )?(?:business|play|work|working|office)(?: (?:day|hours))?\b", " cob "),
    (r"\b(?:e\.?o\.?d|c\.?o\.?b|e\.?o\.?b|c\.?o\.?p|e\.?o\.?p)\b", " cob "),
    (r"\bend of (?:the |this )?day\b", " cob "),
    (r"\b(?:tmrw|tmr|tomorow|tommorow|tommorrow)\b", "tomorrow"),
    (r"\bx-?mas\b", "christmas"),
    (r"\bnew years?\b(?:'s)?(?: day)?(?! eve)", "new year"),
    (r"\bnew years? eve\b", "new year eve"),
    (r"\bholiday (?:season|period)\b|\bfestive (?:season|period)\b", "holidays"),
    (r"\bmid-?week\b", "mid week"),
    (r"\bweek-?ends?\b", "weekend"),
    (r"\bin (?:the )?new year\b", "early next year"),
    (r"\bearly (?=early )", ""),
    (r"\blast (week|day|working day) of (?:the |this )?year\b", r"last \1 of dec"),
    (r"\b(?:the )?day after$", "day after tomorrow"),
    (r"\bnot (?:before|until|till)\b", "from"),
    (r"(?<=\d) ?- ?(?=\d)|(?<=\dst) ?- ?|(?<=\dnd) ?- ?|(?<=\drd) ?- ?|(?<=\dth) ?- ?", " to "),
    (rf"\b({WD}) ?- ?(?={WD})|\b({MONTH}) ?- ?(?={MONTH})", r"\1\2 to "),
    (r" - ", " to "),
    (r"\b(?:through|thru|till|til|up to)\b", " until "),
    (r"-", " "),
    (r"(?<=[a-z]) ?/ ?(?=[a-z])|(?<=\d(?:st|nd|rd|th)) ?/ ?(?=\d)", " or "),
    (r"(?<=\d)/(?=[a-z])|(?<=[a-z])/(?=\d)", " "),
    (r"[,;:!?()\"“”„«»…@~*_]", " "),
    (r"\.(?!\d)|(?<!\d)\.", ""),
    (r"'", ""),
)
_ALIKE: _Rows = (
    (r"\b(?:wks?|w)\b", "week"),
    (r"\b(?:mths?|mos?)\b", "month"),
    (r"\b(?:hrs?|h)\b", "hour"),
    (r"\b(?:mins?)\b", "minute"),
    (r"\b(?:yrs?)\b", "year"),
    (r"(?<=\d )d\b", "day"),
    (r"\b(?:working|business|work|bank|office) ?days?\b|\bweek ?days?\b|\bbd\b", "working day"),
    (r"\b(hour|minute|day|week|fortnight|month|quarter|year)s\b", r"\1"),
    (r"\b(?:middle|mid)(?: of)?\b", "mid"),
    (r"\b(?:start|beginning|begin)(?: of)?\b", "start"),
    (r"\b(?:(?:very )?end|close)(?: of)?\b", "end"),
    (r"\blater (?=this|next|in|on|today|week|month)", "late "),
    (r"\bearlier (?=this|next|in|on|week|month)", "early "),
    (r"\b(early|late)(?: in| on)?\b", r"\1"),
    (r"\bupcoming\b|\bforthcoming\b|\bfollowing\b", "coming"),
    (r"\bprevious\b|\bpast\b", "last"),
    (r"\b(?:no|not) later than\b", "by"),
    (r"\bprior to\b|\bahead of\b", "before"),
    (r"\bnext working day\b", "in 1 working day"),
    (r"\bwithin (?:the |this )?week\b", "end week"),
    (r"\bfrom (?:today|now|this moment)\b|\bhence\b", "from today"),
)
_FILLERS = re.compile(
    r"\b(?:get|come|be|hear|write|report|go) back(?: to)?(?: me| us| you)?\b|"
    r"\b(?:they|i|we|you|he|she) (?:may|might|can|could|want to|need to|hope to|plan to|expect to|aim to)\b|"
    r"\bfrom (?:them|us|you|him|her)\b|\bat (?:the )?(?:very )?latest\b|\bor so\b|\blet (?:me|us) know\b|"
    r"\b(?:the|they|he|she|theyll|theyd|will|would|said|say|says|told|let|us|me|you|your|know|get|be|been|hear|"
    r"answer|reply|respond|decide|decision|made|back|i|we|well|ill|should|shall|call|write|at|latest|about|"
    r"around|roughly|approximately|approx|circa|ca|c|maybe|max|maximum|minimum|calendar|probably|hopefully|perhaps|likely|some|sometime|"
    r"time|it|is|its|that|for|and then|there|please|due|closes|expires|cob|morning|afternoon|evening|night|"
    r"first thing|anytime|any|most|exactly|date|deadline)\b"
)


_EVERY_TEN, _EVERY_ONE, _EVERY_FIRST = "|".join(_TENS), "|".join(_UNITS[1:10]), "|".join(_ORDINALS[1:10])
_SPELLED: _Rows = (
    (
        rf"\b({_EVERY_TEN}) ({_EVERY_FIRST})\b",
        lambda found: _nth(_TENS[found[1]] + _ORDINALS.index(found[2])),
    ),
    (rf"\b({_EVERY_TEN}) ({_EVERY_ONE})\b", lambda found: str(_TENS[found[1]] + _UNITS.index(found[2]))),
    (r"\bthirtieth\b", "30th"),
    (rf"\b({'|'.join(_ORDINALS[1:])})\b(?! thing)", lambda found: _nth(_ORDINALS.index(found[1]))),
    (r"\b(?:an?|the) (?=couple|few|half)", ""),
    (rf"\b({'|'.join(_COUNTS)})(?: of)?\b", lambda found: str(_COUNTS[found[1]])),
    (r"\b(\d{1,2}) and (?:an? )?half\b", r"\1.5"),
    (rf"\bhalf (?:an? )?(?=(?:{UNIT}))", "0.5 "),
    (rf"\b(?:an?) (?=(?:{UNIT}|wk|hr|mth|yr|business|weekday))", "1 "),
    (rf"\b(\d{{1,2}}) ({UNIT})s? and (?:an? )?half\b", r"\1.5 \2"),
    (r"\ban?\b", " "),
)
"""Numbers in figures: "a week and a half" is "1.5 week", "the twenty-third" is "23rd"."""
_NEEDLESS: _Rows = (
    (r"\bin (?=(?:\d|by|until|end|start|mid|early|late)\b)(?!\d)", ""),
    (r"(?<!week )(?<!fortnight )\bon\b", ""),
)


def split_glued(text: str) -> str:
    """The plain text with spaces between figures and words: "14oct" is "14 oct"."""
    return _GLUED.sub(" ", text)


@lru_cache(maxsize=1024)
def tidy(text: str) -> str:
    """The plain text, without its times of day, in the few words that the phrases are made of.

    Kept, for a text is read by the phrasebook of each language, and a mail's words from many places.
    """
    bare = _WHOLE_FIGURES.sub(lambda found: found[0].replace("-", "¦"), text)
    bare = _put(_ALIKE, _put(_SPELLED, " ".join(_put(_SAME, bare).split())))
    is_today = "cob" in bare.split()
    words = " ".join(_FILLERS.sub(" ", bare).split())
    words = _put(_NEEDLESS, words)
    words = " ".join(words.replace("¦", "-").split())
    if is_today and words in {"", "by", "before", "until", "of"}:
        words = "today"
    return words


def _put(rows: _Rows, text: str) -> str:
    for pattern, meant in _compiled(rows):
        text = pattern.sub(meant, text)
    return text


@cache
def _compiled(rows: _Rows) -> tuple[tuple[re.Pattern[str], Meant], ...]:
    """By hand, as ``re`` keeps no more than 512 patterns, and looks each up at a third of its price."""
    return tuple(
        (re.compile(pattern), expanded(meant) if isinstance(meant, str) else meant) for pattern, meant in rows
    )


def _nth(number: int) -> str:
    ending = "th" if number in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
