"""The Applications view: filters and table at the left, the detail or a form at the right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from datetime import datetime

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from followup_desktop.domain.answers import Answer
from followup_desktop.domain.errors import NotFound, Refused
from followup_desktop.i18n import _, format_number, ngettext
from followup_desktop.services.rows import StageFilter
from followup_desktop.services.tracker import Result
from followup_desktop.services.tracker.bulk import MANY_DELETED
from followup_desktop.ui.applications.detail_and_forms import DetailAndForms
from followup_desktop.ui.applications.interview_form import InterviewForm
from followup_desktop.ui.applications.list_pane import ApplicationsPane
from followup_desktop.ui.applications.selecting import SelectionParts
from followup_desktop.ui.kit.commands.table import LOG_MENU
from followup_desktop.ui.kit.forms.contact_form import ContactForm
from followup_desktop.ui.kit.models.changes import ChangesLike, applications_touched, is_of_many
from followup_desktop.ui.kit.requests import (
    AddApplication,
    AddContact,
    AddInterview,
    AskSomeoneElse,
    BeginForm,
    NoteSearch,
    OpenApplication,
    OpenEvent,
    OpenInterview,
    OpenPlanned,
    OpenSavedView,
    Request,
    ResumePlanned,
    SaveView,
    SearchApplications,
)
from followup_desktop.ui.kit.saved_views import keep_filters, kept_filters
from followup_desktop.ui.kit.selection import Selection
from followup_desktop.ui.kit.view import MINUTES_5, Context
from followup_desktop.ui.kit.widgets.empty_state import EmptyState
from followup_desktop.ui.kit.widgets.placing import painted_next, take_turn
from followup_desktop.ui.kit.window_settings import (
    APPLICATIONS_COLUMNS,
    APPLICATIONS_SPLITTER,
    STAGE_FILTER,
)


class ApplicationsView(DetailAndForms):
    """The applications as a table, and one of them in detail."""

    name = "applications"
    times_change_every = MINUTES_5
    columns_setting = APPLICATIONS_COLUMNS
    splitter_setting = APPLICATIONS_SPLITTER
    list_share = 0.5
    narrow_list_share = 0.54  # employer, role, stage and what is next can be read

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        context = self.context
        context.drafts.forms.flush_wanted.connect(self._keep_cell)
        self._loaded = False
        self._is_behind = True
        """Whether what the detail shows may differ from what the store holds."""
        self.setAccessibleName(_("Applications view"))
        self.list = ApplicationsPane(context)
        self.model = self.list.model
        self.table = self.list.table
        self.selecting = SelectionParts(context, self.list, self)
        self.selecting.progress.about_to_run.connect(self.flush)
        self._build()
        self._recall_filter()
        self._connect()
        self.setFocusProxy(self.table)
        self.restyle()

    # Building

    def _build(self) -> None:
        self._pages.addWidget(self.detail)
        self._lay_out(self.list, self.list, self.detail)

    def _connect(self) -> None:
        self.list.queried.connect(self._keep_filter)
        self.list.queried.connect(self._after_change)
        self.list.searched.connect(lambda: self._after_change(is_search=True))
        self.list.add_pressed.connect(self.add_application)
        self.list.search_changed.connect(lambda text: self.context.open(NoteSearch(text)))
        self.list.views.undoable.connect(self.undoable)
        self.table.current_changed.connect(self._current_changed)
        self.table.opened.connect(self._open)
        self.table.selection_changed.connect(self._selection_changed)
        self.table.delete_pressed.connect(self._delete)
        self.selecting.delete_wanted.connect(self._delete)
        self.selecting.open_wanted.connect(self._open)
        self.detail.interview_wanted.connect(self._edit_interview)
        self.detail.contact_wanted.connect(self._edit_contact)
        self.detail.timeline.undoable.connect(self.undoable)
        self.detail.timeline.wanted.connect(self._call_back_to)
        self.detail.banner.open_wanted.connect(self.show_application)

    # What the window asks for

    def reload(self) -> None:
        """Fetch everything anew."""
        with self._settled():
            self.model.reload()
        self._after_change()

    def show_changes(self, changes: ChangesLike | None) -> None:
        """Bring the table and the detail up to date.

        The application shown stays, even where its row left the table: nothing moves away while it is edited.
        """
        self._is_behind = True
        if not self._loaded:
            self.reload()
            self._loaded = True
            return
        touched = None if changes is None else applications_touched(changes)
        in_turns = is_of_many(changes)
        with self._settled(), painted_next(self.list) if in_turns else nullcontext():
            self.model.refresh_holding(touched, None if self.selecting.is_many else self._wanted)
        self._after_change(stay=True, in_turns=in_turns)

    def answer(self, request: Request) -> bool:
        """Show an application or one of the forms; raises ``Refused`` for what is not there any more."""
        match request:
            case OpenApplication(application):
                self.show_application(application)
            case OpenPlanned(key):
                self.resume_answer(key)
            case AskSomeoneElse(application):
                self.show_application(application)
                self.context.show_status(_("Add someone else to ask, then log the call or email."))
            case OpenSavedView(name):
                self.list.views.show_view(name)
            case SaveView():
                self.save_view()
            case SearchApplications(text):
                self.list.set_search_text(text)
            case _:
                return self._answer_with_form(request)
        return True

    def _answer_with_form(self, request: Request) -> bool:
        match request:
            case AddApplication(posting, employer):
                self.add_application(posting, employer)
            case AddInterview() | AddContact() if self.is_empty:
                self.context.show_status(_("Add an application first."))
            case AddInterview(application, at):
                self.begin_interview(application, at)
            case AddContact(application):
                self.begin_contact(application)
            case OpenInterview(interview):
                self.show_interview(interview)
            case OpenEvent(event):
                self.edit_event(event)
            case ResumePlanned(key, what):
                self.resume_answer(key, what)
            case BeginForm(what, application):
                self.begin_form(what, application)
            case _:
                return super().answer(request)
        return True

    def show_application(self, application: str) -> None:
        """Show one application, and put its row under the cursor; where its filter isn't chosen, on top."""
        self._leave_form()
        self._wanted = application
        self._bring_row(application)
        if not self.table.select_only(application):
            self.table.unselect()
        self._show_detail()
        if self._narrow:
            had_keyboard = self.table.hasFocus()
            self._turn(to_detail=True)
            if had_keyboard:
                self.detail.focus_first()

    def show_interview(self, interview: str) -> None:
        """Show an interview, ready to be edited."""
        try:
            application = self.context.overview.application_of_interview(interview)
        except Refused as refusal:
            self.context.show_status(str(refusal))
            return
        self.show_application(application)
        self._edit_interview(interview)

    def add_application(self, posting: str = "", employer: str = "") -> None:
        """Open the form for a new application, perhaps with the posting's text, or at an employer."""
        self._leave_form()
        self.detail.flush()
        self._open_form(self.quick_add)
        self.quick_add.begin(posting, employer)

    @property
    def is_empty(self) -> bool:
        """Whether there is no application at all."""
        return self.list.is_empty

    @property
    def current_application(self) -> str | None:
        """The application that is seen, if it is one alone, or that the open form is for."""
        form = self._form_page()
        if isinstance(form, InterviewForm | ContactForm):
            return form.application
        return None if self.selecting.is_many else self._wanted

    def place(self) -> Request | None:
        """The application that is shown."""
        return OpenApplication(self._wanted) if self._wanted else None

    def selection(self) -> Selection:
        """The rows that are selected, or the application that is shown, with what is current in its lists."""
        self.follow_search()
        ids = self.table.selected_ids()
        if len(ids) > 1 and self._form_page() is None:
            return Selection(applications=tuple(ids))
        application = self.current_application
        if application is None or self._pages.currentWidget() is not self.detail:
            return Selection(applications=() if application is None else (application,))
        return self.detail.selection()

    def verbs(self) -> Mapping[str, Callable[[], object]]:
        """What is done to the rows of the table, and to what is current in the lists of the detail."""
        self.follow_search()
        ids = self.table.selected_ids()
        own: dict[str, Callable[[], object]] = {
            "filter-applications": self.list.choose_filters,
            "choose-columns": self.list.choose_columns,
            **self.list.views.verbs(),
        }
        own |= self.detail.verbs() if self._pages.currentWidget() is self.detail else {}
        if ids and (len(ids) > 1 or ids[0] == self.current_application):
            own |= self.selecting.commands()
            own["delete-application"] = self._delete
        return own

    @property
    def announcement(self) -> str:
        empty = self.list.empty_state
        return empty.words if empty is not None and self.list.is_empty else ""

    def begin(self) -> None:
        """Put the keyboard into the table or, where nothing is found, on the way out of that."""
        empty = self.list.empty_state
        if empty is not None and (self.list.is_empty or empty.isVisible()):
            empty.button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().begin()

    def begin_interview(self, application: str | None, at: datetime | None = None) -> None:
        """Open the form for a new interview, which asks whose; an application and an instant are proposed.

        Where none is, the only one that goes on is meant, or the only one that there is.
        """
        application = application or self.context.overview.only_one(self.context.clock())
        self._stand_at(application)
        self._begin_interview(self.context.detail_of(application), at=at)

    def begin_contact(self, application: str | None) -> None:
        """Open the form for a new person of an application, which asks of which; one is proposed."""
        self._stand_at(application)
        self._begin_contact(self.context.detail_of(application))

    def _stand_at(self, application: str | None) -> None:
        if application is not None and (application != self._wanted or self.selecting.is_many):
            self.show_application(application)

    def begin_form(self, what: str, application: str) -> None:
        """Open a form about an application: ``interview``, ``contact``, or an entry as its draft is named."""
        self.show_application(application)
        if what == "interview":
            self._edit_interview("")
        elif what == "contact":
            self._edit_contact("")
        elif what == "detail":
            self.detail.autosave.resume()
        elif what == LOG_MENU:
            self.detail.timeline.choose()
        else:
            self.detail.timeline.log_as(what)

    def resume_answer(self, key: str, what: str = "") -> None:
        """Show a follow-up, and open what was being typed to answer it; ``Refused`` if it is not planned."""
        application = self.context.overview.application_of_follow_up(key)
        if application is not None:
            self.show_application(application)
            self.detail.planned.resume_answer(key, what)
            if what == Answer.RESCHEDULED and not self.detail.planned.answers.is_open:
                self._move_interview(key, f"answer/{what}/{key}")

    def _move_interview(self, key: str, draft: str) -> None:
        """Take a new time that was being typed into the form of its interview."""
        interview = self.context.overview.interview_of_follow_up(key)
        if interview is not None:
            drafts = self.context.drafts.forms
            self._edit_interview(interview)
            self.interview_form.type_time(drafts[draft])
            drafts.drop(draft)

    def edit_event(self, event: str) -> None:
        """Open an entry of the timeline; raises ``Refused`` if it is not there."""
        self.show_application(self.context.overview.application_of_event(event))
        self.detail.timeline.edit(event)

    def save_view(self) -> None:
        """Ask for a name under which what the table shows is kept."""
        if not self.list.is_empty:
            self._turn(to_detail=False)
            self.list.views.ask_for_name()

    def flush(self) -> None:
        """Save what is being typed; what is refused stays as it is."""
        self.table.flush()
        super().flush()

    def leave(self) -> bool:
        """Save what is edited in place; ``False`` if a cell holds something that was refused."""
        self.detail.flush()
        return self.table.flush() and super().leave()

    def _bring_new(self, application: str) -> None:
        if self.model.row_of(application) < 0 and not self.context.settings.is_kept(STAGE_FILTER):
            # Nobody has chosen the filter that leaves it out.
            with self._settled():
                self.list.show_stage(StageFilter.ALL)
        self._bring_row(application)

    def _bring_row(self, application: str) -> None:
        if self.model.row_of(application) < 0:
            with self._settled():  # a row that goes for it isn't left by the user
                if self._is_the_first():
                    self.list.show_stage(StageFilter.ALL)
                else:
                    self.list.bring(application)
        elif self.model.held not in (None, application):
            with self._settled():
                self.list.let_go()

    def _is_the_first(self) -> bool:
        """Whether there is one application alone, and nobody has chosen a filter that leaves it out."""
        counts = self.context.overview.stage_counts(self.context.clock())
        return counts[StageFilter.ALL] == 1 and not self.context.settings.is_kept(STAGE_FILTER)

    def _keep_cell(self) -> None:
        """What was refused in a cell becomes a draft of the details, where the same is edited."""
        self.table.flush()
        refused = self.table.take_refused()
        if refused is not None:
            application, fact, text = refused
            if self.detail.application != application:
                self.show_application(application)
            self.detail.type_again(fact, text)

    def _recall_filter(self) -> None:
        settings = self.context.settings
        if settings.is_kept(STAGE_FILTER):
            self.list.show_only(kept_filters(settings), settings.get(STAGE_FILTER))

    def _keep_filter(self) -> None:
        chosen = self.model.query.stage_filter
        if chosen != self.context.settings.get(STAGE_FILTER):  # the list is read anew for other reasons, too
            self.context.settings.set(STAGE_FILTER, chosen)
        keep_filters(self.context.settings, self.model.query.quick)

    # Rows

    def _after_change(self, *, stay: bool = False, in_turns: bool = False, is_search: bool = False) -> None:
        self.list.show_counts()
        with self._settled():  # the detail is shown once, below
            if self.list.is_empty:
                self._wanted = None
            elif self._wanted is None or not self.table.select_id(self._wanted):
                if stay and self._wanted is not None:
                    self.table.unselect()
                else:
                    self._choose_first()
        if in_turns:
            if not self.selecting.is_many:
                self.selecting.show_selection()  # its bar makes way for rows, which are painted once then
            take_turn()
        if is_search and self._may_follow():
            self.selecting.show_selection()  # a bar for many may stand below the rows
            self._follow_later()
        else:
            self._show_detail()
        self._fit()

    def _may_follow(self) -> bool:
        """Whether the detail of one application, or of none, is seen, and it isn't that of what is wanted."""
        page = self._pages.currentWidget()
        is_of_one = (page is self._detail or isinstance(page, EmptyState)) and not self.selecting.is_many
        return is_of_one and self._right.isVisible() and self._detail.application != self._wanted

    def _choose_first(self) -> None:
        if self._form_page() is not None or (self._narrow and self._right.isVisible()):
            return
        first = self.model.id_at(0)
        self._wanted = first
        if first is not None:
            self.table.select_id(first)

    def _current_changed(self, application: str) -> None:
        if self._settling or not application or application == self._wanted:
            return
        self._leave_form()
        self._wanted = application
        self._show_detail()
        left = self.model.held
        if left is not None:
            # It may go now, but not while the table is in the middle of selecting another row.
            QTimer.singleShot(0, self.list, lambda: self._let_go(left))

    def _let_go(self, left: str) -> None:
        if self.model.held == left != self._wanted:
            self.list.let_go()

    def _selection_changed(self) -> None:
        if not self._settling:
            self._show_detail()

    def _open(self, application: str) -> None:
        self.table.select_only(application)
        self._current_changed(application)
        self.follow_search()
        if self._narrow:
            self._turn(to_detail=True)
        if self._pages.currentWidget() is self.detail:
            self.detail.focus_first()

    def _delete(self) -> None:
        ids = self.table.selected_ids()
        rows = [self.model.row_of(one) for one in ids]
        if not rows:
            return
        first = self.model.row(rows[0])
        following = self.model.id_at(rows[-1] + 1) or self.model.id_at(rows[0] - 1)
        before, self._wanted = self._wanted, following
        self.detail.flush()

        def delete() -> Result:
            # A backup is made before so many are deleted, which the window doesn't wait for.
            return self.selecting.verbs.run(lambda tracker: tracker.trash_many(ids), many=MANY_DELETED)

        if self.context.do(delete) is None:
            self._wanted = before
        elif len(ids) > 1:
            said = ngettext(
                "Deleted {n} application",
                "Deleted {n} applications",
                len(ids),
            )
            self.context.show_status(said.format(n=format_number(len(ids))))
        elif first is not None:
            self.context.show_status(
                _("Deleted the application to {employer}").format(employer=first.employer)
            )

    # Detail and forms

    def _show_detail(self) -> None:
        self._end_following()
        self.selecting.show_selection()
        if self._wanted is None:
            self._show_nothing()
            return
        is_many = self.selecting.is_many and self._form_page() is None
        if self._is_behind or not (is_many or self.detail.application == self._wanted):
            try:
                detail = self.context.overview.detail(self._wanted, self.context.clock())
            except NotFound as gone:
                is_first, self._wanted = self._wanted == self.model.id_at(0), None
                if is_first:  # a disk that fails can say so of what the list has
                    self.fall_behind(gone)
                else:
                    self._choose_first()
                self._show_detail()
                return
            except Refused as refusal:
                self._is_behind = True
                self.fall_behind(refusal)
                if self.detail.application != self._wanted:
                    self._show_nothing()
                return
            self._is_behind = False
            if not is_many:
                self.detail.show_detail(detail)
        if is_many:
            self.detail.leave()
        if self._form_page() is None:
            self._turn_to(self.selecting.pane if is_many else self.detail)

    def _show_nothing(self) -> None:
        self.detail.leave()
        if self._form_page() is None:
            self._turn_to(self.nothing_chosen)

    def _turn_to(self, page: QWidget) -> None:
        if self._pages.indexOf(page) < 0:
            self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
