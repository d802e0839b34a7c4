"""What the first lines of a posting say: the role, and employer and place around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise

from followup_desktop.services.capture.addresses import split_address
from followup_desktop.services.capture.posting_words import any_of
from followup_desktop.services.capture.postings.boards import SOURCE_NAMES
from followup_desktop.services.capture.postings.fields_of_work import is_city, is_department, is_field_of_work
from followup_desktop.services.capture.postings.guess import (
    BY_NAME,
    EMPLOYER,
    LOCATION,
    ROLE,
    Suggestion,
    Trust,
    values_of,
    whole,
)
from followup_desktop.services.capture.postings.lines import PostingLine, parts_of
from followup_desktop.services.capture.postings.names import (
    ends,
    is_known,
    is_name,
    is_place,
    is_role,
    nobody,
)
from followup_desktop.services.capture.postings.one_line import from_one_line
from followup_desktop.services.capture.postings.page_words import (
    has_company_form,
    is_noise,
    may_be_place,
)
from followup_desktop.services.capture.postings.stated import is_label
from followup_desktop.services.capture.roles import FOR_ALL
from followup_desktop.services.capture.salaries import is_salary

_BOARD_NAMES = "|".join((r"Indeed\.\w+", *map(re.escape, SOURCE_NAMES)))


@cache
def _page_ending() -> re.Pattern[str]:
    """What a page of postings calls itself, at the end of its title."""
    pages = any_of("pages")
    return re.compile(rf"(?:\s*[|–—-]\s*(?:(?:{_BOARD_NAMES})[^|]{{0,20}}|{pages}))+$", re.IGNORECASE)


@cache
def _at_page() -> re.Pattern[str]:
    return re.compile(
        rf"^(?P<role>[^|@]{{3,80}}?)\s+[|–—-]\s+(?:{any_of('pages')})\s(?:{any_of('at_firm')})\s"
        r"(?P<employer>[^|@]{2,60})$",
        re.IGNORECASE,
    )


@cache
def _hiring() -> re.Pattern[str]:
    """A firm that hires, and whom: "Acme is hiring a Data Engineer in Madrid"."""
    return re.compile(
        rf"^(?!.{{0,60}}\b(?:{any_of('we_are')})\s)(?P<employer>[^|:]{{2,60}}?) (?:{any_of('seeks_role')}) "
        rf"(?:(?:{any_of('articles')}) )?(?P<role>[^|.!]{{3,80}}?)"
        rf"(?: (?:{any_of('places')}) (?P<location>[^|.!]{{2,60}}?))?[.!]?$",
        re.IGNORECASE,
    )


@cache
def _hires() -> re.Pattern[str]:
    """A line that says who hires, and not whom: "Globex Ltd is hiring!"."""
    return re.compile(rf"^(?P<employer>[^|:.!?]{{2,60}}?)\s(?:{any_of('hires')})\s?[!.…]*$", re.IGNORECASE)


@cache
def _join() -> re.Pattern[str]:
    return re.compile(
        rf"^(?:{any_of('join')}) (?P<employer>[A-ZÀ-Þ0-9][^|:!]{{1,60}}?) "
        rf"(?:{any_of('as_role')}) (?:(?:{any_of('articles')}) )?(?P<role>[^|.!]{{3,80}}?)"
        rf"(?:\s(?:{any_of('places')})\s(?P<location>[^|.!]{{2,60}}?))?\s?[.!]?$",
        re.IGNORECASE,
    )


@cache
def _role_at() -> re.Pattern[str]:
    return re.compile(
        rf"^(?P<role>[^|@]{{3,80}}?)\s*(?:@|\b(?:{any_of('at_firm')})\b)\s*(?P<employer>[^|@]{{2,60}}?)"
        rf"(?: (?:{any_of('places')}) (?P<location>[^|]{{2,60}}))?$",
        re.IGNORECASE,
    )


_ROLE_THEN = re.compile(r"^(?P<role>[^|]{3,80}?)\s+[|–—-]\s+(?P<employer>[^|–—]{2,60})$")
_TWO_PARTS = re.compile(r"^(?P<first>[^|,:]{2,60}?)(?:\s+[|–—-]|,|:)\s+(?P<second>[^|]{2,80})$")
_UNDER_TITLE = re.compile(r"^(?P<employer>[^·•|]{2,60}?)\s+[·•]\s+(?P<location>[^·•|]{2,60})")


@cache
def _place_and_time() -> re.Pattern[str]:
    return re.compile(rf"^(?P<location>[^·•|]{{2,80}}?)\s+[·•]\s+(?:{any_of('posted_ago')})", re.IGNORECASE)


@cache
def _name_and_place_of_work() -> re.Pattern[str]:
    return re.compile(
        r"^(?P<employer>[^|–—,]{2,60}?)\s+[|–—-]\s+"
        rf"(?P<location>(?:{any_of('remote')})\b.{{0,40}}|[^|–—]{{2,60}}\((?:{any_of('behind_place')})\))$",
        re.IGNORECASE,
    )


@cache
def _at_firm() -> re.Pattern[str]:
    return re.compile(rf"\s(?:{any_of('at_firm')})\s")


def from_titles(lines: list[PostingLine], text: str) -> Iterator[Suggestion]:
    """The first lines: "Data Engineer at Acme", "Acme hiring Data Engineer in Madrid", a role by itself.

    A line alone is what somebody types: "Acme, Data Engineer", or the other way round.
    """
    if len(_jobs(lines)) > 1:  # a list of several, of which nobody knows which is meant
        yield from (replace(whole(each, ROLE), trust=Trust.POSSIBLE) for each in _jobs(lines))
        return
    lines = [_without_call(_place_alone(each)) for each in lines if not _is_of_kind(each.text)]
    told = [each for each in lines if split_address(each.text) is None]
    hires = [(each, found) for each in lines if (found := _hires().match(each.text))]
    hires = [(each, found) for each, found in hires if not nobody().match(found["employer"])]
    for each, found in hires[:1]:
        yield from values_of(each, found, BY_NAME, Trust.GUESS)
    lines = [each for each in lines if all(each is not other for other, _found in hires)]
    for number, line in enumerate(lines):
        title = PostingLine(_page_ending().sub("", line.text), line.start)
        is_alone = len(told) == 1 or (number == 0 and (title.text != line.text or _is_address(lines[1:2])))
        is_plain = is_alone and not any(each.match(title.text) for each in (_hiring(), _at_page()))
        if is_plain and (said := from_one_line(title)):
            yield from said
            return
        found = _ROLE_THEN.match(title.text)
        if found is not None and is_role(found["role"]) and is_city(found["employer"]):
            yield from values_of(title, found, {"employer": LOCATION}, Trust.GUESS)
            title = PostingLine(found["role"], title.start)
        for pattern in (_hiring(), _join(), _at_page(), _role_at(), _ROLE_THEN):
            found = pattern.match(title.text)
            if pattern is _ROLE_THEN and (hires or _is_all_role(title, found, lines, text)):
                continue
            if found and is_role(found["role"]) and (pattern in (_hiring(), _join()) or not ends(title.text)):
                employer = PostingLine(found["employer"], title.start + found.start("employer"))
                apart = [] if found.groupdict().get("location") else _name_and_place(employer, text)
                yield from values_of(title, found, {"role": ROLE} if apart else BY_NAME, Trust.GUESS)
                yield from apart
                yield from (
                    whole(each, LOCATION)
                    for each in lines[number + 1 : number + 2]
                    if is_place(each) or is_city(each.text)
                )
                return
        if (parts := list(_from_parts(title))) or (
            len(lines) == 1 and not hires and (parts := list(_name_and_role(title)))
        ):
            yield from parts
            return
        if is_role(title.text):
            if found := _role_in().match(title.text):
                yield from values_of(title, found, BY_NAME, Trust.GUESS)
            else:
                yield whole(title, ROLE)
            below = [each for each in lines[number + 1 :] if each.text != line.text]
            yield from _around_role(lines[:number], below, text)
            return
    yield from _from_order(lines, text)


@cache
def _call() -> re.Pattern[str]:
    """What stands before the job on a poster: "We're hiring! Junior Designer at Bloom & Co in Lisbon."."""
    return re.compile(
        rf"^[\W_]*(?:(?:{any_of('calls')}|{any_of('bids')})"
        rf"(?:\s?[!.:|–—-]+[\W_]*|\s(?:{any_of('as_role')})\s(?:(?:{any_of('articles')})\s)?)|"
        rf"{any_of('calls_for')})+",
        re.IGNORECASE,
    )


def _without_call(line: PostingLine) -> PostingLine:
    """The line without such words before its role, and without the full stop of the sentence."""
    found = _call().match(line.text)
    rest = line.text[found.end() :].rstrip(" .!") if found is not None else ""
    is_told = found is not None and is_role(_at_firm().split(rest, maxsplit=1)[0])
    return PostingLine(rest, line.start + found.end()) if found is not None and is_told else line


def _is_address(lines: list[PostingLine]) -> bool:
    """Whether it is an address by itself: what stands above it is the title of that page."""
    return bool(lines) and split_address(lines[0].text) is not None


def _place_alone(line: PostingLine) -> PostingLine:
    """Only the place of "Berlin, Germany · Full-time · 60.000 €", a line that names nobody."""
    parts = [part for each in parts_of(line) for part in _between_strokes(each)]
    told = [each for each in parts if not (is_noise(each.text) or is_salary(each.text))]
    if any(is_noise(each.text) for each in parts):
        told = [each for each in told if not is_department(each.text)]
    is_alone = len(told) == 1 < len(parts) and (
        is_city(told[0].text) or (may_be_place(told[0].text) and is_place(told[0]))
    )
    return told[0] if is_alone else line


def _is_of_kind(text: str) -> bool:
    """Whether it says only in what part of a firm and how one works: "Engineering / Full-time / Hybrid"."""
    parts = _STROKE.split(text)
    is_told = all(is_noise(each) or is_department(each) for each in parts)
    return len(parts) > 1 and is_told and any(map(is_noise, parts))


_STROKE = re.compile(r"\s+/\s+")


def _between_strokes(line: PostingLine) -> Iterator[PostingLine]:
    start = 0
    for found in (*_STROKE.finditer(line.text), None):
        end = found.start() if found is not None else len(line.text)
        yield PostingLine(line.text[start:end], line.start + start)
        start = found.end() if found is not None else end


def _jobs(lines: list[PostingLine]) -> list[PostingLine]:
    """The lines of roles below each of which a line names an employer and a place."""
    return [
        line
        for line, below in pairwise(lines)
        if is_role(line.text)
        and (found := _NAME_THEN_PLACE.match(below.text))
        and is_name(found["employer"])
        and may_be_place(found["location"])
    ]


_NAME_THEN_PLACE = re.compile(r"^(?P<employer>[^|·•]{2,60}?)\s+[-–—|·•]\s+(?P<location>[^|·•–—]{2,60})$")


def _is_all_role(
    title: PostingLine, found: re.Match[str] | None, lines: list[PostingLine], text: str
) -> bool:
    """Whether the words behind a dash are of the role: another line can be the name, or whoever hires says
    "We're hiring!" above it and needs no name there.
    """
    if found is None or not is_role(found["role"]):
        return False
    name = found["employer"]
    if is_field_of_work(name):
        return True
    firsts = (_DASHED.split(each.text)[0] for each in lines if each.text != title.text)
    others = [each for each in firsts if is_name(each)]
    is_named_again = text.count(name) > text.count(title.text)
    if any(_call().fullmatch(each.text) for each in lines):
        return not is_named_again and not has_company_form(name)
    return bool(others) and not is_named_again and not has_company_form(name) and len(lines) > 2


_DASHED = re.compile(r"\s[–—-]\s")


@cache
def _role_in() -> re.Pattern[str]:
    """Behind "(m/w/d)", a word after "in" is a place; elsewhere it may be a field."""
    return re.compile(
        rf"(?P<role>.{{3,80}}?{FOR_ALL.pattern})\s+(?:{any_of('places')})\s+(?P<location>\S.{{1,50}})$",
        re.IGNORECASE,
    )


def _from_parts(line: PostingLine) -> Iterator[Suggestion]:
    """ "Acme | Data Engineer | Berlin | Full-time | €60k": three parts or more, of which one is a role."""
    parts = parts_of(line)
    roles = [each for each in parts if is_role(each.text)]
    if len(parts) > 3 and not roles and is_name(parts[0].text):
        # "Acme | Several roles | Berlin | Full-time", as on Hacker News
        where = [each for each in parts[1:] if is_place(each)]
        if where:
            yield whole(parts[0], EMPLOYER)
            yield whole(where[0], LOCATION)
        return
    if len(parts) < 3 or len(roles) != 1:
        return
    yield whole(roles[0], ROLE)
    others = [each for each in parts if each is not roles[0] and not is_noise(each.text)]
    names = [each for each in others if is_name(each.text) and not is_place(each)]
    places = [each for each in others if is_place(each)]
    if parts.index(roles[0]) <= 1 and names:
        yield whole(names[0], EMPLOYER)
        places += [each for each in names[1:] if may_be_place(each.text)]
    yield from (whole(each, LOCATION) for each in places[:1])


def _from_order(lines: list[PostingLine], text: str) -> Iterator[Suggestion]:
    """A role that isn't called by a known word: beside a name that the text goes on about, above a place."""
    for first, second, third in zip(lines, lines[1:3], lines[2:4], strict=False):
        if not (is_place(third) or _place_and_time().match(third.text)):
            continue
        if not (is_name(first.text) and is_name(second.text)):
            continue
        counts = text.count(first.text), text.count(second.text)
        if counts[0] == counts[1]:
            return
        employer, role = (first, second) if counts[0] > counts[1] else (second, first)
        yield whole(employer, EMPLOYER)
        yield whole(role, ROLE)
        if found := _place_and_time().match(third.text):
            yield from values_of(third, found, BY_NAME, Trust.GUESS)
        else:
            yield whole(third, LOCATION)
        return


def _name_and_role(line: PostingLine) -> Iterator[Suggestion]:
    """Both of "Acme, Data Engineer" or "Data Engineer, Acme"."""
    found = _TWO_PARTS.match(line.text)
    if found is None or is_role(found["first"]) == is_role(found["second"]):
        return
    if is_role(found["first"]) and is_field_of_work(found["second"]):
        yield whole(line, ROLE)
        return
    fields = (ROLE, EMPLOYER) if is_role(found["first"]) else (EMPLOYER, ROLE)
    if is_name(found[1 + fields.index(EMPLOYER)]):
        yield from values_of(line, found, dict(zip(("first", "second"), fields, strict=True)), Trust.GUESS)


def _around_role(above: list[PostingLine], below: list[PostingLine], text: str) -> Iterator[Suggestion]:
    """Employer and place, each on a line of its own or on one together, next to the line of the role."""
    below = [each for each in below if not is_salary(each.text)]
    names = [each for each in above if is_name(each.text)]
    before = max(reversed(names), key=lambda each: text.count(each.text), default=None)
    if before is not None and len(names) > 1 and text.count(before.text) == 1:
        before = None  # the page's own words may stand there too
    if before is None and above:
        yield from _place_above(above[-1])
    for line in above:
        if found := _careers_at().match(line.text):
            yield from values_of(line, found, BY_NAME, Trust.GUESS)
            before = None
    if not below or is_label(below[0]):
        yield from _employer_in(before, text)
    elif together := _together(below, before, text):
        yield from together
    else:
        yield from _one_a_line(below, before, text)


def _place_above(line: PostingLine) -> Iterator[Suggestion]:
    """The place in "Operations · Malmö · Hybrid", which stands above the role."""
    parts = parts_of(line)
    told = [each for each in parts if not is_noise(each.text) and not _department().fullmatch(each.text)]
    if len(parts) > 1 and len(told) == 1 and (may_be_place(told[0].text) or is_place(told[0])):
        yield whole(told[0], LOCATION)


@cache
def _department() -> re.Pattern[str]:
    return re.compile(any_of("departments"), re.IGNORECASE)


def _together(below: list[PostingLine], before: PostingLine | None, text: str) -> list[Suggestion]:
    """What a line below the role says of employer and place together, if one does."""
    after = below[0]
    for line in below[:4]:
        if found := _posted_by().match(line.text):
            others = [each for each in below[:4] if each is not line]
            return [*values_of(line, found, BY_NAME, Trust.GUESS), *_place_in(others)]
    if found := _place_and_time().match(after.text):
        return [*values_of(after, found, BY_NAME, Trust.GUESS), *_employer_in(before, text)]
    parts = parts_of(after)
    told = [each for each in parts if not is_noise(each.text) and not is_salary(each.text)]
    if len(parts) > 1 and len(told) == 1:
        places = [each for each in told if may_be_place(each.text) or is_place(each)]
        return [*(whole(each, LOCATION) for each in places), *_employer_in(before, text)]
    if found := _UNDER_TITLE.match(after.text) or _name_and_place_of_work().match(after.text):
        return list(values_of(after, found, BY_NAME, Trust.GUESS))
    both = _name_and_place(after, text)
    is_firm = any(each.field == EMPLOYER and has_company_form(str(each.value)) for each in both)
    return [] if is_place(after) and not is_firm else both


def _one_a_line(below: list[PostingLine], before: PostingLine | None, text: str) -> Iterator[Suggestion]:
    """The employer above the role or below it, and the place below both."""
    below = below[1:] if _MINISTRY.match(below[0].text) and below[1:] else below
    after = below[0]
    if is_place(after) or is_city(after.text):
        yield whole(after, LOCATION)
        last = [each for each in below[1:2] if is_name(each.text) and is_known(each.text, text)]
        yield from _employer_in(before or next(iter(last), None), text)
    elif not is_name(after.text):
        yield from _employer_in(before, text)
        yield from (whole(each, LOCATION) for each in below[1:3] if is_place(each))
    elif before is None or _is_employer(after.text, before.text, text):
        yield whole(after, EMPLOYER)
        yield from _place_in(below[1:3])
    else:
        yield from _employer_in(before, text)
        yield from _place_in(below[:1])


_MINISTRY = re.compile(r"DEPARTMENT OF\b")
"""USAJOBS writes the department above its agency, which hires."""


def _employer_in(line: PostingLine | None, text: str) -> Iterator[Suggestion]:
    """The employer that a line names, perhaps with the place behind it."""
    if line is not None:
        yield from _name_and_place(line, text) or (whole(line, EMPLOYER),)


def _name_and_place(line: PostingLine, text: str) -> list[Suggestion]:
    """Both of "Acme GmbH - Berlin", or of "Acme, Berlin" where the text names Acme again."""
    for sign in (" - ", " – ", " | ", ", "):
        name, found, place = line.text.partition(sign)
        if not found or not is_name(name) or not is_known(name, text):
            continue
        where = PostingLine(place, line.start + len(name) + len(found))
        if is_place(where) or may_be_place(place):
            return [whole(PostingLine(name, line.start), EMPLOYER), whole(where, LOCATION)]
    return []


def _is_employer(name: str, other: str, text: str) -> bool:
    """Whether the first of two names is the employer's: by its form, or as the text names it more often."""
    if name == other:
        return True
    if has_company_form(name) != has_company_form(other):
        return has_company_form(name)
    return text.count(name) > text.count(other)


def _place_in(lines: list[PostingLine]) -> Iterator[Suggestion]:
    """The place below a name: one that is plainly a place, or the first line, where that may be one."""
    lines = [line for line in lines if not is_salary(line.text)]
    sure = [line for line in lines if is_place(line) or is_city(line.text)]
    likely = [line for line in lines[:1] if may_be_place(line.text) and is_name(line.text)]
    yield from (whole(line, LOCATION) for line in (sure or likely)[:1])


@cache
def _careers_at() -> re.Pattern[str]:
    return re.compile(rf"^(?:{any_of('careers_at')}) (?P<employer>[^|.!?:]{{2,60}})$", re.IGNORECASE)


@cache
def _posted_by() -> re.Pattern[str]:
    return re.compile(
        rf"^(?:{any_of('posted_on')})?(?:{any_of('posted_by')})\s(?P<employer>[^|.!?:]{{2,60}})$",
        re.IGNORECASE,
    )
