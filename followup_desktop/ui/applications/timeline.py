"""The timeline of one application, and logging to it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from followup_desktop.domain.model import CallOutcome, EventKind
from followup_desktop.i18n import _
from followup_desktop.services.rows import UNLOGGED, ApplicationDetail, TimelineEntry
from followup_desktop.services.wording.formats import in_one_breath
from followup_desktop.ui.applications.event_form import EventForm
from followup_desktop.ui.kit.commands.command import Offer, native, plain, with_keys
from followup_desktop.ui.kit.commands.menu import command_menu, give_rows_menu
from followup_desktop.ui.kit.commands.table import COMMANDS, ENTRY_VERBS, LOG_PARTS, LOGGED, log_id, log_title
from followup_desktop.ui.kit.delegates import TimelineDelegate
from followup_desktop.ui.kit.models.rows import RowsModel
from followup_desktop.ui.kit.selection import Selection
from followup_desktop.ui.kit.view import Context
from followup_desktop.ui.kit.widgets.flat_list import FlatList
from followup_desktop.ui.kit.widgets.placing import read_as_placed
from followup_desktop.ui.kit.widgets.plain import set_tool_tip
from followup_desktop.ui.kit.widgets.roles import PopupMenu
from followup_desktop.ui.kit.widgets.section import Section

_AT_HAND = ("call spoke", "email", "reply", "note")
"""What has a button of its own beside the menu of everything."""


class TimelineList(FlatList):
    """The list, in which the letter that the menu underlines logs at once: C for a call, say."""

    letter_typed = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_letter = event.text().isalpha() and not event.modifiers()
        if is_letter:
            self.letter_typed.emit(event.text().casefold())
        else:
            super().keyPressEvent(event)


class TimelineSection(Section):
    """The list ``Timeline``, newest first, and the menu ``Log event`` with its form.

    ``undoable`` says that an entry was given up, with what brings it back; ``wanted`` then asks for the
    application that it is of.
    """

    interview_opened = Signal(str)
    form_opened = Signal()
    form_closed = Signal()
    undoable = Signal(str, object)
    wanted = Signal(str)
    has_several = True

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._detail: ApplicationDetail | None = None
        self.set_heading(_("Timeline"))
        self.model: RowsModel[TimelineEntry] = RowsModel(self._spoken, self, identity=self._identity)
        self._form_opened = False
        self.list = TimelineList(context.theme, _("Timeline"), self.model, _("Nothing logged yet"))
        self.list.setItemDelegate(TimelineDelegate(context.theme, self.list))
        self.list.opened.connect(self._open)
        self.list.delete_pressed.connect(self._delete)
        self.list.letter_typed.connect(self._log_by)
        give_rows_menu(self.list, self._menu)
        self._letters: dict[str, str] = {}
        for what in _AT_HAND:
            self._add_button(what)
        self.log_button = self.add_action(_("Log event ▾"))
        self.log_menu = PopupMenu(self.log_button)
        self.log_button.setMenu(self.log_menu)
        set_tool_tip(self.log_button, native(COMMANDS["log-event"].shortcut))
        self._fill_menu()
        self.column.addWidget(self.list)

    @cached_property
    def form(self) -> EventForm:
        """The form above the list, made when it is first wanted."""
        form = EventForm(self._context)
        form.saved.connect(self._close_form)
        form.cancelled.connect(self._close_form)
        form.given_up.connect(self._given_up)
        form.brought_back.connect(self._bring_back)
        self.column.insertWidget(1, form)
        read_as_placed(self.column)
        return form

    def show_timeline(self, detail: ApplicationDetail) -> None:
        """Show what happened in an application."""
        if self._detail is not None and self._detail.application.id != detail.application.id:
            self.leave()
        self._detail = detail
        self.model.set_rows(detail.timeline)

    def leave(self) -> None:
        """Close the form; what was typed becomes a draft."""
        if self._form_opened:
            self.form.set_aside()
            self._hide_form()

    def log(self, kind: EventKind, outcome: CallOutcome | None = None) -> None:
        """Open the form for something that happened now."""
        if self._detail is not None:
            self._show_form()
            self.form.begin(self._detail, kind, outcome, self._title(kind, outcome))
            self.form_opened.emit()

    def log_as(self, what: str) -> None:
        """Open the form for what the draft of one is named after: "call spoke"."""
        kind, _space, outcome = what.partition(" ")
        self.log(EventKind(kind), CallOutcome(outcome) if outcome else None)

    def _title(self, kind: EventKind, outcome: CallOutcome | None) -> str:
        return log_title(f"{kind} {outcome}" if outcome else kind, self._context.wording)

    def choose(self) -> None:
        """Open the menu of what can be logged."""
        self.log_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.log_menu.popup(self.log_button.mapToGlobal(self.log_button.rect().bottomLeft()))

    @property
    def current_event(self) -> str | None:
        """The entry of the current row, if it is one that was logged."""
        entry = self.model.row_at(self.list.current_row())
        return entry.id if entry is not None and entry.kind not in UNLOGGED else None

    def _menu(self, place: int) -> QMenu:
        verbs = {"edit-entry": partial(self._open, place), "delete-entry": partial(self._delete, place)}
        return command_menu(
            Offer(self._context, Selection(entry=self.current_event), verbs), ENTRY_VERBS, self
        )

    def delete_current(self) -> None:
        """Delete the entry of the current row."""
        self._delete(self.list.current_row())

    def _fill_menu(self) -> None:
        for each in LOG_PARTS:
            if each is None:
                self.log_menu.addSeparator()
                continue
            command = COMMANDS[each]
            action = self.log_menu.addAction(command.label(self._context.wording))
            self._context.theme.set_icon(action, command.icon)
            action.triggered.connect(lambda _on=False, what=LOGGED[each]: self.log_as(what))
            letter = action.text().partition("&")[2][:1].casefold()
            self._letters.setdefault(letter, LOGGED[each])

    def _add_button(self, what: str) -> None:
        command = COMMANDS[log_id(what)]
        words = command.label(self._context.wording)
        button = self.add_action("", name=plain(words))
        letter = words.partition("&")[2][:1].upper()
        set_tool_tip(button, with_keys(plain(words), letter))
        self._context.theme.set_icon(button, command.icon, "accent")
        button.clicked.connect(lambda: self.log_as(what))

    def _log_by(self, letter: str) -> None:
        if letter in self._letters:
            self.log_as(self._letters[letter])

    @staticmethod
    def _identity(entry: TimelineEntry) -> str:
        """An interview and an event of an imported file may have the same id."""
        return f"{entry.kind} {entry.id}"

    @staticmethod
    def _spoken(entry: TimelineEntry) -> str:
        return in_one_breath(entry.title, entry.when, entry.note)

    def _open(self, place: int) -> None:
        entry = self.model.row_at(place)
        if entry is None or self._detail is None:
            return
        if entry.kind == "interview":
            self.interview_opened.emit(entry.id)
            return
        self.edit(entry.id)

    def edit(self, event_id: str) -> None:
        """Open the form of an entry."""
        if self._detail is None:
            return
        event = next((one for one in self._detail.application.events if one.id == event_id), None)
        if event is not None:
            self._show_form()
            self.form.begin_edit(self._detail, event, self._title(event.kind, event.outcome))
            self.form_opened.emit()

    def _delete(self, place: int) -> None:
        entry = self.model.row_at(place)
        if entry is None:
            return
        if entry.kind == "interview":
            self._context.show_status(_("Delete interviews in the list of interviews."))
        elif entry.kind == "missed":
            self._context.show_status(_("This comes from your log. It clears when you log it with its time."))
        elif entry.kind == "applied":
            self._context.show_status(_("This comes from the date in “Applied on”. Change it there."))
        elif self._context.do(lambda: self._context.tracker.delete_event(entry.id)):
            self._context.show_status(_("Deleted “{title}”").format(title=entry.title))

    def _given_up(self, sentence: str, bring_back: Callable[[], None]) -> None:
        application = self.form.application

        def come_back() -> None:
            self.wanted.emit(application)
            bring_back()

        self.undoable.emit(sentence, come_back)

    def _bring_back(self, again: Callable[[], object]) -> None:
        """Open the form as it was; where another application is shown, it waits until it is opened there."""
        again()
        if self._detail is not None and self.form.application == self._detail.application.id:
            self._show_form()
            self.form_opened.emit()

    def _show_form(self) -> None:
        self._form_opened = True
        self.form.show()

    def _hide_form(self) -> None:
        if self._form_opened:
            self._form_opened = False
            self.form.hide()

    def _close_form(self) -> None:
        self._hide_form()
        self.list.setFocus()
        self.form_closed.emit()
