"""Every word the services say, in one place: views, notifications and reports ask here for their texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from followup_desktop.domain.answers import Answer
from followup_desktop.domain.casefile import InterviewSpan
from followup_desktop.domain.model import (
    Application,
    Choice,
    Contact,
    EventKind,
    FollowUp,
    FollowUpState,
    Interview,
    InterviewKind,
    Policy,
    Rule,
    Stage,
)
from followup_desktop.i18n import _, format_number, ngettext
from followup_desktop.services.rows import (
    Explanation,
    FollowUpRow,
    InterviewRow,
    MissedFollowUp,
    StageFilter,
    TimelineEntry,
    TodaySection,
    Tone,
)
from followup_desktop.services.wording.chips import Chips
from followup_desktop.services.wording.formats import When
from followup_desktop.services.wording.labels import Labels
from followup_desktop.services.wording.phrases import Phrases, asks_process
from followup_desktop.services.wording.rules import rule_words
from followup_desktop.services.wording.subject import Ahead, SearchNumbers, Subject
from followup_desktop.services.wording.titles import Titles

if TYPE_CHECKING:
    from followup_desktop.services.wording.notices import Notices
    from followup_desktop.services.wording.snoozes import Snoozes
    from followup_desktop.services.wording.timeline import Timeline
    from followup_desktop.services.wording.why import Reasons

__all__ = ["SearchNumbers", "Subject", "Wording"]


class Wording:
    """The texts of the product; those that no start has a use for are loaded when one is asked for.

    Everything a text needs about a follow-up comes in a ``Subject``.
    """

    def __init__(self) -> None:
        self.when = When()
        self.labels = Labels()
        self._phrases = Phrases(self.when)
        self.goal: Callable[[datetime], str] = lambda _now: ""
        """What is to be said of the weekly goal at an instant, if anything."""
        self._rules = rule_words(self.when, self._phrases, self.labels.interview_kinds, self._goal_in_words)
        self._titles = Titles(self.when, self._rules)
        self._chips = Chips(self.when, self.labels, self._rules)

    @cached_property
    def _reasons(self) -> Reasons:
        from followup_desktop.services.wording.why import Reasons

        return Reasons(self.when, self.labels, self._rules)

    @cached_property
    def _snoozes(self) -> Snoozes:
        from followup_desktop.services.wording.snoozes import Snoozes

        return Snoozes(self.when)

    @cached_property
    def _notices(self) -> Notices:
        from followup_desktop.services.wording.notices import Notices

        return Notices(self.when, self._titles, self.labels, self._rules)

    @cached_property
    def _timeline(self) -> Timeline:
        from followup_desktop.services.wording.timeline import Timeline

        return Timeline(self.when, self.labels, self._rules)

    def _goal_in_words(self, now: datetime) -> str:
        return self.goal(now)

    def title(self, subject: Subject) -> str:
        """What to do and for whom: "Thank Ana Ruiz"; the same at every instant."""
        return self._titles.title(subject)

    def title_at(self, subject: Subject, now: datetime) -> str:
        """What to do at an instant: "Interview at Acme" while it goes on, "Prepare for Acme" before."""
        return self._titles.title_at(subject, now)

    def short_title(self, subject: Subject) -> str:
        """In a word or two, for a narrow column: "Thank Ana Ruiz", "Call", "Check in"."""
        return self._titles.short(subject)

    def short_title_at(self, subject: Subject, now: datetime) -> str:
        """What to do at an instant in a word or two, for a narrow column."""
        return self._titles.short_at(subject, now)

    def group(self, rule: Rule, names: tuple[str, ...], count: int) -> tuple[str, str]:
        """Title and detail of so many follow-ups of one rule: what they are, and for whom the first ones."""
        title = ngettext("{rule}: {n} follow-up", "{rule}: {n} follow-ups", count).format(
            n=format_number(count), rule=self.rule_label(rule)
        )
        return title, self._phrases.people(names)

    def detail(self, subject: Subject, now: datetime) -> str:
        """Where, and why now: "Acme · Data Engineer — you talked about streaming"."""
        return self._titles.detail(subject, now)

    def missed_detail(self, subject: Subject, now: datetime) -> str:
        """Of a thank-you that expired: "Acme · Data Engineer — time ran out Sat 17 Oct"."""
        return self._titles.missed_detail(subject, now)

    def questions(self, subject: Subject) -> tuple[tuple[str, str], ...]:
        """What to ask before leaving an interview, by id; nothing where that is known (tip 1)."""
        return tuple(self._phrases.questions.items()) if asks_process(subject) else ()

    def meeting_time(self, subject: Subject, held: InterviewSpan, now: datetime) -> tuple[str, str]:
        """How soon an interview is, and its times: "In 25 min", "Today 16:00–17:00"."""
        return self._phrases.meeting_time(subject, held, now)

    def own_reminder_at(self, title: str, at: datetime, now: datetime, zone_name: str) -> str:
        """A reminder of the user's own with its time: "Leave for Acme: 09:15"."""
        # Translators: a reminder of the user's own, and when it comes: “Leave for Acme: 09:15”.
        return _("{title}: {time}").format(title=title, time=self.when.brief(at, now, zone_name))

    def where_and_why(self, subject: Subject, now: datetime) -> tuple[str, str]:
        """Where and why now, in two lines: "Acme · Data Engineer", "You talked about streaming." """
        return self._titles.where_and_why(subject, now)

    def chip(self, subject: Subject, choice: Choice | None, now: datetime) -> tuple[str, Tone]:
        """How long or until when: "18 h left", "until 12:00", "not on Mondays: Tue 10:00"."""
        return self._chips.chip(subject, choice, now)

    def waits(self, first: Ahead) -> str:
        """What an enquiry has to wait for: "after the call about Backend"."""
        return self._chips.waits(first)

    def explain(self, subject: Subject, now: datetime) -> Explanation:
        """The answer to *Why?*: the tip, the arithmetic step by step, and what would cancel it."""
        return self._reasons.explain(subject, now)

    def notification(self, subject: Subject, now: datetime) -> tuple[str, str]:
        """Title (at most 64 characters) and body (at most 200) of the notification at that instant.

        The title is that of its row. For a call in a call slot, and not before it is due, the body says "Call
        now"; at any other time it names the next slot.
        """
        return self._notices.notification(subject, now)

    def notification_summary(self, titles: Sequence[str], open_count: int) -> tuple[str, str]:
        """Title and body of one notification for several follow-ups, given their titles.

        It counts all that is open, as the window does.
        """
        return self._notices.summary(titles, open_count)

    def snooze_option(
        self, name: str, wanted: datetime, until: datetime, subject: Subject, now: datetime
    ) -> str:
        """What an offer to snooze is called: by the time at which it really ends, and why it does then."""
        return self._snoozes.option(name, wanted, until, subject, now)

    def private_notification(self, count: int) -> tuple[str, str]:
        """Title and body of a notification for so many follow-ups that says nothing about them."""
        return self._notices.private(count)

    def notification_actions(self, follow_up: FollowUp) -> tuple[tuple[str, str], ...]:
        """The buttons of a notification as (id, label): the window's first answers, and Snooze."""
        return self._notices.actions(follow_up)

    def timeline(
        self,
        application: Application,
        contacts: Mapping[str, Contact],
        policy: Policy,
        now: datetime,
        missed: Iterable[MissedFollowUp] = (),
    ) -> tuple[TimelineEntry, ...]:
        """What happened in an application, events and interviews mixed, and what was missed, newest first."""
        return self._timeline.entries(application, contacts, policy, now, missed)

    def interview_row(
        self,
        interview: Interview,
        application: Application,
        contacts: Mapping[str, Contact],
        policy: Policy,
        now: datetime,
    ) -> InterviewRow:
        """One interview on one line, in the user's zone and the employer's where they differ."""
        return self._timeline.interview_row(interview, application, contacts, policy, now)

    def answer_label(self, answer: Answer) -> str:
        """The label of an answer, with … where it asks for more: "Write email…"."""
        return self.labels.answers[answer]

    def answered(self, answer: Answer, title: str) -> str:
        """What is said once this was answered to the follow-up of the title: "Skipped “Thank Ana Ruiz”"."""
        done = self.labels.answers_done
        return done.get(answer, done[Answer.DONE]).format(title=title)

    def row_answer_label(self, row: FollowUpRow, answer: Answer) -> str:
        """The label of an answer to that row: of one that was missed, "Write it anyway" and "Let it go"."""
        if row.section is TodaySection.MISSED:
            return self.labels.missed_answers[answer]
        return self.labels.answers[answer]

    def stage_label(self, stage: Stage) -> str:
        return self.labels.stages[stage]

    def state_label(self, state: FollowUpState) -> str:
        """What a follow-up is at an instant, in a word: "due"."""
        return self.labels.states[state]

    def rule_label(self, rule: Rule) -> str:
        return self._rules[rule].label

    def also_called(self, rule: Rule) -> str:
        """What else one may call a follow-up of the rule, with commas; empty if nothing comes to mind."""
        return self._rules[rule].also

    def event_kind_label(self, kind: EventKind) -> str:
        return self.labels.event_kinds[kind]

    def interview_kind_label(self, kind: InterviewKind) -> str:
        return self.labels.interview_kinds[kind]

    def section_label(self, section: TodaySection) -> str:
        return self.labels.sections[section]

    def stage_filter_label(self, stage_filter: StageFilter) -> str:
        return self.labels.stage_filters[stage_filter]

    def tip(self, number: int) -> str:
        """The tip with that number, 1 to 10, in a sentence."""
        return self.labels.tips[number]
