"""What a follow-up says in a list: what to do and for whom, then where and why now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from followup_desktop.domain.model import Channel, EventKind, Rule, StepKind
from followup_desktop.i18n import _, format_list, format_series, ngettext, pgettext
from followup_desktop.services.wording.formats import When, capitalised, elide, sentence
from followup_desktop.services.wording.subject import Subject

_TOPIC_LENGTH = 80


class Titles:
    """Titles and details; short sentences that say what to do and never blame."""

    def __init__(self, when: When) -> None:
        self._when = when
        self._last_attempt = {
            2: _("second and last attempt"),
            3: _("third and last attempt"),
            4: _("fourth and last attempt"),
            5: _("fifth and last attempt"),
        }
        self._attempt = {2: _("second attempt"), 3: _("third attempt"), 4: _("fourth attempt")}

    def title(self, subject: Subject) -> str:
        """What to do and for whom: "Thank Ana Ruiz", "Call Initech about the position"."""
        rule = subject.follow_up.rule
        if rule is Rule.MANUAL:
            return subject.reminder.title if subject.reminder else _("Your reminder")
        if rule in {Rule.STATUS_CALL, Rule.CHECK_IN}:
            return self._chase(subject)
        if rule is Rule.THANK_YOU and subject.contact is not None:
            return _("Thank {name}").format(name=subject.contact.name)
        if rule is Rule.OFFER_REPLY and subject.follow_up.deadline_at is None:
            text = _("Ask {employer} by when they need your answer")
        else:
            text = self._of_employer(rule)
        return text.format(employer=subject.employer)

    def _of_employer(self, rule: Rule) -> str:
        return {
            Rule.PREPARE: _("Prepare for {employer}"),
            Rule.DEBRIEF: _("How did it go at {employer}?"),
            Rule.THANK_YOU: _("Thank the people at {employer}"),
            Rule.MOVE_ON: _("Move on from {employer}?"),
            Rule.ASK_FEEDBACK: _("Ask {employer} for feedback"),
            Rule.ENCOURAGEMENT: _("{employer} chose someone else. On you go"),
            Rule.APPLY: _("Apply to {employer}"),
            Rule.OFFER_THANKS: _("Thank {employer} for the offer"),
            Rule.OFFER_REPLY: _("Answer the offer from {employer}"),
            Rule.WITHDRAW_OTHERS: _("Let {employer} know that you withdraw"),
            Rule.KEEP_SEARCHING: _("Keep searching: add an application"),
        }[rule]

    def short(self, subject: Subject) -> str:
        """The title in a word or two, where the employer stands beside it."""
        follow_up = subject.follow_up
        if follow_up.rule is Rule.MANUAL:
            return self.title(subject)
        if follow_up.rule is Rule.THANK_YOU and subject.contact is not None:
            return _("Thank {name}").format(name=subject.contact.name)
        if follow_up.rule is Rule.STATUS_CALL and follow_up.channel is Channel.EMAIL:
            return pgettext("what to do", "Write")
        return {
            Rule.PREPARE: pgettext("what to do", "Prepare"),
            Rule.DEBRIEF: pgettext("what to do", "Debrief"),
            Rule.THANK_YOU: pgettext("what to do", "Thank them"),
            Rule.STATUS_CALL: pgettext("what to do", "Call"),
            Rule.CHECK_IN: pgettext("what to do", "Check in"),
            Rule.MOVE_ON: pgettext("what to do", "Move on?"),
            Rule.ASK_FEEDBACK: pgettext("what to do", "Ask for feedback"),
            Rule.ENCOURAGEMENT: pgettext("what to do", "A kind word"),
            Rule.APPLY: pgettext("what to do", "Apply"),
            Rule.OFFER_THANKS: pgettext("what to do", "Thank them"),
            Rule.OFFER_REPLY: pgettext("what to do", "Answer"),
            Rule.WITHDRAW_OTHERS: pgettext("what to do", "Withdraw"),
            Rule.KEEP_SEARCHING: pgettext("what to do", "Keep searching"),
        }[follow_up.rule]

    def _chase(self, subject: Subject) -> str:
        this, most = subject.attempts + 1, subject.policy.max_attempts
        by_phone = subject.follow_up.channel is Channel.PHONE
        if this == 1:
            if subject.follow_up.rule is Rule.CHECK_IN:
                text = _("Ask {employer} about your application")
            elif by_phone:
                text = _("Call {employer} about the position")
            else:
                text = _("Write to {employer} about the position")
            return text.format(employer=subject.employer)
        text = _("Call {employer} — {attempt}") if by_phone else _("Write to {employer} — {attempt}")
        attempt = self._last_attempt[min(this, 5)] if this >= most else self._attempt[this]
        return text.format(employer=subject.employer, attempt=attempt)

    def detail(self, subject: Subject, now: datetime) -> str:
        """Where, and why now: "Platform Lead — they said Fri 9 Oct; 2 working days have passed"."""
        where, why = self._where(subject), self._why(subject, now)
        if not where or not why:
            return where or capitalised(why)
        # Translators: where a follow-up belongs and why it is due: “Platform Lead — they said Fri 9 Oct”.
        return _("{where} — {why}").format(where=where, why=why)

    def where_and_why(self, subject: Subject, now: datetime) -> tuple[str, str]:
        """The same apart, each for a line of its own: "Platform Lead", "They said Fri 9 Oct." """
        return self._where(subject), sentence(self._why(subject, now))

    def _where(self, subject: Subject) -> str:
        if subject.follow_up.rule in {Rule.THANK_YOU, Rule.MANUAL} and subject.application is not None:
            return " · ".join(filter(None, (subject.employer, subject.role)))
        return subject.role

    def _why(self, subject: Subject, now: datetime) -> str:
        reasons: dict[Rule, Callable[[Subject, datetime], str]] = {
            Rule.PREPARE: self.interview,
            Rule.THANK_YOU: self._topics,
            Rule.STATUS_CALL: self.last_heard,
            Rule.CHECK_IN: self.last_heard,
            Rule.MOVE_ON: self._quiet,
            Rule.ENCOURAGEMENT: self._numbers,
            Rule.APPLY: self._closing,
            Rule.OFFER_REPLY: self._closing,
            Rule.KEEP_SEARCHING: self._active,
        }
        return reasons.get(subject.follow_up.rule, self._fixed)(subject, now)

    def _fixed(self, subject: Subject, _now: datetime) -> str:
        rule = subject.follow_up.rule
        if rule is Rule.MANUAL:
            return "" if subject.application is not None else _("your own reminder")
        return {
            Rule.DEBRIEF: _("one minute: who you met, what you talked about, when you will hear"),
            Rule.ASK_FEEDBACK: _("two lines from them can help with the next one"),
            Rule.OFFER_THANKS: _("a few warm words, before you decide anything"),
            Rule.WITHDRAW_OTHERS: _("you took another offer; a short note keeps the door open"),
        }[rule]

    def interview(self, subject: Subject, now: datetime) -> str:
        """When, in both zones, and with whom: "interview tomorrow, Tue 10:00 with Ana Ruiz"."""
        if subject.span is None or subject.interview is None:
            return ""
        start = subject.span[0]
        when = self._when.soon(start, now, subject.zone)
        zone_name = subject.interview.timezone or subject.employer_zone
        if there := self._when.elsewhere(start, subject.zone, zone_name, subject.employer_zone):
            when = self._when.with_elsewhere(when, there)
        met = subject.names(subject.day.interviewers()) if subject.day else ()
        # Translators: {when} is like “tomorrow, Tue 10:00 (04:00 in New York)”.
        text = _("interview {when} with {names}") if met else _("interview {when}")
        return text.format(when=when, names=self.people(met))

    def people(self, names: tuple[str, ...]) -> str:
        """Up to three names; of more the first two and how many others."""
        if len(names) <= 3:
            return format_series(names)
        others = ngettext("{n} other", "{n} others", len(names) - 2).format(n=len(names) - 2)
        return format_list([*names[:2], others])

    def _topics(self, subject: Subject, _now: datetime) -> str:
        topics = subject.interview.topics if subject.interview else ""
        if not topics:
            return ""
        return _("you talked about {topics}").format(topics=elide(topics, _TOPIC_LENGTH))

    def last_heard(self, subject: Subject, now: datetime) -> str:
        """What the date was reckoned from: what they said, or since when nothing was heard."""
        today = subject.today(now)
        stated, applied = subject.step(StepKind.STATED_DATE), subject.step(StepKind.APPLIED)
        conversation = subject.step(StepKind.CONVERSATION)
        if stated is not None and stated.date is not None:
            event = subject.event(stated.source)
            waits = event is not None and event.kind is EventKind.WAIT
            text = _("you wait until {date}") if waits else _("they said {date}")
            said = text.format(date=self._when.day(stated.date, today))
            passed = subject.step(StepKind.WORKING_DAYS)
            if now < subject.follow_up.due_at or subject.attempts or passed is None or not passed.n:
                return said
            text = ngettext("{said}; {n} working day passed", "{said}; {n} working days passed", passed.n)
            return text.format(said=said, n=passed.n)
        if conversation is not None and conversation.date is not None:
            text = _("last heard on {date}")
            if subject.is_ahead(conversation.source, now):
                interview = subject.source_interview(conversation.source) is not None
                text = _("after the interview on {date}") if interview else _("counted from {date}")
            return text.format(date=self._when.day(conversation.date, today))
        if applied is not None and applied.date is not None:
            return _("applied {date}").format(date=self._when.day(applied.date, today))
        return ""

    def _quiet(self, subject: Subject, now: datetime) -> str:
        made = subject.attempts_made(now)
        if made == 0:
            return self.last_heard(subject, now)
        if made == 1:
            return _("one attempt unanswered. Persistent, not a pest.")
        if made == 2:
            return _("two attempts unanswered. Persistent, not a pest.")
        return ngettext(
            "{n} attempt unanswered. Persistent, not a pest.",
            "{n} attempts unanswered. Persistent, not a pest.",
            made,
        ).format(n=made)

    def _numbers(self, subject: Subject, now: datetime) -> str:
        """News about one company, told in the user's own numbers."""
        parts = []
        if subject.numbers is not None:
            sent = ngettext("{n} application", "{n} applications", subject.numbers.applications).format(
                n=subject.numbers.applications
            )
            talks = ngettext("{n} interview", "{n} interviews", subject.numbers.interviews).format(
                n=subject.numbers.interviews
            )
            parts.append(_("{applications}, {interviews} so far").format(applications=sent, interviews=talks))
        rounds = sum(held.end <= now for held in subject.case.held) if subject.case else 0
        if rounds:
            parts.append(
                ngettext("this one got to {n} interview", "this one got to {n} interviews", rounds).format(
                    n=rounds
                )
            )
        if subject.numbers is not None and subject.numbers.active:
            parts.append(
                ngettext("{n} still going", "{n} still going", subject.numbers.active).format(
                    n=subject.numbers.active
                )
            )
        if subject.numbers is not None and subject.numbers.next_title:
            parts.append(_("next: {title}").format(title=subject.numbers.next_title))
        return pgettext("between clauses", "; ").join(parts)

    def _closing(self, subject: Subject, now: datetime) -> str:
        today = subject.today(now)
        application, rule = subject.application, subject.follow_up.rule
        if application is None:
            return ""
        if rule is Rule.APPLY and application.closes_on is not None:
            return _("closes {date}").format(date=self._when.day(application.closes_on, today))
        if subject.follow_up.deadline_at is None or application.offer_expires_on is None:
            return _("they named no date for your answer")
        date = self._when.day(application.offer_expires_on, today)
        return _("they need your answer by {date}").format(date=date)

    def _active(self, subject: Subject, _now: datetime) -> str:
        if subject.numbers is None:
            return _("however promising one is, keep others going")
        return ngettext(
            "{n} active application; however promising one is, keep others going",
            "{n} active applications; however promising one is, keep others going",
            subject.numbers.active,
        ).format(n=subject.numbers.active)
