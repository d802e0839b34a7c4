"""The message that asks for a new time after an interview that did not take place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from followup_desktop.domain.casefile import interview_span
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Application, Contact, EventKind, Interview, Policy
from followup_desktop.domain.worktime import date_of
from followup_desktop.i18n import _
from followup_desktop.services.capture.mail_addresses import one_address
from followup_desktop.storage.listing import ListingReads

_PREFIX = "new_time/"


def new_time_key(interview_id: str) -> str:
    """The key of the message that asks for a new time; no follow-up has such a key."""
    return f"{_PREFIX}{interview_id}"


def asks_for_new_time(key: str) -> bool:
    """Whether a key is that of such a message, be it still to be sent or not."""
    return key.startswith(_PREFIX)


@dataclass(frozen=True, slots=True, kw_only=True)
class MissedInterview:
    """An interview that was called off and for which no new time was asked yet.

    ``day`` is that of its ``start`` for the employer.
    """

    application: Application
    interview: Interview
    start: datetime
    day: date

    @classmethod
    def of(cls, reads: ListingReads, key: str, policy: Policy) -> MissedInterview:
        """What the message of that key is about; ``Refused`` where it is not called for any more."""
        interview_id = key.removeprefix(_PREFIX)
        try:
            application = reads.application(reads.interview_application(interview_id))
        except Refused:
            raise _settled() from None
        interview = next(i for i in application.interviews if i.id == interview_id)
        asked = any(e.kind is EventKind.MESSAGE and e.interview == interview_id for e in application.events)
        if asked or not interview.cancelled:
            raise _settled()
        start, __ = interview_span(interview, application, policy)
        zone_name = application.timezone or policy.timezone
        day = date_of(start, zone_name)
        return cls(application=application, interview=interview, start=start, day=day)

    @property
    def attempts(self) -> int:
        """How many interviews of the application were called off: each message gets other words."""
        return sum(interview.cancelled for interview in self.application.interviews)

    def people(self, contacts: dict[str, Contact]) -> list[Contact]:
        """Whom it may go to: who was to be met, then the others; first those who have an address."""
        ids = dict.fromkeys((*self.interview.interviewers, *self.application.contacts))
        known = [contacts[each] for each in ids if each in contacts]
        return sorted(known, key=lambda person: not one_address(person.email))


def _settled() -> Refused:
    return Refused(_("This is already done or has been rescheduled, so there's nothing left to write."))
