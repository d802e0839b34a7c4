"""A meeting is joined from wherever its interview is shown, while it isn't over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from followup_desktop.domain.model import Facts
from followup_desktop.ui.applications.delegates import LINE_HEIGHT
from followup_desktop.ui.applications.view import ApplicationsView
from followup_desktop.ui.kit.answer_panels import WhyPanel
from followup_desktop.ui.kit.theme import Theme, ThemeChoice
from followup_desktop.ui.kit.widgets.join_button import JoinButton
from tests.scene import settle
from tests.ui import situations
from tests.ui.desk import Desk, Open, page_of
from tests.ui.detail_parts import buttons_in_row

PAGE = "https://meet.example.org/globex"

Opened = Callable[[Facts], ApplicationsView]


@pytest.fixture
def view(open_view: Opened, desk: Desk) -> ApplicationsView:
    desk.now = situations.NOW
    view = open_view(situations.interview_soon())
    view.show_application("globex")
    return view


def opened(desk: Desk) -> list[str]:
    return [url.toString() for url in desk.urls]


def test_it_is_joined_from_the_interviews_of_the_detail(view: ApplicationsView, desk: Desk) -> None:
    section = view.detail.interviews
    row = section.model.rows[0]
    join = buttons_in_row(section).join
    assert join.text() == "Join: meet.example.org"
    join.click()
    assert opened(desk) == [PAGE]
    menu = section.actions_of(row)
    next(each for each in menu.actions() if each.text().replace("&", "") == "Join the meeting").trigger()
    menu.close()
    assert opened(desk) == [PAGE, PAGE]


def test_the_buttons_of_a_row_are_as_high_as_its_line_in_every_look(
    open_window: Open, desk: Desk, theme: Theme
) -> None:
    desk.now = situations.NOW
    view = page_of(open_window(situations.interview_soon(), "applications"), ApplicationsView)
    for look in (ThemeChoice.LIGHT, ThemeChoice.DARK):
        theme.choose(look)
        settle()
        buttons = buttons_in_row(view.detail.interviews)
        assert buttons.edit.isVisible()
        assert buttons.edit.height() == buttons.join.height() == theme.px(LINE_HEIGHT)


def test_who_interviews_has_a_second_line_where_one_has_no_room(open_view: Opened, desk: Desk) -> None:
    desk.now = situations.NOW
    view = open_view(situations.five_met())
    view.resize(1000, 700)
    view.show_application("acme")
    settle()
    (row,) = view.detail.interviews.model.rows
    rows = view.detail.interviews.list
    words = rows.fontMetrics().horizontalAdvance(row.text)
    assert words > rows.width()
    line = rows.fontMetrics().lineSpacing()
    assert rows.sizeHintForRow(0) >= 2 * line
    assert rows.height() >= rows.sizeHintForRow(0)


def test_it_is_joined_from_the_reasons_of_a_reminder(view: ApplicationsView, desk: Desk) -> None:
    answers = view.detail.planned.answers
    answers.why.click()
    (join,) = answers.findChildren(JoinButton)
    join.click()
    assert opened(desk) == [PAGE]
    answers.why.click()
    assert all(each.isHidden() for each in answers.findChildren(JoinButton))


def test_the_reasons_in_today_offer_it_too(view: ApplicationsView, desk: Desk, theme: Theme) -> None:
    prepare = view.detail.planned.model.rows[0].id
    asked: list[str] = []
    panel = WhyPanel(theme, desk.overview.explain(prepare, desk.now), view, asked.append)
    panel.findChildren(JoinButton)[0].click()
    assert asked == [PAGE]


def test_a_meeting_that_is_over_is_not_joined(open_view: Opened, desk: Desk) -> None:
    desk.now = situations.NOW + timedelta(hours=5)
    view = open_view(situations.interview_soon())
    view.show_application("globex")
    section = view.detail.interviews
    assert buttons_in_row(section).join.isHidden()
    menu = section.actions_of(section.model.rows[0])
    offered = [each for each in menu.actions() if "Join" in each.text().replace("&", "")]
    assert not any(each.isEnabled() and each.isVisible() for each in offered)
    menu.close()


def test_a_place_one_goes_to_is_not_joined(open_view: Opened, desk: Desk) -> None:
    desk.now = situations.NOW
    view = open_view(situations.interview_soon("12 Main Street"))
    view.show_application("globex")
    section = view.detail.interviews
    assert buttons_in_row(section).join.isHidden()
    assert view.detail.interviews.list.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_each_interview_has_its_own_buttons(view: ApplicationsView, desk: Desk) -> None:
    """A second meeting is joined from its own row; whichever is pressed, that interview is opened."""
    (first,) = desk.store.application("globex").interviews
    later = desk.tracker.add_interview(
        "globex",
        starts_at=first.starts_at + timedelta(days=2),
        timezone=first.timezone,
        minutes=30,
        location="https://second.example.org/room",
    )
    section = view.detail.interviews
    shown = {row.id: buttons_in_row(section, place) for place, row in enumerate(section.model.rows)}
    assert {each: buttons.join.text() for each, buttons in shown.items()} == {
        first.id: "Join: meet.example.org",
        later.id: "Join: second.example.org",
    }
    assert len({buttons.edit.accessibleName() for buttons in shown.values()}) == 2
    heights = [section.list.sizeHintForRow(place) for place in range(2)]
    assert section.list.sizeHint().height() == sum(heights)
    shown[first.id].edit.click()
    assert view.interview_form.isVisibleTo(view)
    assert view.interview_form.fields["location"].value() == PAGE


def test_the_buttons_stay_in_their_row_where_the_list_becomes_narrower(view: ApplicationsView) -> None:
    section = view.detail.interviews
    buttons = buttons_in_row(section)
    for width in (500, 300, 400):
        section.list.setFixedWidth(width)
        section.column.activate()
        assert buttons.geometry().right() == section.list.viewport().rect().right()
