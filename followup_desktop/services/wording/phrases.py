"""What the words of several rules say alike: people, an interview, what a date was reckoned from."""

from __future__ import annotations

from datetime import datetime

from followup_desktop.domain.casefile import InterviewSpan
from followup_desktop.domain.model import Channel, EventKind, StepKind
from followup_desktop.i18n import _, format_list, format_number, ngettext
from followup_desktop.services.wording.formats import When, capitalised
from followup_desktop.services.wording.subject import Subject


class Phrases:
    """Parts of sentences, as the user in their zone reads them."""

    def __init__(self, when: When) -> None:
        self._when = when
        self._last_attempt = {
            2: _("second and last attempt"),
            3: _("third and last attempt"),
            4: _("fourth and last attempt"),
            5: _("fifth and last attempt"),
        }
        self.questions = {
            "people": _("each person's name and email"),
            "steps": _("what happens next"),
            "when": _("when and how you'll hear back"),
            "may_ask": _("whether you can follow up if you don't"),
        }
        """What to ask before leaving an interview (tip 1), by an id under which an answer is ticked off."""
        self._attempt = {2: _("second attempt"), 3: _("third attempt"), 4: _("fourth attempt")}

    def people(self, names: tuple[str, ...]) -> str:
        """Up to three names; of more the first two and how many others."""
        if len(names) <= 3:
            return format_list(names)
        others = ngettext("{n} other", "{n} others", len(names) - 2).format(n=format_number(len(names) - 2))
        return format_list([*names[:2], others])

    def interview(self, subject: Subject, now: datetime) -> str:
        """When, in both zones, and with whom: "interview tomorrow, Tue 10:00 with Ana Ruiz".

        Of several on one day it is the next one.
        """
        if subject.span is None or subject.interview is None:
            return ""
        start, interview = subject.span[0], subject.interview
        for held in subject.held:
            if start <= now < held.start:
                start, interview = held.start, held.interview
        when = self._when.soon(start, now, subject.zone)
        zone_name = interview.timezone or subject.employer_zone
        if there := self._when.elsewhere(start, subject.zone, zone_name, subject.employer_zone):
            when = self._when.with_elsewhere(when, there)
        met = subject.names(subject.day.interviewers()) if subject.day else ()
        # Translators: {when} is like “tomorrow, Tue 10:00 (04:00 in New York)”.
        text = _("interview {when} with {names}") if met else _("interview {when}")
        return text.format(when=when, names=self.people(met))

    def meeting_time(self, subject: Subject, held: InterviewSpan, now: datetime) -> tuple[str, str]:
        """How soon an interview is, and its times: "In 25 min", "Today 16:00–17:00"."""
        start = self._when.soon(held.start, now, subject.zone)
        end = self._when.clock(held.end, subject.zone)
        # Translators: {start} is like “tomorrow, Tue 10:00”, {end} like “11:00”.
        when = capitalised(_("{start}–{end}").format(start=start, end=end))
        zone_name = held.interview.timezone or subject.employer_zone
        if there := self._when.elsewhere(held.start, subject.zone, zone_name, subject.employer_zone):
            when = self._when.with_elsewhere(when, there)
        ahead = self._when.ahead(held.start - now) if held.start > now else _("under way now")
        return capitalised(ahead), when

    def another_attempt(self, subject: Subject) -> str:
        """The title of an enquiry that is not the first: "Call Initech — second and last attempt"."""
        this, most = subject.attempts + 1, subject.policy.max_attempts
        by_phone = subject.follow_up.channel is Channel.PHONE
        text = _("Call {employer} — {attempt}") if by_phone else _("Write to {employer} — {attempt}")
        attempt = self._last_attempt[min(this, 5)] if this >= most else self._attempt[this]
        return text.format(employer=subject.employer, attempt=attempt)

    def last_heard(self, subject: Subject, now: datetime) -> str:
        """What the date was reckoned from: what they said, or since when nothing was heard."""
        today = subject.today(now)
        stated, applied = subject.step(StepKind.STATED_DATE), subject.step(StepKind.APPLIED)
        conversation = subject.step(StepKind.CONVERSATION)
        if stated is not None and stated.date is not None:
            event = subject.event(stated.source)
            waits = event is not None and event.kind is EventKind.WAIT
            text = _("you're waiting until {date}") if waits else _("they said {date}")
            said = text.format(date=self._when.day(stated.date, today))
            step, calendar = subject.step(StepKind.WORKING_DAYS), subject.calendar
            if now < subject.follow_up.due_at or subject.attempts or step is None:
                return said
            passed = calendar.working_days(stated.date, calendar.date_of(now))
            text = ngettext(
                "{said}; {n} working day has passed", "{said}; {n} working days have passed", passed
            )
            return text.format(said=said, n=format_number(passed)) if passed else said
        if conversation is not None and conversation.date is not None:
            text = _("last heard on {date}")
            if subject.is_ahead(conversation.source, now):
                interview = subject.source_interview(conversation.source) is not None
                text = _("after the interview on {date}") if interview else _("counting from {date}")
            return text.format(date=self._when.day(conversation.date, today))
        if applied is not None and applied.date is not None:
            return _("applied {date}").format(date=self._when.day(applied.date, today))
        return ""


def asks_process(subject: Subject) -> bool:
    """Whether it is still unknown what happens next, so that it should be asked before leaving (tip 1)."""
    return not any(
        held.interview.process or held.interview.reply_by or held.interview.no_date_given
        for held in subject.held
    )
