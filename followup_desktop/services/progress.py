"""How far long work is, and whether the user has given it up."""

from __future__ import annotations

from threading import Event

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _


class Cancelled(Refused):
    """The user gave it up; nothing was changed."""

    def __init__(self) -> None:
        super().__init__(_("Cancelled. Nothing has changed."))


class Progress:
    """How far the work is, in words, and whether it shall go on; any thread may ask and tell."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._given_up = Event()

    def describe(self, text: str) -> None:
        """From here on it does this; raises ``Cancelled`` if it shall not go on."""
        if self.is_cancelled():
            raise Cancelled
        self.text = text

    def cancel(self) -> None:
        """Let it end soon, with nothing changed."""
        self._given_up.set()

    def is_cancelled(self) -> bool:
        """Whether it shall end."""
        return self._given_up.is_set()
