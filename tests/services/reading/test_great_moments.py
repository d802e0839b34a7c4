"""The great moments of a search in the user's own numbers, and the end of condolences after the last one."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from followup_desktop.domain.model import Event, EventKind, Interview, Rule, Stage
from followup_desktop.services.reading.calendar import CalendarPages
from followup_desktop.services.reading.subjects import Subjects
from followup_desktop.services.rows import FollowUpGroup
from followup_desktop.services.tracker import Result
from followup_desktop.services.transfer.calendar_file import CalendarWriter
from followup_desktop.services.transfer.spreadsheet import write_applications
from tests.services.conftest import Desk, acme, in_sections, madrid

OFFERED = Event(id="e2", kind=EventKind.STAGE, at=madrid("2026-05-01T10:00"), to_stage=Stage.OFFER)


def met(name: str, day: str, *, cancelled: bool = False) -> Interview:
    return Interview(id=name, starts_at=datetime.fromisoformat(day), minutes=60, cancelled=cancelled)


def told(desk: Desk, *ids: str) -> list[str]:
    """What is told of these applications, the greatest first."""
    keys = desk.overview.great_moments.news(ids, desk.now)
    found = [desk.overview.great_moments.moment(key, desk.now) for key in keys]
    return [each.sentence for each in found if each is not None]


def test_a_job_is_told_in_the_numbers_of_the_search_with_the_goodbyes_that_are_left(desk: Desk) -> None:
    desk.put(
        acme(Stage.OFFER, applied_on=date(2026, 9, 25), interviews=(met("i1", "2026-10-01T10:00"),)),
        acme(
            id="a2",
            employer="Hooli",
            applied_on=date(2026, 10, 2),
            interviews=(met("i2", "2026-10-05T10:00"),),
        ),
        acme(Stage.REJECTED, id="a3", employer="Initech", applied_on=date(2026, 9, 30)),
        acme(Stage.SAVED, id="a4", employer="Umbrella", applied_on=None),
    )
    desk.tracker.set_stage("a1", Stage.ACCEPTED)
    assert told(desk, "a1") == [
        "You have a job. It took 3 applications, 2 interviews and 19 days. You have 1 goodbye left to say."
    ]
    key = desk.overview.great_moments.news(["a1"], desk.now)[0]
    moment = desk.overview.great_moments.moment(key, desk.now)
    assert moment is not None
    assert [(each.key, each.employer) for each in moment.goodbyes] == [("withdraw_others/a2", "Hooli")]
    desk.tracker.set_stage("a2", Stage.WITHDRAWN)
    assert told(desk, "a1") == ["You have a job. It took 3 applications, 2 interviews and 19 days."]


def test_a_second_search_has_its_own_numbers(desk: Desk) -> None:
    first = acme(Stage.ACCEPTED, id="old", stage_at=madrid("2026-03-01T10:00"), applied_on=date(2026, 1, 10))
    desk.put(
        first,
        acme(Stage.REJECTED, id="then", applied_on=date(2026, 2, 1)),
        acme(Stage.OFFER, applied_on=date(2026, 10, 9)),
    )
    desk.tracker.set_stage("a1", Stage.ACCEPTED)
    assert told(desk, "a1") == ["You have a job. It took 1 application and 5 days."]


@pytest.mark.parametrize(
    ("others", "sentence"),
    [
        ((), "Your first offer, from Acme! It took 1 interview and 30 days."),
        (
            (acme(Stage.OFFER, id="a2", employer="Hooli"),),
            "An offer from Acme! It took 1 interview and 30 days.",
        ),
        (
            (acme(Stage.REJECTED, id="a2", stage_at=OFFERED.at, events=(OFFERED,)),),
            "An offer from Acme! It took 1 interview and 30 days.",
        ),
        (
            (acme(Stage.REJECTED, id="a2", stage_at=OFFERED.at),),
            "Your first offer, from Acme! It took 1 interview and 30 days.",
        ),
    ],
)
def test_an_offer_is_told_with_what_went_before(
    desk: Desk, others: tuple[object, ...], sentence: str
) -> None:
    desk.put(acme(interviews=(met("i1", "2026-10-01T10:00"),)), *others)  # type: ignore[arg-type]
    desk.tracker.set_stage("a1", Stage.OFFER)
    assert told(desk, "a1") == [sentence]


def test_the_first_interview_is_told_and_no_other(desk: Desk) -> None:
    desk.put(acme(Stage.APPLIED), acme(Stage.APPLIED, id="a2", employer="Hooli"))
    desk.tracker.add_interview("a1", starts_at=datetime.fromisoformat("2026-10-20T10:00"), minutes=60)
    assert told(desk, "a1") == ["Your first interview! Acme, Tue at 10:00, after 2 applications."]
    desk.tracker.add_interview("a2", starts_at=datetime.fromisoformat("2026-10-21T10:00"), minutes=60)
    assert told(desk, "a2") == []
    assert told(desk, "a1") != [], "another one that comes later changes nothing"


@pytest.mark.parametrize(
    "interviews",
    [
        (met("i1", "2026-10-01T10:00"), met("i2", "2026-10-20T10:00")),
        (met("i1", "2026-10-20T10:00", cancelled=True),),
        (met("i1", "2026-10-01T10:00"),),
    ],
)
def test_an_interview_after_another_one_held_or_cancelled_is_no_first(
    desk: Desk, interviews: tuple[Interview, ...]
) -> None:
    desk.put(acme(interviews=interviews))
    assert told(desk, "a1") == []


def test_an_interview_in_an_archived_application_was_one_all_the_same(desk: Desk) -> None:
    past = acme(Stage.REJECTED, id="a2", archived=True, interviews=(met("i0", "2026-09-01T10:00"),))
    desk.put(acme(interviews=(met("i1", "2026-10-20T10:00"),)), past)
    assert told(desk, "a1") == []


def _move(desk: Desk, stage: Stage) -> Result:
    return desk.tracker.set_stage("a1", stage)


@pytest.mark.parametrize("stage", [Stage.OFFER, Stage.ACCEPTED])
def test_what_is_undone_holds_no_longer(desk: Desk, stage: Stage) -> None:
    desk.put(acme())
    _move(desk, stage)
    (key,) = desk.overview.great_moments.news(["a1"], desk.now)
    desk.tracker.undo()
    assert desk.overview.great_moments.moment(key, desk.now) is None
    desk.tracker.redo()
    assert desk.overview.great_moments.moment(key, desk.now) is not None


def test_of_many_at_once_the_same_is_news_as_of_each(desk: Desk) -> None:
    desk.put(
        acme(Stage.OFFER),
        acme(Stage.ACCEPTED, id="a2", employer="Hooli"),
        acme(Stage.INTERVIEWING, id="a3", employer="Initech", interviews=(met("i3", "2026-10-20T10:00"),)),
        acme(Stage.OFFER, id="a4", employer="Umbrella"),
        acme(Stage.APPLIED, id="a5", employer="Globex"),
    )
    for each in ("a1", "a2", "a4"):
        desk.tracker.set_stage(each, Stage.REJECTED)
    for each, stage in (("a1", Stage.OFFER), ("a2", Stage.ACCEPTED), ("a4", Stage.OFFER)):
        desk.tracker.set_stage(each, stage)
    desk.tracker.trash_application("a4")
    news = desk.overview.great_moments.news
    ids = [f"a{number}" for number in range(1, 6)]
    alone = [key for each in ids for key in news([each], desk.now)]
    assert len(alone) == 3
    assert sorted(news(ids, desk.now)) == sorted(alone)


def test_what_happened_long_ago_is_no_news(desk: Desk) -> None:
    desk.put(acme(Stage.ACCEPTED, stage_at=desk.now - timedelta(days=8)))
    assert told(desk, "a1") == []


@pytest.mark.parametrize("key", ["", "x", "offer/a1", "offer/nobody/-", "accepted/a%2F1/-", "a/b/c/d"])
def test_a_key_of_nothing_tells_nothing(desk: Desk, key: str) -> None:
    desk.put(acme())
    assert desk.overview.great_moments.moment(key, desk.now) is None


# Condolences


def shown_rules(desk: Desk) -> set[Rule]:
    page = desk.overview.today(desk.now)
    rows = [row for rows in in_sections(page).values() for row in rows]
    listed = {row.rule for row in rows}
    assert not any(isinstance(row, FollowUpGroup) for row in rows)
    return listed | {row.rule for row in desk.overview.detail("no", desk.now).follow_ups}


def _refused(applied_on: date | None) -> tuple[object, ...]:
    refusal = Event(id="r", kind=EventKind.STAGE, at=madrid("2026-10-14T09:00"), to_stage=Stage.REJECTED)
    return (acme(Stage.REJECTED, id="no", employer="Initech", applied_on=applied_on, events=(refusal,)),)


@pytest.mark.parametrize("applied_on", [date(2026, 9, 1), date(2026, 10, 14), None])
def test_condolences_retire_after_an_acceptance(desk: Desk, applied_on: date | None) -> None:
    desk.put(acme(Stage.OFFER), *_refused(applied_on))  # type: ignore[arg-type]
    assert Rule.ENCOURAGEMENT in shown_rules(desk)
    assert all(kind_words(desk).values())
    before = desk.overview.today_counts(desk.now).open_count
    desk.tracker.set_stage("a1", Stage.ACCEPTED)
    assert Rule.ENCOURAGEMENT not in shown_rules(desk)
    assert kind_words(desk) == dict.fromkeys(kind_words(desk), 0)
    assert desk.overview.today_counts(desk.now).open_count < before
    assert Rule.ENCOURAGEMENT in desk.rules(), "the plan is that of the rules"
    desk.tracker.undo()
    assert Rule.ENCOURAGEMENT in shown_rules(desk)
    assert all(kind_words(desk).values())


def kind_words(desk: Desk) -> dict[str, int]:
    """How many kind words there are wherever follow-ups are listed, written down or announced."""
    due = madrid("2026-10-15T19:00")
    facts, plan = desk.store.facts_and_plan()
    follow_up = desk.follow_up(Rule.ENCOURAGEMENT, "no")
    key, title = follow_up.key, desk.wording.title(Subjects(desk.store).one(follow_up, desk.now))
    summary = desk.store.application_summaries(["no"], desk.now)["no"]
    days = CalendarPages(desk.store, desk.wording).days(date(2026, 10, 14), date(2026, 10, 20), desk.now)
    file = CalendarWriter(desk.wording).write(facts, plan, desk.now).data
    table = write_applications(facts, plan, desk.now, desk.wording)
    return {
        "the list": int(summary.next_key == key),
        "the calendar": sum(each.rule is Rule.ENCOURAGEMENT for each in days.follow_ups),
        "the file": file.count(f"SUMMARY:{title}".encode()),
        "the table": table.count(title),
        "what is announced": sum(each[0].key == key for each in desk.store.moments_due(due)),
        "what stays on the screen": int(desk.store.is_any_due([key], due)),
        "all that is listed": sum(
            each.key == key
            for alike in desk.store.today_entries(due, due, desk.now).values()
            for each in alike
        ),
    }


def test_a_refusal_in_the_next_search_is_consoled_again(desk: Desk) -> None:
    accepted = acme(Stage.ACCEPTED, stage_at=madrid("2026-03-01T10:00"), applied_on=date(2026, 1, 10))
    desk.put(accepted, *_refused(date(2026, 9, 1)))  # type: ignore[arg-type]
    assert Rule.ENCOURAGEMENT in shown_rules(desk)
