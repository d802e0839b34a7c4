"""The People view over a real store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from followup_desktop.domain.model import Facts
from followup_desktop.ui.kit.requests import Request
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.people.view import PeopleView
from tests.ui import situations
from tests.ui.desk import Desk, PutUp, on_desktop


@dataclass
class Outside:
    """What was copied, said and asked to be opened."""

    copied: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    asked: list[Request] = field(default_factory=list)


@pytest.fixture
def outside() -> Outside:
    return Outside()


@pytest.fixture
def open_people(desk: Desk, theme: Theme, outside: Outside, put_up: PutUp) -> Callable[[Facts], PeopleView]:
    """Opens the view, 1084 × 748, over these facts."""

    def open_over(facts: Facts) -> PeopleView:
        desk.put(facts)
        view = PeopleView(on_desktop(desk.context(theme), copy=outside.copied.append))
        view.status.connect(outside.said.append)
        view.asked.connect(outside.asked.append)
        put_up(view)
        return view

    return open_over


@pytest.fixture
def view(open_people: Callable[[Facts], PeopleView]) -> PeopleView:
    """The view with Ana Ruiz, Kim, Lena Park and Taro Yamada, of whom Ana is shown."""
    return open_people(situations.twelve())
