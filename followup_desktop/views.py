"""Makes the views of the window, each with what it needs; the window asks for one when it is first shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QSettings, QUrl
from PySide6.QtGui import QGuiApplication

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.policy import SETTINGS
from followup_desktop.i18n import _
from followup_desktop.services.background_work import BackgroundWork
from followup_desktop.services.messages.compose import Compose
from followup_desktop.services.ports import Clock
from followup_desktop.services.reading.board import Board
from followup_desktop.services.reading.calendar import CalendarPages
from followup_desktop.services.reading.debrief import Debriefing
from followup_desktop.services.reading.history import EmployerHistory
from followup_desktop.services.reading.overview import Overview
from followup_desktop.services.reading.people import People
from followup_desktop.services.reading.search import Finder
from followup_desktop.services.reading.settings_preview import PreviewBasis
from followup_desktop.services.reminding.phone_calendar import PhoneCalendar
from followup_desktop.services.tracker import Tracker
from followup_desktop.services.wording import Wording
from followup_desktop.services.wording.settings import setting_title
from followup_desktop.storage.store import Store
from followup_desktop.system.files import FolderFiles
from followup_desktop.ui.applications.view import ApplicationsView
from followup_desktop.ui.board.view import BoardView
from followup_desktop.ui.calendar.view import CalendarView
from followup_desktop.ui.compose.view import ComposeView
from followup_desktop.ui.debrief.view import DebriefView
from followup_desktop.ui.kit.folders import LastFolder
from followup_desktop.ui.kit.forms.drafts import DEBRIEF, LETTER, DraftStore
from followup_desktop.ui.kit.saved_views import SavedViews
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.tools import Outside
from followup_desktop.ui.people.view import PeopleView
from followup_desktop.ui.reminder.view import ReminderView
from followup_desktop.ui.settings.own_fields import LOGIN, OWN_SETTINGS
from followup_desktop.ui.settings.own_sections import Notifications
from followup_desktop.ui.settings.view import SECTIONS, SettingsView
from followup_desktop.ui.today.view import TodayView
from followup_desktop.ui.window.main_window import MainWindow
from followup_desktop.ui.window.pages import Maker
from followup_desktop.ui.window.palette.sources import CommandSource, FoundSource, NamedSource, Source
from followup_desktop.ui.window.sidebar import View

BOARD_UNFOLDED_KEY = "board/unfolded"


class Drafts(NamedTuple):
    """What was typed and not saved: in forms, letters and notes of calls, and debriefs."""

    forms: DraftStore
    letters: DraftStore
    debriefs: DraftStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What the views are made from."""

    store: Store
    tracker: Tracker
    overview: Overview
    wording: Wording
    clock: Clock
    theme: Theme
    settings: QSettings
    background: BackgroundWork
    drafts: Drafts
    open_url: Callable[[QUrl], bool]
    notifications: Notifications
    phone: PhoneCalendar
    files: FolderFiles


def drafts_of(settings: QSettings, store: Store, wording: Wording) -> Drafts:
    """What was typed and not saved, but for what is about something that there is no longer."""
    letters = DraftStore(settings, "messages", kind=LETTER, wants=Compose(store, wording).is_planned)
    debriefs = DraftStore(
        settings, "debriefs", kind=DEBRIEF, wants=lambda key: "/" not in key or _is_planned(store, key)
    )
    for kept in (letters, debriefs):
        kept.prune()
    return Drafts(forms=kept_forms(settings, store), letters=letters, debriefs=debriefs)


def kept_forms(settings: QSettings, store: Store) -> DraftStore:
    """What stands in forms that were not saved, but for those about something that there is no longer."""
    kept = DraftStore(settings, "forms", wants=lambda key: _is_there(store, key))
    kept.prune()
    return kept


def _is_planned(store: Store, key: str) -> bool:
    return store.follow_up(key) is not None


def _is_there(store: Store, key: str) -> bool:
    """Whether what a form was about is still there; one about nothing yet always is."""
    kind, _slash, about = (*key.split("/", 2), "", "")[:3]
    readers: dict[str, Callable[[str], object]] = {
        "application": store.application,
        "interview": store.interview_application,
        "event": store.event_application,
        "contact": store.contact,
        "reminder": store.reminder,
    }
    if kind == "answer":
        return _is_planned(store, about)
    try:
        if about:
            readers[kind](about)
    except (Refused, KeyError):
        return False
    return True


def makers(parts: Parts) -> Mapping[View, Maker]:
    """How each view is made."""
    store, wording = parts.store, parts.wording
    common = (parts.tracker, parts.overview, wording, parts.clock, parts.theme)
    return {
        View.TODAY: lambda: TodayView(
            *common,
            assurance=parts.notifications.assured,
            paused_until=parts.notifications.paused_until,
            background=parts.background,
            kept=parts.drafts.forms,
        ),
        View.APPLICATIONS: lambda: ApplicationsView(
            *common,
            outside=Outside(
                open_url=parts.open_url,
                copy=QGuiApplication.clipboard().setText,
                write_file=parts.files.write,
                folder=LastFolder(parts.settings),
            ),
            finder=Finder(store, wording, parts.clock),
            history=EmployerHistory(store, wording),
            pages=CalendarPages(store, wording),
            settings=parts.settings,
            kept=parts.drafts.forms,
            background=parts.background,
        ),
        View.BOARD: lambda: _board(parts),
        View.CALENDAR: lambda: CalendarView(
            parts.tracker, CalendarPages(store, wording), wording, parts.clock, parts.theme
        ),
        View.PEOPLE: lambda: PeopleView(
            *common,
            people=People(store, parts.overview, wording),
            finder=Finder(store, wording, parts.clock),
            open_url=parts.open_url,
            copy=QGuiApplication.clipboard().setText,
            kept=parts.drafts.forms,
        ),
        View.SETTINGS: lambda: SettingsView(
            *common,
            settings=parts.settings,
            preview_basis=lambda: parts.background.run(lambda session: PreviewBasis.of(session.store)),
            compose=Compose(store, wording),
            notifications=parts.notifications,
            phone=parts.phone,
            trash=store.trash,
            choose_theme=parts.theme.choose,
            kept=parts.drafts.forms,
        ),
        View.COMPOSE: lambda: ComposeView(
            parts.tracker,
            Compose(store, wording),
            wording,
            parts.clock,
            parts.theme,
            settings=parts.settings,
            kept=parts.drafts.letters,
            forms=parts.drafts.forms,
            open_url=parts.open_url,
            write_file=parts.files.write,
        ),
        View.REMINDER: lambda: ReminderView(
            *common, finder=Finder(store, wording, parts.clock), kept=parts.drafts.forms
        ),
        View.DEBRIEF: lambda: DebriefView(
            *common, debriefing=Debriefing(store, wording), kept=parts.drafts.debriefs
        ),
    }


def _board(parts: Parts) -> BoardView:
    """The board, with what has ended folded or unfolded as it was left."""
    board = Board(parts.store, parts.overview)
    view = BoardView(parts.tracker, parts.wording, parts.clock, parts.theme, board=board)
    view.closed.set_open(bool(parts.settings.value(BOARD_UNFOLDED_KEY, False, type=bool)))
    view.closed.toggle.toggled.connect(lambda on: parts.settings.setValue(BOARD_UNFOLDED_KEY, on))
    return view


def palette_sources(parts: Parts) -> Callable[[MainWindow], Sequence[Source]]:
    """What the palette of commands offers in a window."""

    def sources(window: MainWindow) -> Sequence[Source]:
        actions = window.actions_
        finder = Finder(parts.store, parts.wording, parts.clock)
        parts.store.subscribe(finder.refresh)
        views = SavedViews(parts.settings)
        titles = [(setting.name, setting_title(setting.name)) for setting in SETTINGS]
        arranged = parts.notifications.login is not None
        titles += [(name, _(title)) for name, title in OWN_SETTINGS.items() if arranged or name != LOGIN]
        titles += [(heading, _(heading)) for heading in SECTIONS]
        return (
            CommandSource(lambda: [one for one in actions.all() if one is not actions.palette]),
            FoundSource.applications(finder, window.show_application),
            FoundSource.people(finder, window.show_person),
            NamedSource(
                "view",
                "briefcase",
                lambda: [(view.name, view.name) for view in views.all()],
                _("View of the applications"),
                window.show_saved_view,
            ),
            NamedSource("setting", "settings", lambda: titles, _("Setting"), window.show_setting),
        )

    return sources
