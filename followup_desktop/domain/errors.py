"""What the product refuses, told in one sentence a user can act on."""

from __future__ import annotations

from followup_desktop.i18n import N_, _

_OF_THE_SYSTEM = (
    N_("Address already in use"),
    N_("Bad file descriptor"),
    N_("Broken pipe"),
    N_("Connection refused"),
    N_("Connection reset by peer"),
    N_("Device or resource busy"),
    N_("Disk quota exceeded"),
    N_("File exists"),
    N_("File name too long"),
    N_("File too large"),
    N_("Input/output error"),
    N_("Invalid argument"),
    N_("Invalid cross-device link"),
    N_("Is a directory"),
    N_("No space left on device"),
    N_("No such device or address"),
    N_("No such file or directory"),
    N_("Not a directory"),
    N_("Operation not permitted"),
    N_("Permission denied"),
    N_("Read-only file system"),
    N_("Stale file handle"),
    N_("Text file busy"),
    N_("Too many levels of symbolic links"),
    N_("Too many open files"),
    N_("Transport endpoint is not connected"),
)
"""What the system says of a file or a socket, where it has not been given the language of the user."""


class Refused(Exception):
    """The input or the data was refused.

    ``str(error)`` is one sentence: what is wrong, where, and how to mend it. ``field`` names the field of the
    form or the key of the file that it concerns, if there is one.
    """

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field
        self._sentence = sentence

    def __str__(self) -> str:
        # Not of the arguments: PySide writes "Error calling Python override of …: " before the first.
        return self._sentence


class NotFound(Refused):
    """What was asked for is not there, perhaps no longer."""


class ReadOnly(Refused):
    """Nothing can be written there; what is there may be read."""


def reason_of(error: OSError) -> str:
    """What the system says went wrong, in the language in use where that is known."""
    return _(error.strerror) if error.strerror else _("unknown error")
