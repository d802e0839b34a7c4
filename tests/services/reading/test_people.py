"""The table of people, one person in detail, and two entries made one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Contact, EventKind, Facts, LastAnnouncement, Rule
from followup_desktop.services.reading.people import People, PeopleQuery, PersonColumn
from tests.ui import situations
from tests.ui.desk import Desk
from tests.ui.situations import ANA, LENA, TARO

OLGA = Contact(id="olga", name="Ólga Muñoz", title="Recruiter", phone="+34 (91) 555-01", notes="met at PyCon")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    facts = situations.twelve()
    desk = Desk(tmp_path, replace(facts, contacts=(*facts.contacts, OLGA)))
    yield desk
    desk.close()


@pytest.fixture
def people(desk: Desk) -> People:
    return People(desk.store, desk.overview, desk.wording)


def names(people: People, desk: Desk, query: PeopleQuery) -> list[str]:
    return [row.name for row in people.rows(people.ids(query, desk.now), desk.now)]


def test_everybody_is_there_by_name(people: People, desk: Desk) -> None:
    assert names(people, desk, PeopleQuery()) == ["Ana Ruiz", "Kim", "Lena Park", "Ólga Muñoz", "山田太郎"]
    assert people.count() == 5


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ana acme", ["Ana Ruiz"]),
        ("MUNOZ", ["Ólga Muñoz"]),
        ("pycon", ["Ólga Muñoz"]),
        ("915550", ["Ólga Muñoz"]),
        ("91 555-01", ["Ólga Muñoz"]),
        ("(91) 55501", ["Ólga Muñoz"]),
        ("ana@acme", ["Ana Ruiz"]),
        ("山田", ["山田太郎"]),
        ("nobody", []),
    ],
)
def test_every_word_is_looked_for_in_all_that_is_known(
    people: People, desk: Desk, text: str, found: list[str]
) -> None:
    assert names(people, desk, PeopleQuery(text=text)) == found


@pytest.mark.parametrize("column", list(PersonColumn))
def test_those_without_a_value_come_last_either_way(people: People, desk: Desk, column: PersonColumn) -> None:
    for descending in (False, True):
        rows = people.rows(
            people.ids(PeopleQuery(order_by=column, descending=descending), desk.now), desk.now
        )
        values = [getattr(row, column.value) for row in rows]
        known = [value for value in values if value not in (None, "")]
        assert values == known + [value for value in values if value in (None, "")]
        if column in (PersonColumn.APPLICATIONS, PersonColumn.LAST_INTERVIEW):
            assert known == sorted(known, reverse=descending)


def test_a_row_says_when_they_were_written_to_and_met(people: People, desk: Desk) -> None:
    desk.tracker.log_event("acme", EventKind.MESSAGE, contact="ana")
    (row,) = people.rows(["ana"], desk.now)
    assert (row.applications, row.last_contact, row.last_interview) == (
        1,
        date(2026, 10, 14),
        date(2026, 10, 14),
    )
    (taro,) = people.rows(["taro"], desk.now)
    assert taro.last_interview is None, "an interview ahead was not held yet"


def test_the_detail_gathers_what_happened_over_all_applications(people: People, desk: Desk) -> None:
    desk.tracker.link_contact("initech", "ana")
    desk.tracker.log_event("initech", EventKind.MESSAGE, contact="ana", note="hello")
    desk.tracker.log_event("acme", EventKind.THANK_YOU, interview="acme-1")
    desk.tracker.log_event("acme", EventKind.NOTE, note="of nobody")
    detail = people.detail("ana", desk.now)
    assert [row.employer for row in detail.applications] == ["Acme", "Initech"]
    assert {entry.title for entry in detail.timeline} == {
        "Wrote to Ana Ruiz",
        "Thanked everyone",
        "Interview, onsite",
    }
    assert set(detail.application_of.values()) == {"acme", "initech"}
    wrote = next(entry for entry in detail.timeline if entry.note == "hello")
    assert wrote.when.endswith(" · Initech")
    assert detail.application_of[wrote.id] == "initech"


def test_what_was_not_done_in_time_stands_with_whom_it_was_for(people: People, desk: Desk) -> None:
    acme = desk.store.application("acme")
    met = replace(acme.interviews[0], interviewers=("ana", "taro"))
    with desk.store.transaction("Put") as t:
        t.put_facts(replace(desk.store.facts(), applications=(replace(acme, interviews=(met,)),)))
    later = desk.now + timedelta(days=30)
    missed = {
        person: [each.title for each in people.detail(person, later).timeline if each.kind == "missed"]
        for person in ("ana", "taro")
    }
    assert missed == {
        "ana": ["Thank-you to Ana Ruiz: time ran out"],
        "taro": ["Thank-you to 山田太郎: time ran out"],
    }


def test_who_may_be_the_same_is_found_by_name_or_address(people: People, desk: Desk) -> None:
    desk.tracker.add_contact(name="  ANA   Ruíz ")
    desk.tracker.add_contact(name="A. Ruiz", email="Ana@Acme.example")
    desk.tracker.add_contact(name="Ana Ruizova")
    assert sorted(other.name for other in people.detail("ana", desk.now).alike) == ["A. Ruiz", "ANA   Ruíz"]
    assert people.detail("quiet", desk.now).alike == ()


def twice() -> Facts:
    """Ana Ruiz at Acme, once more under another spelling, who is to be thanked."""
    double = Contact(id="a/b%", name="A. Ruiz", email="ana@acme.example", phone="600", notes="likes tea")
    acme = situations.thank_ana()
    interview = replace(acme.interviews[0], interviewers=("a/b%", "taro"))
    acme = replace(acme, contacts=("a/b%", "ana"), interviews=(interview,))
    contacts = (replace(ANA, notes="speaks Basque", title=""), double, TARO, LENA)
    return Facts(policy=situations.POLICY, contacts=contacts, applications=(acme,))


def test_two_become_one_wherever_they_are_named_and_undo_parts_them(desk: Desk) -> None:
    desk.put(twice())
    desk.tracker.log_event("acme", EventKind.MESSAGE, contact="a/b%")
    before = desk.store.facts()
    done = desk.tracker.merge_contacts("ana", "a/b%")
    assert done.label == "Merge Ana Ruiz"
    acme = desk.store.application("acme")
    assert acme.contacts == ("ana",)
    assert acme.interviews[0].interviewers == ("ana", "taro")
    assert [event.contact for event in acme.events] == ["ana"]
    ana = desk.store.contact("ana")
    assert (ana.name, ana.email, ana.phone) == ("Ana Ruiz", "ana@acme.example", "600")
    assert ana.notes == "speaks Basque\n\nlikes tea\n\nAlso: A. Ruiz"
    assert {contact.id for contact in desk.store.all_contacts()} == {"ana", "taro", "lena"}
    assert [entry.id for entry in desk.store.trash()] == ["a/b%"]
    desk.tracker.undo()
    assert desk.store.facts() == before


def test_skipped_thanks_stay_skipped_and_announced_ones_announced(desk: Desk) -> None:
    desk.put(twice())
    (thanks,) = (f for f in desk.store.follow_ups("acme") if f.contact == "a/b%")
    desk.tracker.skip(thanks.key)
    desk.store.record_announced([LastAnnouncement(key=thanks.key, announced_at=desk.now)])
    desk.tracker.merge_contacts("ana", "a/b%")
    (moved,) = (f for f in desk.store.follow_ups("acme") if f.contact == "ana")
    assert moved.rule is Rule.THANK_YOU
    rows = desk.overview.detail("acme", desk.now).follow_ups
    assert all(row.key != moved.key for row in rows)
    assert desk.store.announced(moved.key) == LastAnnouncement(key=moved.key, announced_at=desk.now)


def test_one_entry_is_not_merged_with_itself_nor_with_one_that_is_gone(desk: Desk) -> None:
    with pytest.raises(Refused):
        desk.tracker.merge_contacts("ana", "ana")
    with pytest.raises(Refused):
        desk.tracker.merge_contacts("ana", "gone")
    assert desk.tracker.undo_label is None
