"""Where the database can't be read, the view says so, shows nothing of another application, and recovers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from followup_desktop.domain.errors import NotFound, Refused
from followup_desktop.services.reading.overview import Overview
from followup_desktop.ui.applications.view import ApplicationsView
from followup_desktop.ui.kit.requests import OpenApplication
from tests.ui.desk import Desk

_SENTENCE = "Reading or writing followup.db failed."


@pytest.fixture
def unreadable() -> Iterator[pytest.MonkeyPatch]:
    """No detail can be read until this is undone."""

    def fail(_overview: Overview, _application: str, _now: datetime) -> None:
        raise Refused(_SENTENCE)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Overview, "detail", fail)
        yield patch


@pytest.fixture
def said(view: ApplicationsView) -> list[str]:
    found: list[str] = []
    view.status.connect(found.append)
    return found


def test_what_is_shown_stays_while_nothing_can_be_read(
    view: ApplicationsView, said: list[str], unreadable: pytest.MonkeyPatch
) -> None:
    view.refresh()
    assert said == [_SENTENCE]
    assert view.detail.application == view.current_application == "acme"
    assert view.detail.isVisible()


def test_another_row_shows_nothing_until_it_can_be_read(
    view: ApplicationsView, said: list[str], unreadable: pytest.MonkeyPatch, desk: Desk
) -> None:
    view.table.select_id("initech")
    assert said == [_SENTENCE]
    assert view.place() == OpenApplication("initech")
    shown = view.detail.application
    assert shown is None
    assert view.nothing_chosen.isVisible()
    unreadable.undo()
    view.pass_time(desk.clock())
    assert view.table.current_id() == view.detail.application == "initech"
    assert view.detail.isVisible()


def test_a_row_of_the_list_that_cant_be_found_is_not_looked_for_without_end(
    view: ApplicationsView, said: list[str], monkeypatch: pytest.MonkeyPatch, desk: Desk
) -> None:
    def miss(_overview: Overview, _application: str, _now: datetime) -> None:
        raise NotFound("This application no longer exists.")

    with monkeypatch.context() as patch:
        patch.setattr(Overview, "detail", miss)
        view.refresh()
        assert said == ["This application no longer exists."]
        assert view.nothing_chosen.isVisible()
    view.pass_time(desk.clock())
    assert view.detail.isVisible()
    assert view.detail.application == view.table.current_id()


def test_a_list_that_couldnt_be_read_lets_rows_be_chosen_afterwards(
    view: ApplicationsView, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_given: object) -> None:
        raise Refused(_SENTENCE)

    with monkeypatch.context() as patch:
        patch.setattr(view.model, "refresh_holding", fail)
        view.refresh()
    assert said == [_SENTENCE]
    view.table.select_id("initech")
    assert view.detail.application == "initech"


def test_a_row_that_cant_be_read_is_empty_until_it_can(
    view: ApplicationsView, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_given: object) -> None:
        raise Refused(_SENTENCE)

    first = view.model.id_at(0)
    assert first is not None
    shown = view.model.row(0)
    with monkeypatch.context() as patch:
        patch.setattr(view.model, "fetch", fail)
        view.model.refresh_rows([first])
        assert view.model.row(0) is None
        view.table.viewport().repaint()
    assert view.model.row(0) == shown
