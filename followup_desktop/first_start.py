"""The first start, and the banner over sample data: what the user chooses is carried out here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from followup_desktop.services.tracker import Result
from followup_desktop.services.tracker.first_start import FirstStartData
from followup_desktop.storage.store import Changes
from followup_desktop.ui.kit.requests import AddApplication
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.window_settings import FIRST_STEPS, FirstStepsState, WindowSettings
from followup_desktop.ui.window.main_window import MainWindow

if TYPE_CHECKING:
    from followup_desktop.ui.window.first_run import SampleBanner, StartingPoint

_MANY = 5
"""Only a step that touches so many applications can bring the sample back."""


class FirstStart:
    """Welcomes who is new, and says of sample data that they are none of the user's own."""

    def __init__(
        self, window: MainWindow, data: FirstStartData, theme: Theme, settings: WindowSettings
    ) -> None:
        self._window = window
        self._data = data
        self._settings = settings
        self._banner: SampleBanner | None = None
        self._look_for_sample()
        self._welcomes = data.is_new()
        if self._welcomes:
            from followup_desktop.system.zone_and_country import guessed_place
            from followup_desktop.ui.window.first_run import FirstRun

            page = FirstRun(theme, *guessed_place())
            page.brought.connect(window.open_file)  # it waits until the user is welcomed
            page.chosen.connect(self._begin)
            window.welcome(page)
            page.begin()

    def follow(self, changes: Changes) -> None:
        """After a change: the banner goes with the sample, and comes back with it.

        Who has brought their data by the command line meanwhile is welcomed no longer.
        """
        if self._welcomes and changes.everything and not self._data.is_new():
            self._end_welcome()
            # Not amid what is told of the change: an import asks the store for more.
            QTimer.singleShot(0, self._window, self._window.navigation.open_what_waits)
        is_told = self._banner is not None and self._banner.isVisible()
        if is_told or changes.everything or len(changes.applications) >= _MANY:
            self._look_for_sample()

    def _look_for_sample(self) -> None:
        """Show the banner while the sample is there; most starts have no use for one."""
        is_there = self._data.has_sample()
        if is_there and self._banner is None:
            from followup_desktop.ui.window.first_run import SampleBanner

            self._banner = SampleBanner()
            self._banner.own_wanted.connect(self._remove_sample)
            self._window.set_banner(self._banner)
        if self._banner is not None:
            self._banner.setVisible(is_there)

    def _begin(self, beginning: StartingPoint, zone: str, country: str | None) -> None:
        self._data.set_place(zone, country)
        self._end_welcome()
        if self._window.navigation.open_what_waits():
            return
        from followup_desktop.ui.window.first_run import StartingPoint

        match beginning:
            case StartingPoint.IMPORT:
                self._window.import_a_file()
            case StartingPoint.SAMPLE:
                self._show_done(self._data.add_sample())
            case StartingPoint.EMPTY:
                # The form comes before Today has been seen empty, and saves the first of the steps.
                self._settings.set(FIRST_STEPS, FirstStepsState.SHOWN)
                self._window.answer(AddApplication())

    def _end_welcome(self) -> None:
        self._welcomes = False
        self._window.end_welcome()

    def _remove_sample(self) -> None:
        self._show_done(self._data.remove_sample())

    def _show_done(self, done: Result) -> None:
        self._window.show_status(done.notice or done.label)
