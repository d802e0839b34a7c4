"""The first start, and sample data that come and go."""

from __future__ import annotations

from dataclasses import replace

import pytest

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Application, Choice, Facts, Stage
from followup_desktop.services.tracker.first_start import FirstStartData
from tests.services.conftest import Desk

OWN = Application(id="own", employer="My own", role="Baker", stage=Stage.SAVED)


@pytest.fixture
def beginnings(desk: Desk) -> FirstStartData:
    return FirstStartData(desk.store, lambda: desk.now, desk.wording)


def test_a_database_is_new_until_the_place_is_known(desk: Desk, beginnings: FirstStartData) -> None:
    assert beginnings.is_new()
    beginnings.set_place("Europe/Madrid", "ES-MD")
    assert not beginnings.is_new()
    assert (desk.store.policy().timezone, desk.store.policy().country) == ("Europe/Madrid", "ES-MD")
    assert desk.tracker.undo_label is None


def test_a_place_that_is_not_there_is_refused(beginnings: FirstStartData) -> None:
    with pytest.raises(Refused, match="time zone"):
        beginnings.set_place("Europe/Nowhere", None)
    assert beginnings.is_new()


def test_the_sample_comes_and_goes_in_one_step_each(desk: Desk, beginnings: FirstStartData) -> None:
    beginnings.set_place("Europe/Madrid", "ES-MD")
    before = desk.store.facts()
    assert beginnings.add_sample().notice == "Added the sample data"
    assert beginnings.has_sample()
    assert desk.store.follow_ups()
    beginnings.remove_sample()
    assert not beginnings.has_sample()
    assert desk.store.facts() == before
    desk.tracker.undo()
    assert beginnings.has_sample()


def test_adding_the_sample_can_be_undone(desk: Desk, beginnings: FirstStartData) -> None:
    beginnings.set_place("Europe/Madrid", None)
    beginnings.add_sample()
    desk.tracker.undo()
    assert desk.store.facts().applications == ()


def test_what_the_user_added_stays_with_the_people_it_names(desk: Desk, beginnings: FirstStartData) -> None:
    beginnings.set_place("Europe/Madrid", "ES-MD")
    beginnings.add_sample()
    sample = desk.store.facts()
    person, sample_application = sample.contacts[0].id, sample.applications[0].id
    own = desk.tracker.add_application(employer="My own", role="Baker", contacts=(person,)).id
    reminder = desk.tracker.add_reminder(
        title="Ask", at=desk.now.replace(tzinfo=None), application=sample_application
    ).id
    beginnings.remove_sample()
    left = desk.store.facts()
    assert [each.id for each in left.applications] == [own]
    assert [each.id for each in left.contacts] == [person]
    assert [(each.id, each.application) for each in left.reminders] == [(reminder, None)]


def test_an_own_application_of_the_same_id_is_no_sample(desk: Desk, beginnings: FirstStartData) -> None:
    beginnings.set_place("Europe/Madrid", "ES-MD")
    beginnings.add_sample()
    taken = desk.store.facts().applications[0].id
    desk.put(replace(OWN, id=taken))
    assert not beginnings.has_sample()
    beginnings.remove_sample()
    assert [each.id for each in desk.store.facts().applications] == [taken]


def test_the_sample_goes_where_a_file_brought_a_choice_about_nothing(
    desk: Desk, beginnings: FirstStartData
) -> None:
    beginnings.set_place("Europe/Madrid", None)
    odd = Choice(key="x", made_at=desk.now, skipped=True)
    beginnings.add_sample()
    with desk.store.transaction("Import") as writing:
        writing.put_facts(replace(writing.facts(), choices=(odd,)))
    beginnings.remove_sample()
    assert desk.store.facts() == Facts(policy=desk.store.policy(), choices=(odd,))
