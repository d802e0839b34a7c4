"""What an email says about an application: who wrote, the subject, and the sentence that thanks for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import takewhile

from followup_desktop.services.capture.mail_words import before_subjects, greeting, head_line
from followup_desktop.services.capture.posting_words import any_of, sentences
from followup_desktop.services.capture.postings.boards import is_house, words_of_slug
from followup_desktop.services.capture.postings.lines import PostingLine
from followup_desktop.services.capture.postings.names import is_role
from followup_desktop.services.capture.postings.page_words import may_be_place
from followup_desktop.services.capture.roles import role_word
from followup_desktop.services.capture.salaries import is_salary
from followup_desktop.services.capture.vocabulary import plain

_TELLING = frozenset({"sender", "subject"})
"""What tells of an application; the other lines at the head of an email don't."""
_HOST = re.compile(r"@(?P<host>[\w.-]+)")
_SENDER = re.compile(
    r"^\"?(?P<name>[^\"<@]*?)\"?\s*<?(?P<box>[\w.+-]+)@(?P<host>[\w.-]+\.[a-z]{2,})>?\s*$", re.IGNORECASE
)
_TEAM = re.compile(
    r"\s*[-–|,]?\s*\b(?:(?:talent|hiring|recruiting|recruitment|people|HR)(?: acquisition|"
    r" operations| & culture)? team|"
    r"talent acquisition|recruiting|recruitment|careers?|jobs|hiring|talent|HR|personalabteilung|no-?reply)$",
    re.IGNORECASE,
)
_OF_COMPANY = re.compile(
    r"(?:\((?P<brackets>[^)]{2,60})\)|\b(?:at|@|bei|via)\s+(?P<after>[^()]{2,60}))$", re.IGNORECASE
)
_ALERT = re.compile(r"(?:\b|job)(?:alerts?|newsletter|digest|recommendations?)\b", re.IGNORECASE)
"""What sends the postings of others."""
_MAILBOXES = frozenset(
    {
        "aol", "fastmail", "freenet", "gmail", "gmx", "googlemail", "hotmail", "icloud", "live", "mail", "me",
        "msn", "outlook", "proton", "protonmail", "t-online", "web", "yahoo", "yandex", "ymail", "zoho",
    }
)  # fmt: skip
"""Where people have mailboxes, and no company is."""
_ATS = frozenset(
    {"greenhouse-mail", "hire", "icims", "jobs2web", "myworkday", "successfactors", "taleo", "workablemail"}
)

_ROLE = r"(?P<role>[^|.!?;:]{3,80}?)"
_EMPLOYER = r"(?P<employer>[^|.!?;:,]{2,60}?)"
_ENDS = r"(?:[.,!?;:|]|\s[-–—]\s|$)"
_JOB = r"(?:\s(?:position|role|job|vacancy|opening)\b)?"


@cache
def _applied() -> tuple[re.Pattern[str], ...]:
    return sentences("applied", {"ROLE": _ROLE, "EMPLOYER": _EMPLOYER, "END": _ENDS}, re.IGNORECASE)


@cache
def _agency() -> re.Pattern[str]:
    return re.compile(any_of("agencies"), re.IGNORECASE)


@cache
def _for_client() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of('for_client')})", re.IGNORECASE)


_SUBJECT = re.compile(
    rf"^(?:(?:your )?(?:application|interview|invitation|job)\b[^:–-]{{0,30}}?(?:for|[:–-])|"
    rf"interview\b[^:–-]{{0,20}}[:–-])\s*(?:the\s)?{_ROLE}{_JOB}"
    rf"(?:\s(?:at|with|@|[-–—|])\s{_EMPLOYER})?$",
    re.IGNORECASE,
)


def read_header(line: str) -> Iterator[tuple[str, str, int]]:
    """What a line of an email's head says, as (field, its words, where they begin or -1)."""
    header = head_line(line)
    if header is None or header.head not in _TELLING:
        return
    value, start = header.value, header.start
    if header.head == "sender":
        if (employer := _company_of(value)) is not None:
            yield "employer", employer, line.find(employer, start)
        return
    subject = before_subjects().sub("", value)
    offset = start + len(value) - len(subject)
    for name, words, place in (*read_sentence(subject), *_parts(_SUBJECT.match(subject))):
        yield name, words, offset + place


def read_subject(line: str) -> Iterator[tuple[str, str, int]]:
    """What the subject of an email says that is a role at an employer, perhaps with the place in brackets."""
    header = head_line(line)
    if header is None or header.head != "subject":
        return
    value = _OPENING.sub("", before_subjects().sub("", header.value))
    found = None if any(read_sentence(value)) or _SUBJECT.match(value) else _ROLE_AT.match(value)
    if found is not None and role_word().search(found["role"]):
        offset = line.index(value)
        for name, words, place in _parts(found):
            yield name, words, offset + place
    elif found is None:
        yield from _from_parts(line, value)


def _from_parts(line: str, value: str) -> Iterator[tuple[str, str, int]]:
    """The role and the place in "Platform Engineer - £95k - London (2 days a week)"."""
    parts = _DASH.split(value)
    roles = [each for each in parts if is_role(each)]
    if len(parts) < 3 or len(roles) != 1 or not any(map(is_salary, parts)):
        return
    yield "role", roles[0], line.index(roles[0])
    for part in parts:
        place = part.partition(" (")[0]
        if part != roles[0] and not is_salary(part) and may_be_place(place):
            yield "location", place, line.index(place)
            return


_DASH = re.compile(r"\s[-–—|]\s")
_OPENING = re.compile(
    r"^(?:(?:spannende|neue|interessante|new|exciting|great|nueva|interesante)\s)?(?:position|stelle|job|"
    r"vakanz|role|opportunity|vacancy|oferta|oportunidad)(?: alert)?\s?[:–-]\s",
    re.IGNORECASE,
)
"""What stands before the role in the subject of a recruiter's email."""


def before_greeting(lines: list[PostingLine]) -> list[PostingLine]:
    """The lines of an email down to its greeting, for a letter has no title; of other texts all lines."""
    if not any(is_head(line.text) for line in lines):
        return lines
    return list(takewhile(lambda line: greeting().match(plain(line.text)) is None, lines))


def is_agency(head: Iterable[PostingLine], text: Iterable[PostingLine]) -> bool:
    """Whether who wrote an email hires for others, as the sender's host says or the email itself."""
    heads = filter(None, (head_line(line.text) for line in head))
    hosts = [found["host"] for each in heads if each.head == "sender" for found in _HOST.finditer(each.value)]
    return any(map(_agency().search, hosts)) or any(_for_client().search(line.text) for line in text)


_ROLE_AT = re.compile(
    r"^(?P<role>[^|@:?!]{3,80}?)\s(?:@|at|bei|en|chez)\s(?P<employer>[^|@:?!()]{2,60}?)"
    r"(?:\s\((?P<location>[^()]{2,60})\)|\sin\s(?P<where>[^|@:?!()]{2,60}))?$",
    re.IGNORECASE,
)


def read_sentence(line: str) -> Iterator[tuple[str, str, int]]:
    """What a sentence says of the application that it thanks for or asks about, in the same way."""
    for saying in _applied():
        if found := saying.search(line):
            yield from _parts(found)
            return


def is_head(line: str) -> bool:
    """Whether a line is one of those at the head of an email that names the sender or the subject."""
    return (found := head_line(line)) is not None and found.head in _TELLING


def _parts(found: re.Match[str] | None) -> Iterator[tuple[str, str, int]]:
    for name, words in (found.groupdict() if found else {}).items():
        if found is not None and words:
            yield "location" if name == "where" else name, words, found.start(name)


def _company_of(sender: str) -> str | None:
    """The company that a sender writes for: by its name, else by the host of the address."""
    found = _SENDER.match(sender)
    if found is None:
        return None
    name = found["name"].strip()
    if _ALERT.search(name) or _ALERT.search(found["box"]):
        return None
    if (of := _OF_COMPANY.search(name)) is not None:
        return of["brackets"] or of["after"]
    bare = _TEAM.sub("", name).strip()
    if bare and bare != name:
        return bare
    labels = found["host"].casefold().split(".")
    house = (
        labels[-3]
        if len(labels) > 2 and labels[-2] in {"co", "com", "org", "net", "ac", "gov"}
        else labels[-2]
    )
    is_company = house not in _MAILBOXES and house not in _ATS and is_house(house)
    return words_of_slug(house) if is_company else None
