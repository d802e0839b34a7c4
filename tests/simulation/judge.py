"""The judge: says of every beat whether rules.md allows it, from the page "Announcing" alone.

It sees what anybody could see: the plan and the user's choices as they stand after every change, the clock,
what was shown, and where the program died. It keeps its own record of what was announced and its own
reckoning of time, and uses neither the product's query nor its agenda.

How the page is read where it leaves a choice: nothing is announced before ``due`` ("first notification"),
be it the end of a snooze or of a wait for a slot that was chosen before the follow-up moved. A clock that
was set back is noticed at the next beat. The repeats of one moment are counted against the crashes that
interrupted its announcement and the settings of the clock to before it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from followup_desktop.domain.model import Application, Channel, Choice, FollowUp, Interview, Policy, Rule
from followup_desktop.services.ports import Notification
from followup_desktop.services.reminders import SUMMARY_TAG
from followup_desktop.storage.store import Changes, Store
from tests.simulation import reckoning
from tests.simulation.program import Beat

AT_MOST_SINGLY = 3
UNDERWAY_AT_MOST = timedelta(hours=4)
BETWEEN_ENCOURAGEMENTS = timedelta(days=7)
LONGEST_PAUSE = timedelta(days=8)


_T = TypeVar("_T")


class Violation(AssertionError):
    """The program did what rules.md forbids, or did not do what it demands."""

    def __init__(self, kind: str, what: str) -> None:
        super().__init__(kind, what)
        self.kind = kind
        self.what = what

    def __str__(self) -> str:
        return f"{self.kind}: {self.what}"


@dataclass
class Counts:
    """What happened in one simulated search, or in many."""

    searches: int = 0
    years: float = 0.0
    beats: int = 0
    beats_held_back: int = 0
    deeds: int = 0
    moments: int = 0
    moments_announced: int = 0
    notifications: int = 0
    announcements: int = 0
    summaries: int = 0
    calls_now: int = 0
    encouragements: int = 0
    repeats: int = 0
    crashes: int = 0
    backward_settings: int = 0
    forward_settings: int = 0
    refused_notifications: int = 0
    absences: int = 0
    sleeps: int = 0
    zone_changes: int = 0
    pauses: int = 0
    violations: int = 0

    def add(self, other: Counts) -> None:
        """Count those of another search too."""
        for name in self.__dataclass_fields__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


class Judge:
    """Follows one search, and raises ``Violation`` at the first wrong beat."""

    def __init__(self, store: Store, counts: Counts) -> None:
        self.counts = counts
        self._plan: dict[str, FollowUp] = {}
        self._choices: dict[str, Choice] = {}
        self._applications: dict[str, Application] = {}
        self._policy = Policy()
        self._interviews: list[tuple[datetime, datetime]] = []
        self._last: dict[str, datetime] = {}
        self._again: dict[str, datetime] = {}
        self._latest_beat: datetime | None = None
        self._come: set[tuple[str, datetime]] = set()
        self._told: defaultdict[str, Counter[datetime]] = defaultdict(Counter)
        self._excused: Counter[tuple[str, datetime]] = Counter()
        self.encourages = False
        self.paused_until: datetime | None = None
        self.look(store, Changes(everything=True))

    # What is so

    def look(self, store: Store, changes: Changes) -> None:
        """See what a change of the facts made of the plan, the choices and the interviews."""
        if changes.everything:
            self._plan = {f.key: f for f in store.follow_ups()}
            self._choices = store.choices()
            self._applications = {a.id: a for a in store.applications()}
            self._policy = store.policy()
        else:
            if changes.follow_ups:
                _renew(self._plan, changes.follow_ups, store.follow_ups_by_key(list(changes.follow_ups)))
                _renew(self._choices, changes.follow_ups, store.choices(changes.follow_ups))
            if changes.applications:
                present = {a.id: a for a in store.applications(changes.applications)}
                _renew(self._applications, changes.applications, present)
            if changes.settings:
                self._policy = store.policy()
        if changes.everything or changes.settings or changes.applications:
            self._interviews = [
                reckoning.interview_span(interview, application, self._policy)
                for application in self._applications.values()
                if not application.archived
                for interview in application.interviews
                if not interview.cancelled
            ]

    def clock_set_back(self, to: datetime) -> None:
        """From now on a repeat of what came after that instant is right."""
        self.counts.backward_settings += 1
        for key, told in self._told.items():
            for moment in told:
                if moment > to:
                    self._excused[key, moment] += 1

    def next_instant(self, now: datetime) -> datetime | None:
        """When, after now, something may have to be announced."""
        found = [m for f in self._plan.values() for m in self._moments(f) if m > now]
        if any(self._is_live(f, now) and self._pending(f, now) for f in self._plan.values()):
            if self.paused_until is not None and now < self.paused_until:
                found.append(self.paused_until)
            if reckoning.in_quiet_hours(now, self._policy):
                found.append(reckoning.quiet_until(now, self._policy))
            found += [
                m for span in self._underway(now) for m in (span[1], span[0] + UNDERWAY_AT_MOST) if m > now
            ]
        return min(found, default=None)

    def _moments(self, follow_up: FollowUp) -> set[datetime]:
        """Due, each remind, again; a snooze silences those up to its end and adds that one."""
        choice = self._choice(follow_up)
        if choice is not None and choice.skipped:
            return set()
        found = {follow_up.due_at, *follow_up.remind_at}
        if follow_up.key in self._again:
            found.add(self._again[follow_up.key])
        if choice is not None and choice.snoozed_until is not None:
            end = choice.snoozed_until
            return {m for m in found if m > end} | {end}
        return found

    def _choice(self, follow_up: FollowUp) -> Choice | None:
        """The user's choice; void if made before the present opening."""
        choice = self._choices.get(follow_up.key)
        return None if choice is None or choice.made_at < follow_up.opens_at else choice

    def _is_live(self, follow_up: FollowUp, now: datetime) -> bool:
        return follow_up.due_at <= now and (follow_up.expires_at is None or now < follow_up.expires_at)

    def _pending(self, follow_up: FollowUp, now: datetime) -> set[datetime]:
        """The moments that have come and were not announced since."""
        last = self._last.get(follow_up.key)
        return {m for m in self._moments(follow_up) if m <= now and (last is None or last < m)}

    def _underway(self, now: datetime) -> list[tuple[datetime, datetime]]:
        return [s for s in self._interviews if s[0] <= now < min(s[1], s[0] + UNDERWAY_AT_MOST)]

    def _held_back(self, follow_up: FollowUp, now: datetime) -> str | None:
        """Why it has to wait, or ``None``."""
        if self._is_paused(now):
            return "reminders are paused"
        return None if follow_up.rule is Rule.MANUAL else self._out_of_place(follow_up, now)

    def _out_of_place(self, follow_up: FollowUp, now: datetime) -> str | None:
        if self._underway(now):
            return "an interview is under way"
        if reckoning.in_quiet_hours(now, self._policy):
            end = reckoning.quiet_until(now, self._policy)
            if follow_up.rule is not Rule.PREPARE or self._start(follow_up) >= end:
                return "these are quiet hours"
        if follow_up.rule is Rule.ENCOURAGEMENT:
            if not self.encourages:
                return "encouragement is off"
            if any(now - at < BETWEEN_ENCOURAGEMENTS for at in self._encouraged()):
                return "there was an encouragement less than seven days ago"
        return None

    def _is_paused(self, now: datetime) -> bool:
        """The user wants none until then; no pause is offered that reaches further than eight days."""
        until = self.paused_until
        return until is not None and now < until <= now + LONGEST_PAUSE

    def _encouraged(self) -> list[datetime]:
        return [at for key, at in self._last.items() if key.startswith(f"{Rule.ENCOURAGEMENT}/")]

    def _start(self, follow_up: FollowUp) -> datetime:
        application = self._applications[follow_up.application or ""]
        (interview,) = (i for i in application.interviews if i.id == follow_up.interview)
        return _span_start(interview, application, self._policy)

    # What was done

    def beat(self, beat: Beat) -> None:
        """Judge one beat."""
        now = beat.now
        self.counts.beats += 1
        self._pull_back(now)
        expected = self._expected(now)
        shown = self._keys_shown(beat, expected)
        for key in shown:
            self._check_allowed(key, now)
        self._check_encouragement([*shown, *(n.tag for n in beat.refused)])
        self._check_number(beat, expected)
        if beat.death is None:
            self._check_complete(shown, beat, expected, now)
        for notification in (*beat.shown, *beat.refused):
            self._check_text(notification, now)
        self._count(beat, shown)
        for key in shown:
            self._note(key, now, committed=beat.committed)

    def _pull_back(self, now: datetime) -> None:
        """An announcement that lies in the future counts as made now."""
        if self._latest_beat is not None and now < self._latest_beat:
            self._last = {key: min(at, now) for key, at in self._last.items()}
        self._latest_beat = now

    def _expected(self, now: datetime) -> list[str]:
        found, cheers, held_back = [], [], False
        for follow_up in self._plan.values():
            if not self._is_live(follow_up, now):
                continue
            pending = self._pending(follow_up, now)
            if not pending:
                continue
            if follow_up.rule is not Rule.ENCOURAGEMENT:
                self._come.update((follow_up.key, moment) for moment in pending)
            if self._held_back(follow_up, now) is not None:
                held_back = True
            elif follow_up.rule is Rule.ENCOURAGEMENT:
                cheers.append(follow_up.key)
            else:
                found.append(follow_up.key)
        self.counts.beats_held_back += held_back
        # Any one of several will do.
        return [*found, *cheers[:1]]

    def _keys_shown(self, beat: Beat, expected: list[str]) -> list[str]:
        keys: list[str] = []
        for notification in beat.shown:
            if notification.tag != SUMMARY_TAG:
                keys.append(notification.tag)
                continue
            about = beat.summarised or tuple(each.key for each in beat.handed) or tuple(expected)
            keys += about
            if f"{len(about)} " not in notification.title:
                raise Violation("summary", f"{notification.title!r} is about {len(about)}")
        if len(keys) != len(set(keys)):
            raise Violation("repeat", f"twice in one beat: {sorted(keys)}")
        return keys

    def _check_allowed(self, key: str, now: datetime) -> None:
        follow_up = self._plan.get(key)
        if follow_up is None:
            raise Violation("settled", f"{key} is announced, and is not called for")
        choice = self._choice(follow_up)
        if choice is not None and choice.skipped:
            raise Violation("skipped", f"{key} is announced, and was skipped at {choice.made_at}")
        if follow_up.expires_at is not None and follow_up.expires_at <= now:
            raise Violation("expired", f"{key} is announced, and ended at {follow_up.expires_at}")
        moments = self._moments(follow_up)
        if now < follow_up.due_at or not any(m <= now for m in moments):
            raise Violation("early", f"{key} is announced before {min(moments)}")
        if not self._pending(follow_up, now):
            raise Violation("repeat", f"{key} is announced again, after {self._last.get(key)}")
        why = self._held_back(follow_up, now)
        if why is not None:
            raise Violation("held back", f"{key} is announced although {why}")

    def _check_encouragement(self, tags: Iterable[str]) -> None:
        if sum(tag.startswith(f"{Rule.ENCOURAGEMENT}/") for tag in tags) > 1:
            raise Violation("encouragement", "more than one at once")

    def _check_number(self, beat: Beat, expected: list[str]) -> None:
        given = [*beat.shown, *beat.refused]
        is_summary = [n.tag == SUMMARY_TAG for n in given]
        wanted = len(expected) > AT_MOST_SINGLY
        if len(given) > (1 if wanted else AT_MOST_SINGLY) or any(each != wanted for each in is_summary):
            raise Violation("summary", f"{len(given)} notifications for {len(expected)} follow-ups")

    def _check_complete(self, shown: list[str], beat: Beat, expected: list[str], now: datetime) -> None:
        tried = {*shown, *(n.tag for n in beat.refused)}
        if SUMMARY_TAG in tried:
            return
        missing = [key for key in expected if key not in tried]
        if missing and missing[0].startswith(f"{Rule.ENCOURAGEMENT}/"):
            missing = [] if any(key.startswith(f"{Rule.ENCOURAGEMENT}/") for key in tried) else missing
        for key in missing:
            moments = sorted(self._pending(self._plan[key], now))
            raise Violation("lost", f"{key} is not announced, although {moments[0]} has come")

    def _check_text(self, notification: Notification, now: datetime) -> None:
        labels = " ".join(label for _, label in notification.actions)
        text = f"{notification.title}\n{notification.body}\n{labels}".lower()
        follow_up = self._plan.get(notification.tag)
        says = "call now" in text
        if follow_up is None or follow_up.channel is not Channel.PHONE:
            if says:
                raise Violation("call now", f"{notification.title!r} is about no call")
            return
        application = self._applications[follow_up.application or ""]
        if self._may_call(follow_up, now):
            if not says:
                raise Violation("call now", f"{notification.title!r} in a call slot")
            return
        if says:
            raise Violation("call now", f"{notification.title!r} at {now}, outside a call slot")
        slot = reckoning.next_call_slot(max(now, follow_up.due_at), application, self._policy)
        if slot is not None:
            clock = reckoning.wall(slot, self._policy.timezone).strftime("%H:%M")
            if clock not in notification.title:
                raise Violation("call now", f"{notification.title!r} does not name the slot at {clock}")

    def _may_call(self, follow_up: FollowUp, now: datetime) -> bool:
        application = self._applications[follow_up.application or ""]
        return now >= follow_up.due_at and reckoning.in_call_slot(now, application, self._policy)

    def _count(self, beat: Beat, shown: list[str]) -> None:
        self.counts.notifications += len(beat.shown)
        self.counts.announcements += len(shown)
        self.counts.summaries += sum(n.tag == SUMMARY_TAG for n in beat.shown)
        self.counts.calls_now += sum("call now" in n.title.lower() for n in beat.shown)
        self.counts.encouragements += sum(key.startswith(f"{Rule.ENCOURAGEMENT}/") for key in shown)
        self.counts.refused_notifications += len(beat.refused)
        self.counts.crashes += beat.death is not None

    def _note(self, key: str, now: datetime, *, committed: bool) -> None:
        follow_up, told = self._plan[key], self._told[key]
        pending = self._pending(follow_up, now)
        if all(told[moment] for moment in pending):
            self.counts.repeats += 1
        for moment in pending:
            told[moment] += 1
            if told[moment] > 1 + self._excused[key, moment]:
                raise Violation("repeat", f"{key} at {moment} is announced for the {told[moment]}th time")
            if not committed:
                self._excused[key, moment] += 1
        if not committed:
            return
        self._last[key] = now
        self._again.pop(key, None)
        if follow_up.channel is Channel.PHONE and not self._may_call(follow_up, now):
            application = self._applications[follow_up.application or ""]
            slot = reckoning.next_call_slot(max(now, follow_up.due_at), application, self._policy)
            if slot is not None:
                self._again[key] = slot

    def close(self) -> None:
        """Count what the search came to."""
        self.counts.moments = len(self._come)
        self.counts.moments_announced = sum(self._told[key][moment] > 0 for key, moment in self._come)


def _span_start(interview: Interview, application: Application, policy: Policy) -> datetime:
    return reckoning.interview_span(interview, application, policy)[0]


def _renew(table: dict[str, _T], keys: Iterable[str], present: dict[str, _T]) -> None:
    """What is there about these keys becomes this; of the others nothing changes."""
    for key in keys:
        table.pop(key, None)
    table.update(present)
