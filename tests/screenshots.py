"""Renders the named states of each view into ``docs/screenshots``: run it as ``python -m tests.screenshots``.

Names after the command render only those states. A view adds its own to ``STATES``.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QLocale, Qt
from PySide6.QtWidgets import QApplication

from followup_desktop.domain.model import Facts
from followup_desktop.services.sample import sample_facts
from followup_desktop.ui.icons import IconSet, icon_folder
from followup_desktop.ui.main_window import MainWindow
from followup_desktop.ui.sidebar import View
from followup_desktop.ui.theme import Theme, ThemeChoice
from tests import screens_board, screens_editing
from tests.ui import situations
from tests.ui.desk import Desk

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
SIZES = ((1280, 800), (800, 600))
LOOKS = (ThemeChoice.LIGHT, ThemeChoice.DARK)


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A picture to take: the facts of the search, the view, and what is done before it is taken."""

    facts: Callable[[], Facts]
    view: View = View.TODAY
    prepare: Callable[[MainWindow], object] = lambda window: None
    now: datetime = situations.NOW


def explain_first(window: MainWindow) -> None:
    """Open *Why?* of the selected row."""
    item = window.today.list.current
    if item is not None:
        item.setFocus(Qt.FocusReason.OtherFocusReason)
        window.today.explain_current()


def select_first(window: MainWindow) -> None:
    """Show the first application."""
    first = window.applications.model.id_at(0)
    if first is not None:
        window.applications.show_application(first)


STATES: dict[str, State] = {
    "today": State(facts=lambda: sample_facts(situations.NOW, "Europe/Madrid"), prepare=explain_first),
    "today-empty": State(facts=situations.nothing),
    "today-one": State(facts=situations.one, prepare=explain_first),
    "today-twelve": State(facts=situations.twelve),
    "today-500": State(facts=situations.five_hundred),
    "applications": State(
        facts=lambda: sample_facts(situations.NOW, "Europe/Madrid"),
        view=View.APPLICATIONS,
        prepare=select_first,
    ),
    "applications-empty": State(facts=situations.nothing, view=View.APPLICATIONS),
    "applications-long": State(
        facts=situations.long_values,
        view=View.APPLICATIONS,
        prepare=lambda window: window.applications.show_application("long"),
    ),
}

STATES |= {
    name: State(
        facts=facts,
        view=View.APPLICATIONS,
        prepare=lambda window, prepare=prepare: prepare(window.applications),  # type: ignore[misc]
    )
    for name, (facts, prepare) in screens_editing.QUICK_ADD.items()
}
STATES |= {
    name: State(
        facts=facts,
        view=view,
        prepare=lambda window, prepare=prepare: prepare(window.pages.currentWidget()),  # type: ignore[misc]
    )
    for view, states in ((View.BOARD, screens_board.BOARD), (View.PEOPLE, screens_board.PEOPLE))
    for name, (facts, prepare) in states.items()
}


def render(name: str, state: State, theme: Theme, look: ThemeChoice) -> None:
    """Take the pictures of one state in one look, one of each size."""
    theme.choose(look)
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder), state.facts(), state.now)
        window = desk.window(theme)
        for width, height in SIZES:
            window.resize(width, height)
            window.show_view(state.view)
            window.show()
            settle()
            if (width, height) == SIZES[0]:
                state.prepare(window)
            settle()
            window.grab().save(str(FOLDER / f"{name}-{look.value}-{width}x{height}.png"))
        window.hide()
        window.deleteLater()
        settle()
        desk.close()


def settle() -> None:
    """Handle what is waiting, also layouts that follow from layouts."""
    for _ in range(4):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QCoreApplication.processEvents()


def main(names: list[str]) -> int:
    """Take the pictures of these states, or of all."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    app = QApplication([])
    FOLDER.mkdir(parents=True, exist_ok=True)
    theme = Theme(app, IconSet(icon_folder()), ThemeChoice.LIGHT)
    for name in names or STATES:
        for look in LOOKS:
            render(name, STATES[name], theme, look)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
