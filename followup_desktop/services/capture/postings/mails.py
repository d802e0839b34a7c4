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


@cache
def _team() -> re.Pattern[str]:
    """What a firm's recruiters call themselves behind its name."""
    return re.compile(rf"\s*[-–|,]?\s*\b(?:{any_of('teams')})$", re.IGNORECASE)


@cache
def _of_company() -> re.Pattern[str]:
    return re.compile(
        rf"(?:\((?P<brackets>[^)]{{2,60}})\)|\b(?:{any_of('at_firm')}|@|via)\s+(?P<after>[^()]{{2,60}}))$",
        re.IGNORECASE,
    )


@cache
def _alert() -> re.Pattern[str]:
    """What sends the postings of others."""
    return re.compile(rf"(?:\b|job)(?:{any_of('alerts')})\b", re.IGNORECASE)


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


@cache
def _applied() -> tuple[re.Pattern[str], ...]:
    return sentences("applied", {"ROLE": _ROLE, "EMPLOYER": _EMPLOYER, "END": _ENDS}, re.IGNORECASE)


@cache
def _agency() -> re.Pattern[str]:
    return re.compile(any_of("agencies"), re.IGNORECASE)


@cache
def _for_client() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of('for_client')})", re.IGNORECASE)


@cache
def _subjects() -> tuple[re.Pattern[str], ...]:
    return sentences("subjects", {"ROLE": _ROLE, "EMPLOYER": _EMPLOYER}, re.IGNORECASE)


def _subject(text: str) -> re.Match[str] | None:
    return next(filter(None, (each.match(text) for each in _subjects())), None)


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
    for name, words, place in (*read_sentence(subject), *_parts(_subject(subject))):
        yield name, words, offset + place


def read_subject(line: str) -> Iterator[tuple[str, str, int]]:
    """What the subject of an email says that is a role at an employer, perhaps with the place in brackets."""
    header = head_line(line)
    if header is None or header.head != "subject":
        return
    value = _opening().sub("", before_subjects().sub("", header.value))
    found = None if any(read_sentence(value)) or _subject(value) else _role_at().match(value)
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


@cache
def _opening() -> re.Pattern[str]:
    """What stands before the role in the subject of a recruiter's email."""
    return re.compile(rf"^(?:{any_of('openings')})\s?[:–-]\s", re.IGNORECASE)


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


@cache
def _role_at() -> re.Pattern[str]:
    return re.compile(
        rf"^(?P<role>[^|@:?!]{{3,80}}?)\s(?:@|{any_of('at_firm')}|{any_of('at_firm_or_place')})\s"
        rf"(?P<employer>[^|@:?!()]{{2,60}}?)"
        rf"(?:\s\((?P<location>[^()]{{2,60}})\)|\s(?:{any_of('places')})\s(?P<where>[^|@:?!()]{{2,60}}))?$",
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
    if _alert().search(name) or _alert().search(found["box"]):
        return None
    if (of := _of_company().search(name)) is not None:
        return of["brackets"] or of["after"]
    bare = _team().sub("", name).strip()
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
