"""Dates in the forms and the detail: each field knows its side, and says what one would not expect."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from followup_desktop.domain.model import EventKind, Stage
from followup_desktop.ui.applications.view import ApplicationsView
from followup_desktop.ui.kit.forms.dates import DateField
from followup_desktop.ui.kit.forms.field import Field
from followup_desktop.ui.kit.forms.panel import FormPanel
from tests.tables import tabled
from tests.ui.desk import Desk


def type_in(field: Field, text: str) -> None:
    """Replace what is in the line, and leave it."""
    line = field.editor
    assert isinstance(line, QLineEdit)
    line.setFocus(Qt.FocusReason.OtherFocusReason)
    line.selectAll()
    QTest.keyClicks(line, text)


def leave(field: Field) -> None:
    QTest.keyClick(field.editor, Qt.Key.Key_Tab)


def dated(form: FormPanel, key: str) -> DateField:
    field = form.fields[key]
    assert isinstance(field, DateField)
    return field


@tabled(
    "now, typed, applied_on",
    [
        (datetime(2027, 1, 10, 9, tzinfo=UTC), "20 Dec", date(2026, 12, 20)),
        (datetime(2026, 10, 14, 9, tzinfo=UTC), "today", date(2026, 10, 14)),
        (datetime(2026, 10, 14, 9, tzinfo=UTC), "thursday", date(2026, 10, 8)),
    ],
)
def test_one_has_applied_on_the_last_such_day(
    view: ApplicationsView, desk: Desk, now: datetime, typed: str, applied_on: date
) -> None:
    desk.now = now
    view.add_application()
    form = view.quick_add
    for key, text in (("employer", "Globex"), ("role", "SRE"), ("applied_on", typed)):
        type_in(form.fields[key], text)
    assert form.submit()
    stored = next(each for each in desk.store.applications() if each.employer == "Globex")
    assert (stored.stage, stored.applied_on) == (Stage.APPLIED, applied_on)
    desk.tracker.undo()


def test_it_closes_on_the_next_such_day(view: ApplicationsView, desk: Desk) -> None:
    desk.now = datetime(2026, 12, 20, 9, tzinfo=UTC)
    view.add_application()
    form = view.quick_add
    for key, text in (("employer", "Globex"), ("role", "SRE"), ("closes_on", "7 Jan")):
        type_in(form.fields[key], text)
    assert form.submit()
    stored = next(each for each in desk.store.applications() if each.employer == "Globex")
    assert stored.closes_on == date(2027, 1, 7)


@tabled("typed", ["qqq", "8", "31 april", "Friday the 8th"])
def test_no_date_moves_no_stage(view: ApplicationsView, typed: str) -> None:
    view.add_application()
    form = view.quick_add
    type_in(form.fields["applied_on"], typed)
    leave(form.fields["applied_on"])
    assert form.fields["applied_on"].refusal.endswith(".")
    assert form.fields["stage"].value() is Stage.SAVED


def test_that_a_date_of_applying_moves_the_stage_is_said(view: ApplicationsView) -> None:
    view.add_application()
    form = view.quick_add
    field = dated(form, "applied_on")
    type_in(field, "yesterday")
    assert form.fields["stage"].value() is Stage.APPLIED
    assert field.understood.sentence == "= Tue 13 Oct 2026, yesterday. The stage is now Applied."
    leave(field)
    assert field.understood.sentence == "Yesterday. The stage is now Applied."
    type_in(field, "yesterdayy")
    assert form.fields["stage"].value() is Stage.SAVED
    assert field.understood.sentence == ""
    assert field.understood.sizePolicy().retainSizeWhenHidden(), "what stands below does not jump"


def test_one_has_not_applied_on_a_day_to_come(view: ApplicationsView) -> None:
    view.add_application()
    form = view.quick_add
    field = dated(form, "applied_on")
    type_in(field, "tomorrow")
    leave(field)
    assert form.fields["stage"].value() is Stage.SAVED
    assert field.understood.sentence == "Tomorrow. That day is in the future."


def test_a_new_interview_is_on_the_next_such_day(view: ApplicationsView, desk: Desk) -> None:
    desk.now = datetime(2026, 11, 28, 9, tzinfo=UTC)
    view.show_application("initech")
    view.detail.interviews.add_button.click()
    form = view.interview_form
    type_in(dated(form, "date"), "8 Jan")
    leave(dated(form, "date"))
    assert dated(form, "date").typed() == "Fri 8 Jan 2027"
    type_in(form.fields["time"], "3")
    leave(form.fields["time"])
    assert form.fields["time"].typed() == "15:00"
    assert form.submit()
    [interview] = desk.store.application("initech").interviews
    assert interview.starts_at == datetime.fromisoformat("2027-01-08T15:00")


@tabled("typed", ["yesterday", "2 Oct 2026", "today"])
def test_a_new_interview_in_the_past_is_said(view: ApplicationsView, typed: str) -> None:
    view.show_application("initech")
    view.detail.interviews.add_button.click()
    field = dated(view.interview_form, "date")
    type_in(field, typed)
    leave(field)
    assert field.understood.sentence.endswith(". This interview is in the past.")
    type_in(field, "friday")
    leave(field)
    assert field.understood.sentence == "In 2 days"


def test_an_interview_that_has_been_is_not_told_so(view: ApplicationsView) -> None:
    view.show_interview("acme-1")
    assert dated(view.interview_form, "date").understood.isHidden()


def test_what_they_said_is_reckoned_from_the_day_of_the_interview(view: ApplicationsView, desk: Desk) -> None:
    desk.now = datetime(2026, 11, 2, 9, tzinfo=UTC)
    view.show_interview("acme-1")
    field = dated(view.interview_form, "reply_by")
    type_in(field, "in a week")
    leave(field)
    assert field.typed() == "Wed 21 Oct"


def test_what_happened_is_logged_on_the_last_such_day(view: ApplicationsView, desk: Desk) -> None:
    view.detail.timeline.log(EventKind.REPLY)
    form = view.detail.timeline.form
    type_in(form.fields["day"], "friday")
    leave(form.fields["day"])
    type_in(form.fields["reply_by"], "in two weeks")
    assert form.submit()
    event = next(each for each in desk.store.application("acme").events if each.kind is EventKind.REPLY)
    assert event.at.date() == date(2026, 10, 9)


def test_a_date_in_the_detail_is_stored_when_it_is_left_and_not_half_typed(
    view: ApplicationsView, desk: Desk, qtbot: QtBot
) -> None:
    field = view.detail.fields["offer_expires_on"]
    type_in(field, "8 jan")
    qtbot.waitUntil(lambda: not any(timer.isActive() for timer in view.detail.findChildren(QTimer)))
    assert desk.store.application("acme").offer_expires_on is None
    QTest.keyClicks(field.editor, " 2028")
    leave(field)
    assert desk.store.application("acme").offer_expires_on == date(2028, 1, 8)
    assert field.typed() == "Sat 8 Jan 2028"


def test_applied_on_in_the_future_is_said_in_the_detail(view: ApplicationsView, desk: Desk) -> None:
    field = view.detail.fields["applied_on"]
    assert isinstance(field, DateField)
    type_in(field, "tomorrow")
    leave(field)
    assert desk.store.application("acme").applied_on == date(2026, 10, 15)
    assert field.understood.sentence == "That day is in the future."
    view.show_application("initech")
    assert field.understood.isHidden()
    view.show_application("acme")
    assert field.understood.sentence == "That day is in the future."


def test_what_has_happened_is_typed_as_one_says_it(view: ApplicationsView, desk: Desk) -> None:
    view.show_application("initech")
    view.detail.timeline.log(EventKind.NOTE)
    form = view.detail.timeline.form
    field = dated(form, "day")
    type_in(field, "an hour ago")
    leave(field)
    happened = desk.now - timedelta(hours=1)
    assert form.submit()
    [event] = [each for each in desk.store.application("initech").events if each.kind is EventKind.NOTE]
    assert event.at == happened.replace(second=0)


@tabled("key", ["date", "time"])
def test_a_time_zone_said_beside_a_time_is_refused_and_not_dropped(view: ApplicationsView, key: str) -> None:
    view.add_interview()
    form = view.interview_form
    said = {"CET": "Tue 15:00", "EST": "tomorrow 3 pm", "UTC": "Tue 10am", "PT": "Tue 10am"}
    said |= {"MEZ": "Tue 15 Uhr", "heure de paris": "Tue 15h", "hora peninsular": "Tue 16:00"}
    for zone, when in said.items():
        typed = f"{when} {zone}"
        type_in(form.fields[key], typed)
        leave(form.fields[key])
        assert f"{zone} is a time zone" in form.fields[key].refusal
        assert form.fields[key].typed() == typed
