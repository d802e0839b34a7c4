"""The answers to a planned follow-up stand under the row that they belong to, and above the next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from followup_desktop.domain.model import Facts, Reminder, Stage
from followup_desktop.ui.applications.planned import PlannedSection
from followup_desktop.ui.applications.view import ApplicationsView
from followup_desktop.ui.kit.theme import Theme
from tests.ui.applications.conftest import ACME, FACTS
from tests.ui.desk import Desk

NAMES = ("Ask about the flat", "Send the references", "Water the plants")
THREE = tuple(
    Reminder(
        id=f"r{number}",
        title=name,
        at=datetime.fromisoformat(f"2026-10-0{number}T09:00"),
        timezone="Europe/Madrid",
        application="hooli",
    )
    for number, name in enumerate(NAMES, start=1)
)
LATER = Reminder(
    id="later",
    title="Look at the news",
    at=datetime.fromisoformat("2026-11-20T09:00"),
    timezone="Europe/Madrid",
    application="hooli",
)


@pytest.fixture
def planned(open_view: Callable[[Facts], ApplicationsView], desk: Desk) -> PlannedSection:
    """Hooli with three reminders to answer and one that is not due yet."""
    desk.now = datetime(2026, 10, 14, 11, tzinfo=UTC)
    view = open_view(replace(FACTS, reminders=(*THREE, LATER)))
    view.show_application("hooli")
    return view.detail.planned


def view_of(planned: PlannedSection) -> ApplicationsView:
    parent: QWidget | None = planned
    while parent is not None and not isinstance(parent, ApplicationsView):
        parent = parent.parentWidget()
    assert parent is not None
    return parent


def area(widget: QWidget) -> QRect:
    return QRect(widget.mapToGlobal(QPoint(0, 0)), widget.size())


def line(planned: PlannedSection, place: int) -> QRect:
    """Where the line of a row is, on the screen."""
    shown = planned.list
    rect = shown.visualRect(shown.row_index(place))
    rect.setHeight(shown.theme.px(28))
    return QRect(shown.viewport().mapToGlobal(rect.topLeft()), rect.size())


def place_of(planned: PlannedSection, title: str) -> int:
    return next(n for n, row in enumerate(planned.model.rows) if row.row.title == title)


def settle(planned: PlannedSection) -> None:
    """Until the layouts around the list have given it the height that it asks for."""
    QApplication.processEvents()
    for _ in range(20):
        if planned.list.height() == planned.list.sizeHint().height():
            return
        QApplication.processEvents()
    raise AssertionError("the list has not the height of its rows")


def assert_below_own_row(planned: PlannedSection) -> str:
    """Everything that can be pressed is the current row's and lies between it and the next; its title."""
    settle(planned)
    place = planned.list.current_row()
    row = planned.model.rows[place].row
    top = line(planned, place).bottom()
    answers = planned.answers
    assert answers.isVisible()
    assert answers.key == row.key
    count = planned.model.rowCount()
    below = line(planned, place + 1).top() if place + 1 < count else area(planned.list).bottom() + 1
    parts = [button for button in (answers.strong, answers.snooze, answers.skip) if button.isVisible()]
    assert parts
    for part in (*parts, planned.answers.explanation):
        if part.isVisible():
            assert top < area(part).top()
            assert area(part).bottom() < below
            assert area(planned.list).contains(area(part))
    assert {part.accessibleDescription() for part in parts} == {row.title}
    return row.title


@pytest.mark.parametrize("title", NAMES)
def test_chosen_with_the_mouse(planned: PlannedSection, title: str) -> None:
    spot = line(planned, place_of(planned, title)).center()
    shown = planned.list
    QTest.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=shown.viewport().mapFromGlobal(spot))
    assert assert_below_own_row(planned) == title


def test_chosen_with_the_keyboard(planned: PlannedSection) -> None:
    planned.list.setFocus()
    found = [assert_below_own_row(planned)]
    for _ in range(2):
        QTest.keyClick(planned.list, Qt.Key.Key_Down)
        found.append(assert_below_own_row(planned))
    assert sorted(found) == sorted(NAMES)


def test_what_is_explained_and_asked_stands_there_too(planned: PlannedSection) -> None:
    planned.list.select(1)
    planned.answers.why.click()
    title = assert_below_own_row(planned)
    planned.answers.snooze.click()
    assert assert_below_own_row(planned) == title
    assert planned.answers.height() > 2 * planned.answers.snooze.height()
    planned.list.select(0)
    assert assert_below_own_row(planned) != title


def test_the_answers_of_another_application_have_their_own_widths_after_one_without_any(
    open_view: Callable[[Facts], ApplicationsView], desk: Desk
) -> None:
    desk.now = datetime(2026, 10, 14, 11, tzinfo=UTC)
    globex = replace(ACME, id="globex", employer="Globex", contacts=(), interviews=(), events=())
    offer = replace(ACME, stage=Stage.OFFER, stage_at=datetime(2026, 10, 14, 9, tzinfo=UTC))
    view = open_view(replace(FACTS, applications=(offer, globex)))
    view.show_application("acme")
    answers = view.detail.planned.answers
    desk.tracker.set_stage("acme", Stage.ACCEPTED)
    QApplication.processEvents()
    assert not answers.isVisible()
    desk.now = datetime(2026, 10, 15, 9, tzinfo=UTC)
    view.show_application("globex")
    QApplication.processEvents()
    buttons = [answers.strong, *answers.others, answers.snooze, answers.skip, answers.why]
    assert [button.text() for button in buttons] == ["Write email…", "Withdrawn", "Snooze ▾", "Skip", "Why?"]
    assert [button.width() for button in buttons] == [button.sizeHint().width() for button in buttons]
    assert not any(one.geometry().intersects(other.geometry()) for one, other in combinations(buttons, 2))


def test_to_press_beside_the_buttons_chooses_no_other_row(planned: PlannedSection) -> None:
    planned.list.clearFocus()
    planned.list.select(1)
    title = assert_below_own_row(planned)
    answers = planned.answers
    spot = QPoint(answers.width() - 2, answers.height() - 2)
    QTest.mouseClick(answers, Qt.MouseButton.LeftButton, pos=spot)
    assert assert_below_own_row(planned) == title


def test_after_a_refresh_in_which_rows_come_and_go(planned: PlannedSection, desk: Desk) -> None:
    planned.list.select(1)
    title = assert_below_own_row(planned)
    view = view_of(planned)
    view.refresh(None)
    assert assert_below_own_row(planned) == title
    desk.tracker.delete_reminder("r1")
    assert assert_below_own_row(planned) == title
    desk.tracker.undo()
    desk.tracker.add_reminder(
        title="Before all", at=datetime.fromisoformat("2026-09-01T09:00"), application="hooli"
    )
    assert assert_below_own_row(planned) == title


def test_after_each_answer_until_none_is_left(planned: PlannedSection) -> None:
    done = []
    for _ in NAMES:
        done.append(assert_below_own_row(planned))
        planned.answers.skip.click()
    assert sorted(done) == sorted(NAMES)
    assert not planned.answers.strong.isVisible()


def test_another_application_begins_with_its_first_open_row(planned: PlannedSection, desk: Desk) -> None:
    planned.list.select(2)
    assert_below_own_row(planned)
    view = view_of(planned)
    view.show_application("acme")
    rows = view.detail.planned.model.rows
    first = next((n for n, row in enumerate(rows) if row.row.is_open), 0)
    assert planned.list.current_row() == first
    view.show_application("hooli")
    assert assert_below_own_row(planned) == planned.model.rows[0].row.title


def test_at_every_width_and_text_size(theme: Theme, planned: PlannedSection) -> None:
    view = view_of(planned)
    planned.list.select(1)
    planned.answers.why.click()
    heights = []
    for scale in (1.0, 2.0, 1.3, 0.9):
        theme.scale_text(scale)
        for width in (1400, 700, 1000, 640):
            view.resize(width, 700)
            if not planned.isVisible():
                view.show_application("hooli")
            assert_below_own_row(planned)
        heights.append(planned.answers.strong.height())
    assert heights[1] > heights[2] > heights[0] > heights[3]


def test_of_very_many_rows_too(planned: PlannedSection, desk: Desk) -> None:
    times = [datetime(2026, 9, day, hour) for day in range(1, 29) for hour in (8, 12, 16)]  # noqa: DTZ001
    many = [Reminder(id=f"{at}", title=f"Step {at:%d %H}", at=at, application="hooli") for at in times]
    desk.put(replace(FACTS, reminders=(*THREE, LATER, *many)))
    assert planned.model.rowCount() > 80
    for place in (0, 40, 80):
        planned.list.select(place)
        assert assert_below_own_row(planned) == planned.model.rows[place].row.title


def test_a_title_without_room_in_its_line_takes_several(
    open_view: Callable[[Facts], ApplicationsView], desk: Desk
) -> None:
    title = "Send them the references, the certificates and both samples of work that they asked for"
    desk.now = datetime(2026, 10, 14, 11, tzinfo=UTC)
    view = open_view(replace(FACTS, reminders=(THREE[0], replace(THREE[1], title=title))))
    view.show_application("hooli")
    planned = view.detail.planned
    rows = {each.row.title: place for place, each in enumerate(planned.model.rows)}
    index = planned.list.model().index
    short, long = (planned.list.visualRect(index(rows[each], 0)) for each in (NAMES[0], title))
    lines = planned.list.fontMetrics().boundingRect(
        QRect(0, 0, planned.list.width(), 10_000), Qt.TextFlag.TextWordWrap.value, title
    )
    assert lines.height() > planned.list.fontMetrics().lineSpacing()
    assert long.height() >= short.height() + planned.list.fontMetrics().height()
