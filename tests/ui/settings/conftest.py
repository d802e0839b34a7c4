"""The settings over a real store."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QSettings

from followup_desktop.domain.model import Facts
from followup_desktop.services.messages.compose import Compose
from followup_desktop.services.reading.settings_preview import PreviewBasis
from followup_desktop.ui.kit.forms.drafts import DraftStore
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.settings.view import SettingsView
from tests.ui import situations
from tests.ui.desk import Desk, PutUp


@pytest.fixture
def app_settings(desk: Desk) -> QSettings:
    """What is the program's own."""
    return QSettings(str(desk.folder / "window.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def open_settings(
    desk: Desk, theme: Theme, put_up: PutUp, app_settings: QSettings
) -> Callable[[Facts], SettingsView]:
    """Opens the view over these facts."""

    def open_over(facts: Facts) -> SettingsView:
        desk.put(facts)
        view = SettingsView(
            desk.tracker,
            desk.overview,
            desk.wording,
            desk.clock,
            theme,
            settings=app_settings,
            preview_basis=lambda: desk.background.run(lambda session: PreviewBasis.of(session.store)),
            compose=Compose(desk.store, desk.wording),
            notifications=desk.notifications(),
            phone=desk.phone(),
            trash=desk.store.trash,
            choose_theme=theme.choose,
            kept=DraftStore(app_settings, "forms"),
        )
        put_up(view, view.refresh)
        return view

    return open_over


@pytest.fixture
def view(open_settings: Callable[[Facts], SettingsView]) -> SettingsView:
    """The view over twelve follow-ups."""
    return open_settings(situations.twelve())
