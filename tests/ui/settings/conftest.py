"""The settings over a real store."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from followup_desktop.domain.model import Facts
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.window_settings import WindowSettings
from followup_desktop.ui.settings.view import SettingsView
from tests.ui import situations
from tests.ui.desk import Desk, PutUp


@pytest.fixture
def app_settings(desk: Desk) -> WindowSettings:
    """What is the program's own."""
    return desk.settings()


@pytest.fixture
def open_settings(desk: Desk, theme: Theme, put_up: PutUp) -> Callable[[Facts], SettingsView]:
    """Opens the view over these facts."""

    def open_over(facts: Facts) -> SettingsView:
        desk.put(facts)
        view = SettingsView(desk.context(theme))
        put_up(view)
        return view

    return open_over


@pytest.fixture
def view(open_settings: Callable[[Facts], SettingsView]) -> SettingsView:
    """The view over twelve follow-ups."""
    return open_settings(situations.twelve())
