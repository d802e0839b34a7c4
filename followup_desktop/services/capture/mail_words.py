"""What stands around the words of an email in each language: its file, ``resources/mails/es.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, TypeAlias, get_args

from followup_desktop.services.capture.language_files import (
    check_keys,
    compiled,
    faults_in,
    filled,
    one_of,
    read_all,
    table_at,
    texts_at,
)
from followup_desktop.services.capture.vocabulary import plain

Head: TypeAlias = Literal["sender", "subject", "date", "recipients"]

_FILES = "mails/*.toml"
_LISTS = (
    *("before_subject", "greetings", "closings", "quotes", "quotes_begin", "wrote", "forwarded"),
    *("small_print", "robots", "mailboxes", "extensions"),
)
_ABBREVIATIONS = "abbreviations"
"""They have their capitals: "So." may be a Sunday, and "so." ends a sentence."""
_HEADS: tuple[Head, ...] = get_args(Head)
_HEAD = re.compile(r"[>\s]*(?P<name>[^\W\d_][\w '’-]{0,20}?)\s?:[ \t]*(?P<value>\S.*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadLine:
    """A line at the head of an email as programs show it; ``start`` is where its value begins in the line."""

    head: Head
    value: str
    start: int


def head_line(line: str) -> HeadLine | None:
    """What a line says if it is one of those at the head of an email, in whatever language; else ``None``."""
    found = _HEAD.match(line)
    head = _names().get(plain(found["name"])) if found is not None else None
    if found is None or head is None:
        return None
    return HeadLine(head=head, value=found["value"].strip(), start=found.start("value"))


@cache
def before_subjects() -> re.Pattern[str]:
    """What programs put before the subject of an answer or a forwarded email, any number of times."""
    return re.compile(rf"^(?:(?:{any_of('before_subject')})\s?:\s*)+", re.IGNORECASE)


@cache
def greeting() -> re.Pattern[str]:
    """A plain line with which an email begins."""
    return re.compile(rf"^(?:{any_of('greetings')})\b.{{0,60}}$")


@cache
def closing() -> re.Pattern[str]:
    """A plain line before the name of who wrote."""
    return re.compile(rf"^(?:{any_of('closings')})\s*[,.!]?$")


@cache
def quote_begins() -> re.Pattern[str]:
    """A plain line above what an email quotes."""
    return re.compile(rf"^(?:{any_of('quotes')}|_{{10,}})\s*$|{_ends_with_verb()}")


@cache
def broken_quote() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Two plain lines above what an email quotes, where a program has broken the one line."""
    return re.compile(rf"^(?:{any_of('quotes_begin')})\b.{{4,160}}$"), re.compile(_ends_with_verb())


def _ends_with_verb() -> str:
    """A line with "wrote" or the like near its colon."""
    return rf"^.{{0,120}}\b(?:{any_of('wrote')})\b.{{0,60}}:$"


@cache
def forwarded() -> re.Pattern[str]:
    """A plain line above an email that is passed on."""
    return re.compile(rf"^(?:{any_of('forwarded')})\s*$")


@cache
def small_print() -> re.Pattern[str]:
    """The beginning of a plain line with which no one says anything."""
    return re.compile(rf"^(?:{any_of('small_print')})")


@cache
def robot() -> re.Pattern[str]:
    """A word in the plain name of a mailbox that nobody reads."""
    return re.compile(rf"(?:^|[._+-])(?:{any_of('robots')})(?:$|[._+-])")


@cache
def shared_mailbox() -> re.Pattern[str]:
    """A word in the plain name of a mailbox that several people read."""
    return re.compile(rf"^(?:{any_of('mailboxes')})$")


@cache
def extension() -> re.Pattern[str]:
    """What stands before the extension at the end of a phone number."""
    return re.compile(rf"(?:;ext=|[,;]?\s*(?:x|#|{any_of('extensions')}))\s*(\d{{1,8}})\s*$", re.IGNORECASE)


@cache
def no_end() -> re.Pattern[str]:
    """A dot at the end of a text that may end no sentence, as it stands: of a letter, a number, "Mr."."""
    return re.compile(rf"\b(?:[A-Za-z]|{any_of('abbreviations')}|(?<!\d:)\d{{1,2}})\.$")


def faults() -> Iterator[str]:
    """A sentence for each file that can't be read."""
    return faults_in(_FILES, _read)


@cache
def languages() -> tuple[Mapping[str, tuple[str, ...]], ...]:
    """What each file has under each of its names, its words and patterns as plain texts."""
    return read_all(_FILES, _read)


def _read(text: str) -> Mapping[str, tuple[str, ...]]:
    table = tomllib.loads(text)
    check_keys(table, (*_LISTS, _ABBREVIATIONS, "heads"))
    heads = check_keys(table_at(table, "heads"), _HEADS, "head")
    found = {name: tuple(filled(name, each, {}) for each in texts_at(table, name)) for name in _LISTS}
    found[_ABBREVIATIONS] = texts_at(table, _ABBREVIATIONS)
    for name, patterns in found.items():
        for each in patterns:
            compiled(name, each)
    return found | {name: tuple(map(plain, texts_at(heads, name))) for name in _HEADS}


@cache
def _names() -> Mapping[str, Head]:
    return {word: head for each in languages() for head in _HEADS for word in each[head]}


def any_of(name: str) -> str:
    """Any of these patterns, of all languages; of none, what is never found."""
    return one_of(pattern for each in languages() for pattern in each[name])
