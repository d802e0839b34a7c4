"""The form that an interview most likely takes, from what is known of it."""

from __future__ import annotations

import re

from followup_desktop.domain.meeting import meeting_link
from followup_desktop.domain.model import InterviewKind
from followup_desktop.services.capture.vocabulary import plain

_TESTS = ("coderpad.io", "hackerrank.com", "codesignal.com", "karat.io", "codility.com")
"""Hosts on which one is given a task."""
_NUMBER = re.compile(r"\+?\(?\d[\d ()./-]{6,}\d")
_CALLS = re.compile(
    r"\b(?:phone|telephone|tel|mobile|telefon|telefono|by phone|they(?:'ll)? call|calls? me)\b"
)
_PICTURES = re.compile(
    r"\b(?:video|zoom|teams|google meet|meet|webex|skype|facetime|whereby|hangouts?|videollamada|videocall)\b"
)
_AROUND_A_NUMBER = re.compile(
    r"\b(?:call|phone|tel|telephone|mobile|dial|ext|extension|on|at|number|from)\b|\W|\d"
)


def likely_kind(location: str, *, is_first: bool) -> InterviewKind:
    """The kind of an interview with this location, perhaps the first one of an application.

    A link is a video call, or a test where it leads to one; a phone number a call; any other place a visit.
    Where nothing is known the first is by phone, as most are.
    """
    link = meeting_link(location)
    if link is not None:
        is_test = any(link.host == host or link.host.endswith(f".{host}") for host in _TESTS)
        return InterviewKind.TECHNICAL if is_test else InterviewKind.VIDEO
    words = plain(location)
    if not words:
        return InterviewKind.PHONE if is_first else InterviewKind.OTHER
    number = _NUMBER.search(words)
    rest = words if number is None else words[: number.start()] + words[number.end() :]
    if number is not None and not _AROUND_A_NUMBER.sub("", rest):
        return InterviewKind.PHONE
    if _PICTURES.search(words):
        return InterviewKind.VIDEO
    return InterviewKind.PHONE if _CALLS.search(words) else InterviewKind.ONSITE
