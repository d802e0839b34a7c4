"""Invitations to interviews in calendar files (iCalendar), of Outlook, Google, Zoom and schedulers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from followup_desktop.i18n import N_, _
from followup_desktop.services.transfer.document import (
    Document,
    Question,
    QuestionTopic,
    Reading,
    Recognition,
    RefusedRow,
    Source,
)

if TYPE_CHECKING:
    from followup_desktop.services.transfer.invitations import Invitations

FORMAT = N_("Invitation")
_BEGINS = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*BEGIN:VCALENDAR\b", re.IGNORECASE)


def recognise(data: bytes, _name: str) -> Recognition:
    """Whether it begins as a calendar does."""
    return Recognition.SURE if _BEGINS.match(data[:1000]) else Recognition.NONE


def read(data: bytes, reading: Reading) -> Document:
    """The invitations of the calendar; ``Refused`` where there is no event in it."""
    from followup_desktop.services.transfer.invitations import read_invitations  # every file is looked at

    zones = (reading.timezone,)
    return document_of(read_invitations([data], preferred_zones=zones), reading, _(FORMAT))


def document_of(found: Invitations, reading: Reading, name: str) -> Document:
    """A document that holds these invitations, and asks what they leave open."""
    questions = []
    for each in found.asks:
        answer = reading.answers.zone_for(each.said)
        questions.append(
            Question(
                asked=QuestionTopic.ZONE,
                text=each.text,
                about=each.said,
                guess=answer or each.offered or reading.timezone,
                settled=bool(answer),
            )
        )
    return Document(
        format=name,
        invitations=found.found,
        answers=reading.answers,
        questions=tuple(questions),
        warnings=found.remarks,
        refused=tuple(
            RefusedRow(place=title or _("event"), why=why, source=Source(cells=(title,) if title else ()))
            for title, why in found.refused
        ),
    )
