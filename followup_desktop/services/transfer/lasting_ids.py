"""Ids for the things of a file that gives none: the same words always give the same."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha1
from uuid import UUID

from followup_desktop.domain.model import Stage, employer_key
from followup_desktop.services.capture.addresses import posting_key

_NAMESPACE = UUID("7c0f5c1e-9d0b-5c58-9a7e-2f1f5a0f6b1d")
_OF_NAMESPACE = sha1(_NAMESPACE.bytes, usedforsecurity=False)

HALF = len("00000000-0000-0000")
"""Half of an id, as it is written."""


def lasting_id(*words: str) -> str:
    """An id that the same words always give: for a thing of a file that has no id of its own."""
    # As ``uuid5`` does, without a ``UUID`` around it: in a fourth of the time, for each row of a table.
    hashed = _OF_NAMESPACE.copy()
    hashed.update("\x1f".join(words).encode())
    made = hashed.hexdigest()
    variant = "89ab"[int(made[16], 16) & 3]
    return f"{made[:8]}-{made[8:12]}-5{made[13:16]}-{variant}{made[17:20]}-{made[20:32]}"


def application_id(employer: str, role: str, applied_on: object, url: str) -> str:
    """The id of an application that is known by nothing but these."""
    words = (employer_key(employer), employer_key(role), str(applied_on or ""), posting_key(url))
    return lasting_id("application", *words)


def posting_id(source: str, employer: str, role: str, url: str) -> str:
    """The id of an application in the file of a board, whose addresses have a number for each posting."""
    return lasting_id(source, posting_key(url), employer_key(employer), employer_key(role))


def contact_id(name: str, employer: str, email: str = "", url: str = "") -> str:
    """The id of a person who is known by nothing but these."""
    if address := email.casefold() or posting_key(url):
        return lasting_id("contact", address, employer_key(name))
    return lasting_id("contact", employer_key(name), employer_key(employer))


def interview_id(application: str, starts_at: datetime) -> str:
    """The id of an interview that is known by nothing but the application's id in its file, and its start.

    Its first half is that of all interviews of the application, by which one that was moved is known, too.
    """
    first, rest = UUID(interviews_of(application)), UUID(lasting_id(application, starts_at.isoformat()))
    return str(UUID(bytes=first.bytes[:8] + rest.bytes[8:]))


def interviews_of(application: str) -> str:
    """The id whose first half all interviews of an application have."""
    return lasting_id("interview", application)


def undated_step_id(application: str, stage: Stage, at: datetime) -> str:
    """The id of a step whose day no file told, which has the instant of the import.

    One that was given another instant no longer has the id of its instant.
    """
    return lasting_id("undated step", application, stage, str(int(at.timestamp())))


def nth_id(first: str, number: int) -> str:
    """The id of what comes so many after that with the id ``first``, of which it has the first half."""
    whole = UUID(first).int
    return str(UUID(int=(whole >> 64 << 64) | ((whole + number) % (1 << 64))))
