"""The table of applications: filtered, searched and sorted in SQL."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_desktop.domain.filters import NOT_RATED, NextStep
from followup_desktop.domain.model import (
    ACTIVE_STAGES,
    Application,
    Channel,
    Choice,
    Contact,
    Event,
    EventKind,
    Interview,
    Stage,
)
from followup_desktop.storage import listing
from followup_desktop.storage.folding import fold
from followup_desktop.storage.listing import ListFilter
from followup_desktop.storage.store import Store
from followup_desktop.storage.tables import seconds
from tests.storage.conftest import NOW


def put(store: Store, *applications: Application, contacts: tuple[Contact, ...] = ()) -> None:
    with store.transaction("Put") as transaction:
        for contact in contacts:
            transaction.put_contact(contact)
        for application in applications:
            transaction.put_application(application)


def plain(name: str, **fields: object) -> Application:
    base = Application(id=name, employer="Acme", role="Engineer", stage=Stage.WITHDRAWN)
    return replace(base, **fields)  # type: ignore[arg-type]


def ids(store: Store, **query: object) -> list[str]:
    return store.application_ids(now=NOW, **{"order_by": "employer"} | query)  # type: ignore[arg-type]


def event(name: str, days_ago: int, kind: EventKind = EventKind.NOTE) -> Event:
    return Event(id=name, kind=kind, at=NOW - timedelta(days=days_ago))


@pytest.mark.parametrize("others", [0, 200])
def test_what_left_a_stage_is_found_among_few_and_many(store: Store, others: int) -> None:
    def moved(name: str, days_ago: int, left: Stage) -> Event:
        return replace(event(name, days_ago, EventKind.STAGE), from_stage=left, to_stage=Stage.WITHDRAWN)

    put(
        store,
        plain("lately", events=(moved("e1", 1, Stage.SAVED),)),
        plain("long ago", events=(moved("e2", 9, Stage.SAVED),)),
        plain("elsewhere", events=(moved("e3", 1, Stage.APPLIED),)),
        plain("not asked about", events=(moved("e4", 1, Stage.SAVED),)),
    )
    asked = ["lately", "long ago", "elsewhere", *(f"gone {number}" for number in range(others))]
    assert store.moved_from(Stage.SAVED, NOW - timedelta(days=2), NOW, asked) == {"lately"}


def test_stages_and_archived_filter(store: Store) -> None:
    put(
        store,
        plain("a1", stage=Stage.APPLIED),
        plain("a2", stage=Stage.REJECTED),
        plain("a3", stage=Stage.OFFER, archived=True),
    )
    assert ids(store) == ["a1", "a2"]
    assert ids(store, archived=None) == ["a1", "a2", "a3"]
    assert ids(store, archived=True) == ["a3"]
    assert ids(store, stages=ACTIVE_STAGES) == ["a1"]
    assert ids(store, stages=ACTIVE_STAGES, archived=None) == ["a1", "a3"]
    assert ids(store, stages=()) == []


def test_some_are_asked_for_among_all(store: Store) -> None:
    put(store, plain("a"), plain("b"), plain("c"))
    assert ids(store, among=["c", "a", "z"]) == ["a", "c"]
    assert ids(store, among=[]) == []


def test_text_is_any_part_of_what_is_written_anywhere(store: Store) -> None:
    everywhere = plain(
        "a1",
        employer="Compañía Ñandú",
        role="Señior Engineer",
        notes="met at the fair",
        location="Łódź",
        tags=("remote",),
        contacts=("c1",),
        interviews=(
            Interview(
                id="i1",
                starts_at=datetime(2026, 10, 1, 9),  # noqa: DTZ001 - a wall time
                minutes=30,
                topics="Kafka streams",
                interviewers=("c2",),
            ),
        ),
        events=(replace(event("e1", 3), note="they liked the portfolio", contact="c3"),),
    )
    people = tuple(
        Contact(id=f"c{number}", name=name) for number, name in enumerate(("Ana Ruiz", "李 雷", "Øystein"), 1)
    )
    put(store, everywhere, plain("a2"), contacts=people)
    words = ("compania", "NANDU", "senior", "fair", "remote", "ruiz", "kafka", "folio", "雷", "øyst", "Łód")
    for text in words:
        assert ids(store, text=text) == ["a1"], text
    assert ids(store, text="  ruiz   ENGINEER ") == ["a1"]
    assert ids(store, text="engin") == ["a2", "a1"]
    assert ids(store, text="ruiz nobody") == []
    assert ids(store, text="") == ["a2", "a1"]


def test_the_text_follows_every_edit(store: Store) -> None:
    put(store, plain("a1", contacts=("c1",)), contacts=(Contact(id="c1", name="Ana"),))
    assert ids(store, text="bea") == []
    with store.transaction("Rename") as transaction:
        transaction.put_contact(Contact(id="c1", name="Bea"))
    assert ids(store, text="bea") == ["a1"]
    assert ids(store, text="ana") == []
    store.history.undo()
    assert ids(store, text="ana") == ["a1"]


@pytest.mark.parametrize(
    "text", ["100%", "_", "\\", "a_b", "%", "'", '"', "*", "?", "[", "]", "[a-z]", "[^0]", "c*b"]
)
def test_no_character_stands_for_others(store: Store, text: str) -> None:
    put(store, plain("a1", notes=f"x{text}y"), plain("a2", notes="100 axb"))
    assert ids(store, text=text) == ["a1"]


def test_a_whole_page_pasted_into_the_search_is_just_a_search(store: Store) -> None:
    words = " ".join(f"word{number}" for number in range(5000))
    put(store, plain("a1", notes=words), plain("a2", notes="word1"))
    assert ids(store, text=words) == ["a1"]
    assert ids(store, text="x" * 200_000) == []


@pytest.mark.parametrize("others", [0, 7, 8, 20])
def test_each_word_counts_whatever_its_place(store: Store, others: int) -> None:
    words = [f"word{number}" for number in range(others)]
    put(
        store,
        plain("a1", notes=" ".join([*words, "O'Brien"]), stage=Stage.OFFER),
        plain("a2", notes=" ".join(words)),
    )
    names = {Stage.OFFER: "Offer", Stage.WITHDRAWN: "Withdrawn"}
    before = " ".join(words)
    assert ids(store, text=before) == ["a1", "a2"]
    for word, found in (("obrien", ["a1"]), ("o'brien", ["a1"]), ("offer", ["a1"]), ("withdrawn", ["a2"])):
        assert ids(store, text=f"{before} {word}", stage_names=names) == found
        assert ids(store, text=f"{word} {before}", stage_names=names) == found
    assert ids(store, text=f"{before} nothing", stage_names=names) == []


@given(whole=st.text(max_size=30), data=st.data())
def test_a_part_of_a_word_folds_to_a_part(whole: str, data: st.DataObject) -> None:
    words = whole.split()
    part = data.draw(st.sampled_from(words)) if words else ""
    assert fold(part) in fold(whole)
    assert fold(fold(whole)) == fold(whole)


ORDERED: dict[str, list[dict[str, object]]] = {
    "employer": [{"employer": "ábaco"}, {"employer": "Bodega"}, {"employer": "Élan"}, {"employer": "zeta"}],
    "role": [{"role": "analyst"}, {"role": "Árbitro"}, {"role": "Builder"}],
    "stage": [{"stage": Stage.SAVED}, {"stage": Stage.INTERVIEWING}, {"stage": Stage.NO_RESPONSE}],
    "fit": [{"fit": 1}, {"fit": 5}, {"fit": None}],
    "priority": [{"priority": 0}, {"priority": 3}],
    "tags": [{"tags": ("a", "z")}, {"tags": ("b",)}, {"tags": ()}],
    "applied_on": [{"applied_on": date(2026, 9, 1)}, {"applied_on": date(2026, 10, 1)}, {"applied_on": None}],
    "closes_on": [{"closes_on": date(2026, 11, 1)}, {"closes_on": date(2027, 1, 1)}, {"closes_on": None}],
    "location": [{"location": "ávila"}, {"location": "Madrid"}, {}],
    "url": [{"url": "https://a.example"}, {"url": "https://b.example"}, {}],
    "channel": [{"channel": Channel.PHONE}, {"channel": Channel.EMAIL}],
    "timezone": [{"timezone": "Asia/Tokyo"}, {"timezone": "Europe/Madrid"}, {"timezone": None}],
    "do_not_contact": [{"do_not_contact": False}, {"do_not_contact": True}],
    "notes": [{"notes": "a fair"}, {"notes": "Better\npaid"}, {}],
    "waiting": [
        {"stage_at": NOW},
        {"stage_at": NOW - timedelta(days=3)},
        {"stage_at": NOW - timedelta(days=30)},
        {"stage_at": None},
    ],
    "quiet": [{"events": (event("e1", 1), event("e2", 90))}, {"events": (event("e3", 5),)}, {"events": ()}],
    "last_contact": [
        {"events": (event("e1", 9, EventKind.CALL), event("e2", 1, EventKind.REPLY))},
        {"events": (event("e3", 2, EventKind.THANK_YOU),)},
        {"events": (event("e4", 0),)},
    ],
    "next": [
        {"stage": Stage.SAVED, "closes_on": date(2026, 11, 2)},
        {"stage": Stage.SAVED, "closes_on": date(2026, 12, 2)},
        {},
    ],
}


@pytest.mark.parametrize("order_by", ORDERED)
def test_the_columns_sort(store: Store, order_by: str) -> None:
    rows = ORDERED[order_by]
    names = [f"a{9 - number}" for number in range(len(rows))]  # so that the order is not that of the ids
    put(store, *(plain(name, **row) for name, row in zip(names, rows, strict=True)))
    assert ids(store, order_by=order_by) == names
    missing = [
        name for name, row in zip(names, rows, strict=True) if list(row.values()) in ([None], [()], [])
    ]
    missing += names[-1:] if order_by == "last_contact" else []
    present = [name for name in names if name not in missing]
    assert ids(store, order_by=order_by, descending=True) == present[::-1] + missing


@pytest.mark.parametrize(
    ("narrowing", "found"),
    [
        (ListFilter(), ["a1", "a2", "a3"]),
        (ListFilter(tags=("Remote",)), ["a1", "a2"]),
        (ListFilter(tags=("remote", "São Paulo")), ["a2"]),
        (ListFilter(tags=("rem",)), []),
        (ListFilter(fit=4), ["a1", "a2"]),
        (ListFilter(fit=5), ["a2"]),
        (ListFilter(fit=NOT_RATED), ["a3"]),
        (ListFilter(quiet_since=NOW - timedelta(days=5)), ["a2"]),
        (ListFilter(quiet_since=NOW - timedelta(days=5), fit=4), ["a2"]),
        (ListFilter(quiet_since=NOW - timedelta(days=5), tags=("x",)), []),
    ],
)
def test_they_are_narrowed_down_by_all_that_is_asked(
    store: Store, narrowing: ListFilter, found: list[str]
) -> None:
    put(
        store,
        plain("a1", tags=("remote",), fit=4, events=(event("e1", 2),)),
        plain("a2", tags=("REMOTE", "Sao Paulo"), fit=5, events=(event("e2", 9),)),
        plain("a3", tags=("x",)),
    )
    assert ids(store, narrowing=narrowing) == found
    assert sum(store.narrowed_stage_counts(narrowing, NOW).values()) == len(found)


def test_they_are_narrowed_down_by_what_comes_next(acme: Store) -> None:
    def found(step: NextStep, now: datetime = NOW, days: int = 7) -> list[str]:
        narrowing = ListFilter(next_step=step, soon_until=now + timedelta(days=days))
        return acme.application_ids(now=now, narrowing=narrowing)

    debrief = acme.follow_ups("a1")[0]
    before = debrief.due_at - timedelta(minutes=5)
    assert found(NextStep.NOW, before) == []
    assert found(NextStep.NOW, debrief.due_at) == ["a1"]
    assert found(NextStep.SOON, before) == ["a1"]
    assert found(NextStep.SOON, before, days=0) == []
    assert found(NextStep.NONE, before) == []
    put(acme, plain("a2", employer="Other"))
    assert found(NextStep.NONE, before) == ["a2"]
    alone = [each for each in acme.follow_ups("a1") if each.channel is Channel.NONE]
    with acme.transaction("Skip") as transaction:
        for each in alone:
            transaction.put_choice(Choice(key=each.key, made_at=each.opens_at, skipped=True))
    following = next(each for each in acme.follow_ups("a1") if each not in alone)
    assert following.channel is Channel.EMAIL
    assert found(NextStep.EMAIL) == ["a1"]
    assert found(NextStep.CALL) == []


def fits(wanted: NextStep | None, step: tuple[int, int, Channel] | None, now: int) -> bool:
    """Whether a next step, until when it is, when it falls due and how, is such a one."""
    if wanted is None or step is None:
        return wanted in (None, NextStep.NONE)
    _until, at, channel = step
    return {
        NextStep.NOW: at <= now,
        NextStep.SOON: at < now + 1,
        NextStep.CALL: channel is Channel.PHONE,
        NextStep.EMAIL: channel is Channel.EMAIL,
        NextStep.NONE: False,
    }[wanted]


@pytest.mark.parametrize("long", [0, 10, 500], ids=["all kept", "many kept", "none kept"])
@pytest.mark.parametrize("with_step", [3, 30], ids=["few", "many"])
def test_what_comes_next_orders_as_one_look_at_each_would(
    store: Store, monkeypatch: pytest.MonkeyPatch, with_step: int, long: int
) -> None:
    monkeypatch.setattr(listing, "LONG", long)
    random = Random(with_step)
    stages = (Stage.SAVED, Stage.WITHDRAWN, Stage.REJECTED)
    names = random.sample([f"a{number}" for number in range(40)] + ["Ä", "z", "ǆ", "\U0001f600"], 44)
    applications = {
        name: plain(name, stage=random.choice(stages), archived=random.random() < 0.4) for name in names
    }
    put(store, *applications.values())
    with store.transaction("Delete") as transaction:
        transaction.trash_application(names[0], NOW)
        transaction.trash_application(names[-1], NOW)
    now = seconds(NOW)
    for _round in range(20):
        steps = {
            (name, until): (now + random.randint(-2, 2), random.choice((Channel.PHONE, Channel.EMAIL)))
            for name in random.sample(names, with_step)
            for until in random.sample(range(now - 3, now + 4), 3)
        }
        with store._database.writing():
            store._database.sql("DELETE FROM next_step")
            rows = []
            for (name, until), (at, how) in steps.items():
                since = max((each for one, each in steps if one == name and each < until), default=0)
                rows.append((name, until, at, f"{name}-{until}", str(how), since))
            store._database.many("INSERT INTO next_step VALUES (?, ?, ?, ?, ?, ?)", rows)
        to_come = {
            name: min((until, *step) for (one, until), step in steps.items() if one == name and until > now)
            for name in {name for name, until in steps if until > now}
        }
        which = random.choice([None, (), stages[:1], stages[1:]])
        archived, descending = random.choice([None, True, False]), random.random() < 0.5
        wanted = random.choice([None, *NextStep])
        expected = [
            name
            for name in sorted(names[1:-1])
            if (which is None or applications[name].stage in which)
            and archived in (None, applications[name].archived)
            and fits(wanted, to_come.get(name), now)
        ]
        sign = -1 if descending else 1
        expected.sort(key=lambda name: sign * to_come[name][1] if name in to_come else math.inf)
        narrowing = ListFilter(next_step=wanted, soon_until=NOW + timedelta(seconds=1))
        query = {"stages": which, "archived": archived, "descending": descending, "narrowing": narrowing}
        assert ids(store, order_by="next", **query) == expected, query


def test_tags_are_listed_by_how_many_have_them(store: Store) -> None:
    put(store, plain("a1", tags=("b", "a")), plain("a2", tags=("a",)), plain("a3", tags=("c",)))
    with store.transaction("Delete") as transaction:
        transaction.trash_application("a3", NOW)
    assert store.tags() == ["a", "b"]


def test_ties_are_in_the_order_of_the_ids(store: Store) -> None:
    put(store, *(plain(name) for name in ("a3", "a1", "a2")))
    for order_by in ORDERED:
        for descending in (False, True):
            assert ids(store, order_by=order_by, descending=descending) == ["a1", "a2", "a3"]


def test_an_unknown_column_is_a_mistake_of_the_program(store: Store) -> None:
    with pytest.raises(KeyError):
        ids(store, order_by="id; DROP TABLE application")


def test_a_summary_is_what_a_row_shows(acme: Store) -> None:
    row = acme.application_summaries(["a1", "none"], NOW)["a1"]
    assert (row.employer, row.role, row.stage) == ("Acme", "Data Engineer", Stage.INTERVIEWING)
    assert row.stage_since is None
    assert row.last_event_at == datetime(2026, 10, 14, 11, tzinfo=UTC)
    assert row.last_contact_at == datetime(2026, 10, 14, 11, tzinfo=UTC)
    assert row.facts["tags"] == ("remote", "data")
    assert not row.archived
    assert acme.application_summaries([], NOW) == {}


def test_the_next_follow_up_is_the_one_still_to_be_done_that_ends_first(acme: Store) -> None:
    def next_key(now: datetime) -> str | None:
        return acme.application_summaries(["a1"], now)["a1"].next_key

    debrief, thanks = "debrief/a1/2026-10-14", "thank_you/a1/2026-10-14/c1"
    assert next_key(NOW) == thanks
    with acme.transaction("Skip") as transaction:
        transaction.put_choice(Choice(key=thanks, made_at=NOW, skipped=True))
    assert next_key(NOW) == debrief
    follow_up = acme.follow_up(thanks)
    assert follow_up is not None
    assert follow_up.deadline_at is not None
    assert follow_up.expires_at is not None
    with acme.transaction("Snooze") as transaction:
        until = follow_up.deadline_at + timedelta(hours=1)
        transaction.put_choice(Choice(key=thanks, made_at=NOW, snoozed_until=until))
    assert next_key(NOW) == debrief
    assert next_key(until) == thanks
    assert next_key(follow_up.expires_at) == debrief
    assert next_key(NOW + timedelta(days=3650)) == acme.follow_ups("a1")[-1].key
