"""What a pasted posting, its address, or an email suggests for a new application. Nothing is looked up."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum
from itertools import pairwise

from followup_desktop.domain import checks
from followup_desktop.domain.errors import Refused
from followup_desktop.services.capture.addresses import host_of, split_address
from followup_desktop.services.capture.posting_boards import (
    SOURCE_NAMES,
    read_address,
    source_of,
    words_of_slug,
)
from followup_desktop.services.capture.posting_dates import find_dates
from followup_desktop.services.capture.posting_lines import (
    has_company_form,
    is_noise,
    may_be_place,
    names_place,
)
from followup_desktop.services.capture.posting_mails import is_head, read_header, read_sentence, read_subject
from followup_desktop.services.capture.roles import FOR_ALL, ROLE_WORD
from followup_desktop.services.capture.salaries import find_salaries, is_salary

EMPLOYER, ROLE, URL, LOCATION, CLOSES_ON = "employer", "role", "url", "location", "closes_on"
SALARY, SOURCE = "salary", "source"
"""The fields of an application that a posting can fill."""

_READ_AT_MOST = 20_000
_LONGEST_LINE = 160
_SENTENCE = re.compile(r"(?<=[.!?;])\s+(?=[A-ZÄÖÜ¿¡])")
_LONGEST_SENTENCE = 500
_LONGEST_VALUE = 90
_TITLE_LINES = 6
_HEAD_LINES = 15
_MOST_WORDS = 8


class Trust(IntEnum):
    """How far a suggestion may be trusted: all but what is merely possible may be filled in, and marked."""

    POSSIBLE = 0
    GUESS = 1
    STATED = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """One value for a field of an application, and the part of the text from which it was taken."""

    field: str
    value: str | date
    trust: Trust
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingGuess:
    """All suggestions, the most trusted first, then as they stand in the text."""

    text: str
    suggestions: tuple[Suggestion, ...]

    def of(self, field: str) -> tuple[Suggestion, ...]:
        """Those for one field."""
        return tuple(each for each in self.suggestions if each.field == field)

    def best(self, field: str) -> Suggestion | None:
        """The first for a field; a mere guess where the text states two different things."""
        return next(iter(self.of(field)), None)

    def proposed(self, field: str) -> Suggestion | None:
        """What a form may begin with in a field; ``None`` where there is nothing but a possibility."""
        best = self.best(field)
        return best if best is not None and best.trust is not Trust.POSSIBLE else None

    def source(self, suggestion: Suggestion) -> str:
        """The part of the text that a suggestion was taken from."""
        return self.text[suggestion.start : suggestion.end]


_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"'“”|]{3,2000}", re.IGNORECASE)
_AROUND = " \t\r\n\f\v ,;:.|·•–—-*_#>\"'“”"
_BOARD_NAMES = "|".join((r"Indeed\.\w+", *map(re.escape, SOURCE_NAMES)))
_BOARD_ENDING = re.compile(rf"\s*[|–—-]\s*(?:{_BOARD_NAMES})[^|]{{0,20}}$", re.IGNORECASE)
_LABELS = (
    (
        EMPLOYER,
        r"company(?: name)?|employer(?: name)?|(?:hiring )?organi[sz]ation|empresa|compañía|entidad|"
        r"unternehmen|firma|arbeitgeber|entreprise",
    ),
    (ROLE, r"job title|title|role|position|vacancy|puesto|cargo|vacante|stelle|position|poste"),
    (
        LOCATION,
        r"(?:job |work )?locations?|based in|place of work|ubicación|lugar|localidad|standort|arbeitsort|"
        r"lieu",
    ),
)
_LABELLED = tuple(
    (field, re.compile(rf"^\W{{0,4}}(?:{names})\s?[:：]\s*(?P<value>\S.*)$", re.IGNORECASE))
    for field, names in _LABELS
)
_CLOSING = re.compile(
    r"\b(?:clos(?:es|ing)(?: date)?|deadline|apply (?:by|before|until)|applications? (?:due|until|by|close)|"
    r"last day to apply|fecha límite|plazo|hasta el|bewerbungsfrist|bewerben bis|date limite)\b",
    re.IGNORECASE,
)
_HIRING = re.compile(
    r"^(?P<employer>[^|:]{2,60}?) (?:is |are )?(?:hiring|looking for|seeking|recruiting) (?:an? |our next )?"
    r"(?P<role>[^|.!]{3,80}?)(?: in (?P<location>[^|.!]{2,60}?))?[.!]?$",
    re.IGNORECASE,
)
_ROLE_AT = re.compile(
    r"^(?P<role>[^|@]{3,80}?)\s*(?:@|\b(?:at|bei|chez)\b)\s*(?P<employer>[^|@]{2,60}?)"
    r"(?: in (?P<location>[^|]{2,60}))?$",
    re.IGNORECASE,
)
_ROLE_THEN = re.compile(r"^(?P<role>[^|]{3,80}?)\s+[|–—-]\s+(?P<employer>[^|–—]{2,60})$")
_PLACE_AND_TIME = re.compile(
    r"^(?P<location>[^·•|]{2,80}?)\s+[·•]\s+(?:(?:reposted\s|posted\s)?(?:[0-9]+|an?|over|more)\s"
    r"(?:\w+\s){0,3}(?:ago|applicants?|people)\b|(?:hace|vor|il y a)\s)",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"^(?:📍\s*\S.{1,60}|(?:fully |100 ?% )?remote(?:\b.{0,40})?|[^.!?:0-9]{2,40},\s[^.!?:]{2,50}|"
    r".{2,60}\((?:remote|hybrid|on-?site)\))$",
    re.IGNORECASE,
)
_NAME_AND_PLACE = re.compile(
    r"^(?P<employer>[^|–—,]{2,60}?)\s+[|–—-]\s+"
    r"(?P<location>(?:fully |100 ?% )?remote\b.{0,40}|[^|–—]{2,60}\((?:remote|hybrid|on-?site)\))$",
    re.IGNORECASE,
)
_TWO_PARTS = re.compile(r"^(?P<first>[^|,:]{2,60}?)(?:\s+[|–—-]|,|:)\s+(?P<second>[^|]{2,80})$")
_WANTED = re.compile(
    r"\b(?:looking for|hiring|seeking|recruiting) (?:an?|our next|another)\s"
    r"(?P<role>[^.,!?;:(]{3,60}?)(?:\s\(|\s(?:to|who|for|with|in|based|and)\b|[.,!?;:]|$)",
    re.IGNORECASE,
)
_WHO_HIRES = re.compile(
    r"(?:^|[.!?,]\s)(?P<employer>[A-Z][\w&'’-]*(?:\s[A-Z&][\w&'’-]*){0,4})\s(?:is|are)\s(?:now\s|currently\s)?"
    r"(?:hiring|looking for|seeking|recruiting)\s(?:for\s)?(?:an?|our next|another)\b"
)
_NO_ROLE = re.compile(r"\b(?:your|thank you|thanks|applying|dear|we|our)\b", re.IGNORECASE)
_NO_NAME = re.compile(
    r"^(?:about|acerca|sobre|über|apply|applied|save[d]?|share|follow|new|promoted|easy apply|"
    r"job description|overview|"
    r"description|full[- ]?time|part[- ]?time|permanent|contract|temporary|internship|posted|"
    r"reposted|salary|remote|"
    r"hybrid|on-?site|urgently|requirements|responsibilities|summary|who we are|what you)\b",
    re.IGNORECASE,
)
_UNDER_TITLE = re.compile(r"^(?P<employer>[^·•|]{2,60}?)\s+[·•]\s+(?P<location>[^·•|]{2,60})")
_ABOUT = re.compile(r"^(?i:about|acerca de|sobre|über)\s+(?P<employer>[A-Z0-9][^.:!?]{1,40})$")
_NOBODY = re.compile(
    r"^(?:us|we|our|the|you|your|team|this|role|job|company|employer|nosotros|uns|home|remote)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    start: int


def read_posting(text: str, today: date) -> PostingGuess:
    """Suggestions for a new application from what was pasted; never fails, whatever that is.

    Only what the text states by name ("Company: …") is ``STATED``, and only if it states one thing. A date
    without a year is the next such day from ``today`` on, and a guess; one that could be two days is none.
    """
    read = text[:_READ_AT_MOST]
    everything = list(_lines(read))
    lines = [line for line in everything if len(line.text) <= _LONGEST_LINE]
    sentences = list(_sentences(everything))
    bare = [line for line in lines if not is_noise(line.text)]
    title = [line for line in bare if not is_head(line.text)][:_TITLE_LINES]
    found = [
        *_from_labels(lines),
        *_from_headings(bare),
        *_from_dates(sentences, today),
        *_from_salaries(sentences),
    ]
    found += [*_from_titles(title, read), *_from_mail(lines[:_HEAD_LINES], sentences)]
    # Addresses last: of two equal names that in the text has the right capitals.
    found += [*_from_sentences(sentences), *_from_addresses(read)]
    return PostingGuess(text=text, suggestions=tuple(_settled(_kept(found))))


def _lines(text: str) -> Iterator[_Line]:
    place = 0
    for line in text.splitlines(keepends=True):
        bare = line.strip()
        if bare:
            yield _Line(bare, place + line.index(bare))
        place += len(line)


def _sentences(lines: Iterable[_Line]) -> Iterator[_Line]:
    """The lines, of which those that are long are taken apart."""
    for line in lines:
        if len(line.text) <= _LONGEST_LINE:
            yield line
            continue
        start = 0
        for end in (*(found.end() for found in _SENTENCE.finditer(line.text)), len(line.text)):
            if 0 < end - start <= _LONGEST_SENTENCE:
                yield _Line(line.text[start:end].rstrip(), line.start + start)
            start = end


def _from_addresses(text: str) -> Iterator[Suggestion]:
    """The posting's address: all of the text, or the first in it; that of no board may be another's."""
    whole = text.strip()
    if split_address(whole) is not None:
        matches = [(whole, text.index(whole))]
    else:
        matches = [(_unclosed(found[0]), found.start()) for found in _ADDRESS.finditer(text)]
        matches.sort(key=lambda match: not _names_posting(match[0]))
    for address, start in matches[:1]:
        parts = split_address(address)
        if parts is None or not host_of(parts):
            return
        end = start + len(address)
        trust = Trust.GUESS if _names_posting(address) else Trust.POSSIBLE
        if address == whole:
            trust = Trust.STATED
        url = address if "://" in address else f"https://{address}"
        yield Suggestion(field=URL, value=url, trust=trust, start=start, end=end)
        said = dict(read_address(parts))
        for field, value in said.items():
            yield Suggestion(field=field, value=value, trust=Trust.GUESS, start=start, end=end)
        role = words_of_slug(parts.path.rstrip("/").rpartition("/")[2])
        if ROLE not in said and address == whole and " " in role and _is_role(role):
            yield Suggestion(field=ROLE, value=role, trust=Trust.GUESS, start=start, end=end)
        if (source := source_of(parts)) is not None:
            yield Suggestion(field=SOURCE, value=source, trust=Trust.GUESS, start=start, end=end)


def _names_posting(address: str) -> bool:
    """Whether an address is that of a posting or of an employer's jobs, as far as it shows."""
    parts = split_address(address)
    return parts is not None and (source_of(parts) is not None or any(read_address(parts)))


def _unclosed(address: str) -> str:
    """The address without what belongs to the sentence around it."""
    address = address.rstrip(".,;:!?*_")
    while address.endswith(")") and address.count("(") < address.count(")"):
        address = address[:-1].rstrip(".,;:!?")
    return address


def _from_labels(lines: Iterable[_Line]) -> Iterator[Suggestion]:
    for line in lines:
        for field, pattern in _LABELLED:
            if found := pattern.match(line.text):
                yield from _values(line, found, {"value": field}, Trust.STATED)


_HEADINGS = {
    EMPLOYER: re.compile(
        r"employer(?: name)?|company(?: name)?|hiring organi[sz]ation|arbeitgeber|unternehmen|empresa|"
        r"entidad|entreprise|employeur",
        re.IGNORECASE,
    ),
    LOCATION: re.compile(
        r"(?:job |work )?locations?|standort|arbeitsort|einsatzort|ubicación|localidad|lieu", re.IGNORECASE
    ),
    SALARY: re.compile(
        r"(?:base |annual )?(?:salary|pay|compensation)(?: range)?|gehalt|vergütung|salario|sueldo|salaire",
        re.IGNORECASE,
    ),
}


def _from_headings(lines: list[_Line]) -> Iterator[Suggestion]:
    """What stands on the line below "Location" or "Salary", if it can be that."""
    for line, below in pairwise(lines):
        for field, heading in _HEADINGS.items():
            if heading.fullmatch(line.text) is None:
                continue
            if field == EMPLOYER and _is_name(below.text) and not _is_label(below):
                yield replace(_whole(below, EMPLOYER), trust=Trust.STATED)
            if field == LOCATION and (names_place(below.text) or may_be_place(below.text)):
                yield replace(_whole(below, LOCATION), trust=Trust.STATED)
            if field == SALARY and is_salary(below.text):
                found = next(find_salaries(below.text), None)
                end = below.start + (found.end if found is not None else len(below.text))
                value = found.text if found is not None else below.text
                yield Suggestion(field=SALARY, value=value, trust=Trust.GUESS, start=below.start, end=end)


def _from_dates(lines: Iterable[_Line], today: date) -> Iterator[Suggestion]:
    """The date of a line that speaks of closing, if it has but one that is not over."""
    for line in _with_dates(lines):
        if not (closing := _CLOSING.search(line.text)):
            continue
        dates = [each for each in find_dates(line.text, today) if each.start >= closing.start()]
        if len({each.day for each in dates}) != 1 or dates[0].day < today:
            continue
        trust = Trust.STATED if dates[0].has_year else Trust.GUESS
        yield Suggestion(
            field=CLOSES_ON,
            value=dates[0].day,
            trust=trust,
            start=line.start + closing.start(),
            end=line.start + dates[0].end,
        )


def _with_dates(lines: Iterable[_Line]) -> Iterator[_Line]:
    """The lines, and each that is no more than "Closing date" together with the line below it."""
    before: _Line | None = None
    for line in lines:
        yield line
        if before is not None and _CLOSING.fullmatch(before.text.strip(" :")) is not None:
            gap = line.start - before.start - len(before.text)
            yield _Line(f"{before.text}{' ' * gap}{line.text}", before.start)
        before = line


def _from_salaries(lines: Iterable[_Line]) -> Iterator[Suggestion]:
    for line in lines:
        for each in find_salaries(line.text):
            trust = Trust.STATED if each.is_named else Trust.GUESS
            start, end = line.start + each.start, line.start + each.end
            yield Suggestion(field=SALARY, value=each.text, trust=trust, start=start, end=end)


def _from_mail(head: Iterable[_Line], sentences: Iterable[_Line]) -> Iterator[Suggestion]:
    """The sender and the subject of an email, and the sentence that thanks for the application.

    Whom a sentence names counts more than who wrote: that may be an agency.
    """
    said = [*_read_by(read_sentence, sentences), *_read_by(read_subject, head)]
    names = {str(each.value).casefold() for each in said if each.field == EMPLOYER}
    yield from said
    for each in _read_by(read_header, head):
        is_other = each.field == EMPLOYER and names and str(each.value).casefold() not in names
        yield replace(each, trust=Trust.POSSIBLE) if is_other else each


def _read_by(
    read: Callable[[str], Iterator[tuple[str, str, int]]], lines: Iterable[_Line]
) -> Iterator[Suggestion]:
    for line in lines:
        for field, value, place in read(line.text):
            start = line.start + max(place, 0)
            end = start + len(value) if place >= 0 else line.start + len(line.text)
            yield Suggestion(field=field, value=value, trust=Trust.GUESS, start=start, end=end)


def _from_titles(lines: list[_Line], text: str) -> Iterator[Suggestion]:
    """The first lines: "Data Engineer at Acme", "Acme hiring Data Engineer in Madrid", a role by itself.

    A line alone is what somebody types: "Acme, Data Engineer", or the other way round.
    """
    for number, line in enumerate(lines):
        title = _Line(_BOARD_ENDING.sub("", line.text), line.start)
        for pattern in (_HIRING, _ROLE_AT, _ROLE_THEN):
            found = pattern.match(title.text)
            if found and _is_role(found["role"]) and (pattern is _HIRING or not _ends(title.text)):
                yield from _values(title, found, _BY_NAME, Trust.GUESS)
                yield from (
                    _whole(each, LOCATION) for each in lines[number + 1 : number + 2] if _is_place(each)
                )
                return
        if (parts := list(_from_parts(title))) or (
            len(lines) == 1 and (parts := list(_name_and_role(title)))
        ):
            yield from parts
            return
        if _is_role(title.text):
            if found := _ROLE_IN.match(title.text):
                yield from _values(title, found, _BY_NAME, Trust.GUESS)
            else:
                yield _whole(title, ROLE)
            below = [each for each in lines[number + 1 :] if each.text != line.text]
            yield from _around_role(lines[:number], below, text)
            return
    yield from _from_order(lines, text)


_ROLE_IN = re.compile(
    rf"(?P<role>.{{3,80}}?{FOR_ALL.pattern})\s+in\s+(?P<location>\S.{{1,50}})$", re.IGNORECASE
)
"""Behind "(m/w/d)", a word after "in" is a place; elsewhere it may be a field."""


def _from_parts(line: _Line) -> Iterator[Suggestion]:
    """ "Acme | Data Engineer | Berlin | Full-time | €60k": three parts or more, of which one is a role."""
    parts = _parts_of(line)
    roles = [each for each in parts if _is_role(each.text)]
    if len(parts) < 3 or len(roles) != 1:
        return
    yield _whole(roles[0], ROLE)
    others = [each for each in parts if each is not roles[0] and not is_noise(each.text)]
    names = [each for each in others if _is_name(each.text) and not _is_place(each)]
    places = [each for each in others if _is_place(each)]
    if parts.index(roles[0]) <= 1 and names:
        yield _whole(names[0], EMPLOYER)
        places += [each for each in names[1:] if may_be_place(each.text)]
    yield from (_whole(each, LOCATION) for each in places[:1])


def _from_order(lines: list[_Line], text: str) -> Iterator[Suggestion]:
    """A role that isn't called by a known word: beside a name that the text goes on about, above a place."""
    for first, second, third in zip(lines, lines[1:3], lines[2:4], strict=False):
        if not (_is_place(third) or _PLACE_AND_TIME.match(third.text)):
            continue
        if not (_is_name(first.text) and _is_name(second.text)):
            continue
        counts = text.count(first.text), text.count(second.text)
        if counts[0] == counts[1]:
            return
        employer, role = (first, second) if counts[0] > counts[1] else (second, first)
        yield _whole(employer, EMPLOYER)
        yield _whole(role, ROLE)
        if found := _PLACE_AND_TIME.match(third.text):
            yield from _values(third, found, _BY_NAME, Trust.GUESS)
        else:
            yield _whole(third, LOCATION)
        return


def _name_and_role(line: _Line) -> Iterator[Suggestion]:
    """Both of "Acme, Data Engineer" or "Data Engineer, Acme"."""
    found = _TWO_PARTS.match(line.text)
    if found is None or _is_role(found["first"]) == _is_role(found["second"]):
        return
    fields = (ROLE, EMPLOYER) if _is_role(found["first"]) else (EMPLOYER, ROLE)
    if _is_name(found[1 + fields.index(EMPLOYER)]):
        yield from _values(line, found, dict(zip(("first", "second"), fields, strict=True)), Trust.GUESS)


def _around_role(above: list[_Line], below: list[_Line], text: str) -> Iterator[Suggestion]:
    """Employer and place, each on a line of its own or on one together, next to the line of the role."""
    below = [each for each in below if not is_salary(each.text)]
    names = [each for each in above if _is_name(each.text)]
    before = max(reversed(names), key=lambda each: text.count(each.text), default=None)
    if before is not None and len(names) > 1 and text.count(before.text) == 1:
        before = None  # the page's own words may stand there too
    for line in above:
        if found := _CAREERS_AT.match(line.text):
            yield from _values(line, found, _BY_NAME, Trust.GUESS)
            before = None
    if not below or _is_label(below[0]):
        yield from _employer_in(before, text)
    elif together := _together(below, before, text):
        yield from together
    else:
        yield from _one_a_line(below, before, text)


def _together(below: list[_Line], before: _Line | None, text: str) -> list[Suggestion]:
    """What a line below the role says of employer and place together, if one does."""
    after = below[0]
    for line in below[:4]:
        if found := _POSTED_BY.match(line.text):
            others = [each for each in below[:4] if each is not line]
            return [*_values(line, found, _BY_NAME, Trust.GUESS), *_place_in(others)]
    if found := _PLACE_AND_TIME.match(after.text):
        return [*_values(after, found, _BY_NAME, Trust.GUESS), *_employer_in(before, text)]
    parts = _parts_of(after)
    told = [each for each in parts if not is_noise(each.text)]
    if len(parts) > 1 and len(told) == 1:
        places = [each for each in told if may_be_place(each.text) or _is_place(each)]
        return [*(_whole(each, LOCATION) for each in places), *_employer_in(before, text)]
    if found := _UNDER_TITLE.match(after.text) or _NAME_AND_PLACE.match(after.text):
        return list(_values(after, found, _BY_NAME, Trust.GUESS))
    return [] if _is_place(after) else _name_and_place(after, text)


def _one_a_line(below: list[_Line], before: _Line | None, text: str) -> Iterator[Suggestion]:
    """The employer above the role or below it, and the place below both."""
    after = below[0]
    if _is_place(after):
        yield _whole(after, LOCATION)
        last = [each for each in below[1:2] if _is_name(each.text) and _is_known(each.text, text)]
        yield from _employer_in(before or next(iter(last), None), text)
    elif not _is_name(after.text):
        yield from _employer_in(before, text)
    elif before is None or _is_employer(after.text, before.text, text):
        yield _whole(after, EMPLOYER)
        yield from _place_in(below[1:3])
    else:
        yield from _employer_in(before, text)
        yield from _place_in(below[:1])


def _parts_of(line: _Line) -> list[_Line]:
    """What stands between dots or bars on a line."""
    return [_Line(found[0].rstrip(), line.start + found.start()) for found in _PART.finditer(line.text)]


_PART = re.compile(r"[^|·•\s][^|·•]*")


def _employer_in(line: _Line | None, text: str) -> Iterator[Suggestion]:
    """The employer that a line names, perhaps with the place behind it."""
    if line is not None:
        yield from _name_and_place(line, text) or (_whole(line, EMPLOYER),)


def _name_and_place(line: _Line, text: str) -> list[Suggestion]:
    """Both of "Acme GmbH - Berlin", or of "Acme, Berlin" where the text names Acme again."""
    for sign in (" - ", " – ", " | ", ", "):
        name, found, place = line.text.partition(sign)
        if not found or not _is_name(name) or not _is_known(name, text):
            continue
        where = _Line(place, line.start + len(name) + len(found))
        if _is_place(where) or may_be_place(place):
            return [_whole(_Line(name, line.start), EMPLOYER), _whole(where, LOCATION)]
    return []


def _is_known(name: str, text: str) -> bool:
    """Whether something says that a name is the employer's: its form, or that it is named again."""
    return has_company_form(name) or text.count(name) > 1 or name.isupper()


def _is_employer(name: str, other: str, text: str) -> bool:
    """Whether the first of two names is the employer's: by its form, or as the text names it more often."""
    if name == other:
        return True
    if has_company_form(name) != has_company_form(other):
        return has_company_form(name)
    return text.count(name) > text.count(other)


def _place_in(lines: list[_Line]) -> Iterator[Suggestion]:
    """The place below a name: one that is plainly a place, or the first line, where that may be one."""
    lines = [line for line in lines if not is_salary(line.text)]
    sure = [line for line in lines if _is_place(line)]
    likely = [line for line in lines[:1] if may_be_place(line.text) and _is_name(line.text)]
    yield from (_whole(line, LOCATION) for line in (sure or likely)[:1])


def _is_place(line: _Line) -> bool:
    return _PLACE.match(line.text) is not None or names_place(line.text)


def _is_label(line: _Line) -> bool:
    """Whether a line is one of a list of facts: a heading by itself, or with its value behind a colon."""
    return ":" in line.text or any(each.fullmatch(line.text) for each in _HEADINGS.values())


_CAREERS_AT = re.compile(
    r"^(?:careers|jobs|vacancies|working|karriere|empleo) (?:at|with|bei|en) (?P<employer>[^|.!?:]{2,60})$",
    re.IGNORECASE,
)
_POSTED_BY = re.compile(
    r"^(?:(?:posted|published|added)\s)?(?:(?:[0-9]{1,2}\s\w+|\w+\s[0-9]{1,2}|today|yesterday|[0-9]+\s\w+\sago),?\s)?by\s"
    r"(?P<employer>[^|.!?:]{2,60})$",
    re.IGNORECASE,
)


def _whole(line: _Line, field: str) -> Suggestion:
    end = line.start + len(line.text)
    return Suggestion(field=field, value=line.text, trust=Trust.GUESS, start=line.start, end=end)


def _is_name(text: str) -> bool:
    """Whether a line by itself can be the name of a company."""
    is_short = 2 <= len(text) <= 60 and len(text.split()) <= _MOST_WORDS - 2
    is_bare = not _ends(text) or (text.endswith(".") and has_company_form(text.rpartition(" ")[2]))
    is_bare = (
        is_bare and not any(each in text for each in ":·•|") and (text[0].isupper() or text[0].isdigit())
    )
    words = [word for word in text.split() if len(word) > 3]
    is_bare = is_bare and (len(words) < 3 or sum(word[0].islower() for word in words) * 2 < len(words))
    is_other = _NO_NAME.match(text) or split_address(text) or next(find_salaries(text), None)
    return is_short and is_bare and not is_other


def _is_role(text: str) -> bool:
    """Whether a line is a position by itself, not a sentence with one in it."""
    is_short = len(text) <= _LONGEST_VALUE and len(text.split()) <= _MOST_WORDS
    is_name = is_short and ":" not in text and not _ends(text) and not _NO_ROLE.search(text)
    is_called_so = ROLE_WORD.search(text) or FOR_ALL.search(text)
    return is_name and is_called_so is not None and split_address(text) is None


def _ends(text: str) -> bool:
    return text.endswith((".", "!", "?"))


def _from_sentences(lines: Iterable[_Line]) -> Iterator[Suggestion]:
    for line in lines:
        if found := _ABOUT.match(line.text):
            yield from _values(line, found, _BY_NAME, Trust.GUESS)
        if (found := _WHO_HIRES.search(line.text)) and not _NOBODY.match(found["employer"]):
            yield from _values(line, found, _BY_NAME, Trust.GUESS)
        found = _WANTED.search(line.text)
        if found and _is_role(found["role"]):
            yield from _values(line, found, _BY_NAME, Trust.GUESS)


_BY_NAME = {"employer": EMPLOYER, "role": ROLE, "location": LOCATION}


def _values(line: _Line, found: re.Match[str], groups: dict[str, str], trust: Trust) -> Iterator[Suggestion]:
    for group, field in groups.items():
        if group in found.re.groupindex and (value := found[group]):
            start = line.start + found.start(group)
            yield Suggestion(field=field, value=value, trust=trust, start=start, end=start + len(value))


def _kept(found: Iterable[Suggestion]) -> Iterator[Suggestion]:
    """Those that can be a value of their field, cleaned."""
    for each in found:
        if isinstance(each.value, date):
            yield each
            continue
        try:
            bare = each.value if each.field == URL else each.value.strip(_AROUND)
            value = checks.clean_text(bare, each.field)
        except Refused:
            continue
        if each.field == LOCATION:
            value = _WORKED.sub("", value)
        if each.field == URL or _can_be(each.field, value):
            yield replace(each, value=value)


_WORKED = re.compile(r"^(?:hybrid|on-?site|in[- ]office)(?: work)? in ", re.IGNORECASE)


def _can_be(field: str, value: str) -> bool:
    is_text = 0 < len(value) <= _LONGEST_VALUE and any(map(str.isalnum, value))
    return is_text and not (field == EMPLOYER and _NOBODY.match(value))


def _settled(found: Iterable[Suggestion]) -> list[Suggestion]:
    """Each value once; where a field is stated to be two things, both are guesses."""
    first: dict[tuple[str, str], Suggestion] = {}
    for each in found:
        key = (each.field, str(each.value).casefold())
        if key not in first or first[key].trust < each.trust:
            first[key] = each
    stated = [each.field for each in first.values() if each.trust is Trust.STATED]
    kept = [
        replace(each, trust=Trust.GUESS) if stated.count(each.field) > 1 else each for each in first.values()
    ]
    return sorted(kept, key=lambda each: (-each.trust, each.start, each.field))
