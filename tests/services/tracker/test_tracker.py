"""The verbs: what each writes, what else happens with it, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from followup_desktop.domain.answers import EmployerReply
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import (
    Application,
    CallOutcome,
    Contact,
    Event,
    EventKind,
    Facts,
    Interview,
    Policy,
    Reminder,
    Rule,
    Stage,
)
from followup_desktop.domain.worktime import local
from followup_desktop.services.tracker import Result
from followup_desktop.services.tracker.debrief import DayDebrief
from followup_desktop.services.tracker.sample import sample_facts
from followup_desktop.services.tracker.timeline import EmployerNews
from followup_desktop.services.transfer.interchange import read, write
from tests.services.conftest import Desk, acme, madrid

ANA = Contact(id="c1", name="Ana Ruiz")
HELD = Interview(
    id="i1", starts_at=datetime.fromisoformat("2026-10-14T08:00"), minutes=60, interviewers=("c1",)
)
TOLD = Event(
    id="e1", kind=EventKind.REPLY, at=madrid("2026-10-01T09:00"), reply_by=date(2026, 10, 8), contact="c1"
)


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.fixture
def table(desk: Desk) -> Desk:
    """A desk with one application that has an interview, an entry and a person."""
    desk.put(acme(interviews=(HELD,), events=(TOLD,), contacts=("c1",)), contacts=(ANA,))
    with desk.store.transaction("x") as t:
        t.put_reminder(Reminder(id="m1", title="Renew", at=wall("2026-10-20T09:00")))
    return desk


VERBS: dict[str, tuple[str, Callable[[Desk], Result]]] = {
    "add": ("Add Initech", lambda d: d.tracker.add_application(employer=" Initech ", role="Lead")),
    "edit": ("Edit Acme", lambda d: d.tracker.edit_application("a1", notes="good", fit=4)),
    "stage": ("Move Acme to Rejected", lambda d: d.tracker.set_stage("a1", Stage.REJECTED)),
    "archive": ("Archive Acme", lambda d: d.tracker.archive_application("a1")),
    "delete": ("Delete Acme", lambda d: d.tracker.trash_application("a1")),
    "interview": (
        "Add interview",
        lambda d: d.tracker.add_interview("a1", starts_at=wall("2026-10-20T10:00"), minutes=30),
    ),
    "edit interview": ("Edit interview", lambda d: d.tracker.edit_interview("i1", topics="streaming")),
    "cancel": ("Cancel interview", lambda d: d.tracker.they_cancelled("i1")),
    "delete interview": ("Delete interview", lambda d: d.tracker.delete_interview("i1")),
    "debrief": ("Debrief", lambda d: d.tracker.debrief("a1", "i1", DayDebrief(fit=5))),
    "contact": ("Add Tom", lambda d: d.tracker.add_contact(name="Tom", application_id="a1")),
    "edit contact": ("Edit Ana Ruiz", lambda d: d.tracker.edit_contact("c1", email="ana@acme.example")),
    "unlink": ("Remove Ana Ruiz", lambda d: d.tracker.unlink_contact("a1", "c1")),
    "delete contact": ("Delete Ana Ruiz", lambda d: d.tracker.trash_contact("c1")),
    "call": (
        "Log call",
        lambda d: d.tracker.log_event("a1", EventKind.CALL, outcome=CallOutcome.LEFT_MESSAGE, contact="c1"),
    ),
    "note": ("Add note", lambda d: d.tracker.log_event("a1", EventKind.NOTE, note="nice office")),
    "edit entry": ("Edit event", lambda d: d.tracker.edit_event("e1", reply_by=date(2026, 10, 9))),
    "delete entry": ("Delete event", lambda d: d.tracker.delete_event("e1")),
    "answered": (
        "Log their reply",
        lambda d: d.tracker.they_answered("a1", EmployerNews(said=EmployerReply.OFFER)),
    ),
    "reminder": ("Add reminder", lambda d: d.tracker.add_reminder(title="x", at=wall("2026-10-20T09:00"))),
    "edit reminder": ("Edit reminder", lambda d: d.tracker.edit_reminder("m1", title="y")),
    "delete reminder": ("Delete reminder", lambda d: d.tracker.delete_reminder("m1")),
    "settings": ("Change settings", lambda d: d.tracker.edit_policy(grace_working_days=5)),
    "pause": ("Pause the search", lambda d: d.tracker.set_search_paused(True)),
}


@pytest.mark.parametrize("name", VERBS)
def test_every_verb_is_one_named_step_that_can_be_undone(table: Desk, name: str) -> None:
    label, verb = VERBS[name]
    before = table.store.facts()
    done = verb(table)
    after = table.store.facts()
    assert after != before
    assert done.label == table.tracker.undo_label == label
    assert table.tracker.undo().notice == f"Undid “{label}”"
    assert table.store.facts() == before
    assert table.tracker.redo_label == label
    table.tracker.redo()
    assert table.store.facts() == after


REFUSALS: list[tuple[str, Callable[[Desk], Any]]] = [
    ("employer", lambda d: d.tracker.add_application(employer=" ", role="Lead")),
    ("employer", lambda d: d.tracker.edit_application("a1", employer="a\0b")),
    ("notes", lambda d: d.tracker.edit_application("a1", notes="\ud800")),
    ("timezone", lambda d: d.tracker.edit_application("a1", timezone="Europe/Atlantis")),
    ("country", lambda d: d.tracker.edit_application("a1", country="XX")),
    ("fit", lambda d: d.tracker.edit_application("a1", fit=6)),
    ("applied_on", lambda d: d.tracker.edit_application("a1", applied_on=date(2101, 1, 1))),
    ("applied_on", lambda d: d.tracker.edit_application("a1", applied_on=date(2010, 1, 8))),
    ("applied_on", lambda d: d.tracker.add_application(employer="B", role="L", applied_on=date(2009, 1, 8))),
    ("minutes", lambda d: d.tracker.add_interview("a1", starts_at=wall("2026-10-20T10:00"), minutes=0)),
    ("starts_at", lambda d: d.tracker.add_interview("a1", starts_at=wall("2101-01-01T10:00"), minutes=30)),
    ("interviewers", lambda d: d.tracker.edit_interview("i1", interviewers=("nobody",))),
    ("outcome", lambda d: d.tracker.log_event("a1", EventKind.CALL)),
    ("outcome", lambda d: d.tracker.log_event("a1", EventKind.NOTE, outcome=CallOutcome.SPOKE)),
    ("reply_by", lambda d: d.tracker.log_event("a1", EventKind.NOTE, reply_by=date(2026, 10, 9))),
    ("reply_by", lambda d: d.tracker.log_event("a1", EventKind.WAIT)),
    ("reply_by", lambda d: d.tracker.they_answered("a1", EmployerNews(said=EmployerReply.DATE))),
    (
        "reply_by",
        lambda d: d.tracker.they_answered(
            "a1", EmployerNews(said=EmployerReply.DATE, reply_by=date(2026, 10, 9))
        ),
    ),
    ("reply_by", lambda d: d.tracker.edit_event("e1", reply_by=date(2010, 10, 8))),
    ("reply_by", lambda d: d.tracker.edit_interview("i1", reply_by=date(2010, 10, 23))),
    ("reply_by", lambda d: d.tracker.debrief("a1", "i1", DayDebrief(reply_by=date(2010, 10, 23)))),
    ("contact", lambda d: d.tracker.log_event("a1", EventKind.MESSAGE, contact="nobody")),
    ("interview", lambda d: d.tracker.log_event("a1", EventKind.THANK_YOU, interview="i9")),
    ("kind", lambda d: d.tracker.log_event("a1", EventKind.STAGE)),
    ("kind", lambda d: d.tracker.edit_event("e1", kind=EventKind.STAGE)),
    ("at", lambda d: d.tracker.log_event("a1", EventKind.NOTE, at=madrid("2026-10-14T11:01"))),
    ("at", lambda d: d.tracker.set_stage("a1", Stage.OFFER, at=madrid("2026-10-15T11:00"))),
    ("title", lambda d: d.tracker.add_reminder(title="", at=wall("2026-10-20T09:00"))),
    ("name", lambda d: d.tracker.add_contact(name="  ")),
    ("quiet_until", lambda d: d.tracker.edit_policy(quiet_from=time(8), quiet_until=time(21))),
    ("grace_working_days", lambda d: d.tracker.edit_policy(grace_working_days=21)),
]


@pytest.mark.parametrize(("named", "verb"), REFUSALS, ids=[f"{n}-{i}" for i, (n, _) in enumerate(REFUSALS)])
def test_what_can_not_be_kept_is_refused_by_its_field(
    table: Desk, named: str, verb: Callable[[Desk], Any]
) -> None:
    before, label = table.store.facts(), table.tracker.undo_label
    with pytest.raises(Refused) as refusal:
        verb(table)
    assert refusal.value.field == named
    assert "\n" not in str(refusal.value)
    assert table.store.facts() == before
    assert table.tracker.undo_label == label


def test_what_is_gone_is_refused(table: Desk) -> None:
    for verb in (
        table.tracker.trash_application,
        table.tracker.delete_interview,
        table.tracker.delete_event,
    ):
        with pytest.raises(Refused):
            verb("gone")


def test_a_new_application_keeps_the_zone_it_was_made_in(desk: Desk) -> None:
    desk.put()
    done = desk.tracker.add_application(employer="Acme", role="Lead", stage=Stage.APPLIED, tags=["a", "a"])
    made = desk.application(done.id or "")
    assert (made.timezone, made.country) == ("Europe/Madrid", "ES-MD")
    assert (made.applied_on, made.stage_at, made.tags) == (date(2026, 10, 14), desk.now, ("a",))
    assert desk.follow_up(Rule.CHECK_IN, done.id).due_at == madrid("2026-10-28T10:00")


@pytest.mark.parametrize(
    ("stage", "starts_at", "after"),
    [
        (Stage.SAVED, "2026-10-20T10:00", Stage.INTERVIEWING),
        (Stage.APPLIED, "2026-10-20T10:00", Stage.INTERVIEWING),
        (Stage.REJECTED, "2026-10-20T10:00", Stage.INTERVIEWING),
        (Stage.WITHDRAWN, "2026-10-20T10:00", Stage.INTERVIEWING),
        (Stage.NO_RESPONSE, "2026-10-14T10:30", Stage.INTERVIEWING),
        (Stage.OFFER, "2026-10-20T10:00", Stage.OFFER),
        (Stage.ACCEPTED, "2026-10-20T10:00", Stage.ACCEPTED),
        (Stage.INTERVIEWING, "2026-10-20T10:00", Stage.INTERVIEWING),
        (Stage.SAVED, "2026-10-14T10:00", Stage.INTERVIEWING),
        (Stage.APPLIED, "2026-10-01T10:00", Stage.INTERVIEWING),
        (Stage.REJECTED, "2026-10-01T10:00", Stage.REJECTED),
        (Stage.NO_RESPONSE, "2026-10-14T10:00", Stage.NO_RESPONSE),
    ],
)
def test_an_added_interview_moves_the_stage_and_says_so(
    desk: Desk, stage: Stage, starts_at: str, after: Stage
) -> None:
    desk.put(acme(stage))
    before = desk.store.facts()
    done = desk.tracker.add_interview("a1", starts_at=wall(starts_at), minutes=60)
    application = desk.application()
    assert application.stage is after
    moved = [(e.from_stage, e.to_stage, e.at) for e in application.events]
    assert moved == ([(stage, after, desk.now)] if after is not stage else [])
    assert done.notice == ("Moved to Interviewing" if after is not stage else None)
    desk.tracker.undo()
    assert desk.store.facts() == before


def test_moving_what_was_saved_to_applied_dates_it(desk: Desk) -> None:
    desk.put(acme(Stage.SAVED, applied_on=None))
    desk.tracker.edit_application("a1", stage=Stage.APPLIED)
    assert desk.application().applied_on == date(2026, 10, 14)
    assert desk.application().events[0].to_stage is Stage.APPLIED


def test_a_deleted_interview_leaves_its_entries(table: Desk) -> None:
    table.tracker.log_event("a1", EventKind.THANK_YOU, contact="c1", interview="i1")
    table.tracker.delete_interview("i1")
    assert not table.application().interviews
    assert table.application().events[-1].interview is None


def test_a_snooze_ends_where_the_rules_allow(table: Desk) -> None:
    thanks = table.follow_up(Rule.THANK_YOU).key
    done = table.tracker.snooze(thanks, madrid("2026-10-16T10:00"))
    chosen = table.store.choice(thanks)
    assert chosen is not None
    assert chosen.snoozed_until == madrid("2026-10-15T08:00")
    assert done.notice == "Snoozed until tomorrow, Thu 08:00"
    table.tracker.undo()
    assert table.store.choice(thanks) is None
    with pytest.raises(Refused) as refusal:
        table.tracker.snooze(thanks, table.now)
    assert refusal.value.field == "snooze"
    debrief = table.follow_up(Rule.DEBRIEF).key
    with pytest.raises(Refused, match="ends"):
        table.tracker.snooze(debrief, madrid("2026-10-21T09:00"))


def test_a_call_is_snoozed_to_a_call_slot(desk: Desk) -> None:
    desk.put(acme(events=(TOLD,)), contacts=(ANA,))
    desk.now = madrid("2026-10-16T15:30")
    key = desk.follow_up(Rule.STATUS_CALL).key
    options = {name: (label, until) for name, label, until in desk.tracker.snooze_options(key)}
    # It is in a call slot until four: the next one is not a minute later, but on the next day to call.
    assert options == {"slot": ("Tue at 10:00, the next call slot", madrid("2026-10-20T10:00"))}
    desk.tracker.snooze(key, madrid("2026-10-16T18:00"))
    choice = desk.store.choice(key)
    assert choice is not None
    assert choice.snoozed_until == madrid("2026-10-20T10:00")


def test_snooze_offers_only_times_that_are_ahead_and_differ(table: Desk) -> None:
    key = table.follow_up(Rule.DEBRIEF).key
    table.now = madrid("2026-10-14T19:00")
    assert [(name, until) for name, _, until in table.tracker.snooze_options(key)] == [
        ("hour", madrid("2026-10-14T20:00")),
        ("tomorrow", madrid("2026-10-15T09:00")),
    ]


def test_no_offer_to_snooze_ends_in_quiet_hours_and_what_is_chosen_there_says_when_it_comes(
    table: Desk,
) -> None:
    key = table.follow_up(Rule.DEBRIEF).key
    table.now = madrid("2026-10-14T21:59")
    assert [name for name, _, _ in table.tracker.snooze_options(key)] == ["tomorrow"]
    done = table.tracker.snooze(key, madrid("2026-10-14T22:59"))
    assert done.notice == "Snoozed until today 22:59. After quiet hours, you're reminded tomorrow, Thu 08:00"


def meeting(at: str, id_: str = "a1") -> Application:
    starts = datetime.fromisoformat(at)
    return acme(id=id_, interviews=(Interview(id=f"i-{id_}", starts_at=starts, minutes=60),))


@pytest.mark.parametrize(
    ("starts", "now", "offers"),
    [
        ("10:40", "10:04", [("start", "10:30")]),
        ("10:40", "10:31", []),
        ("11:30", "10:04", [("hour", "11:04"), ("start", "11:20")]),
        # In an hour another interview is under way.
        ("13:10", "11:34", [("start", "13:00")]),
        ("21:20", "20:00", [("hour", "21:00"), ("start", "21:10")]),
        ("22:30", "21:31", [("start", "22:20")]),
    ],
)
def test_an_interview_is_prepared_for_before_it_starts(
    desk: Desk, starts: str, now: str, offers: list[tuple[str, str]]
) -> None:
    """While one is under way nothing is announced: a snooze until then would be the last word."""
    desk.put(meeting(f"2026-10-14T{starts}"), meeting("2026-10-14T12:00", "a2"))
    desk.now = madrid(f"2026-10-14T{now}")
    key = desk.follow_up(Rule.PREPARE).key
    found = desk.tracker.snooze_options(key)
    assert [(name, f"{local(until, 'Europe/Madrid'):%H:%M}") for name, _, until in found] == offers
    labels = [label for name, label, _ in found if name == "start"]
    assert labels == [f"10 minutes before it starts, at {at}" for name, at in offers if name == "start"]


def test_snooze_in_a_notification_ends_before_the_interview(desk: Desk) -> None:
    desk.put(meeting("2026-10-14T10:40"))
    desk.now = madrid("2026-10-14T10:04")
    key = desk.follow_up(Rule.PREPARE).key
    assert desk.tracker.snooze_briefly(key).notice == "Snoozed until today 10:30"
    desk.tracker.undo()
    desk.now = madrid("2026-10-14T09:04")
    assert desk.tracker.snooze_briefly(key).notice == "Snoozed until today 10:04"
    desk.tracker.undo()
    desk.now = madrid("2026-10-13T21:30")
    done = desk.tracker.snooze_briefly(key)
    assert done.notice == "Snoozed until today 22:30. After quiet hours, you're reminded tomorrow, Wed 08:00"
    desk.tracker.undo()
    desk.now = madrid("2026-10-14T10:35")
    with pytest.raises(Refused, match="about to start"):
        desk.tracker.snooze_briefly(key)


def test_a_snooze_into_an_interview_says_what_comes_of_it(desk: Desk) -> None:
    desk.put(
        meeting("2026-10-14T10:40"),
        acme(id="a2", interviews=(Interview(id="i2", starts_at=wall("2026-10-13T09:00"), minutes=60),)),
    )
    desk.now = madrid("2026-10-14T10:04")
    done = desk.tracker.snooze(desk.follow_up(Rule.PREPARE).key, madrid("2026-10-14T11:00"))
    assert done.notice == "Snoozed until today 11:00. That's too late for another reminder"
    done = desk.tracker.snooze(desk.follow_up(Rule.DEBRIEF, "a2").key, madrid("2026-10-14T11:00"))
    assert done.notice == "Snoozed until today 11:00. After the interview, you're reminded today 11:40"


@pytest.mark.parametrize("rule", [Rule.STATUS_CALL, Rule.THANK_YOU, Rule.DEBRIEF])
@pytest.mark.parametrize("hour", range(24))
def test_no_offer_to_snooze_contradicts_itself(desk: Desk, rule: Rule, hour: int) -> None:
    """Each says the day and the time at which it really ends; a call names the slot."""
    talked = Interview(
        id="i1", starts_at=datetime.fromisoformat("2026-10-14T10:00"), minutes=60, interviewers=("c1",)
    )
    events = (TOLD,) if rule is Rule.STATUS_CALL else ()
    desk.put(acme(events=events, interviews=() if events else (talked,)), contacts=(ANA,))
    desk.now = madrid("2026-10-14T12:00") + timedelta(hours=hour)
    offers = desk.tracker.snooze_options(desk.follow_up(rule).key)
    assert offers
    assert [until for _, _, until in offers] == sorted({until for _, _, until in offers})
    today = local(desk.now, "Europe/Madrid").date()
    for _, label, until in offers:
        ends = local(until, "Europe/Madrid")
        assert f"{ends:%H:%M}" in label
        days = {"today": 0, "this evening": 0, "tomorrow": 1}
        said = [distance for word, distance in days.items() if word in label.casefold()]
        assert len(said) <= 1
        assert all((ends.date() - today).days == distance for distance in said)
        assert said or "In 1 hour" in label or f"{ends:%a}" in label
        assert "This evening" not in label or ends.hour == 18
        if rule is Rule.STATUS_CALL:
            assert desk.tracker.snooze(desk.follow_up(rule).key, until).notice is not None
            assert desk.store.choice(desk.follow_up(rule).key).snoozed_until == until  # type: ignore[union-attr]
            desk.tracker.undo()


def test_only_what_is_open_can_be_put_off(table: Desk) -> None:
    for verb in (
        table.tracker.skip,
        lambda key: table.tracker.snooze(key, madrid("2026-10-30T10:00")),
        table.tracker.snooze_options,
    ):
        with pytest.raises(Refused, match="due yet"):
            verb(table.follow_up(Rule.MOVE_ON).key)
    key = table.follow_up(Rule.DEBRIEF).key
    table.tracker.skip(key)
    with pytest.raises(Refused, match="already skipped"):
        table.tracker.skip(key)


TUESDAY_CALL = Event(
    id="e2", kind=EventKind.CALL, outcome=CallOutcome.NO_ANSWER, at=madrid("2026-10-13T10:20"), contact="c1"
)
SECOND = Event(id="e3", kind=EventKind.EMAIL, at=madrid("2026-10-20T10:20"))


@pytest.mark.parametrize(
    ("events", "kind", "at", "tips"),
    [
        ((TOLD,), EventKind.CALL, "2026-10-14T11:00", []),
        ((TOLD,), EventKind.CALL, "2026-10-19T11:00", ["tip 4"]),
        ((TOLD,), EventKind.CALL, "2026-10-17T11:00", ["tip 4"]),
        ((TOLD,), EventKind.CALL, "2026-11-02T11:00", ["tip 4"]),
        ((TOLD,), EventKind.EMAIL, "2026-10-19T11:00", []),
        ((TOLD, TUESDAY_CALL), EventKind.EMAIL, "2026-10-14T11:00", ["tip 5"]),
        ((TOLD, TUESDAY_CALL), EventKind.EMAIL, "2026-10-16T11:00", []),
        ((TOLD, TUESDAY_CALL, SECOND), EventKind.CALL, "2026-10-28T11:00", ["tip 5"]),
        ((TOLD, TUESDAY_CALL, SECOND), EventKind.CALL, "2026-10-26T11:00", ["tip 4", "tip 5"]),
        ((TOLD, TUESDAY_CALL, SECOND), EventKind.FEEDBACK_REQUEST, "2026-10-28T11:00", []),
        ((TOLD, TUESDAY_CALL, SECOND), EventKind.THANK_YOU, "2026-10-20T11:00", []),
    ],
)
def test_a_contact_that_breaks_a_rule_gets_a_warning_that_names_the_tip(
    desk: Desk, events: tuple[Event, ...], kind: EventKind, at: str, tips: list[str]
) -> None:
    desk.put(acme(events=events), contacts=(ANA,))
    warnings = desk.tracker.warnings_for_contact("a1", kind, madrid(at))
    assert len(warnings) == len(tips)
    assert all(tip in warning for tip, warning in zip(tips, warnings, strict=True))


def test_the_gap_is_kept_over_all_applications_to_one_employer(desk: Desk) -> None:
    desk.put(acme(events=(TOLD, TUESDAY_CALL)), acme(id="a2", employer=" ACME "), contacts=(ANA,))
    warnings = desk.tracker.warnings_for_contact("a2", EventKind.CALL, madrid("2026-10-15T11:00"))
    assert warnings == (
        ("They last heard from you on Tue 13 Oct. Wait until Fri 16 Oct so you don't pressure them (tip 5)."),
    )
    desk.tracker.edit_policy(contact_gap_working_days=0)
    assert desk.tracker.warnings_for_contact("a2", EventKind.CALL, madrid("2026-10-15T11:00")) == ()


def test_an_import_is_one_step(desk: Desk) -> None:
    desk.put(policy=Policy())
    before = desk.store.facts()
    text = write(sample_facts(desk.now, "Europe/Madrid"))
    report = desk.tracker.import_document(read(text.encode()))
    assert len(report.added) > 50
    assert write(desk.store.facts()) == text
    assert desk.tracker.undo().label == "Import"
    assert desk.store.facts() == before


def test_there_is_nothing_to_undo_at_first(desk: Desk) -> None:
    assert desk.tracker.undo_label is None
    with pytest.raises(Refused):
        desk.tracker.undo()
    assert desk.store.facts() == Facts()
