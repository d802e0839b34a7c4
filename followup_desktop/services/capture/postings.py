"""What a pasted posting, its address, or an email suggests for a new application. Nothing is looked up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum

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
from followup_desktop.services.capture.posting_mails import is_head, read_header, read_sentence
from followup_desktop.services.capture.roles import FOR_ALL
from followup_desktop.services.capture.salaries import find_salaries

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
_ROLE_WORD = re.compile(
    r"\b(?:engineer\w*|developer|programmer|architect|analyst|scientist|manager|director|lead|head|designer|"
    r"consultant|specialist|administrator|admin|officer|assistant|coordinator|technician|accountant|nurse|"
    r"teacher|writer|editor|researcher|intern|trainee|recruiter|representative|executive|associate|advisor|"
    r"sales|marketing|devops|sre|tester|operator|driver|chef|cook|clerk|lawyer|"
    r"ingenier[oa]|desarrollador[a]?|programador[a]?|analista|gerente|diseñador[a]?|consultor[a]?|técnic[oa]|"
    r"responsable|administrativ[oa]|entwickler(?:in)?|ingenieur(?:in)?|leiter(?:in)?|berater(?:in)?|"
    r"ingénieur[e]?|développeu(?:r|se))\b",
    re.IGNORECASE,
)
_LABELS = (
    (EMPLOYER, r"company(?: name)?|employer|organi[sz]ation|empresa|compañía|unternehmen|firma|entreprise"),
    (ROLE, r"job title|title|role|position|vacancy|puesto|cargo|vacante|stelle|position|poste"),
    (
        LOCATION,
        r"(?:job |work )?location|based in|place of work|ubicación|lugar|localidad|standort|arbeitsort|lieu",
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
    r"^(?P<location>[^·•|]{2,80}?)\s+[·•]\s+(?:reposted\s|posted\s)?(?:[0-9]+|an?|over|more)\s"
    r"(?:\w+\s){0,3}(?:ago|applicants?|people)\b",
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
    r"(?P<role>[^.,!?;:]{3,60}?)(?:\s(?:to|who|for|with|in|based|and)\b|[.,!?;:]|$)",
    re.IGNORECASE,
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
    title = [line for line in lines if not is_head(line.text)][:_TITLE_LINES]
    found = [*_from_labels(lines), *_from_dates(sentences, today), *_from_salaries(sentences)]
    found += [*_from_titles(title), *_from_mail(lines[:_HEAD_LINES], sentences)]
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


def _from_dates(lines: Iterable[_Line], today: date) -> Iterator[Suggestion]:
    """The date of a line that speaks of closing, if it has but one that is not over."""
    for line in lines:
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


def _from_salaries(lines: Iterable[_Line]) -> Iterator[Suggestion]:
    for line in lines:
        for each in find_salaries(line.text):
            trust = Trust.STATED if each.is_named else Trust.GUESS
            start, end = line.start + each.start, line.start + each.end
            yield Suggestion(field=SALARY, value=each.text, trust=trust, start=start, end=end)


def _from_mail(head: Iterable[_Line], sentences: Iterable[_Line]) -> Iterator[Suggestion]:
    """The sender and the subject of an email, and the sentence that thanks for the application."""
    for read, lines in ((read_header, head), (read_sentence, sentences)):
        for line in lines:
            for field, value, place in read(line.text):
                start = line.start + max(place, 0)
                end = start + len(value) if place >= 0 else line.start + len(line.text)
                yield Suggestion(field=field, value=value, trust=Trust.GUESS, start=start, end=end)


def _from_titles(lines: list[_Line]) -> Iterator[Suggestion]:
    """The first lines: "Data Engineer at Acme", "Acme hiring Data Engineer in Madrid", a role by itself.

    A line alone is what somebody types: "Acme, Data Engineer", or the other way round.
    """
    for number, line in enumerate(lines):
        title = _Line(_BOARD_ENDING.sub("", line.text), line.start)
        for pattern in (_HIRING, _ROLE_AT, _ROLE_THEN):
            found = pattern.match(title.text)
            if found and _is_role(found["role"]) and (pattern is _HIRING or not _ends(title.text)):
                yield from _values(title, found, _BY_NAME, Trust.GUESS)
                return
        if len(lines) == 1 and (both := list(_name_and_role(title))):
            yield from both
            return
        if _is_role(title.text):
            end = title.start + len(title.text)
            yield Suggestion(field=ROLE, value=title.text, trust=Trust.GUESS, start=title.start, end=end)
            yield from _around_role(lines[:number], lines[number + 1 :])
            return


def _name_and_role(line: _Line) -> Iterator[Suggestion]:
    """Both of "Acme, Data Engineer" or "Data Engineer, Acme"."""
    found = _TWO_PARTS.match(line.text)
    if found is None or _is_role(found["first"]) == _is_role(found["second"]):
        return
    fields = (ROLE, EMPLOYER) if _is_role(found["first"]) else (EMPLOYER, ROLE)
    if _is_name(found[1 + fields.index(EMPLOYER)]):
        yield from _values(line, found, dict(zip(("first", "second"), fields, strict=True)), Trust.GUESS)


def _around_role(above: list[_Line], below: list[_Line]) -> Iterator[Suggestion]:
    """Employer and place, each on a line of its own or on one together, next to the line of the role."""
    if not below:
        return
    if found := _PLACE_AND_TIME.match(below[0].text):
        yield from _values(below[0], found, _BY_NAME, Trust.GUESS)
        yield from (_whole(line, EMPLOYER) for line in above[-1:] if _is_name(line.text))
    elif found := _UNDER_TITLE.match(below[0].text) or _NAME_AND_PLACE.match(below[0].text):
        yield from _values(below[0], found, _BY_NAME, Trust.GUESS)
    elif _PLACE.match(below[0].text):
        yield _whole(below[0], LOCATION)
    elif _is_name(below[0].text):
        yield _whole(below[0], EMPLOYER)
        yield from (_whole(line, LOCATION) for line in below[1:2] if _PLACE.match(line.text))


def _whole(line: _Line, field: str) -> Suggestion:
    end = line.start + len(line.text)
    return Suggestion(field=field, value=line.text, trust=Trust.GUESS, start=line.start, end=end)


def _is_name(text: str) -> bool:
    """Whether a line by itself can be the name of a company."""
    is_short = 2 <= len(text) <= 60 and len(text.split()) <= _MOST_WORDS - 2
    is_bare = not _ends(text) and ":" not in text and (text[0].isupper() or text[0].isdigit())
    is_other = _NO_NAME.match(text) or split_address(text) or next(find_salaries(text), None)
    return is_short and is_bare and not is_other


def _is_role(text: str) -> bool:
    """Whether a line is a position by itself, not a sentence with one in it."""
    is_short = len(text) <= _LONGEST_VALUE and len(text.split()) <= _MOST_WORDS
    is_name = is_short and ":" not in text and not _ends(text) and not _NO_ROLE.search(text)
    is_called_so = _ROLE_WORD.search(text) or FOR_ALL.search(text)
    return is_name and is_called_so is not None and split_address(text) is None


def _ends(text: str) -> bool:
    return text.endswith((".", "!", "?"))


def _from_sentences(lines: Iterable[_Line]) -> Iterator[Suggestion]:
    for line in lines:
        if found := _ABOUT.match(line.text):
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
        if each.field == URL or _can_be(each.field, value):
            yield replace(each, value=value)


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
