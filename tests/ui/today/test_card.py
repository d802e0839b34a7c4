"""The card of the one thing to do: what the act needs is in sight, and what one does there is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import combinations

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt, QUrl
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMenu, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from followup_desktop.domain.answers import Answer
from followup_desktop.domain.model import Application, EventKind, Facts, Rule, SearchState, Stage
from followup_desktop.services.rows import TodaySection
from followup_desktop.services.tracker.debrief import DayDebrief, MetPerson
from followup_desktop.ui.kit.answer_panels import ChoicePanel
from followup_desktop.ui.kit.date_panel import DatePanel
from followup_desktop.ui.kit.requests import (
    AddContact,
    AddReminder,
    EditPerson,
    OpenApplication,
    Request,
    WriteMessage,
)
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.today.group import GroupItem
from followup_desktop.ui.today.item import FollowUpItem
from followup_desktop.ui.today.needs import CallBody, LetterBody, MeetingBody, PostingBody
from followup_desktop.ui.today.view import READABLE, TodayView
from tests.benchmarks.many import many
from tests.ui import situations
from tests.ui.desk import Desk, PutUp

Show = Callable[[Facts], TodayView]


@pytest.fixture
def show(desk: Desk, theme: Theme, put_up: PutUp) -> Show:
    """Shows Today over these facts."""

    def shown(facts: Facts) -> TodayView:
        desk.put(facts)
        view = TodayView(desk.context(theme))
        put_up(view)
        view.begin()
        return view

    return shown


def card(view: TodayView) -> FollowUpItem:
    assert view.list.card is not None
    return view.list.card


def button(widget: QWidget, name: str) -> QAbstractButton:
    (found,) = [b for b in widget.findChildren(QAbstractButton) if b.accessibleName() == name]
    return found


def words(widget: QWidget | None) -> str:
    """All that is to be read there."""
    assert widget is not None
    return " | ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def asked(view: TodayView) -> list[Request]:
    found: list[Request] = []
    view.asked.connect(found.append)
    return found


def test_a_call_has_number_person_and_script_in_sight(show: Show, qtbot: QtBot) -> None:
    view = show(situations.calls())
    item, requests = card(view), asked(view)
    assert item.row.rule is Rule.STATUS_CALL
    assert isinstance(item.body, CallBody)
    said = words(item.body)
    assert "+34 600 000 000" in said
    assert "Lena Park" in said
    assert "Platform Lead" in said
    button(item, "Copy number").click()
    assert QApplication.clipboard().text() == "+34 600 000 000"
    button(item, "Full script").click()
    assert requests == [WriteMessage(item.key)]


def test_what_a_call_needs_leaves_its_answers_in_sight_however_narrow_it_was_made(show: Show) -> None:
    item = card(show(situations.calls()))
    assert isinstance(item.body, CallBody)
    item.body.resize(60, 40)  # as it is before the card has its width
    item.restyle()
    answer = button(item, "No answer")
    assert item.body.geometry().bottom() < answer.y()


@pytest.mark.parametrize("known", [True, False])
def test_a_call_without_a_number_leads_to_where_it_is_entered(show: Show, known: bool) -> None:
    facts = situations.no_number()
    if not known:
        call = facts.applications[0]
        (interview,) = call.interviews
        unknown = replace(call, contacts=(), interviews=(replace(interview, interviewers=()),))
        facts = replace(facts, applications=(unknown,))
    view = show(facts)
    requests = asked(view)
    assert "No number yet" in words(card(view).body)
    button(card(view), "Add it: Add a phone number").click()
    assert requests == [
        EditPerson("lena", "phone", in_passing=True) if known else AddContact("initech", in_passing=True)
    ]


def test_an_interview_can_be_joined_and_joining_is_strong_when_it_begins(
    show: Show, desk: Desk, qtbot: QtBot
) -> None:
    view = show(situations.interview_soon())
    join = button(card(view), "Join")
    assert "In 25 min" in words(card(view).body)
    assert (join.property("look"), button(card(view), "Done").property("look")) == ("plain", "strong")
    join.click()
    assert desk.urls == [QUrl("https://meet.example.org/globex")]
    desk.now += timedelta(minutes=10)
    view.show_all()
    assert (join.property("look"), button(card(view), "Done").property("look")) == ("strong", "plain")


def test_for_an_interview_at_a_place_one_is_reminded_when_to_leave(show: Show, desk: Desk) -> None:
    view = show(situations.interview_soon("Gran Vía 28", "17:30"))
    requests = asked(view)
    assert "Gran Vía 28" in words(card(view).body)
    assert not button(card(view), "Join").isVisible()
    button(card(view), "Remind me when to leave").click()
    at = datetime.fromisoformat("2026-10-14T16:30")
    assert requests == [AddReminder("globex", "Leave for Globex", at)]
    desk.tracker.add_reminder(title="Leave for Globex", at=at, application="globex")
    view.refresh()
    assert "Leave for Globex: 16:30" in words(card(view).body)
    assert not button(card(view), "Remind me when to leave").isVisible()


def test_an_interview_stays_in_sight_until_it_is_over_once_its_preparation_is_done(
    show: Show, desk: Desk
) -> None:
    facts = situations.interview_soon()
    view = show(replace(facts, applications=tuple(a for a in facts.applications if a.id == "globex")))
    assert view.meeting.isHidden()
    button(card(view), "Done").click()
    view.refresh()
    assert view.meeting.isVisible()
    assert "Nothing to do right now" not in words(view)
    for minutes, ahead in ((21, "In 4 min"), (19, "Under way now")):
        desk.now += timedelta(minutes=minutes)
        view.show_all()
        assert ahead in words(view.meeting)
    button(view.meeting, "Join").click()
    assert desk.urls == [QUrl("https://meet.example.org/globex")]
    desk.now += timedelta(hours=1)
    view.show_all()
    assert view.meeting.isHidden()


def test_an_interview_of_later_today_is_named_where_nothing_else_is_to_be_done(
    show: Show, desk: Desk
) -> None:
    facts = situations.interview_soon("Gran Vía 28", "20:30")
    view = show(replace(facts, applications=tuple(a for a in facts.applications if a.id == "globex")))
    button(card(view), "Done").click()
    view.refresh()
    assert "Nothing to do right now" not in words(view)
    assert "20:30" in words(view.meeting)
    assert button(view.meeting, "Remind me when to leave").isVisible()
    desk.tracker.add_reminder(title="Call mum", at=datetime.fromisoformat("2026-10-14T15:00"))
    view.refresh()
    assert view.meeting.isHidden(), "something else is to be done, and it is long until then"


def test_who_has_an_address_is_not_thanked_through_the_organiser(show: Show, desk: Desk) -> None:
    facts = situations.one()
    with_address = card(show(facts))
    assert with_address.row.rule is Rule.THANK_YOU
    assert Answer.NO_ADDRESS not in with_address.row.answers
    assert Answer.WRITE_EMAIL in with_address.row.answers


def test_when_to_leave_stays_in_sight_beside_other_follow_ups(show: Show, desk: Desk) -> None:
    view = show(situations.interview_soon("Gran Vía 28", "16:50"))
    desk.tracker.answer(card(view).key, Answer.DONE)
    view.refresh()
    assert card(view).row.rule is not Rule.PREPARE
    assert "Interview at Globex" in words(view.meeting)
    assert button(view.meeting, "Remind me when to leave").isVisible()
    desk.tracker.undo()
    view.refresh()
    assert view.meeting.isHidden()
    assert card(view).row.rule is Rule.PREPARE


def test_ticks_outlast_a_refresh_and_the_window_and_record_nothing(
    show: Show, desk: Desk, theme: Theme, put_up: PutUp
) -> None:
    view = show(situations.interview_soon())
    before = desk.store.facts()
    body = card(view).body
    assert isinstance(body, MeetingBody)
    assert len(body.questions) == 4
    body.questions["when"].click()
    view.show_all()
    again = TodayView(desk.context(theme))
    put_up(again)
    for each in (view, again):
        shown = card(each).body
        assert isinstance(shown, MeetingBody)
        assert [q for q, box in shown.questions.items() if box.isChecked()] == ["when"]
    assert desk.store.facts() == before


def test_enter_on_a_question_ticks_it_off_and_answers_nothing(show: Show, desk: Desk) -> None:
    view = show(situations.interview_soon())
    item = card(view)
    assert isinstance(item.body, MeetingBody)
    box = item.body.questions["people"]
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert box.isChecked()
    assert desk.store.choice(item.key) is None
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert view.focusWidget() is item.body.questions["steps"]


def test_the_tab_key_goes_through_the_card_from_top_to_bottom(show: Show) -> None:
    view = show(situations.interview_soon())
    item = card(view)
    stops = []
    for _stop in range(11):
        QTest.keyClick(view.focusWidget(), Qt.Key.Key_Tab)
        stops.append(view.focusWidget().accessibleName())
    questions = [box.accessibleName() for box in item.body.questions.values()]  # type: ignore[union-attr]
    assert stops[:10] == [
        "Join", *questions, "Done", "Rescheduled", "They cancelled", "Snooze", "Skip",
    ]  # fmt: skip
    assert stops[10] == "Why?"


@pytest.mark.parametrize("facts", [situations.one, situations.twelve])
def test_assistive_technology_reads_what_the_card_shows_before_its_answers(
    show: Show, facts: Callable[[], Facts]
) -> None:
    item = card(show(facts()))
    read = [child for child in item.children() if isinstance(child, QWidget) and child.isVisible()]
    assert item.body is not None
    answer = min(read.index(button) for button in item.buttons() if button in read)
    assert read.index(item.body) < answer


def test_snooze_skip_and_why_stand_beside_the_title_and_the_answers_have_their_line(show: Show) -> None:
    view = show(situations.calls())
    view.setFixedSize(740, 560)
    here = card(view)
    answers, beside = here.buttons()[:-3], here.buttons()[-3:]
    assert [each.accessibleName() for each in beside] == ["Snooze", "Skip", "Why?"]
    assert len({each.y() for each in beside}) == 1 == len({each.y() for each in answers})
    assert max(each.geometry().bottom() for each in beside) < answers[0].y()
    padding = {each.width() - each.fontMetrics().horizontalAdvance(each.text()) for each in answers[1:]}
    assert max(padding) - min(padding) <= 1


def test_what_opens_in_the_card_leaves_its_ring_free(show: Show) -> None:
    here = card(show(situations.calls()))
    button(here, "Why?").click()
    assert here.panel is not None
    assert here.rect().adjusted(2, 2, -2, -2).contains(here.panel.geometry())


def test_nothing_is_to_be_asked_where_it_is_known_already(show: Show, desk: Desk) -> None:
    view = show(situations.interview_soon())
    desk.tracker.edit_interview("globex-1", process="A task, then a decision")
    body = card(view).body
    assert isinstance(body, MeetingBody)
    assert body.questions == {}
    assert "Before you leave" not in words(body)


def test_a_thank_you_has_the_first_lines_of_the_letter_as_it_is_being_written(
    show: Show, desk: Desk, theme: Theme, put_up: PutUp
) -> None:
    view = show(situations.one())
    body = card(view).body
    assert isinstance(body, LetterBody)
    assert "To Ana Ruiz, ana@acme.example" in words(body)
    assert "Dear Ana" in words(body) or "Hello Ana" in words(body)
    context = desk.context(theme)
    context.drafts.letters.keep(card(view).key, {"body": "Dear Ana,\n\nThe cake was a lie, and a good one."})
    again = TodayView(context)
    put_up(again)
    assert "Dear Ana, The cake was a lie" in words(card(again).body)


def test_the_card_has_the_height_of_its_letter_when_that_becomes_longer_or_shorter(show: Show) -> None:
    view = show(situations.one())
    heights = []
    for text in ("The cake was a lie.", "The cake was a lie, and a good one. " * 8, "The cake was a lie."):
        view.context.drafts.letters.keep(card(view).key, {"body": f"Dear Ana,\n\n{text}"})
        view.refresh()
        body = card(view).body
        assert isinstance(body, LetterBody)
        heights.append(body.height())
    assert heights[0] == heights[2] < heights[1]


def test_without_an_address_a_letter_leads_to_where_it_is_entered(show: Show) -> None:
    facts = situations.one()
    view = show(replace(facts, contacts=(replace(situations.ANA, email=""),)))
    requests = asked(view)
    assert "To Ana Ruiz: no address yet" in words(card(view).body)
    button(card(view), "Add it: Add an email address").click()
    assert requests == [EditPerson("ana", "email", in_passing=True)]


def test_whose_a_missing_address_is_to_be_is_asked_among_the_people_there(show: Show) -> None:
    facts = situations.one()
    quiet = replace(situations.check_in(1, "Initech", date(2026, 9, 21)), contacts=("ana", "taro"))
    nobody = (replace(situations.ANA, email=""), situations.TARO)
    view = show(replace(facts, contacts=nobody, applications=(quiet,)))
    requests = asked(view)
    assert "No address yet" in words(card(view).body)
    button(card(view), "Add it: Add an email address").click()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    entries = [each for each in menu.actions() if not each.isSeparator()]
    assert [each.text() for each in entries] == ["Ana Ruiz", "山田太郎", "Someone else…"]
    entries[1].trigger()
    entries[2].trigger()
    menu.close()
    assert requests == [EditPerson("taro", "email", in_passing=True), AddContact(quiet.id, in_passing=True)]


def test_after_the_card_is_answered_the_next_takes_its_place_with_the_keyboard(show: Show) -> None:
    view = show(situations.twelve())
    keys = [item.key for item in view.list.items()]
    assert card(view).key == keys[0]
    QTest.keyClick(card(view), Qt.Key.Key_K)
    assert card(view).key == keys[1]
    assert view.focusWidget() is card(view)
    assert [item.key for item in view.list.items()] == keys[1:]


def test_after_the_card_is_answered_what_it_led_to_is_the_card_and_has_the_keyboard(
    show: Show, desk: Desk
) -> None:
    known, later = situations.debrief_umbrella(), situations.later_today()
    view = show(
        replace(later, applications=(known, *later.applications), contacts=situations.twelve().contacts)
    )
    debrief = card(view)
    assert debrief.row.rule is Rule.DEBRIEF
    interview = debrief.row.interview or ""
    said = DayDebrief(met={interview: ()}, new_people=(MetPerson(name="Ivy Lang", interviews=(interview,)),))
    desk.tracker.debrief(debrief.row.application or "", interview, said)
    assert card(view).row.rule is Rule.THANK_YOU
    assert view.focusWidget() is card(view)


def test_a_row_keeps_its_place_and_what_is_being_typed_when_it_becomes_the_card(
    show: Show, desk: Desk
) -> None:
    view = show(situations.twelve())
    first, second = view.list.items()[:2]
    assert isinstance(second, FollowUpItem)
    view.list.select(second.key, focus=True)
    QTest.keyClick(second, Qt.Key.Key_S)
    assert isinstance(second.panel, ChoicePanel)
    button(second.panel, "Pick").click()
    assert isinstance(second.panel, DatePanel)
    QTest.keyClicks(second.panel.date.line, "in two")
    desk.tracker.skip(first.key)
    assert card(view) is second
    assert isinstance(second.panel, DatePanel)
    assert second.panel.date.line.text() == "in two"
    assert view.focusWidget() is second.panel.date.line


def test_one_button_is_strong_and_it_is_that_of_the_selected(show: Show) -> None:
    view = show(situations.twelve())
    for place in (0, 3, 1):
        item = view.list.items()[place]
        view.list.select(item.key, focus=True)
        strong = [
            b
            for b in view.findChildren(QAbstractButton)
            if b.isVisible() and b.property("look") == "strong" and getattr(b, "is_drawn", True)
        ]
        assert len(strong) == 1
        assert item.isAncestorOf(strong[0])


def test_every_open_row_shows_its_next_step_without_being_selected(show: Show, qtbot: QtBot) -> None:
    """An offer is not taken in passing, and of a call one sees first what it needs."""
    view = show(situations.twelve())
    shown = {}
    for item in view.list.items():
        if isinstance(item, FollowUpItem) and item.row.is_open and not item.is_card and not item.selected:
            drawn = [b.text() for b in item.buttons() if b.is_drawn and b.isVisible() and b.text() != "Why?"]
            shown[item.row.rule] = drawn
    assert shown[Rule.THANK_YOU] == ["Write email…"]
    assert shown[Rule.DEBRIEF] == ["Debrief…"]
    assert shown[Rule.OFFER_REPLY] == []
    assert all(len(drawn) == 1 for rule, drawn in shown.items() if rule is not Rule.OFFER_REPLY)


def test_a_double_click_on_a_row_opens_it_and_answers_nothing(show: Show, desk: Desk) -> None:
    """The row grows below the pointer, and the one above it shrinks."""
    view = show(situations.twelve())
    item = view.list.items()[2]
    before = desk.store.facts()
    view.list.select(view.list.items()[1].key)
    place = item.rect().center()
    on = item.mapTo(view, place)
    QTest.mouseClick(item, Qt.MouseButton.LeftButton, pos=place)
    QApplication.processEvents()
    below = view.childAt(on)
    assert below is not None
    QTest.mouseClick(below, Qt.MouseButton.LeftButton)
    assert desk.store.facts() == before


@pytest.mark.parametrize(("opened", "said"), [("", "yesterday"), ("1", "today")], ids=["waits", "sent"])
def test_a_letter_begun_the_day_before_says_so_unless_it_was_sent(
    show: Show, desk: Desk, opened: str, said: str
) -> None:
    view = show(situations.one())
    key, begun = card(view).key, desk.now
    letter = view.context.readers.compose.letter(key, begun, sender="")
    assert "today" in letter.draft.body
    kept = {"subject": "", "body": letter.draft.body, "begun": begun.isoformat(), "opened": opened}
    view.context.drafts.letters.keep(key, kept)
    desk.now += timedelta(hours=14)
    view.show_all()
    assert said in words(card(view).body)


def test_a_row_stays_below_the_pointer_that_chose_it(show: Show) -> None:
    """The row above it, which was chosen before, has lost its line of answers."""
    view = show(situations.twelve())
    view.resize(1000, 500)
    before, item = view.list.items()[5], view.list.items()[8]
    view.list.select(before.key, focus=True)
    QApplication.processEvents()
    page = view.findChild(QScrollArea)
    assert page is not None
    page.ensureWidgetVisible(item)
    place = item.rect().center()
    on = item.mapTo(view, place)
    QTest.mouseClick(item, Qt.MouseButton.LeftButton, pos=place)
    QApplication.processEvents()
    assert view.list.current is item
    assert item.mapTo(view, place) == on


def test_the_second_click_of_two_opens_no_row_that_came_to_its_place(show: Show) -> None:
    view = show(situations.twelve())
    requests = asked(view)
    item = view.list.items()[3]

    def send(kind: QEvent.Type, part: QWidget) -> None:
        place, left = QPointF(part.rect().center()), Qt.MouseButton.LeftButton
        none = Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(part, QMouseEvent(kind, place, QPointF(400, 400), left, left, none))

    send(QEvent.Type.MouseButtonDblClick, item)
    assert requests == []
    send(QEvent.Type.MouseButtonPress, item)
    send(QEvent.Type.MouseButtonDblClick, item)
    assert [type(each) for each in requests] == [OpenApplication]
    send(QEvent.Type.MouseButtonDblClick, button(item, "Skip"))
    assert [type(each) for each in requests] == [OpenApplication] * 2, "the button came below the pointer"


def press(part: QWidget, at: int, moved: int = 0) -> None:
    """Click at the same place of the screen, or so far beside it, at that millisecond."""
    place, left = QPointF(part.rect().center()), Qt.MouseButton.LeftButton
    none, nothing = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.NoButton
    on = QPointF(400 + moved, 400)
    for kind, held in ((QEvent.Type.MouseButtonPress, left), (QEvent.Type.MouseButtonRelease, nothing)):
        event = QMouseEvent(kind, place, on, left, held, none)
        event.setTimestamp(at)
        QApplication.sendEvent(part, event)


def test_a_click_where_another_was_a_moment_ago_is_not_for_what_came_there(show: Show, desk: Desk) -> None:
    view = show(situations.twelve())
    row = next(item for item in view.list.items()[1:] if isinstance(item, FollowUpItem) and item.row.is_open)
    before = desk.store.facts()

    press(row, 1000)
    skip = button(row, "Skip")
    for at in (1200, 1400, 2400):
        press(skip, at)
    assert desk.store.facts() == before
    press(row, 10_000)
    press(skip, 10_100, moved=60)
    assert view.list.item(row.key) is None


def test_what_was_meant_for_a_row_that_went_is_not_for_the_one_that_its_parts_serve_now(
    show: Show, desk: Desk
) -> None:
    view = show(many(100, desk.now, live=40))
    rows = [item for item in view.list.items()[1:] if isinstance(item, FollowUpItem) and item.row.is_open]
    row, other = next(pair for pair in combinations(rows, 2) if pair[0].offers_as(pair[1].row))
    gone, key = row.key, other.key
    view.list.select(gone)
    opened = view.selection().follow_up
    assert opened is not None
    press(button(row, "Skip"), 1000)
    desk.tracker.skip(key)
    desk.tracker.undo()
    assert view.list.item(gone) is None
    assert view.list.item(key) is row
    view.list.select(key)
    press(button(row, "Skip"), 1400)
    opened.skip()
    assert view.list.item(key) is row
    press(button(row, "Skip"), 10_000)
    assert view.list.item(key) is None


def test_what_was_missed_can_be_written_anyway_or_let_go(show: Show, desk: Desk) -> None:
    view = show(situations.missed_thanks())
    requests = asked(view)
    ana, taro = [
        i for i in view.list.items() if isinstance(i, FollowUpItem) and i.row.section is TodaySection.MISSED
    ]
    view.list.select(ana.key, focus=True)
    QTest.keyClick(ana, Qt.Key.Key_Return)
    assert requests == [WriteMessage(ana.key)]
    button(taro, "Let it go").click()
    assert view.list.item(taro.key) is None
    assert desk.store.facts().applications[0].events == ()
    desk.tracker.answer(ana.key, Answer.SENT)
    assert view.list.item(ana.key) is None
    assert [e.kind for e in desk.store.application("acme").events] == [EventKind.THANK_YOU]


def test_with_nothing_to_do_now_it_says_when_the_next_reminder_comes(show: Show) -> None:
    view = show(situations.later_today())
    assert view.list.card is None
    assert "Nothing to do right now" in words(view)
    assert "Your next reminder: today 18:00." in words(view)


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_on_a_wide_screen_the_page_stays_readable(
    show: Show, theme: Theme, qtbot: QtBot, scale: float
) -> None:
    view = show(situations.twelve())
    theme.scale_text(scale)
    view.resize(1720, 900)
    qtbot.waitUntil(lambda: view.list.width() > 0)
    assert view.list.width() <= theme.px(READABLE)
    item = card(view)
    assert item.mapTo(view, item.rect().topRight()).x() <= theme.px(READABLE)


def test_many_of_a_kind_leave_the_first_as_the_one_thing_to_do(show: Show) -> None:
    view = show(situations.five_hundred())
    assert not isinstance(view.list.items()[0], GroupItem)
    assert isinstance(view.list.items()[1], GroupItem)


@pytest.mark.parametrize("address", ["https://jobs.example/42", "jobs.example/42", ""])
def test_an_application_to_send_has_its_posting_in_sight(show: Show, desk: Desk, address: str) -> None:
    desk.now = datetime(2026, 10, 14, 9, tzinfo=UTC)
    saved = Application(
        id="a1", employer="Acme", role="Analyst", stage=Stage.SAVED, url=address, closes_on=date(2026, 10, 15)
    )
    view = show(Facts(applications=(saved,), search=SearchState(paused=True)))
    assert card(view).row.rule is Rule.APPLY
    bodies = card(view).findChildren(PostingBody)
    if not address:
        assert not bodies
        return
    (body,) = bodies
    assert "jobs.example/42" in words(body)
    body.button.click()
    assert desk.urls[-1] == QUrl("https://jobs.example/42")


def test_the_question_says_which_answer_asks_it(show: Show) -> None:
    """*Spoke* and *They answered…* ask the same."""
    view = show(situations.calls())
    for name, said in (("Spoke", "Spoke"), ("They answered", "They answered")):
        button(card(view), name).click()
        panel = card(view).panel
        assert isinstance(panel, ChoicePanel)
        assert panel.accessibleName() == f"{said}. What did they say?"
        assert words(panel).startswith(panel.accessibleName())
