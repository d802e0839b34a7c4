"""Conversations with the calendar server, and how they fail."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import TypeVar

from followup_desktop.i18n import _
from followup_desktop.services.ports import WebReply, WebRequest

T = TypeVar("T")

Steps = Generator[Sequence[WebRequest], list[WebReply], T]
"""A conversation with the server: it yields requests, is sent their replies, and returns what came of it.

Where it yields no requests it only lets others have their turn: what it does at a time is to fit in a frame.
"""


class DavFailed(Exception):
    """The server could not be used; the sentence is for the user.

    ``is_lasting`` where it makes no sense to try again before the user has done something; ``wait`` is how
    many seconds the server asks to be left alone.
    """

    def __init__(self, sentence: str, *, is_lasting: bool = False, wait: int = 0) -> None:
        super().__init__(sentence)
        self.is_lasting = is_lasting
        self.wait = wait


class ProxyWantsLogin(DavFailed):
    """A proxy on the way asks for a user and a password; the sentence says which way."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, is_lasting=True)


class Unreachable(DavFailed):
    """No server answered; the sentence says how."""


class CalendarMoved(DavFailed):
    """The server says that what was asked for is at another address for good."""


class CalendarGone(DavFailed):
    """The program's own calendar is no longer on the server: someone deleted it there.

    Not lasting: a server that is just starting, or being moved, says so of a calendar that it has.
    """

    def __init__(self) -> None:
        super().__init__(
            _("The Follow Up calendar was deleted on the server. Create it again, or disconnect.")
        )
