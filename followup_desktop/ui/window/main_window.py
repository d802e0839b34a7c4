"""The main window: the views with the sidebar and the bar that lead to them, menus, search and dialogs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QChildEvent, QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _, format_number, ngettext
from followup_desktop.later import later
from followup_desktop.services.reading.goal import done_this_week, goal_fraction, goal_words
from followup_desktop.services.rows import StageFilter
from followup_desktop.ui.kit.commands.command import Offer, offer_of
from followup_desktop.ui.kit.commands.table import LOOK
from followup_desktop.ui.kit.forms.drafts import unwritten, why_unwritten
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
from followup_desktop.ui.kit.view import Context, View, WayBack, is_of_many, take_turn
from followup_desktop.ui.kit.widgets.announcer import announce
from followup_desktop.ui.kit.widgets.roles import install_roles
from followup_desktop.ui.kit.widgets.toast import Toast
from followup_desktop.ui.kit.window_settings import (
    FONT,
    LANGUAGE,
    SHOWN_VIEW,
    SPACED_LETTERS,
    TEXT_SIZE,
    THEME,
    weekly_goal,
)
from followup_desktop.ui.window.actions import ALL_COMMANDS, VIEW, Actions
from followup_desktop.ui.window.applied_question import AppliedQuestion
from followup_desktop.ui.window.drafts_bar import DraftsBar, may_lose
from followup_desktop.ui.window.drops import Drops, Takers
from followup_desktop.ui.window.great_moment_bar import GreatMomentBar
from followup_desktop.ui.window.help import Help
from followup_desktop.ui.window.placement import WindowPlace
from followup_desktop.ui.window.sidebar import Sidebar
from followup_desktop.ui.window.topbar import TopBar
from followup_desktop.ui.window.view_stack import ViewStack
from followup_desktop.ui.window.views import FIRST, SIDEBAR, row_of

if TYPE_CHECKING:
    from followup_desktop.services.background_work import Session
    from followup_desktop.services.progress import Progress
    from followup_desktop.services.reading.received import ReceivedReply
    from followup_desktop.services.tracker import Result
    from followup_desktop.ui.kit.models.changes import ChangesLike
    from followup_desktop.ui.kit.progress import ProgressRunner
    from followup_desktop.ui.kit.report import ProblemBar
    from followup_desktop.ui.window.palette.popup import Palette
    from followup_desktop.ui.window.reply_bar import ReplyBar

COMPACT_BELOW = 900
"""Narrower than this, in pixels at the ordinary text size, the sidebar shows icons alone."""

FileVerb = Callable[["Session", Path, "Progress"], str]
"""Reads or writes a file, on another thread, and says what was done; raises ``Refused``."""


def _at_once() -> None:
    """Go on in the same turn of the window's loop."""


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
        self._tracker = context.tracker
        self._clock = context.clock
        self._theme = theme = context.theme
        self._settings = context.settings
        self._quit_program = quit_program
        self._hide_on_close: Callable[[], bool] = bool
        self._is_seen = False
        self._changes = self._changes_told = 0
        self._welcome: QWidget | None = None
        """What is shown to somebody new, instead of all views."""
        self._before = FIRST.name
        self._came_from: str | None = None
        """The view to be shown again when a form is done that was asked for in passing."""
        self._way_back: tuple[str, Callable[[], None]] | None = None
        """Takes back what was done last, where that is no step of the store's, and what it was."""
        self._open_count = 0
        self._waiting: list[Callable[[], object]] = []
        """What was asked for from outside while somebody new is welcomed."""
        install_roles()
        self.setWindowTitle(_("Follow Up"))
        self.setWindowIcon(theme.app_icon())
        self.actions_ = Actions(self, theme, context.wording, self.offer)
        self.sidebar = Sidebar(theme, self)
        self.top_bar = TopBar(theme, self)
        self.pages = ViewStack(context, self)
        self.pages.made.connect(self._join)
        self._right = QVBoxLayout()
        self.applied_question = AppliedQuestion(context)
        self.great_moment = GreatMomentBar(context)
        self.great_moment.look(None)
        self.toast = Toast(theme, self, over=self.pages, beside=self.top_bar.search)
        self.drafts_bar = DraftsBar(context.drafts, theme)
        self._lay_out()
        self.toast.raise_()  # over the views; what is opened later, as the palette, lies over it
        bars = (self.menuBar(), self.sidebar, self.top_bar, self.great_moment, self.applied_question)
        for part in (*bars, self.drafts_bar, self.toast):
            theme.dress(part)
        self.progress = later(self._runner)
        self._place = WindowPlace(self, context.settings)
        self.reply_bar: ReplyBar | None = None
        self._problem_bar: ProblemBar | None = None
        takers = Takers(propose=self.propose_reply, open_file=self.open_file, progress=self.progress)
        self.drops = Drops(self, context, takers, lambda: self.pages.shown is not None)
        self.help = Help(self.actions_, self.pages, context, self)
        self._wire()
        self._restore()
        self._show_counts()
        self.show_history()

    @cached_property
    def palette_(self) -> Palette:
        """The palette of commands, made when it is first wanted."""
        from followup_desktop.ui.window.palette.popup import Palette
        from followup_desktop.ui.window.palette.sources import palette_sources

        palette = Palette(self._theme, palette_sources(self.context, self.actions_), self._settings, self)
        self._theme.dress(palette)
        return palette

    def _runner(self) -> ProgressRunner:
        runner = self.context.progress(self)
        runner.about_to_run.connect(self.pages.flush)
        return runner

    @property
    def open_count(self) -> int:
        """How many follow-ups are open, as the sidebar says."""
        return self._open_count

    @property
    def view(self) -> str:
        """The name of the view that is shown."""
        return self.pages.name or FIRST.name

    def offer(self) -> Offer | None:
        """What the view that is shown offers; none while somebody new is welcomed."""
        return offer_of(self.pages.shown) if self.pages.shown is not None else None

    def refresh(self, changes: ChangesLike | None = None) -> None:
        """Show what the store holds now; ``changes`` says what differs, ``None`` for everything."""
        self._changes += 1
        self._way_back = None
        in_turns = is_of_many(changes)
        next_turn = take_turn if in_turns else _at_once
        next_turn()  # what says how far it was goes
        # These take room from the view, or give it back: later, it would be placed and painted once more.
        self.applied_question.look(changes)
        self.great_moment.look(changes)
        self.pages.refresh(changes)
        next_turn()
        self.drafts_bar.refresh()
        next_turn()
        self._show_counts(next_turn)
        self.show_history()
        next_turn()

    def tick(self) -> None:
        """Show the times as they are now."""
        self.pages.pass_time(self._clock())
        self.great_moment.pass_time()
        self._show_counts()

    # What the views ask for

    def answer(self, request: Request) -> bool:
        """Have a request answered by the view that it names, which is shown; whether it could be.

        A view for one thing is shown only if that is there. Where a refused entry in the view before holds
        the user there, nothing else happens.
        """
        match request:
            case ShowView(name):
                self.show_view(name)
            case GoBack():
                self.show_view(self._before)
            case FormDone() if self._came_from is not None:
                self.show_view(self._came_from)
            case FormDone():
                pass
            case OpenGuide(page):
                self.help.open_page(page)
            case NoteGoal():
                self._show_counts()
                self.pages.refresh_unseen()  # Today tells it, too
            case MakeReport():
                self._make_report()
            case SpeakLanguage(language):
                self._speak(language)
            case NoteSearch(text):
                self.top_bar.search.setText(text)
            case ActOnFollowUp(key, command):
                return self._act_on_follow_up(key, command)
            case _:
                return self._hand_on(request)
        return True

    def _hand_on(self, request: Request) -> bool:
        """Have it answered by the view that it names; a refusal becomes a message."""
        if isinstance(request, OpenFollowUp):
            self.come_forward()
        if self._welcome is not None:
            return False
        if isinstance(request, AddApplication) and request.posting and not self._makes_room(request.posting):
            self.open_posting(request.posting)
            return True
        try:
            return self._answer_in_view(request)
        except Refused as refused:
            self.show_status(str(refused))
            return False

    def _act_on_follow_up(self, key: str, command: str) -> bool:
        """Give a command on a follow-up in Today, or in its application if it has no row of its own there."""
        for request in (OpenFollowUp(key), OpenPlanned(key)):
            offer = self.offer() if self.answer(request) else None
            current = offer.selection.follow_up if offer is not None else None
            if offer is not None and current is not None and current.row.key == key:
                offer.run(ALL_COMMANDS[command])
                return True
        return False

    def _answer_in_view(self, request: Request) -> bool:
        if not row_of(request.view).in_sidebar:
            if not self.pages.page(request.view).answer(request):
                return False
            self.show_view(request.view, focus=not request.takes_keyboard)
            return True
        before = self.view
        self.show_view(request.view, focus=not request.takes_keyboard)
        if request.comes_back and before != request.view:
            self._came_from = before
        shown = self.pages.shown
        return shown is not None and shown.name == request.view and shown.answer(request)

    def show_view(self, name: str, focus: bool = True) -> None:
        """Show this view, and put the keyboard into it; a refused entry in the one before keeps it there.

        While somebody new is welcomed, no key leads away: there would be no way back.
        """
        if self._welcome is not None:
            return
        self._came_from = None
        if name != self.view and not self._may_leave():
            name = self.view
        if row_of(name).in_sidebar:
            self._before = name
            self.actions_.views[name].setChecked(True)
        page = self.pages.show_view(name)
        self._name_window()
        self.sidebar.select(name)
        if focus and not page.is_form:
            page.begin()
            announce(page, page.announcement)

    def _name_window(self) -> None:
        """Say in the title what is shown."""
        page, said = self.pages.shown, ""
        if self._welcome is not None:
            said = self._welcome.accessibleName()
        elif page is not None:
            row = row_of(page.name)
            about = page.windowTitle()
            said = _(row.title) if row.in_sidebar and not about else about
        if said:
            # Translators: the title of the window: the view that is shown, or what a letter or form is about
            self.setWindowTitle(_("{view} — Follow Up").format(view=said))

    def _may_leave(self) -> bool:
        return self.pages.shown is None or self.pages.shown.leave()

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

    def show_history(self) -> None:
        """Name what Undo and Redo would do."""
        history = self.context.store.history
        undo, redo = history.undo_label, history.redo_label
        if self._way_back is not None:
            undo, _take_back = self._way_back
        self.actions_.show_history(undo, redo)
        self.top_bar.show_history(undo, redo)

    def show_status(self, sentence: str) -> None:
        """Show a sentence at the foot; after a change it offers to undo it.

        So does each of several sentences that are said at once: the last is the one that is read.
        """
        can_undo = self._changes > self._changes_told and self._tracker.undo_label is not None
        QTimer.singleShot(0, self, partial(self._have_told, self._changes))
        if sentence:
            self.toast.show_sentence(sentence, can_undo)

    def tell_problem(self, sentence: str, report: str) -> None:
        """Say over the views that something went wrong; the report can be looked at and copied."""
        if self._problem_bar is None:
            from followup_desktop.ui.kit.report import ProblemBar

            self._problem_bar = ProblemBar(self._theme)
            self.set_banner(self._problem_bar)
        self._problem_bar.tell(sentence, report)

    def _have_told(self, changes: int) -> None:
        self._changes_told = max(self._changes_told, changes)

    def welcome(self, page: QWidget) -> None:
        """Show only this page until ``end_welcome``."""
        for part in (self.sidebar, self.top_bar, self.menuBar()):
            part.hide()
        self._welcome = page
        self.pages.addWidget(page)
        self.pages.setCurrentWidget(page)
        self._name_window()

    def end_welcome(self) -> None:
        """Show the whole window."""
        page, self._welcome = self._welcome, None
        for part in (self.sidebar, self.top_bar, self.menuBar()):
            part.show()
        self.show_view(FIRST.name)
        if page is not None:
            self.pages.removeWidget(page)
            page.deleteLater()

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
        self.sidebar.chosen.connect(self.show_view)
        bar.undo.clicked.connect(self.undo)
        bar.redo.clicked.connect(self.redo)
        bar.add.clicked.connect(lambda: self.answer(AddApplication()))
        bar.search.textEdited.connect(self.search_for)
        bar.search.returnPressed.connect(lambda: self.search_for(bar.search.text()))
        bar.search.left.connect(lambda: self.show_view(self.view))
        self.seen.connect(partial(bar.search.setClearButtonEnabled, True))
        self.toast.undo_wanted.connect(self.undo)
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
            "undo": self.undo,
            "redo": self.redo,
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
        page.windowTitleChanged.connect(self._name_window)

    def _add_interview(self) -> None:
        if (shown := self.pages.shown) is not None:
            self.answer(shown.add_interview())

    def _add_contact(self) -> None:
        if (shown := self.pages.shown) is not None:
            self.answer(shown.add_contact())

    def undo(self) -> None:
        """Take the last step back and say which: what is still being typed, if anything is."""
        self.pages.flush()
        if self._way_back is not None:
            (_step, take_back), self._way_back = self._way_back, None
            self.toast.leave()
            take_back()
            self.show_history()
            return
        large = partial(self.progress.run, _("Undoing…"), lambda session, _progress: session.tracker.undo())
        self._step(large if self._tracker.undo_is_large else self._tracker.undo)

    def redo(self) -> None:
        """Do again what was undone, and say which."""
        self.pages.flush()
        large = partial(self.progress.run, _("Redoing…"), lambda session, _progress: session.tracker.redo())
        self._step(large if self._tracker.redo_is_large else self._tracker.redo)

    def show_undoable(self, sentence: str, undo: Callable[[], None] | None) -> None:
        """Show a sentence on a change that is no step of the store's, which Undo takes back this way."""
        step = undo.step() if isinstance(undo, WayBack) else sentence
        self._way_back = None if undo is None else (step, undo)
        self.toast.show_sentence(sentence, can_undo=undo is not None)
        self.show_history()

    def _step(self, verb: Callable[[], Result]) -> None:
        try:
            done = verb()
        except Refused as refused:
            self.toast.show_sentence(str(refused), can_undo=False)
        else:
            self.toast.show_sentence(done.notice or done.label, can_undo=False)
        self.show_history()
        self._have_told(self._changes)

    def open_file(self, path: Path) -> None:
        """Import this file, which was opened from outside; while somebody new is welcomed, it waits."""
        self._when_welcomed(partial(self.import_a_file, str(path)))

    def open_posting(self, text: str) -> None:
        """Fill this into the form of a new application, as another program asks; nothing is saved.

        One that was begun stays as it is: whoever asks from outside doesn't see it. The posting waits as a
        draft then, which the bar below the views names; so it does while somebody new is welcomed, who may
        quit before.
        """
        from followup_desktop.services.capture.links import too_many_wait
        from followup_desktop.ui.window.handed_postings import HandedPostings

        postings = HandedPostings(self.context.drafts.forms)
        is_welcomed = self.pages.shown is None
        if not is_welcomed and self._open_form_with(text):
            postings.drop_text(text)  # it may have waited since before there was a window
            return
        key = postings.keep(text)
        if key is None:
            self.show_status(too_many_wait())
        elif is_welcomed:
            self._waiting.append(partial(self._resume, "", key))
        else:
            self.show_status(
                _("The posting is waiting under Unsaved. Save or cancel what you've begun first.")
            )

    def can_keep(self, text: str) -> bool:
        """Whether a posting from outside would be filled in, or wait as a draft."""
        from followup_desktop.ui.window.handed_postings import HandedPostings

        forms = self.context.drafts.forms
        forms.flush_wanted.emit()
        is_free = self.pages.shown is not None and not forms.is_kept(AddApplication.draft)
        return is_free or HandedPostings(forms).has_room(text)

    def _makes_room(self, posting: str) -> bool:
        """Whether this one may have the form of a new application; another that is only read there waits."""
        from followup_desktop.ui.window.handed_postings import HandedPostings, is_read, posting_of

        for store in self.context.drafts:
            store.flush_wanted.emit()
        forms = self.context.drafts.forms
        if not forms.is_kept(AddApplication.draft):
            return True
        draft = forms[AddApplication.draft]
        if not is_read(draft, self.context.today()):
            return False
        before = posting_of(draft)
        return before == posting or HandedPostings(forms).keep(before) is not None

    def _open_form_with(self, posting: str) -> bool:
        """Fill it into the form of a new application; ``False`` if one was begun before."""
        for store in self.context.drafts:
            store.flush_wanted.emit()
        if self.context.drafts.forms.is_kept(AddApplication.draft):
            self.answer(AddApplication())
            return False
        return self.answer(AddApplication(posting))

    def _resume(self, store: str, key: str) -> None:
        """Go on with a draft: in its form or, with a posting that waits, in that of a new application."""
        from followup_desktop.ui.window.handed_postings import HandedPostings

        postings = HandedPostings(self.context.drafts.forms)
        if store or not (posting := postings.text(key)):
            self.answer(request_of_draft(store, key))
        elif self._open_form_with(posting):
            postings.drop(key)
        else:
            self.show_status(_("Save or cancel the form you have open first. The posting is still waiting."))

    def _when_welcomed(self, open_it: Callable[[], object]) -> None:
        self._waiting.append(open_it)
        if self.pages.shown is not None:
            self.open_what_waits()

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

    def open_what_waits(self) -> bool:
        """Open the files and postings that wait, in their order; whether there were any."""
        waiting, self._waiting = self._waiting, []
        for open_it in waiting:
            open_it()
        return bool(waiting)

    def import_a_file(self, chosen: str = "") -> None:
        """Read this file, or let the user choose one; another program's is shown before it is imported."""
        from followup_desktop.ui.kit.file_dialogs import ask_for_import
        from followup_desktop.ui.window.imports import Imports

        chosen = chosen or ask_for_import(self, self.context.folder)
        if chosen:
            Imports(self, self.context, self.progress, self.toast).begin(Path(chosen))

    def _export(self) -> None:
        from followup_desktop.ui.kit.file_dialogs import ask_for_export

        try:
            path = ask_for_export(self, self.context.folder)
        except Refused as refused:
            self.show_status(str(refused))
            return
        if path is not None:
            self._with_file(self._export_file, path, _("Exporting {file}…"))

    def _make_report(self) -> None:
        from followup_desktop.ui.window.report_window import ReportWindow

        ReportWindow(self.context, self.show_status, self).open()

    def _export_file(self, session: Session, path: Path, progress: Progress) -> str:
        from followup_desktop.services.transfer.exporting import export_to

        return export_to(
            session.store,
            self.context.files,
            path,
            self._clock(),
            self.context.wording,
            is_cancelled=progress.is_cancelled,
        )

    def _with_file(self, verb: FileVerb, path: Path, text: str) -> None:
        try:
            said = self.progress.run(
                text.format(file=path.name), lambda session, progress: verb(session, path, progress)
            )
            self.show_status(said)
        except Refused as refused:
            self.toast.show_sentence(str(refused), can_undo=False)

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

    def _speak(self, language: str) -> None:
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
            lambda: self._settings.set(SHOWN_VIEW, self._before),
            self._may_leave,
            *(store.flush_wanted.emit for store in self.context.drafts),
            self.pages.keep_states,
        ):
            with suppress(Refused):
                keep()

    def _show_counts(self, next_turn: Callable[[], None] = _at_once) -> None:
        """Count anew; what comes of it is shown, and painted, in the next turn."""
        context, now = self.context, self._clock()
        paused = context.notifications.paused_until()
        counts = context.overview.today_counts(now, paused)
        self._open_count = counts.open_count
        deleted, shown = len(context.readers.trash()), format_number
        active = context.overview.stage_counts(now)[StageFilter.ACTIVE]
        next_turn()
        words = ngettext("{n} deleted item", "{n} deleted items", deleted).format(n=shown(deleted))
        self.sidebar.set_count("trash", deleted, words)
        self.sidebar.set_count("today", self._open_count, _follow_ups(self._open_count))
        words = ngettext("{n} application", "{n} applications", active).format(n=shown(active))
        self.sidebar.set_count("applications", active, words)
        self._show_goal()
        words = _("Reminders on") if paused is None else _("Reminders paused")
        self.sidebar.show_status(words, counts.next_reminder, well=paused is None)

    def _show_goal(self) -> None:
        goal = weekly_goal(self._settings)
        if goal is None:
            self.sidebar.show_goal("", "", 0)
            return
        done = done_this_week(self.context.store, goal.kind, self._clock())
        part = min(done / goal.number, 1)
        self.sidebar.show_goal(goal_words(goal, done), goal_fraction(goal, done), part)

    def _restore(self) -> None:
        self._place.bring_back()
        self.actions_.themes[self._theme.choice].setChecked(True)
        saved = self._settings.get(SHOWN_VIEW)
        known = any(saved == row.name for row in SIDEBAR)
        self.show_view(saved if known else FIRST.name)


def _follow_ups(count: int) -> str:
    return ngettext("{n} follow-up", "{n} follow-ups", count).format(n=format_number(count))
