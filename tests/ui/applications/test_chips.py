"""Place, salary, link and tags as chips of the detail: as wide as what they say, and edited in place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from followup_desktop.domain.model import Facts
from followup_desktop.ui.applications.view import ApplicationsView
from followup_desktop.ui.kit.forms.field import LineEdit
from followup_desktop.ui.kit.theme import Theme
from tests.tables import tabled
from tests.ui.applications.conftest import ACME, FACTS, HOOLI
from tests.ui.desk import Desk, PutUp, on_desktop

TAGS = tuple(f"tag number {number}" for number in range(30))
FILLED = replace(
    FACTS,
    applications=(
        replace(ACME, location="Madrid", salary="60–70k €", url="https://acme.example/jobs/1", tags=TAGS),
        HOOLI,
    ),
)


@pytest.fixture
def filled(open_view: Callable[[Facts], ApplicationsView]) -> ApplicationsView:
    view = open_view(FILLED)
    view.show_application("acme")
    QApplication.processEvents()
    return view


def line_of(view: ApplicationsView, key: str) -> LineEdit:
    line = view.detail.fields[key].editor
    assert isinstance(line, LineEdit)
    return line


def test_a_chip_is_as_wide_as_its_text_and_follows_it(filled: ApplicationsView, qtbot: QtBot) -> None:
    line = line_of(filled, "location")
    before = line.width()
    assert line.fontMetrics().horizontalAdvance("Madrid") < before < filled.detail.width() // 3
    line.setFocus()
    QTest.keyClicks(line, " or from home three days a week")
    qtbot.waitUntil(lambda: line.fontMetrics().horizontalAdvance(line.text()) < line.width())
    assert line.width() > before


def test_an_empty_chip_asks_for_its_value_by_its_name(filled: ApplicationsView) -> None:
    filled.show_application("hooli")
    asked = [line_of(filled, key).asked for key in ("location", "salary", "url", "tags")]
    assert asked == ["+ Location", "+ Salary", "+ Posting address", "+ Tags"]


@tabled("key", ["location", "salary", "url", "tags"])
def test_no_chip_is_wider_than_the_detail_however_much_it_says(filled: ApplicationsView, key: str) -> None:
    filled.context.tracker.edit_application(
        "acme", location="x" * 500, salary="x" * 500, url=f"https://a.example/{'x' * 500}"
    )
    QApplication.processEvents()
    inner = filled.detail.area.widget()
    assert inner is not None
    assert line_of(filled, key).mapTo(inner, line_of(filled, key).rect().topRight()).x() <= inner.width()


def test_the_link_is_opened_by_the_sign_in_its_chip(filled: ApplicationsView, desk: Desk) -> None:
    (sign,) = line_of(filled, "url").findChildren(QToolButton)
    action = sign.defaultAction()
    assert action.isVisible()
    action.trigger()
    assert desk.urls == [QUrl("https://acme.example/jobs/1")]
    filled.show_application("hooli")
    assert not action.isVisible()


def test_a_refused_link_is_told_below_its_chip_and_has_room(filled: ApplicationsView, qtbot: QtBot) -> None:
    line = line_of(filled, "url")
    line.setFocus()
    line.setText("no address")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert filled.detail.fields["url"].refusal
    qtbot.waitUntil(lambda: line.width() > filled.detail.width() * 0.8)


@pytest.mark.parametrize(("width", "is_wide"), [(1004, False), (1264, True), (1684, True)])
def test_the_sections_stand_in_two_columns_where_there_is_room(
    filled: ApplicationsView, width: int, is_wide: bool
) -> None:
    filled.resize(width, 800)
    QApplication.processEvents()
    planned, people = filled.detail.planned.geometry(), filled.detail.people.geometry()
    assert (people.left() > planned.right()) == is_wide
    assert (people.top() > planned.bottom()) != is_wide


def test_a_link_that_no_program_opens_is_not_said_to_be_wrong(
    desk: Desk, theme: Theme, put_up: PutUp, qtbot: QtBot
) -> None:
    desk.put(FILLED)
    view = ApplicationsView(on_desktop(desk.context(theme), open_url=lambda _url: False))
    put_up(view)
    view.show_application("acme")
    (sign,) = line_of(view, "url").findChildren(QToolButton)
    with qtbot.waitSignal(view.status) as told:
        sign.defaultAction().trigger()
    assert told.args == ["No app on this computer can open this. Copy it instead."]
