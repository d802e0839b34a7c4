"""States for pictures of the phone's calendar in the settings."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from followup_desktop.domain.model import Facts
from followup_desktop.services.tracker.sample import sample_facts
from followup_desktop.ui.settings.view import SettingsView
from tests.scene import settle
from tests.ui import situations


def _sample() -> Facts:
    return sample_facts(situations.NOW, "Europe/Madrid")


def _shown(view: SettingsView) -> None:
    settle()
    view.show_section("On your phone")


def _kept(view: SettingsView) -> None:
    # Of a name that is the same in every picture, and gone again when it is taken.
    holder = Path(tempfile.gettempdir()) / "follow-up-pictures"
    folder = holder / "Nextcloud"
    folder.mkdir(parents=True, exist_ok=True)
    view.phone.keep_in(folder)
    shutil.rmtree(holder)
    _shown(view)


def _gone(view: SettingsView) -> None:
    view.phone.keep_in(Path("/home/ana/Nextcloud"))
    _shown(view)


PHONE: dict[str, tuple[Callable[[], Facts], Callable[[SettingsView], object]]] = {
    "settings-phone": (_sample, _shown),
    "settings-phone-kept": (_sample, _kept),
    "settings-phone-gone": (_sample, _gone),
}
