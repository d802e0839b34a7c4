"""Today: all follow-ups in their sections by SQL, and rows made of those only that are shown."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time
from itertools import takewhile
from operator import attrgetter
from typing import Generic, NamedTuple, TypeVar

from followup_desktop.domain.agenda import BEGINS_SOON
from followup_desktop.domain.model import Channel, Choice, Policy, Rule, Stage, id_in
from followup_desktop.domain.rules.table import answers_to, row_of, rules_where
from followup_desktop.domain.worktime import DAY, WorkCalendar, at, date_of
from followup_desktop.i18n import format_number, format_series, ngettext, with_dots
from followup_desktop.services.reading.follow_up_rows import (
    WAITING_IN,
    follow_up_row,
    horizon,
    section_by_day,
    tomorrow,
)
from followup_desktop.services.reading.next_reminder import UpcomingReminders
from followup_desktop.services.reading.subjects import Subjects
from followup_desktop.services.rows import (
    FollowUpGroup,
    FollowUpRow,
    TodayCounts,
    TodayPage,
    TodaySection,
    Tone,
)
from followup_desktop.services.wording import Subject, Wording
from followup_desktop.services.wording.formats import capitalised
from followup_desktop.storage.store import Store
from followup_desktop.storage.tables import seconds
from followup_desktop.storage.today_entries import ListSlot, TodayEntry, TodayListing

T = TypeVar("T")

LATER_LIMIT = 20
"""How many rows of the section Later are shown unless more are asked for."""
SINGLY_AT_MOST = 5
"""More of one rule in one section than these become one row that opens a list: nobody is met by a wall."""

Opened = Mapping[tuple[TodaySection, Rule], int]
"""How many rows of its review list each open group shows."""

_SECTIONS = {
    ListSlot.SNOOZED: TodaySection.SNOOZED,
    ListSlot.LATE: TodaySection.LATE,
    ListSlot.DUE: TodaySection.NOW,
    ListSlot.TODAY: TodaySection.TODAY,
    ListSlot.NEAR: TodaySection.NEXT_7_DAYS,
    ListSlot.FAR: TodaySection.LATER,
    ListSlot.MISSED: TodaySection.MISSED,
}
_NOW = (TodaySection.LATE, TodaySection.NOW)
_OPEN = (*_NOW, TodaySection.TODAY)
_NOTHING_TO_DO = (ListSlot.WAITING, ListSlot.MISSED)
_KIND_WORDS = rules_where(lambda row: row.kind_words)
_NOWHERE_ELSE = rules_where(lambda row: row.kind_words or not row.of_employer)
"""The rules that are not what comes next, to somebody who has just been refused."""


_Placed = dict[TodaySection, dict[Rule, list[TodayEntry]]]
"""In their order: what can be done now by when it ends, the rest by when it can be done."""


class _Digest(NamedTuple):
    """What is said of many entries: their keys in order, of which employers, channels, slots and openness."""

    keys: tuple[str, ...]
    employers: tuple[str, ...]
    kinds: frozenset[tuple[str, int, int]]

    @classmethod
    def of(cls, alike: Sequence[TodayEntry]) -> _Digest:
        """Of these; each employer once, as they come."""
        return cls(
            keys=tuple(map(attrgetter("key"), alike)),
            employers=tuple(dict.fromkeys(map(attrgetter("employer"), alike))),
            kinds=frozenset(map(attrgetter("channel", "slot", "is_open"), alike)),
        )


_Place = Callable[[str | None, str | None], tuple[TodaySection, int]]
"""Where what is for an employer of that zone and country stands, and by which instant."""


class _MovedEntries(NamedTuple):
    """Entries, as they are listed, that stand by other instants than their own, and where they do."""

    entries: Sequence[TodayEntry]
    places: Mapping[tuple[str | None, str | None], tuple[TodaySection, int]]
    by_section: Mapping[TodaySection, Sequence[TodayEntry]]

    @classmethod
    def of(cls, entries: Sequence[TodayEntry], place: _Place) -> _MovedEntries:
        """Of these, in their order there."""
        places = {where: place(*where) for where in {(each.timezone, each.country) for each in entries}}
        found: dict[TodaySection, list[TodayEntry]] = defaultdict(list)
        for each in entries:
            section, at = places[each.timezone, each.country]
            found[section].append(each.moved(at))
        return cls(entries, places, {section: sorted(there) for section, there in found.items()})


class _KeptOfLists(Generic[T]):
    """What is made of lists of entries, kept while they are the same: an edit changes a list or two of 25."""

    def __init__(self, make: Callable[[Sequence[TodayEntry]], T]) -> None:
        self._make = make
        self._known: dict[Hashable, tuple[Sequence[TodayEntry], T]] = {}

    def of(self, kind: Hashable, entries: Sequence[TodayEntry]) -> T:
        """What is made of this list, which has no entries of another kind."""
        known, made = self._known.get(kind, (None, None))
        if made is None or known != entries:
            made = self._make(entries)
        # Those that were read anew, be they equal: else the former ones stay in memory beside them.
        self._known[kind] = [*entries], made
        return made


class Today:
    """Makes the pages of Today."""

    def __init__(self, store: Store, wording: Wording, subjects: Subjects) -> None:
        self._store = store
        self._wording = wording
        self._subjects = subjects
        self._upcoming = UpcomingReminders(store, wording)
        self._digests = _KeptOfLists(_Digest.of)
        self._firsts = _KeptOfLists(_first_due)
        self._placer = _EntryPlacer()
        self._counted: tuple[tuple[object, ...], TodayCounts] | None = None

    def page(
        self,
        now: datetime,
        later_limit: int,
        paused_until: datetime | None,
        opened: Opened,
        at_most: int | None,
    ) -> TodayPage:
        """The page at an instant, as ``Overview.today`` has it."""
        with self._store.reading():
            page = self._page(now, later_limit, paused_until, opened, at_most)
            asked = self._asked(now, paused_until)
        self._counted = asked, TodayCounts(open_count=page.open_count, next_reminder=page.next_reminder)
        return page

    def counts(self, now: datetime, paused_until: datetime | None) -> TodayCounts:
        """What is open, and when the next reminder comes.

        It is known already where the page was read at this instant: an edit at 10,000 applications with Today
        in sight took 177 ms when both were read, and 115 ms before.
        """
        if self._counted is not None and self._counted[0] == self._asked(now, paused_until):
            return self._counted[1]
        with self._store.reading():
            open_count = self._open_count(self._store.policy(), now)
            following = self._upcoming.next(now, paused_until)
        return TodayCounts(open_count=open_count, next_reminder=following.soon if following else None)

    def _open_count(self, policy: Policy, now: datetime) -> int:
        """How many follow-ups ``_EntryPlacer`` has in the sections of what is open."""
        number, calls = self._store.count_to_do(horizon(policy, now), tomorrow(policy, now), now)
        slots = _Slots(policy, now)
        return number + sum(c.number for c in calls if slots.place(c.timezone, c.country)[0] in _OPEN)

    def _asked(self, now: datetime, paused_until: datetime | None) -> tuple[object, ...]:
        """What counts depend on; what is announced changes when the next reminder comes, and tells nobody."""
        return now, paused_until, self._store.state()

    def _page(
        self,
        now: datetime,
        later_limit: int,
        paused_until: datetime | None,
        opened: Opened,
        at_most: int | None,
    ) -> TodayPage:
        policy = self._store.policy()
        listing = self._store.today_entries(horizon(policy, now), tomorrow(policy, now), now)
        placed = self._placer.placed(listing, policy, now)
        counts = {section: sum(map(len, by_rule.values())) for section, by_rule in placed.items()}
        hidden = self._cut_later(placed, policy, now, later_limit)
        first = _take_first(placed, now, self._never_first(placed))
        to_come = 0 if at_most is None else _cut(placed, at_most, whole=() if first is not None else _NOW)
        shown = _shown(placed, opened, now)
        if first is not None:
            shown.setdefault(first[0], []).append(first[1].key)
        rows = self._rows(shown, listing, policy, now)
        open_count = sum(counts.get(section, 0) for section in _OPEN)
        following = self._upcoming.next(now, paused_until)
        return TodayPage(
            summary=self._summary(open_count, policy, now),
            first=rows[first[1].key] if first is not None else None,
            sections=tuple(
                (section, self._entries(section, placed[section], now, rows))
                for section in TodaySection
                if any(placed[section].values())
            ),
            open_count=open_count,
            next_reminder=following.soon if following else None,
            hidden_later=hidden,
            to_come=to_come,
            meeting=self._meeting(policy, now, tomorrow(policy, now) if first is None else now + BEGINS_SOON),
        )

    def _meeting(self, policy: Policy, now: datetime, until: datetime) -> FollowUpRow | None:
        """The preparation of an interview that begins by then or goes on, where it is answered or put off."""
        key = self._store.answered_preparation(now - DAY, until, now)
        return None if key is None else self._rows({TodaySection.NOW: [key]}, {}, policy, now)[key]

    def _never_first(self, placed: _Placed) -> frozenset[Rule]:
        """The rules that are not the one thing to do: kind words; a new search, while an offer waits."""
        if placed[TodaySection.NOW].get(Rule.KEEP_SEARCHING) and self._store.stage_counts().get(
            (Stage.OFFER, False)
        ):
            return _KIND_WORDS | {Rule.KEEP_SEARCHING}
        return _KIND_WORDS

    def _cut_later(self, placed: _Placed, policy: Policy, now: datetime, limit: int) -> int:
        """Leave only the first of Later, with what is not listed yet; how many are left out."""
        later = [each for alike in placed.pop(TodaySection.LATER, {}).values() for each in alike]
        rest, count = self._store.later_entries(horizon(policy, now), now, limit)
        count += len(later)
        shown = sorted((*later, *rest))[:limit]
        for each in shown:
            placed[TodaySection.LATER].setdefault(Rule(each.rule), []).append(each)
        return count - len(shown)

    def _rows(
        self,
        shown: Mapping[TodaySection, Sequence[str]],
        listing: TodayListing,
        policy: Policy,
        now: datetime,
    ) -> dict[str, FollowUpRow]:
        """The rows of these follow-ups by key; kind words say what comes next of what is listed."""
        keys = [key for of_section in shown.values() for key in of_section]
        follow_ups = self._store.follow_ups_by_key(keys)
        choices: dict[str, Choice] = self._store.choices(keys)
        subjects = self._subjects.of(list(follow_ups.values()), policy, now)
        by_key = {s.follow_up.key: s for s in self._with_next(subjects, listing, policy, now)}
        return {
            key: follow_up_row(self._wording, by_key[key], choices.get(key), now, section)
            for section, of_section in shown.items()
            for key in of_section
        }

    def _with_next(
        self, subjects: Sequence[Subject], listing: TodayListing, policy: Policy, now: datetime
    ) -> list[Subject]:
        """The subjects, each kind word with what comes next elsewhere."""
        titles: dict[str | None, str] = {}

        def title_elsewhere(application: str | None) -> str:
            key = self._first_elsewhere(listing, application)
            if key is None:
                return ""
            if key not in titles:
                follow_up = self._store.follow_up(key)
                found = self._subjects.of((follow_up,), policy, now) if follow_up is not None else ()
                titles[key] = "".join(self._wording.title(each) for each in found)
            return titles[key]

        return [
            replace(s, numbers=replace(s.numbers, next_title=title_elsewhere(s.follow_up.application)))
            if s.follow_up.rule in _KIND_WORDS and s.numbers is not None
            else s
            for s in subjects
        ]

    def _first_elsewhere(self, listing: TodayListing, application: str | None) -> str | None:
        """The key of what falls due first of all listed that can be done and isn't of that application."""
        found: list[TodayEntry] = []
        for (slot, name), entries in listing.items():
            if entries and slot not in _NOTHING_TO_DO and Rule(name) not in _NOWHERE_ELSE:
                first = self._firsts.of((slot, name), entries)
                if first.application != application:
                    found.append(first)
                elif others := [each for each in entries if each.application != application]:
                    found.append(_first_due(others))
        return _first_due(found).key if found else None

    def _entries(
        self,
        section: TodaySection,
        by_rule: Mapping[Rule, Sequence[TodayEntry]],
        now: datetime,
        rows: Mapping[str, FollowUpRow],
    ) -> tuple[FollowUpRow | FollowUpGroup, ...]:
        """The rows of one section in their order; many of one rule become one, where the first one stood."""
        found: list[tuple[TodayEntry, FollowUpRow | FollowUpGroup]] = []
        for rule, alike in by_rule.items():
            if len(alike) > SINGLY_AT_MOST:
                found.append((alike[0], self._group(section, rule, alike, now, rows)))
            else:
                found += [(each, rows[each.key]) for each in alike]
        return tuple(entry for _, entry in sorted(found, key=lambda each: each[0]))

    def _group(
        self,
        section: TodaySection,
        rule: Rule,
        alike: Sequence[TodayEntry],
        now: datetime,
        rows: Mapping[str, FollowUpRow],
    ) -> FollowUpGroup:
        alike_in = self._digests.of((section, rule), alike)
        keys, kinds = alike_in.keys, alike_in.kinds
        names = alike_in.employers if not row_of(rule).own else self._names(alike)
        title, detail = self._wording.group(rule, names, len(alike))
        missed = section is TodaySection.MISSED
        all_open = missed or all(is_open for _channel, _slot, is_open in kinds)
        offered = {
            answers_to(rule, Channel(channel), waits=slot == ListSlot.WAITING) for channel, slot, _ in kinds
        }
        if _chips_tell(section, rule):
            tones = {rows[each.key].tone for each in _telling(alike, now)}
        else:
            tones = _tones(section, rule, {channel for channel, _slot, _open in kinds})
        return FollowUpGroup(
            rule=rule,
            section=section,
            title=title,
            detail=detail,
            tone=tones.pop() if len(tones) == 1 else Tone.NEUTRAL,
            keys=keys,
            all_open=all_open,
            answers=offered.pop() if all_open and not missed and len(offered) == 1 else (),
            rows=tuple(rows[key] for key in takewhile(rows.__contains__, keys)),
        )

    def _names(self, alike: Sequence[TodayEntry]) -> tuple[str, ...]:
        """What the user's own reminders are called, or for which employers they are, each once."""
        titles = {reminder.id: reminder.title for reminder in self._store.reminders()}
        return tuple(dict.fromkeys(each.employer or titles[id_in(each.key)] for each in alike))

    def _summary(self, open_count: int, policy: Policy, now: datetime) -> str:
        """The line below the title: "Wednesday 14 October · 4 follow-ups", or the day alone."""
        today = date_of(now, policy.timezone)
        first = at(today, time(), policy.timezone)
        interviews = len(self._store.interview_times(first, tomorrow(policy, now)))
        parts = []
        if open_count:
            parts.append(
                ngettext("{n} follow-up", "{n} follow-ups", open_count).format(n=format_number(open_count))
            )
        if interviews:
            parts.append(
                ngettext("{n} interview", "{n} interviews", interviews).format(n=format_number(interviews))
            )
        day = capitalised(self._wording.when.long_date(today))
        return with_dots((day, format_series(parts)))


class _EntryPlacer:
    """Puts what is listed into its sections."""

    def __init__(self) -> None:
        self._moved: dict[tuple[int, str], _MovedEntries] = {}

    def placed(self, listing: TodayListing, policy: Policy, now: datetime) -> _Placed:
        """All that is listed, by section and rule, in its order there; in lists of their own."""
        placed: _Placed = defaultdict(dict)

        def place(section: TodaySection, rule: Rule, entries: Sequence[TodayEntry]) -> None:
            others = placed[section].get(rule)
            placed[section][rule] = sorted([*others, *entries]) if others else [*entries]

        slots, waiting = _Slots(policy, now), (WAITING_IN, seconds(horizon(policy, now)))
        for (slot, name), entries in listing.items():
            if slot == ListSlot.CALL:
                moved = self._by_section((slot, name), entries, slots.place)
            elif slot == ListSlot.WAITING:
                moved = self._by_section((slot, name), entries, lambda _zone, _country: waiting)
            else:
                moved = {_SECTIONS[ListSlot(slot)]: entries}
            for section, there in moved.items():
                place(section, Rule(name), there)
        return placed

    def _by_section(
        self, kind: tuple[int, str], entries: Sequence[TodayEntry], place: _Place
    ) -> Mapping[TodaySection, Sequence[TodayEntry]]:
        """The entries where they stand, kept while all are the same, and stand there.

        An edit changes few: to move 700 and put them in order took a tenth of one in Today.
        """
        known = self._moved.get(kind)
        if (
            known is None
            or known.entries != entries
            or any(place(*w) != to for w, to in known.places.items())
        ):
            known = _MovedEntries.of(entries, place)
        self._moved[kind] = known._replace(entries=[*entries])  # as in ``_KeptOfLists``
        return known.by_section


def _first_due(entries: Iterable[TodayEntry]) -> TodayEntry:
    """What falls due first of these."""
    return min(entries, key=attrgetter("due", "key"))


class _Slots:
    """Where calls that are due stand: it depends on the employer's zone and country only."""

    def __init__(self, policy: Policy, now: datetime) -> None:
        self._policy = policy
        self._now = now
        self._found: dict[tuple[str | None, str | None], tuple[TodaySection, int]] = {}

    def place(self, zone: str | None, country: str | None) -> tuple[TodaySection, int]:
        """Where each call there stands: until the end of the present slot, or else at the first one."""
        found = self._found.get((zone, country))
        if found is None:
            found = self._found[zone, country] = self._place(zone, country)
        return found

    def _place(self, zone: str | None, country: str | None) -> tuple[TodaySection, int]:
        policy, now = self._policy, self._now
        calendar = WorkCalendar(zone or policy.timezone, country or policy.country, policy)
        until = calendar.call_until(now)
        if until is not None:
            return TodaySection.NOW, seconds(until)
        slot = calendar.next_call_slot(now) or now
        section = section_by_day(date_of(slot, policy.timezone), date_of(now, policy.timezone))
        return section, seconds(slot)


def _take_first(
    placed: _Placed, now: datetime, never: Collection[Rule]
) -> tuple[TodaySection, TodayEntry] | None:
    """The one thing to do, taken out of where it stood: what is late, else what ends first.

    An interview that begins soon goes before; those of the rules in ``never`` are passed over.
    """
    found = []
    for section in (TodaySection.NOW, TodaySection.LATE):
        kinds = placed[section].items()
        firsts = [alike[0] for rule, alike in kinds if alike and rule not in never]
        if firsts:
            found.append((section, min(firsts)))
    if not found:
        return None
    section, entry = found[0]
    if not (row_of(Rule(entry.rule)).before_interview and entry.at <= seconds(now + BEGINS_SOON)):
        section, entry = found[-1]
    del placed[section][Rule(entry.rule)][0]
    return section, entry


def _cut(placed: _Placed, at_most: int, *, whole: Collection[TodaySection]) -> int:
    """Leave the first so many rows, a group being one, and the ``whole`` sections; how many are left out.

    These are the ones that tell whether the page is quiet.
    """
    left, out = at_most, 0
    for section in TodaySection:
        rows = sorted(
            (each, rule)
            for rule, alike in placed[section].items()
            for each in (alike[:1] if len(alike) > SINGLY_AT_MOST else alike)
        )
        if section not in whole:
            kept = Counter(rule for _, rule in rows[: max(0, left)])
            for rule, alike in placed[section].items():
                if len(alike) <= SINGLY_AT_MOST or not kept[rule]:
                    del alike[kept[rule] :]
            out += len(rows) - kept.total()
        left -= len(rows)
    return out


def _shown(placed: _Placed, opened: Opened, now: datetime) -> dict[TodaySection, list[str]]:
    """The keys of the follow-ups of which rows are made, by section."""
    shown: dict[TodaySection, list[str]] = {}
    for section, by_rule in placed.items():
        keys: list[str] = []
        for rule, alike in by_rule.items():
            count = len(alike)
            if count > SINGLY_AT_MOST:
                count = max(1, opened.get((section, rule), 0))
                if _chips_tell(section, rule):
                    keys += [each.key for each in _telling(alike, now)]
            keys += [each.key for each in alike[:count]]
        shown[section] = list(dict.fromkeys(keys))
    return shown


def _telling(alike: Sequence[TodayEntry], now: datetime) -> list[TodayEntry]:
    """Of preparations in their order those whose chips have all tones that there are.

    Of interviews ahead, the sooner one is the more its chip is in earnest: the first and the last tell.
    """
    ahead = bisect_right(alike, seconds(now), key=attrgetter("at"))
    return [*alike[: ahead + 1], alike[-1]]


def _chips_tell(section: TodaySection, rule: Rule) -> bool:
    """Whether the chips of rows have to say which tones stand there."""
    return section is TodaySection.NOW and row_of(rule).before_interview


def _tones(section: TodaySection, rule: Rule, channels: Iterable[str]) -> set[Tone]:
    """The tones of what stands there, by these channels, where it needs no chips to say so."""
    if section is not TodaySection.NOW:
        return {Tone.LATE if section is TodaySection.LATE else Tone.NEUTRAL}
    if rule in _KIND_WORDS:
        return {Tone.WELL}
    return {Tone.WELL if each == Channel.PHONE else Tone.NOW for each in channels}
