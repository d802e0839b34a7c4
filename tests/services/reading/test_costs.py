"""What an action reads and writes, in counts that no machine changes: as much at 300 applications as at 10.

All that is shown is found by an index; only a list of everything walks a table, and that of ids alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import apsw
import pytest

from followup_desktop.domain import rules
from followup_desktop.domain.answers import Answer
from followup_desktop.domain.casefile import PlanBasis
from followup_desktop.domain.filters import NextStep
from followup_desktop.domain.model import Employer, Facts, Stage
from followup_desktop.domain.rules import ENQUIRIES
from followup_desktop.services.ports import Notification
from followup_desktop.services.reading.overview import Overview
from followup_desktop.services.reading.people import PeopleQuery, PersonColumn
from followup_desktop.services.reading.readers import Readers
from followup_desktop.services.reminding.announcer import Host, Reminders
from followup_desktop.services.rows import ApplicationQuery, QuickFilters, StageFilter
from followup_desktop.services.rows.columns import COLUMN_NAMES
from followup_desktop.storage import listing
from tests.benchmarks.many import many
from tests.storage.listed import listed_follow_ups
from tests.ui.desk import Desk

pytestmark = pytest.mark.xdist_group("costs")  # each process would plan its own 300 applications

NOW = datetime(2026, 10, 14, 9, 0, tzinfo=UTC)
NIGHT = NOW.replace(hour=1)
LIVE = 10
FEW, MANY = 10, 300
EDITED = "a000001"


@dataclass
class Cost:
    """The statements that were run, and how many steps SQLite's machine took for them."""

    statements: list[str] = field(default_factory=list)
    steps: int = 0

    @property
    def times_policy_was_read(self) -> int:
        return sum("FROM policy" in each for each in self.statements)

    def number_of(self, *parts: str) -> int:
        """How many statements have any of these parts."""
        return sum(any(part in each for part in parts) for each in self.statements)


@contextmanager
def measured(desk: Desk, *, anew: bool = True) -> Iterator[Cost]:
    """Note what is run within the block, but for looks whether others have written, or at the schema.

    Nothing that was read before is remembered, if it is to be read ``anew``.
    """
    cost, connection = Cost(), desk.store._database.connection
    if anew:
        desk.store._database._kept.clear()

    def note(event: dict[str, Any]) -> None:
        if not event["sql"].upper().startswith("PRAGMA"):
            cost.statements.append(event["sql"])
            cost.steps += event["stmt_status"]["SQLITE_STMTSTATUS_VM_STEP"]

    connection.trace_v2(apsw.SQLITE_TRACE_PROFILE, note)
    try:
        yield cost
    finally:
        connection.trace_v2(0)


class Silent:
    """Shows nothing to anybody."""

    name = "the tests"
    on_screen: frozenset[str] = frozenset()

    def notify(self, notification: Notification) -> None:
        """Take it."""

    def withdraw(self, tag: str) -> None:
        """Take it away."""

    def close(self) -> None:
        """Nothing is held."""


def _nothing(*_given: object) -> None:
    """No one answers."""


def reminders(desk: Desk, now: datetime) -> Reminders:
    """All that is to be announced at that instant is."""
    host = Host(answer=_nothing, snooze=_nothing, open=_nothing, show=_nothing)
    found = Reminders(desk.store, Silent(), lambda: now, desk.log, host)
    while handed_on := found.beat(now):
        for each in handed_on:
            found.shown(each.notification.tag, "the tests")
    return found


def beat(now: datetime) -> Callable[[Desk], Callable[[], object]]:
    def prepared(desk: Desk) -> Callable[[], object]:
        found = reminders(desk, now)
        return lambda: found.beat(now + timedelta(seconds=30))

    return prepared


def answer(desk: Desk) -> Callable[[], object]:
    """Of the first that can be answered at once."""
    listed = listed_follow_ups(desk.store, NOW, NOW)
    key = next(each.key for each, _ in listed if each.application and each.opens_at <= NOW)
    return lambda: desk.tracker.answer(key, Answer.SKIP)


def undo(desk: Desk) -> Callable[[], object]:
    desk.tracker.edit_application(EDITED, notes="Called")
    return desk.tracker.undo


ACTIONS: dict[str, Callable[[Desk], Callable[[], object]]] = {
    "edit": lambda desk: lambda: desk.tracker.edit_application(EDITED, notes="Called them"),
    "stage": lambda desk: lambda: desk.tracker.set_stage(EDITED, Stage.OFFER),
    "answer": answer,
    "undo": undo,
    "beat": beat(NOW),
    "beat at night": beat(NIGHT),
    "Today": lambda desk: lambda: desk.overview.today(NOW),
    "counts beside it": lambda desk: lambda: Overview(desk.store, desk.wording).today_counts(NOW),
    "stages": lambda desk: lambda: desk.overview.stage_counts(NOW),
    "jumps": lambda desk: lambda: desk.overview.undated.jumped({EDITED}, NOW),
    "list": lambda desk: lambda: desk.overview.application_ids(ApplicationQuery(), NOW),
    "key": lambda desk: lambda: desk.overview.application_ids(ApplicationQuery(text="ac"), NOW),
    "detail": lambda desk: lambda: desk.overview.detail(EDITED, NOW),
    "week": lambda desk: lambda: readers(desk).calendar.week(NOW.date(), 0, NOW),
    "month": lambda desk: lambda: readers(desk).calendar.month(NOW.date(), 0, NOW, 5),
    "interviews ahead": lambda desk: lambda: readers(desk).calendar.upcoming(NOW),
    "some of the list": lambda desk: (
        lambda: desk.overview.application_ids(ApplicationQuery(), NOW, frozenset({EDITED}))
    ),
    "trash": lambda desk: lambda: readers(desk).trash(),
    "trash, counted": lambda desk: lambda: readers(desk).trash_count(),
}


def readers(desk: Desk) -> Readers:
    return Readers(desk.store, desk.overview, desk.wording, desk.clock)


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, Desk]]:
    """Ten applications that go on, alone and beside those that ended in many years."""
    yield from desks_of(tmp_path_factory, many(MANY, NOW, LIVE))


@pytest.fixture(scope="module")
def desks_at_one(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, Desk]]:
    """The same, all to one employer."""
    facts = many(MANY, NOW, LIVE)
    applications = tuple(replace(each, employer="Acme") for each in facts.applications)
    yield from desks_of(tmp_path_factory, replace(facts, applications=applications))


def desks_of(folders: pytest.TempPathFactory, facts: Facts) -> Iterator[tuple[Desk, Desk]]:
    made = []
    for size in (FEW, MANY):
        desk = Desk(folders.mktemp(str(size)), now=NOW)
        with desk.store.transaction("Put") as t:
            t.put_facts(replace(facts, applications=facts.applications[:size]))
        desk.store.history.clear()
        made.append(desk)
    yield made[0], made[1]
    for desk in made:
        desk.close()


def take_back(desk: Desk) -> None:
    while desk.tracker.undo_label:
        desk.tracker.undo()


def write_the_holidays_asked_for(desk: Desk) -> None:
    """Leave none to the next edit: a test before may have asked the calendar of the process for more."""
    desk.tracker.edit_application(EDITED, notes="Write what was asked for")
    take_back(desk)


@pytest.mark.parametrize("name", ACTIONS)
def test_what_ended_long_ago_costs_an_action_nothing(desks: tuple[Desk, Desk], name: str) -> None:
    costs = []
    for desk in desks:
        write_the_holidays_asked_for(desk)
        act = ACTIONS[name](desk)
        with measured(desk) as cost:
            act()
        take_back(desk)
        costs.append(cost)
    few, lots = costs
    assert len(lots.statements) <= len(few.statements)
    assert lots.steps <= few.steps * 1.3 + 200, "the tree of an index may be a level deeper"
    assert lots.times_policy_was_read <= 2


def an_enquiry(desk: Desk) -> str:
    """The key of a turn to the employer that is planned."""
    planned = (each for one in desk.store.live_ids() for each in desk.store.follow_ups(one))
    return next(each.key for each in planned if each.rule in ENQUIRIES)


AT_ONE_EMPLOYER: dict[str, Callable[[Desk], Callable[[], object]]] = {
    "Today": ACTIONS["Today"],
    "detail": ACTIONS["detail"],
    "the others": lambda desk: lambda: readers(desk).history.history_of(EDITED, NOW),
    "letter": lambda desk: partial(readers(desk).compose.letter, an_enquiry(desk), NOW),
    "call": lambda desk: lambda: readers(desk).next_step.call(EDITED, NOW, ""),
}


@pytest.mark.parametrize("name", AT_ONE_EMPLOYER)
def test_of_others_at_one_employer_none_is_read(desks_at_one: tuple[Desk, Desk], name: str) -> None:
    costs = []
    for desk in desks_at_one:
        act = AT_ONE_EMPLOYER[name](desk)
        with measured(desk) as cost:
            act()
        costs.append(cost)
    few, lots = costs
    assert len(lots.statements) <= len(few.statements)
    assert lots.steps - few.steps < 60 * (MANY - FEW), "to count and to order them"


def test_of_many_that_ended_none_is_read_for_good_news(desks: tuple[Desk, Desk]) -> None:
    desk = desks[1]
    ended = [each.id for each in desk.store.facts().applications if each.stage is Stage.REJECTED]
    assert len(ended) > 10
    with measured(desk) as cost:
        desk.overview.great_moments.news(ended, NOW)
    (statement,) = cost.statements
    assert scans(desk, [statement]) == set()


def test_what_waits_is_found_by_its_key_however_much_is_open(desks: tuple[Desk, Desk]) -> None:
    store = desks[1].store
    enquiries = [each.key for each in store.follow_ups() if each.rule in ENQUIRIES]
    with measured(desks[1]) as cost:
        store.waiting(enquiries[:1], NOW)
    (statement,) = (each for each in cost.statements if "earlier" in each)
    looks = plan_of(desks[1], statement)
    assert looks[:2] == ["SCAN keys VIRTUAL TABLE INDEX 1:", "SEARCH follow_up USING PRIMARY KEY (key=?)"]
    assert "SEARCH sibling USING COVERING INDEX application_by_employer (employer_key=?)" in looks
    assert any("SEARCH earlier USING INDEX follow_up_by_application (application=?" in look for look in looks)


def plan_of(desk: Desk, statement: str) -> list[str]:
    """How SQLite goes about it, step by step."""
    names = dict.fromkeys(re.findall(r":([a-z_0-9]+)", statement))
    return [
        row[3] for row in desk.store._database.connection.execute(f"EXPLAIN QUERY PLAN {statement}", names)
    ]


def test_what_is_open_is_counted_and_placed_in_an_index_without_its_rows(desks: tuple[Desk, Desk]) -> None:
    with measured(desks[1]) as cost:
        Overview(desks[1].store, desks[1].wording).today_counts(NOW)
    counts = [each for each in cost.statements if "count(*)" in each]
    assert len(counts) == 2
    with measured(desks[1]) as cost:
        desks[1].overview.today(NOW)
    (every,) = (each for each in cost.statements if "UNION ALL" in each)
    for each in (*counts, every.partition("UNION ALL")[0]):
        looks = [look for look in plan_of(desks[1], each) if " follow_up " in look]
        assert [look.partition(" (")[0] for look in looks] == [
            "SEARCH follow_up USING COVERING INDEX follow_up_by_span"
        ]


def test_an_application_is_read_once_until_something_is_written(desks: tuple[Desk, Desk]) -> None:
    store, overview = desks[1].store, desks[1].overview

    with measured(desks[1]) as cost:
        overview.detail(EDITED, NOW)
        overview.detail(EDITED, NOW)
        store.applications([EDITED, "nothing"])
    assert sum("FROM event WHERE application" in each for each in cost.statements) == 2, "and nothing"


def test_an_edit_has_read_again_what_it_changed_and_no_more(desks: tuple[Desk, Desk]) -> None:
    desk = desks[1]
    ids = [each.id for each in desk.store.applications()][:LIVE]
    desk.store.applications(ids)
    changes: tuple[Callable[[], object], ...] = (
        lambda: desk.tracker.edit_application(EDITED, notes="Rang"),
        desk.tracker.undo,
    )
    for change in changes:
        change()
        with measured(desk, anew=False) as cost:
            desk.store.applications([each for each in ids if each != EDITED])
        assert not cost.statements


def test_an_edit_plans_one_employer(desks: tuple[Desk, Desk], monkeypatch: pytest.MonkeyPatch) -> None:
    planned: list[str] = []
    real = rules.plan_beside

    def noted(
        others: Sequence[rules.OtherOutreach], employer: Employer, basis: PlanBasis
    ) -> rules.EmployerPlan:
        planned.append(employer.applications[0].employer)
        return real(others, employer, basis)

    monkeypatch.setattr(rules, "plan_beside", noted)
    for desk in desks:
        planned.clear()
        desk.tracker.edit_application(EDITED, location="Madrid")
        assert len(planned) == 1


GROWING = {"application", "application_index", "interview", "interview_instant", "event", "contact"} | {
    "contact_index",
    "follow_up",
    "announcement",
    "announced",
    "choice",
    "next_step",
    "calendar_entry",
    "enquiry_wait",
    "interview_interviewer",
    "application_contact",
}


def scans(desk: Desk, statements: list[str]) -> set[str]:
    """The steps in which a table that grows with what was ever entered is walked, other than to its end."""
    found = set()
    connection = desk.store._database.connection
    own = {each for each in statements if 'main."' not in each}  # an undo's are by key
    for statement in own:
        if statement.split()[0] in {"SELECT", "UPDATE", "DELETE", "WITH"}:
            names = dict.fromkeys(re.findall(r":([a-z_0-9]+)", statement))
            values: Any = names or (None,) * statement.count("?")
            for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", values):
                words = row[3].split()
                if words[0] == "SCAN" and words[1] in GROWING and not statement.endswith("DESC LIMIT 1"):
                    found.add(f"{row[3]}: {' '.join(statement.split())}")
    return found


@pytest.mark.parametrize("name", ACTIONS)
def test_no_action_walks_a_table_that_grows(desks: tuple[Desk, Desk], name: str) -> None:
    desk = desks[1]
    act = ACTIONS[name](desk)
    with measured(desk) as cost:
        act()
    take_back(desk)
    assert scans(desk, cost.statements) == set()


def test_a_month_counts_its_days_by_their_order_and_reads_what_it_shows(desks: tuple[Desk, Desk]) -> None:
    desk = desks[1]
    with measured(desk) as cost:
        readers(desk).calendar.month(NOW.date(), 0, NOW, 2)
    for part in ("SELECT count(*) FROM calendar_entry", "ORDER BY at, key LIMIT"):
        (statement,) = (each for each in cost.statements if part in each)
        names = dict.fromkeys(re.findall(r":([a-z_0-9]+)", statement))
        plan = list(desk.store._database.connection.execute(f"EXPLAIN QUERY PLAN {statement}", names))
        steps = [step[3] for step in plan]
        assert "SEARCH calendar_entry USING PRIMARY KEY (at>? AND at<?)" in steps
        assert steps[-1] == "USE TEMP B-TREE FOR ORDER BY"
        assert steps.count(steps[-1]) == 1, "of the days and what is shown"


def test_after_an_edit_a_page_of_the_calendar_reads_no_interview_that_it_has(
    desks: tuple[Desk, Desk],
) -> None:
    desk = desks[1]
    pages, read = readers(desk).calendar, ("ORDER BY interview_instant.starts_at", "FROM interview JOIN")
    for ask in (pages.week, partial(pages.month, at_most=5)):
        with measured(desk) as cost:
            before = ask(NOW.date(), 0, NOW)
        assert before.interviews
        assert cost.number_of(*read) == 2
        desk.tracker.edit_application(EDITED, notes="Called")
        with measured(desk, anew=False) as again:
            page = ask(NOW.date(), 0, NOW)
        assert page == before
        assert all(one is other for one, other in zip(page.days, before.days, strict=True))
        assert again.number_of(read[0]) == 0
        with measured(desk, anew=False) as third:
            ask(NOW.date(), 0, NOW)
        assert third.number_of(*read, "interview_instant_by_application") == 0
        take_back(desk)


@pytest.mark.parametrize("column", ["next", "employer", "waiting", "stage"])
def test_a_list_of_all_reads_no_row_of_an_application(desks: tuple[Desk, Desk], column: str) -> None:
    """What it is filtered by is in an index that covers it."""
    desk = desks[1]
    for stages in (StageFilter.ALL, StageFilter.CLOSED):
        with measured(desk) as cost:
            desk.overview.application_ids(ApplicationQuery(order_by=column, stage_filter=stages), NOW)
        *_few, statement = cost.statements
        names = dict.fromkeys(re.findall(r":([a-z_0-9]+)", statement))
        plan = desk.store._database.connection.execute(f"EXPLAIN QUERY PLAN {statement}", names)
        looks = [step[3].split(" (")[0] for step in plan]
        first = looks[1] if looks[0].startswith("CO-ROUTINE") else looks[0]
        assert first.endswith("application USING COVERING INDEX application_by_stage")


def test_what_comes_next_is_looked_for_in_those_that_have_it(desks: tuple[Desk, Desk]) -> None:
    desk = desks[1]
    costs = {}
    for column in ("next", "stage"):
        with measured(desk) as cost:
            desk.overview.application_ids(
                ApplicationQuery(stage_filter=StageFilter.ALL, order_by=column), NOW
            )
        costs[column] = cost.steps
    assert costs["next"] < costs["stage"], "of the others, SQLite tells the ids alone"


def test_an_edit_has_a_list_that_was_read_look_for_its_own_place(
    desks: tuple[Desk, Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = desks[1]
    monkeypatch.setattr(listing, "LONG", MANY)
    for query in (ApplicationQuery(stage_filter=StageFilter.ALL, order_by=by) for by in ("next", "stage")):
        with measured(desk):
            desk.overview.application_ids(query, NOW)
        desk.tracker.set_stage(EDITED, Stage.OFFER)
        with measured(desk, anew=False) as cost:
            desk.overview.application_ids(query, NOW)
        assert len(cost.statements) == 2
        assert all(
            "application.id IN (SELECT value FROM json_each(:among))" in each for each in cost.statements
        )
        with measured(desk, anew=False) as again:
            desk.overview.application_ids(query, NOW)
        assert again.statements == []
        take_back(desk)


def test_a_search_takes_the_order_of_the_list_that_was_read(
    desks: tuple[Desk, Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = desks[1]
    everything = ApplicationQuery(stage_filter=StageFilter.ALL, order_by="stage")
    search = replace(everything, text="acme")
    with measured(desk) as ordered:
        found = desk.overview.application_ids(search, NOW)
    monkeypatch.setattr(listing, "LONG", MANY)
    with measured(desk):
        desk.overview.application_ids(everything, NOW)
    with measured(desk, anew=False) as cost:
        assert desk.overview.application_ids(search, NOW) == found
    assert not any("ORDER BY" in each for each in cost.statements)
    assert cost.steps < ordered.steps


def test_only_a_list_of_all_walks_them_and_once(desks: tuple[Desk, Desk]) -> None:
    desk = desks[1]
    overview, people = desk.overview, readers(desk).people
    with measured(desk) as cost:
        for column in COLUMN_NAMES:
            for stages in StageFilter:
                overview.application_ids(ApplicationQuery(order_by=column, stage_filter=stages), NOW)
        for step in NextStep:
            overview.application_ids(ApplicationQuery(quick=QuickFilters(next_step=step)), NOW)
        for person in PersonColumn:
            people.ids(PeopleQuery(order_by=person), NOW)
    walked = {each.partition(":")[0].split()[1] for each in scans(desk, cost.statements)}
    assert walked <= {"application", "contact", "contact_index"}
    for statement in cost.statements:
        assert len(scans(desk, [statement])) <= 1


def test_many_are_moved_with_as_few_statements_as_two(desks: tuple[Desk, Desk]) -> None:
    """Each is run for many rows; none is put together for a row."""
    desk = desks[1]
    ids = [each.id for each in desk.store.applications() if each.stage is Stage.REJECTED]
    assert len(ids) > 50
    texts = []
    for moved in (ids[:2], ids):
        with measured(desk) as cost:
            desk.tracker.set_stage_many(moved, Stage.WITHDRAWN)
        texts.append({each for each in cost.statements if each.startswith("UPDATE application SET")})
        take_back(desk)
    assert texts[0] == texts[1]
    assert len(texts[0]) == 1
