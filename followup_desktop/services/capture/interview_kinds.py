"""The form that an interview most likely takes, from what is known of it."""

from __future__ import annotations

import re
from functools import cache

from followup_desktop.domain.meeting import meeting_link
from followup_desktop.domain.model import Application, InterviewKind
from followup_desktop.services.capture.interview_words import any_plain, plain_words
from followup_desktop.services.capture.vocabulary import plain

_TESTS = ("coderpad.io", "hackerrank.com", "codesignal.com", "karat.io", "codility.com")
"""Hosts on which one is given a task."""
_NUMBER = re.compile(r"\+?\(?\d[\d ()./-]{6,}\d")
_PROGRAMS = ("zoom", "google meet", "webex", "skype", "facetime")
_PLACES_OF_PROGRAMS = (*_PROGRAMS, "teams", "meet", "whereby", "hangouts?")
_CALLED = {
    InterviewKind.TECHNICAL: ("called_technical", ()),
    InterviewKind.PANEL: ("called_panel", ()),
    InterviewKind.VIDEO: ("called_video", ("zoom", "teams", "google meet", "webex", "skype")),
    InterviewKind.PHONE: ("called_phone", ()),
    InterviewKind.ONSITE: ("called_onsite", ()),
    InterviewKind.INFORMATIONAL: ("called_informational", ()),
}
"""By what interviews are called; the first that fits, so a technical call is technical."""
_STAYS = frozenset({InterviewKind.VIDEO, InterviewKind.ONSITE})
"""Who met so meets so again; after a first call by phone, or a test, the next is of another kind."""


@cache
def _says_call() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_plain('phone_said')})")


@cache
def _says_video() -> re.Pattern[str]:
    said = "|".join((*_PROGRAMS, "(?:microsoft|ms) teams"))
    return re.compile(rf"\b(?:{said}|{any_plain('video_said')})")


@cache
def _around_a_number() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_plain('around_numbers')})\b|\W|\d")


def kind_of_next(application: Application, location: str) -> InterviewKind:
    """The kind of one more interview of an application, with this location."""
    held = [each for each in application.interviews if not each.cancelled]
    newest = max(held, key=lambda each: (each.starts_at, each.id), default=None)
    return likely_kind(location, newest.kind if newest else None)


def said_kind(text: str) -> InterviewKind | None:
    """The kind that is named in what they wrote about an interview, "on Zoom", if one is."""
    words = plain(text)
    if _says_video().search(words):
        return InterviewKind.VIDEO
    return InterviewKind.PHONE if _says_call().search(words) else None


def called_kind(text: str) -> InterviewKind | None:
    """The kind of an interview by what it is called, "Phone screen" or "Technische Runde"."""
    words = plain(text)
    said = ((kind, plain_words(name, *programs)) for kind, (name, programs) in _CALLED.items())
    return next((kind for kind, pattern in said if pattern.search(words)), None)


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
    if number is not None and not _around_a_number().sub("", rest):
        return InterviewKind.PHONE
    if plain_words("video_places", *_PLACES_OF_PROGRAMS).search(words):
        return InterviewKind.VIDEO
    return InterviewKind.PHONE if plain_words("phone_places").search(words) else InterviewKind.ONSITE
