"""The words of the rules: a row each, with functions where they depend on the follow-up.

What a rule is otherwise stands in its row in ``domain.rules``. What is common to all follow-ups, such as how
a date is written or when one calls, is put around these words by ``titles``, ``chips``, ``why``, ``notices``
and ``timeline``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from followup_desktop.domain.meeting import meeting_link, without_addresses
from followup_desktop.domain.model import Channel, InterviewKind, Rule, Step
from followup_desktop.i18n import _, format_list, format_number, ngettext, pgettext, with_dots
from followup_desktop.services.rows import MissedFollowUp, Tone
from followup_desktop.services.wording.formats import HOUR, When, elide, ended, sentence, sentences
from followup_desktop.services.wording.phrases import Phrases, asks_process
from followup_desktop.services.wording.subject import Subject

_TOPIC_LENGTH = 80
_NOTES_LENGTH = 300
_PLACE_LENGTH = 60
_SHORTLY = timedelta(hours=12)

OfSubject: TypeAlias = str | Callable[[Subject], str]
"""A text, with ``{employer}`` in it if it names them."""
OfMoment: TypeAlias = str | Callable[[Subject, datetime], str]
OfStep: TypeAlias = Callable[[Step, Subject, datetime, str], str]
"""What a step says, given its date in words, or nothing."""
OfMissed: TypeAlias = Callable[[MissedFollowUp, str], str]
"""What was not done in time, or done late, given the name of the person it was about, or nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleWords:
    """What is said of the follow-ups of one rule.

    ``label`` names the rule, ``title`` and ``short`` say what to do, ``why`` why now, in half a sentence;
    what the row ``names_employer`` says where before it, and the others leave to what stands beside them.
    ``missed`` is the entry in the timeline when it was not done in time.

    Of the answer to *Why?*, ``since`` and ``deadline`` are the steps from which and up to which is counted
    (``None``: as any conversation, and no words), ``retry`` the step after an answer that put it off,
    ``briefing`` the lines before the steps, ``heading`` that of a rule without a tip, ``ends`` what ends it.

    ``also`` is what else one may call it, with commas, as the palette finds it. ``in_time`` names its
    follow-ups among the figures of what was done in time.

    ``chip`` and ``notice`` are given where one that is due looks or is announced otherwise than others; the
    latter is the body of the notification. Both may be ``None`` for a follow-up of which too little
    is known.
    """

    label: str
    title: OfSubject
    short: OfSubject
    why: OfMoment
    ends: OfSubject
    names_employer: bool = False
    missed: OfMissed | None = None
    since: OfStep | None = None
    deadline: OfStep | None = None
    retry: OfStep | None = None
    briefing: Callable[[Subject, datetime], tuple[str, ...]] | None = None
    heading: str = ""
    also: str = ""
    in_time: str = ""
    chip: Callable[[Subject, datetime], tuple[str, Tone] | None] | None = None
    notice: Callable[[Subject, datetime], str | None] | None = None


def of_subject(text: OfSubject, subject: Subject) -> str:
    """The text for this follow-up."""
    return text.format(employer=subject.employer) if isinstance(text, str) else text(subject)


def of_moment(text: OfMoment, subject: Subject, now: datetime) -> str:
    """The text at that instant."""
    return text if isinstance(text, str) else text(subject, now)


def rule_words(
    when: When,
    phrases: Phrases,
    interview_kinds: Mapping[InterviewKind, str],
    goal: Callable[[datetime], str] = lambda _now: "",
) -> dict[Rule, RuleWords]:
    """The row of each rule, in the language in use; ``goal`` says how far the user's week has got."""
    told = _RuleTexts(when, phrases, interview_kinds, goal)
    chased = _("follow up, chase, ask, remind them")
    return {
        Rule.PREPARE: RuleWords(
            label=pgettext("a kind of follow-up", "Prepare for an interview"),
            title=_("Prepare for {employer}"),
            short=pgettext("what to do", "Prepare"),
            why=phrases.interview,
            since=_nothing,
            briefing=told.briefing,
            ends=_("Clears when the interview is over or cancelled."),
            chip=told.interview_chip,
            notice=told.interview_notice,
        ),
        Rule.DEBRIEF: RuleWords(
            label=pgettext("a kind of follow-up", "Debrief"),
            title=_("How did it go at {employer}?"),
            short=pgettext("what to do", "Debrief"),
            why=_("takes a minute: who you met, what you talked about, when you'll hear back"),
            since=told.after_interviews,
            ends=_("Clears when you save the debrief, or after a week."),
            missed=_missed(_("Debrief: time ran out"), _("Debriefed late")),
            in_time=_("Debriefs"),
        ),
        Rule.THANK_YOU: RuleWords(
            label=pgettext("a kind of follow-up", "Thank-you email"),
            title=told.thank(_("Thank the people at {employer}")),
            short=told.thank_in_short(pgettext("what to do", "Thank them")),
            why=told.topics,
            names_employer=True,
            since=told.after_interviews,
            deadline=told.thank_you_deadline,
            ends=told.thank_you_ends,
            missed=told.thank_you_missed,
            also=_("say thank you, send thanks"),
            in_time=_("Thank-you emails"),
        ),
        Rule.STATUS_CALL: RuleWords(
            label=pgettext("a kind of follow-up", "Status call"),
            title=told.status_call,
            short=_by_channel(pgettext("what to do", "Call"), pgettext("what to do", "Write")),
            why=phrases.last_heard,
            ends=_("Clears when you log the call or they answer."),
            missed=told.status_call_missed,
            also=chased,
        ),
        Rule.CHECK_IN: RuleWords(
            label=pgettext("a kind of follow-up", "Check in"),
            title=told.check_in,
            short=pgettext("what to do", "Check in"),
            why=phrases.last_heard,
            deadline=told.closing,
            ends=_("Clears when you log the email or they answer."),
            missed=_missed(_("Check-in: time ran out"), _("Checked in late")),
            also=chased,
        ),
        Rule.MOVE_ON: RuleWords(
            label=pgettext("a kind of follow-up", "Move on?"),
            title=_("Move on from {employer}?"),
            short=pgettext("what to do", "Move on?"),
            why=told.quiet,
            deadline=lambda _step, _subject, _now, day: _("it's too late to ask after {date}").format(
                date=day
            ),
            ends=_("Clears when they answer, when you move on, or if you decide to wait longer."),
        ),
        Rule.ASK_FEEDBACK: RuleWords(
            label=pgettext("a kind of follow-up", "Ask for feedback"),
            title=_("Ask {employer} for feedback"),
            short=pgettext("what to do", "Ask for feedback"),
            why=_("two lines from them can help you with the next one"),
            since=_dated(_("they told you on {date}")),
            ends=_("Clears when you log the request."),
            missed=_missed(_("Feedback request: time ran out"), _("Asked for feedback late")),
            in_time=_("Feedback requests"),
        ),
        Rule.ENCOURAGEMENT: RuleWords(
            label=pgettext("a kind of follow-up", "Encouragement"),
            title=_("{employer} chose someone else. Keep going"),
            short=pgettext("what to do", "A kind word"),
            why=told.numbers,
            since=lambda *_step: _("the evening after the news, once it has sunk in"),
            ends=_("Clears by itself after two days."),
            # Translators: a chip beside words of encouragement.
            chip=lambda _subject, _now: (_("for you"), Tone.WELL),
        ),
        Rule.APPLY: RuleWords(
            label=pgettext("a kind of follow-up", "Apply"),
            title=_("Apply to {employer}"),
            short=pgettext("what to do", "Apply"),
            why=told.closes,
            deadline=told.apply_deadline,
            ends=_("Clears when you apply or the posting closes."),
            missed=_missed(_("Application: time ran out"), _("Applied late")),
            in_time=_("Applications"),
        ),
        Rule.OFFER_THANKS: RuleWords(
            label=pgettext("a kind of follow-up", "Thank them for an offer"),
            title=_("Thank {employer} for the offer"),
            short=pgettext("what to do", "Thank them"),
            why=_("a few warm words before you decide"),
            since=_nothing,
            deadline=told.offer_thanks_deadline,
            ends=_("Clears when you log the email or any other contact."),
            missed=_missed(_("Thanks for the offer: time ran out"), _("Thanked them for the offer late")),
            in_time=_("Thanks for offers"),
        ),
        Rule.OFFER_REPLY: RuleWords(
            label=pgettext("a kind of follow-up", "Answer an offer"),
            title=told.answer_offer,
            short=pgettext("what to do", "Answer"),
            why=told.offer_expires,
            since=_dated(_("they made the offer on {date} and didn't give you a date")),
            deadline=told.offer_deadline,
            ends=_("Clears when you accept or decline."),
            in_time=_("Replies to offers"),
        ),
        Rule.WITHDRAW_OTHERS: RuleWords(
            label=pgettext("a kind of follow-up", "Withdraw"),
            title=_("Tell {employer} you're withdrawing"),
            short=pgettext("what to do", "Withdraw"),
            why=_("you accepted an offer elsewhere; a short note keeps the door open"),
            since=_dated(_("you accepted another offer on {date}")),
            ends=_("Clears when you withdraw."),
        ),
        Rule.MANUAL: RuleWords(
            label=pgettext("a kind of follow-up", "Reminder"),
            title=told.own_reminder,
            short=told.own_reminder,
            why=told.own_reminder_why,
            names_employer=True,
            heading=_("Your own reminder"),
            ends=_("Clears when you mark it done."),
        ),
        Rule.KEEP_SEARCHING: RuleWords(
            label=pgettext("a kind of follow-up", "Keep searching"),
            title=_("Keep searching: add an application"),
            short=pgettext("what to do", "Keep searching"),
            why=told.active,
            since=_dated(_("you have few active applications; the last change was on {date}")),
            retry=lambda _step, _subject, _now, day: _("you chose Not now; a week later is {date}").format(
                date=day
            ),
            ends=_("Clears when you apply somewhere or pause the search."),
        ),
    }


def _nothing(_step: Step, _subject: Subject, _now: datetime, _day: str) -> str:
    return ""


def _dated(text: str) -> OfStep:
    return lambda _step, _subject, _now, day: text.format(date=day) if day else ""


def _missed(undone: str, late: str) -> OfMissed:
    return lambda missed, _name: late if missed.is_done else undone


def _by_channel(phone: str, email: str) -> OfSubject:
    return lambda subject: email if subject.follow_up.channel is Channel.EMAIL else phone


class _RuleTexts:
    """What depends on the follow-up: a method for each text, the rules in the order of their rows."""

    def __init__(
        self,
        when: When,
        phrases: Phrases,
        interview_kinds: Mapping[InterviewKind, str],
        goal: Callable[[datetime], str],
    ) -> None:
        self._when = when
        self._phrases = phrases
        self._interview_kinds = interview_kinds
        self._goal = goal

    # Prepare

    def briefing(self, subject: Subject, now: datetime) -> tuple[str, ...]:
        """Tip 1: each interview of the day, when and where and with whom, the notes, and what to ask."""
        lines = []
        for held in subject.held:
            interview = held.interview
            zone_name = interview.timezone or subject.employer_zone
            if not self._when.there(held.start, subject.zone, zone_name):
                zone_name = subject.employer_zone
            parts = [self._when.both_zones(held.start, now, subject.zone, zone_name)]
            parts.append(self._interview_kinds[interview.kind])
            if interview.location:
                parts.append(elide(without_addresses(interview.location), _NOTES_LENGTH))
            if met := subject.names(interview.interviewers):
                parts.append(self._phrases.people(met))
            lines.append(with_dots(parts))
            if interview.notes:
                notes = elide(without_addresses(interview.notes), _NOTES_LENGTH)
                lines.append(_("Your notes: {notes}").format(notes=notes))
        if asks_process(subject):
            asked = format_list(list(self._phrases.questions.values()))
            lines.append(_("Before you leave, ask: {questions}.").format(questions=asked))
        return tuple(lines)

    def interview_chip(self, subject: Subject, now: datetime) -> tuple[str, Tone] | None:
        """When the next interview of the day starts, or the last one ends."""
        if subject.day is None:
            return None
        upcoming = [held.start for held in subject.held if held.start > now]
        if not upcoming:
            end = self._when.clock(max(held.end for held in subject.held), subject.zone)
            return _("until {time}").format(time=end), Tone.NOW
        time = self._when.brief(upcoming[0], now, subject.zone)
        tone = Tone.NOW if upcoming[0] - now < _SHORTLY else Tone.NEUTRAL
        if subject.today(upcoming[0]) == subject.today(now):
            return _("starts {time}").format(time=time), tone
        # Translators: {when} is like “Tue 14:00”.
        return _("starts {when}").format(when=time), tone

    def interview_notice(self, subject: Subject, now: datetime) -> str | None:
        """When and where it is, and what to ask before leaving (tip 1)."""
        if subject.day is None:
            return None
        parts = [sentence(self._phrases.interview(subject, now))]
        held = next((each for each in subject.held if each.end > now), subject.held[0])
        if location := held.interview.location:
            # What stands beside a link is how to get in: a code, a password.
            link = meeting_link(location)
            place = link.host if link is not None else without_addresses(location)
            parts.append(ended(elide(place, _PLACE_LENGTH)))
        if asks_process(subject):
            parts.append(
                _("Before you leave, ask for names and emails, the next steps, and when you'll hear back.")
            )
        return sentences(*parts)

    # Debrief and thank-you

    def after_interviews(self, step: Step, _subject: Subject, _now: datetime, _day: str) -> str:
        """How long after the interviews of the day, in whole hours where that is exact."""
        hours, rest = divmod(step.n or 0, 60)
        if hours and not rest:
            return ngettext(
                "{n} hour after the day's interviews end",
                "{n} hours after the day's interviews end",
                hours,
            ).format(n=hours)
        return ngettext(
            "{n} minute after the day's interviews end",
            "{n} minutes after the day's interviews end",
            step.n or 0,
        ).format(n=step.n or 0)

    def thank(self, unknown: str) -> OfSubject:
        """Whom to thank by name, or what to do where nobody is known."""

        def thanked(subject: Subject) -> str:
            if subject.contact is not None:
                return _("Thank {name}").format(name=subject.contact.name)
            return unknown.format(employer=subject.employer)

        return thanked

    def thank_in_short(self, unknown: str) -> OfSubject:
        """Whom to thank by name, where there is little room, or what to do where nobody is known."""

        def thanked(subject: Subject) -> str:
            if subject.contact is None:
                return unknown
            # Translators: in a narrow column, where the end may be cut off: best with the name last
            return pgettext("what to do", "Thank {name}").format(name=subject.contact.name)

        return thanked

    def topics(self, subject: Subject, _now: datetime) -> str:
        """What was talked about, which a good thank-you mentions (tip 2)."""
        topics = subject.interview.topics if subject.interview else ""
        if not topics:
            return ""
        return _("you talked about {topics}").format(topics=elide(topics, _TOPIC_LENGTH))

    def thank_you_deadline(self, step: Step, subject: Subject, now: datetime, _day: str) -> str:
        """By when (tip 2), and where that comes soon, how long before it."""
        if step.n is None or step.instant is None:
            return _("an hour before that at the latest")
        end = self._when.full(step.instant - step.n * HOUR, now, subject.zone)
        limit = self._when.full(step.instant, now, subject.zone)
        return _("the interview ended {end}; write by {limit}").format(end=end, limit=limit)

    def thank_you_ends(self, subject: Subject) -> str:
        """What settles it, with the person's name."""
        name = subject.contact.name if subject.contact else ""
        text = _("Clears when you log the email, or mark that {name} needs none.")
        return text.format(name=name) if name else _("Clears when you log the email.")

    def thank_you_missed(self, missed: MissedFollowUp, name: str) -> str:
        """Who was not thanked in time."""
        if name:
            text = _("Thank-you to {name}: time ran out")
            return (_("Thanked {name} late") if missed.is_done else text).format(name=name)
        return _("Sent thanks late") if missed.is_done else _("Thank-you: time ran out")

    # Enquiries

    def status_call(self, subject: Subject) -> str:
        """Whom to ask, and which attempt it is (tip 5)."""
        if subject.attempts:
            return self._phrases.another_attempt(subject)
        by_phone = subject.follow_up.channel is Channel.PHONE
        text = (
            _("Call {employer} about the position")
            if by_phone
            else _("Write to {employer} about the position")
        )
        return text.format(employer=subject.employer)

    def status_call_missed(self, missed: MissedFollowUp, _name: str) -> str:
        """What was not done in time, as it was to be done."""
        if missed.follow_up.channel is Channel.EMAIL:
            return _("Emailed late") if missed.is_done else _("Email: time ran out")
        return _("Called late") if missed.is_done else _("Call: time ran out")

    def check_in(self, subject: Subject) -> str:
        """Whom to ask, and which attempt it is (tip 5)."""
        if subject.attempts:
            return self._phrases.another_attempt(subject)
        return _("Ask {employer} about your application").format(employer=subject.employer)

    def closing(self, _step: Step, _subject: Subject, _now: datetime, day: str) -> str:
        """Until when one can apply."""
        return _("applications close {date}").format(date=day) if day else ""

    def quiet(self, subject: Subject, now: datetime) -> str:
        """How many attempts nobody answered (tip 5)."""
        made = subject.attempts_made(now)
        if made == 0:
            return self._phrases.last_heard(subject, now)
        if made == 1:
            return _("one attempt unanswered: be persistent, not a pest")
        if made == 2:
            return _("two attempts unanswered: be persistent, not a pest")
        return ngettext(
            "{n} attempt unanswered: be persistent, not a pest",
            "{n} attempts unanswered: be persistent, not a pest",
            made,
        ).format(n=made)

    # News, offers and the search

    def numbers(self, subject: Subject, now: datetime) -> str:
        """News about one company, told in the user's own numbers (tips 8 and 10)."""
        parts = []
        if subject.numbers is not None:
            sent = ngettext("{n} application", "{n} applications", subject.numbers.applications).format(
                n=format_number(subject.numbers.applications)
            )
            talks = ngettext("{n} interview", "{n} interviews", subject.numbers.interviews).format(
                n=format_number(subject.numbers.interviews)
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
                ngettext("{n} still active", "{n} still active", subject.numbers.active).format(
                    n=format_number(subject.numbers.active)
                )
            )
        if subject.numbers is not None and subject.numbers.next_title:
            parts.append(_("next: {title}").format(title=subject.numbers.next_title))
        return pgettext("between clauses", "; ").join(parts)

    def closes(self, subject: Subject, now: datetime) -> str:
        """Until when one can apply."""
        if subject.application is None or subject.application.closes_on is None:
            return ""
        day = self._when.day(subject.application.closes_on, subject.today(now))
        return _("closes {date}").format(date=day)

    def apply_deadline(self, step: Step, subject: Subject, now: datetime, day: str) -> str:
        """Until when one can apply, or how long before that."""
        return self.closing(step, subject, now, day) or _days_before(step)

    def offer_thanks_deadline(self, step: Step, subject: Subject, now: datetime, _day: str) -> str:
        """By when thanks are due."""
        limit = self._when.full(step.instant, now, subject.zone) if step.instant is not None else ""
        return _("send your thanks within a day, by {limit}").format(limit=limit)

    def answer_offer(self, subject: Subject) -> str:
        """What to answer; where no date is known, ask for it."""
        text = _("Answer the offer from {employer}")
        if subject.follow_up.deadline_at is None:
            text = _("Ask {employer} when they need your answer")
        return text.format(employer=subject.employer)

    def offer_expires(self, subject: Subject, now: datetime) -> str:
        """Until when the offer stands."""
        application = subject.application
        if application is None:
            return ""
        if subject.follow_up.deadline_at is None or application.offer_expires_on is None:
            return _("they didn't say when they need your answer")
        date = self._when.day(application.offer_expires_on, subject.today(now))
        return _("they need your answer by {date}").format(date=date)

    def offer_deadline(self, step: Step, _subject: Subject, _now: datetime, day: str) -> str:
        """How long before the offer expires, or when it does."""
        if step.n:
            return _days_before(step)
        return _("the offer expires on {date}").format(date=day) if day else ""

    def own_reminder(self, subject: Subject) -> str:
        """The title of a reminder in the user's own words."""
        return subject.reminder.title if subject.reminder else _("Your reminder")

    def own_reminder_why(self, subject: Subject, _now: datetime) -> str:
        """Nothing more where it stands with its application."""
        return "" if subject.application is not None else _("your own reminder")

    def active(self, subject: Subject, now: datetime) -> str:
        """However well one goes (tip 7), and how far the week has got, if there is a goal."""
        parts = (self._goal(now), self._active(subject))
        return pgettext("between clauses", "; ").join(part for part in parts if part)

    def _active(self, subject: Subject) -> str:
        if subject.numbers is None:
            return _("however promising one is, keep the others going")
        if not subject.numbers.active:
            return _("no active applications right now; the next one you send gets your search going")
        return ngettext(
            "{n} active application; however promising, keep looking",
            "{n} active applications; however promising, keep them all going",
            subject.numbers.active,
        ).format(n=format_number(subject.numbers.active))


def _days_before(step: Step) -> str:
    if not step.n:
        return ""
    return ngettext("{n} day before", "{n} days before", step.n).format(n=step.n)
