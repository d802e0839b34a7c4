"""The palette over a window: found by a few letters, run by Enter, left by Esc."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMainWindow, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from followup_desktop.domain.answers import Answer
from followup_desktop.domain.model import Rule
from followup_desktop.domain.model import Stage as StageOf
from followup_desktop.services.reading.search import Finder
from followup_desktop.services.rows import FollowUpRow
from followup_desktop.services.wording import Wording
from followup_desktop.ui.applications.view import ApplicationsView
from followup_desktop.ui.board.view import BoardView
from followup_desktop.ui.kit.commands.command import plain
from followup_desktop.ui.kit.requests import OpenApplication
from followup_desktop.ui.kit.selection import Selection
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.widgets.announcer import Announcer
from followup_desktop.ui.kit.window_settings import RECENT_COMMANDS, WindowSettings
from followup_desktop.ui.today.item import FollowUpItem
from followup_desktop.ui.today.view import TodayView
from followup_desktop.ui.window.actions import Actions
from followup_desktop.ui.window.main_window import MainWindow
from followup_desktop.ui.window.palette.popup import Palette
from followup_desktop.ui.window.palette.sources import CommandSource, FoundSource, NamedSource
from tests.pseudo_locale import speaking
from tests.scene import settle
from tests.tables import tabled
from tests.ui import situations
from tests.ui.applications.conftest import FACTS
from tests.ui.desk import Desk, page_of

SETTINGS = [("max_attempts", "Attempts before moving on"), ("timezone", "Your time zone")]


class Stage(QMainWindow):
    """A window with a menu, a field and the palette; ``ran`` collects what was run or shown."""

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self.ran: list[str] = []
        centre = QWidget()
        column = QVBoxLayout(centre)
        self.field = QLineEdit()
        self.other = QLineEdit()
        column.addWidget(self.field)
        column.addWidget(self.other)
        self.setCentralWidget(centre)
        self.actions_ = Actions(self, theme, desk.wording, lambda: None)
        for each in ("undo", "add-interview"):
            self.actions_.on(each, lambda each=each: self.ran.append(each))  # type: ignore[misc]
        self.actions_.show_history("Add Acme", None)
        finder = Finder(desk.store, desk.wording, desk.clock)
        desk.store.subscribe(finder.refresh)
        file = QSettings(str(desk.folder / "window.ini"), QSettings.Format.IniFormat)
        self.settings = WindowSettings(file)
        self.palette_ = Palette(
            theme,
            [
                CommandSource(self.actions_),
                FoundSource.applications(finder, lambda one: self.ran.append(f"application {one}")),
                FoundSource.people(finder, lambda one: self.ran.append(f"person {one}")),
                NamedSource(
                    "setting",
                    "settings",
                    lambda: SETTINGS,
                    "Setting",
                    lambda one: self.ran.append(f"setting {one}"),
                ),
            ],
            self.settings,
            self,
        )


@pytest.fixture
def stage(desk: Desk, theme: Theme, qtbot: QtBot) -> Iterator[Stage]:
    desk.put(FACTS)
    stage = Stage(desk, theme)
    qtbot.addWidget(stage)
    stage.resize(900, 600)
    stage.show()
    qtbot.waitExposed(stage)
    stage.activateWindow()
    stage.field.setFocus()
    stage.palette_.toggle()
    yield stage
    stage.hide()


def titles(stage: Stage) -> list[str]:
    return [each.title for each in stage.palette_.entries]


def type_in(stage: Stage, text: str) -> None:
    QTest.keyClicks(stage.palette_.line, text)


def press(stage: Stage, key: Qt.Key) -> None:
    QTest.keyClick(stage.palette_.line, key)


def test_it_begins_with_the_commands_that_can_be_given(stage: Stage) -> None:
    assert stage.palette_.line.hasFocus()
    assert titles(stage) == ["Undo “Add Acme”", "Add interview"]
    undo = stage.palette_.entries[0]
    assert (undo.hint, undo.detail) == ("Ctrl+Z", "Edit")


def test_enter_runs_the_first_and_gives_the_keyboard_back(stage: Stage) -> None:
    type_in(stage, "addin")
    assert titles(stage)[0] == "Add interview"
    press(stage, Qt.Key.Key_Return)
    assert stage.ran == ["add-interview"]
    assert not stage.palette_.isVisible()
    assert stage.field.hasFocus()


def test_escape_runs_nothing_and_gives_the_keyboard_back(stage: Stage) -> None:
    type_in(stage, "acme")
    press(stage, Qt.Key.Key_Escape)
    assert stage.ran == []
    assert not stage.palette_.isVisible()
    assert stage.field.hasFocus()


@pytest.mark.parametrize(
    ("typed", "ran"),
    [
        ("initech", "application initech"),
        ("ana ruiz", "person ana"),
        ("attempts", "setting max_attempts"),
        ("time zon", "setting timezone"),
        ("intervew", "add-interview"),
    ],
)
def test_applications_people_settings_and_slips_are_found(stage: Stage, typed: str, ran: str) -> None:
    type_in(stage, typed)
    press(stage, Qt.Key.Key_Enter)
    assert stage.ran == [ran]


def test_arrows_walk_the_list_and_wrap_round(stage: Stage) -> None:
    press(stage, Qt.Key.Key_Up)
    press(stage, Qt.Key.Key_Return)
    assert stage.ran == ["add-interview"]
    stage.palette_.toggle()
    press(stage, Qt.Key.Key_Down)
    press(stage, Qt.Key.Key_Down)
    assert stage.palette_.list.currentIndex().row() == 0


def test_what_was_used_last_comes_first(stage: Stage) -> None:
    type_in(stage, "hooli")
    press(stage, Qt.Key.Key_Return)
    stage.palette_.toggle()
    assert stage.palette_.line.text() == ""
    assert titles(stage) == ["Hooli · Search", "Undo “Add Acme”", "Add interview"]
    type_in(stage, "addin")
    press(stage, Qt.Key.Key_Return)
    stage.palette_.toggle()
    assert titles(stage) == ["Add interview", "Hooli · Search", "Undo “Add Acme”"]


def test_what_is_gone_is_not_offered_as_used_last(desk: Desk, stage: Stage) -> None:
    type_in(stage, "hooli")
    press(stage, Qt.Key.Key_Return)
    desk.tracker.trash_application("hooli")
    stage.palette_.toggle()
    assert "Hooli · Search" not in titles(stage)


def test_an_undo_of_something_else_is_still_the_same_command(stage: Stage) -> None:
    type_in(stage, "undo")
    press(stage, Qt.Key.Key_Return)
    stage.actions_.show_history("Log call", None)
    press_first = stage.palette_
    press_first.toggle()
    assert titles(stage)[0] == "Undo “Log call”"


def test_nothing_that_fits_is_said(stage: Stage) -> None:
    type_in(stage, "qqqqqq")
    assert titles(stage) == []
    assert stage.palette_.nothing.isVisible()
    press(stage, Qt.Key.Key_Return)
    assert stage.palette_.isVisible()


def test_going_elsewhere_closes_it(stage: Stage) -> None:
    stage.other.setFocus(Qt.FocusReason.MouseFocusReason)
    assert not stage.palette_.isVisible()
    assert stage.other.hasFocus()


def test_a_click_runs_what_it_is_on(stage: Stage) -> None:
    palette = stage.palette_
    spot = palette.list.visualRect(palette.model.index(1, 0)).center()
    QTest.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert stage.ran == ["add-interview"]


def test_the_same_key_closes_it(stage: Stage) -> None:
    stage.palette_.toggle()
    assert not stage.palette_.isVisible()


def test_a_screen_reader_hears_names_and_shortcuts(stage: Stage) -> None:
    listed = QAccessible.queryAccessibleInterface(stage.palette_.list)
    assert listed is not None
    assert listed.text(QAccessible.Text.Name) == "Commands"
    first = listed.child(0)
    assert first is not None
    assert first.text(QAccessible.Text.Name) == "Undo “Add Acme”, Edit, Ctrl+Z"


def found(window: MainWindow, typed: str) -> list[tuple[str, str]]:
    """The titles with what they are about, in the order of the list."""
    if not window.palette_.isVisible():
        window.palette_.toggle()
    window.palette_.line.setText(typed)
    return [(each.title, each.detail) for each in window.palette_.entries]


@pytest.fixture
def twelve(desk: Desk, theme: Theme) -> MainWindow:
    """The window over follow-ups of every kind; a call is current in Today."""
    desk.put(situations.twelve())
    window = desk.window(theme)
    window.show()
    window.show_view("today")
    settle()
    return window


def test_every_answer_of_every_follow_up_of_today_is_found_with_whose_it_is(twelve: MainWindow) -> None:
    page = twelve.context.overview.today(twelve.context.clock())
    rows = [each for _section, listed in page.sections for each in listed if isinstance(each, FollowUpRow)]
    assert page.first is not None
    for row in rows:
        for answer in row.answers:
            label = plain(twelve.context.wording.answer_label(answer))
            assert (label, row.title) in found(twelve, f"{label} {row.title}"), row.key


def test_the_answer_of_another_follow_up_is_found_by_its_verb_alone_and_given_there(
    twelve: MainWindow, desk: Desk
) -> None:
    assert ("Decline", "Answer the offer from Stark") in found(twelve, "decline")
    entry = next(each for each in twelve.palette_.entries if each.title == "Decline")
    entry.run()
    assert desk.store.application("stark").stage is StageOf.WITHDRAWN


def test_what_acts_on_what_is_selected_stands_first(twelve: MainWindow) -> None:
    titles = found(twelve, "snooze")
    assert titles[0][0].startswith("Snooze")
    current = twelve.actions_.selection().follow_up
    assert current is not None
    assert titles[0][1] == current.row.title
    assert len([whose for title, whose in titles if title == titles[0][0]]) > 3


def test_what_is_selected_is_looked_up_no_oftener_for_many_commands(
    twelve: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up = []
    selection = TodayView.selection

    def counted(view: TodayView) -> Selection:
        looked_up.append(twelve.palette_.line.text())
        return selection(view)

    monkeypatch.setattr(TodayView, "selection", counted)
    few, many = (len(found(twelve, typed)) for typed in ("full screen", "a"))
    assert many > few
    assert looked_up.count("a") == looked_up.count("full screen") > 0


def test_what_can_be_done_stands_before_a_setting_of_that_name(twelve: MainWindow) -> None:
    titles = [title for title, _whose in found(twelve, "interview")]
    assert titles.index("Add interview") < titles.index("Interviews")


@tabled(
    "typed, title, whose",
    [
        ("archive hooli", "Archive", "Hooli"),
        ("rejected initech", "Rejected", "Initech"),
        ("write email ana", "Write email", "Ana Ruiz"),
        ("reschedule globex", "Rescheduled", "Globex"),
    ],
)
def test_what_can_be_done_with_anything_is_found_by_its_name(
    twelve: MainWindow, typed: str, title: str, whose: str
) -> None:
    assert any(each[0] == title and whose in each[1] for each in found(twelve, typed)), typed


@pytest.mark.parametrize(
    ("language", "typed"),
    [
        ("en", ("thank ana", "Ana Ruiz thank", "say thank you to Ana Ruiz")),
        ("de", ("Ana Ruiz danken", "danken Ana", "bei Ana Ruiz bedanken", "Dank an Ana Ruiz")),
        ("fr", ("remercier Ana Ruiz", "Ana remercier", "dire merci à Ana Ruiz", "merci Ana")),
        ("es", ("agradecer a Ana Ruiz", "dar las gracias a Ana", "a Ana gracias", "gracias, ANÁ")),
    ],
)
def test_a_follow_up_is_found_by_its_own_words_in_any_order(
    desk: Desk, theme: Theme, language: str, typed: tuple[str, ...]
) -> None:
    desk.put(situations.twelve())
    with speaking(language) if language != "en" else nullcontext():
        desk.wording = Wording()  # as at the start, which chooses the language first
        window = desk.window(theme)
        window.show()
        window.show_view("today")
        settle()
        write = plain(window.context.wording.answer_label(Answer.WRITE_EMAIL))
        for words in typed:
            title, whose = found(window, words)[0]
            assert title == write, (words, title, whose)
            assert "Ana Ruiz" in whose, (words, whose)
        assert not any("Ana Ruiz" in whose for _title, whose in found(window, "Ana"))
        window.hide()


@pytest.mark.parametrize("view", ["applications", "board"])
def test_the_interviews_and_people_of_what_is_selected_are_found_without_its_name(
    twelve: MainWindow, desk: Desk, view: str
) -> None:
    twelve.show_view(view)
    if view == "board":
        page_of(twelve, BoardView).select("acme")
    else:
        twelve.answer(OpenApplication("acme"))
    settle()
    facts = desk.store.facts()
    acme = desk.store.application("acme")
    names = {each.name for each in facts.contacts if each.id in acme.contacts}
    entries = found(twelve, "edit interview")
    assert sum(title == "Edit interview" for title, _whose in entries) >= len(acme.interviews) > 0
    assert {whose for title, whose in found(twelve, "open contact") if title == "Open contact"} >= names


def test_the_interview_of_a_row_of_today_is_edited_without_its_name(twelve: MainWindow) -> None:
    today = page_of(twelve, TodayView)
    item = next(
        each
        for each in today.list.items()
        if isinstance(each, FollowUpItem) and each.row.rule is Rule.PREPARE
    )
    today.list.select(item.key, focus=True)
    assert item.row.application is not None
    detail = twelve.context.overview.detail(item.row.application, twelve.context.clock())
    text = next(each.text for each in detail.interviews if each.id == item.row.interview)
    assert found(twelve, "edit interview")[0] == ("Edit interview", text)
    twelve.palette_.entries[0].run()
    page = page_of(twelve, ApplicationsView)
    assert page.interview_form.isVisible()
    assert page.interview_form.application == item.row.application


def test_what_an_answer_says_is_not_offered_a_second_time_for_its_interview(twelve: MainWindow) -> None:
    today = page_of(twelve, TodayView)
    for item in today.list.items():
        if isinstance(item, FollowUpItem) and item.row.interview:
            today.list.select(item.key, focus=True)
            titles = [title for title, _whose in found(twelve, "")]
            assert sorted(set(titles)) == sorted(titles), item.key


def test_what_acts_on_the_selection_names_it_before_and_after(twelve: MainWindow, desk: Desk) -> None:
    """A stage typed into the palette moves the selected row at once."""
    twelve.answer(OpenApplication("acme"))
    settle()
    assert found(twelve, "rejected")[0] == ("Rejected", "Acme")
    twelve.palette_.entries[0].run()
    assert desk.store.application("acme").stage is StageOf.REJECTED
    assert twelve.toast._text.text() == "Moved Acme to Rejected"
    twelve.actions_["undo"].trigger()
    assert desk.store.application("acme").stage is not StageOf.REJECTED
    twelve.palette_.close_and_return()
    page_of(twelve, ApplicationsView).table.selectAll()
    assert found(twelve, "rejected")[0][1].endswith(" applications")


def test_another_application_at_the_same_employer_begins_with_its_name(
    twelve: MainWindow, desk: Desk
) -> None:
    twelve.answer(OpenApplication("acme"))
    settle()
    assert found(twelve, "another")[0] == ("Add another at this employer", "Acme")
    twelve.palette_.entries[0].run()
    form = page_of(twelve, ApplicationsView).quick_add
    assert form.isVisible()
    assert form.fields["employer"].typed() == "Acme"
    assert form.fields["role"].editor.hasFocus()
    form.fields["role"].type_again("Architect")
    assert form.submit()
    assert sorted(each.role for each in desk.store.applications() if each.employer == "Acme") == [
        "Architect",
        "Data Engineer",
    ]


def test_undo_stops_at_the_line_and_knows_nothing_of_an_earlier_search(
    twelve: MainWindow, desk: Desk
) -> None:
    desk.tracker.edit_application("hooli", notes="Kept")
    found(twelve, "snooze")
    twelve.palette_.toggle()
    twelve.palette_.toggle()
    QTest.keyClicks(twelve.palette_.line, "de")
    for _time in range(4):
        QTest.keyClick(twelve.palette_.line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert twelve.palette_.line.text() == ""
    assert desk.store.application("hooli").notes == "Kept"


def test_it_closes_though_the_row_that_had_the_keyboard_is_gone(twelve: MainWindow) -> None:
    before = twelve.focusWidget()
    assert before is not None
    twelve.palette_.toggle()
    delete(before)
    QTest.keyClick(twelve.palette_.line, Qt.Key.Key_Escape)
    assert not twelve.palette_.isVisible()


def test_what_was_done_with_another_row_is_not_first_of_what_fits_this_one(twelve: MainWindow) -> None:
    first = found(twelve, "")[0]
    found(twelve, "accepted")
    next(each for each in twelve.palette_.entries if each.id == "command/stage-accepted")
    twelve.context.settings.set(RECENT_COMMANDS, ("command/stage-accepted", "command/delete-application"))
    assert found(twelve, "")[0] == first
    assert "Accepted" not in {title for title, _whose in found(twelve, "")}


def test_what_can_not_be_done_is_not_offered(twelve: MainWindow, desk: Desk) -> None:
    desk.tracker.archive_application("hooli")
    assert not any(title == "Archive" for title, _whose in found(twelve, "archive hooli"))
    assert ("Unarchive", "Hooli · Search") in found(twelve, "unarchive hooli")


def test_only_ids_are_remembered(stage: Stage, tmp_path: Path) -> None:
    type_in(stage, "hooli")
    press(stage, Qt.Key.Key_Return)
    stage.settings.write()
    kept = (tmp_path / "window.ini").read_text()
    assert "application/hooli" in kept
    assert "Search" not in kept


def test_what_is_found_is_told_once_typing_rests_and_what_is_not(
    stage: Stage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Told at each letter, Orca asked for entries that had gone, and said none."""
    told: list[str] = []

    def note(event: QAccessibleEvent) -> None:
        if event.type() == QAccessible.Event.Focus:
            told.append(stage.palette_.entries[event.child()].title)

    monkeypatch.setattr(QAccessible, "updateAccessibility", note)
    palette = stage.palette_
    QTest.keyClicks(palette.line, "attempts")
    assert told == []
    qtbot.waitUntil(lambda: bool(told))
    assert told == [palette.entries[0].title] == ["Attempts before moving on"]
    palette.line.selectAll()
    QTest.keyClicks(palette.line, "qqzzqq")
    assert not palette.entries
    voice = Announcer.of(palette)
    voice.speak()
    assert voice.said[-1] == "No results. Try fewer letters."
    assert told == ["Attempts before moving on"]
    palette.toggle()
    assert not palette.entries  # a reader takes what a hidden list holds for shown


@tabled(
    "typed, expected",
    [
        ("log a call", {"Call: spoke", "Call: left message", "Call: no answer", "Log event"}),
        ("phone", {"Call", "Copy number", "Call: spoke"}),
    ],
)
def test_commands_are_found_by_what_else_they_may_be_called(
    twelve: MainWindow, typed: str, expected: set[str]
) -> None:
    twelve.answer(OpenApplication("initech"))
    assert expected <= {each[0] for each in found(twelve, typed)}


def test_the_calendar_server_is_found_by_the_phone_it_is_for(twelve: MainWindow) -> None:
    titles = [each[0] for each in found(twelve, "phone")]
    assert [title for title in titles if title.startswith("Calendar server for your phone (CalDAV)")]


@tabled(
    "typed, said",
    [
        ("debrief", "How did it go at Initech? Who did you meet?"),
        ("ana ruiz", "People view. Ana Ruiz."),
        ("hooli", "Applications view. Hooli, Search."),
        ("write email", "Thank Stark for the offer: 18 h left. Still to fill in"),
        ("edit interview", "Applications view. Interview at Initech."),
        ("add reminder", "New reminder."),
        ("insights", "Insights view. You sent 10 applications"),
        ("normal text size", ""),
    ],
)
def test_what_it_opens_is_said_before_the_field_that_has_the_keyboard(
    twelve: MainWindow, typed: str, said: str
) -> None:
    """The list that was read out has gone, and of what comes after that Orca says only the field."""
    twelve.show_view("today")
    today = page_of(twelve, TodayView)
    today.list.select(today.list.items()[0].key, focus=True)
    settle()
    voice = Announcer.of(twelve)
    voice.speak()
    before = len(voice.said)
    found(twelve, typed)
    QTest.keyClick(twelve.palette_.line, Qt.Key.Key_Return)
    voice.speak()
    heard = " ".join(voice.said[before:])
    assert heard.startswith(said)
    assert said or len(voice.said) == before
    sentences = heard.split(". ")
    assert len(set(sentences)) == len(sentences), "nothing is said twice"
