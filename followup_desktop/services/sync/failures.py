"""Conversations with the calendar server, and how they fail."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from followup_desktop.i18n import _
from followup_desktop.services.ports import WebReply, WebRequest

T = TypeVar("T")

Wait = timedelta | datetime
"""How long, or until when: a server that doesn't tell its time names an instant alone."""
LONGEST_WAIT = timedelta(hours=1)

Steps = Generator[Sequence[WebRequest], list[WebReply], T]
"""A conversation with the server: it yields requests, is sent their replies, and returns what came of it.

Where it yields no requests it only lets others have their turn: what it does at a time is to fit in a frame.
"""


class DavFailed(Exception):
    """The server could not be used; the sentence is for the user.

    ``is_lasting`` where it makes no sense to try again before the user has done something; ``wait`` is how
    long the server asks to be left alone.
    """

    def __init__(self, sentence: str, *, is_lasting: bool = False, wait: Wait | None = None) -> None:
        super().__init__(sentence)
        self.is_lasting = is_lasting
        self.wait = wait

    def wait_from(self, now: datetime) -> timedelta:
        """How long it is to be left alone from this instant on, an hour at most."""
        wait = self.wait - now if isinstance(self.wait, datetime) else self.wait or timedelta(0)
        return max(timedelta(0), min(wait, LONGEST_WAIT))


class ProxyWantsLogin(DavFailed):
    """A proxy on the way asks for a user and a password; the sentence says which way."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, is_lasting=True)


class NoPassword(DavFailed):
    """The app password isn't kept here: the file that had it, or the keyring, is another computer's."""

    def __init__(self) -> None:
        super().__init__(
            _("The app password isn't stored on this computer. Enter it again."), is_lasting=True
        )


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
