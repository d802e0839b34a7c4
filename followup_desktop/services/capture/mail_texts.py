"""What an email says itself: without what it quotes, who signed it, and the small print below."""

from __future__ import annotations

import re
from collections.abc import Iterator

from followup_desktop.services.capture import mail_words
from followup_desktop.services.capture.mail_words import head_line
from followup_desktop.services.capture.vocabulary import plain

_READ_AT_MOST = 40_000
_SIGNATURE = re.compile(r"^(?:--|__|—)\s*$")
_ITEM = re.compile(r"^\s*(?:[-*•·–]|\d{1,2}[.)])\s+")
_END = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+(?=[\"“„'(¿¡]*[A-ZÀ-ÖØ-Þ0-9¿¡])")


def own_text(text: str) -> str:
    """What the writer says: not what is quoted, nor below the signature.

    Of an email that is forwarded without a word, it is the forwarded one.
    """
    lines = text[:_READ_AT_MOST].replace("\r\n", "\n").replace("\r", "\n").split("\n")
    own, rest = _divided(lines)
    if not any(line.strip() for line in own) and rest:
        own, _rest = _divided(_without_head(rest))
    return "\n".join(own).strip()


def sentences_of(text: str) -> Iterator[str]:
    """The sentences of a text, as they stand; an item of a list is one of its own."""
    for paragraph in _paragraphs(text):
        pieces: list[str] = []
        for piece in _END.split(paragraph):
            pieces.append(piece)
            if mail_words.no_end().search(piece) is None:
                yield " ".join(pieces).strip()
                pieces = []
        if pieces:
            yield " ".join(pieces).strip()


def _divided(lines: list[str]) -> tuple[list[str], list[str]]:
    """The writer's own lines, and those that are quoted or forwarded below."""
    own: list[str] = []
    closed = False
    for place, line in enumerate(lines):
        bare = plain(line)
        if mail_words.forwarded().match(bare) or _is_quote(lines, place, bare):
            return own, lines[place + 1 :] if not _names_sender(line) else lines[place:]
        if bare.startswith(">"):
            continue
        if _SIGNATURE.match(line.strip()) or mail_words.small_print().match(bare):
            closed = True
        if not closed:
            own.append(line)
        if (
            mail_words.closing().match(bare)
            and any(each.strip() for each in own[:-1])
            and not _goes_on(lines[place + 1 :])
        ):
            closed = True
    return own, []


def _goes_on(lines: list[str]) -> bool:
    """Whether what follows a word of thanks is more of the letter, and not a name."""
    return any(len(line.split()) > 12 for line in lines[:4])


def _is_quote(lines: list[str], place: int, bare: str) -> bool:
    if mail_words.quote_begins().match(bare):
        return True
    following = lines[place + 1 : place + 4]
    first, second = mail_words.broken_quote()
    if following and first.match(bare) and second.match(plain(following[0])):
        return True
    return _names_sender(lines[place]) and any(
        (found := head_line(line)) is not None and found.head != "sender" for line in following
    )


def _names_sender(line: str) -> bool:
    return (found := head_line(line)) is not None and found.head == "sender"


def _without_head(lines: list[str]) -> list[str]:
    """The lines of a forwarded email below its head."""
    for place, line in enumerate(lines[:12]):
        if not line.strip() and any(map(_names_sender, lines[:place])):
            return lines[place + 1 :]
    return [line.lstrip("> ") for line in lines]


def _paragraphs(text: str) -> Iterator[str]:
    lines: list[str] = []
    for line in text.split("\n"):
        if (not line.strip() or _ITEM.match(line)) and lines:
            yield " ".join(lines)
            lines = []
        if line.strip():
            lines.append(_ITEM.sub("", line).strip())
    if lines:
        yield " ".join(lines)
