"""Since when it is in its stage: asked in the detail where a file left it open and follow-ups need it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from followup_desktop.domain.errors import Refused
from followup_desktop.domain.model import Application, Stage
from followup_desktop.i18n import N_, _
from followup_desktop.services.capture.spans import Direction
from followup_desktop.services.reading.undated import lacks_stage_date
from followup_desktop.ui.kit.forms.dates import DateField
from followup_desktop.ui.kit.theme import Space
from followup_desktop.ui.kit.view import Context
from followup_desktop.ui.kit.widgets.buttons import Button
from followup_desktop.ui.kit.widgets.card import Card, Text, let_shrink

_ASKS = {
    Stage.INTERVIEWING: N_("When did they invite you? Follow-ups are counted from this date."),
    Stage.OFFER: N_("When did they make the offer? Follow-ups are counted from this date."),
    Stage.ACCEPTED: N_("When did you accept? Follow-ups elsewhere end on this date."),
    Stage.REJECTED: N_("When did they tell you? Follow-ups are counted from this date."),
}


class StageQuestion(Card):
    """Asks for the day of the stage until it is known. Its parts are made when it first has to."""

    field: DateField

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._application: Application | None = None
        self.setObjectName("formInside")
        self.setAccessibleName(_("Date of the stage"))
        self.hide()

    def show_for(self, application: Application) -> None:
        """Ask about this application, if there is something to ask."""
        asked = lacks_stage_date(application)
        if asked:
            self._ask(application)
        self._application = application if asked else None
        self.setVisible(asked)

    def _ask(self, application: Application) -> None:
        if not hasattr(self, "field"):
            self._make_parts()
        question = _(_ASKS[application.stage])
        self._text.setText(question)
        self.setAccessibleDescription(question)
        if self._application is None or self._application.id != application.id:
            self.field.show_value(None)

    def _make_parts(self) -> None:
        context = self._context
        self._text = Text("", wrap=True)
        let_shrink(self._text)
        self.field = DateField(_("Date of the stage"), context.days.today, Direction.LAST, required=True)
        self.field.with_calendar(context.theme, context.days)
        self.field.setMaximumWidth(context.theme.px(260))
        self.save_button = Button(_("Save"), name=_("Save the date of the stage"))
        line = QHBoxLayout()
        line.setSpacing(Space.S)
        line.addWidget(self.field, 1)
        line.addWidget(self.save_button, 0, Qt.AlignmentFlag.AlignTop)
        line.addStretch(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.S, Space.S, Space.S, Space.S)
        column.setSpacing(Space.S)
        column.addWidget(self._text)
        column.addLayout(line)
        self.field.line.returnPressed.connect(self._save)
        self.save_button.clicked.connect(self._save)

    def _save(self) -> None:
        application = self._application
        if application is None:
            return
        try:
            done = self._context.tracker.date_stage(application.id, self.field.value())
        except Refused as refusal:
            self.field.refuse(str(refusal))
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._context.show_status(done.label)
