"""When did you apply? Asked below the views when an application has jumped over the stage *Applied*."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Application
from followup_desktop.domain.worktime import date_of
from followup_desktop.i18n import _, format_number, ngettext, with_dots
from followup_desktop.services.capture.spans import Direction
from followup_desktop.ui.kit.bars import WideBar
from followup_desktop.ui.kit.models.changes import ChangesLike
from followup_desktop.ui.kit.view import Context
from followup_desktop.ui.kit.widgets.buttons import Button

if TYPE_CHECKING:
    from followup_desktop.ui.kit.forms.dates import DateField

_MOST = 50
"""A change of more applications than this is an import or the like, and nobody is asked about it."""


class AppliedQuestion(WideBar):
    """Asks for the date of applying of one application after the other, whatever way they jumped.

    It can be ignored: nothing waits for it, and the field *Applied on* goes on asking quietly. ``answered``
    carries a sentence.
    """

    answered = Signal(str)

    field: DateField
    """Made with the buttons when the question is first asked: many a start has no use for them."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.theme, _("When did you apply?"), "accent")
        self._context = context
        self._tracker = context.tracker
        self._overview = context.overview
        self._clock = context.clock
        self._waiting: dict[str, str] = {}
        self._asked: Application | None = None
        self._seen: set[str] = set()

    def _make_parts(self) -> None:
        from followup_desktop.ui.kit.forms.dates import DateField

        theme = self._context.theme
        self.field = DateField(
            _("Date applied"), self._today, Direction.LAST, hint=_("a date")
        ).with_calendar(theme, self._context.days)
        theme.keep_fit(self.field, lambda: self.field.setMinimumWidth(theme.px(190)))
        self.save_button = Button(_("Save"), name=_("Save the date applied"))
        self.today_button = Button(_("Applied today"))
        self.later_button = Button(_("Not now"), look="quiet")
        self.add_parts(self.field, self.save_button, self.today_button, self.later_button)
        self.field.line.returnPressed.connect(self._save)
        self.save_button.clicked.connect(self._save)
        self.today_button.clicked.connect(lambda: self._write(self._today()))
        self.later_button.clicked.connect(self._dismiss)

    def look(self, changes: ChangesLike | None) -> None:
        """Ask about what has just jumped, and no longer about what was dated or taken back."""
        if changes is not None and not changes.everything and len(changes.applications) <= _MOST:
            jumped = self._overview.undated.jumped(changes.applications, self._clock())
            for move, application in jumped.items():
                if move not in self._seen:
                    self._waiting[move] = application.id
        self._show_first()

    def _show_first(self) -> None:
        """Ask about the one that has waited longest."""
        first: Application | None = None
        for move, application_id in tuple(self._waiting.items()):
            first = self._overview.undated.still(move, application_id)
            if first is not None:
                break
            del self._waiting[move]
        if first is None:
            self._asked = None
            self.show_sentence(None)
        elif self._asked is None or self._asked.id != first.id or self.isHidden():
            self._ask(first)

    def _ask(self, application: Application) -> None:
        if self._asked is None and not hasattr(self, "field"):
            self._make_parts()
        self._asked = application
        self.field.set_value(None)
        self.field.show_value(None)
        name = with_dots((application.employer, application.role))
        if (more := len(self._waiting) - 1) > 0:
            asks = ngettext(
                "When did you apply to {name}? (and {n} more)",
                "When did you apply to {name}? (and {n} more)",
                more,
            )
        else:
            asks = _("When did you apply to {name}?")
        sentence = asks.format(name=name, n=format_number(more))
        self.show_sentence(sentence)
        self.setAccessibleDescription(sentence)

    def _save(self) -> None:
        try:
            day = self.field.value()
        except Refused as refusal:
            self.field.refuse(str(refusal))
            return
        if day is None:
            self.field.refuse(_("Enter a date, or choose “Applied today” or “Not now”."))
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._write(day)

    def _write(self, day: date) -> None:
        application = self._asked
        if application is None:
            return
        try:
            self._tracker.edit_application(application.id, applied_on=day)
        except Refused as refusal:
            self.field.refuse(str(refusal))
            return
        self.answered.emit(
            _("Applied on {date}: {name}").format(date=self.field.written(day), name=application.employer)
        )

    def _dismiss(self) -> None:
        """Ask about none of those that wait any more."""
        self._seen |= self._waiting.keys()
        self._waiting.clear()
        self._show_first()

    def _today(self) -> date:
        return date_of(self._clock(), self._overview.zone())
