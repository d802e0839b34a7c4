"""The figures of searches that were worked out by hand, and of random ones that were counted otherwise."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from random import Random

import apsw
import pytest

from followup_desktop.domain.model import (
    ACTIVE_STAGES,
    OUTREACH_KINDS,
    Application,
    CallOutcome,
    Contact,
    Event,
    EventKind,
    Interview,
    Policy,
    Rule,
    Stage,
)
from followup_desktop.domain.worktime import monday_of
from followup_desktop.services.reading import totals
from followup_desktop.services.reading.goal import GoalKind, done_this_week
from followup_desktop.services.reading.insights import Insights, without_names
from followup_desktop.services.rows.figures import (
    Age,
    CallRow,
    Chart,
    End,
    Figures,
    InsightQuery,
    InTime,
    Level,
    Patience,
    Period,
    SourceRow,
    Times,
    Week,
)
from followup_desktop.services.transfer.activity_report import Activity, Report, ReportOptions
from followup_desktop.services.transfer.interchange_write import write
from followup_desktop.services.wording.insights import InsightWords
from tests.services.conftest import Desk, acme, madrid
from tests.services.reading import counted_again
from tests.tables import tabled

NEW_YORK = Policy(timezone="America/New_York", country="US")


def sent(name: str, stage: Stage, applied: str | None, source: str = "", **more: object) -> Application:
    applied_on = None if applied is None else date.fromisoformat(applied)
    values = {"employer": name.title(), "role": "Analyst", "source": source} | more
    return Application(id=name, stage=stage, applied_on=applied_on, **values)  # type: ignore[arg-type]


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def event(name: str, kind: EventKind, at: datetime, to: Stage | None = None, **more: object) -> Event:
    return Event(id=name, kind=kind, at=at, to_stage=to, **more)  # type: ignore[arg-type]


def week(monday: str, applied: int = 0, answered: int = 0, met: int = 0, until: str = "") -> Week:
    first = date.fromisoformat(monday)
    last = date.fromisoformat(until) if until else first + timedelta(days=6)
    return Week(first=first, last=last, applied=applied, answered=answered, met=met)


def figures(desk: Desk, query: InsightQuery | None = None) -> Figures:
    return Insights(desk.store).figures(query or InsightQuery(), desk.now)


def put_autumn(desk: Desk) -> None:
    """Four sent: one rejected after an answer, one that waits, one with an offer, one given up; one saved."""
    talk = Interview(
        id="i3",
        starts_at=datetime.fromisoformat("2026-09-21T10:00"),
        timezone="Europe/Madrid",
        minutes=60,
        debriefed_at=madrid("2026-09-21T12:00"),
    )
    desk.put(
        sent(
            "a1",
            Stage.REJECTED,
            "2026-09-01",
            "LinkedIn",
            tags=("remote",),
            events=(
                event("e1", EventKind.REPLY, madrid("2026-09-05T23:30")),
                event("e2", EventKind.STAGE, madrid("2026-09-08T09:00"), Stage.REJECTED),
            ),
        ),
        sent("a2", Stage.APPLIED, "2026-09-01", "linkedin"),
        sent(
            "a3",
            Stage.OFFER,
            "2026-09-14",
            "Referral",
            interviews=(talk,),
            events=(
                event("e3", EventKind.STAGE, madrid("2026-09-16T09:00"), Stage.INTERVIEWING),
                event("e4", EventKind.THANK_YOU, madrid("2026-09-21T15:00")),
                event("e5", EventKind.STAGE, madrid("2026-09-30T09:00"), Stage.OFFER),
            ),
        ),
        sent("a4", Stage.NO_RESPONSE, "2026-09-20"),
        sent("a5", Stage.SAVED, None, "LinkedIn"),
    )


def put_new_york(desk: Desk) -> None:
    """Nights at which the date is another, a summer time that begins, what is ahead, and what came before."""
    ahead = Interview(id="i2", starts_at=datetime.fromisoformat("2026-10-20T10:00"), minutes=30)
    cancelled = Interview(
        id="i3", starts_at=datetime.fromisoformat("2026-10-02T10:00"), minutes=30, cancelled=True
    )
    desk.put(
        sent(
            "b1",
            Stage.WITHDRAWN,
            None,
            archived=True,
            events=(
                event("e1", EventKind.STAGE, utc("2026-03-08T04:30"), Stage.APPLIED),
                event("e2", EventKind.REPLY, utc("2026-03-09T03:30")),
                event("e3", EventKind.CALL, utc("2026-03-09T14:05"), outcome=CallOutcome.NO_ANSWER),
                event("e4", EventKind.CALL, utc("2026-03-10T18:00"), outcome=CallOutcome.SPOKE),
            ),
        ),
        sent(
            "b2",
            Stage.APPLIED,
            "2026-10-01",
            interviews=(ahead,),
            events=(event("e5", EventKind.REPLY, utc("2026-10-20T12:00")),),
        ),
        sent("b3", Stage.REJECTED, "2026-10-01", stage_at=utc("2026-10-03T12:00"), interviews=(cancelled,)),
        sent(
            "b4", Stage.APPLIED, "2026-10-02", events=(event("e6", EventKind.REPLY, utc("2026-09-30T12:00")),)
        ),
        policy=NEW_YORK,
    )


def put_silence(desk: Desk) -> None:
    """Nine given up, one rejected and one met after a month, two met after ten days; one waits."""

    def met(name: str, at: str) -> Application:
        return sent(
            name,
            Stage.INTERVIEWING,
            "2026-06-01",
            events=(event(f"e-{name}", EventKind.STAGE, madrid(at), Stage.INTERVIEWING),),
        )

    desk.put(
        *(sent(f"c{n}", Stage.NO_RESPONSE, "2026-06-01") for n in range(9)),
        sent("late", Stage.REJECTED, "2026-06-01", stage_at=madrid("2026-07-01T10:00")),
        met("month", "2026-07-01T10:00"),
        met("soon", "2026-06-11T10:00"),
        met("sooner", "2026-06-11T12:00"),
        sent("waits", Stage.APPLIED, "2026-06-01"),
    )


def test_an_autumn_worked_out_by_hand(desk: Desk) -> None:
    put_autumn(desk)
    found = figures(desk)
    assert (found.sent, found.answered, found.met, found.offered) == (4, 2, 1, 1)
    assert [(level.level, level.reached, level.ends) for level in found.flow] == [
        (Level.APPLIED, 4, ((End.WAITING, 1), (End.NO_ANSWER, 1), (End.REJECTED, 1))),
        (Level.INTERVIEW, 1, ()),
        (Level.OFFER, 1, ((End.OPEN, 1),)),
    ]
    assert found.weeks == (
        week("2026-08-31", 2, 1, 0),
        week("2026-09-07", 0, 0, 0),
        week("2026-09-14", 2, 1, 0),
        week("2026-09-21", 0, 0, 1),
        week("2026-09-28"),
        week("2026-10-05"),
        week("2026-10-12", until="2026-10-14"),
    ), "until today"
    assert [(row.source, row.sent, row.answered, row.met, row.is_few) for row in found.sources] == [
        ("LinkedIn", 2, 1, 0, True),
        ("", 1, 0, 0, True),
        ("Referral", 1, 1, 1, True),
    ]
    assert found.answer_times == Times(counts=((2, 1), (4, 1)))
    assert (found.answer_times.median, found.answer_times.p90) == (3, 4)
    assert found.decision_times == Times(counts=((7, 1), (16, 1)))
    assert found.in_time == (
        InTime(rule=Rule.THANK_YOU, n=1, done=1),
        InTime(rule=Rule.DEBRIEF, n=1, done=1),
        InTime(rule=Rule.OFFER_THANKS, n=1, done=0),
    )
    assert [age.n for age in found.ages] == [0, 0, 1, 1]
    assert found.patience is None
    assert found.first_day == date(2026, 9, 1)


def test_new_york_worked_out_by_hand(desk: Desk) -> None:
    desk.now = utc("2026-10-14T09:00")
    put_new_york(desk)
    found = figures(desk)
    assert (found.sent, found.answered, found.met, found.offered) == (4, 4, 1, 0)
    assert [level.ends for level in found.flow] == [
        ((End.OPEN, 1), (End.WITHDRAWN, 1), (End.REJECTED, 1)),
        ((End.OPEN, 1),),
        (),
    ]
    assert [each for each in found.weeks if each.applied or each.answered or each.met] == [
        week("2026-03-02", 1, 1, 0),
        week("2026-09-28", 3, 2, 0),
    ]
    assert found.answer_times == Times(counts=((1, 1), (2, 1))), "what came before has no time"
    assert found.decision_times == Times(counts=((2, 1),))
    assert found.calls == (
        CallRow(weekday=0, hour=10, no_answer=1),
        CallRow(weekday=1, hour=14, spoke=1),
    )
    assert found.ages == (
        Age(first=0, last=6, n=0),
        Age(first=7, last=20, n=2),
        Age(first=21, last=41, n=0),
        Age(first=42, last=None, n=0),
    )
    assert found.first_day == date(2026, 3, 7)


def test_a_long_silence_worked_out_by_hand(desk: Desk) -> None:
    put_silence(desk)
    found = figures(desk)
    assert found.patience == Patience(weeks=2, n=11, no=10), "after one week it was 10 of 13"
    assert (found.sent, found.met) == (14, 3)
    lately = figures(desk, InsightQuery(period=Period.FOUR_WEEKS))
    assert (lately.sent, lately.weeks, lately.patience) == (0, (), None)
    assert [age.n for age in lately.ages] == [0, 0, 0, 4], "what is open now is in every period"


def test_replies_to_offers_worked_out_by_hand(desk: Desk) -> None:
    """One accepted on its last day in Madrid, one a day late, one not answered, one that they took back."""

    def offered(name: str, *after: tuple[Stage, str], expires: str = "2026-10-02") -> Application:
        moves = ((Stage.OFFER, "2026-09-28T09:00"), *after)
        return sent(
            name,
            moves[-1][0],
            "2026-09-01",
            offer_expires_on=date.fromisoformat(expires),
            events=tuple(
                event(f"{name}-{n}", EventKind.STAGE, madrid(at), to) for n, (to, at) in enumerate(moves)
            ),
        )

    desk.put(
        offered("d1", (Stage.ACCEPTED, "2026-10-02T23:30")),
        offered("d2", (Stage.WITHDRAWN, "2026-10-03T00:30")),
        offered("d3"),
        offered("d4", (Stage.REJECTED, "2026-10-01T10:00")),
        offered("d5", expires="2030-01-01"),
        sent("d6", Stage.OFFER, "2026-09-01", stage_at=madrid("2026-09-28T09:00")),
    )
    found = {each.rule: (each.n, each.done) for each in figures(desk).in_time}
    assert found == {Rule.OFFER_THANKS: (6, 0), Rule.OFFER_REPLY: (3, 1)}


def test_a_stage_it_was_added_in_is_known_from_the_move_out_of_it(desk: Desk) -> None:
    """Adding writes no entry, so since when is not known; the days of what came after don't stand for it."""
    began = (Stage.INTERVIEWING, Stage.OFFER, Stage.REJECTED, Stage.OFFER, Stage.INTERVIEWING)
    for place, stage in enumerate(began):
        desk.tracker.add_application(employer=f"E{place}", role="R", stage=stage, applied_on=date(2026, 9, 1))
    desk.now += timedelta(days=1)
    then = (Stage.NO_RESPONSE, Stage.WITHDRAWN, Stage.WITHDRAWN, Stage.ACCEPTED, Stage.REJECTED)
    of_employer = {each.employer: each.id for each in desk.store.applications()}
    for place, stage in enumerate(then):
        desk.tracker.set_stage(of_employer[f"E{place}"], stage)
    found = figures(desk)
    assert (found.sent, found.answered, found.met, found.offered) == (5, 5, 4, 2)
    assert [(row.sent, row.answered) for row in found.sources] == [(5, 5)]
    assert dict(found.flow[0].ends) == {End.WITHDRAWN: 1}
    assert found.answer_times == Times()
    assert found.decision_times == Times(counts=((44, 1),)), (
        "the rejection was the first decision of the last"
    )


def test_a_call_before_anything_was_sent_is_one_of_the_calls_you_logged(desk: Desk) -> None:
    call = event("e1", EventKind.CALL, madrid("2026-10-12T10:05"), outcome=CallOutcome.SPOKE)
    desk.put(sent("s1", Stage.SAVED, None, "Referral", events=(call,)))
    found = figures(desk)
    assert (found.sent, found.calls) == (0, (CallRow(weekday=0, hour=10, spoke=1),))
    assert figures(desk, InsightQuery(source="LinkedIn")).calls == ()


@pytest.mark.parametrize("kind", sorted(OUTREACH_KINDS))
def test_an_offer_is_answered_in_time_by_whatever_way_one_writes_or_calls(
    desk: Desk, kind: EventKind
) -> None:
    outcome = CallOutcome.LEFT_MESSAGE if kind is EventKind.CALL else None
    events = (
        event("e1", EventKind.STAGE, madrid("2026-10-01T10:00"), Stage.OFFER),
        event("e2", kind, madrid("2026-10-01T12:00"), outcome=outcome),
    )
    desk.put(sent("o1", Stage.OFFER, "2026-09-01", events=events))
    assert figures(desk).in_time == (InTime(rule=Rule.OFFER_THANKS, n=1, done=1),)


def test_a_planned_interview_is_an_answer_without_a_day_until_it_begins(desk: Desk) -> None:
    talk = Interview(id="i1", starts_at=datetime.fromisoformat("2026-10-20T10:00"), minutes=30)
    desk.put(sent("p1", Stage.APPLIED, "2026-10-01", interviews=(talk,)))
    found = figures(desk)
    assert (found.answered, found.met, found.answer_times.n) == (1, 1, 0)
    desk.now = madrid("2026-10-20T10:00")
    assert figures(desk).answer_times == Times(counts=((19, 1),))


def test_silence_ends_where_it_was_given_up(desk: Desk) -> None:
    """Ten given up after a week tell nothing of longer silence, however long ago that was."""

    def given_up(number: int, days: int) -> Application:
        at = madrid("2026-06-01T10:00") + timedelta(days=days)
        move = event(f"e{number}", EventKind.STAGE, at, Stage.NO_RESPONSE)
        return sent(f"g{number}", Stage.NO_RESPONSE, "2026-06-01", events=(move,))

    desk.put(*(given_up(number, 7) for number in range(10)))
    assert figures(desk).patience is None
    desk.put(*(given_up(number, 15) for number in range(10)))
    assert figures(desk).patience == Patience(weeks=1, n=10, no=10)


def test_each_person_met_on_a_day_is_to_be_thanked(desk: Desk) -> None:
    """Of three who were met, one twice, one was thanked in time, one too late, one needs no thanks."""
    people = tuple(
        Contact(id=each, name=each, no_thank_you=each == "spared") for each in ("ana", "tom", "spared")
    )
    wall = datetime.fromisoformat
    talks = (
        Interview(id="i1", starts_at=wall("2026-10-01T10:00"), minutes=60, interviewers=("ana", "spared")),
        Interview(id="i2", starts_at=wall("2026-10-01T12:00"), minutes=60, interviewers=("ana", "tom")),
        Interview(id="i3", starts_at=wall("2026-10-01T14:00"), minutes=60),
    )
    thanks = (
        event("e1", EventKind.THANK_YOU, madrid("2026-10-01T18:00"), contact="ana"),
        event("e2", EventKind.THANK_YOU, madrid("2026-10-03T18:00"), contact="tom"),
    )
    desk.put(sent("a1", Stage.REJECTED, "2026-09-01", interviews=talks, events=thanks), contacts=people)
    assert in_time(figures(desk))["thank_you"] == (2, 1)


def test_a_day_of_interviews_is_debriefed_once_and_whole(desk: Desk) -> None:
    wall = datetime.fromisoformat

    def talk(name: str, starts_at: str, debriefed_at: str | None) -> Interview:
        noted = madrid(debriefed_at) if debriefed_at else None
        return Interview(id=name, starts_at=wall(starts_at), minutes=60, debriefed_at=noted)

    talks = (
        talk("i1", "2026-09-01T10:00", "2026-09-08T14:30"),  # seven days after the last of the day
        talk("i2", "2026-09-01T14:00", "2026-09-02T10:00"),
        talk("i3", "2026-09-10T10:00", "2026-09-10T12:00"),
        talk("i4", "2026-09-10T14:00", None),
    )
    desk.put(sent("a1", Stage.REJECTED, "2026-08-01", interviews=talks))
    assert in_time(figures(desk))["debrief"] == (2, 1)


def test_a_posting_counts_once_it_has_closed_be_it_applied_to_or_not(desk: Desk) -> None:
    def posting(
        name: str, stage: Stage, applied_on: str | None, closes_on: str, **more: object
    ) -> Application:
        return sent(name, stage, applied_on, closes_on=date.fromisoformat(closes_on), **more)  # type: ignore[arg-type]

    desk.now = madrid("2026-10-14T11:00")
    desk.put(
        posting("in time", Stage.APPLIED, "2026-10-01", "2026-10-01"),
        posting("late", Stage.APPLIED, "2026-10-03", "2026-10-02"),
        posting("never", Stage.SAVED, None, "2026-10-13"),
        posting("let go", Stage.SAVED, None, "2026-10-13", archived=True),
        posting("today", Stage.SAVED, None, "2026-10-14"),
        posting("open", Stage.APPLIED, "2026-10-01", "2026-10-20"),
    )
    assert in_time(figures(desk))["apply"] == (3, 1)


def in_time(found: Figures) -> dict[str, tuple[int, int]]:
    return {each.rule.value: (each.n, each.done) for each in found.in_time}


def test_an_offer_without_an_interview_is_told_as_one(desk: Desk) -> None:
    wording = InsightWords(date(2026, 10, 14))
    desk.put(sent("a1", Stage.OFFER, "2026-09-01"))
    assert wording.sentences(figures(desk))[0] == "Your one application led to an offer."
    desk.put(
        sent("a1", Stage.OFFER, "2026-09-01"),
        sent("a2", Stage.INTERVIEWING, "2026-09-01"),
        sent("a3", Stage.APPLIED, "2026-09-01"),
    )
    found = figures(desk)
    assert (found.met, found.offered, found.unmet_offers) == (2, 1, 1)
    assert wording.sentences(found)[0] == "You sent 3 applications. 2 led to an interview or an offer."


@pytest.mark.parametrize(
    ("applied_on", "stage_at", "is_sent"),
    [
        ("2026-10-14", None, True),
        ("2026-10-15", None, False),
        (None, "2026-10-14T11:00", True),
        (None, "2026-10-14T23:00", False),
        (None, None, True),
    ],
)
def test_what_is_to_be_sent_some_day_was_not_sent(
    desk: Desk, applied_on: str | None, stage_at: str | None, is_sent: bool
) -> None:
    """Not in the figures, nor in the weekly goal, the report, kind words and great moments."""
    since = None if stage_at is None else madrid(stage_at)
    desk.now = madrid("2026-10-14T12:00")
    reply = event("e1", EventKind.REPLY, madrid("2026-10-14T09:00"))
    desk.put(sent("a1", Stage.APPLIED, applied_on, stage_at=since, events=(reply,)))
    found, number = figures(desk), int(is_sent)
    assert (found.sent, found.answered, sum(age.n for age in found.ages)) == (number, number, number)
    assert bool(found.weeks) == is_sent
    assert totals.so_far(desk.store, desk.now).applications == number
    assert totals.of_search(desk.store, desk.now).applications == number
    is_dated = is_sent and (applied_on or stage_at) is not None
    rows = Report.of(desk.store.facts(), ReportOptions(), desk.now, desk.wording).rows
    assert [row.activity for row in rows] == [Activity.APPLICATION] * is_dated + [Activity.LISTED]
    assert done_this_week(desk.store, GoalKind.APPLICATIONS, desk.now) == int(is_dated)


def test_kind_words_leave_out_what_is_to_be_sent_whichever_date_is_ahead(desk: Desk) -> None:
    ahead = madrid("2026-10-20T10:00")
    desk.put(
        sent("a1", Stage.APPLIED, "2026-10-20", stage_at=ahead),
        sent("a2", Stage.APPLIED, None, stage_at=ahead),
        sent("a3", Stage.APPLIED, "2026-10-01", stage_at=ahead),
    )
    assert totals.so_far(desk.store, desk.now).applications == 1


def test_an_interview_before_anything_was_sent_is_something_you_did(desk: Desk) -> None:
    """It led to nothing, so it isn't one of the interviews of the applications."""
    talk = Interview(id="i1", starts_at=datetime.fromisoformat("2026-10-12T10:00"), minutes=30)
    desk.put(sent("s1", Stage.SAVED, None, interviews=(talk,)))
    found = figures(desk)
    assert (found.sent, found.met, found.in_time) == (0, 0, ())
    assert found.weeks == (week("2026-10-12", met=1, until="2026-10-14"),)
    assert done_this_week(desk.store, GoalKind.ACTIVITIES, desk.now) == 1
    rows = Report.of(desk.store.facts(), ReportOptions(), desk.now, desk.wording).rows
    assert [row.activity for row in rows] == [Activity.INTERVIEW]
    assert totals.so_far(desk.store, desk.now).interviews == 0
    assert figures(desk, InsightQuery(period=Period.YEAR)).weeks == found.weeks  # no quiet year before it


@pytest.mark.parametrize(
    ("query", "weeks"),
    [
        (InsightQuery(period=Period.FOUR_WEEKS), ["17 Sept to 20 Sept", "21 Sept", "28 Sept", "5 Oct"]),
        (
            InsightQuery(period=Period.OWN, first=date(2026, 1, 5), last=date(2026, 9, 23)),
            ["31 Aug", "7 Sept", "14 Sept", "21 Sept to 23 Sept"],
        ),
        (InsightQuery(period=Period.OWN, first=date(2026, 9, 20), last=date(2026, 9, 20)), ["20 Sept"]),
    ],
    ids=["four weeks", "own", "a day"],
)
def test_the_weeks_of_a_period_are_all_there_and_say_what_is_cut(
    desk: Desk, query: InsightQuery, weeks: list[str]
) -> None:
    """Quiet ones too, from where the search began on until the end of the period, or today."""
    put_autumn(desk)
    words = InsightWords(date(2026, 10, 14)).chart(Chart.WEEKS, figures(desk, query))
    until_today = ["12 Oct to 14 Oct"] if query.period is Period.FOUR_WEEKS else []
    assert [row[0] for row in words.rows] == weeks + until_today


def test_a_rejection_is_only_what_was_one(desk: Desk) -> None:
    put_silence(desk)
    ends = dict(figures(desk).flow[0].ends)
    assert (ends[End.NO_ANSWER], ends[End.REJECTED]) == (9, 1)


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        (InsightQuery(source="LINKEDIN"), 2),
        (InsightQuery(source=""), 1),
        (InsightQuery(tag="Remote"), 1),
        (InsightQuery(stage=Stage.OFFER), 1),
        (InsightQuery(period=Period.OWN, first=date(2026, 9, 2), last=date(2026, 9, 14)), 1),
        (InsightQuery(period=Period.OWN, last=date(2026, 9, 14)), 3),
        (InsightQuery(period=Period.FOUR_WEEKS), 1),
        (InsightQuery(period=Period.YEAR, source="nobody"), 0),
    ],
)
def test_what_is_counted_is_what_is_asked_for(desk: Desk, query: InsightQuery, ids: int) -> None:
    put_autumn(desk)
    assert figures(desk, query).sent == ids


def test_what_is_in_the_trash_is_not_counted(desk: Desk) -> None:
    put_autumn(desk)
    desk.tracker.trash_application("a1")
    assert figures(desk).sent == 3


@pytest.mark.parametrize(
    ("sent", "met", "said"),
    [
        (1, 0, "1 application, and no interview so far."),
        (1, 1, "Your one application led to an interview."),
        (2, 1, "You sent 2 applications. 1 led to an interview."),
    ],
)
def test_a_single_application_is_not_one_of_many(sent: int, met: int, said: str) -> None:
    words = InsightWords(date(2026, 10, 14))
    assert words.sentences(Figures(sent=sent, met=met))[0] == said


def test_the_middle_and_the_ninth_of_ten() -> None:
    ten = Times(counts=((1, 4), (3, 2), (8, 3), (90, 1)))
    assert (ten.n, ten.median, ten.p90) == (10, 3, 8)
    even = Times(counts=((1, 1), (4, 1)))
    assert (even.median, even.p90) == (2.5, 4)


@tabled("days, suggested", [(0, None), (1, 1), (42, 30), (43, None), (129, None)])
def test_only_what_the_setting_can_be_is_suggested(days: int, suggested: int | None) -> None:
    """So that no sentence calls 129 days 30 working days."""
    found = Figures(answer_times=Times(counts=((days, 10),)), days=400)
    assert found.check_in_days == suggested
    assert bool(InsightWords(date(2026, 10, 14)).suggestion(found, 10)) == (suggested is not None)


@pytest.mark.parametrize(
    ("query", "is_told", "is_suggested"),
    [
        (InsightQuery(), True, True),
        (InsightQuery(source="LinkedIn"), True, False),
        (InsightQuery(period=Period.YEAR), False, False),
        (InsightQuery(period=Period.OWN, first=date(2026, 1, 1)), False, False),
    ],
)
def test_a_short_time_tells_nothing_of_late_answers(
    desk: Desk, query: InsightQuery, is_told: bool, is_suggested: bool
) -> None:
    """In four weeks no answer can have taken five."""

    def answered(name: str, days: int) -> Application:
        at = madrid("2026-02-02T10:00") + timedelta(days=days)
        return sent(name, Stage.APPLIED, "2026-02-02", "LinkedIn", events=(event(name, EventKind.REPLY, at),))

    desk.put(*(answered(f"f{days}", days) for days in range(1, 12)))
    words, found = InsightWords(desk.now.date()), figures(desk, query)
    assert found.answered == 11
    assert ("hardly any" in words.sentences(found)[1]) == is_told
    assert bool(words.suggestion(found, 10)) == is_suggested
    desk.now = madrid("2026-02-20T10:00")
    at_once = figures(desk, InsightQuery())
    assert words.sentences(at_once)[1] == "Half of 11 answers came within 6 days, nine in ten within 10 days."
    assert not words.suggestion(at_once, 10)


@tabled(
    "counts, said",
    [
        (((3, 4),), "4 answers so far: too few to say how long they take."),
        (((3, 5),), "All 5 answers came within 3 days."),
        (((1, 3), (6, 3)), "Half of 6 answers came within 3.5 days, all within 6 days."),
        (((1, 5), (90, 4)), "Half of 9 answers came within 1 day, all within 90 days."),
        (((1, 5), (6, 4), (90, 1)), "Half of 10 answers came within 3.5 days; after 6 days, hardly any did."),
        (((1, 9), (90, 1)), "Of 10 answers, nine in ten came within 1 day."),
    ],
)
def test_nine_in_ten_are_told_of_ten_at_least(counts: tuple[tuple[int, int], ...], said: str) -> None:
    found = Figures(sent=100, answered=50, answer_times=Times(counts=counts), days=400)
    assert InsightWords(date(2026, 10, 14)).sentences(found)[1] == said


@pytest.mark.parametrize(
    ("query", "said", "nothing"),
    [
        (InsightQuery(), "You haven't sent any applications yet.", "Nothing has happened yet"),
        (
            InsightQuery(period=Period.YEAR),
            "You sent no applications that match the period and filters.",
            "Nothing matches the period and filters",
        ),
        (
            InsightQuery(source="LinkedIn"),
            "You sent no applications that match the period and filters.",
            "Nothing matches the period and filters",
        ),
    ],
)
def test_a_period_is_spoken_of_only_where_there_is_one(query: InsightQuery, said: str, nothing: str) -> None:
    words, found = InsightWords(date(2026, 10, 14)), Figures(query=query)
    assert words.sentences(found)[0] == said
    assert any("yet" in sentence for sentence in words.sentences(found)) == found.is_everything
    assert words.chart(Chart.WEEKS, found).nothing == nothing
    of_all = {words.chart(chart, found).nothing for chart in Chart if chart is not Chart.AGES}
    assert (of_all == {nothing}) == (not found.is_everything)


@tabled(
    "met, sent, said",
    [
        (2, 5, "about one in 3"),
        (4, 10, "about one in 3"),
        (2, 7, "about one in 4"),
        (3, 7, "about half"),
        (5, 10, "half"),
        (1, 5, "one in 5"),
        (3, 5, "more than half"),
    ],
)
def test_a_ratio_is_as_near_as_whole_numbers_come(met: int, sent: int, said: str) -> None:
    found = InsightWords(date(2026, 10, 14)).sentences(Figures(sent=sent, met=met))[0]
    assert found.endswith(f": {said}.")


def test_one_rule_says_what_is_too_few() -> None:
    found = Figures(
        sources=(SourceRow(source="Fair", sent=4, answered=1, met=0),),
        in_time=(InTime(rule=Rule.DEBRIEF, n=2, done=1), InTime(rule=Rule.APPLY, n=5, done=5)),
        calls=(CallRow(weekday=0, hour=10, spoke=1), CallRow(weekday=1, hour=10, spoke=5)),
    )
    words = InsightWords(date(2026, 10, 14))
    place = {Chart.SOURCES: 1, Chart.IN_TIME: 2, Chart.CALLS: 1}
    assert {c: [row[n] for row in words.chart(c, found).rows] for c, n in place.items()} == {
        Chart.SOURCES: ["4 (few)"],
        Chart.IN_TIME: ["2 (few)", "5"],
        Chart.CALLS: ["1 (few)", "5"],
    }


PEOPLE = (Contact(id="p1", name="Ana"), Contact(id="p2", name="Ben", no_thank_you=True))


def random_search(seed: int) -> tuple[Application, ...]:
    """Applications with anything in them, some of it ahead or before it could be."""
    random = Random(seed)

    def moment(around: datetime) -> datetime:
        return datetime.fromtimestamp(around.timestamp() + random.randint(-5, 60) * 43_211, UTC)

    made = []
    for number in range(120):
        month, day, hour = random.randint(1, 10), random.randint(1, 28), random.randint(0, 23)
        began = datetime(2026, month, day, hour, tzinfo=UTC)
        events = tuple(
            Event(
                id=f"{number}-{place}",
                kind=kind,
                at=moment(began),
                outcome=random.choice(tuple(CallOutcome)) if kind is EventKind.CALL else None,
                from_stage=random.choice((None, *Stage)) if kind is EventKind.STAGE else None,
                to_stage=random.choice(tuple(Stage)) if kind is EventKind.STAGE else None,
            )
            for place in range(random.randint(0, 6))
            for kind in (random.choice(tuple(EventKind)),)
        )
        interviews = tuple(
            Interview(
                id=f"i{number}-{place}",
                starts_at=moment(began).replace(tzinfo=None, second=0),
                timezone=random.choice((None, "Asia/Kolkata", "America/New_York")),
                minutes=random.choice((30, 90)),
                cancelled=random.random() < 0.3,
                debriefed_at=random.choice((None, moment(began))),
                interviewers=random.choice(((), ("p1",), ("p2",), ("p1", "p2"))),
            )
            for place in range(random.choice((0, 0, 1, 2)))
        )
        made.append(
            Application(
                id=f"a{number}",
                employer=f"Employer {number % 40}",
                role="Analyst",
                stage=random.choice(tuple(Stage)),
                stage_at=random.choice((None, moment(began))),
                applied_on=random.choice((None, began.date(), began.date())),
                closes_on=random.choice((None, moment(began).date())),
                offer_expires_on=random.choice((None, moment(began).date(), moment(began).date())),
                source=random.choice(("", "LinkedIn", "linkedin", "Referral", "Straße", "STRASSE")),
                archived=random.random() < 0.2,
                do_not_contact=random.random() < 0.1,
                events=events,
                interviews=interviews,
            )
        )
    return tuple(made)


@pytest.mark.parametrize("zone", ["Europe/Madrid", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"])
@pytest.mark.parametrize(
    "query",
    [
        InsightQuery(),
        InsightQuery(period=Period.THREE_MONTHS),
        InsightQuery(source="linkedin"),
        InsightQuery(period=Period.OWN, first=date(2026, 6, 3), last=date(2026, 9, 9)),
    ],
    ids=["all", "three months", "one source", "own"],
)
def test_another_count_of_the_exported_file_agrees(desk: Desk, zone: str, query: InsightQuery) -> None:
    desk.put(*random_search(len(zone)), contacts=PEOPLE, policy=Policy(timezone=zone))
    exported = json.loads(write(desk.store.facts()))
    today = date.fromisoformat(counted_again.day_in(desk.now, zone))
    days = query.days(today)
    again = counted_again.count(exported, desk.now, days, query.source)
    found = figures(desk, query)
    assert (found.sent, found.answered, found.met, found.offered) == again.funnel
    assert {(level.level, end): n for level in found.flow for end, n in level.ends} == again.ends
    weeks = [(str(w.first), str(w.last), (w.applied, w.answered, w.met)) for w in found.weeks]
    assert weeks == again.whole_weeks(today)
    told = found.patience
    assert (None if told is None else (told.weeks, told.n, told.no)) == again.patience()
    sources = {row.source.casefold(): (row.sent, row.answered, row.met) for row in found.sources}
    assert sources == again.sources
    assert Counter(dict(found.answer_times.counts)) == again.answer_days
    assert Counter(dict(found.decision_times.counts)) == again.decision_days
    assert {str(each.rule): (each.n, each.done) for each in found.in_time} == again.in_time
    calls = {(c.weekday, c.hour): (c.spoke, c.left_message, c.no_answer) for c in found.calls}
    assert calls == again.calls
    assert {age.first: age.n for age in found.ages if age.n} == again.ages


@pytest.mark.parametrize(
    "query",
    [
        InsightQuery(),
        InsightQuery(period=Period.THREE_MONTHS),
        InsightQuery(source="linkedin"),
        InsightQuery(stage=Stage.REJECTED),
    ],
)
def test_the_employers_are_those_of_the_same_applications(desk: Desk, query: InsightQuery) -> None:
    desk.put(*random_search(5), contacts=PEOPLE)
    found = figures(desk, query)
    employers = Insights(desk.store).employers(query, desk.now)
    assert sum(each.sent for each in employers) == found.sent > 0
    assert [each.letter for each in employers[:3]] == ["A", "B", "C"]
    assert any(each.level is Level.OFFER for each in employers) == (found.offered > 0)
    whole = Insights(desk.store).employers(InsightQuery(), desk.now)
    assert len(whole) == len({a.employer for a in desk.store.applications() if a.stage is not Stage.SAVED})


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (InsightQuery(), "All time, as of 14 October 2026."),
        (
            InsightQuery(period=Period.OWN, last=date(2026, 9, 1), source=""),
            "Custom dates (until 1 September 2026), as of 14 October 2026. "
            "Only some of my applications: without a source.",
        ),
        (
            InsightQuery(source="Ana", tag="Secret", stage=Stage.OFFER),
            "All time, as of 14 October 2026. "
            "Only some of my applications: from one source, with one tag, now in the stage Offer.",
        ),
    ],
)
def test_what_was_counted_is_said_without_a_word_of_the_users(query: InsightQuery, said: str) -> None:
    stages = {stage: stage.title() for stage in Stage}
    assert InsightWords(date(2026, 10, 14)).scope(query, stages) == said


def test_letters_stand_for_sources_that_have_a_name() -> None:
    rows = [SourceRow(source=source, sent=1, answered=0, met=0) for source in ("Job fair", "", "Ana")]
    shown = without_names(Figures(sources=tuple(rows))).sources
    assert [row.source for row in shown] == ["Source A", "", "Source B"]


def test_kind_words_and_great_moments_are_told_in_the_same_numbers(desk: Desk) -> None:
    everything = random_search(7)
    assert any(each.archived and each.interviews for each in everything)
    desk.put(*everything, contacts=PEOPLE)
    found, told = figures(desk), totals.so_far(desk.store, desk.now)
    rows = Report.of(desk.store.facts(), ReportOptions(), desk.now, desk.wording).rows
    held = [row for row in rows if row.activity is Activity.INTERVIEW]
    assert sum(week.met for week in found.weeks) == len(held)
    later = [figures(desk, InsightQuery(stage=stage)) for stage in Stage if stage is not Stage.SAVED]
    met = sum(week.met for each in later for week in each.weeks)
    assert (found.sent, met) == (told.applications, told.interviews)
    moment = totals.of_search(desk.store, desk.now)
    assert (moment.applications, moment.interviews) == (found.sent, met)
    coming = [each for each in everything if each.applied_on and each.applied_on > desk.now.date()]
    assert any(each.stage in ACTIVE_STAGES for each in coming)
    active = sum(each.stage in ACTIVE_STAGES and not each.archived for each in coming)
    assert sum(age.n for age in found.ages) == told.active - active


@pytest.mark.parametrize("seed", range(4))
def test_goal_and_report_know_the_same_day_of_an_application(desk: Desk, seed: int) -> None:
    """That of many is only known from a move to Applied."""
    desk.put(*random_search(seed), contacts=PEOPLE, policy=NEW_YORK)
    desk.now = utc("2026-09-02T03:30")  # a Tuesday evening there
    applied = {monday_of(week.first): week.applied for week in figures(desk).weeks if week.applied}
    report = Report.of(desk.store.facts(), ReportOptions(), desk.now, desk.wording)
    assert any(not each.applied_on for each in desk.store.applications())
    rows = Counter(monday_of(row.day) for row in report.rows if row.activity is Activity.APPLICATION)
    this_week = date(2026, 8, 31)
    assert {monday: n for monday, n in applied.items() if monday < this_week} == {
        monday: n for monday, n in rows.items() if monday < this_week
    }
    assert done_this_week(desk.store, GoalKind.APPLICATIONS, desk.now) == rows[this_week]
    total = desk.store.search_total(desk.now, zone_name=NEW_YORK.timezone)
    assert figures(desk).first_day == total.first_applied_on
    assert total.first_applied_on == min(r.day for r in report.rows if r.activity is Activity.APPLICATION)


def test_everything_is_counted_in_two_statements_of_one_read_once_the_years_are_known(desk: Desk) -> None:
    desk.put(*random_search(3), contacts=PEOPLE)
    ran: list[str] = []
    connection = desk.store._database.connection
    figures(desk)
    connection.trace_v2(apsw.SQLITE_TRACE_STMT, lambda event: ran.append(event["sql"]))
    figures(desk)
    connection.trace_v2(0)
    first, *counted, last = (each for each in ran if not each.upper().startswith("PRAGMA"))
    assert (first, len(counted), last) == ("BEGIN", 2, "COMMIT")


@pytest.mark.parametrize("days", [-300, -120, -30, 0, 40, 400])
@pytest.mark.parametrize("seed", range(3))
def test_what_is_kept_is_what_is_found_anew(desk: Desk, seed: int, days: int) -> None:
    """At any instant, be there things ahead of it or not."""
    desk.put(*random_search(seed), contacts=PEOPLE)
    desk.now += timedelta(days=days)
    kept = [figures(desk), figures(desk, InsightQuery(stage=Stage.OFFER))]
    desk.store._database.sql("DELETE FROM application_figures")
    assert [figures(desk), figures(desk, InsightQuery(stage=Stage.OFFER))] == kept


@pytest.mark.parametrize("years_ago", [0, 1, 30])
def test_the_oldest_day_is_a_local_one_too(desk: Desk, years_ago: int) -> None:
    """The clock's changes are looked up from the first year on of which anything is known."""
    day = date(desk.now.year - years_ago, 7, 6)
    night = madrid(f"{day}T00:30")  # still the day before in UTC
    call = Event(id="e1", kind=EventKind.CALL, outcome=CallOutcome.SPOKE, at=night)
    desk.put(acme(stage=Stage.APPLIED, applied_on=None, stage_at=night, events=(call,)))
    found = figures(desk)
    assert found.first_day == day
    assert [(row.weekday, row.hour) for row in found.calls] == [(day.weekday(), 0)]
