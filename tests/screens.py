"""Every named state of every view, form and dialog: for pictures, and for the test that nothing is cut."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from PySide6.QtWidgets import QMenu, QWidget

from followup_desktop.domain.model import Facts, Stage
from followup_desktop.i18n import _
from followup_desktop.services.passphrase import WrongPassphrase
from followup_desktop.ui.applications.view import ApplicationsView
from followup_desktop.ui.board.view import BoardView
from followup_desktop.ui.calendar.view import CalendarView
from followup_desktop.ui.compose.view import ComposeView
from followup_desktop.ui.debrief.view import DebriefView
from followup_desktop.ui.kit.window_settings import FIRST_STEPS, FirstStepsState
from followup_desktop.ui.people.view import PeopleView
from followup_desktop.ui.settings.view import SettingsView
from followup_desktop.ui.today.view import TodayView
from followup_desktop.ui.window.first_run import FirstRun, SampleBanner
from followup_desktop.ui.window.palette.popup import Palette
from followup_desktop.ui.window.unlock import UnlockWindow
from tests.scene import PageT, Scene, State, on_page, settle
from tests.screens_announcing import ANNOUNCING
from tests.screens_applications import APPLICATIONS
from tests.screens_board import BOARD, PEOPLE
from tests.screens_calendar import CALENDAR
from tests.screens_compose import COMPOSE, DEBRIEF
from tests.screens_data import DATA
from tests.screens_editing import FIRST_RUN, PALETTE, QUICK_ADD, SETTINGS
from tests.screens_imports import IMPORTS
from tests.screens_insights import INSIGHTS
from tests.screens_phone import PHONE, PHONE_QUESTIONS
from tests.screens_reminders import REMINDERS
from tests.screens_today import TODAY, sample
from tests.screens_views import TEMPLATES, VIEWS, importing
from tests.ui import situations
from tests.ui.desk import page_of
from tests.ui.situations import NOW

MAIN = frozenset(
    {
        "today",
        "applications",
        "board",
        "calendar-week",
        "calendar-month",
        "people",
        "settings",
        "compose-thank-you",
        "compose-call",
        "debrief",
        "quick-add",
        "interview",
        "palette",
        "first-run",
    }
)


def _states(
    view: str,
    kind: type[PageT],
    named: Mapping[str, tuple[Callable[[], Facts], Callable[[PageT], object]]],
) -> dict[str, State]:
    return {
        name: State(facts, on_page(kind, prepare), view, name in MAIN)
        for name, (facts, prepare) in named.items()
    }


def _over_all(prepare: Callable[[Palette], object]) -> Callable[[Scene], object]:
    return lambda scene: prepare(scene.window.palette_)


def _welcome(prepare: Callable[[FirstRun], object]) -> Callable[[Scene], object]:
    def prepared(scene: Scene) -> None:
        page = FirstRun(scene.theme, "Europe/Madrid", "ES")
        scene.window.welcome(page)
        prepare(page)

    return prepared


def _banner(scene: Scene) -> None:
    banner: QWidget = SampleBanner()
    scene.window.set_banner(banner)


def _trash(scene: Scene) -> None:
    scene.desk.tracker.trash_application("hooli")
    scene.desk.tracker.trash_contact("lena")
    for day in range(18):
        scene.desk.store.record_run((NOW + timedelta(days=day)).date(), NOW)
    scene.desk.tracker.trash_contact("ana")
    settle()


def _shortcuts(scene: Scene) -> None:
    scene.window.actions_["shortcuts"].trigger()


def _menu_of(title: str) -> Callable[[Scene], object]:
    def opened(scene: Scene) -> None:
        bar = scene.window.menuBar()
        action = next(each for each in bar.actions() if each.text() == _(title))
        menu = action.menu()
        assert isinstance(menu, QMenu)
        menu.popup(bar.mapToGlobal(bar.actionGeometry(action).bottomLeft()))

    return opened


def _tips(scene: Scene) -> None:
    scene.window.actions_["tips"].trigger()


def _guide(scene: Scene) -> None:
    scene.window.help.open_page("index")


def _guide_search(scene: Scene) -> None:
    scene.window.help.open_page("calls-and-rules")
    scene.window.help.guide.search.setText("monday")


def _guide_nothing(scene: Scene) -> None:
    scene.window.help.open_page("index")
    scene.window.help.guide.search.setText("xylophone")


def _locked(scene: Scene) -> UnlockWindow:
    def refuse(_words: str) -> None:
        raise WrongPassphrase(_("That isn't the passphrase. Check the keyboard layout and Caps Lock."))

    window = UnlockWindow(scene.theme, refuse)
    window.setParent(scene.window, window.windowFlags())  # so that it ends with the picture
    window.show()
    return window


def _locked_waiting(scene: Scene) -> None:
    _locked(scene).show_waiting(3)


def _locked_wrong(scene: Scene) -> None:
    window = _locked(scene)
    window.fields.fields["passphrase"].line.setText("another")
    window.unlock_button.click()


def _about(scene: Scene) -> None:
    scene.window.actions_["about"].trigger()


def _begun() -> Facts:
    return replace(situations.nothing(), applications=(situations.thank_ana(),), contacts=(situations.ANA,))


def _first_steps(scene: Scene) -> None:
    scene.desk.settings().set(FIRST_STEPS, FirstStepsState.SHOWN)
    page_of(scene.window, TodayView).show_all()


def _great_moment(scene: Scene) -> None:
    scene.desk.tracker.set_stage("stark", Stage.ACCEPTED)


STATES: dict[str, State] = {
    **_states("today", TodayView, TODAY),
    **_states("today", TodayView, PHONE_QUESTIONS),
    **_states("applications", ApplicationsView, APPLICATIONS),
    **_states("applications", ApplicationsView, QUICK_ADD),
    **_states("applications", ApplicationsView, VIEWS),
    **_states("board", BoardView, BOARD),
    **_states("calendar", CalendarView, CALENDAR),
    **_states("people", PeopleView, PEOPLE),
    **_states("settings", SettingsView, SETTINGS),
    **_states("settings", SettingsView, PHONE),
    **_states("settings", SettingsView, DATA),
    **_states("settings", SettingsView, TEMPLATES),
    **_states("compose", ComposeView, COMPOSE),
    **_states("debrief", DebriefView, DEBRIEF),
    **{
        name: State(facts, _over_all(prepare), main=name in MAIN)
        for name, (facts, prepare) in PALETTE.items()
    },
    **{
        name: State(situations.nothing, _welcome(prepare), main=name in MAIN)
        for name, prepare in FIRST_RUN.items()
    },
    **REMINDERS,
    **INSIGHTS,
    **ANNOUNCING,
    "locked": State(situations.nothing, _locked),
    "locked-wrong": State(situations.nothing, _locked_wrong),
    "locked-waiting": State(situations.nothing, _locked_waiting),
    "trash": State(situations.twelve, _trash, "trash"),
    "trash-nothing": State(situations.twelve, lambda _scene: None, "trash"),
    "shortcuts": State(situations.twelve, _shortcuts),
    "menu-follow-up": State(situations.twelve, _menu_of("Follow-&up")),
    "menu-application": State(situations.twelve, _menu_of("&Application"), "applications"),
    "sample-banner": State(sample, _banner),
    "importing": State(sample, importing, "applications"),
    **IMPORTS,
    "tips": State(situations.twelve, _tips),
    "guide": State(situations.twelve, _guide),
    "guide-search": State(situations.twelve, _guide_search),
    "guide-nothing": State(situations.twelve, _guide_nothing),
    "first-steps": State(_begun, _first_steps),
    "great-moment": State(situations.twelve, _great_moment, main=True),
    "about": State(situations.twelve, _about),
}
"""By the name of the picture."""
