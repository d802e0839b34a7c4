"""What somebody types on a line, or the title of a page says: role, employer, place and pay."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from followup_desktop.services.capture.posting_words import any_of
from followup_desktop.services.capture.postings.fields_of_work import is_city, is_field_of_work
from followup_desktop.services.capture.postings.guess import (
    EMPLOYER,
    LOCATION,
    ROLE,
    SALARY,
    Suggestion,
    whole,
)
from followup_desktop.services.capture.postings.lines import PostingLine
from followup_desktop.services.capture.postings.names import ends, is_known, is_name, is_place, is_role
from followup_desktop.services.capture.postings.page_words import has_company_form, is_noise, may_be_place
from followup_desktop.services.capture.salaries import is_salary

_SIGN = re.compile(r",\s+|\s+[-–—|·•]\s+")
_BEHIND = re.compile(r"^(?P<name>[^()]{2,60}?)\s+\((?P<place>[^()]{2,40})\)$")
_PAY = re.compile(r"[0-9]{2,3}(?:[.,][0-9])?\s?k\b\s?[€$£]?.{0,20}", re.IGNORECASE)
_REGION = re.compile(r"[A-Z]{2,3}(?: [0-9]{5})?")
_MOST_WORDS = 16


@cache
def _at_firm() -> re.Pattern[str]:
    return re.compile(
        rf"^(?P<role>.{{3,80}}?)\s*(?:@|\b(?:{any_of('at_firm')})\b)\s*(?P<rest>\S.*)$", re.IGNORECASE
    )


@cache
def _at_firm_or_place() -> re.Pattern[str]:
    """Where the word may be "at", as Spanish "en": it is one of a field or a town, too."""
    return re.compile(rf"^(?P<role>.{{3,60}}?)\s+(?:{any_of('at_firm_or_place')})\s+(?P<rest>[A-ZÀ-Þ0-9].*)$")


@cache
def _field() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of('fields_behind_at')})\b", re.IGNORECASE)


@cache
def _in_place() -> re.Pattern[str]:
    return re.compile(rf"^(?P<name>.{{2,60}}?)\s+(?:{any_of('places')})\s+(?P<place>[A-ZÀ-Þ].{{1,60}})$")


@cache
def _article() -> re.Pattern[str]:
    return re.compile(rf"^(?:{any_of('firm_articles')})", re.IGNORECASE)


@cache
def _elsewhere() -> re.Pattern[str]:
    return re.compile(any_of("elsewhere"), re.IGNORECASE)


def from_one_line(line: PostingLine) -> list[Suggestion]:
    """All that it says, if role and employer are plain; else nothing: "Nurse, St. Mary Hospital, Cork"."""
    if ends(line.text) or len(line.text.split()) > _MOST_WORDS:
        return []
    return _at(line) or _listed(_with_fields(line, _segments(line)))


def _at(line: PostingLine) -> list[Suggestion]:
    """ "Cook at Bolt - 30k", with the word that stands before an employer."""
    for pattern in (_at_firm(), _at_firm_or_place()):
        found = pattern.match(line.text)
        if found is None or not is_role(found["role"]):
            continue
        rest = _segments(PostingLine(found["rest"], line.start + found.start("rest")))
        role = PostingLine(found["role"], line.start)
        if pattern is _at_firm() or _is_employer(rest):
            return _suggestions(role, rest)
    return []


def _is_employer(rest: Sequence[PostingLine]) -> bool:
    """Whether it is an employer, and no field or town, that stands first behind such a word."""
    name = rest[0].text
    if _field().match(name):
        return False
    return is_known(name, name) or (
        len(rest) > 1 and all(_is_pay(each) or _is_place(each) for each in rest[1:])
    )


def _listed(parts: Sequence[PostingLine]) -> list[Suggestion]:
    """ "Nurse, St. Mary Hospital, Cork" or "Quartz - Senior Welder": one of the first two is a role."""
    roles = [number for number, each in enumerate(parts[:2]) if is_role(each.text)]
    if len(roles) != 1 or len(parts) < 2:
        return []
    role = parts[roles[0]]
    others = [each for each in parts if each is not role]
    if roles[0] == 0 and (_is_pay(others[0]) or _is_region(others[0])):
        return []  # "Cook, Berlin (remote)": of whom it isn't said
    if is_city(others[0].text):
        pay = [whole(each, SALARY) for each in others if _is_pay(each)]
        return [whole(role, ROLE), whole(others[0], LOCATION), *pay[:1]]
    return _suggestions(role, others)


def _suggestions(role: PostingLine, rest: Sequence[PostingLine]) -> list[Suggestion]:
    """The role and what stands behind it: the employer first, then place and pay."""
    name, places = _apart(rest[0])
    others = list(rest[1:])
    while others and has_company_form(others[0].text) and not _is_pay(others[0]):
        last = others.pop(0)  # "Baker, Hill & Partners"
        name = _joined(name, last)
    if not _can_employ(name.text):
        return []
    pay = [each for each in others if _is_pay(each)]
    places += [each for each in others if not _is_pay(each) and _is_place(each)]
    found = [whole(role, ROLE), whole(name, EMPLOYER)]
    if places:
        last = places[1] if len(places) > 1 and _REGION.fullmatch(places[1].text) else places[0]
        found.append(whole(_joined(places[0], last), LOCATION))
    if pay:
        found.append(whole(pay[0], SALARY))
    return found


def _apart(line: PostingLine) -> tuple[PostingLine, list[PostingLine]]:
    """The employer, and the place that stands with it: "Foo GmbH in Köln", "Parcel Co (Leeds)"."""
    found = _in_place().match(line.text) or _BEHIND.match(line.text)
    if found is None:
        return line, []
    place = PostingLine(found["place"], line.start + found.start("place"))
    return (PostingLine(found["name"], line.start), [place]) if _is_place(place) else (line, [])


def _can_employ(name: str) -> bool:
    bare = _article().sub("", name)
    return is_name(bare) or (has_company_form(bare) and len(bare) <= 60)


def _with_fields(line: PostingLine, parts: Sequence[PostingLine]) -> list[PostingLine]:
    """The parts, of which what only says what a role is about is of that: "Senior Engineer – Backend"."""
    found: list[PostingLine] = []
    for part in parts:
        if found and is_role(found[-1].text) and is_field_of_work(part.text):
            begin, end = found[-1].start - line.start, part.start - line.start + len(part.text)
            found[-1] = PostingLine(line.text[begin:end], found[-1].start)
        else:
            found.append(part)
    return found


def _joined(first: PostingLine, last: PostingLine) -> PostingLine:
    """The part of the line from one to the other; a comma and a blank are between them."""
    return first if last is first else PostingLine(f"{first.text}, {last.text}", first.start)


def _is_pay(line: PostingLine) -> bool:
    return is_salary(line.text) or _PAY.fullmatch(line.text) is not None


def _is_region(line: PostingLine) -> bool:
    return is_place(line) or _elsewhere().fullmatch(line.text) is not None


def _is_place(line: PostingLine) -> bool:
    return _is_region(line) or _REGION.fullmatch(line.text) is not None or may_be_place(line.text)


def _segments(line: PostingLine) -> list[PostingLine]:
    """What stands between commas, dashes and bars; without what says only how one works."""
    return [each for each in _pieces(line) if not is_noise(each.text) or _is_region(each)] or [line]


def _pieces(line: PostingLine) -> Iterator[PostingLine]:
    start = 0
    for found in (*_SIGN.finditer(line.text), None):
        end = found.start() if found is not None else len(line.text)
        if end > start:
            yield PostingLine(line.text[start:end], line.start + start)
        start = found.end() if found is not None else end
