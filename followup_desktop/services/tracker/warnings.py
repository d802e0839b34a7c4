"""What speaks against a contact before it is made: the guard's warnings, each with its tip, and the meter."""

from __future__ import annotations

from datetime import datetime

from followup_desktop.domain.casefile import CaseFile, PlanBasis, is_contact_made
from followup_desktop.domain.model import Application, CallOutcome, Employer, EventKind, Policy
from followup_desktop.domain.worktime import WorkCalendar
from followup_desktop.i18n import _, ngettext
from followup_desktop.services.wording import Wording

_CONTACTS = frozenset({EventKind.CALL, EventKind.EMAIL, EventKind.FEEDBACK_REQUEST})


class Warnings:
    """Sentences on a contact that breaks a rule; it can be made all the same."""

    def __init__(
        self, employer: Employer, application: Application, policy: Policy, wording: Wording
    ) -> None:
        self._employer = employer
        self._application = application
        self._policy = policy
        self._wording = wording
        self._calendar = WorkCalendar.of(application, policy)

    def of(self, kind: EventKind, at: datetime, outcome: CallOutcome | None = None) -> tuple[str, ...]:
        """The warnings for a contact of that kind at that instant; none for what is no contact."""
        if kind not in _CONTACTS:
            return ()
        found = [self._day(at) if kind is EventKind.CALL else "", self._gap(at)]
        if kind is not EventKind.FEEDBACK_REQUEST and outcome is not CallOutcome.SPOKE:
            found.append(self._attempts(at))
        return tuple(warning for warning in found if warning)

    def _day(self, at: datetime) -> str:
        """Tip 4, and its kin: weekends, holidays and days away."""
        day = self._calendar.date_of(at)
        why = self._calendar.why_closed(day)
        if why is None:
            return ""
        date = self._wording.when.day(day, self._calendar.date_of(at))
        text = {
            "weekend": _("{date} is on a weekend. Choose a working day instead (tip 4)."),
            "holiday": _("{date} is a holiday there. Choose a working day instead (tip 4)."),
            "away": _("You're away on {date}. It can wait until you're back (tip 4)."),
        }.get(why, _("{date} is a bad day to call. Choose another one instead (tip 4)."))
        return text.format(date=date)

    def _gap(self, at: datetime) -> str:
        """Over all tips: never overwhelm the employer."""
        gap = self._policy.contact_gap_working_days
        made = [
            (event.at, WorkCalendar.of(application, self._policy))
            for application in self._employer.applications
            for event in application.events
            if is_contact_made(event) and event.at <= at
        ]
        if not made or not gap:
            return ""
        newest, calendar = max(made, key=lambda contact: contact[0])
        last, today = calendar.date_of(newest), self._calendar.date_of(at)
        free = self._calendar.wd_after(last, gap)
        if today >= free:
            return ""
        when = self._wording.when
        return _(
            "They last heard from you on {last}. Wait until {free} so you don't pressure them (tip 5)."
        ).format(last=when.day(last, today), free=when.day(free, today))

    def _attempts(self, at: datetime) -> str:
        """Tip 5: a couple of attempts unanswered, move on."""
        case = CaseFile(self._application, PlanBasis(self._policy))
        last = case.conversations[-1].at if case.conversations else None
        attempts = sum(event.at <= at for event in case.attempts_since(last))
        if attempts < self._policy.max_attempts:
            return ""
        return ngettext(
            "{n} attempt has gone unanswered. It's fine to move on (tip 5).",
            "{n} attempts have gone unanswered. It's fine to move on (tip 5).",
            attempts,
        ).format(n=attempts)
