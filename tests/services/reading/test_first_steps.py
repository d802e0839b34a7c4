"""The first steps tick themselves as the facts say that they are done."""

from __future__ import annotations

from datetime import date, datetime

from followup_desktop.domain.model import Contact, Event, EventKind, Interview, Stage
from followup_desktop.services.reading.first_steps import YOUNG, FirstStep
from tests.services.conftest import Desk, acme, madrid

STARTS = datetime.fromisoformat("2026-10-14T09:00")


def met(**fields: object) -> Interview:
    return Interview(id="i1", starts_at=STARTS, minutes=60, **fields)  # type: ignore[arg-type]


def done(desk: Desk) -> list[FirstStep]:
    return [row.step for row in desk.overview.first_steps.rows(desk.now) if row.is_done]


def test_each_step_is_done_by_its_fact(desk: Desk) -> None:
    desk.put()
    assert desk.overview.first_steps.is_empty()
    assert done(desk) == []
    desk.put(acme(Stage.APPLIED))
    assert done(desk) == [FirstStep.APPLICATION]
    desk.put(acme(interviews=(met(cancelled=True),)))
    assert done(desk) == [FirstStep.APPLICATION]
    desk.put(acme(interviews=(met(),)))
    assert done(desk) == [FirstStep.APPLICATION, FirstStep.INTERVIEW]
    desk.put(acme(interviews=(met(debriefed_at=madrid("2026-10-14T10:30"), no_date_given=True),)))
    assert done(desk) == [FirstStep.APPLICATION, FirstStep.INTERVIEW, FirstStep.DEBRIEF, FirstStep.DATE]
    thanks = Event(id="e", kind=EventKind.THANK_YOU, at=desk.now)
    desk.put(acme(interviews=(met(reply_by=date(2026, 10, 20)),), events=(thanks,)))
    assert done(desk) == [FirstStep.APPLICATION, FirstStep.INTERVIEW, FirstStep.DATE, FirstStep.THANKS]


def test_everyone_is_thanked_when_nobody_is_left(desk: Desk) -> None:
    people = tuple(Contact(id=name, name=name.title(), employer="Acme") for name in ("ana", "tom"))
    both = met(interviewers=("ana", "tom"))
    ana, tom = (
        Event(id=name, kind=EventKind.THANK_YOU, at=desk.now, contact=name, interview="i1")
        for name in ("ana", "tom")
    )
    desk.put(acme(interviews=(both,), events=(ana,)), contacts=people)
    assert FirstStep.THANKS not in done(desk)
    desk.put(acme(interviews=(both,), events=(ana, tom)), contacts=people)
    assert FirstStep.THANKS in done(desk)


def test_thanks_that_expired_leave_the_step_open(desk: Desk) -> None:
    people = tuple(Contact(id=name, name=name.title(), employer="Acme") for name in ("ana", "tom"))
    ana = Event(id="e", kind=EventKind.THANK_YOU, at=desk.now, contact="ana", interview="i1")
    desk.put(acme(interviews=(met(interviewers=("ana", "tom")),), events=(ana,)), contacts=people)
    desk.now = madrid("2026-10-20T10:00")
    assert FirstStep.THANKS not in done(desk)
    desk.tracker.log_event("a1", EventKind.THANK_YOU, contact="tom", interview="i1")
    assert FirstStep.THANKS in done(desk), "late is better than never"


def test_a_step_leads_to_the_follow_up_that_does_it_once_its_time_has_come(desk: Desk) -> None:
    desk.put(acme(interviews=(met(),)))
    ways = {row.step: row.follow_up for row in desk.overview.first_steps.rows(desk.now)}
    assert ways[FirstStep.DEBRIEF] == ways[FirstStep.DATE] == "debrief/a1/2026-10-14"
    assert ways[FirstStep.THANKS] == "thank_you/a1/2026-10-14/-"
    desk.now = madrid("2026-10-14T08:00")
    assert {row.follow_up for row in desk.overview.first_steps.rows(desk.now)} == {None}


def test_whoever_has_many_applications_is_not_new(desk: Desk) -> None:
    desk.put(*(acme(Stage.APPLIED, id=f"a{n}") for n in range(YOUNG + 1)))
    assert desk.overview.first_steps.rows(desk.now) == ()
