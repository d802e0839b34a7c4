"""The People view over a real store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from pytestqt.qtbot import QtBot

from followup_desktop.domain.model import Facts
from followup_desktop.services.people import People
from followup_desktop.ui.people.view import PeopleView
from followup_desktop.ui.theme import Theme, ThemeChoice
from tests.ui import situations
from tests.ui.desk import Desk


@dataclass
class Outside:
    """What was copied, said and asked to be opened."""

    copied: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    applications: list[str] = field(default_factory=list)


@pytest.fixture
def outside() -> Outside:
    return Outside()


@pytest.fixture
def open_people(
    desk: Desk, theme: Theme, outside: Outside, qtbot: QtBot
) -> Iterator[Callable[[Facts], PeopleView]]:
    """Opens the view, 1084 × 748, over these facts."""
    opened: list[PeopleView] = []

    def open_over(facts: Facts) -> PeopleView:
        desk.put(facts)
        view = PeopleView(
            desk.tracker,
            desk.overview,
            desk.wording,
            desk.clock,
            theme,
            people=People(desk.store, desk.overview, desk.wording),
            open_url=desk.open_url,
            copy=outside.copied.append,
        )
        qtbot.addWidget(view)
        view.status.connect(outside.said.append)
        view.show_application.connect(outside.applications.append)
        desk.store.subscribe(view.refresh)
        view.resize(1084, 748)
        view.show()
        qtbot.waitExposed(view)
        view.activateWindow()
        opened.append(view)
        return view

    yield open_over
    for view in opened:
        view.hide()


@pytest.fixture
def view(open_people: Callable[[Facts], PeopleView]) -> PeopleView:
    """The view with Ana Ruiz, Kim, Lena Park and Taro Yamada, of whom Ana is shown."""
    return open_people(situations.twelve())


@pytest.fixture
def looks(theme: Theme) -> Iterator[Theme]:
    """The theme, put back afterwards."""
    yield theme
    theme.choose(ThemeChoice.LIGHT)
    theme.scale_text(1.0)
