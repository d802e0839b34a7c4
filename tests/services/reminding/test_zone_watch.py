"""The computer has moved to another zone: asked once, and no appointment moves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from followup_desktop.domain.model import Policy
from followup_desktop.services.reading.overview import Overview
from followup_desktop.services.reminding.zone_watch import Move, ZoneWatch
from followup_desktop.services.tracker import Tracker
from followup_desktop.services.tracker.planner import Planner
from followup_desktop.services.wording import Wording
from followup_desktop.storage.database import open_database
from followup_desktop.storage.store import Store
from tests.ui import situations
from tests.ui.situations import NOW

MADRID, LISBON = "Europe/Madrid", "Europe/Lisbon"


class Computer:
    """A computer that travels, with the watch on it and what it remembers."""

    def __init__(self) -> None:
        self.store = Store(open_database(None))
        Planner(self.store)
        with self.store.transaction("Begin") as t:
            t.put_facts(replace(situations.twelve(), policy=Policy(timezone=MADRID, country="ES-MD")))
        self.zone: str | None = MADRID
        self.seen: str | None = None
        wording = Wording()
        self.tracker = Tracker(self.store, lambda: NOW, wording)
        self.overview = Overview(self.store, wording)
        self.watch = ZoneWatch(self.tracker, self.overview, self, lambda: self.zone)

    def read(self) -> str | None:
        return self.seen

    def write(self, zone_name: str) -> None:
        self.seen = zone_name

    def look(self) -> Move | None:
        return self.watch.look(NOW)


@pytest.fixture
def computer() -> Iterator[Computer]:
    computer = Computer()
    yield computer
    computer.store.close()


def test_at_home_nothing_is_asked(computer: Computer) -> None:
    assert computer.look() is None
    assert computer.look() is None


def test_another_zone_from_the_first_look_on_was_chosen_knowingly(computer: Computer) -> None:
    computer.zone = "Asia/Tokyo"
    assert computer.look() is None
    assert computer.look() is None


def test_a_move_is_asked_about_until_it_is_answered(computer: Computer) -> None:
    computer.look()
    computer.zone = LISBON
    move = computer.look()
    assert move == computer.look() == Move(system=LISBON, present=MADRID)
    assert move is not None
    assert (move.system_city, move.present_city) == ("Lisbon", "Madrid")


def test_staying_is_remembered_until_the_next_move(computer: Computer) -> None:
    computer.look()
    computer.zone = LISBON
    move = computer.look()
    assert move is not None
    computer.watch.stay(move)
    assert computer.look() is None
    assert computer.overview.zone() == MADRID
    computer.zone = MADRID
    assert computer.look() is None
    computer.zone = LISBON
    assert computer.look() == move, "the next journey is asked about again"


def test_following_is_one_step_that_undo_takes_back_and_no_appointment_moves(computer: Computer) -> None:
    computer.look()
    with computer.store.transaction("Interview") as t:
        acme = t.application("acme")
        t.put_application(replace(acme, timezone=MADRID))
    before = computer.store.interviews_between(NOW.replace(year=2020), NOW.replace(year=2030))
    call = computer.store.follow_up("status_call/initech/initech-1/0")
    assert call is not None
    computer.zone = LISBON
    move = computer.look()
    assert move is not None
    done = computer.watch.follow(move)
    assert done.notice == "Now using Lisbon time"
    assert computer.overview.zone() == LISBON
    assert computer.look() is None
    assert computer.store.interviews_between(NOW.replace(year=2020), NOW.replace(year=2030)) == before
    assert computer.store.follow_up(call.key) == call, "the employer's clock counts for a call"
    assert computer.tracker.undo_label == done.label
    computer.tracker.undo()
    assert computer.overview.zone() == MADRID
    assert computer.look() is None, "undone is an answer too"


def test_a_zone_whose_clock_is_the_same_is_no_move(computer: Computer) -> None:
    computer.look()
    computer.zone = "Europe/Paris"
    assert computer.look() is None


def test_zones_that_agree_for_a_part_of_the_year_only_are_a_move(computer: Computer) -> None:
    computer.look()
    computer.zone = "Africa/Johannesburg"
    assert computer.look() is not None, "in October Madrid and Johannesburg agree, in January not"


def test_an_unknown_zone_is_no_move(computer: Computer) -> None:
    computer.look()
    computer.zone = None
    assert computer.look() is None
