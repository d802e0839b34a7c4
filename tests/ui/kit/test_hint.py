"""What comes and goes in a form: nothing moves under the pointer, and Save stands below the last field."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from followup_desktop.domain.model import Contact
from followup_desktop.ui.kit.forms.dates import DateField
from followup_desktop.ui.kit.forms.field import NotesField, TextField
from followup_desktop.ui.kit.forms.panel import FormPanel
from followup_desktop.ui.kit.forms.people import PeopleField
from followup_desktop.ui.kit.theme import Theme
from tests.scene import settle


class _Form(FormPanel):
    """Two texts and some notes."""

    def __init__(self, theme: Theme, lines: int) -> None:
        super().__init__(theme)
        self.title.show_text("Form")
        self.save_button.setText("Save")
        grid = self.grid()
        self.add(grid, "one", TextField("One", required=True))
        self.add(grid, "two", TextField("Two", required=True))
        self.add(grid, "notes", NotesField("Notes", lines=lines))

    def commit(self, values: dict[str, object]) -> str:
        return ""


def shown(qtbot: QtBot, theme: Theme, *, lines: int = 3, height: int = 500) -> _Form:
    form = _Form(theme, lines)
    qtbot.addWidget(form)
    form.resize(400, height)
    form.fill({"one": "", "two": "", "notes": ""})
    form.show()
    settle()
    return form


def top(part: QWidget, form: QWidget) -> int:
    return part.mapTo(form, QPoint()).y()


def bottom(part: QWidget, form: QWidget) -> int:
    return top(part, form) + part.height()


def test_what_saves_stands_right_below_the_last_field(qtbot: QtBot, theme: Theme) -> None:
    form = shown(qtbot, theme)
    gap = top(form.save_button, form) - bottom(form.fields["notes"], form)
    assert 0 <= gap <= theme.px(24)
    assert form.height() - bottom(form.save_button, form) > 100


def test_what_saves_is_in_sight_of_a_form_that_is_longer_than_the_window(qtbot: QtBot, theme: Theme) -> None:
    form = shown(qtbot, theme, lines=12, height=260)
    assert bottom(form.save_button, form) <= form.height()
    assert form.fields["notes"].height() >= 12 * form.fontMetrics().lineSpacing()


def test_a_form_is_as_high_as_its_refusals_need(qtbot: QtBot, theme: Theme) -> None:
    form = shown(qtbot, theme)
    before = top(form.save_button, form)
    form.submit()
    settle()
    assert top(form.save_button, form) > before
    assert [form.fields[key].refusal != "" for key in ("one", "two", "notes")] == [True, True, False]
    for key in ("one", "two", "notes"):
        assert form.fields[key].height() >= form.fields[key].minimumSizeHint().height()


def test_nothing_moves_when_a_refusal_goes(qtbot: QtBot, theme: Theme) -> None:
    form = shown(qtbot, theme)
    form.submit()
    settle()
    places = [top(part, form) for part in (*form.fields.values(), form.save_button)]
    one = form.fields["one"]
    assert isinstance(one, TextField)
    QTest.keyClicks(one.line, "Acme")
    settle()
    assert one.refusal == ""
    assert [top(part, form) for part in (*form.fields.values(), form.save_button)] == places


def test_nothing_moves_while_a_refused_date_is_typed_anew(qtbot: QtBot, theme: Theme) -> None:
    form = shown(qtbot, theme)
    day = DateField("Date", lambda: date(2026, 10, 14))
    grid = form.grid()
    form.add(grid, "day", day)
    form.add(grid, "after", TextField("After"))
    below = form.fields["after"]
    settle()
    day.setFocus()
    QTest.keyClicks(day.line, "Friday 22 October 2026")
    below.setFocus()
    settle()
    assert day.refusal
    place = top(below, form)
    day.setFocus()
    day.line.selectAll()
    for letter in "next friday":
        QTest.keyClicks(day.line, letter)
        settle()
        assert (day.refusal, top(below, form)) == ("", place)
    assert day.understood.isVisible()
    below.setFocus()
    settle()
    assert top(below, form) == place


def test_another_value_gives_the_room_back(qtbot: QtBot, theme: Theme) -> None:
    form = shown(qtbot, theme)
    before = top(form.save_button, form)
    form.submit()
    settle()
    form.fill({"one": "Acme", "two": "Engineer", "notes": ""})
    settle()
    assert top(form.save_button, form) == before
    assert not any(field.editor.property("invalid") for field in form.fields.values())
    assert {field.editor.accessibleDescription() for field in form.fields.values()} <= {"", "required"}


def test_what_is_clicked_on_stays_below_the_pointer_until_the_click_is_done(
    qtbot: QtBot, theme: Theme
) -> None:
    form = shown(qtbot, theme)
    window, button = form.windowHandle(), form.cancel_button
    assert window is not None
    before = top(button, form)
    place = button.mapTo(form, button.rect().center())
    with qtbot.waitSignal(form.cancelled):
        QTest.mousePress(window, Qt.MouseButton.LeftButton, pos=place)
        form.fields["one"].refuse("One is empty.")  # as a field that is checked when it is left
        settle()
        assert form.fields["one"].refusal == "One is empty."
        assert top(button, form) == before
        QTest.mouseRelease(window, Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: top(button, form) > before)


class _Crowded(_Form):
    """A form with five people besides."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, 3)
        people = PeopleField(theme, "With")
        self.add(self.grid(), "people", people)
        people.set_people([Contact(id=str(n), name=f"Person {n}") for n in range(5)])


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_nothing_of_a_crowded_form_is_squeezed_in_a_low_window(
    qtbot: QtBot, theme: Theme, scale: float
) -> None:
    theme.scale_text(scale)
    form = _Crowded(theme)
    qtbot.addWidget(form)
    form.resize(360, 300)
    form.fill({"one": "", "two": "", "notes": "", "people": ()})
    form.show()
    for field in form.fields.values():
        field.refuse("That can't be used as it is; write something that can, or leave it empty.")
    settle()
    for field in form.fields.values():
        assert field.height() >= field.minimumSizeHint().height()
        (why,) = [label for label in field.findChildren(QLabel) if label.text() == field.refusal]
        assert why.height() >= why.heightForWidth(why.width())
    people = form.fields["people"]
    assert isinstance(people, PeopleField)
    assert people.list.viewport().height() >= sum(people.list.sizeHintForRow(row) for row in range(5))
    assert bottom(form.save_button, form) <= form.height()


@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.parametrize("width", [320, 400, 520, 900])
def test_who_is_added_has_room_for_an_address_and_is_told_with_it(
    qtbot: QtBot, theme: Theme, scale: float, width: int
) -> None:
    theme.scale_text(scale)
    form = _Crowded(theme)
    qtbot.addWidget(form)
    form.resize(round(width * scale), 600)
    form.show()
    people = form.fields["people"]
    assert isinstance(people, PeopleField)
    settle()
    is_below = people.email_line.y() > people.name_line.y()
    assert is_below or people.email_line.width() >= theme.px(190)
    assert is_below == (width < 900)
    people.name_line.setText("Zoe Park")
    people.email_line.setText("zoe@acme.example")
    people.add_button.click()
    assert people.list.item(people.list.count() - 1).text() == "Zoe Park · zoe@acme.example"
