"""The table of commands, and the menus, palette and list of shortcuts that are made from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu

from followup_desktop.domain.answers import Answer, EmployerReply
from followup_desktop.domain.model import Stage
from followup_desktop.i18n import _, languages
from followup_desktop.resource_files import resources_dir
from followup_desktop.services.rows.figures import Chart
from followup_desktop.services.wording import Wording
from followup_desktop.ui.applications.view import ApplicationsView
from followup_desktop.ui.board.view import BoardView
from followup_desktop.ui.calendar.entry import EntryFrame
from followup_desktop.ui.calendar.view import CalendarView
from followup_desktop.ui.insights.view import InsightsView
from followup_desktop.ui.kit.answer_panels import ChoicePanel
from followup_desktop.ui.kit.commands.command import native, plain
from followup_desktop.ui.kit.commands.table import COMMANDS, Submenu
from followup_desktop.ui.kit.icons import icon_folder
from followup_desktop.ui.kit.requests import OpenApplication, SaveView
from followup_desktop.ui.kit.window_settings import RECENT_COMMANDS
from followup_desktop.ui.people.view import PeopleView
from followup_desktop.ui.today.item import FollowUpItem
from followup_desktop.ui.today.view import TodayView
from followup_desktop.ui.window.actions import ALL_COMMANDS, MENUS
from followup_desktop.ui.window.main_window import MainWindow
from followup_desktop.ui.window.shortcuts import ShortcutSheet, keys_everywhere, keys_in, shared_out
from followup_desktop.ui.window.views import SIDEBAR
from tests.pseudo_locale import speaking
from tests.tables import tabled
from tests.ui import situations
from tests.ui.desk import Desk, Open, page_of
from tests.ui.detail_parts import is_form_open


@pytest.fixture
def window(open_window: Open) -> Iterator[MainWindow]:
    window = open_window(situations.twelve())
    window.activateWindow()
    yield window
    for menu in menus(window):
        menu.close()


def menus(window: MainWindow) -> list[QMenu]:
    return [menu for action in window.menuBar().actions() if isinstance(menu := action.menu(), QMenu)]


def opened(window: MainWindow, title: str) -> dict[str, QAction]:
    """The entries of a menu of the menu bar, as they are while it is open, by their words."""
    menu = next(each for each in menus(window) if plain(each.title()) == title)
    menu.popup(window.mapToGlobal(window.rect().center()))
    return {plain(each.text().partition("\t")[0]): each for each in menu.actions() if each.isVisible()}


def give(window: MainWindow, typed: str) -> None:
    """Find a command in the palette and run it."""
    window.palette_.toggle()
    window.palette_.line.setText(typed)
    assert window.palette_.entries[0].title == typed
    QTest.keyClick(window.palette_.line, Qt.Key.Key_Return)


def offered(window: MainWindow) -> list[str]:
    """What the palette offers before anything is typed."""
    window.palette_.toggle()
    found = [entry.title for entry in window.palette_.entries]
    window.palette_.toggle()
    return found


def at_call(window: MainWindow) -> FollowUpItem:
    """The row of a call in Today, selected."""
    today = page_of(window, TodayView)
    window.show_view("today")
    item = next(
        each
        for each in today.list.items()
        if isinstance(each, FollowUpItem) and Answer.LEFT_MESSAGE in each.row.answers
    )
    today.list.select(item.key, focus=True)
    return item


# The table


@tabled("view", [row.name for row in SIDEBAR])
def test_each_key_of_a_view_is_named_once(view: str) -> None:
    keys = [each for each, _words in keys_in(view, Wording())]
    assert len(keys) == len(set(keys))


def test_every_command_has_a_picture_that_there_is() -> None:
    assert [
        each.icon for each in ALL_COMMANDS.values() if not (icon_folder() / f"{each.icon}.svg").exists()
    ] == []


def test_no_shortcut_and_no_key_of_a_view_is_given_twice() -> None:
    shortcuts = Counter(each.shortcut for each in ALL_COMMANDS.values() if each.shortcut)
    assert [key for key, count in shortcuts.items() if count > 1] == []
    assert not set(shortcuts) & {key for each in COMMANDS.values() for key in each.keys.values()}


def test_every_command_but_the_menu_of_what_can_be_logged_stands_in_a_menu(window: MainWindow) -> None:
    shown = {action for menu in window.menuBar().findChildren(QMenu) for action in menu.actions()}
    assert [each for each in ALL_COMMANDS if window.actions_[each] not in shown] == ["log-event"]


def test_in_a_menu_no_picture_and_no_letter_stands_for_two(window: MainWindow) -> None:
    for menu in window.menuBar().findChildren(QMenu):
        entries = [each for each in menu.actions() if not each.isSeparator()]
        icons = Counter(each.property("iconName") for each in entries if each.property("iconName"))
        assert [icon for icon, count in icons.items() if count > 1] == [], menu.title()
        marks = Counter(text[text.index("&") + 1].upper() for each in entries if "&" in (text := each.text()))
        assert [mark for mark, count in marks.items() if count > 1] == [], menu.title()


def at_saved_view(window: MainWindow) -> None:
    window.answer(SaveView())
    line = page_of(window, ApplicationsView).list.views.line
    line.setText("Mine")
    QTest.keyClick(line, Qt.Key.Key_Return)


def at_interview(window: MainWindow) -> None:
    window.answer(OpenApplication("acme"))
    detail = page_of(window, ApplicationsView).detail
    detail.interviews.list.setFocus()


def at_entry(window: MainWindow) -> None:
    window.answer(OpenApplication("acme"))
    page_of(window, ApplicationsView).detail.timeline.list.setFocus()


def at_contact(window: MainWindow) -> None:
    window.answer(OpenApplication("acme"))
    page_of(window, ApplicationsView).detail.people.list.setFocus()


def test_every_command_is_done_by_itself_the_window_or_a_view(window: MainWindow) -> None:
    window.show_view("applications")
    table = page_of(window, ApplicationsView).table
    table.selectAll()
    found: set[str] = set(page_of(window, ApplicationsView).verbs())
    for stand in (at_interview, at_entry, at_contact, at_saved_view):
        stand(window)
        found |= set(page_of(window, ApplicationsView).verbs())
    window.context.tracker.trash_application("hooli")
    for name in ("board", "calendar", "people", "insights", "today", "trash"):
        window.show_view(name)
        shown = window.pages.shown
        assert shown is not None
        if isinstance(shown, BoardView):
            shown.select("acme")
        if isinstance(shown, InsightsView):
            shown.cards[Chart.SOURCES].picture.setFocus()
        found |= set(shown.verbs())
    left = [each.id for each in ALL_COMMANDS.values() if each.run is None and each.id not in found]
    of_window = [each for each in left if not window.actions_.is_about_selection(ALL_COMMANDS[each])]
    of_tray = {"resume", "pause-hour", "pause-evening", "pause-tomorrow", "pause-monday"}
    assert set(left) - set(of_window) == of_tray


# Menus


def test_an_open_menu_offers_what_fits_the_row_of_today(window: MainWindow) -> None:
    item = at_call(window)
    entries = opened(window, "Follow-up")
    labels = [plain(window.context.wording.answer_label(each)) for each in item.row.answers]
    assert list(entries)[: len(labels)] == labels
    assert entries["Snooze"].isEnabled()
    assert not entries["Edit reminder"].isEnabled()


def test_an_answer_of_the_menu_is_given_to_the_row(window: MainWindow, desk: Desk) -> None:
    item = at_call(window)
    before = len(desk.store.application(item.row.application or "").events)
    opened(window, "Follow-up")["Left message"].trigger()
    assert len(desk.store.application(item.row.application or "").events) == before + 1


def test_where_nothing_is_selected_a_menu_offers_nothing_and_a_shortcut_says_why(open_window: Open) -> None:
    window = open_window(situations.nothing())
    entries = opened(window, "Application")
    assert entries["Add application"].isEnabled()
    assert not entries["Archive"].isEnabled()
    next(menu for menu in menus(window) if menu.isVisible()).close()
    window.actions_["log-event"].trigger()
    assert window.toast._text.text() == "Select one application first."


def test_where_there_is_nothing_to_take_back_the_menu_offers_nothing_and_the_keys_say_so(
    open_window: Open,
) -> None:
    window = open_window(situations.nothing())
    entries = opened(window, "Edit")
    assert not any(entries[each].isEnabled() for each in ("Undo", "Redo"))
    next(menu for menu in menus(window) if menu.isVisible()).close()
    said = []
    held = Qt.KeyboardModifier
    for keys in (held.ControlModifier, held.ControlModifier | held.ShiftModifier):
        QTest.keyClick(window, Qt.Key.Key_Z, keys)
        said.append(window.toast._text.text())
    assert said == ["There's nothing to undo.", "There's nothing to redo."]


def test_what_was_turned_off_in_a_menu_is_on_again_once_it_is_closed(open_window: Open) -> None:
    window = open_window(situations.nothing())
    entries = opened(window, "Application")
    next(menu for menu in menus(window) if menu.isVisible()).close()
    assert all(each.isEnabled() for each in entries.values())


# The palette


def test_the_palette_offers_first_what_fits_the_row_and_last_quit(window: MainWindow) -> None:
    item = at_call(window)
    titles = offered(window)
    wording = window.context.wording
    assert titles[: len(item.row.answers)] == [plain(wording.answer_label(each)) for each in item.row.answers]
    assert titles.index("Snooze") < titles.index("Archive") < titles.index("Import")
    assert titles[-1] == "Quit"
    assert "Edit reminder" not in titles


def test_what_was_used_last_is_offered_where_it_fits_and_never_before_the_answers(window: MainWindow) -> None:
    item = at_call(window)
    first = plain(window.context.wording.answer_label(item.row.answers[0]))
    give(window, "Why?")
    assert offered(window)[0] == first
    assert "Why?" in offered(window)
    window.show_view("settings")
    assert "Why?" not in offered(window)


def test_what_was_used_is_remembered_by_an_id_that_no_language_changes(
    window: MainWindow, desk: Desk
) -> None:
    at_call(window)
    give(window, "Why?")
    assert desk.settings().get(RECENT_COMMANDS) == ("command/why",)


def test_a_stage_is_found_once_it_is_typed(window: MainWindow, desk: Desk) -> None:
    window.answer(OpenApplication("acme"))
    assert "Withdrawn" not in offered(window)
    give(window, "Withdrawn")
    assert desk.store.application("acme").stage is Stage.WITHDRAWN


def test_a_snooze_of_the_palette_asks_below_the_row(window: MainWindow) -> None:
    item = at_call(window)
    give(window, "Snooze")
    assert isinstance(item.panel, ChoicePanel)


def test_an_entry_of_the_calendar_is_answered_where_its_row_is(window: MainWindow) -> None:
    window.show_view("calendar")
    calendar = page_of(window, CalendarView)
    stop = next(
        each
        for each in calendar.page.navigator.stops
        if isinstance(each, EntryFrame) and getattr(each.entry, "is_open", False)
    )
    calendar.page.navigator.select(stop.key, focus=True)
    key = getattr(stop.entry, "key", "")
    give(window, "Snooze")
    assert window.view == "today"
    item = page_of(window, TodayView).list.current
    assert isinstance(item, FollowUpItem)
    assert item.key == key
    assert isinstance(item.panel, ChoicePanel)


@tabled(
    "command, done",
    [
        ("Archive", lambda desk: desk.store.application("tyrell").archived),
        ("Delete application", lambda desk: all(each.id != "tyrell" for each in desk.store.applications())),
        ("Move to the next stage", lambda desk: desk.store.application("tyrell").stage is Stage.APPLIED),
        ("Applied", lambda desk: desk.store.application("tyrell").stage is Stage.APPLIED),
    ],
)
def test_a_card_of_the_board_takes_the_commands_of_an_application(
    window: MainWindow, desk: Desk, command: str, done: Callable[[Desk], bool]
) -> None:
    window.show_view("board")
    assert page_of(window, BoardView).select("tyrell")
    give(window, command)
    assert done(desk)
    window.steps.undo()
    assert not done(desk)


def test_something_is_logged_from_the_board(window: MainWindow) -> None:
    window.show_view("board")
    page_of(window, BoardView).select("acme")
    give(window, "Call: left message")
    assert window.view == "applications"
    page = page_of(window, ApplicationsView)
    assert page.current_application == "acme"
    assert is_form_open(page.detail.timeline)


def test_a_person_is_emailed_from_the_menu(window: MainWindow, desk: Desk) -> None:
    window.show_view("people")
    people = page_of(window, PeopleView)
    person = next(each for each in desk.store.facts().contacts if each.email)
    people.show_person(person.id)
    opened(window, "Contact")["Write email"].trigger()
    assert [url.scheme() for url in desk.urls] == ["mailto"]


def test_the_interview_on_which_the_keyboard_was_last_is_called_off_from_the_menu(
    window: MainWindow, desk: Desk
) -> None:
    at_interview(window)
    before = desk.store.application("acme")
    window.menuBar().setFocus()
    opened(window, "Interview")["They cancelled"].trigger()
    after = desk.store.application("acme")
    assert sum(each.cancelled for each in after.interviews) == sum(e.cancelled for e in before.interviews) + 1


def test_the_menu_of_answers_opens_below_its_name_at_its_first_opening_too(window: MainWindow) -> None:
    at_call(window)
    bar = window.menuBar()
    action = next(each for each in bar.actions() if each.text().replace("&", "") == "Follow-up")
    below = bar.mapToGlobal(bar.actionGeometry(action).topLeft()).x()
    bar.setActiveAction(action)
    menu = action.menu()
    assert isinstance(menu, QMenu)
    assert menu.isVisible()
    assert menu.x() == below
    menu.hide()


# Keys


def test_the_question_mark_shows_the_keys_of_the_view_and_closes_them(window: MainWindow) -> None:
    at_call(window).setFocus()
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, "?")
    sheet = window.findChild(ShortcutSheet)
    assert sheet is not None
    said = [label.text() for label in sheet.findChildren(QLabel)]
    for _keys, words in (*keys_in("today", Wording()), *keys_everywhere(Wording())):
        assert words in said
    QTest.keyClicks(sheet, "?")
    assert not sheet.isVisible()


def test_the_keys_are_read_row_by_row(window: MainWindow) -> None:
    """What a key does is read out with the key, and the arrows lead to each; else nobody could hear them."""
    at_call(window).setFocus()
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, "?")
    sheet = window.findChild(ShortcutSheet)
    assert sheet is not None
    heard = []
    for key in (Qt.Key.Key_Home, *[Qt.Key.Key_Down] * 60, Qt.Key.Key_End):
        QTest.keyClick(sheet.focusWidget(), key)
        row = sheet.focusWidget()
        assert row is not None
        interface = QAccessible.queryAccessibleInterface(row)
        assert interface is not None
        assert interface.role() is QAccessible.Role.ListItem
        assert not row.visibleRegion().isEmpty()
        assert interface.childCount() == 0, "what its name says isn't read out before"
        heard.append(interface.text(QAccessible.Text.Name))
    keys = (*keys_in("today", Wording()), *keys_everywhere(Wording()))
    assert list(dict.fromkeys(heard)) == [f"{words.rstrip('?')}: {native(keys)}" for keys, words in keys]


def test_a_question_mark_in_a_field_is_typed(window: MainWindow) -> None:
    window.begin_search()
    QTest.keyClicks(window.top_bar.search, "why?")
    assert window.top_bar.search.text() == "why?"
    assert window.findChild(ShortcutSheet) is None


@pytest.mark.parametrize(
    ("key", "modifier", "command"),
    [
        (Qt.Key.Key_PageDown, Qt.KeyboardModifier.NoModifier, "calendar-next"),
        (Qt.Key.Key_PageUp, Qt.KeyboardModifier.NoModifier, "calendar-previous"),
        (Qt.Key.Key_D, Qt.KeyboardModifier.NoModifier, "calendar-day"),
    ],
)
def test_a_key_of_the_calendar_and_its_command_do_the_same(
    open_window: Open, key: Qt.Key, modifier: Qt.KeyboardModifier, command: str
) -> None:
    window = open_window(situations.twelve())
    window.show_view("calendar")
    calendar = page_of(window, CalendarView)
    QTest.keyClick(calendar, key, modifier)
    by_key = (calendar.anchor, calendar.page)
    calendar._back()
    calendar.show_today()
    window.actions_[command].trigger()
    assert (calendar.anchor, calendar.page) == by_key
    assert COMMANDS[command].keys["calendar"]


def test_after_an_answer_below_the_row_the_keyboard_is_on_the_row_that_comes_next(window: MainWindow) -> None:
    today = page_of(window, TodayView)
    item = at_call(window)
    number = item.row.answers.index(Answer.THEY_ANSWERED) + 1
    QTest.keyClicks(item, str(number))
    panel = item.panel
    assert isinstance(panel, ChoicePanel)
    letter = next(each for each in panel._by_letter if panel._by_letter[each] is EmployerReply.REFUSED)
    QTest.keyClicks(panel, letter)
    assert today.list.item(item.key) is None
    focused = QApplication.focusWidget()
    assert focused is today.list.current


def test_the_shortcuts_fill_their_columns_evenly_and_none_is_lost() -> None:
    here = ("Today", [(str(number), "") for number in range(11)])
    everywhere = ("Everywhere", [(f"Ctrl+{number}", "") for number in range(32)])
    for own in (here, ("", [])):
        for columns in (1, 2, 3):
            shared = shared_out(own, everywhere, columns)
            rows = [row for tables in shared for _heading, rows in tables for row in rows]
            assert rows == [*own[1], *everywhere[1]]
            assert len(shared) == columns
            heights = [sum(len(rows) + 1 for _heading, rows in tables) for tables in shared]
            assert max(heights) - min(heights) <= 6, "but for a table that is not begun for three rows"


@pytest.mark.parametrize("code", languages(resources_dir() / "locale"))
def test_in_no_language_a_letter_stands_for_two_of_a_menu(code: str) -> None:
    def letters(texts: Iterable[str]) -> list[str]:
        marked = Counter(text[text.index("&") + 1].upper() for text in texts if "&" in text)
        return [letter for letter, count in marked.items() if count > 1]

    def texts_of(parts: Iterable[object]) -> Iterator[str]:
        for part in parts:
            if isinstance(part, Submenu):
                yield _(part.title)
            elif isinstance(part, str) and part in ALL_COMMANDS:
                yield ALL_COMMANDS[part].label(Wording())

    with speaking(code):
        assert letters(_(title) for title, _parts in MENUS) == []
        for title, parts in MENUS:
            submenus = (part for part in parts if isinstance(part, Submenu))
            for each in (parts, *(submenu.ids for submenu in submenus)):
                assert letters(texts_of(each)) == [], title
