"""What appears on the screen is said aloud: once, and only if it is still so."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from followup_desktop.ui.kit.bars import Bar
from followup_desktop.ui.kit.forms.field import TextField
from followup_desktop.ui.kit.letter_parts import WarningsCard
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.widgets.announcer import Announcer, Rest, Voice, announce
from followup_desktop.ui.kit.widgets.card import label_name
from followup_desktop.ui.kit.widgets.hint import Hint
from followup_desktop.ui.kit.widgets.roles import install_roles
from followup_desktop.ui.kit.widgets.toast import Toast

_QUESTIONS = 600


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    QVBoxLayout(window)
    window.resize(600, 400)
    window.show()
    return window


def said(window: QWidget) -> list[str]:
    voice = Announcer.of(window)
    voice.speak()
    return voice.said


def rest_of(voice: Announcer) -> Rest:
    rest = voice.findChild(Rest)
    assert rest is not None
    return rest


def test_it_appears_as_a_notification_of_that_name(window: QWidget) -> None:
    install_roles()
    announce(window, "Saved")
    announce(window, "Saved")
    assert said(window) == ["Saved."]
    announce(window, "Deleted")
    assert said(window) == ["Saved.", "Deleted."]
    voices = [QAccessible.queryAccessibleInterface(each) for each in window.findChildren(Voice)]
    assert {voice.role() for voice in voices} == {QAccessible.Role.Notification}
    assert [voice.text(QAccessible.Text.Name) for voice in voices] == ["Saved.", "Deleted."], (
        "a late ear still finds the first"
    )
    assert {voice.parent().role() for voice in voices} == {QAccessible.Role.Application}, (
        "of one in a dialog, Orca would say the dialog first"
    )


def test_what_is_about_the_same_is_said_as_it_is_in_the_end(window: QWidget) -> None:
    voice = Announcer.of(window)
    for found in ("3 applications", "2 applications"):
        voice.announce(found, about="search")
    voice.announce("Nothing new", about="letter")
    voice.announce("", about="letter")
    assert said(window) == ["2 applications."]


def test_nothing_is_said_of_a_part_that_has_gone(window: QWidget) -> None:
    part = QWidget(window)
    voice = Announcer.of(part)
    voice.announce("Due date: Thu 5 Nov", about=part, unless=lambda: not part.isVisible())
    voice.announce("Saved")
    delete(part)
    assert said(window) == ["Saved."]


def test_it_is_said_once_the_window_is_no_longer_asked(qtbot: QtBot, window: QWidget) -> None:
    voice = Announcer.of(window)
    asked: list[list[str]] = []
    asking = QTimer(window)
    asking.timeout.connect(lambda: asked.append([*voice.said]) if len(asked) < _QUESTIONS else asking.stop())
    asking.start(1)
    with qtbot.waitSignal(rest_of(voice).come):
        voice.announce("Deleted")
    assert asked == [[]] * _QUESTIONS
    assert voice.said == ["Deleted."]


def test_it_is_said_in_the_end_where_the_window_never_rests(qtbot: QtBot, window: QWidget) -> None:
    voice, asking = Announcer.of(window), QTimer(window)
    asking.start(1)
    with qtbot.waitSignal(rest_of(voice).come):
        voice.announce("Deleted")
    assert voice.said == ["Deleted."]
    assert asking.isActive()


def test_a_window_speaks_for_its_parts_and_has_one_voice(window: QWidget) -> None:
    part = QWidget(window)
    assert Announcer.of(part) is Announcer.of(window)


@pytest.mark.parametrize("kind", ["toast", "bar", "hint", "warnings"])
def test_every_sentence_that_appears_is_said(window: QWidget, theme: Theme, kind: str) -> None:
    sentence = "Sat 28 Nov is at the weekend"
    layout = window.layout()
    assert layout is not None
    if kind == "toast":
        Toast(theme, window).show_sentence(sentence, can_undo=True)
    elif kind == "bar":
        bar = Bar("Good to know", "now")
        layout.addWidget(bar)
        bar.show_sentence(sentence)
        bar.show_sentence(sentence)
    elif kind == "hint":
        hint = Hint()
        layout.addWidget(hint)
        hint.show_sentence(sentence)
    else:
        warnings = WarningsCard(theme, "Before you send")
        layout.addWidget(warnings)
        warnings.show_sentences([sentence])
    assert said(window) == [f"{sentence}."]


def test_a_refusal_is_said_with_its_field_once_that_is_left(qtbot: QtBot, window: QWidget) -> None:
    field, other = TextField("Employer", required=True), QLineEdit()
    layout = window.layout()
    assert layout is not None
    layout.addWidget(field)
    layout.addWidget(other)
    field.show()
    other.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    field.setFocus()
    field.refuse("Enter an employer.")
    assert said(window) == []  # it is read with the field, as its description
    assert field.editor.accessibleDescription() == "Enter an employer."
    field.clear_refusal()
    assert field.editor.accessibleDescription() == "required"
    other.setFocus()
    field.refuse("Enter an employer.")
    assert said(window) == ["Employer: Enter an employer."]


def test_what_is_gone_before_it_is_said_is_not_said(window: QWidget) -> None:
    hint = Hint()
    layout = window.layout()
    assert layout is not None
    layout.addWidget(hint)
    hint.show_sentence("Overlaps another interview")
    hint.show_sentence("")
    assert said(window) == []


def test_a_choice_and_a_box_are_told_apart(window: QWidget) -> None:
    install_roles()
    for number, exclusive in enumerate((True, False)):
        button = QPushButton(f"&Button {number}", window)
        button.setCheckable(True)
        button.setAutoExclusive(exclusive)
        interface = QAccessible.queryAccessibleInterface(button)
        wanted = QAccessible.Role.RadioButton if exclusive else QAccessible.Role.CheckBox
        assert interface.role() is wanted
        assert interface.text(QAccessible.Text.Name) == f"Button {number}"
        assert not interface.state().checked
        interface.actionInterface().doAction("Toggle")
        assert interface.state().checked


def test_a_label_s_name_ends_in_one_mark_alone() -> None:
    assert [label_name(each) for each in ("Notes", "Who did you meet?", "Qui\u00a0?", "¿A quién?")] == [
        "Notes:",
        "Who did you meet:",
        "Qui:",
        "A quién:",
    ]


def test_what_is_missing_says_so_once(qtbot: QtBot, theme: Theme) -> None:
    missing = WarningsCard(theme)
    qtbot.addWidget(missing)
    missing.show_sentences(["Still to fill in: your name."])
    assert [each.accessibleName() for each in missing.findChildren(QLabel)] == [
        "Still to fill in: your name."
    ]
