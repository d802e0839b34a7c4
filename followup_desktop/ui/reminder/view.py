"""The page on which a reminder of the user's own is written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from followup_desktop.i18n import _
from followup_desktop.ui.kit.forms.panel import at_the_left
from followup_desktop.ui.kit.models.changes import ChangesLike
from followup_desktop.ui.kit.requests import AddReminder, EditReminder, GoBack, Request
from followup_desktop.ui.kit.view import Context, View
from followup_desktop.ui.kit.widgets.buttons import FlushLink
from followup_desktop.ui.reminder.form import ReminderForm


class ReminderView(View):
    """A page for one reminder."""

    name = "reminder"
    is_form = True

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        theme = context.theme
        self._overview = context.overview
        self._theme = theme
        self._is_open = False
        self.back = FlushLink(_("‹ Back"), name=_("Back"))
        self.back.clicked.connect(self._back)
        self.form = ReminderForm(self.context)
        for done in (self.form.saved, self.form.cancelled, self.form.deleted):
            done.connect(self._finish)
        self.form.given_up.connect(self.undoable)
        self.form.brought_back.connect(self._bring_back)
        self._lay_out()

    def answer(self, request: Request) -> bool:
        """Begin a reminder, or to change one."""
        match request:
            case AddReminder(application, title, at):
                return self.add(application, title, at)
            case EditReminder(reminder):
                return self.edit(reminder)
        return super().answer(request)

    def add(self, application: str | None = None, title: str = "", at: datetime | None = None) -> bool:
        """Begin a new reminder, perhaps about an application; title and time are proposed."""
        self.leave()
        self._is_open = True
        self.form.begin(application, title, at)
        self.be_about(self.form.title.full_text)
        return True

    def edit(self, reminder_id: str) -> bool:
        """Begin to change a reminder; ``False``, the reason being said, if it is not there any more."""
        self.leave()
        reminder = next((each for each in self._overview.reminders() if each.id == reminder_id), None)
        if reminder is None:
            self.context.show_status(
                _("That reminder no longer exists. You may be able to undo deleting it.")
            )
            return False
        self._is_open = True
        self.form.begin_edit(reminder)
        self.be_about(self.form.title.full_text)
        return True

    def leave(self) -> bool:
        """Leave the page; what was typed becomes a draft."""
        if self._is_open:
            self._is_open = False
            self.form.set_aside()
        return True

    def show_changes(self, changes: ChangesLike | None) -> None:
        """Leave a reminder that is there no more."""
        about = self.form.reminder
        if not self._is_open or about is None or any(each.id == about for each in self._overview.reminders()):
            return
        self._finish()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back, wherever the keyboard is."""
        if event.key() == Qt.Key.Key_Escape:
            self._back()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Put the keyboard where the first thing is typed."""
        super().showEvent(event)
        if not event.spontaneous():
            self.form.fields["title"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        self._theme.keep_fit(self.form, lambda: self.form.setMaximumWidth(self._theme.px(640)))
        column = QVBoxLayout(self)
        self._theme.set_margins(column, 24, 12, 12, 16)
        self._theme.set_spacing(column, 10)
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(at_the_left(self.form))

    def _back(self) -> None:
        self.leave()
        if self.isVisible():
            self.context.open(GoBack())

    def _bring_back(self, again: Callable[[], object]) -> None:
        self.come_back()
        if self.isVisible():
            self.leave()
            self._is_open = True
            again()

    def _finish(self) -> None:
        self._is_open = False
        if self.isVisible():
            self.context.open(GoBack())
