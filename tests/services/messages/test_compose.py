"""Letters for follow-ups: who, what, in which wording; near copies; what is logged when they were sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from itertools import combinations

import pytest

from followup_desktop.domain.drafts import Template, TemplateName, word_count
from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import (
    Channel,
    Contact,
    Event,
    EventKind,
    FollowUp,
    Interview,
    Rule,
    Stage,
)
from followup_desktop.i18n import speaking
from followup_desktop.resource_files import resources_dir
from followup_desktop.services.messages.compose import NEAR_COPY, Compose, similarity
from followup_desktop.services.messages.letters import FEWEST_WORDS, MOST_WORDS
from followup_desktop.services.messages.values import first_name
from followup_desktop.services.tracker.sample import sample_facts
from tests.pseudo_locale import speaking_to_the_left
from tests.services.conftest import Desk, acme, madrid
from tests.tables import tabled

ANA = Contact(id="ana", name="Ana Ruiz", employer="Acme", email="ana@acme.example")
TOM = Contact(id="tom", name="Dr. Tom Berg", employer="Acme", phone="+34 600 000 000")
LI = Contact(id="li", name="Li Wei", employer="Acme")
EVA = Contact(id="eva", name="Eva Gil", employer="Acme", email="eva@acme.example")
EVERYONE = (ANA, TOM, LI, EVA)


def met(*people: str, **fields: object) -> Interview:
    """An interview of this morning."""
    values: dict[str, object] = {
        "id": "i1",
        "starts_at": madrid("2026-10-14T09:00").replace(tzinfo=None, hour=9),
        "minutes": 60,
        "interviewers": people,
        "debriefed_at": madrid("2026-10-14T10:30"),
        "topics": "the move to streaming.",
    }
    return Interview(**(values | fields))  # type: ignore[arg-type]


@pytest.fixture
def compose(desk: Desk) -> Compose:
    people = ("ana", "tom", "li")
    desk.put(acme(interviews=(met(*people),), contacts=(*people, "eva")), contacts=EVERYONE)
    return Compose(desk.store, desk.wording)


def thanks(desk: Desk, contact: str) -> FollowUp:
    return next(f for f in desk.store.follow_ups() if f.rule is Rule.THANK_YOU and f.contact == contact)


@pytest.mark.parametrize(
    ("language", "date_in_it"),
    [("de", "Mittwoch, 14. Oktober"), ("fr", "mercredi 14 octobre"), ("pt", "Wednesday 14 October")],
)
def test_a_letter_and_its_dates_are_in_the_language_of_the_application(
    compose: Compose, desk: Desk, language: str, date_in_it: str
) -> None:
    """One that there are no letters in is passed over; what the program says of the letter stays."""
    (application,) = desk.store.facts().applications
    desk.now = madrid("2026-10-16T12:00")
    key = thanks(desk, "ana").key
    ours = compose.letter(key, desk.now, sender="Sam Rivera")
    desk.tracker.edit_application(application.id, language=language)
    letter = compose.letter(key, desk.now, sender="Sam Rivera")
    assert date_in_it in letter.draft.body
    assert (letter.title, letter.detail, letter.facts) == (ours.title, ours.detail, ours.facts)
    assert (letter.draft == ours.draft) is (language == "pt")


@pytest.mark.parametrize(
    ("language", "to_one", "to_all"),
    [
        ("de", "Guten Tag Ana Ruiz,", "Guten Tag zusammen,"),
        ("de-informal", "Hallo Ana,", "Hallo zusammen,"),
        ("fr", "Bonjour Ana,", "Bonjour à toutes et à tous,"),
        ("fr-informal", "Bonjour Ana,", "Bonjour à toutes et à tous,"),
        ("es", "Buenos días, Ana:", "Buenos días:"),
        ("es-informal", "Hola, Ana:", "Hola a todo el equipo:"),
    ],
)
def test_a_letter_addresses_its_reader_as_the_language_of_the_application_says(
    desk: Desk, language: str, to_one: str, to_all: str
) -> None:
    """Several at once, too, where nobody is known: "du" and "tu" are for one alone."""
    compose = Compose(desk.store, desk.wording)
    desk.put(acme(interviews=(met("ana"),), contacts=("ana",), language=language), contacts=(ANA,))
    letter = compose.letter(thanks(desk, "ana").key, desk.now, sender="Sam Rivera")
    assert (letter.language, letter.draft.body.splitlines()[0]) == (language, to_one)
    desk.put(acme(id="b", employer="Globex", interviews=(met(id="i2"),), language=language))
    nobody = next(f for f in desk.store.follow_ups("b") if f.rule is Rule.THANK_YOU)
    letter = compose.letter(nobody.key, desk.now, sender="Sam Rivera")
    assert (letter.language, letter.draft.body.splitlines()[0]) == (language, to_all)
    assert letter.draft.missing == ()


def test_a_template_of_the_user_s_own_is_not_for_those_addressed_in_another_way(
    compose: Compose, desk: Desk
) -> None:
    (application,) = desk.store.facts().applications
    desk.tracker.edit_application(application.id, language="de-informal")
    with speaking("de", resources_dir() / "locale"):
        desk.tracker.save_template(TemplateName.THANK_YOU, "Mine", "Guten Tag $name")
        letter = compose.letter(thanks(desk, "ana").key, desk.now)
        assert not letter.own
        assert "du" in letter.draft.body.split()
        desk.tracker.edit_application(application.id, language="de")
        assert compose.letter(thanks(desk, "ana").key, desk.now).own


def test_without_a_language_it_is_that_of_other_letters_to_the_employer(compose: Compose, desk: Desk) -> None:
    key = thanks(desk, "ana").key
    assert compose.letter(key, desk.now).language == "en"
    desk.tracker.add_application(employer="ACME", role="Analyst", language="es")
    assert compose.letter(key, desk.now).language == "es"
    desk.tracker.add_application(employer="Globex", role="Analyst", language="de")
    assert compose.letter(key, desk.now).language == "es"


def test_a_template_of_the_user_s_own_is_for_letters_in_their_own_language(
    compose: Compose, desk: Desk
) -> None:
    desk.tracker.save_template(TemplateName.THANK_YOU, "Mine", "Hello {first_name}")
    key = thanks(desk, "ana").key
    assert compose.letter(key, desk.now).own
    (application,) = desk.store.facts().applications
    desk.tracker.edit_application(application.id, language="de")
    letter = compose.letter(key, desk.now)
    assert not letter.own
    assert letter.draft.subject != "Mine"


def test_a_template_of_the_user_s_own_stays_with_its_language_when_the_program_changes_its_own(
    compose: Compose, desk: Desk
) -> None:
    key = thanks(desk, "ana").key
    (application,) = desk.store.facts().applications
    with speaking("de", resources_dir() / "locale"):
        desk.tracker.save_template(TemplateName.THANK_YOU, "Danke", "Guten Tag $name")
    assert not compose.letter(key, desk.now).own
    assert compose.template(TemplateName.THANK_YOU) == compose.original(TemplateName.THANK_YOU)
    desk.tracker.edit_application(application.id, language="de")
    assert (compose.letter(key, desk.now).own, compose.letter(key, desk.now).draft.subject) == (True, "Danke")


def test_a_template_kept_before_its_language_was_noted_is_in_the_program_s(
    compose: Compose, desk: Desk
) -> None:
    name = TemplateName.THANK_YOU
    with desk.store.transaction("Change template") as transaction:
        transaction.put_template(Template(name, "Mine", "Hello $first_name"))
    assert compose.letter(thanks(desk, "ana").key, desk.now).draft.subject == "Mine"
    desk.tracker.save_template(name, "Newer", "Hello $first_name")
    assert compose.template(name) == Template(name, "Newer", "Hello $first_name")
    desk.tracker.reset_template(name)
    assert compose.template(name) == compose.original(name)


def test_a_thank_you_says_what_was_talked_about_with_whom_and_when(compose: Compose, desk: Desk) -> None:
    desk.now = madrid("2026-10-16T12:00")
    letter = compose.letter(thanks(desk, "ana").key, desk.now, sender="Sam Rivera")
    assert letter.to is not None
    assert letter.to.address == "ana@acme.example"
    assert letter.channel is Channel.EMAIL
    assert letter.kind is EventKind.THANK_YOU
    for known in ("Ana,", "Wednesday 14 October", "the move to streaming", "Data Engineer", "Sam Rivera"):
        assert known in letter.draft.body + letter.draft.subject
    assert "streaming.." not in letter.draft.body
    assert letter.draft.missing == ()
    assert FEWEST_WORDS <= word_count(letter.draft.body) <= MOST_WORDS
    assert dict(letter.facts)["You met"] == "Ana Ruiz, Dr. Tom Berg and Li Wei"


def test_the_day_of_the_interview_is_named_as_one_names_it_on_that_day_and_the_next(desk: Desk) -> None:
    """Only where it is that day for both of them; the user is in Madrid."""
    today = {"en": "today", "de": "heut", "fr": "aujourd’hui", "es": "hoy"}
    yesterday = {"en": "yesterday", "de": "gest", "fr": "hier", "es": "ayer"}
    late = datetime.fromisoformat("2026-10-14T17:00")
    cases: list[tuple[str, str, dict[str, str] | None]] = [
        ("Europe/Madrid", "2026-10-14T23:30", today),
        ("Europe/Madrid", "2026-10-15T00:30", yesterday),
        ("Europe/Madrid", "2026-10-16T08:00", None),
        ("America/New_York", "2026-10-14T23:50", today),
        ("America/New_York", "2026-10-15T03:00", None),
        ("America/New_York", "2026-10-15T20:00", yesterday),
        ("Asia/Tokyo", "2026-10-14T16:00", today),
        ("Asia/Tokyo", "2026-10-14T18:00", None),
    ]
    compose = Compose(desk.store, desk.wording)
    for zone, now, words in cases:
        for language in today:
            interview = met("ana", starts_at=late)
            application = acme(interviews=(interview,), contacts=("ana",), language=language)
            desk.put(replace(application, timezone=zone), contacts=(ANA,))
            draft = compose.letter(thanks(desk, "ana").key, madrid(now), sender="Sam").draft
            text = f"{draft.subject}\n{draft.body}"
            assert ("14" in text) is (words is None), (zone, now, text)
            assert words is None or words[language] in text.casefold(), (zone, now, text)


def test_a_template_of_the_user_s_own_says_today_where_it_says_on_that_day(
    compose: Compose, desk: Desk
) -> None:
    desk.tracker.save_template(
        TemplateName.THANK_YOU, "On $interview_day", "We met on ${interview_day} ($interview_day)."
    )
    draft = compose.letter(thanks(desk, "ana").key, desk.now).draft
    assert (draft.subject, draft.body) == ("Today", "We met today (Wednesday 14 October).")


def test_names_beside_a_letter_are_set_apart_from_right_to_left_and_those_in_it_are_not(
    compose: Compose, desk: Desk
) -> None:
    with speaking_to_the_left():
        letter = compose.letter(thanks(desk, "ana").key, desk.now, sender="Sam Rivera")
        met = next(said for _heading, said in letter.facts if "Li Wei" in said)
    assert "\N{FIRST STRONG ISOLATE}Li Wei\N{POP DIRECTIONAL ISOLATE}" in met
    assert "\N{FIRST STRONG ISOLATE}" not in letter.draft.body


def test_a_letter_names_the_role_as_one_writes_it(compose: Compose, desk: Desk) -> None:
    people = ("ana",)
    role = "Data Engineer (m/f/d)"
    desk.put(acme(role=role, interviews=(met(*people),), contacts=people), contacts=(ANA,))
    letter = compose.letter(thanks(desk, "ana").key, desk.now, sender="Sam Rivera")
    written = letter.draft.subject + letter.draft.body
    assert "Data Engineer" in written
    assert "(m/f/d)" not in written


def test_what_is_not_known_is_shown_and_listed(compose: Compose, desk: Desk) -> None:
    desk.put(acme(interviews=(met("ana", topics=""),), contacts=("ana",)), contacts=(ANA,))
    letter = compose.letter(thanks(desk, "ana").key, desk.now)
    assert set(letter.draft.missing) == {"topics", "my_name"}
    assert "[what you talked about]" in letter.draft.body


def test_the_notes_of_one_day_are_never_the_same_and_always_come_out_alike(
    compose: Compose, desk: Desk
) -> None:
    bodies = [compose.letter(thanks(desk, c).key, desk.now).draft.body for c in ("ana", "tom", "li")]
    again = [compose.letter(thanks(desk, c).key, desk.now).draft.body for c in ("ana", "tom", "li")]
    assert bodies == again
    assert all(similarity(a, b) < NEAR_COPY - 10 for a, b in combinations(bodies, 2))


def test_two_near_copies_are_noticed_whether_sent_or_still_being_written(
    compose: Compose, desk: Desk
) -> None:
    ana, tom = thanks(desk, "ana").key, thanks(desk, "tom").key
    body = compose.letter(ana, desk.now, sender="Sam").draft.body
    copy = body.replace("Ana", "Tom").replace("Thank you", "Thanks")
    assert compose.near_copies(tom, copy, {}) == ()
    assert compose.near_copies(tom, copy, {ana: body}) == ("Ana Ruiz",)
    desk.tracker.sent(ana, body=body)
    assert compose.near_copies(tom, copy, {}) == ("Ana Ruiz",)
    assert compose.near_copies(tom, compose.letter(tom, desk.now).draft.body, {}) == ()
    assert compose.near_copies("gone", copy, {ana: body}) == ()


def test_a_template_of_the_user_is_used_for_everyone(compose: Compose, desk: Desk) -> None:
    own = Template(TemplateName.THANK_YOU, "Hi", "$first_name, thanks. $nonsense")
    with desk.store.transaction("Template") as t:
        t.put_template(own)
    letter = compose.letter(thanks(desk, "ana").key, desk.now)
    assert letter.own
    assert letter.draft.body == "Ana, thanks. [nonsense]"
    assert letter.draft.unknown == ("nonsense",)
    assert compose.template(TemplateName.THANK_YOU) == own
    assert compose.original(TemplateName.THANK_YOU) != own


def test_without_an_address_the_organiser_is_asked_for_all_of_them(compose: Compose, desk: Desk) -> None:
    letter = compose.letter(thanks(desk, "tom").key, desk.now)
    assert letter.to is not None
    assert letter.to.address == ""
    assert letter.organiser
    asked = compose.letter(thanks(desk, "tom").key, desk.now, organiser=True)
    assert asked.to is not None
    assert asked.to.name == "Ana Ruiz"
    assert set(asked.thanked) == {"li", "tom"}
    assert "Ana," in asked.draft.body
    assert "Li Wei" in asked.draft.body
    assert "Dr. Tom Berg" in asked.draft.body


def test_thanks_passed_on_settle_all_of_them_in_one_step(compose: Compose, desk: Desk) -> None:
    key = thanks(desk, "tom").key
    desk.tracker.sent(key, body="Please thank them", through_organiser=("tom", "li"))
    owed = [f.contact for f in desk.store.follow_ups() if f.rule is Rule.THANK_YOU]
    assert owed == ["ana"]
    assert {e.note for e in desk.application().events} == {"Please thank them"}
    desk.tracker.undo()
    assert desk.application().events == ()


def test_sent_keeps_the_text_and_an_address_that_was_not_known(compose: Compose, desk: Desk) -> None:
    desk.tracker.sent(thanks(desk, "tom").key, body=" Dear Tom ", to="tom@acme.example")
    [event] = desk.application().events
    assert (event.kind, event.contact, event.interview, event.note) == (
        EventKind.THANK_YOU,
        "tom",
        "i1",
        "Dear Tom",
    )
    assert desk.store.contact("tom").email == "tom@acme.example"
    assert Rule.THANK_YOU in desk.rules()
    desk.tracker.undo()
    assert desk.store.contact("tom").email == ""
    with pytest.raises(Refused):
        desk.tracker.sent("thank_you/a1/2026-10-14/gone", body="x")


def test_an_address_that_is_known_is_never_replaced(compose: Compose, desk: Desk) -> None:
    desk.tracker.sent(thanks(desk, "ana").key, body="x", to="other@acme.example")
    assert desk.store.contact("ana").email == "ana@acme.example"


def test_a_call_is_to_whoever_has_a_number(compose: Compose, desk: Desk) -> None:
    panel = replace(met("li", "tom"), starts_at=madrid("2026-10-01T09:00").replace(tzinfo=None))
    panel = replace(panel, reply_by=date(2026, 10, 8))
    recruiter = replace(EVA, phone="+34 600 000 009")

    def called(*known: Contact, interview: Interview = panel) -> tuple[str | None, str]:
        everyone = tuple(each.id for each in known)
        desk.put(acme(interviews=(interview,), contacts=everyone), contacts=known)
        letter = compose.letter(desk.follow_up(Rule.STATUS_CALL).key, desk.now, sender="Sam")
        return (letter.to.contact if letter.to else None), letter.phone

    assert called(recruiter, LI, TOM) == ("tom", TOM.phone), "of the round first"
    assert called(recruiter, LI, replace(TOM, phone="")) == ("eva", recruiter.phone)
    assert called(EVA, LI, replace(TOM, phone="")) == (None, ""), "which of them has to be asked"
    alone = replace(panel, interviewers=("li",))
    assert called(LI, interview=alone) == ("li", ""), "whose number is asked for"
    assert called(LI, TOM, interview=alone) == ("tom", TOM.phone)


def test_a_call_has_a_script_and_may_be_written_instead(compose: Compose, desk: Desk) -> None:
    interview = replace(met("tom"), starts_at=madrid("2026-10-01T09:00").replace(tzinfo=None))
    interview = replace(interview, reply_by=date(2026, 10, 8))
    desk.put(acme(interviews=(interview,), contacts=("tom",)), contacts=(TOM,))
    follow_up = desk.follow_up(Rule.STATUS_CALL)
    script = compose.letter(follow_up.key, desk.now, sender="Sam")
    assert script.channel is Channel.PHONE
    assert script.phone == "+34 600 000 000"
    assert script.kind is EventKind.CALL
    assert "still being considered" in script.draft.body
    assert script.template.name == TemplateName.CALL_SCRIPT
    email = compose.letter(follow_up.key, desk.now, by_email=True)
    assert email.channel is Channel.EMAIL
    assert "Thursday 8 October" in email.draft.body
    assert "Dear Tom," in email.draft.body
    desk.tracker.sent(follow_up.key, body=email.draft.body)
    [event] = desk.application().events
    assert event.kind is EventKind.EMAIL
    second = compose.letter(desk.follow_up(Rule.STATUS_CALL).key, desk.now, by_email=True)
    assert similarity(second.draft.body, email.draft.body) < NEAR_COPY


def test_two_applications_at_one_employer_are_written_about_in_other_words(desk: Desk) -> None:
    interview = replace(met("ana"), starts_at=madrid("2026-10-01T09:00").replace(tzinfo=None))
    other = acme(id="a2", role="Analyst", interviews=(replace(interview, id="i2"),), contacts=("ana",))
    desk.put(acme(interviews=(interview,), contacts=("ana",)), other, contacts=(ANA,))
    compose = Compose(desk.store, desk.wording)

    def written(rule: Rule, application: str) -> str:
        follow_up = desk.follow_up(rule, application)
        return compose.letter(follow_up.key, desk.now, by_email=True, sender="Sam").draft.body

    bodies = [written(Rule.STATUS_CALL, each) for each in ("a1", "a2")]
    for each in ("a1", "a2"):
        desk.tracker.set_stage(each, Stage.REJECTED)
    bodies += [written(Rule.ASK_FEEDBACK, each) for each in ("a1", "a2")]
    assert all(similarity(a, b) < NEAR_COPY for a, b in combinations(bodies, 2))


def test_a_question_by_when_they_need_an_answer_is_a_message(compose: Compose, desk: Desk) -> None:
    offered = Event(id="o", kind=EventKind.STAGE, at=madrid("2026-10-13T10:00"), to_stage=Stage.OFFER)
    desk.put(acme(Stage.OFFER, events=(offered,), contacts=("ana",)), contacts=(ANA,))
    key = desk.follow_up(Rule.OFFER_REPLY).key
    letter = compose.letter(key, desk.now)
    assert "When do you need to hear from me?" in letter.draft.body
    desk.tracker.sent(key, body=letter.draft.body, contact="ana")
    [event] = [e for e in desk.application().events if e.id != "o"]
    assert (event.kind, event.contact) == (EventKind.MESSAGE, "ana")
    assert Rule.OFFER_REPLY in desk.rules()


def test_a_withdrawal_that_was_sent_moves_the_stage_and_keeps_its_text(compose: Compose, desk: Desk) -> None:
    taken = Event(id="t", kind=EventKind.STAGE, at=madrid("2026-10-10T10:00"), to_stage=Stage.ACCEPTED)
    other = acme(Stage.ACCEPTED, id="a2", employer="Stark", events=(taken,))
    desk.put(acme(interviews=(), contacts=("ana",)), other, contacts=(ANA,))
    desk.tracker.sent(desk.follow_up(Rule.WITHDRAW_OTHERS).key, body="I withdraw")
    assert desk.application().stage is Stage.WITHDRAWN
    assert [e.note for e in desk.application().events] == ["I withdraw"]


def test_every_follow_up_that_writes_has_a_complete_draft(desk: Desk) -> None:
    with desk.store.transaction("x") as t:
        t.put_facts(sample_facts(desk.now, "Europe/Madrid"))
    compose = Compose(desk.store, desk.wording)
    written = set()
    for follow_up in desk.store.follow_ups():
        try:
            letter = compose.letter(follow_up.key, desk.now, sender="Sam Rivera")
        except Refused:
            continue
        written.add(follow_up.rule)
        assert letter.draft.subject
        assert "$" not in letter.draft.subject + letter.draft.body
        assert letter.draft.unknown == ()
        assert set(letter.draft.missing) <= {"topics", "interview_day", "first_name"}
        assert FEWEST_WORDS <= word_count(letter.draft.body) <= MOST_WORDS
    assert {Rule.THANK_YOU, Rule.STATUS_CALL, Rule.CHECK_IN, Rule.ASK_FEEDBACK} <= written
    assert not written & {Rule.PREPARE, Rule.DEBRIEF, Rule.KEEP_SEARCHING, Rule.ENCOURAGEMENT}


@tabled(
    "name, first",
    [
        ("Ana Ruiz", "Ana"),
        ("Dr. Tom Berg", "Tom"),
        ("Prof. Dr. Li", "Li"),
        ("Ruiz, Ana", "Ana"),
        ("山田太郎", "山田太郎"),
        ("Dr.", "Dr."),
        ("", ""),
    ],
)
def test_people_are_greeted_by_their_first_name(name: str, first: str) -> None:
    assert first_name(name) == first
