"""What is exported comes back: as the same data where there is none, and as no change where it came from."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import count

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from followup_desktop.domain.model import Application, Contact, Facts, Interview, Policy
from followup_desktop.domain.worktime import instant
from followup_desktop.services.transfer.calendar_entries import interview_uid, plain
from followup_desktop.services.transfer.document import Answers, Document, Reading
from followup_desktop.services.transfer.formats import Contents, read_document, writers
from followup_desktop.services.transfer.matching import matched
from followup_desktop.services.transfer.merge import MergeResult, merge
from followup_desktop.services.transfer.placing import placed
from followup_desktop.services.transfer.report import Change
from followup_desktop.services.wording import Wording
from tests.services.conftest import acme, madrid
from tests.strategies import facts as any_facts
from tests.sweeps import examples

NOW = madrid("2026-11-28T12:00")
FORMATS = ("json", "csv", "vcf")


def exported(facts: Facts, name: str) -> bytes:
    writer = writers()[name]
    return writer.mark + writer.write(Contents(facts=facts, plan=(), now=NOW, wording=Wording()))


def read(data: bytes, name: str, zone: str) -> Document:
    return read_document(data, reading=Reading(name=f"export.{name}", now=NOW, timezone=zone))


def imported(document: Document, there: Facts) -> MergeResult:
    """What these facts become with the document, as an import makes it."""
    numbers = count(1)
    if document.foreign:
        document = matched(document, there, there, lambda: f"new{next(numbers)}")
    return merge(document, there)


def columns(application: Application) -> Application:
    """What a row of the table has of an application, but for its people."""
    return replace(application, contacts=(), interviews=(), events=())


def card(contact: Contact) -> tuple[str, ...]:
    told = (contact.name, contact.employer, contact.title, contact.email, contact.phone, contact.url)
    return tuple(" ".join(text.split()) for text in told)


@given(any_facts(max_events=2))
def test_any_table_comes_back_as_the_same_applications(facts: Facts) -> None:
    assume(facts.applications)
    document = read(exported(facts, "csv"), "csv", facts.policy.timezone)
    found = imported(document, Facts(policy=facts.policy)).facts
    assert [columns(one) for one in found.applications] == [columns(one) for one in facts.applications]


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=examples(15))
@given(facts=any_facts(max_events=2))
def test_what_was_exported_changes_nothing_where_it_came_from(name: str, facts: Facts) -> None:
    assume(facts.applications and facts.contacts)
    assume(all(plain(one.name).strip() for one in facts.contacts))  # a card needs a name that can be seen
    merged = imported(read(exported(facts, name), name, facts.policy.timezone), facts)
    assert {row.change for row in merged.report.rows} <= {Change.SKIPPED, Change.REFUSED}
    assert merged.facts == facts


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=examples(15))
@given(facts=any_facts(max_events=1), number=st.integers(0, 3))
def test_a_newer_file_changes_what_was_edited_and_no_more(name: str, facts: Facts, number: int) -> None:
    assume(facts.applications and facts.contacts)
    assume(all(plain(one.name).strip() for one in facts.contacts))  # a card needs a name that can be seen
    place = number % len(facts.applications)
    applications, contacts = list(facts.applications), list(facts.contacts)
    if name == "vcf":
        contacts[0] = replace(contacts[0], phone="+34 600 000 001")
    else:
        applications[place] = replace(applications[place], salary="61,000", archived=True)
    edited = replace(facts, applications=tuple(applications), contacts=tuple(contacts))
    merged = imported(read(exported(edited, name), name, facts.policy.timezone), facts)
    changed = [row for row in merged.report.rows if row.change not in (Change.SKIPPED, Change.REFUSED)]
    assert len(changed) <= 1
    assert merged.facts == edited


def held(facts: Facts) -> list[tuple[Application, Interview]]:
    """The interviews that a calendar has, with their applications."""
    return [(a, i) for a in facts.applications if not a.archived for i in a.interviews]


def appointment(application: Application, interview: Interview, policy: Policy) -> tuple[object, ...]:
    """What a calendar tells of an interview: when, how long, where, and whether it is on."""
    zone = interview.timezone or application.timezone or policy.timezone
    start = instant(interview.starts_at, zone, interview.fold)
    return start, interview.minutes, " ".join(plain(interview.location).split()), interview.cancelled


@settings(max_examples=examples(30))
@given(facts=any_facts(max_events=0))
def test_a_calendar_changes_nothing_where_it_came_from(facts: Facts) -> None:
    assume(held(facts))
    document = read(exported(facts, "ics"), "ics", facts.policy.timezone)
    merged = imported(placed(document, facts, {}, NOW).document, facts)
    assert {row.change for row in merged.report.rows} <= {Change.SKIPPED}
    assert merged.facts == facts


def test_an_interview_from_the_calendar_on_a_server_is_known_as_the_one_it_is() -> None:
    held = Interview(id="i1", starts_at=datetime.fromisoformat("2026-12-01T10:00"), minutes=45)
    facts = Facts(applications=(acme(interviews=(held,)),))
    uid = interview_uid(held)
    there = exported(facts, "ics").replace(f"UID:{uid}".encode(), f"UID:{uid}-1a2b3c4d".encode())
    assert uid.encode() + b"-1a2b3c4d" in there
    document = read(there, "ics", facts.policy.timezone)
    merged = imported(placed(document, facts, {}, NOW).document, facts)
    assert merged.facts == facts


@settings(max_examples=examples(30))
@given(facts=any_facts(max_events=0))
def test_any_calendar_comes_back_as_the_same_interviews(facts: Facts) -> None:
    """Its applications are there, without their interviews; which is whose is answered by its identity."""
    assume(held(facts))
    bare = replace(facts, applications=tuple(replace(a, interviews=()) for a in facts.applications))
    whose = {interview_uid(i): a.id for a, i in held(facts)}
    document = read_document(
        exported(facts, "ics"),
        reading=Reading(
            name="export.ics",
            now=NOW,
            timezone=facts.policy.timezone,
            answers=Answers(applications=whose),
        ),
    )
    merged = imported(placed(document, bare, {}, NOW).document, bare)
    wanted = {a.id: sorted(appointment(a, i, facts.policy) for i in a.interviews) for a, _i in held(facts)}
    found = {
        a.id: sorted(appointment(a, i, facts.policy) for i in a.interviews) for a, _i in held(merged.facts)
    }
    assert found == wanted


POOLS = {
    "Company": ("Pine", "pine ", "PINE", "Elm"),
    "Role": ("Dev", "DEV", "dev ", ""),
    "Status": ("Applied", "Rejected", "Offer", "Interview", "Saved", ""),
    "Applied": ("2026-01-01", "2026-05-01", ""),
    "URL": ("https://pine.example/jobs/10001", "https://pine.example/jobs/10001?utm_source=x", ""),
    "Notes": ("first", "second", "first and more", ""),
    "Tags": ("python", "remote", ""),
    "Salary": ("50k", "60k", ""),
    "Contact": ("Ana Ruiz", "ana ruiz", "A. Ruiz", "Bo Li", ""),
    "Contact email": ("ana@pine.example", "ANA@pine.example", "ruiz@pine.example", ""),
    "Contact phone": ("1", "2", ""),
    "Interview": ("2026-03-01 10:00", "2026-03-02 10:00", ""),
    "Next step": ("Call", "Write", ""),
    "Next step date": ("2026-12-24", ""),
}
"""Of each column what a table has again and again: the same in other words, and something else."""


@settings(max_examples=examples(60))
@given(rows=st.lists(st.tuples(*map(st.sampled_from, POOLS.values())), min_size=1, max_size=5))
def test_a_table_that_says_one_thing_again_and_again_is_the_same_twice(rows: list[tuple[str, ...]]) -> None:
    data = "\n".join(";".join(cells) for cells in (tuple(POOLS), *rows)).encode()
    facts = imported(read(data, "csv", "Europe/Madrid"), Facts(policy=Policy())).facts
    again = imported(read(data, "csv", "Europe/Madrid"), facts)
    assert {row.change for row in again.report.rows} <= {Change.SKIPPED, Change.REFUSED}
    assert again.facts == facts
    assert not again.moves
