"""The table of people: what is counted, and what the trash and cancelled interviews leave out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from followup_desktop.storage.store import Store
from tests.storage.conftest import ACME, ANA, NOW, put_acme


def test_a_person_is_counted_once_an_application_wherever_it_names_them(acme: Store) -> None:
    only_met = replace(
        ACME, id="a2", contacts=(), events=(), interviews=(replace(ACME.interviews[0], id="i2"),)
    )
    with acme.transaction("Another") as t:
        t.put_application(only_met)
        t.put_contact(replace(ANA, id="c3", name="Nobody's"))
    people = acme.people(NOW, acme.person_ids())
    assert {person.id: person.applications for person in people.values()} == {"c1": 2, "c2": 2, "c3": 0}


def test_it_says_when_they_were_last_written_to_and_met(acme: Store) -> None:
    people = acme.people(NOW, acme.person_ids())
    assert people["c1"].last_contact_at == datetime(2026, 9, 30, 9, 20, tzinfo=UTC)
    assert people["c2"].last_contact_at == datetime(2026, 10, 14, 11, tzinfo=UTC)
    met = datetime(2026, 10, 14, 8, tzinfo=UTC)
    assert people["c1"].last_interview_at == met
    assert acme.people(met - timedelta(seconds=1), acme.person_ids())["c1"].last_interview_at is None
    with acme.transaction("Cancel") as t:
        t.put_application(replace(ACME, interviews=(replace(ACME.interviews[0], cancelled=True),)))
    assert acme.people(NOW, acme.person_ids())["c1"].last_interview_at is None


def test_the_trash_is_left_out(acme: Store) -> None:
    with acme.transaction("Delete") as t:
        t.trash_contact("c2", NOW)
    assert set(acme.people(NOW, acme.person_ids())) == {"c1"}
    with acme.transaction("Delete") as t:
        t.trash_application("a1", NOW)
    (ana,) = acme.people(NOW, acme.person_ids()).values()
    assert (ana.applications, ana.last_contact_at, ana.last_interview_at) == (0, None, None)


def test_only_those_asked_for_are_read(store: Store) -> None:
    put_acme(store)
    assert set(store.people(NOW, ["c2", "gone"])) == {"c2"}
    assert store.people(NOW, []) == {}
