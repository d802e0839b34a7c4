"""Until when reminders can be paused."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from followup_desktop.domain.model import Policy
from followup_desktop.services.reminding.pauses import holds, pause_options
from followup_desktop.services.wording import Wording

MADRID = Policy(timezone="Europe/Madrid")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def offered(now: str, policy: Policy = MADRID) -> dict[str, datetime]:
    return {option.id: option.until for option in pause_options(utc(now), policy, Wording())}


def test_the_ends_are_those_of_the_user_s_clock() -> None:
    assert offered("2026-10-14T10:20") == {
        "hour": utc("2026-10-14T11:20"),
        "evening": utc("2026-10-14T16:00"),
        "tomorrow": utc("2026-10-15T06:00"),
        "monday": utc("2026-10-19T06:00"),
    }


def test_the_labels_say_until_when() -> None:
    labels = [option.label for option in pause_options(utc("2026-10-14T10:20"), MADRID, Wording())]
    assert labels[0] == "For 1 hour (until 13:20)"
    assert labels[3] == "Until Monday (08:00)"


def test_over_the_night_in_which_the_clocks_go_back_morning_is_still_eight() -> None:
    assert offered("2026-10-24T10:00")["tomorrow"] == utc("2026-10-25T07:00")


def test_on_a_sunday_tomorrow_is_monday_and_is_offered_once() -> None:
    assert set(offered("2026-10-18T10:00")) == {"hour", "evening", "tomorrow"}


@pytest.mark.parametrize("now", ["2026-10-14T15:00", "2026-10-14T18:00", "2026-10-14T21:30"])
def test_this_evening_is_no_offer_when_it_is_here(now: str) -> None:
    assert "evening" not in offered(now)


def test_a_morning_that_is_quiet_ends_when_it_is_not() -> None:
    late = Policy(timezone="Europe/Madrid", quiet_from=time(23), quiet_until=time(10, 30))
    assert offered("2026-10-14T10:20", late)["tomorrow"] == utc("2026-10-15T08:30")


def test_every_offer_holds_from_its_beginning_to_its_end() -> None:
    for hour in range(24 * 8):
        now = utc("2026-10-20T00:30") + timedelta(hours=hour)
        for option in pause_options(now, MADRID, Wording()):
            assert holds(option.until, now)
            assert not holds(option.until, option.until)


def test_no_pause_and_one_too_long_do_not_hold() -> None:
    now = utc("2026-10-14T10:20")
    assert not holds(None, now)
    assert not holds(now + timedelta(days=9), now)
