"""Who can be called about an application: whoever has a number, the nearest to it first."""

from __future__ import annotations

from collections.abc import Mapping

from followup_desktop.domain.casefile import CaseFile, InterviewDay
from followup_desktop.domain.model import Contact


def whom_to_call(
    case: CaseFile,
    contacts: Mapping[str, Contact],
    meant: str | None = None,
    day: InterviewDay | None = None,
) -> Contact | None:
    """The first with a number: who is ``meant`` or was last talked with, who was met, the others.

    Those of the ``day`` that the call is about come first, then those of the latest. Where nobody has one:
    who is plainly meant, so that their number can be asked for, or ``None``.
    """
    plainly = [meant, case.person()]
    days = [*([day] if day else []), *reversed(case.days)]
    met = [each for held in days for each in held.interviewers()]
    everyone = [*plainly, *met, *case.application.contacts]
    known = [contacts[each] for each in dict.fromkeys(everyone) if each is not None and each in contacts]
    named = [each for each in known if each.id in plainly]
    fallback = named or (known if len(known) == 1 else [])
    return next((each for each in known if each.phone), next(iter(fallback), None))
