"""Invitations as other programs write them, compared field by field with what can be known of each."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import InterviewKind
from followup_desktop.domain.worktime import instant
from followup_desktop.services.capture.mails import read_mail
from followup_desktop.services.transfer.invitations import Invitation, Invitations, read_invitations
from tests.tables import tabled

FIXTURES = Path(__file__).parents[2] / "fixtures"
FOLDERS = sorted(folder for kind in ("ics-*", "eml-*") for folder in FIXTURES.glob(kind))


def read(data: bytes, *own: str) -> Invitations:
    calendars = read_mail(data).calendars if data.startswith(b"From:") else (data,)
    return read_invitations(calendars, own)


def calendar(*lines: str, head: tuple[str, ...] = ("METHOD:REQUEST",)) -> bytes:
    """A calendar with one event of these lines."""
    return "\r\n".join(
        [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            *head,
            "BEGIN:VEVENT",
            "UID:1@x",
            *lines,
            "END:VEVENT",
            "END:VCALENDAR",
            "",
        ]
    ).encode()


def one(*lines: str, head: tuple[str, ...] = ("METHOD:REQUEST",)) -> Invitation:
    (found,) = read_invitations([calendar(*lines, head=head)]).found
    return found


def newest(folder: Path) -> dict[tuple[str, str], Invitation]:
    """What a folder's files say together, whatever their order."""
    files = [file for file in sorted(folder.iterdir()) if file.suffix in {".ics", ".eml"}]
    found: dict[tuple[str, str], Invitation] = {}
    for file in files:
        for each in read(file.read_bytes()).found:
            before = found.get((each.uid, each.occurrence))
            if before is None or before.revision < each.revision:
                found[each.uid, each.occurrence] = each
    return found


def said(each: Invitation, expected: dict[str, Any]) -> dict[str, Any]:
    """What was read of an invitation, in the words and with the keys of what is expected."""
    zone = each.timezone or ""
    told = {
        "uid": each.uid,
        "sequence": each.sequence,
        "starts_at": f"{each.starts_at:%Y-%m-%dT%H:%M}",
        "instant": f"{instant(each.starts_at, zone):%Y-%m-%dT%H:%M:%SZ}" if zone else None,
        "timezone": zone,
        "minutes": each.minutes,
        "location": each.location,
        "url": each.url,
        "kind": each.kind,
        "interviewers": [person.name for person in each.interviewers],
        "cancelled": each.cancelled,
    }
    if "or another" in expected.get("timezone", ""):
        told["timezone"] = expected["timezone"] if zone else None
    return {key: told[key] for key in expected}


@tabled("folder", FOLDERS)
def test_invitations_say_what_can_be_known(folder: Path) -> None:
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    wanted = [one for application in expected["applications"] for one in application["interviews"]]
    found = sorted(newest(folder).values(), key=lambda each: (each.starts_at, each.uid))
    if any(each.cancelled for each in found):  # the word that it is off names the user alone
        wanted = [{key: value for key, value in each.items() if key != "interviewers"} for each in wanted]
    wanted.sort(key=lambda each: (each.get("starts_at", ""), each["uid"]))
    found.sort(
        key=lambda each: (f"{each.starts_at:%Y-%m-%dT%H:%M}" if "starts_at" in wanted[0] else "", each.uid)
    )
    assert len(found) == len(wanted)
    assert [said(each, want) for each, want in zip(found, wanted, strict=True)] == wanted


def test_an_invitation_has_the_same_ids_in_each_of_its_versions() -> None:
    first = one("DTSTART:20261208T093000Z", "SEQUENCE:0")
    second = one("DTSTART:20261209T093000Z", "SEQUENCE:1")
    assert first.ids == second.ids
    assert first.revision < second.revision


def test_what_google_revises_under_another_uid_is_the_same_event() -> None:
    lines = ("DTSTART;TZID=Europe/Madrid:20261209T110000", "SUMMARY:Interview")
    whole = calendar(*lines).replace(b"UID:1@x", b"UID:abc@google.com")
    split = calendar(*lines).replace(b"UID:1@x", b"UID:abc_R20261209T110000@google.com")
    (first,), (second,) = read(whole).found, read(split).found
    assert set(first.ids) & set(second.ids)


@pytest.mark.parametrize(
    ("zone", "meant"),
    [
        ("Europe/Madrid", "Europe/Madrid"),
        ("europe/madrid", "Europe/Madrid"),
        ("Romance Standard Time", "Europe/Paris"),
        ("GMT Standard Time", "Europe/London"),
        ("India Standard Time 1", "Asia/Calcutta"),
        ("AUS Eastern Standard Time", "Australia/Sydney"),
        ("/freeassociation.sourceforge.net/Europe/Berlin", "Europe/Berlin"),
        ("/citadel.org/20250101_1/America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("tzone://Microsoft/Utc", "UTC"),
        ("UTC", "UTC"),
        ('"(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna"', "Europe/Amsterdam"),
        ("GMT+0100", "Etc/GMT-1"),
        ('"(UTC-05:00)"', "Etc/GMT+5"),
        ('"(UTC-11:00) Coordinated Universal Time-11"', "Etc/GMT+11"),
        ("(UTC) Coordinated Universal Time", "UTC"),
        ('"(UTC-05:00) Eastern Time (US & Canada)"', "America/New_York"),
        ('"(GMT-08:00) Pacific Time (US and Canada)"', "America/Los_Angeles"),
        ('"(UTC-07:00) Arizona"', "America/Phoenix"),
        ('"(UTC-04:00) Georgetown, La Paz, Manaus, San Juan"', "America/La_Paz"),
        ('"(UTC+10:00) Canberra, Melbourne, Sydney"', "Australia/Sydney"),
        ('"(UTC-05:00) Somewhere Time"', None),
        ("Nowhere Standard Time", None),
        ("", None),
    ],
)
def test_a_zone_is_known_by_its_name(zone: str, meant: str | None) -> None:
    parameter = f";TZID={zone}" if zone else ""
    found = one(f"DTSTART{parameter}:20261208T093000", "DURATION:PT45M")
    assert (found.timezone, found.starts_at, found.minutes) == (
        meant,
        datetime.fromisoformat("2026-12-08T09:30"),
        45,
    )
    assert bool(found.ask) == (meant is None), "what can't be told is asked about, and never taken for UTC"


def rules(name: str, winter: str, summer: str, spring: str, autumn: str) -> tuple[str, ...]:
    """A zone that is known by its rules alone."""
    return (
        "BEGIN:VTIMEZONE",
        f"TZID:{name}",
        "BEGIN:STANDARD",
        "DTSTART:16010101T030000",
        f"TZOFFSETFROM:{summer}",
        f"TZOFFSETTO:{winter}",
        f"RRULE:FREQ=YEARLY;{autumn}",
        "END:STANDARD",
        "BEGIN:DAYLIGHT",
        "DTSTART:16010101T020000",
        f"TZOFFSETFROM:{winter}",
        f"TZOFFSETTO:{summer}",
        f"RRULE:FREQ=YEARLY;{spring}",
        "END:DAYLIGHT",
        "END:VTIMEZONE",
    )


@pytest.mark.parametrize(
    ("zone", "utc"),
    [
        (rules("Customized Time Zone", "+0100", "+0200", "BYDAY=-1SU;BYMONTH=3", "BYDAY=-1SU;BYMONTH=10"), 9),
        (rules("Mine", "-0500", "-0400", "BYDAY=2SU;BYMONTH=3", "BYDAY=1SU;BYMONTH=11"), 15),
        (rules("Neuseeland", "+1200", "+1300", "BYDAY=-1SU;BYMONTH=9", "BYDAY=1SU;BYMONTH=4"), -3),
    ],
)
def test_a_zone_is_known_by_its_rules(zone: tuple[str, ...], utc: int) -> None:
    name = zone[1].removeprefix("TZID:")
    found = one(f"DTSTART;TZID={name}:20261208T100000", head=zone)
    assert found.timezone is not None
    midnight = datetime.fromisoformat("2026-12-08")
    assert instant(found.starts_at, found.timezone).replace(tzinfo=None) == midnight + timedelta(hours=utc)


ORGANIZER = "ORGANIZER;CN=Ana Ruiz:MAILTO:ana@acme.example"


@tabled(
    "nobody",
    [
        "ATTENDEE;CUTYPE=ROOM;CN=Berlin:mailto:berlin@acme.example",
        "ATTENDEE;CUTYPE=RESOURCE;CN=Beamer 2:mailto:b2@acme.example",
        "ATTENDEE;ROLE=NON-PARTICIPANT;CN=Sol:mailto:sol@acme.example",
        "ATTENDEE;CN=Sala 3:mailto:sala3@acme.example",
        "ATTENDEE;CN=Conference Room Paris:mailto:cr-paris@acme.example",
        "ATTENDEE;CN=Acme Recruiting:mailto:recruiting@acme.example",
        "ATTENDEE;CN=noreply:mailto:no-reply@acme.example",
        "ATTENDEE;CN=donotreply@acme.example:mailto:donotreply@acme.example",
        "ATTENDEE;CN=Fred:mailto:fred@fireflies.ai",
        "ATTENDEE;CN=Hiring calendar:mailto:c_1@group.calendar.google.com",
        "ATTENDEE;PARTSTAT=DECLINED;CN=Max Off:mailto:max@acme.example",
        "ATTENDEE;CN=Sam Doe:mailto:sam@gmail.com",
    ],
)
def test_rooms_robots_and_the_user_are_no_interviewers(nobody: str) -> None:
    others = ("ATTENDEE;CN=Sam Doe:mailto:sam@gmail.com", "ATTENDEE;CN=Eva Lindt:mailto:eva@acme.example")
    found = one("DTSTART:20261208T093000Z", ORGANIZER, *others, nobody)
    assert [person.name for person in found.interviewers] == ["Ana Ruiz", "Eva Lindt"]


def test_a_scheduler_that_organises_is_no_interviewer() -> None:
    robot = "ORGANIZER;CN=Scheduler:mailto:no-reply@calendly.com"
    people = ("ATTENDEE;CN=Sam Doe:mailto:sam@gmail.com", "ATTENDEE;CN=Eva Lindt:mailto:eva@acme.example")
    assert [p.name for p in one("DTSTART:20261208T093000Z", robot, *people).interviewers] == ["Eva Lindt"]


@tabled(
    "title, lines, interviewers",
    [
        ("Interview: Jane Doe", ("ATTENDEE;CN=Eva Lindt:mailto:eva@acme.example",), "Ana Ruiz, Eva Lindt"),
        ("Interview: Jane Doe", ("ATTENDEE;CN=Jane Doe:mailto:jane@acme.example",), "Ana Ruiz"),
        ("Interview", ("ATTENDEE;CN=Jane Doe:mailto:jane@home.example",), "Ana Ruiz"),
        ("Interview", ("ATTENDEE;CN=Jane Doe:mailto:jane@gmail.com",), "Ana Ruiz"),
    ],
)
def test_the_only_guest_of_the_same_firm_is_no_applicant_unless_the_title_says_so(
    title: str, lines: tuple[str, ...], interviewers: str
) -> None:
    found = one("DTSTART:20261208T093000Z", f"SUMMARY:{title}", ORGANIZER, *lines)
    assert ", ".join(person.name for person in found.interviewers) == interviewers


def test_an_address_that_is_known_as_the_users_decides() -> None:
    data = calendar(
        "DTSTART:20261208T093000Z",
        ORGANIZER,
        "ATTENDEE;CN=Sam:mailto:sam@work.example",
        "ATTENDEE;CN=Eva:mailto:eva@agency.example",
    )
    (unsure,) = read(data).found
    assert [person.name for person in unsure.interviewers] == ["Ana Ruiz"], "either may be the user"
    (sure,) = read(data, "SAM@work.example").found
    assert [person.name for person in sure.interviewers] == ["Ana Ruiz", "Eva"]


def test_a_name_is_made_of_an_address_that_has_none() -> None:
    found = one("DTSTART:20261208T093000Z", "ORGANIZER:mailto:rita.vale@cobalt.example")
    assert [person.name for person in found.interviewers] == ["Rita Vale"]


@tabled(
    "lines, place, kind",
    [
        (("LOCATION:Hafenstr. 1\\, Berlin",), "Hafenstr. 1, Berlin", InterviewKind.ONSITE),
        (("LOCATION:+34 600 000 009",), "+34 600 000 009", InterviewKind.PHONE),
        (
            ("DESCRIPTION:Join: https://meet.example/abc\\nCancel: https://x.example/c",),
            "https://meet.example/abc",
            InterviewKind.VIDEO,
        ),
        (
            ("DESCRIPTION:Cancel: https://x.example/meeting/c\\nReschedule: https://x.example/r",),
            "",
            InterviewKind.OTHER,
        ),
        (
            ("X-GOOGLE-CONFERENCE:https://meet.example/abc", "LOCATION:"),
            "https://meet.example/abc",
            InterviewKind.VIDEO,
        ),
        (("SUMMARY:Phone screen with Acme",), "", InterviewKind.PHONE),
        (
            ("SUMMARY:Technical interview", "LOCATION:https://zoom.us/j/1"),
            "https://zoom.us/j/1",
            InterviewKind.TECHNICAL,
        ),
    ],
)
def test_where_it_is_and_how(lines: tuple[str, ...], place: str, kind: InterviewKind) -> None:
    found = one("DTSTART:20261208T093000Z", *lines)
    assert (found.place, found.kind) == (place, kind)


@tabled(
    "rule, times",
    [
        ("FREQ=WEEKLY;COUNT=3", 3),
        ("FREQ=WEEKLY;UNTIL=20261229T230000Z", 4),
        ("FREQ=DAILY", 1),
        ("FREQ=SECONDLY;COUNT=5", 1),
        ("FREQ=DAILY;INTERVAL=0;COUNT=3", 1),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=3", 1),
        ("FREQ=WEEKLY;COUNT=1000000000", 30),
        ("FREQ=WEEKLY;INTERVAL=999999999;COUNT=2", 1),
        ("FREQ=NEVER;COUNT=2", 1),
    ],
)
def test_a_series_ends(rule: str, times: int) -> None:
    data = calendar("DTSTART;TZID=Europe/Madrid:20261208T093000", f"RRULE:{rule}")
    assert len(read(data).found) == times


@tabled(
    "start",
    [
        "00010101T000000Z",
        "99991231T235959Z",
        "20261301T000000",
        "20260230T000000",
        "yesterday",
        "",
        "20261208",
    ],
)
def test_an_event_without_a_time_is_refused_with_a_sentence(start: str) -> None:
    found = read(calendar(f"DTSTART:{start}"))
    assert found.found == ()
    ((_title, why),) = found.refused
    assert re.fullmatch(r"[A-Z].*\.", why)


@tabled("folder", FOLDERS)
def test_a_file_that_breaks_off_is_read_or_refused(folder: Path) -> None:
    for file in folder.iterdir():
        if file.suffix in {".ics", ".eml"}:
            data, whole = file.read_bytes(), read(file.read_bytes()).found
            for end in range(0, len(data), 256):
                try:
                    found = read(data[:end]).found
                except Refused:
                    continue
                assert {each.uid for each in found} <= {each.uid for each in whole}


@tabled(
    "data",
    [
        b"",
        b"BEGIN:VCALENDAR\r\n" * 1000,
        b"\r" * 100_000,
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20261208T093000Z",
        calendar("DTSTART:20261208T093000Z").replace(b"UID", b"X:" + b"a" * 2_000_000),
        b"BEGIN:VCALENDAR\n"
        + b"BEGIN:VEVENT\nDTSTART:20261208T093000Z\nEND:VEVENT\n" * 501
        + b"END:VCALENDAR\n",
    ],
)
def test_hostile_calendars_end_with_a_sentence(data: bytes) -> None:
    try:
        read_invitations([data])
    except Refused as refused:
        assert re.fullmatch(r"[A-Z].*\.", str(refused))


@pytest.mark.parametrize(
    ("preferred", "month", "offered"),
    [
        ("Europe/Madrid", 7, "Etc/GMT+2"),
        ("Europe/Madrid", 12, "Etc/GMT+3"),
        ("America/Sao_Paulo", 12, "America/Sao_Paulo"),
    ],
)
def test_rules_that_no_zone_has_offer_their_own_offset(preferred: str, month: int, offered: str) -> None:
    lines = rules("Odd", "-0300", "-0200", "BYDAY=-1SU;BYMONTH=3", "BYDAY=-1SU;BYMONTH=10")
    event = calendar(f"DTSTART;TZID=Odd:2026{month:02}17T100000", "DURATION:PT1H", "SUMMARY:Interview")
    data = event.replace(b"BEGIN:VEVENT", "\r\n".join((*lines, "BEGIN:VEVENT")).encode(), 1)
    (asked,) = read_invitations([data], preferred_zones=(preferred,)).asks
    assert (asked.said, asked.offered) == ("Odd", offered)


def test_events_that_are_called_alike_are_left_out_each() -> None:
    days = [
        calendar("DTSTART;VALUE=DATE:20261208", "SUMMARY:Fair").replace(b"UID:1@x", b"UID:%d@x" % n)
        for n in (1, 2)
    ]
    days.append(
        calendar("DTSTART;TZID=Europe/Madrid:20261209T110000", "SUMMARY:Interview").replace(
            b"UID:1@x", b"UID:3@x"
        )
    )
    assert [title for title, _why in read_invitations([*days, days[0]]).refused] == ["Fair", "Fair"]


def test_a_calendar_that_breaks_off_before_its_first_event_is_told_so() -> None:
    with pytest.raises(Refused, match="cut off before its first event"):
        read_invitations([calendar("SUMMARY:Interview").partition(b"BEGIN:VEVENT")[0]])
