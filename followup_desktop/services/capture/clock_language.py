"""How one language says times of day: its file, ``resources/clocks/es.toml``, and what is read with it.

docs/translating.md tells what each entry of the file is for; nothing else names a language.
"""

from __future__ import annotations

import itertools
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, cached_property
from zoneinfo import available_timezones

from followup_desktop.services.capture.language_files import (
    NEVER,
    check_keys,
    compiled,
    filled,
    flag_at,
    one_of,
    rows_at,
    table_at,
    text_at,
    texts_at,
)
from followup_desktop.services.capture.phrasebook import all_of, phrasebooks
from followup_desktop.services.capture.vocabulary import ENGLISH_MONTHS, ENGLISH_WEEKDAYS, plain

_HOUR = 60
_NOON, _DAY = 12 * _HOUR, 24 * _HOUR
_LAST_HOUR = 24
_APART = r"(?<![\w.:/+-])"
_ENDS = r"(?!\w)(?![.:/]\d)(?!-\d+[-/.])"
_VALUE = re.compile(r"(?P<hour>H|\d\d?)(?P<more>(?:[+-](?:M|\d\d?))*)")
_BY_A_NUMBER = re.compile(r"(?:\(\?<[^)]*\))*<[HNW]>")
_WORD = re.compile(r"[\w']+|.")
_AFTERNOON_UNTIL = 7 * _HOUR
_LATEST_BESIDE_A_WEEKDAY = 19 * _HOUR
"""Later than this, "Monday from 20 to 23" are rather days of the month."""
_AS_FAR = 40
"""So many letters before a time are looked at for what says that it is one."""
_NOTHING_BEFORE = re.compile(r"(?:^|: ?)$")
_TODAY_OR_SO = frozenset({"today", "tomorrow", "day after tomorrow"})
_FIRST_MINUTE_IN_WORDS = 5
"""Of "10 heures un entretien" no one is a minute; "neun Uhr fünf" is."""
_WORDS = ("before", "at", "unit", "behind", "further", "counts", "goes_on", "lengths")
_PLACES = {place: place for place in ("<H>", "<M>", "<N>", "<W>", "<U>")}
_COUNTED = {"further": {"<F>": "<F>"}}
"""What may stand in forms and words; it is filled when all numbers are known."""

_BEHIND = frozenset({"am", "pm"})
"""Halves of the day that stand behind their hour only: German "am 23." is of the 23rd."""


class _Proof(StrEnum):
    """What makes a form a time: nothing more; a word or a day beside it; a word before it."""

    SURE = "sayings"
    BESIDE = "hours"
    LED = "figures"
    ALONE = "alone"


_IN_FILES = (_Proof.SURE, _Proof.BESIDE, _Proof.LED)
_ENTRIES = ("numbers", *_IN_FILES, *_WORDS, "ranges", "halves", "numbers_alone", "zones", "cities")


YOURS = "yours"
"""In place of the zones that an expression may mean: the one of whom it is written to."""


@dataclass(frozen=True, slots=True)
class SaidTime:
    """A time of day within a plain text: where it stands, and its words as ``times.read_time`` has them.

    ``words`` are empty where it is only half understood; ``own`` are those that stand there.
    """

    start: int
    end: int
    words: str
    own: str = ""


@dataclass(frozen=True, slots=True)
class SaidZoneRow:
    """An expression of a time zone, and all that it may mean; nothing where only that it is one is known.

    In small letters, what ``is_in_capitals`` is a word of some language: "est", "et", "ist". What
    ``is_place`` is no abbreviation, however short: "Oslo".
    """

    said: str
    zones: tuple[str, ...]
    is_in_capitals: bool = False
    is_place: bool = False


@dataclass(frozen=True, slots=True)
class _SpokenTime:
    """What was said: minutes after midnight, and what tells that it is a time.

    ``body`` is where it begins behind the words before it. ``is_open`` says that the half of the day is left
    open; ``half`` is its name.
    """

    start: int
    body: int
    end: int
    minutes: int | None
    proof: _Proof
    is_open: bool
    in_figures: bool
    is_written: bool
    is_led: bool
    half: str
    is_range: bool = False
    latest: int = 0

    @property
    def words(self) -> str:
        if self.minutes is None:
            return ""
        hour, minute = divmod(self.minutes, _HOUR)
        if not self.is_open:
            return f"{hour:02}:{minute:02}"
        hour = hour % 12 or 12
        if self.in_figures and minute:
            return f"{hour}:{minute:02}"
        return f"{minute} minutes past {hour}" if minute else f"{hour} oclock"


def read_language(text: str) -> ClockLanguage:
    """What a file holds; raises ``ValueError`` where something is wrong with it."""
    table = tomllib.loads(text)
    check_keys(table, _ENTRIES)
    numbers = [plain(names).split("|") for names in texts_at(table, "numbers")]
    if len(numbers) not in (0, _HOUR):
        raise ValueError(f"numbers needs the words for 0 to 59, and has {len(numbers)}")
    halves = table_at(table, "halves")
    language = ClockLanguage(
        numbers={name: number for number, names in enumerate(numbers) for name in names},
        forms=tuple(
            (filled(proof, form, _PLACES), value, proof)
            for proof in _IN_FILES
            for form, value in rows_at(table, proof, "['halb <H>', 'H-30']")
        ),
        words={name: filled(name, text_at(table, name), _COUNTED.get(name, {})) for name in _WORDS},
        ranges=tuple(
            (filled("ranges", begin, {}), filled("ranges", to, {}))
            for begin, to in rows_at(table, "ranges", "['^entre ', 'y']")
        ),
        halves={half: filled(half, text_at(halves, half), {}) for half in halves},
        takes_numbers_alone=flag_at(table, "numbers_alone"),
        zones=tuple(
            SaidZoneRow(filled("zones", said, {}), tuple(zones), is_in_capitals=said.isupper())
            for said, *zones in rows_at(table, "zones", "['mez', 'Etc/GMT-1', …]")
        )
        + tuple(
            SaidZoneRow(filled("cities", said, {}), tuple(zones), is_place=True)
            for said, *zones in rows_at(table, "cities", "['oslo', 'Europe/Oslo']")
        ),
    )
    language.check()
    return language


@dataclass(frozen=True)
class ClockLanguage:
    """Numbers by their words; forms of a time with what they mean and what proves them; words beside one."""

    numbers: Mapping[str, int]
    forms: tuple[tuple[str, str, _Proof], ...]
    words: Mapping[str, str]
    ranges: tuple[tuple[str, str], ...]
    halves: Mapping[str, str]
    takes_numbers_alone: bool
    zones: tuple[SaidZoneRow, ...]

    def check(self) -> None:
        """Raise ``ValueError`` for a pattern, a value or a half of the day that isn't one."""
        for form, value, proof in self.forms:
            if _VALUE.fullmatch(value) is None:
                raise ValueError(f"{proof}: the row {form!r}: {value!r} isn't like H-30")
            named = {name.upper() for name in compiled(proof, self._whole(form)).groupindex} & {"H", "M"}
            if missing := sorted(named ^ {part for part in "HM" if part in value}):
                where = "the expression" if missing[0] in value else "what it means"
                raise ValueError(f"{proof}: the row [{form!r}, {value!r}]: {where} has no {missing[0]}")
        for name, words in (*self.words.items(), *self.halves.items()):
            compiled(name, words)
        for each in itertools.chain(*self.ranges):
            compiled("ranges", each)
        for row in self.zones:
            compiled("zones", row.said)
        if unknown := sorted(self.halves.keys() - _HALVES.keys()):
            raise ValueError(f"there's no half of the day called {unknown[0]}")
        named = {zone for row in self.zones for zone in row.zones if row.zones != (YOURS,)}
        if unknown := sorted(named - available_timezones()):
            raise ValueError(f"there's no time zone called {unknown[0]}")
        try:
            self.alone("1")
            self.first("at 1", 0, strictly=True)
        except re.error as fault:
            raise ValueError(str(fault)) from fault

    def first(self, text: str, place: int, *, strictly: bool) -> SaidTime | None:
        """The first time in the plain text from a place on."""
        while (found := self._begins.search(text, place)) is not None:
            said = self._said_time(text, found.start(), strictly=strictly)
            if said is not None:
                return said
            word = _WORD.match(text, found.start())
            place = word.end() if word is not None else found.start() + 1
        return None

    def alone(self, text: str) -> str:
        """The words of a plain text that is nothing but a time; empty for any other."""
        told = self._time(text, 0)
        told = self._ranged(text, told) if told is not None else None
        return told.words if told is not None and told.end == len(text) else ""

    def _said_time(self, text: str, start: int, *, strictly: bool) -> SaidTime | None:
        told = self._time(text, start)
        if told is None:
            wrong = self._no_hour.match(text, start)
            return SaidTime(start, wrong.end(), "", wrong["figures"]) if wrong is not None else None
        told = self._ranged(text, told)
        if not self._is_proven(text, told, strictly=strictly) or self._counts(text, told):
            return None
        further = self._further.match(text, told.end)
        end = further.end() if further is not None else told.end
        is_half = further is not None or told.minutes is None or self._goes_before(text, told)
        return SaidTime(start, end, "" if is_half else told.words, text[told.body : end])

    # What is said at a place

    def _time(self, text: str, start: int) -> _SpokenTime | None:
        """The longest time that begins here with the words before and behind it, proven or not."""
        early = self._half_before.match(text, start)
        lead = self._lead.match(text, early.end() if early is not None else start)
        body = lead.end() if lead is not None else start
        best: _SpokenTime | None = None
        for form, value, proof in self._forms:
            found = form.match(text, body)
            if found is None or (best is not None and best.end >= found.end()):
                continue
            if found.groupdict().get("m") and self._month_behind.match(text, found.end("m")):
                continue  # "14 Uhr 15. Dezember"
            best = self._time_of(found, value, proof) or best
        if best is None:
            return None
        late = self._half_after.match(text, best.end)
        half = _half_of(late) or _half_of(early)
        is_led = lead is not None and bool(lead["at"])
        best = replace(best, start=start, end=late.end() if late is not None else best.end, is_led=is_led)
        return _with_half(best, half) if half else best

    def _time_of(self, found: re.Match[str], value: str, proof: _Proof) -> _SpokenTime | None:
        parts = found.groupdict()
        meant = _VALUE.fullmatch(value)
        assert meant is not None
        said, behind = parts.get("h"), parts.get("hm")
        if behind and meant["more"]:
            return None
        hour = self._number(said) if said and meant["hour"] == "H" else int(meant["hour"])
        if hour > _LAST_HOUR:
            return None
        minute = self._number(parts["m"]) if parts.get("m") else 0
        more = sum(
            (minute if each[1:] == "M" else int(each[1:])) * (-1 if each[0] == "-" else 1)
            for each in re.findall(r"[+-](?:M|\d+)", meant["more"])
        )
        total = hour * _HOUR + int(behind or 0) + more
        if minute >= _HOUR or total >= _DAY:
            return None
        is_open = said is not None and 1 <= hour <= _NOON // _HOUR and not said.startswith("0")
        is_written = bool(behind) and ":" in found[0]
        is_clock = not {"h", "m"} <= parts.keys() or self._is_digital(found)
        in_figures = is_clock and all((parts.get(part) or "0").isdecimal() for part in ("h", "m"))
        return _SpokenTime(
            start=found.start(),
            body=found.start(),
            end=found.end(),
            minutes=total % (_NOON if is_open else _DAY),
            proof=_Proof.SURE if is_written else proof,
            is_open=is_open,
            in_figures=in_figures and meant["more"] in {"", "+M"},
            is_written=is_written,
            is_led=False,
            half="",
        )

    def _is_digital(self, found: re.Match[str]) -> bool:
        """Whether hour and minute stand as on a display, with the unit at most between: "9 y 5" doesn't."""
        between = found[0][found.end("h") - found.start() : found.start("m") - found.start()]
        return found.start("h") < found.start("m") and self._between.fullmatch(between) is not None

    @cached_property
    def _between(self) -> re.Pattern[str]:
        return re.compile(rf"\W*(?:{self.words['unit'] or NEVER}|{self.words['behind'] or NEVER})?\W*")

    def _number(self, said: str) -> int:
        return int(said) if said.isdecimal() else self.numbers[said.replace("-", " ")]

    def _ranged(self, text: str, told: _SpokenTime) -> _SpokenTime:
        """The first time of two, from when until when, with the end of both; else the one time."""
        said = text[told.start : told.end]
        for begin, to in self._ranges:
            if begin is not None and begin.search(said) is None:
                continue
            between = to.match(text, told.end)
            then = self._time(text, between.end()) if between is not None else None
            if then is None or then.minutes is None or self._is_of_a_date(text, then):
                continue
            first = told
            if (
                told.is_open
                and not (told.half or then.half)
                and (told.minutes or 0) + _NOON < then.minutes
                and (told.minutes or 0) < _AFTERNOON_UNTIL
            ):  # "from 6 to 19" may begin in the morning or the evening
                first = replace(told, minutes=None)
            if then.half and not told.half and told.is_open:
                with_half = _with_half(told, then.half)
                early = with_half.minutes is not None and with_half.minutes < then.minutes
                first = with_half if early else replace(told, half=then.half)
            return replace(
                first,
                end=then.end,
                proof=min(told.proof, then.proof, key=list(_Proof).index),
                is_led=told.is_led or then.is_led,
                is_range=begin is not None,
                latest=max(told.minutes or 0, then.minutes),
            )
        return told

    # Whether it is one

    def _is_proven(self, text: str, told: _SpokenTime, *, strictly: bool) -> bool:
        if told.proof is _Proof.SURE or told.half:
            return True
        if told.is_led and (told.proof is not _Proof.ALONE or self.takes_numbers_alone):
            return True
        if told.proof is _Proof.BESIDE and (
            not strictly or _NOTHING_BEFORE.search(_before(text, told.start))
        ):
            return True
        if told.proof is _Proof.BESIDE or told.is_range:
            return self._is_beside_a_day(text, told)
        return False

    @staticmethod
    def _is_beside_a_day(text: str, told: _SpokenTime) -> bool:
        before = _day_before().search(_before(text, told.start))
        if before is not None:
            return (
                told.proof is not _Proof.ALONE
                or before["weekday"] is None
                or told.latest <= _LATEST_BESIDE_A_WEEKDAY
            )
        return _day_after().match(text, told.end) is not None

    def _counts(self, text: str, told: _SpokenTime) -> bool:
        """Whether it is a length of time, a number that counts something, or a day."""
        if told.is_written or told.half:
            return False
        if told.is_range:
            return (
                told.proof is not _Proof.SURE and self._lengths.search(_before(text, told.start)) is not None
            )
        if not told.is_led and self._lengths.search(_before(text, told.body)) is not None:
            return True
        return self._is_of_a_date(text, told) or (
            told.proof is _Proof.ALONE
            and not told.in_figures
            and self._goes_on.match(text, told.end) is None
            and _day_after().match(text, told.end) is None
        )

    def _is_of_a_date(self, text: str, told: _SpokenTime) -> bool:
        """Whether what follows makes a date or a length of time of its number."""
        if self._counted.match(text, told.end) is not None:
            return True
        return (
            told.proof in {_Proof.ALONE, _Proof.LED} and self._month_behind.match(text, told.end) is not None
        )

    def _goes_before(self, text: str, told: _SpokenTime) -> bool:
        """Whether a number in words stands right before it, of which it was a part."""
        if told.body != told.start or text[told.start].isdecimal():
            return False
        return self._number_before.search(_before(text, told.start)) is not None

    # Its expressions

    def _any(self, numbers: Iterable[int]) -> str:
        allowed = set(numbers)
        names = [name for name, number in self.numbers.items() if number in allowed]
        longest_first = sorted(names, key=len, reverse=True)
        return "|".join(re.escape(name).replace(r"\ ", "[ -]") for name in longest_first) or NEVER

    def _whole(self, form: str) -> str:
        """A form with its places filled, as docs/translating.md tells them."""
        hour = self._any(range(_LAST_HOUR + 1))
        minute = self._any((0, *range(_FIRST_MINUTE_IN_WORDS, _HOUR)))
        places = {
            "<H>": rf"(?P<h>\d{{1,2}}|{hour})(?:(?<=\d)[:.](?P<hm>[0-5]\d))?(?!\d)",
            "<M>": rf"(?P<m>[0-5]\d(?!\.\s?\w)|{minute})",
            "<N>": rf"(?P<m>\d{{1,2}}|{self._any(range(_HOUR))})",
            "<W>": rf"(?P<m>5|10|20|25|{self._any(range(_FIRST_MINUTE_IN_WORDS, _HOUR, 5))})",
            "<U>": rf"(?:{self.words['unit'] or NEVER})",
        }
        return re.sub(r"<[A-Z]>", lambda place: places.get(place[0], place[0]), form)

    @cached_property
    def _forms(self) -> tuple[tuple[re.Pattern[str], str, _Proof], ...]:
        forms = (*((form, value, proof) for form, value, proof in self.forms), ("<H>", "H", _Proof.ALONE))
        return tuple(
            (re.compile(f"{self._whole(form)}{self._ends}"), value, proof) for form, value, proof in forms
        )

    @property
    def _ends(self) -> str:
        return rf"(?:(?=(?:{_without_names(self._half)})(?!\w))|{_ENDS})"

    @cached_property
    def _begins(self) -> re.Pattern[str]:
        """Where a time can begin."""
        forms = (form for form, _value, _proof in self.forms if _BY_A_NUMBER.match(form) is None)
        words = (_without_names(self._whole(form)) for form in forms)
        half, lead = (_without_names(each.pattern) for each in (self._half_before, self._lead))
        number = rf"(?:\d{{1,2}}(?!\d)|(?:{self._any(range(_HOUR))})\b)"
        return re.compile(f"{_APART}(?:{half})?{lead}(?:{'|'.join((number, *words))})")

    @cached_property
    def _lead(self) -> re.Pattern[str]:
        before, at = (self.words[name] or NEVER for name in ("before", "at"))
        return re.compile(rf"(?:(?:{before})(?: |(?<=@)))*(?P<at>(?:(?:{at})(?: |(?<=@)))*)")

    @cached_property
    def _half(self) -> str:
        return "|".join(f"(?P<{half}>{said})" for half, said in self.halves.items()) or NEVER

    @cached_property
    def _half_before(self) -> re.Pattern[str]:
        halves = (f"(?P<{half}>{said})" for half, said in self.halves.items() if half not in _BEHIND)
        return re.compile(rf"(?:{'|'.join(halves) or NEVER}),? ")

    @cached_property
    def _half_after(self) -> re.Pattern[str]:
        behind = self.words["behind"] or NEVER
        return re.compile(rf"(?: ?(?:{behind})\b)*(?:,? ?(?:{self._half})(?!\w)\.?)?")

    @cached_property
    def _ranges(self) -> tuple[tuple[re.Pattern[str] | None, re.Pattern[str]], ...]:
        return tuple(
            (re.compile(begin) if begin else None, re.compile(rf" ?(?:{to}) ?")) for begin, to in self.ranges
        )

    @cached_property
    def _further(self) -> re.Pattern[str]:
        """What goes on with a time, beyond what was understood."""
        number = rf"(?:{self._any((0, *range(2, _HOUR)))}|\d{{1,2}}(?![/:-]|\.\s?\d))(?!\w)"
        number += rf"(?!{_month_after()})(?!{self._count})(?! ?(?:{self.words['unit'] or NEVER})\b)"
        further = (self.words["further"] or NEVER).replace("<F>", number)
        return re.compile(rf"[ -](?:(?:{further})(?!\w)|{number})")

    @cached_property
    def _no_hour(self) -> re.Pattern[str]:
        before, at, behind, unit = (self.words[name] or NEVER for name in ("before", "at", "behind", "unit"))
        hours = f"(?: ?(?:{unit}|{behind})\\b){'?' if self.takes_numbers_alone else ''}"
        return re.compile(
            rf"(?:(?:{before}) )*(?:{at}) (?P<figures>2[4-9]|[3-9]\d){hours}{_ENDS}"
            rf"(?!{_month_after()})(?!{self._count})"
        )

    @cached_property
    def _month_behind(self) -> re.Pattern[str]:
        return re.compile(_month_after())

    @property
    def _count(self) -> str:
        return rf" ?(?:[%€$£]|(?:{self.words['counts'] or NEVER}))"

    @cached_property
    def _counted(self) -> re.Pattern[str]:
        return re.compile(self._count)

    @cached_property
    def _goes_on(self) -> re.Pattern[str]:
        words = self.words["goes_on"] or NEVER
        return re.compile(rf" ?(?:$|[,.;:!?()]|- )|,? (?:\d|(?:{words})\b)")

    @cached_property
    def _lengths(self) -> re.Pattern[str]:
        return re.compile(rf"\b(?:{self.words['lengths'] or NEVER}) $")

    @cached_property
    def _number_before(self) -> re.Pattern[str]:
        return re.compile(rf"\b(?:{self._any(range(2, _HOUR))})[ -]$")


def _before(text: str, place: int) -> str:
    return text[max(0, place - _AS_FAR) : place]


def _without_names(pattern: str) -> str:
    return re.sub(r"\?P<\w+>", "?:", pattern)


def _half_of(found: re.Match[str] | None) -> str:
    return next((half for half, said in found.groupdict().items() if said), "") if found is not None else ""


def _with_half(told: _SpokenTime, half: str) -> _SpokenTime:
    """The time in that half of the day; no time where the two don't go together."""
    if told.minutes is None:
        return told
    twelve, since, until = _HALVES[half]
    base = told.minutes % _NOON
    minutes: int | None
    if told.minutes >= _NOON + _HOUR:
        minutes = told.minutes if since <= base < until and half != "pm" else None
    elif told.minutes < _HOUR and not told.is_open:
        minutes = told.minutes if twelve == 0 or half == "morning" else None
    elif base < _HOUR:
        minutes = None if twelve is None else twelve + base
    else:
        minutes = base + (_NOON if since <= base < until else 0)
    return replace(told, minutes=minutes, is_open=False, half=half)


_HALVES: dict[str, tuple[int | None, int, int]] = {
    "am": (0, 0, 0),
    "pm": (_NOON, 0, _NOON),
    "morning": (_NOON, 0, 0),
    "noon": (_NOON, 0, 10 * _HOUR),
    "afternoon": (_NOON, 0, _NOON),
    "evening": (None, 0, _NOON),
    "night": (0, 6 * _HOUR, _NOON),
}
"""The halves of the day: when twelve o'clock is there, and from which hour until which one is after noon.

"Twelve in the evening" is of no day that could be told.
"""


def _alternatives(names: Iterable[str]) -> str:
    return "|".join(sorted({re.escape(plain(name).rstrip(".")) for name in names}, key=len, reverse=True))


@cache
def _months() -> str:
    tables = (ENGLISH_MONTHS, *(book.months for book in phrasebooks()))
    return _alternatives(name for months in tables for names in months for name in names)


@cache
def _weekdays() -> str:
    """The days of the week, and today and tomorrow, in all languages."""
    tables = (ENGLISH_WEEKDAYS, *(book.weekdays for book in phrasebooks()))
    words = {word for book in phrasebooks() for word, said in book.words.items() if said in _TODAY_OR_SO}
    names = (name for days in tables for names in days for name in names)
    said = (each for book in phrasebooks() for each in book.lists.get("said_days", ()))
    return _alternatives((*names, *words, *_TODAY_OR_SO, *said))


def _month_after() -> str:
    before = "|".join((*all_of("before_months", "of"), *all_of("before_days")))
    return rf"\.? ?(?:(?:{before}) )?(?:{_months()})\b"


@cache
def _day_before() -> re.Pattern[str]:
    figures = r"\b(?:20\d\d|\d{1,2}[./-]\d{1,2}[./-]?(?:\d{2,4})?|"
    figures += rf"\d{{1,2}}(?:{_ordinals()}|\.)|(?:{'|'.join(all_of('before_days', 'the'))}) \d{{1,2}})"
    return re.compile(
        rf"(?:\b(?P<weekday>{_weekdays()})\.?|\b(?:{_months()})\.?|{figures})(?:[,:]? ?[(-]?) ?$"
    )


@cache
def _day_after() -> re.Pattern[str]:
    figures = rf"\d{{1,2}}(?:{_ordinals()}|\.)|\d{{1,2}}[./-]\d{{1,2}}"
    before = "|".join(all_of("before_days", "on", "the", "this", "next"))
    of = one_of(all_of("before_months"))
    return re.compile(
        rf",? ?(?:(?:{before}) )*(?:(?:{_weekdays()})\b|{figures}|\d{{1,2}} (?:(?:{of}) )?(?:{_months()})\b)"
    )


def _ordinals() -> str:
    return "|".join(all_of("ordinals", "st", "nd", "rd", "th"))
