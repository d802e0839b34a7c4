"""What the views show: Today, the table of applications, one application, and the counts beside them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from followup_desktop.domain.agenda import is_gone, state_at
from followup_desktop.domain.casefile import CaseFile, PlanBasis, contacts_made, interview_span
from followup_desktop.domain.errors import NotFound, Refused
from followup_desktop.domain.model import (
    ACTIVE_STAGES,
    Application,
    Choice,
    Contact,
    FollowUp,
    Policy,
    Reminder,
    Stage,
)
from followup_desktop.domain.worktime import date_of, instant
from followup_desktop.i18n import _, with_dots
from followup_desktop.services.reading.first_steps import FirstSteps
from followup_desktop.services.reading.follow_up_rows import follow_up_row, section_of
from followup_desktop.services.reading.great_moments import GreatMoments
from followup_desktop.services.reading.missed import missed_follow_ups
from followup_desktop.services.reading.subjects import Subjects
from followup_desktop.services.reading.today import LATER_LIMIT, Opened, Today
from followup_desktop.services.reading.undated import UndatedApplications
from followup_desktop.services.rows import (
    NO_FILTERS,
    SOON_DAYS,
    ApplicationDetail,
    ApplicationQuery,
    ApplicationRow,
    Explanation,
    FollowUpRow,
    InterviewRow,
    QuickFilters,
    StageFilter,
    StatedReply,
    TimelineEntry,
    TodayCounts,
    TodayPage,
    Tone,
)
from followup_desktop.services.wording import Subject, Wording
from followup_desktop.storage.folding import sort_key
from followup_desktop.storage.listing import EVERYTHING, ListFilter
from followup_desktop.storage.store import ApplicationSummary, Store

if TYPE_CHECKING:
    from followup_desktop.services.capture.duplicates import Duplicate

_WAITING = (Stage.APPLIED, Stage.INTERVIEWING)
"""In these an answer of theirs is waited for."""
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


class Overview:
    """Reads for the views; nothing here writes."""

    def __init__(self, store: Store, wording: Wording) -> None:
        self._store = store
        self._wording = wording
        self._subjects = Subjects(store)
        self._today = Today(store, wording, self._subjects)
        self.undated = UndatedApplications(store)
        self.first_steps = FirstSteps(store)
        self.great_moments = GreatMoments(store, wording.when)

    def today(
        self,
        now: datetime,
        *,
        later_limit: int = LATER_LIMIT,
        paused_until: datetime | None = None,
        opened: Opened | None = None,
        at_most: int | None = None,
    ) -> TodayPage:
        """The reminder view at that instant, reminders being paused until another.

        Late is what has passed its deadline; Now what is due and can be done; Today, Next 7 days and Later
        what comes by the day on which it can be done, so that a call that is due but may not be made now
        stands at its next call slot. Snoozed is what rests, whatever else it is. At most ``later_limit``
        follow-ups of Later are shown, and of a group as many rows as ``opened`` says. With ``at_most`` there
        are the first so many rows.
        """
        return self._today.page(now, later_limit, paused_until, opened or {}, at_most)

    def today_counts(self, now: datetime, paused_until: datetime | None = None) -> TodayCounts:
        """The numbers of Today alone, for what shows them beside it."""
        return self._today.counts(now, paused_until)

    def title(self, key: str, now: datetime) -> str:
        """What a follow-up is called; empty if it is not called for any more."""
        follow_up = self._store.follow_up(key)
        return "" if follow_up is None else self._wording.title(self._subjects.one(follow_up, now))

    def explain(self, key: str, now: datetime) -> Explanation:
        """The answer to *Why this reminder?*; ``Refused`` if it is not called for any more."""
        follow_up = self._store.follow_up(key)
        if follow_up is None:
            raise Refused(
                _("This is already done or has been rescheduled, so there's nothing left to explain.")
            )
        return self._wording.explain(self._subjects.one(follow_up, now), now)

    def application_ids(
        self, query: ApplicationQuery, now: datetime, among: Collection[str] | None = None
    ) -> list[str]:
        """The ids of the applications that the table shows, in its order; of those ``among`` alone."""
        return self._store.application_ids(
            now=now,
            stages=_STAGES[query.stage_filter],
            archived={StageFilter.ARCHIVED: True, StageFilter.ALL: None}.get(query.stage_filter, False),
            text=query.text,
            stage_names=self._wording.labels.stages,
            narrowing=self._narrowing(query.quick, now),
            order_by=query.order_by,
            descending=query.descending,
            among=among,
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
                text = with_dots((self._wording.short_title_at(subject, now), chip), plain=True)
            rows.append(_application_row(each, text, tone, policy, now))
        return rows

    def stage_counts(self, now: datetime, quick: QuickFilters = NO_FILTERS) -> dict[StageFilter, int]:
        """How many applications each filter by stage would show, with these filters besides."""
        counts = (
            self._store.narrowed_stage_counts(self._narrowing(quick, now), now)
            if quick.any
            else self._store.stage_counts()
        )
        shown = {
            each: sum(
                n for (stage, archived), n in counts.items() if not archived and stage in (stages or ())
            )
            for each, stages in _STAGES.items()
        }
        shown[StageFilter.ARCHIVED] = sum(n for (_, archived), n in counts.items() if archived)
        shown[StageFilter.ALL] = sum(counts.values())
        return shown

    def only_one(self, now: datetime) -> str | None:
        """The application that goes on, where it is the only one; or the only one that there is."""
        counts = self.stage_counts(now)
        for which in (StageFilter.ACTIVE, StageFilter.ALL):
            if counts[which] == 1:
                return self.application_ids(ApplicationQuery(stage_filter=which), now)[0]
        return None

    def tags(self) -> list[str]:
        """Every tag in use, the most frequent first."""
        return self._store.tags()

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
            timeline=self.timeline(application, people, policy, now),
            contacts_made=contacts_made(application, now),
            stated_reply=_stated_reply(application, policy, now),
            subtitle=self._subtitle(application, policy, now),
        )

    def application(self, application_id: str) -> Application:
        """The facts of an application; raises ``Refused`` if it is gone."""
        return self._store.application(application_id)

    def interview(self, application_id: str, interview_id: str, now: datetime) -> InterviewRow | None:
        """One interview on one line; ``None`` if it is not there."""
        try:
            application = self._store.application(application_id)
        except NotFound:
            return None
        found = next((each for each in application.interviews if each.id == interview_id), None)
        if found is None:
            return None
        people = self._subjects.people((application,))
        return self._wording.interview_row(found, application, people, self._store.policy(), now)

    def timeline(
        self, application: Application, people: Mapping[str, Contact], policy: Policy, now: datetime
    ) -> tuple[TimelineEntry, ...]:
        """What happened in an application, and what was not done in time, newest first."""
        missed = missed_follow_ups(self._store, application, people, policy, now)
        return self._wording.timeline(application, people, policy, now, missed)

    def steps(self) -> tuple[str | None, str | None]:
        """What Undo would take back and Redo do again; ``None`` for nothing."""
        return self._store.history.undo_label, self._store.history.redo_label

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
        return tuple(sorted(self._store.all_contacts(), key=lambda c: (sort_key(c.name), c.id)))

    def known_texts(self, fact: str) -> list[str]:
        """What was entered in a fact of applications before, the most frequent first."""
        return self._store.known_texts(fact)

    def near_duplicates(self, *, employer: str, role: str, url: str, now: datetime) -> tuple[Duplicate, ...]:
        """The applications that a new one like this may repeat, the likeliest first."""
        from followup_desktop.services.capture.duplicates import (
            Duplicates,  # slow to import: its measure of likeness
        )

        return Duplicates(self._store).of(employer=employer, role=role, url=url, now=now)

    def reminders(self) -> tuple[Reminder, ...]:
        """The user's own reminders, done ones too."""
        return tuple(self._store.reminders())

    def application_of_interview(self, interview_id: str) -> str:
        """The id of the application that an interview belongs to; ``NotFound`` if it is not there."""
        return self._store.interview_application(interview_id)

    def application_of_event(self, event_id: str) -> str:
        """The id of the application that an entry belongs to; ``NotFound`` if it is not there."""
        return self._store.event_application(event_id)

    def all_follow_ups(self, now: datetime) -> tuple[FollowUpRow, ...]:
        """Every follow-up that is planned and not over, by when it is due."""
        return self._listed(self._store.follow_ups(), self._store.policy(), now)

    def application_of_follow_up(self, key: str) -> str | None:
        """The id of the application that a follow-up is of, if any; ``Refused`` if it is not planned."""
        follow_up = self._store.follow_up(key)
        if follow_up is None:
            raise Refused(_("That follow-up is done or no longer planned. Check Today for what's next."))
        return follow_up.application

    def interview_of_follow_up(self, key: str) -> str | None:
        """The id of the interview that a follow-up is about, listed or not; ``None`` if there is none."""
        follow_up = self._store.follow_up(key)
        return None if follow_up is None else follow_up.interview

    def follow_up(self, key: str, now: datetime) -> FollowUpRow | None:
        """The row of a follow-up; ``None`` where it is not planned any more."""
        planned = self._store.follow_up(key)
        rows = () if planned is None else self._listed([planned], self._store.policy(), now)
        return rows[0] if rows else None

    def _narrowing(self, quick: QuickFilters, now: datetime) -> ListFilter:
        if not quick.any:
            return EVERYTHING
        zone = self.zone()

        def midnight(days: int) -> datetime:
            """The instant at which the day begins that is so many days ahead."""
            return instant(datetime.combine(date_of(now, zone) + timedelta(days=days), time()), zone)

        return ListFilter(
            tags=quick.tags,
            fit=quick.fit,
            # Days are counted as the column Quiet counts them: by the calendar of the user.
            quiet_since=None if quick.quiet_days is None else midnight(1 - quick.quiet_days),
            next_step=quick.next_step,
            soon_until=midnight(SOON_DAYS + 1),
        )

    def _follow_ups_of(
        self, application: Application, policy: Policy, now: datetime
    ) -> tuple[FollowUpRow, ...]:
        """In the order of Today."""
        pairs = self._subjects_listed(self._store.follow_ups(application.id), policy, now)
        pairs.sort(key=lambda pair: pair[0].place(pair[1], now))
        return self._follow_up_rows(pairs, now)

    def _listed(self, planned: Sequence[FollowUp], policy: Policy, now: datetime) -> tuple[FollowUpRow, ...]:
        return self._follow_up_rows(self._subjects_listed(planned, policy, now), now)

    def _subjects_listed(
        self, planned: Sequence[FollowUp], policy: Policy, now: datetime
    ) -> list[tuple[Subject, Choice | None]]:
        """The subjects of what is listed anywhere, in its order, each with what the user chose."""
        keys = [f.key for f in planned]
        choices, retired = self._store.choices(keys), self._store.retired(keys)
        listed = [
            f for f in planned if f.key not in retired and not is_gone(state_at(f, choices.get(f.key), now))
        ]
        subjects = self._subjects.of(listed, policy, now)
        return [(subject, choices.get(subject.follow_up.key)) for subject in subjects]

    def _follow_up_rows(
        self, pairs: Iterable[tuple[Subject, Choice | None]], now: datetime
    ) -> tuple[FollowUpRow, ...]:
        return tuple(
            follow_up_row(self._wording, subject, choice, now, section_of(subject, choice, now)[0])
            for subject, choice in pairs
        )

    def _subtitle(self, application: Application, policy: Policy, now: datetime) -> str:
        """Role, place and when applied: "Data Engineer · Madrid · applied 14 Sep"."""
        parts = [application.role, application.location]
        if application.applied_on is not None:
            day = self._wording.when.short_date(application.applied_on, date_of(now, policy.timezone))
            parts.append(_("applied {date}").format(date=day))
        return with_dots(parts)


def _application_row(
    summary: ApplicationSummary, next_text: str, next_tone: Tone, policy: Policy, now: datetime
) -> ApplicationRow:
    last = summary.last_contact_at
    return ApplicationRow(
        facts=summary.facts,
        id=summary.id,
        next_text=next_text,
        next_tone=next_tone,
        waiting_days=_days_since(summary.stage_since, policy, now),
        quiet_days=_days_since(summary.last_event_at, policy, now),
        last_contact=date_of(last, policy.timezone) if last is not None else None,
        archived=summary.archived,
    )


def _days_since(moment: datetime | None, policy: Policy, now: datetime) -> int | None:
    if moment is None:
        return None
    return max(0, (date_of(now, policy.timezone) - date_of(moment, policy.timezone)).days)


def _stated_reply(application: Application, policy: Policy, now: datetime) -> StatedReply | None:
    """The date by which they said they would answer.

    There is none once they have answered, or nobody waits for it.
    """
    if application.stage not in _WAITING:
        return None
    stated = CaseFile(application, PlanBasis(policy)).stated(now)
    return StatedReply(stated.reply_by, stated.id) if stated and stated.reply_by else None
