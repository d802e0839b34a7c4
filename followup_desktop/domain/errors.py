"""What the product refuses, told in one sentence a user can act on."""

from __future__ import annotations


class Refused(Exception):
    """The input or the data was refused.

    ``str(error)`` is one sentence: what is wrong, where, and how to mend it. ``field`` names the field of the
    form or the key of the file that it concerns, if there is one.
    """

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field
