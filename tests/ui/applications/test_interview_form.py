"""The form of an interview asks for what can be known by now, and guesses what the rest tells."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea
from pytestqt.qtbot import QtBot

from followup_desktop.domain.model import InterviewKind
from followup_desktop.services.wording.facts import interview_words
from followup_desktop.ui.applications.interview_form import InterviewForm, LocationField
from followup_desktop.ui.applications.view import ApplicationsView
from followup_desktop.ui.kit.forms.dates import DateField, TimeField
from tests.scene import settle
from tests.tables import tabled
from tests.ui.desk import Desk
from tests.ui.situations import NOW

AFTER = ("process", "reply_by", "no_date_given", "topics", "fit", "debriefed")


def asks_for_what_comes_after(form: InterviewForm) -> bool:
    shown = {not form.fields[key].isHidden() for key in AFTER}
    assert len(shown) == 1
    return shown.pop()


def write(form: InterviewForm, key: str, text: str) -> None:
    form.fields[key].editor.setText(text)  # type: ignore[attr-defined]
    form.fields[key].settle()


def test_the_only_application_that_goes_on_is_proposed(view: ApplicationsView, desk: Desk) -> None:
    view.begin_interview(None)
    assert view.interview_form.application is None
    for each in desk.store.applications():
        desk.tracker.archive_application(each.id, archived=each.id != "initech")
    view.begin_interview(None)
    assert view.interview_form.application == "initech"


def test_what_comes_after_is_asked_for_when_it_is_over(view: ApplicationsView) -> None:
    view.begin_interview("initech")
    form = view.interview_form
    assert not asks_for_what_comes_after(form)
    write(form, "date", "yesterday")
    assert asks_for_what_comes_after(form)
    QTest.qWait(0)  # as it is laid out
    edges = {form.fields[key].mapTo(form, QPoint()).x() for key in ("date", "reply_by")}
    assert len(edges) == 1, "its fields stand below the others"
    write(form, "date", "friday")
    assert not asks_for_what_comes_after(form)


def test_behind_the_last_field_the_tab_key_comes_to_the_buttons(view: ApplicationsView) -> None:
    view.begin_interview("initech")
    form = view.interview_form
    form.fields["notes"].editor.setFocus()
    for button in (form.save_button, form.cancel_button):
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is button


def test_the_keyboard_is_in_the_first_field_before_its_text_changes(view: ApplicationsView) -> None:
    """Orca would take the change for where the keyboard is, and never say the field or its form."""
    date_field = view.interview_form.fields["date"].editor
    assert isinstance(date_field, QLineEdit)
    had_keyboard: list[bool] = []
    date_field.textChanged.connect(lambda: had_keyboard.append(date_field.hasFocus()))
    view.begin_interview("initech")
    assert had_keyboard
    assert all(had_keyboard)
    assert view.interview_form.accessibleName() == "New interview at Initech"


@tabled(
    "days_on, proposed",
    [(0, date(2026, 10, 15)), (2, date(2026, 10, 19)), (3, date(2026, 10, 19)), (16, date(2026, 11, 3))],
)
def test_a_working_day_is_proposed(view: ApplicationsView, desk: Desk, days_on: int, proposed: date) -> None:
    """Not a Sunday: on Wed 14 Oct it's the next day, on Friday and Saturday Monday, but for All Saints."""
    desk.now = NOW + timedelta(days=days_on)
    view.begin_interview("acme")  # the form takes up the day for another application
    view.begin_interview("initech")
    assert view.interview_form.fields["date"].value() == proposed


def test_a_time_that_the_employers_clocks_skip_is_said_to_be_a_later_one(view: ApplicationsView) -> None:
    view.begin_interview("initech")
    form = view.interview_form
    for key, text in (("date", "14 March 2027"), ("time", "02:30"), ("timezone", "America/New_York")):
        write(form, key, text)
    clock = form.fields["time"]
    assert isinstance(clock, TimeField)
    assert clock.understood.sentence.endswith("02:30 doesn't exist. It counts as 03:30.")
    assert form.here.sentence == "Sun 14 Mar 08:30 where you are"
    write(form, "timezone", "")
    assert (clock.understood.sentence, form.here.sentence) == ("", "")
    write(form, "date", "28 March 2027")
    assert clock.understood.sentence.endswith("02:30 doesn't exist. It counts as 03:30.")
    assert form.here.sentence == "", "the user's clock shows the same"


def test_what_is_typed_takes_the_place_of_the_proposal(view: ApplicationsView) -> None:
    """Whichever way the form is opened or started over, the keyboard is in the same field."""
    view.begin_interview("initech")
    form = view.interview_form
    line = form.fields["date"].editor
    assert isinstance(line, QLineEdit)
    for _time in ("opened", "started over"):
        assert form.focusWidget() is line
        assert line.selectedText() == line.text()
        line.insert("friday")
        assert line.text() == "friday"
        form.start_afresh()


def test_what_was_typed_before_is_gone_on_with(view: ApplicationsView) -> None:
    view.begin_interview("initech")
    form = view.interview_form
    form.fields["date"].editor.setText("fri")  # type: ignore[attr-defined]
    form.set_aside()
    view.begin_interview("initech")
    line = form.fields["date"].editor
    assert isinstance(line, QLineEdit)
    line.insert("day")
    assert form.fields["date"].typed() != "day", "what was typed is not written over"


def test_what_is_known_of_it_already_is_shown(view: ApplicationsView, desk: Desk) -> None:
    [interview] = desk.store.application("acme").interviews
    desk.tracker.edit_interview(interview.id, starts_at=interview.starts_at.replace(month=12))
    view.show_interview(interview.id)
    assert view.interview_form.fields["reply_by"].value() is not None
    assert asks_for_what_comes_after(view.interview_form)


def test_what_is_not_asked_for_stays_as_it_is(view: ApplicationsView, desk: Desk) -> None:
    view.begin_interview("initech")
    form = view.interview_form
    write(form, "date", "friday")
    write(form, "location", "12 Main Street")
    assert form.submit()
    [added] = desk.store.application("initech").interviews
    view.show_interview(added.id)
    write(form, "location", "14 Main Street")
    assert form.submit()
    [changed] = desk.store.application("initech").interviews
    assert (changed.location, changed.debriefed_at, changed.cancelled) == ("14 Main Street", None, False)


@pytest.mark.parametrize(
    ("location", "kind"),
    [
        ("https://meet.example/x", InterviewKind.VIDEO),
        ("+44 20 7946 0018", InterviewKind.PHONE),
        ("12 Main Street", InterviewKind.ONSITE),
    ],
)
def test_the_kind_follows_the_location_until_it_is_chosen(
    view: ApplicationsView, location: str, kind: InterviewKind
) -> None:
    view.begin_interview("initech")
    form = view.interview_form
    assert form.fields["kind"].value() is InterviewKind.PHONE, "the first one"
    write(form, "location", location)
    assert form.fields["kind"].value() is kind
    combo = form.fields["kind"].editor
    combo.setCurrentIndex(list(InterviewKind).index(InterviewKind.PANEL))  # type: ignore[attr-defined]
    write(form, "location", "somewhere else")
    assert form.fields["kind"].value() is InterviewKind.PANEL


def test_the_kind_of_the_next_interview_is_that_of_the_last(view: ApplicationsView, desk: Desk) -> None:
    before = datetime.fromisoformat("2026-10-07T10:00")
    desk.tracker.add_interview("initech", starts_at=before, kind=InterviewKind.VIDEO)
    view.begin_interview("initech")
    assert view.interview_form.fields["kind"].value() is InterviewKind.VIDEO


def test_the_kind_of_an_interview_that_there_is_stays(view: ApplicationsView) -> None:
    view.show_interview("acme-1")
    form = view.interview_form
    write(form, "location", "https://meet.example/x")
    assert form.fields["kind"].value() is InterviewKind.ONSITE


def test_the_location_shows_the_meeting_that_it_found(view: ApplicationsView, desk: Desk) -> None:
    view.begin_interview("initech")
    field = view.interview_form.fields["location"]
    assert isinstance(field, LocationField)
    assert field.editor.accessibleName() == "Location or link"
    assert field.join_button.isHidden()
    field.line.setText("Zoom: https://meet.example/x (code 4711)")
    assert field.join_button.text() == "Join: meet.example"
    field.join_button.click()
    assert [url.toString() for url in desk.urls] == ["https://meet.example/x"]
    field.line.setText("12 Main Street")
    assert field.join_button.isHidden()


def test_who_has_typed_a_link_goes_on_to_the_next_field(view: ApplicationsView, desk: Desk) -> None:
    view.begin_interview("initech")
    form = view.interview_form
    field = form.fields["location"]
    field.editor.setFocus()
    QTest.keyClicks(field.editor, "https://meet.example/x")
    QTest.keyClick(field.editor, Qt.Key.Key_Tab)
    assert form.fields["kind"].editor.hasFocus()
    for name in ("Ana Ruiz", "Tom Berg"):
        while not isinstance(line := QApplication.focusWidget(), QLineEdit):
            QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)  # type: ignore[arg-type]
        QTest.keyClicks(line, name)
        QTest.keyClick(line, Qt.Key.Key_Return)
    assert desk.urls == []
    assert form.submit()
    interview = max(desk.store.application("initech").interviews, key=lambda each: each.starts_at)
    known = {each.id: each.name for each in desk.store.facts().contacts}
    assert [known[each] for each in interview.interviewers] == ["Ana Ruiz", "Tom Berg"]

    view.show_interview(interview.id)
    field.editor.setFocus()
    QTest.keyClick(field.editor, Qt.Key.Key_Tab)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)  # type: ignore[arg-type]
    assert [url.toString() for url in desk.urls] == ["https://meet.example/x"], "a stored one can be joined"


def test_a_length_is_typed_as_one_says_it(view: ApplicationsView) -> None:
    view.begin_interview("initech")
    for typed, minutes in (("45", 45), ("an hour", 60), ("1 h 30 min", 90), ("half an hour", 30)):
        write(view.interview_form, "minutes", typed)
        assert view.interview_form.fields["minutes"].value() == minutes
        assert view.interview_form.fields["minutes"].typed() == str(minutes)
    for typed in ("abc", "1441", "0", "two days", "9" * 5000):
        write(view.interview_form, "minutes", typed)
        refusal = "Enter a number of minutes from 1 to 1,440, like 60."
        assert view.interview_form.fields["minutes"].refusal == refusal, "one thing is refused in one voice"


def test_what_is_refused_comes_into_sight(view: ApplicationsView, qtbot: QtBot) -> None:
    view.resize(700, 320)
    view.begin_interview("initech")
    form = view.interview_form
    form.fields["date"].type_again("one of these days")
    form.fields["notes"].editor.setFocus()
    area = form.findChildren(QScrollArea)[0]
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    assert form.fields["date"].editor.visibleRegion().isEmpty()
    assert not form.submit()
    line = form.fields["date"].editor
    qtbot.waitUntil(lambda: line.visibleRegion().boundingRect() == line.rect())
    assert line.hasFocus()


def test_every_fact_of_an_interview_can_be_entered(view: ApplicationsView) -> None:
    fields = set(view.interview_form.fields) - {"application"}
    of_the_day = {"starts_at": {"date", "time"}, "debriefed_at": {"debriefed"}}
    assert fields == set().union(*(of_the_day.get(fact, {fact}) for fact in interview_words()))


def test_what_was_said_of_the_date_of_one_leaves_no_room_in_the_form_of_the_next(
    view: ApplicationsView,
) -> None:
    form = view.interview_form

    def height() -> int:
        settle()
        return form.fields["minutes"].y() - form.fields["date"].y()

    view.begin_interview("acme")
    before = height()
    view.begin_interview("initech")
    write(form, "date", "yesterday")
    date_field = form.fields["date"]
    assert isinstance(date_field, DateField)
    assert date_field.understood.sentence.endswith("This interview is in the past.")
    assert height() > before
    view.begin_interview("acme")
    assert (date_field.understood.sentence, height()) == ("", before)
