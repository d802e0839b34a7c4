"""An interview that did not take place: what is written, and the message that asks for a new time."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from followup_desktop.domain.answers import Answer
from followup_desktop.domain.drafts import word_count
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Contact, EventKind, Interview, Rule
from followup_desktop.services.messages.compose import Compose
from followup_desktop.services.messages.letters import Letter
from followup_desktop.services.messages.new_time import new_time_key
from followup_desktop.services.reading.debrief import DebriefReader
from tests.services.conftest import Desk, acme, madrid

ANA = Contact(id="ana", name="Ana Ruiz", employer="Acme", email="ana@acme.example")
TOM = Contact(id="tom", name="Tom Berg", employer="Acme")


def held(interview_id: str, at: str, *people: str) -> Interview:
    return Interview(id=interview_id, starts_at=datetime.fromisoformat(at), minutes=60, interviewers=people)


DAY = (held("i1", "2026-10-14T08:00", "tom"), held("i2", "2026-10-14T09:30", "ana"))
EARLIER = held("i0", "2026-10-06T09:00", "ana")


@pytest.fixture
def compose(desk: Desk) -> Compose:
    desk.put(acme(interviews=(*DAY, EARLIER), contacts=("tom", "ana")), contacts=(ANA, TOM))
    return Compose(desk.store, desk.wording)


def of_day(desk: Desk, rule: Rule) -> str:
    return next(f.key for f in desk.store.follow_ups() if f.rule is rule and "2026-10-14" in f.key)


def letter_of(desk: Desk, compose: Compose, rule: Rule = Rule.DEBRIEF) -> Letter:
    done = desk.tracker.answer(of_day(desk, rule), Answer.DID_NOT_TAKE_PLACE)
    assert done.letter is not None
    return compose.letter(done.letter, desk.now, sender="Sam Rivera")


@pytest.mark.parametrize("rule", [Rule.DEBRIEF, Rule.THANK_YOU])
def test_the_whole_day_is_cancelled_and_no_other_in_one_step(
    compose: Compose, desk: Desk, rule: Rule
) -> None:
    before = desk.store.facts()
    done = desk.tracker.answer(of_day(desk, rule), Answer.DID_NOT_TAKE_PLACE)
    assert {i.id for i in desk.application().interviews if i.cancelled} == {"i1", "i2"}
    assert desk.application().events == ()
    assert not [f.key for f in desk.store.follow_ups() if "2026-10-14" in f.key]
    assert (done.label, desk.tracker.undo_label) == ("It didn't take place", "It didn't take place")
    desk.tracker.undo()
    assert desk.store.facts() == before


def test_its_debrief_is_offered_no_more(compose: Compose, desk: Desk) -> None:
    key = of_day(desk, Rule.DEBRIEF)
    desk.tracker.answer(key, Answer.DID_NOT_TAKE_PLACE)
    debriefing = DebriefReader(desk.store, desk.wording)
    assert not debriefing.is_asked_for(key)
    with pytest.raises(Refused):
        debriefing.of_follow_up(key, desk.now)
    with pytest.raises(Refused):
        debriefing.of_interview("i2", desk.now)


def test_the_message_asks_whom_it_can_reach_for_a_new_time(compose: Compose, desk: Desk) -> None:
    letter = letter_of(desk, compose)
    assert letter.title == "Ask Acme for a new time"
    assert letter.detail == "Data Engineer — the interview on Wed 14 Oct didn't happen"
    assert letter.to is not None
    assert (letter.to.name, letter.to.address) == ("Ana Ruiz", "ana@acme.example")
    assert [each.name for each in letter.recipients] == ["Ana Ruiz", "Tom Berg"]
    text = f"{letter.draft.subject}\n{letter.draft.body}"
    assert "today" in text
    assert "14 October" not in text
    later = compose.letter(letter.key, madrid("2026-10-16T12:00")).draft
    assert "Wednesday 14 October" in f"{later.subject}\n{later.body}"
    assert "Ana," in text
    assert "Data Engineer" in text
    assert "[" not in text
    assert 60 <= word_count(letter.draft.body) <= 120
    to_tom = compose.letter(letter.key, desk.now, recipient="tom")
    assert "Tom," in to_tom.draft.body


def test_nobody_to_write_to_is_greeted_as_a_team(desk: Desk) -> None:
    desk.put(acme(interviews=(held("i1", "2026-10-14T08:00"),)))
    letter = letter_of(desk, Compose(desk.store, desk.wording), Rule.THANK_YOU)
    assert letter.to is None
    assert " team,\n" in letter.draft.body


def test_the_second_time_it_is_asked_in_other_words(compose: Compose, desk: Desk) -> None:
    first = letter_of(desk, compose)
    desk.tracker.add_interview("a1", starts_at=datetime.fromisoformat("2026-10-15T09:00"))
    desk.now = madrid("2026-10-15T12:00")
    key = next(f.key for f in desk.store.follow_ups() if f.key == "debrief/a1/2026-10-15")
    done = desk.tracker.answer(key, Answer.DID_NOT_TAKE_PLACE)
    second = compose.letter(done.letter or "", desk.now)
    assert second.draft.subject != first.draft.subject


def test_what_was_sent_is_a_message_and_is_asked_for_no_more(compose: Compose, desk: Desk) -> None:
    letter = letter_of(desk, compose)
    done = desk.tracker.sent(letter.key, body="Another time?", contact="ana")
    assert done.label == "Log message"
    [event] = desk.application().events
    assert (event.kind, event.contact, event.interview, event.note) == (
        EventKind.MESSAGE,
        "ana",
        letter.key.removeprefix("new_time/"),
        "Another time?",
    )
    assert not compose.is_planned(letter.key)
    with pytest.raises(Refused):
        compose.letter(letter.key, desk.now)
    with pytest.raises(Refused):
        desk.tracker.sent(letter.key, body="Again")
    desk.tracker.undo()
    assert compose.is_planned(letter.key)
    desk.tracker.undo()
    assert not compose.is_planned(letter.key), "it did take place after all"


def test_a_message_about_what_is_gone_is_refused(compose: Compose, desk: Desk) -> None:
    letter = letter_of(desk, compose)
    desk.tracker.delete_interview(letter.key.removeprefix("new_time/"))
    for key in (letter.key, new_time_key("nobody")):
        assert not compose.is_planned(key)
        with pytest.raises(Refused):
            compose.letter(key, desk.now)


def test_an_interview_long_past_can_be_said_not_to_have_taken_place(compose: Compose, desk: Desk) -> None:
    desk.now = madrid("2026-11-20T10:00")
    done = desk.tracker.did_not_take_place("i0")
    assert {i.id for i in desk.application().interviews if i.cancelled} == {"i0"}
    assert done.letter is not None
    assert compose.is_planned(done.letter)


def test_the_day_is_told_as_the_employer_had_it(desk: Desk) -> None:
    tokyo = replace(held("i1", "2026-10-14T08:00"), timezone="Asia/Tokyo")
    desk.put(acme(interviews=(tokyo,), timezone="America/Los_Angeles"))
    key = desk.tracker.did_not_take_place("i1").letter
    letter = Compose(desk.store, desk.wording).letter(key or "", desk.now)
    assert letter.facts == (("Interview", "Tuesday 13 October"),)
