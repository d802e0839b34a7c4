"""What a posting states by name: "Company: …", a heading with its value below, its pay, its last day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import chain, pairwise

from followup_desktop import i18n
from followup_desktop.i18n import _
from followup_desktop.services.capture.posting_words import any_of, words_of
from followup_desktop.services.capture.postings.closing_dates import (
    DoubtfulDate,
    find_dates,
    find_doubtful_dates,
)
from followup_desktop.services.capture.postings.guess import (
    CLOSES_ON,
    EMPLOYER,
    LOCATION,
    ROLE,
    SALARY,
    Doubt,
    Suggestion,
    Trust,
    values_of,
    whole,
)
from followup_desktop.services.capture.postings.lines import PostingLine
from followup_desktop.services.capture.postings.names import is_name
from followup_desktop.services.capture.postings.page_words import may_be_place, names_place
from followup_desktop.services.capture.salaries import find_salaries, is_salary


@cache
def _labelled() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """What a label says is behind it, by the field."""
    names = ((EMPLOYER, "employer_labels"), (ROLE, "role_labels"), (LOCATION, "place_labels"))
    return tuple((field, _before_colon(name, "value")) for field, name in names)


@cache
def _house() -> re.Pattern[str]:
    """What an employer is, in the place of that word: "School: Oakwood Academy"."""
    return _before_colon("houses", "employer")


def _before_colon(name: str, value: str) -> re.Pattern[str]:
    return re.compile(rf"^\W{{0,4}}(?:{any_of(name)})\s?[:：]\s*(?P<{value}>\S.*)$", re.IGNORECASE)


_COLON = re.compile(r":(?:\s|$)")


def from_labels(lines: Iterable[PostingLine]) -> Iterator[Suggestion]:
    for line in lines:
        for field, pattern in _labelled():
            for part in _columns(line):
                if found := pattern.match(part.text):
                    yield from values_of(part, found, {"value": field}, Trust.STATED)
        house = _house().match(line.text)
        if house is not None and is_name(house["employer"]):
            yield from values_of(line, house, {"employer": EMPLOYER}, Trust.STATED)


def _columns(line: PostingLine) -> Iterator[PostingLine]:
    """The line, or its parts where several facts stand beside one another with a gap between."""
    starts = [0, *(found.end() for found in _GAP.finditer(line.text)), len(line.text)]
    for start, end in pairwise(starts):
        yield PostingLine(line.text[start:end].strip(), line.start + start)


_GAP = re.compile(r"(?:\s{2,}|\t)(?=\w[\w ]{1,30}:\s)")


@cache
def _headings() -> Mapping[str, re.Pattern[str]]:
    names = ((EMPLOYER, "employer_headings"), (LOCATION, "place_headings"), (SALARY, "pay_headings"))
    return {field: re.compile(any_of(name), re.IGNORECASE) for field, name in names}


def from_headings(lines: list[PostingLine]) -> Iterator[Suggestion]:
    """What stands on the line below "Location" or "Salary", if it can be that."""
    for line, below in pairwise(lines):
        for field, heading in _headings().items():
            if heading.fullmatch(line.text) is None:
                continue
            if field == EMPLOYER and is_name(below.text) and not is_label(below):
                yield replace(whole(below, EMPLOYER), trust=Trust.STATED)
            if field == LOCATION and (names_place(below.text) or may_be_place(below.text)):
                yield replace(whole(below, LOCATION), trust=Trust.STATED)
            if field == SALARY and is_salary(below.text):
                found = next(find_salaries(below.text), None)
                end = below.start + (found.end if found is not None else len(below.text))
                value = found.text if found is not None else below.text
                yield Suggestion(field=SALARY, value=value, trust=Trust.GUESS, start=below.start, end=end)


def from_dates(lines: Sequence[PostingLine], today: date) -> Iterator[Suggestion | Doubt]:
    """The date of a line that speaks of closing, if it has but one that is not over; else why it is none."""
    for line in _with_dates(lines):
        if not (
            closing := words_of("closing").search(line.text) or (len(lines) == 1 and _until(line.text, today))
        ):
            continue
        if _until_alone().fullmatch(closing[0]) and _for_a_while().search(line.text):
            continue
        start = line.start + closing.start()
        sure = [each for each in find_dates(line.text, today) if each.start >= closing.start()]
        days = list(dict.fromkeys(each.day for each in sure))
        if len(days) == 1 and days[0] >= today:
            trust = Trust.STATED if sure[0].has_year else Trust.GUESS
            end = line.start + sure[0].end
            yield Suggestion(field=CLOSES_ON, value=days[0], trust=trust, start=start, end=end)
            continue
        doubtful = [each for each in find_doubtful_dates(line.text, today) if each.start >= closing.start()]
        if len(days) > 1:
            end = line.start + max(each.end for each in sure)
            yield Doubt(CLOSES_ON, _two_dates(days[0], days[1]))
        elif days:
            yield Doubt(CLOSES_ON, _over(days[0]))
            continue
        elif doubtful:
            days, end = list(doubtful[0].days), line.start + doubtful[0].end
            yield Doubt(CLOSES_ON, _doubt(doubtful[0]))
        for day in (each for each in days if each >= today):
            yield Suggestion(field=CLOSES_ON, value=day, trust=Trust.POSSIBLE, start=start, end=end)


@cache
def _until_day() -> re.Pattern[str]:
    return re.compile(
        rf"(?:[,;]|\s[-–—|·•(])\s*(?:{any_of('until')})\s(?=[^,;|]*[0-9])[^,;|]{{3,40}}$", re.IGNORECASE
    )


@cache
def _until_alone() -> re.Pattern[str]:
    return re.compile(any_of("until"), re.IGNORECASE)


@cache
def _for_a_while() -> re.Pattern[str]:
    """What is so ends on the day of which it says "until"."""
    return re.compile(any_of("for_a_while"), re.IGNORECASE)


def _until(text: str, today: date) -> re.Match[str] | None:
    """The end of what somebody types on a line: "Kellner bei Gasthof Adler in Ulm, bis 15.12."."""
    found = None if _for_a_while().search(text) else _until_day().search(text)
    is_day = found is not None and any(
        chain(find_dates(found[0], today), find_doubtful_dates(found[0], today))
    )
    return found if is_day else None


def without_until(line: PostingLine, today: date) -> PostingLine:
    """The line without the day at its end until which one can apply."""
    found = _until(line.text, today)
    return PostingLine(line.text[: found.start()], line.start) if found is not None else line


def _two_dates(day: date, other: date) -> str:
    return _("The posting names two closing dates, {date} and {other}.").format(
        date=i18n.format_full_date(day), other=i18n.format_full_date(other)
    )


def _over(day: date) -> str:
    return _("The posting says it closed on {date}.").format(date=i18n.format_full_date(day))


def _doubt(found: DoubtfulDate) -> str:
    if not found.days:
        return _("The posting says “{text}”, but there's no such day.").format(text=found.text)
    if len(found.days) == 1:
        return _("The posting says “{text}”, but that's a {weekday}.").format(
            text=found.text, weekday=i18n.weekday_name(found.days[0].weekday())
        )
    date_, other = map(i18n.format_full_date, found.days)
    return _("The posting says “{text}”, which could be {date} or {other}.").format(
        text=found.text, date=date_, other=other
    )


def _with_dates(lines: Iterable[PostingLine]) -> Iterator[PostingLine]:
    """The lines, and each that is no more than "Closing date" together with the line below it."""
    before: PostingLine | None = None
    for line in lines:
        yield line
        if before is not None and words_of("closing").fullmatch(before.text.strip(" :")) is not None:
            gap = line.start - before.start - len(before.text)
            yield PostingLine(f"{before.text}{' ' * gap}{line.text}", before.start)
        before = line


def from_salaries(lines: Iterable[PostingLine]) -> Iterator[Suggestion]:
    for line in lines:
        for each in find_salaries(line.text):
            trust = Trust.STATED if each.is_named else Trust.GUESS
            start, end = line.start + each.start, line.start + each.end
            yield Suggestion(field=SALARY, value=each.text, trust=trust, start=start, end=end)


def is_heading(text: str) -> bool:
    """Whether it is no value but the heading of one."""
    return any(each.fullmatch(text) for each in _headings().values())


def is_label(line: PostingLine) -> bool:
    """Whether a line is one of a list of facts: a heading by itself, or with its value behind a colon."""
    return _COLON.search(line.text) is not None or is_heading(line.text)
