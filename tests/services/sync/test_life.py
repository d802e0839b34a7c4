"""Short lives of a calendar with a phone that does as it likes; ``make phone`` lives long ones."""

from __future__ import annotations

import pytest

from tests.caldav_servers import SERVERS, CalendarServer
from tests.phone_life import live, publish

STEPS = 25


@pytest.mark.parametrize("server", SERVERS)
@pytest.mark.parametrize("seed", [1, 2])
def test_both_sides_end_alike_and_nothing_is_done_twice(
    request: pytest.FixtureRequest, server: str, seed: int
) -> None:
    found: CalendarServer = request.getfixturevalue(server)
    live(found, seed, STEPS)


@pytest.mark.parametrize("server", SERVERS)
def test_what_is_published_first_is_written_once_each(request: pytest.FixtureRequest, server: str) -> None:
    found: CalendarServer = request.getfixturevalue(server)
    assert publish(found, 12) >= 96
