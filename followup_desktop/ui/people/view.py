"""The People view: everybody at the left, one of them at the right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property, partial

from PySide6.QtWidgets import QMenu, QWidget

from followup_desktop.domain.errors import NotFound, Refused
from followup_desktop.i18n import _
from followup_desktop.ui.kit.commands.command import offer_of
from followup_desktop.ui.kit.commands.menu import command_menu, give_rows_menu
from followup_desktop.ui.kit.commands.table import PERSON_VERBS
from followup_desktop.ui.kit.forms.contact_form import ContactForm
from followup_desktop.ui.kit.list_and_detail import ListAndDetail
from followup_desktop.ui.kit.models.changes import ChangesLike
from followup_desktop.ui.kit.requests import EditPerson, FormDone, OpenApplication, OpenPerson, Request
from followup_desktop.ui.kit.selection import Selection
from followup_desktop.ui.kit.view import MINUTES_5, Context
from followup_desktop.ui.kit.widgets.empty_state import EmptyState
from followup_desktop.ui.kit.window_settings import PEOPLE_COLUMNS, PEOPLE_SPLITTER
from followup_desktop.ui.people.list_pane import PeoplePane
from followup_desktop.ui.people.pane import PersonPane


class PeopleView(ListAndDetail):
    """The people as a table, and one of them in detail, edited in place."""

    name = "people"
    times_change_every = MINUTES_5
    columns_setting = PEOPLE_COLUMNS
    splitter_setting = PEOPLE_SPLITTER
    widest = 1440

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._people = context.readers.people
        self._wanted: str | None = None
        self._loaded = False
        self.setAccessibleName(_("People view"))
        self.list = PeoplePane(self.context)
        self.model, self.table = self.list.model, self.list.table
        self.pane = PersonPane(self.context)
        self._build()
        self._connect()
        self.setFocusProxy(self.table)
        give_rows_menu(self.table, self._menu)
        self.restyle()

    # What the window asks for

    def show_changes(self, changes: ChangesLike | None) -> None:
        """Bring the table and the person who is shown up to date."""
        with self._settled():
            if self._loaded:
                self.model.refresh_rows(None)
            else:
                self.model.reload()
                self._loaded = True
        self._after_change()

    def answer(self, request: Request) -> bool:
        """Show somebody, or open their form; raises ``Refused`` if they are not there."""
        match request:
            case OpenPerson(person, resumed):
                self.show_person(person)
                if resumed:
                    self.pane.autosave.resume()
                return True
            case EditPerson(person, field):
                self.begin_form(person, field)
                return True
        return super().answer(request)

    def add_contact(self) -> Request:
        """Somebody new, whom no application need name."""
        return EditPerson()

    def show_person(self, person: str) -> None:
        """Show one person, and put their row under the cursor."""
        self._leave_form()
        self._mark(person)
        self._show_detail()
        self._turn(to_detail=True)
        if self._narrow:
            self.pane.focus_first()

    def _mark(self, person: str) -> None:
        """Put somebody's row under the cursor, whatever the list shows."""
        if self.model.row_of(person) < 0:
            self.list.search.clear()
        self._wanted = person
        self.table.select_id(person)

    @property
    def current_application(self) -> str | None:
        """The application that names the person who is shown, if there is just one."""
        applications = self.pane.detail.applications if self.pane.detail else ()
        return applications[0].id if len(applications) == 1 else None

    @property
    def announcement(self) -> str:
        return self.list.nobody_yet.words if self.list.is_empty else ""

    def begin(self) -> None:
        """Put the keyboard on the people, or on the way to the first of them."""
        (self.list.nobody_yet.button if self.list.is_empty else self).setFocus()

    def place(self) -> Request | None:
        """The person who is shown."""
        return OpenPerson(self.pane.person) if self.pane.person else None

    def selection(self) -> Selection:
        """The person who is shown, with the application that names them if there is just one."""
        current = self.current_application
        person = self.pane.person if self._form_page() is None else None
        return Selection(person=person, applications=() if current is None else (current,))

    def verbs(self) -> Mapping[str, Callable[[], object]]:
        """Here the person is shown already; whoever is deleted leaves their place to the next."""
        person = self.pane.person
        if person is None:
            return {}
        return {
            "open-contact": partial(self._open, person),
            "email-contact": self.pane.write_button.click,
            "call-contact": self.pane.call_button.click,
            "open-web-page": self.pane.page_button.click,
            "copy-email": self.pane.copy_email_button.click,
            "copy-number": self.pane.copy_phone_button.click,
            "delete-contact": partial(self._delete, person),
        }

    def begin_form(self, person: str | None, field: str = "name") -> None:
        """Open the form of a new person, or of one who is there; raises ``Refused`` if they are not."""
        now = self.context.clock()
        contact = self._people.detail(person, now).contact if person is not None else None
        self._leave_form()
        self.pane.flush()
        if contact is not None:
            self._mark(contact.id)
        self._open_form(self.form)
        self.form.begin(None, contact)
        self.form.begin_at(field)

    # Building

    @cached_property
    def form(self) -> ContactForm:
        """The form of a new person, made when it is first wanted."""
        form = ContactForm(self.context)
        self._take_in(form)
        form.saved.connect(self._added)
        for done in (form.saved, form.cancelled):
            done.connect(lambda: self.context.open(FormDone()))
        return form

    def _build(self) -> None:
        self.nobody_chosen = EmptyState(
            self._theme, "person", _("No one selected"), _("Select someone to see their details.")
        )
        self._pages.addWidget(self.nobody_chosen)
        self._pages.addWidget(self.pane)
        self._lay_out(self.list, self.list, self.pane)

    def _connect(self) -> None:
        self.list.queried.connect(self._after_change)
        self.list.add_pressed.connect(lambda: self.begin_form(None))
        self.table.current_changed.connect(self._current_changed)
        self.table.opened.connect(self._open)
        self.table.delete_pressed.connect(self._delete)
        self.pane.application_wanted.connect(
            lambda application: self.context.open(OpenApplication(application))
        )
        self.pane.merge_wanted.connect(self._merge)
        self.pane.delete_pressed.connect(lambda: self._delete(self.pane.person or ""))

    # Rows and detail

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
                self.pane.show_detail(self._people.detail(self._wanted, self.context.clock()))
                page = self.pane
            except NotFound:
                self._wanted = None
            except Refused as refusal:
                self.fall_behind(refusal)
                if self.pane.person == self._wanted:
                    page = self.pane
        if page is not self.pane:
            self.pane.leave()
        if self._form_page() is None:
            self._pages.setCurrentWidget(page)

    def _open(self, person: str) -> None:
        self._current_changed(person)
        self._turn(to_detail=True)
        if self._pages.currentWidget() is self.pane:
            self.pane.focus_first()

    def _menu(self, _place: int) -> QMenu:
        return command_menu(offer_of(self), PERSON_VERBS, self)

    def _delete(self, person: str) -> None:
        detail = self.pane.detail
        row = self.model.row_of(person)
        following = self.model.id_at(row + 1) or self.model.id_at(row - 1)
        self.pane.flush()
        self._wanted = following
        if self.context.do(lambda: self.context.tracker.trash_contact(person)) is None:
            self._wanted = person
        elif detail is not None:
            self.context.show_status(_("Deleted {name}").format(name=detail.contact.name))
            self._turn(to_detail=False)

    def _merge(self, other: str) -> None:
        kept = self.pane.person
        self.pane.flush()
        if kept is not None and self.context.do(lambda: self.context.tracker.merge_contacts(kept, other)):
            self.context.show_status(_("Merged the two contacts"))

    # The form

    def _close_form(self) -> None:
        if self._form_page() is None:
            return
        self._pages.setCurrentWidget(self.nobody_chosen)
        self._after_change()
        self._turn(to_detail=self._wanted is not None and not self._from_list)
        if self._left.isHidden():
            self.pane.focus_first()
        else:
            (self.list.nobody_yet.button if self.list.is_empty else self.table).setFocus()

    def _added(self, person: str) -> None:
        self._close_form()
        self.show_person(person)
        self.table.setFocus()
