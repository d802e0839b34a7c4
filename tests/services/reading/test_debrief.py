"""The debrief of a whole interview day: what it writes, in one step, and what follows from it."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Contact, Interview, Rule, StepKind
from followup_desktop.services.tracker.debrief import DayDebrief, MetPerson
from tests.services.conftest import Desk, acme

ANA = Contact(id="ana", name="Ana Ruiz", employer="Acme")


def interview(name: str, start: str, **fields: object) -> Interview:
    return Interview(id=name, starts_at=datetime.fromisoformat(start), minutes=60, **fields)  # type: ignore[arg-type]


@pytest.fixture
def day(desk: Desk) -> Desk:
    """Two interviews this morning, one last week."""
    desk.put(
        acme(
            interviews=(
                interview("i1", "2026-10-14T08:00", interviewers=("ana",), reply_by=date(2026, 12, 1)),
                interview("i2", "2026-10-14T09:30"),
                interview("i0", "2026-10-07T10:00", topics="before"),
            ),
            contacts=("ana",),
        ),
        contacts=(ANA,),
    )
    return desk


def by_id(desk: Desk) -> dict[str, Interview]:
    return {i.id: i for i in desk.application().interviews}


def test_the_whole_day_is_written_down_in_one_step(day: Desk) -> None:
    said = DayDebrief(
        topics={"i1": " streaming ", "i2": "the team"},
        met={"i1": ("ana",), "i2": ("ana",)},
        new_people=(MetPerson(name="Tom Berg", email="tom@acme.example", interviews=("i2",)),),
        reply_by=date(2026, 10, 28),
        process="a second round",
        notes="nice people",
        fit=4,
    )
    day.tracker.debrief("a1", "i2", said)
    first, second = by_id(day)["i1"], by_id(day)["i2"]
    tom = next(c for c in day.store.all_contacts() if c.name == "Tom Berg")
    assert (first.topics, first.interviewers, first.reply_by) == ("streaming", ("ana",), None)
    assert (second.topics, second.interviewers) == ("the team", ("ana", tom.id))
    assert (second.reply_by, second.process, second.notes) == (said.reply_by, "a second round", "nice people")
    assert first.debriefed_at == second.debriefed_at == day.now
    assert first.fit == second.fit == day.application().fit == 4
    assert (tom.employer, tom.email) == ("Acme", "tom@acme.example")
    assert day.application().contacts == ("ana", tom.id)
    assert by_id(day)["i0"].topics == "before"
    assert by_id(day)["i0"].debriefed_at is None
    day.tracker.undo()
    assert by_id(day)["i1"].reply_by == date(2026, 12, 1)
    assert len(day.store.all_contacts()) == 1


def test_the_stated_date_plans_the_call_and_the_people_are_thanked(day: Desk) -> None:
    new = (MetPerson(name="Tom"),)
    day.tracker.debrief("a1", "i1", DayDebrief(met={"i1": ()}, new_people=new, reply_by=date(2026, 10, 28)))
    call = day.follow_up(Rule.STATUS_CALL)
    assert [s.date for s in call.because if s.kind is StepKind.STATED_DATE] == [date(2026, 10, 28)]
    owed = [f.contact for f in day.store.follow_ups() if f.rule is Rule.THANK_YOU and f.contact]
    assert [contact.name for contact in day.store.contacts(owed)] == ["Tom"]
    assert [f.key for f in day.store.follow_ups() if f.rule is Rule.DEBRIEF] == ["debrief/a1/2026-10-07"]


def test_no_date_given_is_kept_and_the_default_counts(day: Desk) -> None:
    day.tracker.debrief("a1", "i1", DayDebrief(no_date_given=True))
    assert by_id(day)["i2"].no_date_given
    assert not by_id(day)["i1"].no_date_given
    assert StepKind.DEFAULT_REPLY in {s.kind for s in day.follow_up(Rule.STATUS_CALL).because}


def test_what_is_refused_writes_nothing(day: Desk) -> None:
    with pytest.raises(Refused):
        day.tracker.debrief("a1", "gone", DayDebrief())
    for said in (
        DayDebrief(new_people=(MetPerson(name="Tom"), MetPerson(name=" "))),
        DayDebrief(met={"i2": ("nobody",)}),
        DayDebrief(fit=9),
    ):
        with pytest.raises(Refused):
            day.tracker.debrief("a1", "i1", said)
    assert len(day.store.all_contacts()) == 1
    assert by_id(day)["i1"].debriefed_at is None
