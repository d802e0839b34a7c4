"""What the address of a posting says, as far as a text holds one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from followup_desktop.services.capture.addresses import host_of, split_address
from followup_desktop.services.capture.postings.boards import read_address, source_of, words_of_slug
from followup_desktop.services.capture.postings.guess import EMPLOYER, ROLE, SOURCE, URL, Suggestion, Trust
from followup_desktop.services.capture.postings.names import is_role

_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"'“”|]{3,2000}", re.IGNORECASE)


def from_addresses(text: str) -> Iterator[Suggestion]:
    """The posting's address: all of the text, or the first in it; that of no board may be another's.

    It isn't where it stands by itself in one of the first lines, as below the title of the page.
    """
    whole, own = text.strip(), _own_line(text)
    if split_address(whole) is not None:
        matches = [(whole, text.index(whole))]
    else:
        matches = [(_unclosed(found[0]), found.start()) for found in _ADDRESS.finditer(text)]
        matches.sort(key=lambda match: (match[1] != own, not _names_posting(match[0])))
    for address, start in matches[:1]:
        parts = split_address(address)
        if parts is None or not host_of(parts):
            return
        end = start + len(address)
        is_posting = start == own or _names_posting(address)
        trust = Trust.GUESS if is_posting else Trust.POSSIBLE
        if address == whole:
            trust = Trust.STATED
        url = address if "://" in address else f"https://{address}"
        yield Suggestion(field=URL, value=url, trust=trust, start=start, end=end)
        said = dict(read_address(parts))
        for field, value in said.items():
            if field == EMPLOYER and (named := _as_written(value, text, start, end)) is not None:
                yield named
                continue
            yield Suggestion(field=field, value=value, trust=Trust.GUESS, start=start, end=end)
        role = words_of_slug(parts.path.rstrip("/").rpartition("/")[2])
        if ROLE not in said and address == whole and " " in role and is_role(role):
            yield Suggestion(field=ROLE, value=role, trust=Trust.GUESS, start=start, end=end)
        if (source := source_of(parts)) is not None:
            yield Suggestion(field=SOURCE, value=source, trust=Trust.GUESS, start=start, end=end)


def _own_line(text: str) -> int | None:
    """Where the address begins that is all of one of the first lines."""
    heads = (found for found in islice(_LINE.finditer(text), _HEADS) if _ADDRESS.fullmatch(found[0].rstrip()))
    return next((found.start() for found in heads), None)


_LINE = re.compile(r"\S[^\n]*")
_HEADS = 2

_NAME = re.compile(r"[A-Z0-9][\w&'’]*(?:[ -](?:& )?[A-Z0-9][\w&'’]*){0,3}")


def _as_written(slug: str, text: str, start: int, end: int) -> Suggestion | None:
    """The name in the text that an address has in short, "Acme Labs" for "Acmelabs" or "Acme".

    The shorter one counts where the text has it alone, too.
    """
    short = _letters(slug)
    names = [found for found in _NAME.finditer(text) if not start <= found.start() < end]
    alike = [found for found in names if _letters(found[0]).startswith(short)]
    if not alike or any(each[0] == slug for each in alike):
        return None
    # Of "Acme Labs makes" and "Acme Labs Home" the part is the name that all have.
    found = min(alike, key=lambda each: len(each[0]))
    if not all(each[0].startswith(found[0]) for each in alike):
        return None
    return Suggestion(field=EMPLOYER, value=found[0], trust=Trust.GUESS, start=found.start(), end=found.end())


def _letters(text: str) -> str:
    return "".join(each for each in text.casefold() if each.isalnum())


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
