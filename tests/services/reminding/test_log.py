"""The list of what was announced lately."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from followup_desktop.domain.model import Facts, LastAnnouncement, Stage
from followup_desktop.services.reminding.log import MOST, AnnouncementRow, Announcements
from followup_desktop.services.tracker.planner import Planner
from followup_desktop.services.wording import Wording
from followup_desktop.storage.database import open_database
from followup_desktop.storage.store import Store
from tests.ui import situations
from tests.ui.situations import NOW

CALL = "status_call/initech/initech-1/0"
HOUR = timedelta(hours=1)


@pytest.fixture
def store() -> Iterator[Store]:
    store = Store(open_database(None))
    Planner(store)
    with store.transaction("Begin") as t:
        facts = situations.twelve()
        t.put_facts(Facts(policy=facts.policy, contacts=facts.contacts, applications=facts.applications))
    yield store
    store.close()


def said(rows: tuple[AnnouncementRow, ...]) -> list[tuple[str, str, str]]:
    return [(row.when, row.title, row.state) for row in rows]


def test_at_first_there_is_none(store: Store) -> None:
    assert Announcements(store, Wording()).rows(NOW) == ()


def test_the_fate_of_each_is_told(store: Store) -> None:
    log = Announcements(store, Wording())
    for number, tag in enumerate(("a", "b", "c", CALL)):
        log.raised(tag, (tag,), f"Title {tag}", NOW + number * HOUR)
    log.shown("b", "freedesktop")
    log.shown("c", None)
    log.answered(CALL)
    assert said(log.rows(NOW + 5 * HOUR)) == [
        ("Wed 14 Oct 18:00", f"Title {CALL}", "answered"),
        ("Wed 14 Oct 17:00", "Title c", "couldn't show a notification yet; trying again"),
        ("Wed 14 Oct 16:00", "Title b", "shown through freedesktop"),
        ("Wed 14 Oct 15:00", "Title a", "on its way"),
    ]


def test_those_before_this_run_come_from_the_store_and_none_twice(store: Store) -> None:
    log = Announcements(store, Wording())
    log.raised(CALL, (CALL,), "Call Initech", NOW)
    store.record_announced(
        [
            LastAnnouncement(key=CALL, announced_at=NOW),
            LastAnnouncement(key="thank_you/acme/2026-10-14/ana", announced_at=NOW - HOUR),
        ]
    )
    assert [row.title for row in log.rows(NOW)] == ["Call Initech", "Thank Ana Ruiz"]


def test_what_is_settled_keeps_a_name(store: Store) -> None:
    store.record_announced([LastAnnouncement(key=CALL, announced_at=NOW)])
    initech = store.application("initech")
    with store.transaction("Withdraw") as t:
        t.put_application(replace(initech, stage=Stage.WITHDRAWN))
    (row,) = Announcements(store, Wording()).rows(NOW)
    assert row.title.endswith("· Initech")


def test_the_list_is_short_and_begins_with_the_newest(store: Store) -> None:
    log = Announcements(store, Wording())
    for number in range(3 * MOST):
        log.raised(f"t{number}", (), f"Title {number}", NOW + timedelta(minutes=number))
    rows = log.rows(NOW)
    assert len(rows) == MOST
    assert rows[0].title == f"Title {3 * MOST - 1}"
    assert len({row.id for row in rows}) == MOST
