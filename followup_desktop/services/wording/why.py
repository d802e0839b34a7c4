"""The answer to *Why this reminder?*: a follow-up's arithmetic in sentences."""

from __future__ import annotations

from datetime import date, datetime

from followup_desktop.domain.model import Channel, EventKind, Rule, Step, StepKind
from followup_desktop.domain.rules.table import row_of
from followup_desktop.i18n import _, format_list, format_series, ngettext
from followup_desktop.services.reading.rows import Explanation
from followup_desktop.services.wording.formats import HOUR, When, capitalised, elide
from followup_desktop.services.wording.labels import Labels
from followup_desktop.services.wording.subject import Subject
from followup_desktop.services.wording.titles import Titles

_NOTES_LENGTH = 300


class Reasons:
    """Explanations: the tip, each date step with the days passed over, and what would cancel it."""

    def __init__(self, when: When, labels: Labels, titles: Titles) -> None:
        self._when = when
        self._labels = labels
        self._titles = titles

    def explain(self, subject: Subject, now: datetime) -> Explanation:
        """Why the follow-up exists and falls when it does; the last line says what would cancel it."""
        rule = subject.follow_up.rule
        tip = row_of(rule).tip
        if tip is not None:
            heading = _("Tip {n}. {tip}").format(n=tip, tip=self._labels.tips[tip])
        elif rule is Rule.MANUAL:
            heading = _("Your own reminder.")
        else:
            heading = _("Beyond the ten tips: what an offer or a closing date asks for.")
        lines = [*self.briefing(subject, now)] if rule is Rule.PREPARE else []
        lines += self._steps(subject, now)
        lines.append(self._waits(subject))
        lines.append(self._times(subject, now))
        lines.append(self._cancelled_by(subject, now))
        return Explanation(heading=heading, lines=tuple(line for line in lines if line))

    def _waits(self, subject: Subject) -> str:
        """Over all tips: never overwhelm the employer."""
        first = subject.waits_for
        if first is None:
            return ""
        text = _("One at a time: first comes the email about {role}; settle, skip or snooze that one")
        if first.channel is Channel.PHONE:
            text = _("One at a time: first comes the call about {role}; settle, skip or snooze that one")
        return text.format(role=first.role)

    def briefing(self, subject: Subject, now: datetime) -> tuple[str, ...]:
        """Tip 1: each interview of the day, when and where and with whom, the notes, and what to ask."""
        lines = []
        for held in subject.held:
            interview = held.interview
            zone_name = interview.timezone or subject.employer_zone
            if not self._when.there(held.start, subject.zone, zone_name):
                zone_name = subject.employer_zone
            parts = [self._when.both_zones(held.start, now, subject.zone, zone_name)]
            parts.append(self._labels.interview_kinds[interview.kind])
            if interview.location:
                parts.append(elide(interview.location, _NOTES_LENGTH))
            if met := subject.names(interview.interviewers):
                parts.append(self._titles.people(met))
            lines.append(" · ".join(parts))
            if interview.notes:
                lines.append(_("Your notes: {notes}").format(notes=elide(interview.notes, _NOTES_LENGTH)))
        if asks_process(subject):
            lines.append(
                _(
                    "Before you leave, ask: each person's name and email, the next steps, when you will hear "
                    "and how, and whether you may follow up if you have not heard by then."
                )
            )
        return tuple(lines)

    def _steps(self, subject: Subject, now: datetime) -> list[str]:
        """The steps in words; working days are joined to the line they are counted from."""
        lines: list[str] = []
        for step in subject.follow_up.because:
            text = self._step(step, subject, now)
            if not text:
                continue
            if step.kind is StepKind.WORKING_DAYS and lines and step.n:
                # Translators: {days} are counted from {since}: “You applied Mon 14 Sep; + 10 working days”.
                lines[-1] = _("{since}; + {days}").format(since=lines[-1], days=text)
            else:
                lines.append(capitalised(text))
        return lines

    def _step(self, step: Step, subject: Subject, now: datetime) -> str:
        today = subject.today(now)
        day = self._when.day(step.date, today) if step.date is not None else ""
        n, over = step.n or 0, self._passed_over(step, today)
        match step.kind:
            case StepKind.STATED_DATE:
                event = subject.event(step.source)
                waits = event is not None and event.kind is EventKind.WAIT
                text = (_("you wait until {date}") if waits else _("they said {date}")).format(date=day)
            case StepKind.DEFAULT_REPLY:
                text = _reckoned(self._usual(subject, n, now), day, over)
            case StepKind.APPLIED:
                text = _("you applied {date}").format(date=day)
            case StepKind.WORKING_DAYS:
                text = self._working_days(step, day, over)
            case StepKind.OUTREACH_DAY:
                text = self._outreach(step, day, over)
            case StepKind.RETRY if subject.follow_up.rule is Rule.KEEP_SEARCHING:
                text = _("you said not now; a week later is {date}").format(date=day)
            case StepKind.RETRY:
                text = ngettext(
                    "{n} working day after the last attempt", "{n} working days after the last attempt", n
                ).format(n=n)
                text = _reckoned(text, day, over)
            case StepKind.GUARD:
                text = ngettext(
                    "never overwhelm them: {n} working day from one contact to the next",
                    "never overwhelm them: {n} working days from one contact to the next",
                    n,
                ).format(n=n)
                text = _reckoned(text, day, over)
            case StepKind.ATTEMPTS if subject.attempts_made(now) < n:
                text = ngettext("if {n} attempt isn't answered", "if {n} attempts aren't answered", n).format(
                    n=n
                )
            case StepKind.ATTEMPTS:
                text = ngettext(
                    "{n} attempt since then, not answered yet", "{n} attempts since then, not answered yet", n
                ).format(n=n)
            case _:
                text = self._fact(step, subject, now, day)
        return text

    def _usual(self, subject: Subject, n: int, now: datetime) -> str:
        conversation = subject.step(StepKind.CONVERSATION)
        if conversation is not None and subject.is_ahead(conversation.source, now):
            return ngettext(
                "if they name no date, {n} working day is usual",
                "if they name no date, {n} working days are usual",
                n,
            ).format(n=n)
        return ngettext(
            "they named no date; {n} working day is usual",
            "they named no date; {n} working days are usual",
            n,
        ).format(n=n)

    def _working_days(self, step: Step, day: str, over: str) -> str:
        if step.n:
            days = ngettext("{n} working day", "{n} working days", step.n).format(n=step.n)
            return _reckoned(days, day, over)
        if step.skipped:
            return _because(_("your next working day is {date}").format(date=day), over)
        return ""

    def _passed_over(self, step: Step, today: date) -> str:
        """Why it is not sooner: the holidays and days away passed over; weekends go without saying.

        Empty where there are none.
        """
        reasons = []
        for skipped, why in step.skipped:
            date = self._when.day(skipped, today)
            if why == "holiday":
                reasons.append(_("{date} is a holiday").format(date=date))
            elif why == "away":
                reasons.append(_("you are away on {date}").format(date=date))
        return format_list(reasons)

    def _outreach(self, step: Step, day: str, over: str) -> str:
        if not step.skipped:
            return ""
        barred = [d for d, why in step.skipped if why not in {"weekend", "holiday", "away"}]
        if not barred:
            return _because(_("the next day to reach them is {date}").format(date=day), over)
        weekday = self._labels.not_on_weekday[barred[-1].weekday()]
        # Translators: {weekday} is like “not on Mondays”.
        return _because(_("{weekday}, so {date} (tip 4)").format(weekday=weekday, date=day), over)

    def _fact(self, step: Step, subject: Subject, now: datetime, day: str) -> str:
        """What happened, or what is coming, told as the rule needs it."""
        if step.kind is StepKind.DEADLINE:
            return self._deadline(step, subject, now, day)
        if step.kind not in {StepKind.CONVERSATION, StepKind.INTERVIEW_END}:
            return ""
        rule = subject.follow_up.rule
        if rule in {Rule.PREPARE, Rule.OFFER_THANKS}:
            return ""
        if rule in {Rule.THANK_YOU, Rule.DEBRIEF}:
            return _after_interviews(step.n or 0)
        if rule is Rule.ENCOURAGEMENT:
            return _("the evening after the news, when it has settled")
        return self._conversation(step, subject, now).format(date=day) if day else ""

    def _deadline(self, step: Step, subject: Subject, now: datetime, day: str) -> str:
        limit = self._when.full(step.instant, now, subject.zone) if step.instant is not None else ""
        match subject.follow_up.rule:
            case Rule.THANK_YOU if step.n is not None and step.instant is not None:
                ended = self._when.full(step.instant - step.n * HOUR, now, subject.zone)
                text = _("the interview ended {end}; write by {limit}").format(end=ended, limit=limit)
            case Rule.THANK_YOU:
                text = _("an hour before that at the latest")
            case Rule.APPLY | Rule.CHECK_IN if day:
                text = _("applications close {date}").format(date=day)
            case Rule.APPLY | Rule.OFFER_REPLY if step.n:
                text = ngettext("{n} day before", "{n} days before", step.n).format(n=step.n)
            case Rule.OFFER_THANKS:
                text = _("thanks within a day: by {limit}").format(limit=limit)
            case Rule.OFFER_REPLY if day:
                text = _("the offer stands until {date}").format(date=day)
            case Rule.MOVE_ON:
                text = _("after {date} asking would be too late").format(date=day)
            case _:
                text = ""
        return text

    def _conversation(self, step: Step, subject: Subject, now: datetime) -> str:
        rule = subject.follow_up.rule
        by_rule = {
            Rule.WITHDRAW_OTHERS: _("you accepted another offer on {date}"),
            Rule.KEEP_SEARCHING: _("few applications are going; the last one moved on {date}"),
            Rule.OFFER_REPLY: _("they made the offer on {date} and named no date"),
            Rule.ASK_FEEDBACK: _("they told you on {date}"),
        }
        by_kind = {
            EventKind.CALL: _("you spoke on {date}"),
            EventKind.WAIT: _("you chose on {date} to wait"),
        }
        if rule in by_rule:
            return by_rule[rule]
        if subject.is_ahead(step.source, now):
            interview = subject.source_interview(step.source) is not None
            return _("the interview on {date}") if interview else _("counted from {date}")
        if subject.source_interview(step.source) is not None:
            return _("you talked with them on {date}")
        event = subject.event(step.source)
        heard = _("you last heard from them on {date}")
        return by_kind.get(event.kind, heard) if event is not None else heard

    def _times(self, subject: Subject, now: datetime) -> str:
        """When it is announced: first, and again."""
        follow_up = subject.follow_up
        due = self._when.both_zones(follow_up.due_at, now, subject.zone, subject.employer_zone)
        if follow_up.channel is Channel.PHONE:
            return _("First call window: {time}").format(time=due)
        quiet = subject.step(StepKind.QUIET_HOURS) is not None
        text = _("First reminder, outside your quiet hours: {time}") if quiet else _("First reminder: {time}")
        text = text.format(time=due if follow_up.channel is not Channel.NONE else self._here(subject, now))
        if follow_up.remind_at:
            again = format_series(
                self._when.brief(m, follow_up.due_at, subject.zone) for m in follow_up.remind_at
            )
            text = _("{first}; again {time}").format(first=text, time=again)
        return text

    def _here(self, subject: Subject, now: datetime) -> str:
        return self._when.full(subject.follow_up.due_at, now, subject.zone)

    def _cancelled_by(self, subject: Subject, now: datetime) -> str:
        rule = subject.follow_up.rule
        if rule is Rule.THANK_YOU:
            name = subject.contact.name if subject.contact else ""
            text = _("It goes away when you log the email, or mark that {name} needs none.")
            return text.format(name=name) if name else _("It goes away when you log the email.")
        return {
            Rule.PREPARE: _("It goes away when the interview is over, or if they cancel it."),
            Rule.DEBRIEF: _("It goes away when you have written the debrief, or after a week."),
            Rule.STATUS_CALL: _("It goes away when you log the call, or when they answer."),
            Rule.CHECK_IN: _("It goes away when you log the email, or when they answer."),
            Rule.MOVE_ON: _(
                "It goes away when they answer, when you move on, or if you wait a little longer."
            ),
            Rule.ASK_FEEDBACK: _("It goes away when you log the request."),
            Rule.ENCOURAGEMENT: _("It goes away by itself after two days."),
            Rule.APPLY: _("It goes away when you have applied, or when the posting closes."),
            Rule.OFFER_THANKS: _("It goes away when you log the email, or any other contact."),
            Rule.OFFER_REPLY: _("It goes away when you accept or decline."),
            Rule.WITHDRAW_OTHERS: _("It goes away when you have withdrawn."),
            Rule.KEEP_SEARCHING: _("It goes away when you apply somewhere, or pause the search."),
            Rule.MANUAL: _("It goes away when you mark it done."),
        }[rule]


def _after_interviews(minutes: int) -> str:
    """So long after the interviews of a day, in whole hours where that is exact."""
    hours, rest = divmod(minutes, 60)
    if hours and not rest:
        return ngettext(
            "{n} hour after the end of the day's interviews",
            "{n} hours after the end of the day's interviews",
            hours,
        ).format(n=hours)
    return ngettext(
        "{n} minute after the end of the day's interviews",
        "{n} minutes after the end of the day's interviews",
        minutes,
    ).format(n=minutes)


def _reckoned(what: str, day: str, over: str) -> str:
    """A span of days and the day it comes to, with what was passed over, if anything was."""
    # Translators: a span and the day it comes to: “5 working days = Tue 13 Oct”.
    return _because(_("{span} = {date}").format(span=what, date=day), over)


def _because(what: str, over: str) -> str:
    """A clause about a day, and why it is not sooner where days were passed over."""
    # Translators: a clause about a day, and why it is that day: “…, as Mon 12 Oct is a holiday”.
    return _("{what}, as {reasons}").format(what=what, reasons=over) if over else what


def asks_process(subject: Subject) -> bool:
    """Whether it is still unknown what happens next, so that it should be asked before leaving (tip 1)."""
    return not any(
        held.interview.process or held.interview.reply_by or held.interview.no_date_given
        for held in subject.held
    )
