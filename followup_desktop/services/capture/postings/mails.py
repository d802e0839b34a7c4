"""What an email says about an application: who wrote, the subject, and the sentence that thanks for it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from followup_desktop.services.capture.postings.boards import is_house, words_of_slug
from followup_desktop.services.capture.roles import role_word

_HEADER = re.compile(
    r"^[>\s]*(?P<name>from|von|de|subject|betreff|asunto|objet)\s?:\s*(?P<value>\S.*)$", re.IGNORECASE
)
_SENDERS = frozenset({"from", "von", "de"})
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
_REPLY = re.compile(r"^(?:(?:re|fwd?|aw|wg|rv|tr)\s?:\s*)+", re.IGNORECASE)
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
_SAYINGS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:application|applying|applied|interest|interview)\s(?:for|to|in)\s(?:the\s|our\s|an?\s)?(?:(?:position|role|job)\s(?:of|as)\s)?"
        rf"{_ROLE}{_JOB}\s(?:at|with|@)\s{_EMPLOYER}{_ENDS}",
        r"\b(?:an?|the|our)\s(?P<role>(?!(?:an?|the|for)\s)[\w&/+#-]+(?:\s(?!(?:an?|the|for|to|of)\s)[\w&/+#()-]+){0,5})"
        rf"\s(?:role|position|opening|vacancy)\s(?:at|with)\s{_EMPLOYER}(?:\sin\s(?P<location>[^.!?;:]{{2,60}}?))?{_ENDS}",
        rf"\b(?:thank you|thanks) for (?:applying|your application|your interest)\s(?:to|at|"
        rf"in)\s(?:joining\s)?{_EMPLOYER}{_ENDS}",
        rf"\b(?:Ihre |deine )?Bewerbung als\s{_ROLE}(?:\sbei\s{_EMPLOYER})?{_ENDS}",
        rf"\b(?:tu|su) (?:candidatura|solicitud) (?:para|"
        rf"como)\s(?:el puesto de\s)?{_ROLE}(?:\sen\s{_EMPLOYER})?{_ENDS}",
    )
)
_SUBJECT = re.compile(
    rf"^(?:(?:your )?(?:application|interview|invitation|job)\b[^:–-]{{0,30}}?(?:for|[:–-])|"
    rf"interview\b[^:–-]{{0,20}}[:–-])\s*(?:the\s)?{_ROLE}{_JOB}"
    rf"(?:\s(?:at|with|@|[-–—|])\s{_EMPLOYER})?$",
    re.IGNORECASE,
)


def read_header(line: str) -> Iterator[tuple[str, str, int]]:
    """What a line of an email's head says, as (field, its words, where they begin or -1)."""
    header = _HEADER.match(line)
    if header is None:
        return
    value, start = header["value"], header.start("value")
    if header["name"].casefold() in _SENDERS:
        if (employer := _company_of(value)) is not None:
            yield "employer", employer, line.find(employer, start)
        return
    subject = _REPLY.sub("", value)
    offset = start + len(value) - len(subject)
    for name, words, place in (*read_sentence(subject), *_parts(_SUBJECT.match(subject))):
        yield name, words, offset + place


def read_subject(line: str) -> Iterator[tuple[str, str, int]]:
    """What the subject of an email says that is a role at an employer, perhaps with the place in brackets."""
    header = _HEADER.match(line)
    if header is None or header["name"].casefold() in _SENDERS:
        return
    value = _REPLY.sub("", header["value"])
    found = None if any(read_sentence(value)) or _SUBJECT.match(value) else _ROLE_AT.match(value)
    if found is not None and role_word().search(found["role"]):
        offset = line.index(value)
        for name, words, place in _parts(found):
            yield name, words, offset + place


_ROLE_AT = re.compile(
    r"^(?P<role>[^|@:?!]{3,80}?)\s(?:@|at|bei|en|chez)\s(?P<employer>[^|@:?!()]{2,60}?)"
    r"(?:\s\((?P<location>[^()]{2,60})\))?$",
    re.IGNORECASE,
)


def read_sentence(line: str) -> Iterator[tuple[str, str, int]]:
    """What a sentence says of the application that it thanks for or asks about, in the same way."""
    for saying in _SAYINGS:
        if found := saying.search(line):
            yield from _parts(found)
            return


def is_head(line: str) -> bool:
    """Whether a line is one of those at the head of an email that names the sender or the subject."""
    return _HEADER.match(line) is not None


def _parts(found: re.Match[str] | None) -> Iterator[tuple[str, str, int]]:
    for name, words in (found.groupdict() if found else {}).items():
        if found is not None and words:
            yield name, words, found.start(name)


def _company_of(sender: str) -> str | None:
    """The company that a sender writes for: by its name, else by the host of the address."""
    found = _SENDER.match(sender)
    if found is None:
        return None
    name = found["name"].strip()
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
