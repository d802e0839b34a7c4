"""What sentences of a posting or an email say of who hires whom."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from followup_desktop.services.capture.postings.guess import BY_NAME, EMPLOYER, Suggestion, Trust, values_of
from followup_desktop.services.capture.postings.lines import Line
from followup_desktop.services.capture.postings.mails import read_header, read_sentence, read_subject
from followup_desktop.services.capture.postings.names import NOBODY, is_role

_WANTED = re.compile(
    r"\b(?:looking for|hiring|seeking|recruiting) (?:an?|our next|another)\s"
    r"(?P<role>[^.,!?;:(]{3,60}?)(?:\s\(|\s(?:to|who|for|with|in|based|and)\b|[.,!?;:]|$)",
    re.IGNORECASE,
)
_WHO_HIRES = re.compile(
    r"(?:^|[.!?,]\s)(?P<employer>[A-Z][\w&'’-]*(?:\s[A-Z&][\w&'’-]*){0,4})\s(?:is|are)\s(?:now\s|currently\s)?"
    r"(?:hiring|looking for|seeking|recruiting)\s(?:for\s)?(?:an?|our next|another)\b"
)
_ABOUT = re.compile(r"^(?i:about|acerca de|sobre|über)\s+(?P<employer>[A-Z0-9][^.:!?]{1,40})$")


def from_mail(head: Iterable[Line], sentences: Iterable[Line]) -> Iterator[Suggestion]:
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
    read: Callable[[str], Iterator[tuple[str, str, int]]], lines: Iterable[Line]
) -> Iterator[Suggestion]:
    for line in lines:
        for field, value, place in read(line.text):
            start = line.start + max(place, 0)
            end = start + len(value) if place >= 0 else line.start + len(line.text)
            yield Suggestion(field=field, value=value, trust=Trust.GUESS, start=start, end=end)


def from_sentences(lines: Iterable[Line]) -> Iterator[Suggestion]:
    for line in lines:
        if found := _ABOUT.match(line.text):
            yield from values_of(line, found, BY_NAME, Trust.GUESS)
        if (found := _WHO_HIRES.search(line.text)) and not NOBODY.match(found["employer"]):
            yield from values_of(line, found, BY_NAME, Trust.GUESS)
        found = _WANTED.search(line.text)
        if found and is_role(found["role"]):
            yield from values_of(line, found, BY_NAME, Trust.GUESS)
