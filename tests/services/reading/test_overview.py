"""Today in its sections at various times, the table of applications, and one application."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from followup_desktop.domain.answers import Answer
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import (
    CallOutcome,
    Contact,
    Event,
    EventKind,
    Interview,
    Rule,
    Stage,
)
from followup_desktop.domain.worktime import local
from followup_desktop.services.rows import (
    ApplicationQuery,
    FollowUpGroup,
    FollowUpRow,
    StageFilter,
    StatedReply,
    TodayPage,
    TodaySection,
)
from followup_desktop.services.tracker.sample import sample_facts
from tests.services.conftest import Desk, acme, in_sections, madrid
from tests.storage.listed import listed_follow_ups

ANA = Contact(id="c1", name="Ana Ruiz", email="ana@acme.example")
TOLD = Event(
    id="e1", kind=EventKind.REPLY, at=madrid("2026-10-01T09:00"), reply_by=date(2026, 10, 8), contact="c1"
)
"""They said Thu 8 Oct: the call is due on Tue 13 Oct 2026, 10:00 in Madrid."""
INTERVIEW = Interview(
    id="i1",
    starts_at=datetime.fromisoformat("2026-10-14T10:00"),
    minutes=60,
    interviewers=("c1",),
    reply_by=date(2026, 10, 23),
)
wall = datetime.fromisoformat
DEBRIEFED = replace(INTERVIEW, starts_at=wall("2026-10-19T11:30"), debriefed_at=madrid("2026-10-19T13:00"))


def section_of(page: TodayPage, rule: Rule) -> TodaySection | None:
    for section, rows in in_sections(page).items():
        for row in rows:
            if row.rule is rule:
                return section
    return None


@pytest.mark.parametrize(
    ("now", "section"),
    [
        ("2026-10-05T12:00", TodaySection.LATER),
        ("2026-10-06T12:00", TodaySection.NEXT_7_DAYS),
        ("2026-10-12T23:59", TodaySection.NEXT_7_DAYS),
        ("2026-10-13T00:00", TodaySection.TODAY),
        ("2026-10-13T09:59", TodaySection.TODAY),
        ("2026-10-13T10:00", TodaySection.NOW),
        ("2026-10-13T12:00", TodaySection.TODAY),
        ("2026-10-13T14:00", TodaySection.NOW),
        ("2026-10-13T16:00", TodaySection.NEXT_7_DAYS),
        ("2026-10-17T11:00", TodaySection.NEXT_7_DAYS),
        ("2026-10-19T11:00", TodaySection.NEXT_7_DAYS),
        ("2026-10-20T11:00", TodaySection.NOW),
        ("2026-11-12T18:00", None),
    ],
)
def test_a_call_stands_where_it_can_be_made(desk: Desk, now: str, section: TodaySection | None) -> None:
    desk.put(acme(events=(TOLD,)), contacts=(ANA,))
    page = desk.overview.today(madrid(now))
    assert section_of(page, Rule.STATUS_CALL) is section


@pytest.mark.parametrize(
    ("now", "section"),
    [
        ("2026-10-14T12:00", TodaySection.TODAY),
        ("2026-10-14T13:00", TodaySection.NOW),
        ("2026-10-15T11:00", TodaySection.NOW),
        ("2026-10-15T11:01", TodaySection.LATE),
        ("2026-10-17T10:59", TodaySection.LATE),
        ("2026-10-17T11:00", TodaySection.MISSED),
        ("2026-10-24T10:59", TodaySection.MISSED),
        ("2026-10-24T11:00", None),
    ],
)
def test_a_thank_you_is_late_after_its_deadline_and_missed_for_a_week_when_it_expires(
    desk: Desk, now: str, section: TodaySection | None
) -> None:
    desk.put(acme(interviews=(INTERVIEW,)), contacts=(ANA,))
    assert section_of(desk.overview.today(madrid(now)), Rule.THANK_YOU) is section


def to_do(page: TodayPage) -> list[Rule]:
    """The rules of what can be done now, from the top."""
    rows = [row for s in (TodaySection.LATE, TodaySection.NOW) for row in dict(page.sections).get(s, ())]
    return [row.rule for row in (page.first, *rows) if row is not None]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-10-20T11:00", [Rule.STATUS_CALL, Rule.THANK_YOU, Rule.CHECK_IN, Rule.MANUAL]),
        ("2026-10-20T12:10", [Rule.THANK_YOU, Rule.CHECK_IN, Rule.MANUAL]),
    ],
)
def test_what_ends_first_is_to_be_done_first(desk: Desk, now: str, expected: list[Rule]) -> None:
    """The call slot at 12:00, the thanks by 12:30, the enquiry in November, and some things never."""
    desk.put(
        acme(events=(TOLD,)),
        acme(id="a2", employer="Globex", interviews=(DEBRIEFED,)),
        acme(Stage.APPLIED, id="a3", employer="Hooli"),
        contacts=(ANA,),
    )
    desk.tracker.set_search_paused(True)
    desk.now = madrid("2026-10-19T09:00")
    desk.tracker.add_reminder(title="Iron a shirt", at=wall("2026-10-20T09:00"))
    assert to_do(desk.overview.today(madrid(now))) == expected


def test_who_was_met_together_is_thanked_in_the_order_entered(desk: Desk) -> None:
    """In Today, in the detail and in the table, whatever the ids are."""
    met = replace(DEBRIEFED, interviewers=("c2", "c3", "c1"))
    people = (ANA, replace(ANA, id="c2", name="Tom Berg"), replace(ANA, id="c3", name="Li Wei"))
    desk.put(acme(interviews=(met,), contacts=("c1", "c2", "c3")), contacts=people)
    now = madrid("2026-10-19T15:00")
    page, detail = desk.overview.today(now), desk.overview.detail("a1", now)
    of_today = in_sections(page)[TodaySection.NOW]
    weeks_ahead = in_sections(desk.overview.today(madrid("2026-10-01T15:00")))[TodaySection.LATER]
    for rows in (of_today, weeks_ahead, detail.follow_ups):
        thanks = [row.title for row in rows if row.rule is Rule.THANK_YOU]
        assert thanks == ["Thank Tom Berg", "Thank Li Wei", "Thank Ana Ruiz"]
    assert desk.overview.application_rows(["a1"], now)[0].next_text.startswith("Thank Tom Berg")


@pytest.mark.parametrize(
    ("now", "first"),
    [
        ("2026-10-20T11:00", Rule.STATUS_CALL),
        ("2026-10-20T12:30", Rule.MANUAL),
        ("2026-10-20T14:30", Rule.STATUS_CALL),
        ("2026-10-20T16:00", Rule.MANUAL),
    ],
)
def test_table_and_detail_put_a_call_first_only_in_the_hours_for_calls(
    desk: Desk, now: str, first: Rule
) -> None:
    desk.put(acme(events=(TOLD,)), contacts=(ANA,))
    desk.tracker.set_search_paused(True)
    desk.now = madrid("2026-10-19T09:00")
    at = wall("2026-10-20T09:00")
    desk.tracker.add_reminder(title="Read their report", at=at, timezone="Europe/Madrid", application="a1")
    detail = desk.overview.detail("a1", madrid(now))
    summary = desk.store.application_summaries(("a1",), madrid(now))["a1"]
    assert detail.follow_ups[0].rule is first
    assert summary.next_key == detail.follow_ups[0].key


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-10-20T14:00", [Rule.THANK_YOU, Rule.PREPARE]),
        ("2026-10-20T14:59", [Rule.THANK_YOU, Rule.PREPARE]),
        ("2026-10-20T15:00", [Rule.PREPARE, Rule.THANK_YOU]),
        ("2026-10-20T17:30", [Rule.PREPARE, Rule.THANK_YOU]),
    ],
)
def test_an_interview_that_begins_soon_goes_before_what_is_late(
    desk: Desk, now: str, expected: list[Rule]
) -> None:
    coming = Interview(id="i2", starts_at=wall("2026-10-20T17:00"), minutes=60)
    desk.put(
        acme(interviews=(DEBRIEFED,)),
        acme(id="a2", employer="Globex", interviews=(coming,)),
        contacts=(ANA,),
    )
    desk.tracker.set_search_paused(True)
    assert to_do(desk.overview.today(madrid(now))) == expected


def test_a_missed_thank_you_can_be_written_anyway_or_let_go(desk: Desk) -> None:
    desk.put(acme(interviews=(INTERVIEW,)), contacts=(ANA,))
    desk.now = madrid("2026-10-18T09:00")
    key = desk.follow_up(Rule.THANK_YOU).key
    (row,) = dict(desk.overview.today(desk.now).sections)[TodaySection.MISSED]
    assert isinstance(row, FollowUpRow)
    labels = [desk.wording.row_answer_label(row, answer) for answer in row.answers]
    assert labels == ["Write it anyway…", "Let it go"]
    assert row.detail.endswith("time ran out Sat 17 Oct; better late than never")
    counted = desk.overview.today(desk.now).open_count
    desk.tracker.answer(key, Answer.SKIP)
    assert TodaySection.MISSED not in dict(desk.overview.today(desk.now).sections)
    assert desk.overview.today(desk.now).open_count == counted, "it was not counted as something to do"
    desk.tracker.undo()
    desk.tracker.answer(key, Answer.SENT)
    assert TodaySection.MISSED not in dict(desk.overview.today(desk.now).sections)


def test_many_that_were_missed_are_let_go_at_once(desk: Desk) -> None:
    people = tuple(replace(ANA, id=f"c{n}", name=f"Person {n}") for n in range(7))
    panel = replace(INTERVIEW, interviewers=tuple(each.id for each in people))
    desk.put(acme(interviews=(panel,)), contacts=people)
    desk.now = madrid("2026-10-18T09:00")
    (group,) = dict(desk.overview.today(desk.now).sections)[TodaySection.MISSED]
    assert isinstance(group, FollowUpGroup)
    assert (len(group.keys), group.all_open, group.answers) == (7, True, ())
    desk.tracker.skip_all(group.keys)
    assert TodaySection.MISSED not in dict(desk.overview.today(desk.now).sections)


def test_what_is_open_but_not_due_can_be_answered_where_it_stands(desk: Desk) -> None:
    desk.put(acme(interviews=(INTERVIEW,)), contacts=(ANA,))
    page = desk.overview.today(madrid("2026-10-14T12:00"))
    rows = {r.rule: r for rows in in_sections(page).values() for r in rows if isinstance(r, FollowUpRow)}
    assert rows[Rule.THANK_YOU].is_open
    assert rows[Rule.THANK_YOU].answers[0] is Answer.WRITE_EMAIL
    assert not rows[Rule.STATUS_CALL].is_open
    assert rows[Rule.STATUS_CALL].answers == ()


def test_what_is_snoozed_rests_in_its_own_section_until_then(desk: Desk) -> None:
    desk.put(acme(interviews=(INTERVIEW,)), contacts=(ANA,))
    desk.now = madrid("2026-10-14T14:00")
    key = desk.follow_up(Rule.THANK_YOU).key
    desk.tracker.snooze(key, madrid("2026-10-14T16:00"))
    assert section_of(desk.overview.today(desk.now), Rule.THANK_YOU) is TodaySection.SNOOZED
    assert section_of(desk.overview.today(madrid("2026-10-14T16:00")), Rule.THANK_YOU) is TodaySection.NOW


def test_the_page_counts_what_is_for_today_and_says_when_the_next_comes(desk: Desk) -> None:
    desk.put(acme(interviews=(INTERVIEW,)), contacts=(ANA,))
    page = desk.overview.today(madrid("2026-10-14T12:00"))
    assert page.summary == "Wednesday 14 October · 3 follow-ups, 1 interview"
    assert page.open_count == 3
    assert page.next_reminder == "today 13:00"


def test_an_empty_search_has_an_empty_page(desk: Desk) -> None:
    desk.put()
    page = desk.overview.today(desk.now)
    assert (page.first, page.sections, page.open_count) == (None, (), 0)
    assert page.summary == desk.wording.when.long_date(local(desk.now, "Europe/Madrid").date())
    assert (page.next_reminder, page.hidden_later) == (None, 0)


def test_many_of_one_kind_become_one_row(desk: Desk) -> None:
    desk.put(*(acme(Stage.APPLIED, id=f"a{n:03}", employer=f"Firm {n}") for n in range(200)))
    page = desk.overview.today(madrid("2026-10-14T11:00"))
    now = dict(page.sections)[TodaySection.NOW]
    groups = [row for row in now if isinstance(row, FollowUpGroup)]
    assert page.first is not None
    assert page.first.rule is Rule.CHECK_IN
    assert [(g.rule, len(g.keys)) for g in groups] == [(Rule.CHECK_IN, 199)]
    assert groups[0].title == "Check in: 199 follow-ups"
    assert groups[0].detail == "Firm 1, Firm 2 and 197 others"
    assert len(now) == 2


def test_five_of_one_kind_stay_rows_of_their_own(desk: Desk) -> None:
    desk.put(*(acme(Stage.APPLIED, id=f"a{n}", employer=f"Firm {n}") for n in range(5)))
    now = in_sections(desk.overview.today(madrid("2026-10-14T11:00")))[TodaySection.NOW]
    assert sum(isinstance(row, FollowUpRow) and row.rule is Rule.CHECK_IN for row in now) == 5


def test_later_is_cut_and_says_how_much_is_left_out(desk: Desk) -> None:
    applied = date(2026, 10, 13)
    desk.put(
        *(acme(Stage.APPLIED, id=f"a{n:02}", employer=f"Firm {n}", applied_on=applied) for n in range(30))
    )
    page = desk.overview.today(madrid("2026-10-14T11:00"), later_limit=7)
    later = dict(page.sections)[TodaySection.LATER]
    shown = sum(len(row.keys) if isinstance(row, FollowUpGroup) else 1 for row in later)
    assert shown == 7
    assert page.hidden_later == 60 - 7
    everything = desk.overview.today(madrid("2026-10-14T11:00"), later_limit=1000)
    assert everything.hidden_later == 0


def test_nothing_of_the_sample_is_lost_between_the_sections(desk: Desk) -> None:
    now = madrid("2026-10-19T10:30")
    with desk.store.transaction("x") as t:
        t.put_facts(sample_facts(now, "Europe/Madrid"))
    page = desk.overview.today(now, later_limit=1000)
    keys = [
        key
        for section, rows in in_sections(page).items()
        if section is not TodaySection.MISSED
        for row in rows
        for key in (row.keys if isinstance(row, FollowUpGroup) else (row.key,))
    ]
    listed = [f.key for f, _ in listed_follow_ups(desk.store, madrid("2030-01-01T00:00"), now)]
    assert sorted(keys) == sorted(listed)
    assert [section for section, _ in page.sections] == [s for s in TodaySection if s in dict(page.sections)]
    for row in in_sections(page)[TodaySection.NOW]:
        assert "Call" not in row.title, "no list offers a call on a Monday"


def test_why_is_told_and_refused_when_it_is_settled(desk: Desk) -> None:
    desk.put(acme(events=(TOLD,)), contacts=(ANA,))
    key = desk.follow_up(Rule.STATUS_CALL).key
    assert desk.overview.explain(key, desk.now).heading.startswith("Tip 3.")
    desk.tracker.answer(key, Answer.NO_ANSWER)
    with pytest.raises(Refused):
        desk.overview.explain(key, desk.now)


def test_the_table_counts_filters_and_orders(desk: Desk) -> None:
    desk.put(
        acme(events=(TOLD,)),
        acme(Stage.SAVED, id="a2", employer="Beta", stage_at=madrid("2026-10-10T10:00")),
        acme(Stage.REJECTED, id="a3", employer="Gamma"),
        acme(Stage.OFFER, id="a4", employer="Delta", archived=True),
        contacts=(ANA,),
    )
    now = madrid("2026-10-14T10:30")
    counts = desk.overview.stage_counts(now)
    assert (counts[StageFilter.ACTIVE], counts[StageFilter.CLOSED], counts[StageFilter.ARCHIVED]) == (1, 1, 1)
    assert counts[StageFilter.ALL] == 4
    for each in StageFilter:
        found = desk.overview.application_ids(ApplicationQuery(stage_filter=each), now)
        assert len(found) == counts[each]
    query = ApplicationQuery(stage_filter=StageFilter.ALL, order_by="employer", descending=True)
    assert desk.overview.application_ids(query, now) == ["a3", "a4", "a2", "a1"]
    rows = desk.overview.application_rows(["a1", "gone", "a2"], now)
    assert [row.id for row in rows] == ["a1", "a2"]
    assert rows[0].next_text == "Call · until 12:00"
    assert rows[0].quiet_days == 13
    assert (rows[1].next_text, rows[1].waiting_days, rows[1].quiet_days) == ("", 4, None)


def test_a_date_they_named_is_not_waited_for_once_they_have_met_again(desk: Desk) -> None:
    called = Event(id="e2", kind=EventKind.CALL, at=madrid("2026-10-05T09:00"), outcome=CallOutcome.SPOKE)
    again = Interview(id="i2", starts_at=datetime.fromisoformat("2026-10-06T10:00"), minutes=30)
    desk.put(acme(events=(TOLD, called), interviews=(again,), contacts=("c1",)), contacts=(ANA,))
    before, after = madrid("2026-10-06T09:00"), madrid("2026-10-06T11:00")
    assert desk.overview.detail("a1", before).stated_reply == StatedReply(date(2026, 10, 8), "e1")
    assert desk.overview.detail("a1", after).stated_reply is None


def test_the_stage_that_a_reply_led_to_is_newer_than_the_reply(desk: Desk) -> None:
    at = madrid("2026-10-05T09:00")
    reply = Event(id="z", kind=EventKind.REPLY, at=at)
    moved = Event(id="a", kind=EventKind.STAGE, at=at, to_stage=Stage.REJECTED)
    desk.put(acme(stage=Stage.REJECTED, events=(reply, moved)))
    timeline = desk.overview.detail("a1", madrid("2026-10-05T10:00")).timeline
    assert [entry.id for entry in timeline if entry.at == at] == ["a", "z"]


APPLIED = Event(id="e0", kind=EventKind.STAGE, at=madrid("2026-10-01T09:00"), to_stage=Stage.APPLIED)


@pytest.mark.parametrize("stage", [Stage.OFFER, Stage.REJECTED, Stage.WITHDRAWN, Stage.NO_RESPONSE])
def test_a_date_they_named_is_not_waited_for_once_they_have_decided(desk: Desk, stage: Stage) -> None:
    desk.put(acme(events=(TOLD,), contacts=("c1",)), contacts=(ANA,))
    now = madrid("2026-10-02T17:00")
    assert desk.overview.detail("a1", now).stated_reply == StatedReply(date(2026, 10, 8), "e1")
    desk.put(acme(stage=stage, events=(TOLD,), contacts=("c1",)), contacts=(ANA,))
    assert desk.overview.detail("a1", now).stated_reply is None


@pytest.mark.parametrize(
    ("applied_on", "events", "told"),
    [
        ("2026-10-02", (), [("Applied", "today")]),
        ("2026-10-01", (), [("Applied", "Thu 1 Oct")]),
        ("2026-10-03", (), []),
        (None, (), []),
        ("2026-10-01", (APPLIED,), [("Applied", "Thu 1 Oct 09:00")]),
    ],
)
def test_the_day_of_the_application_is_told_once(
    desk: Desk, applied_on: str | None, events: tuple[Event, ...], told: list[tuple[str, str]]
) -> None:
    day = date.fromisoformat(applied_on) if applied_on else None
    desk.put(acme(stage=Stage.APPLIED, applied_on=day, events=events))
    timeline = desk.overview.detail("a1", madrid("2026-10-02T17:00")).timeline
    assert [(entry.title, entry.when) for entry in timeline] == told


def test_the_detail_mixes_what_happened_newest_first(desk: Desk) -> None:
    called = Event(
        id="e2",
        kind=EventKind.CALL,
        outcome=CallOutcome.LEFT_MESSAGE,
        at=madrid("2026-10-14T10:20"),
        contact="c1",
    )
    ahead = Interview(id="i2", starts_at=datetime.fromisoformat("2026-10-20T10:00"), minutes=30)
    desk.put(
        acme(events=(TOLD, called), interviews=(INTERVIEW, ahead), location="Madrid", contacts=("c1",)),
        contacts=(ANA,),
    )
    detail = desk.overview.detail("a1", madrid("2026-10-14T17:00"))
    assert [entry.title for entry in detail.timeline] == [
        "Called Ana Ruiz, left a message",
        "Interview, other",
        "Ana Ruiz answered — by Thu 8 Oct",
        "Applied",
    ]
    assert [entry.when for entry in detail.timeline] == [
        "today 10:20",
        "today 10:00",
        "Thu 1 Oct 09:00",
        "Mon 14 Sept",
    ]
    assert detail.contacts_made == 1
    assert detail.stated_reply == StatedReply(date(2026, 10, 23), "i1")
    assert detail.subtitle == "Data Engineer · Madrid · applied 14 Sept"
    assert [i.text for i in detail.interviews] == [
        "Tue 20 Oct 10:00–10:30 · other",
        "Wed 14 Oct 10:00–11:00 · other · Ana Ruiz",
    ]
    assert detail.interviews[1].is_over
    assert detail.follow_ups[0].due_at <= detail.follow_ups[-1].due_at
    assert Rule.THANK_YOU in {row.rule for row in detail.follow_ups}


def test_a_detail_that_is_gone_is_refused(desk: Desk) -> None:
    desk.put()
    with pytest.raises(Refused):
        desk.overview.detail("a1", desk.now)
