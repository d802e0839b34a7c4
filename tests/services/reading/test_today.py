"""The page of Today, which makes rows only of what is shown, is the one that is made of everything."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

import pytest

from followup_desktop.domain.agenda import is_missed, is_open
from followup_desktop.domain.model import (
    Channel,
    Choice,
    Event,
    EventKind,
    Facts,
    FollowUp,
    LastAnnouncement,
    Policy,
    Reminder,
    Rule,
    Stage,
)
from followup_desktop.services.reading.follow_up_rows import follow_up_row, horizon, section_of
from followup_desktop.services.reading.overview import Overview
from followup_desktop.services.reading.subjects import Subjects
from followup_desktop.services.reading.today import SINGLY_AT_MOST
from followup_desktop.services.rows import (
    FollowUpGroup,
    FollowUpRow,
    TodayCounts,
    TodayPage,
    TodaySection,
    Tone,
)
from followup_desktop.services.tracker.sample import sample_facts
from followup_desktop.services.wording import Subject
from followup_desktop.storage.today_entries import TodayEntry
from tests.benchmarks.many import many
from tests.services.conftest import Desk, acme, madrid
from tests.storage.listed import listed_follow_ups
from tests.sweeps import every

Sections = tuple[tuple[TodaySection, tuple[FollowUpRow | FollowUpGroup, ...]], ...]
Placed = tuple[TodaySection, tuple[datetime, datetime, Rule, str, int, str], Subject, Choice | None]
_NOW = {TodaySection.LATE, TodaySection.NOW}
_PASSED_OVER = {Rule.ENCOURAGEMENT, Rule.KEEP_SEARCHING, Rule.MANUAL}


class Straightforward:
    """The page as it is described: a row of each follow-up, then sorted and put together."""

    def __init__(self, desk: Desk, now: datetime, opened: dict[tuple[TodaySection, Rule], int]) -> None:
        self.desk = desk
        self.now = now
        self.opened = opened
        self.policy = desk.store.policy()

    def page(self, later_limit: int) -> tuple[FollowUpRow | None, Sections]:
        """The one thing to do, and the sections with all the others."""
        until = horizon(self.policy, self.now)
        listed = listed_follow_ups(self.desk.store, until, self.now)
        rest = [
            each
            for each in self.desk.store.follow_ups()
            if each.due_at > until and each.opens_at > self.now
            if each.expires_at is None or each.expires_at > self.now
        ]
        past = [(f, self.desk.store.choice(f.key)) for f in self.desk.store.follow_ups()]
        past = [(f, choice) for f, choice in past if is_missed(f, choice, self.now)]
        every = [*listed, *((follow_up, None) for follow_up in rest), *past]
        by_section: dict[TodaySection, list[Placed]] = defaultdict(list)
        for each in sorted(self.placed(every, [f for f, _ in listed]), key=lambda placed: placed[1]):
            by_section[each[0]].append(each)
        del by_section[TodaySection.LATER][later_limit:]
        first = self.first(by_section)
        return first, tuple((s, self.entries(by_section[s])) for s in TodaySection if by_section[s])

    def first(self, by_section: dict[TodaySection, list[Placed]]) -> FollowUpRow | None:
        """What is late, else what ends first, unless an interview begins within two hours; taken out.

        Kind words are passed over, and a new search while an offer waits for its answer.
        """
        never = {Rule.ENCOURAGEMENT}
        if any(a.stage is Stage.OFFER and not a.archived for a in self.desk.store.facts().applications):
            never.add(Rule.KEEP_SEARCHING)
        to_do = [
            each
            for section in (TodaySection.LATE, TodaySection.NOW)
            for each in by_section[section]
            if each[2].follow_up.rule not in never
        ]
        now = [each for each in to_do if each[0] is TodaySection.NOW]
        soon = [
            each
            for each in now[:1]
            if each[2].follow_up.rule is Rule.PREPARE and each[1][0] <= self.now + timedelta(hours=2)
        ]
        for each in (*soon, *to_do)[:1]:
            by_section[each[0]].remove(each)
            return follow_up_row(self.desk.wording, each[2], each[3], self.now, each[0])
        return None

    def placed(
        self, every: Sequence[tuple[FollowUp, Choice | None]], listed: Sequence[FollowUp]
    ) -> list[Placed]:
        subjects = Subjects(self.desk.store).of([f for f, _ in every], self.policy, self.now)
        found = []
        for subject, (follow_up, choice) in zip(subjects, every, strict=True):
            section, at = section_of(subject, choice, self.now)
            place = subject.place(choice, self.now)[-2:]
            order = (at, follow_up.due_at, follow_up.rule, follow_up.application or "", *place)
            found.append((section, order, self.with_next(subject, subjects[: len(listed)]), choice))
        return found

    def with_next(self, subject: Subject, listed: Sequence[Subject]) -> Subject:
        if subject.follow_up.rule is not Rule.ENCOURAGEMENT or subject.numbers is None:
            return subject
        elsewhere = [
            self.desk.wording.title(each)
            for each in listed
            if each.follow_up.rule not in _PASSED_OVER
            and each.follow_up.application != subject.follow_up.application
        ]
        return replace(subject, numbers=replace(subject.numbers, next_title="".join(elsewhere[:1])))

    def entries(self, placed: Sequence[Placed]) -> tuple[FollowUpRow | FollowUpGroup, ...]:
        found: dict[object, FollowUpRow | FollowUpGroup] = {}
        for section, _, subject, _ in placed:
            rule = subject.follow_up.rule
            alike = [each for each in placed if each[2].follow_up.rule is rule]
            rows = [
                follow_up_row(self.desk.wording, s, choice, self.now, section) for _, _, s, choice in alike
            ]
            if len(rows) > SINGLY_AT_MOST:
                found[rule] = self.group(rows, [each[2] for each in alike])
            else:
                found |= {row.key: row for row in rows if row.key == subject.follow_up.key}
        return tuple(found.values())

    def group(self, rows: Sequence[FollowUpRow], subjects: Sequence[Subject]) -> FollowUpGroup:
        first = rows[0]
        names = dict.fromkeys(s.employer or self.desk.wording.title(s) for s in subjects)
        title, detail = self.desk.wording.group(first.rule, tuple(names), len(rows))
        alike = all(row.answers == first.answers for row in rows)
        return FollowUpGroup(
            rule=first.rule,
            section=first.section,
            title=title,
            detail=detail,
            tone=first.tone if len({row.tone for row in rows}) == 1 else Tone.NEUTRAL,
            keys=tuple(row.key for row in rows),
            all_open=first.section is TodaySection.MISSED or all(row.is_open for row in rows),
            answers=first.answers if alike and first.section is not TodaySection.MISSED else (),
            rows=tuple(rows),
        )


def comparable(page: TodayPage, opened: dict[tuple[TodaySection, Rule], int]) -> list[object]:
    """Its sections; of a group so many rows as are shown, which it has to have."""
    found: list[object] = []
    for section, entries in page.sections:
        for entry in entries:
            shown = entry
            if isinstance(entry, FollowUpGroup):
                count = max(1, opened.get((section, entry.rule), 0))
                assert len(entry.rows) >= min(count, len(entry.keys))
                shown = replace(entry, rows=entry.rows[:count])
            found.append((section, shown))
    return found


def crowd(random: Random, now: datetime, count: int) -> Facts:
    """A long search with reminders, calls at odd places, and choices; some of the choices are void."""
    facts = many(count, now)
    applications = []
    for each in facts.applications:
        said = Event(
            id=f"s{each.id}",
            kind=EventKind.REPLY,
            at=now - timedelta(days=random.randint(3, 20)),
            reply_by=(now - timedelta(days=random.randint(-9, 9))).date(),
        )
        applications.append(
            replace(
                each,
                timezone=random.choice((None, "Asia/Tokyo", "America/New_York", "Pacific/Auckland")),
                country=random.choice((None, "US-NY", "JP")),
                channel=random.choice((Channel.PHONE, Channel.PHONE, Channel.EMAIL)),
                events=(*each.events, said) if each.stage is Stage.INTERVIEWING else each.events,
            )
        )
    reminders = tuple(
        Reminder(
            id=f"r/{number}",
            title=f"Reminder {number % 9}",
            at=(now + timedelta(hours=random.randint(-400, 400))).replace(tzinfo=None),
            application=random.choice((None, None, applications[0].id)),
        )
        for number in range(random.choice((2, 30)))
    )
    return replace(facts, applications=tuple(applications), reminders=reminders)


def with_choices(desk: Desk, random: Random, now: datetime) -> None:
    """Snooze and skip some of the plan."""
    with desk.store.transaction("Choose") as t:
        for follow_up in desk.store.follow_ups():
            kind = random.randrange(8)
            if kind < 3:
                until = now + timedelta(minutes=random.randint(-1000, 3000)) if kind else None
                made = min(now, follow_up.opens_at + timedelta(minutes=random.randint(-100, 1000)))
                t.put_choice(
                    Choice(key=follow_up.key, made_at=made, snoozed_until=until, skipped=until is None)
                )


@pytest.mark.parametrize("seed", every(4, range(12)))
def test_the_page_is_that_of_all_rows_whatever_is_opened(desk: Desk, seed: int) -> None:
    random = Random(seed)
    now = madrid("2026-10-12T00:00") + timedelta(minutes=random.randint(0, 7 * 24 * 60))
    with desk.store.transaction("Import") as t:
        t.put_facts(crowd(random, now, random.choice((4, 20, 60))))
    with_choices(desk, random, now)
    for moment in (now, *edges(desk, random, now)):
        opened = {(s, rule): random.choice((0, 3, 40)) for s in TodaySection for rule in Rule}
        for limit in (0, 7, 200):
            page = desk.overview.today(moment, later_limit=limit, opened=opened)
            first, plain = Straightforward(desk, moment, opened).page(limit)
            assert page.first == first
            assert comparable(page, opened) == comparable(replace(page, sections=plain), opened)
        whole = dict(plain)
        counts = {s: sum(len(_keys(e)) for e in whole.get(s, ())) for s in TodaySection}
        below = counts[TodaySection.LATE] + counts[TodaySection.NOW] + counts[TodaySection.TODAY]
        assert page.open_count == below + (first is not None)
        counted = Overview(desk.store, desk.overview._wording).today_counts(moment)  # knows no page
        assert counted == TodayCounts(open_count=page.open_count, next_reminder=page.next_reminder)
        assert page.hidden_later == 0 or counts[TodaySection.LATER] == 200
        for at_most in (0, 3, 12, 400):
            part = desk.overview.today(moment, later_limit=limit, opened=opened, at_most=at_most)
            entries, shown = _entries(page), _entries(part)
            always = [] if first is not None else [each for each in entries if each[0] in _NOW]
            assert shown == entries[: max(at_most, len(always))]
            assert part.to_come == len(entries) - len(shown)
            assert part.is_quiet is page.is_quiet
            assert replace(part, sections=page.sections, to_come=0) == page


@pytest.mark.parametrize("seed", every(3, range(12)))
def test_the_page_after_an_edit_is_one_that_is_read_anew(desk: Desk, seed: int) -> None:
    random = Random(seed)
    desk.now = madrid("2026-10-12T00:00") + timedelta(minutes=random.randint(0, 7 * 24 * 60))
    with desk.store.transaction("Import") as t:
        t.put_facts(crowd(random, desk.now, 80))
    with_choices(desk, random, desk.now)
    ids = [each.id for each in desk.store.applications()]
    groups = 0
    for _ in range(12):
        match random.randrange(4):
            case 0:
                desk.tracker.set_stage(random.choice(ids), random.choice(list(Stage)))
            case 1:
                desk.tracker.edit_application(random.choice(ids), employer=random.choice(("Acme", "Hooli")))
            case 2 if desk.tracker.undo_label:
                desk.tracker.undo()
        desk.now += timedelta(minutes=random.choice((0, 1, 90)))
        page = desk.overview.today(desk.now)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(desk.store._database, "_kept", {})
            assert page == Overview(desk.store, desk.overview._wording).today(desk.now)
        groups += sum(isinstance(entry, FollowUpGroup) for _, entry in _entries(page))
    assert groups > 12


def edges(desk: Desk, random: Random, now: datetime) -> list[datetime]:
    """Later instants at which something changes, and the seconds beside them."""
    moments = [f.due_at for f in desk.store.follow_ups()]
    moments += [f.deadline_at for f in desk.store.follow_ups() if f.deadline_at is not None]
    moments += [c.snoozed_until for c in desk.store.choices().values() if c.snoozed_until is not None]
    moments += [madrid("2026-10-15T00:00"), madrid("2026-10-25T02:30")]
    moments = [moment for moment in moments if moment > now]
    found = random.sample(moments, min(3, len(moments)))
    return [moment + timedelta(seconds=random.choice((-1, 0, 1))) for moment in found]


def _entries(page: TodayPage) -> list[tuple[TodaySection, FollowUpRow | FollowUpGroup]]:
    return [(section, entry) for section, entries in page.sections for entry in entries]


def _keys(entry: FollowUpRow | FollowUpGroup) -> tuple[str, ...]:
    return entry.keys if isinstance(entry, FollowUpGroup) else (entry.key,)


@pytest.mark.parametrize("hour", range(0, 24, 3))
def test_the_sample_has_the_page_of_all_rows(desk: Desk, hour: int) -> None:
    now = madrid("2026-10-14T00:00") + timedelta(hours=hour)
    with desk.store.transaction("Sample") as t:
        t.put_facts(sample_facts(now, "Europe/Madrid"))
    page = desk.overview.today(now)
    first, plain = Straightforward(desk, now, {}).page(20)
    assert page.first == first
    assert comparable(page, {}) == comparable(replace(page, sections=plain), {})
    assert first is not None
    assert first.application is not None
    summary = desk.store.application_summaries((first.application,), now)[first.application]
    assert summary.next_key == first.key == desk.overview.detail(first.application, now).follow_ups[0].key


def test_a_closed_group_makes_one_row_and_an_open_one_as_many_as_it_shows(desk: Desk) -> None:
    desk.put(*(acme(Stage.APPLIED, id=f"a{n:03}", employer=f"Firm {n}") for n in range(60)))
    place = (TodaySection.NOW, Rule.CHECK_IN)
    for opened, expected in (({}, 1), ({place: 40}, 40), ({place: 80}, 59)):
        now = dict(desk.overview.today(madrid("2026-10-14T11:00"), opened=opened).sections)[TodaySection.NOW]
        group = next(entry for entry in now if isinstance(entry, FollowUpGroup))
        assert (len(group.rows), len(group.keys)) == (expected, 59), "the first is the one thing to do"


@pytest.mark.parametrize(("stage", "stands_first"), [(Stage.OFFER, False), (Stage.SAVED, True)])
def test_while_an_offer_waits_a_new_search_is_not_the_one_thing_to_do(
    desk: Desk, stage: Stage, stands_first: bool
) -> None:
    moved = Event(id="e1", kind=EventKind.STAGE, at=madrid("2026-10-02T10:00"), to_stage=stage)
    desk.put(acme(stage, events=(moved,), stage_at=madrid("2026-10-02T10:00")))
    key = desk.follow_up(Rule.KEEP_SEARCHING, None).key
    for each in desk.store.follow_ups():
        if each.key != key and is_open(each, None, desk.now):
            desk.tracker.skip(each.key)
    page = desk.overview.today(desk.now)
    listed = [row.key for _, rows in page.sections for row in rows if isinstance(row, FollowUpRow)]
    assert (page.first is not None and page.first.key == key) is stands_first
    assert (key in listed) is not stands_first
    assert not page.is_quiet, "there is something to do, even if it isn't the one thing"


def test_without_any_call_slot_a_call_stands_in_today(desk: Desk) -> None:
    told = Event(
        id="e1",
        kind=EventKind.REPLY,
        at=madrid("2026-10-01T09:00"),
        reply_by=madrid("2026-10-08T00:00").date(),
    )
    policy = Policy(timezone="Europe/Madrid", country="ES-MD")
    quiet = replace(policy, quiet_from=policy.call_windows[0][0], quiet_until=policy.call_windows[-1][1])
    desk.put(acme(events=(told,)), policy=quiet)
    now = madrid("2026-10-20T11:00")
    assert desk.overview.today(now).sections == Straightforward(desk, now, {}).page(20)[1]


def test_the_numbers_beside_today_are_those_of_its_page_after_every_edit(desk: Desk) -> None:
    facts = sample_facts(desk.now, "Europe/Madrid")
    desk.put(*facts.applications, contacts=facts.contacts)
    page = desk.overview.today(desk.now)
    assert desk.overview.today_counts(desk.now).open_count == page.open_count > 0
    assert page.first is not None
    desk.tracker.skip(page.first.key)
    assert desk.overview.today_counts(desk.now).open_count == page.open_count - 1
    assert desk.overview.today(desk.now).open_count == page.open_count - 1


def test_when_the_next_reminder_comes_is_known_anew_once_one_was_announced(desk: Desk) -> None:
    """Nobody is told of it, and it may be announced in the same second in which the page was read."""
    facts = sample_facts(desk.now, "Europe/Madrid")
    desk.put(*facts.applications, contacts=facts.contacts)
    later = desk.now + timedelta(days=300)
    assert desk.overview.today(later).next_reminder is None
    key = desk.store.follow_ups()[-1].key
    desk.store.record_announced(
        [LastAnnouncement(key=key, announced_at=later, again_at=later + timedelta(hours=1))]
    )
    shown = desk.overview.today_counts(later).next_reminder
    assert shown == Overview(desk.store, desk.wording).today_counts(later).next_reminder
    assert shown is not None


def entries_in_memory() -> int:
    gc.collect()
    return sum(type(each) is TodayEntry for each in gc.get_objects())


def test_what_was_read_again_is_kept_once(desk: Desk) -> None:
    before = entries_in_memory()
    with desk.store.transaction("Put") as transaction:
        transaction.put_facts(many(60, desk.now))
    pages = [desk.overview.today(desk.now)]
    kept = entries_in_memory() - before
    desk.store._database._kept.clear()  # as after another's write
    pages.append(desk.overview.today(desk.now))
    assert pages[0] == pages[1]
    assert entries_in_memory() - before == kept > 50
