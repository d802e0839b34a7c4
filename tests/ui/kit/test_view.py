"""The base of the views: what is read when, and what is asked for."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from followup_desktop.domain.errors import Refused
from followup_desktop.storage.store import Changes
from followup_desktop.ui.kit.models.changes import ChangesLike
from followup_desktop.ui.kit.requests import AddInterview, OpenApplication, Request, ShowView
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.view import Context, View
from tests.ui.desk import Desk

ACME = Changes(applications=frozenset({"acme"}))
INITECH = Changes(applications=frozenset({"initech"}))


class Noting(View):
    """A view that notes what it is to show."""

    name = "noting"
    times_change_every = 300

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.shown: list[ChangesLike | None] = []
        self.refusal: Refused | None = None

    def show_changes(self, changes: ChangesLike | None) -> None:
        if self.refusal is not None:
            raise self.refusal
        self.shown.append(changes)


@pytest.fixture
def view(desk: Desk, theme: Theme, qtbot: QtBot) -> Noting:
    view = Noting(desk.context(theme))
    qtbot.addWidget(view)
    return view


def test_nothing_is_read_until_the_view_is_seen_and_then_everything(view: Noting) -> None:
    view.refresh(ACME)
    assert view.shown == []
    view.show()
    assert view.shown == [None]


def test_what_is_seen_is_brought_up_to_date_at_once_by_what_changed(view: Noting) -> None:
    view.show()
    view.refresh(ACME)
    assert view.shown == [None, ACME]


def test_what_changed_once_while_the_view_was_hidden_is_taken_up_alone(view: Noting) -> None:
    view.show()
    view.hide()
    view.refresh(ACME)
    assert view.shown == [None]
    view.show()
    assert view.shown == [None, ACME]


def test_what_changed_several_times_meanwhile_is_one_look_at_everything(view: Noting) -> None:
    view.show()
    view.hide()
    view.refresh(ACME)
    view.refresh(INITECH)
    view.show()
    assert view.shown == [None, None]


def test_who_comes_back_to_an_unchanged_view_reads_nothing(view: Noting) -> None:
    view.show()
    view.hide()
    view.show()
    assert view.shown == [None]


def test_times_pass_once_an_interval_and_only_in_sight(view: Noting, desk: Desk) -> None:
    view.show()
    view.pass_time(desk.now)
    assert view.shown == [None]
    desk.now += timedelta(minutes=5)
    view.pass_time(desk.now)
    view.pass_time(desk.now)
    assert view.shown == [None, None]
    view.hide()
    desk.now += timedelta(minutes=5)
    view.pass_time(desk.now)
    assert view.shown == [None, None]


def test_who_comes_back_after_an_hour_sees_the_times_of_now(view: Noting, desk: Desk) -> None:
    view.show()
    view.hide()
    desk.now += timedelta(hours=1)
    view.show()
    assert view.shown == [None, None]


def test_what_its_parts_say_and_ask_for_goes_out_by_its_signals(view: Noting) -> None:
    said: list[str] = []
    asked: list[Request] = []
    view.status.connect(said.append)
    view.asked.connect(asked.append)
    view.context.show_status("Saved")
    view.context.open(OpenApplication("acme"))
    view.come_back()
    assert said == ["Saved"]
    assert asked == [OpenApplication("acme"), ShowView("noting")]


def test_a_view_without_an_application_proposes_none(view: Noting) -> None:
    assert view.add_interview() == AddInterview(None)


def test_what_no_view_answers_is_a_fault(view: Noting) -> None:
    with pytest.raises(NotImplementedError, match="Noting answers no OpenApplication"):
        view.answer(OpenApplication("acme"))


def test_a_view_in_a_window_that_is_hidden_waits(view: Noting) -> None:
    window = QMainWindow()
    window.setCentralWidget(view)
    view.refresh(ACME)
    assert view.shown == []
    window.show()
    assert view.shown == [None]
    window.takeCentralWidget()
    window.close()


def test_what_cant_be_read_is_said_once_and_shown_once_it_can(view: Noting, desk: Desk) -> None:
    said: list[str] = []
    view.status.connect(said.append)
    view.refusal = Refused("Reading followup.db failed.")
    view.show()
    view.pass_time(desk.clock())
    assert (view.shown, said) == ([], ["Reading followup.db failed."])
    view.refusal = None
    view.pass_time(desk.clock())
    assert view.shown == [None]
    view.pass_time(desk.clock())
    assert view.shown == [None], "what was taken up isn't read again"
