"""An email that is dropped or pasted: what it answers is proposed, and logged with one key."""

from __future__ import annotations

from datetime import date, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from followup_desktop.domain.model import Application, EventKind, Facts, InterviewKind, Stage
from followup_desktop.services.transfer.dropped import MailContext, file_found
from followup_desktop.ui.applications.view import ApplicationsView
from followup_desktop.ui.kit.forms.dates import writing
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.window.import_window import ImportWindow
from followup_desktop.ui.window.main_window import MainWindow
from followup_desktop.ui.window.reply_bar import ReplyBar
from tests.scene import settle
from tests.sweeps import every
from tests.tables import tabled
from tests.ui import situations
from tests.ui.desk import Desk, page_of

FIXTURES = Path(__file__).parents[2] / "fixtures"
ANALYST = Application(id="a1", employer="Acme", role="Data Analyst", stage=Stage.APPLIED)
COOK = Application(id="a2", employer="Acme", role="Cook", stage=Stage.APPLIED)
GLOBEX = Application(id="a3", employer="Globex", role="Cook", stage=Stage.APPLIED)

NO = "Unfortunately, we have decided to move forward with other candidates."


def mail(body: str, subject: str = "Your application as Data Analyst", host: str = "acme.example") -> str:
    return f"From: Ana Ruiz <ana@{host}>\nSubject: {subject}\n\nDear Sam,\n\n{body}\n\nBest regards,\nAna\n"


FACTS = Facts(policy=situations.nothing().policy, applications=(ANALYST, COOK, GLOBEX))


@pytest.fixture
def window(desk: Desk, theme: Theme, qtbot: QtBot) -> MainWindow:
    desk.put(FACTS)
    window = desk.window(theme)
    qtbot.addWidget(window)
    window.show()
    return window


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


def drop(window: MainWindow, text: str) -> None:
    data = QMimeData()
    data.setText(text)
    window.drops.take(data)


def bar(window: MainWindow) -> ReplyBar:
    assert window.reply_bar is not None
    return window.reply_bar


def test_a_rejection_is_proposed_with_its_sentence_and_nothing_is_written(
    window: MainWindow, desk: Desk
) -> None:
    before = desk.store.facts()
    drop(window, mail(NO))
    assert bar(window).sentence == f"Rejection from Acme · Data Analyst: “{NO}”"
    assert desk.store.facts() == before


def test_one_key_logs_it_and_undo_takes_it_back(window: MainWindow, desk: Desk) -> None:
    before = desk.store.facts()
    drop(window, mail(NO))
    QTest.keyClick(bar(window).log_buttons[0], Qt.Key.Key_Space)
    application = desk.store.application("a1")
    assert application.stage is Stage.REJECTED
    assert [event.note for event in application.events if event.kind is EventKind.REPLY] == [NO]
    assert bar(window).isHidden()
    window.steps.undo()
    assert desk.store.facts() == before


def test_a_pasted_email_is_taken_where_no_field_has_the_keyboard(window: MainWindow) -> None:
    QGuiApplication.clipboard().setText(mail(NO))
    window.sidebar.setFocus()
    QTest.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert bar(window).sentence.startswith("Rejection from Acme")


def test_an_email_file_is_taken(window: MainWindow, tmp_path: Path) -> None:
    file = tmp_path / "x.eml"
    file.write_text(f"MIME-Version: 1.0\n{mail(NO)}", encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    window.drops.take(data)
    assert bar(window).sentence.startswith("Rejection from Acme · Data Analyst")


def test_an_interview_is_added_at_its_time(window: MainWindow, desk: Desk) -> None:
    drop(window, mail("We'd like to invite you to an interview on Tuesday, 20 October at 10:00."))
    bar(window).log_buttons[0].click()
    (interview,) = desk.store.application("a1").interviews
    assert f"{interview.starts_at:%Y-%m-%d %H:%M}" == "2026-10-20 10:00"


@tabled(
    "said, own, there_and_shown",
    [
        ("at 10am PT", "America/New_York", ("13:00", "10:00 (PT)")),
        ("at 3:15 PM ET", "Europe/Madrid", ("21:15", "15:15 (ET)")),
        ("at 14:00 CET", "Europe/Madrid", ("14:00", "14:00 (CET)")),
        ("at 14:00 CEST", "America/New_York", ("08:00", "14:00 (CEST)")),
        ("at 15h (heure de Paris)", "Europe/London", ("14:00", "15:00 (Paris)")),
        ("at 3pm SGT", "Europe/Madrid", ("09:00", "15:00 (SGT)")),
        ("at 15:00 Z", "Europe/Madrid", ("17:00", "15:00 (Z)")),
        ("at 4pm UTC+2", "Europe/Madrid", ("16:00", "16:00 (UTC+2)")),
        ("at 10am PT / 1pm ET", "America/New_York", ("13:00", "10:00 (PT)")),
        ("at 3pm local time", "America/New_York", ("15:00", "15:00")),
        ("at 3pm London", "Europe/Madrid", ("16:00", "15:00 (London)")),
        ("at 3pm your time", "America/New_York", ("09:00", "15:00 (your time)")),
    ],
)
def test_a_time_in_their_time_zone_is_put_at_the_employers(
    window: MainWindow, desk: Desk, said: str, own: str, there_and_shown: tuple[str, str]
) -> None:
    there, shown = there_and_shown
    desk.put(FACTS)
    desk.tracker.edit_application("a1", timezone=own)
    drop(window, mail(f"We'd like to invite you to an interview on Tuesday, 20 October {said}."))
    assert f"at {shown}: “" in bar(window).sentence
    bar(window).log_buttons[0].click()
    (interview,) = desk.store.application("a1").interviews
    assert f"{interview.starts_at:%Y-%m-%d %H:%M}" == f"2026-10-20 {there}"
    assert interview.timezone in {None, own}


@pytest.mark.parametrize(
    "said",
    every(
        2,
        ["at 3pm IST", "at 3pm AEST", "at 3:15 PM EST", "at 3pm ICT", "at 3pm Hanoi time", "at 14:00 CET"],
    ),
)
def test_a_time_zone_that_isnt_clear_is_asked_for(window: MainWindow, desk: Desk, said: str) -> None:
    desk.tracker.edit_application("a1", timezone="America/Bogota")
    told: list[str] = []
    drop(window, mail(f"We'd like to invite you to an interview on Tuesday, 20 October {said}."))
    bar(window).logged.connect(told.append)
    bar(window).log_buttons[0].click()
    assert desk.store.application("a1").interviews == ()
    assert "time zone" in told[0]
    assert page_of(window, ApplicationsView).interview_form.isVisible()


def test_of_several_times_each_keeps_its_time_zone(window: MainWindow, desk: Desk) -> None:
    desk.tracker.edit_application("a1", timezone="Europe/Madrid")
    text = (
        "Would Tuesday, 20 October at 10am PT or Wednesday, 21 October at 10am ET suit you for an interview?"
    )
    drop(window, mail(text))
    bar(window).log_buttons[1].click()
    (interview,) = desk.store.application("a1").interviews
    assert f"{interview.starts_at:%Y-%m-%d %H:%M}" == "2026-10-21 16:00"


ZOOM = (
    "We'd like to invite you to an interview on Tuesday, 20 October at 2pm, on Zoom: "
    "https://zoom.example/j/81?pwd=x"
)


def test_an_interview_keeps_the_link_by_which_one_joins(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    drop(window, mail(f"{ZOOM}\n\nMore about us: https://acme.example/about"))
    with qtbot.waitSignal(bar(window).logged) as told:
        bar(window).log_buttons[0].click()
    (interview,) = desk.store.application("a1").interviews
    assert (interview.location, interview.kind) == ("https://zoom.example/j/81?pwd=x", InterviewKind.VIDEO)
    assert told.args == ["Logged their reply. Added the interview. Moved to Interviewing"]


def test_an_interview_without_a_link_is_of_the_kind_they_say(window: MainWindow, desk: Desk) -> None:
    drop(window, mail(ZOOM.partition(":")[0]))
    bar(window).log_buttons[0].click()
    (interview,) = desk.store.application("a1").interviews
    assert (interview.location, interview.kind) == ("", InterviewKind.VIDEO)


def test_an_interview_without_a_time_is_written_down_in_its_form(window: MainWindow, desk: Desk) -> None:
    drop(window, mail("We'd like to invite you to an interview. When would you have time next week?"))
    bar(window).log_buttons[0].click()
    assert [event.kind for event in desk.store.application("a1").events] == [EventKind.REPLY]
    form = page_of(window, ApplicationsView).interview_form
    assert form.isVisible()
    assert form.application == "a1"
    drop(window, mail("We'd like to invite you to an interview on Tuesday, 20 October."))
    bar(window).log_buttons[0].click()
    assert form.fields["date"].value() == date(2026, 10, 20), "the day that they named"


TIMES = (
    "We'd like to invite you to an interview on Tuesday, 20 October at 10:00 or Thursday, 22 October at 3 pm."
)


def test_one_of_several_times_is_chosen(window: MainWindow, desk: Desk) -> None:
    before = desk.store.facts()
    drop(window, mail(TIMES))
    assert bar(window).sentence.endswith("Which time?")
    assert [each.text() for each in bar(window).log_buttons] == [
        "Tue 20 Oct 10:00",
        "Thu 22 Oct 15:00",
        "No time yet",
    ]
    assert desk.store.facts() == before
    bar(window).log_buttons[1].click()
    (interview,) = desk.store.application("a1").interviews
    assert f"{interview.starts_at:%Y-%m-%d %H:%M}" == "2026-10-22 15:00"


def test_of_two_applications_and_two_times_each_is_asked(window: MainWindow, desk: Desk) -> None:
    drop(window, mail(TIMES, subject="Your application"))
    assert [each.text() for each in bar(window).log_buttons] == ["Data Analyst", "Cook"]
    bar(window).log_buttons[1].click()
    assert not any(each.interviews for each in desk.store.applications())
    assert "Acme · Cook" in bar(window).sentence
    bar(window).log_buttons[0].click()
    assert [len(desk.store.application(each).interviews) for each in ("a1", "a2")] == [0, 1]


@pytest.fixture
def invited(window: MainWindow, desk: Desk) -> MainWindow:
    """The window of someone who is to have an interview on 20 October at 10:00."""
    desk.tracker.add_interview("a1", starts_at=wall("2026-10-20T10:00"), kind=InterviewKind.ONSITE)
    return window


def test_an_interview_that_is_called_off_is_cancelled_and_undone(
    invited: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    before = desk.store.facts()
    said = "The interview on 20 October has to be postponed."
    drop(invited, mail(f"{said} We'll let you know a new date."))
    assert bar(invited).sentence == f"Acme · Data Analyst called off the interview: “{said}”"
    assert desk.store.facts() == before
    with qtbot.waitSignal(bar(invited).logged) as told:
        bar(invited).log_buttons[0].click()
    application = desk.store.application("a1")
    (interview,) = application.interviews
    assert interview.cancelled
    reply = next(each for each in application.events if each.kind is EventKind.REPLY)
    assert (reply.note, reply.interview, reply.reply_by) == (said, interview.id, None)
    assert told.args == ["Logged their reply. Cancelled the interview"]
    invited.steps.undo()
    assert desk.store.facts() == before


def test_an_interview_that_is_moved_starts_then(invited: MainWindow, desk: Desk) -> None:
    drop(invited, mail("We have to move our interview on 20 October to Thursday, 22 October at 3 pm."))
    assert bar(invited).sentence.startswith("Interview with Acme · Data Analyst moved to 22 October 2026")
    bar(invited).log_buttons[0].click()
    (interview,) = desk.store.application("a1").interviews
    assert (interview.starts_at, interview.kind) == (wall("2026-10-22T15:00"), InterviewKind.ONSITE)
    assert not interview.cancelled


def test_an_interview_that_is_moved_to_a_day_is_opened_for_its_time(invited: MainWindow, desk: Desk) -> None:
    drop(invited, mail("We have to move our interview on 20 October to Thursday, 22 October."))
    assert bar(invited).sentence.startswith("Interview with Acme · Data Analyst moved to 22 October 2026:")
    bar(invited).log_buttons[0].click()
    (interview,) = desk.store.application("a1").interviews
    assert interview.starts_at == wall("2026-10-20T10:00")
    form = page_of(invited, ApplicationsView).interview_form
    assert form.isVisible()
    assert form.fields["date"].value() == date(2026, 10, 20), "the form of the one that is moved"


def test_of_several_new_times_one_is_chosen_and_the_interview_moved(invited: MainWindow, desk: Desk) -> None:
    drop(invited, mail(f"Our interview on 20 October can't take place. {LATER}"))
    bar(invited).log_buttons[1].click()
    (interview,) = desk.store.application("a1").interviews
    assert interview.starts_at == wall("2026-10-26T09:00")


LATER = "Are you free on Thursday, 22 October at 3 pm or on Monday, 26 October at 9:00?"


def test_which_of_two_interviews_is_off_is_told_by_its_day(invited: MainWindow, desk: Desk) -> None:
    desk.tracker.add_interview("a1", starts_at=wall("2026-10-23T09:00"))
    drop(invited, mail("Our interview on 23 October can't take place."))
    bar(invited).log_buttons[0].click()
    off = [each.starts_at.day for each in desk.store.application("a1").interviews if each.cancelled]
    assert off == [23]
    desk.tracker.add_interview("a1", starts_at=wall("2026-10-27T09:00"))
    drop(invited, mail("Our interview has to be cancelled."))
    bar(invited).log_buttons[0].click()
    assert sum(each.cancelled for each in desk.store.application("a1").interviews) == 1, "not told which"


def test_more_time_keeps_the_day_they_gave(window: MainWindow, desk: Desk) -> None:
    drop(window, mail("We need a little more time and will get back to you by 30 October."))
    bar(window).log_buttons[0].click()
    (event,) = desk.store.application("a1").events
    assert (event.kind, f"{event.reply_by}") == (EventKind.REPLY, "2026-10-30")


def test_a_receipt_is_a_note_and_no_conversation(window: MainWindow, desk: Desk) -> None:
    drop(window, mail("We have received your application and our team will review it."))
    bar(window).log_buttons[0].click()
    application = desk.store.application("a1")
    assert [event.kind for event in application.events] == [EventKind.NOTE]
    assert application.stage is Stage.APPLIED


def test_of_two_that_may_be_meant_each_has_its_button(window: MainWindow, desk: Desk) -> None:
    drop(window, mail(NO, subject="Your application"))
    assert {button.text() for button in bar(window).log_buttons} == {"Data Analyst", "Cook"}
    next(button for button in bar(window).log_buttons if button.text() == "Cook").click()
    assert desk.store.application("a2").stage is Stage.REJECTED
    assert desk.store.application("a1").stage is Stage.APPLIED


def test_what_is_not_clear_is_said_and_not_guessed(window: MainWindow) -> None:
    drop(window, mail("Could you send us your references?"))
    assert bar(window).sentence == "An email from Acme · Data Analyst. It isn't clear what it's about."
    assert bar(window).log_buttons == []


def test_what_was_a_posting_after_all_begins_an_application(window: MainWindow) -> None:
    drop(window, mail(NO))
    bar(window).posting_button.click()
    assert window.view == "applications"
    assert NO in page_of(window, ApplicationsView).quick_add.posting.typed()


def test_an_answer_of_nobody_known_asks_for_its_application_and_is_logged_there(
    window: MainWindow, desk: Desk
) -> None:
    before = desk.store.facts()
    drop(window, mail(NO, subject="Hello", host="initrode.example"))
    assert bar(window).sentence == f"Rejection: “{NO}” Which application?"
    field = bar(window).of_which
    assert window.focusWidget() is field.editor
    assert bar(window).open_button.isHidden()
    QTest.keyClicks(field.line, "glob")
    offered = field.completer.popup()
    assert offered is not None
    offered.setCurrentIndex(offered.model().index(0, 0))
    QTest.keyClick(offered, Qt.Key.Key_Return)
    settle()
    assert not offered.isVisible()
    assert bar(window).sentence == f"Rejection from Globex · Cook: “{NO}”"
    assert desk.store.facts() == before
    assert [button.text() for button in bar(window).log_buttons] == ["Log reply"]
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    assert desk.store.application("a3").stage is Stage.REJECTED
    drop(window, mail(NO))
    assert bar(window).of_which.isHidden()
    assert not bar(window).open_button.isHidden()


@pytest.mark.parametrize("by_menu", [False, True])
def test_the_next_email_pasted_with_the_keyboard_in_the_field_is_read_and_a_name_is_typed(
    window: MainWindow, qtbot: QtBot, by_menu: bool
) -> None:
    def paste() -> None:
        if by_menu:
            window.drops.paste()
        else:
            QTest.keySequence(field.line, QKeySequence(QKeySequence.StandardKey.Paste))

    drop(window, mail(NO, subject="Hello", host="initrode.example"))
    field = bar(window).of_which
    settle()  # where reading took long enough for a dialog, that had the keyboard
    with qtbot.waitActive(window):
        window.activateWindow()
    qtbot.waitUntil(field.line.hasFocus)
    QGuiApplication.clipboard().setText("Globex")
    paste()
    assert field.line.text() == "Globex"
    QGuiApplication.clipboard().setText(mail(NO))
    paste()
    assert bar(window).sentence == f"Rejection from Acme · Data Analyst: “{NO}”"
    assert field.isHidden()


def test_the_bar_is_as_high_as_before_when_a_refusal_in_its_field_is_gone(window: MainWindow) -> None:
    drop(window, mail(NO, subject="Hello", host="initrode.example"))
    settle()
    field, height = bar(window).of_which, bar(window).height()
    field.line.insert("Are we still on for the cinema on Friday at 8pm? " * 4)
    field.settle()
    settle()
    assert "“Are we still on for the cinema on Frida…”" in field.refusal
    assert bar(window).height() > height
    field.line.clear()
    settle()
    assert not field.refusal
    assert bar(window).height() == height


@pytest.mark.parametrize(("body", "is_to_import"), [("", True), ("We are looking for a baker.", False)])
def test_an_email_of_which_outlook_packed_everything_is_imported_which_says_so(
    window: MainWindow, desk: Desk, body: str, is_to_import: bool
) -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "ana@initrode.example", "Hello"
    message.set_content(body)
    message.add_attachment(b"x", maintype="application", subtype="ms-tnef", filename="winmail.dat")
    found = file_found(MailContext(desk.store, situations.NOW, writing()), "Hello.eml", bytes(message))
    assert found.is_to_import is is_to_import


def test_an_answer_of_nobody_known_may_be_a_posting(window: MainWindow) -> None:
    drop(window, mail(NO, subject="Hello", host="initrode.example"))
    bar(window).posting_button.click()
    assert NO in page_of(window, ApplicationsView).quick_add.posting.typed()
    assert bar(window).isHidden()


def test_an_email_about_no_application_that_answers_nothing_begins_one(window: MainWindow) -> None:
    drop(window, mail("We are looking for a baker.", subject="Hello", host="initrode.example"))
    assert window.reply_bar is None or window.reply_bar.isHidden()
    assert window.view == "applications"


def test_an_answer_where_there_is_no_application_begins_one(window: MainWindow, desk: Desk) -> None:
    for each in ("a1", "a2", "a3"):
        desk.tracker.trash_application(each)
    drop(window, mail(NO, subject="Hello", host="initrode.example"))
    assert window.reply_bar is None or window.reply_bar.isHidden()
    assert window.view == "applications"


@pytest.mark.parametrize("file", ["eml-outlook/Interview.eml", "ics-outlook/invite.ics"])
def test_an_invitation_pasted_as_its_source_is_shown_and_imported(
    window: MainWindow, desk: Desk, file: str
) -> None:
    drop(window, (FIXTURES / file).read_text(encoding="utf-8"))
    assert not any(each.interviews for each in desk.store.applications()), "nothing is recorded unasked"
    (preview,) = window.findChildren(ImportWindow)
    preview.import_button.click()
    (added,) = (each for each in desk.store.applications() if each.interviews)
    assert added.employer == "Aurora GmbH"
