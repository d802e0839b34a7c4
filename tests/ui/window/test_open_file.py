"""Opening a file from outside, in the window."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from followup_desktop.services.capture.links import MOST_WAITING, too_many_wait
from followup_desktop.services.transfer import interchange
from followup_desktop.ui.applications.quick_add import QuickAdd
from followup_desktop.ui.applications.view import ApplicationsView
from followup_desktop.ui.kit.requests import AddApplication
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.window.first_run import FirstRun
from followup_desktop.ui.window.main_window import MainWindow
from tests.ui import situations
from tests.ui.desk import Desk, Open, page_of


def test_while_somebody_new_is_welcomed_the_file_waits(
    qtbot: QtBot, theme: Theme, desk: Desk, tmp_path: Path
) -> None:
    file = tmp_path / "mine.followup.json"
    application = {"id": "a1", "employer": "Acme", "role": "Engineer", "stage": "saved"}
    document = {"format": "followup-desktop", "version": 1, "applications": [application]}
    file.write_text(json.dumps(document), "utf-8")
    window = desk.window(theme)
    qtbot.addWidget(window)
    window.show()
    window.welcome(FirstRun(theme, "Europe/Madrid", "ES"))
    window.open_file(file)
    assert not desk.store.facts().applications
    window.end_welcome()
    assert window.navigation.open_what_waits()
    assert window.toast.message.startswith("Imported: 1 added")
    assert len(desk.store.facts().applications) == 1
    assert not window.navigation.open_what_waits()
    window.steps.undo()
    assert not desk.store.facts().applications


def test_a_file_that_can_not_be_read_is_told(qtbot: QtBot, theme: Theme, desk: Desk, tmp_path: Path) -> None:
    window = desk.window(theme)
    qtbot.addWidget(window)
    window.show()
    window.open_file(tmp_path / "gone.followup.json")
    assert "gone.followup.json" in window.toast.message


def test_what_an_older_file_sets_back_can_be_undone(open_window: Open, desk: Desk, tmp_path: Path) -> None:
    window = open_window(situations.twelve())
    older = json.loads(interchange.write(desk.store.facts()))
    acme = next(each for each in older["applications"] if each["id"] == "acme")
    acme |= {"stage": "applied", "stage_at": "2026-09-14T10:00:00Z", "events": []}
    file = tmp_path / "older.json"
    file.write_text(json.dumps({**older, "applications": [acme]}), "utf-8")
    desk.tracker.trash_contact("lena")
    before = desk.store.application("acme")
    window.open_file(file)
    assert "Acme · Data Engineer goes back from Interviewing to Applied." in window.toast.message
    assert "Restored from the trash: Lena Park." in window.toast.message
    (undo,) = [each for each in window.toast.findChildren(QPushButton) if each.text() == "Undo"]
    assert undo.isVisible()
    undo.click()
    assert desk.store.application("acme") == before
    assert [entry.id for entry in desk.store.trash()] == ["lena"]


def test_a_refused_file_offers_no_undo_of_what_was_before(
    open_window: Open, desk: Desk, tmp_path: Path
) -> None:
    window = open_window(situations.twelve())
    desk.tracker.trash_contact("lena")
    window.open_file(tmp_path / "gone.json")
    assert "gone.json" in window.toast.message
    assert [each for each in window.toast.findChildren(QPushButton) if each.isVisible()] == []


POSTING = "Cook at Vandelay\nhttps://jobs.lever.co/vandelay/1"


def quick_add(window: MainWindow) -> QuickAdd:
    return page_of(window, ApplicationsView).quick_add


def test_a_posting_from_outside_fills_in_the_form_and_records_nothing(open_window: Open, desk: Desk) -> None:
    window = open_window(situations.one())
    before = desk.store.facts()
    window.postings.open(POSTING)
    assert window.view == "applications"
    assert quick_add(window).fields["employer"].typed() == "Vandelay"
    assert desk.store.facts() == before


def test_a_posting_from_outside_never_replaces_what_was_begun(open_window: Open, desk: Desk) -> None:
    window = open_window(situations.one())
    window.answer(AddApplication())
    form = quick_add(window)
    employer = form.fields["employer"]
    employer.setFocus()
    QTest.keyClicks(employer.editor, "Initrode")
    window.postings.open(POSTING)
    assert form.fields["employer"].typed() == "Initrode"
    assert form.posting.typed() == ""
    assert "Unsaved" in window.toast.message


def test_postings_from_outside_wait_by_name_until_the_form_is_free(open_window: Open, desk: Desk) -> None:
    window = open_window(situations.one())
    bar, others = window.drafts_bar, ["Baker at Globex", "Smith at Initech"]
    for posting in (POSTING, *others, others[0]):
        window.postings.open(posting)
    form = quick_add(window)
    assert form.fields["role"].typed() == "Cook"
    waiting = desk.context(window.context.theme).drafts.forms.waiting()
    assert [*waiting.values()][:2] == ["Posting “Smith at Initech”", "Posting “Baker at Globex”"]
    bar.resume_button.click()
    assert form.fields["role"].typed() == "Cook"
    assert "still waiting" in window.toast.message
    assert form.submit()
    bar.resume_button.click()
    assert form.posting.typed() == "Smith at Initech"
    bar.discard_button.click()
    assert not bar.isVisible()
    window.steps.undo()
    assert "Baker at Globex" in bar.sentence


def test_while_somebody_new_is_welcomed_the_posting_waits(qtbot: QtBot, theme: Theme, desk: Desk) -> None:
    window = desk.window(theme)
    qtbot.addWidget(window)
    window.show()
    window.welcome(FirstRun(theme, "Europe/Madrid", "ES"))
    window.postings.open(POSTING)
    window.postings.open("Baker at Globex")
    window.end_welcome()
    waiting = desk.context(theme).drafts.forms.waiting()
    assert len(waiting) == 2  # who quits now finds them at the next start
    assert window.navigation.open_what_waits()
    assert quick_add(window).fields["role"].typed() == "Cook"
    assert "Baker at Globex" in window.drafts_bar.sentence


def test_what_is_said_to_be_kept_is_kept(open_window: Open, desk: Desk) -> None:
    """As many as wait are kept; the next is announced as refused before it is handed over, and is."""
    window = open_window(situations.one())
    texts = [f"Cook {n} at Vandelay" for n in range(MOST_WAITING + 2)]
    answers = []
    for text in texts:
        answers.append(window.postings.can_take(text))
        window.postings.open(text)
    assert answers == [True] * (MOST_WAITING + 1) + [False]  # one is in the form
    assert window.toast.message == too_many_wait()
    kept = desk.context(window.context.theme).drafts.forms.all("posting")
    assert set(kept.values()) == set(texts[:-1])
    assert window.postings.can_take(texts[1])  # it waits already
