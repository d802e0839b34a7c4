"""Compose over a real store, with what would leave the program collected."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from pytestqt.qtbot import QtBot

from followup_desktop.domain.model import Facts, FollowUp, Rule
from followup_desktop.ui.compose.view import ComposeView
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.window_settings import SENDER
from tests.ui.desk import Desk, on_desktop


@dataclass
class Writing:
    """The view, and what was said, opened and saved; ``mail_program`` answers unless a test says no."""

    desk: Desk
    view: ComposeView
    said: list[str] = field(default_factory=list)
    mail_program: bool = True
    file: Path | None = None

    def follow_up(self, rule: Rule, contact: str | None = None) -> FollowUp:
        """The follow-up of that rule (and person)."""
        return next(
            f for f in self.desk.store.follow_ups() if f.rule is rule and contact in (None, f.contact)
        )

    def open(self, rule: Rule, contact: str | None = None) -> str:
        """Open the follow-up of that rule (and person); its key."""
        key = self.follow_up(rule, contact).key
        assert self.view.open(key)
        return key


Write = Callable[[Facts], Writing]


@pytest.fixture
def write(qtbot: QtBot, theme: Theme, desk: Desk, tmp_path: Path) -> Write:
    """Opens compose over these facts, 1000 pixels wide; the user signs as Sam Rivera."""

    def begin(facts: Facts) -> Writing:
        if desk.store.history.undo_label is None and not desk.store.facts().applications:
            desk.put(facts)
        settings = desk.settings()
        if not settings.is_kept(SENDER):
            settings.set(SENDER, "Sam Rivera")
        writing: Writing

        def open_url(url: QUrl) -> bool:
            desk.urls.append(url)
            return writing.mail_program

        view = ComposeView(on_desktop(desk.context(theme), open_url=open_url))
        view.email.choose_file = lambda name: writing.file
        writing = Writing(desk=desk, view=view, file=tmp_path / "mail.eml")
        view.status.connect(writing.said.append)
        desk.store.subscribe(view.refresh)
        qtbot.addWidget(view)
        view.resize(1000, 760)
        with qtbot.waitActive(view):
            view.show()
            view.activateWindow()
        return writing

    return begin
