"""The People view: everybody at the left, one of them at the right."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from PySide6.QtCore import QByteArray, QUrl, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from followup_desktop.domain.errors import Refused
from followup_desktop.i18n import _
from followup_desktop.services.ports import Clock
from followup_desktop.services.reading.overview import Overview
from followup_desktop.services.reading.people import People
from followup_desktop.services.reading.search import Finder
from followup_desktop.services.tracker import Tracker
from followup_desktop.services.wording import Wording
from followup_desktop.ui.kit.forms.contact_form import ContactForm
from followup_desktop.ui.kit.forms.drafts import DraftStore
from followup_desktop.ui.kit.list_and_detail import ListAndDetail
from followup_desktop.ui.kit.models.changes import Changes
from followup_desktop.ui.kit.theme import Theme
from followup_desktop.ui.kit.tools import Tools
from followup_desktop.ui.kit.widgets.empty_state import EmptyState
from followup_desktop.ui.people.list_pane import ListPane
from followup_desktop.ui.people.pane import PersonPane


class PeopleView(ListAndDetail):
    """The people as a table, and one of them in detail, edited in place.

    ``refresh`` takes what an edit changed; ``status`` carries a sentence for the status line;
    ``show_application`` the id of an application to be opened. ``open_url`` hands an address to the system's
    programs and says whether one took it, ``copy`` puts a text on the clipboard.
    """

    show_application = Signal(str)

    def __init__(
        self,
        tracker: Tracker,
        overview: Overview,
        wording: Wording,
        clock: Clock,
        theme: Theme,
        *,
        people: People,
        finder: Finder,
        open_url: Callable[[QUrl], bool],
        copy: Callable[[str], None],
        kept: DraftStore | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self._tools = Tools(
            tracker, overview, wording, clock, theme, self.status.emit, kept=kept, finder=finder
        )
        self._people = people
        self._wanted: str | None = None
        self._stale = True
        self._settling = False
        self.setAccessibleName(_("People view"))
        self.list = ListPane(self._tools, people)
        self.model, self.table = self.list.model, self.list.table
        self.pane = PersonPane(self._tools, open_url=open_url, copy=copy)
        self._build()
        self._connect()
        self.setFocusProxy(self.table)
        self._restyle()

    # What the window asks for

    def refresh(self, changes: Changes | None = None) -> None:
        """Bring up to date what an edit, an undo or another program changed; ``None`` for everything.

        Nothing is read while the view is out of sight: it catches up when it is shown.
        """
        if not self.isVisible():
            self._stale = True
            return
        self._settling = True
        self.model.refresh_rows(None)
        self._settling = False
        self._after_change()

    def show_person(self, person: str) -> None:
        """Show one person, and put their row under the cursor."""
        self._leave_form()
        self._catch_up()
        if self.model.row_of(person) < 0:
            self.list.search.clear()
        self._wanted = person
        self.table.select_id(person)
        self._show_detail()
        self._turn(to_detail=True)
        if self._narrow:
            self.pane.focus_first()

    @property
    def current_application(self) -> str | None:
        """The application that names the person who is shown, if there is just one."""
        applications = self.pane.detail.applications if self.pane.detail else ()
        return applications[0].id if len(applications) == 1 else None

    def add_person(self) -> None:
        """Open the form of a new person."""
        self.begin_form(None)

    def begin_form(self, person: str | None) -> None:
        """Open the form of a new person, or of one who is there; raises ``Refused`` if they are not."""
        now = self._tools.clock()
        contact = self._people.detail(person, now).contact if person is not None else None
        self._leave_form()
        self.pane.flush()
        self._open_form(self.form)
        self.form.begin(None, contact)

    def back(self) -> None:
        """From the detail to the table, where they take turns."""
        self._leave_form()
        self.pane.flush()
        self._turn(to_detail=False)
        self.table.setFocus()

    def flush(self) -> None:
        """Save what is being typed; what is refused stays as it is."""
        self.pane.flush()

    def leave(self) -> bool:
        """Save what is edited in place before the view is left; what stands in the form becomes a draft."""
        self.pane.flush()
        self._leave_form()
        return True

    def state(self) -> tuple[QByteArray, QByteArray]:
        """The columns and the splitter, to be remembered until the next start."""
        return self.table.columns(), self.splitter.saveState()

    def restore(self, columns: QByteArray, splitter: QByteArray) -> None:
        """Go back to what was remembered."""
        self.table.restore(columns)
        self._restore_splitter(splitter)

    # Building

    @cached_property
    def form(self) -> ContactForm:
        """The form of a new person, made when it is first wanted."""
        form = ContactForm(self._tools)
        self._take_in(form)
        form.saved.connect(self._added)
        return form

    def _build(self) -> None:
        self.nobody_chosen = EmptyState(
            self._theme, "person", _("Nobody selected"), _("Select a person to see them here.")
        )
        self._pages.addWidget(self.nobody_chosen)
        self._pages.addWidget(self.pane)
        self._lay_out(self.list)

    def _connect(self) -> None:
        self.list.queried.connect(self._after_change)
        self.list.add_pressed.connect(self.add_person)
        self.table.current_changed.connect(self._current_changed)
        self.table.opened.connect(self._open)
        self.table.delete_pressed.connect(self._delete)
        self.pane.application_wanted.connect(self.show_application)
        self.pane.merge_wanted.connect(self._merge)
        self.pane.delete_pressed.connect(lambda: self._delete(self.pane.person or ""))
        self.back_button.clicked.connect(self.back)
        self._theme.changed.connect(self._restyle)

    # Rows and detail

    def _catch_up(self) -> None:
        if self._stale:
            self._stale = False
            self._settling = True
            self.model.reload()
            self._settling = False
            self._after_change()

    def _after_change(self) -> None:
        self.list.show_state()
        if self._wanted is None or not self.table.select_id(self._wanted):
            self._choose_first()
        self._show_detail()
        self._fit()

    def _choose_first(self) -> None:
        if self._form_page() is not None:
            return
        self._wanted = self.model.id_at(0)
        if self._wanted is not None:
            self.table.select_id(self._wanted)

    def _current_changed(self, person: str) -> None:
        if self._settling or not person or person == self._wanted:
            return
        self._leave_form()
        self._wanted = person
        self._show_detail()

    def _show_detail(self) -> None:
        page: QWidget = self.nobody_chosen
        if self._wanted is not None:
            try:
                self.pane.show_detail(self._people.detail(self._wanted, self._tools.clock()))
                page = self.pane
            except Refused:
                self._wanted = None
        if page is not self.pane:
            self.pane.leave()
        if self._form_page() is None:
            self._pages.setCurrentWidget(page)

    def _open(self, person: str) -> None:
        self._current_changed(person)
        self._turn(to_detail=True)
        if self._pages.currentWidget() is self.pane:
            self.pane.focus_first()

    def _delete(self, person: str) -> None:
        detail = self.pane.detail
        row = self.model.row_of(person)
        following = self.model.id_at(row + 1) or self.model.id_at(row - 1)
        self.pane.flush()
        self._wanted = following
        if self._tools.do(lambda: self._tools.tracker.trash_contact(person)) is None:
            self._wanted = person
        elif detail is not None:
            self.status.emit(
                _("Deleted {name}. Undo brings the contact back.").format(name=detail.contact.name)
            )
            self._turn(to_detail=False)

    def _merge(self, other: str) -> None:
        kept = self.pane.person
        self.pane.flush()
        if kept is not None and self._tools.do(lambda: self._tools.tracker.merge_contacts(kept, other)):
            self.status.emit(_("Merged the two entries into one"))

    # The form

    def _close_form(self) -> None:
        if self._form_page() is not None:
            self._pages.setCurrentWidget(self.nobody_chosen)
            self._after_change()
            self._turn(to_detail=False)
            (self.list.nobody_yet.button if self.list.is_empty else self.table).setFocus()

    def _added(self, person: str) -> None:
        self._close_form()
        self.show_person(person)
        self.table.setFocus()

    # Room and look

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.pane.autosave.set_in_sight(True)
        self._catch_up()

    def hideEvent(self, event: QHideEvent) -> None:
        self.flush()
        self.pane.autosave.set_in_sight(False)
        super().hideEvent(event)

    def _is_empty(self) -> bool:
        return self.list.is_empty

    def _restyle(self) -> None:
        super()._restyle()
        self.table.fit_text()
