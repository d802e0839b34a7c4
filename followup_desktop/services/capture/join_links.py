"""The link by which one joins a meeting, among those that what they wrote about it may hold."""

from __future__ import annotations

import re

from followup_desktop.domain.meeting import meeting_link
from followup_desktop.services.capture.interview_words import plain_words
from followup_desktop.services.capture.vocabulary import plain

LINK = re.compile(r"https?://[^\s<>\"“”„«»]+", re.IGNORECASE)
_PROGRAMS = ("zoom", "teams", "webex")


def join_link(text: str, *, needs_words: bool = True) -> str:
    """The link by which one joins: never one to cancel, to move, or to read something; or an empty text.

    Unless it ``needs_words`` that say so, any link is meant but those.
    """
    before = ""
    for line in text[:50_000].splitlines():
        for found in LINK.finditer(line):
            link = meeting_link(found[0])
            said = plain(f"{before} {line[: found.start()]} {link.host if link else ''}")
            near = plain(line[: found.start()]) or plain(before)
            if (
                link is not None
                and not plain_words("other_links").search(near)
                and (plain_words("joins", *_PROGRAMS).search(said) or not needs_words)
            ):
                return link.url
        before = line if line.strip() else before
    return ""
