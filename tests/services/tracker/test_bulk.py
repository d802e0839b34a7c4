"""Many things at once: one step each, called by how many it concerns, undone as one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from followup_desktop.domain.answers import Answer
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import (
    Contact,
    Event,
    EventKind,
    Facts,
    Interview,
    Reminder,
    Rule,
    Stage,
)
from followup_desktop.services.tracker import Result
from followup_desktop.services.transfer import interchange
from tests.services.conftest import MADRID, Desk, acme, madrid

IDS = ("a1", "a2", "a3")
ANA = Contact(id="c1", name="Ana Ruiz")
TOM = Contact(id="c2", name="Tom Berg")


@pytest.fixture
def shelf(desk: Desk) -> Desk:
    """Three applications that went quiet long ago, and one that is closed."""
    desk.put(
        *(acme(Stage.APPLIED, id=name, employer=f"Acme {name}", tags=("old", "data")) for name in IDS),
        acme(Stage.REJECTED, id="a4", employer="Acme a4", contacts=("c1",)),
        contacts=(ANA, TOM),
    )
    desk.now = madrid("2026-12-16T12:00")
    desk.store.history.clear()
    return desk


VERBS: dict[str, tuple[str, Callable[[Desk], Result]]] = {
    "stage": (
        "Move 3 applications to Rejected",
        lambda d: d.tracker.set_stage_many((*IDS, "a4"), Stage.REJECTED),
    ),
    "stage of one": ("Move Acme a1 to Rejected", lambda d: d.tracker.set_stage_many(["a1"], Stage.REJECTED)),
    "tag": ("Tag 3 applications", lambda d: d.tracker.tag_many(IDS, add=["new"], remove=["old"])),
    "archive": ("Archive 3 applications", lambda d: d.tracker.archive_many(IDS, True)),
    "archive one": ("Archive Acme a1", lambda d: d.tracker.archive_many(["a1", "gone"], True)),
    "trash": ("Delete 3 applications", lambda d: d.tracker.trash_many([*IDS, "gone"])),
    "trash one": ("Delete Acme a2", lambda d: d.tracker.trash_many(["a2"])),
    "answer": (
        "Answer 3 follow-ups: Move on",
        lambda d: d.tracker.answer_all(_quiet(d), Answer.MOVE_ON),
    ),
    "answer one": (
        "Move Acme a1 to No response",
        lambda d: d.tracker.answer_all(_quiet(d)[:1], Answer.MOVE_ON),
    ),
    "skip": ("Skip 3 follow-ups", lambda d: d.tracker.skip_all(_quiet(d))),
    "skip as an answer": ("Skip 3 follow-ups", lambda d: d.tracker.answer_all(_quiet(d), Answer.SKIP)),
    "skip one": ("Skip", lambda d: d.tracker.skip_all(_quiet(d)[:1])),
}


def _quiet(desk: Desk) -> list[str]:
    return [desk.follow_up(Rule.MOVE_ON, name).key for name in IDS]


@pytest.mark.parametrize("name", VERBS)
def test_each_is_one_step_with_a_name_that_says_how_many(shelf: Desk, name: str) -> None:
    label, verb = VERBS[name]
    before, plan = shelf.store.facts(), shelf.store.follow_ups()
    done = verb(shelf)
    after = shelf.store.facts()
    assert after != before
    assert done.label == shelf.tracker.undo_label == label
    shelf.tracker.undo()
    assert (shelf.store.facts(), shelf.store.follow_ups()) == (before, plan)
    with pytest.raises(Refused, match="nothing to undo"):
        shelf.tracker.undo()
    shelf.tracker.redo()
    assert shelf.store.facts() == after


def test_a_move_of_many_is_logged_in_each_and_leaves_those_that_are_there(shelf: Desk) -> None:
    closed = shelf.application("a4")
    shelf.tracker.set_stage_many((*IDS, "a4"), Stage.REJECTED)
    for name in IDS:
        (event,) = shelf.application(name).events
        assert (event.from_stage, event.to_stage, event.at) == (Stage.APPLIED, Stage.REJECTED, shelf.now)
    assert shelf.application("a4") == closed
    done = shelf.tracker.set_stage_many((*IDS, "a4"), Stage.REJECTED)
    assert done.notice == "They're all in Rejected already"
    assert shelf.tracker.undo_label == "Move 3 applications to Rejected"


def test_tags_keep_their_order_and_are_not_repeated(shelf: Desk) -> None:
    shelf.tracker.tag_many(IDS, add=[" new ", "data"], remove=["old"])
    assert [shelf.application(name).tags for name in IDS] == [("data", "new")] * 3
    shelf.tracker.tag_many(IDS, add=["data"], remove=["data"])
    assert shelf.application("a1").tags == ("data", "new")
    with pytest.raises(Refused) as refusal:
        shelf.tracker.tag_many(IDS, add=["  "])
    assert refusal.value.field == "tags"


def test_what_is_not_there_any_more_is_told(shelf: Desk) -> None:
    verbs: tuple[Callable[[], object], ...] = (
        lambda: shelf.tracker.set_stage_many(["gone"], Stage.OFFER),
        lambda: shelf.tracker.tag_many([], add=["x"]),
        lambda: shelf.tracker.archive_many(["gone"]),
        lambda: shelf.tracker.trash_many(["gone"]),
        lambda: shelf.tracker.export_selection(["gone"]),
        lambda: shelf.tracker.answer_all(["move_on/gone/-/0"], Answer.MOVE_ON),
        lambda: shelf.tracker.skip_all(["move_on/gone/-/0", "move_on/gone/-/1"]),
    )
    for verb in verbs:
        with pytest.raises(Refused):
            verb()
    assert shelf.tracker.undo_label is None


def test_what_was_settled_meanwhile_is_passed_over_and_said(shelf: Desk) -> None:
    keys = _quiet(shelf)
    shelf.tracker.set_stage("a2", Stage.WITHDRAWN)
    done = shelf.tracker.answer_all(keys, Answer.MOVE_ON)
    assert (done.label, done.notice) == ("Answer 2 follow-ups: Move on", "1 was already done")
    assert [shelf.application(name).stage for name in IDS] == [
        Stage.NO_RESPONSE,
        Stage.WITHDRAWN,
        Stage.NO_RESPONSE,
    ]


def test_what_is_skipped_already_or_not_open_yet_is_passed_over(shelf: Desk) -> None:
    keys = _quiet(shelf)
    shelf.tracker.skip(keys[0])
    done = shelf.tracker.skip_all(keys)
    assert (done.label, done.notice) == ("Skip 2 follow-ups", "1 was already done")
    with pytest.raises(Refused):
        shelf.tracker.skip_all(keys)


def test_an_answer_that_needs_details_writes_nothing(shelf: Desk) -> None:
    before = shelf.store.facts()
    with pytest.raises(Refused, match="day after today"):
        shelf.tracker.answer_all(_quiet(shelf), Answer.KEEP_WAITING)
    assert shelf.store.facts() == before


def test_an_answer_that_fits_only_some_is_a_mistake_of_the_program(shelf: Desk) -> None:
    before = shelf.store.facts()
    for wrong in (Answer.ACCEPT, Answer.NO_ADDRESS):
        with pytest.raises(ValueError, match="no answer"):
            shelf.tracker.answer_all(_quiet(shelf), wrong)
    assert shelf.store.facts() == before


def test_two_answers_about_one_application_are_both_kept(desk: Desk) -> None:
    held = Interview(
        id="i1", starts_at=datetime.fromisoformat("2026-10-14T08:00"), minutes=60, interviewers=("c1", "c2")
    )
    desk.put(acme(interviews=(held,), contacts=("c1", "c2")), contacts=(ANA, TOM))
    keys = [each.key for each in desk.store.follow_ups("a1") if each.rule is Rule.THANK_YOU]
    assert desk.tracker.answer_all(keys, Answer.SENT).label == "Answer 2 follow-ups: Sent"
    assert [event.contact for event in desk.application().events] == ["c1", "c2"]
    assert Rule.THANK_YOU not in desk.rules()


def test_a_selection_is_written_with_all_that_it_names_and_nothing_else(shelf: Desk) -> None:
    talk = Event(id="e1", kind=EventKind.MESSAGE, at=madrid("2026-10-01T09:00"), contact="c2")
    with shelf.store.transaction("x") as t:
        t.put_application(replace(t.application("a1"), events=(talk,)))
        at = madrid("2026-12-20T09:00").replace(tzinfo=None)
        t.put_reminder(Reminder(id="m1", title="Ask", at=at, application="a1"))
        t.put_reminder(Reminder(id="m2", title="Other", at=at, application="a2"))
    facts = shelf.tracker.export_selection(["a4", "a1"]).facts
    assert [each.id for each in facts.applications] == ["a1", "a4"]
    assert facts.contacts == (ANA, TOM)
    assert [each.id for each in facts.reminders] == ["m1"]
    assert facts.policy == MADRID
    document = interchange.read(interchange.write(facts).encode())
    assert interchange.merge(document, Facts()).facts == facts
