"""The form that an interview most likely takes, from what is known of it."""

from __future__ import annotations

import re

from followup_desktop.domain.meeting import meeting_link
from followup_desktop.domain.model import Application, InterviewKind
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


_SAID_CALLS = re.compile(
    r"\b(?:(?:by|via|over the) (?:tele)?phone|(?:tele)?phone (?:call|interview|screen)"
    r"|(?:give you|have) a call|telefonisch|telefongesprach|telefoninterview|por telefono|par telephone)"
)
_SAID_PICTURES = re.compile(
    r"\b(?:video|zoom|(?:microsoft|ms|on|via|uber|per|sur|por) teams|google meet|webex|skype|facetime"
    r"|videollamada|visio)"
)
_CALLED = {
    InterviewKind.TECHNICAL: re.compile(
        r"\b(?:techni\w*|tecnic\w*|coding|code|live coding|system design|take-? ?home|case study"
        r"|pair program\w*|programmier\w*|fachgesprach|fachinterview)\b"
    ),
    InterviewKind.PANEL: re.compile(r"\b(?:panel|gremium|auswahlkommission|tribunal|jury)\b"),
    InterviewKind.VIDEO: re.compile(
        r"\b(?:video\w*|zoom|teams|google meet|webex|skype|visio\w*|videollamada|online)\b"
    ),
    InterviewKind.PHONE: re.compile(
        r"\b(?:(?:tele)?phone|phone screen\w*|call|screening|recruiter screen|hr screen|telefon\w*|anruf"
        r"|llamada|appel)\b"
    ),
    InterviewKind.ONSITE: re.compile(
        r"\b(?:on-? ?site|in person|face to face|f2f|office|vor ort|personlich\w*|presencial|en persona"
        r"|sur (?:site|place)|presentiel|probetag|probearbeit\w*|trial (?:day|shift))\b"
    ),
    InterviewKind.INFORMATIONAL: re.compile(r"\b(?:informational|informal|coffee|kennenlern\w*|cafe)\b"),
}
"""By what interviews are called; the first that fits, so a technical call is technical."""
_STAYS = frozenset({InterviewKind.VIDEO, InterviewKind.ONSITE})
"""Who met so meets so again; after a first call by phone, or a test, the next is of another kind."""


def kind_of_next(application: Application, location: str) -> InterviewKind:
    """The kind of one more interview of an application, with this location."""
    held = [each for each in application.interviews if not each.cancelled]
    newest = max(held, key=lambda each: (each.starts_at, each.id), default=None)
    return likely_kind(location, newest.kind if newest else None)


def said_kind(text: str) -> InterviewKind | None:
    """The kind that is named in what they wrote about an interview, "on Zoom", if one is."""
    words = plain(text)
    if _SAID_PICTURES.search(words):
        return InterviewKind.VIDEO
    return InterviewKind.PHONE if _SAID_CALLS.search(words) else None


def called_kind(text: str) -> InterviewKind | None:
    """The kind of an interview by what it is called, "Phone screen" or "Technische Runde"."""
    words = plain(text)
    return next((kind for kind, pattern in _CALLED.items() if pattern.search(words)), None)


def likely_kind(location: str, last: InterviewKind | None) -> InterviewKind:
    """The kind of an interview with this location; ``last`` is that of the one before it, if there is one.

    A link is a video call, or a test where it leads to one; a phone number a call; any other place a visit.
    Where nothing is known the first is by phone, as most are, and one after a video call or a visit is like
    that.
    """
    link = meeting_link(location)
    if link is not None:
        is_test = any(link.host == host or link.host.endswith(f".{host}") for host in _TESTS)
        return InterviewKind.TECHNICAL if is_test else InterviewKind.VIDEO
    words = plain(location)
    if not words:
        return InterviewKind.PHONE if last is None else last if last in _STAYS else InterviewKind.OTHER
    number = _NUMBER.search(words)
    rest = words if number is None else words[: number.start()] + words[number.end() :]
    if number is not None and not _AROUND_A_NUMBER.sub("", rest):
        return InterviewKind.PHONE
    if _PICTURES.search(words):
        return InterviewKind.VIDEO
    return InterviewKind.PHONE if _CALLS.search(words) else InterviewKind.ONSITE
