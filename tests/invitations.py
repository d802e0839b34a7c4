"""Invitations as calendars send them, for tests and pictures."""

from __future__ import annotations


def invitation(
    *lines: str,
    uid: str = "round-1@calendar",
    at: str = ";TZID=Europe/Madrid:20261020T100000",
    summary: str = "Interview",
    method: str = "REQUEST",
    sequence: int = 0,
) -> str:
    """A calendar with one event of an hour from ``at`` on, whose other ``lines`` are given."""
    event = (
        f"UID:{uid}",
        f"SEQUENCE:{sequence}",
        "DTSTAMP:20261010T090000Z",
        f"DTSTART{at}",
        "DURATION:PT1H",
        f"SUMMARY:{summary}",
        *lines,
    )
    whole = (
        "BEGIN:VCALENDAR", "VERSION:2.0", f"METHOD:{method}",
        "BEGIN:VEVENT", *event, "END:VEVENT", "END:VCALENDAR", "",
    )  # fmt: skip
    return "\r\n".join(whole)


def person(name: str, address: str, what: str = "ATTENDEE", more: str = "") -> str:
    """The line of the event that names somebody."""
    return f"{what}{more};CN={name}:mailto:{address}"
