"""What the text of a date means: its language, its time of day, and the phrase that is left."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, time
from functools import lru_cache, partial

from followup_desktop.services.capture.clock_words import (
    PerhapsTime,
    first_hour,
    impossible_time,
    perhaps_times,
    without_times,
)
from followup_desktop.services.capture.clocks import in_figures
from followup_desktop.services.capture.numeric_dates import nearest_year
from followup_desktop.services.capture.phrase_words import COUNT_WORDS, MONTH, NUMBER, UNIT, split_glued, tidy
from followup_desktop.services.capture.phrasebook import phrasebooks
from followup_desktop.services.capture.phrases import (
    Contradiction,
    DayConflict,
    FarYear,
    NoSuchDay,
    PhraseReader,
)
from followup_desktop.services.capture.spans import Direction, Span, Works, weekdays
from followup_desktop.services.capture.vocabulary import DateWriting, Translator, plain

_SHORT_YEAR = re.compile(r"(?<!\d)'(\d\d)(?!\w)")
_PLURAL = re.compile(r"\b(?:days|weeks|months|quarters|years)\b")
_COUNTED = re.compile(rf"(?:\b{NUMBER}|\b(?:{COUNT_WORDS})(?: of)?)[ -]?(?:[a-z]+[ -])?$")
_SOME = re.compile(
    r"\b(?:next|coming|following|upcoming) (?:few|several|some) (?:\w+ )?(?:days|weeks|months)\b"
)
_LENGTH = rf"(?:working |business )?(?:{UNIT}|wk|hr|mth|yr)s?"
_OPEN_LENGTH = re.compile(rf"^(?:[a-z]+ )?{_LENGTH}\b|(?<!next )(?<!this )(?<!coming )\b{_LENGTH}$")
_A_FEW_WEEKS = 20
"""In days; a day of the month that lies further off is seldom named without its month."""
_NOON = 12
"""As far as a clock of twelve hours goes: "Mon 9" is an hour more often than "Fri 13" is."""
_NAMED_MONTH = re.compile(rf"\b(?:{MONTH})\b")
_WORKING_HOURS = range(7, 20)

_SHORTEST_PHRASE = 3
"""German "so" and "do" are days, and English words half typed."""

_Wrong = Contradiction | NoSuchDay | DayConflict | FarYear


class VagueTime(Exception):
    """The words name no length of time: "in the coming weeks"."""


class DateOrTime(Exception):
    """Figures beside a day may be a date or a time of day, and both make sense."""

    def __init__(self, day: date, other: date, clock: time) -> None:
        super().__init__()
        self.day = day
        self.other = other
        self.clock = clock


@dataclass(frozen=True, slots=True)
class DateMeaning:
    """What a text means: its days, whether it names a time of day, and the words of its first hour.

    ``no_time`` are figures that stand for a time of day and can be none.
    """

    span: Span | None
    timed: bool = False
    clock: str = ""
    no_time: str = ""


class DateTexts:
    """Reads the texts of a field of this ``direction``, said ``today``; ``works`` says the working days."""

    def __init__(
        self, today: date, direction: Direction, writing: DateWriting, works: Works = weekdays
    ) -> None:
        self._today = today
        self._direction = direction
        self._writing = writing
        self._phrases = PhraseReader(today, direction, writing, works)
        self._known: dict[tuple[str, str | None, str], DateMeaning] = {}
        """What was read of words in plain English: most of a text is the same in every language's."""

    def read(self, text: str) -> DateMeaning:
        """What the text means, its time of day apart.

        It may be English, the language of the ``writing``, or one of the phrasebooks, whatever the language
        of the interface is. Raises ``Contradiction``, ``NoSuchDay``, ``DayConflict``, ``FarYear``,
        ``VagueTime`` and ``DateOrTime``.
        """
        said = in_figures(plain(_translator(self._writing).accented(text)))
        found = self._read(said.text, self._writing)
        bare = in_figures(plain(text)).text
        if found.span is None and len(bare) >= _SHORTEST_PHRASE:
            found = self._in_other_languages(bare) or found
        return replace(found, timed=True, clock="", no_time=said.no_time) if said.no_time else found

    def _in_other_languages(self, bare: str) -> DateMeaning | None:
        is_vague = False
        for book in phrasebooks():
            names = replace(self._writing, months=book.months, weekdays=book.weekdays)
            try:
                found = self._read(book.english(bare), names)
            except (
                VagueTime
            ):  # perhaps it has but a word of this language, as "semanas" is Portuguese as well
                is_vague = True
                continue
            if found.span is not None:
                return found
        if is_vague:
            raise VagueTime
        return None

    def _read(self, bare: str, names: DateWriting) -> DateMeaning:
        figures = self._figures(bare)
        if figures is not None:
            return DateMeaning(figures)
        translate = _translator(names).translate
        named = translate(_SHORT_YEAR.sub(lambda found: f" {nearest_year(int(found[1]), self._today)}", bare))
        if _is_vague(named):
            raise VagueTime
        words, timed, clock = without_times(named)
        apart = split_glued(words)
        words = translate(apart) if apart != named else words  # German "Do" counts once it stands alone
        no_time = impossible_time(named) if timed and not clock else ""
        said = (words, clock if timed else None, no_time)
        if said not in self._known:
            self._known[said] = self._meaning(*said)
        return self._known[said]

    def _meaning(self, words: str, clock: str | None, no_time: str) -> DateMeaning:
        if clock is None:
            return self._perhaps_with_time(words)
        return DateMeaning(self._with_time(words), timed=True, clock=clock, no_time=no_time)

    def _figures(self, words: str) -> Span | None:
        return self._phrases.read(words) if re.fullmatch(r"[\d./ -]+", words) else None

    def _phrase(self, words: str) -> Span | None:
        if (figures := self._figures(words)) is not None:
            return figures
        said = tidy(words)
        return self._phrases.read(said) if said else None

    def _with_time(self, words: str) -> Span | None:
        """The day on which a time of day lies: "before Friday at 5" is on that Friday."""
        if words.startswith("before "):
            found = self._phrase(words.removeprefix("before "))
            if found is not None and found.first == found.last:
                return found
        return self._phrase(words)

    def _perhaps_with_time(self, words: str) -> DateMeaning:
        found, wrong = _attempt(partial(self._phrase, words))
        for maybe in perhaps_times(words):
            if _OPEN_LENGTH.search(maybe.rest):
                continue  # "2 weeks from Friday" counts them, and "in 2 weeks 3" goes on
            on, also_wrong = _attempt(partial(self._with_time, maybe.rest))
            wrong = wrong or also_wrong
            if on is None or (on.first != on.last and " or " not in maybe.rest):
                continue
            if found is None and maybe.opening is not None:
                found = _attempt(partial(self._phrase, maybe.opening))[0]
            if found is not None and _NAMED_MONTH.search(words):
                return DateMeaning(found)
            if self._is_time(maybe, found, on, wrong):
                of_two_days = " or " in maybe.rest
                clock = "" if of_two_days else first_hour(maybe.figures)
                return DateMeaning(on, timed=True, clock=clock)
        if found is None and wrong is not None:
            raise wrong
        return DateMeaning(found)

    def _is_time(self, maybe: PerhapsTime, found: Span | None, on: Span, wrong: _Wrong | None) -> bool:
        """Whether the figures are a time of day on that day, and no date; refused where both make sense."""
        if maybe.has_sign or (maybe.has_minutes and not self._names_a_month(maybe.figures)):
            return True
        own = maybe.has_minutes and self._writing.separator == "."
        usual = maybe.clock.hour in _WORKING_HOURS and maybe.clock.minute % 5 == 0
        if found is None:
            slip = isinstance(wrong, Contradiction)
            is_usual = (usual and not own) if maybe.has_minutes else maybe.clock.hour <= _NOON
            return not slip or is_usual
        if found.day == on.day or (maybe.has_minutes and (own or not usual)):
            return False
        is_far = abs((found.day - self._today).days) > _A_FEW_WEEKS
        if is_far and not maybe.has_minutes and maybe.clock.hour <= _NOON:
            return True
        raise DateOrTime(found.day, on.day, maybe.clock)

    def _names_a_month(self, figures: str) -> bool:
        first, second = (int(part) for part in figures.split("."))
        return 1 <= (second if self._writing.day_first else first) <= 12


def _attempt(read: Callable[[], Span | None]) -> tuple[Span | None, _Wrong | None]:
    try:
        return read(), None
    except (Contradiction, NoSuchDay, DayConflict, FarYear) as wrong:
        return None, wrong


def _is_vague(text: str) -> bool:
    """Whether it names a number of days, weeks or months without saying how many."""
    plural = (_COUNTED.search(text[: found.start()]) is None for found in _PLURAL.finditer(text))
    return _SOME.search(text) is not None or any(plural)


@lru_cache(maxsize=16)
def _translator(writing: DateWriting) -> Translator:
    return Translator(writing)
