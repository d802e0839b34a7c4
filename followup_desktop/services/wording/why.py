"""The answer to *Why this reminder?*: a follow-up's arithmetic in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from followup_desktop.domain.model import Channel, EventKind, Rule, Step, StepKind
from followup_desktop.domain.rules.table import row_of
from followup_desktop.i18n import _, format_list, format_series, ngettext
from followup_desktop.services.rows import Explanation
from followup_desktop.services.wording.formats import When, capitalised
from followup_desktop.services.wording.labels import Labels
from followup_desktop.services.wording.rules import RuleWords, of_subject
from followup_desktop.services.wording.subject import Subject


class Reasons:
    """Explanations: the tip, each date step with the days passed over, and what would cancel it."""

    def __init__(self, when: When, labels: Labels, rules: Mapping[Rule, RuleWords]) -> None:
        self._when = when
        self._labels = labels
        self._rules = rules

    def explain(self, subject: Subject, now: datetime) -> Explanation:
        """Why the follow-up exists and falls when it does; the last line says what would cancel it."""
        tip, words = row_of(subject.follow_up.rule).tip, self._words(subject)
        if tip is not None:
            heading = _("Tip {n}. {tip}").format(n=tip, tip=self._labels.tips[tip])
        else:
            heading = words.heading or _(
                "Not one of the ten tips, but what an offer or a closing date calls for."
            )
        lines = [
            *(words.briefing(subject, now) if words.briefing is not None else ()),
            *self._steps(subject, now),
            self._waits(subject),
            self._times(subject, now),
            of_subject(words.ends, subject),
        ]
        said = tuple(line for line in lines if line)
        return Explanation(heading=heading, lines=said, joins=subject.joins(now))

    def _words(self, subject: Subject) -> RuleWords:
        return self._rules[subject.follow_up.rule]

    def _waits(self, subject: Subject) -> str:
        """Over all tips: never overwhelm the employer."""
        first = subject.waits_for
        if first is None:
            return ""
        text = _("One at a time: the email about {role} comes first. Finish, skip or snooze that one.")
        if first.channel is Channel.PHONE:
            text = _("One at a time: the call about {role} comes first. Finish, skip or snooze that one.")
        return text.format(role=first.role)

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
                text = (_("you're waiting until {date}") if waits else _("they said {date}")).format(date=day)
            case StepKind.DEFAULT_REPLY:
                text = _reckoned(self._usual(subject, n, now), day, over)
            case StepKind.APPLIED:
                text = _("you applied on {date}").format(date=day)
            case StepKind.WORKING_DAYS:
                text = self._working_days(step, day, over)
            case StepKind.OUTREACH_DAY:
                text = self._outreach(step, day, over)
            case StepKind.RETRY if (retry := self._words(subject).retry) is not None:
                text = retry(step, subject, now, day)
            case StepKind.RETRY:
                text = ngettext(
                    "{n} working day after the last attempt", "{n} working days after the last attempt", n
                ).format(n=n)
                text = _reckoned(text, day, over)
            case StepKind.GUARD:
                text = ngettext(
                    "never overwhelm them: {n} working day between contacts",
                    "never overwhelm them: {n} working days between contacts",
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
                "if they don't give a date, {n} working day is usual",
                "if they don't give a date, {n} working days are usual",
                n,
            ).format(n=n)
        return ngettext(
            "they didn't give a date; {n} working day is usual",
            "they didn't give a date; {n} working days are usual",
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
                reasons.append(_("you're away on {date}").format(date=date))
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
        words = self._words(subject)
        if step.kind is StepKind.DEADLINE:
            return words.deadline(step, subject, now, day) if words.deadline is not None else ""
        if step.kind not in {StepKind.CONVERSATION, StepKind.INTERVIEW_END}:
            return ""
        if words.since is not None:
            return words.since(step, subject, now, day)
        return self._conversation(step, subject, now).format(date=day) if day else ""

    def _conversation(self, step: Step, subject: Subject, now: datetime) -> str:
        by_kind = {
            EventKind.CALL: _("you spoke on {date}"),
            EventKind.WAIT: _("you decided on {date} to wait"),
        }
        if subject.is_ahead(step.source, now):
            interview = subject.source_interview(step.source) is not None
            return _("the interview on {date}") if interview else _("counting from {date}")
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
        text = _("First reminder, after quiet hours: {time}") if quiet else _("First reminder: {time}")
        text = text.format(time=due if follow_up.channel is not Channel.NONE else self._here(subject, now))
        if follow_up.remind_at:
            again = format_series(
                self._when.brief(m, follow_up.due_at, subject.zone) for m in follow_up.remind_at
            )
            text = _("{first}; again {time}").format(first=text, time=again)
        return text

    def _here(self, subject: Subject, now: datetime) -> str:
        return self._when.full(subject.follow_up.due_at, now, subject.zone)


def _reckoned(what: str, day: str, over: str) -> str:
    """A span of days and the day it comes to, with what was passed over, if anything was."""
    # Translators: a span and the day it comes to: “5 working days = Tue 13 Oct”.
    return _because(_("{span} = {date}").format(span=what, date=day), over)


def _because(what: str, over: str) -> str:
    """A clause about a day, and why it is not sooner where days were passed over."""
    # Translators: a clause about a day, and why it is that day: “…, as Mon 12 Oct is a holiday”.
    return _("{what}, as {reasons}").format(what=what, reasons=over) if over else what
