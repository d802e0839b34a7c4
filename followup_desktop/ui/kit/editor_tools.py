"""What every page of composing works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSettings, QUrl

from followup_desktop.domain.errors import Refused
from followup_desktop.services.messages.compose import Compose
from followup_desktop.services.ports import Clock
from followup_desktop.services.tracker import Result, Tracker
from followup_desktop.services.wording import Wording
from followup_desktop.ui.kit.forms.drafts import DraftStore
from followup_desktop.ui.kit.theme import Theme

SENDER_KEY = "compose/sender"
"""The user's own name in the program's settings: asked for in Compose, and shown in the settings."""

FileChooser = Callable[[str], Path | None]
"""Asks the user for a file, given a name to begin with; ``None`` if they gave up."""

FileWriter = Callable[[Path, str], None]
"""Writes a file; raises ``Refused``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditorTools:
    """What changing a template takes: the services, the look, and where a message goes."""

    tracker: Tracker
    compose: Compose
    theme: Theme
    show_status: Callable[[str], None]

    def do(self, verb: Callable[[], Result]) -> Result | None:
        """Run a verb; a refusal becomes a message."""
        try:
            return verb()
        except Refused as refusal:
            self.show_status(str(refusal))
            return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools(EditorTools):
    """What writing takes besides: the words, the clock, what is kept, and the ways out."""

    wording: Wording
    clock: Clock
    settings: QSettings
    kept: DraftStore
    open_url: Callable[[QUrl], bool]
    copy: Callable[[str], None]
    choose_file: FileChooser
    write_file: FileWriter

    @property
    def sender(self) -> str:
        """The user's name, as messages are signed with it."""
        return str(self.settings.value(SENDER_KEY, "") or "")

    def keep_sender(self, name: str) -> None:
        """Sign with this name from now on."""
        self.settings.setValue(SENDER_KEY, name)
