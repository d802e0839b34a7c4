"""What a column of a table may be taken for, by the names that a mapping uses, and how it is told of."""

from __future__ import annotations

from followup_desktop.domain.facts import facts_of
from followup_desktop.domain.model import Application
from followup_desktop.services.transfer.tables.layouts import KEPT

FACTS = {fact.name: fact for fact in facts_of(Application)}
FIELDS = (*(name for name in FACTS if name not in ("id", "contacts")), "contact_name", "contact_email",
          "contact_phone", "contact_title", "contact_url", "first_name", "last_name", "next_action",
          "next_action_date", "interview_at", "interview_clock", "history")  # fmt: skip
"""All that a mapping may name."""
NAMES = frozenset({"contact_name", "first_name", "last_name"})
ABOUT_PERSONS = ("contact_email", "contact_phone", "contact_title", "contact_url")
DATES = frozenset(
    {"applied_on", "closes_on", "offer_expires_on", "stage_at", "next_action_date", "interview_at"}
)
BESIDE_DATES = frozenset({"saved_on", "outcome", KEPT})
"""Fields that may have dates, among other things."""
AHEAD = frozenset({"closes_on", "offer_expires_on", "next_action_date", "interview_at"})
"""Dates that may lie ahead; without a year the others are of the last year that had that day."""
_LEFT_OUT = frozenset({"", "saved_on", "number", "key", "id"})
_TOLD_AS = {
    KEPT: "notes",
    "outcome": "stage",
    "excitement": "notes",
    "html": "notes",
    "followed": "notes",
    "reason": "notes",
    "applied_notes": "notes",
    "middle_name": "first_name",
    "called": "contact_name",
}


def as_told(field: str) -> str:
    """The field of a column as reports name it: what is kept is in the notes, what is left out is nothing."""
    return "" if field in _LEFT_OUT else _TOLD_AS.get(field, field)
