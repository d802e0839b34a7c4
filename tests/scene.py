"""The window in a named state, as a picture shows it: its size, its look, and how large the text is."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QPoint
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from followup_desktop.domain.model import Facts
from followup_desktop.ui.kit.theme import Theme, ThemeChoice
from followup_desktop.ui.window.main_window import MainWindow
from followup_desktop.ui.window.views import SIDEBAR
from tests.ui.desk import Desk
from tests.ui.situations import NOW

PageT = TypeVar("PageT", bound=QWidget)


@dataclass(frozen=True, slots=True)
class Scene:
    """A window over a real store, before the picture is taken."""

    window: MainWindow
    theme: Theme
    desk: Desk


@dataclass(frozen=True, slots=True)
class State:
    """What a picture shows: the facts of the search, the view, and what is done before it is taken.

    A main state is pictured in more sizes than the others.
    """

    facts: Callable[[], Facts]
    prepare: Callable[[Scene], object] = lambda scene: None
    view: str = "today"
    main: bool = False
    now: datetime = NOW


@dataclass(frozen=True, slots=True)
class Shot:
    """How a picture is taken."""

    look: ThemeChoice
    width: int
    height: int
    scale: float = 1.0

    def __str__(self) -> str:
        scale = "" if self.scale == 1.0 else f"-{round(100 * self.scale)}"
        return f"{self.look.value}-{self.width}x{self.height}{scale}"


SHOTS = (
    Shot(ThemeChoice.LIGHT, 1280, 800),
    Shot(ThemeChoice.DARK, 1280, 800),
    Shot(ThemeChoice.LIGHT, 800, 600),
    Shot(ThemeChoice.LIGHT, 1280, 800, 1.5),
)
"""Of every state."""

MAIN_SHOTS = (*SHOTS, Shot(ThemeChoice.DARK, 800, 600), Shot(ThemeChoice.DARK, 800, 600, 1.5))
"""Of a main state."""

ONLY_LOOKED_AT = (
    Shot(ThemeChoice.LIGHT, 1920, 1080),
    Shot(ThemeChoice.CONTRAST, 1280, 800),
    Shot(ThemeChoice.LIGHT, 800, 600, 2.0),
)
"""Of every state, for people alone: where there is more room nothing is cut, and a colour cuts nothing."""


def on_page(kind: type[PageT], prepare: Callable[[PageT], object]) -> Callable[[Scene], object]:
    """Prepare a scene by what is done in the view shown, which is of this kind."""

    def prepared(scene: Scene) -> None:
        page = scene.window.pages.currentWidget()
        if not isinstance(page, kind):
            raise TypeError(f"the view shown is a {type(page).__name__}")
        prepare(page)
        if scene.window.pages.currentWidget() is not page:  # it had done its part for a follow-up before
            scene.window.pages.setCurrentWidget(page)

    return prepared


@contextmanager
def staged(state: State, shot: Shot, theme: Theme) -> Iterator[MainWindow]:
    """The window in that state, ready for the picture; closed afterwards."""
    theme.choose(shot.look)
    theme.scale_text(shot.scale)
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder), state.facts(), state.now)
        of_sidebar = any(state.view == row.name for row in SIDEBAR)
        window = desk.window(theme, view=state.view if of_sidebar else "")
        window.resize(shot.width, shot.height)
        window.show_view(state.view)
        window.show()
        window.activateWindow()
        settle()
        state.prepare(Scene(window, theme, desk))
        settle()
        try:
            yield window
        finally:
            for popup in _over(window):
                popup.close()
            window.hide()
            window.deleteLater()
            settle()
            desk.close()


def picture(window: MainWindow) -> QPixmap:
    """The window with the menus and dialogs over it."""
    pixmap = window.grab()
    painter = QPainter(pixmap)
    for popup in _over(window):
        # As on a screen that ends where the window does.
        room = window.size() - popup.size()
        place = popup.pos() - window.pos()
        place = QPoint(min(place.x(), max(room.width(), 0)), min(place.y(), max(room.height(), 0)))
        if isinstance(popup, QDialog):
            free = window.rect().center() - popup.rect().center()
            place = QPoint(max(free.x(), 0), max(free.y(), 0))
            painter.fillRect(window.rect(), QColor(0, 0, 0, 90))
        painter.drawPixmap(place, popup.grab())
    painter.end()
    return pixmap


def settle() -> None:
    """Handle what is waiting, also layouts that follow from layouts."""
    for _ in range(4):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QCoreApplication.processEvents()


def _over(window: MainWindow) -> list[QWidget]:
    return [
        widget
        for widget in QApplication.topLevelWidgets()
        if widget.isVisible()
        and widget is not window
        and (widget.windowType().name in ("Popup", "Dialog") or widget.parentWidget() is window)
    ]
