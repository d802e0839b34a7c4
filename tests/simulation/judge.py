"""The judge: says of every beat whether rules.md allows it, from the page "Announcing" alone.

It sees what anybody could see: the plan and the user's choices as they stand after every change, the clock,
what was shown and when that was known, what was on the screen at the end, what was written, and where the
program died. It keeps its own record of what was announced and its own reckoning of time, and uses neither
the product's query nor its agenda.

How the page is read where it leaves a choice: nothing is announced before ``due`` ("first notification"),
be it the end of a snooze or of a wait for a slot that was chosen before the follow-up moved. A clock that
was set back is noticed at the next beat. The repeats of one moment are counted against the crashes that
interrupted its announcement, the ends of the program with it on the screen, and the settings of the clock to
before it. What is on its way, its fate unknown, is given up after two minutes.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from followup_desktop.domain.model import (
    Application,
    Channel,
    Choice,
    FollowUp,
    Interview,
    LastAnnouncement,
    Policy,
    Rule,
    Stage,
)
from followup_desktop.services.ports import Notification
from followup_desktop.services.reminding.announcer import SUMMARY_TAG
from followup_desktop.storage.store import Changes, Store
from tests.simulation import reckoning
from tests.simulation.program import Beat, Fate

AT_MOST_SINGLY = 3
UNDERWAY_AT_MOST = timedelta(hours=4)
BETWEEN_ENCOURAGEMENTS = timedelta(days=7)
LONGEST_PAUSE = timedelta(days=8)
AWAITED = timedelta(minutes=2)
A_DAY = timedelta(days=1)
ENQUIRIES = (Rule.STATUS_CALL, Rule.CHECK_IN, Rule.ASK_FEEDBACK)


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
    unshown_notifications: int = 0
    late_notifications: int = 0
    seen_in_the_list: int = 0
    beats_with_one_waiting: int = 0
    beats_on_a_full_disk: int = 0
    left_on_the_screen: int = 0
    absences: int = 0
    sleeps: int = 0
    zone_changes: int = 0
    pauses: int = 0
    violations: int = 0

    def add(self, other: Counts) -> None:
        """Count those of another search too."""
        for name in self.__dataclass_fields__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


@dataclass(eq=False)
class Handing:
    """One notification handed on: when, and for each of its keys the moments that it tells of.

    ``before`` is when each was announced until then, and when it was to come again; ``again`` the latter now.
    """

    tag: str
    at: datetime
    moments: dict[str, frozenset[datetime]]
    again: dict[str, datetime | None]
    before: dict[str, tuple[datetime | None, datetime | None]]


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
        self._stored: dict[str, tuple[datetime | None, datetime | None]] = {}
        self._unwritten: dict[str, Handing] = {}
        self._told_in_run: list[Handing] = []
        self.on_the_way: dict[str, Handing] = {}
        self.unshown: dict[str, Handing] = {}
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
            waits = self._waiting(now)
            found += [
                expires
                for key, first in waits.items()
                if self._pending(self._plan[key], now)
                and (expires := self._plan[first].expires_at) is not None
            ]
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

    def _waiting(self, now: datetime) -> dict[str, str]:
        """One at a time: the enquiries that wait, each with the first of its employer."""
        lines: defaultdict[str, list[FollowUp]] = defaultdict(list)
        if self._policy.contact_gap_working_days:
            for each in self._plan.values():
                if each.rule in ENQUIRIES and self._is_live(each, now) and not self._rests(each, now):
                    employer = self._applications[each.application or ""].employer
                    lines[" ".join(unicodedata.normalize("NFKC", employer).casefold().split())].append(each)
        found = {}
        for line in lines.values():
            first = min(line, key=lambda f: (f.due_at, f.application or ""))
            found.update({each.key: first.key for each in line if each is not first})
        return found

    def _rests(self, follow_up: FollowUp, now: datetime) -> bool:
        """Skipped, or snoozed until later."""
        choice = self._choice(follow_up)
        until = choice.snoozed_until if choice is not None else None
        return choice is not None and (choice.skipped or (until is not None and now < until))

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
            if self._is_retired(follow_up):
                return "whoever has a job needs no consoling"
            if any(now - at < BETWEEN_ENCOURAGEMENTS for at in self._encouraged()):
                return "there was an encouragement less than seven days ago"
        return None

    def _is_retired(self, follow_up: FollowUp) -> bool:
        """Whether it is a kind word that nobody needs any more."""
        if follow_up.rule is not Rule.ENCOURAGEMENT:
            return False
        return self._has_job_since(self._applications[follow_up.application or ""])

    def _has_job_since(self, refused: Application) -> bool:
        """Whether an offer was taken after the application that was refused was made."""
        taken = []
        for application in self._applications.values():
            if application.stage is Stage.ACCEPTED:
                moves = [(e.at, e.id) for e in application.events if e.to_stage is Stage.ACCEPTED]
                at = max(moves)[0] if moves else application.stage_at
                if at is not None:
                    taken.append((at, application.id))
        if not taken or max(taken)[1] == refused.id:
            return False
        day = reckoning.wall(max(taken)[0], self._policy.timezone).date()
        return refused.applied_on is None or refused.applied_on <= day

    def _is_paused(self, now: datetime) -> bool:
        """The user wants none until then; no pause is offered that reaches further than eight days."""
        until = self.paused_until
        return until is not None and now < until <= now + LONGEST_PAUSE

    def _encouraged(self) -> list[datetime]:
        told = [at for key, at in self._last.items() if key.startswith(f"{Rule.ENCOURAGEMENT}/")]
        return told + [
            handing.at
            for handing in self.on_the_way.values()
            if any(key.startswith(f"{Rule.ENCOURAGEMENT}/") for key in handing.moments)
        ]

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
        self._give_up(beat)
        expected = self._expected(now)
        given = [(n, fate, self._keys_of(n, beat)) for n, fate in beat.fates]
        self._check_given([key for _, _, keys in given for key in keys])
        for notification, fate, keys in given:
            is_known = fate is not Fate.REFUSED or notification.tag != SUMMARY_TAG
            for key in keys if is_known else ():
                self._check_allowed(key, now)
        self._check_encouragement(n.tag for n, _, _ in given)
        self._check_number(beat, expected)
        if beat.death is None:
            self._check_complete([key for _, _, keys in given for key in keys], expected, now)
        for notification, _, _ in given:
            self._check_text(notification, now)
        self._count(beat, given)
        for notification, fate, keys in given:
            self._follow(self._handing(notification.tag, keys, now), fate, in_sight=beat.in_sight)
        self._check_recorded(beat.recorded, complete=beat.death is None and not beat.full)

    def settled(self, handing: Handing, *, shown: bool, recorded: list[LastAnnouncement], full: bool) -> None:
        """It turned out what became of a notification."""
        self.on_the_way.pop(handing.tag, None)
        self.unshown.pop(handing.tag, None)
        if shown:
            self._tell(handing)
        else:
            self.unshown[handing.tag] = handing
        self._check_recorded(recorded, complete=not full)

    def quitted(self, left: Collection[str], *, full: bool) -> None:
        """The program ended in order: what is on the screen, not answered, was not announced."""
        if not full:
            for key, handing in self._unwritten.items():
                self._stored[key] = (handing.at, handing.again[key])
            self._unwritten.clear()
            newest = {handing.tag: handing for handing in self._told_in_run}
            for handing in reversed(self._told_in_run):
                if handing.tag not in left or newest[handing.tag] is not handing:
                    continue
                self.counts.left_on_the_screen += 1
                for key, moments in handing.moments.items():
                    if self._stored.get(key) == (handing.at, handing.again[key]):
                        self._stored[key] = handing.before[key]
                        self._excused.update((key, moment) for moment in moments)
        self.died()

    def died(self) -> None:
        """The program is gone; nobody but the database remembers anything."""
        for key, handing in self._unwritten.items():
            self._excused.update((key, moment) for moment in handing.moments[key])
        self._unwritten.clear()
        self._told_in_run.clear()
        self.on_the_way.clear()
        self.unshown.clear()
        self._last = {key: last for key, (last, _) in self._stored.items() if last is not None}
        self._again = {key: again for key, (_, again) in self._stored.items() if again is not None}

    def _pull_back(self, now: datetime) -> None:
        """An announcement that lies in the future counts as made now."""
        if self._latest_beat is not None and now < self._latest_beat:
            self._last = {key: min(at, now) for key, at in self._last.items()}
            self._stored = {
                key: (last and min(last, now), again) for key, (last, again) in self._stored.items()
            }
            for handing in (*self._told_in_run, *self.on_the_way.values(), *self.unshown.values()):
                handing.before = {
                    key: (last and min(last, now), again) for key, (last, again) in handing.before.items()
                }
                if handing in self._told_in_run:
                    handing.at = min(handing.at, now)
        self._latest_beat = now

    def withdrawn(self, tag: str) -> None:
        """It was taken away, or back before it was shown."""
        self.on_the_way.pop(tag, None)
        self.unshown.pop(tag, None)

    def _give_up(self, beat: Beat) -> None:
        """Await nothing for ever."""
        for tag, handing in tuple(self.on_the_way.items()):
            if not handing.at <= beat.now < handing.at + AWAITED:
                del self.on_the_way[tag]

    def _follow(self, handing: Handing, fate: Fate, *, in_sight: bool) -> None:
        """What becomes of what was handed on."""
        for tag, other in tuple(self.unshown.items()):
            if not handing.moments.keys().isdisjoint(other.moments):
                del self.unshown[tag]
        if fate is Fate.SHOWN or (fate in {Fate.UNSHOWN, Fate.REFUSED} and in_sight):
            self._tell(handing)
        elif fate is Fate.LATE:
            self.on_the_way[handing.tag] = handing
        else:
            self.unshown[handing.tag] = handing

    def _check_recorded(self, recorded: list[LastAnnouncement], *, complete: bool) -> None:
        """Written down is what was shown, that alone, and as soon as it can be."""
        for record in recorded:
            handing = next((h for h in self._told_in_run if _tells(h, record)), None)
            if handing is None:
                what = f"{record.key} is recorded, and was not shown at {record.announced_at}"
                raise Violation("not shown", what)
            self._stored[record.key] = (handing.at, handing.again[record.key])
            if self._unwritten.get(record.key) is handing:
                del self._unwritten[record.key]
        if complete and self._unwritten:
            key, handing = next(iter(self._unwritten.items()))
            raise Violation("unrecorded", f"{key} was shown at {handing.at}, and that is not written down")

    def _expected(self, now: datetime) -> list[str]:
        found, cheers, held_back, waits = [], [], False, self._waiting(now)
        self.counts.beats_with_one_waiting += bool(waits)
        on_the_way = {key for handing in self.on_the_way.values() for key in handing.moments}
        for follow_up in self._plan.values():
            if not self._is_live(follow_up, now):
                continue
            pending = self._pending(follow_up, now)
            if not pending:
                continue
            if follow_up.rule is not Rule.ENCOURAGEMENT:
                self._come.update((follow_up.key, moment) for moment in pending)
            if follow_up.key in waits or follow_up.key in on_the_way:
                continue
            if self._held_back(follow_up, now) is not None:
                held_back = True
            elif follow_up.rule is Rule.ENCOURAGEMENT:
                cheers.append(follow_up.key)
            else:
                found.append(follow_up.key)
        self.counts.beats_held_back += held_back
        # Any one of several will do.
        return [*found, *cheers[:1]]

    def _keys_of(self, notification: Notification, beat: Beat) -> tuple[str, ...]:
        if notification.tag != SUMMARY_TAG:
            return (notification.tag,)
        about = beat.keys.get(SUMMARY_TAG) or tuple(each.key for each in beat.handed)
        counted, today = int(notification.title.partition(" ")[0]), self._to_do(beat.now)
        if not len(about) <= counted <= today:
            told = f"{notification.title!r} with {len(about)} that are new, and {today} due within a day"
            raise Violation("summary", told)
        return about

    def _to_do(self, now: datetime) -> int:
        """How many the list can offer today: what is due within a day, and waits for no other."""
        waits = self._waiting(now)
        return sum(
            follow_up.due_at <= now + A_DAY
            and (follow_up.expires_at is None or now < follow_up.expires_at)
            and not self._rests(follow_up, now)
            and follow_up.key not in waits
            for follow_up in self._plan.values()
        )

    def _check_given(self, keys: list[str]) -> None:
        if len(keys) != len(set(keys)):
            raise Violation("repeat", f"twice in one beat: {sorted(keys)}")
        for handing in self.on_the_way.values():
            for key in handing.moments.keys() & set(keys):
                raise Violation("repeat", f"{key} is announced again, while it is on its way")

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
        if (first := self._waiting(now).get(key)) is not None:
            raise Violation("waits", f"{key} is announced, and {first} comes first")
        why = self._held_back(follow_up, now)
        if why is not None:
            raise Violation("held back", f"{key} is announced although {why}")

    def _check_encouragement(self, tags: Iterable[str]) -> None:
        if sum(tag.startswith(f"{Rule.ENCOURAGEMENT}/") for tag in tags) > 1:
            raise Violation("encouragement", "more than one at once")

    def _check_number(self, beat: Beat, expected: list[str]) -> None:
        given = [notification for notification, _ in beat.fates]
        is_summary = [n.tag == SUMMARY_TAG for n in given]
        wanted = len(expected) > AT_MOST_SINGLY
        if len(given) > (1 if wanted else AT_MOST_SINGLY) or any(each != wanted for each in is_summary):
            raise Violation("summary", f"{len(given)} notifications for {len(expected)} follow-ups")

    def _check_complete(self, given: list[str], expected: list[str], now: datetime) -> None:
        tried = set(given)
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
            if clock not in notification.body:
                raise Violation("call now", f"{notification.title!r} does not name the slot at {clock}")

    def _may_call(self, follow_up: FollowUp, now: datetime) -> bool:
        application = self._applications[follow_up.application or ""]
        return now >= follow_up.due_at and reckoning.in_call_slot(now, application, self._policy)

    def _count(self, beat: Beat, given: list[tuple[Notification, Fate, tuple[str, ...]]]) -> None:
        self.counts.notifications += len(beat.shown)
        self.counts.summaries += sum(n.tag == SUMMARY_TAG for n in beat.shown)
        self.counts.calls_now += sum("call now" in n.body.lower() for n in beat.shown)
        self.counts.refused_notifications += len(beat.having(Fate.REFUSED))
        self.counts.unshown_notifications += len(beat.having(Fate.UNSHOWN))
        self.counts.late_notifications += len(beat.having(Fate.LATE))
        self.counts.seen_in_the_list += beat.in_sight * len(beat.having(Fate.REFUSED, Fate.UNSHOWN))
        self.counts.beats_on_a_full_disk += beat.full
        self.counts.crashes += beat.death is not None

    def _handing(self, tag: str, keys: Iterable[str], now: datetime) -> Handing:
        """What these tell of now, as far as they are called for."""
        planned = {key: self._plan[key] for key in keys if key in self._plan}
        return Handing(
            tag=tag,
            at=now,
            moments={key: frozenset(self._pending(each, now)) for key, each in planned.items()},
            again={key: self._comes_again(each, now) for key, each in planned.items()},
            before={key: (self._last.get(key), self._again.get(key)) for key in planned},
        )

    def _comes_again(self, follow_up: FollowUp, now: datetime) -> datetime | None:
        """A call announced outside a slot comes again in the next one."""
        if follow_up.channel is not Channel.PHONE or self._may_call(follow_up, now):
            return None
        application = self._applications[follow_up.application or ""]
        return reckoning.next_call_slot(max(now, follow_up.due_at), application, self._policy)

    def _tell(self, handing: Handing) -> None:
        """The user knows of it: that is an announcement."""
        self._told_in_run.append(handing)
        for key, moments in handing.moments.items():
            told = self._told[key]
            self.counts.announcements += 1
            self.counts.encouragements += key.startswith(f"{Rule.ENCOURAGEMENT}/")
            self.counts.repeats += all(told[moment] for moment in moments)
            for moment in moments:
                told[moment] += 1
                if told[moment] > 1 + self._excused[key, moment]:
                    raise Violation("repeat", f"{key} at {moment} is announced for the {told[moment]}th time")
            self._last[key] = handing.at
            self._again.pop(key, None)
            if (again := handing.again[key]) is not None:
                self._again[key] = again
            self._unwritten[key] = handing

    def close(self) -> None:
        """Count what the search came to."""
        self.counts.moments = len(self._come)
        self.counts.moments_announced = sum(self._told[key][moment] > 0 for key, moment in self._come)


def _tells(handing: Handing, record: LastAnnouncement) -> bool:
    """Whether the record is of this notification."""
    return record.key in handing.moments and record.announced_at == handing.at


def _span_start(interview: Interview, application: Application, policy: Policy) -> datetime:
    return reckoning.interview_span(interview, application, policy)[0]


def _renew(table: dict[str, _T], keys: Iterable[str], present: dict[str, _T]) -> None:
    """What is there about these keys becomes this; of the others nothing changes."""
    for key in keys:
        table.pop(key, None)
    table.update(present)
