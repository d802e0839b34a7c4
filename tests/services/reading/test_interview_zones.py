"""Another time zone of an application, or of the user's, moves no interview without a word."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from followup_desktop.domain.casefile import interview_span
from followup_desktop.domain.model import Interview, Rule
from followup_desktop.services.reading.calendar import CalendarPages
from followup_desktop.services.reading.debrief import DebriefReader
from followup_desktop.services.reading.interview_zones import LeftBehind, left_behind
from tests.services.conftest import MADRID, Desk, acme, madrid

NEW_YORK, SPAIN, TOKYO = "America/New_York", "Europe/Madrid", "Asia/Tokyo"


def interview(interview_id: str, at: str, zone: str | None = NEW_YORK, **fields: object) -> Interview:
    values: dict[str, object] = {"id": interview_id, "starts_at": datetime.fromisoformat(at), "minutes": 60}
    return Interview(**(values | {"timezone": zone} | fields))  # type: ignore[arg-type]


def asked(desk: Desk, *former: str) -> LeftBehind | None:
    return left_behind(desk.application(), former, desk.store.policy(), desk.now, desk.wording)


def instants(desk: Desk) -> dict[str, datetime]:
    application, policy = desk.application(), desk.store.policy()
    return {i.id: interview_span(i, application, policy)[0] for i in application.interviews}


def test_both_readings_of_the_first_are_told_and_only_what_is_to_come_is_asked_about(desk: Desk) -> None:
    desk.put(
        acme(
            timezone=NEW_YORK,
            interviews=(
                interview("past", "2026-10-13T10:00"),
                interview("second", "2026-10-22T11:00"),
                interview("first", "2026-10-20T10:00"),
                interview("off", "2026-10-19T10:00", cancelled=True),
                interview("elsewhere", "2026-10-19T10:00", TOKYO),
            ),
        )
    )
    assert asked(desk, NEW_YORK) is None, "nothing has changed yet"
    desk.tracker.edit_application("a1", timezone=SPAIN)
    found = asked(desk, NEW_YORK)
    assert found is not None
    assert set(found.interviews) == {"first", "second"}
    assert found.question == (
        "2 interviews are in New York time. The first, Tue 20 Oct 10:00, is 16:00 in Madrid. Move them?"
    )
    assert (found.same_hour, found.same_moment, found.leave) == (
        "Same hour: 10:00 in Madrid",
        "Same moment: 16:00 in Madrid",
        "Leave in New York time",
    )


@pytest.mark.parametrize(
    ("keep_moment", "starts_at", "at"),
    [
        (False, "2026-10-20T22:00", datetime(2026, 10, 20, 13, tzinfo=UTC)),
        (True, "2026-10-21T11:00", datetime(2026, 10, 21, 2, tzinfo=UTC)),
    ],
)
def test_they_are_moved_by_the_hour_or_by_the_moment_in_one_step(
    desk: Desk, keep_moment: bool, starts_at: str, at: datetime
) -> None:
    others = (interview("past", "2026-10-13T10:00"),)
    desk.put(acme(timezone=NEW_YORK, interviews=(interview("i1", "2026-10-20T22:00"), *others)))
    desk.tracker.edit_application("a1", timezone=TOKYO)
    found = asked(desk, NEW_YORK)
    assert found is not None
    assert (
        found.question
        == "The interview on Tue 20 Oct 22:00 is in New York time: Wed 11:00 in Tokyo. Move it?"
    )
    before = desk.store.facts()
    done = desk.tracker.move_to_zone_of("a1", found.interviews, keep_moment=keep_moment)
    assert done.label == "Move 1 interview to Tokyo time"
    moved, past = desk.application().interviews
    assert (moved.timezone, moved.starts_at.isoformat()) == (TOKYO, f"{starts_at}:00")
    assert instants(desk)["i1"] == at
    assert past == others[0], "what is over stays as it was"
    assert asked(desk, NEW_YORK) is None
    desk.tracker.undo()
    assert desk.store.facts() == before
    assert asked(desk, NEW_YORK) == found


def test_a_moment_that_the_clock_shows_twice_stays_the_same_moment(desk: Desk) -> None:
    # At 01:30 in New York on Sun 25 Oct 2026 it is 05:30 UTC; in Azores the clocks go back at 01:00 UTC.
    desk.put(acme(timezone=TOKYO, interviews=(interview("i1", "2026-10-25T10:30", TOKYO),)))
    desk.tracker.edit_application("a1", timezone=SPAIN)
    before = instants(desk)
    desk.tracker.move_to_zone_of("a1", ("i1",), keep_moment=True)
    assert instants(desk) == before
    [moved] = desk.application().interviews
    assert (moved.starts_at.isoformat(), moved.fold) == ("2026-10-25T02:30:00", 1)


def test_zones_whose_clocks_agree_are_not_asked_about(desk: Desk) -> None:
    desk.put(acme(timezone="Europe/Paris", interviews=(interview("i1", "2026-10-20T10:00", "Europe/Paris"),)))
    desk.tracker.edit_application("a1", timezone=SPAIN)
    assert asked(desk, "Europe/Paris") is None


@pytest.mark.parametrize("zone", [SPAIN, None])
def test_an_interview_without_a_zone_of_its_own_stays_where_it_was(desk: Desk, zone: str | None) -> None:
    """An import brings such; it went by the application's zone, which has become another one."""
    desk.put(acme(timezone=NEW_YORK, interviews=(interview("i1", "2026-10-20T10:00", None),)))
    before, facts = instants(desk), desk.store.facts()
    desk.tracker.edit_application("a1", timezone=zone)
    assert instants(desk) == before
    assert asked(desk, NEW_YORK) is not None
    desk.tracker.undo()
    assert desk.store.facts() == facts


def test_an_edit_of_something_else_writes_no_zone(desk: Desk) -> None:
    desk.put(acme(timezone=None, interviews=(interview("i1", "2026-10-20T10:00", None),)))
    desk.tracker.edit_application("a1", timezone=SPAIN)
    assert desk.application().interviews[0].timezone is None, "it is the user's zone, which it went by"


def test_another_zone_of_the_user_s_moves_no_interview(desk: Desk) -> None:
    plain = acme(timezone=None, interviews=(interview("i1", "2026-10-20T10:00", None),))
    there = acme(id="a2", timezone=NEW_YORK, interviews=(interview("i2", "2026-10-20T10:00", None),))
    desk.put(plain, there)
    before, facts = instants(desk), desk.store.facts()
    desk.tracker.edit_policy(timezone=TOKYO)
    assert instants(desk) == before
    assert desk.application().interviews[0].timezone == "Europe/Madrid"
    assert desk.application("a2") == there
    desk.tracker.undo()
    assert desk.store.facts() == facts
    desk.tracker.edit_policy(grace_working_days=3)
    assert desk.application() == plain


@pytest.mark.parametrize(
    ("employer", "own", "told"),
    [
        (SPAIN, NEW_YORK, "(10:00 in New York)"),
        (NEW_YORK, SPAIN, "(04:00 in New York)"),
        (NEW_YORK, TOKYO, "(10:00 in Tokyo)"),
        (NEW_YORK, None, "(10:00 in New York)"),
        (SPAIN, None, ""),
        ("Europe/Paris", "Europe/Paris", ""),
    ],
)
def test_a_zone_is_told_beside_the_time_wherever_it_differs(
    desk: Desk, employer: str, own: str | None, told: str
) -> None:
    """From the user's, or from the application's: in every place that tells when an interview is."""
    desk.put(acme(timezone=employer, interviews=(interview("i1", "2026-10-15T10:00", own),)), policy=MADRID)
    start = instants(desk)["i1"]
    desk.now = start.replace(hour=0, minute=0)
    key = desk.follow_up(Rule.PREPARE).key
    detail = desk.overview.detail("a1", desk.now)
    [planned] = [row for row in detail.follow_ups if row.key == key]
    explained = desk.overview.explain(key, desk.now).lines[0]
    day = CalendarPages(desk.store, desk.wording).days(start.date(), start.date(), desk.now)
    if told:
        assert told in detail.interviews[0].text
        assert told in planned.detail
        assert told.strip("()") in explained
    else:
        assert "(" not in detail.interviews[0].text + planned.detail
    shown = day.interviews[0]
    assert {shown.zone_name, shown.employer_zone} == {own or employer, employer}
    desk.now = madrid("2026-10-16T10:00")
    [over] = [e for e in desk.overview.detail("a1", desk.now).timeline if e.kind == "interview"]
    assert over.when.endswith(told) if told else "(" not in over.when


def test_the_debrief_tells_the_hour_here_and_there(desk: Desk) -> None:
    desk.put(acme(timezone=NEW_YORK, interviews=(interview("i1", "2026-10-13T10:00"),)))
    day = DebriefReader(desk.store, desk.wording).of_interview("i1", desk.now)
    assert [each.title for each in day.interviews] == ["16:00 (10:00 in New York), other"]
