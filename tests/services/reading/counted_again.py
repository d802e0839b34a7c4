"""The figures counted once more, from the exported file alone, by the guide's definitions."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

Row = dict[str, Any]
Numbers = tuple[int, ...]

_REACTED = {"interviewing", "offer", "accepted", "rejected"}
_DECIDED = {"offer", "accepted", "rejected"}
_MET = {"interviewing", "offer", "accepted"}
_OFFERED = {"offer", "accepted"}
_OPEN = {"applied", "interviewing", "offer"}


def day_in(moment: datetime, zone: str) -> str:
    return moment.astimezone(ZoneInfo(zone)).date().isoformat()


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@dataclass
class Case:
    """One application of the file, as it stands at an instant."""

    row: Row
    zone: str
    now: datetime

    def day(self, moment: datetime | None) -> date | None:
        return None if moment is None else date.fromisoformat(day_in(moment, self.zone))

    @cached_property
    def events(self) -> list[Row]:
        return [e for e in self.row["events"] if _at(e["at"]) <= self.now]

    @cached_property
    def moves(self) -> list[Row]:
        return [e for e in self.events if e["kind"] == "stage"]

    @cached_property
    def talks(self) -> list[tuple[datetime, datetime, Row]]:
        found = []
        for each in self.row["interviews"]:
            if not each["cancelled"]:
                there = ZoneInfo(each["timezone"] or self.row["timezone"] or self.zone)
                start = _at(each["starts_at"]).replace(tzinfo=there, fold=each["fold"]).astimezone(UTC)
                found.append((start, start + timedelta(minutes=each["minutes"]), each))
        return found

    def ever_in(self, stages: set[str]) -> bool:
        known = {self.row["stage"]} | {stage for e in self.moves for stage in (e["from"], e["to"])}
        return bool(known & stages)

    def newest(self, stage: str) -> datetime | None:
        moved = max((_at(e["at"]) for e in self.moves if e["to"] == stage), default=None)
        return moved or next(iter(self.since({stage})), None)

    def since(self, stages: set[str]) -> list[datetime]:
        """Since when it has been in one of the stages, if that is known and not ahead."""
        since = self.row["stage_at"]
        known = self.row["stage"] in stages and since is not None and _at(since) <= self.now
        return [_at(since)] if known else []

    @cached_property
    def applied(self) -> date | None:
        if self.row["applied_on"]:
            return date.fromisoformat(self.row["applied_on"])
        return self.day(self.newest("applied"))

    @property
    def is_sent(self) -> bool:
        """Whether it isn't just saved, nor to be sent some day."""
        if self.row["stage"] == "saved":
            return False
        if self.row["applied_on"] or self.row["stage"] != "applied" or self.newest("applied"):
            return self.applied is None or self.applied <= date.fromisoformat(day_in(self.now, self.zone))
        return self.row["stage_at"] is None

    @property
    def silence(self) -> int | None:
        """The days from the application to its first answer, or to when it was given up."""
        given_up = self.newest("no_response") or self.now
        until = self.answered if self.is_answered else self.day(given_up)
        return None if until is None or self.applied is None else (until - self.applied).days

    @cached_property
    def answers(self) -> list[datetime]:
        found = [_at(e["at"]) for e in self.events if e["kind"] == "reply" or e["outcome"] == "spoke"]
        return found + [_at(e["at"]) for e in self.moves if e["to"] in _REACTED and e["from"] not in _REACTED]

    @property
    def is_answered(self) -> bool:
        return bool(self.answers or self.talks) or self.ever_in(_REACTED)

    def first(self, dated: list[datetime], stages: set[str]) -> date | None:
        """The day of the first of these; none if it was in one of the stages before, since an unknown day."""
        left = min((_at(e["at"]) for e in self.moves if e["from"] in stages), default=None)
        if left is None:
            return self.day(min(dated or self.since(stages), default=None))
        return self.day(min((at for at in dated if min(dated) <= left), default=None))

    @cached_property
    def answered(self) -> date | None:
        dated = self.answers + [start for start, _end, _each in self.talks if start <= self.now]
        return self.first(dated, _REACTED)

    @cached_property
    def decided(self) -> date | None:
        dated = [_at(e["at"]) for e in self.moves if e["to"] in _DECIDED and e["from"] not in _DECIDED]
        return self.first(dated, _DECIDED)

    @property
    def met(self) -> bool:
        return bool(self.talks) or self.ever_in(_MET)

    def did(self, kinds: set[str], first: datetime, last: datetime) -> bool:
        return any(e["kind"] in kinds and first <= _at(e["at"]) <= last for e in self.row["events"])


@dataclass
class Again:
    """What was counted."""

    first: date | None = None
    last: date | None = None
    funnel: Numbers = (0, 0, 0, 0)
    ends: Counter[tuple[str, str]] = field(default_factory=Counter)
    weeks: dict[str, Numbers] = field(default_factory=dict)
    sources: dict[str, Numbers] = field(default_factory=dict)
    answer_days: Counter[int] = field(default_factory=Counter)
    decision_days: Counter[int] = field(default_factory=Counter)
    in_time: dict[str, Numbers] = field(default_factory=dict)
    calls: dict[tuple[int, int], Numbers] = field(default_factory=dict)
    ages: Counter[int | None] = field(default_factory=Counter)
    silences: list[tuple[int, bool]] = field(default_factory=list)
    began: list[date] = field(default_factory=list)

    def within(self, day: date | None) -> bool:
        if self.first is None or self.last is None:
            return True
        return day is not None and self.first <= day <= self.last

    def week(self, day: date | None, place: int) -> None:
        if day is not None and self.within(day):
            self.weeks = _added(self.weeks, str(day - timedelta(days=day.weekday())), place, 3)

    def whole_weeks(self, today: date) -> list[tuple[str, str, Numbers]]:
        """The first and last day of each week of the period, and what was counted in it."""
        if not self.weeks:
            return []
        last = min(self.last or today, today)
        first = min(date.fromisoformat(each) for each in self.weeks)
        if self.first is not None and self.began:
            first = min(first, max(self.first, min(self.began)))
        days = (date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1))
        found: dict[str, list[str]] = {}
        for day in filter(self.within, days):
            found.setdefault(str(day - timedelta(days=day.weekday())), []).append(str(day))
        return [(each[0], each[-1], self.weeks.get(monday, (0, 0, 0))) for monday, each in found.items()]

    def patience(self) -> Numbers | None:
        """The fewest weeks of silence after which nine in ten led nowhere, of how many, and these."""
        for weeks in range(1, 9):
            silent = [met for days, met in self.silences if days > 7 * weeks]
            if len(silent) < 10:
                return None
            if silent.count(False) >= 0.9 * len(silent):
                return weeks, len(silent), silent.count(False)
        return None

    def timely(self, kind: str, day: date | None, done: bool) -> None:
        if self.within(day):
            self.in_time = _added(_added(self.in_time, kind, 0, 2), kind, 1, 2, int(done))

    def sent(self, case: Case) -> None:
        """Count what goes by the day of the application."""
        offered = case.ever_in(_OFFERED)
        reached = (1, int(case.is_answered), int(case.met), int(offered))
        self.funnel = tuple(a + b for a, b in zip(self.funnel, reached, strict=True))
        end = str(case.row["stage"]).replace("no_response", "no_answer")
        if end in _OPEN:
            end = "open" if case.is_answered else "waiting"
        self.ends["offer" if offered else "interview" if case.met else "applied", end] += 1
        for place, n in enumerate(reached[:3]):
            self.sources = _added(self.sources, case.row["source"].casefold(), place, 3, n)
        if case.applied is None:
            return
        if case.silence is not None and (case.met or case.row["stage"] in ("rejected", "no_response")):
            self.silences.append((case.silence, case.met))
        for day, table in ((case.answered, self.answer_days), (case.decided, self.decision_days)):
            if day is not None and day >= case.applied:
                table[(day - case.applied).days] += 1

    def closed(self, case: Case) -> None:
        """Count a posting whose time is up."""
        closes_on, today = case.row["closes_on"], case.day(case.now)
        is_saved = case.row["stage"] == "saved"
        if not closes_on or today is None or (end := date.fromisoformat(closes_on)) >= today:
            return
        if not case.row["archived"] if is_saved else case.is_sent and case.applied is not None:
            self.timely("apply", end, not is_saved and case.applied is not None and case.applied <= end)

    def talked(self, case: Case, thanks: timedelta, spared: set[str]) -> None:
        """Count the interviews, and what was to be done after each."""
        met: dict[tuple[date | None, str | None], tuple[datetime, datetime]] = {}
        days: dict[date | None, list[tuple[datetime, str | None]]] = {}
        for start, end, each in case.talks:
            day = case.day(start)
            if start <= case.now:
                self.week(day, 2)
            if case.row["stage"] == "saved":
                continue
            for person in each["interviewers"] or [None]:
                first, last = met.get((day, person), (start, end))
                met[day, person] = min(first, start), min(last, end)
            days.setdefault(day, []).append((end, each["debriefed_at"]))
        for day, talks in days.items():
            last = max(end for end, _written in talks) + timedelta(days=7)
            if last <= case.now:
                done = all(written is not None and _at(written) <= last for _end, written in talks)
                self.timely("debrief", day, done)
        for (day, person), (start, end) in met.items():
            is_known = any(other is not None for on, other in met if on == day)
            if end + thanks > case.now or person in spared or (person is None and is_known):
                continue
            told = [e for e in case.row["events"] if e["kind"] == "thank_you"]
            mine = [e for e in told if person is None or e["contact"] in (None, person)]
            self.timely("thank_you", day, any(start <= _at(e["at"]) <= end + thanks for e in mine))

    def told(self, case: Case) -> None:
        """Count what was to be done after a rejection and an offer."""
        rejected, offered = case.newest("rejected"), case.newest("offer")
        limit = timedelta(days=21)
        if rejected is not None and case.row["stage"] == "rejected" and rejected + limit <= case.now:
            talked = any(end <= rejected for _start, end, _each in case.talks)
            if talked and not case.row["do_not_contact"]:
                done = case.did({"feedback_request"}, rejected, rejected + limit)
                self.timely("ask_feedback", case.day(rejected), done)
        if offered is not None and offered + timedelta(days=1) <= case.now:
            kinds = {"thank_you", "call", "email", "message", "feedback_request"}
            done = case.did(kinds, offered + timedelta(seconds=1), offered + timedelta(days=1))
            self.timely("offer_thanks", case.day(offered), done)
        self.replied(case, offered, rejected)

    def replied(self, case: Case, offered: datetime | None, rejected: datetime | None) -> None:
        """Count the offer that had to be answered by a day that is over, unless they took it back before."""
        expires, today = case.row["offer_expires_on"], case.day(case.now)
        day = case.day(offered)
        if offered is None or expires is None or day is None or today is None:
            return
        last = date.fromisoformat(expires)
        moves = (_at(e["at"]) for e in case.moves if e["to"] in ("accepted", "withdrawn"))
        reply = min((at for at in moves if at >= offered), default=None)
        gone, taken_back = case.day(rejected), rejected is not None and rejected >= offered
        if reply is not None and rejected is not None and reply < rejected:
            taken_back = False
        if day <= last < today and not (taken_back and gone is not None and gone <= last):
            replied_on = case.day(reply)
            self.timely("offer_reply", day, replied_on is not None and replied_on <= last)

    def called(self, case: Case) -> None:
        """Count the calls by the hour on the user's clock."""
        for e in case.events:
            if e["kind"] == "call" and self.within(case.day(_at(e["at"]))):
                wall = _at(e["at"]).astimezone(ZoneInfo(case.zone))
                place = ("spoke", "left_message", "no_answer").index(e["outcome"])
                self.calls = _added(self.calls, (wall.weekday(), wall.hour), place, 3)

    def aged(self, case: Case) -> None:
        """Count what is open now."""
        if case.row["stage"] in _OPEN and not case.row["archived"]:
            today = case.day(case.now)
            days = (today - case.applied).days if case.applied is not None and today is not None else None
            band = None if days is None else max((b for b in (0, 7, 21, 42) if b <= days), default=0)
            self.ages[band] += 1


def _added(table: dict[Any, Numbers], key: Any, place: int, size: int, n: int = 1) -> dict[Any, Numbers]:
    row = list(table.get(key, (0,) * size))
    row[place] += n
    return {**table, key: tuple(row)}


def count(exported: Row, now: datetime, days: tuple[date | None, date | None], source: str | None) -> Again:
    again = Again(*days)
    policy = exported["policy"]
    spared = {person["id"] for person in exported["contacts"] if person["no_thank_you"]}
    for row in exported["applications"]:
        if source is not None and row["source"].casefold() != source.casefold():
            continue
        case = Case(row, policy["timezone"], now)
        again.called(case)
        again.closed(case)
        again.talked(case, timedelta(hours=policy["thank_you_hours"]), spared)
        if row["stage"] == "saved":
            continue
        again.told(case)
        if not case.is_sent:
            continue
        if again.within(case.applied):
            again.sent(case)
        again.week(case.applied, 0)
        again.week(case.answered, 1)
        again.aged(case)
        again.began += [case.applied] if case.applied else []
    return again
