"""The forms of the Applications view, which take the place of the detail."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from followup_desktop.i18n import _
from followup_desktop.services.rows import ApplicationDetail
from followup_desktop.ui.applications.detail import ApplicationPane
from followup_desktop.ui.applications.interview_form import InterviewForm
from followup_desktop.ui.kit.forms.contact_form import ContactForm
from followup_desktop.ui.kit.list_and_detail import ListAndDetail
from followup_desktop.ui.kit.requests import FormDone
from followup_desktop.ui.kit.turning import turn_to
from followup_desktop.ui.kit.view import Context
from followup_desktop.ui.kit.widgets.empty_state import EmptyState

if TYPE_CHECKING:
    from followup_desktop.ui.applications.quick_add import QuickAdd

_FOLLOWS_MS = 150
"""So long after the last key the detail follows a search: to fill and paint it takes as long as all else that
a key does, and whoever types on looks at the rows.
"""


class DetailAndForms(ListAndDetail):
    """The base of the Applications view: the detail of an application, and the forms in its place.

    Its subclass shows the list and says what is shown at the right while no form is open.
    """

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._wanted: str | None = None
        """The application that is shown, or would be but for a form."""
        self._detail = ApplicationPane(self.context)
        self._following = QTimer(self)
        """Runs while what was found is another application than the detail shows."""
        self._following.setSingleShot(True)
        self._following.setInterval(_FOLLOWS_MS)
        self._following.timeout.connect(self._show_detail)
        self._is_listening = False

    @property
    def detail(self) -> ApplicationPane:
        """The detail, showing what is wanted: whoever asks for it doesn't find it behind a search."""
        self.follow_search()
        return self._detail

    @property
    def is_to_follow(self) -> bool:
        """Whether the detail shows another application than was found, until it follows in a moment."""
        return self._following.isActive()

    def follow_search(self) -> None:
        """Have the detail show what was found, if it is still to follow."""
        if self.is_to_follow:
            self._show_detail()

    def _follow_later(self) -> None:
        """Have the detail follow once no key has come for a moment.

        Until then nothing in it can be pressed, as it isn't what would be meant a moment later; a press shows
        what was found at once, and so does the keyboard that comes into it, and every command.
        """
        if not self._is_listening:
            self._is_listening = True
            self.window().windowHandle().focusObjectChanged.connect(self._note_keyboard)
        self._following.start()
        self._right.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def _end_following(self) -> None:
        self._following.stop()
        self._right.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, False)

    def _note_keyboard(self, there: QObject | None) -> None:
        if isinstance(there, QWidget) and self._right.isAncestorOf(there):
            self.follow_search()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.follow_search()
        super().mousePressEvent(event)

    def show_application(self, application: str) -> None:
        """Show one application, whatever the list shows."""
        raise NotImplementedError

    def _bring_new(self, application: str) -> None:
        """Have the row of an application that was just added in the list, whatever the list shows."""
        raise NotImplementedError

    def _show_detail(self) -> None:
        """Show what is wanted as it is now, and follow no search any more; an open form stays."""
        raise NotImplementedError

    # They are made when they are first wanted: most days begin without them.

    @cached_property
    def nothing_chosen(self) -> EmptyState:
        """What stands where no application is shown."""
        empty = EmptyState(
            self._theme,
            "info",
            _("Nothing selected"),
            _("Select an application to see its details."),
        )
        self._pages.addWidget(empty)
        return empty

    @cached_property
    def quick_add(self) -> QuickAdd:
        """The form of a new application."""
        from followup_desktop.ui.applications.quick_add import QuickAdd  # with all that reads postings

        form = QuickAdd(self.context)
        self._take_in(form)
        form.saved.connect(self._added)
        form.added_before_another.connect(self._bring_new)
        form.open_wanted.connect(self.show_application)
        return form

    @cached_property
    def interview_form(self) -> InterviewForm:
        """The form of an interview."""
        form = InterviewForm(self.context)
        self._take_in(form)
        form.saved.connect(lambda _saved: self._saved_for(form.application))
        return form

    @cached_property
    def contact_form(self) -> ContactForm:
        """The form of a person."""
        form = ContactForm(self.context)
        self._take_in(form)
        form.saved.connect(lambda _saved: self._saved_for(form.application))
        for done in (form.saved, form.cancelled):
            done.connect(lambda: self.context.open(FormDone()))
        return form

    def _leave_form(self) -> None:
        """Close an open form, and that of an entry in the timeline: what was typed becomes a draft."""
        self.detail.timeline.leave()
        super()._leave_form()

    def _close_form(self) -> None:
        if self._form_page() is None:
            return
        turn_to(self._pages, self.detail if self._wanted else self.nothing_chosen)
        self._show_detail()
        self._turn(to_detail=self._wanted is not None and not self._from_list)
        self._fit()
        self._focus_what_is_seen()

    def _focus_what_is_seen(self) -> None:
        (self.detail if self._left.isHidden() else self).setFocus()

    def _added(self, application: str) -> None:
        self._close_form()
        self._bring_new(application)
        self.show_application(application)
        self._focus_what_is_seen()

    def _saved_for(self, application: str | None) -> None:
        """The form is done; show the application that it was for, if that is another one."""
        self._close_form()
        if application is not None and application != self._wanted:
            self.show_application(application)

    def _edit_interview(self, interview: str) -> None:
        self.detail.flush()
        self._show_detail()
        if self.detail.detail is not None:
            self._begin_interview(self.detail.detail, interview)

    def _begin_interview(
        self, detail: ApplicationDetail | None, interview: str = "", at: datetime | None = None
    ) -> None:
        self.detail.flush()
        self._leave_form()
        self._open_form(self.interview_form)
        self.interview_form.begin(detail, interview or None, at)

    def _call_back_to(self, application: str) -> None:
        self.come_back()
        self.show_application(application)

    def _edit_contact(self, contact: str) -> None:
        self.detail.flush()
        self._show_detail()
        if self.detail.detail is not None:
            self._begin_contact(self.detail.detail, contact)

    def _begin_contact(self, detail: ApplicationDetail | None, contact: str = "") -> None:
        self.detail.flush()
        self._leave_form()
        self._open_form(self.contact_form)
        known = next((one for one in detail.contacts if one.id == contact), None) if detail else None
        self.contact_form.begin(detail.application if detail else None, known, required=True)
