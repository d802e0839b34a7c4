"""A run of the program in which the user chooses other languages, without a screen; prints what it meets."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QSystemTrayIcon

from followup_desktop import __main__ as followup_desktop
from followup_desktop.app import clock, open_store_for_window
from followup_desktop.program import Program, System
from followup_desktop.services.ports import ActionHandler, Secrets
from followup_desktop.system.language import chosen_language, use_language
from followup_desktop.system.notifiers.chain import NotifierChain
from followup_desktop.system.paths import data_paths
from followup_desktop.ui.kit.requests import AddApplication, OpenApplication, OpenPerson, OpenSetting
from followup_desktop.ui.settings.view import SettingsView
from followup_desktop.ui.window.main_window import MainWindow

STEP_MS = 20
SCROLLED = 31
GUIDE_HEADING = 3


def choose(window: MainWindow, code: str) -> None:
    """Choose a language as the user does, in the settings."""
    window.answer(OpenSetting("language"))
    view = window.pages.page("settings")
    assert isinstance(view, SettingsView)
    combo = view.look.language.combo
    combo.setCurrentIndex(["", "de", "en", "es", "fr"].index(code))


def met(window: MainWindow) -> dict[str, object]:
    """What the user sees and can go on with."""
    settings = window.pages.page("settings")
    assert isinstance(settings, SettingsView)
    has_keyboard = window.focusWidget() is settings.look.language.combo
    guide = window.help.guide if window.help.guide_place() is not None else None
    people, applications = window.pages.page("people"), window.pages.page("applications")
    return {
        "menus": [action.text().replace("&", "") for action in window.menuBar().actions()],
        "view": window.view,
        "keyboard in the field": has_keyboard,
        "person": people.selection().person,
        "application": applications.selection().application,
        "search": window.top_bar.search.text(),
        "drafts": sorted(window.context.drafts.forms.all("posting")),
        "can undo": window.context.tracker.undo_label is not None,
        "guide": None if guide is None else [guide.windowTitle(), guide.page, guide.headings_read()],
        "windows": sum(isinstance(each, MainWindow) for each in QApplication.topLevelWidgets()),
        "button of Qt": QCoreApplication.translate("QPlatformTheme", "Cancel"),
    }


def no_keyring() -> Secrets:
    """Nothing here is under a passphrase."""
    raise AssertionError


class Hands:
    """Does one step after the other; each change of the language makes a window of its own."""

    def __init__(self) -> None:
        self.met: list[dict[str, object]] = []
        self._steps = self._do()

    def window(self) -> MainWindow:
        """The window that there is."""
        return next(each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow))

    def chain(self, on_action: ActionHandler, _tray: QSystemTrayIcon | None) -> NotifierChain:
        """No notifier; a window is about to be made."""
        QTimer.singleShot(STEP_MS * 10, self._next)
        return NotifierChain([], on_action)

    def _next(self) -> None:
        if next(self._steps, False):
            QTimer.singleShot(STEP_MS, self._next)

    def _do(self) -> Iterator[bool]:
        """``True`` goes on in the same window."""
        window = self.window()
        _first, second = window.context.data.store.facts().applications
        window.context.tracker.set_search_paused(True)
        window.top_bar.search.setText("o")
        window.search_for("o")
        window.answer(OpenApplication(second.id))
        window.answer(OpenPerson("c2"))
        window.resize(700, 380)
        window.show_view("applications")
        yield True
        bars = (area.verticalScrollBar() for area in window.pages.findChildren(QAbstractScrollArea))
        max(bars, key=lambda bar: bar.isVisible() and bar.maximum()).setValue(SCROLLED)
        window.answer(AddApplication("https://initech.example/jobs/1"))
        window.help.open_page("reminders")
        window.help.guide.scroll_to_heading(GUIDE_HEADING)
        yield True
        for code in ("de", "fr", ""):
            choose(self.window(), code)
            yield False
            self.met.append(met(self.window()))
            self.window().show_view("applications")
            yield True
            self.met[-1]["scrolled"] = max(self.window().pages.scrolls()["applications"]["QScrollArea"])
        self.window().quit()


FACTS = {
    "format": "followup-desktop",
    "version": 1,
    "policy": {"timezone": "UTC"},
    "contacts": [{"id": "c1", "name": "Ana Ruiz"}, {"id": "c2", "name": "Tom Berg"}],
    "applications": [
        {"id": "a1", "employer": "Acme Tools", "role": "Clerk", "stage": "saved"},
        {"id": "a2", "employer": "Globex", "role": "Clerk", "stage": "saved"},
    ],
}


def complain(sentence: str) -> None:
    """What kept the window from opening."""
    raise AssertionError(sentence)


def main(folder: Path) -> None:
    """Lead it through three languages over this data folder."""
    (folder / "facts.json").write_text(json.dumps(FACTS), "utf-8")
    paths = data_paths(folder / "data", os.environ)
    with contextlib.redirect_stdout(sys.stderr):
        followup_desktop.main(["--data-dir", str(paths.folder), "import", str(folder / "facts.json")])
    use_language(os.environ, chosen_language(paths.settings))
    hands = Hands()
    program = Program(paths, clock, open_store_for_window, hands.chain, System(None, no_keyring))
    status = program.run(complain, demo=False)
    sys.stdout.write(json.dumps({"status": status, "met": hands.met}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
