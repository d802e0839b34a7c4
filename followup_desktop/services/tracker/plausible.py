"""Dates that can only be a slip: the forms' verbs refuse them, an import keeps them as it keeps anything."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _, format_full_date

_A_FEW_DAYS = timedelta(days=3)
"""What somebody writes down a little late may name a day that has just passed."""
_OLDEST_YEARS = 10
"""No answer is waited for so long: an application of that age is a slip in its year."""


def check_stated(reply_by: date | None, said_on: date) -> None:
    """Refuse a date by which they answer that lies long before the day on which they named it."""
    if reply_by is not None and reply_by < said_on - _A_FEW_DAYS:
        raise Refused(
            _("They can't have told you {date} on {day}, which is later. Check the year.").format(
                date=format_full_date(reply_by), day=format_full_date(said_on)
            ),
            "reply_by",
        )


def check_applied(values: Mapping[str, Any], today: date) -> None:
    """Refuse values in which the date of an application lies more than ten years back."""
    applied_on = values.get("applied_on")
    if applied_on is not None and applied_on.year < today.year - _OLDEST_YEARS:
        raise Refused(
            _("{date} is more than {years} years ago. Check the year.").format(
                date=format_full_date(applied_on), years=_OLDEST_YEARS
            ),
            "applied_on",
        )
