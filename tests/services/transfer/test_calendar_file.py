"""The calendar file, read back by a reader that no one here wrote."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from icalendar import Calendar

from followup_desktop.domain.agenda import has_retired, is_gone, moments, state_at
from followup_desktop.domain.checks import clean_text
from followup_desktop.domain.model import (
    Choice,
    Contact,
    Facts,
    FollowUp,
    Interview,
    Policy,
    Reminder,
    Rule,
    Stage,
)
from followup_desktop.domain.rules import find_acceptance, plan_facts
from followup_desktop.domain.worktime import instant
from followup_desktop.services.tracker.sample import sample_facts
from followup_desktop.services.transfer.calendar_entries import plain
from followup_desktop.services.transfer.calendar_file import CalendarOptions, CalendarWriter, is_ours
from followup_desktop.services.wording import Wording
from tests.services.conftest import MADRID, acme, madrid
from tests.strategies import facts as any_facts
from tests.sweeps import examples

NOW = madrid("2026-10-14T12:00")
EVENTS = CalendarOptions(as_events=True)
PRIVATE = CalendarOptions(private=True, as_events=True)


def written(
    facts: Facts,
    now: datetime = NOW,
    options: CalendarOptions = CalendarOptions(),  # noqa: B008 - frozen
    previous: bytes = b"",
    plan: tuple[FollowUp, ...] | None = None,
) -> bytes:
    """The file of these facts."""
    plan = plan_facts(facts) if plan is None else plan
    return CalendarWriter(Wording()).write(facts, plan, now, options=options, previous=previous).data


def entries(data: bytes, name: str) -> list[Any]:
    """The events or tasks of a file."""
    return list(parsed(data).walk(name))


@lru_cache(maxsize=2)
def parsed(data: bytes) -> Calendar:
    """What the reader makes of a file."""
    calendar = Calendar.from_ical(data)
    assert isinstance(calendar, Calendar)
    return calendar


def search(*interviews: Interview, contacts: tuple[Contact, ...] = (), **fields: Any) -> Facts:
    """One application with these interviews."""
    application = acme(interviews=interviews, contacts=tuple(c.id for c in contacts), **fields)
    return Facts(policy=MADRID, contacts=contacts, applications=(application,))


def interview(wall: str = "2026-10-14T10:00", **fields: Any) -> Interview:
    values: dict[str, Any] = {"id": "i1", "starts_at": datetime.fromisoformat(wall), "minutes": 60}
    return Interview(**(values | fields))


ANA = Contact(id="c1", name="Ana Ruiz", title="Hiring manager", phone="+34 900 000 001")


def test_an_interview_is_an_event_at_its_own_wall_time() -> None:
    where = "Calle de Alcalá 45, 3rd floor; ring twice"
    facts = search(interview(interviewers=("c1",), location=where, notes="Bring it\nall"), contacts=(ANA,))
    data = written(facts)
    assert b"DTSTART;TZID=Europe/Madrid:20261014T100000\r\n" in data
    (event,) = entries(data, "VEVENT")
    assert event["SUMMARY"] == "Interview at Acme · Data Engineer"
    assert event["LOCATION"] == where
    assert event["DESCRIPTION"] == "Ana Ruiz · Hiring manager · +34 900 000 001\nBring it\nall"
    assert event.decoded("DURATION") == timedelta(hours=1)
    assert event["STATUS"] == "CONFIRMED"


def test_the_same_instant_in_another_zone_is_written_in_that_zone() -> None:
    """An entry is remembered as it was written, and Paris has the time of Madrid."""
    interview = Interview(id="i1", starts_at=datetime.fromisoformat("2026-10-21T10:00"), minutes=60)
    for name in ("Europe/Madrid", "Europe/Paris"):
        (event,) = entries(written(search(replace(interview, timezone=name))), "VEVENT")
        assert event["dtstart"].params["TZID"] == name


def test_a_cancelled_interview_stays_and_says_so() -> None:
    (event,) = entries(written(search(interview(cancelled=True))), "VEVENT")
    assert event["STATUS"] == "CANCELLED"


def test_a_follow_up_is_a_task_with_an_alarm_at_each_moment() -> None:
    facts = search(interview(interviewers=("c1",)), contacts=(ANA,))
    thanks = next(f for f in plan_facts(facts) if f.rule is Rule.THANK_YOU)
    todo = next(t for t in entries(written(facts), "VTODO") if t["SUMMARY"] == "Thank Ana Ruiz")
    assert todo.decoded("DUE") == thanks.due_at == madrid("2026-10-14T13:00")
    assert todo.decoded("DTSTART") == thanks.opens_at
    alarms = [alarm.decoded("TRIGGER") for alarm in todo.walk("VALARM")]
    assert alarms == [madrid("2026-10-14T13:00"), madrid("2026-10-14T20:30")]
    assert todo["STATUS"] == "NEEDS-ACTION"
    assert todo["PRIORITY"] == 1
    assert "Tip 2." in todo["DESCRIPTION"]
    assert "The interview ended Wed 14 Oct 11:00" in todo["DESCRIPTION"]


def test_every_line_of_a_description_begins_a_sentence_and_stands_for_itself() -> None:
    facts = sample_facts(NOW, "Europe/Madrid")
    reminder = Reminder(id="m9", title="call mum", at=datetime.fromisoformat("2026-10-15T18:00"))
    todos = entries(written(replace(facts, reminders=(*facts.reminders, reminder))), "VTODO")
    assert {todo["SUMMARY"] for todo in todos} >= {"call mum", "Keep searching: add an application"}
    for todo in todos:
        lines = str(todo["DESCRIPTION"]).splitlines()
        assert len(set(lines)) == len(lines)
        for line in lines:
            assert line[:1] == line[:1].upper(), line
            assert " — " not in line


def test_what_is_skipped_or_expired_or_archived_is_not_there() -> None:
    facts = search(interview(interviewers=("c1",)), contacts=(ANA,))
    thanks = next(f for f in plan_facts(facts) if f.rule is Rule.THANK_YOU)
    assert b"Thank Ana Ruiz" in written(facts)
    skipped = replace(facts, choices=(Choice(key=thanks.key, made_at=NOW, skipped=True),))
    assert b"Thank Ana Ruiz" not in written(skipped)
    assert thanks.expires_at is not None
    assert b"Thank Ana Ruiz" not in written(facts, thanks.expires_at)
    made = CalendarWriter(Wording()).write(facts, plan_facts(facts), NOW)
    assert made.until is not None
    assert NOW < made.until <= thanks.expires_at
    archived = replace(facts, applications=(replace(facts.applications[0], archived=True),))
    assert entries(written(archived), "VEVENT") == []


def test_a_snooze_moves_the_task_and_silences_what_was_before() -> None:
    facts = search(interview(interviewers=("c1",)), contacts=(ANA,))
    thanks = next(f for f in plan_facts(facts) if f.rule is Rule.THANK_YOU)
    until = madrid("2026-10-14T18:00")
    choice = Choice(key=thanks.key, made_at=NOW, snoozed_until=until)
    snoozed = written(replace(facts, choices=(choice,)))
    todo = next(t for t in entries(snoozed, "VTODO") if t["SUMMARY"] == "Thank Ana Ruiz")
    assert todo.decoded("DUE") == until
    alarms = [alarm.decoded("TRIGGER") for alarm in todo.walk("VALARM")]
    assert alarms == [until, madrid("2026-10-14T20:30")]


def test_no_alarm_rings_in_quiet_hours_but_the_user_s_own() -> None:
    facts = search(interview(interviewers=("c1",)), contacts=(ANA,))
    thanks = next(f for f in plan_facts(facts) if f.rule is Rule.THANK_YOU)
    night = madrid("2026-10-14T23:00")
    facts = replace(
        facts,
        choices=(Choice(key=thanks.key, made_at=NOW, snoozed_until=night),),
        reminders=(Reminder(id="m1", title="Night train", at=datetime.fromisoformat("2026-10-15T03:00")),),
    )
    alarms = {
        str(todo["SUMMARY"]): [alarm.decoded("TRIGGER") for alarm in todo.walk("VALARM")]
        for todo in entries(written(facts), "VTODO")
    }
    assert alarms["Thank Ana Ruiz"] == [madrid("2026-10-15T08:00")]
    assert alarms["Night train"] == [madrid("2026-10-15T03:00")]


def test_a_kind_word_is_there_but_makes_no_sound() -> None:
    facts = search(interview("2026-10-01T10:00"), stage=Stage.REJECTED, stage_at=NOW)
    data = written(facts, options=EVENTS)
    (todo,) = (t for t in entries(data, "VTODO") if "chose someone else" in t["SUMMARY"])
    assert todo.walk("VALARM") == []
    assert not [e for e in entries(data, "VEVENT") if "chose someone else" in e["SUMMARY"]]


def test_follow_ups_as_events_ring_when_they_begin_and_take_no_time() -> None:
    facts = search(interview(interviewers=("c1",)), contacts=(ANA,))
    data = written(facts, options=EVENTS)
    thanks = [e for e in entries(data, "VEVENT") if e["SUMMARY"] == "Thank Ana Ruiz"]
    assert [e.decoded("DTSTART") for e in thanks] == [madrid("2026-10-14T13:00"), madrid("2026-10-14T20:30")]
    for event in thanks:
        assert event.decoded("DURATION") == timedelta(minutes=15)
        assert event["TRANSP"] == "TRANSPARENT"
        (alarm,) = event.walk("VALARM")
        assert alarm.decoded("TRIGGER") == timedelta(0)
    assert len(entries(data, "VTODO")) == len(entries(written(facts), "VTODO"))


def test_nothing_private_is_in_the_private_calendar() -> None:
    facts = sample_facts(NOW, "Europe/Madrid")
    text = re.sub("\r\n ", "", written(facts, options=PRIVATE).decode())
    titles = {str(entry["SUMMARY"]) for entry in entries(text.encode(), "VEVENT")}
    assert titles == {"Interview", "Follow-up due", "Your reminder"}
    for application in facts.applications:
        assert application.employer not in text
    for contact in facts.contacts:
        assert contact.name not in text
    assert "LOCATION" not in text
    assert "Tip " not in text
    public = written(facts, options=EVENTS)
    assert uids(public) == uids(text.encode())


def uids(data: bytes) -> list[str]:
    """The identities in a file, in their order."""
    return [str(e["UID"]) for e in parsed(data).walk() if e.name in {"VEVENT", "VTODO"}]


# Times


@pytest.mark.parametrize(
    ("wall", "fold", "expected"),
    [
        ("2026-10-25T02:30", 0, "2026-10-25T00:30"),  # twice: the first
        ("2026-10-25T02:30", 1, "2026-10-25T01:30"),
        ("2026-03-29T02:30", 0, "2026-03-29T01:30"),  # never: moved forward
        ("2026-03-29T03:00", 0, "2026-03-29T01:00"),
        ("2026-10-24T10:00", 0, "2026-10-24T08:00"),
        ("2026-10-26T10:00", 0, "2026-10-26T09:00"),
    ],
)
def test_over_changes_of_the_clocks_the_instant_is_right(wall: str, fold: int, expected: str) -> None:
    data = written(search(interview(wall, fold=fold)))
    (event,) = entries(data, "VEVENT")
    assert event.decoded("DTSTART").astimezone(UTC) == datetime.fromisoformat(expected).replace(tzinfo=UTC)


def test_a_wall_time_that_does_not_name_one_instant_is_written_in_utc() -> None:
    data = written(search(interview("2026-10-25T02:30", fold=1)))
    assert b"DTSTART:20261025T013000Z\r\n" in data


# Identity and revision


def test_the_same_facts_give_the_same_bytes_whenever_they_are_written() -> None:
    facts = sample_facts(NOW, "Europe/Madrid")
    writer = CalendarWriter(Wording())
    plan = plan_facts(facts)
    first = writer.write(facts, plan, NOW).data
    later = NOW + timedelta(minutes=5)
    assert writer.write(facts, plan, later, previous=first).data == first
    assert written(facts, later) == first
    assert written(facts, later, previous=b"BEGIN:VEVENT\r\nnothing\xff of ours\r\nEND:VEVENT\r\n") == first


def test_what_nothing_is_recorded_of_is_stamped_when_it_is_first_written_and_stays() -> None:
    reminder = Reminder(id="m1", title="Renew it", at=datetime.fromisoformat("2026-10-20T09:00"))
    bare = acme(id="a2", stage=Stage.INTERVIEWING, stage_at=None, interviews=(interview(),))
    first = written(Facts(policy=MADRID, applications=(bare,), reminders=(reminder,)))
    assert b":1970" not in first
    assert {e.decoded("DTSTAMP") for e in by_uid(first).values()} == {NOW}
    later = NOW + timedelta(days=1)
    again = written(Facts(policy=MADRID, applications=(bare,), reminders=(reminder,)), later, previous=first)
    before, after = by_uid(first), by_uid(again)
    assert after.keys() & before.keys()
    for uid in after.keys() & before.keys():
        assert after[uid].decoded("DTSTAMP") == NOW


def test_what_nothing_is_recorded_of_is_stamped_as_the_rest_of_the_search() -> None:
    reminder = Reminder(id="m1", title="Renew it", at=datetime.fromisoformat("2026-10-20T09:00"))
    facts = replace(search(interview()), reminders=(reminder,))
    assert written(facts, NOW + timedelta(days=1)) == written(facts)
    assert b":1970" not in written(facts)


def test_no_entry_is_stamped_with_an_instant_to_come() -> None:
    ahead = search(interview(debriefed_at=NOW + timedelta(days=300)))
    assert all(e.decoded("DTSTAMP") <= NOW for e in by_uid(written(ahead)).values())


def test_only_what_changes_is_revised() -> None:
    facts = search(interview(), interview("2026-10-20T10:00", id="i2"))
    first = written(facts)
    changed = search(interview(), interview("2026-10-20T11:00", id="i2"))
    later = NOW + timedelta(hours=1)
    second = written(changed, later, previous=first)
    before, after = by_uid(first), by_uid(second)
    moved = {uid for uid in before if uid in after and before[uid] != after[uid]}
    assert {str(after[uid].decoded("DTSTART").hour) for uid in moved if after[uid].name == "VEVENT"} == {"11"}
    for uid in moved:
        assert (before[uid]["SEQUENCE"], after[uid]["SEQUENCE"]) == (0, 1)
        assert after[uid].decoded("DTSTAMP") == after[uid].decoded("LAST-MODIFIED") == later
    still = before.keys() & after.keys() - moved
    assert still
    for uid in still:
        assert after[uid].decoded("DTSTAMP") == before[uid].decoded("DTSTAMP")
    assert by_uid(written(facts, later, previous=second))[next(iter(moved))]["SEQUENCE"] == 2


def by_uid(data: bytes) -> dict[str, Any]:
    return {str(e["UID"]): e for e in parsed(data).walk() if e.name in {"VEVENT", "VTODO"}}


def test_a_writer_forgets_what_it_made_from_other_names_and_settings() -> None:
    facts = search(interview(interviewers=("c1",)), contacts=(ANA,))
    writer = CalendarWriter(Wording())
    writer.write(facts, plan_facts(facts), NOW)
    renamed = replace(facts, contacts=(replace(ANA, name="Ana María"),))
    assert writer.write(renamed, plan_facts(renamed), NOW).data == written(renamed)
    away = replace(facts, policy=replace(MADRID, timezone="America/New_York"))
    assert writer.write(away, plan_facts(away), NOW).data == written(away)
    assert writer.write(away, plan_facts(away), NOW, options=PRIVATE).data == written(away, options=PRIVATE)


def test_it_knows_its_own_files() -> None:
    assert is_ours(written(Facts()))
    again = written(Facts()).replace(b"-//Follow Up Desktop//Follow-ups//EN", b"-//Phone//EN")
    assert is_ours(again)
    other = b"BEGIN:VCALENDAR\r\nPRODID:-//Other//EN\r\nBEGIN:VEVENT\r\nX-WR-CALNAME:Follow Up\r\n"
    assert not is_ours(other)
    assert not is_ours(b"")


# Whatever is in it


def check(data: bytes, facts: Facts, now: datetime) -> None:
    """What RFC 5545 asks of every file and entry, and that nothing is left out."""
    for line in data.split(b"\r\n"):
        assert len(line) <= 75
        assert b"\n" not in line
        assert not re.search(rb"[\x00-\x08\x0b-\x1f\x7f]", line)
        line.decode()  # no character is torn apart
    assert len(set(uids(data))) == len(uids(data))
    zones = {str(zone["TZID"]) for zone in parsed(data).walk("VTIMEZONE")}
    assert set(re.findall(r"DTSTART;TZID=([^:]+):", data.decode())) <= zones
    for entry in entries(data, "VEVENT") + entries(data, "VTODO"):
        assert not entry.errors
        assert {"UID", "DTSTAMP", "SUMMARY"} <= set(entry)
        assert not ("DTEND" in entry and "DURATION" in entry)
        if entry.name == "VTODO" and "DTSTART" in entry:
            assert entry.decoded("DTSTART") < entry.decoded("DUE")
        for alarm in entry.walk("VALARM"):
            assert {"ACTION", "TRIGGER", "DESCRIPTION"} <= set(alarm)
    choices = {choice.key: choice for choice in facts.choices}
    by_id, acceptance = {each.id: each for each in facts.applications}, find_acceptance(facts.applications)
    listed = [
        f
        for f in plan_facts(facts)
        if not is_gone(state_at(f, choices.get(f.key), now))
        and not (f.application and has_retired(f, by_id[f.application], acceptance, facts.policy))
    ]
    assert len(entries(data, "VTODO")) == len(listed)
    held = [i for a in facts.applications if not a.archived for i in a.interviews]
    assert len([e for e in entries(data, "VEVENT") if e.get("TRANSP") != "TRANSPARENT"]) == len(held)
    rung = sum(len(moments(f, choices.get(f.key), None)) for f in listed if f.rule is not Rule.ENCOURAGEMENT)
    assert sum(len(t.walk("VALARM")) for t in entries(data, "VTODO")) <= rung


@settings(max_examples=examples(12))
@given(any_facts())
def test_any_search_is_a_valid_calendar(facts: Facts) -> None:
    data = written(facts, options=EVENTS)
    check(data, facts, NOW)
    assert written(facts, NOW + timedelta(seconds=1), options=EVENTS, previous=data) == data
    for application in facts.applications:
        if application.archived:
            continue
        wanted = {
            instant(i.starts_at, i.timezone or application.timezone or facts.policy.timezone, i.fold)
            for i in application.interviews
        }
        assert wanted <= {e.decoded("DTSTART").astimezone(UTC) for e in entries(data, "VEVENT")}


@settings(max_examples=examples(10))
@given(any_facts(max_events=1), any_facts(max_events=1))
def test_identities_last_whatever_else_changes(facts: Facts, other: Facts) -> None:
    mine, theirs = interview_uids(facts), interview_uids(other)
    assert interview_uids(replace(facts, policy=Policy(timezone="Asia/Kolkata"))) == mine
    for shared in mine.keys() & theirs.keys():
        assert mine[shared] == theirs[shared]
    assert len({*mine.values(), *theirs.values()}) == len(mine.keys() | theirs.keys())


def interview_uids(facts: Facts) -> dict[str, str]:
    """The identity of each interview shown."""
    held = [i.id for a in facts.applications if not a.archived for i in a.interviews]
    found = [str(e["UID"]) for e in entries(written(facts, plan=()), "VEVENT")]
    return dict(zip(held, found, strict=True))


def test_naughty_strings_come_back_from_the_calendar(corpora: Path) -> None:
    applications, contacts = [], []
    for number, text in enumerate(json.loads((corpora / "strings" / "blns.json").read_text("utf-8"))):
        name = clean_text(text.replace("\0", ""), "text") or "x"
        contacts.append(Contact(id=f"c{number}", name=name))
        held = interview(id=f"i{number:04}", interviewers=(f"c{number}",), location=name, notes=name)
        applications.append(acme(id=f"a{number:04}", employer=name, role=name, interviews=(held,)))
    facts = Facts(policy=MADRID, contacts=tuple(contacts), applications=tuple(applications))
    data = written(facts)
    check(data, facts, NOW)
    found = [str(event["LOCATION"]) for event in entries(data, "VEVENT")]
    assert found == [plain(contact.name) for contact in contacts]
    assert sum(plain(c.name) == c.name for c in contacts) > 0.97 * len(contacts)
    for title in ("a\r\nb\u2028c\x85d\x07e", "x\ufeff\n\n"):
        assert set(plain(title)) <= set("abcdex\n")
