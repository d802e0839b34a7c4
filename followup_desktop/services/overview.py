"""What the views show: Today, the table of applications, one application, and the counts beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from followup_desktop.domain.agenda import is_gone, is_open, state_at, valid_choice
from followup_desktop.domain.casefile import CaseFile, interview_span
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import (
    ACTIVE_STAGES,
    Application,
    Channel,
    Choice,
    Contact,
    FollowUp,
    FollowUpState,
    Policy,
    Reminder,
    Rule,
    Stage,
)
from followup_desktop.domain.worktime import DAY, at, date_of
from followup_desktop.services.answers import answers_of
from followup_desktop.services.overview_subjects import Subjects
from followup_desktop.services.rows import (
    ApplicationDetail,
    ApplicationQuery,
    ApplicationRow,
    Explanation,
    FollowUpGroup,
    FollowUpRow,
    Section,
    StageFilter,
    TodayPage,
    Tone,
)
from followup_desktop.services.tracker.warnings import contacts_made
from followup_desktop.services.upcoming import Upcoming
from followup_desktop.services.wording import Subject, Wording
from followup_desktop.services.wording.chips import call_slot, may_call
from followup_desktop.storage.store import ApplicationSummary, Store

if TYPE_CHECKING:
    from followup_desktop.services.duplicates import Duplicate

LATER_LIMIT = 20
"""How many rows of the section Later are shown unless more are asked for."""
SINGLY_AT_MOST = 5
"""More of one rule in one section than these become one row that opens a list: nobody is met by a wall."""
_NEAR = timedelta(days=7)
_CLOSED = (Stage.ACCEPTED, Stage.REJECTED, Stage.WITHDRAWN, Stage.NO_RESPONSE)
_STAGES: dict[StageFilter, Collection[Stage] | None] = {
    StageFilter.ACTIVE: tuple(stage for stage in Stage if stage in ACTIVE_STAGES),
    StageFilter.SAVED: (Stage.SAVED,),
    StageFilter.APPLIED: (Stage.APPLIED,),
    StageFilter.INTERVIEWING: (Stage.INTERVIEWING,),
    StageFilter.OFFER: (Stage.OFFER,),
    StageFilter.CLOSED: _CLOSED,
    StageFilter.ARCHIVED: None,
    StageFilter.ALL: None,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SidebarCounts:
    """The numbers beside the views: what is late, now or later today; active applications; people."""

    follow_ups: int
    applications: int
    contacts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Placed:
    """A follow-up in its section; ``at`` orders it there."""

    subject: Subject
    choice: Choice | None
    section: Section
    at: datetime


class Overview:
    """Reads for the views; nothing here writes."""

    def __init__(self, store: Store, wording: Wording) -> None:
        self._store = store
        self._wording = wording
        self._subjects = Subjects(store)
        self._upcoming = Upcoming(store, wording)

    def today(
        self, now: datetime, *, later_limit: int = LATER_LIMIT, paused_until: datetime | None = None
    ) -> TodayPage:
        """The reminder view at that instant, reminders being paused until another.

        Late is what has passed its deadline; Now what is due and can be done; Today, Next 7 days and Later
        what comes by the day on which it can be done, so that a call that is due but may not be made now
        stands at its next call slot. Snoozed is what rests, whatever else it is. At most ``later_limit``
        follow-ups of Later are shown.
        """
        policy = self._store.policy()
        placed = self._placed(policy, now)
        later = [each for each in placed if each.section is Section.LATER]
        rest, count = self._store.later_follow_ups(self._horizon(policy, now), now, later_limit)
        later += [self._place(s, None, now) for s in self._subjects.of(rest, policy, now)]
        shown = sorted(later, key=_order)[:later_limit]
        hidden = sum(each.section is Section.LATER for each in placed) + count - len(shown)
        by_section: dict[Section, list[_Placed]] = defaultdict(list)
        for each in (*(p for p in placed if p.section is not Section.LATER), *shown):
            by_section[each.section].append(each)
        following = self._upcoming.next(now, paused_until)
        return TodayPage(
            summary=self._summary(placed, policy, now),
            sections=tuple((s, self._rows(by_section[s], now)) for s in Section if by_section[s]),
            open_count=_open_count(placed),
            next_reminder=following.soon if following else None,
            hidden_later=hidden,
        )

    def counts(self, now: datetime) -> SidebarCounts:
        """The numbers of the sidebar."""
        return SidebarCounts(
            follow_ups=_open_count(self._placed(self._store.policy(), now)),
            applications=self.stage_counts(now)[StageFilter.ACTIVE],
            contacts=self._store.contact_count(),
        )

    def explain(self, key: str, now: datetime | None = None) -> Explanation:
        """The answer to *Why this reminder?*; ``Refused`` if it is not called for any more."""
        follow_up = self._store.follow_up(key)
        if follow_up is None:
            raise Refused("This is settled or has moved meanwhile, so there is nothing left to explain.")
        moment = now or follow_up.due_at
        return self._wording.explain(self._subjects.one(follow_up, moment), moment)

    def application_ids(self, query: ApplicationQuery, now: datetime) -> list[str]:
        """The ids of the applications that the table shows, in its order."""
        return self._store.application_ids(
            now=now,
            stages=_STAGES[query.stage_filter],
            archived={StageFilter.ARCHIVED: True, StageFilter.ALL: None}.get(query.stage_filter, False),
            text=query.text,
            order_by=query.order_by.value,
            descending=query.descending,
        )

    def application_rows(self, ids: Sequence[str], now: datetime) -> list[ApplicationRow]:
        """The rows of these applications, in that order; what is no longer there is left out."""
        policy = self._store.policy()
        summaries = self._store.application_summaries(ids, now)
        keys = [s.next_key for s in summaries.values() if s.next_key is not None]
        follow_ups = self._store.follow_ups_by_key(keys)
        subjects = {s.follow_up.key: s for s in self._subjects.of(list(follow_ups.values()), policy, now)}
        choices = self._store.choices(keys)
        rows = []
        for each in (summaries[i] for i in ids if i in summaries):
            subject = subjects.get(each.next_key or "")
            text, tone = "", Tone.NEUTRAL
            if subject is not None:
                chip, tone = self._wording.chip(subject, choices.get(subject.follow_up.key), now)
                text = f"{self._wording.short_title(subject)} · {chip}"
            rows.append(_application_row(each, text, tone, policy, now))
        return rows

    def stage_counts(self, now: datetime) -> dict[StageFilter, int]:
        """How many applications each filter of the table would show."""
        counts = self._store.stage_counts()
        shown = {
            each: sum(
                n for (stage, archived), n in counts.items() if not archived and stage in (stages or ())
            )
            for each, stages in _STAGES.items()
        }
        shown[StageFilter.ARCHIVED] = sum(n for (_, archived), n in counts.items() if archived)
        shown[StageFilter.ALL] = sum(counts.values())
        return shown

    def detail(self, application_id: str, now: datetime) -> ApplicationDetail:
        """Everything that the detail shows of one application; ``NotFound`` if it is not there."""
        policy, wording = self._store.policy(), self._wording
        application = self._store.application(application_id)
        people = self._subjects.people((application,))
        interviews = sorted(
            application.interviews,
            key=lambda i: (interview_span(i, application, policy)[0], i.id),
            reverse=True,
        )
        return ApplicationDetail(
            application=application,
            contacts=tuple(people[c] for c in application.contacts if c in people),
            interviews=tuple(wording.interview_row(i, application, people, policy, now) for i in interviews),
            follow_ups=self._follow_ups_of(application, policy, now),
            timeline=wording.timeline(application, people, policy, now),
            contacts_made=contacts_made(application, now),
            stated_reply=_stated_reply(application, policy),
            subtitle=self._subtitle(application, policy, now),
        )

    def policy(self) -> Policy:
        """The settings of the rules."""
        return self._store.policy()

    def zone(self) -> str:
        """The user's zone."""
        return self._store.policy().timezone

    def search_paused(self) -> bool:
        """Whether the user has paused the search."""
        return self._store.search_state().paused

    def contacts(self) -> tuple[Contact, ...]:
        """Everybody, by name."""
        return tuple(sorted(self._store.all_contacts(), key=lambda c: (c.name.casefold(), c.id)))

    def near_duplicates(self, *, employer: str, role: str, url: str, now: datetime) -> tuple[Duplicate, ...]:
        """The applications that a new one like this may repeat, the likeliest first."""
        from followup_desktop.services.duplicates import Duplicates  # slow to import: its measure of likeness

        return Duplicates(self._store).of(employer=employer, role=role, url=url, now=now)

    def reminders(self) -> tuple[Reminder, ...]:
        """The user's own reminders, done ones too."""
        return tuple(self._store.reminders())

    def application_of_interview(self, interview_id: str) -> str:
        """The id of the application that an interview belongs to; ``NotFound`` if it is not there."""
        return self._store.interview_application(interview_id)

    def _horizon(self, policy: Policy, now: datetime) -> datetime:
        """The last second of the seventh day from today, where the user is."""
        beyond = date_of(now, policy.timezone) + _NEAR + DAY
        return at(beyond, time(), policy.timezone) - timedelta(seconds=1)

    def _placed(self, policy: Policy, now: datetime) -> list[_Placed]:
        listed = self._store.listed_follow_ups(self._horizon(policy, now), now)
        subjects = self._subjects.of([follow_up for follow_up, _ in listed], policy, now)
        choices = [choice for _, choice in listed]
        named = self._with_next(subjects)
        return [self._place(s, choice, now) for s, choice in zip(named, choices, strict=True)]

    def _with_next(self, subjects: Sequence[Subject]) -> list[Subject]:
        """The subjects, each kind word with what comes next elsewhere."""
        return [
            replace(s, numbers=replace(s.numbers, next_title=self._next_title(s, subjects)))
            if s.follow_up.rule is Rule.ENCOURAGEMENT and s.numbers is not None
            else s
            for s in subjects
        ]

    def _next_title(self, subject: Subject, subjects: Sequence[Subject]) -> str:
        passed_over = {Rule.ENCOURAGEMENT, Rule.KEEP_SEARCHING, Rule.MANUAL}
        for other in subjects:
            follow_up = other.follow_up
            if follow_up.rule not in passed_over and follow_up.application != subject.follow_up.application:
                return self._wording.title(other)
        return ""

    def _place(self, subject: Subject, choice: Choice | None, now: datetime) -> _Placed:
        section, moment = _section(subject, choice, now)
        return _Placed(subject=subject, choice=choice, section=section, at=moment)

    def _rows(self, placed: Iterable[_Placed], now: datetime) -> tuple[FollowUpRow | FollowUpGroup, ...]:
        """The rows of one section in their order; many of one rule become one, where the first one stood."""
        ordered = sorted(placed, key=_order)
        by_rule: dict[Rule, list[_Placed]] = defaultdict(list)
        for each in ordered:
            by_rule[each.subject.follow_up.rule].append(each)
        found: list[FollowUpRow | FollowUpGroup] = []
        for each in ordered:
            rule = each.subject.follow_up.rule
            alike = by_rule[rule]
            if len(alike) <= SINGLY_AT_MOST:
                found.append(self._row(each, now))
            elif alike[0] is each:
                found.append(self._group(alike, now))
        return tuple(found)

    def _group(self, alike: Sequence[_Placed], now: datetime) -> FollowUpGroup:
        rule = alike[0].subject.follow_up.rule
        title, detail = self._wording.group(rule, [each.subject for each in alike])
        return FollowUpGroup(
            rule=rule,
            section=alike[0].section,
            title=title,
            detail=detail,
            rows=tuple(self._row(each, now) for each in alike),
        )

    def _row(self, placed: _Placed, now: datetime) -> FollowUpRow:
        subject, choice = placed.subject, placed.choice
        follow_up = subject.follow_up
        opened = is_open(follow_up, choice, now)
        chip, tone = self._wording.chip(subject, choice, now)
        return FollowUpRow(
            key=follow_up.key,
            rule=follow_up.rule,
            state=state_at(follow_up, choice, now),
            section=placed.section,
            title=self._wording.title(subject),
            detail=self._wording.detail(subject, now),
            chip=chip,
            tone=tone,
            channel=follow_up.channel,
            application=follow_up.application,
            interview=follow_up.interview,
            contact=follow_up.contact,
            due_at=follow_up.due_at,
            is_open=opened,
            answers=answers_of(follow_up) if opened else (),
        )

    def _follow_ups_of(
        self, application: Application, policy: Policy, now: datetime
    ) -> tuple[FollowUpRow, ...]:
        planned = self._store.follow_ups(application.id)
        choices = self._store.choices([f.key for f in planned])
        listed = [f for f in planned if not is_gone(state_at(f, choices.get(f.key), now))]
        subjects = self._subjects.of(listed, policy, now)
        placed = [self._place(s, choices.get(s.follow_up.key), now) for s in subjects]
        return tuple(self._row(each, now) for each in placed)

    def _summary(self, placed: Sequence[_Placed], policy: Policy, now: datetime) -> str:
        """The line below the title: "Wednesday 14 October · 4 follow-ups, 1 interview"."""
        tr, today = self._wording.tr, date_of(now, policy.timezone)
        first, end = (at(day, time(), policy.timezone) for day in (today, today + DAY))
        interviews = len(self._store.interviews_between(first, end))
        parts = [tr("%n follow-up(s)", "", _open_count(placed))]
        if interviews:
            parts.append(tr("%n interview(s)", "", interviews))
        return f"{self._wording.when.long_date(today)} · {', '.join(parts)}"

    def _subtitle(self, application: Application, policy: Policy, now: datetime) -> str:
        """Role, place and when applied: "Data Engineer · Madrid · applied 14 Sep"."""
        parts = [application.role, application.location]
        if application.applied_on is not None:
            day = self._wording.when.short_date(application.applied_on, date_of(now, policy.timezone))
            parts.append(self._wording.tr("applied {date}").format(date=day))
        return " · ".join(part for part in parts if part)


def _order(placed: _Placed) -> tuple[bool, datetime, str]:
    """By time; but among what can be done now, what has a deadline first, the nearest one at the top."""
    deadline = placed.subject.follow_up.deadline_at
    if placed.section is Section.NOW and deadline is not None:
        return False, deadline, placed.subject.follow_up.key
    return True, placed.at, placed.subject.follow_up.key


def _open_count(placed: Iterable[_Placed]) -> int:
    return sum(each.section in {Section.LATE, Section.NOW, Section.TODAY} for each in placed)


def _section(subject: Subject, choice: Choice | None, now: datetime) -> tuple[Section, datetime]:
    """Where a follow-up stands in Today, and by which instant it is ordered there."""
    follow_up: FollowUp = subject.follow_up
    state = state_at(follow_up, choice, now)
    if state is FollowUpState.SNOOZED:
        chosen = valid_choice(choice, follow_up)
        return Section.SNOOZED, (chosen.snoozed_until if chosen else None) or follow_up.due_at
    if state is FollowUpState.LATE:
        return Section.LATE, follow_up.deadline_at or follow_up.due_at
    moment = follow_up.due_at
    if state is FollowUpState.DUE:
        if follow_up.channel is not Channel.PHONE or may_call(subject, now):
            return Section.NOW, moment
        moment = call_slot(subject, now) or now
    day, today = date_of(moment, subject.zone), subject.today(now)
    if day <= today:
        return Section.TODAY, moment
    return (Section.NEXT_7_DAYS if day <= today + _NEAR else Section.LATER), moment


def _application_row(
    summary: ApplicationSummary, next_text: str, next_tone: Tone, policy: Policy, now: datetime
) -> ApplicationRow:
    last = summary.last_contact_at
    return ApplicationRow(
        id=summary.id,
        employer=summary.employer,
        role=summary.role,
        stage=summary.stage,
        next_text=next_text,
        next_tone=next_tone,
        waiting_days=_days_since(summary.stage_since, policy, now),
        quiet_days=_days_since(summary.last_event_at, policy, now),
        last_contact=date_of(last, policy.timezone) if last is not None else None,
        fit=summary.fit,
        priority=summary.priority,
        tags=summary.tags,
        archived=summary.archived,
    )


def _days_since(moment: datetime | None, policy: Policy, now: datetime) -> int | None:
    if moment is None:
        return None
    return max(0, (date_of(now, policy.timezone) - date_of(moment, policy.timezone)).days)


def _stated_reply(application: Application, policy: Policy) -> date | None:
    """The date by which they said they would answer, by the newest conversation that names one."""
    conversations = CaseFile(application, policy, None).conversations
    return next((c.reply_by for c in reversed(conversations) if c.reply_by is not None), None)
