"""The main window: the views with the sidebar and the bar that lead to them, menus, search and dialogs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QChildEvent, QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _
from followup_desktop.later import later
from followup_desktop.ui.kit.commands.command import Offer, offer_of
from followup_desktop.ui.kit.commands.table import LOOK
from followup_desktop.ui.kit.forms.drafts import unwritten, why_unwritten
from followup_desktop.ui.kit.models.changes import is_of_many
from followup_desktop.ui.kit.requests import (
    ActOnFollowUp,
    AddApplication,
    AddReminder,
    FormDone,
    GoBack,
    MakeReport,
    NoteGoal,
    NoteSearch,
    OpenFollowUp,
    OpenGuide,
    OpenPlanned,
    Request,
    SaveView,
    SearchApplications,
    ShowView,
    SpeakLanguage,
    request_of_draft,
)
from followup_desktop.ui.kit.theme import ThemeChoice
from followup_desktop.ui.kit.view import Context, View
from followup_desktop.ui.kit.widgets.placing import in_place, take_turn
from followup_desktop.ui.kit.widgets.roles import install_roles
from followup_desktop.ui.kit.widgets.toast import Toast
from followup_desktop.ui.kit.window_settings import (
    FONT,
    LANGUAGE,
    SHOWN_VIEW,
    SPACED_LETTERS,
    TEXT_SIZE,
    THEME,
)
from followup_desktop.ui.window.actions import ALL_COMMANDS, VIEW, Actions
from followup_desktop.ui.window.applied_question import AppliedQuestion
from followup_desktop.ui.window.drafts_bar import DraftsBar, may_lose
from followup_desktop.ui.window.drops import Drops, Takers
from followup_desktop.ui.window.great_moment_bar import GreatMomentBar
from followup_desktop.ui.window.help import Help
from followup_desktop.ui.window.navigation import Navigation
from followup_desktop.ui.window.placement import WindowPlace
from followup_desktop.ui.window.sidebar import Sidebar
from followup_desktop.ui.window.sidebar_counts import SidebarCounts, at_once
from followup_desktop.ui.window.topbar import TopBar
from followup_desktop.ui.window.undo_redo import UndoRedo
from followup_desktop.ui.window.view_stack import ViewStack
from followup_desktop.ui.window.views import FIRST, SIDEBAR

if TYPE_CHECKING:
    from followup_desktop.services.reading.received import ReceivedReply
    from followup_desktop.ui.kit.models.changes import ChangesLike
    from followup_desktop.ui.kit.progress import ProgressRunner
    from followup_desktop.ui.kit.report import ProblemBar
    from followup_desktop.ui.window.handed_postings import HandedPostings
    from followup_desktop.ui.window.palette.popup import Palette
    from followup_desktop.ui.window.reply_bar import ReplyBar

COMPACT_BELOW = 900
"""Narrower than this, in pixels at the ordinary text size, the sidebar shows icons alone."""


class MainWindow(QMainWindow):
    """The whole program to its user. Its views ask for each other by requests, which it has answered.

    It is told of changes by ``refresh`` and of the passing of time by ``tick``. ``quit_program`` is called
    when the user ends it: by File → Quit, or by closing the window where it does not hide in a tray.
    ``seen`` tells, once, that it was painted for the first time.
    """

    language_chosen = Signal()
    """The user wants another language, which is kept; what was being written is, too."""
    seen = Signal()

    def __init__(self, context: Context, quit_program: Callable[[], None]) -> None:
        super().__init__()
        self.context = context = replace(
            context, show_status=self.show_status, show_undoable=self.show_undoable, open=self.answer
        )
        self._theme = theme = context.theme
        self._settings = context.settings
        self._quit_program = quit_program
        self._hide_on_close: Callable[[], bool] = bool
        self._is_seen = False
        install_roles()
        self.setWindowTitle(_("Follow Up"))
        self.setWindowIcon(theme.app_icon())
        self.actions_ = Actions(self, theme, context.wording, self.offer)
        self.sidebar = Sidebar(theme, self)
        self.top_bar = TopBar(theme, self)
        self.pages = ViewStack(context, self)
        self.navigation = Navigation(self.pages, context)
        self._right = QVBoxLayout()
        self.applied_question = AppliedQuestion(context)
        self.great_moment = GreatMomentBar(context)
        self.great_moment.look(None)
        self.toast = Toast(theme, self, over=self.pages, beside=self.top_bar.search)
        self.progress = later(self._runner)
        self.steps = UndoRedo(context, self.toast, self.pages, self.progress)
        self.counts = SidebarCounts(context, self.sidebar)
        self.drafts_bar = DraftsBar(context.drafts, theme)
        self._lay_out()
        self.toast.raise_()  # over the views; what is opened later, as the palette, lies over it
        bars = (self.menuBar(), self.sidebar, self.top_bar, self.great_moment, self.applied_question)
        for part in (*bars, self.drafts_bar, self.toast):
            theme.dress(part)
        self._place = WindowPlace(self, context.settings)
        self.reply_bar: ReplyBar | None = None
        self._problem_bar: ProblemBar | None = None
        takers = Takers(propose=self.propose_reply, open_file=self.open_file, progress=self.progress)
        self.drops = Drops(self, context, takers, lambda: not self.navigation.is_welcoming)
        self.help = Help(self.actions_, self.pages, context, self)
        self._wire()
        self._restore()
        self.counts.show()
        self.steps.show_history()

    @cached_property
    def palette_(self) -> Palette:
        """The palette of commands, made when it is first wanted."""
        from followup_desktop.ui.window.palette.popup import Palette
        from followup_desktop.ui.window.palette.sources import palette_sources

        palette = Palette(self._theme, palette_sources(self.context, self.actions_), self._settings, self)
        self._theme.dress(palette)
        return palette

    @cached_property
    def postings(self) -> HandedPostings:
        """Takes the postings that are handed over, loaded with all that reads them."""
        from followup_desktop.ui.window.handed_postings import HandedPostings

        return HandedPostings(self.context, self.navigation)

    def _runner(self) -> ProgressRunner:
        runner = self.context.progress(self)
        runner.about_to_run.connect(self.pages.flush)
        return runner

    @property
    def view(self) -> str:
        """The name of the view that is shown."""
        return self.navigation.view

    def offer(self) -> Offer | None:
        """What the view that is shown offers; none while somebody new is welcomed."""
        return offer_of(self.pages.shown) if self.pages.shown is not None else None

    def refresh(self, changes: ChangesLike | None = None) -> None:
        """Show what the store holds now; ``changes`` says what differs, ``None`` for everything."""
        self.steps.note_change()
        next_turn = take_turn if is_of_many(changes) else at_once
        next_turn()  # what says how far it was goes
        # These take room from the view, or give it back: later, it would be placed and painted once more.
        with self._view_in_place():
            self.applied_question.look(changes)
            self.great_moment.look(changes)
        self.pages.refresh(changes)
        next_turn()
        self.drafts_bar.refresh()
        next_turn()
        self.counts.show(next_turn)
        self.steps.show_history()
        next_turn()

    @contextmanager
    def _view_in_place(self) -> Iterator[None]:
        """A bar that comes or goes makes the view lower or higher, but has none of it painted again."""
        with in_place(*(self.pages.shown.still_parts() if self.pages.shown is not None else ())):
            yield
            self._right.activate()

    def tick(self) -> None:
        """Show the times as they are now."""
        self.pages.pass_time(self.context.clock())
        self.great_moment.pass_time()
        self.counts.show()

    # What the views ask for

    def answer(self, request: Request) -> bool:
        """Do what is asked, or have it answered by the view that it names; whether it could be."""
        match request:
            case ShowView(name):
                self.show_view(name)
            case GoBack():
                self.navigation.go_back()
            case FormDone():
                self.navigation.end_form()
            case OpenGuide(page):
                self.help.open_page(page)
            case NoteGoal():
                self.counts.show()
                self.pages.refresh_unseen()  # Today tells it, too
            case MakeReport():
                self._make_report()
            case SpeakLanguage(language):
                self._change_language(language)
            case NoteSearch(text):
                self.top_bar.search.setText(text)
            case ActOnFollowUp(key, command):
                return self._act_on_follow_up(key, command)
            case OpenFollowUp():
                self.come_forward()
                return self.navigation.answer(request)
            case AddApplication(posting) if posting:
                return self.postings.add(request)
            case _:
                return self.navigation.answer(request)
        return True

    def _act_on_follow_up(self, key: str, command: str) -> bool:
        """Give a command on a follow-up in Today, or in its application if it has no row of its own there."""
        for request in (OpenFollowUp(key), OpenPlanned(key)):
            offer = self.offer() if self.answer(request) else None
            current = offer.selection.follow_up if offer is not None else None
            if offer is not None and current is not None and current.row.key == key:
                offer.run(ALL_COMMANDS[command])
                return True
        return False

    def show_view(self, name: str) -> None:
        """Show this view, and put the keyboard into it, unless a refused entry holds the user elsewhere."""
        self.navigation.show_view(name)

    def _note_shown(self, name: str) -> None:
        self.sidebar.select(name)
        if name in self.actions_.views:
            self.actions_.views[name].setChecked(True)

    def search_for(self, text: str) -> None:
        """Show the applications that contain the text."""
        if text or self.view == SearchApplications.view:
            self.answer(SearchApplications(text))
        else:  # the end of a search takes nobody away from another view
            self.pages.page(SearchApplications.view).answer(SearchApplications(text))

    def begin_search(self) -> None:
        """Put the keyboard into the search."""
        self.top_bar.search.setFocus()
        self.top_bar.search.selectAll()

    # What is said

    def show_status(self, sentence: str) -> None:
        """Show a sentence at the foot; after a change it offers to undo it."""
        self.steps.show_status(sentence)

    def show_undoable(self, sentence: str, undo: Callable[[], None] | None) -> None:
        """Show a sentence on a change that is no step of the store's, which Undo takes back this way."""
        self.steps.show_undoable(sentence, undo)

    def show_problem(self, sentence: str, report: str) -> None:
        """Show over the views that something went wrong; the report can be looked at and copied."""
        if self._problem_bar is None:
            from followup_desktop.ui.kit.report import ProblemBar

            self._problem_bar = ProblemBar(self._theme)
            self.set_banner(self._problem_bar)
        self._problem_bar.show_problem(sentence, report)

    def welcome(self, page: QWidget) -> None:
        """Show only this page until ``end_welcome``."""
        for part in (self.sidebar, self.top_bar, self.menuBar()):
            part.hide()
        self.navigation.welcome(page)

    def end_welcome(self) -> None:
        """Show the whole window."""
        for part in (self.sidebar, self.top_bar, self.menuBar()):
            part.show()
        self.navigation.end_welcome()
        self.steps.show_history()

    def set_banner(self, banner: QWidget) -> None:
        """Give this a place over the views."""
        self._theme.dress(banner)
        self._right.insertWidget(1, banner)

    def come_forward(self) -> None:
        """Show the window in front of the others."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)  # maximised as it was
        self.show()
        self.raise_()
        self.activateWindow()

    def hide_on_close(self, ask: Callable[[], bool]) -> None:
        """Ask this when the window is closed: whether it only hides, since the program stays in the tray."""
        self._hide_on_close = ask

    def event(self, event: QEvent, /) -> bool:
        """Let a dialog over this window have its look, and one that blocks it hear its shortcut for Quit."""
        kind = event.type()
        if kind is QEvent.Type.ChildPolished and isinstance(event, QChildEvent):
            over = event.child()
            if isinstance(over, QWidget) and over.isWindow() and not over.styleSheet():
                self._theme.dress(over)
        if kind is QEvent.Type.WindowBlocked and (dialog := QApplication.activeModalWidget()):
            dialog.addAction(self.actions_["quit"])
        if kind is QEvent.Type.Paint and not self._is_seen:
            self._is_seen = True
            QTimer.singleShot(0, self, self.seen.emit)  # what is in the window is painted after it
        return super().event(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the size and the view; hide, or end the program."""
        self.save()
        if self._hide_on_close():
            self.hide()
            event.ignore()
        elif not self._may_end():
            event.ignore()
        else:
            super().closeEvent(event)
            self._quit_program()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the sidebar and the bar to the width."""
        super().resizeEvent(event)
        self._fit_frame()
        self.toast.give_back_room()
        if not self.toast.isHidden():
            self.toast.place()

    def _take_sizes(self) -> None:
        """Fit to another text size; Qt leaves what is below the menu bar where it is when that grows."""
        self._fit_frame()
        if (layout := self.layout()) is not None:
            layout.invalidate()
            layout.activate()

    def _fit_frame(self) -> None:
        compact = self.width() < self._theme.px(COMPACT_BELOW)
        self.sidebar.set_compact(compact)
        self.top_bar.set_compact(compact)

    def _lay_out(self) -> None:
        right = self._right
        right.setSpacing(0)
        right.addWidget(self.top_bar)
        right.addWidget(self.pages, 1)
        right.addWidget(self.toast.strip)
        # At the foot: nothing moves below the pointer.
        right.addWidget(self.drafts_bar)
        right.addWidget(self.great_moment)
        right.addWidget(self.applied_question)
        centre = QWidget(self)
        row = QHBoxLayout(centre)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.sidebar)
        row.addLayout(right, 1)
        self.setCentralWidget(centre)
        self.setMinimumSize(QSize(480, 320))

    def _wire(self) -> None:
        actions, bar = self.actions_, self.top_bar
        for command, run in self._verbs().items():
            actions.on(command, run)
        self._theme.changed.connect(self._remember_theme)
        self._theme.resized.connect(self._take_sizes)
        self.pages.made.connect(self._join)
        self.navigation.shown.connect(self._note_shown)
        self.navigation.titled.connect(self.setWindowTitle)
        self.sidebar.chosen.connect(self.show_view)
        self.steps.named.connect(actions.show_history)
        self.steps.named.connect(bar.show_history)
        bar.undo.clicked.connect(self.steps.undo)
        bar.redo.clicked.connect(self.steps.redo)
        bar.add.clicked.connect(lambda: self.answer(AddApplication()))
        bar.search.textEdited.connect(self.search_for)
        bar.search.returnPressed.connect(lambda: self.search_for(bar.search.text()))
        bar.search.left.connect(lambda: self.show_view(self.view))
        self.seen.connect(partial(bar.search.setClearButtonEnabled, True))
        self.pages.currentChanged.connect(self.toast.give_back_room)
        self.applied_question.answered.connect(self.show_status)
        self.great_moment.asked.connect(self.answer)
        self.drafts_bar.resumed.connect(self._resume)
        self.drafts_bar.discarded.connect(self.show_undoable)

    def _verbs(self) -> dict[str, Callable[[], object]]:
        """What the window itself does, by the ids of the commands."""
        found: dict[str, Callable[[], object]] = {
            "import-file": self.import_a_file,
            "paste": self.drops.paste,
            "export-file": self._export,
            "report": self._make_report,
            "quit": self.quit,
            "undo": self.steps.undo,
            "redo": self.steps.redo,
            "search": self.begin_search,
            "palette": self._toggle_palette,
            "add-application": lambda: self.answer(AddApplication()),
            "save-view": lambda: self.answer(SaveView()),
            "add-interview": self._add_interview,
            "add-contact": self._add_contact,
            "add-reminder": lambda: self.answer(AddReminder()),
            "larger-text": lambda: self._theme.resize_text(1),
            "smaller-text": lambda: self._theme.resize_text(-1),
            "normal-text": lambda: self._theme.resize_text(0),
        }
        found |= {VIEW.format(row.name): partial(self.show_view, row.name) for row in SIDEBAR}
        return found | {LOOK.format(choice): partial(self._theme.choose, choice) for choice in ThemeChoice}

    def _toggle_palette(self) -> None:
        self.palette_.toggle()

    def _join(self, page: View) -> None:
        page.status.connect(self.show_status)
        page.undoable.connect(self.show_undoable)
        page.asked.connect(self.answer)

    def _add_interview(self) -> None:
        if (shown := self.pages.shown) is not None:
            self.answer(shown.add_interview())

    def _add_contact(self) -> None:
        if (shown := self.pages.shown) is not None:
            self.answer(shown.add_contact())

    def open_file(self, path: Path) -> None:
        """Import this file, which was opened from outside; while somebody new is welcomed, it waits."""
        self.navigation.when_welcomed(partial(self.import_a_file, str(path)))

    def _resume(self, store: str, key: str) -> None:
        """Go on with a draft: in its form or, with a posting that waits, in that of a new application."""
        if store or not self.postings.resume(key):
            self.answer(request_of_draft(store, key))

    def propose_reply(self, received: ReceivedReply, text: str) -> None:
        """Say at the foot of the views what an email answers that was dropped or pasted."""
        if self.reply_bar is None:
            from followup_desktop.ui.window.reply_bar import ReplyBar  # with all that reads emails

            self.reply_bar = ReplyBar(self.context)
            self._theme.dress(self.reply_bar)
            self.reply_bar.logged.connect(self.show_status)
            self.reply_bar.pasted.connect(self.drops.take_clipboard)
            self._right.insertWidget(self._right.indexOf(self.applied_question), self.reply_bar)
        self.reply_bar.propose(received, text)

    def import_a_file(self, chosen: str = "") -> None:
        """Read this file, or let the user choose one; another program's is shown before it is imported."""
        from followup_desktop.ui.kit.file_dialogs import ask_for_import
        from followup_desktop.ui.window.imports import Imports

        chosen = chosen or ask_for_import(self, self.context.settings)
        if chosen:
            Imports(self, self.context, self.progress, self.toast).begin(Path(chosen))

    def _export(self) -> None:
        from followup_desktop.ui.window.exports import export_a_file

        export_a_file(self.context, self.progress, self.toast)

    def _make_report(self) -> None:
        from followup_desktop.ui.window.report_window import ReportWindow

        ReportWindow(self.context, self.show_status, self).open()

    def _remember_theme(self) -> None:
        """Keep the look for the next start, wherever it was chosen, and tick it in the menu."""
        lettering = self._theme.lettering
        self._settings.set(THEME, self._theme.choice)
        self._settings.set(TEXT_SIZE, lettering.size)
        self._settings.set(FONT, lettering.family)
        self._settings.set(SPACED_LETTERS, lettering.is_spaced)
        self.actions_.themes[self._theme.choice].setChecked(True)

    def quit(self, *, ask: bool = True) -> None:
        """Keep the size and the view, and end the program, whether or not there is a tray.

        Without ``ask`` it ends even if what was typed can't be kept.
        """
        self.save()
        if not ask or self._may_end():
            self._quit_program()

    def _change_language(self, language: str) -> None:
        """Keep the language, unless what was typed would be lost, and have the window made anew in it."""
        self.save()
        if self._may_end():
            self._settings.set(LANGUAGE, language)
            self.language_chosen.emit()

    def places(self) -> list[Request]:
        """What leads another window to what is selected in each view, and to what is searched for."""
        search = SearchApplications(self.top_bar.search.text())
        return [*([search] if search.text else []), *self.pages.places()]

    def go_to_places(self, places: Iterable[Request]) -> None:
        """Select that again, without showing it; what is no longer there is passed over."""
        for request in places:
            if isinstance(request, SearchApplications):
                self.top_bar.search.setText(request.text)
            with suppress(Refused):
                self.pages.page(request.view).answer(request)

    def _may_end(self) -> bool:
        """Whether the program may end: what was typed is kept, or the user lets it go."""
        text = unwritten(self.context.drafts)
        return not text or may_lose(text, why_unwritten(self.context.drafts), self)

    def save(self) -> None:
        """Keep the size, the view, and what is being written in it; what can't be kept keeps nothing else."""
        for keep in (
            self._place.keep,
            lambda: self._settings.set(SHOWN_VIEW, self.navigation.place),
            self.navigation.may_leave,
            *(store.flush_wanted.emit for store in self.context.drafts),
            self.pages.keep_states,
        ):
            with suppress(Refused):
                keep()

    def _restore(self) -> None:
        self._place.bring_back()
        self.actions_.themes[self._theme.choice].setChecked(True)
        saved = self._settings.get(SHOWN_VIEW)
        known = any(saved == row.name for row in SIDEBAR)
        self.show_view(saved if known else FIRST.name)
