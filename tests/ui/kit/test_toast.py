"""The sentence at the foot of the window leaves free what has the keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QStringListModel, Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from followup_desktop.ui.kit.bars import Bar
from followup_desktop.ui.kit.forms.field import TextField
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.widgets.card import Card
from followup_desktop.ui.kit.widgets.flat_list import FlatList
from followup_desktop.ui.kit.widgets.toast import Toast
from followup_desktop.ui.window.topbar import TopBar
from tests.ui.covered import place_of


def test_it_stands_above_a_field_at_the_foot_that_gets_the_keyboard(qtbot: QtBot, theme: Theme) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(800, 600)
    QLineEdit(window).setGeometry(100, 20, 600, 40)  # has the keyboard at first
    field = QLineEdit(window)
    field.hide()
    field.setGeometry(100, 540, 600, 40)
    toast = Toast(theme, window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    toast.show_sentence("Added the reminder", can_undo=True)
    assert toast.geometry().intersects(place_of(field, window))
    field.show()
    field.setFocus()  # as a view does that is shown after something was said
    qtbot.waitUntil(lambda: not toast.geometry().intersects(place_of(field, window)))
    assert window.rect().contains(toast.geometry())


def test_it_makes_way_for_a_button_that_comes_below_it(qtbot: QtBot, theme: Theme) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(800, 600)
    save = QPushButton("Save", window)
    save.setGeometry(0, 0, 800, 30)
    toast = Toast(theme, window)
    window.show()
    toast.show_sentence("Added the reminder", can_undo=True)
    foot = toast.geometry()
    save.setGeometry(0, 540, 800, 30)  # as a form does that grows
    qtbot.waitUntil(lambda: not toast.geometry().intersects(place_of(save, window)))
    assert toast.geometry().bottom() < foot.bottom()
    assert window.rect().contains(toast.geometry())


def test_it_makes_way_for_a_bar_that_comes_below_it(qtbot: QtBot, theme: Theme) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(800, 600)
    bar = Bar("Good news", "well")
    bar.setParent(window)
    bar.setGeometry(0, 540, 800, 40)
    toast = Toast(theme, window)
    window.show()
    toast.show_sentence("Moved to Offer", can_undo=True)
    assert toast.geometry().intersects(bar.geometry())
    bar.show_sentence("An offer from Globex!")
    qtbot.waitUntil(lambda: not toast.geometry().intersects(bar.geometry()))
    assert window.rect().contains(toast.geometry())


def test_it_takes_more_lines_where_there_is_little_room(qtbot: QtBot, theme: Theme) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(800, 300)
    for row in range(10):
        QPushButton("Answer", window).setGeometry(320, 30 * row, 480, 28)
    toast = Toast(theme, window)
    window.show()
    toast.show_sentence(
        "Moved the interview at Initech to another day, and its reminders with it", can_undo=True
    )
    assert toast.geometry().right() < 320
    assert window.rect().contains(toast.geometry())


def full_window(
    qtbot: QtBot, theme: Theme, *parts: QWidget, above: int = 60, bar: TopBar | None = None
) -> tuple[QWidget, Toast]:
    """A window full of these, one below the other, with the room for a sentence below them or in the bar."""
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(800, 600)
    column = QVBoxLayout(window)
    view = QWidget()
    rows = QVBoxLayout(view)
    for part in parts:
        rows.addWidget(part)
    toast = Toast(theme, window, over=view, beside=bar.search if bar else None)
    if bar is not None:
        column.addWidget(bar)
    column.addSpacing(above)
    column.addWidget(view, 1)
    column.addWidget(toast.strip)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window, toast


def test_what_fills_the_window_gets_shorter_for_it_meanwhile(qtbot: QtBot, theme: Theme) -> None:
    text = QTextEdit()
    window, toast = full_window(qtbot, theme, text)
    text.setFocus()
    whole = place_of(text, window)
    toast.show_sentence("Saved", can_undo=False)
    assert toast.geometry().bottom() > 560
    assert not toast.geometry().intersects(place_of(text, window))
    toast.leave()
    assert place_of(text, window) == whole


def test_nothing_that_is_pressed_moves_for_it(qtbot: QtBot, theme: Theme) -> None:
    text, copy = QTextEdit(), QPushButton("Copy")
    window, toast = full_window(qtbot, theme, text, copy)
    stands = place_of(copy, window)
    toast.show_sentence("Copied the message", can_undo=False)
    assert place_of(copy, window) == stands
    assert not any(toast.geometry().intersects(place_of(part, window)) for part in (text, copy))


def test_its_room_is_given_back_once_the_pointer_is_not_at_a_button_that_would_move(
    qtbot: QtBot, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    text, copy = QTextEdit(), QPushButton("Copy")
    window, toast = full_window(qtbot, theme, text, copy, above=0)
    at_first = place_of(copy, window)
    pointer = [window.mapToGlobal(at_first.center())]
    monkeypatch.setattr(QCursor, "pos", lambda: pointer[0])
    toast.show_sentence("Copied the message", can_undo=False)
    moved = place_of(copy, window)
    assert moved != at_first and not toast.geometry().intersects(moved)
    toast.leave()
    assert place_of(copy, window) == moved
    pointer[0] = window.mapToGlobal(moved.center())
    toast._look.timeout.emit()
    assert place_of(copy, window) == moved
    pointer[0] = window.mapToGlobal(QPoint(3, 3))
    qtbot.waitUntil(lambda: place_of(copy, window) == at_first)
    assert not toast._look.isActive()
    pointer[0] = window.mapToGlobal(at_first.center())
    toast.show_sentence("Copied the message", can_undo=False)
    toast.leave()
    assert place_of(copy, window) == moved
    toast.give_back_room()
    assert place_of(copy, window) == at_first


def test_it_stays_while_its_button_has_the_keyboard(qtbot: QtBot, theme: Theme) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(640, 400)
    toast = Toast(theme, window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    toast.show_sentence("Deleted the application to Acme", can_undo=True)
    (undo,) = toast.findChildren(QPushButton)
    undo.setFocus()
    toast._timer.timeout.emit()
    assert toast.isVisible()
    undo.clearFocus()
    toast._timer.timeout.emit()
    assert not toast.isVisible()


def test_a_click_takes_it_away(qtbot: QtBot, theme: Theme) -> None:
    _window, toast = full_window(qtbot, theme, QTextEdit())
    toast.show_sentence("Saved", can_undo=False)
    QTest.mouseClick(toast, Qt.MouseButton.LeftButton)
    assert toast.isHidden()


def test_it_stands_beside_what_is_read_where_there_is_room(qtbot: QtBot, theme: Theme) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(800, 600)
    words = [QLabel("What is read", window) for _ in range(20)]
    for row, label in enumerate(words):
        label.setGeometry(340, 30 * row, 440, 28)
    toast = Toast(theme, window)
    window.show()
    toast.show_sentence("Saved", can_undo=False)
    assert not any(toast.geometry().intersects(place_of(label, window)) for label in words)
    assert toast.geometry().bottom() > 500


def test_it_gets_room_at_the_foot_before_it_stands_in_the_midst_of_what_is_read(
    qtbot: QtBot, theme: Theme
) -> None:
    page = QWidget()
    window, toast = full_window(qtbot, theme, page)
    for row in range(20):
        if row not in (10, 11, 12):  # where it would have room enough
            label = QLabel("What is read", page)
            label.setGeometry(0, 30 * row, 780, 28)
            label.show()
    toast.show_sentence("Saved", can_undo=False)
    assert toast.geometry().top() > place_of(page, window).bottom()


def test_it_stands_beside_a_card_where_there_is_room_rather_than_on_its_edge(
    qtbot: QtBot, theme: Theme
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1000, 600)
    card = Card(window)
    card.setGeometry(480, 20, 500, 570)
    QLabel("What is read", card).setGeometry(160, 20, 330, 540)
    toast = Toast(theme, window)
    window.show()
    toast.show_sentence("Added the interview. Moved to Interviewing", can_undo=True)
    assert not toast.geometry().intersects(card.geometry())


def test_it_leaves_the_words_of_an_empty_list_free(qtbot: QtBot, theme: Theme) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(400, 300)
    people = FlatList(theme, "Contacts", QStringListModel(), "No one yet", window)
    people.setGeometry(0, 250, 400, 40)
    toast = Toast(theme, window)
    window.show()
    toast.show_sentence("Saved", can_undo=False)
    assert not toast.geometry().intersects(place_of(people, window))


def test_it_never_covers_why_a_field_was_not_accepted(qtbot: QtBot, theme: Theme) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(500, 300)
    field = TextField("Name", parent=window)
    field.setGeometry(0, 220, 500, 80)
    field.refuse("Name is empty. Enter at least one character.")
    toast = Toast(theme, window)
    window.show()
    toast.show_sentence("Not saved yet", can_undo=True)
    why = next(label for label in window.findChildren(QLabel) if label.text().startswith("Name is empty"))
    assert not toast.geometry().intersects(place_of(why, window))


def test_a_field_above_that_is_not_used_gets_narrower_for_it_meanwhile(qtbot: QtBot, theme: Theme) -> None:
    holder = QWidget()
    copy, bar = QPushButton("Copy"), TopBar(theme, holder)
    bar.set_compact(True)
    window, toast = full_window(qtbot, theme, QTextEdit(), copy, above=0, bar=bar)
    search = bar.search
    copy.setFocus()
    whole = place_of(search, window)
    for typed in ("", "Globex"):
        search.setText(typed)
        toast.show_sentence("Moved the interview at Initech to Interviewing: Call Initech", can_undo=True)
        assert not toast.geometry().intersects(place_of(search, window))
        assert (place_of(search, window) == whole) is bool(typed), "a search that is used keeps its room"
        toast.leave()
        assert place_of(search, window) == whole
    search.clear()
    toast.show_sentence("Moved the interview at Initech to Interviewing: Call Initech", can_undo=True)
    search.setFocus()
    qtbot.waitUntil(lambda: place_of(search, window) == whole)
    assert not toast.geometry().intersects(whole)
