"""How far long work is, and whether the user has given it up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from math import ceil
from threading import Event
from typing import TypeVar

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.progress import OnProgress
from followup_desktop.i18n import _, format_number, format_series, ngettext

T = TypeVar("T")
_TOLD_AFTER = 100
_MINUTES_FROM = 90
"""Seconds from which on minutes are said."""


class Cancelled(Refused):
    """The user gave it up; nothing was changed."""

    def __init__(self) -> None:
        super().__init__(_("Cancelled. Nothing has changed."))


def applications_in_words(done: int, of: int) -> str:
    """How many applications of how many are done."""
    counted = ngettext("{done} of {n} application", "{done} of {n} applications", of)
    return counted.format(done=format_number(done), n=format_number(of))


def page_in_words(number: int, of: int) -> str:
    """Which page of how many is done."""
    return _("Page {number} of {pages}").format(number=format_number(number), pages=format_number(of))


def rate_in_words(
    done: int, of: int, seconds: float, counted: Callable[[int, int], str] = applications_in_words
) -> str:
    """How many of how many were done in so many seconds, and how long the others will take.

    That is said once it can be told, after a second; empty where there is nothing to count.
    """
    if not of:
        return ""
    said = counted(done, of)
    if seconds < 1 or not done:
        return said
    left = ceil((of - done) * seconds / done)
    if left < _MINUTES_FROM:
        text = ngettext("about {n} second left", "about {n} seconds left", left).format(n=left)
    else:
        minutes = ceil(left / 60)
        text = ngettext("about {n} minute left", "about {n} minutes left", minutes).format(n=minutes)
    return format_series([said, text])


def counting(things: Sequence[T], on_progress: OnProgress, part: int = 1, parts: int = 1) -> Iterator[T]:
    """These things, one by one; ``on_progress`` hears how many are done, in this of the parts of the work."""
    return counting_of(len(things), things, on_progress, part, parts)


def counting_of(
    count: int, things: Iterable[T], on_progress: OnProgress, part: int = 1, parts: int = 1
) -> Iterator[T]:
    """These things, one by one, of which there are ``count``; of 0, ``on_progress`` can only end the work."""
    for place, each in enumerate(things):
        if place % _TOLD_AFTER == 0:
            on_progress(min(((part - 1) * count + place) // parts, count), count)
        yield each


class Progress:
    """How far the work is, in words, and whether it shall go on; any thread may ask and tell."""

    def __init__(self, text: str, in_words: Callable[[int, int], str] = applications_in_words) -> None:
        self.text = text
        self.in_words = in_words
        """Says how many of how many are done."""
        self.counted = 0, 0
        """How many of how many are done; none where that isn't known."""
        self._given_up = Event()

    def describe(self, text: str) -> None:
        """From here on it does this; raises ``Cancelled`` if it shall not go on."""
        if self.is_cancelled():
            raise Cancelled
        self.text, self.counted = text, (0, 0)

    def count(self, done: int, of: int) -> None:
        """Note how many of how many are done; raises ``Cancelled`` if it is not to go on."""
        if self.is_cancelled():
            raise Cancelled
        self.counted = done, of

    def cancel(self) -> None:
        """Let it end soon, with nothing changed."""
        self._given_up.set()

    def is_cancelled(self) -> bool:
        """Whether it shall end."""
        return self._given_up.is_set()
